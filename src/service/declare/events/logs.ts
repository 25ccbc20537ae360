import type { LogsEvent } from '../../event-types.ts';
import type { Data } from '../../values.ts';
import { addResource, resourceIn } from '../draft.ts';
import { calleeIn } from '../functions.ts';
import { ref, sub } from '../resources.ts';
import { type EventMarshaller, eventId, permit } from './shared/context.ts';

/** Lines of a log group, such as that of another function. */
export const logs: EventMarshaller<LogsEvent> = (event, context) => {
  const { draft, path, callee } = context;
  if ((event.group === undefined) === (event.function === undefined)) {
    draft.faults.push({
      path,
      message:
        event.group === undefined ? 'names neither a group nor a function' : 'names a group and a function',
      next: 'Give one of group and function.',
    });
    return;
  }
  let group: Data;
  let id: string | undefined;
  if (event.function !== undefined) {
    if (event.function === callee.name) {
      draft.faults.push({
        path: [...path, 'function'],
        message: 'a function that gets its own logs calls itself without end',
        next: 'Name another function.',
      });
      return;
    }
    const logged = calleeIn(draft, [...path, 'function'], event.function);
    if (!logged) return;
    id = logged.id;
    group = draft.names.logGroup(logged.name);
  } else {
    const named = event.group ?? '';
    const inside =
      typeof named === 'string' && draft.service.resources && Object.hasOwn(draft.service.resources, named);
    if (inside && !resourceIn(draft, [...path, 'group'], named, ['AWS::Logs::LogGroup'])) return;
    group = inside ? ref(named) : named;
    id = inside ? named : undefined;
  }
  const name = eventId(context, event, { kind: 'Logs', source: event.group ?? event.function, id });
  const allowed = permit(context, name, 'logs.amazonaws.com', {
    arn: sub('arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${Group}:*', {
      Group: group,
    }),
  });
  addResource(draft, `${name}Subscription`, {
    Type: 'AWS::Logs::SubscriptionFilter',
    DependsOn: [allowed],
    Properties: {
      LogGroupName: group,
      FilterPattern: event.pattern ?? '',
      DestinationArn: callee.arn,
    },
  });
};
