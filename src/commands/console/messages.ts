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
  /** The call of AWS that sends it. @throws ProblemError when the text is no such message */
  call(text: string): { readonly target: string; readonly input: JsonObject };
  /** Where what happens is told of by itself: the id that it is told under. */
  readonly toldAs?: (input: JsonObject) => string;
}

/** The queues, buses and state machines that are served here. */
export const destinationsOf = ({
  queues,
  buses,
  rules,
  machines,
}: Pick<ServicePlan, 'queues' | 'buses' | 'rules' | 'machines'>): MessageTarget[] => [
  ...machines.map(({ logicalId, arn, type }) => ({
    kind: 'machine' as const,
    id: logicalId,
    about: `${type === 'EXPRESS' ? 'express ' : ''}state machine: its input`,
    call: (text: string) => ({
      target: 'AWSStepFunctions.StartExecution',
      input: { stateMachineArn: arn, name: randomUUID(), input: text },
    }),
    toldAs: ({ name }: JsonObject) => executionId(logicalId, String(name)),
  })),
  ...queues.map(({ name, arn, fifo }) => ({
    kind: 'message' as const,
    id: `queue ${name}`,
    about: fifo ? 'FIFO queue: all of the page is one group' : 'queue',
    call: (text: string) => ({
      target: 'AmazonSQS.SendMessage',
      input: {
        QueueUrl: `https://sqs.${arn.split(':')[3]}.amazonaws.com/${arn.split(':')[4]}/${name}`,
        MessageBody: text,
        ...(fifo && { MessageGroupId: 'console', MessageDeduplicationId: randomUUID() }),
      },
    }),
  })),
  ...busesOf({ buses, rules }).map((name) => ({
    kind: 'message' as const,
    id: `bus ${name}`,
    about: 'event bus: source, detail-type and detail',
    call: (text: string) => ({ target: 'AWSEvents.PutEvents', input: { Entries: [entryOf(text, name)] } }),
  })),
];

/** The bus of every account is no resource: it is there where rules listen to it. */
const busesOf = ({ buses, rules }: Pick<ServicePlan, 'buses' | 'rules'>): string[] => [
  ...(rules.some(({ bus, pattern }) => bus === 'default' && pattern) ? ['default'] : []),
  ...buses.map(({ name }) => name),
];

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
  const { target, input } = call(event);
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target };
  const sending = { to: id, event, url, method: 'POST', headers, body: JSON.stringify(input) };
  return toldAs ? sendTold(sending, toldAs(input), tell) : send(sending, tell);
}
