import { createHash } from 'node:crypto';
import { problemLine } from '../problem.ts';
import { html } from '../text/html.ts';
import { cautions } from './cautions.ts';
import { environmentText } from './environments/environment.ts';
import type { Report, StackReport } from './model.ts';
import { withNames } from './names.ts';
import { sizesPart, timelinePart } from './page/bars.ts';
import { STYLE } from './page/style.ts';
import { changeRows, foldedTitle, type Row, resourceBlocks } from './rows.ts';
import {
  baseText,
  executionsOf,
  functionRows,
  lockFileBlocks,
  otherLines,
  permissionLines,
  smokeSummary,
  verificationSummary,
} from './sections.ts';
import { SIZING_NOTE, sizingRows } from './sizing.ts';
import { STATE_ICONS } from './stack-sections.ts';
import { instanceTable } from './stack-sets/instances.ts';
import { groupsOf, isOfTargets, type TargetStack } from './targets/groups.ts';
import { groupTitle } from './targets/sections.ts';
import { changeWords, hasChanges, headline, verdict } from './verdict.ts';

/** What brings the pictures of a page to life. */
export interface PagePictures {
  /** By the name of a stack, HTML of its picture. */
  readonly drawn: ReadonlyMap<string, string>;
  readonly style: string;
  readonly script: string;
}

const NO_PICTURES: PagePictures = { drawn: new Map(), style: '', script: '' };

/**
 * The report as a page of its own: what the comment says, in the same order, with nothing left out, and the pictures.
 * It needs nothing from elsewhere, and allows nothing: only the style and the script that stand in it are run.
 *
 * @param title where it is not about a comparison
 */
export function renderHtml(
  given: Report,
  {
    pictures = NO_PICTURES,
    title: own,
  }: { readonly pictures?: PagePictures | undefined; readonly title?: string | undefined } = {},
): string {
  const report = withNames(given);
  const title = own ?? headline(report);
  const style = `${STYLE}${pictures.style}`;
  const [only] = report.stacks.length === 1 ? report.stacks : [];
  const icon = STATE_ICONS[report.state === 'failed' ? 'failed' : (only?.state ?? report.state)];
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${html(title)}</title>`,
    `<meta http-equiv="Content-Security-Policy" content="${policy(style, pictures.script)}">`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    '<main>',
    `<h1><span aria-hidden="true">${icon}</span> ${html(title)}</h1>`,
    box(
      'Errors',
      report.problems.map((problem) => html(problemLine(problem))),
    ),
    ...(isOfTargets(report.stacks)
      ? targetParts(report.stacks, pictures)
      : report.stacks.map((stack) =>
          only
            ? stackPart(stack, pictures)
            : `<section><h2>${html(verdict(stack))}</h2>${stackPart(stack, pictures)}</section>`,
        )),
    ...lockFileBlocks(report).map(({ title, lines }) => folded(title, lines)),
    box('Warnings', report.warnings.map(html)),
    own === undefined ? footer(report) : '',
    '</main>',
    pictures.script === '' ? '' : `<script>${pictures.script}</script>`,
    '</body>',
    '</html>',
    '',
  ]
    .filter((line, index, all) => line !== '' || index === all.length - 1)
    .join('\n');
}

/** Of CSP: a page that others' names got into could still load and run nothing. */
function policy(style: string, script: string): string {
  const digest = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  const scripts = script === '' ? "'none'" : digest(script);
  return `default-src 'none'; style-src ${digest(style)}; script-src ${scripts}; base-uri 'none'; form-action 'none'`;
}

/** A line for each target; then equal changes once, and what differs. */
const targetParts = (stacks: readonly TargetStack[], pictures: PagePictures): string[] => [
  box(
    'Targets',
    stacks.map((stack) =>
      html(
        [
          `${stack.label.name} · ${verdict(stack)}`,
          ...(stack.failure ? [problemLine(stack.failure)] : []),
        ].join(': '),
      ),
    ),
  ),
  ...groupsOf(stacks).map(
    (group) => `<section><h2>${html(groupTitle(group))}</h2>${stackPart(group.stack, pictures)}</section>`,
  ),
];

const notesBox = ({ notes = [] }: StackReport): string => box('Notes', notes.map(html));

function stackPart(stack: StackReport, { drawn }: PagePictures): string {
  if (stack.state === 'deleted') return notesBox(stack);
  const caution = box(
    'Caution',
    cautions(stack).map(({ logicalId, message }) => `<code>${html(logicalId)}</code> ${html(message)}`),
  );
  if (stack.failure) {
    const plan = changeWords([stack]);
    const inner = `<div class="inner">${caution}${changeTable(stack)}${functionTable(stack)}</div>`;
    return [
      box('Failed', [html(problemLine(stack.failure))]),
      instancesTable(stack),
      smokeTable(stack),
      timelinePart(stack),
      plan === '' ? '' : `<details><summary>The plan was: ${html(plan)}</summary>${inner}</details>`,
    ].join('\n');
  }
  return [
    caution,
    box('Environment', stack.environment?.isTransient ? [html(environmentText(stack.environment))] : []),
    notesBox(stack),
    drawn.get(stack.stackName) ?? '',
    instancesTable(stack),
    outputTable(stack),
    driftTable(stack),
    changeTable(stack),
    functionTable(stack),
    sizesPart(stack),
    smokeTable(stack),
    timelinePart(stack),
    ...functionRows(stack).flatMap(({ logicalId, packages, files }) => [
      folded(`${logicalId} · packages in its code`, packages),
      folded(`${logicalId} · files of its code`, files),
    ]),
    folded('Permissions', permissionLines(stack)),
    ...resourceBlocks(stack).map(({ title, lines, isFolded }) => folded(title, lines, isFolded)),
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
    changeRows(stack).map((row) => [
      span(row.action, row.what),
      resourceCell(row),
      html(row.type),
      html(row.why),
    ]),
  );

const driftTable = ({ drift = [] }: StackReport): string =>
  table(
    'Drift',
    [
      { head: 'Changed outside of CloudFormation' },
      { head: 'Property' },
      { head: 'Deployed template' },
      { head: 'Real value' },
      { head: 'New' },
    ],
    drift.map(({ logicalId, property, deployed, real, after }) => [
      inCode(logicalId),
      html(property),
      inCode(deployed),
      inCode(real),
      inCode(after),
    ]),
  );
function resourceCell(row: Row): string {
  if (row.place === 'folded') return `↳ <em>${html(foldedTitle(row))}</em>`;
  return `${row.place === 'below' ? '↳ ' : ''}${inCode(row.logicalId)}${row.of === '' ? '' : ` ${html(row.of)}`}`;
}

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

const smokeTable = (stack: StackReport): string =>
  [
    testTable(smokeSummary(stack), 'Smoke tests', 'Function'),
    sizingTable(stack),
    testTable(verificationSummary(stack), 'Checks', 'Check of'),
    ...executionsOf(stack).map(({ title, lines }) => folded(title, lines, true)),
  ]
    .filter((part) => part !== '')
    .join('\n');

function testTable(
  { title, rows }: ReturnType<typeof smokeSummary>,
  caption: string,
  subject: string,
): string {
  if (rows.length === 0) return '';
  const cells = rows.map((test) => [
    test.passed ? span('passed', 'passed') : span('failed', 'failed'),
    inCode(test.function),
    inCode(test.file),
    `${Math.round(test.durationMs)} ms`,
    test.failures.map(html).join('<br>'),
  ]);
  const columns = [
    { head: 'Result' },
    { head: subject },
    { head: 'Test' },
    { head: 'Time', numeric: true },
    { head: 'Not as expected' },
  ];
  return `${title === undefined ? '' : `<h3>${title}</h3>`}${table(caption, columns, cells)}`;
}

function sizingTable(stack: StackReport): string {
  const rows = sizingRows(stack).map((row) => [
    inCode(row.function),
    row.memory,
    row.used,
    row.longest,
    row.cost,
  ]);
  const heads = ['Memory', 'Used at most', 'Longest call', 'A million of these'];
  const columns = [{ head: 'Function' }, ...heads.map((head) => ({ head, numeric: true }))];
  return table(`Memory and cost (${SIZING_NOTE})`, columns, rows);
}

/** The stacks of a stack set, a row for each account. */
function instancesTable(stack: StackReport): string {
  const found = instanceTable(stack);
  if (!found) return '';
  const { regions, rows, more, failures } = found;
  return [
    box('Failed instances', failures.map(html)),
    table(
      more > 0 ? `Instances, without ${more} more accounts` : 'Instances',
      [{ head: 'Account' }, ...regions.map((head) => ({ head }))],
      rows.map(({ account, cells }) => [html(account), ...cells.map(html)]),
    ),
  ].join('\n');
}

function outputTable({ outputs, state }: StackReport): string {
  if (state !== 'deployed' && state !== 'unchanged') return '';
  const rows = Object.entries(outputs).map(([name, value]) => [inCode(name), inCode(value)]);
  return table('Outputs', [{ head: 'Output' }, { head: 'Value' }], rows);
}

const LINE_CLASSES: Readonly<Record<string, string>> = { '-': 'minus', '+': 'plus', '!': 'at', '@': 'at' };

function folded(title: string, lines: readonly string[], isClosed = false): string {
  if (lines.length === 0) return '';
  const rows = lines
    .flatMap((line) => line.split('\n'))
    .map((line) => `<span class="${LINE_CLASSES[line[0] ?? ''] ?? 'same'}">${html(line)}</span>`);
  return `<details${lines.length < 10 && !isClosed ? ' open' : ''}><summary>${html(title)}</summary><pre>${rows.join('')}</pre></details>`;
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
