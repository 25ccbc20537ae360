import { readdirSync, readFileSync } from 'node:fs';
import { Agent, type IncomingMessage, request } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isRunning } from '../../../src/local/server/is-running.ts';
import { type Served, samTemplate, serveTemplate } from './apis.ts';
import { eventProblems } from './event-schema.ts';

const count = 10_000;

const token = fc.stringMatching(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,20}$/);
const value = fc.stringMatching(/^[\x21-\x7e\x80-\xff]{0,40}$/);
const segment = fc.oneof(
  fc.constantFrom(
    'orders',
    'files',
    'url',
    '.',
    '..',
    '%00',
    '%2f..%2f',
    '%',
    '%zz',
    '__proto__',
    'constructor',
    '',
  ),
  fc.stringMatching(/^[A-Za-z0-9._~!$&'()*+,;=:@%-]{0,30}$/),
);
const requests = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'PROPFIND'),
  api: fc.constantFrom('ServerlessRestApi', 'ServerlessHttpApi', 'EchoUrl', 'Nothing', ''),
  path: fc.array(segment, { maxLength: 5 }),
  query: fc.option(fc.stringMatching(/^[A-Za-z0-9&=%+_[\]{}.~-]{0,60}$/)),
  headers: fc.array(
    fc.tuple(
      fc.oneof(
        token,
        fc.constantFrom('Cookie', 'Content-Type', 'Accept', 'Origin', '__proto__', 'X-Amzn-Trace-Id'),
      ),
      value,
    ),
    { maxLength: 6 },
  ),
  body: fc.option(fc.uint8Array({ maxLength: 2000 })),
});

const framing = [
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

function send(
  served: Served,
  agent: Agent,
  made: Made,
): Promise<{ status: number; type: string; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const query = made.query === null ? '' : `?${made.query}`;
    const path = `/${[made.api, ...made.path].filter((part, index) => index > 0 || part).join('/')}${query}`;
    const headers = made.headers.filter(([name]) => !framing.includes(name.toLowerCase())).flat();
    const { port } = new URL(served.url);
    const outgoing = request(
      {
        agent,
        port,
        host: '127.0.0.1',
        method: made.method,
        path,
        headers: ['Host', 'localhost', ...headers, 'Content-Length', String(made.body?.length ?? 0)],
      },
      (response: IncomingMessage) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            type: response.headers['content-type'] ?? '',
            body: Buffer.concat(chunks),
          }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(made.body === null ? undefined : Buffer.from(made.body));
  });
}

interface Made {
  readonly method: string;
  readonly api: string;
  readonly path: readonly string[];
  readonly query: string | null;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array | null;
}

/** The one process that this one started. */
const childOf = (pid: number): number => {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  return Number(children.at(-1));
};

const descriptors = (): number => readdirSync('/proc/self/fd').length;

describe(`${count} random requests`, () => {
  it('crash nothing, leak nothing, and become events of the published types', async () => {
    const event = (type: string, path: string) => ({ Type: type, Properties: { Path: path, Method: 'any' } });
    const template = samTemplate({
      Echo: {
        FunctionUrlConfig: { AuthType: 'NONE' },
        Events: {
          rest: event('Api', '/{proxy+}'),
          order: event('Api', '/orders/{id}'),
          http: event('HttpApi', '/files/{proxy+}'),
          old: {
            Type: 'HttpApi',
            Properties: { Path: '/orders/{id}/{more+}', Method: 'any', PayloadFormatVersion: '1.0' },
          },
        },
      },
    });
    const before = descriptors();
    const served = await serveTemplate(template);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    let events = 0;
    let pid = 0;
    try {
      await send(served, agent, {
        method: 'GET',
        api: 'EchoUrl',
        path: [],
        query: null,
        headers: [],
        body: null,
      });
      const settled = descriptors();
      pid = childOf(process.pid);
      await fc.assert(
        fc.asyncProperty(requests, async (made) => {
          const { status, body } = await send(served, agent, made);
          expect([200, 403, 404]).toContain(status);
          if (status !== 200 || made.method === 'HEAD') return;
          const { version = '1.0', ...event } = JSON.parse(body.toString());
          const found = eventProblems(version, version === '1.0' ? event : { version, ...event });
          expect(found).toEqual([]);
          events++;
        }),
        { numRuns: count },
      );
      expect(events).toBeGreaterThan(count / 4);
      expect(descriptors()).toBeLessThanOrEqual(settled + 1);
      // Still the first process: nothing that was sent ended it.
      expect(served.host.written().match(/Init Duration/g)).toHaveLength(1);
    } finally {
      agent.destroy();
      await served.stop();
    }
    expect(descriptors()).toBeLessThanOrEqual(before);
    expect(isRunning(pid)).toBe(false);
  }, 600_000);
});
