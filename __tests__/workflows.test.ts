/** Workflows are checked by actionlint and zizmor: our own, and those that the pages give to copy. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { goProgram } from '../scripts/go-programs.ts';
import { pythonTools } from '../scripts/venv.ts';
import { withoutGo } from './support/go.ts';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '..');
const OURS = join(root, '.github', 'workflows');

/**
 * What pages leave out for the sake of their reader, who pins actions and narrows tokens by the rules of their own
 * repository; our own workflows are held to all of it.
 */
const NOT_IN_PAGES = ['unpinned-uses', 'artipacked', 'excessive-permissions', 'dangerous-triggers'];

/** actionlint knows no newer keys than those of its release. */
const NEWER = [
  'unexpected key "queue" for "concurrency" section',
  'unexpected key "deployment" for "environment" section',
];

/** actionlint is compiled here. */
const itWithGo = withoutGo ? it.skip : it;

let folder: string;
const copied = new Map<string, string>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'workflows-'));
  const workflows = join(folder, '.github', 'workflows');
  await mkdir(workflows, { recursive: true });
  const pages = (await readdir(join(root, 'docs'))).filter((name) => name.endsWith('.md'));
  for (const page of ['README.md', ...pages.map((name) => `docs/${name}`)]) {
    const text = await readFile(join(root, page), 'utf8');
    for (const { 1: block = '', index } of text.matchAll(/^ *```ya?ml\n(.*?)^ *```/gms)) {
      const workflow = workflowOf(block);
      if (workflow === undefined) continue;
      const line = text.slice(0, index).split('\n').length + 1;
      const name = `${page.replaceAll(/\W+/g, '-')}-${line}.yml`;
      copied.set(name, `${page}:${line}`);
      await writeFile(join(workflows, name), workflow);
    }
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A block that is a workflow, or one made of its steps; `undefined` for other files. */
function workflowOf(block: string): string | undefined {
  // Templates have tags that plain YAML does not know.
  const value: unknown = parse(block, { logLevel: 'silent' });
  if (
    Array.isArray(value) &&
    value.every((each) => typeof each === 'object' && each && ('uses' in each || 'run' in each))
  ) {
    const steps = block.replaceAll(/^/gm, '      ');
    return `name: Page\non: push\npermissions: {}\njobs:\n  page:\n    runs-on: ubuntu-latest\n    steps:\n${steps}`;
  }
  return typeof value === 'object' && value !== null && 'jobs' in value ? block : undefined;
}

interface Finished {
  readonly code: number;
  readonly output: string;
}

const finished = (program: string, args: readonly string[]): Promise<Finished> =>
  run(program, args, { cwd: folder, maxBuffer: 1e8 }).then(
    ({ stdout, stderr }) => ({ code: 0, output: stdout + stderr }),
    (error: { code: number; stdout: string; stderr: string }) => ({
      code: error.code,
      output: error.stdout + error.stderr,
    }),
  );

async function actionlint(files: readonly string[]): Promise<Finished> {
  const found = await goProgram('actionlint');
  if ('missing' in found) throw new Error(found.missing);
  const ignored = NEWER.flatMap((message) => ['-ignore', message]);
  // Found on some machines only: without them the answer is the same everywhere.
  return finished(found.program, ['-shellcheck=', '-pyflakes=', '-oneline', ...ignored, ...files]);
}

async function zizmor(args: readonly string[]): Promise<Finished> {
  const found = await pythonTools('zizmor');
  if ('missing' in found) throw new Error(found.missing);
  return finished(join(found.bin, 'zizmor'), [
    '--offline',
    '--quiet',
    '--color',
    'never',
    '--format',
    'plain',
    ...args,
  ]);
}

describe('our own workflows', () => {
  itWithGo('are what actionlint takes', async () => {
    const files = (await readdir(OURS)).map((name) => join(OURS, name));
    expect(files.length).toBeGreaterThan(2);
    expect(await actionlint(files)).toEqual({ code: 0, output: '' });
  });

  it('leave zizmor nothing to find', async () => {
    expect((await zizmor([OURS, join(root, 'action.yml')])).output).toMatch(/^No findings to report/);
  });
});

describe('workflows of README.md and docs/', () => {
  itWithGo('are what actionlint takes', async () => {
    expect(copied.size).toBeGreaterThan(10);
    const files = [...copied.keys()].map((name) => join(folder, '.github', 'workflows', name));
    const { code, output } = await actionlint(files);
    expect(`${code} ${withPlaces(output)}`).toBe('0 ');
  });

  it('leave zizmor nothing to find but what a reader decides', async () => {
    const config = join(folder, 'zizmor.yml');
    const rules = NOT_IN_PAGES.map((name) => `  ${name}: { disable: true }`).join('\n');
    await writeFile(config, `rules:\n${rules}\n`);
    const { output } = await zizmor(['--config', config, join(folder, '.github')]);
    expect(withPlaces(output)).toMatch(/^No findings to report/);
  });
});

/** Names the page and its line instead of the file that was made of it. */
function withPlaces(output: string): string {
  let text = output;
  for (const [name, place] of copied) text = text.replaceAll(name, place);
  return text;
}
