import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from '../../server/read-body.ts';
import type { Invocation } from '../invocation.ts';

interface Extension {
  readonly name: string;
  readonly events: readonly string[];
  /** Events that it has not asked for yet. */
  readonly pending: string[];
  waiting?: ServerResponse;
}

/** The part of the Extensions API (`/2020-01-01/extension/`) that keeps extensions running, for one environment. */
export interface ExtensionsApi {
  handles(url: string): boolean;
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Fulfilled when an extension of this name asks for its first event. */
  ready(name: string): Promise<void>;
  /** Tells those that registered for INVOKE. */
  invoke(invocation: Invocation): void;
  /** Tells those that registered for SHUTDOWN. */
  shutdown(reason: 'spindown' | 'timeout' | 'failure', deadline: number): void;
}

const prefix = '/2020-01-01/extension/';
/** Telemetry and logs subscriptions are accepted, and never served: nothing of them is emulated. */
const subscriptions = ['/2022-07-01/telemetry', '/2020-08-15/logs'];

export function createExtensionsApi(fn: { readonly name: string; readonly handler: string }): ExtensionsApi {
  const extensions = new Map<string, Extension>();
  const asked = new Map<string, PromiseWithResolvers<void>>();
  const firstOf = (name: string): PromiseWithResolvers<void> => {
    const known = asked.get(name) ?? Promise.withResolvers<void>();
    asked.set(name, known);
    return known;
  };

  function emit(type: 'INVOKE' | 'SHUTDOWN', event: object): void {
    for (const extension of extensions.values()) {
      if (!extension.events.includes(type)) continue;
      extension.pending.push(JSON.stringify({ eventType: type, ...event }));
      flush(extension);
    }
  }

  async function register(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body: unknown = JSON.parse((await readBody(request, 1 << 20))?.toString() || '{}');
    const listed = typeof body === 'object' && body !== null && 'events' in body ? body.events : [];
    const identifier = randomUUID();
    const name = String(request.headers['lambda-extension-name'] ?? '');
    extensions.set(identifier, {
      name,
      events: Array.isArray(listed) ? listed.map(String) : [],
      pending: [],
    });
    const answer = { functionName: fn.name, functionVersion: '$LATEST', handler: fn.handler };
    send(response, 200, answer, ['Lambda-Extension-Identifier', identifier]);
  }

  return {
    handles: (url) => url.startsWith(prefix) || subscriptions.includes(url),
    async handle(request, response) {
      const url = request.url ?? '';
      if (url === `${prefix}register`) return register(request, response);
      const extension = extensions.get(String(request.headers['lambda-extension-identifier'] ?? ''));
      if (url === `${prefix}event/next` && extension) {
        extension.waiting = response;
        firstOf(extension.name).resolve();
        return flush(extension);
      }
      await readBody(request, 1 << 20);
      if (!extension) {
        return send(response, 403, {
          errorType: 'Extension.UnknownExtensionIdentifier',
          errorMessage: 'Unknown extension',
        });
      }
      if (url === `${prefix}init/error` || url === `${prefix}exit/error`)
        return send(response, 202, { status: 'OK' });
      if (subscriptions.includes(url)) return send(response, 200, 'OK');
      send(response, 404, {
        errorType: 'InvalidResource',
        errorMessage: `There is no ${url} in the Extensions API`,
      });
    },
    ready: (name) => firstOf(name).promise,
    invoke: (invocation) => {
      if (extensions.size === 0) return;
      emit('INVOKE', {
        deadlineMs: invocation.deadline,
        requestId: invocation.requestId,
        invokedFunctionArn: invocation.arn,
        tracing: { type: 'X-Amzn-Trace-Id', value: invocation.traceId },
      });
    },
    shutdown: (reason, deadline) => emit('SHUTDOWN', { shutdownReason: reason, deadlineMs: deadline }),
  };
}

function flush(extension: Extension): void {
  if (!extension.waiting) return;
  const event = extension.pending.shift();
  if (event === undefined) return;
  extension.waiting.writeHead(200, [
    'Content-Type',
    'application/json',
    'Content-Length',
    String(Buffer.byteLength(event)),
  ]);
  extension.waiting.end(event);
  extension.waiting = undefined;
}

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: readonly string[] = [],
): void {
  const text = JSON.stringify(body);
  response.writeHead(status, [
    'Content-Type',
    'application/json',
    'Content-Length',
    String(Buffer.byteLength(text)),
    ...headers,
  ]);
  response.end(text);
}
