import { mkdir, readdir, readFile, realpath, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { saveTest } from '../../../src/commands/console/files.ts';
import { workspace } from '../../../src/packaging/workspace/workspace.ts';
import type { Run } from '../../../src/stages/run.ts';
import { makeWorkspace } from '../../support/runner.ts';

let made: Awaited<ReturnType<typeof makeWorkspace>>;
let outside: Awaited<ReturnType<typeof makeWorkspace>>;
let root: string;
beforeEach(async () => {
  [made, outside] = [await makeWorkspace({}), await makeWorkspace({})];
  root = await realpath(made.path);
});
afterEach(() => Promise.all([made.remove(), outside.remove()]));

const save = (target: string) =>
  saveTest({ name: 'works', function: target, payload: {}, expect: { status: 200 } }, {
    source: { space: workspace(root, false), workingDirectory: root },
    host: { workspace: root },
  } as unknown as Run);

it('saves a test of a function in its folder', async () => {
  expect(await save('Child/Orders')).toBe('events/Orders/works.json');
  expect(JSON.parse(await readFile(join(root, 'events/Orders/works.json'), 'utf8'))).toMatchObject({
    function: 'Child/Orders',
  });
});

it.each(['Orders/..', '..', '.', 'Orders/', ''])('saves none of %j, which is no function', async (target) => {
  await expect(save(target)).rejects.toThrow('there is no function');
  expect(await readdir(root)).toEqual([]);
});

it.each(['events', 'events/Orders'])('makes nothing behind a link in the place of %s', async (link) => {
  await mkdir(join(root, link, '..'), { recursive: true });
  await symlink(outside.path, join(root, link));
  await expect(save('Orders')).rejects.toThrow('is a link out of the workspace');
  expect(await readdir(outside.path)).toEqual([]);
});
