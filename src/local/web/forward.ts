import { request as send } from 'node:http';
import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Headers } from './headers.ts';
import { pairsOf } from './headers.ts';

/** What web functions take. Source: Lambda developer guide, "HTTP requests and responses". */
export const METHODS: ReadonlySet<string> = new Set([
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'OPTIONS',
  'DELETE',
]);

/** A request on its way to a server. */
export interface Forwarded {
  readonly port: number;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** Names and values in turn. */
  readonly headers: readonly string[];
  readonly body: Readable;
  /** Milliseconds for all of it, the whole answer included. */
  readonly timeout: number;
  /** The client is gone. */
  readonly signal?: AbortSignal;
}

/** Where an answer goes. */
export interface AnswerReceiver {
  /** @returns where the body goes */
  start(status: number, message: string, headers: Headers): Writable;
}

/** How it ended. */
export type ForwardOutcome =
  | { readonly kind: 'answered'; readonly status: number }
  /** `begun`: a part of the answer was passed on already. */
  | { readonly kind: 'late'; readonly begun: boolean }
  | { readonly kind: 'broken'; readonly begun: boolean; readonly why: string }
  | { readonly kind: 'client gone' };

/** Passes a request on and the answer back, both as they come: nothing is kept, and whoever is slow slows the other. */
export async function forward(request: Forwarded, receiver: AnswerReceiver): Promise<ForwardOutcome> {
  const { port, method, path, headers, body, timeout, signal } = request;
  const late = AbortSignal.timeout(timeout);
  const ends = signal ? AbortSignal.any([late, signal]) : late;
  let begun = false;
  const outgoing = send({
    host: '127.0.0.1',
    port,
    method,
    path,
    headers: [...headers],
    signal: ends,
    agent: false,
  });
  const answer = Promise.withResolvers<number>();
  outgoing.once('error', answer.reject);
  outgoing.once('response', (incoming) => {
    begun = true;
    const status = incoming.statusCode ?? 502;
    const to = receiver.start(status, incoming.statusMessage ?? '', pairsOf(incoming.rawHeaders));
    pipeline(incoming, to, { signal: ends }).then(() => answer.resolve(status), answer.reject);
  });
  // An application may answer before it has read everything; its answer counts.
  pipeline(body, outgoing, { signal: ends }).catch((error: unknown) => {
    if (!begun) answer.reject(error);
  });
  try {
    return { kind: 'answered', status: await answer.promise };
  } catch (error) {
    if (late.aborted) return { kind: 'late', begun };
    if (signal?.aborted) return { kind: 'client gone' };
    return { kind: 'broken', begun, why: error instanceof Error ? error.message : String(error) };
  } finally {
    outgoing.destroy();
  }
}
