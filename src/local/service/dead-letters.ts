import type { MessageAttributes } from '../queues/message.ts';
import type { Delivery, ServiceContext } from './part.ts';

/** What a target did not take. */
export interface Undelivered {
  /** Who sent it: a topic, a rule. */
  readonly source: string;
  /** What was sent, for people. */
  readonly what: string;
  readonly error: unknown;
  readonly deadLetterArn: string | undefined;
  readonly body: string;
  readonly delivery: Delivery;
}

/** Tells of what a target did not take, and sends it to the dead letter queue; without one, it is lost. Never fails. */
export async function undelivered(
  { activity, targets, warn }: ServiceContext,
  { source, what, error, deadLetterArn, body, delivery }: Undelivered,
): Promise<void> {
  const text = `${what}: ${messageOf(error)}`;
  activity.publish({ kind: 'noted', at: Date.now(), source, text });
  if (deadLetterArn === undefined) return warn(`${source}: ${text}`);
  try {
    await targets.send(deadLetterArn, body, delivery);
  } catch (problem) {
    warn(`${source}: its dead letter queue did not take what failed: ${messageOf(problem)}`);
  }
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Message attributes that are texts. */
export const textAttributes = (values: Readonly<Record<string, string>>): MessageAttributes =>
  Object.fromEntries(
    Object.entries(values).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
  );

/** What EventBridge calls the failure of a target. Source: Amazon EventBridge User Guide, "Retrying failed event delivery". */
export const targetErrorCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && error.code !== 'NotFound'
    ? 'ERROR_FROM_TARGET'
    : 'NO_RESOURCE';
