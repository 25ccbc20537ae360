import { isObject, type Json, type JsonObject } from '../types.ts';
import type { textOf } from '../values/equivalence.ts';
import { GRANTS } from './data/grants.ts';
import { steps, tableLines } from './table/rows.ts';
import { spots } from './table/walk.ts';

/** Something that is granted to somebody without a policy document. */
export interface GrantedAccess {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  /** The properties that limit it as JSON; empty when there are none. */
  readonly condition: string;
  readonly property: string;
}

interface Row {
  readonly to: readonly string[];
  /** The path of a property, or words. */
  readonly action: readonly string[] | string;
  readonly on: readonly string[] | undefined;
  readonly limits: readonly string[];
}

const ROW = /^\S+ (?<to>\S+) (?:"(?<words>[^"]+)"|(?<action>\S+)) (?<on>\S+)(?: (?<limits>\S+))?$/;

const TABLE = tableLines(GRANTS);
const known = new Map<string, readonly Row[]>();

/** The table of grants, by resource type. */
export const grantRows = (): ReadonlyMap<string, readonly Row[]> =>
  new Map(TABLE.types().map((type) => [type, rowsOf(type)]));

/** Only types that are asked for are read. */
function rowsOf(type: string): readonly Row[] {
  const rows = known.get(type) ?? TABLE.of(type).flatMap(rowOf);
  known.set(type, rows);
  return rows;
}

function rowOf(line: string): Row[] {
  const { to, words, action, on, limits } = ROW.exec(line)?.groups ?? {};
  if (to === undefined || on === undefined) return [];
  return [
    {
      to: steps(to),
      action: words ?? steps(action ?? ''),
      on: on === '-' ? undefined : steps(on),
      limits: limits?.split(',') ?? [],
    },
  ];
}

/** Whether a type has properties that grant something. */
export const grantsAnything = (type: string): boolean => rowsOf(type).length > 0;

/**
 * What a resource grants.
 *
 * @param text how values are shown
 */
export function grants(type: string, properties: JsonObject, text: typeof textOf): GrantedAccess[] {
  return rowsOf(type).flatMap((row) => granted(row, properties, text));
}

function granted(
  { to, action, on, limits }: Row,
  properties: JsonObject,
  text: typeof textOf,
): GrantedAccess[] {
  const others = [typeof action === 'string' ? [] : action, on ?? [], ...limits.map((each) => [each])];
  return spots(properties, to, others).flatMap(({ value, property, beside }) => {
    if (value === undefined || (isObject(value) && Object.keys(value).length === 0)) return [];
    const [actions, resources, ...values] = beside;
    const given = limits.flatMap((name, index) => {
      const limit = values[index]?.find((each) => each !== undefined);
      return limit === undefined ? [] : [[name, text(limit)] as const];
    });
    const condition = given.length === 0 ? '' : JSON.stringify(Object.fromEntries(given));
    return texts(typeof action === 'string' ? [action] : actions, text).flatMap((each) =>
      texts(on === undefined ? [] : resources, text).map((resource) => ({
        principal: text(value),
        action: each,
        resource,
        condition,
        property,
      })),
    );
  });
}

/** Shown values; one that is empty where there are none. */
function texts(values: readonly (Json | undefined)[] = [], text: typeof textOf): string[] {
  const found = values.filter((each) => each !== undefined).map(text);
  return found.length === 0 ? [''] : found;
}
