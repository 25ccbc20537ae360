import type { KafkaEvent } from '../../event-types.ts';
import { shortHash } from '../identifiers.ts';
import { join } from '../resources.ts';
import { NETWORK, reading } from './shared/brokers.ts';
import { type EventMarshaller, eventId } from './shared/context.ts';
import { consumerOf, kafkaProperties } from './shared/kafka-settings.ts';
import { addMapping, failureDestination } from './shared/mapping.ts';

/** Topics of a Kafka cluster that AWS does not manage. */
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
