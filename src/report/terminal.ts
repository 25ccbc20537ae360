import { type Problem, problemLine } from '../problem.ts';
import type { Colours } from '../terminal/colours.ts';
import { singleLine } from '../text/harmless.ts';
import { cautions } from './cautions.ts';
import type { Report, StackReport } from './model.ts';
import { withNames } from './names.ts';
import {
  baseText,
  changeRows,
  functionRows,
  otherLines,
  permissionLines,
  resourceLines,
  smokeSummary,
} from './sections.ts';
import { type Action, actionOf, changeWords, headline, verdict } from './verdict.ts';

const SIGNS: Readonly<Record<Action, string>> = {
  replaced: '±',
  'may be replaced': '?',
  removed: '-',
  updated: '~',
  code: '~',
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
  const stacks = report.stacks.map((stack) => stackLines(stack, report.state === 'preview', style));
  return [
    ...(report.stacks.length === 1 ? [] : [colours.bold(singleLine(headline(report)))]),
    ...report.problems.map((problem) => problemText(problem, style)),
    ...stacks.flatMap((lines, index) => (index > 0 || report.stacks.length > 1 ? ['', ...lines] : lines)),
    ...report.warnings.map((warning) => `${colours.yellow('warning')} ${singleLine(warning)}`),
  ].join('\n');
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
    ...(stack.notes ?? []).map((note) => singleLine(note)),
    ...outputLines(stack, colours),
    ...table(stack, colours),
    ...functionRows(stack).map(({ logicalId, before, after, size }) =>
      singleLine(`code of ${logicalId}: ${before} → ${after}${size === '' ? '' : ` (${size})`}`),
    ),
    ...smokeLines(stack, colours),
    ...(preview ? details(stack, colours) : []),
    ...(preview ? ['', colours.dim(singleLine(baseText(stack.base)))] : []),
  ];
}

function table(stack: StackReport, colours: Colours): string[] {
  const tint: Readonly<Record<Action, (text: string) => string>> = {
    replaced: colours.red,
    'may be replaced': colours.yellow,
    removed: colours.red,
    updated: colours.yellow,
    code: colours.yellow,
    added: colours.green,
  };
  const rows = changeRows(stack).map(({ action, logicalId, type, why }) => ({
    action,
    logicalId: singleLine(logicalId),
    type: singleLine(type),
    why: singleLine(why),
  }));
  const width = (of: (row: (typeof rows)[number]) => string): number =>
    rows.reduce((most, row) => Math.max(most, of(row).length), 0);
  const [actions, ids, types] = [
    width(({ action }) => action),
    width(({ logicalId }) => logicalId),
    width(({ type }) => type),
  ];
  return rows.map(({ action, logicalId, type, why }) => {
    const what = tint[action](`${SIGNS[action]} ${action.padEnd(actions)}`);
    return `${what}  ${logicalId.padEnd(ids)}  ${colours.dim(why === '' ? type : type.padEnd(types))}${why === '' ? '' : `  ${why}`}`;
  });
}

function details(stack: StackReport, colours: Colours): string[] {
  const blocks: readonly (readonly [string, readonly string[]])[] = [
    ...functionRows(stack).map(
      ({ logicalId, files }) => [`${logicalId} · files of its code`, files] as const,
    ),
    ['Permissions', permissionLines(stack)],
    ...stack.diff.resources.map(
      (resource) => [`${resource.logicalId} · ${actionOf(resource)}`, resourceLines(resource)] as const,
    ),
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

function smokeLines(stack: StackReport, colours: Colours): string[] {
  if (!stack.smokeTests?.length) return [];
  const { title, rows } = smokeSummary(stack);
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
