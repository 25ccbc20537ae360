import { ProblemError } from '../../problem.ts';
import type { Aws } from '../connection/clients.ts';
import { codeOf, withSignal } from '../connection/errors.ts';
import { explained } from '../connection/explained.ts';

/** A policy of a role: its document as JSON. */
export interface ReadPolicy {
  readonly name: string;
  readonly text: string;
}

/** Policies of a role, and the boundary of what they may allow. */
export interface ReadPolicies {
  readonly policies: readonly ReadPolicy[];
  readonly boundary: ReadPolicy | undefined;
}

/**
 * Reads all policies of a role: its own, those that are attached, and its boundary.
 *
 * @param role its ARN
 * @throws ProblemError where one of them may not be read
 */
export function rolePolicies(aws: Aws, role: string, signal: AbortSignal): Promise<ReadPolicies> {
  return explained(`reading the policies of ${role}`, async () => {
    const { client, sdk } = await aws.iam();
    const more = await import('../connection/sdk/iam-policies.ts');
    const RoleName = role.split('/').at(-1) ?? role;
    const options = withSignal(signal);
    const managed = async (PolicyArn: string): Promise<ReadPolicy> => {
      const { Policy } = await client.send(new more.GetPolicyCommand({ PolicyArn }), options);
      const { PolicyVersion } = await client.send(
        new more.GetPolicyVersionCommand({ PolicyArn, VersionId: Policy?.DefaultVersionId }),
        options,
      );
      return { name: PolicyArn, text: decodeURIComponent(PolicyVersion?.Document ?? '') };
    };
    const { Role } = await client
      .send(new sdk.GetRoleCommand({ RoleName }), options)
      .catch((error: unknown) => {
        if (!/^NoSuchEntity/.test(codeOf(error))) throw error;
        throw new ProblemError({
          message: `there is no role ${role}`,
          next: 'Correct the input deployment-role or role-arn.',
        });
      });
    const policies: ReadPolicy[] = [];
    for (let Marker: string | undefined, first = true; first || Marker; first = false) {
      const page = await client.send(
        new more.ListRolePoliciesCommand({ RoleName, ...(Marker && { Marker }) }),
        options,
      );
      for (const PolicyName of page.PolicyNames ?? []) {
        const { PolicyDocument = '' } = await client.send(
          new more.GetRolePolicyCommand({ RoleName, PolicyName }),
          options,
        );
        policies.push({ name: PolicyName, text: decodeURIComponent(PolicyDocument) });
      }
      Marker = page.IsTruncated ? page.Marker : undefined;
    }
    for (let Marker: string | undefined, first = true; first || Marker; first = false) {
      const page = await client.send(
        new more.ListAttachedRolePoliciesCommand({ RoleName, ...(Marker && { Marker }) }),
        options,
      );
      for (const { PolicyArn } of page.AttachedPolicies ?? [])
        if (PolicyArn) policies.push(await managed(PolicyArn));
      Marker = page.IsTruncated ? page.Marker : undefined;
    }
    const boundary = Role?.PermissionsBoundary?.PermissionsBoundaryArn;
    return { policies, boundary: boundary ? await managed(boundary) : undefined };
  });
}
