// Response streaming, by the Runtime API itself: handlers see the request as it is.
'use strict';

const { named, toResponse } = require('./node-errors.cjs');
const { streaming } = require('./node-handler.cjs');
const { deferred } = require('./node-runtime.cjs');

const [host, port] = (process.env.AWS_LAMBDA_RUNTIME_API ?? '').split(':');
const highWaterMark = Symbol.for('aws.lambda.runtime.handler.streaming.highWaterMark');

/** What handlers find as `awslambda`. */
const globals = {
  streamifyResponse(handler, options) {
    handler[streaming] = 'response';
    if (typeof options?.highWaterMark === 'number')
      handler[highWaterMark] = Math.trunc(options.highWaterMark);
    return handler;
  },
  HttpResponseStream: {
    from(stream, prelude) {
      stream.setContentType('application/vnd.awslambda.http-integration-response');
      const text = JSON.stringify(prelude);
      stream._onBeforeFirstWrite = (write) => {
        write(text);
        write(new Uint8Array(8));
      };
      return stream;
    },
  },
};

/** Of a request, handlers see what is a stream. */
const methods = [
  ...['cork', 'destroy', 'end', 'uncork', 'write', 'setContentType'],
  ...[
    'addListener',
    'emit',
    'eventNames',
    'getMaxListeners',
    'listenerCount',
    'listeners',
    'off',
    'on',
    'once',
  ],
  ...['prependListener', 'prependOnceListener', 'rawListeners', 'removeAllListeners', 'removeListener'],
  'setMaxListeners',
];
const readable = [
  ...['writable', 'writableCorked', 'writableEnded', 'writableFinished', 'writableHighWaterMark'],
  ...['writableLength', 'writableNeedDrain', 'writableObjectMode'],
];
const writable = ['destroyed', '_onBeforeFirstWrite'];

function streamOf(request) {
  const stream = Object.fromEntries(methods.map((name) => [name, request[name].bind(request)]));
  const get = (name) => () => request[name];
  const set = (name) => (value) => {
    request[name] = value;
  };
  for (const name of readable) Object.defineProperty(stream, name, { get: get(name) });
  for (const name of writable) Object.defineProperty(stream, name, { get: get(name), set: set(name) });
  return stream;
}

/**
 * Opens the response to an invocation: nothing is sent before the first write, or the end.
 * @returns the stream for the handler, a promise of its end, and what ends it with an error
 */
async function openStream(handler, requestId) {
  const { Agent, request: open } = require('node:http');
  const sent = deferred();
  const request = open({
    host,
    port,
    method: 'POST',
    path: `/2018-06-01/runtime/invocation/${requestId}/response`,
    agent: new Agent({ keepAlive: true, maxSockets: 1, highWaterMark: handler[highWaterMark] }),
    headers: {
      'Lambda-Runtime-Function-Response-Mode': 'streaming',
      Trailer: ['Lambda-Runtime-Function-Error-Type', 'Lambda-Runtime-Function-Error-Body'],
      'Content-Type': 'application/octet-stream',
      'Transfer-Encoding': 'chunked',
    },
  });
  request.on('response', (response) => response.resume().on('end', sent.resolve));
  request.on('error', sent.reject);
  // Who does not wait for it has failed otherwise.
  sent.promise.catch(() => {});
  let started = false;
  request.setContentType = (type) => {
    if (started) throw named('Runtime.InvalidStreamingOperation', 'Cannot set content-type, too late.');
    request.setHeader('Content-Type', type);
  };
  const write = request.write.bind(request);
  request.write = (chunk, encoding, callback) => {
    const data = typeof chunk === 'string' || chunk instanceof Uint8Array ? chunk : JSON.stringify(chunk);
    if (!started) request._onBeforeFirstWrite?.((first) => write(first));
    started = true;
    return write(data, encoding, callback);
  };
  const fail = (error) => {
    const response = toResponse(error);
    request.addTrailers({
      'Lambda-Runtime-Function-Error-Type': response.errorType,
      'Lambda-Runtime-Function-Error-Body': Buffer.from(JSON.stringify(response)).toString('base64'),
    });
    return new Promise((done) => {
      request.once('close', done);
      request.end();
    });
  };
  return { stream: { response: streamOf(request), sent: sent.promise }, fail };
}

module.exports = { globals, openStream };
