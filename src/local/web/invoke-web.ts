import { randomUUID } from 'node:crypto';
import { Readable, Writable } from 'node:stream';
import type { LocalFunction } from '../functions/function.ts';
import type { FunctionError, InvokeOptions, InvokeReport, InvokeResult } from '../invoke.ts';
import { endLines, startLine } from '../runtime/failure.ts';
import { type EventRequest, eventRequest } from './event-request.ts';
import { type ForwardOutcome, forward } from './forward.ts';
import { type Headers, pairsOf, requestHeaders, responseHeaders } from './headers.ts';
import type { BusyServer, Servers } from './servers.ts';

const VERSION = 'local';

/**
 * Sends one request to a web function, and makes a response of the answer as functions behind APIs return it: `statusCode`,
 * `headers`, `cookies`, `body` (in base64 where it is no text). So smoke tests are written the same for both.
 *
 * @throws {ProblemError} when the event is no request, or the function can't be started here
 */
export async function invokeWeb(
  fn: LocalFunction,
  servers: Servers,
  payload: string,
  { requestId = randomUUID(), signal }: InvokeOptions,
): Promise<InvokeResult> {
  const request = eventRequest(payload, fn.logicalId);
  const server = await servers.take();
  if (!server) return { kind: 'throttled', requestId };
  try {
    return await ask(fn, { server, request, requestId, signal });
  } finally {
    server.done();
  }
}

interface Asked {
  readonly server: BusyServer;
  readonly request: EventRequest;
  readonly requestId: string;
  readonly signal: AbortSignal | undefined;
}

async function ask(fn: LocalFunction, { server, request, requestId, signal }: Asked): Promise<InvokeResult> {
  const { start, process } = server;
  // What it wrote at its start belongs to the request that it was started for.
  if (!server.cold) server.written.length = 0;
  const startedAt = performance.now();
  const answer = new Collected();
  const outcome: ForwardOutcome | undefined =
    start.kind === 'listening'
      ? await forward(
          {
            port: process.port,
            method: request.method,
            path: request.path,
            headers: requestHeaders(request.headers, {
              requestId,
              endpointName: fn.web?.endpointName ?? '',
              client: '127.0.0.1',
              iam: fn.web?.iam ?? false,
            }),
            body: Readable.from([request.body], { objectMode: false }),
            timeout: fn.timeout * 1000,
            ...(signal && { signal }),
          },
          answer,
        )
      : undefined;
  const why = outcome?.kind === 'broken' ? ((await process.check()) ?? outcome.why) : '';
  signal?.throwIfAborted();
  // What it wrote before it answered is in the pipe by now, and read within one turn of the loop.
  await new Promise<void>((read) => setImmediate(() => setImmediate(read)));
  const error = errorOf(fn, outcome && { ...outcome, why }, server);
  const durationMs = performance.now() - startedAt;
  const initMs = server.cold && start.kind === 'listening' ? start.initMs : undefined;
  const report: InvokeReport = {
    durationMs,
    billedMs: Math.ceil(durationMs + (initMs ?? 0)),
    memorySizeMb: fn.memory,
    maxMemoryMb: process.peakMemory(),
    ...(initMs !== undefined && { initMs }),
    status: outcome?.kind === 'late' ? 'timeout' : error ? 'error' : 'success',
  };
  const written = server.written.join('');
  const gap = written === '' || written.endsWith('\n') ? '' : '\n';
  const logs = `${startLine(requestId, VERSION)}${written}${gap}${endLines(requestId, report, error)}`;
  const common = { requestId, executedVersion: VERSION, logs, report };
  if (!error)
    return {
      kind: 'success',
      payload: answer.response(requestId),
      contentType: 'application/json',
      ...common,
    };
  const { errorType, errorMessage } = error;
  return {
    kind: 'function-error',
    payload: Buffer.from(JSON.stringify({ errorType, errorMessage })),
    error,
    ...common,
  };
}

/** Types where Lambda documents one; else of ours. */
function errorOf(
  { timeout, logicalId }: LocalFunction,
  outcome: { readonly kind: ForwardOutcome['kind']; readonly why: string } | undefined,
  { start }: BusyServer,
): FunctionError | undefined {
  if (!outcome)
    return {
      errorType: 'Application.InitCodeError',
      errorMessage:
        start.kind === 'ended'
          ? `${logicalId} ended before it listened${start.reason === '' ? '' : `: ${start.reason}`}`
          : `${logicalId} did not listen at the address of AWS_LAMBDA_HTTP_ENDPOINT in time`,
    };
  if (outcome.kind === 'late')
    return {
      errorType: 'Runtime.RequestTimeout',
      errorMessage: `${logicalId} took longer than its timeout of ${timeout} s`,
    };
  return outcome.kind === 'broken'
    ? { errorType: 'Application.NoAnswer', errorMessage: `${logicalId} gave no answer: ${outcome.why}` }
    : undefined;
}

/** An answer that is kept as a whole. */
class Collected {
  readonly #chunks: Buffer[] = [];
  #status = 0;
  #headers: Headers = [];

  start(status: number, _message: string, headers: Headers): Writable {
    this.#status = status;
    this.#headers = headers;
    const chunks = this.#chunks;
    return new Writable({
      write(chunk: Buffer, _encoding, done) {
        chunks.push(chunk);
        done();
      },
    });
  }

  response(requestId: string): Buffer {
    const headers: Record<string, string> = {};
    const cookies: string[] = [];
    for (const [each, value] of pairsOf(responseHeaders(this.#headers, requestId))) {
      const name = each.toLowerCase();
      if (name === 'set-cookie') cookies.push(value);
      else headers[name] = Object.hasOwn(headers, name) ? `${headers[name]}, ${value}` : value;
    }
    const bytes = Buffer.concat(this.#chunks);
    const body = bytes.toString();
    const isText = Buffer.from(body).equals(bytes);
    return Buffer.from(
      JSON.stringify({
        statusCode: this.#status,
        headers,
        ...(cookies.length > 0 && { cookies }),
        body: isText ? body : bytes.toString('base64'),
        isBase64Encoded: !isText,
      }),
    );
  }
}
