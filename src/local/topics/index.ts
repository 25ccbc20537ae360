import { CallError } from '../aws-api/answer.ts';
import {
  QueryInput,
  queryAnswer,
  queryAnswering,
  queryError,
  queryParameters,
  type XmlValue,
} from '../aws-api/query.ts';
import type { AwsApi } from '../aws-api/types.ts';
import type { ServiceContext, ServicePart } from '../service/part.ts';
import { type TopicAction, type Topics, topicOf } from './context.ts';
import { isTopicName, TOPIC_ACTIONS } from './manage.ts';
import { batchOf, publicationOf } from './message.ts';
import { publish, type Receipt } from './publish.ts';
import { checkEndpoint, SUBSCRIPTION_ACTIONS } from './subscriptions.ts';

const NAMESPACE = 'http://sns.amazonaws.com/doc/2010-03-31/';

const ACTIONS: Readonly<Record<string, TopicAction>> = {
  ...TOPIC_ACTIONS,
  ...SUBSCRIPTION_ACTIONS,
  async Publish(input, topics, trace) {
    const arn = input.text('TopicArn') ?? input.text('TargetArn');
    if (arn === undefined && input.text('PhoneNumber') !== undefined)
      throw new CallError('InvalidParameter', 'Messages to phones are not sent from here');
    const topic = topicOf(topics, arn ?? '');
    return receiptOf(await publish(topic, publicationOf(input, topic, trace), topics));
  },
  async PublishBatch(input, topics, trace) {
    const topic = topicOf(topics, input.text('TopicArn') ?? '');
    const Successful: XmlValue[] = [];
    const Failed: XmlValue[] = [];
    for (const entry of batchOf(input.list('PublishBatchRequestEntries.member'))) {
      const Id = entry.text('Id') ?? '';
      try {
        const receipt = await publish(topic, publicationOf(entry, topic, trace), topics);
        Successful.push({ Id, ...receiptOf(receipt) });
      } catch (error) {
        if (!(error instanceof CallError)) throw error;
        Failed.push({ Id, Code: error.code, Message: error.message, SenderFault: 'true' });
      }
    }
    return { Successful, Failed };
  },
};

const receiptOf = ({ id, sequence }: Receipt) => ({ MessageId: id, SequenceNumber: sequence });

/** The topics of a service, answering SDK clients and taking what is sent to their ARNs. */
export function topicsPart(context: ServiceContext): ServicePart {
  const topics: Topics = {
    topics: [...context.plan.topics],
    subscriptions: [...context.plan.subscriptions],
    context,
    taken: new Map(),
  };
  context.apis.add('sns', topicsApi(topics));
  context.targets.add(
    'sns',
    async (arn, body, { traceId, groupId, deduplicationId, subject, attributes = {} }) => {
      await publish(
        topicOf(topics, arn),
        {
          message: body,
          attributes,
          ...(subject !== undefined && { subject }),
          ...(traceId !== undefined && { traceId }),
          ...(groupId !== undefined && { groupId }),
          ...(deduplicationId !== undefined && { deduplicationId }),
        },
        topics,
      );
    },
  );
  return {
    name: 'topics',
    begin: async () => tellRefused(topics),
    stop: async () => undefined,
  };
}

/** What templates say and SNS would refuse. */
function tellRefused({ topics, subscriptions, context: { warn } }: Topics): void {
  for (const { name, fifo } of topics)
    if (!isTopicName(name, fifo)) warn(`${name}: AWS refuses this topic: Invalid parameter: Topic Name`);
  for (const { topicArn, protocol, endpoint } of subscriptions) {
    const topic = topics.find(({ arn }) => arn === topicArn);
    try {
      if (topic) checkEndpoint(topic, protocol, endpoint);
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      warn(`${topic?.name}: AWS refuses its subscription of ${endpoint}: ${error.message}`);
    }
  }
}

const topicsApi =
  (topics: Topics): AwsApi =>
  async (call) => {
    const values = queryParameters(call);
    const answering = queryAnswering(call, NAMESPACE);
    const name = values.get('Action') ?? '';
    const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
    try {
      if (!action) throw new CallError('InvalidAction', `${name} is not served here`);
      const result = await action(new QueryInput(values), topics, call.headers['x-amzn-trace-id']);
      return queryAnswer(name, result, answering);
    } catch (error) {
      if (error instanceof CallError) return queryError(error, answering);
      throw error;
    }
  };
