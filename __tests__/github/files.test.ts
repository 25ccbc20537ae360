import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { actionLog } from '../../src/github/log.ts';
import { setOutputs } from '../../src/github/outputs.ts';
import { SUMMARY_LIMIT, writeSummary } from '../../src/github/summary.ts';
import { parseFileCommands } from '../support/runner.ts';

let folder: string;
let file: string;
let lines: string[];
const log = actionLog((line) => lines.push(line), { debug: false, workspace: process.cwd() });
const before = process.env.GITHUB_OUTPUT;

beforeEach(() => {
  lines = [];
  folder = mkdtempSync(join(tmpdir(), 'files-'));
  file = join(folder, 'file');
  writeFileSync(file, '');
  process.env.GITHUB_OUTPUT = file;
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  if (before === undefined) delete process.env.GITHUB_OUTPUT;
  else process.env.GITHUB_OUTPUT = before;
});

const written = () => parseFileCommands(readFileSync(file, 'utf8'));

describe('outputs', () => {
  it('are the fixed ones and those of the stack', () => {
    setOutputs({ changed: 'true' }, { TableName: 'orders' }, log);
    expect(written()).toEqual({ changed: 'true', TableName: 'orders' });
    expect(lines).toEqual([]);
  });

  it('of the stack do not replace fixed ones or one another, in any case', () => {
    setOutputs({ 'stack-id': 'ours', outputs: '{}' }, { Outputs: 'x', Url: '1', URL: '2' }, log);
    expect(written()).toEqual({ 'stack-id': 'ours', outputs: '{}', Url: '1' });
    expect(lines).toEqual([
      expect.stringMatching(/^::warning::The stack output Outputs .*fromJSON\(.*\)\.Outputs$/),
      expect.stringMatching(/^::warning::The stack output URL has the name of the stack output Url/),
    ]);
  });

  it('are what they are, whatever lines they have: none is forged', () => {
    const forgery = fc.constantFrom(
      'changed=true',
      'changed<<x\ntrue\nx',
      'ghadelimiter_',
      '::set-output name=changed::true',
    );
    const value = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(forgery).map((parts) => parts.join('\n')),
    );
    fc.assert(
      fc.property(value, (text) => {
        writeFileSync(file, '');
        setOutputs({ changed: 'false' }, { Hostile: text, Last: 'z' }, log);
        expect(written()).toEqual({ changed: 'false', Hostile: text, Last: 'z' });
      }),
      { numRuns: 200 },
    );
  });
});

describe('the job summary', () => {
  it('is added to', async () => {
    await writeSummary(file, '# one', log);
    await writeSummary(file, '# two', log);
    expect(readFileSync(file, 'utf8')).toBe('# one\n# two\n');
  });

  it('is left as it is when it would be too long', async () => {
    await writeSummary(file, '# one', log);
    await writeSummary(file, 'x'.repeat(SUMMARY_LIMIT - 3), log);
    expect(readFileSync(file, 'utf8')).toBe('# one\n');
    expect(lines).toEqual([expect.stringContaining('::warning::The job summary was left')]);
  });

  it('only warns when it cannot be written', async () => {
    await writeSummary(join(folder, 'missing', 'file'), 'x', log);
    expect(lines).toEqual([expect.stringContaining('::warning::The job summary could not be written')]);
    await writeSummary(undefined, 'x', log);
    expect(lines).toHaveLength(1);
  });
});
