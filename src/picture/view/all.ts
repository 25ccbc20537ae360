import type { Picture } from '../types.ts';
import { type View, type ViewItem, viewOf } from './index.ts';
import { treeOf } from './tree.ts';

/** Nodes and folded groups that are seen at once. */
export const MOST_SEEN = 32;

/** The whole of a picture as views: the first one shows it all, each other one what a folded group has in it. */
export function allViews(picture: Picture): readonly View[] {
  const views: View[] = [];
  const branches = [treeOf(picture)];
  for (const branch of branches) {
    const view = viewOf(picture, branch, MOST_SEEN);
    views.push(view);
    branches.push(...foldedIn(view.items));
  }
  return views;
}

const foldedIn = (items: readonly ViewItem[]): readonly View['branch'][] =>
  items.flatMap((item) =>
    item.kind === 'folded' ? [item.branch] : item.kind === 'box' ? foldedIn(item.items) : [],
  );
