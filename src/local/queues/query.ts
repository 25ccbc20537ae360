import { type Json, type JsonObject, own } from '../../template/types.ts';
import { CallError } from '../aws-api/answer.ts';
import {
  QueryInput,
  queryAnswer,
  queryAnswering,
  queryError,
  queryParameters,
  type XmlValue,
} from '../aws-api/query.ts';
import type { AwsAnswer, AwsCall } from '../aws-api/types.ts';
import { mapOf, text } from '../functions/resolve.ts';
import { QueueError } from './queue.ts';

const NAMESPACE = 'http://queue.amazonaws.com/doc/2012-11-05/';

/** Carries out an action of the JSON protocol. */
type Act = (name: string, input: JsonObject) => Promise<JsonObject>;

/** Names of an action's values, and what it answers, where it answers anything. */
interface QueryAction {
  readonly takes?: readonly string[];
  /** Lists of texts by the name of one: `AttributeName`, for `AttributeNames`. */
  readonly lists?: readonly string[];
  /** What one entry of a batch is called, and the names of its values. */
  readonly entries?: readonly [name: string, takes: readonly string[]];
  /** What JSON calls its tags: the model of SQS has two names. */
  readonly tags?: 'Tags' | 'tags';
  readonly gives?: (answer: JsonObject, asJson: boolean) => XmlValue;
}

const named =
  (...names: readonly string[]) =>
  (answer: JsonObject): XmlValue =>
    Object.fromEntries(names.map((name) => [name, shown(answer[name])]));

const sent = named(
  'MessageId',
  'MD5OfMessageBody',
  'MD5OfMessageAttributes',
  'MD5OfMessageSystemAttributes',
  'SequenceNumber',
);
const url = named('QueueUrl');
const message = ['MessageBody', 'DelaySeconds', 'MessageDeduplicationId', 'MessageGroupId'];
const visibility = ['ReceiptHandle', 'VisibilityTimeout'];
const PAGE = ['MaxResults', 'NextToken'];

/** A page of the URLs of queues. */
const urls =
  (from: string): QueryAction['gives'] =>
  ({ [from]: found, NextToken }, asJson) => {
    const list = (Array.isArray(found) ? found : []).map(text);
    return { [asJson ? 'queueUrls' : 'QueueUrl']: list, NextToken: shown(NextToken) };
  };

/** Batches: what XML calls an entry that succeeded, and what is told of it. */
const batch =
  (name: string, entry: (answer: JsonObject) => XmlValue = () => ({})): QueryAction['gives'] =>
  ({ Successful, Failed }, asJson) => {
    const good = listOf(Successful).map((each) => ({ Id: shown(each.Id), ...(entry(each) as object) }));
    const bad = listOf(Failed).map(named('Id', 'Code', 'Message', 'SenderFault'));
    return asJson ? { Failed: bad, Successful: good } : { [name]: good, BatchResultErrorEntry: bad };
  };

/** The protocol that SDKs spoke before JSON, and that integrations of API Gateway speak. Source: Amazon SQS API Reference. */
const ACTIONS: Readonly<Record<string, QueryAction>> = {
  SendMessage: { takes: message, gives: sent },
  SendMessageBatch: {
    entries: ['SendMessageBatchRequestEntry', ['Id', ...message]],
    gives: batch('SendMessageBatchResultEntry', sent),
  },
  ReceiveMessage: {
    takes: ['MaxNumberOfMessages', 'VisibilityTimeout', 'WaitTimeSeconds', 'ReceiveRequestAttemptId'],
    lists: ['AttributeName', 'MessageSystemAttributeName', 'MessageAttributeName'],
    gives: received,
  },
  DeleteMessage: { takes: ['ReceiptHandle'] },
  DeleteMessageBatch: {
    entries: ['DeleteMessageBatchRequestEntry', ['Id', 'ReceiptHandle']],
    gives: batch('DeleteMessageBatchResultEntry'),
  },
  ChangeMessageVisibility: { takes: visibility },
  ChangeMessageVisibilityBatch: {
    entries: ['ChangeMessageVisibilityBatchRequestEntry', ['Id', ...visibility]],
    gives: batch('ChangeMessageVisibilityBatchResultEntry'),
  },
  PurgeQueue: {},
  GetQueueUrl: { takes: ['QueueName'], gives: url },
  GetQueueAttributes: {
    lists: ['AttributeName'],
    gives({ Attributes }, asJson) {
      const list = pairs(Attributes);
      return asJson ? { Attributes: list } : { Attribute: list };
    },
  },
  SetQueueAttributes: {},
  CreateQueue: { takes: ['QueueName'], tags: 'tags', gives: url },
  DeleteQueue: {},
  ListQueues: { takes: ['QueueNamePrefix', ...PAGE], gives: urls('QueueUrls') },
  ListDeadLetterSourceQueues: { takes: PAGE, gives: urls('queueUrls') },
  TagQueue: { tags: 'Tags' },
  UntagQueue: { lists: ['TagKey'] },
  ListQueueTags: {
    gives({ Tags }, asJson) {
      const list = Object.entries(mapOf(Tags)).map(([Key, value]) => ({ Key, Value: text(value) }));
      return asJson ? { Tags: list } : { Tag: list };
    },
  },
  StartMessageMoveTask: { takes: ['SourceArn', 'DestinationArn'], gives: named('TaskHandle') },
  ListMessageMoveTasks: {
    takes: ['SourceArn', 'MaxResults'],
    gives({ Results }, asJson) {
      const tasks = listOf(Results).map((task) => named(...Object.keys(task))(task));
      return asJson ? { Results: tasks } : { ListMessageMoveTasksResultEntry: tasks };
    },
  },
};

const listOf = (value: Json | undefined): JsonObject[] => (Array.isArray(value) ? value.map(mapOf) : []);

const pairs = (map: Json | undefined): { readonly Name: string; readonly Value: string }[] =>
  Object.entries(mapOf(map)).map(([Name, value]) => ({ Name, Value: text(value) }));

/** What JSON has of a message is null where there is nothing of it, and so is the list without messages. */
function received({ Messages }: JsonObject, asJson: boolean): XmlValue {
  const messages = listOf(Messages).map((each) => {
    const told = named('MessageId', 'ReceiptHandle', 'MD5OfBody', 'Body', 'MD5OfMessageAttributes')(each);
    const system = pairs(each.Attributes);
    const attributes = Object.entries(mapOf(each.MessageAttributes)).map(([Name, value]) => ({
      Name,
      Value: named('StringValue', 'BinaryValue', 'DataType')(mapOf(value)),
    }));
    return {
      ...(told as object),
      [asJson ? 'Attributes' : 'Attribute']: system.length > 0 ? system : undefined,
      [asJson ? 'MessageAttributes' : 'MessageAttribute']: attributes.length > 0 ? attributes : undefined,
    };
  });
  return asJson ? { messages: messages.length > 0 ? messages : undefined } : { Message: messages };
}

/** Codes that are written otherwise where programs of the query protocol look for them. Source: the API model of SQS. */
const QUERY_CODES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      'BatchEntryIdsNotDistinct',
      'BatchRequestTooLong',
      'EmptyBatchRequest',
      'InvalidBatchEntryId',
      'MessageNotInflight',
      'TooManyEntriesInBatchRequest',
    ].map((code) => [code, `AWS.SimpleQueueService.${code}`]),
  ),
  QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
  QueueNameExists: 'QueueAlreadyExists',
};

const NOT_FOUND = ['ReceiptHandleIsInvalid', 'ResourceNotFoundException'];

/** An error's code in the query protocol, and the status of both protocols. */
export const queryCodeOf = ({ code }: QueueError): { readonly code: string; readonly status: number } => ({
  code: own(QUERY_CODES, code) ?? code,
  status: NOT_FOUND.includes(code) ? 404 : 400,
});

/** Answers a call of the query protocol. */
export async function answerQuery(call: AwsCall, act: Act): Promise<AwsAnswer> {
  const parameters = queryParameters(call);
  const answering = { ...queryAnswering(call, NAMESPACE), flat: true };
  const name = parameters.get('Action') ?? '';
  const action = own(ACTIONS, name);
  if (!action) {
    const why =
      name === ''
        ? 'The request names no action: there is no header X-Amz-Target, and no form with Action'
        : `${name} is not served here: of SQS, only ${Object.keys(ACTIONS).join(', ')} are`;
    return queryError(new CallError('UnsupportedOperation', why), answering);
  }
  try {
    const answer = await act(name, inputOf(new QueryInput(parameters), action, call.path));
    return queryAnswer(name, action.gives?.(answer, answering.asJson), answering);
  } catch (error) {
    if (error instanceof CallError) return queryError(error, answering);
    if (!(error instanceof QueueError)) throw error;
    const { code, status } = queryCodeOf(error);
    return queryError(new CallError(code, error.message, status), answering);
  }
}

const shown = (value: Json | undefined): string | undefined =>
  value === undefined ? undefined : text(value);

/** The input of the JSON protocol; the queue may be what the call goes to. */
function inputOf(
  given: QueryInput,
  { takes = [], lists = [], entries, tags }: QueryAction,
  path: string,
): JsonObject {
  const input: JsonObject = {
    QueueUrl: given.text('QueueUrl') ?? (/^\/[^/]+\/[^/]+$/.test(path) ? path : ''),
    ...valuesOf(given, takes),
  };
  for (const name of lists) {
    const texts = given.texts(name);
    if (texts.length > 0) input[`${name}s`] = texts;
  }
  const attributes = pairsOf(given.list('Attribute'), 'Name');
  if (attributes) input.Attributes = attributes;
  const tagged = tags && pairsOf(given.list('Tag'), 'Key');
  if (tagged) input[tags] = tagged;
  if (entries) input.Entries = given.list(entries[0]).map((each) => valuesOf(each, entries[1]));
  return input;
}

/** Values by their names; nothing where there are none. */
const pairsOf = (items: readonly QueryInput[], name: 'Name' | 'Key'): JsonObject | undefined =>
  items.length === 0
    ? undefined
    : Object.fromEntries(items.map((each) => [each.text(name) ?? '', each.text('Value') ?? '']));

/** Values of a message or of something else, by their names. */
function valuesOf(given: QueryInput, takes: readonly string[]): JsonObject {
  const values: JsonObject = {};
  for (const name of takes) {
    const value = given.text(name);
    if (value !== undefined) values[name] = value;
  }
  for (const name of ['MessageAttribute', 'MessageSystemAttribute']) {
    // SQS takes both names. Source: LocalStack's tests of integrations, which were run at AWS.
    const attributes = [...given.list(name), ...given.list(`${name}s`)].map((each): [string, JsonObject] => [
      each.text('Name') ?? '',
      attributeValue(each),
    ]);
    if (attributes.length > 0) values[`${name}s`] = Object.fromEntries(attributes);
  }
  return values;
}

const attributeValue = (given: QueryInput): JsonObject =>
  Object.fromEntries(
    ['DataType', 'StringValue', 'BinaryValue'].flatMap((name) => {
      const value = given.text(`Value.${name}`);
      return value === undefined ? [] : [[name, value]];
    }),
  );
