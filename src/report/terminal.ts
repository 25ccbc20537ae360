import { problemLine } from '../problem.ts';
import type { Colours } from '../terminal/colours.ts';
import { harmless } from '../text.ts';
import type { Report, StackReport } from './model.ts';
import { baseText, bytes, changeRows, entryLines, functionRows, permissionText, resourceLines } from './sections.ts';
import { type Action, cautions, verdict } from './verdict.ts';

const SIGNS: Readonly<Record<Action, string>> = {
  replaced: '±',
  'may be replaced': '?',
  removed: '-',
  updated: '~',
  code: '~',
  added: '+',
};

/** The report as text for a terminal: what the comment says, in the same order. */
export function renderTerminal(report: Report, colours: Colours): string {
  const lines = [
    ...report.problems.map((problem) => colours.red(problemLine(problem))),
    ...report.stacks.flatMap((stack) => stackLines(stack, report.state === 'preview', colours)),
    ...report.warnings.map((warning) => `${colours.yellow('warning')} ${warning}`),
  ];
  return harmlessLines(lines);
}

/** Colours are ours; everything else was made harmless before it got here, line by line. */
const harmlessLines = (lines: readonly string[]): string => lines.join('\n');

function stackLines(stack: StackReport, preview: boolean, colours: Colours): string[] {
  const tint: Readonly<Record<Action, (text: string) => string>> = {
    replaced: colours.red,
    'may be replaced': colours.yellow,
    removed: colours.red,
    updated: colours.yellow,
    code: colours.yellow,
    added: colours.green,
  };
  const rows = changeRows(stack).map(({ action, logicalId, type, why }) =>
    [tint[action](`${SIGNS[action]} ${action.padEnd(15)}`), harmless(logicalId), colours.dim(harmless(type)), harmless(why)].join('  ').trimEnd(),
  );
  const details = [
    ...stack.diff.resources.flatMap((resource) => ['', colours.bold(harmless(resource.logicalId)), ...resourceLines(resource)]),
    ...[...stack.diff.outputs, ...stack.diff.parameters, ...stack.diff.other].flatMap(entryLines),
  ].map((line) => diffLine(line, colours));
  return [
    colours.bold(harmless(verdict(stack))),
    ...(stack.failure ? [colours.red(harmless(problemLine(stack.failure)))] : []),
    ...cautions(stack).map(({ logicalId, message }) => colours.red(harmless(`! ${logicalId}: ${message}`))),
    ...rows,
    ...functionRows(stack).map(({ logicalId, before, after, size }) =>
      harmless(`  code of ${logicalId}: ${before} -> ${after}${size === undefined ? '' : ` (${bytes(size)})`}`),
    ),
    ...stack.diff.iam.map((each) => diffLine(`${each.kind === 'added' ? '+' : '-'} ${each.logicalId}: ${permissionText(each)}`, colours)),
    ...(stack.state === 'preview' ? details : []),
    ...(stack.state === 'deployed' || stack.state === 'unchanged'
      ? Object.entries(stack.outputs).map(([name, value]) => harmless(`  ${name} = ${value}`))
      : []),
    ...(preview ? [colours.dim(harmless(baseText(stack.base)))] : []),
  ];
}

function diffLine(line: string, colours: Colours): string {
  const text = harmless(line);
  return text.startsWith('+') ? colours.green(text) : text.startsWith('-') ? colours.red(text) : text;
}
