import type { RuleEvent } from '../../event-types.ts';
import type { Data } from '../../values.ts';
import { addResource } from '../draft.ts';
import { getAtt, ref } from '../resources.ts';
import {
  type EventMarshaller,
  type EventSourceContext,
  eventId,
  permit,
  sourceOf,
} from './shared/context.ts';
import { retryPolicy } from './shared/delivery.ts';
import { expressionProblems } from './shared/expressions.ts';

/** Events that an EventBridge rule selects, or its schedule. */
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
  const id = eventId(context, event, { kind: 'Rule', source: shapeOf(event) });
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
