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
import { text } from '../functions/resolve.ts';
import { QueueError } from './queue.ts';

const NAMESPACE = 'http://queue.amazonaws.com/doc/2012-11-05/';

/** Carries out an action of the JSON protocol. */
type Act = (name: string, input: JsonObject) => Promise<JsonObject>;

/** Names of an action's values, and those of what it answers, where it answers anything. */
interface QueryAction {
  readonly takes: readonly string[];
  readonly gives?: readonly string[];
}

/** What integrations of API Gateway send to queues: SDKs speak JSON. Source: Amazon SQS API Reference. */
const ACTIONS: Readonly<Record<string, QueryAction>> = {
  SendMessage: {
    takes: ['MessageBody', 'DelaySeconds', 'MessageDeduplicationId', 'MessageGroupId'],
    gives: [
      'MessageId',
      'MD5OfMessageBody',
      'MD5OfMessageAttributes',
      'MD5OfMessageSystemAttributes',
      'SequenceNumber',
    ],
  },
  DeleteMessage: { takes: ['ReceiptHandle'] },
  ChangeMessageVisibility: { takes: ['ReceiptHandle', 'VisibilityTimeout'] },
  PurgeQueue: { takes: [] },
};

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
  const answering = queryAnswering(call, NAMESPACE);
  const name = parameters.get('Action') ?? '';
  const action = own(ACTIONS, name);
  if (!action) {
    const why =
      name === ''
        ? 'The request names no action: there is no header X-Amz-Target, and no form with Action'
        : `${name} is served here in the JSON protocol of SQS only: update the SDK`;
    return queryError(new CallError('UnsupportedOperation', why), answering);
  }
  try {
    const answer = await act(name, inputOf(new QueryInput(parameters), action, call.path));
    const result = action.gives?.map((each): [string, XmlValue | undefined] => [each, shown(answer[each])]);
    return queryAnswer(name, result && Object.fromEntries(result), answering);
  } catch (error) {
    if (!(error instanceof QueueError)) throw error;
    const { code, status } = queryCodeOf(error);
    return queryError(new CallError(code, error.message, status), answering);
  }
}

const shown = (value: Json | undefined): string | undefined =>
  value === undefined ? undefined : text(value);

/** The input of the JSON protocol; the queue may be what the call goes to. */
function inputOf(given: QueryInput, { takes }: QueryAction, path: string): JsonObject {
  const input: JsonObject = {
    QueueUrl: given.text('QueueUrl') ?? (/^\/[^/]+\/[^/]+$/.test(path) ? path : ''),
  };
  for (const name of takes) {
    const value = given.text(name);
    if (value !== undefined) input[name] = value;
  }
  for (const name of ['MessageAttribute', 'MessageSystemAttribute']) {
    const attributes = given
      .list(name)
      .map((each): [string, JsonObject] => [each.text('Name') ?? '', attributeValue(each)]);
    if (attributes.length > 0) input[`${name}s`] = Object.fromEntries(attributes);
  }
  return input;
}

const attributeValue = (given: QueryInput): JsonObject =>
  Object.fromEntries(
    ['DataType', 'StringValue', 'BinaryValue'].flatMap((name) => {
      const value = given.text(`Value.${name}`);
      return value === undefined ? [] : [[name, value]];
    }),
  );
