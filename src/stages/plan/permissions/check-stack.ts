import type { Host } from '../../../host.ts';
import type { Inputs } from '../../../inputs.ts';
import type { LocatedStack } from '../index.ts';
import { deployedLevel } from '../levels/level.ts';
import type { FoundStack } from '../stack-plan.ts';
import { type LackingPermission, lackingPermissions, type TemplatePair } from './lacking.ts';
import { type EffectiveTemplates, effectiveTemplates, stackNeeds } from './stack-needs.ts';

/** What the roles lack, or why nobody can tell. */
export type CheckedPermissions =
  | { readonly kind: 'checked'; readonly lacking: readonly LackingPermission[] }
  | { readonly kind: 'unchecked'; readonly why: string };

/**
 * What the deployment role, and the one that CloudFormation assumes, lack for the change of a stack.
 *
 * @throws ProblemError where AWS may not be asked
 */
export async function checkPermissions(
  { found, located }: { readonly found: FoundStack; readonly located: LocatedStack },
  inputs: Inputs,
  { log, signal }: Pick<Host, 'log' | 'signal'>,
): Promise<CheckedPermissions> {
  const { aws, deployed, stack } = found;
  if (!aws || deployed.kind === 'unknown') return { kind: 'unchecked', why: 'AWS cannot be asked' };
  if (deployed.kind === 'unreadable') return { kind: 'unchecked', why: deployed.why };
  if (stack.roles?.deploy)
    return {
      kind: 'unchecked',
      why: `it is deployed with ${stack.roles.deploy.arn}, which cdk bootstrap made`,
    };
  const { facts, templates: after } = await stackNeeds({ found, located }, inputs);
  const before: EffectiveTemplates =
    deployed.kind === 'stack'
      ? await effectiveTemplates(stack.stackName, await deployedLevel(aws, deployed))
      : new Map();
  const lacking = await lackingPermissions(
    {
      facts,
      templates: [...new Set([...after.keys(), ...before.keys()])].map(
        (name): TemplatePair => ({
          before: before.get(name),
          after: after.get(name) ?? { Resources: {} },
        }),
      ),
      tags: Object.keys({ ...stack.tags, ...inputs.tags?.values }).length > 0,
    },
    { deployment: inputs.deploymentRole, execution: inputs.roleArn },
    { aws, log, signal },
  );
  return { kind: 'checked', lacking: unique(lacking) };
}

/** An action is told once for each resource. */
const unique = (all: readonly LackingPermission[]): readonly LackingPermission[] => [
  ...new Map(all.map((each) => [`${each.role} ${each.action} ${each.logicalId}`, each])).values(),
];

/** What is to be told. The ARN is left to the log: comments hold no numbers of accounts. */
export const lackingText = ({ action, role }: LackingPermission): string =>
  `the deployment would fail: ${action} is not allowed to the role ${role.split('/').at(-1)}`;
