// Runs a Node.js handler against the Lambda Runtime API, with the behaviour of AWS's managed Node.js runtimes.
// Plain JavaScript: this file is what the runtime process is started with.
'use strict';

const { afterSending, failure, holdConnection, send, sendAndAsk } = require('./node-api.cjs');
const { logError, patchConsole } = require('./node-console.cjs');
const { enter } = require('./node-context.cjs');
const { loadHandler, streaming } = require('./node-handler.cjs');
const { current, legacy } = require('./node-runtime.cjs');
const { enterStore, invokeStore } = require('./node-store.cjs');
const { globals, openStream } = require('./node-stream.cjs');
const { runtimeOf } = require(legacy ? './node-legacy.cjs' : './node-processor.cjs');
if (process.env._SPARTA_PROFILE) require('./node-profile.cjs');

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

/** What functions find of this program in Node.js: nothing, as they find nothing of AWS's, which is made of modules. */
function hide() {
  delete process.mainModule;
  for (const file of Object.keys(require.cache)) {
    if (file.startsWith(`${__dirname}/`)) delete require.cache[file];
  }
}

async function main() {
  hide();
  patchConsole();
  if (!/^(1|true)$/.test(process.env.AWS_LAMBDA_NODEJS_NO_GLOBAL_AWSLAMBDA ?? '')) {
    globalThis.awslambda = { ...globals, ...(!legacy && { InvokeStore: invokeStore }) };
  }
  const handler = await start();
  const streams = Boolean(handler[streaming]);
  const runtime = runtimeOf(handler, streams);
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

main();
