import { isObject, type Json, type JsonObject } from '../../template/types.ts';
import { propertyTable } from '../checks/property-table.ts';
import { inlinePolicy, trusts } from '../iam/documents.ts';
import { given, truthy } from '../python/values.ts';
import { generated, getAtt, passedOf } from '../resource.ts';
import type { Generated } from '../types.ts';
import { deadLetters } from './dead-letters.ts';
import { refuseEvent } from './refuse.ts';
import { arnOf, permission } from './target.ts';
import type { EventSource, FunctionTarget, SamEvent, StateMachineTarget } from './types.ts';

const PRINCIPAL = 'events.amazonaws.com';

/** IDs of a rule's targets are not longer. Source: Amazon EventBridge API Reference, "Target". */
const LONGEST_TARGET_ID = 64;

const SCHEDULE = {
  Schedule: 'string!',
  Input: 'string',
  Enabled: 'bool',
  State: 'string',
  Name: 'string',
  Description: 'string',
  DeadLetterConfig: 'map',
  RetryPolicy: 'map',
};

const PATTERN = {
  EventBusName: 'string',
  RuleName: 'string',
  Pattern: 'map',
  DeadLetterConfig: 'map',
  RetryPolicy: 'map',
  Input: 'string',
  InputPath: 'string',
  State: 'string',
  InputTransformer: 'map',
};

/** What a rule is made of besides its target. */
const scheduled = ({ Schedule, Name, Description }: JsonObject) => ({
  ScheduleExpression: Schedule,
  Name,
  Description,
});
const patterned = ({ EventBusName, Pattern, RuleName }: JsonObject) => ({
  EventBusName,
  EventPattern: Pattern,
  Name: RuleName,
});

type RuleProperties = (properties: JsonObject) => Generated['properties'];

/** Whether a rule is on: `State`, or `Enabled` as a boolean. */
function stateOf(event: SamEvent): Json | undefined {
  const { State, Enabled } = event.properties;
  if (truthy(State) && given(Enabled))
    refuseEvent(event, ['Enabled'], 'State and Enabled exclude each other; remove one of them');
  if (given(Enabled)) return truthy(Enabled) ? 'ENABLED' : 'DISABLED';
  return truthy(State) ? State : undefined;
}

/** The target of a rule. */
function targetOf(
  event: SamEvent,
  {
    arn,
    suffix,
    roleArn,
    queue,
  }: {
    readonly arn: Json;
    readonly suffix: string;
    readonly roleArn?: Json;
    readonly queue: Json | undefined;
  },
): JsonObject {
  const { Target, Input, InputPath, RetryPolicy, InputTransformer } = event.properties;
  const id = `${event.logicalId.slice(0, LONGEST_TARGET_ID - suffix.length)}${suffix}`;
  return {
    Arn: arn,
    Id: isObject(Target) && Object.hasOwn(Target, 'Id') ? (Target.Id ?? null) : id,
    ...(roleArn !== undefined && { RoleArn: roleArn }),
    ...(given(Input) && { Input }),
    ...(given(InputPath) && { InputPath }),
    ...(queue !== undefined && { DeadLetterConfig: { Arn: queue } }),
    ...(given(RetryPolicy) && { RetryPolicy }),
    ...(given(InputTransformer) && { InputTransformer }),
  };
}

const forFunction = (
  table: Readonly<Record<string, string>>,
  properties: RuleProperties,
): EventSource<FunctionTarget> => ({
  properties: propertyTable(table),
  generate(event, { target }) {
    const attributes = passedOf(target);
    const rule = generated(event.logicalId, 'AWS::Events::Rule', {
      attributes,
      properties: { ...properties(event.properties), State: stateOf(event) },
    });
    const letters = deadLetters(event, attributes, arnOf(rule));
    rule.properties.Targets = [
      targetOf(event, { arn: arnOf(target), suffix: 'LambdaTarget', queue: letters?.arn }),
    ];
    return [
      rule,
      ...(letters?.resources ?? []),
      permission(event, target, { principal: PRINCIPAL, sourceArn: arnOf(rule) }),
    ];
  },
});

const forStateMachine = (
  table: Readonly<Record<string, string>>,
  properties: RuleProperties,
): EventSource<StateMachineTarget> => ({
  properties: propertyTable(table),
  generate(event, { target, permissionsBoundary }) {
    const attributes = passedOf(target);
    const rule = generated(event.logicalId, 'AWS::Events::Rule', {
      attributes,
      properties: { ...properties(event.properties), State: stateOf(event) },
    });
    const { RoleArn } = event.properties;
    const role = given(RoleArn) ? undefined : starterRole(event, { target, permissionsBoundary }, PRINCIPAL);
    const letters = deadLetters(event, attributes, arnOf(rule));
    rule.properties.Targets = [
      targetOf(event, {
        arn: arnOf(target),
        suffix: 'StepFunctionsTarget',
        roleArn: role ? getAtt(role.logicalId, 'Arn') : (RoleArn ?? null),
        queue: letters?.arn,
      }),
    ];
    return [rule, ...(role ? [role] : []), ...(letters?.resources ?? [])];
  },
});

/** The role in which a service starts a state machine. */
export function starterRole(
  { logicalId }: SamEvent,
  { target, permissionsBoundary }: StateMachineTarget,
  principal: string,
): Generated {
  const id = `${logicalId}Role`;
  return generated(id, 'AWS::IAM::Role', {
    attributes: passedOf(target),
    properties: {
      AssumeRolePolicyDocument: trusts(principal),
      Policies: [inlinePolicy(`${id}StartExecutionPolicy`, ['states:StartExecution', arnOf(target)])],
      PermissionsBoundary: truthy(permissionsBoundary) ? permissionsBoundary : undefined,
    },
  });
}

export const FUNCTION_SCHEDULE = forFunction({ ...SCHEDULE, RuleName: 'string' }, scheduled);
export const FUNCTION_PATTERN = forFunction({ ...PATTERN, Target: 'map', Enabled: 'bool' }, patterned);
export const STATE_MACHINE_SCHEDULE = forStateMachine(
  { ...SCHEDULE, Target: '=map', RoleArn: '=string' },
  scheduled,
);
export const STATE_MACHINE_PATTERN = forStateMachine({ ...PATTERN, Target: '=map' }, patterned);
