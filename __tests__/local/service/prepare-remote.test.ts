import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from '@jest/globals';
import { freePort } from '../../../src/local/server/free-port.ts';
import { EMPTY_PLAN, type ServicePlan } from '../../../src/local/service/plan.ts';
import { prepareRemote } from '../../../src/local/service/prepare-remote.ts';

const TABLES: ServicePlan = {
  ...EMPTY_PLAN,
  tables: [{ kind: 'dynamodb', name: 'shop-Orders', properties: { TableName: 'shop-Orders' } }],
};
const BUCKETS: ServicePlan = {
  ...EMPTY_PLAN,
  buckets: [{ name: 'shop-pictures', eventBridge: false, notifications: [] }],
};

const prepare = (plan: ServicePlan, url: string): Promise<void> =>
  prepareRemote(
    plan,
    { url, make: true, region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } },
    AbortSignal.timeout(60_000),
  );

/** What is said where a server answers in this way. */
async function saidOf(
  plan: ServicePlan,
  status: number,
  body: string,
): Promise<{ said: string; url: string }> {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(status).end(body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    return { said: await prepare(plan, url).then(() => '', String), url };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

it.each([
  ['shop-Orders', TABLES],
  ['shop-pictures', BUCKETS],
])('says that nothing answers, where %s should be, why, and what to do', async (name, plan) => {
  const url = `http://127.0.0.1:${await freePort()}`;
  const port = new URL(url).port;
  await expect(prepare(plan, url)).rejects.toMatchObject({
    problems: [
      {
        subject: 'input backend',
        message: `${name} cannot be made there: nothing answers at ${url}: connect ECONNREFUSED 127.0.0.1:${port}`,
        next: 'Start the emulator, or correct its address.',
      },
    ],
  });
});

it('says that what answers is no emulator', async () => {
  const { said, url } = await saidOf(TABLES, 404, '<html>');
  expect(said).toContain(`DynamoDB_20120810.CreateTable: ${url} answers 404 and no JSON`);
});

it.each([
  [TABLES, 400, '{"__type":"x#ValidationException","message":"no key"}', 'ValidationException: no key'],
  [BUCKETS, 400, '<Code>InvalidBucketName</Code>', '400 <Code>InvalidBucketName</Code>'],
])('says what is refused, and why: %#', async (plan, status, body, why) => {
  const { said } = await saidOf(plan, status, body);
  expect(said).toContain(why);
  expect(said).toContain('input backend');
});

it.each([
  [TABLES, 400, '{"__type":"x#ResourceInUseException","message":"it is there"}'],
  [TABLES, 200, '{}'],
  [BUCKETS, 409, ''],
  [BUCKETS, 200, ''],
])('leaves what is there, and makes what is not: %#', async (plan, status, body) => {
  expect((await saidOf(plan, status, body)).said).toBe('');
});
