import { isObject, type Json, type JsonObject } from '../../template/types.ts';
import { text } from '../functions/resolve.ts';
import { QueueError } from './queue.ts';

/** How many messages SQS and SNS take, and SQS gives, at once. */
export const BATCH = 10;

/**
 * The entries of a batch.
 * Source: Amazon SQS API Reference, `SendMessageBatch`, "Errors".
 *
 * @throws QueueError for what SQS refuses as a whole
 */
export function batchOf(entries: Json | undefined): readonly JsonObject[] {
  const found = Array.isArray(entries) ? entries.filter(isObject) : [];
  if (found.length === 0)
    throw new QueueError('EmptyBatchRequest', 'There should be at least one entry in the request.');
  if (found.length > BATCH)
    throw new QueueError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${BATCH}. You have sent ${found.length}.`,
    );
  const ids = found.map(({ Id = '' }) => text(Id));
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new QueueError('BatchEntryIdsNotDistinct', `Id ${twice} repeated.`);
  return found;
}

/** Numbers that calls may give, with their limits. Source: Amazon SQS API Reference, the page of each call. */
const NUMBERS: Readonly<Record<string, readonly [least: number, most: number]>> = {
  DelaySeconds: [0, 900],
  MaxNumberOfMessages: [1, BATCH],
  VisibilityTimeout: [0, 43_200],
  WaitTimeSeconds: [0, 20],
};

/** @throws QueueError for a number that SQS does not take */
export function checkNumbers(input: JsonObject): void {
  for (const [name, [least, most]] of Object.entries(NUMBERS)) {
    const value = input[name];
    if (value === undefined) continue;
    const number = Number(value);
    if (!(number >= least && number <= most))
      throw invalid(name, value, `Must be between ${least} and ${most}, if provided.`);
  }
}

/** @throws QueueError for a message that SQS takes into no queue, or not into this one */
export function checkMessage({ MessageBody = '', DelaySeconds }: JsonObject, isFifo: boolean): void {
  if (MessageBody === '')
    throw new QueueError('MissingParameter', 'The request must contain the parameter MessageBody.');
  // Those of a FIFO queue wait as long as the queue says.
  if (isFifo && DelaySeconds !== undefined && Number(DelaySeconds) > 0)
    throw invalid(
      'DelaySeconds',
      DelaySeconds,
      'The request include parameter that is not valid for this queue type.',
    );
}

const invalid = (name: string, value: Json, reason: string): QueueError =>
  new QueueError(
    'InvalidParameterValue',
    `Value ${text(value)} for parameter ${name} is invalid. Reason: ${reason}`,
  );
