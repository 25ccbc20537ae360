import { isObject, type Json, own } from '../../template/types.ts';
import { propertyTable } from '../checks/property-table.ts';
import type { Build } from '../context.ts';
import { namedResource } from '../intrinsics.ts';
import { truthy } from '../python/values.ts';
import { generated, getAtt, passedOf, ref } from '../resource.ts';
import type { Generated } from '../types.ts';
import { refuseEvent } from './refuse.ts';
import { eventSourceMapping, SQS } from './streams/index.ts';
import { arnOf, permission } from './target.ts';
import type { EventSource, FunctionTarget, SamEvent } from './types.ts';

/** Messages of a topic, directly or by a queue. */
export const SNS: EventSource<FunctionTarget> = {
  properties: propertyTable({
    Topic: 'string!',
    Region: 'string',
    FilterPolicy: 'any',
    FilterPolicyScope: 'any',
    SqsSubscription: 'bool|map',
    RedrivePolicy: 'map',
  }),
  generate(event, to, build) {
    const { Topic, SqsSubscription } = event.properties;
    if (!truthy(SqsSubscription))
      return [
        permission(event, to.target, { principal: 'sns.amazonaws.com', sourceArn: Topic }),
        subscription(event, to.target, { protocol: 'lambda', endpoint: arnOf(to.target) }),
      ];
    return isObject(SqsSubscription) ? byQueue(event, to, build) : byNewQueue(event, to, build);
  },
};

function subscription(
  { logicalId, properties }: SamEvent,
  target: Generated,
  { protocol, endpoint }: { readonly protocol: string; readonly endpoint: Json },
): Generated {
  const { Topic, Region, FilterPolicy, FilterPolicyScope, RedrivePolicy } = properties;
  return generated(logicalId, 'AWS::SNS::Subscription', {
    attributes: passedOf(target),
    properties: {
      Protocol: protocol,
      Endpoint: endpoint,
      TopicArn: Topic,
      Region,
      FilterPolicy,
      FilterPolicyScope,
      RedrivePolicy,
    },
  });
}

/** By a queue that is made here. */
function byNewQueue(event: SamEvent, to: FunctionTarget, build: Build): Generated[] {
  const { Topic } = event.properties;
  const queue = generated(`${event.logicalId}Queue`, 'AWS::SQS::Queue', { attributes: passedOf(to.target) });
  const topic = namedResource(Topic);
  const resource = topic === undefined ? undefined : own(build.resources, topic);
  if (isObject(resource) && isObject(resource.Properties)) {
    const isFifo = build.parameters.resolve(resource.Properties.FifoTopic);
    if (truthy(isFifo)) queue.properties.FifoQueue = isFifo;
  }
  const arn = getAtt(queue.logicalId, 'Arn');
  const policy = queuePolicy(event, to.target, { arn, url: ref(queue.logicalId) });
  return [
    ...mapping(event, to, { arn, batchSize: 10 }, build),
    queue,
    policy,
    subscription(event, to.target, { protocol: 'sqs', endpoint: arn }),
  ];
}

/** By a queue that is given. */
function byQueue(event: SamEvent, to: FunctionTarget, build: Build): Generated[] {
  const given = event.properties.SqsSubscription;
  const { QueueArn, QueueUrl, QueuePolicyLogicalId, BatchSize } = isObject(given) ? given : {};
  if (!truthy(QueueArn) || !truthy(QueueUrl))
    return refuseEvent(event, ['SqsSubscription'], 'SqsSubscription needs both QueueArn and QueueUrl');
  if (truthy(QueuePolicyLogicalId) && typeof QueuePolicyLogicalId !== 'string')
    return refuseEvent(
      event,
      ['SqsSubscription', 'QueuePolicyLogicalId'],
      'QueuePolicyLogicalId has to be a text',
    );
  const id = truthy(QueuePolicyLogicalId) ? QueuePolicyLogicalId : undefined;
  return [
    ...mapping(event, to, { arn: QueueArn, batchSize: truthy(BatchSize) ? BatchSize : 10 }, build),
    queuePolicy(event, to.target, { arn: QueueArn, url: QueueUrl, id }),
    subscription(event, to.target, { protocol: 'sqs', endpoint: QueueArn }),
  ];
}

function mapping(
  event: SamEvent,
  to: FunctionTarget,
  { arn, batchSize }: { readonly arn: Json; readonly batchSize: Json },
  build: Build,
): Generated[] {
  const inner: SamEvent = {
    ...event,
    logicalId: `${event.logicalId}EventSourceMapping`,
    properties: { Queue: arn, BatchSize: batchSize, Enabled: true },
  };
  return eventSourceMapping(SQS, inner, { ...to, build });
}

function queuePolicy(
  { logicalId, properties }: SamEvent,
  target: Generated,
  {
    arn,
    url,
    id = `${logicalId}QueuePolicy`,
  }: { readonly arn: Json; readonly url: Json; readonly id?: string | undefined },
): Generated {
  return generated(id, 'AWS::SQS::QueuePolicy', {
    attributes: passedOf(target),
    properties: {
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Action: 'sqs:SendMessage',
            Effect: 'Allow',
            Principal: '*',
            Resource: arn,
            Condition: { ArnEquals: { 'aws:SourceArn': properties.Topic ?? null } },
          },
        ],
      },
      Queues: [url],
    },
  });
}
