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
});

/** As whom the topics are read. */
export const consumerOf = ({ consumerGroup, schemaRegistry }: KafkaBase): Data | undefined =>
  consumerGroup === undefined && schemaRegistry === undefined
    ? undefined
    : {
        ...(consumerGroup !== undefined && { ConsumerGroupId: consumerGroup }),
        ...(schemaRegistry && { SchemaRegistryConfig: schemaRegistry }),
      };
