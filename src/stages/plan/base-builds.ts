import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { ImageAsset } from '../../assembly/types.ts';
import { observer } from '../../packaging/inputs/observe.ts';
import {
  buildIdentity,
  type Earlier,
  earlierBuild,
  type ToolchainBuild,
} from '../../packaging/toolchains/build.ts';
import { buildStore } from '../../packaging/toolchains/build-store.ts';
import type { BuildContext } from '../../packaging/toolchains/context.ts';
import type { BuildAsset, LocalAsset, LocalImage, Unbuilt, Unpackaged } from '../../sources/draft.ts';

/** Where code at another commit is compared with the code of this run. */
export interface Comparison {
  /** `.sparta` of this run: what it compiled. */
  readonly here: string;
  /** `.sparta` of the other commit. */
  readonly there: string;
  /** In the files of the other commit. */
  readonly context: BuildContext;
}

/**
 * Code at another commit, to be compared only: it is not compiled. Where everything that goes in is the same, it is what
 * this run compiled; else something that differs stands for it.
 */
export function comparableBuilds(drafts: readonly Unbuilt[], comparison: Comparison): Promise<Unpackaged[]> {
  const { here, context } = comparison;
  const store = buildStore(join(here, 'build'), context.files);
  const observe = observer(context);
  const find = async (build: ToolchainBuild): Promise<Found> => {
    const identity = await buildIdentity(build, context);
    return { identity, earlier: earlierBuild(identity, store, observe) };
  };
  return Promise.all(
    drafts.map(async ({ local, builds, images }) => ({
      local: [
        ...local,
        ...(await Promise.all(builds.map((each) => comparableBuild(each, comparison, find)))),
      ],
      images,
    })),
  );
}

interface Found {
  readonly identity: string;
  readonly earlier: Earlier;
}

async function comparableBuild(
  { build, ...wanted }: BuildAsset,
  { there }: Comparison,
  find: (build: ToolchainBuild) => Promise<Found>,
): Promise<LocalAsset> {
  const local = { ...wanted, packaging: 'archive', forLambda: true } as const;
  if (build.kind === 'prebuilt') return { ...local, path: build.path };
  const { identity, earlier } = await find(build);
  const path = join(there, 'build', identity);
  await mkdir(path, { recursive: true });
  if ('build' in earlier) await cp(earlier.build.folder, path, { recursive: true, verbatimSymlinks: true });
  else await writeFile(join(path, 'other'), identity);
  return { ...local, path };
}

/** The same for an image. */
export async function comparableImage(
  { build, targets }: LocalImage,
  { here, context }: Comparison,
): Promise<ImageAsset> {
  const { imageKey } = await import('../../packaging/image/image.ts');
  const { imageStore } = await import('../../packaging/image/image-store.ts');
  const key = imageKey(build, context);
  const same = await imageStore(join(here, 'images')).get(key);
  const source = relative(context.space.root, build.directory) || '.';
  const { architecture } = build;
  return { kind: 'image', hash: same?.digest ?? key, size: same?.size ?? 0, source, architecture, targets };
}
