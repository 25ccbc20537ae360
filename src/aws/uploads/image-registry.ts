import { ProblemError } from '../../problem.ts';
import { hostSuffix } from '../../regions.ts';
import type { Aws } from '../connection/clients.ts';
import { codeOf, withSignal } from '../connection/errors.ts';
import { explained } from '../connection/explained.ts';

/** The account's image registry, with credentials that hold for twelve hours. */
export interface EcrRegistry {
  /** `https://123456789012.dkr.ecr.eu-west-1.amazonaws.com` */
  readonly url: string;
  readonly username: string;
  readonly password: string;
}

/** Where the registry of an account is, unless ECR says otherwise. Source: Amazon ECR User Guide, "Private registries". */
export const ecrHost = (account: string, region: string): string =>
  `${account}.dkr.ecr.${region}.${hostSuffix(region)}`;

/** Asks ECR where its registry is, and for credentials. */
export function ecrRegistry(aws: Aws, signal: AbortSignal): Promise<EcrRegistry> {
  return explained('asking ECR for access', async () => {
    const { client, sdk } = await aws.ecr();
    const { authorizationData } = await client.send(
      new sdk.GetAuthorizationTokenCommand({}),
      withSignal(signal),
    );
    const { authorizationToken = '', proxyEndpoint: url = '' } = authorizationData?.[0] ?? {};
    const [username = '', password = ''] = Buffer.from(authorizationToken, 'base64').toString().split(':');
    return { url, username, password };
  });
}

/**
 * Makes sure that there is a repository for images.
 *
 * @param create whether a missing one is created: tags immutable, images scanned, as ECR advises
 * @throws ProblemError when it is missing and must not be created
 */
export function ensureRepository(
  aws: Aws,
  name: string,
  create: boolean,
  signal: AbortSignal,
): Promise<'there' | 'created'> {
  return explained(`looking up the image repository ${name}`, async () => {
    const { client, sdk } = await aws.ecr();
    try {
      await client.send(new sdk.DescribeRepositoriesCommand({ repositoryNames: [name] }), withSignal(signal));
      return 'there';
    } catch (error) {
      if (codeOf(error) !== 'RepositoryNotFoundException') throw error;
    }
    if (!create) {
      throw new ProblemError({
        message: `there is no ECR repository ${name}`,
        next: 'Create it, set ecr-repository to one that exists, or set create-ecr-repository: true.',
      });
    }
    try {
      const settings = {
        repositoryName: name,
        imageTagMutability: 'IMMUTABLE' as const,
        imageScanningConfiguration: { scanOnPush: true },
      };
      await client.send(new sdk.CreateRepositoryCommand(settings), withSignal(signal));
    } catch (error) {
      // Another run, or a retry of this call, was faster.
      if (codeOf(error) !== 'RepositoryAlreadyExistsException') throw error;
    }
    return 'created';
  });
}
