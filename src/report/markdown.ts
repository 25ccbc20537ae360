import { problemLine } from '../problem.ts';
import { type Caution, cautions } from './cautions.ts';
import { code, codeBlock, inHtmlBlock, link, plain, shortened } from './escape.ts';
import { fitSections, type Section } from './fit.ts';
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
import { type Action, actionOf, changeWords, failedTests, hasChanges, headline, verdict } from './verdict.ts';

/**
 * Bytes that a comment may have. GitHub's limit is 65,536, counted in bytes; the rest is room for what GitHub adds.
 */
export const COMMENT_LIMIT = 60_000;

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
  code: '🔵',
  added: '🟢',
};
/** Details of fewer lines are open from the start. */
const OPEN_LINES = 10;
/** Of one resource; the rest is counted. */
const MOST_LINES = 400;
const LONGEST_LINE = 1_000;
/** What a caution, and a list of errors, come down to when there is no room for more. */
const LIST_LENGTHS = [50, 10, 0] as const;

/**
 * The report as GitHub Markdown: verdict, caution, table, functions, permissions, differences, footer; after a failure
 * its cause, and the plan folded; after a deployment the outputs before the details.
 *
 * @param limit bytes; whole sections are dropped from the bottom, never the verdict or the caution
 * @param marker hidden first line
 */
export function renderMarkdown(
  given: Report,
  { limit, marker }: { readonly limit: number; readonly marker?: string },
): string {
  const report = withNames(given);
  const single = report.stacks.length === 1;
  const title = `### ${icon(report)} ${plain(headline(report))}`;
  const sections: Section[] = [
    { text: marker ? `${marker}\n${title}` : title, kept: true },
    ...listed(
      report.problems.map((problem) => `- ${plain(problemLine(problem))}`),
      '',
      'error',
    ),
    ...report.stacks.flatMap((stack) => [
      ...(single ? [] : [{ text: `#### ${STATE_ICONS[stack.state]} ${plain(verdict(stack))}`, kept: true }]),
      ...stackSections(stack),
    ]),
    ...listed(
      report.warnings.map((warning) => `- ⚠️ ${plain(warning)}`),
      '',
      'warning',
    ),
    { text: footer(report), kept: true },
  ];
  const summary = report.runUrl ? link('job summary', report.runUrl) : 'job summary';
  return fitSections(sections, `_Not everything fits here. The rest is in the ${summary}._`, limit);
}

function icon(report: Report): string {
  if (report.state === 'failed' || (report.state === 'tested' && failedTests(report.stacks) > 0))
    return STATE_ICONS.failed;
  return report.stacks.length === 1
    ? STATE_ICONS[report.stacks[0]?.state ?? 'preview']
    : STATE_ICONS[report.state];
}

function stackSections(stack: StackReport): Section[] {
  if (stack.state === 'deleted') return [];
  if (stack.failure) {
    return [
      { text: `> **${plain(problemLine(stack.failure))}**`, kept: true },
      ...smokeSection(stack),
      ...lastPlan(stack),
    ];
  }
  return [
    ...cautionSection(stack),
    ...listed(
      (stack.notes ?? []).map((note) => `- ${plain(note)}`),
      '',
      'note',
    ),
    ...outputSection(stack),
    ...tableSection(stack),
    ...functionSection(stack),
    ...smokeSection(stack),
    ...functionRows(stack).flatMap(({ logicalId, files }) =>
      foldedSection(`${logicalId} · files of its code`, files),
    ),
    ...foldedSection('Permissions', permissionLines(stack)),
    ...stack.diff.resources.flatMap((resource) =>
      foldedSection(`${resource.logicalId} · ${actionOf(resource)}`, resourceLines(resource)),
    ),
    ...foldedSection('Outputs, parameters and the rest', otherLines(stack)),
  ];
}

/** A list that is never dropped: what has no room is counted. */
function listed(lines: readonly string[], head: string, noun: string): Section[] {
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
};

/** Never folded, never cut. */
function cautionSection(stack: StackReport): Section[] {
  const lines = cautions(stack).map(
    ({ kind, logicalId, message }) => `> - ${CAUTION_ICONS[kind]} ${code(logicalId)} ${plain(message)}`,
  );
  return listed(lines, '> [!CAUTION]', 'caution');
}

function tableSection(stack: StackReport): Section[] {
  const rows = changeRows(stack).map(
    ({ action, logicalId, type, why }) =>
      `| ${ACTION_ICONS[action]} ${action} | ${code(logicalId)} | ${plain(type)} | ${plain(why)} |`,
  );
  return rows.length === 0
    ? []
    : [{ text: ['| | Resource | Type | What changes |', '|---|---|---|---|', ...rows].join('\n') }];
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

function smokeSection(stack: StackReport): Section[] {
  if (!stack.smokeTests?.length) return [];
  const { title, rows } = smokeSummary(stack);
  const lines = rows.map(
    (test) =>
      `| ${test.passed ? '✅' : '❌'} | ${code(test.function)} | ${code(test.file)} | ${Math.round(test.durationMs)} ms | ${test.failures.map(plain).join('<br>')} |`,
  );
  return [
    {
      text: [
        ...(title === undefined ? [] : [`**${title}**`, '']),
        '| | Function | Test | Time | Not as expected |',
        '|---|---|---|--:|---|',
        ...lines,
      ].join('\n'),
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

function foldedSection(title: string, lines: readonly string[]): Section[] {
  if (lines.length === 0) return [];
  const shown = lines.slice(0, MOST_LINES).map((line) => shortened(line, LONGEST_LINE));
  const rest = lines.length > MOST_LINES ? [`# ${lines.length - MOST_LINES} more lines`] : [];
  const open = lines.length < OPEN_LINES ? ' open' : '';
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

const STATES: Readonly<Record<Report['state'], string>> = {
  preview: 'Preview, nothing was changed',
  deployed: 'Deployed',
  deleted: 'Deleted',
  tested: 'Run on the runner, nothing was changed',
  failed: 'Failed',
};

function footer({ state, commit, runUrl, stacks }: Report): string {
  const bases = state === 'preview' ? [...new Set(stacks.map(({ base }) => plain(baseText(base))))] : [];
  // More than a few plans would be read by nobody; all of them are in the marker.
  const plans = stacks
    .filter(hasChanges)
    .slice(0, 3)
    .map(({ planHash }) => `plan ${code(planHash.slice(0, 12))}`);
  const parts = [
    STATES[state],
    ...(commit ? [`commit ${plain(commit.slice(0, 7))}`] : []),
    ...plans,
    ...(runUrl ? [link('run', runUrl)] : []),
  ];
  return `<sub>${[...bases.slice(0, 3), parts.join(' · ')].join(' ')}</sub>`;
}
