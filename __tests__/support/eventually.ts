import { setTimeout as pause } from 'node:timers/promises';

/** Longer than anything takes on a slow machine that is busy: it costs time only where a test fails. */
const PATIENCE_SECONDS = 100;

/** Waits until something is found. */
export const eventually = <T>(look: () => Promise<T | undefined> | T | undefined): Promise<T> =>
  found(look, String(look));

/** Waits until something is so. */
export async function until(condition: () => boolean): Promise<void> {
  await found(() => condition() || undefined, String(condition));
}

/** @param question what is waited for, told when it does not come */
async function found<T>(look: () => Promise<T | undefined> | T | undefined, question: string): Promise<T> {
  for (const deadline = Date.now() + PATIENCE_SECONDS * 1000; ; await pause(20)) {
    const result = await look();
    if (result !== undefined) return result;
    if (Date.now() > deadline)
      throw new Error(`It did not happen within ${PATIENCE_SECONDS} seconds: ${question}`);
  }
}
