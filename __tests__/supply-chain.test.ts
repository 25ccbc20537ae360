import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';

const root = resolve(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

interface Package {
  readonly dependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
}
interface Lock {
  readonly packages: Record<string, { readonly integrity?: string; readonly link?: true }>;
}
interface Workflow {
  readonly permissions?: Record<string, string>;
  readonly jobs: Record<string, { readonly steps?: readonly { readonly uses?: string }[] }>;
}

const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Package;

describe('what is not ours', () => {
  it('is locked with its digest', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as Lock;
    const loose = Object.entries(packages).filter(([path, { integrity }]) => path !== '' && !integrity);
    expect(loose).toEqual([]);
    expect(Object.keys(packages).length).toBeGreaterThan(100);
  });

  it('is listed with its reason', () => {
    const page = read('docs/dependencies.md');
    const names = [...Object.keys(dependencies), ...Object.keys(devDependencies)];
    const listed = (name: string) =>
      page.includes(`\`${name}\``) ||
      page.includes(`\`${name.replace(/(@aws-sdk\/client-|@types\/).*/, '$1')}*\``);
    expect(names.filter((name) => !listed(name))).toEqual([]);
  });

  it('has its licence beside the bundle that it is in', () => {
    const licences = read('dist/licenses.txt').split('\n');
    expect(Object.keys(dependencies).filter((name) => !licences.includes(name))).toEqual([]);
  });
});

it('every test that SECURITY.md names is there', () => {
  const named = [...read('SECURITY.md').matchAll(/`([\w/-]+(?:\.test\.ts|\/))`/g)].map(
    ([, name = '']) => name,
  );
  const missing = named.filter((name) => name !== '.sparta/' && !existsSync(join(root, '__tests__', name)));
  expect(missing.filter((name) => !existsSync(join(root, name)))).toEqual([]);
  expect(named.length).toBeGreaterThan(20);
});

describe('workflows of our own', () => {
  const folder = '.github/workflows';
  it.each(readdirSync(join(root, folder)))('%s names commits, and asks for no more than it needs', (name) => {
    const { permissions, jobs } = parse(read(join(folder, name))) as Workflow;
    expect(permissions).toEqual({ contents: 'read' });
    const used = Object.values(jobs).flatMap(({ steps = [] }) => steps.map(({ uses }) => uses));
    for (const uses of used) if (uses && !uses.startsWith('./')) expect(uses).toMatch(/@[0-9a-f]{40}$/);
  });
});
