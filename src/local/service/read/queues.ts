import { isYes } from '../../../template/types.ts';
import { mapOf, text } from '../../functions/resolve.ts';
import { changeOf, QUEUE_DEFAULTS } from '../../queues/attributes.ts';
import type { QueuePlan, SubscriptionPlan, TopicPlan } from '../plan.ts';
import { jsonMap, optionalText, type PlannedResource, type PlanScope } from './scope.ts';

/** The queues of a template. */
export const queuesOf = (scope: PlanScope): QueuePlan[] =>
  scope.of('AWS::SQS::Queue').map(({ id, properties }) => {
    const name = id.split('/').at(-1) ?? id;
    return {
      ...QUEUE_DEFAULTS,
      name,
      arn: `arn:aws:sqs:${scope.region}:${scope.account}:${name}`,
      ...changeOf(properties),
    };
  });

export const topicsOf = (scope: PlanScope): TopicPlan[] =>
  scope.of('AWS::SNS::Topic').map(({ id, properties }) => ({
    name: id.split(':').at(-1) ?? id,
    arn: id,
    fifo: isYes(properties.FifoTopic),
    contentBasedDeduplication: isYes(properties.ContentBasedDeduplication),
    deduplicatesGroups: properties.FifoThroughputScope === 'MessageGroup',
  }));

/** Subscriptions that are resources, and those that topics have themselves. */
export function subscriptionsOf(scope: PlanScope): SubscriptionPlan[] {
  const own = scope
    .of('AWS::SNS::Topic')
    .flatMap(({ id, properties }) =>
      (Array.isArray(properties.Subscription) ? properties.Subscription : []).map((each) =>
        subscription({ logicalId: id, id, properties: { TopicArn: id, ...mapOf(each) } }),
      ),
    );
  const all = [...own, ...scope.of('AWS::SNS::Subscription').map(subscription)];
  return all.filter(({ protocol, endpoint, topicArn }) => {
    if (protocol === 'lambda' || protocol === 'sqs') return true;
    scope.leave(`the subscription of ${endpoint} to ${topicArn} by ${protocol}`);
    return false;
  });
}

function subscription({ properties }: PlannedResource): SubscriptionPlan {
  const filter = jsonMap(properties.FilterPolicy);
  const deadLetterArn = optionalText(jsonMap(properties.RedrivePolicy)?.deadLetterTargetArn);
  return {
    topicArn: text(properties.TopicArn ?? ''),
    protocol: text(properties.Protocol ?? ''),
    endpoint: text(properties.Endpoint ?? ''),
    raw: isYes(properties.RawMessageDelivery),
    ...(filter && { filter }),
    filterScope: properties.FilterPolicyScope === 'MessageBody' ? 'MessageBody' : 'MessageAttributes',
    ...(deadLetterArn !== undefined && { deadLetterArn }),
  };
}
