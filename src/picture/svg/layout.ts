import { Graph, layout } from '@dagrejs/dagre';
import type { PictureEdge } from '../types.ts';
import type { View, ViewItem } from '../view/index.ts';
import { changeText, linesUnder, nameText } from '../words.ts';

/** Something that is seen as one, not a box around others. */
export type Leaf = Exclude<ViewItem, { readonly kind: 'box' }>;

interface Rectangle {
  /** Of the upper left corner. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where everything in a view goes, in pixels. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly leaves: readonly (Rectangle & { readonly item: Leaf; readonly lines: readonly string[] })[];
  readonly boxes: readonly (Rectangle & { readonly name: string })[];
  readonly edges: readonly LaidEdge[];
}

export interface LaidEdge {
  readonly edge: PictureEdge;
  readonly points: readonly { readonly x: number; readonly y: number }[];
  /** The middle of its label; `undefined` where it has none. */
  readonly label: { readonly x: number; readonly y: number; readonly width: number } | undefined;
}

export const LINE_HEIGHT = 18;
const PADDING = 12;
const MARGIN = 24;
/** Letters of a line; the rest is told where the picture is touched. */
const LONGEST_LINE = 34;
/** How far what is connected to nothing is laid out in a row. */
const LEAST_WIDTH = 960;
const GAP = 24;

export const shortLine = (text: string, longest: number = LONGEST_LINE): string => {
  const letters = [...text];
  return letters.length <= longest ? text : `${letters.slice(0, longest - 1).join('')}…`;
};

/** Nobody can measure letters here: most are narrower than this, and those of some scripts twice as wide. */
export const widthOf = (text: string): number =>
  [...text].reduce((sum, letter) => sum + (/[\u1100-\u{1ffff}]/u.test(letter) ? 14 : 7.4), 0);

/** Lays a view out from left to right, what is connected to nothing in rows below. */
export function laidOut({ items, edges }: View): Layout {
  const connected = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const isAlone = (item: ViewItem): item is Leaf => item.kind !== 'box' && !connected.has(item.id);
  const graph = new Graph({ compound: true, multigraph: true });
  graph.setGraph({ rankdir: 'LR', nodesep: 26, ranksep: 56, edgesep: 14, marginx: MARGIN, marginy: MARGIN });
  const leaves = new Map<string, { readonly item: Leaf; readonly lines: readonly string[] }>();
  const boxes = new Map<string, string>();
  const add = (item: ViewItem, parent: string | undefined): void => {
    if (item.kind === 'box') {
      // An empty cluster is none for the library.
      if (item.items.length === 0) return;
      graph.setNode(item.id, {});
      boxes.set(item.id, item.branch.name);
      for (const each of item.items) add(each, item.id);
    } else {
      const sized = sizeOf(item);
      leaves.set(item.id, sized);
      graph.setNode(item.id, { width: sized.width, height: sized.height });
    }
    if (parent !== undefined) graph.setParent(item.id, parent);
  };
  for (const item of items) if (!isAlone(item)) add(item, undefined);
  edges.forEach((edge, index) => {
    const label = shortLine(edge.label);
    const size = label === '' ? {} : { width: widthOf(label) * 0.9 + 10, height: LINE_HEIGHT, labelpos: 'c' };
    graph.setEdge(edge.from, edge.to, size, String(index));
  });
  if (graph.nodeCount() > 0) layout(graph);
  const placed = (id: string): Rectangle => {
    const { x = 0, y = 0, width = 0, height = 0 } = graph.node(id) as Partial<Rectangle>;
    return { x: x - width / 2, y: y - height / 2, width, height };
  };
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  const drawn = graph.nodeCount() > 0 ? { width, height } : { width: 0, height: MARGIN };
  const rows = inRows(items.filter(isAlone), drawn);
  return {
    width: Math.max(drawn.width, rows.width, MARGIN * 2),
    height: rows.height,
    leaves: [...[...leaves].map(([id, leaf]) => ({ ...placed(id), ...leaf })), ...rows.leaves],
    boxes: [...boxes].map(([id, name]) => ({ ...placed(id), name })),
    edges: edges.map((edge, index): LaidEdge => {
      const {
        points = [],
        x,
        y,
        width: labelWidth,
      } = graph.edge(edge.from, edge.to, String(index)) as {
        readonly points?: LaidEdge['points'];
        readonly x?: number;
        readonly y?: number;
        readonly width?: number;
      };
      const isLabelled = edge.label !== '' && x !== undefined && y !== undefined;
      return { edge, points, label: isLabelled ? { x, y, width: labelWidth ?? 0 } : undefined };
    }),
  };
}

/** What stands in a leaf, a line each. */
export function linesOf(item: Leaf): readonly string[] {
  const change = changeText(item);
  return [nameText(item), ...linesUnder(item), ...(change ? [change] : [])].map((line) => shortLine(line));
}

function sizeOf(item: Leaf): { item: Leaf; lines: readonly string[]; width: number; height: number } {
  const lines = linesOf(item);
  const widest = Math.max(...lines.map((line, index) => widthOf(line) * (index === 0 ? 1.05 : 0.92)));
  return {
    item,
    lines,
    width: Math.max(84, widest + PADDING * 2),
    height: lines.length * LINE_HEIGHT + PADDING,
  };
}

function inRows(
  items: readonly Leaf[],
  drawn: { readonly width: number; readonly height: number },
): Pick<Layout, 'width' | 'height' | 'leaves'> {
  const most = Math.max(drawn.width - MARGIN, LEAST_WIDTH);
  const leaves: Layout['leaves'][number][] = [];
  let [x, y, tallest, widest] = [MARGIN, drawn.height, 0, 0];
  for (const each of items.map(sizeOf)) {
    if (x > MARGIN && x + each.width > most) [x, y, tallest] = [MARGIN, y + tallest + GAP, 0];
    leaves.push({ ...each, x, y });
    x += each.width + GAP;
    tallest = Math.max(tallest, each.height);
    widest = Math.max(widest, x);
  }
  const below = items.length === 0 ? 0 : tallest + MARGIN;
  return { leaves, width: widest, height: y + below };
}
