import { isObject, type Json, type JsonObject } from '../../template/types.ts';
import { given } from '../python/values.ts';
import { generated, getAtt, ref } from '../resource.ts';
import type { Generated } from '../types.ts';
import { refuseEvent } from './refuse.ts';
import type { SamEvent } from './types.ts';

/** A queue for what could not be delivered, and what is made for it. */
interface DeadLetters {
  readonly arn: Json;
  readonly resources: Generated[];
}

/**
 * `DeadLetterConfig` of an event: a queue that exists, or one made here.
 *
 * @param source the ARN of the rule that may send to a queue made here; a schedule has a role for that
 */
export function deadLetters(event: SamEvent, attributes: JsonObject, source?: Json): DeadLetters | undefined {
  const config = event.properties.DeadLetterConfig;
  if (!given(config) || !isObject(config)) return undefined;
  const path = ['DeadLetterConfig'];
  const [hasArn, hasType] = [Object.hasOwn(config, 'Arn'), Object.hasOwn(config, 'Type')];
  if (hasArn === hasType) refuseEvent(event, path, 'DeadLetterConfig needs either Arn or Type');
  if (hasType && config.Type !== 'SQS')
    refuseEvent(event, [...path, 'Type'], 'Type of DeadLetterConfig has to be SQS');
  if (given(config.Arn)) return { arn: config.Arn, resources: [] };
  const { QueueLogicalId } = config;
  if (given(QueueLogicalId) && typeof QueueLogicalId !== 'string')
    return refuseEvent(event, [...path, 'QueueLogicalId'], 'QueueLogicalId has to be a text');
  const queue = generated(QueueLogicalId || `${event.logicalId}Queue`, 'AWS::SQS::Queue', { attributes });
  const arn = getAtt(queue.logicalId, 'Arn');
  if (source === undefined) return { arn, resources: [queue] };
  const policy = generated(`${event.logicalId}QueuePolicy`, 'AWS::SQS::QueuePolicy', {
    attributes,
    properties: {
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Action: 'sqs:SendMessage',
            Effect: 'Allow',
            Principal: { Service: 'events.amazonaws.com' },
            Resource: arn,
            Condition: { ArnEquals: { 'aws:SourceArn': source } },
          },
        ],
      },
      Queues: [ref(queue.logicalId)],
    },
  });
  return { arn, resources: [queue, policy] };
}
