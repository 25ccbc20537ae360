import type { Aws } from '../../aws/connection/clients.ts';
import { oidcProvider } from '../../aws/permissions/oidc-provider.ts';
import { describeStack, stackResources } from '../../aws/stack/stack.ts';
import type { Host } from '../../host.ts';
import { type InputName, type Inputs, parseInputs } from '../../inputs.ts';
import type { Outcome } from '../../outcome.ts';
import { inputContext } from '../../read-inputs.ts';
import { provision } from '../provision.ts';

/** The stack of the roles. */
export interface RolesStack {
  readonly stackName: string;
  /** Relative to the workspace. */
  readonly file: string;
}

/** Makes or updates the roles, by the same way as every deployment. */
export async function deployRoles(
  { stackName, file }: RolesStack,
  aws: Aws,
  { inputs, host }: { readonly inputs: Inputs; readonly host: Host },
): Promise<Outcome> {
  const given: Readonly<Partial<Record<InputName, string>>> = {
    command: 'provision',
    source: file,
    'stack-name': stackName,
    region: aws.region,
    noop: 'false',
    timeout: String(inputs.timeout),
    ...(inputs.s3Bucket && { 's3-bucket': inputs.s3Bucket }),
  };
  const own = await parseInputs((name) => given[name], inputContext(host.workspace, '.'));
  return provision(own, host);
}

/**
 * The account's provider of an issuer, unless the stack of the roles is what made it.
 *
 * @throws ProblemError where that may not be looked up
 */
export async function foreignProvider(
  aws: Aws,
  stackName: string,
  issuer: string,
): Promise<string | undefined> {
  const [provider, stack] = await Promise.all([oidcProvider(aws, issuer), describeStack(aws, stackName)]);
  if (!provider || !stack) return provider;
  const resources = await stackResources(aws, stack.id);
  return resources.some(({ physicalId }) => physicalId === provider) ? undefined : provider;
}
