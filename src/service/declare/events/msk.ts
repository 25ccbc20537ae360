import type { MskEvent } from '../../event-types.ts';
import type { Data } from '../../values.ts';
import type { Grant } from '../draft.ts';
import { join } from '../resources.ts';
import { NETWORK, reading } from './shared/brokers.ts';
import { type EventMarshaller, eventId, sourceOf } from './shared/context.ts';
import { consumerOf, kafkaProperties } from './shared/kafka-settings.ts';
import { addMapping, failureDestination } from './shared/mapping.ts';

/** Topics of an Amazon MSK cluster. */
export const msk: EventMarshaller<MskEvent> = (event, context) => {
  const cluster = sourceOf(context, 'cluster', event.cluster, [
    'AWS::MSK::Cluster',
    'AWS::MSK::ServerlessCluster',
  ]);
  if (!cluster) return;
  const failed = failureDestination(context, event.onFailure);
  const properties = {
    EventSourceArn: cluster.arn,
    ...kafkaProperties(event, failed.properties),
    AmazonManagedKafkaEventSourceConfig: consumerOf(event),
    SourceAccessConfigurations: event.secret && [
      { Type: event.authentication ?? 'SASL_SCRAM_512_AUTH', URI: event.secret },
    ],
  };
  const part = (kind: string, rest: Data): Data =>
    // The ARN of a topic or group is that of its cluster with another kind and with its name at the end.
    join(
      { 'Fn::Select': [0, { 'Fn::Split': [':cluster/', cluster.arn] }] },
      `:${kind}/`,
      {
        'Fn::Select': [1, { 'Fn::Split': [':cluster/', cluster.arn] }],
      },
      '/',
      rest,
    );
  const withIam: Grant[] = [
    {
      actions: ['kafka-cluster:Connect', 'kafka-cluster:DescribeClusterDynamicConfiguration'],
      resources: [cluster.arn],
    },
    {
      actions: ['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData'],
      resources: event.topics.map((topic) => part('topic', topic)),
    },
    {
      actions: ['kafka-cluster:AlterGroup', 'kafka-cluster:DescribeGroup'],
      resources: [part('group', event.consumerGroup ?? '*')],
    },
  ];
  addMapping(context, event, {
    id: eventId(context, event, { kind: 'Kafka', source: event.cluster, id: cluster.id }),
    properties,
    grants: [
      {
        actions: ['kafka:DescribeCluster', 'kafka:DescribeClusterV2', 'kafka:GetBootstrapBrokers'],
        resources: [cluster.arn],
      },
      NETWORK,
      ...(event.secret === undefined ? withIam : reading(event.secret)),
      ...failed.grants,
    ],
  });
};
