import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A proxy in front of a server that sees each call before it goes on. */
export interface Proxy {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * @param target the server's address
 * @param onCall told the name of each call (`DescribeStacks`, or method and path); the call waits for it
 */
export async function startProxy(
  target: string,
  onCall: (name: string) => Promise<void> | void,
): Promise<Proxy> {
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', async () => {
      const body = Buffer.concat(chunks);
      await onCall(/(?:^|&)Action=(\w+)/.exec(body.toString())?.[1] ?? `${incoming.method} ${incoming.url}`);
      const { method, headers } = incoming;
      const forward = request(new URL(incoming.url ?? '/', target), { method, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(outgoing);
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
