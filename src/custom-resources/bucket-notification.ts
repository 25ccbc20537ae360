import { setTimeout as sleep } from 'node:timers/promises';
import {
  type EventBridgeConfiguration,
  GetBucketNotificationConfigurationCommand,
  type LambdaFunctionConfiguration,
  type NotificationConfiguration,
  PutBucketNotificationConfigurationCommand,
} from '@aws-sdk/client-s3';
import { isNamed, s3 } from './aws.ts';
import { accountOf, type CustomResource, type LifecycleEvent, stackNameOf } from './event.ts';
import { readProperties } from './properties.ts';

interface Target {
  readonly arn: string;
  readonly events: readonly string[];
  readonly prefix: string | undefined;
  readonly suffix: string | undefined;
}

/** Others write the same configuration, and the last one wins. */
const ATTEMPTS = 5;

/**
 * Has a bucket of somebody else's call functions. A bucket has one configuration for all its consumers, so what is not
 * ours, which we know by its ID, is written back as it was.
 */
export const bucketNotification: CustomResource = (event) => {
  const { bucket, functions } = readProperties(event.ResourceProperties, (is) => ({
    bucket: is.text('BucketName'),
    functions: is.list(
      'Functions',
      (of): Target => ({
        arn: of.text('Arn'),
        events: of.texts('Events'),
        prefix: of.optionalText('Prefix'),
        suffix: of.optionalText('Suffix'),
      }),
    ),
  }));
  return {
    identity: `${bucket}/${ownerId(event)}`,
    put: async () => {
      const ours = functions.map((target, index) => configuration(target, `${ownerId(event)}-${index}`));
      await write(bucket, event, ours);
      return {};
    },
    remove: async () => {
      try {
        await write(bucket, event, []);
      } catch (error) {
        if (!isNamed(error, 'NoSuchBucket')) throw error;
      }
    },
  };
};

const ownerId = (event: LifecycleEvent): string => `${stackNameOf(event)}-${event.LogicalResourceId}`;

const isOurs = (event: LifecycleEvent, { Id = '' }: LambdaFunctionConfiguration): boolean =>
  Id.startsWith(`${ownerId(event)}-`) && /^\d+$/.test(Id.slice(ownerId(event).length + 1));

async function write(
  bucket: string,
  event: LifecycleEvent,
  ours: readonly LambdaFunctionConfiguration[],
): Promise<void> {
  const address = { Bucket: bucket, ExpectedBucketOwner: accountOf(event) };
  for (let attempt = 1; ; attempt++) {
    const found = await s3().send(new GetBucketNotificationConfigurationCommand(address));
    if (attempt > 1 && sameTargets(found, event, ours)) return;
    if (attempt > ATTEMPTS) {
      throw new Error(`Somebody else keeps writing the notifications of the bucket ${bucket}.`);
    }
    const others = (found.LambdaFunctionConfigurations ?? []).filter((each) => !isOurs(event, each));
    await s3().send(
      new PutBucketNotificationConfigurationCommand({
        ...address,
        NotificationConfiguration: {
          ...kept(found),
          LambdaFunctionConfigurations: [...others, ...ours],
        },
      }),
    );
    if (attempt > 1) await sleep(100 * 2 ** attempt * Math.random());
  }
}

/** The answer of a call holds more than the configuration. */
function kept(found: NotificationConfiguration): NotificationConfiguration {
  const { QueueConfigurations, TopicConfigurations } = found;
  const bridge: EventBridgeConfiguration | undefined = found.EventBridgeConfiguration;
  return {
    ...(QueueConfigurations && { QueueConfigurations }),
    ...(TopicConfigurations && { TopicConfigurations }),
    ...(bridge && { EventBridgeConfiguration: bridge }),
  };
}

function sameTargets(
  found: NotificationConfiguration,
  event: LifecycleEvent,
  ours: readonly LambdaFunctionConfiguration[],
): boolean {
  const there = (found.LambdaFunctionConfigurations ?? []).filter((each) => isOurs(event, each));
  const ids = (list: readonly LambdaFunctionConfiguration[]) =>
    list
      .map(({ Id, LambdaFunctionArn }) => `${Id} ${LambdaFunctionArn}`)
      .sort()
      .join();
  return ids(there) === ids(ours);
}

function configuration({ arn, events, prefix, suffix }: Target, id: string): LambdaFunctionConfiguration {
  const rules = [
    ...(prefix ? [{ Name: 'prefix' as const, Value: prefix }] : []),
    ...(suffix ? [{ Name: 'suffix' as const, Value: suffix }] : []),
  ];
  return {
    Id: id,
    LambdaFunctionArn: arn,
    Events: events as LambdaFunctionConfiguration['Events'],
    ...(rules.length > 0 && { Filter: { Key: { FilterRules: rules } } }),
  };
}
