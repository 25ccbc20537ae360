// How Node.js runtimes from 24 on call a handler.
'use strict';

const { failure, holdConnection, sendAndAsk, success } = require('./node-api.cjs');
const { logError } = require('./node-console.cjs');
const { contextOf } = require('./node-context.cjs');
const { nextTurn } = require('./node-runtime.cjs');

/** Named as in AWS's runtimes, because traces show it: `at BufferedInvokeProcessor.handler`. */
class BufferedInvokeProcessor {
  constructor(handler) {
    this.handler = handler;
  }

  /** @returns the next event, as soon as this one is answered */
  async answer({ body, fields }, requestId) {
    const context = contextOf(fields);
    const event = JSON.parse(body);
    // A handler that waits for nothing that could happen ends the process.
    holdConnection(false);
    let reply;
    try {
      const result = await this.handler(event, context);
      await nextTurn();
      reply = success(result);
    } catch (error) {
      await nextTurn();
      logError('Invoke Error', error);
      reply = failure(error, requestId);
    }
    holdConnection(true);
    // Handed on as a promise, it would take three turns of the queue of promises.
    const next = await sendAndAsk(reply);
    return next;
  }
}

/** The same for a handler that writes its response to a stream. */
class StreamingInvokeProcessor {
  constructor(handler) {
    this.handler = handler;
  }

  async stream({ body, fields }, { stream, fail }) {
    const context = contextOf(fields);
    const event = JSON.parse(body);
    holdConnection(false);
    try {
      await this.streamed(event, context, stream);
    } catch (error) {
      await nextTurn();
      logError('Invoke Error', error);
      await fail(error);
    }
    holdConnection(true);
    return sendAndAsk();
  }

  async streamed(event, context, { response, sent }) {
    const result = this.handler(event, response, context);
    if (typeof result?.then !== 'function') throw new Error('Streaming does not support non-async handlers.');
    if ((await result) !== undefined) console.warn('Streaming handlers ignore return values.');
    await sent;
    if (!response.writableFinished) throw new Error('Response stream is not finished.');
  }
}

const runtimeOf = (handler, streams) =>
  streams ? new StreamingInvokeProcessor(handler) : new BufferedInvokeProcessor(handler);

module.exports = { runtimeOf };
