import type { PictureChange, PictureEdge } from '../types.ts';
import type { View, ViewItem } from '../view/index.ts';
import { changeText, kindText, linesUnder, nameText } from '../words.ts';

/** Something that is seen as one, not a box around others. */
export type Leaf = Exclude<ViewItem, { readonly kind: 'box' }>;

/**
 * All that is drawn of a view, as plain data: a page can keep it, and have it drawn once somebody wants to see it. Where
 * everything goes is found then.
 */
export interface Sketch {
  readonly items: readonly SketchItem[];
  /** Drawn below: what is connected to nothing, and in no box. */
  readonly alone: readonly SketchLeaf[];
  readonly edges: readonly SketchEdge[];
}

export type SketchItem =
  | SketchLeaf
  | {
      readonly kind: 'box';
      readonly id: string;
      readonly name: string;
      readonly items: readonly SketchItem[];
    };

export interface SketchLeaf {
  readonly kind: 'leaf';
  readonly id: string;
  /** What stands in it, a line each: its name, what it is, what becomes of it. */
  readonly lines: readonly string[];
  /** What it looks like: `folded`, or the kind of a node. */
  readonly look: string;
  readonly change?: PictureChange | undefined;
  readonly isGuest: boolean;
  /** Attributes, escaped, or nothing. */
  readonly attributes: string;
  /** What is told where it is touched; where it can be chosen, it says all of it then. */
  readonly title?: string | undefined;
}

export interface SketchEdge extends Pick<PictureEdge, 'from' | 'to'> {
  readonly classes: string;
  /** `''` without one. */
  readonly label: string;
}

/** Letters of a line; the rest is told where the picture is touched. */
const LONGEST_LINE = 34;
/** Of the name of a box. */
const LONGEST_NAME = 60;

const shortLine = (text: string, longest: number = LONGEST_LINE): string => {
  const letters = [...text];
  return letters.length <= longest ? text : `${letters.slice(0, longest - 1).join('')}…`;
};

/**
 * @param attributes of what is drawn for a leaf, where the page makes something of it; they have to be escaped. It is called
 *   in the order in which leaves are drawn
 */
export function sketchOf({ items, edges }: View, attributes?: (item: Leaf) => string): Sketch {
  const connected = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const isAlone = (item: ViewItem): item is Leaf => item.kind !== 'box' && !connected.has(item.id);
  const sketched = (item: ViewItem): SketchItem[] => {
    if (item.kind !== 'box') return [leafOf(item, attributes)];
    // An empty cluster is none for the library.
    if (item.items.length === 0) return [];
    const name = shortLine(item.branch.name, LONGEST_NAME);
    return [{ kind: 'box', id: item.id, name, items: item.items.flatMap(sketched) }];
  };
  return {
    items: items.filter((item) => !isAlone(item)).flatMap(sketched),
    alone: items.filter(isAlone).map((item) => leafOf(item, attributes)),
    edges: edges.map(({ from, to, kind, label, change }) => ({
      from,
      to,
      classes: change ? `${kind} ${change}` : kind,
      label: shortLine(label),
    })),
  };
}

function leafOf(item: Leaf, attributes: ((item: Leaf) => string) | undefined): SketchLeaf {
  return {
    kind: 'leaf',
    id: item.id,
    lines: linesOf(item),
    look: item.kind === 'folded' ? 'folded' : item.node.kind.replace(' ', '-'),
    change: changeText(item),
    isGuest: item.kind === 'node' && item.isGuest,
    attributes: attributes?.(item) ?? '',
    title: attributes ? undefined : titleOf(item),
  };
}

/** What stands in a leaf, a line each. */
export function linesOf(item: Leaf): readonly string[] {
  const change = changeText(item);
  return [nameText(item), ...linesUnder(item), ...(change ? [change] : [])].map((line) => shortLine(line));
}

const titleOf = (item: Leaf): string =>
  item.kind === 'folded' ? nameText(item) : `${nameText(item)} (${kindText(item.node)})`;
