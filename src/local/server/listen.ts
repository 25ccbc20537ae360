import { Server as HttpServer } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { ProblemError } from '../../problem.ts';
import type { Endpoint } from './endpoint.ts';

/**
 * Lets a server listen on 127.0.0.1; port 0 takes a free one.
 * @throws {ProblemError} when the port is in use
 */
export async function listen(server: Server, port = 0): Promise<Endpoint> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      reject(
        new ProblemError({
          message: `port ${port}: ${error.message}`,
          next: 'Choose another port, or 0 for a free one.',
        }),
      );
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // Others know their connections themselves.
        if (server instanceof HttpServer) server.closeAllConnections();
      }),
  };
}
