import { findNodeAtLocation, type Node, parseTree } from '../read/libraries/jsonc.ts';
import { entryText, type FindSplice, valueAt } from './splice.ts';

/** Finds what changes in a JSON text. */
export function jsonSplice(text: string): FindSplice {
  const tree = parseTree(text);
  return (path, after) => {
    let node: Node | undefined;
    let steps = path.length + 1;
    while (tree && !node && steps > 0) node = findNodeAtLocation(tree, path.slice(0, --steps));
    const value = valueAt(after, path.slice(0, steps + 1));
    if (!node || value === undefined) return undefined;
    if (steps === path.length)
      return { start: node.offset, end: node.offset + node.length, text: JSON.stringify(value) };
    if (node.type !== 'object') return undefined;
    const start = node.offset + 1;
    const first = node.children?.[0];
    const space = first ? text.slice(start, first.offset) : '';
    const written = `${space}${entryText(path[steps] ?? '', value)}${first ? ',' : ''}`;
    return { start, end: start, text: written };
  };
}
