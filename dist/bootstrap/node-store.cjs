// What `@aws/lambda-invoke-store` finds in runtimes from 24 on: values of the invocation in hand.
'use strict';

const { current } = require('./node-runtime.cjs');

const REQUEST = Symbol.for('_AWS_LAMBDA_REQUEST_ID');
const TRACE = Symbol.for('_AWS_LAMBDA_X_RAY_TRACE_ID');
const TENANT = Symbol.for('_AWS_LAMBDA_TENANT_ID');
const kept = [REQUEST, TRACE, TENANT];
let context;
/** It is made when a handler looks: few do, and it costs more than all else that a handler is told. */
let isDue = false;

function contextNow() {
  if (isDue) context = { [REQUEST]: current.requestId, [TRACE]: current.traceId };
  isDue = false;
  return context;
}

const invokeStore = {
  getContext: contextNow,
  hasContext: () => contextNow() !== undefined,
  get: (key) => contextNow()?.[key],
  set(key, value) {
    if (kept.includes(key)) throw new Error(`Cannot modify protected Lambda context field: ${String(key)}`);
    context = { ...contextNow(), [key]: value };
  },
  run(values, act) {
    isDue = false;
    context = values;
    return act();
  },
  getRequestId: () => contextNow()?.[REQUEST] ?? '-',
  getXRayTraceId: () => contextNow()?.[TRACE],
  getTenantId: () => contextNow()?.[TENANT],
};

/** Forgets what the last invocation kept. */
function enterStore() {
  context = undefined;
  isDue = true;
}

module.exports = { invokeStore, enterStore };
