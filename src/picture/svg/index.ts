import { html } from '../../text/html.ts';
import type { Picture, PictureEdge } from '../types.ts';
import { MOST_SEEN } from '../view/all.ts';
import { type View, viewOf } from '../view/index.ts';
import { treeOf } from '../view/tree.ts';
import { changeText, kindText, nameText } from '../words.ts';
import { type LaidEdge, type Layout, type Leaf, LINE_HEIGHT, laidOut, shortLine } from './layout.ts';
import { SVG_STYLE } from './style.ts';

/** How a view is written where a page makes something of it. */
export interface Interactive {
  /** Attributes of what is drawn for a leaf; they have to be escaped. */
  readonly attributes: (item: Leaf) => string;
  /** What the whole is called. */
  readonly label: string;
  /** Further attributes of the whole. */
  readonly own: string;
}

/** The picture as an SVG file of its own, in the colours that its reader prefers. */
export function renderSvg(picture: Picture, title: string): string {
  const view = viewOf(picture, treeOf(picture), MOST_SEEN);
  const { width, height, body } = drawing(view, undefined);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="picture" role="img" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title>${html(title)}</title>`,
    `<style>${SVG_STYLE}</style>`,
    `<rect class="paper" width="${width}" height="${height}"/>`,
    body,
    '</svg>',
    '',
  ].join('\n');
}

/** A view for a page, whose style has to have {@link SVG_STYLE}. */
export function renderView(view: View, { attributes, label, own }: Interactive): string {
  const { width, height, body } = drawing(view, attributes);
  return `<svg role="group" aria-label="${html(label)}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"${own}>\n${body}\n</svg>`;
}

function drawing(
  view: View,
  attributes: Interactive['attributes'] | undefined,
): { readonly width: number; readonly height: number; readonly body: string } {
  const { width, height, leaves, boxes, edges } = laidOut(view);
  const body = [
    ...boxes.map(boxText),
    ...edges.map((edge) => lineText(edge)),
    ...edges.map((edge) => labelText(edge)),
    ...leaves.map((leaf) => leafText(leaf, attributes)),
  ];
  return { width: Math.ceil(width), height: Math.ceil(height), body: body.filter(Boolean).join('\n') };
}

const at = (value: number): string => String(Math.round(value * 10) / 10);

const boxText = ({ x, y, width, height, name }: Layout['boxes'][number]): string =>
  `<g class="box"><rect x="${at(x)}" y="${at(y)}" width="${at(width)}" height="${at(height)}" rx="8"/><text x="${at(x + 8)}" y="${at(y - 4)}">${html(shortLine(name, 60))}</text></g>`;

function leafText(
  { x, y, width, height, item, lines }: Layout['leaves'][number],
  attributes: Interactive['attributes'] | undefined,
): string {
  const change = changeText(item);
  const kind = item.kind === 'folded' ? 'folded' : item.node.kind.replace(' ', '-');
  const guest = item.kind === 'node' && item.isGuest ? ' guest' : '';
  const round = { function: 4, api: 4, queue: 16, stream: 16, topic: 16, bus: 16 }[kind] ?? 8;
  const rectangle = (shift: number): string =>
    `<rect x="${at(x + shift)}" y="${at(y + shift)}" width="${at(width)}" height="${at(height)}" rx="${round}"/>`;
  const texts = lines.map((line, index) => {
    const role = index === 0 ? 'name' : change && index === lines.length - 1 ? 'change' : 'detail';
    const mark = role === 'change' && change ? `${MARKS[change]} ` : '';
    return `<text class="${role}" x="${at(x + width / 2)}" y="${at(y + 6 + LINE_HEIGHT * (index + 0.75))}">${mark}${html(line)}</text>`;
  });
  // Where it can be chosen, it says all of it then.
  const title = attributes ? '' : `<title>${html(titleOf(item))}</title>`;
  return `<g class="leaf ${kind}${change ? ` ${change}` : ''}${guest}"${attributes?.(item) ?? ''}>${title}${item.kind === 'folded' ? rectangle(4) : ''}${rectangle(0)}${texts.join(' ')}</g>`;
}

const titleOf = (item: Leaf): string =>
  item.kind === 'folded' ? nameText(item) : `${nameText(item)} (${kindText(item.node)})`;

/** Colours alone tell nothing to whoever cannot tell them apart. */
const MARKS = { added: '+', changed: '~', replaced: '!', removed: '−' } as const;

const classesOf = ({ kind, change }: PictureEdge): string => `${kind}${change ? ` ${change}` : ''}`;

function lineText({ edge, points }: LaidEdge): string {
  const [first, ...rest] = points;
  const last = rest.at(-1);
  if (!first || !last) return '';
  // Each bend is the handle of a curve between the middles of its neighbours.
  const curve = rest.slice(0, -1).map((point, index) => {
    const next = rest[index + 1] ?? last;
    return `Q${at(point.x)} ${at(point.y)} ${at((point.x + next.x) / 2)} ${at((point.y + next.y) / 2)}`;
  });
  const before = points.at(-2) ?? first;
  const angle = Math.atan2(last.y - before.y, last.x - before.x);
  const corner = (turn: number): string =>
    `${at(last.x - 9 * Math.cos(angle + turn))} ${at(last.y - 9 * Math.sin(angle + turn))}`;
  const head = `M${at(last.x)} ${at(last.y)}L${corner(0.42)}L${corner(-0.42)}Z`;
  return `<g class="edge ${classesOf(edge)}"><path class="line" d="M${at(first.x)} ${at(first.y)}${curve.join('')}L${at(last.x)} ${at(last.y)}"/><path class="head" d="${head}"/></g>`;
}

function labelText({ edge, label }: LaidEdge): string {
  if (!label) return '';
  const { x, y, width } = label;
  return `<g class="label ${classesOf(edge)}"><rect x="${at(x - width / 2)}" y="${at(y - 9)}" width="${at(width)}" height="18" rx="4"/><text x="${at(x)}" y="${at(y + 4)}">${html(shortLine(edge.label))}</text></g>`;
}
