import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LocalFunction } from '../../../src/local/functions/function.ts';
import { webRoutes } from '../../../src/local/http-api/routes/web-routes.ts';
import { startHttpApi } from '../../../src/local/http-api/server.ts';
import type { Endpoint } from '../../../src/local/server/endpoint.ts';
import { isRunning } from '../../../src/local/server/is-running.ts';
import { until } from '../../support/eventually.ts';
import { fixtures, localFunction, type TestHost, testHost } from '../functions.ts';

const webFunction = (logicalId: string, over: Partial<LocalFunction> = {}): LocalFunction =>
  localFunction({
    logicalId,
    handler: 'index.js',
    code: { kind: 'directory', path: join(fixtures, 'web') },
    memory: 2048,
    timeout: 10,
    web: { endpointName: 'prod', iam: false, concurrency: 64 },
    ...over,
  });

const inline = (logicalId: string, text: string): LocalFunction =>
  webFunction(logicalId, { code: { kind: 'inline', text } });

let host: TestHost;
let api: Endpoint;
const told: string[] = [];
const functions = [
  webFunction('Site', { environment: { TABLE: 'orders', AWS_LAMBDA_HTTP_ENDPOINT: 'not mine' } }),
  webFunction('Quick', { timeout: 1.5 }),
  webFunction('Narrow', { web: { endpointName: 'prod', iam: false, concurrency: 1 } }),
  webFunction('Closed', { web: { endpointName: 'prod', iam: true, concurrency: 64 } }),
  inline('Throws', 'throw new Error("no database")'),
  webFunction('Nowhere', { handler: 'server.js' }),
  webFunction('Snake', { runtime: 'python3.14' }),
];
beforeAll(async () => {
  host = testHost(functions);
  api = await startHttpApi(host, webRoutes(functions), { tell: (line) => told.push(line) });
});
afterAll(async () => {
  await api.stop();
  await host.stop();
});

const get = (path: string, init: RequestInit = {}) =>
  fetch(`${api.url}${path}`, { redirect: 'manual', ...init });

describe('a request', () => {
  it('reaches the application with its method, path, query and body', async () => {
    const answer = await get('/Site/a%20b?x=1&x=2', { method: 'PUT', body: 'y' });
    expect(await answer.json()).toBe('PUT /a%20b?x=1&x=2');
    expect(host.written()).toContain('Site: PUT /a%20b?x=1&x=2\n');
    expect(host.written()).toMatch(/^Site: listens after \d+ ms$/m);
  });

  it('has the headers that Lambda adds, and none that are of the connection or pretend to be its own', async () => {
    const answer = await get('/Site/headers', {
      headers: {
        'X-Forwarded-For': '1.2.3.4',
        'lambda-web-endpoint-name': 'forged',
        'X-Real-IP': '1',
        accept: 'a/b',
      },
    });
    const headers = (await answer.json()) as Record<string, string>;
    expect(headers).toMatchObject({
      accept: 'a/b',
      host: new URL(api.url).host,
      'x-forwarded-for': '1.2.3.4, 127.0.0.1',
      'lambda-web-endpoint-name': 'prod',
      'lambda-web-request-id': answer.headers.get('lambda-web-request-id'),
    });
    expect(headers).not.toHaveProperty('x-real-ip');
  });

  it('finds the variables of the platform, which nobody sets otherwise', async () => {
    const variables = (await (await get('/Site/environment')).json()) as Record<string, string>;
    expect(variables).toMatchObject({
      TABLE: 'orders',
      AWS_LAMBDA_HTTP_ENDPOINT: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
      AWS_LAMBDA_INITIALIZATION_TYPE: 'native-http',
      AWS_LAMBDA_FUNCTION_NAME: 'Site',
    });
    expect(variables).not.toHaveProperty('AWS_LAMBDA_RUNTIME_API');
    expect(variables).not.toHaveProperty('PORT');
  });

  it('is streamed both ways: each piece arrives before the next is sent', async () => {
    const outgoing = request(`${api.url}/Site/echo`, { method: 'POST' });
    const incoming = new Promise<import('node:http').IncomingMessage>((resolve) =>
      outgoing.once('response', resolve),
    );
    outgoing.write('one');
    const answer = await incoming;
    const pieces = answer.setEncoding('utf8')[Symbol.asyncIterator]();
    expect((await pieces.next()).value).toBe('one');
    outgoing.end('two');
    expect((await pieces.next()).value).toBe('two');
    expect((await pieces.next()).done).toBe(true);
  });

  it('may be larger than a function takes, and keeps its framing with any method', async () => {
    const body = Buffer.alloc(9 * 1024 * 1024, 'x');
    expect(await (await get('/Site/length', { method: 'POST', body })).json()).toBe(body.length);
    const outgoing = request(`${api.url}/Site/length`, {
      method: 'DELETE',
      headers: { 'transfer-encoding': 'chunked' },
    });
    outgoing.end('12345');
    const answer = await new Promise<import('node:http').IncomingMessage>((resolve) =>
      outgoing.once('response', resolve),
    );
    expect(JSON.parse((await answer.toArray()).join(''))).toBe(5);
  });

  it('is refused with a method that web functions do not take, and in HTTP/1.0', async () => {
    expect((await get('/Site/', { method: 'PROPFIND' })).status).toBe(400);
    const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
    socket.end('GET /Site/ HTTP/1.0\r\n\r\n');
    expect((await socket.toArray()).join('')).toMatch(/^HTTP\/1\.1 505 /);
  });

  it('to an endpoint with IAM authorization needs a signature, which can only be claimed here', async () => {
    const authorization = 'AWS4-HMAC-SHA256 Credential=x';
    const signed = { authorization, 'x-amz-content-sha256': 'e3b0' };
    expect((await get('/Closed/')).status).toBe(403);
    expect((await get('/Closed/', { headers: { authorization } })).status).toBe(403);
    expect((await get('/Closed/', { headers: signed })).status).toBe(403);
    expect(told.at(-1)).toContain('allow-unverified-iam');
    const open = await startHttpApi(host, webRoutes(functions), { allowUnverifiedIam: true });
    try {
      const answer = await fetch(`${open.url}/Closed/headers`, { headers: signed });
      expect(answer.status).toBe(200);
      expect(await answer.json()).not.toHaveProperty('authorization');
    } finally {
      await open.stop();
    }
  });
});

describe('an answer', () => {
  it('keeps its status and all cookies, not what is of the connection', async () => {
    const answer = await get('/Site/cookies');
    expect(answer.status).toBe(302);
    expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2; Path=/']);
    expect(answer.headers.get('x-mine')).toBeNull();
    expect(answer.headers.get('lambda-web-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('that takes too long is Lambda’s own', async () => {
    await get('/Quick/');
    const answer = await get('/Quick/never');
    expect(answer.status).toBe(504);
    expect(answer.headers.get('lambda-web-error-type')).toBe('Runtime.RequestTimeout');
    expect(told.at(-1)).toBe('GET /never: 504, Quick took longer than its timeout of 1.5 s');
  });

  it('that has begun is cut off, as its status was sent', async () => {
    const answer = await get('/Quick/begin');
    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow();
    await until(() => told.at(-1)?.startsWith('GET /begin: cut off') === true);
  });

  it('of a process that ends meanwhile is cut off, and the next request has a new one', async () => {
    const answer = await get('/Site/half');
    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow();
    await until(() => told.at(-1) === 'GET /half: cut off: its process ended (exit status 4)');
    expect(await (await get('/Site/after')).json()).toBe('GET /after');
  });

  it('of a process that ends is none, and the next request has a new one', async () => {
    const answer = await get('/Site/crash');
    expect(answer.status).toBe(502);
    expect(told.at(-1)).toContain('GET /crash: 502, Site gave no answer: its process ended (exit status 3)');
    expect(await (await get('/Site/after')).json()).toBe('GET /after');
  });
});

describe('a web function that does not start', () => {
  it.each([
    ['Throws', /did not start/, /^Throws: ended before it listened \(exit status 1\)$/m],
    ['Nowhere', /has no server\.js, which Lambda starts/, /^/],
    ['Snake', /Node\.js only, and its runtime is python3\.14/, /^/],
  ])('says why: %s', async (name, message, log) => {
    const answer = await get(`/${name}/`);
    expect(answer.status).toBe(500);
    expect(answer.headers.get('lambda-web-error-type')).toBe('Application.InitCodeError');
    expect(await answer.text()).toMatch(message);
    expect(told.at(-1)).toMatch(message);
    expect(host.written()).toMatch(log);
  });

  it('tells what its application wrote', () => {
    expect(host.written()).toMatch(/^Throws: Error: no database$/m);
  });
});

describe('processes', () => {
  it('get as many requests at a time as they take', async () => {
    await Promise.all(Array.from({ length: 6 }, () => get('/Site/pid')));
    const pids = await Promise.all([1, 2].map(async () => (await get('/Site/pid')).json()));
    expect(new Set(pids).size).toBe(1);
  });

  it('are several where one takes no more', async () => {
    const streams = await Promise.all([1, 2].map(() => get('/Narrow/begin')));
    expect(await (await get('/Narrow/most')).json()).toBe(1);
    for (const each of streams) await each.body?.cancel();
  });

  it('end as Lambda ends them, and are gone', async () => {
    const own = testHost(functions);
    const server = await startHttpApi(own, webRoutes(functions.slice(0, 1)));
    const pid = (await (await fetch(`${server.url}/pid`)).json()) as number;
    expect(isRunning(pid)).toBe(true);
    await server.stop();
    await own.stop();
    expect(own.written()).toContain('Site: cleaned up\n');
    expect(isRunning(pid)).toBe(false);
  });

  it('end with a host that is killed', async () => {
    const workDirectory = mkdtempSync(join(tmpdir(), 'web-killed-'));
    const script = `
      import { hostFunctions } from ${JSON.stringify(join(import.meta.dirname, '../../../src/local/host.ts'))};
      const fn = JSON.parse(process.argv[1]);
      const host = hostFunctions([fn], { workDirectory: process.argv[2], output() {}, warn() {} });
      const { payload } = await host.invoke(fn, '{"path":"/pid"}');
      console.log(JSON.parse(payload.toString()).body);
      setInterval(() => {}, 1000);`;
    const killed = spawn(
      process.execPath,
      ['--input-type=module', '-e', script, JSON.stringify(functions[0]), workDirectory],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    try {
      const pid = Number(await new Promise((resolve) => killed.stdout.once('data', resolve)));
      expect(isRunning(pid)).toBe(true);
      killed.kill('SIGKILL');
      await until(() => !isRunning(pid));
    } finally {
      killed.kill('SIGKILL');
      rmSync(workDirectory, { recursive: true, force: true });
    }
  });
});
