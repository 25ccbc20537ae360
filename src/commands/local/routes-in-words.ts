import { apiNames } from '../../local/http-api/api-names.ts';
import { elsewhere } from '../../local/http-api/forward/elsewhere.ts';
import type { MappedIntegration } from '../../local/http-api/rest/types.ts';
import type { Route, RouteTarget } from '../../local/http-api/route.ts';

/** A route as people are told of it. */
export interface RouteInWords {
  readonly method: string;
  /** What its path begins with where there are several APIs: `/Orders`. */
  readonly prefix: string;
  /** `$default` is what no other route takes. */
  readonly path: string;
  /** The function, or what else is behind it. */
  readonly to: string;
  /** ` [jwt]`, where it has an authorizer. */
  readonly guard: string;
}

/** Each route with the address that it has here. */
export function routesInWords(routes: readonly Route[]): RouteInWords[] {
  const names = apiNames(new Set(routes.map(({ api }) => api)));
  return routes.map(({ api, method, path, target, authorizer }) => ({
    method,
    prefix: names.size > 1 ? `/${names.get(api)}` : '',
    path,
    to: leadsTo(target),
    guard: authorizer ? ` [${authorizer.kind}]` : '',
  }));
}

/** `GET    /orders -> TakeOrder [jwt]` */
export function routeLine({ method, prefix, path, to, guard }: RouteInWords): string {
  // Whatever no other route takes, which is every path of a function URL.
  const shown = path === '$default' ? '/*' : path;
  return `${method.padEnd(6)} ${prefix}${shown} -> ${to}${guard}`;
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
