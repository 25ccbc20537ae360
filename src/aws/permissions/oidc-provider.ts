import type { Aws } from '../connection/clients.ts';
import { explained } from '../connection/explained.ts';

/**
 * The account's provider of an issuer; `undefined` where there is none.
 *
 * @param issuer without `https://`
 * @throws ProblemError where the providers may not be listed
 */
export function oidcProvider(aws: Aws, issuer: string): Promise<string | undefined> {
  return explained('looking for the OIDC provider', async () => {
    const { client } = await aws.iam();
    const { ListOpenIDConnectProvidersCommand } = await import('../connection/sdk/iam-policies.ts');
    const { OpenIDConnectProviderList = [] } = await client.send(new ListOpenIDConnectProvidersCommand({}));
    return OpenIDConnectProviderList.find(({ Arn }) => Arn?.endsWith(`:oidc-provider/${issuer}`))?.Arn;
  });
}
