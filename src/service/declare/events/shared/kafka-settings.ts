import type { KafkaBase } from '../../../event-types.ts';
import type { Data } from '../../../values.ts';
import { type Properties, pollersOf } from './mapping.ts';

/** Properties of a mapping that reads topics. */
export const kafkaProperties = (event: KafkaBase, destination: Data | undefined): Properties => ({
  Topics: event.topics,
  StartingPosition: event.start ?? 'LATEST',
  StartingPositionTimestamp: event.startTimestamp,
  DestinationConfig: destination,
  ProvisionedPollerConfig: pollersOf(event.pollers),
  LoggingConfig: event.logLevel && { SystemLogLevel: event.logLevel },
});

/** As whom the topics are read. */
export const consumerOf = (
  { consumerGroup, schemaRegistry }: KafkaBase,
  consumption?: 'Stream' | 'Queue',
): Data | undefined =>
  consumerGroup === undefined && schemaRegistry === undefined && consumption === undefined
    ? undefined
    : {
        ...(consumption && { ConsumptionMode: consumption }),
        ...(consumerGroup !== undefined && { ConsumerGroupId: consumerGroup }),
        ...(schemaRegistry && { SchemaRegistryConfig: schemaRegistry }),
      };
