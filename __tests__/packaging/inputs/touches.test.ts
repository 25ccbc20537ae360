import { execFileSync } from 'node:child_process';
import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Changes, changesSince, type KnownChanges } from '../../../src/packaging/inputs/changes.ts';
import { observer } from '../../../src/packaging/inputs/observe.ts';
import { NO_SOURCES, type Read, readsOf } from '../../../src/packaging/inputs/reads.ts';
import { type ServiceReader, touching, unclaimed } from '../../../src/packaging/inputs/touches.ts';
import { makeProject, type Project } from '../support.ts';

let project: Project;
let base: string;

const git = (...args: string[]): string =>
  execFileSync('git', ['-c', 'user.email=dev@example.com', '-c', 'user.name=Dev', ...args], {
    cwd: project.root,
    encoding: 'utf8',
  }).trim();

function commit(): string {
  git('add', '-A');
  git('commit', '--quiet', '--allow-empty', '-m', 'change');
  return git('rev-parse', 'HEAD');
}

beforeEach(() => {
  project = makeProject({
    '.gitignore': 'node_modules\nmade\n',
    'package-lock.json': '{}',
    'orders/index.mjs': 'one',
    'orders/lib/a.mjs': 'a',
    'hello/index.mjs': 'two',
    'node_modules/x/index.js': 'x',
    'made/out.js': 'made',
    'gone/x': 'x',
  });
  git('init', '--quiet', '--initial-branch', 'main');
  base = commit();
});
afterEach(() => project.remove());

const since = (baseSha: string, headSha?: string): Promise<Changes> =>
  changesSince(project.root, { headSha, baseSha });

async function known(): Promise<KnownChanges> {
  const changes = await since(base);
  if (changes.kind === 'unknown') throw new Error(changes.why);
  return changes;
}

/** Why something that reads all this is touched by what has changed since the base. */
async function reasons(...reads: Read[]): Promise<readonly string[]> {
  const observe = observer(project.context);
  const all = reads.flatMap((read) => observe.expand(read));
  return reasonsOf([{ what: 'the build', reads: all }]);
}

const reasonsOf = async (readers: readonly ServiceReader[]): Promise<string[]> =>
  touching(await known(), project.root)(readers).map(({ reason }) => reason);

const file = (name: string): Read => ({ kind: 'file', name });
const names = (name: string): Read => ({ kind: 'names', name, except: NO_SOURCES });
const tree = (name: string): Read => ({ kind: 'tree', name, except: NO_SOURCES });

describe('what a pull request touches', () => {
  it('is told of each kind of thing that is read', async () => {
    symlinkSync('../orders/lib', join(project.root, 'hello/linked'));
    base = commit();
    project.write({
      'orders/index.mjs': 'new',
      'orders/lib/b.mjs': '',
      'orders/new/c.mjs': '',
      'tsconfig.json': '',
    });
    rmSync(join(project.root, 'gone'), { recursive: true });
    git('rm', '--quiet', 'hello/index.mjs');
    commit();
    const told: readonly (readonly [Read, readonly string[]])[] = [
      [file('orders/index.mjs'), ['orders/index.mjs has changed']],
      [file('orders/lib/a.mjs'), []],
      [tree('orders/lib'), ['orders/lib/b.mjs is new']],
      [names('orders/lib'), ['orders/lib/b.mjs is new']],
      [names('orders'), ['orders/new is new']],
      [{ kind: 'names', name: 'orders', except: ['new'] }, []],
      [names('orders/new'), ['orders/new/c.mjs is new']],
      [file('tsconfig.json'), ['tsconfig.json is new']],
      [file('jsconfig.json'), []],
      [file('hello/index.mjs'), ['hello/index.mjs is gone']],
      [names(''), ['gone is gone', 'tsconfig.json is new']],
      [file('gone'), []],
      [file('gone/x'), ['gone/x is gone']],
      [file('hello/linked/b.mjs'), ['orders/lib/b.mjs is new']],
      [file('hello/linked/a.mjs'), []],
      [file('node_modules/x/index.js'), []],
      [file('made/out.js'), ['made/out.js is not in git, so that nobody knows whether it has changed']],
      [file('../elsewhere'), []],
      [{ kind: 'repository' }, ['it asks git for the commit']],
      [{ kind: 'variable', name: 'GITHUB_SHA' }, ['the variable GITHUB_SHA differs between runs']],
      [{ kind: 'program', name: '/bin/sh' }, []],
    ];
    const found = await Promise.all(told.map(async ([read]) => [read, (await reasons(read)).toSorted()]));
    expect(found).toEqual(told.map(([read, all]) => [read, all.map((each) => `${each} (the build)`)]));
  });

  it('leaves files that nobody reads, which are told of', async () => {
    project.write({ 'orders/index.mjs': 'new', 'orders/new/x': '', 'docs/a.md': '' });
    commit();
    const changes = await known();
    const observe = observer(project.context);
    const reads = observe.expand(names('orders'));
    const touches = touching(changes, project.root)([{ what: 'the build', reads }]);
    expect(unclaimed(changes, touches)).toEqual(['docs/a.md', 'orders/index.mjs']);
  });

  it('is told of a link that became something else, and of files that no commit has yet', async () => {
    symlinkSync('../orders/lib', join(project.root, 'hello/lib'));
    base = commit();
    rmSync(join(project.root, 'hello/lib'));
    project.write({ 'hello/lib/a.mjs': 'own', 'orders/index.mjs': 'generated' });
    expect(await reasons(file('hello/lib/a.mjs'))).toEqual(['hello/lib is gone (the build)']);
    expect(await reasons(tree('orders'))).toEqual(['orders/index.mjs has changed (the build)']);
  });

  it('is told of lock files in the place of packages, and of packages without one', async () => {
    project.write({ 'package-lock.json': '1' });
    expect(await reasons(file('node_modules/x/index.js'))).toEqual([
      'package-lock.json has changed (the build)',
    ]);
    git('rm', '--quiet', '--force', 'package-lock.json');
    base = commit();
    expect(await reasons(file('node_modules/x/index.js'))).toEqual([
      'no lock file tells which packages are in node_modules (the build)',
    ]);
  });

  it('is everything where nobody knows what is read', async () => {
    const reads = readsOf(project.root);
    reads.everything();
    expect(await reasons(...reads.all())).toContain('it asks git for the commit (the build)');
    expect(await reasonsOf([{ what: 'Orders', unknown: 'it is a program' }])).toEqual([
      'nobody knows what Orders reads: it is a program',
    ]);
  });
});

describe('what is compared', () => {
  it('is the merge with its first parent', async () => {
    git('checkout', '--quiet', '-b', 'change');
    project.write({ 'orders/index.mjs': 'new' });
    const head = commit();
    git('checkout', '--quiet', 'main');
    project.write({ 'hello/index.mjs': 'newer main' });
    const newer = commit();
    git('-c', 'user.email=dev@example.com', 'merge', '--quiet', '--no-ff', '-m', 'merge', 'change');
    expect(await since(base, head)).toMatchObject({
      base: newer,
      files: new Map([['orders/index.mjs', 'changed']]),
    });
    git('checkout', '--quiet', 'change');
    expect(await since(newer, head)).toMatchObject({
      base,
      files: new Map([['orders/index.mjs', 'changed']]),
    });
  });

  it('is unknown without the base, and without git', async () => {
    expect(await since('b'.repeat(40))).toEqual({
      kind: 'unknown',
      why: 'git does not have the base commit bbbbbbb here (actions/checkout with fetch-depth: 2 fetches it)',
    });
    rmSync(join(project.root, '.git'), { recursive: true });
    expect(await since(base)).toMatchObject({ kind: 'unknown' });
  });
});
