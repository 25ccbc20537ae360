import { join, relative } from 'node:path';
import type { ImageAsset } from '../../assembly/types.ts';
import { once } from '../../order/once.ts';
import type { BuildContext } from '../../packaging/toolchains/context.ts';
import { ProblemError, problemLine } from '../../problem.ts';
import type { LocalImage } from '../../sources/draft.ts';
import { bytes } from '../../text/bytes.ts';

export interface ImageOptions {
  /** `.sparta`, absolute. */
  readonly output: string;
  readonly tool: 'docker' | 'podman' | undefined;
  /** A preview goes on without a container tool; the image is then known by what goes into it. */
  readonly noop: boolean;
  readonly context: BuildContext;
}

/**
 * Stage 6 for images: builds them, unless an earlier run left the image of the same sources.
 *
 * @returns a function that throws ProblemError when a build fails, or (unless in noop) when no tool is there
 */
export function imagePackager({
  output,
  tool,
  noop,
  context,
}: ImageOptions): (image: LocalImage) => Promise<ImageAsset> {
  const folder = join(output, 'images');
  const load = once(() => import('../../packaging/image/image.ts'));
  const findTool = once(async () => (await load()).findContainerTool(tool, context));
  const { log, space } = context;
  return async ({ build, written, owner, targets, destination }) => {
    const { buildImage, imageKey } = await load();
    const { imageStore } = await import('../../packaging/image/image-store.ts');
    const store = imageStore(folder);
    const key = imageKey(build, context);
    const source = relative(space.root, build.directory) || '.';
    const { architecture } = build;
    const asset = {
      kind: 'image' as const,
      source,
      architecture,
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
  };
}
