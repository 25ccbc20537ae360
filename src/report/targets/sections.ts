import { problemLine } from '../../problem.ts';
import { code, inHtmlBlock, plain } from '../escape.ts';
import type { Section } from '../fit.ts';
import { cautionBlock, cautionLines, listed, planSections } from '../stack-sections.ts';
import { type Group, groupsOf, type TargetStack } from './groups.ts';
import { matrix } from './matrix.ts';

/** Names of targets that are written out; of more, some are counted. */
const NAMES = 6;

/** Which targets something is about. */
export function namesText(names: readonly string[], of: number): string {
  if (names.length === of && of > 1) return `all ${of} targets`;
  const rest = names.length - NAMES;
  const shown = names.slice(0, rest > 1 ? NAMES : names.length).join(', ');
  return rest > 1 ? `${shown} and ${rest} more targets` : shown;
}

/**
 * What is told of several targets: a table of all; causes of failures and cautions with the targets that they are about;
 * equal differences once, then what differs.
 */
export function targetSections(stacks: readonly TargetStack[]): Section[] {
  const of = new Set(stacks.map(({ label }) => label.name)).size;
  return [
    { text: matrix(stacks), kept: true },
    ...failures(stacks, of),
    ...cautionBlock(
      byText(
        stacks.filter(({ failure }) => !failure),
        cautionLines,
      ).map(([line, names]) => `${line} — in ${plain(namesText(names, of))}`),
    ),
    ...groupsOf(stacks).flatMap((group) => [
      { text: `#### ${plain(groupTitle(group))}`, kept: true },
      ...planSections(group.stack),
    ]),
    ...outputs(stacks),
  ];
}

/** `The same in 5 targets`, `Only in prod-eu` */
export function groupTitle({ names, of }: Pick<Group, 'names' | 'of'>): string {
  if (names.length === of) return of === 1 ? (names[0] ?? '') : `The same in ${of} targets`;
  return `Only in ${namesText(names, of)}`;
}

/** Texts that stacks have, each with the targets that it is about. */
function byText(
  stacks: readonly TargetStack[],
  texts: (stack: TargetStack) => readonly string[],
): readonly (readonly [text: string, names: readonly string[]])[] {
  const found = stacks.flatMap((stack) => texts(stack).map((text) => ({ text, name: stack.label.name })));
  return [...Map.groupBy(found, ({ text }) => text)].map(
    ([text, all]) => [text, [...new Set(all.map(({ name }) => name))]] as const,
  );
}

function failures(stacks: readonly TargetStack[], of: number): Section[] {
  const failed = byText(stacks, ({ failure }) => (failure ? [problemLine(failure)] : []));
  const left = byText(stacks, ({ state, failure, notes = [] }) =>
    state === 'failed' && !failure ? notes : [],
  );
  const line =
    (icon: string) =>
    ([text, names]: (typeof failed)[number]) =>
      `> - ${icon} **${plain(namesText(names, of))}**: ${plain(text)}`;
  return [
    ...listed(failed.map(line('❌')), '> **What failed**', 'failure'),
    ...listed(left.map(line('⏸️')), '> **What was not begun**', 'target'),
  ];
}

/** All outputs in one table, folded. */
function outputs(stacks: readonly TargetStack[]): Section[] {
  const rows = stacks
    .filter(({ state }) => state === 'deployed' || state === 'unchanged')
    .flatMap(({ label, outputs: all }) =>
      Object.entries(all).map(([name, value]) => `| ${plain(label.name)} | ${code(name)} | ${code(value)} |`),
    );
  if (rows.length === 0) return [];
  const table = ['| Target | Output | Value |', '|---|---|---|', ...rows].join('\n');
  return [{ text: `<details><summary>${inHtmlBlock('Outputs')}</summary>\n\n${table}\n\n</details>` }];
}
