import type { ApiRequest } from '../request.ts';
import type { ApiResponse } from '../response.ts';
import { refusal } from './refusal.ts';
import type { KeyPlan, KeyQuota, KeyThrottle } from './types.ts';

/** How often the keys of usage plans were used, as long as the API runs. */
export interface KeyUsage {
  /** What is answered where a key was used too often; else this use is counted. */
  use(key: string, plan: KeyPlan, request: Pick<ApiRequest, 'route'>): ApiResponse | undefined;
}

/** Requests that may come now, as of a moment. */
interface Bucket {
  readonly left: number;
  readonly at: number;
}

interface Count {
  readonly period: string;
  readonly used: number;
}

/**
 * Counts the uses of keys. What comes too fast does not count for the quota.
 *
 * Source: API Gateway developer guide, "Usage plans and API keys for REST APIs"; the algorithm is its token bucket.
 *
 * @param now milliseconds since 1970
 */
export function createUsage(now: () => number = Date.now): KeyUsage {
  const buckets = new Map<string, Bucket>();
  const counts = new Map<string, Count>();

  function isTooFast(id: string, { rate, burst }: KeyThrottle): boolean {
    const at = now();
    const { left, at: before } = buckets.get(id) ?? { left: burst, at };
    const filled = Math.min(burst, left + ((at - before) / 1000) * rate);
    const isEmpty = filled < 1;
    buckets.set(id, { left: isEmpty ? filled : filled - 1, at });
    return isEmpty;
  }

  function isUsedUp(id: string, { limit, offset, period }: KeyQuota): boolean {
    const current = periodOf(period, new Date(now()));
    const known = counts.get(id);
    const used = known?.period === current ? known.used : known ? 0 : offset;
    if (used >= limit) return true;
    counts.set(id, { period: current, used: used + 1 });
    return false;
  }

  return {
    use(key, { id, throttle, methods, quota }, { route }) {
      const method = `${route.path}/${route.method}`;
      const own = methods[method];
      const limit = own ?? throttle;
      const ofKey = JSON.stringify([id, key]);
      if (limit && isTooFast(own ? JSON.stringify([id, key, method]) : ofKey, limit))
        return refusal({ type: 'THROTTLED', status: 429, message: 'Too Many Requests' });
      if (quota && isUsedUp(ofKey, quota))
        return refusal({ type: 'QUOTA_EXCEEDED', status: 429, message: 'Limit Exceeded' });
      return undefined;
    },
  };
}

/** The day, week (from Sunday) or month that a moment is in, in UTC. */
function periodOf(period: KeyQuota['period'], date: Date): string {
  const day = new Date(date);
  if (period === 'WEEK') day.setUTCDate(day.getUTCDate() - day.getUTCDay());
  return day.toISOString().slice(0, period === 'MONTH' ? 7 : 10);
}
