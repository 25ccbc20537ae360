import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { fileIndex } from '../../../src/packaging/inputs/file-index.ts';
import { workspace } from '../../../src/packaging/workspace/workspace.ts';
import type { LocalAsset } from '../../../src/sources/draft.ts';
import { packageArchives } from '../../../src/stages/assemble/package-archives.ts';
import { memoryLog } from '../../packaging/support.ts';

const FUNCTIONS = 12;

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'package-archives-')));
});
afterEach(() => rmSync(root, { recursive: true }));

function functionAt(index: number): LocalAsset {
  const path = join(root, `fn${index}`);
  mkdirSync(path);
  writeFileSync(join(path, 'index.js'), `exports.handler = async () => ${index};\n`);
  return {
    owner: `Fn${index}`,
    written: path,
    path,
    packaging: 'archive',
    forLambda: true,
    targets: [],
  };
}

it('makes archives of small files and lets the event loop turn between any two of them', async () => {
  const assets = Array.from({ length: FUNCTIONS }, (_, index) => functionAt(index));
  let turns = 0;
  let isDone = false;
  const turn = (): void => {
    turns++;
    if (!isDone) setImmediate(turn);
  };
  setImmediate(turn);
  const packaged = await packageArchives(
    assets,
    {
      space: workspace(root, false),
      output: join(root, '.sparta'),
      reuse: true,
      isEmpty: true,
      files: fileIndex(),
      used: new Set(),
    },
    memoryLog(),
  );
  isDone = true;
  expect(packaged.size).toBe(FUNCTIONS);
  expect(turns).toBeGreaterThanOrEqual(FUNCTIONS - 1);
});
