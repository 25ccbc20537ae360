import { isObject, type Json, type JsonObject, type Template } from '../../../template/types.ts';
import {
  defaultAccount,
  defaultRegion,
  mapOf,
  type Resolve,
  type ResolveOptions,
  resolverOf,
  text,
} from '../../functions/resolve.ts';
import { patternProblem } from '../../patterns/check.ts';

/** What readers of a plan share. */
export interface PlanScope {
  readonly resolve: Resolve;
  readonly region: string;
  readonly account: string;
  /** Resources of a type, their properties resolved. */
  of(type: string): readonly PlannedResource[];
  /** Told of what is declared and does not work here. */
  leave(why: string): void;
}

export interface PlannedResource {
  readonly logicalId: string;
  /** What `Ref` is. */
  readonly id: string;
  readonly properties: JsonObject;
}

export function planScope(
  template: Template,
  options: ResolveOptions,
  leave: (why: string) => void,
): PlanScope {
  const resolve = resolverOf(template, options);
  const conditions = mapOf(template.Conditions);
  const isThere = (resource: Json): boolean => {
    const { Condition: name } = mapOf(resource);
    return (
      typeof name !== 'string' || conditions[name] === undefined || resolve({ Condition: name }) === true
    );
  };
  return {
    resolve,
    region: options.region ?? defaultRegion,
    account: options.account ?? defaultAccount,
    leave,
    of: (type) =>
      Object.entries(template.Resources)
        .filter(([, resource]) => mapOf(resource).Type === type && isThere(resource))
        .map(([logicalId, resource]) => ({
          logicalId,
          id: text(resolve({ Ref: logicalId })),
          properties: mapOf(resolve(mapOf(mapOf(resource).Properties))),
        })),
  };
}

/** A number of a template, which may be written as text. */
export const number = (value: Json | undefined, fallback: number): number =>
  value === undefined ? fallback : Number(value);

/** Of a list, the maps. */
export const maps = (value: Json | undefined): JsonObject[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

/** A text where there is one. */
export const optionalText = (value: Json | undefined): string | undefined =>
  value === undefined || value === null ? undefined : text(value);

/** A policy or a pattern, which templates may hold as text. */
export function jsonMap(value: Json | undefined): JsonObject | undefined {
  if (typeof value === 'string') {
    try {
      return jsonMap(JSON.parse(value));
    } catch {
      return undefined;
    }
  }
  return isObject(value) ? value : undefined;
}

/**
 * A pattern that a template has: nothing where there is none; `undefined` where AWS would refuse it, which is told.
 */
export function patternOf(
  scope: PlanScope,
  name: string,
  value: Json | undefined,
): { readonly pattern?: JsonObject } | undefined {
  if (value === undefined) return {};
  const pattern = jsonMap(value);
  const problem = pattern ? patternProblem(pattern) : 'it is no JSON';
  if (pattern && problem === undefined) return { pattern };
  scope.leave(`${name}: AWS refuses its pattern: ${problem}`);
  return undefined;
}

/**
 * The patterns of `FilterCriteria`.
 *
 * @returns nothing where one of them cannot be read, which is told: without it, all that it leaves out would come through
 */
export function filtersOf(
  scope: PlanScope,
  logicalId: string,
  criteria: Json | undefined,
): readonly JsonObject[] | undefined {
  const filters: JsonObject[] = [];
  for (const { Pattern } of maps(mapOf(criteria).Filters)) {
    const pattern = jsonMap(Pattern);
    const problem = pattern ? patternProblem(pattern) : `no JSON (${text(Pattern ?? '')})`;
    if (!pattern || problem !== undefined) {
      scope.leave(`${logicalId}: its filter is ${pattern ? `refused by AWS: ${problem}` : problem}`);
      return undefined;
    }
    filters.push(pattern);
  }
  return filters;
}
