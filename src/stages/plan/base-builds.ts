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
    used: new Set(),
    packaged: new Map(),
    restore: async () => undefined,
    compile: (drafts, there) => {
      const find = findHere(here, there);
      return Promise.all(
        drafts.map(async ({ local, builds, images }) => ({
          local: [
            ...local,
            ...(await Promise.all(builds.map((each) => comparableBuild(each, there.output, find)))),
          ],
          images,
        })),
      );
    },
    images: (images, there) => Promise.all(images.map((each) => comparableImage(each, { here, there }))),
    keep: async () => undefined,
  };
}

interface Comparison {
  readonly here: Run;
  /** In the files of the other commit. */
  readonly there: Run;
}

/** A build, and what this run has of it. */
interface Found {
  readonly identity: string;
  readonly earlier: Earlier;
}

type Find = (build: ToolchainBuild) => Promise<Found>;

/** Finds what this run compiled from the same inputs as the other commit has. */
function findHere(here: Run, there: Run): Find {
  const context = contextOf(there);
  const store = buildStore(join(here.output, 'build'), context.files);
  const observe = observer(context);
  return async (build) => {
    const identity = await buildIdentity(build, context);
    return { identity, earlier: earlierBuild(identity, store, observe) };
  };
}

/** @param output `.sparta` of the other commit */
async function comparableBuild(
  { build, ...wanted }: BuildAsset,
  output: string,
  find: Find,
): Promise<LocalAsset> {
  const local = { ...wanted, packaging: 'archive', forLambda: true } as const;
  if (build.kind === 'prebuilt') return { ...local, path: build.path };
  const { identity, earlier } = await find(build);
  const path = join(output, 'build', identity);
  await mkdir(path, { recursive: true });
  if ('build' in earlier) await cp(earlier.build.folder, path, { recursive: true, verbatimSymlinks: true });
  else await writeFile(join(path, 'other'), identity);
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
  return {
    kind: 'image',
    hash: same?.digest ?? key,
    size: same?.size ?? 0,
    source,
    ...(architecture && { architecture }),
    targets,
  };
}

const contextOf = ({ context, host: { log } }: Run): BuildContext => ({ ...context, log });
