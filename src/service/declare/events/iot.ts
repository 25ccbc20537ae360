import type { IotEvent } from '../../event-types.ts';
import { addResource } from '../draft.ts';
import { getAtt } from '../resources.ts';
import { type EventMarshaller, eventId, permit } from './shared/context.ts';

/** Messages that an AWS IoT rule selects. */
export const iot: EventMarshaller<IotEvent> = (event, context) => {
  const id = eventId(context, event, { kind: 'Topic', source: event.sql });
  const rule = addResource(context.draft, `${id}Rule`, {
    Type: 'AWS::IoT::TopicRule',
    Properties: {
      TopicRulePayload: {
        Sql: event.sql,
        AwsIotSqlVersion: event.sqlVersion ?? '2016-03-23',
        RuleDisabled: event.enabled === false,
        ...(event.description && { Description: event.description }),
        Actions: [{ Lambda: { FunctionArn: context.callee.arn } }],
      },
    },
  });
  permit(context, id, 'iot.amazonaws.com', { arn: getAtt(rule, 'Arn') });
};
