import { html } from '../../text/html.ts';
import { type LaidEdge, type Layout, LINE_HEIGHT, laidOut } from './layout.ts';
import type { Sketch, SketchLeaf } from './sketch.ts';

/**
 * Lays a view out and writes it as SVG. It runs in Node.js, and in the browser that shows a page.
 *
 * @param attributes of the element besides its size; they have to be escaped
 * @param before what stands in the element before the view
 */
export function draw(
  sketch: Sketch,
  attributes: string,
  before: (width: number, height: number) => string = () => '',
): string {
  const { width, height, leaves, boxes, edges } = laidOut(sketch);
  const body = [
    ...boxes.map(boxText),
    ...edges.map((edge) => lineText(edge)),
    ...edges.map((edge) => labelText(edge)),
    ...leaves.map(leafText),
  ];
  const [wide, high] = [Math.ceil(width), Math.ceil(height)];
  return [
    `<svg ${attributes} width="${wide}" height="${high}" viewBox="0 0 ${wide} ${high}">`,
    before(wide, high),
    ...body,
    '</svg>',
  ]
    .filter(Boolean)
    .join('\n');
}

const at = (value: number): string => String(Math.round(value * 10) / 10);

const boxText = ({ x, y, width, height, name }: Layout['boxes'][number]): string =>
  `<g class="box"><rect x="${at(x)}" y="${at(y)}" width="${at(width)}" height="${at(height)}" rx="8"/><text x="${at(x + 8)}" y="${at(y - 4)}">${html(name)}</text></g>`;

const ROUND: Readonly<Record<string, number>> = {
  function: 4,
  api: 4,
  queue: 16,
  stream: 16,
  topic: 16,
  bus: 16,
};

function leafText({ x, y, width, height, leaf }: Layout['leaves'][number]): string {
  const { lines, look, change, isGuest, attributes, title } = leaf;
  const rectangle = (shift: number): string =>
    `<rect x="${at(x + shift)}" y="${at(y + shift)}" width="${at(width)}" height="${at(height)}" rx="${ROUND[look] ?? 8}"/>`;
  const texts = lines.map((line, index) => {
    const role = roleOf(leaf, index);
    const mark = role === 'change' && change ? `${MARKS[change]} ` : '';
    return `<text class="${role}" x="${at(x + width / 2)}" y="${at(y + 6 + LINE_HEIGHT * (index + 0.75))}">${mark}${html(line)}</text>`;
  });
  const classes = ['leaf', look, ...(change ? [change] : []), ...(isGuest ? ['guest'] : [])].join(' ');
  const told = title === undefined ? '' : `<title>${html(title)}</title>`;
  return `<g class="${classes}"${attributes}>${told}${look === 'folded' ? rectangle(4) : ''}${rectangle(0)}${texts.join(' ')}</g>`;
}

function roleOf({ lines, change }: SketchLeaf, index: number): 'name' | 'detail' | 'change' {
  if (index === 0) return 'name';
  return change && index === lines.length - 1 ? 'change' : 'detail';
}

/** Colours alone tell nothing to whoever cannot tell them apart. */
const MARKS = { added: '+', changed: '~', replaced: '!', removed: '−' } as const;

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
  return `<g class="edge ${edge.classes}"><path class="line" d="M${at(first.x)} ${at(first.y)}${curve.join('')}L${at(last.x)} ${at(last.y)}"/><path class="head" d="${head}"/></g>`;
}

function labelText({ edge, label }: LaidEdge): string {
  if (!label) return '';
  const { x, y, width } = label;
  return `<g class="label ${edge.classes}"><rect x="${at(x - width / 2)}" y="${at(y - 9)}" width="${at(width)}" height="18" rx="4"/><text x="${at(x)}" y="${at(y + 4)}">${html(edge.label)}</text></g>`;
}
