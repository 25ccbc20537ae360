// Runs a Node.js handler against the Lambda Runtime API, with the behaviour of AWS's managed Node.js runtimes.
// Plain JavaScript: this file is what the runtime process is started with.
import { connect } from 'node:net';
import { PassThrough } from 'node:stream';
import { format } from 'node:util';
import { forLog, isError, named, safeJson, toResponse } from './node-errors.mjs';
import { loadHandler, major, streaming } from './node-handler.mjs';

const api = process.env.AWS_LAMBDA_RUNTIME_API ?? '';
const [host, port] = api.split(':');
const base = '/2018-06-01/runtime';
const preludeType = 'application/vnd.awslambda.http-integration-response';

/** Id of the request in hand; undefined between requests. */
let requestId;
/** The handler is loaded. */
let started = false;

// ---- Connection: requests are pipelined, so that a response and the wish for the next event are one write.

const socket = connect({ host, port: Number(port), noDelay: true });
/** What waits for an answer, oldest first. */
const waiting = [];
let buffered = Buffer.alloc(0);

socket.on('data', (data) => {
  buffered = buffered.length === 0 ? data : Buffer.concat([buffered, data]);
  for (let answer = takeAnswer(); answer !== undefined; answer = takeAnswer()) waiting.shift()?.(answer);
});
socket.on('error', () => process.exit(1));
socket.on('close', () => process.exit(0));

function takeAnswer() {
  const end = buffered.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [status, ...lines] = buffered.latin1Slice(0, end).split('\r\n');
  const headers = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  const size = end + 4 + Number(headers['content-length'] ?? 0);
  if (buffered.length < size) return undefined;
  const body = buffered.subarray(end + 4, size);
  buffered = buffered.subarray(size);
  return { status: Number(status.split(' ')[1]), headers, body };
}

function head(method, path, extra = '') {
  return `${method} ${base}${path} HTTP/1.1\r\nHost: ${api}\r\n${extra}\r\n`;
}

function post(path, type, body, extra = '') {
  const length = `Content-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n${extra}`;
  return `${head('POST', path, length)}${body}`;
}

/** Sends text (requests) and returns a promise of the last answer. */
function send(text, answers = 1) {
  for (let left = answers; left > 1; left--) waiting.push(undefined);
  return new Promise((done) => {
    waiting.push(done);
    socket.write(text);
  });
}

// ---- Errors as Lambda reports them.

function errorHeader(error) {
  const type = toResponse(error).errorType.replace(/[^\x21-\x7e]/g, '?');
  return `Lambda-Runtime-Function-Error-Type: ${type}\r\n`;
}

function failure(error) {
  const path = requestId === undefined ? '/init/error' : `/invocation/${requestId}/error`;
  return post(path, 'application/json', safeJson(toResponse(error)), errorHeader(error));
}

/** Reports and ends the process: what happened outside of the handler leaves it in an unknown state. */
function die(title, error) {
  write('ERROR', [`${title} \t${safeJson(forLog(error))}`]);
  const leave = () => process.exit(129);
  // Between requests nobody would answer: the connection waits for the next event.
  if (requestId === undefined && started) leave();
  setTimeout(leave, 1000).unref();
  send(failure(error)).then(leave, leave);
}

process.on('uncaughtException', (error) => die('Uncaught Exception', error));
process.on('unhandledRejection', (reason, promise) => {
  const error = named(
    'Runtime.UnhandledPromiseRejection',
    isError(reason) ? reason.toString() : format(reason),
    reason?.stack,
  );
  error.reason = reason;
  error.promise = promise;
  die('Unhandled Promise Rejection', error);
});

// ---- console, with Lambda's prefix.

function write(level, values) {
  process.stdout.write(
    `${new Date().toISOString()}\t${requestId ?? 'undefined'}\t${level}\t${format(...values)}\n`,
  );
}
for (const [method, level] of [
  ['log', 'INFO'],
  ['info', 'INFO'],
  ['debug', 'DEBUG'],
  ['warn', 'WARN'],
  ['error', 'ERROR'],
  ['trace', 'TRACE'],
]) {
  console[method] = (...values) => write(level, values);
}

// ---- Response streaming.

globalThis.awslambda = {
  streamifyResponse(handler, options) {
    handler[streaming] = 'response';
    if (options?.highWaterMark)
      handler[Symbol.for('aws.lambda.runtime.handler.streaming.highWaterMark')] = options.highWaterMark;
    return handler;
  },
  HttpResponseStream: {
    from(stream, prelude) {
      stream.setContentType(preludeType);
      stream.prelude?.(prelude);
      return stream;
    },
  },
};

async function runStreaming(handler, event, context) {
  const { request } = await import('node:http');
  const id = requestId;
  const stream = new PassThrough({
    highWaterMark: handler[Symbol.for('aws.lambda.runtime.handler.streaming.highWaterMark')],
  });
  const answered = Promise.withResolvers();
  let type = 'application/octet-stream';
  let outgoing;
  let prelude;
  const open = () => {
    if (outgoing) return outgoing;
    outgoing = request({ host, port, method: 'POST', path: `${base}/invocation/${id}/response` });
    outgoing.setHeader('Content-Type', type);
    outgoing.setHeader('Lambda-Runtime-Function-Response-Mode', 'streaming');
    outgoing.setHeader('Trailer', 'Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body');
    outgoing.on('response', (response) => response.resume().on('end', answered.resolve));
    outgoing.on('error', answered.resolve);
    if (prelude !== undefined)
      outgoing.write(Buffer.concat([Buffer.from(JSON.stringify(prelude)), Buffer.alloc(8)]));
    return outgoing;
  };
  stream.setContentType = (value) => {
    type = value;
  };
  stream.prelude = (value) => {
    prelude = value;
  };
  stream.on('data', (chunk) => {
    if (!open().write(chunk)) {
      stream.pause();
      outgoing.once('drain', () => stream.resume());
    }
  });
  const finished = new Promise((done) => stream.once('end', done));
  try {
    await handler(event, stream, context);
    await finished;
  } catch (error) {
    write('ERROR', [`Invoke Error \t${safeJson(forLog(error))}`]);
    if (!outgoing) return send(failure(error));
    outgoing.addTrailers({
      'Lambda-Runtime-Function-Error-Type': toResponse(error).errorType,
      'Lambda-Runtime-Function-Error-Body': Buffer.from(safeJson(toResponse(error))).toString('base64'),
    });
  }
  open().end();
  return answered.promise;
}

// ---- The handler.

function contextOf(headers, settle) {
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  const parse = (text) => (text ? JSON.parse(text) : undefined);
  const context = {
    callbackWaitsForEmptyEventLoop: true,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: parse(headers['lambda-runtime-client-context']),
    identity: parse(headers['lambda-runtime-cognito-identity']),
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
  if (major < 24) {
    context.done = settle;
    context.succeed = (result) => settle(null, result);
    context.fail = (error) => settle(error ?? 'handled');
  }
  return context;
}

/** Calls the handler; the result arrives by promise, by callback, or not at all once nothing is left to happen. */
function call(handler, event, headers) {
  return new Promise((resolve, reject) => {
    const finish = (error, result) => {
      process.off('beforeExit', empty);
      socket.ref();
      if (error === null || error === undefined) resolve(result);
      else reject(error);
    };
    let empty = () => finish(null, null);
    const settle = (error, result) => {
      if (!context.callbackWaitsForEmptyEventLoop || error) return setImmediate(finish, error, result);
      process.off('beforeExit', empty);
      empty = () => finish(error, result);
      process.once('beforeExit', empty);
    };
    const context = contextOf(headers, settle);
    process.once('beforeExit', empty);
    // The loop counts as empty although the connection stays open.
    socket.unref();
    try {
      const returned = handler(event, context, settle);
      if (typeof returned?.then === 'function')
        returned.then(
          (result) => finish(null, result),
          (error) => finish(error ?? 'handled'),
        );
    } catch (error) {
      finish(error ?? 'handled');
    }
  });
}

function serialize(result) {
  try {
    return JSON.stringify(result === undefined ? null : result) ?? 'null';
  } catch {
    throw named('Runtime.MarshalError', 'Unable to stringify response body');
  }
}

/** @returns the request that answers this event */
async function handle(handler, answer) {
  requestId = answer.headers['lambda-runtime-aws-request-id'];
  const trace = answer.headers['lambda-runtime-trace-id'];
  if (trace) process.env._X_AMZN_TRACE_ID = trace;
  try {
    const event = JSON.parse(answer.body);
    if (handler[streaming]) {
      await runStreaming(
        handler,
        event,
        contextOf(answer.headers, () => {}),
      );
      return undefined;
    }
    return post(
      `/invocation/${requestId}/response`,
      'application/json',
      serialize(await call(handler, event, answer.headers)),
    );
  } catch (error) {
    write('ERROR', [`Invoke Error \t${safeJson(forLog(error))}`]);
    return failure(error);
  }
}

async function main() {
  let handler;
  try {
    handler = await loadHandler(process.env.LAMBDA_TASK_ROOT ?? process.cwd(), process.env._HANDLER ?? '');
  } catch (error) {
    write('ERROR', [`Uncaught Exception \t${safeJson(forLog(error))}`]);
    await send(failure(error));
    process.exit(1);
  }
  started = true;
  const next = head('GET', '/invocation/next');
  for (let answer = await send(next); ; ) {
    const response = await handle(handler, answer);
    requestId = undefined;
    answer = await (response === undefined ? send(next) : send(response + next, 2));
  }
}

main();
