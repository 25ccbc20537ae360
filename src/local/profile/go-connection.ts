import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Measured, Profiler } from './types.ts';

/** Longest time that a program may take for its profile, once it is asked for it; mostly it takes a few milliseconds. */
const LIMIT_MS = 10_000;

/** `runtime/pprof` compresses what it writes. */
const GZIP = Buffer.from([0x1f, 0x8b]);

/**
 * Waits for a program of Go that was compiled with a profiler ({@link file://../../packaging/toolchains/go-profile.ts}). It
 * connects when it starts, and sends its profile when we end our side of the connection.
 */
export async function goProfiler(limitMs = LIMIT_MS): Promise<Profiler> {
  const token = randomBytes(16).toString('hex');
  const sockets = new Set<Socket>();
  let program: { readonly socket: Socket; readonly sent: Promise<Buffer> } | undefined;
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    const chunks: Buffer[] = [];
    sockets.add(socket.on('error', () => undefined).on('data', (chunk) => chunks.push(chunk)));
    const sent = new Promise<Buffer>((done) => {
      socket.once('close', () => done(Buffer.concat(chunks).subarray(token.length)));
    });
    // Whoever else is on this machine may connect as well.
    socket.once('data', (first) => {
      if (first.toString('latin1') !== token) return socket.destroy();
      // Where a process is started over, it is the last one that answers.
      program = { socket, sent };
      // It waits for this before it goes on.
      return socket.write('.');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    variable: `127.0.0.1:${port} ${token}`,
    async measured() {
      if (!program) return none('the process ended before package main of its program began');
      program.socket.end();
      const sent = await Promise.race([program.sent, pause(limitMs, undefined, { ref: false })]);
      if (!sent) return none(`the program did not send it within ${limitMs / 1000} s of its answer`);
      if (sent.length === 0) return none('the process ended before its program could send it');
      if (!sent.subarray(0, GZIP.length).equals(GZIP)) return none(`Go says: ${sent}`);
      const { goMeasured } = await import('./go.ts');
      return goMeasured(sent).catch((error: Error) =>
        none(`what came of it cannot be read (${error.message})`),
      );
    },
    stop() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

const none = (why: string): Measured => ({ notes: [`There is no profile: ${why}.`] });
