import { connect, createServer, type Socket } from 'node:net';

/** A server that is further away than it is. */
export interface FarAway {
  /** `http://127.0.0.1:<port>` */
  readonly endpoint: string;
  stop(): void;
}

/**
 * Puts a distance between programs of this machine and a server of it: what is said on a connection arrives later, as it
 * does from a runner to AWS.
 *
 * @param endpoint `http://127.0.0.1:<port>`
 * @param milliseconds there and back
 */
export async function farAway(endpoint: string, milliseconds: number): Promise<FarAway> {
  const { hostname, port } = new URL(endpoint);
  const open = new Set<Socket>();
  const server = createServer({ noDelay: true }, (here) => {
    const there = connect({ port: Number(port), host: hostname, noDelay: true });
    for (const [from, to] of [
      [here, there],
      [there, here],
    ] as const) {
      open.add(from);
      const later = (what: () => void) => setTimeout(what, milliseconds / 2);
      from.on('data', (data) => later(() => to.writable && to.write(data)));
      from.on('end', () => later(() => to.end()));
      from.on('error', () => to.destroy());
      from.on('close', () => open.delete(from));
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    stop() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
