import type { RuleEvent, ScheduleEvent } from '../../event-types.ts';
import type { Data } from '../../values.ts';
import { addResource } from '../draft.ts';
import { getAtt, ref, sub } from '../resources.ts';
import { rolePolicies, trust } from '../statements.ts';
import { type EventMarshaller, type EventSourceContext, eventId, permit, sourceOf } from './context.ts';
import { expressionProblems, timeZoneProblems } from './expressions.ts';

interface Delivery {
  readonly maxAge?: number;
  readonly retries?: number;
}

const retryPolicy = ({ maxAge, retries }: Delivery): Record<string, Data> =>
  maxAge === undefined && retries === undefined
    ? {}
    : {
        RetryPolicy: {
          ...(maxAge !== undefined && { MaximumEventAgeInSeconds: maxAge }),
          ...(retries !== undefined && { MaximumRetryAttempts: retries }),
        },
      };

export const rule: EventMarshaller<RuleEvent> = (event, context) => {
  const { draft, path, callee } = context;
  const problems = [...ruleProblems(event)];
  if (problems.length > 0) {
    draft.faults.push(...problems.map((problem) => ({ path, ...problem })));
    return;
  }
  const bus = busOf(event, context);
  const deadLetter =
    event.deadLetter && sourceOf(context, 'deadLetter', event.deadLetter, ['AWS::SQS::Queue']);
  const id = eventId(context, event, 'Rule', shapeOf(event));
  const logicalId = addResource(draft, id, {
    Type: 'AWS::Events::Rule',
    Properties: {
      ...(event.description && { Description: event.description }),
      ...(bus !== undefined && { EventBusName: bus }),
      ...(event.pattern && { EventPattern: event.pattern }),
      ...(event.schedule && { ScheduleExpression: event.schedule }),
      State: event.enabled === false ? 'DISABLED' : 'ENABLED',
      Targets: [
        {
          Id: 'Function',
          Arn: callee.arn,
          ...(event.input !== undefined && { Input: JSON.stringify(event.input) }),
          ...(event.inputPath && { InputPath: event.inputPath }),
          ...(event.inputTransformer && {
            InputTransformer: {
              ...(event.inputTransformer.paths && { InputPathsMap: event.inputTransformer.paths }),
              InputTemplate: event.inputTransformer.template,
            },
          }),
          ...retryPolicy(event),
          ...(deadLetter && { DeadLetterConfig: { Arn: deadLetter.arn } }),
        },
      ],
    },
  });
  permit(context, id, 'events.amazonaws.com', { arn: getAtt(logicalId, 'Arn'), arnOnly: true });
};

/** What a rule is about: rules of a function are told apart by it. */
const shapeOf = ({ pattern, schedule, bus }: RuleEvent) => ({ pattern, schedule, bus });

function* ruleProblems(event: RuleEvent): Generator<{ message: string; next: string }> {
  const { pattern, schedule, bus } = event;
  if (pattern && schedule) {
    yield { message: 'has a pattern and a schedule', next: 'Make two events of it.' };
  }
  if (!pattern && !schedule) {
    yield { message: 'has neither a pattern nor a schedule', next: 'Give one of them.' };
  }
  if (schedule && bus !== undefined) {
    yield { message: 'has a schedule on a bus; only the default bus has schedules', next: 'Remove bus.' };
  }
  if (schedule) yield* expressionProblems(schedule);
  const inputs = (['input', 'inputPath', 'inputTransformer'] as const).filter(
    (name) => event[name] !== undefined,
  );
  if (inputs.length > 1) {
    yield { message: `has ${inputs.join(' and ')}`, next: 'Give one of them.' };
  }
}
/** A bus is called by name; buses of other accounts by ARN. */
function busOf({ bus }: RuleEvent, { draft }: EventSourceContext): Data | undefined {
  if (typeof bus !== 'string') return bus;
  return draft.resources.get(bus)?.Type === 'AWS::Events::EventBus' ? ref(bus) : bus;
}

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
  const name = eventId(context, event, 'Schedule', { expression, timezone });
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
