/** `node scripts/docs.ts`: writes the tables of inputs and outputs into README.md from action.yml, and those of the code. */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { type Reaction, STACK_STATES } from '../src/aws/stack/stack-states.ts';
import { EXPOSURE_TABLES } from '../src/template/iam/exposure.ts';
import { PROTECTION_TABLE } from '../src/template/iam/protection.ts';
import type { DoorRow, Table } from '../src/template/iam/table/rows.ts';

const root = resolve(import.meta.dirname, '..');

interface ActionFile {
  readonly inputs: Record<string, { description: string; default?: string }>;
  readonly outputs: Record<string, { description: string }>;
}

const cell = (text: string): string => text.trim().replace(/\s+/g, ' ').replaceAll('|', '\\|');

/** A text with the table between two marks made anew. */
const between = (text: string, mark: string, table: readonly string[]): string =>
  text.replace(
    new RegExp(`(<!-- ${mark} -->\n)[^]*?(<!-- /${mark} -->)`),
    (_, start: string, end: string) => `${start}\n${table.join('\n')}\n\n${end}`,
  );

/** What each reaction is, in words. */
const REACTIONS: Readonly<Record<Reaction, string>> = {
  create: 'The stack is created. Change sets that this action left behind and never executed are deleted.',
  update: 'It is updated.',
  recreate:
    'CloudFormation can only delete it. It is deleted and created again, which the log says; with `on-failure: keep` it is an error instead. Resources that stay in the way are named.',
  'continue-rollback':
    'The rollback is continued, without the resources that `skip-resources` names, then the stack is updated. If it fails again, the resource that is in the way is named.',
  wait: 'Another operation is running. Its end is waited for, up to `timeout`; then the stack is looked at afresh.',
};

/** docs/stack-states.md with its table made anew from the one in the code. */
export function statesWithTable(page: string): string {
  const states = Object.entries(STACK_STATES);
  const rows = (Object.keys(REACTIONS) as Reaction[]).map((reaction) => {
    const names = states.filter(([, state]) => state.reaction === reaction).map(([name]) => `\`${name}\``);
    const all = reaction === 'create' ? ['no stack', ...names] : names;
    return `| ${all.join(', ')} | ${REACTIONS[reaction]} |`;
  });
  return between(page, 'states', ['| Status | What is done |', '|---|---|', ...rows]);
}

/** Of a class of rows; the rest is counted. */
const EXAMPLES = 3;

/** docs/diff.md with its tables of what opens and protects made anew. */
export function doorsWithTables(page: string): string {
  const classes = ({ all }: Table, name: (row: DoorRow) => string): string[] =>
    [...Map.groupBy(all(), name)].map(([title, rows]) => {
      const shown = rows
        .slice(0, EXAMPLES)
        .map(
          ({ type, path }) =>
            `\`${[type, ...(path.length === 0 ? [] : [path.filter((step) => step !== '@json').join('.')])].join(' ')}\``,
        );
      const rest = rows.length > EXAMPLES ? [`and ${rows.length - EXAMPLES} more`] : [];
      return `| ${title} | ${[...shown, ...rest].join('; ')} |`;
    });
  const whom = ({ what, whom: to }: DoorRow): string =>
    `${cell(what)} | ${to === '*' ? 'everybody' : cell(to)}`;
  return [
    [
      'exposures',
      ['| What is opened | To whom | By which properties |', '|---|---|---|'],
      classes(EXPOSURE_TABLES.public, whom),
    ],
    [
      'powers',
      ['| Power | By which properties |', '|---|---|'],
      classes(EXPOSURE_TABLES.powerful, ({ what }) => what),
    ],
    [
      'protections',
      ['| Protection | By which properties |', '|---|---|'],
      classes(PROTECTION_TABLE, ({ what }) => what),
    ],
  ].reduce(
    (text, [mark, head, rows]) => between(text, String(mark), [...(head ?? []), ...(rows ?? [])]),
    page,
  );
}

/** README.md with its tables made anew. */
export function readmeWithTables(readme: string, actionYml: string): string {
  const { inputs, outputs } = parse(actionYml) as ActionFile;
  const inputRows = Object.entries(inputs).map(
    ([name, { description, default: text }]) =>
      `| \`${name}\` | ${cell(description)} | ${text ? `\`${text}\`` : ''} |`,
  );
  const outputRows = Object.entries(outputs).map(
    ([name, { description }]) => `| \`${name}\` | ${cell(description)} |`,
  );
  const withInputs = between(readme, 'inputs', [
    '| Input | Meaning | Default |',
    '|---|---|---|',
    ...inputRows,
  ]);
  return between(withInputs, 'outputs', ['| Output | Meaning |', '|---|---|', ...outputRows]);
}

if (process.argv[1] === import.meta.filename) {
  const path = resolve(root, 'README.md');
  writeFileSync(
    path,
    readmeWithTables(readFileSync(path, 'utf8'), readFileSync(resolve(root, 'action.yml'), 'utf8')),
  );
  const states = resolve(root, 'docs/stack-states.md');
  writeFileSync(states, statesWithTable(readFileSync(states, 'utf8')));
  const diff = resolve(root, 'docs/diff.md');
  writeFileSync(diff, doorsWithTables(readFileSync(diff, 'utf8')));
}
