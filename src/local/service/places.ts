import type { LocalFunction } from '../functions/function.ts';
import type { ServicePlan } from './plan.ts';

/** Stands for this process in what functions are told, until its port is known. */
export const HERE_ORIGIN = 'http://here.invalid';

/** Functions whose variables say where things are: the URLs of queues, and of WebSocket APIs that functions send to. */
export function placedFunctions(
  functions: readonly LocalFunction[],
  plan: ServicePlan,
  endpoint: string,
): LocalFunction[] {
  const ids = plan.webSockets.map(({ id }) => id);
  const gateway =
    ids.length === 0
      ? undefined
      : new RegExp(`https://(${ids.join('|')})\\.execute-api\\.[a-z0-9-]+\\.amazonaws\\.com(\\.cn)?`, 'g');
  const placed = (text: string): string => {
    const here = text.replaceAll(HERE_ORIGIN, endpoint);
    return gateway ? here.replace(gateway, endpoint) : here;
  };
  return functions.map((fn) => ({
    ...fn,
    environment: Object.fromEntries(
      Object.entries(fn.environment).map(([name, value]) => [name, placed(value)]),
    ),
  }));
}
