import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { ImageAsset } from '../../assembly/types.ts';
import { buildKey } from '../../packaging/toolchains/build.ts';
import { buildStore } from '../../packaging/toolchains/build-store.ts';
import type { BuildContext } from '../../packaging/toolchains/context.ts';
import type { BuildAsset, LocalAsset, LocalImage } from '../../sources/draft.ts';
import type { Builders } from '../assemble/builders.ts';
import type { Run } from '../run.ts';

/**
 * Builders for code at another commit, which is only compared: nothing is compiled. Where everything that goes in is the
 * same, it is what this run compiled; else something that differs stands for it.
 *
 * @param here this run, whose `.sparta` has what it compiled
 */
export function comparing(here: Run): Builders {
  return {
    hooks: false,
    restore: async () => undefined,
    compile: (drafts, there) =>
      Promise.all(
        drafts.map(async ({ local, builds, images }) => ({
          local: [
            ...local,
            ...(await Promise.all(builds.map((each) => comparableBuild(each, { here, there })))),
          ],
          images,
        })),
      ),
    images: (images, there) => Promise.all(images.map((each) => comparableImage(each, { here, there }))),
  };
}

interface Comparison {
  readonly here: Run;
  /** In the files of the other commit. */
  readonly there: Run;
}

async function comparableBuild(asset: BuildAsset, { here, there }: Comparison): Promise<LocalAsset> {
  const { build, ...wanted } = asset;
  const local = { ...wanted, packaging: 'archive', forLambda: true } as const;
  if (build.kind === 'prebuilt') return { ...local, path: build.path };
  const key = await buildKey(build, contextOf(there));
  const path = join(there.output, 'build', key);
  const same = await buildStore(join(here.output, 'build')).get(key);
  await mkdir(path, { recursive: true });
  if (same) await cp(same.folder, path, { recursive: true, verbatimSymlinks: true });
  else await writeFile(join(path, 'other'), key);
  return { ...local, path };
}

/** The same for an image. */
async function comparableImage(
  { build, targets }: LocalImage,
  { here, there }: Comparison,
): Promise<ImageAsset> {
  const { imageKey } = await import('../../packaging/image/image.ts');
  const { imageStore } = await import('../../packaging/image/image-store.ts');
  const key = imageKey(build, contextOf(there));
  const same = await imageStore(join(here.output, 'images')).get(key);
  const source = relative(there.source.space.root, build.directory) || '.';
  const { architecture } = build;
  return { kind: 'image', hash: same?.digest ?? key, size: same?.size ?? 0, source, architecture, targets };
}

const contextOf = ({ context, host: { log } }: Run): BuildContext => ({ ...context, log });
