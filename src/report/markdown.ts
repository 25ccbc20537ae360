import { problemLine } from '../problem.ts';
import { code, link, plain } from './escape.ts';
import { fitSections, type Section } from './fit.ts';
import type { Report } from './model.ts';
import { withNames } from './names.ts';
import { pictureSections } from './picture/section.ts';
import { baseText, lockFileBlocks } from './sections.ts';
import { foldedSection, listed, STATE_ICONS, stackSections } from './stack-sections.ts';
import { isOfTargets, shownStacks } from './targets/groups.ts';
import { targetSections } from './targets/sections.ts';
import { failedTests, hasChanges, headline, verdict } from './verdict.ts';

/**
 * Bytes that a comment may have. GitHub's limit is 65,536, counted in bytes; the rest is room for what GitHub adds.
 */
export const COMMENT_LIMIT = 60_000;

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
    ...(isOfTargets(report.stacks)
      ? targetSections(report.stacks)
      : report.stacks.flatMap((stack) => [
          ...(single
            ? []
            : [{ text: `#### ${STATE_ICONS[stack.state]} ${plain(verdict(stack))}`, kept: true }]),
          ...stackSections(stack),
        ])),
    ...lockFileBlocks(report).flatMap(({ title, lines }) => foldedSection(title, lines)),
    ...pictureSections({ ...report, stacks: shownStacks(report.stacks) }, limit),
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
    .filter((stack) => hasChanges(stack) && stack.planHash !== '')
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
