import type { MqEvent } from '../../event-types.ts';
import { NETWORK, reading } from './shared/brokers.ts';
import { type EventMarshaller, eventId, sourceOf } from './shared/context.ts';
import { addMapping } from './shared/mapping.ts';

/** A queue of an Amazon MQ broker. */
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
  addMapping(context, event, {
    id: eventId(context, event, { kind: 'Broker', source: event.broker, id: broker.id }),
    properties,
    grants: [{ actions: ['mq:DescribeBroker'], resources: [broker.arn] }, NETWORK, ...reading(event.secret)],
  });
};
