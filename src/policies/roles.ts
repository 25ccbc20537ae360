import type { Mode } from '../parse/modes.ts';
import type { PolicyGrant } from './documents.ts';
import { type PolicyDocument, type PolicyStatement, policyDocument, statementsFor } from './documents.ts';
import { grantsOf, type ServiceFacts } from './modes.ts';
import type { Need } from './needs.ts';

/** Those that a service is deployed with: who previews, who deploys, and what CloudFormation works with. */
export const ROLES = ['preview', 'deployment', 'cloudformation'] as const;
export type RoleKind = (typeof ROLES)[number];

/** What a policy is made from. */
export interface PolicySource {
  /** What CloudFormation calls for the resources of all stacks. */
  readonly needs: readonly Need[];
  readonly facts: readonly ServiceFacts[];
}

/**
 * What some modes need. Where CloudFormation assumes no role of its own, whoever deploys needs what it calls, too.
 *
 * @param modes what the role is for; drift is read with the rights of whoever asks
 */
export function policyFor(modes: readonly Mode[], { needs, facts }: PolicySource): PolicyDocument {
  const calls = facts.flatMap((each) => grantsOf(modes, each));
  const alone = facts.some(
    ({ executionRole, assumed, stackSet }) =>
      executionRole === undefined && assumed === undefined && !stackSet,
  );
  const isDeploying = modes.includes('deploy') || modes.includes('inplace');
  const changes = isDeploying && alone ? needs : [];
  const deletes =
    modes.includes('delete') && alone
      ? needs.filter(({ handlers }) => handlers.has('d') || handlers.has('r'))
      : [];
  // The instances of a stack set are looked at by the roles of their accounts.
  const readsAlone = facts.some(({ assumed, stackSet }) => !stackSet && (assumed?.reading.length ?? 0) === 0);
  const reads =
    modes.includes('drift') && readsAlone ? needs.filter(({ handlers }) => handlers.has('r')) : [];
  return policyDocument([
    ...statementsFor(calls),
    ...withoutDoubles(resourceStatements([...changes, ...deletes, ...reads]), calls),
  ]);
}

/** What the role needs that CloudFormation assumes. */
export const executionPolicy = ({ needs }: PolicySource): PolicyDocument =>
  policyDocument(resourceStatements(needs));

/** Roles that Lambda, API Gateway and others need for themselves are made by these services. */
const SERVICE_LINKED = 'iam:CreateServiceLinkedRole';

function resourceStatements(needs: readonly Need[]): readonly PolicyStatement[] {
  return statementsFor(
    needs.map(
      ({ action, resources }): PolicyGrant =>
        action === SERVICE_LINKED
          ? { action, resources: resources.map(toServiceLinked) }
          : { action, resources },
    ),
  );
}

/** They have a path of their own. */
const toServiceLinked = (arn: string): string => arn.replace(/:role\/.*$/, ':role/aws-service-role/*');

/** What the calls of this action allow already is not said again. */
function withoutDoubles(
  statements: readonly PolicyStatement[],
  calls: readonly PolicyGrant[],
): readonly PolicyStatement[] {
  const everywhere = new Set(
    calls.filter(({ resources }) => resources.includes('*')).map(({ action }) => action),
  );
  return statements.map((statement) => ({
    ...statement,
    Action: statement.Action.filter((action) => !everywhere.has(action)),
  }));
}
