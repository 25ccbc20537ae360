import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { observer } from '../../../src/packaging/inputs/observe.ts';
import { readsOf } from '../../../src/packaging/inputs/reads.ts';
import {
  changeText,
  firstChange,
  readRecord,
  recordOf,
  writeRecord,
} from '../../../src/packaging/inputs/record.ts';
import { makeProject, type Project } from '../support.ts';

let project: Project;
beforeEach(() => {
  project = makeProject({
    'a/x': 'x',
    'a/deep/y': 'y',
    'b/z': 'z',
    'a/.sparta/made': 'x',
    '../out/side': 'x',
  });
});
afterEach(() => project.remove());

/** What has changed of everything in a folder since `change`. */
function since(folder: string, change: () => void): string | undefined {
  const reads = readsOf(project.root);
  reads.tree(folder);
  const stored = JSON.stringify(writeRecord(recordOf(reads.all(), observer(project.context))));
  change();
  const record = readRecord(JSON.parse(stored)) ?? [];
  const found = firstChange(record, observer(project.context));
  return found && changeText(found);
}

describe('a record of what was read', () => {
  it.each([
    ['nothing', () => undefined, undefined],
    ['a file', () => project.write({ 'a/deep/y': 'changed' }), 'a/deep/y has changed'],
    ['a new file', () => project.write({ 'a/deep/new': '' }), 'the names in a/deep have changed'],
    ['a new folder', () => project.write({ 'a/new/file': '' }), 'the names in a have changed'],
    ['a file elsewhere', () => project.write({ 'b/z': 'changed' }), undefined],
    ['what we write', () => project.write({ 'a/.sparta/made': 'changed' }), undefined],
  ])('knows %s', (_, change, expected) => {
    expect(since('a', change)).toBe(expected);
  });

  it('follows links to files and folders, in circles once', () => {
    symlinkSync('../b', join(project.root, 'a', 'linked'));
    symlinkSync('../..', join(project.root, 'a', 'deep', 'up'));
    symlinkSync('../../out/side', join(project.root, 'a', 'side'));
    expect(since('a', () => undefined)).toBeUndefined();
    expect(since('a', () => project.write({ 'b/z': 'changed' }))).toMatch(/\/z has changed$/);
    expect(since('a', () => project.write({ '../out/side': 'changed' }))).toBe('a/side has changed');
  });

  it.each([null, {}, [1], [['file']], [['file', 'x']], [['other', 'x', 'y']], [['file', 1, 'y']], [[]]])(
    'is none of ours: %j',
    (value) => {
      expect(readRecord(value)).toBeUndefined();
    },
  );
});
