import { isObject, type Json, type JsonObject, own } from '../../template/types.ts';
import { text } from '../functions/resolve.ts';
import { attributesOf } from './attributes.ts';
import type { Queue } from './queue.ts';
import { QueueError } from './queue.ts';

/** Source: Amazon SQS API Reference, `CreateQueue` and `SetQueueAttributes`. */
const RANGES: Readonly<Record<string, readonly [least: number, most: number]>> = {
  DelaySeconds: [0, 900],
  MaximumMessageSize: [1024, 1_048_576],
  MessageRetentionPeriod: [60, 1_209_600],
  ReceiveMessageWaitTimeSeconds: [0, 20],
  VisibilityTimeout: [0, 43_200],
  KmsDataKeyReusePeriodSeconds: [60, 86_400],
};
const BOOLEAN = ['true', 'false'];
const VALUES: Readonly<Record<string, readonly string[]>> = {
  ContentBasedDeduplication: BOOLEAN,
  SqsManagedSseEnabled: BOOLEAN,
  FifoQueue: BOOLEAN,
  DeduplicationScope: ['messageGroup', 'queue'],
  FifoThroughputLimit: ['perQueue', 'perMessageGroupId'],
};
const OTHERS = ['Policy', 'KmsMasterKeyId', 'RedrivePolicy', 'RedriveAllowPolicy'];
const OF_FIFO = ['ContentBasedDeduplication', 'DeduplicationScope', 'FifoThroughputLimit'];
const MOST_RECEIVES = 1000;

/** What a call would make of a queue. */
interface AttributesCheck {
  readonly isFifo: boolean;
  /** The queue that is there already. */
  readonly existing?: Queue;
  /** By its ARN. */
  of(arn: string): Queue | undefined;
}

/**
 * Refuses attributes that SQS does not take, so that none is left out in silence.
 * Words as AWS answers them, recorded in localstack/localstack (`test_sqs.snapshot.json`).
 *
 * @throws QueueError for the first one
 */
export function checkAttributes(attributes: JsonObject, check: AttributesCheck): void {
  for (const [name, value] of Object.entries(attributes)) {
    const range = own(RANGES, name);
    const values = own(VALUES, name);
    if (!range && !values && !OTHERS.includes(name)) throw unknownAttribute(name);
    if (!check.isFifo && OF_FIFO.includes(name)) throw unknownAttribute(name);
    if (name === 'FifoQueue') checkType(text(value), check);
    const given = text(value);
    if (values && !values.includes(given)) throw invalidValue(name);
    if (range && !(/^\d+$/.test(given) && Number(given) >= range[0] && Number(given) <= range[1]))
      throw invalidValue(name);
    if (name === 'RedrivePolicy' && given !== '') checkRedrive(given, check);
    if (name === 'RedriveAllowPolicy' && given !== '' && !mapIn(given)) throw invalidValue(name);
  }
}

/** A standard queue does not say what it is. */
function checkType(value: string, { isFifo, existing }: AttributesCheck): void {
  if (!isFifo) throw unknownAttribute('FifoQueue');
  if (existing && value === 'false')
    throw new QueueError(
      'InvalidAttributeValue',
      'Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported.',
    );
}

function checkRedrive(given: string, { isFifo, of }: AttributesCheck): void {
  const refuse = (reason: string): QueueError =>
    new QueueError(
      'InvalidParameterValue',
      `Value ${given} for parameter RedrivePolicy is invalid. Reason: ${reason}`,
    );
  const policy = mapIn(given);
  if (!policy) throw refuse('Redrive policy is not a valid JSON map.');
  const { deadLetterTargetArn: arn, maxReceiveCount: count } = policy;
  if (arn === undefined || count === undefined)
    throw refuse(
      'Redrive policy does not contain mandatory attribute: deadLetterTargetArn, maxReceiveCount.',
    );
  if (!/^\d+$/.test(text(count)) || Number(count) < 1 || Number(count) > MOST_RECEIVES)
    throw refuse(
      `Invalid value for maxReceiveCount: ${text(count)}, valid values are from 1 to ${MOST_RECEIVES} both inclusive.`,
    );
  const dead = of(text(arn));
  if (!dead) throw refuse('Dead letter target does not exist.');
  if (dead.plan.fifo !== isFifo) throw refuse('Dead-letter queue must be same type of queue as the source.');
}

function mapIn(given: string): JsonObject | undefined {
  try {
    const parsed: Json = JSON.parse(given);
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** @throws QueueError for a name that no queue may have */
export function checkName(name: string, isFifo: boolean): void {
  const most = isFifo ? 80 - '.fifo'.length : 80;
  const plain = isFifo ? name.replace(/\.fifo$/, '') : name;
  if (isFifo && plain === name)
    throw new QueueError(
      'InvalidParameterValue',
      `The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length: ${name}`,
    );
  if (plain.length > most || !/^[\w-]+$/.test(plain))
    throw new QueueError(
      'InvalidParameterValue',
      `Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length: ${name}`,
    );
}

/** What SQS would refuse of a queue that a template has; nothing of a dead letter queue that is not here. */
export function queueProblem(queue: Queue, of: AttributesCheck['of']): string | undefined {
  const { name, fifo, redrive } = queue.plan;
  const { RedrivePolicy = '', ...others } = attributesOf(queue, ['All']);
  const given = Object.entries(others).filter(([attribute]) => !READ_ONLY.includes(attribute));
  const isKnown = redrive !== undefined && of(redrive.deadLetterArn) !== undefined;
  try {
    checkName(name, fifo);
    checkAttributes(
      { ...Object.fromEntries(given), ...(isKnown && { RedrivePolicy }) },
      { isFifo: fifo, of },
    );
    return undefined;
  } catch (error) {
    if (error instanceof QueueError) return error.message;
    throw error;
  }
}

/** Those of a queue that only can be asked for. */
const READ_ONLY = [
  'All',
  'QueueArn',
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
  'CreatedTimestamp',
  'LastModifiedTimestamp',
];
const READABLE = [...READ_ONLY, ...OTHERS, ...Object.keys(RANGES), ...Object.keys(VALUES)];
/** Of messages. Source: Amazon SQS API Reference, `ReceiveMessage`. */
const OF_MESSAGES = [
  'All',
  'SenderId',
  'SentTimestamp',
  'ApproximateReceiveCount',
  'ApproximateFirstReceiveTimestamp',
  'SequenceNumber',
  'MessageDeduplicationId',
  'MessageGroupId',
  'AWSTraceHeader',
  'DeadLetterQueueSourceArn',
];

/** @throws QueueError for an attribute that no queue, or no message, has */
export function checkAsked(asked: Json | undefined, of: 'queue' | 'message'): void {
  const known = of === 'queue' ? READABLE : OF_MESSAGES;
  const unknown = (Array.isArray(asked) ? asked.map(text) : []).find((name) => !known.includes(name));
  if (unknown !== undefined) throw unknownAttribute(unknown);
}

const unknownAttribute = (name: string): QueueError =>
  new QueueError('InvalidAttributeName', `Unknown Attribute ${name}.`);

const invalidValue = (name: string): QueueError =>
  new QueueError('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);
