import type { Asset, StackAssembly } from '../../assembly/types.ts';
import type { StackDraft } from '../../sources/draft.ts';
import type { TemplateDocument } from '../../template/document.ts';
import type { ServiceRun } from '../run.ts';

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

/** The stack of a service, once its template is made. */
export function serviceStack(
  { loaded: { service }, context: { stackName }, run: { source } }: ServiceRun,
  template: TemplateDocument,
  assets: readonly Asset[],
): StackAssembly {
  return {
    id: stackName,
    stackName,
    template,
    nested: [],
    assets,
    parameters: source.parameters,
    tags: { ...service.tags, ...source.tags },
    dependsOn: [],
  };
}
