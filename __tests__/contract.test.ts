import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { readmeWithTables, statesWithTable } from '../scripts/docs.ts';
import { STACK_STATES } from '../src/aws/stack/stack-states.ts';
import { INPUTS } from '../src/inputs.ts';
import { NO_OUTPUTS } from '../src/outcome.ts';

const root = resolve(import.meta.dirname, '..');
const read = (name: string) => readFileSync(resolve(root, name), 'utf8');
const action = parse(read('action.yml')) as {
  inputs: Record<string, { description?: string; default?: string }>;
  outputs: Record<string, { description?: string }>;
  runs: { using: string; main: string; post: string };
};

describe('action.yml', () => {
  it('has the inputs that the code reads, with the same defaults', () => {
    const fromCode = Object.entries(INPUTS).map(([name, spec]) => [name, spec.default]);
    const fromFile = Object.entries(action.inputs).map(([name, { default: text = '' }]) => [
      name,
      text.startsWith('${{') ? '' : text,
    ]);
    expect(fromFile).toEqual(fromCode);
  });

  it('has the outputs that the code sets', () => {
    expect(Object.keys(action.outputs)).toEqual(Object.keys(NO_OUTPUTS));
  });

  it('describes everything, and starts files that exist', () => {
    for (const each of [...Object.values(action.inputs), ...Object.values(action.outputs)])
      expect(each.description).toBeTruthy();
    expect(action.runs.using).toBe('node24');
    for (const file of [action.runs.main, action.runs.post]) expect(read(file)).toContain('bundle.js');
  });
});

describe('README.md', () => {
  it('has the tables that action.yml gives (node scripts/docs.ts)', () => {
    expect(readmeWithTables(read('README.md'), read('action.yml'))).toBe(read('README.md'));
  });
});

it('docs/stack-states.md has the table of the code (node scripts/docs.ts)', () => {
  const page = read('docs/stack-states.md');
  expect(statesWithTable(page)).toBe(page);
  for (const status of Object.keys(STACK_STATES)) expect(page).toContain(`\`${status}\``);
});
