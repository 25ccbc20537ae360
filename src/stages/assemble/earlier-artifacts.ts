import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cache } from '../../github/cache.ts';
import { sha256 } from '../../hash/canonical.ts';
import { fingerprint } from '../../packaging/archive/fingerprint.ts';
import { buildIdentity } from '../../packaging/toolchains/build.ts';
import type { BuildContext } from '../../packaging/toolchains/context.ts';
import { walk } from '../../packaging/workspace/walk.ts';
import type { BuildAsset, LocalAsset, Unbuilt } from '../../sources/draft.ts';

/** What the post step has to save. */
export interface ToSave {
  readonly paths: readonly string[];
  readonly key: string;
}

/**
 * Gets what an earlier run compiled and packaged from the same inputs.
 *
 * @param output `.sparta`, absolute
 * @returns what is to be saved for later runs: nothing when it was restored, or when there is nothing to keep
 */
export async function restoreArtifacts(
  cache: Cache,
  drafts: readonly Unbuilt[],
  output: string,
  context: BuildContext,
): Promise<ToSave | undefined> {
  const local = await Promise.all(
    drafts.flatMap((draft) => draft.local).map((asset) => contentKey(asset, context)),
  );
  const compiled = await Promise.all(
    drafts.flatMap(({ builds }) => builds).map((asset) => inputsKey(asset, context)),
  );
  const keys = [...local, ...compiled].filter((key) => key !== undefined).sort();
  if (keys.length === 0) return undefined;
  const key = `sparta-2-${sha256([...new Set(keys)].join('\n'))}`;
  const paths = ['assets', 'artifacts', 'build'].map((name) => join(output, name));
  return (await cache.restore(paths, key)) ? undefined : { paths, key };
}

/** What a folder holds; single files are packaged faster than they are looked up. */
async function contentKey({ path }: LocalAsset, { space, files }: BuildContext): Promise<string | undefined> {
  return (await stat(path)).isDirectory() ? fingerprint(space, walk(space, path), files) : undefined;
}

async function inputsKey({ build }: BuildAsset, context: BuildContext): Promise<string | undefined> {
  return build.kind === 'prebuilt' ? undefined : buildIdentity(build, context);
}
