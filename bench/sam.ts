import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { pythonTools } from '../scripts/venv.ts';
import { yamlText } from '../src/template/write/yaml-text.ts';
import { type BenchRow, median } from './row.ts';
import { BARE, OURS, THEIRS, THEIRS_BARE } from './support/sam-processes.ts';

const PEER = 'aws-sam-translator';
/** Warm against warm. */
const TIMES_AS_FAST = 20;
const MOST_MEMORY = 1 / 3;
/** Time a function, against that of a smaller template. */
const MOST_GROWTH = 1.5;
const MOST_SLOWDOWN = 1.25;
const PREVIEW_ROUNDS = 11;
const root = resolve(import.meta.dirname, '..');

/** Templates of one size: the larger ones are in stacks of a stack. */
interface Size {
  readonly functions: number;
  readonly templates: number;
  readonly rounds: { readonly ours: number; readonly peer: number };
}

const SIZES: readonly Size[] = [
  { functions: 50, templates: 1, rounds: { ours: 40, peer: 3 } },
  { functions: 500, templates: 1, rounds: { ours: 15, peer: 1 } },
  { functions: 500, templates: 10, rounds: { ours: 5, peer: 0 } },
];

/** What one process tells: milliseconds, and kilobytes at most. */
interface Figures {
  readonly cold: number;
  readonly warm: number;
  readonly memory: number;
}

/**
 * SAM's transform against AWS's own, each in its own process; and a preview of a SAM application against an earlier build:
 * `BASELINE=../before/dist npm run bench sam`.
 */
export async function run(): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-sam-'));
  try {
    return [...(await transforms(folder)), ...(await previews(folder))];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function transforms(folder: string): Promise<BenchRow[]> {
  const tools = await pythonTools('emulator');
  if ('missing' in tools) {
    console.warn(`the transform is not measured: ${tools.missing}`);
    return [];
  }
  await build({
    entryPoints: {
      ours: join(root, 'src/sam/index.ts'),
      settings: join(root, 'src/order/v8-flags.ts'),
    },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
  });
  await writeFile(join(folder, 'measure.mjs'), OURS);
  await writeFile(join(folder, 'measure.py'), THEIRS);
  await writeFile(join(folder, 'bare.mjs'), BARE);
  await writeFile(join(folder, 'bare.py'), THEIRS_BARE);
  const python = join(tools.bin, 'python');
  const bare = {
    ours: figures(folder, [process.execPath, 'bare.mjs']).memory,
    peer: figures(folder, [python, 'bare.py']).memory,
  };
  const rows: BenchRow[] = [];
  const perFunction: number[] = [];
  for (const { functions, templates, rounds } of SIZES) {
    const file = join(folder, 'template.json');
    await writeFile(file, JSON.stringify(application(functions)));
    const given = (each: number): string[] => [file, String(templates), String(each)];
    const ours = figures(folder, [process.execPath, 'measure.mjs', ...given(rounds.ours)]);
    const peer = figures(folder, [python, 'measure.py', ...given(rounds.peer)]);
    const count = functions * templates;
    perFunction.push(ours.warm / count);
    const name = `SAM's transform of ${count} functions${templates > 1 ? ` in ${templates} nested stacks` : ''}`;
    const common = { peer: PEER, unit: 'ms' };
    const fast = { target: `at least ${TIMES_AS_FAST} times as fast` };
    rows.push(
      {
        name: `${name}, warm`,
        ours: ours.warm,
        peerValue: peer.warm,
        ...common,
        ...fast,
        ratio: peer.warm / ours.warm,
        ok: peer.warm / ours.warm >= TIMES_AS_FAST,
      },
      {
        name: `${name}, with its loading`,
        ours: ours.cold,
        peerValue: peer.cold,
        ...common,
        target: 'reported',
        ratio: peer.cold / ours.cold,
        ok: true,
      },
      {
        name: `${name}, memory at most`,
        ours: ours.memory / 1024,
        peer: PEER,
        peerValue: peer.memory / 1024,
        unit: 'MB',
        target: count < 500 ? 'reported' : 'at most a third',
        ratio: ours.memory / peer.memory,
        ok: count < 500 || ours.memory / peer.memory <= MOST_MEMORY,
      },
      // An empty Node takes more than a third of all that the peer's process takes: this says what the transform adds.
      memoryAbove(name, {
        ours: ours.memory - bare.ours,
        peer: peer.memory - bare.peer,
        isMeasured: count >= 500,
      }),
    );
  }
  const [small = 0, middle = 0, large = 0] = perFunction.map((each) => each * 1000);
  for (const [what, ours, peerValue] of [
    ['500 against 50', middle, small],
    ['5000 against 500', large, middle],
  ] as const)
    rows.push({
      name: `SAM's transform, time a function of ${what}`,
      ours,
      peer: 'the smaller one',
      peerValue,
      unit: 'us',
      target: `at most ${MOST_GROWTH}x`,
      ratio: ours / peerValue,
      ok: ours / peerValue <= MOST_GROWTH,
    });
  return rows;
}

function memoryAbove(
  name: string,
  { ours, peer, isMeasured }: { readonly ours: number; readonly peer: number; readonly isMeasured: boolean },
): BenchRow {
  return {
    name: `${name}, memory above a bare runtime`,
    ours: ours / 1024,
    peer: PEER,
    peerValue: peer / 1024,
    unit: 'MB',
    target: isMeasured ? 'at most a third' : 'reported',
    ratio: ours / peer,
    ok: !isMeasured || ours / peer <= MOST_MEMORY,
  };
}

function figures(cwd: string, [command = '', ...args]: readonly string[]): Figures {
  const { stdout, stderr, status } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Figures;
}

/** Functions with routes of two APIs, events that make mappings, rules and permissions, and policy templates. */
function application(count: number): { [key: string]: never } & object {
  const functions = Array.from({ length: count }, (_, index) => [
    `Function${index}`,
    {
      Type: 'AWS::Serverless::Function',
      Properties: {
        CodeUri: { Bucket: 'bucket', Key: `${index.toString(16).padStart(64, '0')}.zip` },
        Policies: [
          { DynamoDBReadPolicy: { TableName: { Ref: 'Table' } } },
          { SQSSendMessagePolicy: { QueueName: { 'Fn::GetAtt': ['Queue', 'QueueName'] } } },
        ],
        ...(index % 5 === 0 && { AutoPublishAlias: 'live' }),
        Environment: { Variables: { INDEX: String(index), TABLE: { Ref: 'Table' } } },
        Events: {
          Route: {
            Type: index % 2 === 0 ? 'Api' : 'HttpApi',
            Properties: { Path: `/things/${index}/{id}`, Method: index % 3 === 0 ? 'post' : 'get' },
          },
          ...(index % 4 === 0 && {
            Queue: { Type: 'SQS', Properties: { Queue: { 'Fn::GetAtt': ['Queue', 'Arn'] }, BatchSize: 5 } },
          }),
          ...(index % 4 === 1 && {
            Daily: { Type: 'Schedule', Properties: { Schedule: 'rate(1 day)' } },
          }),
        },
      },
    },
  ]);
  return {
    Transform: 'AWS::Serverless-2016-10-31',
    Globals: {
      Function: { Runtime: 'nodejs22.x', Handler: 'index.handler', Timeout: 10, Tags: { team: 'orders' } },
    },
    Resources: {
      Table: { Type: 'AWS::Serverless::SimpleTable' },
      Queue: { Type: 'AWS::SQS::Queue' },
      ...Object.fromEntries(functions),
    },
  } as never;
}

/** `dist/` of another checkout. */
const { BASELINE } = process.env;

/** A preview without AWS of an application of 100 functions, from the start of the process to its end. */
async function previews(folder: string): Promise<BenchRow[]> {
  if (BASELINE === undefined || !existsSync(join(BASELINE, 'index.js'))) {
    console.warn('previews of SAM applications are not measured: set BASELINE to dist/ of another checkout');
    return [];
  }
  const rows: BenchRow[] = [];
  for (const count of [5, 100]) {
    const times = { ours: [] as number[], before: [] as number[] };
    const sides = { ours: join(root, 'dist'), before: resolve(BASELINE) } as const;
    for (const side of ['ours', 'before'] as const)
      await makeApplication(join(folder, `${side}${count}`), count);
    for (let round = -2; round < PREVIEW_ROUNDS; round++)
      for (const side of ['ours', 'before'] as const) {
        const took = await preview(sides[side], join(folder, `${side}${count}`));
        if (round >= 0) times[side].push(took);
      }
    const ratio = median(times.ours.map((each, round) => each / (times.before[round] ?? each)));
    rows.push({
      name: `preview of a SAM application of ${count} functions`,
      ours: median(times.ours),
      peer: 'before',
      peerValue: median(times.before),
      unit: 'ms',
      ratio,
      target: `at most ${MOST_SLOWDOWN}x`,
      ok: ratio <= MOST_SLOWDOWN,
    });
  }
  return rows;
}

async function makeApplication(folder: string, count: number): Promise<void> {
  await mkdir(join(folder, 'src'), { recursive: true });
  await writeFile(join(folder, 'src', 'index.js'), 'exports.handler = async () => 1;\n');
  const template = JSON.parse(JSON.stringify(application(count)), (key, value) =>
    key === 'CodeUri' ? 'src' : value,
  );
  await writeFile(join(folder, 'template.yaml'), yamlText(template));
}

async function preview(dist: string, folder: string): Promise<number> {
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: join(folder, '..'),
    RUNNER_TEMP: join(folder, '..'),
    GITHUB_WORKSPACE: folder,
    'INPUT_STACK-NAME': 'bench',
    INPUT_NOOP: 'true',
    INPUT_COMMENT: 'false',
    GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
  };
  await writeFile(env.GITHUB_STEP_SUMMARY, '');
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(dist, 'index.js')], {
    cwd: folder,
    env,
    encoding: 'utf8',
  });
  const took = performance.now() - start;
  if (status !== 0) throw new Error(`the preview failed: ${(stdout + stderr).slice(-2000)}`);
  if ((await readFile(env.GITHUB_STEP_SUMMARY, 'utf8')) === '') throw new Error('the preview says nothing');
  return took;
}
