import { Graph, layout } from '@dagrejs/dagre';
import type { Sketch, SketchEdge, SketchItem, SketchLeaf } from './sketch.ts';

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
  readonly leaves: readonly (Rectangle & { readonly leaf: SketchLeaf })[];
  readonly boxes: readonly (Rectangle & { readonly name: string })[];
  readonly edges: readonly LaidEdge[];
}

export interface LaidEdge {
  readonly edge: SketchEdge;
  readonly points: readonly { readonly x: number; readonly y: number }[];
  /** The middle of its label; `undefined` where it has none. */
  readonly label: { readonly x: number; readonly y: number; readonly width: number } | undefined;
}

export const LINE_HEIGHT = 18;
const PADDING = 12;
const MARGIN = 24;
/** How far what is connected to nothing is laid out in a row. */
const LEAST_WIDTH = 960;
const GAP = 24;

/** Nobody can measure letters here: most are narrower than this, and those of some scripts twice as wide. */
const widthOf = (text: string): number =>
  [...text].reduce((sum, letter) => sum + (/[\u1100-\u{1ffff}]/u.test(letter) ? 14 : 7.4), 0);

/** Lays a view out from left to right, what is connected to nothing in rows below. */
export function laidOut({ items, alone, edges }: Sketch): Layout {
  const graph = new Graph({ compound: true, multigraph: true });
  graph.setGraph({ rankdir: 'LR', nodesep: 26, ranksep: 56, edgesep: 14, marginx: MARGIN, marginy: MARGIN });
  const leaves: SketchLeaf[] = [];
  const boxes: { readonly id: string; readonly name: string }[] = [];
  const add = (item: SketchItem, parent: string | undefined): void => {
    if (item.kind === 'box') {
      graph.setNode(item.id, {});
      boxes.push(item);
      for (const each of item.items) add(each, item.id);
    } else {
      leaves.push(item);
      graph.setNode(item.id, sizeOf(item));
    }
    if (parent !== undefined) graph.setParent(item.id, parent);
  };
  for (const item of items) add(item, undefined);
  edges.forEach(({ from, to, label }, index) => {
    const size = label === '' ? {} : { width: widthOf(label) * 0.9 + 10, height: LINE_HEIGHT, labelpos: 'c' };
    graph.setEdge(from, to, size, String(index));
  });
  if (graph.nodeCount() > 0) layout(graph);
  const placed = (id: string): Rectangle => {
    const { x = 0, y = 0, width = 0, height = 0 } = graph.node(id) as Partial<Rectangle>;
    return { x: x - width / 2, y: y - height / 2, width, height };
  };
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  const drawn = graph.nodeCount() > 0 ? { width, height } : { width: 0, height: MARGIN };
  const rows = inRows(alone, drawn);
  return {
    width: Math.max(drawn.width, rows.width, MARGIN * 2),
    height: rows.height,
    leaves: [...leaves.map((leaf) => ({ ...placed(leaf.id), leaf })), ...rows.leaves],
    boxes: boxes.map(({ id, name }) => ({ ...placed(id), name })),
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

function sizeOf({ lines }: SketchLeaf): { width: number; height: number } {
  const widest = Math.max(...lines.map((line, index) => widthOf(line) * (index === 0 ? 1.05 : 0.92)));
  return { width: Math.max(84, widest + PADDING * 2), height: lines.length * LINE_HEIGHT + PADDING };
}

function inRows(
  items: readonly SketchLeaf[],
  drawn: { readonly width: number; readonly height: number },
): Pick<Layout, 'width' | 'height' | 'leaves'> {
  const most = Math.max(drawn.width - MARGIN, LEAST_WIDTH);
  const leaves: Layout['leaves'][number][] = [];
  let [x, y, tallest, widest] = [MARGIN, drawn.height, 0, 0];
  for (const leaf of items) {
    const { width, height } = sizeOf(leaf);
    if (x > MARGIN && x + width > most) [x, y, tallest] = [MARGIN, y + tallest + GAP, 0];
    leaves.push({ leaf, x, y, width, height });
    x += width + GAP;
    tallest = Math.max(tallest, height);
    widest = Math.max(widest, x);
  }
  const below = items.length === 0 ? 0 : tallest + MARGIN;
  return { leaves, width: widest, height: y + below };
}
