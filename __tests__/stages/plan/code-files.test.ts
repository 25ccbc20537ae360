import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { StackAssembly } from '../../../src/assembly/types.ts';
import { type Archive, createArchive } from '../../../src/packaging/archive/archive.ts';
import { walk } from '../../../src/packaging/workspace/walk.ts';
import { workspace } from '../../../src/packaging/workspace/workspace.ts';
import { codeFiles, installNotes } from '../../../src/stages/plan/code-files.ts';
import { stackReport } from '../../report/sample.ts';

let scratch: string;
let [old, now]: (Archive | undefined)[] = [];
beforeAll(async () => {
  scratch = realpathSync(mkdtempSync(join(tmpdir(), 'sparta-code-files-')));
  const archive = (name: string, files: Readonly<Record<string, string>>) => {
    const root = join(scratch, name);
    mkdirSync(root);
    for (const [file, content] of Object.entries(files)) writeFileSync(join(root, file), content);
    const space = workspace(scratch, false);
    return createArchive(space, walk(space, root), join(scratch, 'assets'));
  };
  old = await archive('old', { 'index.mjs': '1', 'gone.mjs': '1', 'same.mjs': '1' });
  now = await archive('now', { 'index.mjs': '2', 'new.mjs': '1', 'same.mjs': '1' });
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const filesFrom = (before: string) => {
  const lambda = (hash = '') => ({
    Orders: {
      Type: 'AWS::Lambda::Function',
      Properties: { Code: { S3Bucket: 'b', S3Key: `p/${hash}.zip` } },
    },
  });
  const target = { kind: 'property', path: ['Resources', 'Orders', 'Properties', 'Code'] };
  const stack = { assets: [{ kind: 'zip', path: now?.path, targets: [target] }] } as unknown as StackAssembly;
  return codeFiles(stack, { diff: stackReport(lambda(before), lambda(now?.hash)).diff, madeBy: {} });
};

test('compares with the former archive where it lies beside the new one', async () => {
  expect(await filesFrom(old?.hash ?? '')).toEqual({
    Orders: {
      sizeBefore: old?.size,
      changes: [
        { kind: 'removed', name: 'gone.mjs' },
        { kind: 'changed', name: 'index.mjs' },
        { kind: 'added', name: 'new.mjs' },
      ],
      more: 0,
    },
  });
});

test('tells packages that are new and run a program when they are installed', () => {
  const change = { ecosystem: 'npm', name: 'native', after: '3.0.0', installs: true } as const;
  const files = { sizeBefore: 1, changes: [], more: 0 };
  const notes = installNotes({
    Orders: { ...files, packages: [{ ...change, kind: 'added' }] },
    Other: { ...files, packages: [{ ...change, kind: 'updated', before: '2.0.0' }] },
    Quiet: files,
  });
  expect(notes).toEqual([
    'Orders: the package native 3.0.0 is new and runs a program of its own when it is installed',
    'Other: the package native 3.0.0 runs, since this version, a program of its own when it is installed',
  ]);
});

test('finds the archive of a web function for the revision that SAM makes of it', async () => {
  const revision = (hash = '') => ({
    SiteRevision: {
      Type: 'AWS::Lambda::WebFunctionRevision',
      Properties: { BuildConfig: { CodeConfig: { S3Object: { Bucket: 'b', Key: `p/${hash}.zip` } } } },
    },
  });
  const target = { kind: 'property', path: ['Resources', 'Site', 'Properties', 'CodeUri'] };
  const stack = { assets: [{ kind: 'zip', path: now?.path, targets: [target] }] } as unknown as StackAssembly;
  const { diff } = stackReport(revision(old?.hash), revision(now?.hash));
  const found = await codeFiles(stack, { diff, madeBy: { SiteRevision: 'Site' } });
  expect(found.SiteRevision?.changes).toHaveLength(3);
});

test('says nothing of an archive that is not there, or is not what its name says', async () => {
  const forged = 'f'.repeat(64);
  expect(await filesFrom(forged)).toEqual({});
  renameSync(old?.path ?? '', join(scratch, 'assets', `${forged}.zip`));
  expect(await filesFrom(forged)).toEqual({});
});
