import type { JsonObject } from '../../template/types.ts';
import { mapOf } from '../functions/resolve.ts';
import { QUEUE_DEFAULTS } from '../queues/attributes.ts';
import type { MessageAttributes, ReceivedMessage } from '../queues/message.ts';
import type { RemoteEndpoint } from '../service/part.ts';
import type { QueueClient } from './queue-client.ts';
import { callRemote } from './remote-call.ts';

/** What SQS answers of a message. */
interface RemoteMessage {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly Attributes?: Readonly<Record<string, string>>;
  readonly MessageAttributes?: MessageAttributes;
}

/** A queue of an emulator, or of AWS, by its ARN. */
export function remoteQueue(arn: string, remote: RemoteEndpoint): QueueClient {
  const [, , , , account = '', name = ''] = arn.split(':');
  const never = new AbortController().signal;
  let url: Promise<string> | undefined;
  const call = (action: string, input: JsonObject, signal = never): Promise<JsonObject> =>
    callRemote(remote, { service: 'sqs', target: `AmazonSQS.${action}`, version: '1.0', input }, signal);
  const QueueUrl = (): Promise<string> => {
    url ??= call('GetQueueUrl', { QueueName: name, QueueOwnerAWSAccountId: account }).then(
      ({ QueueUrl: found }) => String(found),
    );
    return url;
  };
  return {
    async receive(most, seconds, signal) {
      const { Messages } = await call(
        'ReceiveMessage',
        {
          QueueUrl: await QueueUrl(),
          MaxNumberOfMessages: most,
          WaitTimeSeconds: Math.min(20, Math.floor(seconds)),
          MessageSystemAttributeNames: ['All'],
          AttributeNames: ['All'],
          MessageAttributeNames: ['All'],
        },
        signal,
      );
      const messages = (Messages ?? []) as unknown as readonly RemoteMessage[];
      return messages.map(
        (each): ReceivedMessage => ({
          id: each.MessageId,
          receipt: each.ReceiptHandle,
          body: each.Body,
          attributes: each.MessageAttributes ?? {},
          system: each.Attributes ?? {},
        }),
      );
    },
    async remove(messages) {
      for (const { receipt } of messages)
        await call('DeleteMessage', { QueueUrl: await QueueUrl(), ReceiptHandle: receipt });
    },
    async visibility() {
      const { Attributes } = await call('GetQueueAttributes', {
        QueueUrl: await QueueUrl(),
        AttributeNames: ['VisibilityTimeout'],
      });
      return Number(mapOf(Attributes).VisibilityTimeout ?? QUEUE_DEFAULTS.visibilityTimeout);
    },
  };
}
