import type { NodeKind, Picture, PictureNode } from '../types.ts';

/** Nodes that belong together, and groups of them. */
export interface Branch {
  /** Tells it from all others of a picture. */
  readonly key: string;
  readonly name: string;
  readonly leaves: readonly PictureNode[];
  readonly branches: readonly Branch[];
}

/** More than these side by side are grouped further: by what they are, then by their names. */
const MOST = 24;
/** Groups in groups that are drawn; a report from elsewhere may have any number. */
const DEEPEST = 12;
/** Of a kind, to be worth a group. */
const WORTH = 4;

const PLURALS: Readonly<Partial<Record<NodeKind, string>>> = {
  bus: 'buses',
  other: 'other resources',
  outside: 'others outside of the stack',
};
export const plural = (kind: NodeKind): string => PLURALS[kind] ?? `${kind}s`;

/** The nodes of a picture by nested stacks and constructs. */
export const treeOf = ({ nodes }: Picture): Branch =>
  branchOf(
    '',
    '',
    nodes.map((node) => ({ node, rest: node.path.slice(0, DEEPEST) })),
  );

interface Placed {
  readonly node: PictureNode;
  /** Of its path, what is below the branch. */
  readonly rest: readonly string[];
}

function branchOf(key: string, name: string, placed: readonly Placed[]): Branch {
  const below = Map.groupBy(
    placed.filter(({ rest }) => rest.length > 0),
    ({ rest }) => rest[0] ?? '',
  );
  const leaves = placed.filter(({ rest }) => rest.length === 0).map(({ node }) => node);
  const branches: Branch[] = [];
  for (const [step, inner] of below) {
    const branch = branchOf(
      `${key}/${step}`,
      step,
      inner.map(({ node, rest }) => ({ node, rest: rest.slice(1) })),
    );
    // A group of one says no more than its only member does.
    const [leaf, ...others] = branch.leaves;
    const [only, ...more] = branch.branches;
    if (branch.branches.length === 0 && leaf && others.length === 0)
      leaves.push({ ...leaf, name: leaf.name === step ? leaf.name : `${step}/${leaf.name}` });
    else if (branch.leaves.length === 0 && only && more.length === 0)
      branches.push({ ...only, name: `${step}/${only.name}` });
    else branches.push(branch);
  }
  return small({ key, name, leaves, branches });
}

/** Groups what is too much to be seen side by side. What changes stays where it is, as far as that is not too much itself. */
function small({ key, name, leaves, branches }: Branch): Branch {
  const changed = leaves.filter(({ change }) => change !== undefined);
  const isShown = ({ change }: PictureNode): boolean => change !== undefined && changed.length <= MOST;
  const kinds =
    leaves.length + branches.length <= MOST
      ? []
      : [
          ...Map.groupBy(
            leaves.filter((each) => !isShown(each)),
            ({ kind }) => kind,
          ),
        ].filter(([, { length }]) => length >= WORTH);
  const grouped = new Set(kinds.flatMap(([, nodes]) => nodes));
  const groups = kinds.map(
    ([kind, nodes]): Branch =>
      ranges({
        key: `${key}/*${kind}`,
        name: `${nodes.length} ${plural(kind)}`,
        leaves: nodes,
        branches: [],
      }),
  );
  return ranges({
    key,
    name,
    leaves: leaves.filter((each) => !grouped.has(each)),
    branches: [...branches, ...groups],
  });
}

/** Divides a branch by the names of what is in it, so often that each part can be seen at once. */
function ranges(branch: Branch): Branch {
  const { key, name } = branch;
  const entries = [
    ...branch.leaves.map((leaf) => ({ name: leaf.name, leaf })),
    ...branch.branches.map((inner) => ({ name: inner.name, inner })),
  ].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  if (entries.length <= MOST * 2) return branch;
  const size = Math.max(MOST, Math.ceil(entries.length / MOST));
  const parts: Branch[] = [];
  for (let start = 0; start < entries.length; start += size) {
    const part = entries.slice(start, start + size);
    parts.push({
      key: `${key}/#${start}`,
      name: `${part[0]?.name ?? ''} … ${part.at(-1)?.name ?? ''}`,
      leaves: part.flatMap((each) => ('leaf' in each ? [each.leaf] : [])),
      branches: part.flatMap((each) => ('inner' in each ? [each.inner] : [])),
    });
  }
  return { key, name, leaves: [], branches: parts.map(ranges) };
}

/** All nodes in a branch. */
export const nodesOf = ({ leaves, branches }: Branch): readonly PictureNode[] => [
  ...leaves,
  ...branches.flatMap(nodesOf),
];
