import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sha256 } from '../../../src/hash/canonical.ts';
import { fileIndex } from '../../../src/packaging/inputs/file-index.ts';
import type { Workspace } from '../../../src/packaging/workspace/workspace.ts';

let root: string;
let space: Workspace;
let stored: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'index-')));
  space = { root, allowOutside: false };
  stored = join(root, '.sparta', 'index.json');
});
afterEach(() => rmSync(root, { recursive: true }));

/** The hash as a new run finds it. */
function hashNow(path: string): string {
  const index = fileIndex(stored);
  const { hash } = index.content(space, path);
  index.save();
  return hash;
}

const entries = (): number =>
  (JSON.parse(readFileSync(stored, 'utf8')) as { files: unknown[] }).files.length / 2;

describe('the index of files', () => {
  it('takes an old hash for a file that is as it was: it is not read', async () => {
    const path = join(root, 'a');
    writeFileSync(path, 'text');
    await pause(50);
    expect(hashNow(path)).toBe(sha256('text'));
    expect(entries()).toBe(1);
    writeFileSync(stored, readFileSync(stored, 'utf8').replace(sha256('text'), 'f'.repeat(64)));
    expect(hashNow(path)).toBe('f'.repeat(64));
  });

  it('reads a file again that was just written, as a change in the same tick would not show', () => {
    for (let round = 0; round < 300; round++) {
      const path = join(root, `file${round}`);
      writeFileSync(path, 'old!');
      expect(hashNow(path)).toBe(sha256('old!'));
      writeFileSync(path, 'new!');
      expect(hashNow(path)).toBe(sha256('new!'));
    }
  });

  it('sees a change that keeps size and time', async () => {
    const path = join(root, 'a');
    writeFileSync(path, 'old!');
    const { atime, mtime } = statSync(path);
    await pause(50);
    hashNow(path);
    writeFileSync(path, 'new!');
    utimesSync(path, atime, mtime);
    expect(statSync(path).mtimeMs).toBe(mtime.getTime());
    expect(hashNow(path)).toBe(sha256('new!'));
  });

  it('believes no entry for a file that counts its time in whole seconds, until two have passed', async () => {
    const path = join(root, 'a');
    writeFileSync(path, 'x');
    await pause(50);
    hashNow(path);
    const text = readFileSync(stored, 'utf8');
    expect(entries()).toBe(1);
    // As if it came from such a file system: neither time has a fraction, so the entry is of another file.
    writeFileSync(
      stored,
      text.replaceAll(/\d+\.\d+/g, (number) => String(Math.floor(Number(number) / 1000) * 1000)),
    );
    expect(hashNow(path)).toBe(sha256('x'));
  });

  it.each(['', '{', '{"format":1}', '{"format":99,"files":[]}', '{"format":2,"files":[1]}'])(
    'is empty where it holds %j',
    (text) => {
      const path = join(root, 'a');
      writeFileSync(path, 'x');
      mkdirSync(join(root, '.sparta'));
      writeFileSync(stored, text);
      expect(hashNow(path)).toBe(sha256('x'));
    },
  );

  it('refuses what is no file of the workspace', () => {
    expect(() =>
      fileIndex().content({ root: join(root, 'sub'), allowOutside: false }, '/etc/passwd'),
    ).toThrow('not a regular file of the workspace');
  });
});
