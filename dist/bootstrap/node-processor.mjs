// How Node.js runtimes from 24 on call a handler.
import { failure, holdConnection, sendAndAsk, success } from './node-api.mjs';
import { logError } from './node-console.mjs';
import { contextOf } from './node-context.mjs';
import { nextTurn } from './node-runtime.mjs';

/** Named as in AWS's runtimes, because traces show it: `at BufferedInvokeProcessor.handler`. */
export class BufferedInvokeProcessor {
  constructor(handler) {
    this.handler = handler;
  }

  /** @returns the next event, as soon as this one is answered */
  async answer({ body, fields }, requestId) {
    const context = contextOf(fields);
    const event = JSON.parse(body);
    // A handler that waits for nothing that could happen ends the process.
    holdConnection(false);
    const text = await this.reply(event, context, requestId);
    holdConnection(true);
    return sendAndAsk(text);
  }

  async reply(event, context, requestId) {
    try {
      const result = await this.handler(event, context);
      await nextTurn();
      return success(result);
    } catch (error) {
      await nextTurn();
      logError('Invoke Error', error);
      return failure(error, requestId);
    }
  }
}

/** The same for a handler that writes its response to a stream. */
export class StreamingInvokeProcessor {
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
