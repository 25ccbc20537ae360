import { ProblemError } from '../problem.ts';
import type { Aws } from './clients.ts';
import { credentialsExpired, followEvents, type StackEvent } from './events.ts';
import { pauses } from './pause.ts';
import { describeStack, type Stack } from './stack.ts';
import { stateOf } from './stack-states.ts';

export interface WaitOptions {
  /** The newest event before the operation. */
  readonly after: StackEvent | undefined;
  /** Milliseconds since 1970 at which waiting ends with an error. */
  readonly deadline: number;
  readonly signal: AbortSignal;
  /** Called for each event as it is seen. */
  readonly onEvent: (event: StackEvent) => void;
}

/** How an operation ended. */
export interface Ended {
  /** `undefined` once the stack is gone. */
  readonly stack: Stack | undefined;
  readonly events: readonly StackEvent[];
}

/**
 * Waits until a stack rests: every status that is not in progress ends it, and so does the deadline.
 *
 * @throws ProblemError at the deadline; what goes on in AWS goes on
 */
export async function waitForRest(aws: Aws, stackId: string, options: WaitOptions): Promise<Ended> {
  const { after, deadline, signal, onEvent } = options;
  const stream = followEvents(aws, stackId, after);
  const pause = pauses(400, 5_000, signal);
  const events: StackEvent[] = [];
  const drain = async () => {
    const fresh = await stream.next();
    for (const event of fresh) onEvent(event);
    if (fresh.length > 0) pause.reset();
    events.push(...fresh);
  };
  for (;;) {
    await pause.next();
    await drain();
    const stack = await describeUnlessShaky(aws, stackId);
    if (stack === 'unknown') continue;
    if (!stack || stateOf(stack.status).outcome !== 'running') {
      // Events trail the status.
      await drain();
      return { stack, events };
    }
    if (Date.now() > deadline) {
      throw new ProblemError({
        subject: stack.name,
        message: `still ${stack.status} when the time was up; AWS goes on with it`,
        next: `Follow it with: aws cloudformation describe-stack-events --stack-name ${stack.name}. Raise the input timeout for slow stacks.`,
      });
    }
  }
}

/** A reply that cannot be had right now says nothing about the stack; credentials that have run out do not come back. */
async function describeUnlessShaky(aws: Aws, stackId: string): Promise<Stack | undefined | 'unknown'> {
  try {
    return await describeStack(aws, stackId);
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    const status = (cause as { $metadata?: { httpStatusCode?: number } } | undefined)?.$metadata
      ?.httpStatusCode;
    if (
      credentialsExpired(cause) ||
      (status !== undefined && status < 500 && status !== 429 && !isThrottle(cause))
    )
      throw error;
    return 'unknown';
  }
}

const isThrottle = (error: unknown): boolean =>
  error instanceof Error && /Throttl|RequestLimit/.test(error.name);
