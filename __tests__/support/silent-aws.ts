import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An endpoint that records which calls reach it and refuses them all. */
export async function startSilentAws(): Promise<{
  env: Record<string, string>;
  calls: string[];
  stop(): Promise<void>;
}> {
  const calls: string[] = [];
  const server = createServer((request, response) => {
    calls.push(`${request.method} ${request.url}`);
    response.writeHead(400).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    env: {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'secret-canary',
      AWS_REGION: 'us-east-1',
    },
    calls,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
