import type { Json } from '../../template/types.ts';
import { propertyTable } from '../checks/property-table.ts';
import { inlinePolicy, trusts } from '../iam/documents.ts';
import { given, truthy } from '../python/values.ts';
import { generated, getAtt, passedOf } from '../resource.ts';
import type { Generated } from '../types.ts';
import { deadLetters } from './dead-letters.ts';
import { refuseEvent } from './refuse.ts';
import { arnOf } from './target.ts';
import type { EventSource, SamEvent } from './types.ts';

/** A schedule of EventBridge Scheduler, of a function or a state machine. */
export const SCHEDULE_V2: EventSource<{ readonly target: Generated }> = {
  properties: propertyTable({
    PermissionsBoundary: 'string',
    ScheduleExpression: 'string!',
    FlexibleTimeWindow: 'map',
    Name: 'string',
    State: 'string',
    Description: 'string',
    StartDate: 'string',
    EndDate: 'string',
    ScheduleExpressionTimezone: 'string',
    GroupName: 'string',
    KmsKeyArn: 'string',
    Input: 'string',
    RoleArn: 'string',
    DeadLetterConfig: 'map',
    RetryPolicy: 'map',
    OmitName: '=bool',
  }),
  generate(event, { target }) {
    const { properties, logicalId } = event;
    const attributes = passedOf(target);
    const { FlexibleTimeWindow, State, RoleArn, Input, RetryPolicy } = properties;
    const {
      ScheduleExpression,
      Description,
      StartDate,
      EndDate,
      ScheduleExpressionTimezone,
      GroupName,
      KmsKeyArn,
    } = properties;
    const schedule = generated(logicalId, 'AWS::Scheduler::Schedule', {
      attributes,
      properties: {
        ScheduleExpression,
        State: truthy(State) ? State : undefined,
        Name: nameOf(event),
        Description,
        FlexibleTimeWindow: truthy(FlexibleTimeWindow) ? FlexibleTimeWindow : { Mode: 'OFF' },
        StartDate,
        EndDate,
        ScheduleExpressionTimezone,
        GroupName,
        KmsKeyArn,
      },
    });
    const letters = deadLetters(event, attributes);
    const role = truthy(RoleArn) ? undefined : roleOf(event, target, letters?.arn);
    schedule.properties.Target = {
      Arn: arnOf(target),
      RoleArn: role ? getAtt(role.logicalId, 'Arn') : (RoleArn ?? null),
      ...(given(Input) && { Input }),
      ...(letters && { DeadLetterConfig: { Arn: letters.arn } }),
      ...(given(RetryPolicy) && { RetryPolicy }),
    };
    return [schedule, ...(letters?.resources ?? []), ...(role ? [role] : [])];
  },
};

function nameOf(event: SamEvent): Json | undefined {
  const { Name, OmitName } = event.properties;
  if (!truthy(OmitName)) return truthy(Name) ? Name : event.logicalId;
  if (truthy(Name)) refuseEvent(event, ['Name'], 'Name and OmitName exclude each other; remove one of them');
  return undefined;
}

function roleOf({ logicalId, properties }: SamEvent, target: Generated, queue: Json | undefined): Generated {
  const { PermissionsBoundary } = properties;
  const arn = arnOf(target);
  const policies = target.type.startsWith('AWS::StepFunctions::')
    ? [inlinePolicy(`${logicalId}StartExecutionPolicy`, ['states:StartExecution', arn])]
    : [inlinePolicy(`${logicalId}LambdaPolicy`, ['lambda:InvokeFunction', arn])];
  if (queue !== undefined) policies.push(inlinePolicy(`${logicalId}SQSPolicy`, ['sqs:SendMessage', queue]));
  return generated(`${logicalId}Role`, 'AWS::IAM::Role', {
    attributes: passedOf(target),
    properties: {
      AssumeRolePolicyDocument: trusts('scheduler.amazonaws.com'),
      Policies: policies,
      PermissionsBoundary: truthy(PermissionsBoundary) ? PermissionsBoundary : undefined,
    },
  });
}
