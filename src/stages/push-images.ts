import type { ImageAsset, StackAssembly } from '../assembly/types.ts';
import type { Aws } from '../aws/clients.ts';
import { type EcrRegistry, ecrRegistry, ensureRepository } from '../aws/registry.ts';
import type { Log } from '../log.ts';
import { ProblemError } from '../problem.ts';
import type { Destination } from './locate.ts';

/** Images of a stack that can be pushed: those that were built. */
const builtImages = ({ assets }: StackAssembly): ImageAsset[] =>
  assets.filter((asset): asset is ImageAsset => asset.kind === 'image');

/** Where the stack's images go, when it has any. */
export async function registryOf(
  aws: Aws,
  stack: StackAssembly,
  signal: AbortSignal,
): Promise<EcrRegistry | undefined> {
  return builtImages(stack).length > 0 ? ecrRegistry(aws, signal) : undefined;
}

/**
 * Stage 8 for images: pushes those that the registry does not have, each under its digest.
 *
 * @param create whether a missing repository is created
 */
export async function pushImages(
  aws: Aws,
  stack: StackAssembly,
  registry: EcrRegistry,
  { images: { repository } }: Destination,
  create: boolean,
  signal: AbortSignal,
  log: Log,
): Promise<void> {
  if ((await ensureRepository(aws, repository, create, signal)) === 'created')
    log.info(`Image repository ${repository} is created`);
  log.secret(registry.password);
  const { pushImage } = await import('../build/push-image.ts');
  for (const { path, hash, source, architecture } of builtImages(stack)) {
    if (path === undefined) {
      throw new ProblemError({
        message: `the image of ${source} was not built`,
        next: 'Run this where Docker or Podman is.',
      });
    }
    const pushed = await pushImage({ archive: path, architecture, registry, repository, signal });
    log.info(`${pushed.sent ? 'pushed' : 'there already'}: ${pushed.uri} (${hash})`);
  }
}
