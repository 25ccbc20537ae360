import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as core from '@actions/core';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import * as own from '../../src/github/outputs.ts';

const FILES = ['GITHUB_ENV', 'GITHUB_OUTPUT', 'GITHUB_STATE'] as const;
const VALUES = ['', 'plain', 'two\nlines', 'a % b\r\n:: , ::error::c', '{"a": "ä"}'];

let folder: string;
const before = { ...process.env };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'commands-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  jest.restoreAllMocks();
  for (const name of [...FILES, 'SPARTA_TRIED']) {
    if (before[name] === undefined) delete process.env[name];
    else process.env[name] = before[name];
  }
});

/** What each command does with each value: the log, the files, and the variable here. */
function done(
  commands: Pick<typeof core, 'exportVariable' | 'saveState' | 'setOutput'>,
  hasFiles: boolean,
): string {
  const written: string[] = [];
  for (const name of FILES) {
    const file = join(folder, name);
    writeFileSync(file, '');
    if (hasFiles) process.env[name] = file;
    else delete process.env[name];
  }
  const log = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  for (const value of VALUES) {
    commands.setOutput('some-output', value);
    commands.saveState('state', value);
    commands.exportVariable('SPARTA_TRIED', value);
    written.push(process.env.SPARTA_TRIED ?? '');
  }
  log.mockRestore();
  return [...written, ...FILES.map((name) => readFileSync(join(folder, name), 'utf8'))]
    .join('|')
    .replaceAll(/ghadelimiter_[0-9a-f-]{36}/g, 'DELIMITER');
}

describe('file commands are those of @actions/core', () => {
  it('where the runner has files for them', () => {
    const ours = done(own, true);
    expect(ours).toBe(done(core, true));
    expect(ours.match(/DELIMITER/g)).toHaveLength(VALUES.length * FILES.length * 2);
  });

  it('where it has none', () => expect(done(own, false)).toBe(done(core, false)));

  it('where a file is missing', () => {
    process.env.GITHUB_OUTPUT = join(folder, 'none');
    expect(() => own.setOutput('a', 'b')).toThrow('Missing file at path');
  });
});
