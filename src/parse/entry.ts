import type { Place, Problem } from '../problem.ts';
import type { Json, JsonObject } from '../template/types.ts';
import { closest } from '../text/closest.ts';

/** One name with its value, and what is said when either cannot be used. */
export interface KeyValueEntry {
  readonly key: string;
  /** `undefined`: the value that the deployed stack has is kept. */
  readonly value: string | undefined;
  readonly place: Place;
}

/** Where entries and problems go while a text is read. */
export interface KeyValueFindings {
  readonly entries: KeyValueEntry[];
  readonly problems: Problem[];
}

/** Adds a value: a text, or something that can be written as one. */
export function addValue(found: KeyValueFindings, key: string, given: Json, place: Place): void {
  const value = scalarText(given);
  if (value !== undefined) found.entries.push({ key, value, place });
  else
    found.problems.push({
      message: `${key} has to be a text, a number, true or false, or a list of these`,
      place,
    });
}

const VALUES = ['ParameterValue', 'Value'];
/**
 * What entries of AWS CLI's lists have. `ResolvedValue` is in what it prints of a stack, and means nothing to a
 * deployment. Source: AWS CloudFormation API reference, "Parameter" and "Tag".
 */
export const NAMES: readonly string[] = [
  'ParameterKey',
  'Key',
  ...VALUES,
  'UsePreviousValue',
  'ResolvedValue',
];

/**
 * Adds an entry of AWS CLI's lists: `{ ParameterKey, ParameterValue }`, `{ ParameterKey, UsePreviousValue }` or
 * `{ Key, Value }`.
 *
 * @param which the entry, for messages
 */
export function addListed(found: KeyValueFindings, fields: JsonObject, which: string, place: Place): void {
  const key = scalarText(fields.ParameterKey ?? fields.Key ?? null);
  const problems = key
    ? [...unknownNames(fields, `${which} (${key})`), ...valueProblems(fields, `${which} (${key})`)]
    : [{ message: `${which} has neither ParameterKey nor Key` }, ...unknownNames(fields, which)];
  found.problems.push(...problems.map((problem) => ({ ...problem, place })));
  if (!key || problems.length > 0) return;
  if (keepsValue(fields)) found.entries.push({ key, value: undefined, place });
  else addValue(found, key, fields.ParameterValue ?? fields.Value ?? '', place);
}

const unknownNames = (fields: JsonObject, which: string): Problem[] =>
  Object.keys(fields)
    .filter((name) => !NAMES.includes(name))
    .map((name) => {
      const meant = closest(name, NAMES);
      return {
        message: `${which} has the unknown key ${name}`,
        next: meant
          ? `Write ${meant} if that is meant.`
          : 'An entry has ParameterKey and ParameterValue or UsePreviousValue, or Key and Value.',
      };
    });

/** An empty value beside `UsePreviousValue: true` is none to CloudFormation either. */
function valueProblems(fields: JsonObject, which: string): Problem[] {
  const given = VALUES.filter((name) => Object.hasOwn(fields, name));
  const keeps = keepsValue(fields);
  if (keeps === undefined) return [{ message: `UsePreviousValue of ${which} has to be true or false` }];
  if (given.length > 1) return [{ message: `${which} has both ${given.join(' and ')}`, next: 'Give one.' }];
  if (keeps && given.some((name) => fields[name] !== '' && fields[name] !== null))
    return [
      { message: `${which} has both ${given[0]} and UsePreviousValue: true`, next: 'Give one of them.' },
    ];
  // A value under a misspelt name has been reported already.
  if (keeps || given.length > 0 || unknownNames(fields, which).length > 0) return [];
  return [
    Object.hasOwn(fields, 'ParameterKey')
      ? {
          message: `${which} has neither ParameterValue nor UsePreviousValue: true`,
          next: 'Give one of them.',
        }
      : { message: `${which} has no Value`, next: 'Give it one.' },
  ];
}

/** `undefined`: it is neither yes nor no. */
function keepsValue({ UsePreviousValue = false }: JsonObject): boolean | undefined {
  const written = scalarText(UsePreviousValue)?.toLowerCase();
  return written === 'true' ? true : written === 'false' ? false : undefined;
}

function scalarText(value: Json): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value === null) return '';
  if (!Array.isArray(value)) return undefined;
  const items = value.map((item) => (Array.isArray(item) ? undefined : scalarText(item)));
  return items.every((item) => item !== undefined) ? items.join(',') : undefined;
}
