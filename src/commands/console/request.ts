import { randomBytes, randomUUID } from 'node:crypto';
import type { RouteCall, Tell } from '../../console/types.ts';

/** A request as the page is told of it, and as it is sent. */
export interface Sending {
  readonly to: string;
  readonly event: string;
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/**
 * Sends a request to the API that is served here, and tells of it.
 *
 * @param url of the API
 * @returns the id under which the page hears of it
 */
export function sendRequest(url: string, call: RouteCall, tell: Tell): string {
  const { method, path, headers, body } = call;
  const hasBody = body !== '' && method !== 'GET' && method !== 'HEAD';
  const event = JSON.stringify({ method, path, headers, ...(body !== '' && { body }) }, undefined, 2);
  const sending = { to: `${method} ${path}`, event, url: `${url}${path}`, method, headers };
  return send({ ...sending, ...(hasBody && { body }) }, tell);
}

/** Sends it, and tells of its begin and its end. @returns the id under which the page hears of it */
export function send({ to, event, url, method, headers, body }: Sending, tell: Tell): string {
  const id = randomUUID();
  const trace = newRoot();
  tell({ kind: 'began', id, at: Date.now(), to, event, trace });
  const began = performance.now();
  void fetch(url, {
    method,
    redirect: 'manual',
    headers: { ...headers, 'x-amzn-trace-id': `Root=${trace}` },
    ...(body !== undefined && { body }),
  })
    .then(async (answer) => {
      const text = await answer.text();
      const response = { statusCode: answer.status, headers: Object.fromEntries(answer.headers), body: text };
      tell({
        kind: 'ended',
        id,
        at: Date.now(),
        status: answer.status < 400 ? 'success' : 'error',
        statusCode: answer.status,
        response: JSON.stringify(response, undefined, 2),
        tookMs: performance.now() - began,
      });
    })
    .catch((error: Error) =>
      tell({ kind: 'ended', id, at: Date.now(), status: 'refused', response: error.message }),
    );
  return id;
}

/** Sends what is told of by itself, under an id that is known: only a refusal is told here. @returns that id */
export function sendTold({ to, event, url, method, headers, body }: Sending, id: string, tell: Tell): string {
  const refused = (response: string): void => {
    tell({ kind: 'began', id, at: Date.now(), to, event });
    tell({ kind: 'ended', id, at: Date.now(), status: 'refused', response });
  };
  void fetch(url, { method, headers, ...(body !== undefined && { body }) })
    .then(async (answer) => {
      const text = await answer.text();
      if (!answer.ok) refused(text);
    })
    .catch((error: Error) => refused(error.message));
  return id;
}

/** As X-Ray writes it. */
const newRoot = (): string =>
  `1-${Math.floor(Date.now() / 1000).toString(16)}-${randomBytes(12).toString('hex')}`;
