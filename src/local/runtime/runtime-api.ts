import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ResponseSink } from '../invoke.ts';
import { readBody } from '../server/read-body.ts';
import { type Channel, connectChannel } from './channel.ts';
import { createExchange, type Exchange, errorTypeOf, respondWhole, responseLimit } from './exchange.ts';
import { createExtensionsApi } from './extensions/api.ts';
import type { Invocation } from './invocation.ts';

/** The Lambda Runtime API for one environment. */
export interface RuntimeApi extends Pick<Exchange, 'initialized' | 'deliver'> {
  /** `host:port` for `AWS_LAMBDA_RUNTIME_API`. */
  readonly address: string;
  /** Fulfilled when an external extension asks for its first event. */
  extensionReady(name: string): Promise<void>;
  /** Speaks with one of our own runtimes over a socket; only what streams, and extensions, come by HTTP then. */
  connect(socket: Duplex, tell: (why: string) => void): Channel;
  /** Tells extensions that the environment ends. */
  shutdown(reason: 'spindown' | 'timeout' | 'failure', deadline: number): void;
  stop(): Promise<void>;
}

/** Largest streamed response. */
const streamLimit = 200 * 1024 * 1024;

const prefix = '/2018-06-01/runtime/';
const accepted = '{"status":"OK"}\n';

/**
 * Serves the Lambda Runtime API (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html) and the Extensions
 * API on a port of its own: the port is what tells environments apart.
 */
export async function startRuntimeApi(fn: {
  readonly name: string;
  readonly handler: string;
}): Promise<RuntimeApi> {
  const extensions = createExtensionsApi(fn);
  const exchange = createExchange();

  function next(response: ServerResponse): void {
    response.once(
      'close',
      exchange.ask((invocation) => sendEvent(response, invocation)),
    );
  }

  async function respond(
    requestId: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const answering = exchange.answering(requestId);
    if (!answering) return refuse(request, response, 400, 'InvalidRequestID', 'Invalid request ID');
    const { sink, done } = answering;
    const contentType = request.headers['content-type'] ?? 'application/octet-stream';
    const streaming = request.headers['lambda-runtime-function-response-mode'] === 'streaming';
    const payload =
      sink && streaming
        ? await passOn(request, contentType, sink)
        : await readBody(request, streaming ? streamLimit : responseLimit);
    if (payload === undefined) {
      done({ kind: 'too-large' });
      const message = `Exceeded maximum allowed payload size (${responseLimit} bytes).`;
      return refuse(request, response, 413, 'RequestEntityTooLarge', message);
    }
    const failed = request.trailers['lambda-runtime-function-error-type'];
    if (failed === undefined) {
      // Without this a failing runtime's half response would count as a whole one.
      if (!request.complete) return;
      if (streaming) done({ kind: 'response', contentType, payload });
      else await respondWhole(answering, contentType, payload);
    } else {
      const body = request.trailers['lambda-runtime-function-error-body'] ?? '';
      done({ kind: 'error', errorType: failed, payload: Buffer.from(body, 'base64') });
    }
    reply(response, 202, accepted);
  }

  async function fail(requestId: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answering = exchange.answering(requestId);
    if (!answering) return refuse(request, response, 400, 'InvalidRequestID', 'Invalid request ID');
    const payload = (await readBody(request, responseLimit)) ?? Buffer.from('{}');
    answering.done({ kind: 'error', errorType: errorTypeOf(errorTypeHeader(request), payload), payload });
    reply(response, 202, accepted);
  }

  async function failInit(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const payload = (await readBody(request, responseLimit)) ?? Buffer.from('{}');
    exchange.failInit(errorTypeOf(errorTypeHeader(request), payload), payload);
    reply(response, 202, accepted);
  }

  const server = createServer({ keepAliveTimeout: 0, requestTimeout: 0 }, (request, response) => {
    response.sendDate = false;
    route(request, response)?.catch(() => response.destroy());
  });
  // Runtimes wait on one connection for as long as no event comes.
  server.headersTimeout = 0;
  server.timeout = 0;

  function route(request: IncomingMessage, response: ServerResponse): Promise<void> | undefined {
    const url = request.url ?? '';
    if (url.startsWith(prefix)) {
      const path = url.slice(prefix.length);
      if (path === 'invocation/next' && request.method === 'GET') {
        next(response);
        return undefined;
      }
      if (path === 'init/error') return failInit(request, response);
      const [resource, requestId = '', action] = path.split('/');
      if (resource === 'invocation' && action === 'response') return respond(requestId, request, response);
      if (resource === 'invocation' && action === 'error') return fail(requestId, request, response);
    }
    if (extensions.handles(url)) return extensions.handle(request, response);
    refuse(
      request,
      response,
      404,
      'InvalidResource',
      `There is no ${request.method} ${url} in the Runtime API`,
    );
    return undefined;
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    initialized: exchange.initialized,
    deliver(invocation, receiver) {
      extensions.invoke(invocation);
      exchange.deliver(invocation, receiver);
    },
    extensionReady: extensions.ready,
    connect: (socket, tell) => connectChannel(socket, exchange, tell),
    shutdown: extensions.shutdown,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function sendEvent(response: ServerResponse, invocation: Invocation): void {
  const payload =
    typeof invocation.payload === 'string' ? Buffer.from(invocation.payload) : invocation.payload;
  const headers = [
    'Content-Type',
    'application/json',
    'Content-Length',
    String(payload.length),
    'Lambda-Runtime-Aws-Request-Id',
    invocation.requestId,
    'Lambda-Runtime-Deadline-Ms',
    String(invocation.deadline),
    'Lambda-Runtime-Invoked-Function-Arn',
    invocation.arn,
    'Lambda-Runtime-Trace-Id',
    invocation.traceId,
  ];
  if (invocation.clientContext) headers.push('Lambda-Runtime-Client-Context', invocation.clientContext);
  if (invocation.cognitoIdentity) headers.push('Lambda-Runtime-Cognito-Identity', invocation.cognitoIdentity);
  if (invocation.tenantId) headers.push('Lambda-Runtime-Aws-Tenant-Id', invocation.tenantId);
  response.writeHead(200, headers);
  response.end(payload);
}

/** Streams a response to its sink as it comes. @returns nothing to keep, or undefined when it grew too large */
async function passOn(
  request: IncomingMessage,
  contentType: string,
  sink: ResponseSink,
): Promise<Buffer | undefined> {
  let size = 0;
  for await (const chunk of request) {
    if (size === 0) sink.start(contentType);
    size += chunk.length;
    if (size > streamLimit) return undefined;
    await sink.chunk(chunk);
  }
  // A handler that fails before its first byte has started no response.
  if (size === 0 && !request.trailers['lambda-runtime-function-error-type']) sink.start(contentType);
  return Buffer.alloc(0);
}

function errorTypeHeader(request: IncomingMessage): string | undefined {
  const header = request.headers['lambda-runtime-function-error-type'];
  return typeof header === 'string' ? header : undefined;
}

export function reply(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, [
    'Content-Type',
    'application/json',
    'Content-Length',
    String(Buffer.byteLength(body)),
  ]);
  response.end(body);
}

export function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  errorType: string,
  errorMessage: string,
): void {
  request.resume();
  reply(response, status, `${JSON.stringify({ errorMessage, errorType })}\n`);
}
