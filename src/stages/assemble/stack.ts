import type { Asset, StackAssembly } from '../../assembly/types.ts';
import type { Program } from '../../packaging/toolchains/profiled-program.ts';
import type { StackDraft, Unpackaged } from '../../sources/draft.ts';
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

/** Programs of Go that were compiled here, by the archives that they are in. */
export type Programs = ReadonlyMap<string, Program>;

/** The programs of archives, which are given in the same order as what was packaged. */
export const programsOf = (
  unpackaged: readonly Unpackaged[],
  assets: readonly (readonly Asset[])[],
): Programs =>
  new Map(
    unpackaged.flatMap(({ local }, index) =>
      local.flatMap(({ program, targets: [target] }) => {
        const archive = target && assets[index]?.find(({ targets }) => targets.includes(target));
        return program && archive?.path !== undefined ? [[archive.path, program] as const] : [];
      }),
    ),
  );

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
