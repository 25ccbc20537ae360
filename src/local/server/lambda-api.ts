import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { functionArn, type LocalFunction } from '../functions/function.ts';
import type { FunctionHost } from '../host.ts';
import type { InvokeOptions } from '../invoke.ts';
import type { Endpoint } from './endpoint.ts';
import { encodeEvent } from './event-stream.ts';
import { listen } from './listen.ts';
import { readBody } from './read-body.ts';

/** Request limits: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const requestLimit = 6 * 1024 * 1024;
const asyncRequestLimit = 1024 * 1024;
const logTailBytes = 4096;
const route = /^\/(\d{4}-\d\d-\d\d)\/functions\/([^/]+)(?:\/([a-z-]+))?$/;

/** An error of the API itself, as its own documentation names it. */
interface ApiError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** `User` or `Service`; who is at fault. */
  readonly fault?: 'User' | 'Service';
}

/**
 * Serves the Lambda Invoke API (https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html) for the host's
 * functions. `port` 0 (the default) takes a free one. Signatures are not checked: it listens on loopback only.
 */
export async function startLambdaApi(
  host: FunctionHost,
  options: {
    readonly port?: number;
    /** Hears of requests that failed when nobody waited for their answer any more. */
    readonly warn?: (message: string) => void;
  } = {},
): Promise<Endpoint> {
  const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
    response.sendDate = false;
    answer(host, request, response).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      if (response.headersSent) {
        options.warn?.(`${request.method} ${request.url}: ${message}`);
        response.destroy();
      } else sendError(response, { status: 500, code: 'ServiceException', message, fault: 'Service' });
    });
  });
  return listen(server, options.port);
}

async function answer(host: FunctionHost, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, query } = split(request.url ?? '');
  const [, version, name = '', action] = route.exec(pathname) ?? [];
  const found = version
    ? findByReference(host.functions, decodeURIComponent(name), query.get('Qualifier'))
    : undefined;
  if (found === undefined) {
    request.resume();
    return sendError(response, {
      status: 404,
      code: 'UnknownOperationException',
      message: `There is no ${request.method} ${pathname} here`,
    });
  }
  if ('status' in found) {
    request.resume();
    return sendError(response, found);
  }
  const { fn, qualifier } = found;
  if (request.method === 'GET' && action === undefined) return sendJson(response, 200, describeFunction(fn));
  if (request.method === 'GET' && action === 'configuration')
    return sendJson(response, 200, describeFunction(fn).Configuration);
  const payload = await readBody(request, requestLimit);
  const invocation = { fn, qualifier, payload, request, response, host };
  if (request.method === 'POST' && action === 'invocations') return invoke(invocation);
  if (request.method === 'POST' && action === 'response-streaming-invocations')
    return invokeStreaming(invocation);
  sendError(response, {
    status: 404,
    code: 'UnknownOperationException',
    message: `There is no ${request.method} ${pathname} here`,
  });
}

interface Received {
  readonly host: FunctionHost;
  readonly fn: LocalFunction;
  readonly qualifier: string | undefined;
  readonly payload: Buffer | undefined;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

async function invoke({ host, fn, qualifier, payload, request, response }: Received): Promise<void> {
  const type = request.headers['x-amz-invocation-type'] ?? 'RequestResponse';
  const problem = checkPayload(payload, type === 'Event' ? asyncRequestLimit : requestLimit);
  if (problem || payload === undefined) return sendError(response, problem ?? tooLarge(0, requestLimit));
  const requestId = randomUUID();
  const event = payload.length === 0 ? '{}' : payload;
  const options = { ...invokeOptionsOf(request), requestId, qualifier };
  if (type === 'DryRun') return send(response, 204, requestId, []);
  if (type === 'Event') {
    send(response, 202, requestId, []);
    return invokeInBackground(host, fn, event, options);
  }
  if (type !== 'RequestResponse') {
    const message = `Value '${type}' at 'invocationType' failed to satisfy constraint: Member must satisfy enum value set: [Event, RequestResponse, DryRun]`;
    return sendError(response, {
      status: 400,
      code: 'InvalidParameterValueException',
      message,
      fault: 'User',
    });
  }
  const result = await host.invoke(fn, event, options);
  if (result.kind === 'throttled') return sendError(response, throttled);
  const headers = ['Content-Type', 'application/json', 'X-Amz-Executed-Version', result.executedVersion];
  if (result.kind === 'function-error') headers.push('X-Amz-Function-Error', 'Unhandled');
  if (request.headers['x-amz-log-type'] === 'Tail') headers.push('X-Amz-Log-Result', tail(result.logs));
  send(response, 200, requestId, headers, result.payload);
}

/** Asynchronous invocations are tried three times, as Lambda does by default; here at once, not minutes apart. */
async function invokeInBackground(
  host: FunctionHost,
  fn: LocalFunction,
  event: Buffer | string,
  options: InvokeOptions,
): Promise<void> {
  for (let attempt = 0; attempt < 3; attempt++) {
    const result = await host.invoke(fn, event, options);
    if (result.kind === 'success') return;
  }
}

async function invokeStreaming({ host, fn, qualifier, payload, request, response }: Received): Promise<void> {
  const problem = checkPayload(payload, requestLimit);
  if (problem || payload === undefined) return sendError(response, problem ?? tooLarge(0, requestLimit));
  const requestId = randomUUID();
  const begin = (contentType: string): void => {
    if (response.headersSent) return;
    response.writeHead(200, {
      'Content-Type': 'application/vnd.amazon.eventstream',
      'X-Amzn-RequestId': requestId,
      'X-Amz-Executed-Version': '$LATEST',
      'X-Amzn-Remapped-Content-Type': contentType,
    });
  };
  const result = await host.invoke(fn, payload.length === 0 ? '{}' : payload, {
    ...invokeOptionsOf(request),
    requestId,
    qualifier,
    stream: {
      start: begin,
      chunk: (data) => {
        if (
          data.length === 0 ||
          response.write(encodeEvent('PayloadChunk', 'application/octet-stream', data))
        )
          return;
        return new Promise((resolve) => response.once('drain', resolve).once('close', resolve));
      },
    },
  });
  if (result.kind === 'throttled') return sendError(response, throttled);
  begin('application/octet-stream');
  const complete = {
    ...(result.kind === 'function-error' && {
      ErrorCode: result.error.errorType,
      ErrorDetails: result.payload.toString(),
    }),
    ...(request.headers['x-amz-log-type'] === 'Tail' && { LogResult: tail(result.logs) }),
  };
  response.end(encodeEvent('InvokeComplete', 'application/json', Buffer.from(JSON.stringify(complete))));
}

function invokeOptionsOf(request: IncomingMessage): InvokeOptions {
  const context = request.headers['x-amz-client-context'];
  const trace = request.headers['x-amzn-trace-id'];
  return {
    ...(typeof context === 'string' && { clientContext: Buffer.from(context, 'base64').toString() }),
    ...(typeof trace === 'string' && { traceId: trace }),
  };
}

/** A function by name, `name:qualifier`, ARN (whole or `123456789012:function:name`), or logical ID. */
function findByReference(
  functions: readonly LocalFunction[],
  reference: string,
  asked: string | null,
): { readonly fn: LocalFunction; readonly qualifier: string | undefined } | ApiError {
  const [, name = reference, suffix] = /^(?:.*?function:)?([^:]+)(?::([^:]+))?$/.exec(reference) ?? [];
  const fn =
    functions.find((each) => each.name === name) ?? functions.find((each) => each.logicalId === name);
  const qualifier = asked ?? suffix;
  const missing = (arn: string): ApiError => ({
    status: 404,
    code: 'ResourceNotFoundException',
    message: `Function not found: ${arn}`,
    fault: 'User',
  });
  if (!fn) {
    const [like] = functions;
    return missing(
      functionArn({ region: like?.region ?? 'us-east-1', account: like?.account ?? '123456789012', name }),
    );
  }
  if (asked && suffix && asked !== suffix) {
    const message = 'The derived qualifier from the function name does not match the specified qualifier.';
    return { status: 400, code: 'InvalidParameterValueException', message, fault: 'User' };
  }
  if (qualifier && qualifier !== '$LATEST' && !fn.qualifiers.includes(qualifier))
    return missing(`${functionArn(fn)}:${qualifier}`);
  return { fn, qualifier };
}

function checkPayload(payload: Buffer | undefined, limit: number): ApiError | undefined {
  if (payload === undefined || payload.length > limit)
    return tooLarge(payload?.length ?? requestLimit + 1, limit);
  if (payload.length === 0) return undefined;
  try {
    JSON.parse(payload.toString());
    return undefined;
  } catch (error) {
    const message = `Could not parse request body into json: Could not parse payload into json: ${error instanceof Error ? error.message : error}`;
    return { status: 400, code: 'InvalidRequestContentException', message, fault: 'User' };
  }
}

const tooLarge = (size: number, limit: number): ApiError => ({
  status: 413,
  code: 'RequestTooLargeException',
  message: `${size} byte payload is too large for the ${limit === asyncRequestLimit ? 'Event' : 'RequestResponse'} invocation type (limit ${limit} bytes)`,
  fault: 'User',
});

const throttled: ApiError = {
  status: 429,
  code: 'TooManyRequestsException',
  message: 'Rate Exceeded.',
  fault: 'User',
};

function describeFunction(fn: LocalFunction) {
  return {
    Configuration: {
      FunctionName: fn.name,
      FunctionArn: functionArn(fn),
      Runtime: fn.runtime,
      Handler: fn.handler,
      Timeout: fn.timeout,
      MemorySize: fn.memory,
      Version: '$LATEST',
      PackageType: 'Zip',
      Architectures: [fn.architecture],
      Environment: { Variables: fn.environment },
      State: 'Active',
      LastUpdateStatus: 'Successful',
    },
  };
}

/** The last 4 KB of a log, in base64. */
function tail(logs: string): string {
  const bytes = Buffer.from(logs);
  return bytes.subarray(Math.max(0, bytes.length - logTailBytes)).toString('base64');
}

function split(url: string): { readonly pathname: string; readonly query: URLSearchParams } {
  const mark = url.indexOf('?');
  return mark < 0
    ? { pathname: url, query: noQuery }
    : { pathname: url.slice(0, mark), query: new URLSearchParams(url.slice(mark + 1)) };
}
const noQuery = new URLSearchParams();

function send(
  response: ServerResponse,
  status: number,
  requestId: string,
  headers: readonly string[],
  body?: Buffer,
): void {
  const length = status === 204 ? [] : ['Content-Length', String(body?.length ?? 0)];
  response.writeHead(status, ['X-Amzn-RequestId', requestId, ...headers, ...length]);
  response.end(body);
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  send(
    response,
    status,
    randomUUID(),
    ['Content-Type', 'application/json'],
    Buffer.from(JSON.stringify(body)),
  );
}

function sendError(response: ServerResponse, error: ApiError): void {
  const body = Buffer.from(
    JSON.stringify({
      ...(error.fault && { Type: error.fault }),
      Message: error.message,
      message: error.message,
    }),
  );
  send(
    response,
    error.status,
    randomUUID(),
    ['Content-Type', 'application/json', 'X-Amzn-ErrorType', error.code],
    body,
  );
}
