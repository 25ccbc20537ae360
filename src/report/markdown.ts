import { problemLine } from '../problem.ts';
import { code, codeBlock, plain } from './escape.ts';
import type { Report, StackReport } from './model.ts';
import { baseText, bytes, changeRows, entryLines, functionRows, permissionText, resourceLines } from './sections.ts';
import { cautions, hasChanges, headline, verdict } from './verdict.ts';

/**
 * Bytes that a comment may have. GitHub's limit is 65,536, counted in bytes; the rest is room for what GitHub adds.
 */
export const COMMENT_LIMIT = 60_000;

/** A part of the report. What is not `kept` is dropped from the bottom when there is no room for it. */
interface Section {
  readonly text: string;
  readonly kept?: boolean;
}

const ICONS: Readonly<Record<StackReport['state'], string>> = {
  preview: '🔍',
  deployed: '✅',
  unchanged: '✅',
  deleted: '🗑️',
  failed: '❌',
};
/** Details of fewer lines are open from the start. */
const OPEN_LINES = 10;

/**
 * The report as GitHub Markdown: verdict, caution, table, functions, differences, outputs, footer.
 *
 * @param limit bytes; whole sections are dropped from the bottom, never the verdict or the caution
 * @param marker hidden first line
 */
export function renderMarkdown(report: Report, { limit, marker }: { readonly limit: number; readonly marker?: string }): string {
  const single = report.stacks.length === 1;
  const head = [...(marker ? [marker] : []), `### ${icon(report)} ${plain(headline(report))}`];
  const sections = [
    ...problemSections(report),
    ...report.stacks.flatMap((stack) => [
      ...(single ? [] : [{ text: `#### ${ICONS[stack.state]} ${plain(verdict(stack))}`, kept: true }]),
      ...stackSections(stack),
    ]),
    ...warningSections(report),
  ];
  return fit(head.join('\n'), sections, footer(report), limit, report.runUrl);
}

function icon(report: Report): string {
  if (report.state === 'failed') return ICONS.failed;
  return report.stacks.length === 1 ? ICONS[report.stacks[0]?.state ?? 'preview'] : ICONS[report.state];
}

function fit(head: string, sections: readonly Section[], foot: string, limit: number, runUrl: string | undefined): string {
  const whole = join([head, ...sections.map(({ text }) => text), foot]);
  if (Buffer.byteLength(whole) <= limit) return whole;
  const notice = `_Some sections did not fit. They are in the ${runUrl ? `[job summary](${runUrl})` : 'job summary'}._`;
  let kept = [...sections];
  const text = () => join([head, ...kept.map((section) => section.text), notice, foot]);
  for (let last = kept.findLastIndex((section) => !section.kept); last >= 0 && Buffer.byteLength(text()) > limit; ) {
    kept = kept.toSpliced(last, 1);
    last = kept.findLastIndex((section) => !section.kept);
  }
  return Buffer.byteLength(text()) <= limit ? text() : join([head, notice, foot]);
}

const join = (parts: readonly string[]): string => `${parts.filter((part) => part !== '').join('\n\n')}\n`;

function problemSections(report: Report): Section[] {
  if (report.problems.length === 0) return [];
  return [{ text: report.problems.map((problem) => `- ${plain(problemLine(problem))}`).join('\n'), kept: true }];
}

function stackSections(stack: StackReport): Section[] {
  if (stack.state === 'deleted') return [];
  const failed = stack.failure !== undefined;
  const changes = [...cautionSection(stack), ...tableSection(stack), ...iamSection(stack), ...functionSection(stack), ...diffSections(stack)];
  return [
    ...(stack.failure ? [{ text: `**${plain(problemLine(stack.failure))}**`, kept: true }] : []),
    ...(failed ? changes.slice(0, 2) : changes),
    ...outputSection(stack),
  ];
}

/** Never folded, never cut: longer lists are counted. */
function cautionSection(stack: StackReport): Section[] {
  const found = cautions(stack);
  if (found.length === 0) return [];
  const shown = found.slice(0, 50).map(({ logicalId, message }) => `> - ${code(logicalId)}: ${plain(message)}`);
  const rest = found.length > 50 ? [`> - and ${found.length - 50} more`] : [];
  return [{ text: ['> [!CAUTION]', ...shown, ...rest].join('\n'), kept: true }];
}

function tableSection(stack: StackReport): Section[] {
  const rows = changeRows(stack).map(
    ({ action, logicalId, type, why }) => `| ${action} | ${code(logicalId)} | ${plain(type)} | ${plain(why)} |`,
  );
  return rows.length === 0 ? [] : [{ text: ['| | Resource | Type | What |', '|---|---|---|---|', ...rows].join('\n') }];
}

function iamSection({ diff }: StackReport): Section[] {
  if (diff.iam.length === 0) return [];
  const lines = diff.iam.map((each) => `${each.kind === 'added' ? '+' : '-'} ${each.logicalId}: ${permissionText(each)}`);
  return [details(`Permissions: ${lines.length} changed`, lines)];
}

function functionSection(stack: StackReport): Section[] {
  const rows = functionRows(stack).map(
    ({ logicalId, before, after, size }) =>
      `| ${code(logicalId)} | ${code(before)} | ${code(after)} | ${size === undefined ? '' : bytes(size)} |`,
  );
  return rows.length === 0 ? [] : [{ text: ['| Code of | Before | After | Size |', '|---|---|---|---|', ...rows].join('\n') }];
}

function diffSections(stack: StackReport): Section[] {
  const { diff, changedParameters, changedTags } = stack;
  const entries = [...diff.outputs, ...diff.parameters, ...diff.other].flatMap(entryLines);
  const given = [
    ...changedParameters.map((name) => `  parameter ${name}: new value`),
    ...changedTags.map((name) => `  tag ${name}: new value`),
  ];
  return [
    ...diff.resources.map((resource) => details(`${resource.logicalId} (${resource.type})`, resourceLines(resource))),
    ...(entries.length > 0 ? [details('Outputs, parameters and the rest', entries)] : []),
    ...(given.length > 0 ? [details('Values of parameters and tags', given)] : []),
  ];
}

function details(title: string, lines: readonly string[]): Section {
  const open = lines.length < OPEN_LINES ? ' open' : '';
  return { text: `<details${open}><summary>${plain(title)}</summary>\n\n${codeBlock('diff', lines.join('\n'))}\n\n</details>` };
}

function outputSection({ outputs, state }: StackReport): Section[] {
  const rows = Object.entries(outputs).map(([name, value]) => `| ${code(name)} | ${code(value)} |`);
  if (rows.length === 0 || (state !== 'deployed' && state !== 'unchanged')) return [];
  return [{ text: ['| Output | Value |', '|---|---|', ...rows].join('\n') }];
}

function warningSections({ warnings }: Report): Section[] {
  return warnings.length === 0 ? [] : [{ text: warnings.map((warning) => `- ⚠️ ${plain(warning)}`).join('\n') }];
}

function footer({ state, commit, runUrl, stacks }: Report): string {
  const bases = state === 'preview' ? [...new Set(stacks.map(({ base }) => plain(baseText(base))))] : [];
  const plans = stacks.filter(hasChanges).map(({ planHash }) => `plan ${code(planHash.slice(0, 12))}`);
  const parts = [
    state === 'preview' ? 'Preview, nothing was changed' : state === 'failed' ? 'Failed' : state === 'deleted' ? 'Deleted' : 'Deployed',
    ...(commit ? [`commit ${plain(commit.slice(0, 7))}`] : []),
    ...plans,
    ...(runUrl ? [`[run](${runUrl})`] : []),
  ];
  return `<sub>${[...bases, parts.join(' · ')].join(' ')}</sub>`;
}
