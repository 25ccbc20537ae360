import type { Picture, PictureChange, PictureEdge, PictureNode } from './types.ts';

/** What becomes of resources, by {@link PictureNode.parts}. */
export type ResourceChanges = ReadonlyMap<string, PictureChange>;

const keyOf = ({ from, to, kind }: PictureEdge): string => [from, to, kind].join('\0');

/**
 * The picture of a stack with what a change adds, changes, and removes: what goes is drawn, too.
 *
 * @param before of the stack as it is; `undefined` where there is none yet
 */
export function changedPicture(
  before: Picture | undefined,
  after: Picture,
  changes: ResourceChanges,
): Picture {
  const now = new Map(after.nodes.map((node) => [node.id, node]));
  const then = new Map(before?.nodes.map((node) => [node.id, node]));
  const nodes = after.nodes.map((node) => marked(node, then.get(node.id), changes));
  const gone = [...then.values()].filter(({ id }) => !now.has(id));
  const known = new Set([...now.keys(), ...then.keys()]);
  const former = new Map(before?.edges.map((edge) => [keyOf(edge), edge]));
  const edges = after.edges.map((edge): PictureEdge => {
    const old = former.get(keyOf(edge));
    former.delete(keyOf(edge));
    return old?.label === edge.label ? edge : { ...edge, change: old ? 'changed' : 'added' };
  });
  const goneEdges = [...former.values()].filter(({ from, to }) => known.has(from) && known.has(to));
  return {
    nodes: [...nodes, ...gone.map((node): PictureNode => ({ ...node, change: 'removed' }))],
    edges: [...edges, ...goneEdges.map((edge): PictureEdge => ({ ...edge, change: 'removed' }))],
    left: after.left,
  };
}

function marked(node: PictureNode, before: PictureNode | undefined, changes: ResourceChanges): PictureNode {
  const gone = (before?.parts ?? []).filter((part) => !node.parts.includes(part));
  const parts = [...node.parts, ...gone];
  const own = changes.get(node.id) ?? (node.kind === 'outside' && !before ? 'added' : undefined);
  const change = own ?? (parts.some((part) => changes.has(part)) ? 'changed' : undefined);
  return { ...node, parts, ...(change && { change }) };
}
