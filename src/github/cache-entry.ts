/** Where the content of an entry is. It may be read by whoever knows the address. */
export interface CacheEntry {
  readonly address: string;
}

/**
 * Looks for an entry and fetches its content. @actions/cache does the asking and fetching, version 1 and 2 of the service;
 * these parts are named by their paths, as it exports only a `restoreCache` that also extracts, with `tar -P`: wherever
 * the names in the archive lead.
 *
 * @param paths those that the entry was saved with
 * @returns `undefined` when there is none of exactly this key
 */
export async function findEntry(paths: readonly string[], key: string): Promise<CacheEntry | undefined> {
  const [config, { getCacheVersion, getCompressionMethod }] = await Promise.all([
    import('../../node_modules/@actions/cache/lib/internal/config.js'),
    import('../../node_modules/@actions/cache/lib/internal/cacheUtils.js'),
  ]);
  if (!config.isCacheReadable(config.getCacheMode())) return undefined;
  const compressionMethod = await getCompressionMethod();
  if (config.getCacheServiceVersion() === 'v2') {
    const { internalCacheTwirpClient } = await import(
      '../../node_modules/@actions/cache/lib/internal/shared/cacheTwirpClient.js'
    );
    const found = await internalCacheTwirpClient().GetCacheEntryDownloadURL({
      key,
      restoreKeys: [],
      version: getCacheVersion([...paths], compressionMethod),
    });
    return found.ok && found.matchedKey === key ? { address: found.signedDownloadUrl } : undefined;
  }
  const { getCacheEntry } = await import('../../node_modules/@actions/cache/lib/internal/cacheHttpClient.js');
  const found = await getCacheEntry([key], [...paths], { compressionMethod });
  return found?.cacheKey === key && found.archiveLocation ? { address: found.archiveLocation } : undefined;
}

/** For each 128 MB of a download, in milliseconds. */
const SEGMENT_TIMEOUT = 60_000;

/** Fetches the content into a file. */
export async function fetchEntry({ address }: CacheEntry, file: string): Promise<void> {
  const { downloadCache } = await import('../../node_modules/@actions/cache/lib/internal/cacheHttpClient.js');
  await downloadCache(address, file, { useAzureSdk: true, segmentTimeoutInMs: SEGMENT_TIMEOUT });
}
