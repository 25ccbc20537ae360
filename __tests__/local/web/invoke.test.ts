import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generateEvent } from '../../../src/local/events/index.ts';
import { evaluateSmokeTest, parseSmokeTest } from '../../../src/local/smoke.ts';
import { eventRequest } from '../../../src/local/web/event-request.ts';
import { failed, fixtures, jsonOf, localFunction, succeeded, type TestHost, testHost } from '../functions.ts';

const site = localFunction({
  logicalId: 'Site',
  handler: 'index.js',
  code: { kind: 'directory', path: join(fixtures, 'web') },
  timeout: 10,
  web: { endpointName: 'prod', iam: true, concurrency: 64 },
});
const quick = { ...site, logicalId: 'Quick', timeout: 0.5 };
const broken = { ...site, logicalId: 'Broken', code: { kind: 'inline', text: 'process.exit(0)' } as const };

let host: TestHost;
beforeAll(() => {
  host = testHost([site, quick, broken]);
});
afterAll(() => host.stop());

const invoke = (event: unknown) => host.invoke(site, JSON.stringify(event));

describe('an event of a web function', () => {
  it('is a request, and its answer a response as functions give it', async () => {
    const result = succeeded(await invoke({ method: 'post', path: '/orders?x=1', body: { id: 1 } }));
    expect(JSON.parse(result.payload.toString())).toMatchObject({
      statusCode: 200,
      headers: { 'content-type': 'application/json' },
      body: '"POST /orders?x=1"',
      isBase64Encoded: false,
    });
    expect(result.logs).toMatch(/^START RequestId.*POST \/orders.*END RequestId.*REPORT .*Init Duration/s);
    expect(jsonOf(await invoke({}))).toMatchObject({ body: '"GET /"' });
  });

  it('may be the event of an API, in both formats', async () => {
    expect(eventRequest(JSON.stringify(generateEvent('http-api')), 'x')).toMatchObject({ method: 'GET' });
    expect(
      eventRequest(
        JSON.stringify({
          httpMethod: 'PUT',
          path: '/a',
          multiValueQueryStringParameters: { x: ['1', '2'] },
          multiValueHeaders: { 'X-A': ['1', '2'] },
          headers: { 'X-A': '2', 'X-B': '3', 'Content-Length': '999' },
          body: 'YQ==',
          isBase64Encoded: true,
        }),
        'x',
      ),
    ).toEqual({
      method: 'PUT',
      path: '/a?x=1&x=2',
      headers: [
        ['X-A', '1'],
        ['X-A', '2'],
        ['X-B', '3'],
        ['Host', 'localhost'],
        ['Content-Length', '1'],
      ],
      body: Buffer.from('a'),
    });
    expect(
      eventRequest(
        JSON.stringify({
          rawPath: '/b',
          rawQueryString: 'q=%20',
          cookies: ['a=1', 'b=2'],
          requestContext: { http: { method: 'DELETE' } },
        }),
        'x',
      ),
    ).toMatchObject({
      method: 'DELETE',
      path: '/b?q=%20',
      headers: [
        ['Cookie', 'a=1; b=2'],
        ['Host', 'localhost'],
      ],
    });
  });

  it.each<[unknown, RegExp]>([
    [[], /is a map/],
    [{ path: 'orders' }, /begin with a slash/],
    [{ path: '/ä' }, /be encoded/],
    [{ method: 'GET\r\nX: y' }, /do not take the method "GET/],
    [{ method: 'TRACE' }, /do not take the method "TRACE", but GET, /],
    [{ pth: '/orders' }, /no field "pth"; did you mean path\?/],
    [{ headers: { 'a\nb': 'c' } }, /the header "a\\nb"/],
    [{ headers: { a: 'b\r\nc: d' } }, /the header "a"/],
    [{ method: 'TRACE', path: 'orders', query: {} }, /"query".*\n.*TRACE.*\n.*slash/],
  ])('that is no request is refused: %j', (event, message) => {
    expect(() => eventRequest(JSON.stringify(event), 'Site')).toThrow(message);
  });

  it('has bytes in base64, and cookies apart', async () => {
    expect(jsonOf(await invoke({ path: '/bytes' }))).toMatchObject({ body: 'AP/+', isBase64Encoded: true });
    expect(jsonOf(await invoke({ path: '/cookies' }))).toMatchObject({
      statusCode: 302,
      cookies: ['a=1', 'b=2; Path=/'],
    });
  });

  it('serves smoke tests as that of a function does', async () => {
    const test = parseSmokeTest(
      'events/site.json',
      JSON.stringify({
        function: 'Site',
        payload: { path: '/headers', headers: { accept: 'a/b' } },
        expect: { status: 200, response: { body: { accept: 'a/b', 'lambda-web-endpoint-name': 'prod' } } },
      }),
    );
    const result = succeeded(await host.invoke(site, JSON.stringify(test.payload)));
    expect(evaluateSmokeTest(test, result)).toMatchObject({ passed: true, failures: [] });
  });
});

describe('a failure', () => {
  it.each([
    [quick, '/never', 'Runtime.RequestTimeout', /Quick took longer than its timeout of 0.5 s/],
    [site, '/crash', 'Application.NoAnswer', /Site gave no answer: its process ended \(exit status 3\)/],
  ])('of a request: %#', async (fn, path, errorType, message) => {
    expect(failed(await host.invoke(fn, JSON.stringify({ path }))).error).toEqual({
      errorType,
      errorMessage: expect.stringMatching(message),
    });
  });

  it('of the start', async () => {
    expect(failed(await host.invoke(broken, '{}')).error).toEqual({
      errorType: 'Application.InitCodeError',
      errorMessage: 'Broken ended before it listened',
    });
  });
});
