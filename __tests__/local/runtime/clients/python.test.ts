/** Python functions by our bootstrap and by awslambdaric, AWS's own runtime client: nobody should see a difference. */
import { copyFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sample } from 'fast-check';
import { pythonTools } from '../../../../scripts/venv.ts';
import { compared, type Difference, type Pair } from './compare.ts';
import { observe, type Subject } from './observe.ts';
import { ends, failures, generated, results } from './python-cases.ts';
import type { Event } from './recording-api.ts';

const bootstrap = resolve(import.meta.dirname, '../../../../src/local/runtime/bootstrap/python.py');

const differences: readonly Difference[] = [
  // Of no use here: it tells of updates of AWS's runtime.
  [/^.*LAMBDA_WARNING: Unhandled exception\..*\r?\n+/gm, ''],
  // Where no frame is the function's, AWS's client shows its own.
  [/" {2}File \\"[^"]*awslambdaric\/bootstrap\.py\\", (?:[^"\\]|\\.)*"/g, ''],
  [/^\u00a0+File ".*awslambdaric\/bootstrap.py", .*\n.*\n/gm, ''],
  // What ends a process that its client does not survive is told with the frames of the client.
  [/^ {2}File ".*\/(awslambdaric\/.*|bootstrap\/\w+)\.py", .*\n( {4,}.*\n)*/gm, ''],
  [/^ {2}File "<frozen runpy>", .*\n/gm, ''],
  // The stack has other frames below.
  [/Previous line repeated \d+ more times/g, 'Previous line repeated'],
];

let pair: Pair;
let taskRoot = '';
beforeAll(async () => {
  const tools = await pythonTools('runtime-client');
  if ('missing' in tools) throw new Error(tools.missing);
  const file = join(tools.bin, 'python');
  pair = {
    theirs: { file, args: (handler) => ['-m', 'awslambdaric', handler], frames: true },
    ours: { file, args: () => ['-u', bootstrap], channel: true },
    differences,
  };
  taskRoot = mkdtempSync(join(tmpdir(), 'python-clients-'));
  cpSync(join(import.meta.dirname, 'python'), taskRoot, { recursive: true });
  copyFileSync(join(taskRoot, 'broken.txt'), join(taskRoot, 'broken.py'));
});
afterAll(() => rmSync(taskRoot, { recursive: true, force: true }));

const subject = (over: Partial<Subject> = {}): Subject => ({
  taskRoot,
  handler: 'cases.handler',
  runtime: 'python3.12',
  ...over,
  env: { PYTHONWARNINGS: 'ignore', PYTHONDONTWRITEBYTECODE: '1', ...over.env },
});
const named = (names: readonly string[]): Record<string, Event> =>
  Object.fromEntries(names.map((name) => [name, { payload: JSON.stringify({ case: name }) }]));

describe.each<readonly [string, Readonly<Record<string, string>>, readonly string[]]>([
  ['python3.11', {}, [...results, ...failures]],
  ['python3.12', {}, [...results, ...failures, ...ends]],
  ['python3.13', { AWS_LAMBDA_LOG_FORMAT: 'JSON' }, failures],
  ['python3.14', { AWS_LAMBDA_LOG_FORMAT: 'json', AWS_LAMBDA_LOG_LEVEL: 'INFO' }, failures],
  ['python3.14', { AWS_LAMBDA_LOG_LEVEL: 'TRACE' }, failures],
])('%s functions with %j', (runtime, env, cases) => {
  it('answer, fail and write alike', async () => {
    const { theirs, ours } = await compared(pair, subject({ runtime, env }), named(cases));
    expect(ours).toEqual(theirs);
    expect(Object.keys(ours)).toHaveLength(cases.length);
  });
});

describe('Python functions', () => {
  it('answer alike, whatever they answer', async () => {
    const numRuns = Number(process.env.FUZZ_RUNS ?? 300);
    const cases = named(sample(generated, { numRuns, ...(process.env.FUZZ_RUNS ? {} : { seed: 16 }) }));
    const { theirs, ours } = await compared(pair, subject(), cases);
    expect(ours).toEqual(theirs);
    expect(Object.keys(ours)).toHaveLength(Object.keys(cases).length);
  }, 600_000);

  it.each([
    'absent.handler',
    'missing.handler',
    'raises.handler',
    'leaves.handler',
    'broken.handler',
    'logs.handler',
    'folder/inside.handler',
    'folder/absent.handler',
    'folder//inside.handler',
    '../cases.handler',
    'cases',
    '.handler',
    'cases.absent',
    'cases.text',
    'cases.no_parameters',
    'cases.instance',
    'sys.exit',
    'time.sleep',
  ])('start alike with the handler %s', async (handler) => {
    const formats = handler === 'raises.handler' ? ['Text', 'JSON'] : ['Text'];
    for (const AWS_LAMBDA_LOG_FORMAT of formats) {
      const env = { AWS_LAMBDA_LOG_FORMAT };
      const { theirs, ours } = await compared(pair, subject({ handler, env }), named(['1', '2']));
      expect(ours).toEqual(theirs);
    }
  });

  it('read events alike', async () => {
    // What is no JSON is refused before it comes here; not all words about it are the same.
    const payloads = [
      '{"a": [1.0, 1e400, -0.0, 12345678901234567890, "\\ud800", "grüße"]}',
      '{"a": 1, "a": 2}',
      'nul',
      '"text',
      '',
    ];
    const events = Object.fromEntries(payloads.map((payload) => [payload, { payload }]));
    const { theirs, ours } = await compared(
      pair,
      subject({ handler: 'cases.echo', runtime: 'python3.11' }),
      events,
    );
    expect(ours).toEqual(theirs);
  });

  it('find the same context', async () => {
    const client =
      '{"custom": {"a": 1}, "client": {"app_title": "t"}, "w3c": {"traceparent": "x", "baggage": 5}}';
    const context = 'Lambda-Runtime-Client-Context';
    const identity = 'Lambda-Runtime-Cognito-Identity';
    const headers: readonly Readonly<Record<string, string>>[] = [
      {},
      {
        'Lambda-Runtime-Aws-Tenant-Id': 'tenant',
        [context]: client,
        [identity]: '{"cognitoIdentityId": "i"}',
      },
      { [context]: '{}', [identity]: '{}' },
      { [context]: '{' },
      { [identity]: '{' },
      { [context]: 'null', [identity]: 'null' },
    ];
    const events = Object.fromEntries(
      headers.map((each) => [JSON.stringify(each), { payload: '1', headers: each }]),
    );
    const { theirs, ours } = await compared(pair, subject({ handler: 'cases.describe' }), events);
    expect(ours).toEqual(theirs);
  });

  it('fail to start in UTF-8, which AWS sends in Latin-1 or not at all', async () => {
    const [seen] = await observe(pair.ours, subject({ handler: 'umlaut.handler' }), [{ payload: '1' }]);
    expect(JSON.parse(String(seen?.posts[0]?.body))).toMatchObject({
      errorType: 'ValueError',
      errorMessage: 'grüße 😀',
    });
  });
});
