// How Node.js runtimes before 24 call a handler: by promise, by callback, or until nothing is left to happen.
'use strict';

const { failure, holdConnection, sendAndAsk, success } = require('./node-api.cjs');
const { logError } = require('./node-console.cjs');
const { contextOf } = require('./node-context.cjs');
const { deferred } = require('./node-runtime.cjs');

/** What is done once the event loop is empty. */
let whenEmpty = () => {};

const thenable = (value) => typeof value?.then === 'function';

/** Named as in AWS's runtimes, because traces show it: `at Runtime.handler`. */
class Runtime {
  constructor(handler) {
    this.handler = handler;
    process.on('beforeExit', () => whenEmpty());
  }

  /** @returns the next event, as soon as this one is answered */
  async answer({ body, fields }, requestId) {
    const invocation = createInvocation(requestId);
    holdConnection(false);
    try {
      const event = JSON.parse(body);
      const context = Object.assign(invocation.context, contextOf(fields));
      const result = this.handler(event, context, invocation.callback);
      if (thenable(result)) result.then(context.succeed, context.fail).catch(context.fail);
    } catch (error) {
      invocation.callback(error);
    }
    return invocation.answered;
  }

  /** The same for a handler that writes its response to a stream. */
  async stream({ body, fields }, { stream, fail }) {
    let wait = true;
    const context = {
      get callbackWaitsForEmptyEventLoop() {
        return wait;
      },
      set callbackWaitsForEmptyEventLoop(value) {
        wait = value;
      },
    };
    const next = deferred();
    const ask = () => {
      whenEmpty = () => {};
      holdConnection(true);
      next.resolve(sendAndAsk());
    };
    const leave = () => {
      if (!wait) return ask();
      whenEmpty = () => setImmediate(ask);
    };
    whenEmpty = ask;
    holdConnection(false);
    const failed = async (error) => {
      logError('Invoke Error', error);
      await fail(error);
      leave();
    };
    this.streamed(JSON.parse(body), Object.assign(context, contextOf(fields)), stream).then(leave, failed);
    return next.promise;
  }

  async streamed(event, context, { response, sent }) {
    const result = this.handler(event, response, context);
    // Said in text here, where later runtimes throw errors.
    if (!thenable(result)) throw 'Streaming does not support non-async handlers.';
    if ((await result) !== undefined) console.warn('Streaming handlers ignore return values.');
    await sent;
    if (!response.writableFinished) throw 'Response stream is not finished.';
  }
}

/** The ways to end an invocation: the first one counts. */
function createInvocation(requestId) {
  const answered = deferred();
  let wait = true;
  let ended = false;
  const reply = (text) => {
    holdConnection(true);
    answered.resolve(sendAndAsk(text));
  };
  const fail = (error) => {
    logError('Invoke Error', error);
    reply(failure(error, requestId));
  };
  const complete = (result) => reply(success(result));
  const missing = (error) => error === undefined || error === null;
  const first =
    (end) =>
    (...values) => {
      if (ended) return;
      whenEmpty = () => {};
      end(...values);
      ended = true;
    };
  whenEmpty = () => {
    ended = true;
    complete(null);
  };
  const done = (error, result) => (missing(error) ? complete(result) : fail(error));
  const context = {
    get callbackWaitsForEmptyEventLoop() {
      return wait;
    },
    set callbackWaitsForEmptyEventLoop(value) {
      wait = value;
    },
    succeed: first((result) => complete(result)),
    fail: first((error) => fail(missing(error) ? 'handled' : error)),
    done: first(done),
  };
  const callback = first((error, result) => {
    if (!missing(error) || !wait) return done(error, result);
    // The result may still change until then.
    whenEmpty = () => {
      whenEmpty = () => {};
      setImmediate(() => complete(result));
    };
  });
  return { answered: answered.promise, context, callback };
}

const runtimeOf = (handler) => new Runtime(handler);

module.exports = { runtimeOf };
