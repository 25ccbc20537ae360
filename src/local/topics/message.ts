import { CallError } from '../aws-api/answer.ts';
import type { QueryInput } from '../aws-api/query.ts';
import { type MessageAttribute, sizeOf } from '../queues/message.ts';
import { BATCH } from '../queues/refusals.ts';
import type { TopicPlan } from '../service/plan.ts';
import { invalidParameter } from './context.ts';
import type { Publication } from './publish.ts';

/** Bytes of a message with its attributes, and of all messages of a batch. */
const LIMIT = 256 * 1024;

/**
 * The entries of a batch.
 * Source: Amazon SNS API Reference, `PublishBatch`, "Errors".
 *
 * @throws CallError for what SNS refuses as a whole
 */
export function batchOf(entries: readonly QueryInput[]): readonly QueryInput[] {
  if (entries.length === 0)
    throw new CallError('EmptyBatchRequest', "The batch request doesn't contain any entries.");
  if (entries.length > BATCH)
    throw new CallError(
      'TooManyEntriesInBatchRequest',
      'The batch request contains more entries than permissible.',
    );
  if (new Set(entries.map((entry) => entry.text('Id'))).size < entries.length)
    throw new CallError(
      'BatchEntryIdsNotDistinct',
      'Two or more batch entries in the request have the same Id.',
    );
  for (const id of entries.map((entry) => entry.text('Id') ?? ''))
    if (!/^[\w-]{1,80}$/.test(id))
      throw new CallError(
        'InvalidBatchEntryId',
        `The Id of a batch entry in the batch request ${id.length > 80 ? 'is too long' : 'contains an impermissible character'}: ${id}`,
      );
  const size = entries.reduce(
    (sum, entry) => sum + sizeOf({ body: entry.text('Message') ?? '', attributes: messageAttributes(entry) }),
    0,
  );
  if (size > LIMIT)
    throw new CallError(
      'BatchRequestTooLong',
      'The length of all the batch messages put together is more than the limit.',
    );
  return entries;
}

/**
 * What SNS refuses of a message.
 * Source: Amazon SNS API Reference, `Publish`.
 */
function refusalOf(
  { message, attributes, structure, groupId, deduplicationId, subject }: Publication,
  { fifo, contentBasedDeduplication }: TopicPlan,
): string | undefined {
  if (message === '') return 'Empty message';
  if (subject !== undefined && !/^[^\p{Cc}]{1,100}$/u.test(subject)) return 'Subject';
  if (sizeOf({ body: message, attributes }) > LIMIT) return 'Message too long';
  if (structure === 'json') {
    try {
      if (typeof JSON.parse(message).default !== 'string')
        return 'Message Structure - No default entry in JSON message body';
    } catch {
      return 'Message Structure - JSON message body failed to parse';
    }
  }
  for (const [name, value] of Object.entries({
    MessageGroupId: groupId,
    MessageDeduplicationId: deduplicationId,
  }))
    if (value !== undefined && !/^[!-~]{1,128}$/.test(value))
      return `${name} can only include alphanumeric and punctuation characters. 1 to 128 in length.`;
  if (!fifo && deduplicationId !== undefined)
    return 'MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type';
  if (fifo && groupId === undefined) return 'The MessageGroupId parameter is required for FIFO topics';
  if (fifo && deduplicationId === undefined && !contentBasedDeduplication)
    return 'The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly';
  return undefined;
}

/** Words as AWS answers them, recorded in localstack/localstack (`test_sns.snapshot.json`). */
function checkAttribute(name: string, { DataType, StringValue, BinaryValue }: MessageAttribute): void {
  const refuse = (reason: string): CallError => new CallError('ParameterValueInvalid', reason);
  if (Buffer.byteLength(name) > 256)
    throw refuse('Length of message attribute name must be less than 256 bytes.');
  const strange = /[^\w.-]/.exec(name)?.[0];
  if (strange !== undefined)
    throw refuse(
      `Invalid non-alphanumeric character '#x${strange.charCodeAt(0).toString(16).toUpperCase()}' was found in the message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots.`,
    );
  if (name.startsWith('.'))
    throw refuse("Invalid message attribute name starting with character '.' was found.");
  if (name.endsWith('.')) throw refuse("Invalid message attribute name ending with character '.' was found.");
  if (name.includes('..')) throw refuse("Message attribute name can not have successive '.' character.");
  const [, type] = /^(String|Number|Binary)(\.|$)/.exec(DataType) ?? [];
  if (type === undefined)
    throw refuse(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  const [field, value, other] =
    type === 'Binary' ? ['Binary', BinaryValue, StringValue] : ['String', StringValue, BinaryValue];
  if (!value && other)
    throw refuse(`The message attribute '${name}' with type '${DataType}' must use field '${field}'.`);
  if (!value)
    throw refuse(
      `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${DataType}'.`,
    );
  if (type === 'Number' && !Number.isFinite(Number(value)))
    throw refuse(`Could not cast message attribute '${name}' value to number.`);
}

const messageAttributes = (input: QueryInput): Publication['attributes'] =>
  Object.fromEntries(
    input.list('MessageAttributes.entry').map((each): [string, MessageAttribute] => {
      const text = each.text('Value.StringValue');
      const binary = each.text('Value.BinaryValue');
      return [
        each.text('Name') ?? '',
        {
          DataType: each.text('Value.DataType') ?? '',
          ...(text !== undefined && { StringValue: text }),
          ...(binary !== undefined && { BinaryValue: binary }),
        },
      ];
    }),
  );

/**
 * A message of a call, or of an entry of a batch.
 *
 * @throws CallError for one that SNS does not take
 */
export function publicationOf(input: QueryInput, topic: TopicPlan, trace: string | undefined): Publication {
  const message = input.text('Message') ?? '';
  const attributes = messageAttributes(input);
  const optional = {
    subject: input.text('Subject'),
    structure: input.text('MessageStructure'),
    groupId: input.text('MessageGroupId'),
    deduplicationId: input.text('MessageDeduplicationId'),
    traceId: trace,
  };
  const publication: Publication = {
    message,
    attributes,
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
  };
  const refusal = refusalOf(publication, topic);
  if (refusal !== undefined) throw invalidParameter(refusal);
  for (const [name, attribute] of Object.entries(attributes)) checkAttribute(name, attribute);
  return publication;
}
