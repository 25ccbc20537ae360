import type { Json, JsonObject } from '../../template/types.ts';
import { CallError, json, jsonError, jsonInput } from '../aws-api/answer.ts';
import type { AwsAnswer, AwsApi } from '../aws-api/types.ts';
import { mapOf, text } from '../functions/resolve.ts';
import { checkAsked } from './check-attributes.ts';
import { type QueueAction, type QueueCall, type Queues, queueOf } from './context.ts';
import { MANAGE } from './manage.ts';
import { attributesMd5, type MessageAttributes, md5, type ReceivedMessage } from './message.ts';
import { answerQuery, queryCodeOf } from './query.ts';
import { type Queue, QueueError } from './queue.ts';
import { batchOf, checkMessage, checkNumbers, checkReceipt } from './refusals.ts';

const ACTIONS: Readonly<Record<string, QueueAction>> = {
  ...MANAGE,
  SendMessage: (input, context) => sent(input, context),
  SendMessageBatch: (input, context) =>
    eachOf(input, (entry) => sent({ ...entry, QueueUrl: input.QueueUrl ?? '' }, context)),
  ReceiveMessage: receive,
  DeleteMessage: (input, context) => removed(input, queueOf(input, context)),
  DeleteMessageBatch: (input, context) => eachOf(input, (entry) => removed(entry, queueOf(input, context))),
  ChangeMessageVisibility: (input, context) => hidden(input, queueOf(input, context)),
  ChangeMessageVisibilityBatch: (input, context) =>
    eachOf(input, (entry) => hidden(entry, queueOf(input, context))),
};

/** The API of SQS as SDKs have spoken it since November 2023: JSON; and what API Gateway sends to queues. */
export const queuesApi =
  (queues: Queues): AwsApi =>
  async (call) => {
    const { headers, body, gone } = call;
    const act = async (name: string, input: JsonObject): Promise<JsonObject> => {
      const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
      if (!action) throw new CallError('UnsupportedOperation', `${name} is not served here`);
      checkNumbers(input);
      return action(input, { queues, trace: headers['x-amzn-trace-id'], gone });
    };
    const target = headers['x-amz-target'];
    if (target === undefined) return answerQuery(call, act);
    try {
      return json(await act(target.split('.')[1] ?? '', jsonInput(body)));
    } catch (error) {
      if (error instanceof QueueError) return refused(error);
      if (error instanceof CallError) return jsonError(error);
      throw error;
    }
  };

/** Clients such as boto3 go by the code of the query protocol, which SQS goes on to send. */
function refused(error: QueueError): AwsAnswer {
  const { code, status } = queryCodeOf(error);
  const answer = jsonError(new CallError(`com.amazonaws.sqs#${error.code}`, error.message, status));
  return {
    ...answer,
    headers: { ...answer.headers, 'x-amzn-query-error': `${code};Sender` },
  };
}

function removed({ ReceiptHandle = '' }: JsonObject, queue: Queue): JsonObject {
  const receipt = text(ReceiptHandle);
  checkReceipt(receipt, queue.plan.arn);
  // Who took longer than the visibility timeout may not delete what others of the group wait for.
  if (queue.plan.fifo && ['visible', 'received again'].includes(queue.stateOf(receipt)))
    throw new QueueError(
      'InvalidParameterValue',
      `Value ${receipt} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.`,
    );
  queue.remove(receipt);
  return {};
}

/** Source: Amazon SQS API Reference, `ChangeMessageVisibility`, "Errors". */
function hidden({ ReceiptHandle = '', VisibilityTimeout = 0 }: JsonObject, queue: Queue): JsonObject {
  const receipt = text(ReceiptHandle);
  checkReceipt(receipt, queue.plan.arn);
  const state = queue.stateOf(receipt);
  if (state === 'gone' || state === 'received again')
    throw new QueueError(
      'InvalidParameterValue',
      `Value ${receipt} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.`,
    );
  if (state === 'visible')
    throw new QueueError('MessageNotInflight', 'The message referred to is not in flight.');
  queue.hide(receipt, Number(VisibilityTimeout));
  return {};
}

function sent(input: JsonObject, context: QueueCall): JsonObject {
  const queue = queueOf(input, context);
  checkMessage(input, queue.plan.fifo);
  const attributes = mapOf(input.MessageAttributes) as unknown as MessageAttributes;
  const system = mapOf(input.MessageSystemAttributes) as unknown as MessageAttributes;
  const trace = system.AWSTraceHeader?.StringValue ?? context.trace;
  const body = text(input.MessageBody ?? '');
  const { id, sequence } = context.queues.send(queue, {
    body,
    attributes,
    ...(input.DelaySeconds !== undefined && { delay: Number(input.DelaySeconds) }),
    ...(input.MessageGroupId !== undefined && { groupId: text(input.MessageGroupId) }),
    ...(input.MessageDeduplicationId !== undefined && {
      deduplicationId: text(input.MessageDeduplicationId),
    }),
    ...(trace !== undefined && { trace }),
  });
  const digest = attributesMd5(attributes);
  const systemDigest = attributesMd5(system);
  return {
    MessageId: id,
    MD5OfMessageBody: md5(body),
    ...(digest !== undefined && { MD5OfMessageAttributes: digest }),
    ...(systemDigest !== undefined && { MD5OfMessageSystemAttributes: systemDigest }),
    ...(sequence !== undefined && { SequenceNumber: sequence }),
  };
}

/** Each entry of a batch succeeds or fails by itself. */
function eachOf(input: JsonObject, act: (entry: JsonObject) => JsonObject): JsonObject {
  const Successful: Json[] = [];
  const Failed: Json[] = [];
  for (const entry of batchOf(input.Entries)) {
    const Id = entry.Id ?? '';
    try {
      checkNumbers(entry);
      Successful.push({ Id, ...act(entry) });
    } catch (error) {
      if (!(error instanceof QueueError) || error.code === 'QueueDoesNotExist') throw error;
      Failed.push({ Id, SenderFault: true, Code: error.code, Message: error.message });
    }
  }
  return { Successful, Failed };
}

async function receive(input: JsonObject, context: QueueCall): Promise<JsonObject> {
  const queue = queueOf(input, context);
  checkAsked(input.MessageSystemAttributeNames ?? input.AttributeNames, 'message');
  const most = Number(input.MaxNumberOfMessages ?? 1);
  const visibility = input.VisibilityTimeout === undefined ? undefined : Number(input.VisibilityTimeout);
  const end = Date.now() + 1000 * Number(input.WaitTimeSeconds ?? queue.plan.receiveWait);
  for (;;) {
    // Whoever is gone must not get what the next one waits for.
    const messages = context.gone.aborted ? [] : queue.receive(most, visibility);
    const left = context.gone.aborted ? 0 : (end - Date.now()) / 1000;
    if (messages.length > 0 || left <= 0)
      return messages.length === 0 ? {} : { Messages: messages.map((each) => written(each, input)) };
    await queue.wait(left, context.gone);
    if (!context.queues.all().includes(queue)) return {};
  }
}

function written(message: ReceivedMessage, input: JsonObject): JsonObject {
  const asked = (list: Json | undefined, all: Readonly<Record<string, Json>>): JsonObject => {
    const names = Array.isArray(list) ? list.map(text) : [];
    const takes = (name: string): boolean =>
      names.some(
        (each) =>
          each === 'All' ||
          each === '.*' ||
          each === name ||
          (each.endsWith('.*') && name.startsWith(each.slice(0, -2))),
      );
    return Object.fromEntries(Object.entries(all).filter(([name]) => takes(name)));
  };
  const attributes = asked(
    input.MessageAttributeNames,
    message.attributes as unknown as Record<string, Json>,
  );
  const system = asked(input.MessageSystemAttributeNames ?? input.AttributeNames, message.system);
  const digest = attributesMd5(attributes as unknown as MessageAttributes);
  return {
    MessageId: message.id,
    ReceiptHandle: message.receipt,
    MD5OfBody: md5(message.body),
    Body: message.body,
    ...(Object.keys(system).length > 0 && { Attributes: system }),
    ...(digest !== undefined && { MessageAttributes: attributes, MD5OfMessageAttributes: digest }),
  };
}
