import { createServer } from 'node:net';
import { expect, it } from '@jest/globals';
import { freePort } from '../../../src/local/server/free-port.ts';
import { listen } from '../../../src/local/server/listen.ts';

it('is one that a server can have, and that Linux gives to nobody who asks for any', async () => {
  const port = await freePort();
  const server = await listen(createServer(), port);
  expect(new URL(server.url).port).toBe(String(port));
  await server.stop();
  expect(port).toBeLessThan(32_768);
});
