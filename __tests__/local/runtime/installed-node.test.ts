/** Installing a Node.js from npm: side by side, and after one that was broken off. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { installedNode } from '../../../src/local/runtime/installed-node.ts';

/** Writes what npm would, in two steps, and does not find anything there before. */
const NPM = `#!/bin/sh
set -e
echo "$@" >> "$(dirname "$0")/calls"
test -e "$(dirname "$0")/fails" && exit 1
folder="$3/node_modules/$(echo "$8" | sed 's/@.*//')/bin"
test ! -e "$folder"
mkdir -p "$folder"
while test ! -e "$(dirname "$0")/go"; do sleep 0.01; done
echo node > "$folder/node"
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'installed-node-'));
  mkdirSync(join(folder, 'bin'));
  mkdirSync(join(folder, 'runtimes'));
  writeFileSync(join(folder, 'bin', 'npm'), NPM);
  chmodSync(join(folder, 'bin', 'npm'), 0o755);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const install = (): Promise<string> => installedNode('22', runtimes(), join(folder, 'bin', 'npm'));
const runtimes = (): string => join(folder, 'runtimes');
const calls = (): number =>
  readFileSync(join(folder, 'bin', 'calls'), 'utf8')
    .trim()
    .split('\n').length;
const go = (): void => writeFileSync(join(folder, 'bin', 'go'), '');

describe('Node.js from npm', () => {
  it('is installed once for functions that start side by side', async () => {
    const found = [install(), install()];
    go();
    const [first, second] = await Promise.all(found);
    expect(first).toBe(second);
    expect(existsSync(first ?? '')).toBe(true);
    expect(calls()).toBe(1);
    expect(readdirSync(runtimes())).toEqual(['node22']);
    await install();
    expect(calls()).toBe(1);
  });

  it('takes the place of one that was broken off', async () => {
    mkdirSync(join(runtimes(), 'node22', 'node_modules'), { recursive: true });
    go();
    expect(existsSync(await install())).toBe(true);
    expect(readdirSync(runtimes())).toEqual(['node22']);
  });

  it('leaves nothing when npm fails, and is tried again', async () => {
    writeFileSync(join(folder, 'bin', 'fails'), '');
    await expect(install()).rejects.toThrow('npm');
    expect(readdirSync(runtimes())).toEqual([]);
    rmSync(join(folder, 'bin', 'fails'));
    go();
    expect(existsSync(await install())).toBe(true);
  });
});
