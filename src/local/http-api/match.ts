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
  const candidates: Candidate[] = [];
  for (const route of routes) {
    const pattern = patternOf(route.path);
    const parameters = matchPath(pattern, parts);
    if (parameters) candidates.push({ route, parameters, rank: pattern.rank });
  }
  candidates.sort(
    (a, b) => compare(a.rank, b.rank) || Number(a.route.method === 'ANY') - Number(b.route.method === 'ANY'),
  );
  const [best] = candidates;
  const usable =
    best?.route.api.kind === 'rest'
      ? candidates.filter(({ route }) => samePath(route.path, best.route.path))
      : candidates;
  const found = usable.find(({ route }) => route.method === method || route.method === 'ANY');
  return found && { route: found.route, parameters: found.parameters };
}

interface Candidate extends RouteMatch {
  readonly rank: string;
}

/** The path of a route, taken apart. */
interface Pattern {
  /** Undefined: `$default`, which takes all. */
  readonly parts: readonly Part[] | undefined;
  /** One digit for each part: smaller is more specific. */
  readonly rank: string;
}

interface Part {
  readonly kind: 'literal' | 'variable' | 'greedy';
  /** What is written, or the name of the variable. */
  readonly text: string;
}

/** By path: every request looks at all of them. */
const patterns = new Map<string, Pattern>();

function patternOf(path: string): Pattern {
  const known = patterns.get(path);
  if (known) return known;
  const parts = path === '$default' ? undefined : split(path).map(partOf);
  const pattern = { parts, rank: parts?.map(({ kind }) => RANKS[kind]).join('') ?? '9' };
  patterns.set(path, pattern);
  return pattern;
}

const RANKS = { literal: '0', variable: '1', greedy: '2' } as const;

function partOf(part: string): Part {
  if (!part.startsWith('{') || !part.endsWith('}')) return { kind: 'literal', text: part };
  return part.endsWith('+}')
    ? { kind: 'greedy', text: part.slice(1, -2) }
    : { kind: 'variable', text: part.slice(1, -1) };
}

const split = (path: string): string[] => path.split('/').slice(1);
const samePath = (a: string, b: string): boolean =>
  a.replace(/\{[^}+]+(\+?)\}/g, '{$1}') === b.replace(/\{[^}+]+(\+?)\}/g, '{$1}');

function matchPath(
  { parts: wanted }: Pattern,
  parts: readonly string[],
): Readonly<Record<string, string>> | undefined {
  const parameters: Record<string, string> = {};
  if (!wanted) return parameters;
  let index = 0;
  for (const { kind, text } of wanted) {
    const given = parts[index];
    if (kind === 'greedy') {
      const rest = parts.slice(index).join('/');
      if (rest === '') return undefined;
      parameters[text] = rest;
      return parameters;
    }
    if (given === undefined) return undefined;
    if (kind === 'variable') {
      if (given === '') return undefined;
      parameters[text] = given;
    } else if (text !== given) return undefined;
    index++;
  }
  return wanted.length === parts.length ? parameters : undefined;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
