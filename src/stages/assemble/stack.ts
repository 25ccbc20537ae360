import type { Asset, StackAssembly } from '../../assembly/types.ts';
import type { StackDraft } from '../../sources/draft.ts';

/** Stacks with their packaged assets, given in the same order. */
export function withAssets(
  drafts: readonly StackDraft[],
  assets: readonly (readonly Asset[])[],
): StackAssembly[] {
  return drafts.map(({ builds: _b, local: _l, images: _i, complete, ...stack }, index) => {
    const own = assets[index] ?? [];
    return { ...stack, ...(complete && { template: complete(own) }), assets: own };
  });
}
