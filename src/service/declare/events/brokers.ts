import type { DocumentDbEvent, KafkaBase, KafkaEvent, MqEvent, MskEvent } from '../../event-types.ts';
import type { Data, Value } from '../../values.ts';
import type { Grant } from '../draft.ts';
import { shortHash } from '../identifiers.ts';
import { join } from '../resources.ts';
import { type EventMarshaller, eventId, sourceOf } from './shared/context.ts';
import { defined, failureDestination, map, type Properties, pollersOf } from './shared/mapping.ts';

/** What the poller needs in order to reach brokers in a VPC. Source: Lambda Developer Guide, "Using Lambda with Amazon MSK". */
const NETWORK: Grant = {
  actions: [
    'ec2:CreateNetworkInterface',
    'ec2:DeleteNetworkInterface',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeSecurityGroups',
    'ec2:DescribeSubnets',
    'ec2:DescribeVpcs',
  ],
  resources: ['*'],
};

const reading = (...secrets: readonly (Value<string> | undefined)[]): Grant[] => {
  const given = secrets.filter((secret) => secret !== undefined);
  return given.length === 0 ? [] : [{ actions: ['secretsmanager:GetSecretValue'], resources: given }];
};

const kafkaProperties = (event: KafkaBase, destination: Data | undefined): Properties => ({
  Topics: event.topics,
  StartingPosition: event.start ?? 'LATEST',
  StartingPositionTimestamp: event.startTimestamp,
  DestinationConfig: destination,
  ProvisionedPollerConfig: pollersOf(event.pollers),
});

const consumerOf = ({ consumerGroup, schemaRegistry }: KafkaBase): Data | undefined =>
  consumerGroup === undefined && schemaRegistry === undefined
    ? undefined
    : {
        ...(consumerGroup !== undefined && { ConsumerGroupId: consumerGroup }),
        ...(schemaRegistry && { SchemaRegistryConfig: schemaRegistry }),
      };

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
    // The ARN of a topic or group is that of its cluster with another kind, and its name behind.
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
  map(context, event, eventId(context, event, 'Kafka', event.cluster, cluster.id), properties, [
    {
      actions: ['kafka:DescribeCluster', 'kafka:DescribeClusterV2', 'kafka:GetBootstrapBrokers'],
      resources: [cluster.arn],
    },
    NETWORK,
    ...(event.secret === undefined ? withIam : reading(event.secret)),
    ...failed.grants,
  ]);
};

export const kafka: EventMarshaller<KafkaEvent> = (event, context) => {
  const failed = failureDestination(context, event.onFailure);
  const access = [
    ...(event.subnets ?? []).map((subnet) => ({ Type: 'VPC_SUBNET', URI: join('subnet:', subnet) })),
    ...(event.securityGroups ?? []).map((group) => ({
      Type: 'VPC_SECURITY_GROUP',
      URI: join('security_group:', group),
    })),
    ...(event.secret ? [{ Type: event.authentication ?? 'BASIC_AUTH', URI: event.secret }] : []),
    ...(event.rootCertificate ? [{ Type: 'SERVER_ROOT_CA_CERTIFICATE', URI: event.rootCertificate }] : []),
  ];
  const properties = {
    SelfManagedEventSource: { Endpoints: { KafkaBootstrapServers: event.servers } },
    ...kafkaProperties(event, failed.properties),
    SelfManagedKafkaEventSourceConfig: consumerOf(event),
    SourceAccessConfigurations: access.length > 0 ? access : undefined,
  };
  map(
    context,
    event,
    `${eventId(context, event, 'Kafka')}${event.name ? '' : shortHash(event.servers)}`,
    properties,
    [...(event.subnets ? [NETWORK] : []), ...reading(event.secret, event.rootCertificate), ...failed.grants],
  );
};

export const mq: EventMarshaller<MqEvent> = (event, context) => {
  const broker = sourceOf(context, 'broker', event.broker, ['AWS::AmazonMQ::Broker']);
  if (!broker) return;
  const properties = {
    EventSourceArn: broker.arn,
    Queues: [event.queue],
    SourceAccessConfigurations: [
      { Type: 'BASIC_AUTH', URI: event.secret },
      ...(event.virtualHost ? [{ Type: 'VIRTUAL_HOST', URI: event.virtualHost }] : []),
    ],
  };
  map(context, event, eventId(context, event, 'Broker', event.broker, broker.id), properties, [
    { actions: ['mq:DescribeBroker'], resources: [broker.arn] },
    NETWORK,
    ...reading(event.secret),
  ]);
};

export const documentdb: EventMarshaller<DocumentDbEvent> = (event, context) => {
  const cluster = sourceOf(context, 'cluster', event.cluster, ['AWS::DocDB::DBCluster']);
  if (!cluster) return;
  const properties = {
    EventSourceArn: cluster.arn,
    StartingPosition: event.start ?? 'LATEST',
    StartingPositionTimestamp: event.startTimestamp,
    SourceAccessConfigurations: [{ Type: 'BASIC_AUTH', URI: event.secret }],
    DocumentDBEventSourceConfig: defined({
      DatabaseName: event.database,
      CollectionName: event.collection,
      FullDocument: event.fullDocument ? 'UpdateLookup' : undefined,
    }),
  };
  map(context, event, eventId(context, event, 'Documents', event.cluster, cluster.id), properties, [
    {
      // Not about one cluster alone: the poller lists them. Source: Lambda Developer Guide, "Using Lambda with DocumentDB".
      actions: ['rds:DescribeDBClusterParameters', 'rds:DescribeDBClusters', 'rds:DescribeDBSubnetGroups'],
      resources: ['*'],
    },
    NETWORK,
    ...reading(event.secret),
  ]);
};
