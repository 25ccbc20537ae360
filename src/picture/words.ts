import { shortType } from './graph/kinds.ts';
import type { PictureChange, PictureNode } from './types.ts';
import type { ViewItem } from './view/index.ts';

/** As in the table of changes. */
export const CHANGE_ICONS: Readonly<Record<PictureChange, string>> = {
  added: '🟢',
  changed: '🟡',
  replaced: '🔴',
  removed: '🔴',
};

/** Details that are told in a picture; all of them stand in the page. */
const MOST_DETAILS = 4;

/** `Table`, `CloudFront Distribution`: what a node is. */
export const kindText = ({ kind, type }: PictureNode): string =>
  kind === 'other' ? shortType(type) : kind === 'outside' ? 'outside of the stack' : kind;

/** What stands under a name: what it is, then the first of its details. */
export function linesUnder(item: Exclude<ViewItem, { readonly kind: 'box' }>): readonly string[] {
  if (item.kind === 'folded') return [`${item.count} in here`];
  const { node } = item;
  if (node.kind === 'function')
    return [node.details.slice(0, MOST_DETAILS).join(' · ')].filter((line) => line !== '');
  const shown = node.details.slice(0, MOST_DETAILS);
  const more = node.details.length - shown.length;
  return [kindText(node), ...shown, ...(more > 0 ? [`and ${more} more`] : [])];
}

export const nameText = (item: Exclude<ViewItem, { readonly kind: 'box' }>): string =>
  item.kind === 'folded' ? item.branch.name : item.node.name;

export const changeText = (item: Exclude<ViewItem, { readonly kind: 'box' }>): PictureChange | undefined =>
  item.kind === 'folded' ? item.change : item.node.change;
