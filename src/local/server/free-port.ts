import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

const HOST = '127.0.0.1';
/**
 * Below the ports that systems give to whoever asks for any: Linux from 32,768 on, others from 49,152 on. One of those is
 * given to somebody else before a server that is told of it listens, or to the very connection that asks whether it does.
 */
const PORTS = { from: 20_000, to: 32_000 };
const TRIES = 100;

/**
 * A port of 127.0.0.1 that nothing listens at.
 * @throws Error of the last try, when there is none
 */
export async function freePort(): Promise<number> {
  for (let tried = 1; ; tried++) {
    const port = randomInt(PORTS.from, PORTS.to);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const server = createServer().once('error', reject);
    server.listen(port, HOST, () => server.close(() => resolve()));
    try {
      await promise;
      return port;
    } catch (error) {
      if (tried === TRIES) throw error;
    }
  }
}
