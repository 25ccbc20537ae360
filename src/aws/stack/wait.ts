import type { Log } from '../../log.ts';
import { ProblemError } from '../../problem.ts';
import type { Aws } from '../connection/clients.ts';
import { credentialsExpired, isPassing } from '../connection/errors.ts';
import { pauses } from '../connection/pauses.ts';
import { followEvents, isOwnEvent, newestEvent, type StackEvent } from './events.ts';
import { describeStack, type Stack } from './stack.ts';
import { type StackStatus, stateOf } from './stack-states.ts';

export interface WaitOptions {
  /** The newest event before the operation. */
  readonly after: StackEvent | undefined;
  /** Milliseconds since 1970 at which waiting ends with an error. */
  readonly deadline: number;
  readonly signal: AbortSignal;
  /** Called for each event as it is seen. */
  readonly onEvent: (event: StackEvent) => void;
  /** Tells the event that is the end, in case that someone else starts the next operation at once. */
  readonly isEnd?: (event: StackEvent) => boolean;
  /** The operation was seen running, so the first rest is its end. */
  readonly running?: boolean;
  /** The status before the operation, which is no sign of its end. */
  readonly former?: StackStatus;
  /** Token of the operation: events that have another one are not about it. */
  readonly token?: string;
  /** Asks whether the operation is over when nothing is to be seen of it. */
  readonly isOver?: () => Promise<boolean>;
}

/** How an operation ended. */
export interface Ended {
  /** `undefined` once the stack is gone. */
  readonly stack: Stack | undefined;
  readonly events: readonly StackEvent[];
}

/** Milliseconds after which a new status is believed although nothing was seen of the operation. */
const UNSEEN = 60_000;
/** The same for the former status, where nobody can be asked. */
const GIVEN_UP = 300_000;

/**
 * Waits until a stack rests: a status that is not in progress ends it, once something was seen of the operation, and so
 * does the deadline. The status from before the operation may be seen for a while; it is not taken for the end.
 *
 * @throws ProblemError at the deadline, or when the stack may no longer be read; what goes on in AWS goes on
 */
export async function waitForRest(aws: Aws, stackId: string, options: WaitOptions): Promise<Ended> {
  const { after, deadline, signal, onEvent, isEnd, former, token, isOver } = options;
  const stream = followEvents(aws, stackId, after);
  const pause = pauses(400, 5_000, signal);
  let unseenUntil = Date.now() + UNSEEN;
  const givenUp = Date.now() + GIVEN_UP;
  const events: StackEvent[] = [];
  let begun = options.running ?? false;
  const drain = async () => {
    const fresh = await stream.next(signal);
    for (const event of fresh) onEvent(event);
    if (fresh.length > 0) pause.reset();
    events.push(...fresh);
  };
  for (;;) {
    await pause.next();
    await drain();
    const stack = await readStack(aws, stackId, signal);
    if (stack !== 'unknown') {
      if (!stack || stack.status === 'DELETE_COMPLETE') return finish(stack);
      const resting = isResting(stack.status);
      begun ||= !resting && stack.status !== 'REVIEW_IN_PROGRESS';
      if (isEnd && events.some(isEnd)) return finish(stack);
      if (resting && (begun || endsAtRest(events, stackId, token))) return finish(stack);
      if (!begun && Date.now() > unseenUntil) {
        if (stack.status !== former) return finish(stack);
        // Its status is newer then than the one that was read.
        begun = isOver ? await isOver() : Date.now() > givenUp;
        unseenUntil = Date.now() + UNSEEN;
      }
    }
    if (Date.now() > deadline) throw late(stackId, stack === 'unknown' ? undefined : stack);
  }

  async function finish(stack: Stack | undefined): Promise<Ended> {
    // Events trail the status.
    await drain();
    return { stack, events };
  }
}

/** Waits for the end of an operation that someone else started. */
export async function waitForOthers(
  aws: Aws,
  stack: Stack,
  { log, signal, deadline }: Pick<WaitOptions, 'signal' | 'deadline'> & { readonly log: Log },
): Promise<void> {
  const after = await newestEvent(aws, stack.id, signal);
  const request = after?.token ? ` (request ${after.token})` : '';
  const who = operator(after?.token);
  log.info(`${stack.name} is ${stack.status}: ${who} runs on it${request}; waiting for its end`);
  await waitForRest(aws, stack.id, { after, signal, deadline, running: true, onEvent: () => undefined });
}

/** Requests of this action say which run of GitHub they are of. */
function operator(token = ''): string {
  const [, run] = /-run(\d+)(?:-|$)/.exec(token) ?? [];
  return run === undefined ? 'another operation' : `another operation, that of run ${run} of GitHub,`;
}

const isResting = (status: string): boolean =>
  stateOf(status).outcome !== 'running' && status !== 'REVIEW_IN_PROGRESS';

/** Whether the newest event of the stack itself says that the operation is over. */
function endsAtRest(events: readonly StackEvent[], stackId: string, token: string | undefined): boolean {
  const isForeign = (event: StackEvent) =>
    token !== undefined && event.token !== undefined && event.token !== token;
  const own = events.findLast((event) => isOwnEvent(event, stackId) && !isForeign(event));
  return own !== undefined && isResting(own.status);
}

/** A reply that cannot be had right now says nothing about the stack; credentials that have run out do not come back. */
async function readStack(
  aws: Aws,
  stackId: string,
  signal: AbortSignal,
): Promise<Stack | undefined | 'unknown'> {
  try {
    return await describeStack(aws, stackId, signal);
  } catch (error) {
    const cause = error instanceof ProblemError ? error.cause : error;
    if (isPassing(cause)) return 'unknown';
    throw credentialsExpired(cause) ? expired(stackId, cause) : error;
  }
}

/** `orders` of `arn:aws:cloudformation:eu-central-1:123456789012:stack/orders/<id>`. */
const nameOf = (stackId: string): string => stackId.split('/')[1] ?? stackId;

function late(stackId: string, stack: Stack | undefined): ProblemError {
  const name = nameOf(stackId);
  return new ProblemError({
    subject: name,
    message: `still ${stack ? stack.status : 'not to be read'} when the time was up; AWS goes on with it`,
    next: `Follow it with: aws cloudformation describe-stack-events --stack-name ${name}. Raise the input timeout for slow stacks.`,
  });
}

function expired(stackId: string, cause: unknown): ProblemError {
  return new ProblemError(
    {
      subject: nameOf(stackId),
      message: 'the credentials expired while the stack was changing; AWS goes on with it',
      next: 'Run the job again: it waits for the end. With the role in the input role-to-assume, they are renewed.',
    },
    { cause },
  );
}
