import type { SnsEvent } from '../../event-types.ts';
import { addResource } from '../draft.ts';
import { type EventMarshaller, eventId, permit, sourceOf } from './shared/context.ts';

/** Messages of an SNS topic. */
export const sns: EventMarshaller<SnsEvent> = (event, context) => {
  const topic = sourceOf(context, 'topic', event.topic, ['AWS::SNS::Topic']);
  const deadLetter =
    event.deadLetter && sourceOf(context, 'deadLetter', event.deadLetter, ['AWS::SQS::Queue']);
  if (!topic) return;
  const id = eventId(context, event, { kind: 'Topic', source: event.topic, id: topic.id });
  permit(context, id, 'sns.amazonaws.com', { arn: topic.arn, arnOnly: true });
  addResource(context.draft, `${id}Subscription`, {
    Type: 'AWS::SNS::Subscription',
    Properties: {
      Protocol: 'lambda',
      TopicArn: topic.arn,
      Endpoint: context.callee.arn,
      ...(event.filter && { FilterPolicy: event.filter }),
      ...(event.filterScope && { FilterPolicyScope: event.filterScope }),
      ...(deadLetter && { RedrivePolicy: { deadLetterTargetArn: deadLetter.arn } }),
      ...(event.region && { Region: event.region }),
    },
  });
};
