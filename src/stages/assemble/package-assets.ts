import type { Asset, FileAsset, ImageAsset } from '../../assembly/types.ts';
import type { Log } from '../../log.ts';
import { isEmptyStore } from '../../packaging/archive/artifact-store.ts';
import type { LocalAsset, Unpackaged } from '../../sources/draft.ts';
import type { Run } from '../run.ts';
import type { Builders } from './builders.ts';
import { jobKey, type PackagedFiles, packageArchives } from './package-archives.ts';
import { packageSites } from './package-site.ts';
import type { ServiceStages } from './service-stages.ts';

/** Who has a say in what is packaged. */
export interface HowToPackage {
  readonly builders: Builders;
  /** Its Archive hook adds entries. */
  readonly service: ServiceStages | undefined;
}

/**
 * Stages 6 and 7: packages everything that sources name.
 *
 * @returns the assets of each
 * @throws ProblemError with what cannot be packaged, or is larger than Lambda takes
 */
export async function packageAssets(
  unpackaged: readonly Unpackaged[],
  { builders, service }: HowToPackage,
  { run, log }: { readonly run: Run; readonly log: Log },
): Promise<readonly (readonly Asset[])[]> {
  const { source, output, inputs, context } = run;
  const folder = {
    space: source.space,
    output,
    reuse: inputs.cache,
    isEmpty: isEmptyStore(output),
    files: context.files,
    used: builders.used,
    packaged: builders.packaged,
  };
  const all = unpackaged.flatMap(({ local }) => local);
  const archives = await packageArchives(
    all.filter(({ site }) => !site),
    { ...folder, added: async (owners) => (await service?.archiveEntries(owners, log)) ?? [] },
    log,
  );
  const sites = await packageSites(
    all.filter(({ site }) => site),
    folder,
    log,
  );
  const files = new Map([...sites, ...archives]);
  const assets: (readonly Asset[])[] = [];
  for (const { local, images } of unpackaged)
    assets.push(assetsOf(local, files, await builders.images(images, run, log)));
  return assets;
}

/** One asset for each content, with all the places that want its location. */
function assetsOf(
  local: readonly LocalAsset[],
  packaged: PackagedFiles,
  images: readonly ImageAsset[],
): readonly Asset[] {
  const byContent = new Map<string, FileAsset>();
  for (const each of local) {
    const file = packaged.get(jobKey(each));
    if (!file) continue;
    const { destination } = each;
    const content = `${file.hash}${file.extension} ${JSON.stringify(destination)}`;
    const known = byContent.get(content);
    byContent.set(content, {
      ...file,
      ...(destination && { destination }),
      targets: [...(known?.targets ?? []), ...each.targets],
    });
  }
  return [...byContent.values(), ...images];
}
