import { singleLine } from '../text/harmless.ts';
import type { NodeKind, Picture, PictureChange, PictureEdge } from './types.ts';
import { type View, type ViewItem, viewOf } from './view/index.ts';
import { treeOf } from './view/tree.ts';
import { CHANGE_ICONS, changeText, linesUnder, nameText } from './words.ts';

/** What is drawn side by side: as much as fits, from many to few. */
const SIZES = [60, 40, 24, 12, 1] as const;
/** GitHub draws no more than 50,000 characters and 500 edges (280 in former versions): Mermaid's own limits. */
const MOST_EDGES = 200;
/** Characters of a line of a label. */
const LONGEST = 60;

/**
 * The picture as Mermaid text, which GitHub draws: groups are folded until it fits. What is added, changed and removed
 * has its colour, which can be read in light and dark, and says so in words.
 *
 * @param limit bytes
 * @returns `''` where there is nothing to draw, or no room
 */
export function renderMermaid(picture: Picture, limit: number): string {
  if (picture.nodes.length === 0) return '';
  const tree = treeOf(picture);
  for (const most of SIZES) {
    const text = viewText(viewOf(picture, tree, most));
    if (Buffer.byteLength(text) <= limit) return text;
  }
  return '';
}

/** Brackets around the label, by what the node is. */
const SHAPES: Readonly<Partial<Record<NodeKind | 'folded', readonly [string, string]>>> = {
  table: ['[(', ')]'],
  bucket: ['[(', ')]'],
  queue: ['([', '])'],
  stream: ['([', '])'],
  topic: ['{{', '}}'],
  bus: ['{{', '}}'],
  rule: ['(', ')'],
  schedule: ['(', ')'],
  'state machine': ['[[', ']]'],
  folded: ['[[', ']]'],
};
const BOX = ['[', ']'] as const;

const ARROWS: Readonly<Record<PictureEdge['kind'], string>> = {
  event: '-->',
  permission: '-.->',
  use: '-.-',
};

/** Text and line colours that can be told apart on their own backgrounds, whatever the page's is. */
const COLOURS: Readonly<Record<PictureChange, readonly [fill: string, line: string]>> = {
  added: ['#dafbe1', '#1a7f37'],
  changed: ['#fff8c5', '#9a6700'],
  replaced: ['#ffebe9', '#cf222e'],
  removed: ['#ffebe9', '#cf222e'],
};
const TEXT = '#1f2328';

function viewText({ items, edges }: View): string {
  const ids = new Map<string, string>();
  const used = new Set<PictureChange>();
  const lines = itemLines(items, { ids, used }, '  ');
  const shown = withinLimit(edges).flatMap((edge) => {
    const [from, to] = [ids.get(edge.from), ids.get(edge.to)];
    return from && to ? [{ ...edge, from, to }] : [];
  });
  const arrows = shown.map(({ from, to, kind, label }) => {
    const told = label === '' ? '' : `|"${safe(label)}"|`;
    return `  ${from} ${ARROWS[kind]}${told} ${to}`;
  });
  const styles = shown.flatMap(({ change }, index) =>
    change ? [`  linkStyle ${index} stroke:${COLOURS[change][1]},stroke-width:2px`] : [],
  );
  const classes = [...used].map((change) => {
    const [fill, line] = COLOURS[change];
    const dashes = change === 'removed' ? ',stroke-dasharray:5 3' : '';
    return `  classDef ${change} fill:${fill},stroke:${line},color:${TEXT}${dashes}`;
  });
  return ['flowchart LR', ...lines, ...arrows, ...styles, ...classes].join('\n');
}

interface Written {
  /** Mermaid's own names for items: none of ours gets into them. */
  readonly ids: Map<string, string>;
  readonly used: Set<PictureChange>;
}

function itemLines(items: readonly ViewItem[], written: Written, indent: string): readonly string[] {
  return items.flatMap((item): readonly string[] => {
    const id = `n${written.ids.size}`;
    written.ids.set(item.id, id);
    if (item.kind === 'box')
      return [
        `${indent}subgraph ${id}["${safe(item.branch.name)}"]`,
        ...itemLines(item.items, written, `${indent}  `),
        `${indent}end`,
      ];
    const change = changeText(item);
    if (change) written.used.add(change);
    const [open, close] = SHAPES[item.kind === 'folded' ? 'folded' : item.node.kind] ?? BOX;
    const texts = [nameText(item), ...linesUnder(item)].map(safe);
    const told = change ? [`${CHANGE_ICONS[change]} ${change}`] : [];
    return [
      `${indent}${id}${open}"${[...texts, ...told].join('<br>')}"${close}${change ? `:::${change}` : ''}`,
    ];
  });
}

/** What matters least is left out first. */
function withinLimit(edges: readonly PictureEdge[]): readonly PictureEdge[] {
  const rank = ({ kind, change }: PictureEdge): number =>
    change === undefined ? ['event', 'permission', 'use'].indexOf(kind) + 1 : 0;
  return edges.length <= MOST_EDGES
    ? edges
    : [...edges].sort((a, b) => rank(a) - rank(b)).slice(0, MOST_EDGES);
}

/** Mermaid draws no lists, and refuses a label that begins as one does. */
const LIST = /^(\d+(?=[.)])|(?=[-+*]))/;

/** What Mermaid reads once it has the characters back: formulas, line ends, and names of icons. */
const READ_LATER = /#(36|92);|\bfa[a-z]?(?=:)/g;

/**
 * Text of a label: whatever could end it, or be read as markup, is written by its number, which Mermaid writes as `#…;`.
 */
export function safe(text: string): string {
  const line = singleLine(text);
  const shown = [...line].length > LONGEST ? `${[...line].slice(0, LONGEST - 1).join('')}…` : line;
  return shown
    .replace(/[^\p{L}\p{N} .,_/:()…·-]/gu, (char) => `#${char.codePointAt(0)};`)
    .replace(LIST, '$&\u200b')
    .replace(READ_LATER, '$&\u200b');
}
