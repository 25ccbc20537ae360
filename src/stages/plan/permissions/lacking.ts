import type { Aws } from '../../../aws/connection/clients.ts';
import type { Question } from '../../../aws/permissions/simulate.ts';
import type { Log } from '../../../log.ts';
import { evaluate, type RolePolicies, type Verdict } from '../../../policies/evaluate.ts';
import { grantsOf, type ServiceFacts } from '../../../policies/modes.ts';
import { type Need, templateNeeds } from '../../../policies/needs.ts';
import { type HandledChange, isSurelyCalled } from '../../../policies/surely.ts';
import { ProblemError, problemLine } from '../../../problem.ts';
import { propertyImpact } from '../../../template/diff/impact.ts';
import {
  isObject,
  type Json,
  type JsonObject,
  own,
  scalarText,
  type Template,
} from '../../../template/types.ts';
import { equivalent } from '../../../template/values/equivalence.ts';

/** An action that a role lacks. */
export interface LackingPermission {
  readonly action: string;
  /** An ARN that it is needed for. */
  readonly resource: string;
  readonly role: string;
  /** The resource that is changed; `undefined` where this action itself calls it. */
  readonly logicalId: string | undefined;
  /** Whether the deployment surely fails without it. */
  readonly isSure: boolean;
}

/** What is asked of a role, and why. */
interface Asked extends Question {
  readonly role: string;
  readonly logicalId: string | undefined;
  readonly isSure: boolean;
}

/** Calls without which no deployment goes far; without the others something is left out. */
const FIRST_CALLS = new Set([
  'cloudformation:DescribeStacks',
  'cloudformation:CreateChangeSet',
  'cloudformation:DescribeChangeSet',
  'cloudformation:ExecuteChangeSet',
  'cloudformation:DescribeStackEvents',
  's3:ListBucket',
  's3:PutObject',
  'iam:PassRole',
]);

/** What is compared: a template and the one that is deployed; `undefined` where there is none. */
export interface TemplatePair {
  readonly before: Template | undefined;
  readonly after: Template;
}

/**
 * What the roles of a deployment lack for a change.
 *
 * @param roles who deploys, and what CloudFormation assumes; what is not given is not looked at
 * @param templates by name, nested ones included
 * @throws ProblemError where neither IAM nor the policies of a role may be asked
 */
export async function lackingPermissions(
  {
    facts,
    templates,
    tags,
  }: {
    readonly facts: ServiceFacts;
    readonly templates: readonly TemplatePair[];
    /** Whether the stack has tags. */
    readonly tags: boolean;
  },
  roles: { readonly deployment: string | undefined; readonly execution: string | undefined },
  { aws, log, signal }: { readonly aws: Aws; readonly log: Log; readonly signal: AbortSignal },
): Promise<readonly LackingPermission[]> {
  const acting = roles.execution ?? roles.deployment;
  const asked: Asked[] = [];
  if (acting !== undefined)
    for (const each of templates) {
      const all = { ...each.after, Resources: { ...resourcesOf(each.before), ...each.after.Resources } };
      const { needs } = templateNeeds(all, facts.place);
      asked.push(...ofChanges(needs, changesOf(each, tags), acting));
    }
  if (roles.deployment !== undefined) asked.push(...ofCalls(facts, roles.deployment));
  const found = await Promise.all(
    [...Map.groupBy(asked, ({ role }) => role)].map(async ([role, questions]) => {
      const verdicts = await verdictsOf(aws, role, questions, { log, signal });
      return questions.filter((_, index) => verdicts[index] === 'denied');
    }),
  );
  return found.flat();
}

/** What happens to each resource of a template; one that is replaced is made, and its former self deleted. */
function changesOf(
  { before, after }: TemplatePair,
  tags: boolean,
): ReadonlyMap<string, readonly HandledChange[]> {
  const [old, now] = [resourcesOf(before), resourcesOf(after)];
  const changes = new Map<string, readonly HandledChange[]>();
  const made = (properties: JsonObject): HandledChange => ({
    handler: 'c',
    properties,
    changed: Object.keys(properties),
    tags,
  });
  const deleted = (properties: JsonObject): HandledChange => ({
    handler: 'd',
    properties,
    changed: [],
    tags: false,
  });
  for (const [logicalId, resource] of Object.entries(now)) {
    const former = own(old, logicalId);
    const [was, is] = [propertiesOf(former), propertiesOf(resource)];
    if (former === undefined) changes.set(logicalId, [made(is)]);
    else {
      const changed = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(
        (name) => !equivalent(own(was, name), own(is, name)),
      );
      if (changed.length === 0) continue;
      const type = isObject(resource) ? scalarText(resource.Type) : '';
      const isReplaced = changed.some((name) => propertyImpact(type, [name]) === 'replace');
      const update: HandledChange = { handler: 'u', properties: is, changed, tags: false };
      const gone = isKept(resource, 'UpdateReplacePolicy') ? [] : [deleted(was)];
      changes.set(logicalId, isReplaced ? [made(is), ...gone] : [update]);
    }
  }
  for (const [logicalId, resource] of Object.entries(old)) {
    if (!Object.hasOwn(now, logicalId) && !isKept(resource, 'DeletionPolicy'))
      changes.set(logicalId, [deleted(propertiesOf(resource))]);
  }
  return changes;
}

const isKept = (resource: Json | undefined, policy: 'DeletionPolicy' | 'UpdateReplacePolicy'): boolean =>
  isObject(resource) && /^Retain/.test(String(resource[policy] ?? ''));

const resourcesOf = (template: Template | undefined): JsonObject => template?.Resources ?? {};
const propertiesOf = (resource: JsonObject[string] | undefined): JsonObject =>
  isObject(resource) && isObject(resource.Properties) ? resource.Properties : {};

function ofChanges(
  needs: readonly Need[],
  changes: ReadonlyMap<string, readonly HandledChange[]>,
  role: string,
): readonly Asked[] {
  return needs.flatMap((need): Asked[] => {
    const own = changes.get(need.logicalId)?.filter(({ handler }) => need.handlers.has(handler)) ?? [];
    if (own.length === 0) return [];
    const isSure = own.some((change) => isSurelyCalled(need, needs, change));
    return need.examples.map((resource) => ({
      action: need.action,
      resource,
      role,
      logicalId: need.logicalId,
      isSure,
    }));
  });
}

/** What this action calls itself. */
function ofCalls(facts: ServiceFacts, role: string): readonly Asked[] {
  return grantsOf(['deploy'], facts)
    .filter(({ action }) => FIRST_CALLS.has(action))
    .flatMap(({ action, resources: [resource] }) =>
      resource === undefined
        ? []
        : [{ action, resource: exampleOf(resource), role, logicalId: undefined, isSure: true }],
    );
}

const exampleOf = (arn: string): string => (arn === '*' ? arn : arn.replaceAll('*', 'example'));

/** By IAM's own simulation where that may be asked, else by the role's policies. */
async function verdictsOf(
  aws: Aws,
  role: string,
  questions: readonly Question[],
  { log, signal }: { readonly log: Log; readonly signal: AbortSignal },
): Promise<readonly Verdict[]> {
  const { simulate } = await import('../../../aws/permissions/simulate.ts');
  try {
    return await simulate(aws, role, questions, signal);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    log.debug(`IAM was not asked: ${error.problems.map(problemLine).join('; ')}`);
  }
  const { rolePolicies } = await import('../../../aws/permissions/role-policies.ts');
  const { policies, boundary } = await rolePolicies(aws, role, signal);
  const parsed = ({ name, text }: { readonly name: string; readonly text: string }) => ({
    name,
    document: documentIn(text, name),
  });
  const all: RolePolicies = { policies: policies.map(parsed), boundary: boundary && parsed(boundary) };
  return questions.map(({ action, resource }) => evaluate(all, action, resource));
}

function documentIn(text: string, name: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw new ProblemError(
      { subject: name, message: 'the policy that IAM gives is no JSON' },
      { cause: error },
    );
  }
}
