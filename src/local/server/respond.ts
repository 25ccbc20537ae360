import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';

/** An error of the API itself, as its own documentation names it. */
export interface ApiError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** `User` or `Service`; who is at fault. */
  readonly fault?: 'User' | 'Service';
}

/** Sends an answer of the API. */
export function send(
  response: ServerResponse,
  status: number,
  requestId: string,
  headers: readonly string[],
  body?: Buffer,
): void {
  const length = status === 204 ? [] : ['Content-Length', String(body?.length ?? 0)];
  response.writeHead(status, ['X-Amzn-RequestId', requestId, ...headers, ...length]);
  endAtOnce(response, body);
}

/** Ends a response whose length is told. Text leaves together with the head, bytes in a piece of their own. */
export function endAtOnce(response: ServerResponse, body: Buffer | undefined): void {
  if (body === undefined || body.length > oneWrite) response.end(body);
  else response.end(body.toString('latin1'), 'latin1');
}

/** Bytes. Longer bodies are not worth a copy. */
const oneWrite = 16 * 1024;

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  send(
    response,
    status,
    randomUUID(),
    ['Content-Type', 'application/json'],
    Buffer.from(JSON.stringify(body)),
  );
}

export function sendError(response: ServerResponse, error: ApiError): void {
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
