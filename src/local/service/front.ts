import { writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createNetServer, type Socket } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { rootCertificates } from 'node:tls';
import type { Endpoint } from '../server/endpoint.ts';
import { listen } from '../server/listen.ts';
import { makeCertificate } from './certificate.ts';

/** Who answers at the port of a service. */
export interface Answering {
  serve(request: IncomingMessage, response: ServerResponse): void;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

export interface ServiceFront extends Endpoint {
  /** What functions need to trust the certificate, where there is one. */
  readonly trust: Readonly<Record<string, string>>;
}

/** First byte of a client that speaks TLS. */
const TLS = 0x16;

/**
 * Listens on one port; with a folder, for TLS as well: functions write to their WebSocket API at `https://`.
 *
 * @param folder for the certificate
 * @throws ProblemError when the port is in use
 */
export async function openFront(answering: Answering, port: number, folder?: string): Promise<ServiceFront> {
  const plain = createServer({ keepAliveTimeout: 65_000 });
  const servers = [plain];
  if (folder === undefined) {
    attach(plain, answering);
    return { ...(await listen(plain, port)), trust: {} };
  }
  const certificate = makeCertificate();
  const secure = createTlsServer({ ...certificate, keepAliveTimeout: 65_000 });
  servers.push(secure);
  for (const server of servers) attach(server, answering);
  const sockets = new Set<Socket>();
  const both = createNetServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.once('data', (first) => {
      socket.pause();
      socket.unshift(first);
      (first[0] === TLS ? secure : plain).emit('connection', socket);
      process.nextTick(() => socket.resume());
    });
  });
  const file = join(folder, 'certificates.pem');
  await writeFile(file, [...rootCertificates, certificate.cert].join('\n'));
  const listening = await listen(both, port);
  return {
    url: listening.url,
    trust: { NODE_EXTRA_CA_CERTS: file, AWS_CA_BUNDLE: file, SSL_CERT_FILE: file },
    async stop() {
      const closed = listening.stop();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function attach(server: ReturnType<typeof createServer>, answering: Answering): void {
  server.on('request', (request, response) => answering.serve(request, response));
  server.on('upgrade', (request, socket, head) => answering.upgrade(request, socket, head));
}
