import type { Route } from './route.ts';

/** The route that answers a request, with the values of its path variables (as they were sent: still encoded). */
export interface RouteMatch {
  readonly route: Route;
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * Chooses among the routes of one API. Literal parts win over variables, these over greedy ones, `$default` comes last.
 * REST chooses the path first and then its method; an HTTP API takes the best route that allows the method.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export function matchRoute(routes: readonly Route[], method: string, path: string): RouteMatch | undefined {
  const parts = split(routes[0]?.api.kind === 'rest' && path.length > 1 ? path.replace(/\/$/, '') : path);
  const candidates = routes
    .map((route) => ({ route, parameters: matchPath(route.path, parts), rank: rankOf(route.path) }))
    .filter((candidate) => candidate.parameters !== undefined)
    .toSorted(
      (a, b) =>
        compare(a.rank, b.rank) || Number(a.route.method === 'ANY') - Number(b.route.method === 'ANY'),
    );
  const [best] = candidates;
  const usable =
    best?.route.api.kind === 'rest'
      ? candidates.filter(({ route }) => samePath(route.path, best.route.path))
      : candidates;
  const found = usable.find(({ route }) => route.method === method || route.method === 'ANY');
  return found?.parameters && { route: found.route, parameters: found.parameters };
}

const split = (path: string): string[] => path.split('/').slice(1);
const isVariable = (part: string): boolean => part.startsWith('{') && part.endsWith('}');
const isGreedy = (part: string): boolean => isVariable(part) && part.endsWith('+}');
const samePath = (a: string, b: string): boolean =>
  a.replace(/\{[^}+]+(\+?)\}/g, '{$1}') === b.replace(/\{[^}+]+(\+?)\}/g, '{$1}');

function matchPath(pattern: string, parts: readonly string[]): Record<string, string> | undefined {
  if (pattern === '$default') return {};
  const parameters: Record<string, string> = {};
  const wanted = split(pattern);
  for (const [index, part] of wanted.entries()) {
    const given = parts[index];
    if (isGreedy(part)) {
      const rest = parts.slice(index).join('/');
      if (rest === '') return undefined;
      parameters[part.slice(1, -2)] = rest;
      return parameters;
    }
    if (given === undefined) return undefined;
    if (isVariable(part)) {
      if (given === '') return undefined;
      parameters[part.slice(1, -1)] = given;
    } else if (part !== given) return undefined;
  }
  return wanted.length === parts.length ? parameters : undefined;
}

/** One digit for each part: smaller is more specific. */
function rankOf(pattern: string): string {
  if (pattern === '$default') return '9';
  return split(pattern)
    .map((part) => (isGreedy(part) ? '2' : isVariable(part) ? '1' : '0'))
    .join('');
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
