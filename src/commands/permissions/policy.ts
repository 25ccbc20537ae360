import type { SourceKind } from '../../assembly/types.ts';
import { defaultBucketName } from '../../aws/uploads/bucket.ts';
import type { Host } from '../../host.ts';
import type { Inputs } from '../../inputs.ts';
import type { Outcome } from '../../outcome.ts';
import type { Mode } from '../../parse/modes.ts';
import type { PolicyDocument } from '../../policies/documents.ts';
import type { PolicyPlace } from '../../policies/place.ts';
import { PSEUDO, roleName } from '../../policies/role-template.ts';
import { executionPolicy, type PolicySource, policyFor, type RoleKind } from '../../policies/roles.ts';
import { writtenPolicies } from '../../policies/write.ts';
import { ProblemError } from '../../problem.ts';
import { checkTemplates, checkToRead } from '../../stages/assemble/check-template.ts';
import { assemble } from '../../stages/assemble/index.ts';
import { findStack } from '../../stages/plan/find-stack.ts';
import { located } from '../../stages/plan/index.ts';
import {
  type NeedySource,
  placeOf,
  type StackNeeds,
  stackNeeds,
  UNKNOWN,
} from '../../stages/plan/permissions/stack-needs.ts';
import { noEchoParameters } from '../../template/parameters.ts';
import { connectionFor } from '../provision.ts';
import { runOf } from '../run.ts';

/**
 * Prints the policies that a service needs: those of all three roles, or that of one mode. With `check`, says what the
 * deployment role lacks for the change instead.
 */
export async function policyCommand(inputs: Inputs, host: Host): Promise<Outcome> {
  if (inputs.check) return (await import('./check.ts')).checkCommand(inputs, host);
  const { log } = host;
  const { format = 'yaml' } = inputs;
  if (format === 'mermaid' || format === 'svg')
    throw new ProblemError({
      subject: 'input format',
      message: `policies cannot be printed as ${format}`,
      next: 'Give yaml, json or terraform; mermaid and svg are for describe.',
    });
  const source = await policySource(inputs, host);
  if (source.facts.some(({ place }) => place.account === UNKNOWN.account || place.region === UNKNOWN.region))
    log.info('There are no AWS credentials or no region: replace ACCOUNT and REGION.');
  const policies =
    inputs.mode === undefined ? rolesOf(source, inputs) : { [inputs.mode]: ofMode(inputs.mode, source) };
  return {
    ok: true,
    report: undefined,
    outputs: {},
    stackOutputs: {},
    answer: writtenPolicies(policies, format),
  };
}

const ofMode = (mode: Mode | 'cloudformation', source: PolicySource): PolicyDocument =>
  mode === 'cloudformation' ? executionPolicy(source) : policyFor([mode], source);

/** The policies of the roles that a service is deployed with, for the modes that the inputs turn on. */
export function rolesOf(
  source: PolicySource,
  inputs: Inputs,
): Readonly<Record<'preview' | 'deployment', PolicyDocument> & { cloudformation?: PolicyDocument }> {
  const { preview, deployment } = modesOf(inputs);
  return {
    preview: policyFor(preview, source),
    deployment: policyFor(deployment, source),
    ...(source.facts.some(({ executionRole }) => executionRole !== undefined) && {
      cloudformation: executionPolicy(source),
    }),
  };
}

function modesOf(inputs: Inputs): {
  readonly preview: readonly Mode[];
  readonly deployment: readonly Mode[];
} {
  const drift: readonly Mode[] = inputs.drift === false ? [] : ['drift'];
  return {
    preview: ['preview', ...(inputs.validate ? (['validate'] as const) : []), ...drift],
    deployment: [
      'deploy',
      ...(inputs.inplace ? (['inplace'] as const) : []),
      ...(inputs.verify ? (['verify'] as const) : []),
      ...(inputs.cancelUpdate ? (['cancel-update'] as const) : []),
      ...drift,
    ],
  };
}

/**
 * What the stacks of the source need; types that are not known are told.
 *
 * @returns `hidden`: parameters whose values are not shown
 * @param options `anywhere`: for a template of roles in any account and region, CloudFormation's role included
 */
export async function policySource(
  inputs: Inputs,
  host: Host,
  { anywhere = false }: { readonly anywhere?: boolean } = {},
): Promise<PolicySource & { readonly hidden: readonly string[]; readonly kind: SourceKind }> {
  const aws = await connectionFor(inputs, host, true);
  const run = runOf(inputs, host, { noop: true, aws });
  const { assembly } = await assemble(run);
  if (anywhere) checkTemplates(assembly, run);
  else checkToRead(assembly, run);
  const all = [];
  for (const stack of assembly.stacks) {
    const found = await findStack(stack, run.aws, host.log);
    const asked = {
      found,
      located: await located(found, 'preview', run),
      source: assembly.source,
    };
    all.push(
      anywhere
        ? withRoles(await stackNeeds({ ...asked, place: placeAnywhere(asked, inputs) }, inputs), inputs)
        : await stackNeeds(asked, inputs),
    );
  }
  for (const type of new Set(all.flatMap(({ unknown }) => unknown)))
    host.log.warning(
      `${type}: CloudFormation does not say what it calls for this type. Add what its documentation names.`,
    );
  return {
    kind: assembly.source,
    needs: all.flatMap(({ needs }) => needs),
    facts: all.map(({ facts }) => facts),
    hidden: assembly.stacks.flatMap(({ template }) => noEchoParameters(template.template)),
  };
}

function placeAnywhere({ found, located }: NeedySource, { s3Bucket }: Inputs): PolicyPlace {
  const place = placeOf(found, located);
  const bucket = s3Bucket ?? defaultBucketName(PSEUDO.account, PSEUDO.region);
  return { ...place, ...PSEUDO, artifacts: { ...place.artifacts, bucket } };
}

/** With the roles that a template of roles makes, named after the stack. */
function withRoles(needs: StackNeeds, { stackName, roleArn }: Inputs): StackNeeds {
  const { facts } = needs;
  if (facts.assumed) return needs;
  const arn = (kind: RoleKind): string =>
    `arn:${PSEUDO.partition}:iam::${PSEUDO.account}:role/${roleName(stackName ?? facts.place.stackName, kind)}`;
  const executionRole = roleArn ?? arn('cloudformation');
  return { ...needs, facts: { ...facts, executionRole, checkedRoles: [arn('deployment'), executionRole] } };
}
