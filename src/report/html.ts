import { problemLine } from '../problem.ts';
import { cautions } from './cautions.ts';
import { html } from './escape.ts';
import { STYLE } from './html-style.ts';
import { STATE_ICONS } from './markdown.ts';
import type { Report, StackReport } from './model.ts';
import { withNames } from './names.ts';
import {
  baseText,
  changeRows,
  functionRows,
  otherLines,
  permissionLines,
  resourceLines,
  resourceTitle,
  smokeSummary,
} from './sections.ts';
import { changeWords, hasChanges, headline, verdict } from './verdict.ts';

/** The report as a page of its own: what the comment says, in the same order, with nothing left out. */
export function renderHtml(given: Report): string {
  const report = withNames(given);
  const title = headline(report);
  const [only] = report.stacks.length === 1 ? report.stacks : [];
  const icon = STATE_ICONS[report.state === 'failed' ? 'failed' : (only?.state ?? report.state)];
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${html(title)}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    '<main>',
    `<h1><span aria-hidden="true">${icon}</span> ${html(title)}</h1>`,
    box(
      'Errors',
      report.problems.map((problem) => html(problemLine(problem))),
    ),
    ...report.stacks.map((stack) =>
      only ? stackPart(stack) : `<section><h2>${html(verdict(stack))}</h2>${stackPart(stack)}</section>`,
    ),
    box('Warnings', report.warnings.map(html)),
    footer(report),
    '</main>',
    '</body>',
    '</html>',
    '',
  ]
    .filter((line, index, all) => line !== '' || index === all.length - 1)
    .join('\n');
}

function stackPart(stack: StackReport): string {
  if (stack.state === 'deleted') return '';
  const caution = box(
    'Caution',
    cautions(stack).map(({ logicalId, message }) => `<code>${html(logicalId)}</code> ${html(message)}`),
  );
  if (stack.failure) {
    const plan = changeWords([stack]);
    const inner = `<div class="inner">${caution}${changeTable(stack)}${functionTable(stack)}</div>`;
    return [
      box('Failed', [html(problemLine(stack.failure))]),
      smokeTable(stack),
      plan === '' ? '' : `<details><summary>The plan was: ${html(plan)}</summary>${inner}</details>`,
    ].join('\n');
  }
  return [
    caution,
    box('Notes', (stack.notes ?? []).map(html)),
    outputTable(stack),
    changeTable(stack),
    functionTable(stack),
    smokeTable(stack),
    ...functionRows(stack).map(({ logicalId, files }) => folded(`${logicalId} · files of its code`, files)),
    folded('Permissions', permissionLines(stack)),
    ...stack.diff.resources.map((resource) =>
      folded(resourceTitle(resource, stack), resourceLines(resource, stack)),
    ),
    folded('Outputs, parameters and the rest', otherLines(stack)),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

/** Items are HTML. */
function box(title: string, items: readonly string[]): string {
  if (items.length === 0) return '';
  return `<div class="box" role="note"><strong>${title}</strong><ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul></div>`;
}

interface Column {
  readonly head: string;
  readonly numeric?: boolean;
}

/** Cells are HTML. */
function table(caption: string, columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const of = (index: number): string => (columns[index]?.numeric ? ' class="number"' : '');
  const head = columns.map((column, index) => `<th scope="col"${of(index)}>${column.head}</th>`).join('');
  const body = rows
    .map((cells) => `<tr>${cells.map((cell, index) => `<td${of(index)}>${cell}</td>`).join('')}</tr>`)
    .join('\n');
  return `<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table><thead><tr>${head}</tr></thead><tbody>\n${body}\n</tbody></table></div>`;
}

const span = (name: string, text: string): string =>
  `<span class="action ${name.replaceAll(' ', '-')}">${html(text)}</span>`;
const inCode = (text: string): string => `<code>${html(text)}</code>`;

const changeTable = (stack: StackReport): string =>
  table(
    'Changes',
    [{ head: 'Action' }, { head: 'Resource' }, { head: 'Type' }, { head: 'What changes' }],
    changeRows(stack).map(({ action, what, logicalId, type, why }) => [
      span(action, what),
      inCode(logicalId),
      html(type),
      html(why),
    ]),
  );

const functionTable = (stack: StackReport): string =>
  table(
    'Code',
    [
      { head: 'Code of' },
      { head: 'Kind' },
      { head: 'Before' },
      { head: 'After' },
      { head: 'Size', numeric: true },
    ],
    functionRows(stack).map(({ logicalId, kind, before, after, size }) => [
      inCode(logicalId),
      kind,
      inCode(before),
      inCode(after),
      size,
    ]),
  );

function smokeTable(stack: StackReport): string {
  if (!stack.smokeTests?.length) return '';
  const { title, rows } = smokeSummary(stack);
  const cells = rows.map((test) => [
    test.passed ? span('passed', 'passed') : span('failed', 'failed'),
    inCode(test.function),
    inCode(test.file),
    `${Math.round(test.durationMs)} ms`,
    test.failures.map(html).join('<br>'),
  ]);
  const columns = [
    { head: 'Result' },
    { head: 'Function' },
    { head: 'Test' },
    { head: 'Time', numeric: true },
    { head: 'Not as expected' },
  ];
  return `${title === undefined ? '' : `<h3>${title}</h3>`}${table('Smoke tests', columns, cells)}`;
}

function outputTable({ outputs, state }: StackReport): string {
  if (state !== 'deployed' && state !== 'unchanged') return '';
  const rows = Object.entries(outputs).map(([name, value]) => [inCode(name), inCode(value)]);
  return table('Outputs', [{ head: 'Output' }, { head: 'Value' }], rows);
}

const LINE_CLASSES: Readonly<Record<string, string>> = { '-': 'minus', '+': 'plus', '!': 'at', '@': 'at' };

function folded(title: string, lines: readonly string[]): string {
  if (lines.length === 0) return '';
  const rows = lines
    .flatMap((line) => line.split('\n'))
    .map((line) => `<span class="${LINE_CLASSES[line[0] ?? ''] ?? 'same'}">${html(line)}</span>`);
  return `<details${lines.length < 10 ? ' open' : ''}><summary>${html(title)}</summary><pre>${rows.join('')}</pre></details>`;
}

function footer({ state, commit, runUrl, stacks }: Report): string {
  const bases = state === 'preview' ? [...new Set(stacks.map(({ base }) => html(baseText(base))))] : [];
  const plans = stacks.filter(hasChanges).map(({ planHash }) => `plan ${inCode(planHash.slice(0, 12))}`);
  const run = runUrl && /^https?:\/\//.test(runUrl) ? [`<a href="${html(runUrl)}">run</a>`] : [];
  const parts = [...(commit ? [`commit ${inCode(commit.slice(0, 7))}`] : []), ...plans, ...run];
  return bases.length + parts.length === 0
    ? ''
    : `<footer>${[...bases, parts.join(' · ')].join(' ')}</footer>`;
}
