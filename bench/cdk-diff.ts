import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { bootstrap } from '../__tests__/support/bootstrap.ts';
import { startEmulator } from '../__tests__/support/emulator.ts';
import { CONTEXT, cdkModules, synthesise } from '../scripts/cdk.ts';
import type { BenchRow } from './row.ts';
import { missingIn, type OurStack } from './support/cdk-diff-missing.ts';
import { type CdkStackDiff, parseCdkDiff } from './support/cdk-diff-text.ts';

const execute = promisify(execFile);
const root = resolve(import.meta.dirname, '..');

/** A pair of versions of a stack, and what each tool says of it. */
interface Pair {
  readonly about: string;
  readonly cdk: CdkStackDiff;
  readonly ours: OurStack;
  /** What `cdk diff` shows and our preview does not. */
  readonly missing: readonly string[];
}

/**
 * What AWS CDK's own CLI shows of pairs of stacks, and what our preview shows of the same: nothing may be missing. The
 * table in docs/diff.md is written anew.
 */
export async function run(): Promise<BenchRow> {
  const pairs = await comparePairs();
  const missing = pairs.flatMap((each) => each.missing);
  for (const { about, missing: some } of pairs)
    if (some.length > 0) console.log(`missing of "${about}": ${some.join('; ')}`);
  await writeTable(pairs);
  const shown = pairs.reduce(
    (sum, { cdk }) => sum + cdk.resources.length + cdk.entries.length + cdk.statements.length,
    0,
  );
  return {
    name: `what cdk diff shows of ${pairs.length} pairs of stacks and our preview does not`,
    ours: missing.length,
    peer: 'shown by cdk diff',
    peerValue: shown,
    unit: 'changes',
    ratio: missing.length / shown,
    target: 'nothing missing',
    ok: missing.length === 0,
  };
}

async function comparePairs(): Promise<readonly Pair[]> {
  const cdk = await cdkModules();
  if ('missing' in cdk) throw new Error(cdk.missing);
  const aws = await startEmulator();
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'bench-cdk-diff-')));
  try {
    await bootstrap(aws);
    await symlink(cdk.modules, join(folder, 'node_modules'));
    await copyFile(join(import.meta.dirname, 'support/cdk-pairs/app.js'), join(folder, 'app.js'));
    const env = { PATH: process.env.PATH, HOME: folder, CI: 'true', ...aws.env };
    const program = (...args: string[]) =>
      execute(process.execPath, args, { cwd: folder, env, maxBuffer: 1e8 });
    const cli = join(root, 'dist/cli.js');
    await synthesise(folder, CONTEXT, { VERSION: '1' });
    await program(cli, 'provision', '--source', 'cdk.out');
    await rm(join(folder, 'cdk.out'), { recursive: true });
    await synthesise(folder, CONTEXT, { VERSION: '2' });
    await program(cli, 'provision', '--source', 'cdk.out', '--noop');
    const command = [join(cdk.modules, 'aws-cdk/bin/cdk'), 'diff', '--app', 'cdk.out', '--no-color'];
    const { stdout, stderr } = await program(...command);
    const theirs = parseCdkDiff(`${stderr}\n${stdout}`);
    const { stacks } = JSON.parse(await readFile(join(folder, '.sparta/diff.json'), 'utf8')) as {
      stacks: OurStack[];
    };
    return await Promise.all(
      stacks.map(async (ours) => {
        const template = await readFile(join(folder, `cdk.out/${ours.stackName}.template.json`), 'utf8');
        const { Description: about } = JSON.parse(template) as { Description: string };
        const shown = theirs.get(ours.stackName);
        if (!shown) throw new Error(`cdk diff says nothing of ${ours.stackName}`);
        return { about, cdk: shown, ours, missing: missingIn(ours, shown) };
      }),
    );
  } finally {
    await aws.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

const MARKS = ['<!-- cdk-diff -->', '<!-- /cdk-diff -->'] as const;

async function writeTable(pairs: readonly Pair[]): Promise<void> {
  const file = join(root, 'docs/diff.md');
  const text = await readFile(file, 'utf8');
  const [start, end] = MARKS.map((mark) => text.indexOf(mark));
  if (start === undefined || end === undefined || start < 0 || end < start)
    throw new Error(`${file} lacks its marks`);
  const rows = pairs.map(({ about, cdk, ours }) => `| ${about} | ${cdkWords(cdk)} | ${ourWords(ours)} |`);
  const table = ['| what changes | `cdk diff` | preview |', '|---|---|---|', ...rows].join('\n');
  await writeFile(file, `${text.slice(0, start + MARKS[0].length)}\n\n${table}\n\n${text.slice(end)}`);
}

function cdkWords({ resources, entries, statements }: CdkStackDiff): string {
  return words([
    ...resources.map(({ sign, fate }) => fate || { '+': 'added', '-': 'removed', '~': 'updated' }[sign]),
    ...entries.map(({ section }) => section.toLowerCase()),
    ...statements.map(({ sign }) => `permission ${sign}`),
  ]);
}

function ourWords({ resources, outputs, parameters, other, iam, cautions }: OurStack): string {
  const changes = words([
    ...resources.map(({ action }) => action),
    ...outputs.map(() => 'output'),
    ...parameters.map(() => 'parameter'),
    ...other.map(({ section }) => section.toLowerCase().replace(/s$/, '')),
    ...iam.map(({ kind }) => `permission ${kind === 'added' ? '+' : '-'}`),
  ]);
  const warned = [...new Set(cautions.map(({ kind }) => kind))];
  return warned.length > 0 ? `${changes}; caution: ${warned.join(', ')}` : changes;
}

/** `2 updated, 1 output` */
function words(all: readonly string[]): string {
  const counts = [...Map.groupBy(all, (each) => each)].map(([name, each]) => `${each.length} ${name}`);
  return counts.join(', ') || 'nothing';
}
