import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { doorsWithTables, readmeWithTables, statesWithTable } from '../scripts/docs.ts';
import { STACK_STATES } from '../src/aws/stack/stack-states.ts';
import { INPUTS } from '../src/inputs.ts';
import { NO_OUTPUTS } from '../src/outcome.ts';

const root = resolve(import.meta.dirname, '..');
const read = (name: string) => readFileSync(resolve(root, name), 'utf8');
const action = parse(read('action.yml')) as {
  name: string;
  description: string;
  branding: { icon: string; color: string };
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

describe('what the Marketplace asks of an action', () => {
  it('is one metadata file at the root, with a name that is not a category or a feature of GitHub', () => {
    expect(existsSync(resolve(root, 'action.yaml'))).toBe(false);
    const elsewhere = readdirSync(root).filter((name) => existsSync(resolve(root, name, 'action.yml')));
    expect(elsewhere).toEqual([]);
    // Its address in the Marketplace is made of the name.
    expect(action.name).toMatch(/^[A-Za-z][\w -]{2,60}$/);
    expect(action.name).not.toMatch(/^(github|actions?|deployment|testing|security)$/i);
  });

  it('is a description of at most 125 characters', () => {
    expect(action.description.length).toBeGreaterThan(20);
    expect(action.description.length).toBeLessThanOrEqual(125);
  });

  it('is an icon of Feather and one of eight colours', () => {
    const colours = ['white', 'black', 'yellow', 'blue', 'green', 'orange', 'red', 'purple', 'gray-dark'];
    expect(colours).toContain(action.branding.color);
    // Of Feather's icons, these are left out.
    const leftOut = [
      'coffee',
      'columns',
      'divide-circle',
      'divide-square',
      'divide',
      'frown',
      'hexagon',
      'key',
    ];
    expect(action.branding.icon).toMatch(/^[a-z]+(-[a-z0-9]+)*$/);
    expect([...leftOut, 'meh', 'mouse-pointer', 'smile', 'tool', 'x-octagon']).not.toContain(
      action.branding.icon,
    );
  });

  it('is a README.md that shows how it is used, and a licence', () => {
    expect(read('README.md')).toMatch(/^# sparta-action\n/);
    expect(read('README.md')).toMatch(/uses: [\w-]+\/sparta-action@v1/);
    expect(read('LICENSE')).toContain('Apache License');
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

it('docs/diff.md has the tables of the code (node scripts/docs.ts)', () => {
  const page = read('docs/diff.md');
  expect(doorsWithTables(page)).toBe(page);
});
