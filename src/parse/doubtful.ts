import type { Place } from '../problem.ts';
import type { KeyValueEntry } from './entry.ts';

/** A value without quotes in which further pairs may have been meant: `Stage=prod Owner=me` on one line. */
export interface DoubtfulValue {
  readonly key: string;
  /** What may be the keys of further pairs, in their order. */
  readonly names: readonly string[];
  /** It is nothing but pairs. */
  readonly onlyPairs: boolean;
  readonly place: Place;
}

/** What stands after a blank or a comma: `Name=`, or AWS CLI's `ParameterKey=Name`. */
const NAME = /[\s,]["']?(?:ParameterKey=(?<listed>[^\s,="']+)|(?<name>[^\s,="']+)=)/g;

const QUOTED = `"[^"]*"|'[^']*'`;
const PAIRS = [
  // Words, each with one equals sign.
  new RegExp(`^\\s*(?:${QUOTED}|[^\\s,="']*)(?:\\s+[^\\s,="']+=(?:${QUOTED}|[^\\s,="']*))+$`),
  // The same with commas, before which there may be blanks in values.
  new RegExp(`^\\s*(?:${QUOTED}|[^,="']*)(?:,\\s*[^\\s,="']+=(?:${QUOTED}|[^,="']*))+$`),
];

/** What there is to doubt of an entry. */
export function doubtful({ key, unquoted, place }: KeyValueEntry): DoubtfulValue[] {
  if (unquoted === undefined) return [];
  const names = [...unquoted.matchAll(NAME)].map(({ groups }) => groups?.listed ?? groups?.name ?? '');
  const written = unquoted.trimEnd();
  return names.length === 0
    ? []
    : [{ key, names, onlyPairs: PAIRS.some((pairs) => pairs.test(written)), place }];
}

/**
 * The names in a value that are given nowhere else, and that so may be missing.
 *
 * @param given all names that are given
 */
export function swallowed({ key, names }: DoubtfulValue, given: readonly string[]): readonly string[] {
  return names.filter((name) => name === key || !given.includes(name));
}

/** What to write instead. */
export const oneALine = (key: string, names: readonly string[]): string =>
  `Write ${[key, ...names].map((name) => `${name}=...`).join(' and ')} on lines of their own, or put the value in quotes if it is meant.`;
