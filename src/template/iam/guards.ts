import type { JsonObject } from '../types.ts';
import { equivalent, textOf } from '../values/equivalence.ts';
import {
  type ApiOperation,
  authOf,
  hasAuthorizer,
  isKey,
  openApiOf,
  openRoute,
  operationsOf,
  schemesOf,
} from './openapi.ts';
import type { LostProtection } from './types.ts';

/** What guards an operation, by how well it does, and its name. */
type Guard = readonly [strength: number, name: string];

/** What may guard an operation of an OpenAPI document. */
const GUARDS: Readonly<Record<string, (each: ApiOperation) => Guard>> = {
  authorizer: ({ operation, document }) => {
    const auth = authOf(operation);
    if (auth === 'AWS_IAM') return [2, auth];
    const schemes = auth === 'NONE' ? [] : schemesOf(operation, document).filter((each) => !isKey(each));
    const [known] = schemes.filter(hasAuthorizer);
    // Of what is not defined as an authorizer, only AWS knows what it comes to.
    return known ? [2, known.name] : [schemes.length > 0 ? 1 : 0, NONE];
  },
  'API key': ({ operation, document }) => {
    const key = schemesOf(operation, document).find(isKey);
    return key ? [1, key.name] : [0, NONE];
  },
  'scopes of authorization': ({ operation, document }) => {
    const scopes = schemesOf(operation, document).flatMap((each) => each.scopes);
    return scopes.length > 0 ? [1, scopes.map(textOf).join(' ')] : [0, NONE];
  },
};

const NONE = 'none';

/** An API on both sides. */
interface Sides {
  readonly type: string;
  readonly before: JsonObject;
  readonly after: JsonObject;
}

/**
 * What guarded the operations of an API's OpenAPI document, and does not any more.
 *
 * @param isTold whether it is told of a route that it is open to everybody: then its guards are gone anyway
 */
export function lostGuards(
  { type, before, after }: Sides,
  isTold: (what: string) => boolean,
): LostProtection[] {
  if (equivalent(openApiOf(type, before) ?? null, openApiOf(type, after) ?? null)) return [];
  const old = Map.groupBy(operationsOf(type, before, textOf), ({ route }) => route);
  const now = Map.groupBy(operationsOf(type, after, textOf), ({ route }) => route);
  return [...now].flatMap(([route, is]) => {
    const was = old.get(route);
    return was === undefined || isTold(openRoute(route)) ? [] : lostOf(was, is);
  });
}

/** In the best or in the worst case: undecided conditions may go either way. */
function lostOf(was: readonly ApiOperation[], is: readonly ApiOperation[]): LostProtection[] {
  return Object.entries(GUARDS).flatMap(([what, guardOf]) => {
    const [old, now] = [was.map(guardOf), is.map(guardOf)];
    const [best, worst] = [strongest(old), weakest(now)];
    if (worst[0] >= weakest(old)[0] && strongest(now)[0] >= best[0]) return [];
    return [{ what, property: `${is[0]?.property ?? ''}.security`, before: best[1], after: worst[1] }];
  });
}

const NOBODY: Guard = [0, NONE];
const strongest = (guards: readonly Guard[]): Guard => guards.toSorted(([a], [b]) => b - a)[0] ?? NOBODY;
const weakest = (guards: readonly Guard[]): Guard => guards.toSorted(([a], [b]) => a - b)[0] ?? NOBODY;
