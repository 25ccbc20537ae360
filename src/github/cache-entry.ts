/** Where the content of an entry is. It may be read by whoever knows the address. */
export interface CacheEntry {
  readonly key: string;
  readonly address: string;
}

/**
 * Looks for an entry and fetches its content. @actions/cache does the asking and fetching, version 1 and 2 of the service;
 * these parts are named by their paths, as it exports only a `restoreCache` that also extracts, with `tar -P`: wherever
 * the names in the archive lead.
 *
 * @param paths those that the entry was saved with
 * @param prefixes what its key begins with; the first that has an entry counts, and of these the newest
 */
export async function findEntry(
  paths: readonly string[],
  prefixes: readonly string[],
): Promise<CacheEntry | undefined> {
  const [key = ''] = prefixes;
  const isMeant = (found: string | undefined): found is string =>
    prefixes.some((prefix) => found?.startsWith(prefix));
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
      restoreKeys: [...prefixes],
      version: getCacheVersion([...paths], compressionMethod),
    });
    if (!found.ok || !isMeant(found.matchedKey)) return undefined;
    return { key: found.matchedKey, address: found.signedDownloadUrl };
  }
  const { getCacheEntry } = await import('../../node_modules/@actions/cache/lib/internal/cacheHttpClient.js');
  const found = await getCacheEntry([...prefixes], [...paths], { compressionMethod });
  if (!isMeant(found?.cacheKey) || !found?.archiveLocation) return undefined;
  return { key: found.cacheKey, address: found.archiveLocation };
}

/** For each 128 MB of a download, in milliseconds. */
const SEGMENT_TIMEOUT = 60_000;

/** Fetches the content into a file. */
export async function fetchEntry({ address }: CacheEntry, file: string): Promise<void> {
  const { downloadCache } = await import('../../node_modules/@actions/cache/lib/internal/cacheHttpClient.js');
  await downloadCache(address, file, { useAzureSdk: true, segmentTimeoutInMs: SEGMENT_TIMEOUT });
}
