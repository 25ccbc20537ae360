import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Aws } from '../../../src/aws/connection/clients.ts';
import { use } from '../../../src/aws/connection/users.ts';
import { listCode } from '../../../src/aws/functions/list-code.ts';
import { connectTo } from '../support.ts';

const PAGE = 50;
const STACKS = 12;
/** Functions of stacks, the first of each, then the second of each ... so that each page has some of all. */
const FUNCTIONS = Array.from({ length: STACKS * PAGE }, (_, index) => `s${index % STACKS}-fn${index}`);
const namesOf = (stack: number) => FUNCTIONS.filter((name) => name.startsWith(`s${stack}-`));
const never = new AbortController().signal;

let server: Server;
let aws: Aws;
let listed: number;
/** Keeps replies back until it is called. */
let hold: Promise<void> | undefined;
beforeEach(async () => {
  listed = 0;
  hold = undefined;
  server = createServer(async ({ url = '' }, reply) => {
    listed++;
    await hold;
    const at = Number(new URL(url, 'http://host').searchParams.get('Marker') ?? 0);
    const Functions = FUNCTIONS.slice(at, at + PAGE).map((name) => ({
      FunctionName: name,
      CodeSha256: `code of ${name}`,
    }));
    const NextMarker = at + PAGE < FUNCTIONS.length ? String(at + PAGE) : undefined;
    reply.setHeader('content-type', 'application/json');
    reply.end(JSON.stringify({ Functions, NextMarker }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  aws = await connectTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

it('reads a few pages for a stack that is there alone', async () => {
  const found = await listCode(aws, namesOf(0), never);
  expect([listed, found.size]).toEqual([
    5,
    namesOf(0).filter((name) => FUNCTIONS.indexOf(name) < 250).length,
  ]);
});

it('reads each page once for many targets, and as many as they are worth together', async () => {
  for (let target = 0; target < STACKS; target++) use(aws);
  const found = [await listCode(aws, namesOf(0), never)];
  found.push(
    ...(await Promise.all(
      Array.from({ length: STACKS - 1 }, (_, index) => listCode(aws, namesOf(index + 1), never)),
    )),
  );
  expect(listed).toBe(STACKS);
  expect(found.map(({ size }) => size)).toEqual(Array.from({ length: STACKS }, () => PAGE));
});

it('is not stopped by another stack that was cancelled', async () => {
  let answer: () => void = () => undefined;
  hold = new Promise((resolve) => {
    answer = resolve;
  });
  const cancelled = new AbortController();
  const first = listCode(aws, namesOf(0), cancelled.signal);
  const second = listCode(aws, namesOf(0), never);
  cancelled.abort();
  await expect(first).rejects.toThrow();
  answer();
  expect((await second).size).toBeGreaterThan(0);
});
