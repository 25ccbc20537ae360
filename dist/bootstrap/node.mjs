// Runs a Node.js handler against the Lambda Runtime API, with the behaviour of AWS's managed Node.js runtimes.
// Plain JavaScript: this file is what the runtime process is started with.
import { afterSending, failure, holdConnection, send, sendAndAsk } from './node-api.mjs';
import { logError, patchConsole } from './node-console.mjs';
import { enter } from './node-context.mjs';
import { loadHandler, streaming } from './node-handler.mjs';
import { current, legacy } from './node-runtime.mjs';
import { enterStore, invokeStore } from './node-store.mjs';
import { globals, openStream } from './node-stream.mjs';

/** The handler is loaded. */
let started = false;

/** Reports and ends the process: what happened outside of the handler leaves it in an unknown state. */
function die(title, error, status) {
  logError(title, error);
  const leave = () => process.exit(status);
  // Between requests nobody would answer: the connection waits for the next event.
  if (!current.inHand && started) return afterSending(leave);
  holdConnection(true);
  setTimeout(leave, 1000).unref();
  send(failure(error, started ? current.requestId : undefined)).then(leave, leave);
}

class UnhandledPromiseRejection extends Error {
  constructor(reason, promise) {
    super(reason);
    this.reason = reason;
    this.promise = promise;
  }
}
UnhandledPromiseRejection.prototype.name = 'Runtime.UnhandledPromiseRejection';

// Runtimes from 24 on leave these to Node.js, which ends the process.
if (legacy) {
  process.on('uncaughtException', (error) => die('Uncaught Exception', error, 129));
  process.on('unhandledRejection', (reason, promise) =>
    die('Unhandled Promise Rejection', new UnhandledPromiseRejection(reason, promise), 128),
  );
}

async function start() {
  try {
    return await loadHandler(process.env.LAMBDA_TASK_ROOT ?? process.cwd(), process.env._HANDLER ?? '');
  } catch (error) {
    logError(legacy ? 'Uncaught Exception' : 'Init Error', error);
    await send(failure(error));
    if (legacy) process.exit(129);
    // Node.js says it once more, and ends the process.
    throw error;
  }
}

async function main() {
  patchConsole();
  if (process.env._SPARTA_PROFILE) await import('./node-profile.mjs');
  if (!/^(1|true)$/.test(process.env.AWS_LAMBDA_NODEJS_NO_GLOBAL_AWSLAMBDA ?? '')) {
    globalThis.awslambda = { ...globals, ...(!legacy && { InvokeStore: invokeStore }) };
  }
  const handler = await start();
  const streams = Boolean(handler[streaming]);
  const runtime = await runtimeOf(handler, streams);
  started = true;
  for (let event = await sendAndAsk(); ; ) {
    enter(event.fields);
    enterStore();
    const { requestId } = current;
    const next = streams
      ? runtime.stream(event, await openStream(handler, requestId))
      : runtime.answer(event, requestId);
    event = await next;
  }
}

async function runtimeOf(handler, streams) {
  if (legacy) {
    const { Runtime } = await import('./node-legacy.mjs');
    return new Runtime(handler);
  }
  const { BufferedInvokeProcessor, StreamingInvokeProcessor } = await import('./node-processor.mjs');
  return streams ? new StreamingInvokeProcessor(handler) : new BufferedInvokeProcessor(handler);
}

main();
