import type { StackEvent as SdkEvent } from '@aws-sdk/client-cloudformation';
import { sha256 } from '../canonical.ts';
import type { Aws } from './clients.ts';
import { codeOf } from './errors.ts';

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
}

/** New events of a stack and the stacks nested in it, oldest first, each once. */
export interface EventStream {
  next(): Promise<readonly StackEvent[]>;
}

/**
 * Follows a stack's events from now on. A poll that is throttled or fails answers nothing: it is made up for by the
 * next one, and must never fail a deployment.
 *
 * @param after the newest event before the operation (see {@link newestEvent}); `undefined` for a new stack
 */
export function followEvents(aws: Aws, stackId: string, after: StackEvent | undefined): EventStream {
  const seen = new Set<string>(after ? [after.id] : []);
  const since = after?.time ?? 0;
  const followed = new Set([stackId]);

  const poll = async (id: string): Promise<StackEvent[]> => {
    const fresh: StackEvent[] = [];
    for await (const event of newestFirst(aws, id)) {
      if (seen.has(event.id) || event.time < since) break;
      fresh.push(event);
    }
    return fresh;
  };

  return {
    async next() {
      const found: StackEvent[] = [];
      // Nested stacks that turn up on the way are followed in the same turn: a Set keeps growing while it is walked.
      for (const id of followed) {
        let fresh: StackEvent[];
        try {
          fresh = await poll(id);
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

const isNestedStack = (event: StackEvent, parent: string): boolean =>
  event.type === 'AWS::CloudFormation::Stack' && event.physicalId !== '' && event.physicalId !== parent;

/** The newest event of a stack, if it has any. */
export async function newestEvent(aws: Aws, stackId: string): Promise<StackEvent | undefined> {
  for await (const event of newestFirst(aws, stackId)) return event;
  return undefined;
}

async function* newestFirst(aws: Aws, stackId: string): AsyncGenerator<StackEvent> {
  const { client, sdk } = await aws.cloudFormation();
  let token: string | undefined;
  do {
    const page = await client.send(
      new sdk.DescribeStackEventsCommand({ StackName: stackId, NextToken: token }),
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
});

/** Whether an error says that credentials ran out, which no waiting mends. */
export const credentialsExpired = (error: unknown): boolean =>
  /ExpiredToken|RequestExpired/.test(codeOf(error));

/** A client token for what is done to a stack whose newest event is this one: a retry is the same request. */
export const tokenAfter = (event: StackEvent | undefined): string =>
  `sparta-${sha256(event?.id ?? '').slice(0, 40)}`;
