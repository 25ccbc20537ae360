import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from '@jest/globals';
import { connectTo } from '../support.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A server that answers the first tries of each path as it is told, and the next ones with success. */
async function failing(first: readonly ((reply: ServerResponse) => void)[]) {
  const seen = new Map<string, number>();
  server = createServer(({ url = '/' }, reply) => {
    const tried = seen.get(url) ?? 0;
    seen.set(url, tried + 1);
    const fail = first[tried];
    if (fail) fail(reply);
    else reply.writeHead(200, { 'content-length': '0' }).end();
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { aws: await connectTo(`http://127.0.0.1:${port}`), seen };
}

const broken = (reply: ServerResponse) => void reply.writeHead(500).end();
const refused = (reply: ServerResponse) => void reply.writeHead(403).end();
const unknown = (reply: ServerResponse) => void reply.writeHead(501).end();

/** How each of many calls at once ends. */
async function heads(first: readonly ((reply: ServerResponse) => void)[], count: number) {
  const { aws, seen } = await failing(first);
  const { client, sdk } = await aws.s3();
  const calls = Array.from({ length: count }, (_, index) =>
    client.send(new sdk.HeadObjectCommand({ Bucket: 'b', Key: `k${index}` })),
  );
  const results = await Promise.allSettled(calls);
  return { failed: results.filter(({ status }) => status === 'rejected').length, seen };
}

it('tries each of many calls again, however many others were tried again', async () => {
  expect((await heads([broken, broken], 150)).failed).toBe(0);
});

it('gives up after as many tries as any call has', async () => {
  const { failed, seen } = await heads([broken, broken, broken, broken, broken, broken], 1);
  expect([failed, [...seen.values()]]).toEqual([1, [6]]);
});

it.each([refused, unknown])('does not try again what AWS refuses', async (refusal) => {
  const { failed, seen } = await heads([refusal], 3);
  expect([failed, [...seen.values()]]).toEqual([3, [1, 1, 1]]);
});

it('takes S3 that answers HEAD with 503 for throttling, which slows the client down', async () => {
  const { aws, seen } = await failing([(reply) => void reply.writeHead(503).end()]);
  const { client, sdk } = await aws.s3();
  const { $metadata } = await client.send(new sdk.HeadObjectCommand({ Bucket: 'b', Key: 'k' }));
  expect([$metadata.attempts, [...seen.values()]]).toEqual([2, [2]]);
  expect(await client.config.retryStrategy()).toMatchObject({ rateLimiter: { enabled: true } });
});

/** How many calls a second a client may make at least, after so many of its calls were throttled. */
async function slowest(config: { retryStrategy(): Promise<object> }): Promise<number> {
  const { rateLimiter } = (await config.retryStrategy()) as {
    readonly rateLimiter: { readonly fillRate: number; updateClientSendingRate(reply: object): void };
  };
  for (let call = 0; call < 50; call++) rateLimiter.updateClientSendingRate({ errorType: 'THROTTLING' });
  return rateLimiter.fillRate;
}

it('does not slow down to a standstill, however many calls are throttled', async () => {
  const aws = await connectTo('http://127.0.0.1:1');
  const [s3, cloudFormation] = [await aws.s3(), await aws.cloudFormation()];
  expect([await slowest(s3.client.config), await slowest(cloudFormation.client.config)]).toEqual([50, 5]);
});
