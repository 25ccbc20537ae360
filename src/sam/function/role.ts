import { isObject, type Json } from '../../template/types.ts';
import type { Build } from '../context.ts';
import { trusts } from '../iam/documents.ts';
import { awsPolicy } from '../iam/managed-policies.ts';
import { roleOf } from '../iam/policies.ts';
import { ifParts, isIf, isNoValue } from '../intrinsics.ts';
import { refuse } from '../problems.ts';
import { given, truthy } from '../python/values.ts';
import { conditional, getAtt, samTags } from '../resource.ts';
import type { Generated, SamSource } from '../types.ts';
import { DEAD_LETTER_ACTIONS } from './checks.ts';

/**
 * The role that SAM makes for a function.
 *
 * @param inline policies for the destinations of its asynchronous calls
 */
export function executionRole(source: SamSource, inline: readonly Json[], build: Build): Generated {
  const { passed, properties } = source;
  const { AssumeRolePolicyDocument, DeadLetterQueue, DurableConfig, VpcConfig, RolePath } = properties;
  const managed = [
    awsPolicy(
      `service-role/AWSLambdaBasic${truthy(DurableConfig) ? 'DurableExecutionRolePolicy' : 'ExecutionRole'}`,
      build,
    ),
  ];
  if (isTraced(source, build)) managed.push(xrayPolicy(build));
  if (truthy(VpcConfig)) managed.push(awsPolicy('service-role/AWSLambdaVPCAccessExecutionRole', build));
  const policies = [...inline];
  if (truthy(DeadLetterQueue) && isObject(DeadLetterQueue))
    policies.unshift({
      PolicyName: 'DeadLetterQueuePolicy',
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Action: DEAD_LETTER_ACTIONS[String(DeadLetterQueue.Type)] ?? '',
            Resource: DeadLetterQueue.TargetArn ?? null,
            Effect: 'Allow',
          },
        ],
      },
    });
  return roleOf(
    source,
    {
      trust: given(AssumeRolePolicyDocument) ? AssumeRolePolicyDocument : trusts('lambda.amazonaws.com'),
      managed,
      inline: policies,
      tags: samTags(source),
      path: RolePath,
      attributes: passed,
    },
    build,
  );
}

/** Whether a function is traced: `Tracing` is set, and not to `Disabled`. */
export const isTraced = ({ properties }: SamSource, { parameters }: Build): boolean =>
  truthy(properties.Tracing) && parameters.resolve(properties.Tracing) !== 'Disabled';

/** What tracing needs; its name differs by partition. */
export const xrayPolicy = (build: Build): string =>
  awsPolicy(build.partition === 'aws' ? 'AWSXrayWriteOnlyAccess' : 'AWSXRayDaemonWriteAccess', build);

/**
 * Gives a function its role: its own, the one made here, or either by a condition. Returned is the role to be added, as
 * far as one is needed.
 */
export function assignRole(
  { logicalId }: SamSource,
  { lambda, role }: { readonly lambda: Generated; readonly role: Generated },
  build: Build,
): Generated[] {
  const own = lambda.properties.Role;
  const made = getAtt(role.logicalId, 'Arn');
  if (!given(own)) {
    lambda.properties.Role = made;
    return [role];
  }
  if (!isIf(own)) return [];
  const parts = ifParts(build.parameters.resolve(own) as typeof own);
  if (!parts) return refuse(logicalId, ['Role'], 'Fn::If takes a condition and two values');
  const [condition, yes, no] = parts;
  if (isNoValue(yes) && isNoValue(no)) lambda.properties.Role = made;
  else if (isNoValue(yes)) {
    lambda.properties.Role = conditional(condition, made, no);
    role.attributes.Condition = condition;
  } else if (isNoValue(no)) {
    const negated = `NOT${String(condition)}`;
    lambda.properties.Role = conditional(condition, yes, made);
    role.attributes.Condition = negated;
    if (build.conditions) build.conditions[negated] = { 'Fn::Not': [{ Condition: condition }] };
  } else return [];
  return [role];
}
