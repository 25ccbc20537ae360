import { bytes } from '../../text/bytes.ts';
import { html } from '../../text/html.ts';
import type { StackReport, TimelineRow } from '../model.ts';

/** Of a bar, in the units of its own picture: the page's policy lets no element have a style. */
const WIDTH = 200;
const HEIGHT = 10;
/** What took no time is seen all the same. */
const LEAST = 1.5;
/** Rows that are there without a click. */
const FEW = 12;

/**
 * What CloudFormation did, as a waterfall: when it began with each resource, and how long that took.
 *
 * @returns HTML; nothing where nothing happened
 */
export function timelinePart({ timeline = [] }: StackReport): string {
  if (timeline.length === 0) return '';
  const total = Math.max(1, ...timeline.map(({ start, end = start }) => end));
  const rows = timeline.map((row) => {
    const { logicalId, type, action, start, end } = row;
    const took = end === undefined ? 'not ended' : seconds(end - start);
    const shown = [bar(start / total, ((end ?? total) - start) / total, classOf(row))];
    const cells = [`<code>${html(logicalId)}</code>`, html(type), WORDS[action], picture(shown)];
    return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}<td class="number">${took}</td></tr>`;
  });
  const longest = timeline
    .filter(({ end }) => end !== undefined)
    .toSorted((a, b) => lengthOf(b) - lengthOf(a))
    .slice(0, 3)
    .map((each) => `${each.logicalId} ${seconds(lengthOf(each))}`);
  const summary = `What CloudFormation did: ${seconds(total)}${longest.length > 1 ? `, longest ${longest.join(', ')}` : ''}`;
  const heads = ['Resource', 'Type', 'Done', 'When'];
  return foldedTable(summary, { label: 'Timeline', heads, last: 'Took', rows });
}

/**
 * The code of all functions and layers by size, with what it was before where that is known.
 *
 * @returns HTML; nothing where there is no code
 */
export function sizesPart({ codeSizes, codeFiles = {} }: StackReport): string {
  const all = Object.entries(codeSizes)
    .map(([logicalId, size]) => ({
      logicalId,
      size,
      before: Object.hasOwn(codeFiles, logicalId) ? codeFiles[logicalId]?.sizeBefore : undefined,
    }))
    .sort((a, b) => b.size - a.size);
  if (all.length === 0) return '';
  const most = Math.max(1, ...all.map(({ size, before = 0 }) => Math.max(size, before)));
  const rows = all.map(({ logicalId, size, before }) => {
    const bars = [
      ...(before === undefined ? [] : [bar(0, before / most, 'former')]),
      bar(0, size / most, before !== undefined && before < size ? 'grown' : 'now', before !== undefined),
    ];
    const change = before === undefined || before === size ? '' : changeText(before, size);
    const cells = [`<code>${html(logicalId)}</code>`, picture(bars), change];
    return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}<td class="number">${html(bytes(size))}</td></tr>`;
  });
  const sum = all.reduce((total, { size }) => total + size, 0);
  const changed = all.reduce((total, { size, before = size }) => total + size - before, 0);
  const summary = `Code: ${bytes(sum)}${changed === 0 ? '' : `, ${changed > 0 ? '+' : '−'}${bytes(Math.abs(changed))}`}`;
  return foldedTable(summary, {
    label: 'Code sizes',
    heads: ['Code of', 'Size', 'Change'],
    last: 'Archive',
    rows,
  });
}

const changeText = (before: number, size: number): string => {
  const sign = size > before ? '+' : '−';
  const share = before === 0 ? '' : ` (${sign}${Math.round((Math.abs(size - before) / before) * 100)} %)`;
  return html(`${sign}${bytes(Math.abs(size - before))}${share}`);
};

const lengthOf = ({ start, end = start }: TimelineRow): number => end - start;
const WORDS = { create: 'created', update: 'updated', delete: 'deleted', rollback: 'rolled back' } as const;
const classOf = ({ failed, action }: TimelineRow): string =>
  failed ? 'stopped' : action === 'create' ? 'grown' : action === 'update' ? 'now' : 'former';

function bar(from: number, length: number, name: string, isBelow = false): string {
  const [y, height] = isBelow ? [HEIGHT / 2, HEIGHT / 2] : [0, HEIGHT];
  const x = Math.min(from * WIDTH, WIDTH - LEAST);
  const width = Math.max(LEAST, Math.min(length * WIDTH, WIDTH - x));
  return `<rect class="${name}" x="${x.toFixed(1)}" y="${y}" width="${width.toFixed(1)}" height="${height}"/>`;
}

const picture = (bars: readonly string[]): string =>
  `<svg class="bar" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" aria-hidden="true">${bars.join('')}</svg>`;

function foldedTable(
  summary: string,
  {
    label,
    heads,
    last,
    rows,
  }: {
    readonly label: string;
    readonly heads: readonly string[];
    readonly last: string;
    readonly rows: readonly string[];
  },
): string {
  const head = `${heads.map((each) => `<th scope="col">${each}</th>`).join('')}<th scope="col" class="number">${last}</th>`;
  const table = `<div class="scroll" role="region" aria-label="${label}" tabindex="0"><table><thead><tr>${head}</tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table></div>`;
  return `<details${rows.length <= FEW ? ' open' : ''}><summary>${html(summary)}</summary><div class="inner">${table}</div></details>`;
}

/** `1 min 20 s`, `4.2 s` */
function seconds(milliseconds: number): string {
  const all = milliseconds / 1000;
  if (all < 10) return `${Math.round(all * 10) / 10} s`;
  const [minutes, rest] = [Math.floor(all / 60), Math.round(all % 60)];
  return minutes === 0 ? `${Math.round(all)} s` : `${minutes} min${rest === 0 ? '' : ` ${rest} s`}`;
}
