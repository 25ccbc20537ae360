import type { ScheduleEvent } from '../../event-types.ts';
import { addResource } from '../draft.ts';
import { getAtt, sub } from '../resources.ts';
import { rolePolicies, trust } from '../statements.ts';
import { type EventMarshaller, eventId, sourceOf } from './shared/context.ts';
import { retryPolicy } from './shared/delivery.ts';
import { expressionProblems, timeZoneProblems } from './shared/expressions.ts';

/** A schedule of EventBridge Scheduler. */
export const schedule: EventMarshaller<ScheduleEvent> = (event, context) => {
  const { draft, path, callee } = context;
  const { expression, timezone } = event;
  const problems = [
    ...expressionProblems(expression),
    ...(timezone === undefined ? [] : timeZoneProblems(timezone)),
  ];
  if (problems.length > 0) {
    draft.faults.push(...problems.map((problem) => ({ path, ...problem })));
    return;
  }
  const deadLetter =
    event.deadLetter && sourceOf(context, 'deadLetter', event.deadLetter, ['AWS::SQS::Queue']);
  const name = eventId(context, event, { kind: 'Schedule', source: { expression, timezone } });
  const group = event.group ?? 'default';
  const role = addResource(draft, `${name}Role`, {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: trust('scheduler.amazonaws.com', {
        StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
        ArnEquals: {
          'aws:SourceArn': sub(
            'arn:${AWS::Partition}:scheduler:${AWS::Region}:${AWS::AccountId}:schedule-group/${Group}',
            { Group: group },
          ),
        },
      }),
      Policies: rolePolicies('Call', [
        { actions: ['lambda:InvokeFunction'], resources: [callee.arn] },
        ...(deadLetter ? [{ actions: ['sqs:SendMessage'], resources: [deadLetter.arn] }] : []),
      ]),
    },
  });
  addResource(draft, name, {
    Type: 'AWS::Scheduler::Schedule',
    Properties: {
      ScheduleExpression: event.expression,
      ...(event.timezone && { ScheduleExpressionTimezone: event.timezone }),
      ...(event.startDate && { StartDate: event.startDate }),
      ...(event.endDate && { EndDate: event.endDate }),
      ...(event.description && { Description: event.description }),
      ...(event.group !== undefined && { GroupName: event.group }),
      State: event.enabled === false ? 'DISABLED' : 'ENABLED',
      FlexibleTimeWindow:
        event.flexibleMinutes === undefined
          ? { Mode: 'OFF' }
          : { Mode: 'FLEXIBLE', MaximumWindowInMinutes: event.flexibleMinutes },
      Target: {
        Arn: callee.arn,
        RoleArn: getAtt(role, 'Arn'),
        ...(event.input !== undefined && { Input: JSON.stringify(event.input) }),
        ...retryPolicy(event),
        ...(deadLetter && { DeadLetterConfig: { Arn: deadLetter.arn } }),
      },
    },
  });
};
