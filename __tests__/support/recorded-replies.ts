import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that answers as another one did, from memory. */
export interface RecordedReplies {
  readonly endpoint: string;
  /** How many calls were answered from memory, and by the other server. */
  readonly counts: { readonly replayed: number; readonly passedOn: number };
  stop(): Promise<void>;
}

/** What was answered. */
interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly content: Buffer;
}

/**
 * Starts a server in front of another one that asks it once for each different call. What only reads is then measured
 * without the time that the other one takes: an emulator in one process of Python answers a hundredth as fast as AWS.
 */
export async function recordReplies(target: string): Promise<RecordedReplies> {
  const replies = new Map<string, Promise<Reply>>();
  const counts = { replayed: 0, passedOn: 0 };
  const server = createServer(async (incoming, outgoing) => {
    try {
      const body = await readAll(incoming);
      const key = keyOf(incoming, body);
      const known = replies.get(key);
      counts[known ? 'replayed' : 'passedOn']++;
      const reply = known ?? passOn(target, incoming, body);
      replies.set(key, reply);
      const { status, headers, content } = await reply;
      outgoing.writeHead(status, headers).end(content);
    } catch {
      outgoing.destroy();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    counts,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Who asks, where, and what; the time and the signature of a call do not matter. */
function keyOf({ method, url, headers }: IncomingMessage, body: Buffer): string {
  const [, owner, , region, service] =
    /Credential=([^/]+)\/([^/]+)\/([^/]+)\/([^/]+)\//.exec(headers.authorization ?? '') ?? [];
  return JSON.stringify([
    owner,
    region,
    service,
    method,
    url,
    headers['x-amz-target'],
    body.toString('base64'),
  ]);
}

async function passOn(target: string, incoming: IncomingMessage, body: Buffer): Promise<Reply> {
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
  const content = await readAll(reply);
  const type = reply.headers['content-type'];
  return {
    status: reply.statusCode ?? 502,
    headers: { ...(type && { 'content-type': type }), 'content-length': String(content.length) },
    content,
  };
}

async function readAll(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
