import { type Problem, problemLine } from '../problem.ts';
import type { Colours } from '../terminal/colours.ts';
import { singleLine } from '../text/harmless.ts';
import { cautions } from './cautions.ts';
import { environmentText } from './environments/environment.ts';
import type { Report, StackReport } from './model.ts';
import { withNames } from './names.ts';
import { changeRows, foldedTitle, type Row, resourceBlocks } from './rows.ts';
import {
  baseText,
  functionRows,
  otherLines,
  permissionLines,
  smokeSummary,
  verificationSummary,
} from './sections.ts';
import { SIZING_NOTE, sizingRows } from './sizing.ts';
import { instanceTable } from './stack-sets/instances.ts';
import { groupsOf, isOfTargets, type TargetStack } from './targets/groups.ts';
import { groupTitle } from './targets/sections.ts';
import { type Action, changeWords, headline, verdict } from './verdict.ts';

const SIGNS: Readonly<Record<Action, string>> = {
  replaced: '±',
  'may be replaced': '?',
  removed: '-',
  updated: '~',
  'new revision': '~',
  code: '~',
  moved: '→',
  imported: '+',
  added: '+',
};

/** How a terminal sets text off, and how advice to the author of a workflow is worded there. */
export interface TerminalStyle {
  readonly colours: Colours;
  readonly words: (text: string) => string;
}

/** The report as text for a terminal: what the comment says, in the same order. */
export function renderTerminal(given: Report, style: TerminalStyle): string {
  const { colours } = style;
  const report = withNames(given);
  const isPreview = report.state === 'preview';
  const stacks = isOfTargets(report.stacks)
    ? targetLines(report.stacks, isPreview, style)
    : report.stacks.map((stack) => stackLines(stack, isPreview, style));
  return [
    ...(report.stacks.length === 1 ? [] : [colours.bold(singleLine(headline(report)))]),
    ...report.problems.map((problem) => problemText(problem, style)),
    ...stacks.flatMap((lines, index) => (index > 0 || report.stacks.length > 1 ? ['', ...lines] : lines)),
    ...report.warnings.map((warning) => `${colours.yellow('warning')} ${singleLine(warning)}`),
  ].join('\n');
}

/** A line for each target; then equal changes once, and what differs. */
function targetLines(stacks: readonly TargetStack[], isPreview: boolean, style: TerminalStyle): string[][] {
  const { colours } = style;
  return [
    stacks.flatMap((stack) => [
      singleLine(`${stack.label.name} · ${verdict(stack)}`),
      ...(stack.failure ? [problemText(stack.failure, style)] : []),
      ...outputLines(stack, colours),
    ]),
    ...groupsOf(stacks).map((group) => [
      colours.bold(singleLine(groupTitle(group))),
      ...stackLines(group.stack, isPreview, style).slice(1),
    ]),
  ];
}

const problemText = (problem: Problem, { colours, words }: TerminalStyle): string =>
  colours.red(singleLine(words(problemLine(problem))));

function stackLines(stack: StackReport, preview: boolean, style: TerminalStyle): string[] {
  const { colours } = style;
  const plan = changeWords([stack]);
  return [
    colours.bold(singleLine(verdict(stack))),
    ...(stack.failure ? [problemText(stack.failure, style)] : []),
    ...(stack.failure && plan ? [colours.dim(singleLine(`The plan was: ${plan}`))] : []),
    ...cautions(stack).map(({ logicalId, message }) => colours.red(singleLine(`! ${logicalId} ${message}`))),
    ...(stack.environment?.isTransient ? [singleLine(environmentText(stack.environment))] : []),
    ...(stack.notes ?? []).map((note) => singleLine(note)),
    ...instanceLines(stack, colours),
    ...outputLines(stack, colours),
    ...(stack.drift ?? []).map(({ logicalId, property, deployed, real, after }) =>
      singleLine(
        `drift of ${logicalId}${property && `.${property}`}: deployed ${deployed}, really ${real}, new ${after}`,
      ),
    ),
    ...table(stack, colours),
    ...functionRows(stack).map(({ logicalId, before, after, size }) =>
      singleLine(`code of ${logicalId}: ${before} → ${after}${size === '' ? '' : ` (${size})`}`),
    ),
    ...smokeLines(stack, colours),
    ...(preview ? details(stack, colours) : []),
    ...(preview ? ['', colours.dim(singleLine(baseText(stack.base)))] : []),
  ];
}

/** The stacks of a stack set, a line for each account. */
function instanceLines(stack: StackReport, colours: Colours): string[] {
  const table = instanceTable(stack);
  if (!table) return [];
  const { regions, rows, more, failures } = table;
  return [
    ...rows.map(({ account, cells }) =>
      singleLine(
        `${account}  ${regions.flatMap((region, index) => (cells[index] ? [`${region} ${cells[index]}`] : [])).join(' · ')}`,
      ),
    ),
    ...(more > 0 ? [`and ${more} more accounts`] : []),
    ...failures.map((each) => colours.red(singleLine(each))),
  ];
}

function table(stack: StackReport, colours: Colours): string[] {
  const tint: Readonly<Record<Action, (text: string) => string>> = {
    replaced: colours.red,
    'may be replaced': colours.yellow,
    removed: colours.red,
    updated: colours.yellow,
    'new revision': colours.yellow,
    code: colours.yellow,
    moved: colours.yellow,
    imported: colours.green,
    added: colours.green,
  };
  const rows = changeRows(stack).map((row) => ({
    ...row,
    logicalId: singleLine(resourceCell(row)),
    type: singleLine(row.type),
    why: singleLine(row.why),
  }));
  const width = (of: (row: (typeof rows)[number]) => string): number =>
    rows.reduce((most, row) => Math.max(most, of(row).length), 0);
  const [actions, ids, types] = [
    width(({ what }) => what),
    width(({ logicalId }) => logicalId),
    width(({ type }) => type),
  ];
  return rows.map(({ action, what, logicalId, type, why }) => {
    const sign = tint[action](`${SIGNS[action]} ${what.padEnd(actions)}`);
    return `${sign}  ${logicalId.padEnd(ids)}  ${colours.dim(why === '' ? type : type.padEnd(types))}${why === '' ? '' : `  ${why}`}`;
  });
}

/** What is made of a resource is set in below it. */
function resourceCell(row: Row): string {
  if (row.place === 'folded') return `↳ ${foldedTitle(row)}`;
  return `${row.place === 'below' ? '↳ ' : ''}${row.logicalId}${row.of === '' ? '' : ` ${row.of}`}`;
}

function details(stack: StackReport, colours: Colours): string[] {
  const blocks: readonly (readonly [string, readonly string[]])[] = [
    ...functionRows(stack).flatMap(({ logicalId, packages, files }) => [
      [`${logicalId} · packages in its code`, packages] as const,
      [`${logicalId} · files of its code`, files] as const,
    ]),
    ['Permissions', permissionLines(stack)],
    ...resourceBlocks(stack).map(({ title, lines }) => [title, lines] as const),
    ['Outputs, parameters and the rest', otherLines(stack)],
  ];
  return blocks
    .filter(([, lines]) => lines.length > 0)
    .flatMap(([title, lines]) => [
      '',
      colours.bold(singleLine(title)),
      ...lines.map((line) => diffLine(line, colours)),
    ]);
}

function outputLines({ outputs, state }: StackReport, colours: Colours): string[] {
  if (state !== 'deployed' && state !== 'unchanged') return [];
  return Object.entries(outputs).map(
    ([name, value]) => `${colours.bold(singleLine(name))} = ${singleLine(value)}`,
  );
}

const smokeLines = (stack: StackReport, colours: Colours): string[] => [
  ...testLines(smokeSummary(stack), colours),
  ...sizingLines(stack, colours),
  ...testLines(verificationSummary(stack), colours),
];

function sizingLines(stack: StackReport, { dim }: Colours): string[] {
  const rows = sizingRows(stack).map(({ function: name, memory, used, longest, cost }) => {
    const facts = [memory, ...(used === '' ? [] : [`${used} used`]), longest];
    return dim(
      singleLine(`  ${name}: ${[...facts, ...(cost === '' ? [] : [`${cost} a million`])].join(', ')}`),
    );
  });
  return rows.length === 0 ? [] : [dim(`Memory and cost, ${SIZING_NOTE}`), ...rows];
}

function testLines({ title, rows }: ReturnType<typeof smokeSummary>, colours: Colours): string[] {
  if (rows.length === 0) return [];
  return [
    ...(title === undefined ? [] : [colours.bold(title)]),
    ...rows.flatMap((test) => [
      `${test.passed ? colours.green('✓') : colours.red('✗')} ${singleLine(`${test.function} ${test.file} (${Math.round(test.durationMs)} ms)`)}`,
      ...test.failures.map((failure) => `  ${colours.red(singleLine(failure))}`),
    ]),
  ];
}

/** Indentation is kept, everything else on one harmless line. */
function diffLine(line: string, colours: Colours): string {
  const indent = /^[-+!@# ]? */.exec(line)?.[0] ?? '';
  const text = `${indent}${singleLine(line.slice(indent.length))}`;
  if (text.startsWith('+')) return colours.green(text);
  if (text.startsWith('-')) return colours.red(text);
  return /^[!@]/.test(text) ? colours.yellow(text) : text;
}
