import { isObject, type Json, type JsonObject, own, type TemplatePath } from '../../template/types.ts';
import { given } from '../python/values.ts';
import type { SamProblem } from '../types.ts';

type Kind = 'any' | 'bool' | 'int' | 'list' | 'map' | 'string';

/**
 * What a property may be: kinds, several apart by `|`; `!` behind them where it is required, `=` before them where a
 * function call may not stand for it (such as `=list!`). Items of lists and maps are `list<string|map>`, texts of a choice
 * `string(Delete,Retain)`.
 */
export type PropertyTable = Readonly<Record<string, PropertyRule>>;

export interface PropertyRule {
  readonly isRequired: boolean;
  readonly allowsCalls: boolean;
  readonly kinds: readonly KindRule[];
}

interface KindRule {
  readonly kind: Kind;
  readonly items?: readonly KindRule[];
  readonly choice?: readonly string[];
}

/** See {@link PropertyTable}. */
export function propertyTable(written: Readonly<Record<string, string>>): PropertyTable {
  return Object.fromEntries(Object.entries(written).map(([name, text]) => [name, ruleOf(text)]));
}

function ruleOf(text: string): PropertyRule {
  return {
    isRequired: text.endsWith('!'),
    allowsCalls: !text.startsWith('='),
    kinds: kindsOf(text.replace(/^=|!$/g, '')),
  };
}

/** Kinds of a text, those of items within. */
function kindsOf(text: string): KindRule[] {
  // Bars within items are theirs.
  const parts = text.match(/\w+(?:<(?:[^<>]|<[^<>]*>)*>|\([^)]*\))?/g) ?? [];
  return parts.map((part) => {
    const [, kind = 'any', items, choice] = /^(\w+)(?:<(.*)>|\((.*)\))?$/.exec(part) ?? [];
    return {
      kind: kind as Kind,
      ...(items !== undefined && { items: kindsOf(items) }),
      ...(choice !== undefined && { choice: choice.split(',') }),
    };
  });
}

/** Checks of a value, without a function call in its place. */
const IS: Readonly<Record<Kind, (value: Json) => boolean>> = {
  any: () => true,
  bool: (value) => typeof value === 'boolean',
  int: (value) => Number.isInteger(value) || typeof value === 'boolean',
  list: (value) => Array.isArray(value),
  map: isObject,
  string: (value) => typeof value === 'string',
};

const WORDS: Readonly<Record<Kind, string>> = {
  any: 'a value',
  bool: 'true or false',
  int: 'a whole number',
  list: 'a list',
  map: 'a map',
  string: 'a text',
};

/** Whether a value is a map of one entry, which may be a function call: what that comes to is not known here. */
export const mayBeCall = (value: Json | undefined): boolean =>
  isObject(value) && Object.keys(value).length === 1;

/**
 * What is wrong with the properties of a resource, or of an event: names that it does not have, kinds, and missing ones.
 *
 * @param where the resource, and the path of these properties
 */
export function checkProperties(
  properties: JsonObject,
  table: PropertyTable,
  where: {
    readonly logicalId: string;
    readonly path: TemplatePath;
    readonly type: string;
    readonly skipsUnknown?: boolean;
  },
): SamProblem[] {
  if (isRight(properties, table)) return [];
  const { logicalId, path, type, skipsUnknown } = where;
  const problems: SamProblem[] = [];
  const add = (name: string, message: string, next?: string): void => {
    problems.push({ logicalId, path: [...path, name], message, ...(next && { next }) });
  };
  for (const name in properties)
    if (!Object.hasOwn(table, name) && !skipsUnknown)
      add(name, `${type} has no property ${name}`, 'Remove it, or mend its name.');
  for (const name in table) {
    const rule = table[name];
    const value = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (!rule || (rule.allowsCalls && mayBeCall(value))) continue;
    if (!given(value)) {
      if (rule.isRequired)
        problems.push({
          logicalId,
          path,
          message: `${name} is missing, which ${type} requires`,
          next: 'Add it.',
        });
    } else if (!rule.kinds.some((each) => fits(value, each)))
      add(name, `${name} has to be ${rule.kinds.map(words).join(' or ')}`);
  }
  return problems;
}

/** Whether nothing is wrong: most properties are right, and of most tables a resource has a few. */
function isRight(properties: JsonObject, table: PropertyTable): boolean {
  for (const name in properties) {
    const rule = Object.hasOwn(table, name) ? table[name] : undefined;
    const value = properties[name];
    if (!rule) return false;
    if (
      given(value) &&
      !(rule.allowsCalls && mayBeCall(value)) &&
      !rule.kinds.some((each) => fits(value, each))
    )
      return false;
  }
  for (const name of requiredOf(table)) if (!given(own(properties, name))) return false;
  return true;
}

/** Names that a table requires, once for each table. */
const required = new WeakMap<PropertyTable, readonly string[]>();

function requiredOf(table: PropertyTable): readonly string[] {
  const known = required.get(table);
  if (known) return known;
  const names = Object.keys(table).filter((name) => table[name]?.isRequired);
  required.set(table, names);
  return names;
}

function fits(value: Json, { kind, items, choice }: KindRule): boolean {
  if (!IS[kind](value)) return false;
  if (choice && !choice.includes(String(value))) return false;
  if (!items || typeof value !== 'object' || value === null) return true;
  return Object.values(value).every((item) => items.some((each) => fits(item, each)));
}

/** A kind in words. */
const words = ({ kind, items, choice }: KindRule): string => {
  if (choice) return choice.join(' or ');
  return items ? `${WORDS[kind]} of ${items.map((each) => PLURALS[each.kind]).join(' or ')}` : WORDS[kind];
};

const PLURALS: Readonly<Record<Kind, string>> = {
  any: 'values',
  bool: 'booleans',
  int: 'whole numbers',
  list: 'lists',
  map: 'maps',
  string: 'texts',
};
