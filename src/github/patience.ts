import { setTimeout as sleep } from 'node:timers/promises';
import { GitHubError } from './error.ts';

/** A server that fails is asked this often. */
export const TRIES = 4;
/** Waiting longer for a comment would hold up a deployment that is done. In milliseconds. */
const LONGEST_WAIT = 60_000;
/** What GitHub asks for after a secondary rate limit that does not say how long it lasts. */
const UNNAMED_LIMIT = 60_000;

/** What GitHub answered instead of success; 500 stands for no answer at all. */
export interface Refusal {
  readonly status: number;
  readonly message: string;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
}

/**
 * Milliseconds to wait before another try; `undefined` when it would not help or take too long. Source: GitHub's
 * documentation, "Rate limits for the REST API".
 *
 * @param tried how often it was tried, from 1
 * @param now milliseconds since 1970
 */
export function waitAfter(
  { status, message, headers }: Refusal,
  tried: number,
  now: number,
): number | undefined {
  if (tried >= TRIES) return undefined;
  const wait = isRateLimit({ status, message, headers })
    ? limitLasts(headers, now)
    : status >= 500
      ? 250 * 2 ** tried * (0.5 + Math.random() / 2)
      : undefined;
  return wait !== undefined && wait <= LONGEST_WAIT ? Math.max(0, wait) : undefined;
}

function isRateLimit({ status, message, headers }: Refusal): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  return (
    headers['retry-after'] !== undefined ||
    headers['x-ratelimit-remaining'] === '0' ||
    /secondary rate limit/i.test(message)
  );
}

function limitLasts(headers: Refusal['headers'], now: number): number {
  const seconds = Number(headers['retry-after'] ?? Number.NaN);
  if (Number.isFinite(seconds)) return seconds * 1000;
  const reset = Number(headers['x-ratelimit-reset'] ?? Number.NaN);
  return headers['x-ratelimit-remaining'] === '0' && Number.isFinite(reset)
    ? reset * 1000 - now
    : UNNAMED_LIMIT;
}

/**
 * Makes a request until it succeeds or trying again makes no sense.
 *
 * @param alreadyDone for a request that must not be made twice: looks for what it made though the answer was lost.
 *   Without it, such a request is repeated only when it was refused.
 * @throws GitHubError
 */
export async function persist<T>(
  attempt: () => Promise<T>,
  {
    repeatable,
    signal,
    alreadyDone,
  }: {
    readonly repeatable: boolean;
    readonly signal: AbortSignal;
    readonly alreadyDone?: (() => Promise<T | undefined>) | undefined;
  },
): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await attempt();
    } catch (error) {
      const refusal = refusalOf(error);
      const maybeDone = !repeatable && refusal.status >= 500;
      const wait = waitAfter(refusal, tried, Date.now());
      if (wait === undefined || signal.aborted || (maybeDone && !alreadyDone)) {
        // A rate limit says 403 as well, but not that something is forbidden.
        throw new GitHubError(isRateLimit(refusal) ? 429 : refusal.status, refusal.message);
      }
      await sleep(wait, undefined, { signal });
      const done = maybeDone ? await alreadyDone?.() : undefined;
      if (done !== undefined) return done;
    }
  }
}

function refusalOf(error: unknown): Refusal {
  const { status, message, response } = error as {
    status?: number;
    message?: string;
    response?: { headers?: Refusal['headers'] };
  };
  return { status: status ?? 0, message: message ?? String(error), headers: response?.headers ?? {} };
}
