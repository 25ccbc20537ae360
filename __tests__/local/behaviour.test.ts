import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LocalFunction } from '../../src/local/functions/function.ts';
import { isRunning } from '../../src/local/server/is-running.ts';
import { until } from '../support/eventually.ts';
import { withoutGo } from '../support/go.ts';
import { failed, fixtures, jsonOf, localFunction, succeeded, type TestHost, testHost } from './functions.ts';

const goDirectory = mkdtempSync(join(tmpdir(), 'local-go-'));

const python = {
  runtime: 'python3.11',
  code: { kind: 'directory', path: join(fixtures, 'python') },
} as const;
const languages: readonly (readonly [string, Partial<LocalFunction>])[] = [
  ['Node', {}],
  ['Python', python],
  ...(withoutGo
    ? []
    : [
        [
          'Go',
          {
            runtime: 'provided.al2023',
            handler: 'bootstrap',
            code: { kind: 'directory', path: goDirectory },
          },
        ] as const,
      ]),
];

beforeAll(() => {
  if (withoutGo) return;
  const args = ['build', '-tags', 'lambda.norpc', '-o', join(goDirectory, 'bootstrap'), '.'];
  execFileSync('go', args, {
    cwd: join(fixtures, 'go'),
    env: { ...process.env, CGO_ENABLED: '0' },
    timeout: 240_000,
  });
});

afterAll(() => rmSync(goDirectory, { recursive: true, force: true }));

/** What each language makes of an error: Go names the type of the value, the others the class. */
const errors: Readonly<Record<string, Readonly<Record<string, readonly [type: string, message: string]>>>> = {
  Node: { error: ['TypeError', 'boom'], reject: ['Error', 'rejected'], init: ['RangeError', 'init crash'] },
  Python: { error: ['ValueError', 'boom'], init: ['RuntimeError', 'init crash'] },
  Go: { error: ['errorString', 'boom'], reject: ['errRejected', 'rejected'], panic: ['string', 'panicked'] },
};

/** Node tells a trace as text with the error at its head, Python the frames, Go the frames of a panic only. */
const traces: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  Node: {
    error: expect.arrayContaining([
      'TypeError: boom',
      expect.stringMatching(/^ {4}at .*behaviour\.mjs:\d+:\d+\)?$/),
    ]),
    reject: expect.arrayContaining(['Error: rejected', expect.stringMatching(/behaviour\.mjs:\d+:\d+/)]),
  },
  Python: {
    error: [
      expect.stringMatching(
        /^ {2}File ".*behaviour\.py", line \d+, in handler\n {4}raise ValueError\("boom"\)\n$/,
      ),
    ],
  },
  Go: {
    panic: expect.arrayContaining([expect.objectContaining({ label: 'handle', line: expect.any(Number) })]),
  },
};

function traceIn(payload: Buffer): unknown {
  const { trace, stackTrace } = JSON.parse(payload.toString());
  return trace ?? stackTrace ?? undefined;
}

describe.each(languages)('a %s function', (language, over) => {
  const fn = localFunction(over);
  const hosts: TestHost[] = [];
  let host: TestHost;
  const hostOf = (functions: readonly LocalFunction[]): TestHost => {
    const made = testHost(functions);
    hosts.push(made);
    return made;
  };
  const invoke = (event: object) => host.invoke(fn, JSON.stringify(event));

  beforeAll(() => {
    host = hostOf([fn]);
  });
  afterAll(() => Promise.all(hosts.map((each) => each.stop())));

  it('answers, and knows its context', async () => {
    const result = succeeded(await invoke({}));
    expect(JSON.parse(result.payload.toString())).toMatchObject({
      requestId: result.requestId,
      arn: 'arn:aws:lambda:us-east-1:123456789012:function:Hello',
      name: 'Hello',
      remaining: true,
    });
    expect(result.report).toMatchObject({ status: 'success', memorySizeMb: 128, initMs: expect.any(Number) });
    expect(result.report.maxMemoryMb).toBeGreaterThan(1);
  });

  it('stays warm', async () => {
    const result = succeeded(await invoke({}));
    expect(result.report.initMs).toBeUndefined();
    expect(result.report.billedMs).toBe(Math.ceil(result.report.durationMs));
  });

  it.each(Object.entries(errors[language] ?? {}).filter(([kind]) => kind !== 'init'))(
    'reports an error (%s) with its type',
    async (kind, [type, message]) => {
      const { error, payload, report } = failed(await invoke({ do: kind }));
      expect(error).toMatchObject({ errorType: type, errorMessage: message });
      expect(JSON.parse(payload.toString())).toMatchObject({ errorType: type, errorMessage: message });
      expect(report.status).toBe('error');
      expect(traceIn(payload)).toEqual(traces[language]?.[kind]);
    },
  );

  it('that exits is reported by Lambda, and started again', async () => {
    const { error, requestId } = failed(await invoke({ do: 'exit' }));
    expect(error).toEqual({
      errorType: 'Runtime.ExitError',
      errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: exit status 1`,
    });
    expect(succeeded(await invoke({})).report.initMs).toBeGreaterThan(0);
  });

  it('that takes too long is killed', async () => {
    const brief = localFunction({ ...over, timeout: 2 });
    const own = hostOf([brief]);
    const { error, requestId, report, logs } = failed(await own.invoke(brief, '{"do":"loop"}'));
    expect(error).toEqual({
      errorType: 'Sandbox.Timedout',
      errorMessage: `RequestId: ${requestId} Error: Task timed out after 2.00 seconds`,
    });
    expect(report).toMatchObject({ status: 'timeout', durationMs: expect.any(Number) });
    expect(report.durationMs).toBeGreaterThanOrEqual(1_999);
    expect(logs).toMatch(/Z [\w-]{36} Task timed out after 2\.00 seconds\n/);
    succeeded(await own.invoke(brief, '{}'));
  });

  it('may answer 6 MB and no more', async () => {
    const limit = 6_291_556;
    expect(succeeded(await invoke({ do: 'large', size: limit - 2 })).payload).toHaveLength(limit);
    expect(failed(await invoke({ do: 'large', size: limit - 1 })).error).toEqual({
      errorType: 'Function.ResponseSizeTooLarge',
      errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
    });
    succeeded(await invoke({}));
  });

  it('answers binary data as base64', async () => {
    expect(jsonOf(await invoke({ do: 'binary' }))).toEqual({
      statusCode: 200,
      isBase64Encoded: true,
      body: '/wD+',
    });
  });

  it('that gets SIGTERM ends', async () => {
    const { error } = failed(await invoke({ do: 'terminate' }));
    expect(error.errorType).toBe('Runtime.ExitError');
    expect(error.errorMessage).toMatch(/ Error: Runtime exited with error: signal: terminated$/);
  });

  it('that crashes while it starts says why', async () => {
    const crashing = localFunction({ ...fn, logicalId: 'Crash', environment: { INIT: 'crash' } });
    const { error, logs } = failed(await hostOf([crashing]).invoke(crashing, '{}'));
    const [type, message] = errors[language]?.init ?? [
      'Runtime.ExitError',
      expect.stringMatching(/exited with error: exit status 2$/),
    ];
    expect(error).toMatchObject({ errorType: type, errorMessage: message });
    expect(logs).toContain('REPORT RequestId: ');
  });
});

describe('a function that starts too slowly', () => {
  it('starts again within its own time limit', async () => {
    const functions = languages.map(([language, over]) =>
      localFunction({ ...over, logicalId: language, environment: { INIT: 'slow' }, timeout: 1 }),
    );
    const host = testHost(functions);
    try {
      const results = await Promise.all(functions.map((fn) => host.invoke(fn, '{}')));
      expect(results.map((result) => failed(result).error.errorType)).toEqual(
        functions.map(() => 'Sandbox.Timedout'),
      );
      const line = 'INIT_REPORT Init Duration: 10000.00 ms\tPhase: init\tStatus: timeout';
      expect(host.written().split(line)).toHaveLength(functions.length + 1);
    } finally {
      await host.stop();
    }
  });
});

describe('100 concurrent calls', () => {
  it.each(languages)('of a %s function all get their own answer', async (_language, over) => {
    const fn = localFunction({ ...over, timeout: 30 });
    const host = testHost([fn]);
    try {
      const ids = Array.from(
        { length: 100 },
        (_, index) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
      );
      const results = await Promise.all(ids.map((requestId) => host.invoke(fn, '{}', { requestId })));
      expect(results.map((result) => jsonOf(result))).toEqual(
        ids.map((requestId) => expect.objectContaining({ requestId })),
      );
    } finally {
      await host.stop();
    }
  });
});

describe('unhandled rejections', () => {
  // Later runtimes leave them to Node.js, which ends the process.
  const fn = localFunction({ runtime: 'nodejs22.x' });
  let host: TestHost;
  beforeAll(() => {
    host = testHost([fn]);
  });
  afterAll(() => host.stop());

  it('during an invocation are its error', async () => {
    const { payload } = failed(await host.invoke(fn, '{"do":"unhandled"}'));
    expect(JSON.parse(payload.toString())).toMatchObject({
      errorType: 'Runtime.UnhandledPromiseRejection',
      errorMessage: 'Error: nobody listens',
      trace: expect.arrayContaining(['Runtime.UnhandledPromiseRejection: Error: nobody listens']),
    });
  });

  it('end the process from Node.js 24 on', async () => {
    const later = localFunction({ logicalId: 'Later' });
    const own = testHost([later]);
    try {
      const { error, logs } = failed(await own.invoke(later, '{"do":"unhandled"}'));
      expect(error.errorMessage).toMatch(/ Error: Runtime exited with error: exit status 1$/);
      expect(logs).toContain('Error: nobody listens');
    } finally {
      await own.stop();
    }
  });

  it('after the response end the environment, not the response', async () => {
    const pid = Number(jsonOf(await host.invoke(fn, '{"do":"pid"}')));
    expect(jsonOf(await host.invoke(fn, '{"do":"late"}'))).toBe('in time');
    await until(() => host.written().includes('Error: too late'));
    await until(() =>
      /"errorType":"Runtime.UnhandledPromiseRejection","errorMessage":"Error: too late"/.test(host.written()),
    );
    await until(() => !isRunning(pid));
    expect(succeeded(await host.invoke(fn, '{}')).report.initMs).toBeGreaterThan(0);
  });
});
