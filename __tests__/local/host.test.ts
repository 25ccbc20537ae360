import {
  chmodSync,
  copyFileSync,
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ZipArchive } from 'archiver';
import type { LocalCode } from '../../src/local/functions/function.ts';
import { isRunning } from '../../src/local/server/is-running.ts';
import { until } from '../support/eventually.ts';
import { failed, fixtures, jsonOf, localFunction, succeeded, type TestHost, testHost } from './functions.ts';

let directory = '';
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'local-host-'));
  // Whatever package the system's folder may be in.
  writeFileSync(join(directory, 'package.json'), '{}');
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

async function withHost<T>(host: TestHost, body: (host: TestHost) => Promise<T>): Promise<T> {
  try {
    return await body(host);
  } finally {
    await host.stop();
  }
}

/** A folder with files, as the code of a function or a layer. */
/** An external extension: it says what it hears of. */
const WATCHER = `#!${process.execPath}
const api = 'http://' + process.env.AWS_LAMBDA_RUNTIME_API + '/2020-01-01/extension/';
const registered = await fetch(api + 'register', {
  method: 'POST',
  headers: { 'Lambda-Extension-Name': 'watcher' },
  body: JSON.stringify({ events: ['INVOKE', 'SHUTDOWN'] }),
});
const headers = { 'Lambda-Extension-Identifier': registered.headers.get('lambda-extension-identifier') };
console.log('watcher is ready');
for (;;) {
  const event = await (await fetch(api + 'event/next', { headers })).json();
  console.log('watcher: ' + event.eventType + ' ' + (event.requestId ?? event.shutdownReason));
  if (event.eventType === 'SHUTDOWN') break;
}
`;

function folder(name: string, files: Readonly<Record<string, string>>): LocalCode {
  const path = join(directory, name);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(path, file, '..'), { recursive: true });
    writeFileSync(join(path, file), text);
  }
  return { kind: 'directory', path };
}

describe('the environment of a process', () => {
  it("is Lambda's and the function's, and nothing of this process", async () => {
    process.env.LOCAL_TEST_SECRET = 'hidden';
    const fn = localFunction({ environment: { TABLE: 'orders' }, memory: 256, region: 'eu-west-1' });
    const variables = await withHost(testHost([fn]), async (host) =>
      jsonOf(await host.invoke(fn, '{"do":"environment"}')),
    );
    delete process.env.LOCAL_TEST_SECRET;
    expect(variables).toMatchObject({
      TABLE: 'orders',
      TZ: ':UTC',
      AWS_REGION: 'eu-west-1',
      AWS_LAMBDA_FUNCTION_NAME: 'Hello',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_SAM_LOCAL: 'true',
      LAMBDA_TASK_ROOT: join(fixtures, 'node'),
      _HANDLER: 'behaviour.handler',
    });
    expect(variables).not.toHaveProperty('LOCAL_TEST_SECRET');
    expect(variables).not.toHaveProperty('HOME');
  });
});

describe('logs in JSON', () => {
  it.each([
    ['nodejs24.x', 'behaviour.handler', 'node'],
    ['python3.11', 'behaviour.handler', 'python'],
  ])('are what %s writes when it is asked for, down to a level', async (runtime, handler, directory) => {
    const code: LocalCode = { kind: 'directory', path: join(fixtures, directory) };
    const run = async (level: string) => {
      const fn = localFunction({ runtime, handler, code, logging: { format: 'JSON', level } });
      return failed(await withHost(testHost([fn]), (host) => host.invoke(fn, '{"do":"error"}')));
    };
    const { logs, requestId } = await run('ERROR');
    const lines = logs.split('\n').filter((line) => line.startsWith('{'));
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ level: 'ERROR', requestId }),
    ]);
  });
});

describe('handlers of Node', () => {
  it.each([
    ['callback.later', 'nodejs22.x', { got: {} }],
    ['callback.waits', 'nodejs22.x', { ticks: 1 }],
    ['callback.hurries', 'nodejs22.x', 'now'],
    ['callback.legacy', 'nodejs22.x', 'by context'],
    ['callback.silent', 'nodejs22.x', null],
  ])('%s on %s answers', async (handler, runtime, expected) => {
    const fn = localFunction({ handler, runtime });
    await withHost(testHost([fn]), async (host) =>
      expect(jsonOf(await host.invoke(fn, '{}'))).toEqual(expected),
    );
  });

  it.each([
    ['callback.fails', 'nodejs22.x', 'Error', 'by callback'],
    [
      'callback.later',
      'nodejs24.x',
      'Runtime.CallbackHandlerDeprecated',
      /^ERROR: AWS Lambda has removed support for callback/,
    ],
    [
      'behaviour.absent',
      'nodejs24.x',
      'Runtime.HandlerNotFound',
      'behaviour.absent is undefined or not exported',
    ],
    ['behaviour.text', 'nodejs24.x', 'Runtime.HandlerNotFound', 'behaviour.text is not a function'],
    ['behaviour', 'nodejs24.x', 'Runtime.MalformedHandlerName', 'Bad handler'],
    ['absent.handler', 'nodejs24.x', 'Runtime.ImportModuleError', /^Error: Cannot find module /],
    ['missing.handler', 'nodejs24.x', 'Error', /^Cannot find package 'no-such-package' imported from /],
  ])('%s on %s fails with %s', async (handler, runtime, type, message) => {
    const fn = localFunction({ handler, runtime });
    await withHost(testHost([fn]), async (host) => {
      const { error } = failed(await host.invoke(fn, '{}'));
      expect(error.errorType).toBe(type);
      expect(error.errorMessage).toMatch(message);
    });
  });

  it('with a syntax error are reported as such', async () => {
    const path = mkdtempSync(join(directory, 'broken-'));
    copyFileSync(join(fixtures, 'node', 'broken.txt'), join(path, 'broken.mjs'));
    const fn = localFunction({ handler: 'broken.handler', code: { kind: 'directory', path } });
    await withHost(testHost([fn]), async (host) =>
      expect(failed(await host.invoke(fn, '{}')).error.errorType).toBe('Runtime.UserCodeSyntaxError'),
    );
  });

  it.each([
    ['circular', 'nodejs24.x', 'Runtime.JSONStringifyError', 'Unable to stringify response body'],
    ['circular', 'nodejs22.x', 'Error', 'Unable to stringify response body'],
  ])('whose result is %s on %s fail with %s', async (what, runtime, errorType, errorMessage) => {
    const fn = localFunction({ runtime });
    await withHost(testHost([fn]), async (host) =>
      expect(failed(await host.invoke(fn, JSON.stringify({ do: what }))).error).toMatchObject({
        errorType,
        errorMessage,
      }),
    );
  });

  it('that never settle end the process once nothing is left to happen, from Node.js 24 on', async () => {
    const fn = localFunction();
    await withHost(testHost([fn]), async (host) =>
      expect(failed(await host.invoke(fn, '{"do":"never"}')).error.errorMessage).toMatch(
        / Error: Runtime exited without providing a reason$/,
      ),
    );
  });

  it('that never settle answer null before', async () => {
    const fn = localFunction({ runtime: 'nodejs22.x' });
    await withHost(testHost([fn]), async (host) =>
      expect(jsonOf(await host.invoke(fn, '{"do":"never"}'))).toBeNull(),
    );
  });

  it.each([
    ['nodejs24.x', 'index.js', "exports.handler = async () => { require('node:fs').writeSync(3, 'text'); };"],
    ['python3.12', 'index.py', "import os\ndef handler(event, context):\n    os.write(3, b'text 123 456')\n"],
  ])('that write to the descriptor of their runtime end at once, on %s', async (runtime, name, text) => {
    const fn = localFunction({
      runtime,
      handler: 'index.handler',
      timeout: 60,
      code: folder(`writes-${runtime}`, { [name]: text }),
    });
    await withHost(testHost([fn]), async (host) => {
      expect(failed(await host.invoke(fn, '{}')).error.errorType).toBe('Runtime.ExitError');
      expect(host.written()).toContain('wrote to descriptor 3');
    });
  });

  it('see the trace of their source where there is a source map', async () => {
    const map = { version: 3, sources: ['orders.ts'], names: [], mappings: 'AAEA' };
    const encoded = Buffer.from(JSON.stringify(map)).toString('base64');
    const text = `exports.handler = async () => { throw new Error('mapped'); };\n//# sourceMappingURL=data:application/json;base64,${encoded}\n`;
    const fn = localFunction({ handler: 'index.handler', code: folder('mapped', { 'index.js': text }) });
    await withHost(testHost([fn]), async (host) =>
      expect(failed(await host.invoke(fn, '{}')).error.stackTrace?.join('\n')).toMatch(/orders\.ts:3/),
    );
  });

  it('get client context, identity and trace', async () => {
    const fn = localFunction();
    const result = await withHost(testHost([fn]), (host) =>
      host.invoke(fn, '{"do":"context"}', {
        clientContext: '{"custom":{"a":1}}',
        cognitoIdentity: { identityId: 'id', identityPoolId: 'pool' },
        traceId: 'Root=1-2-3',
      }),
    );
    expect(jsonOf(result)).toEqual({
      clientContext: { custom: { a: 1 } },
      identity: { cognitoIdentityId: 'id', cognitoIdentityPoolId: 'pool' },
      trace: 'Root=1-2-3',
    });
  });

  it.each([undefined, ''])('get a trace of their own where the caller has none (%j)', async (traceId) => {
    const fn = localFunction();
    const result = await withHost(testHost([fn]), (host) => host.invoke(fn, '{"do":"context"}', { traceId }));
    expect(jsonOf(result)).toMatchObject({
      trace: expect.stringMatching(/^Root=1-[\da-f]{8}-[\da-f]{24};Parent=[\da-f]{16};Sampled=0$/),
    });
  });
});

describe('what functions write', () => {
  const code = {
    'index.js':
      "exports.handler = async ({ text }) => { console.log(text, 'out'); process.stderr.write(`${text} err\\n`); };\n",
    'app.py':
      "import sys\ndef handler(event, _):\n    print(event['text'], 'out')\n    sys.stderr.write(event['text'] + ' err\\n')\n",
  };
  it.each([
    ['nodejs22.x', 'index.handler'],
    ['nodejs24.x', 'index.handler'],
    ['python3.11', 'app.handler'],
  ])('is in the log of the very invocation, all of it (%s)', async (runtime, handler) => {
    const fn = localFunction({ runtime, handler, code: folder('writes', code), timeout: 60 });
    await withHost(testHost([fn]), async (host) => {
      const texts = Array.from({ length: 100 }, (_, index) => `${index}.`.padEnd(2000, 'x'));
      const results = await Promise.all(texts.map((text) => host.invoke(fn, JSON.stringify({ text }))));
      const logs = results.map((result) =>
        succeeded(result)
          .logs.match(/\d+\.x+ (?:out|err)/g)
          ?.sort(),
      );
      expect(logs).toEqual(texts.map((text) => [`${text} err`, `${text} out`]));
    });
  });
});

describe('handlers of Python', () => {
  const python = {
    runtime: 'python3.11',
    code: { kind: 'directory', path: join(fixtures, 'python') },
  } as const;
  it.each([
    ['behaviour.absent', 'Runtime.HandlerNotFound', "Handler 'absent' missing on module 'behaviour'"],
    [
      'behaviour',
      'Runtime.MalformedHandlerName',
      "Bad handler 'behaviour': not enough values to unpack (expected 2, got 1)",
    ],
    [
      'absent.handler',
      'Runtime.ImportModuleError',
      "Unable to import module 'absent': No module named 'absent'",
    ],
    [
      'missing.handler',
      'Runtime.ImportModuleError',
      "Unable to import module 'missing': No module named 'no_such_module'",
    ],
    [
      'broken.handler',
      'Runtime.UserCodeSyntaxError',
      "Syntax error in module 'broken': expected ':' (broken.py, line 1)",
    ],
  ])('%s fails with %s', async (handler, errorType, errorMessage) => {
    const fn = localFunction({ ...python, handler });
    await withHost(testHost([fn]), async (host) =>
      expect(failed(await host.invoke(fn, '{}')).error).toMatchObject({ errorType, errorMessage }),
    );
  });

  it('whose result is no JSON fail with Runtime.MarshalError', async () => {
    const fn = localFunction({ ...python });
    await withHost(testHost([fn]), async (host) =>
      expect(failed(await host.invoke(fn, '{"do":"circular"}')).error).toMatchObject({
        errorType: 'Runtime.MarshalError',
        errorMessage: 'Unable to marshal response: Object of type set is not JSON serializable',
      }),
    );
  });

  it('write log records with the request id', async () => {
    const fn = localFunction({ ...python });
    const result = succeeded(await withHost(testHost([fn]), (host) => host.invoke(fn, '{}')));
    expect(result.logs).toMatch(
      new RegExp(`^\\[WARNING\\]\\t\\d{4}-.*Z\\t${result.requestId}\\tcareful$`, 'm'),
    );
  });

  it('run on another Python with a warning that names both', async () => {
    const fn = localFunction({ ...python, runtime: 'python3.99' });
    await withHost(testHost([fn]), async (host) => {
      succeeded(await host.invoke(fn, '{}'));
      expect(host.warnings).toEqual([
        expect.stringMatching(/^Hello: its runtime is python3\.99, but it runs here on Python 3\.\d+$/),
      ]);
    });
  });
});

describe('the Node of a runtime', () => {
  const fn = localFunction({
    runtime: 'nodejs22.x',
    handler: 'index.handler',
    code: { kind: 'inline', text: 'exports.handler = async () => process.version' },
  });

  it('is installed from npm', async () => {
    await withHost(testHost([fn], { runtimesDirectory: join(directory, 'runtimes') }), async (host) => {
      expect(jsonOf(await host.invoke(fn, '{}'))).toMatch(/^v22\./);
      expect(host.warnings).toEqual([]);
    });
  });

  it('is that of the tool cache where it has one', async () => {
    const node = join(directory, 'tools/node/22.1.0', process.arch, 'bin/node');
    mkdirSync(dirname(node), { recursive: true });
    symlinkSync(process.execPath, node);
    await withHost(testHost([fn], { toolCache: join(directory, 'tools') }), async (host) => {
      expect(jsonOf(await host.invoke(fn, '{}'))).toBe(process.version);
      expect(host.warnings).toEqual([]);
    });
  });

  it('is otherwise the one here, with a warning that names both', async () => {
    await withHost(testHost([fn]), async (host) => {
      expect(jsonOf(await host.invoke(fn, '{}'))).toBe(process.version);
      expect(host.warnings).toEqual([
        `Hello: its runtime is nodejs22.x, but it runs here on Node.js ${process.versions.node}`,
      ]);
    });
  });
});

describe('streaming', () => {
  const fn = localFunction({ handler: 'streaming.handler' });
  it('is buffered when nobody takes the stream', async () => {
    const result = succeeded(await withHost(testHost([fn]), (host) => host.invoke(fn, '{}')));
    expect(result.payload.toString()).toBe('one two');
    expect(result.contentType).toBe('application/octet-stream');
  });

  it('arrives in pieces', async () => {
    const chunks: string[] = [];
    const result = succeeded(
      await withHost(testHost([fn]), (host) =>
        host.invoke(fn, '{}', {
          stream: { start: (type) => chunks.push(type), chunk: (data) => void chunks.push(data.toString()) },
        }),
      ),
    );
    expect(chunks).toEqual(['application/octet-stream', 'one ', 'two']);
    expect(result.payload).toHaveLength(0);
  });

  it.each([
    ['early', 'before the first byte'],
    ['midway', 'after the first byte'],
  ])('that fails %s is a function error', async (when, errorMessage) => {
    const { error } = failed(
      await withHost(testHost([fn]), (host) => host.invoke(fn, JSON.stringify({ do: when }))),
    );
    expect(error).toMatchObject({ errorType: 'Error', errorMessage });
  });
});

describe('code and layers', () => {
  it('of several layers are merged in their order', async () => {
    const index =
      "exports.handler = async () => [require('first'), require('shared'), process.env.PATH.split(':').at(-1)];";
    const fn = localFunction({
      handler: 'index.handler',
      code: folder('layered', { 'index.js': index }),
      layers: [
        folder('one', {
          'nodejs/node_modules/first/index.js': 'module.exports = 1',
          'nodejs/node_modules/shared/index.js': 'module.exports = 1',
        }),
        folder('two', {
          'nodejs/node_modules/shared/index.js': 'module.exports = 2',
          'bin/tool': '#!/bin/sh\n',
        }),
      ],
    });
    const result = await withHost(testHost([fn]), (host) => host.invoke(fn, '{}'));
    expect(jsonOf(result)).toEqual([1, 2, expect.stringMatching(/layers-.*\/bin$/)]);
  });

  it('have their external extensions started, which hear of events and of the end', async () => {
    const path = join(directory, 'extended');
    const extended = folder('extended', {
      'extensions/package.json': '{"type":"module"}',
      'extensions/watcher': WATCHER,
      'extensions/ends-at-once': '#!/bin/sh\nexit 3\n',
      'extensions/no-program': '',
      'extensions/deaf': WATCHER.replaceAll('watcher', 'deaf').replace(", 'SHUTDOWN'", ''),
    });
    for (const name of ['watcher', 'ends-at-once', 'deaf']) chmodSync(join(path, 'extensions', name), 0o755);
    const fn = localFunction({ layers: [extended] });
    const host = testHost([fn]);
    for (const requestId of ['first', 'second']) succeeded(await host.invoke(fn, '{}', { requestId }));
    await host.stop();
    const output = host.written();
    expect(output).toMatch(/watcher is ready[\s\S]*START RequestId: first/);
    for (const line of ['INVOKE first', 'INVOKE second', 'SHUTDOWN spindown'])
      expect(output).toContain(`watcher: ${line}\n`);
    expect(output).toContain('EXTENSION\tName: ends-at-once\tState: Ended\tReason: exit status 3\n');
    // Who does not ask to hear of the end is ended, which is no news.
    expect(output).toContain('deaf: INVOKE second\n');
    expect(output).not.toContain('Name: deaf');
  });

  it.each([
    ['nodejs24.x', 'wrapped.handler', '/opt/wrapper'],
    ['python3.12', 'wrapped_python.handler', '/var/task/wrapper'],
  ])('have their wrapper start the runtime: %s', async (runtime, handler, wrapper) => {
    const script = '#!/bin/bash\nexport WRAPPED=yes\nexec "${@:1:$#-1}" "${@: -1}"\n';
    const code = folder('wrapped', {
      'wrapped.js': 'exports.handler = async () => process.env.WRAPPED;',
      'wrapped_python.py': 'import os\ndef handler(event, context):\n    return os.environ["WRAPPED"]\n',
      wrapper: script,
    });
    const layers = [folder('wrapping', { wrapper: script })];
    for (const each of ['wrapped', 'wrapping']) chmodSync(join(directory, each, 'wrapper'), 0o755);
    const environment = { AWS_LAMBDA_EXEC_WRAPPER: wrapper };
    const fn = localFunction({ runtime, handler, code, layers, environment });
    expect(jsonOf(await withHost(testHost([fn]), (host) => host.invoke(fn, '{}')))).toBe('yes');
  });

  it('whose wrapper is not here run without it, and say so', async () => {
    const fn = localFunction({ environment: { AWS_LAMBDA_EXEC_WRAPPER: '/opt/otel-handler' } });
    await withHost(testHost([fn]), async (host) => {
      succeeded(await host.invoke(fn, '{}'));
      expect(host.warnings).toEqual([
        'Hello: its wrapper /opt/otel-handler is not on this machine: it starts without that',
      ]);
    });
  });

  it('that functions share are unpacked once, also when all start at once', async () => {
    const archive = new ZipArchive();
    archive.append('#!/bin/sh\nexit 3\n', { name: 'bootstrap', mode: 0o755 });
    for (let index = 0; index < 50; index++) archive.append('x'.repeat(10_000), { name: `file-${index}` });
    const path = join(directory, 'shared.zip');
    await Promise.all([archive.finalize(), pipeline(archive, createWriteStream(path))]);
    const functions = Array.from({ length: 8 }, (_, index) =>
      localFunction({
        logicalId: `Shared${index}`,
        runtime: 'provided.al2023',
        code: { kind: 'zip', path, hash: 'shared' },
      }),
    );
    await withHost(testHost(functions), async (host) => {
      const results = await Promise.all(functions.map((fn) => host.invoke(fn, '{}')));
      expect(results.map((result) => failed(result).error.errorType)).toEqual(
        functions.map(() => 'Runtime.ExitError'),
      );
    });
  });

  it('that are built for another processor are said to be', async () => {
    const architecture = process.arch === 'arm64' ? 'x86_64' : 'arm64';
    const code = folder('foreign', { bootstrap: '#!/bin/sh\nexit 3\n' });
    chmodSync(join(directory, 'foreign', 'bootstrap'), 0o755);
    const fn = localFunction({ runtime: 'provided.al2023', architecture, code });
    await withHost(testHost([fn]), async (host) => {
      failed(await host.invoke(fn, '{}'));
      expect(host.warnings).toEqual([
        expect.stringMatching(`^Hello: it is built for ${architecture}, and this machine is `),
      ]);
    });
  });

  it('that the system refuses to start are an error', async () => {
    const fn = localFunction({ environment: { LARGE: 'x'.repeat(200_000) } });
    await withHost(testHost([fn]), async (host) =>
      expect(host.invoke(fn, '{}')).rejects.toThrow(
        'Hello: its runtime cannot be started: spawn E2BIG, as its environment variables have 200.0 kB. Lambda takes 4 KB: ',
      ),
    );
  });

  it('that the system refuses to start an extension of leave nothing open', async () => {
    const layer = folder('refused', { 'extensions/watcher': WATCHER });
    chmodSync(join(directory, 'refused', 'extensions', 'watcher'), 0o755);
    const fn = localFunction({ environment: { LARGE: 'x'.repeat(200_000) }, layers: [layer] });
    const servers = (): number =>
      process.getActiveResourcesInfo().filter((kind) => kind === 'TCPServerWrap').length;
    await withHost(testHost([fn]), async (host) => {
      const before = servers();
      await expect(host.invoke(fn, '{}')).rejects.toThrow(
        'Hello: its runtime cannot be started: spawn E2BIG',
      );
      expect(servers()).toBe(before);
    });
  });

  it('are not part of a package that lies above them', async () => {
    const parent = mkdtempSync(join(directory, 'package-'));
    writeFileSync(join(parent, 'package.json'), '{"type":"module"}');
    const fn = localFunction({
      handler: 'index.handler',
      code: { kind: 'inline', text: 'exports.handler = async () => 1' },
    });
    const host = testHost([fn], { workDirectory: join(parent, 'work') });
    expect(jsonOf(await withHost(host, () => host.invoke(fn, '{}')))).toBe(1);
  });

  it('given inline run as they are', async () => {
    const fn = localFunction({
      handler: 'index.handler',
      code: { kind: 'inline', text: 'exports.handler = async (e) => e.n + 1' },
    });
    expect(jsonOf(await withHost(testHost([fn]), (host) => host.invoke(fn, '{"n":1}')))).toBe(2);
  });

  it('that are missing are an error with a next step', async () => {
    const fn = localFunction({ runtime: 'provided.al2023', code: folder('empty', { readme: '' }) });
    await withHost(testHost([fn]), async (host) =>
      expect(host.invoke(fn, '{}')).rejects.toThrow(
        'Hello: its code has no executable named bootstrap, which provided.al2023 starts. Name the binary bootstrap.',
      ),
    );
  });
});

describe('concurrency', () => {
  it('has an environment for each request, up to a bound', async () => {
    const fn = localFunction();
    await withHost(testHost([fn], { maxEnvironments: 2 }), async (host) => {
      const results = await Promise.all(
        Array.from({ length: 4 }, () => host.invoke(fn, '{"do":"pid","wait":100}')),
      );
      expect(new Set(results.map(jsonOf)).size).toBe(2);
    });
  });

  it('beyond the reserved is throttled', async () => {
    const fn = localFunction({ reservedConcurrency: 1 });
    await withHost(testHost([fn]), async (host) => {
      const results = await Promise.all([1, 2].map(() => host.invoke(fn, '{"do":"pid","wait":50}')));
      expect(results.map((result) => result.kind)).toEqual(['success', 'throttled']);
      succeeded(await host.invoke(fn, '{}'));
    });
  });
});

describe('the end', () => {
  (existsSync('/proc/self/stat') ? it : it.skip)(
    'of an idle process that nobody has heard of yet loses no event',
    async () => {
      const index = 'exports.handler = async () => process.pid';
      const fn = localFunction({ handler: 'index.handler', code: folder('ending', { 'index.js': index }) });
      const endedHere = (pid: number): boolean => /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
      await withHost(testHost([fn]), async (host) => {
        const first = Number(jsonOf(await host.invoke(fn, '{}')));
        process.kill(first, 'SIGKILL');
        // Nothing else happens here meanwhile: its exit is heard of later.
        while (!endedHere(first)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
        expect(jsonOf(await host.invoke(fn, '{}'))).not.toBe(first);
      });
    },
  );

  it('of a timeout takes the processes that the function started', async () => {
    const fn = localFunction({ timeout: 3 });
    await withHost(testHost([fn]), async (host) => {
      const { logs } = failed(await host.invoke(fn, '{"do":"child"}'));
      const pid = Number(/child (\d+)/.exec(logs)?.[1]);
      expect(pid).toBeGreaterThan(0);
      await until(() => !isRunning(pid));
    });
  });

  it('of the host takes every process, also those at work', async () => {
    const fn = localFunction();
    const host = testHost([fn]);
    const pid = Number(jsonOf(await host.invoke(fn, '{"do":"pid"}')));
    const working = host.invoke(fn, '{"do":"loop"}');
    await until(() => host.written().split('START').length === 3);
    await host.stop();
    expect(isRunning(pid)).toBe(false);
    expect(failed(await working).error.errorType).toBe('Runtime.ExitError');
  });

  it.each([
    ['before it begins', 1],
    ['while it runs', 2],
  ])('by a signal ends the invocation %s', async (_, started) => {
    const fn = localFunction({ timeout: 900 });
    await withHost(testHost([fn]), async (host) => {
      await host.invoke(fn, '{}');
      const controller = new AbortController();
      const working = host.invoke(fn, '{"do":"loop"}', { signal: controller.signal });
      working.catch(() => undefined);
      await until(() => host.written().split('START').length > started);
      controller.abort(new Error('enough'));
      await expect(working).rejects.toThrow('enough');
      succeeded(await host.invoke(fn, '{}'));
    });
  });
});
