import type { KafkaEvent } from '../../event-types.ts';
import { shortHash } from '../identifiers.ts';
import { join } from '../resources.ts';
import { NETWORK, reading } from './shared/brokers.ts';
import { type EventMarshaller, type EventSourceContext, eventId } from './shared/context.ts';
import { consumerOf, kafkaProperties } from './shared/kafka-settings.ts';
import { addMapping, failureDestination } from './shared/mapping.ts';

/** Topics of a Kafka cluster that AWS does not manage. */
export const kafka: EventMarshaller<KafkaEvent> = (event, context) => {
  const failed = failureDestination(context, event.onFailure);
  checkConsumption(event, context);
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
    ...(event.consumption === 'queue' && { StartingPosition: undefined }),
    SelfManagedKafkaEventSourceConfig: consumerOf(event, event.consumption && CONSUMPTION[event.consumption]),
    SourceAccessConfigurations: access.length > 0 ? access : undefined,
  };
  addMapping(context, event, {
    id: `${eventId(context, event, { kind: 'Kafka' })}${event.name ? '' : shortHash(event.servers)}`,
    properties,
    grants: [
      ...(event.subnets ? [NETWORK] : []),
      ...reading(event.secret, event.rootCertificate),
      ...failed.grants,
    ],
  });
};

const CONSUMPTION = { stream: 'Stream', queue: 'Queue' } as const;

/** Source: AWS Lambda API reference, SelfManagedKafkaEventSourceConfig, ConsumptionMode. */
const NOT_OF_QUEUES = ['start', 'startTimestamp', 'window'] as const;

/** Lambda refuses these settings where consumers share partitions. */
function checkConsumption(event: KafkaEvent, { draft, path }: EventSourceContext): void {
  if (event.consumption !== 'queue') return;
  for (const name of NOT_OF_QUEUES)
    if (event[name] !== undefined)
      draft.faults.push({
        path: [...path, name],
        message: `with consumption: queue there is no ${name}`,
        next: 'Leave it out.',
      });
}
