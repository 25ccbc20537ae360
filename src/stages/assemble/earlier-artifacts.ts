import { writeFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Cache } from '../../github/cache.ts';
import { sha256 } from '../../hash/canonical.ts';
import type { ToSave } from '../../outcome.ts';
import { artifactStore } from '../../packaging/archive/artifact-store.ts';
import { fingerprint } from '../../packaging/archive/fingerprint.ts';
import type { Observer } from '../../packaging/inputs/observe.ts';
import { buildIdentity, earlierBuild } from '../../packaging/toolchains/build.ts';
import { type BuildStore, buildStore } from '../../packaging/toolchains/build-store.ts';
import type { BuildContext } from '../../packaging/toolchains/context.ts';
import { isOurOutput } from '../../packaging/workspace/output-folder.ts';
import { walk } from '../../packaging/workspace/walk.ts';
import type { BuildAsset, LocalAsset, Unbuilt } from '../../sources/draft.ts';

/** What the cache was asked for. */
export interface Restored {
  /** What the keys of this service's entries begin with. */
  readonly prefix: string;
  /** Of the entry that was found. */
  readonly key: string | undefined;
}

export interface RestoreOptions {
  readonly cache: Cache;
  /** `.sparta`, absolute. */
  readonly output: string;
  readonly observe: Observer;
}

/** What of `.sparta` is kept between runs. */
const PARTS = ['assets', 'artifacts', 'build'];

/**
 * Gets what an earlier run of this service built and packaged, in this or another checkout, and tells what of it can be
 * used. Nothing of it is believed: what was read is compared with what is here, and results with their digests.
 *
 * @returns `undefined` when there is nothing that is worth keeping
 */
export async function restoreArtifacts(
  drafts: readonly Unbuilt[],
  { cache, output, observe }: RestoreOptions,
  context: BuildContext,
): Promise<Restored | undefined> {
  const { space, log } = context;
  const builds = drafts.flatMap((draft) => draft.builds);
  const folders = await foldersOf(drafts.flatMap(({ local }) => local));
  if (builds.length + folders.length === 0) return undefined;
  // A service whose functions are others takes the newest entry of before.
  const place = `sparta-3-${short(relative(space.root, output))}-`;
  const prefix = `${place}${short(
    [...builds, ...folders]
      .map(({ owner, written }) => `${owner} ${written}`)
      .sort()
      .join('\n'),
  )}-`;
  const key = await cache.restore({ folder: output, parts: PARTS }, [prefix, place]);
  log.info(key === undefined ? 'No entry of this service was found' : `Found ${key}`);
  const store = buildStore(join(output, 'build'), context.files);
  const answers = [
    ...(await Promise.all(builds.map((asset) => answerFor(asset, store, observe, context)))),
    ...(await Promise.all(folders.map((asset) => archiveAnswer(asset, output, context)))),
  ];
  for (const answer of answers) log.info(answer);
  return { prefix, key };
}

const short = (text: string): string => sha256(text).slice(0, 16);

/** Single files are packaged faster than they are looked up. */
async function foldersOf(local: readonly LocalAsset[]): Promise<LocalAsset[]> {
  const found = await Promise.all(
    local.map(async (asset) => ((await stat(asset.path)).isDirectory() ? [asset] : [])),
  );
  return found.flat();
}

async function answerFor(
  { build, written }: BuildAsset,
  store: BuildStore,
  observe: Observer,
  context: BuildContext,
): Promise<string> {
  if (build.kind === 'prebuilt') return `${written}: is built already`;
  const identity = await buildIdentity(build, context);
  const earlier = earlierBuild(identity, store, observe);
  return 'build' in earlier ? `${written}: found` : `${written}: not found, ${earlier.because}`;
}

async function archiveAnswer(
  { path, written }: LocalAsset,
  output: string,
  { space, files }: BuildContext,
): Promise<string> {
  const known = await artifactStore(output, files).get(
    fingerprint(space, walk(space, path, isOurOutput), files),
  );
  return known ? `${written}: found` : `${written}: not found, no archive has its content`;
}

/**
 * What is to be saved for later runs: what this run used, and nothing else.
 *
 * @param used parts of `.sparta`
 * @returns `undefined` when it is what was restored, or when there is nothing to keep
 */
export function artifactsToSave(
  { prefix, key }: Restored,
  used: ReadonlySet<string>,
  folder: string,
): ToSave | undefined {
  if (used.size === 0) return undefined;
  const parts = [...used].sort();
  const wanted = `${prefix}${sha256(parts.join('\n')).slice(0, 32)}`;
  if (wanted === key) return undefined;
  // A list of thousands does not fit into the runner's state.
  const list = `cache-${short(wanted)}.json`;
  writeFileSync(join(folder, list), JSON.stringify(parts));
  return { folder, list, key: wanted };
}
