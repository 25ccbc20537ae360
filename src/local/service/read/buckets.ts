import { isYes, type Json, type JsonObject } from '../../../template/types.ts';
import { mapOf, text } from '../../functions/resolve.ts';
import type { BucketPlan, TablePlan } from '../plan.ts';
import { maps, type PlanScope } from './scope.ts';

/** The buckets of a template, with whom they tell of objects, by themselves or by a custom resource. */
export function bucketsOf(scope: PlanScope): BucketPlan[] {
  const declared = declaredBuckets(scope);
  const more = [...ofServices(scope), ...ofCdk(scope)];
  const others = new Set(more.map(({ bucket }) => bucket));
  for (const { name } of declared) others.delete(name);
  return [...declared, ...[...others].map((name) => ({ name, eventBridge: false, notifications: [] }))].map(
    (bucket) => ({
      ...bucket,
      notifications: [
        ...bucket.notifications,
        ...more.filter((each) => each.bucket === bucket.name).map(({ notification }) => notification),
      ],
    }),
  );
}

type Notification = BucketPlan['notifications'][number];
interface SetByCustomResource {
  readonly bucket: string;
  readonly notification: Notification;
}

/** What service definitions make for buckets that cannot say it themselves. */
const ofServices = (scope: PlanScope): SetByCustomResource[] =>
  scope.of('Custom::SpartaBucketNotification').flatMap(({ logicalId, properties }) =>
    maps(properties.Functions).flatMap(({ Arn, Events, Prefix, Suffix }) =>
      (Array.isArray(Events) ? Events : []).map((event) => ({
        bucket: text(properties.BucketName ?? ''),
        notification: {
          id: logicalId,
          event: text(event),
          arn: text(Arn ?? ''),
          prefix: text(Prefix ?? ''),
          suffix: text(Suffix ?? ''),
        },
      })),
    ),
  );

const CDK_LISTS = [
  ['LambdaFunctionConfigurations', 'LambdaFunctionArn'],
  ['QueueConfigurations', 'QueueArn'],
  ['TopicConfigurations', 'TopicArn'],
] as const;

/** What AWS CDK makes, in the words of S3's API. */
const ofCdk = (scope: PlanScope): SetByCustomResource[] =>
  scope.of('Custom::S3BucketNotifications').flatMap(({ logicalId, properties }) =>
    CDK_LISTS.flatMap(([list, target]) =>
      maps(mapOf(properties.NotificationConfiguration)[list]).flatMap((each) => {
        const rules = maps(mapOf(mapOf(each.Filter).Key).FilterRules);
        return (Array.isArray(each.Events) ? each.Events : []).map((event) => ({
          bucket: text(properties.BucketName ?? ''),
          notification: {
            id: logicalId,
            event: text(event),
            arn: text(each[target] ?? ''),
            prefix: ruleOf(rules, 'prefix'),
            suffix: ruleOf(rules, 'suffix'),
          },
        }));
      }),
    ),
  );

const ruleOf = (rules: readonly JsonObject[], name: string): string =>
  text(rules.find((one) => text(one.Name ?? '').toLowerCase() === name)?.Value ?? '');

const declaredBuckets = (scope: PlanScope): BucketPlan[] =>
  scope.of('AWS::S3::Bucket').map(({ id, properties }) => {
    const configuration = mapOf(properties.NotificationConfiguration);
    const notifications = [
      ...notificationsOf(configuration.LambdaConfigurations, 'Function'),
      ...notificationsOf(configuration.QueueConfigurations, 'Queue'),
      ...notificationsOf(configuration.TopicConfigurations, 'Topic'),
    ];
    const bridge = configuration.EventBridgeConfiguration;
    const eventBridge =
      bridge !== undefined &&
      (mapOf(bridge).EventBridgeEnabled === undefined || isYes(mapOf(bridge).EventBridgeEnabled));
    return { name: id, eventBridge, notifications };
  });

function notificationsOf(list: Json | undefined, property: string): BucketPlan['notifications'] {
  return maps(list).map((each) => {
    const rules = maps(mapOf(mapOf(each.Filter).S3Key).Rules);
    return {
      id: text(each.Id ?? ''),
      event: text(each.Event ?? ''),
      arn: text(each[property] ?? ''),
      prefix: ruleOf(rules, 'prefix'),
      suffix: ruleOf(rules, 'suffix'),
    };
  });
}

/** AWS CDK's `TableV2` is a global table. */
export const TABLES = ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'] as const;

/** Tables and streams, which an emulator has to make. */
export const tablesOf = (scope: PlanScope): TablePlan[] =>
  (
    [...TABLES.map((type) => ['dynamodb', type] as const), ['kinesis', 'AWS::Kinesis::Stream']] as const
  ).flatMap(([kind, type]) =>
    scope
      .of(type)
      .map(({ id, properties }) => ({ kind, name: id, properties: madeOf(kind, id, properties) })),
  );

/** What the call that makes it takes of its properties. */
function madeOf(kind: TablePlan['kind'], name: string, properties: JsonObject): JsonObject {
  if (kind === 'kinesis') return { StreamName: name, ShardCount: Number(properties.ShardCount ?? 1) };
  const { StreamSpecification } = properties;
  const taken = [
    'AttributeDefinitions',
    'KeySchema',
    'GlobalSecondaryIndexes',
    'LocalSecondaryIndexes',
    'ProvisionedThroughput',
  ];
  const same = Object.fromEntries(
    taken.flatMap((key) => (properties[key] === undefined ? [] : [[key, properties[key]]])),
  );
  return {
    TableName: name,
    ...same,
    ...(properties.ProvisionedThroughput === undefined && { BillingMode: 'PAY_PER_REQUEST' }),
    ...(StreamSpecification !== undefined && {
      StreamSpecification: {
        StreamEnabled: true,
        StreamViewType: mapOf(StreamSpecification).StreamViewType ?? 'NEW_AND_OLD_IMAGES',
      },
    }),
  };
}
