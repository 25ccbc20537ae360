import type { ImageAsset, StackAssembly } from '../../assembly/types.ts';
import type { Aws } from '../../aws/connection/clients.ts';
import { type EcrRegistry, ecrRegistry, ensureRepository } from '../../aws/uploads/image-registry.ts';
import type { Log } from '../../log.ts';
import { ProblemError } from '../../problem.ts';
import type { ConnectedRun } from '../run.ts';
import type { ToUpload } from './destination.ts';

const imagesOf = ({ assets }: StackAssembly): ImageAsset[] =>
  assets.filter((asset): asset is ImageAsset => asset.kind === 'image');

/** The registry for images whose source names none; asked only where there are some. */
export async function registryOf(
  aws: Aws,
  stack: StackAssembly,
  signal: AbortSignal,
): Promise<EcrRegistry | undefined> {
  return imagesOf(stack).some(({ destination }) => !destination) ? ecrRegistry(aws, signal) : undefined;
}

/**
 * Stage 8 for images: pushes those that the registry does not have, each under its digest, and under the tag that its
 * source says.
 */
export async function pushImages(
  { stack, aws, publisher, registry, destination: { images } }: ToUpload,
  { inputs, host: { signal } }: ConnectedRun,
  log: Log,
): Promise<void> {
  const registries = new Map<Aws, EcrRegistry>(registry ? [[aws, registry]] : []);
  const ready = new Set<string>();
  for (const { path, hash, source, architecture, destination } of imagesOf(stack)) {
    if (path === undefined) {
      throw new ProblemError({
        message: `the image of ${source} was not built`,
        next: 'Run this where Docker or Podman is.',
      });
    }
    const to = destination ? await publisher(destination.role, destination.region) : aws;
    const into = registries.get(to) ?? (await ecrRegistry(to, signal));
    registries.set(to, into);
    log.secret(into.password);
    const repository = destination?.repository ?? images.repository;
    const place = `${into.url} ${repository}`;
    if (
      !ready.has(place) &&
      (await ensureRepository(to, repository, inputs.createEcrRepository, signal)) === 'created'
    )
      log.info(`Image repository ${repository} is created`);
    ready.add(place);
    const { pushImage } = await import('../../packaging/image/push-image.ts');
    const fixed = destination && { tag: destination.tag, keepTag: true };
    const pushed = await pushImage({
      archive: path,
      architecture,
      registry: into,
      repository,
      signal,
      ...fixed,
    });
    const name = destination ? `${pushed.uri.split('@')[0]}:${destination.tag}` : pushed.uri;
    log.info(`${pushed.sent ? 'pushed' : 'there already'}: ${name} (${hash})`);
  }
}
