import { randomUUID } from 'node:crypto';
import type { Tell } from '../../console/types.ts';
import type { ServicePlan } from '../../local/service/plan.ts';
import { ProblemError } from '../../problem.ts';
import { isObject, type JsonObject } from '../../template/types.ts';
import { executionId } from './activity.ts';
import { send, sendTold } from './request.ts';

/** Where a message can be sent to, or a state machine that can be started. */
export interface MessageTarget {
  readonly kind: 'message' | 'machine';
  /** `queue orders-Queue`: as what arrives there is called; the logical ID of a machine. */
  readonly id: string;
  readonly about: string;
  /** Any text is a message, not JSON alone. */
  readonly takesText: boolean;
  /** The call of AWS that sends it. @throws ProblemError when the text is no such message */
  call(text: string): AwsRequest;
  /** Where what happens is told of by itself: the id that it is told under. */
  readonly toldAs?: (input: JsonObject) => string;
}

/** As clients of the AWS SDK send it. */
interface AwsRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** What its body says. */
  readonly input: JsonObject;
}

type Destinations = Pick<ServicePlan, 'queues' | 'topics' | 'buses' | 'rules' | 'machines'>;

/** The queues, topics, buses and state machines that are served here. */
export const destinationsOf = ({ queues, topics, machines, ...events }: Destinations): MessageTarget[] => [
  ...machines.map(({ logicalId, arn, type }) => ({
    kind: 'machine' as const,
    id: logicalId,
    about: `${type === 'EXPRESS' ? 'express ' : ''}state machine: its input`,
    takesText: false,
    call: (text: string) =>
      inJson('AWSStepFunctions.StartExecution', { stateMachineArn: arn, name: randomUUID(), input: text }),
    toldAs: ({ name }: JsonObject) => executionId(logicalId, String(name)),
  })),
  ...queues.map(({ name, arn, fifo }) => ({
    kind: 'message' as const,
    id: `queue ${name}`,
    about: fifo ? `FIFO queue: ${ONE_GROUP}` : 'queue',
    takesText: true,
    call: (text: string) =>
      inJson('AmazonSQS.SendMessage', {
        QueueUrl: `https://sqs.${arn.split(':')[3]}.amazonaws.com/${arn.split(':')[4]}/${name}`,
        MessageBody: text,
        ...(fifo && inGroup()),
      }),
  })),
  ...topics.map(({ name, arn, fifo }) => ({
    kind: 'message' as const,
    id: `topic ${name}`,
    about: fifo ? `FIFO topic: ${ONE_GROUP}` : 'topic',
    takesText: true,
    call: (text: string) =>
      asForm({ Action: 'Publish', TopicArn: arn, Message: text, ...(fifo && inGroup()) }),
  })),
  ...busNames(events).map((name) => ({
    kind: 'message' as const,
    id: `bus ${name}`,
    about: 'event bus: source, detail-type and detail',
    takesText: false,
    call: (text: string) => inJson('AWSEvents.PutEvents', { Entries: [entryOf(text, name)] }),
  })),
];

const ONE_GROUP = 'all of the page is one group';
const inGroup = (): Record<string, string> => ({
  MessageGroupId: 'console',
  MessageDeduplicationId: randomUUID(),
});

/** The bus of every account is no resource: it is there where rules listen to it. */
function busNames({ buses, rules }: Pick<Destinations, 'buses' | 'rules'>): string[] {
  const heard = rules.filter(({ pattern }) => pattern !== undefined).map(({ bus }) => bus);
  return [...new Set([...heard, ...buses.map(({ name }) => name)])];
}

const inJson = (target: string, input: JsonObject): AwsRequest => ({
  headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target },
  body: JSON.stringify(input),
  input,
});

/** SNS has no targets in its requests: what it is signed for says whose it is. */
const asForm = (input: Readonly<Record<string, string>>): AwsRequest => ({
  headers: {
    'content-type': 'application/x-www-form-urlencoded',
    accept: 'application/json',
    authorization: 'AWS4-HMAC-SHA256 Credential=console/20000101/us-east-1/sns/aws4_request',
  },
  body: String(new URLSearchParams(input)),
  input,
});

function entryOf(text: string, bus: string): JsonObject {
  const event = JSON.parse(text);
  const { source, 'detail-type': type, detail } = isObject(event) ? event : {};
  if (typeof source !== 'string' || typeof type !== 'string' || !isObject(detail ?? null))
    throw new ProblemError({
      subject: 'the event',
      message: 'a bus takes events with source, detail-type and detail',
      next: 'Take the example eventbridge, and change it.',
    });
  return { Source: source, DetailType: type, Detail: JSON.stringify(detail), EventBusName: bus };
}

/**
 * Sends a message by the API that is served here, as a client of the AWS SDK would.
 *
 * @returns the id under which the page hears of it
 * @throws ProblemError when the text is no such message
 */
export function sendMessage(
  url: string,
  { id, call, toldAs }: MessageTarget,
  event: string,
  tell: Tell,
): string {
  const { headers, body, input } = call(event);
  const sending = { to: id, event, url, method: 'POST', headers, body };
  return toldAs ? sendTold(sending, toldAs(input), tell) : send(sending, tell);
}
