import { isObject, type Json, type JsonObject } from '../../template/types.ts';
import { CallError } from '../aws-api/answer.ts';
import type { QueryInput, XmlValue } from '../aws-api/query.ts';
import { text } from '../functions/resolve.ts';
import { filterPolicyProblem } from '../patterns/filter-policy.ts';
import type { SubscriptionPlan, TopicPlan } from '../service/plan.ts';
import {
  attributesIn,
  checkedArn,
  invalidParameter,
  type TopicAction,
  type Topics,
  topicOf,
} from './context.ts';
import { subscriptionArn } from './publish.ts';

/** Source: Amazon SNS API Reference, `Subscribe`. */
const ELSEWHERE = ['http', 'https', 'email', 'email-json', 'sms', 'application', 'firehose'];

/**
 * Who gets what is published.
 * Words as AWS answers them, recorded in localstack/localstack (`test_sns.snapshot.json`).
 */
export const SUBSCRIPTION_ACTIONS: Readonly<Record<string, TopicAction>> = {
  Subscribe(input, topics) {
    const topic = topicOf(topics, input.text('TopicArn') ?? '');
    const protocol = input.text('Protocol') ?? '';
    const endpoint = input.text('Endpoint') ?? '';
    checkEndpoint(topic, protocol, endpoint);
    const attributes = attributesIn(input);
    const bare: SubscriptionPlan = {
      topicArn: topic.arn,
      protocol,
      endpoint,
      raw: false,
      filterScope: 'MessageAttributes',
    };
    // The scope decides what the policy may be.
    const ordered = [...attributes].sort(([a], [b]) => order(a) - order(b));
    const subscription = ordered.reduce(
      (plan, entry) => changed(plan, entry, { topic, before: 'Attributes Reason: ' }),
      bare,
    );
    const arn = subscriptionArn(subscription);
    const existing = topics.subscriptions.find((each) => subscriptionArn(each) === arn);
    if (!existing) topics.subscriptions.push(subscription);
    // Whoever is subscribed already stays so, once.
    else if ([...attributes].some(([name, value]) => !isSame(told(existing, topics).get(name), value)))
      throw invalidParameter('Attributes Reason: Subscription already exists with different attributes');
    return { SubscriptionArn: arn };
  },
  Unsubscribe(input, topics) {
    const arn = input.text('SubscriptionArn') ?? '';
    const problem = checkedArn(arn, 'SubscriptionArn');
    if (problem) throw problem;
    topics.subscriptions = topics.subscriptions.filter((each) => subscriptionArn(each) !== arn);
    return undefined;
  },
  ListSubscriptions: (_, topics) => listed(topics, topics.subscriptions),
  ListSubscriptionsByTopic(input, topics) {
    const { arn } = topicOf(topics, input.text('TopicArn') ?? '');
    return listed(
      topics,
      topics.subscriptions.filter(({ topicArn }) => topicArn === arn),
    );
  },
  GetSubscriptionAttributes: (input, topics) => ({ Attributes: told(subscriptionOf(input, topics), topics) }),
  SetSubscriptionAttributes(input, topics) {
    const before = subscriptionOf(input, topics);
    const topic = topicOf(topics, before.topicArn);
    const entry = [input.text('AttributeName') ?? '', input.text('AttributeValue') ?? ''] as const;
    const after = changed(before, entry, { topic, before: '' });
    topics.subscriptions = topics.subscriptions.map((each) => (each === before ? after : each));
    return undefined;
  },
};

const order = (name: string): number => (name === 'FilterPolicyScope' ? 0 : 1);

/** @throws CallError for one that SNS does not take, or that is not served here */
export function checkEndpoint({ fifo }: TopicPlan, protocol: string, endpoint: string): void {
  if (ELSEWHERE.includes(protocol))
    throw invalidParameter(`Protocol: subscriptions by ${protocol} are not served here, only sqs and lambda`);
  if (protocol !== 'sqs' && protocol !== 'lambda')
    throw invalidParameter(`Amazon SNS does not support this protocol string: ${protocol}`);
  if (!endpoint.startsWith(`arn:`) || endpoint.split(':')[2] !== protocol)
    throw invalidParameter(`${protocol === 'sqs' ? 'SQS' : 'Lambda'} endpoint ARN`);
  if (!fifo && protocol === 'sqs' && endpoint.endsWith('.fifo'))
    throw invalidParameter(
      'Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics',
    );
}

function subscriptionOf(input: QueryInput, { subscriptions }: Topics): SubscriptionPlan {
  const arn = input.text('SubscriptionArn') ?? '';
  const found = subscriptions.find((each) => subscriptionArn(each) === arn);
  if (found) return found;
  throw checkedArn(arn, 'SubscriptionArn') ?? new CallError('NotFound', 'Subscription does not exist', 404);
}

/** A subscription with another value of an attribute. */
function changed(
  plan: SubscriptionPlan,
  [name, value]: readonly [name: string, value: string],
  { topic, before }: { readonly topic: TopicPlan; readonly before: string },
): SubscriptionPlan {
  const refuse = (reason: string): CallError => invalidParameter(`${before}${name}: ${reason}`);
  switch (name) {
    case 'RawMessageDelivery':
      if (!/^(true|false)$/i.test(value)) throw refuse(`Invalid value [${value}]. Must be true or false.`);
      return { ...plan, raw: value.toLowerCase() === 'true' };
    case 'FilterPolicyScope':
      if (value !== 'MessageBody' && value !== 'MessageAttributes')
        throw refuse(`Invalid value [${value}]. Please use either MessageBody or MessageAttributes`);
      if (plan.filter) checkPolicy(plan.filter, value, refuse);
      return { ...plan, filterScope: value };
    case 'FilterPolicy': {
      const { filter: _, ...without } = plan;
      const filter = mapIn(value === '' ? '{}' : value, refuse);
      // An empty policy takes all.
      if (Object.keys(filter).length === 0) return without;
      checkPolicy(filter, plan.filterScope, refuse);
      return { ...plan, filter };
    }
    case 'RedrivePolicy': {
      const { deadLetterArn: _, ...without } = plan;
      if (value === '') return without;
      const arn = text(mapIn(value, refuse).deadLetterTargetArn ?? '');
      if (arn.split(':')[2] !== 'sqs') throw refuse('deadLetterTargetArn is an invalid arn');
      if (topic.fifo && plan.endpoint.endsWith('.fifo') && !arn.endsWith('.fifo'))
        throw refuse('must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic.');
      return { ...plan, deadLetterArn: arn };
    }
    case 'DeliveryPolicy':
      throw refuse('policies of deliveries by HTTP are not served here');
    default:
      throw invalidParameter(`${before}AttributeName`);
  }
}

function checkPolicy(
  policy: JsonObject,
  scope: SubscriptionPlan['filterScope'],
  refuse: (reason: string) => CallError,
): void {
  const problem = filterPolicyProblem(policy, scope);
  if (problem !== undefined) throw refuse(problem);
}

function mapIn(written: string, refuse: (reason: string) => CallError): JsonObject {
  try {
    const parsed: Json = JSON.parse(written);
    if (isObject(parsed)) return parsed;
  } catch {
    // Told below.
  }
  throw refuse('failed to parse JSON.');
}

/** The attributes of a subscription. */
function told(plan: SubscriptionPlan, { context }: Topics): ReadonlyMap<string, string> {
  const { topicArn, protocol, endpoint, raw, filter, filterScope, deadLetterArn } = plan;
  return new Map(
    Object.entries({
      SubscriptionArn: subscriptionArn(plan),
      TopicArn: topicArn,
      Protocol: protocol,
      Endpoint: endpoint,
      Owner: context.account,
      ConfirmationWasAuthenticated: 'true',
      PendingConfirmation: 'false',
      RawMessageDelivery: String(raw),
      ...(filter && { FilterPolicy: JSON.stringify(filter), FilterPolicyScope: filterScope }),
      ...(deadLetterArn !== undefined && {
        RedrivePolicy: JSON.stringify({ deadLetterTargetArn: deadLetterArn }),
      }),
    }),
  );
}

/** Policies are the same however their JSON is spaced. */
function isSame(has: string | undefined, given: string): boolean {
  if (has === given) return true;
  try {
    return has === JSON.stringify(JSON.parse(given));
  } catch {
    return false;
  }
}

const listed = ({ context }: Topics, subscriptions: readonly SubscriptionPlan[]): XmlValue => ({
  Subscriptions: subscriptions.map((each) => ({
    SubscriptionArn: subscriptionArn(each),
    Owner: context.account,
    Protocol: each.protocol,
    Endpoint: each.endpoint,
    TopicArn: each.topicArn,
  })),
});
