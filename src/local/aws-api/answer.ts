import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isObject, type JsonObject } from '../../template/types.ts';
import { readBody } from '../server/read-body.ts';
import { splitUrl } from '../server/split-url.ts';
import type { AwsAnswer, AwsApi } from './types.ts';

/** Bytes of the largest request of the services that are here, with room for what JSON adds. */
const LIMIT = 8 * 1024 * 1024;

/** An error as services of AWS answer it. */
export class CallError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** Reads a call, has it answered and sends the answer. */
export async function answerCall(
  api: AwsApi,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request, LIMIT);
  const { path, query } = splitUrl(request.url ?? '/');
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(',') : value,
    ]),
  );
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  const answer =
    body === undefined
      ? jsonError(new CallError('RequestEntityTooLargeException', 'The request is too large', 413))
      : await api({
          method: request.method ?? 'GET',
          path,
          query: new URLSearchParams(query),
          headers,
          body,
          gone: gone.signal,
        });
  send(response, answer);
}

/**
 * Answers a call that failed in a way that nobody foresaw: a connection that is cut without a word says nothing to whoever called.
 */
export function answerFailure(response: ServerResponse, message: string): void {
  if (response.headersSent) response.destroy();
  else send(response, jsonError(new CallError('InternalFailure', message, 500)));
}

/**
 * The input of a call of a service that speaks JSON.
 *
 * @throws CallError for what is no JSON object
 */
export function jsonInput(body: Buffer): JsonObject {
  try {
    const content: unknown = JSON.parse(body.toString() || '{}');
    if (isObject(content)) return content;
  } catch {
    // Told below.
  }
  throw new CallError('SerializationException', 'The request is no JSON object');
}

function send(response: ServerResponse, { status, headers, body }: AwsAnswer): void {
  const bytes = Buffer.from(body);
  response.writeHead(status, {
    'x-amzn-RequestId': randomUUID(),
    ...headers,
    ...(status !== 204 && { 'Content-Length': String(bytes.length) }),
  });
  response.end(status === 204 ? undefined : bytes);
}

/** An answer of a service that speaks JSON. */
export const json = (value: unknown, status = 200): AwsAnswer => ({
  status,
  headers: { 'Content-Type': 'application/x-amz-json-1.0' },
  body: JSON.stringify(value),
});

/** An error of a service that speaks JSON. */
export function jsonError(error: CallError): AwsAnswer {
  const answer = json({ __type: error.code, message: error.message }, error.status);
  return { ...answer, headers: { ...answer.headers, 'x-amzn-ErrorType': error.code } };
}
