import type { LocalFunction } from '../functions/function.ts';
import type { Route } from '../http-api/route.ts';
import type { ServicePlan } from './plan.ts';

/** Stands for this process in what functions are told, until its port is known. */
export const HERE_ORIGIN = 'http://here.invalid';

/** Routes whose templates and parameters name queues by the URLs that these have here. */
export const placedRoutes = (routes: readonly Route[], endpoint: string): Route[] =>
  routes.map((route) => {
    const { target } = route;
    return target.kind === 'service' || target.kind === 'mapped'
      ? { ...route, target: JSON.parse(JSON.stringify(target).replaceAll(HERE_ORIGIN, endpoint)) }
      : route;
  });

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
