import { isObject, type Json, type JsonObject } from '../../template/types.ts';
import { text } from '../functions/resolve.ts';
import type { MessageAttributes } from './message.ts';
import { sizeOf } from './message.ts';
import { QueueError } from './queue.ts';

/** How many messages SQS and SNS take, and SQS gives, at once. */
export const BATCH = 10;
/** Bytes of all messages of a batch. Source: Amazon SQS API Reference, `SendMessageBatch`. */
const BATCH_BYTES = 1_048_576;
/** Source: Amazon SQS Developer Guide, "Message quotas". */
const ATTRIBUTES = 10;

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
  if (ids.some((id) => !/^[\w-]{1,80}$/.test(id)))
    throw new QueueError(
      'InvalidBatchEntryId',
      'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
    );
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new QueueError('BatchEntryIdsNotDistinct', `Id ${twice} repeated.`);
  const size = found.reduce(
    (sum, { MessageBody, MessageAttributes: attributes }) =>
      sum +
      (MessageBody === undefined ? 0 : sizeOf({ body: text(MessageBody), attributes: given(attributes) })),
    0,
  );
  if (size > BATCH_BYTES)
    throw new QueueError(
      'BatchRequestTooLong',
      `Batch requests cannot be longer than ${BATCH_BYTES} bytes. You have sent ${size} bytes.`,
    );
  return found;
}

const given = (attributes: Json | undefined): MessageAttributes =>
  isObject(attributes) ? (attributes as unknown as MessageAttributes) : {};

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

/** What SQS takes of text: what XML has. Source: Amazon SQS API Reference, `SendMessage`. */
const NO_TEXT = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** @throws QueueError for a message that SQS takes into no queue, or not into this one */
export function checkMessage(message: JsonObject, isFifo: boolean): void {
  const { MessageBody = '', MessageAttributes: attributes, DelaySeconds } = message;
  if (MessageBody === '')
    throw new QueueError('MissingParameter', 'The request must contain the parameter MessageBody.');
  if (NO_TEXT.test(text(MessageBody)))
    throw new QueueError(
      'InvalidMessageContents',
      'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF',
    );
  checkAttributes(given(attributes));
  checkSystemAttributes(message.MessageSystemAttributes);
  for (const name of ['MessageGroupId', 'MessageDeduplicationId']) checkId(name, message[name]);
  if (!isFifo && message.MessageDeduplicationId !== undefined)
    throw invalid('MessageDeduplicationId', message.MessageDeduplicationId, WRONG_TYPE);
  // Those of a FIFO queue wait as long as the queue says.
  if (isFifo && DelaySeconds !== undefined && Number(DelaySeconds) > 0)
    throw invalid('DelaySeconds', DelaySeconds, WRONG_TYPE);
}

const WRONG_TYPE = 'The request include parameter that is not valid for this queue type.';

function checkId(name: string, value: Json | undefined): void {
  // Printable ASCII without the space.
  if (value !== undefined && !/^[!-~]{1,128}$/.test(text(value)))
    throw invalid(
      name,
      value,
      `${name} can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
    );
}

/** The only one that may be sent. Source: Amazon SQS API Reference, `SendMessage`. */
function checkSystemAttributes(attributes: Json | undefined): void {
  for (const [name, value] of Object.entries(given(attributes))) {
    if (name !== 'AWSTraceHeader')
      throw new QueueError('InvalidParameterValue', `Message system attribute name '${name}' is invalid.`);
    if (value.DataType !== 'String' || !value.StringValue)
      throw new QueueError(
        'InvalidParameterValue',
        `Message system attribute '${name}' must have a value of type String.`,
      );
  }
}

function checkAttributes(attributes: MessageAttributes): void {
  const entries = Object.entries(attributes);
  if (entries.length > ATTRIBUTES)
    throw new QueueError(
      'InvalidParameterValue',
      `Number of message attributes [${entries.length}] exceeds the allowed maximum [${ATTRIBUTES}].`,
    );
  for (const [name, { DataType = '', StringValue = '', BinaryValue = '' }] of entries) {
    if (!isAttributeName(name))
      throw new QueueError(
        'InvalidParameterValue',
        `The message (user) attribute name '${name}' is invalid. It has at most 256 letters, digits, underscores, hyphens and single dots within, and begins with neither AWS. nor Amazon.`,
      );
    if (!/^(String|Number|Binary)(\.|$)/.test(DataType))
      throw new QueueError(
        'InvalidParameterValue',
        `The type of message (user) attribute '${name}' is invalid. You must use only the following supported type prefixes: Binary, Number, String.`,
      );
    if ((DataType.startsWith('Binary') ? BinaryValue : StringValue) === '')
      throw new QueueError(
        'InvalidParameterValue',
        `The message (user) attribute '${name}' must contain a non-empty value of type '${DataType}'.`,
      );
    if (DataType.startsWith('Number') && !NUMBER.test(StringValue))
      throw new QueueError(
        'InvalidParameterValue',
        `Can't cast the value of message (user) attribute '${name}' to a number.`,
      );
  }
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** Source: Amazon SQS Developer Guide, "Amazon SQS message metadata". */
const isAttributeName = (name: string): boolean =>
  /^[\w-]+(\.[\w-]+)*$/.test(name) && name.length <= 256 && !/^(aws|amazon)\./i.test(name);

/**
 * A receipt that the queue of this ARN could not have given is refused; one of a message that came again, or is deleted, is
 * not.
 */
export function checkReceipt(receipt: string, arn: string): void {
  const [id = '', count = '', queue] = Buffer.from(receipt, 'base64').toString().split(' ');
  if (!/^[\da-f-]{36}$/.test(id) || !/^\d+$/.test(count) || queue !== arn)
    throw new QueueError(
      'ReceiptHandleIsInvalid',
      `The input receipt handle "${receipt}" is not a valid receipt handle.`,
    );
}

const invalid = (name: string, value: Json, reason: string): QueueError =>
  new QueueError(
    'InvalidParameterValue',
    `Value ${text(value)} for parameter ${name} is invalid. Reason: ${reason}`,
  );
