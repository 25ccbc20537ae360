import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { extractInto } from '../../src/github/cache-extract.ts';
import { type TarEntry, tarOf } from '../support/tar.ts';

let root: string;
let workspace: string;
let assets: string;
beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'extract-')));
  workspace = join(root, 'workspace');
  assets = join(workspace, '.sparta', 'assets');
  await mkdir(assets, { recursive: true });
  await writeFile(join(root, 'precious'), 'precious');
  await writeFile(join(workspace, 'package.json'), '{}');
});
afterEach(() => rm(root, { recursive: true }));

/** @returns the error, and what is in the workspace and beside it afterwards */
async function extract(entries: readonly TarEntry[], compress = zstdCompressSync as (tar: Buffer) => Buffer) {
  const archive = join(root, 'archive');
  await writeFile(archive, compress(tarOf(entries)));
  const folder = await mkdtemp(join(workspace, '.sparta', 'cache-'));
  const error = await extractInto(archive, folder, [{ from: '.sparta/assets', to: assets }]).then(
    () => '',
    ({ message }: Error) => message,
  );
  await rm(folder, { recursive: true });
  const files = await readdir(root, { recursive: true, withFileTypes: true });
  const left = files
    .filter((each) => !each.isDirectory())
    .map(({ parentPath, name }) => join(parentPath, name).slice(root.length + 1))
    .sort();
  return { error, left: left.filter((name) => name !== 'archive') };
}

const UNTOUCHED = ['precious', 'workspace/package.json'];
const good = { name: '.sparta/assets/a.zip', text: 'good' };

describe('what the cache gives back', () => {
  it.each([
    ['zstd', zstdCompressSync],
    ['gzip', gzipSync],
  ] as const)('is taken over where it belongs (%s)', async (_, compress) => {
    const { error, left } = await extract([good], compress as (tar: Buffer) => Buffer);
    expect(error).toBe('');
    expect(left).toEqual([UNTOUCHED[0], 'workspace/.sparta/assets/a.zip', UNTOUCHED[1]]);
  });

  it('replaces nothing that is there', async () => {
    await writeFile(join(assets, 'a.zip'), 'mine');
    expect((await extract([good])).error).toBe('');
    expect(await readFile(join(assets, 'a.zip'), 'utf8')).toBe('mine');
  });

  const POISONED: readonly [string, (outside: string) => readonly TarEntry[]][] = [
    ['an absolute name', (outside) => [{ name: outside, text: 'bad' }]],
    ['a name that leads out', () => [{ name: '../../../precious', text: 'bad' }]],
    ['a name that leads out later', () => [{ name: '.sparta/assets/../../../../../precious', text: 'bad' }]],
    ['another place of the workspace', () => [{ name: 'package.json', text: 'bad' }]],
    [
      'a link to a folder outside, and a file behind it',
      () => [
        { name: 'out', type: '2', link: '../../..' },
        { name: 'out/precious', text: 'bad' },
      ],
    ],
    [
      'an absolute link, and a file behind it',
      (outside) => [
        { name: 'out', type: '2', link: join(outside, '..') },
        { name: 'out/precious', text: 'bad' },
      ],
    ],
    [
      'a link in place of a file that is written next',
      (outside) => [
        { name: 'file', type: '2', link: outside },
        { name: 'file', text: 'bad' },
      ],
    ],
    [
      'a hard link to a file outside that is written next',
      (outside) => [
        { name: 'file', type: '1', link: outside },
        { name: 'file', text: 'bad' },
      ],
    ],
    [
      'the folder that is restored as a link to one outside',
      () => [
        { name: '.sparta', type: '5' },
        { name: '.sparta/assets', type: '2', link: '../../../..' },
      ],
    ],
  ];
  it.each(POISONED)('writes nothing elsewhere, given %s', async (_, entries) => {
    const { left } = await extract(entries(join(root, 'precious')));
    expect(left).toEqual(UNTOUCHED);
    expect(await readFile(join(root, 'precious'), 'utf8')).toBe('precious');
    expect(await readFile(join(workspace, 'package.json'), 'utf8')).toBe('{}');
  });

  it('is refused as a whole when it holds a pipe', async () => {
    const { error, left } = await extract([good, { name: '.sparta/assets/pipe', type: '6' }]);
    expect(error).toContain('neither a file nor a folder');
    expect(left).toEqual(UNTOUCHED);
  });

  it('is refused when it is cut off', async () => {
    const cut = (tar: Buffer) => zstdCompressSync(tar).subarray(0, 60);
    const { error, left } = await extract([good], cut);
    expect(error).not.toBe('');
    expect(left).toEqual(UNTOUCHED);
  });
});
