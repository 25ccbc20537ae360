import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from '@jest/globals';
import { invokeFunction } from '../../../src/aws/functions/invoke-function.ts';
import { connectTo } from '../support.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

const never = new AbortController().signal;

/** A function that answers its first calls as it is told, and the next ones with success. */
async function answering(...first: readonly ((reply: ServerResponse) => void)[]) {
  const seen = { calls: 0 };
  server = createServer((request, reply) => {
    request.resume().on('end', () => {
      const answer = first[seen.calls++];
      if (answer) answer(reply);
      else reply.end('"done"');
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const aws = await connectTo(`http://127.0.0.1:${port}`);
  return { aws, seen, call: () => invokeFunction(aws, 'Hello', { payload: '{}' }, never) };
}

const lost = (reply: ServerResponse) => void reply.destroy();
const halfRead = (reply: ServerResponse) => {
  reply.writeHead(200, { 'content-length': '100' });
  reply.write('"do', () => reply.destroy());
};

it.each([
  ['', lost],
  [' in the middle', halfRead],
])('calls a function once where its answer is lost%s, and says so', async (_, loss) => {
  const { call, seen } = await answering(loss);
  await expect(call()).rejects.toThrow(
    /^calling the function Hello failed: its answer was lost \(.+\)\. It may have run: look at its log before you call it again\.$/,
  );
  expect(seen.calls).toBe(1);
});

it('calls a function again that was throttled, which did not run', async () => {
  const throttled = (reply: ServerResponse) =>
    void reply.writeHead(429, { 'x-amzn-errortype': 'TooManyRequestsException' }).end('{}');
  const { call, seen } = await answering(throttled);
  expect((await call()).payload.toString()).toBe('"done"');
  expect(seen.calls).toBe(2);
});

it('waits for a function as long as it may run, in silence', async () => {
  const { aws, call } = await answering();
  await call();
  const { client } = await aws.invocations();
  const longest = 15 * 60_000;
  const { httpHandlerConfigs } = client.config.requestHandler as { httpHandlerConfigs?: () => object };
  expect(httpHandlerConfigs?.call(client.config.requestHandler)).toMatchObject({
    requestTimeout: longest,
    socketTimeout: longest,
  });
});
