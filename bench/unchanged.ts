import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type BenchRow, median } from './row.ts';

const FUNCTIONS = 200;
const FILES = 20;
const ROUNDS = 11;
const root = resolve(import.meta.dirname, '..');

/** `dist/` of another checkout, to be compared with: `BASELINE=../before/dist npm run bench unchanged`. */
const { BASELINE } = process.env;

interface Kind {
  readonly name: string;
  readonly metadata: string;
  /** One of a function's files. */
  readonly file: (index: number) => readonly [name: string, text: string];
}

const text = (): string => randomBytes(4096).toString('hex');

const KINDS: readonly Kind[] = [
  {
    name: 'plain',
    metadata: '{}',
    file: (index) => [`file${index}.js`, `// ${text()}\n`],
  },
  {
    name: 'esbuild',
    metadata: '{ BuildMethod: esbuild, BuildProperties: { EntryPoints: [file0.ts], Minify: false } }',
    file: (index) => [
      `file${index}.ts`,
      index === 0
        ? Array.from({ length: FILES - 1 }, (_, each) => `export * from './file${each + 1}';\n`).join('')
        : `export const value${index} = '${text()}';\n`,
    ],
  },
];

/** A preview of 200 functions of 20 files each, of which nothing has changed, against an earlier build of this action. */
export async function run(): Promise<BenchRow[]> {
  if (BASELINE === undefined || !existsSync(join(BASELINE, 'index.js'))) {
    console.warn('unchanged previews are not measured: set BASELINE to dist/ of another checkout');
    return [];
  }
  const rows: BenchRow[] = [];
  for (const kind of KINDS) rows.push(...(await measure(kind, resolve(BASELINE))));
  return rows;
}

async function measure(kind: Kind, baseline: string): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-unchanged-'));
  const sides = { ours: join(root, 'dist'), before: baseline } as const;
  const times = { ours: [] as number[], before: [] as number[] };
  const memory = { ours: [] as number[], before: [] as number[] };
  try {
    for (const side of ['ours', 'before'] as const) await makeService(join(folder, side), kind);
    for (let round = -2; round < ROUNDS; round++) {
      for (const side of ['ours', 'before'] as const) {
        const { milliseconds, megabytes } = await preview(sides[side], join(folder, side));
        // The first run builds; what it wrote may be younger than a tick of the file system's clock.
        if (round < 0) continue;
        times[side].push(milliseconds);
        memory[side].push(megabytes);
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const row = (what: string, unit: string, values: typeof times, most: number): BenchRow => {
    const [ours, before] = [median(values.ours), median(values.before)];
    const ratio = ours / before;
    return {
      name: `unchanged preview of ${FUNCTIONS} functions (${kind.name}), ${what}`,
      ours,
      peer: 'before',
      peerValue: before,
      unit,
      ratio,
      target: `at most ${most}x`,
      ok: ratio <= most,
    };
  };
  return [row('time', 'ms', times, 0.7), row('memory at most', 'MB', memory, 1.02)];
}

async function makeService(folder: string, { metadata, file }: Kind): Promise<void> {
  const resources: string[] = [];
  for (let fn = 0; fn < FUNCTIONS; fn++) {
    await mkdir(join(folder, `fn${fn}`), { recursive: true });
    for (let index = 0; index < FILES; index++) {
      const [name, content] = file(index);
      await writeFile(join(folder, `fn${fn}`, name), content);
    }
    resources.push(
      `  Fn${fn}:\n    Type: AWS::Serverless::Function\n    Metadata: ${metadata}\n    Properties: { CodeUri: fn${fn}, Handler: file0.handler, Runtime: nodejs22.x }\n`,
    );
  }
  await mkdir(join(folder, 'node_modules'));
  for (const each of ['esbuild', '@esbuild'])
    await symlink(join(root, 'node_modules', each), join(folder, 'node_modules', each));
  await writeFile(
    join(folder, 'template.yaml'),
    `Transform: AWS::Serverless-2016-10-31\nResources:\n${resources.join('')}`,
  );
  await writeFile(
    join(folder, 'watch.cjs'),
    "process.on('exit', () => require('node:fs').writeFileSync(process.env.USAGE, String(process.resourceUsage().maxRSS)));\n",
  );
}

async function preview(dist: string, folder: string): Promise<{ milliseconds: number; megabytes: number }> {
  const usage = join(folder, '..', 'usage');
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: join(folder, '..'),
    RUNNER_TEMP: join(folder, '..'),
    GITHUB_WORKSPACE: folder,
    'INPUT_STACK-NAME': 'bench',
    INPUT_NOOP: 'true',
    INPUT_COMMENT: 'false',
    NODE_OPTIONS: `--require=${join(folder, 'watch.cjs')}`,
    USAGE: usage,
  };
  const start = performance.now();
  const output: Buffer[] = [];
  const child = spawn(process.execPath, [join(dist, 'index.js')], { cwd: folder, env });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => output.push(data));
  const code = await new Promise((done) => child.once('close', done));
  const milliseconds = performance.now() - start;
  if (code !== 0) throw new Error(`the preview failed: ${Buffer.concat(output).toString().slice(-2000)}`);
  return { milliseconds, megabytes: Number(await readFile(usage, 'utf8')) / 1024 };
}
