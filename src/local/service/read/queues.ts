import { isYes, type Json } from '../../../template/types.ts';
import { mapOf, text } from '../../functions/resolve.ts';
import { filterPolicyProblem } from '../../patterns/filter-policy.ts';
import { changeOf, QUEUE_DEFAULTS } from '../../queues/attributes.ts';
import type { QueuePlan, SubscriptionPlan, TopicPlan } from '../plan.ts';
import { jsonMap, maps, optionalText, type PlannedResource, type PlanScope, patternOf } from './scope.ts';

/** The queues of a template. */
export const queuesOf = (scope: PlanScope): QueuePlan[] =>
  scope.of('AWS::SQS::Queue').map(({ id, properties }) => {
    const name = id.split('/').at(-1) ?? id;
    return {
      ...QUEUE_DEFAULTS,
      name,
      arn: `arn:aws:sqs:${scope.region}:${scope.account}:${name}`,
      ...changeOf(properties),
      ...(properties.Tags !== undefined && { tags: tagsOf(properties.Tags) }),
    };
  });

const tagsOf = (tags: Json): Readonly<Record<string, string>> =>
  Object.fromEntries(maps(tags).map(({ Key = '', Value = '' }) => [text(Key), text(Value)]));

export const topicsOf = (scope: PlanScope): TopicPlan[] =>
  scope.of('AWS::SNS::Topic').map(({ id, properties }) => ({
    name: id.split(':').at(-1) ?? id,
    arn: id,
    fifo: isYes(properties.FifoTopic),
    contentBasedDeduplication: isYes(properties.ContentBasedDeduplication),
    deduplicatesGroups: properties.FifoThroughputScope === 'MessageGroup',
    ...(properties.DisplayName !== undefined && { kept: { DisplayName: text(properties.DisplayName) } }),
    ...(properties.Tags !== undefined && { tags: tagsOf(properties.Tags) }),
  }));

/** Subscriptions that are resources, and those that topics have themselves. */
export function subscriptionsOf(scope: PlanScope): SubscriptionPlan[] {
  const own = scope.of('AWS::SNS::Topic').flatMap(({ id, properties }) =>
    (Array.isArray(properties.Subscription) ? properties.Subscription : []).map((each) => ({
      logicalId: id,
      id,
      properties: { TopicArn: id, ...mapOf(each) },
    })),
  );
  const all = [...own, ...scope.of('AWS::SNS::Subscription')];
  return all
    .flatMap((each) => subscription(scope, each))
    .filter(({ protocol, endpoint, topicArn }) => {
      if (protocol === 'lambda' || protocol === 'sqs') return true;
      scope.leave(`the subscription of ${endpoint} to ${topicArn} by ${protocol}`);
      return false;
    });
}

function subscription(scope: PlanScope, { logicalId, properties }: PlannedResource): SubscriptionPlan[] {
  const taken = patternOf(scope, logicalId, properties.FilterPolicy);
  // Without it, all that it leaves out would come through.
  if (!taken) return [];
  const { pattern: filter } = taken;
  const filterScope = properties.FilterPolicyScope === 'MessageBody' ? 'MessageBody' : 'MessageAttributes';
  const problem = filter && filterPolicyProblem(filter, filterScope);
  if (problem !== undefined) {
    scope.leave(`${logicalId}: SNS refuses its filter policy: ${problem}`);
    return [];
  }
  const deadLetterArn = optionalText(jsonMap(properties.RedrivePolicy)?.deadLetterTargetArn);
  const plan: SubscriptionPlan = {
    topicArn: text(properties.TopicArn ?? ''),
    protocol: text(properties.Protocol ?? ''),
    endpoint: text(properties.Endpoint ?? ''),
    raw: isYes(properties.RawMessageDelivery),
    ...(filter && { filter }),
    filterScope,
    ...(deadLetterArn !== undefined && { deadLetterArn }),
  };
  return [plan];
}
