// What everything here knows of the runtime.
'use strict';

/**
 * Major version of the function's runtime. From 24 on it is another program: no callbacks, and nothing waits for the event
 * loop to be empty.
 */
const major = Number(/nodejs(\d+)/.exec(process.env.AWS_EXECUTION_ENV ?? '')?.[1] ?? 24);
const legacy = major < 24;

/** The request in hand, or the last one if none is; `answering` is called once its handler is done. */
const current = {
  inHand: false,
  requestId: undefined,
  traceId: undefined,
  tenantId: undefined,
  answering: undefined,
};

/** A promise, and what settles it; `Promise.withResolvers` is not in all versions. */
function deferred() {
  const result = {};
  result.promise = new Promise((resolve, reject) => {
    result.resolve = resolve;
    result.reject = reject;
  });
  return result;
}

const nextTurn = () => new Promise((done) => setImmediate(done));

module.exports = { major, legacy, current, deferred, nextTurn };
