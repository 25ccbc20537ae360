import type { Cache } from '../github/cache.ts';
import type { Log } from '../log.ts';
import { once } from '../order/once.ts';
import { observer } from '../packaging/inputs/observe.ts';
import type { BuildContext } from '../packaging/toolchains/context.ts';
import type { Entry } from '../packaging/workspace/walk.ts';
import type { LocalImage, Unbuilt, Unpackaged } from '../sources/draft.ts';

export interface BuildOptions {
  /** Where everything is made; absolute. */
  readonly output: string;
  /** What toolchains are given besides the log. */
  readonly context: Omit<BuildContext, 'log'>;
  /** Looks for what an earlier run made of the same inputs, and keeps what this run makes. */
  readonly reuse: boolean;
  /** Where that is kept between jobs; `undefined`: nowhere. */
  readonly cache: Cache | undefined;
  readonly noop: boolean;
  /** By default the one that is there. */
  readonly containerTool: 'docker' | 'podman' | undefined;
  /** Called when everything is compiled. */
  readonly compiled?: () => Promise<void>;
  /** Entries to add to the archive for these functions. */
  readonly added?: (owners: readonly string[], log: Log) => Promise<readonly Entry[]>;
}

/**
 * Stages 4 to 7: compiles and packages what sources name, unless an earlier run left it.
 *
 * @returns the assets of each
 */
export async function build(
  drafts: readonly Unbuilt[],
  { output, context, reuse, cache, noop, containerTool, added, compiled }: BuildOptions,
  log: Log,
) {
  const observe = observer(context);
  const used = new Set<string>();
  const restored =
    cache &&
    (await log.group('Cache', async (each) => {
      const { restoreArtifacts } = await import('./assemble/earlier-artifacts.ts');
      return restoreArtifacts(cache, drafts, output, observe, { ...context, log: each });
    }));
  const unpackaged: readonly Unpackaged[] = drafts.some(({ builds }) => builds.length > 0)
    ? await log.group('Compile', async (each) => {
        const { compile } = await import('./assemble/compile.ts');
        return compile(drafts, { output, used, observe }, { ...context, log: each });
      })
    : drafts;
  await compiled?.();
  const isEmpty = unpackaged.every(({ local, images }) => local.length + images.length === 0);
  if (isEmpty) return { assets: unpackaged.map(() => []), toSave: undefined };
  const assets = await log.group('Package', async (each) => {
    const { packageAssets } = await import('./assemble/package-archives.ts');
    const packager = once(async () => {
      const { imagePackager } = await import('./assemble/package-images.ts');
      return imagePackager({ output, tool: containerTool, noop, context: { ...context, log: each } });
    });
    const image = async (local: LocalImage) => (await packager())(local);
    const more = added && ((owners: readonly string[]) => added(owners, each));
    return packageAssets(
      {
        space: context.space,
        files: context.files,
        unpackaged,
        output,
        reuse,
        used,
        image,
        ...(more && { added: more }),
      },
      each,
    );
  });
  context.files.save();
  if (!restored) return { assets, toSave: undefined };
  const { artifactsToSave } = await import('./assemble/earlier-artifacts.ts');
  return { assets, toSave: artifactsToSave(restored, used, output) };
}
