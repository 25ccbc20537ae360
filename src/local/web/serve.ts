import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ProblemError, problemLine } from '../../problem.ts';
import type { LocalFunction } from '../functions/function.ts';
import { type ForwardOutcome, forward, METHODS } from './forward.ts';
import { pairsOf, requestHeaders, responseHeaders } from './headers.ts';
import type { BusyServer, Servers } from './servers.ts';

/** A request of a client, and where its answer goes. */
export interface WebExchange {
  readonly incoming: IncomingMessage;
  readonly response: ServerResponse;
  /** With its query, without the prefix that chose the function. */
  readonly path: string;
  /** Lets requests that claim a signature through; the signature itself is not checked. */
  readonly allowUnverifiedIam: boolean;
  /** Hears why a request was answered here. */
  readonly tell: (why: string) => void;
}

/** Answers a request as the endpoint of a web function does. */
export async function serveWeb(fn: LocalFunction, servers: Servers, exchange: WebExchange): Promise<void> {
  const { incoming, tell } = exchange;
  const requestId = randomUUID();
  const refuse = (status: number, message: string, errorType?: string): void => {
    tell(`${status}, ${message}`);
    answer(exchange, { status, message, requestId, errorType });
  };
  if (incoming.httpVersion === '1.0') return refuse(505, 'web functions take HTTP/1.1 only');
  if (!METHODS.has(incoming.method ?? '')) return refuse(400, 'web functions do not take this method');
  if (fn.web?.iam) {
    const why = unsigned(exchange);
    if (why !== undefined) return refuse(403, why);
  }
  let server: BusyServer | undefined;
  try {
    server = await servers.take();
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return refuse(500, error.problems.map(problemLine).join('; '), 'Application.InitCodeError');
  }
  if (!server) return refuse(429, `${fn.logicalId} has as many processes as this machine is to have`);
  try {
    if (server.start.kind !== 'listening')
      return refuse(500, `${fn.logicalId} did not start`, 'Application.InitCodeError');
    const outcome = await pass(fn, server, exchange, requestId);
    if (outcome.kind === 'answered' || outcome.kind === 'client gone') return;
    const why = outcome.kind === 'broken' ? ((await server.process.check()) ?? outcome.why) : lateText(fn);
    // What was sent cannot be taken back: the client sees that it is not all.
    if (outcome.begun) {
      tell(`cut off: ${why}`);
      exchange.response.destroy();
    } else if (outcome.kind === 'late') refuse(504, why, 'Runtime.RequestTimeout');
    else refuse(502, `${fn.logicalId} gave no answer: ${why}`);
  } finally {
    server.done();
  }
}

const lateText = ({ logicalId, timeout }: LocalFunction): string =>
  `${logicalId} took longer than its timeout of ${timeout} s`;

/** Signatures cannot be checked here: keys are AWS's secret. */
function unsigned({ incoming, allowUnverifiedIam }: WebExchange): string | undefined {
  const { authorization, 'x-amz-content-sha256': hash } = incoming.headers;
  if (!authorization?.startsWith('AWS4-'))
    return 'its endpoint has IAM authorization, and the request no signature';
  if (hash === undefined)
    return 'its endpoint has IAM authorization, and the request no X-Amz-Content-SHA256';
  return allowUnverifiedIam
    ? undefined
    : 'its endpoint has IAM authorization, which cannot be checked here; allow-unverified-iam lets signed requests through';
}

async function pass(
  fn: LocalFunction,
  { process }: BusyServer,
  { incoming, response, path }: WebExchange,
  requestId: string,
): Promise<ForwardOutcome> {
  const { endpointName = '', iam = false } = fn.web ?? {};
  const gone = new AbortController();
  response.once('close', () => {
    // One that was ended with an error was ended here, because the rest of the answer does not come.
    if (!response.writableFinished && !response.errored) gone.abort();
  });
  const context = { requestId, endpointName, client: incoming.socket.remoteAddress ?? '127.0.0.1', iam };
  return forward(
    {
      port: process.port,
      method: incoming.method ?? 'GET',
      path,
      headers: requestHeaders(pairsOf(incoming.rawHeaders), context),
      body: incoming,
      timeout: fn.timeout * 1000,
      signal: gone.signal,
    },
    {
      start(status, message, headers) {
        response.writeHead(status, message, responseHeaders(headers, requestId));
        // A stream begins with its headers, not with the first event.
        response.flushHeaders();
        return response;
      },
    },
  );
}

function answer(
  { incoming, response }: WebExchange,
  {
    status,
    message,
    requestId,
    errorType,
  }: {
    readonly status: number;
    readonly message: string;
    readonly requestId: string;
    readonly errorType: string | undefined;
  },
): void {
  if (response.headersSent || response.destroyed) return;
  const body = Buffer.from(JSON.stringify({ message }));
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': String(body.length),
    'lambda-web-request-id': requestId,
    ...(errorType !== undefined && { 'lambda-web-error-type': errorType }),
    // The rest of a body that nobody reads would be taken for the next request.
    ...(!incoming.complete && { connection: 'close' }),
  });
  response.end(body);
}
