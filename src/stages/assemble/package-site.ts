import type { FileAsset } from '../../assembly/types.ts';
import type { Log } from '../../log.ts';
import type { ArchiveFolder } from '../../packaging/archive/kept-archive.ts';
import type { LocalAsset } from '../../sources/draft.ts';
import { bytes } from '../../text/bytes.ts';
import { jobKey, type PackagedFiles, packageAsset } from './package-archives.ts';

/** Stage 6 for sites: zips the folder of each, unless an earlier run zipped the same files. */
export async function packageSites(
  sites: readonly LocalAsset[],
  folder: ArchiveFolder,
  log: Log,
): Promise<PackagedFiles> {
  const packaged = new Map<string, FileAsset>();
  for (const site of sites) {
    const { asset, fresh } = await packageAsset(site, [], folder);
    packaged.set(jobKey(site), asset);
    log.info(`${site.written}: ${bytes(asset.size)}${fresh ? '' : ', unchanged'}`);
  }
  return packaged;
}
