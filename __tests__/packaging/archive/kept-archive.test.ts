import { mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { keptArchive } from '../../../src/packaging/archive/kept-archive.ts';
import { fileIndex } from '../../../src/packaging/inputs/file-index.ts';
import { walk } from '../../../src/packaging/workspace/walk.ts';
import { workspace } from '../../../src/packaging/workspace/workspace.ts';

let root: string;
beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'kept-')));
  await mkdir(join(root, 'code', 'empty'), { recursive: true });
  await writeFile(join(root, 'code', 'index.js'), 'one');
  await writeFile(join(root, 'code', 'run.sh'), '#!/bin/sh\n', { mode: 0o755 });
  await writeFile(join(root, 'shared.js'), 'two');
  await symlink('index.js', join(root, 'code', 'inside.js'));
  await symlink('../shared.js', join(root, 'code', 'shared.js'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function keep(output: string, isEmpty: boolean) {
  const space = workspace(root, false);
  const files = fileIndex(join(root, output, 'index.json'));
  const used = new Set<string>();
  const kept = await keptArchive(walk(space, join(root, 'code')), {
    space,
    output: join(root, output),
    reuse: true,
    isEmpty,
    files,
    used,
  });
  files.save();
  return { ...kept, used: [...used].sort() };
}

it('keeps the same archive under the same key, whether files are read once or twice', async () => {
  const once = await keep('once', true);
  const twice = await keep('twice', false);
  expect(once.fresh && twice.fresh).toBe(true);
  expect(once.used).toEqual(twice.used);
  expect(await readFile(once.archive.path)).toEqual(await readFile(twice.archive.path));
  for (const folder of ['artifacts', 'assets'])
    expect(await readdir(join(root, 'once', folder))).toEqual(await readdir(join(root, 'twice', folder)));
});

it('finds what was read once in a later run, until a file changes', async () => {
  const first = await keep('once', true);
  expect(await keep('once', false)).toEqual({ ...first, fresh: false });
  await writeFile(join(root, 'shared.js'), 'owt');
  const changed = await keep('once', false);
  expect(changed.fresh).toBe(true);
  expect(changed.archive.hash).not.toBe(first.archive.hash);
});
