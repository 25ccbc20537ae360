import { setTimeout as sleep } from 'node:timers/promises';
import { sendAnswer } from './answer.ts';
import type { CustomResource, LambdaContext, LifecycleAnswer, LifecycleEvent } from './event.ts';

/** Kept of the function's time, for the answer. */
const ANSWER_MS = 5000;
/** New permissions of a role take a while to hold everywhere. */
const PERMISSION_MS = 20_000;
/** Marks a resource of which nothing was made, so that there is nothing to remove. */
const NOTHING = 'nothing:';

/** By type, as the template names it. */
export type CustomResources = Readonly<Record<string, CustomResource>>;

/** Serves one request and answers it in any case: done, failed, or about to run out of time. */
export async function serve(
  resources: CustomResources,
  event: LifecycleEvent,
  context: LambdaContext,
): Promise<void> {
  const { RequestType, ResourceType, LogicalResourceId, RequestId } = event;
  console.log(JSON.stringify({ RequestType, ResourceType, LogicalResourceId, RequestId }));
  const attempt: Attempt = { physicalId: event.PhysicalResourceId ?? `${NOTHING}${LogicalResourceId}` };
  const timer = new AbortController();
  const limit = context.getRemainingTimeInMillis() - ANSWER_MS;
  const tooLate = sleep(Math.max(0, limit), undefined, { signal: timer.signal }).then((): never => {
    throw new Error(`Not done after ${Math.round(limit / 1000)} seconds, which is all the time there is.`);
  });
  tooLate.catch(() => undefined);
  let answer: LifecycleAnswer;
  try {
    const Data = await Promise.race([perform(resources, event, attempt), tooLate]);
    answer = { Status: 'SUCCESS', PhysicalResourceId: attempt.physicalId, Data };
  } catch (error) {
    console.error(error);
    const seeLogs = context.logStreamName ? ` (log stream ${context.logStreamName})` : '';
    answer = {
      Status: 'FAILED',
      Reason: `${error instanceof Error ? error.message : String(error)}${seeLogs}`,
      PhysicalResourceId: attempt.physicalId,
    };
  } finally {
    timer.abort();
  }
  await sendAnswer(event, answer);
}

/** The ID is known before the work begins, and counts when the work fails. */
interface Attempt {
  physicalId: string;
}

async function perform(
  resources: CustomResources,
  event: LifecycleEvent,
  attempt: Attempt,
): Promise<Readonly<Record<string, string>>> {
  if (event.RequestType === 'Delete' && attempt.physicalId.startsWith(NOTHING)) return {};
  const resource = Object.hasOwn(resources, event.ResourceType) ? resources[event.ResourceType] : undefined;
  if (!resource) throw new Error(`There is no custom resource of the type ${event.ResourceType}.`);
  const work = resource(event);
  if (event.RequestType === 'Delete') {
    await whenPermitted(work.remove);
    return {};
  }
  // A failed update leaves the resource what it was.
  if (event.RequestType === 'Create') attempt.physicalId = work.identity;
  const attributes = await whenPermitted(work.put);
  attempt.physicalId = work.identity;
  return attributes;
}

async function whenPermitted<Result>(work: () => Promise<Result>): Promise<Result> {
  const deadline = Date.now() + PERMISSION_MS;
  for (let wait = 1000; ; wait *= 2) {
    try {
      return await work();
    } catch (error) {
      if (!isDenied(error) || Date.now() + wait > deadline) throw error;
      await sleep(wait);
    }
  }
}

const isDenied = (error: unknown): boolean =>
  error instanceof Error && ['AccessDenied', 'AccessDeniedException', 'Forbidden'].includes(error.name);
