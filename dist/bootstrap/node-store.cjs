// What `@aws/lambda-invoke-store` finds in runtimes from 24 on: values of the invocation in hand.
'use strict';

const { current } = require('./node-runtime.cjs');

const REQUEST = Symbol.for('_AWS_LAMBDA_REQUEST_ID');
const TRACE = Symbol.for('_AWS_LAMBDA_X_RAY_TRACE_ID');
const TENANT = Symbol.for('_AWS_LAMBDA_TENANT_ID');
const kept = [REQUEST, TRACE, TENANT];
let context;

const invokeStore = {
  getContext: () => context,
  hasContext: () => context !== undefined,
  get: (key) => context?.[key],
  set(key, value) {
    if (kept.includes(key)) throw new Error(`Cannot modify protected Lambda context field: ${String(key)}`);
    context = { ...context, [key]: value };
  },
  run(values, act) {
    context = values;
    return act();
  },
  getRequestId: () => context?.[REQUEST] ?? '-',
  getXRayTraceId: () => context?.[TRACE],
  getTenantId: () => context?.[TENANT],
};

/** Forgets what the last invocation kept. */
function enterStore() {
  context = { [REQUEST]: current.requestId, [TRACE]: current.traceId };
}

module.exports = { invokeStore, enterStore };
