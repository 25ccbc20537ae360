import { setTimeout as sleep } from 'node:timers/promises';
import type { LifecycleAnswer, LifecycleEvent } from './event.ts';

/** CloudFormation takes answers of up to 4,096 bytes. */
const REASON_LENGTH = 1500;
const ATTEMPTS = 5;
const ATTEMPT_MS = 5000;

/**
 * Answers CloudFormation, which waits for up to an hour otherwise.
 *
 * @throws Error when the address cannot be reached
 */
export async function sendAnswer(event: LifecycleEvent, answer: LifecycleAnswer): Promise<void> {
  // As bytes: text would get a content type, which the presigned address does not allow.
  const body = new TextEncoder().encode(
    JSON.stringify({
      ...answer,
      ...(answer.Reason && { Reason: answer.Reason.slice(0, REASON_LENGTH) }),
      StackId: event.StackId,
      RequestId: event.RequestId,
      LogicalResourceId: event.LogicalResourceId,
    }),
  );
  for (let attempt = 1; ; attempt++) {
    const failure = await put(event.ResponseURL, body);
    if (failure === undefined) return;
    if (attempt === ATTEMPTS) throw new Error(`CloudFormation cannot be answered: ${failure}`);
    await sleep(100 * 2 ** attempt);
  }
}

async function put(url: string, body: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
  try {
    const { ok, status } = await fetch(url, { method: 'PUT', body, signal: AbortSignal.timeout(ATTEMPT_MS) });
    return ok ? undefined : `HTTP ${status}`;
  } catch (error) {
    return String(error);
  }
}
