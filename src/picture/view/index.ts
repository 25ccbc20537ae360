import { joined } from '../graph/edges.ts';
import type { Picture, PictureChange, PictureEdge, PictureNode } from '../types.ts';
import { type Branch, nodesOf } from './tree.ts';

/** A part of a picture that fits a page: some groups are boxes around what is in them, others are folded. */
export interface View {
  readonly branch: Branch;
  readonly items: readonly ViewItem[];
  /** Between {@link ViewItem.id}s of nodes and folded groups. */
  readonly edges: readonly PictureEdge[];
}

export type ViewItem =
  | {
      readonly kind: 'node';
      readonly id: string;
      readonly node: PictureNode;
      /** It belongs to another part of the picture, and is shown for what leads to it. */
      readonly isGuest: boolean;
    }
  | {
      readonly kind: 'folded';
      readonly id: string;
      readonly branch: Branch;
      /** How many nodes there are in it. */
      readonly count: number;
      readonly change: PictureChange | undefined;
    }
  | {
      readonly kind: 'box';
      readonly id: string;
      readonly branch: Branch;
      readonly items: readonly ViewItem[];
    };

/** Of other parts of the picture, shown for what leads to them. */
const MOST_GUESTS = 16;

/**
 * What is seen of a branch.
 *
 * @param most nodes and folded groups, as far as the branch itself has no more; groups in which something changes are
 *   opened first, then small ones
 */
export function viewOf(picture: Picture, branch: Branch, most: number): View {
  const open = openIn(branch, most);
  const place = new Map<string, string>();
  const items = itemsOf(branch, open, place);
  const guests = guestsOf(picture, place);
  for (const { id } of guests) place.set(id, id);
  return { branch, items: [...items, ...guests], edges: edgesBetween(picture, place) };
}

function openIn(branch: Branch, most: number): ReadonlySet<Branch> {
  const sizeOf = (each: Branch): number => each.leaves.length + each.branches.length;
  const open = new Set<Branch>();
  let room = most - sizeOf(branch);
  const closed = [...branch.branches];
  while (closed.length > 0) {
    const fitting = closed.filter((each) => sizeOf(each) - 1 <= room);
    const [first] = fitting.sort(
      (a, b) =>
        Number(changeOf(b) !== undefined) - Number(changeOf(a) !== undefined) || sizeOf(a) - sizeOf(b),
    );
    if (!first) break;
    open.add(first);
    room -= sizeOf(first) - 1;
    closed.splice(closed.indexOf(first), 1, ...first.branches);
  }
  return open;
}

function itemsOf(branch: Branch, open: ReadonlySet<Branch>, place: Map<string, string>): readonly ViewItem[] {
  const leaves = branch.leaves.map((node): ViewItem => {
    place.set(node.id, node.id);
    return { kind: 'node', id: node.id, node, isGuest: false };
  });
  const groups = branch.branches.map((each): ViewItem => {
    const id = `group:${each.key}`;
    if (open.has(each)) return { kind: 'box', id, branch: each, items: itemsOf(each, open, place) };
    const inside = nodesOf(each);
    for (const node of inside) place.set(node.id, id);
    return { kind: 'folded', id, branch: each, count: inside.length, change: changeOf(each) };
  });
  return [...leaves, ...groups];
}

/** What becomes of a group: one word where it is the same for all in it. */
export function changeOf(branch: Branch): PictureChange | undefined {
  const nodes = nodesOf(branch);
  const found = new Set(nodes.map(({ change }) => change));
  if (found.size === 1) return nodes[0]?.change;
  return nodes.some(({ change }) => change !== undefined) ? 'changed' : undefined;
}

function guestsOf(
  { nodes, edges }: Picture,
  place: ReadonlyMap<string, string>,
): readonly (ViewItem & { readonly kind: 'node' })[] {
  const near = new Set(
    edges.flatMap(({ from, to }) => (place.has(from) === place.has(to) ? [] : [place.has(from) ? to : from])),
  );
  return nodes
    .filter(({ id }) => near.has(id))
    .slice(0, MOST_GUESTS)
    .map((node) => ({ kind: 'node', id: node.id, node, isGuest: true }));
}

function edgesBetween({ edges }: Picture, place: ReadonlyMap<string, string>): readonly PictureEdge[] {
  const lifted = edges.flatMap((edge): PictureEdge[] => {
    const [from, to] = [place.get(edge.from), place.get(edge.to)];
    return from === undefined || to === undefined || from === to ? [] : [{ ...edge, from, to }];
  });
  const merged = Map.groupBy(lifted, ({ from, to, kind }) => [from, to, kind].join('\0'));
  return [...merged.values()].flatMap((all): PictureEdge[] => {
    const [first] = all;
    if (!first) return [];
    const changes = new Set(all.map(({ change }) => change));
    const change = changes.size === 1 ? first.change : 'changed';
    const { change: _, ...edge } = first;
    const labels = [...new Set(all.map(({ label }) => label).filter((label) => label !== ''))];
    return [{ ...edge, label: joined(labels), ...(change && { change }) }];
  });
}
