import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CallName, callName } from './aws-calls.ts';
import { errorReply, type Fault, type Reply } from './faults.ts';

/** A call that came through, in order of arrival. */
export interface Call extends CallName {
  readonly request: string;
  /** What was done to it instead of, or besides, passing it on. */
  readonly fault?: Fault | 'reply';
}

export interface Injection {
  /** Which calls: the operation's name, or a test of the call. */
  readonly on: string | ((call: CallName) => boolean);
  /** What happens to them; a reply is sent in place of AWS's own. */
  readonly fault: Fault | Reply;
  /** AWS does what is asked first: only its answer is lost. A body that is cut or slow is of such an answer anyway. */
  readonly after?: boolean;
  /** How many of them, from the first one after `skip`; all by default. */
  readonly times?: number;
  readonly skip?: number;
}

/** A proxy between the SDK and AWS that names what is asked, and makes it fail. */
export interface FaultProxy {
  readonly endpoint: string;
  readonly calls: readonly Call[];
  inject(injection: Injection): void;
  /** Forgets injections and calls. */
  clear(): void;
  stop(): Promise<void>;
}

/** Milliseconds that a slow reply takes. */
const SLOW = 1_500;
/** How far the clock of a server that reports skew is ahead, in milliseconds: AWS allows 15 minutes. */
const SKEW = 20 * 60_000;

/** Starts a proxy in front of an endpoint. Signatures stay valid: the request is passed on as it came. */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const calls: Call[] = [];
  let injections: { readonly rule: Injection; seen: number }[] = [];

  const injectionFor = (name: CallName): Injection | undefined => {
    for (const injection of injections) {
      const { on, times = Number.POSITIVE_INFINITY, skip = 0 } = injection.rule;
      if (typeof on === 'string' ? on !== name.operation : !on(name)) continue;
      const number = injection.seen++;
      if (number >= skip && number < skip + times) return injection.rule;
    }
    return undefined;
  };

  const server = createServer(async (incoming, outgoing) => {
    const body = await readAll(incoming).catch(() => undefined);
    if (!body) return;
    const { method = 'GET', url = '/', headers } = incoming;
    const name = callName(method, url, headers, body);
    const injection = injectionFor(name);
    const fault = injection?.fault;
    calls.push({
      ...name,
      request: `${method} ${url}`,
      ...(fault && { fault: typeof fault === 'string' ? fault : 'reply' }),
    });
    try {
      if (!fault || fault === 'truncated' || fault === 'slow') {
        return send(await passOn(target, incoming, body), incoming, outgoing, fault);
      }
      if (injection.after) await passOn(target, incoming, body);
      if (typeof fault === 'object') return answer(outgoing, fault);
      const error = errorReply(fault, name);
      if (error) {
        const now = Date.now() + (fault === 'clock-skew' ? SKEW : 0);
        return answer(outgoing, {
          ...error,
          headers: { ...error.headers, date: new Date(now).toUTCString() },
        });
      }
      if (fault !== 'hang') reset(outgoing);
    } catch {
      reset(outgoing);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    calls,
    inject: (rule) => {
      injections.push({ rule, seen: 0 });
    },
    clear: () => {
      injections = [];
      calls.length = 0;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** What AWS answered. */
interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly content: Buffer;
}

async function passOn(target: string, incoming: IncomingMessage, body: Buffer): Promise<Answer> {
  // The body is here already: nothing to announce, and its length is known.
  const { expect: _, 'transfer-encoding': __, ...headers } = incoming.headers;
  const reply = await new Promise<IncomingMessage>((resolve, reject) => {
    const forward = request(
      new URL(incoming.url ?? '/', target),
      { method: incoming.method, headers: { ...headers, 'content-length': body.length } },
      resolve,
    );
    forward.once('error', reject);
    forward.end(body);
  });
  return { status: reply.statusCode ?? 502, headers: reply.headers, content: await readAll(reply) };
}

function send(
  { status, headers, content }: Answer,
  { method }: IncomingMessage,
  outgoing: ServerResponse,
  fault: 'truncated' | 'slow' | undefined,
): void {
  const { 'transfer-encoding': _, ...kept } = headers;
  // The length of what a HEAD request left out is the server's to say.
  outgoing.writeHead(status, { ...kept, ...(method !== 'HEAD' && { 'content-length': content.length }) });
  if (fault === 'truncated') {
    outgoing.flushHeaders();
    // An orderly end, so that what was sent arrives.
    outgoing.write(content.subarray(0, content.length >> 1), () => outgoing.socket?.destroySoon());
  } else if (fault === 'slow') drip(outgoing, content);
  else outgoing.end(content);
}

/** Sends a body in ten pieces. */
function drip(outgoing: ServerResponse, content: Buffer): void {
  const size = Math.max(1, Math.ceil(content.length / 10));
  let sent = 0;
  outgoing.flushHeaders();
  const timer = setInterval(() => {
    if (outgoing.destroyed) return clearInterval(timer);
    outgoing.write(content.subarray(sent, sent + size));
    sent += size;
    if (sent >= content.length) {
      clearInterval(timer);
      outgoing.end();
    }
  }, SLOW / 10);
}

function answer(outgoing: ServerResponse, { status, headers, body }: Reply): void {
  outgoing.writeHead(status, { ...headers }).end(body);
}

/** Breaks the connection as a crash does: RST, not FIN. */
function reset(outgoing: ServerResponse): void {
  outgoing.socket?.resetAndDestroy();
}

async function readAll(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
