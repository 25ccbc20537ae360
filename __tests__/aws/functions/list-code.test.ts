import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Aws } from '../../../src/aws/connection/clients.ts';
import { use } from '../../../src/aws/connection/users.ts';
import { codeListing, listCode } from '../../../src/aws/functions/list-code.ts';
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
let refuses: boolean;
beforeEach(async () => {
  listed = 0;
  hold = undefined;
  refuses = false;
  server = createServer(async ({ url = '' }, reply) => {
    listed++;
    await hold;
    if (refuses) {
      reply.writeHead(403, { 'x-amzn-errortype': 'AccessDeniedException' }).end('{"Message":"no"}');
      return;
    }
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

it('asks for the first page before it is told the names, where there will be enough', async () => {
  const few = codeListing(aws, 3, never);
  const list = codeListing(aws, 50, never);
  const asked = new Promise<void>((resolve) => server.once('request', () => resolve()));
  await asked;
  expect((await list(namesOf(0))).size).toBe(21);
  expect(listed).toBe(5);
  expect((await few(['a', 'b', 'c'])).size).toBe(0);
  expect(listed).toBe(5);
});

it('is told once that it may not list', async () => {
  refuses = true;
  expect(await codeListing(aws, 50, never)(namesOf(0))).toEqual(new Map());
  expect(listed).toBe(1);
});

it('needs no answer where no names come', async () => {
  const cancelled = new AbortController();
  codeListing(aws, 50, cancelled.signal);
  cancelled.abort();
  await new Promise((resolve) => setImmediate(resolve));
  expect(listed).toBe(0);
});
