import type { Aws } from '../connection/clients.ts';
import { codeOf, withSignal } from '../connection/errors.ts';
import { explained } from '../connection/explained.ts';

/**
 * Deletes an image repository with its images.
 *
 * @returns whether there was one
 */
export function deleteRepository(aws: Aws, name: string, signal: AbortSignal): Promise<boolean> {
  return explained(`deleting the image repository ${name}`, async () => {
    const [{ client }, { DeleteRepositoryCommand }] = await Promise.all([
      aws.ecr(),
      import('../connection/sdk/ecr-emptying.ts'),
    ]);
    try {
      await client.send(
        new DeleteRepositoryCommand({ repositoryName: name, force: true }),
        withSignal(signal),
      );
      return true;
    } catch (error) {
      if (codeOf(error) === 'RepositoryNotFoundException') return false;
      throw error;
    }
  });
}

/** Deletes a version of a layer, by its ARN. */
export function deleteLayerVersion(aws: Aws, arn: string, signal: AbortSignal): Promise<void> {
  return explained(`deleting the layer ${arn}`, async () => {
    const [{ client }, { DeleteLayerVersionCommand }] = await Promise.all([
      aws.lambda(),
      import('../connection/sdk/lambda-layers.ts'),
    ]);
    const at = arn.lastIndexOf(':');
    await client.send(
      new DeleteLayerVersionCommand({
        LayerName: arn.slice(0, at),
        VersionNumber: Number(arn.slice(at + 1)),
      }),
      withSignal(signal),
    );
  });
}
