import { html } from '../../text/html.ts';
import { code, plain } from '../escape.ts';
import { STYLE } from '../page/style.ts';
import { durationText, timeText } from './times.ts';

/** A stack of a repository. Times are milliseconds since 1970. */
export interface StackRow {
  readonly stackName: string;
  readonly region: string;
  readonly status: string;
  readonly isFailed: boolean;
  readonly environment: string;
  readonly pullRequest: number | undefined;
  readonly commit: string;
  readonly created: number;
  readonly changed: number;
  readonly expires: number | undefined;
  /** As CloudFormation has it: `IN_SYNC`, `DRIFTED`, `NOT_CHECKED`. */
  readonly drift: string;
}

const HEAD = [
  'Environment',
  'Stack',
  'Region',
  'Commit',
  'Pull request',
  'Status',
  'Age',
  'Changed',
  'Drift',
  'Expires',
];

function cells(row: StackRow, now: number): readonly string[] {
  return [
    row.environment,
    row.stackName,
    row.region,
    row.commit.slice(0, 7),
    row.pullRequest === undefined ? '' : `#${row.pullRequest}`,
    row.status,
    durationText(now - row.created),
    `${durationText(now - row.changed)} ago`,
    DRIFT[row.drift] ?? row.drift,
    row.expires === undefined ? '' : row.expires < now ? 'overdue' : timeText(row.expires),
  ];
}

const DRIFT: Readonly<Record<string, string>> = {
  IN_SYNC: 'none',
  DRIFTED: 'drifted',
  NOT_CHECKED: 'not looked for',
  UNKNOWN: 'unknown',
};

/** The table in columns, with its head; empty where there are no stacks. */
export function overviewText(rows: readonly StackRow[], now = Date.now()): readonly string[] {
  if (rows.length === 0) return [];
  const table = [HEAD, ...rows.map((row) => cells(row, now))];
  const widths = HEAD.map((_, column) => Math.max(...table.map((line) => line[column]?.length ?? 0)));
  return table.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

export function overviewMarkdown(repository: string, rows: readonly StackRow[], now = Date.now()): string {
  const title = `### Stacks of ${plain(repository)}`;
  if (rows.length === 0) return `${title}\n\nNone.\n`;
  const lines = rows.map((row) => {
    const [environment = '', stack = '', region = '', commit = '', pullRequest = '', ...rest] = cells(
      row,
      now,
    );
    const icon = row.isFailed ? '❌ ' : '';
    return `| ${icon}${plain(environment)} | ${code(stack)} | ${plain(region)} | ${plain(commit)} | ${pullRequest} | ${rest.map(plain).join(' | ')} |`;
  });
  return [title, '', `| ${HEAD.join(' | ')} |`, `|${'---|'.repeat(HEAD.length)}`, ...lines, ''].join('\n');
}

export function overviewHtml(repository: string, rows: readonly StackRow[], now = Date.now()): string {
  const tr = (tag: 'th' | 'td', line: readonly string[]) =>
    `<tr>${line.map((cell) => `<${tag}>${html(cell)}</${tag}>`).join('')}</tr>`;
  const title = `Stacks of ${html(repository)}`;
  return [
    '<!doctype html>',
    `<html lang="en"><head><meta charset="utf-8"><title>${title}</title><style>${STYLE}</style></head>`,
    `<body><main><h1>${title}</h1><p>${html(timeText(now))}</p><table>`,
    tr('th', HEAD),
    ...rows.map((row) => tr('td', cells(row, now))),
    '</table></main></body></html>',
    '',
  ].join('\n');
}
