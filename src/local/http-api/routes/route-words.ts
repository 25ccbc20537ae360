import { apiNames } from '../api-names.ts';
import { elsewhere } from '../forward/elsewhere.ts';
import type { MappedIntegration } from '../rest/types.ts';
import type { Route, RouteTarget } from '../route.ts';

/** A route as people are told of it. */
export interface ToldRoute {
  readonly method: string;
  /** Below the name of its API, where there are several. */
  readonly path: string;
  /** Whatever no other route takes, which is every path of a function URL. */
  readonly isRest: boolean;
  /** A function, an address, a service of AWS. */
  readonly target: string;
}

/** The routes of all APIs, in their order. */
export function toldRoutes(routes: readonly Route[]): ToldRoute[] {
  const names = apiNames(new Set(routes.map(({ api }) => api)));
  return routes.map(({ api, method, path, target }) => ({
    method,
    path: `${names.size > 1 ? `/${names.get(api)}` : ''}${path === '$default' ? '/' : path}`,
    isRest: path === '$default',
    target: leadsTo(target),
  }));
}

function leadsTo(target: RouteTarget): string {
  switch (target.kind) {
    case 'function':
    case 'web':
      return target.logicalId;
    case 'http':
      return elsewhere(target.endpoint);
    case 'service':
      return target.called.subtype;
    case 'unsupported':
      return `not emulated: ${target.reason}`;
    case 'mapped':
      return mappedTo(target);
  }
}

function mappedTo({ to, responses }: MappedIntegration): string {
  if (to.kind === 'mock') return `mock ${responses.map(({ status }) => status).join(', ')}`.trimEnd();
  if (to.kind === 'service') return `${to.called.name}, mapped`;
  return `${to.kind === 'http' ? elsewhere(to.endpoint) : to.logicalId}, mapped`;
}
