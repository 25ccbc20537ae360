import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { DurableApiError, UNQUALIFIED } from '../durable/types.ts';
import type { FunctionHost } from '../function-host.ts';
import { functionArn, type LocalFunction } from '../functions/function.ts';
import { type FoundFunction, findByReference, isMissing } from '../functions/reference.ts';
import type { InvokeOptions } from '../invoke.ts';
import type { Endpoint } from './endpoint.ts';
import { encodeEvent } from './event-stream.ts';
import { listen } from './listen.ts';
import { readBody } from './read-body.ts';
import { type ApiError, send, sendError, sendJson } from './respond.ts';

/** Request limits: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const requestLimit = 6 * 1024 * 1024;
const asyncRequestLimit = 1024 * 1024;
const logTailBytes = 4096;
const route = /^\/(\d{4}-\d\d-\d\d)\/functions\/([^/]+)(?:\/([a-z-]+))?$/;

/**
 * Serves the Lambda Invoke API (https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html) for the host's
 * functions. `port` 0 (the default) takes a free one. Signatures are not checked: it listens on loopback only.
 */
export const startLambdaApi = (
  host: FunctionHost,
  options: LambdaApiOptions & { readonly port?: number } = {},
): Promise<Endpoint> => listen(createServer({ keepAliveTimeout: 0 }, lambdaApi(host, options)), options.port);

export interface LambdaApiOptions {
  /** Hears of requests that failed when nobody waited for their answer any more. */
  readonly warn?: (message: string) => void;
  /** Runs asynchronous invocations; by default each is tried three times. */
  readonly runLater?: RunLater;
}

/** Runs an invocation that nobody waits for. */
export type RunLater = (fn: LocalFunction, event: Buffer | string, options: InvokeOptions) => Promise<void>;

/** The same for the server of somebody else. */
export function lambdaApi(
  host: FunctionHost,
  options: LambdaApiOptions,
): (request: IncomingMessage, response: ServerResponse) => void {
  const runLater: RunLater =
    options.runLater ?? ((fn, event, how) => invokeInBackground(host, fn, event, how));
  return (request, response) => {
    response.sendDate = false;
    answer({ host, runLater }, request, response).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      if (response.headersSent) {
        options.warn?.(`${request.method} ${request.url}: ${message}`);
        response.destroy();
      } else if (error instanceof DurableApiError)
        sendError(response, { status: error.status, code: error.code, message, fault: 'User' });
      else sendError(response, { status: 500, code: 'ServiceException', message, fault: 'Service' });
    });
  };
}

interface Serving {
  readonly host: FunctionHost;
  readonly runLater: RunLater;
}

async function answer(
  { host, runLater }: Serving,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname, query } = split(request.url ?? '');
  if (pathname.startsWith('/2025-12-01/')) {
    const { answerDurable } = await import('../durable/api.ts');
    return answerDurable(host, request, response);
  }
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
  if (isMissing(found)) {
    request.resume();
    return sendError(response, found);
  }
  const { fn, qualifier } = found;
  const stray = action?.endsWith('invocations')
    ? (tenantProblem(fn, request) ?? qualifierProblem(found) ?? contextProblem(request))
    : undefined;
  if (stray) {
    request.resume();
    return sendError(response, stray);
  }
  if (request.method === 'GET' && action === undefined) return sendJson(response, 200, describeFunction(fn));
  if (request.method === 'GET' && action === 'configuration')
    return sendJson(response, 200, describeFunction(fn).Configuration);
  const payload = await readBody(request, requestLimit);
  const invocation = { fn, qualifier, payload, request, response, host, runLater };
  if (request.method === 'POST' && action === 'invocations') return invoke(invocation);
  if (request.method === 'POST' && action === 'response-streaming-invocations')
    return invokeStreaming(invocation);
  sendError(response, {
    status: 404,
    code: 'UnknownOperationException',
    message: `There is no ${request.method} ${pathname} here`,
  });
}

interface Received extends Serving {
  readonly fn: LocalFunction;
  readonly qualifier: string | undefined;
  readonly payload: Buffer | undefined;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** What Lambda says of a call without a tenant, or with one for a function that knows none. */
function tenantProblem({ tenantIsolation }: LocalFunction, request: IncomingMessage): ApiError | undefined {
  const given = request.headers[TENANT] !== undefined;
  if (given === (tenantIsolation === true)) return undefined;
  const message = given
    ? 'The invoked function is not enabled with tenancy configuration. Remove the tenant ID from your request and try again.'
    : 'The invoked function is enabled with tenancy configuration. Add a valid tenant ID in your request and try again.';
  return { status: 400, code: 'InvalidParameterValueException', message, fault: 'User' };
}

const TENANT = 'x-amz-tenant-id';
const CLIENT_CONTEXT = 'x-amz-client-context';
/** Source: AWS Lambda API Reference, `Invoke`, `X-Amz-Client-Context`. */
const CONTEXT_LIMIT = 3583;

/** What is no base64 would be read as something else. */
function contextProblem({ headers }: IncomingMessage): ApiError | undefined {
  const given = single(headers[CLIENT_CONTEXT]) ?? '';
  if (given.length <= CONTEXT_LIMIT && /^[\w+/-]*={0,2}$/.test(given)) return undefined;
  const message = `Client context must be base64 of JSON, of ${CONTEXT_LIMIT} bytes at most`;
  return { status: 400, code: 'InvalidRequestContentException', message, fault: 'User' };
}

/** What Lambda says of a call of a durable function that names neither version nor alias. */
const qualifierProblem = ({ fn, qualifier }: FoundFunction): ApiError | undefined =>
  fn.durable && qualifier === undefined
    ? { status: 400, code: UNQUALIFIED.code, message: UNQUALIFIED.message, fault: 'User' }
    : undefined;

async function invoke({
  host,
  runLater,
  fn,
  qualifier,
  payload,
  request,
  response,
}: Received): Promise<void> {
  const type = request.headers['x-amz-invocation-type'] ?? 'RequestResponse';
  const problem = checkPayload(payload, type === 'Event' ? asyncRequestLimit : requestLimit);
  if (problem || payload === undefined) return sendError(response, problem ?? tooLarge(0, requestLimit));
  const requestId = randomUUID();
  const event = payload.length === 0 ? '{}' : payload;
  const options = { ...invokeOptionsOf(request), requestId, qualifier };
  if (type === 'DryRun') return send(response, 204, requestId, []);
  if (type === 'Event' && fn.durable) {
    const { executionName: name, tenantId } = options;
    const executions = await host.executions();
    const { record } = executions.start(fn, {
      payload: event.toString(),
      qualifier,
      tenantId,
      name,
      invokeOptions: options.traceId ? { traceId: options.traceId } : {},
    });
    return send(response, 202, requestId, [EXECUTION_ARN, record.arn]);
  }
  if (type === 'Event') {
    send(response, 202, requestId, []);
    return runLater(fn, event, options);
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
  if (result.execution) headers.push(EXECUTION_ARN, result.execution.arn);
  if (request.headers['x-amz-log-type'] === 'Tail') headers.push('X-Amz-Log-Result', tail(result.logs));
  send(response, 200, requestId, headers, result.payload);
}

const EXECUTION_ARN = 'X-Amz-Durable-Execution-Arn';

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

function invokeOptionsOf({ headers }: IncomingMessage): InvokeOptions {
  const context = single(headers[CLIENT_CONTEXT]);
  return {
    tenantId: single(headers[TENANT]),
    executionName: single(headers['x-amz-durable-execution-name']),
    clientContext: context === undefined ? undefined : Buffer.from(context, 'base64').toString(),
    traceId: single(headers['x-amzn-trace-id']),
  };
}

const single = (header: string | string[] | undefined): string | undefined =>
  typeof header === 'string' ? header : undefined;

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
      ...(fn.durable && {
        DurableConfig: {
          ExecutionTimeout: fn.durable.executionTimeout,
          RetentionPeriodInDays: fn.durable.retention,
        },
      }),
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
