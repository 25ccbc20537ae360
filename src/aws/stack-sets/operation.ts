import { randomUUID } from 'node:crypto';
import type { StackSetOperationResultSummary } from '@aws-sdk/client-cloudformation';
import type { Log } from '../../log.ts';
import { ProblemError } from '../../problem.ts';
import type { Aws } from '../connection/clients.ts';
import { answered, codeOf, isPassing, withSignal } from '../connection/errors.ts';
import { explained } from '../connection/explained.ts';
import { pauses } from '../connection/pauses.ts';
import { allPages } from './pages.ts';
import { addressed, byPlace, placeKey, type StackSetAddress, stackSets } from './stack-set.ts';

/** What an operation came to in one account and region. */
export interface InstanceResult {
  readonly account: string;
  readonly region: string;
  /** `PENDING`, `RUNNING`, `SUCCEEDED`, `FAILED`, `CANCELLED`. */
  readonly status: string;
  readonly reason: string;
}

/** How an operation ended. */
export interface StackSetEnd {
  readonly id: string;
  readonly succeeded: boolean;
  /** `SUCCEEDED`, `FAILED`, `STOPPED`. */
  readonly status: string;
  readonly reason: string;
  readonly results: readonly InstanceResult[];
}

/** How and how long is waited, and who hears of it. */
export interface FollowOptions {
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly deadline: number;
  /** Told of each change of an instance. */
  readonly onResult: (result: InstanceResult) => void;
  /** A cancellation stops the operation, instead of leaving it to AWS. */
  readonly cancelUpdate: boolean;
}

/** Makes the call that starts an operation, under an id of ours: made twice, it is the same operation. */
export type StartOperation = (operationId: string) => Promise<{ readonly OperationId?: string | undefined }>;

/**
 * Starts an operation on a stack set, after the end of any other one, and waits for its end.
 *
 * @param what is done, for messages: `creating instances of orders`
 * @throws ProblemError when AWS refuses it, at the deadline, or on cancellation
 */
export async function runOperation(
  aws: Aws,
  address: StackSetAddress,
  { what, start }: { readonly what: string; readonly start: StartOperation },
  options: FollowOptions,
): Promise<StackSetEnd> {
  for (;;) {
    const id = randomUUID();
    try {
      const { OperationId = id } = await explained(what, () => start(id));
      return await follow(aws, address, OperationId, options);
    } catch (error) {
      const code = codeOf(error instanceof ProblemError ? error.cause : error);
      if (code.startsWith('OperationIdAlreadyExists')) return follow(aws, address, id, options);
      if (!code.startsWith('OperationInProgress')) throw error;
      await waitForOthers(aws, address, options);
    }
  }
}

/** Waits for the end of an operation that someone else started. */
async function waitForOthers(aws: Aws, address: StackSetAddress, options: FollowOptions): Promise<void> {
  const { log, signal } = options;
  const { client, sdk } = await stackSets(aws);
  const running = await explained(`listing the operations of ${address.name}`, async () => {
    const reply = await client.send(
      new sdk.ListStackSetOperationsCommand(addressed(address)),
      withSignal(signal),
    );
    return reply.Summaries?.find(({ Status = '' }) => !hasEnded(Status));
  });
  if (!running?.OperationId) return pauses(1_000, 1_000, signal).next();
  log.info(
    `${address.name}: another operation runs on it (${running.Action} ${running.OperationId}); waiting for its end`,
  );
  await follow(aws, address, running.OperationId, {
    ...options,
    cancelUpdate: false,
    onResult: () => undefined,
  });
}

const hasEnded = (status: string): boolean => /^(SUCCEEDED|FAILED|STOPPED)$/.test(status);

async function follow(
  aws: Aws,
  address: StackSetAddress,
  id: string,
  options: FollowOptions,
): Promise<StackSetEnd> {
  try {
    return await followToEnd(aws, address, id, options);
  } catch (error) {
    if (!options.signal.aborted) throw error;
    const stopped = options.cancelUpdate && (await stop(aws, address, id, options.log));
    throw new ProblemError(
      {
        subject: address.name,
        message: stopped
          ? 'cancelled; AWS stops the operation: what it had not begun is not begun any more'
          : `cancelled while AWS was changing the instances; it goes on with the operation ${id}`,
        next: `Follow it with: aws cloudformation describe-stack-set-operation --stack-set-name ${address.name} --operation-id ${id}.`,
      },
      { cause: error },
    );
  }
}

async function followToEnd(
  aws: Aws,
  address: StackSetAddress,
  id: string,
  { signal, deadline, onResult }: FollowOptions,
): Promise<StackSetEnd> {
  const pause = pauses(500, 10_000, signal);
  const seen = new Map<string, string>();
  for (;;) {
    await pause.next();
    const now = await readOperation(aws, address, id, signal);
    const results = await listResults(aws, address, id, signal);
    for (const each of results ?? []) {
      if (seen.get(placeKey(each)) === each.status) continue;
      seen.set(placeKey(each), each.status);
      if (each.status !== 'PENDING') onResult(each);
      pause.reset();
    }
    if (now && results && hasEnded(now.status))
      return { id, ...now, succeeded: now.status === 'SUCCEEDED', results };
    if (Date.now() > deadline)
      throw new ProblemError({
        subject: address.name,
        message: `the operation ${id} was still ${now?.status ?? 'not to be read'} when the time was up; AWS goes on with it`,
        next: 'Run the job again: it waits for the end. Raise the input timeout for large stack sets.',
      });
  }
}

/** What cannot be read right now says nothing; the next try may tell. */
async function orPassing<T>(what: string, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (isPassing(error)) return undefined;
    return explained(what, () => Promise.reject(error));
  }
}

const readOperation = (aws: Aws, address: StackSetAddress, OperationId: string, signal: AbortSignal) =>
  orPassing(`reading the operation ${OperationId} of ${address.name}`, async () => {
    const { client, sdk } = await stackSets(aws);
    const reply = await client.send(
      new sdk.DescribeStackSetOperationCommand({ ...addressed(address), OperationId }),
      withSignal(signal),
    );
    const { Status, StatusReason = '' } = answered(reply.StackSetOperation, 'operation');
    return { status: answered(Status, 'status'), reason: StatusReason };
  });

const listResults = (aws: Aws, address: StackSetAddress, OperationId: string, signal: AbortSignal) =>
  orPassing(`reading the results of the operation ${OperationId}`, async () => {
    const { client, sdk } = await stackSets(aws);
    const found = await allPages((NextToken) =>
      client.send(
        new sdk.ListStackSetOperationResultsCommand({ ...addressed(address), OperationId, NextToken }),
        withSignal(signal),
      ),
    );
    return found.map(resultOf).sort(byPlace);
  });

/** A gate is a function of the account that lets operations in, or not. */
const resultOf = (found: StackSetOperationResultSummary): InstanceResult => ({
  account: found.Account ?? '',
  region: found.Region ?? '',
  status: found.Status ?? '',
  reason:
    found.StatusReason ??
    (found.AccountGateResult?.Status === 'FAILED'
      ? `the account gate has refused it: ${found.AccountGateResult.StatusReason ?? 'no reason is given'}`
      : ''),
});

async function stop(aws: Aws, address: StackSetAddress, OperationId: string, log: Log): Promise<boolean> {
  const { client, sdk } = await stackSets(aws);
  try {
    await client.send(new sdk.StopStackSetOperationCommand({ ...addressed(address), OperationId }));
    return true;
  } catch (error) {
    log.warning(`The operation goes on: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}
