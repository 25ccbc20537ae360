import { join, relative } from 'node:path';
import type { ImageAsset } from '../../assembly/types.ts';
import type { Log } from '../../log.ts';
import { once } from '../../order/once.ts';
import { buildImage, findContainerTool, imageKey } from '../../packaging/image/image.ts';
import { imageStore } from '../../packaging/image/image-store.ts';
import type { BuildContext } from '../../packaging/toolchains/context.ts';
import { ProblemError, problemLine } from '../../problem.ts';
import type { LocalImage } from '../../sources/draft.ts';
import { bytes } from '../../text/bytes.ts';
import type { Run } from '../run.ts';

/**
 * Stage 6 for images: builds them one after another, unless an earlier run left the image of the same sources.
 *
 * @throws ProblemError when a build fails, or (unless in noop) when there is no container tool
 */
export async function packageImages(
  images: readonly LocalImage[],
  run: Run,
  log: Log,
): Promise<readonly ImageAsset[]> {
  const context = { ...run.context, log };
  const findTool = once(() => findContainerTool(run.inputs.containerTool, context));
  const made: ImageAsset[] = [];
  for (const image of images) made.push(await packageImage(image, findTool, { ...run, context }));
  return made;
}

/** A preview goes on without a container tool; the image is then known by what goes into it. */
async function packageImage(
  { build, written, owner, targets, destination }: LocalImage,
  findTool: () => ReturnType<typeof findContainerTool>,
  { output, noop, context }: Pick<Run, 'output' | 'noop'> & { readonly context: BuildContext },
): Promise<ImageAsset> {
  const { log, space } = context;
  const folder = join(output, 'images');
  const store = imageStore(folder);
  const key = imageKey(build, context);
  const source = relative(space.root, build.directory) || '.';
  const { architecture } = build;
  const asset = {
    kind: 'image' as const,
    source,
    ...(architecture && { architecture }),
    targets,
    ...(destination && { destination }),
  };
  const known = await store.get(key);
  if (known) {
    log.info(`${written}: image ${known.digest}, unchanged since an earlier run`);
    return { ...asset, hash: known.digest, path: known.path, size: known.size };
  }
  try {
    const start = performance.now();
    const built = await buildImage(build, await findTool(), folder, context);
    await store.put(key, built);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    log.info(`${written}: image ${built.digest}, ${bytes(built.size)}, built in ${seconds} s`);
    return { ...asset, hash: built.digest, path: built.path, size: built.size };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    if (
      noop &&
      (await findTool().then(
        () => false,
        () => true,
      ))
    ) {
      log.warning(
        `${owner}: the image is not built for this preview: ${error.problems.map(problemLine).join('; ')}`,
      );
      return { ...asset, hash: key, size: 0 };
    }
    throw error;
  }
}
