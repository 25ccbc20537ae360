import type { TemplatePath } from '../../types.ts';
import { isShortForm, longForm } from '../short-forms.ts';
import type { YamlTree } from './tree.ts';

/** What a path leads to in a text. */
export interface Found {
  /** Where its key (or, in a list, the value itself) starts. */
  readonly at: number | undefined;
  readonly node: YamlTree;
  /** Steps that were taken: all of them, or those to the nearest ancestor that stands in the text. */
  readonly steps: number;
  /** The last step was that from a short form to its argument, which are one node. */
  readonly isLongForm: boolean;
}

/**
 * Follows a path as far as it goes. A step that is the long form of a node's tag stays on that node; aliases and merge
 * keys are not followed, as what they lead to stands somewhere else. Of repeated keys, the last is taken.
 */
export function follow(root: YamlTree, path: TemplatePath): Found {
  let found: Found = { at: undefined, node: root, steps: 0, isLongForm: false };
  /** The short form that has been written out already. */
  let opened: YamlTree | undefined;
  for (const [index, step] of path.entries()) {
    const { node, at } = found;
    const steps = index + 1;
    if (node !== opened && isLongFormOf(node, step)) {
      opened = node;
      found = { node, at, steps, isLongForm: true };
    } else if (node.kind === 'mapping') {
      const entry = node.keys.lastIndexOf(String(step));
      const value = node.values[entry];
      if (!value || node.merges.includes(entry)) break;
      found = { node: value, at: node.keyAt[entry], steps, isLongForm: false };
    } else if (node.kind === 'sequence' && typeof step === 'number') {
      const item = node.items[step];
      if (!item) break;
      found = { node: item, at: item.start, steps, isLongForm: false };
    } else break;
  }
  return found;
}

/** Where what a path leads to starts, or the nearest ancestor that stands in the text. */
export const keyOffset = (root: YamlTree, path: TemplatePath): number | undefined => follow(root, path).at;

function isLongFormOf({ tag }: YamlTree, step: string | number): boolean {
  return tag !== undefined && isShortForm(tag) && Object.hasOwn(longForm(tag, null) as object, step);
}
