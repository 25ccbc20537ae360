import { createServer, type IncomingHttpHeaders, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A call as it was sent. */
export interface Call {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** What is said instead of the server. */
export interface Reply {
  readonly status: number;
  readonly body: string;
}

/** May answer instead of the server. */
export type OnCall = (name: string, call: Call) => Promise<Reply | undefined> | Promise<void> | Reply | void;

/** A proxy in front of a server that sees each call before it goes on. */
export interface Proxy {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * @param target the server's address
 * @param onCall told the name of each call (`DescribeStacks`, or method and path) and its body; the call waits for it, and goes no further where it answers
 * @param answer what is said instead of the server, for calls of JSON protocols by their target
 */
export async function startProxy(
  target: string,
  onCall: OnCall,
  answer: (target: string) => object | undefined = () => undefined,
): Promise<Proxy> {
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', async () => {
      const body = Buffer.concat(chunks);
      const { method = '', url = '', headers } = incoming;
      const name = /(?:^|&)Action=(\w+)/.exec(body.toString())?.[1] ?? `${method} ${url}`;
      const reply = await onCall(name, { method, url, headers, body });
      if (reply) {
        outgoing.writeHead(reply.status, { 'content-type': 'text/xml' }).end(reply.body);
        return;
      }
      const instead = answer(String(headers['x-amz-target'] ?? ''));
      if (instead) {
        outgoing.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
        outgoing.end(JSON.stringify(instead));
        return;
      }
      const forward = request(new URL(url, target), { method, headers }, (reply) => {
        outgoing.writeHead(reply.statusCode ?? 500, reply.headers);
        reply.pipe(outgoing);
      });
      forward.on('error', () => outgoing.destroy());
      forward.end(body);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
