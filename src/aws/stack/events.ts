import type { StackEvent as SdkEvent } from '@aws-sdk/client-cloudformation';
import { sha256 } from '../../hash/canonical.ts';
import type { Aws } from '../connection/clients.ts';
import { withSignal } from '../connection/errors.ts';
import { explained } from '../connection/explained.ts';

/** One thing that happened to a resource. */
export interface StackEvent {
  readonly id: string;
  readonly stackId: string;
  readonly stackName: string;
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  /** Milliseconds since 1970, by CloudFormation's clock. */
  readonly time: number;
  /** Client token of the operation that it belongs to, where one was given. */
  readonly token?: string;
}

/** New events of a stack and the stacks nested in it, oldest first, each once. */
export interface EventStream {
  next(signal: AbortSignal): Promise<readonly StackEvent[]>;
}

/**
 * Follows a stack's events from now on. A poll that is throttled or fails gives no events: the next one gives them, and
 * a deployment must never fail because of it.
 *
 * @param after the newest event before the operation (see {@link newestEvent}); `undefined` for a new stack
 */
export function followEvents(aws: Aws, stackId: string, after: StackEvent | undefined): EventStream {
  const seen = new Set<string>(after ? [after.id] : []);
  const since = after?.time ?? 0;
  const followed = new Set<string>([stackId]);

  const poll = async (id: string, signal: AbortSignal): Promise<StackEvent[]> => {
    const fresh: StackEvent[] = [];
    for await (const event of newestFirst(aws, id, signal)) {
      if (seen.has(event.id) || event.time < since) break;
      fresh.push(event);
    }
    return fresh;
  };

  return {
    async next(signal) {
      const found: StackEvent[] = [];
      // Nested stacks that are found now are read in the same turn: a loop over a Set also visits what is added meanwhile.
      for (const id of followed) {
        let fresh: StackEvent[];
        try {
          fresh = await poll(id, signal);
        } catch (error) {
          if (error instanceof Error && error.name === 'AbortError') throw error;
          continue;
        }
        for (const event of fresh) {
          seen.add(event.id);
          if (isNestedStack(event, id)) followed.add(event.physicalId);
        }
        // Sorting is stable: within a millisecond the order is CloudFormation's own.
        found.push(...fresh.reverse());
      }
      return found.sort((a, b) => a.time - b.time);
    },
  };
}

/** Its physical id is an ARN once it exists. */
const isNestedStack = (event: StackEvent, parent: string): boolean =>
  event.type === 'AWS::CloudFormation::Stack' &&
  event.physicalId.startsWith('arn:') &&
  event.physicalId !== parent;

/** Whether an event is about the stack itself, not one of its resources. */
export const isOwnEvent = (event: StackEvent, stackId: string): boolean =>
  event.stackId === stackId && event.physicalId === stackId;

/** The newest event of a stack, if it has any. */
export function newestEvent(
  aws: Aws,
  stackId: string,
  signal?: AbortSignal,
): Promise<StackEvent | undefined> {
  return explained(`reading the events of ${stackId}`, async () => {
    for await (const event of newestFirst(aws, stackId, signal)) return event;
    return undefined;
  });
}

/** All events of a stack that CloudFormation still has, newest first. */
export function stackEvents(aws: Aws, stackId: string, signal: AbortSignal): Promise<readonly StackEvent[]> {
  return explained(`reading the events of ${stackId}`, async () => {
    const events: StackEvent[] = [];
    for await (const event of newestFirst(aws, stackId, signal)) events.push(event);
    return events;
  });
}

/** Whether the operation with this client token has begun: events carry the token of their operation. */
export async function hasBegun(aws: Aws, stackId: string, token: string): Promise<boolean> {
  for await (const event of newestFirst(aws, stackId)) if (event.token === token) return true;
  return false;
}

async function* newestFirst(aws: Aws, stackId: string, signal?: AbortSignal): AsyncGenerator<StackEvent> {
  const { client, sdk } = await aws.cloudFormation();
  let token: string | undefined;
  do {
    const page = await client.send(
      new sdk.DescribeStackEventsCommand({ StackName: stackId, NextToken: token }),
      withSignal(signal),
    );
    for (const event of page.StackEvents ?? []) yield fromSdk(event);
    token = page.NextToken;
  } while (token);
}

const fromSdk = (event: SdkEvent): StackEvent => ({
  id: event.EventId ?? '',
  stackId: event.StackId ?? '',
  stackName: event.StackName ?? '',
  logicalId: event.LogicalResourceId ?? '',
  physicalId: event.PhysicalResourceId ?? '',
  type: event.ResourceType ?? '',
  status: event.ResourceStatus ?? '',
  reason: event.ResourceStatusReason ?? '',
  time: event.Timestamp?.getTime() ?? 0,
  ...(event.ClientRequestToken && { token: event.ClientRequestToken }),
});

/** A client token for what is done to a stack whose newest event is this one: a retry is the same request. */
export const tokenAfter = (event: StackEvent | undefined): string =>
  `sparta-${sha256(event?.id ?? '').slice(0, 40)}`;
