// What everything here knows of the runtime.

/**
 * Major version of the function's runtime. From 24 on it is another program: no callbacks, and nothing waits for the event
 * loop to be empty.
 */
export const major = Number(/nodejs(\d+)/.exec(process.env.AWS_EXECUTION_ENV ?? '')?.[1] ?? 24);
export const legacy = major < 24;

/** The request in hand, or the last one if none is; `answering` is called once its handler is done. */
export const current = {
  inHand: false,
  requestId: undefined,
  traceId: undefined,
  tenantId: undefined,
  answering: undefined,
};

/** A promise, and what settles it; `Promise.withResolvers` is not in all versions. */
export function deferred() {
  const result = {};
  result.promise = new Promise((resolve, reject) => {
    result.resolve = resolve;
    result.reject = reject;
  });
  return result;
}

export const nextTurn = () => new Promise((done) => setImmediate(done));
