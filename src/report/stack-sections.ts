import { problemLine } from '../problem.ts';
import { type Caution, cautions } from './cautions.ts';
import { environmentMarkdown } from './environments/environment.ts';
import { code, codeBlock, inHtmlBlock, plain, shortened } from './escape.ts';
import type { Section } from './fit.ts';
import type { StackReport } from './model.ts';
import { changeRows, foldedTitle, type Row, resourceBlocks } from './rows.ts';
import {
  executionsOf,
  functionRows,
  otherLines,
  permissionLines,
  smokeSummary,
  verificationSummary,
} from './sections.ts';
import { SIZING_NOTE, sizingRows } from './sizing.ts';
import { instanceTable } from './stack-sets/instances.ts';
import { type Action, changeWords } from './verdict.ts';

export const STATE_ICONS: Readonly<Record<StackReport['state'], string>> = {
  preview: '🔍',
  deployed: '✅',
  unchanged: '✅',
  deleted: '🗑️',
  tested: '🧪',
  failed: '❌',
};
export const ACTION_ICONS: Readonly<Record<Action, string>> = {
  replaced: '🔴',
  'may be replaced': '🟠',
  removed: '🔴',
  updated: '🟡',
  'new revision': '🔵',
  code: '🔵',
  moved: '🔵',
  imported: '🟢',
  added: '🟢',
};
/** Details of fewer lines are open from the start. */
const OPEN_LINES = 10;
/** Of one resource; the rest is counted. */
const MOST_LINES = 400;
const LONGEST_LINE = 1_000;
/** What a caution, and a list of errors, come down to when there is no room for more. */
const LIST_LENGTHS = [50, 10, 0] as const;

/** What is told of one stack, below its verdict. */
export function stackSections(stack: StackReport): Section[] {
  if (stack.state === 'deleted') return noteSection(stack);
  if (stack.failure) {
    return [
      { text: `> **${plain(problemLine(stack.failure))}**`, kept: true },
      ...instanceSections(stack),
      ...environmentSection(stack),
      ...smokeSection(stack),
      ...(stack.logs ?? []).flatMap(({ group, lines }) => foldedSection(`${group} · its last lines`, lines)),
      ...lastPlan(stack),
    ];
  }
  return [...cautionSection(stack), ...planSections(stack)];
}

/** The same without cautions. */
export function planSections(stack: StackReport): Section[] {
  return [
    ...environmentSection(stack),
    ...noteSection(stack),
    ...instanceSections(stack),
    ...outputSection(stack),
    ...driftSection(stack),
    ...tableSection(stack),
    ...functionSection(stack),
    ...smokeSection(stack),
    ...functionRows(stack).flatMap(({ logicalId, packages, files }) => [
      ...foldedSection(`${logicalId} · packages in its code`, packages),
      ...foldedSection(`${logicalId} · files of its code`, files),
    ]),
    ...foldedSection('Permissions', permissionLines(stack)),
    ...resourceBlocks(stack).flatMap(({ title, lines, isFolded }) => foldedSection(title, lines, isFolded)),
    ...foldedSection('Outputs, parameters and the rest', otherLines(stack)),
  ];
}

const noteSection = ({ notes = [] }: StackReport): Section[] =>
  listed(
    notes.map((note) => `- ${plain(note)}`),
    '',
    'note',
  );

/** Only what goes again has an age and an end. */
const environmentSection = ({ environment }: StackReport): Section[] =>
  environment?.isTransient ? [{ text: environmentMarkdown(environment) }] : [];

/** A list that is never dropped: what has no room is counted. */
export function listed(lines: readonly string[], head: string, noun: string): Section[] {
  if (lines.length === 0) return [];
  const texts = LIST_LENGTHS.map((length) => {
    const rest = lines.length - length;
    const counted = `${head === '' ? '- ' : '> - '}${length === 0 ? '' : 'and '}${rest} ${length === 0 ? '' : 'more '}${noun}${rest === 1 ? '' : 's'}`;
    return [...(head === '' ? [] : [head]), ...lines.slice(0, length), ...(rest > 0 ? [counted] : [])].join(
      '\n',
    );
  });
  const [text = '', ...shorter] = texts;
  return [{ text, kept: true, shorter }];
}

const CAUTION_ICONS: Readonly<Record<Caution['kind'], string>> = {
  refused: '⛔',
  data: '💥',
  public: '🌍',
  permission: '🔑',
  protection: '🛡️',
  replay: '⏪',
};

/** Lines of what is to be looked at first. */
export const cautionLines = (stack: StackReport): string[] =>
  cautions(stack).map(
    ({ kind, logicalId, message }) => `> - ${CAUTION_ICONS[kind]} ${code(logicalId)} ${plain(message)}`,
  );

/** Never folded, never cut. */
export const cautionBlock = (lines: readonly string[]): Section[] => listed(lines, '> [!CAUTION]', 'caution');

const cautionSection = (stack: StackReport): Section[] => cautionBlock(cautionLines(stack));

function tableSection(stack: StackReport): Section[] {
  const rows = changeRows(stack).map(
    (row) =>
      `| ${ACTION_ICONS[row.action]} ${row.what} | ${resourceCell(row)} | ${plain(row.type)} | ${plain(row.why)} |`,
  );
  return rows.length === 0
    ? []
    : [{ text: ['| | Resource | Type | What changes |', '|---|---|---|---|', ...rows].join('\n') }];
}

/** Three columns: what the deployed template says, what is there, and what will be there. */
function driftSection({ drift = [] }: StackReport): Section[] {
  if (drift.length === 0) return [];
  const rows = drift.map(
    ({ logicalId, property, deployed, real, after }) =>
      `| ${code(logicalId)} | ${plain(property)} | ${code(deployed)} | ${code(real)} | ${code(after)} |`,
  );
  const head = '| Changed outside of CloudFormation | | Deployed template | Real value | New |';
  return [{ text: [head, '|---|---|---|---|---|', ...rows].join('\n') }];
}

/** What is made of a resource is set in below it. */
function resourceCell(row: Row): string {
  if (row.place === 'folded') return `↳ _${plain(foldedTitle(row))}_`;
  return `${row.place === 'below' ? '↳ ' : ''}${code(row.logicalId)}${row.of === '' ? '' : ` ${plain(row.of)}`}`;
}

function functionSection(stack: StackReport): Section[] {
  const rows = functionRows(stack).map(
    ({ logicalId, kind, before, after, size }) =>
      `| ${code(logicalId)} | ${kind} | ${code(before)} | ${code(after)} | ${size} |`,
  );
  return rows.length === 0
    ? []
    : [{ text: ['| Code of | | Before | After | Size |', '|---|---|---|---|--:|', ...rows].join('\n') }];
}

/** A picture that can be left out where there is no room. */
const diagramSection = (title: string, diagram: string): Section => ({
  text: `<details><summary>${inHtmlBlock(`Way of ${title}`)}</summary>\n\n${codeBlock('mermaid', diagram.trimEnd())}\n\n</details>`,
});

const smokeSection = (stack: StackReport): Section[] => [
  ...testSection(smokeSummary(stack), 'Function'),
  ...sizingSection(stack),
  ...testSection(verificationSummary(stack), 'Check of'),
  ...executionsOf(stack).flatMap(({ title, lines, diagram = '' }) => [
    ...foldedSection(title, lines, true),
    ...(diagram === '' ? [] : [diagramSection(title, diagram)]),
  ]),
];

function testSection({ title, rows }: ReturnType<typeof smokeSummary>, head: string): Section[] {
  if (rows.length === 0) return [];
  const lines = rows.map(
    (test) =>
      `| ${test.passed ? '✅' : '❌'} | ${code(test.function)} | ${code(test.file)} | ${Math.round(test.durationMs)} ms | ${test.failures.map(plain).join('<br>')} |`,
  );
  return [
    {
      text: [
        ...(title === undefined ? [] : [`**${title}**`, '']),
        `| | ${head} | Test | Time | Not as expected |`,
        '|---|---|---|--:|---|',
        ...lines,
      ].join('\n'),
    },
  ];
}

/** What smoke tests took; of interest to those who look for it. */
function sizingSection(stack: StackReport): Section[] {
  const rows = sizingRows(stack).map(
    (row) => `| ${code(row.function)} | ${row.memory} | ${row.used} | ${row.longest} | ${row.cost} |`,
  );
  if (rows.length === 0) return [];
  const head = [
    '| Function | Memory | Used at most | Longest call | A million of these |',
    '|---|--:|--:|--:|--:|',
  ];
  return [
    {
      text: `<details><summary>Memory and cost (${SIZING_NOTE})</summary>\n\n${[...head, ...rows].join('\n')}\n\n</details>`,
    },
  ];
}

/** What was being carried out when it failed. */
function lastPlan(stack: StackReport): Section[] {
  const plan = changeWords([stack]);
  if (plan === '') return [];
  const parts = [...cautionSection(stack), ...tableSection(stack), ...functionSection(stack)].map(
    ({ text }) => text,
  );
  return [
    {
      text: `<details><summary>The plan was: ${inHtmlBlock(plan)}</summary>\n\n${parts.join('\n\n')}\n\n</details>`,
    },
  ];
}

/** Lines as a diff, folded where they are many. */
export function foldedSection(title: string, lines: readonly string[], isClosed = false): Section[] {
  if (lines.length === 0) return [];
  const shown = lines.slice(0, MOST_LINES).map((line) => shortened(line, LONGEST_LINE));
  const rest = lines.length > MOST_LINES ? [`# ${lines.length - MOST_LINES} more lines`] : [];
  const open = lines.length < OPEN_LINES && !isClosed ? ' open' : '';
  return [
    {
      text: `<details${open}><summary>${inHtmlBlock(title)}</summary>\n\n${codeBlock('diff', [...shown, ...rest].join('\n'))}\n\n</details>`,
    },
  ];
}

function outputSection({ outputs, state }: StackReport): Section[] {
  const rows = Object.entries(outputs).map(([name, value]) => `| ${code(name)} | ${code(value)} |`);
  if (rows.length === 0 || (state !== 'deployed' && state !== 'unchanged')) return [];
  return [{ text: ['| Output | Value |', '|---|---|', ...rows].join('\n') }];
}

/** The stacks of a stack set, a row for each account. */
function instanceSections(stack: StackReport): Section[] {
  const table = instanceTable(stack);
  if (!table) return [];
  const { regions, rows, more, failures } = table;
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const text = [
    line(['Account', ...regions]),
    line(['---', ...regions.map(() => '---')]),
    ...rows.map(({ account, cells }) => line([plain(account), ...cells])),
    ...(more > 0 ? ['', `and ${more} more accounts`] : []),
  ].join('\n');
  return [
    ...listed(
      failures.map((each) => `- ❌ ${plain(each)}`),
      '',
      'failure',
    ),
    { text },
  ];
}
