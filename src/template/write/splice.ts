import { isObject, type Json, own, type TemplatePath } from '../types.ts';

/** A piece of text that makes way for another; nothing makes way for what is inserted. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * How a text changes for its value at a path to be another; `undefined` where that cannot be said simply.
 *
 * @param after the data with all changes made
 */
export type FindSplice = (path: TemplatePath, after: Json) => Splice | undefined;

/** Changes a text in several places; `undefined` where they lie in one another. */
export function spliced(text: string, splices: readonly Splice[]): string | undefined {
  let result = '';
  let end = 0;
  const distinct = new Map(splices.map((each) => [`${each.start} ${each.text}`, each]));
  for (const each of [...distinct.values()].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (each.start < end) return undefined;
    result += text.slice(end, each.start) + each.text;
    end = each.end;
  }
  return result + text.slice(end);
}

/** What is at a path; `undefined`: nothing. */
export function valueAt(value: Json, path: TemplatePath): Json | undefined {
  let at: Json | undefined = value;
  for (const step of path) {
    if (Array.isArray(at) && typeof step === 'number') at = at[step];
    else if (isObject(at)) at = own(at, String(step));
    else return undefined;
  }
  return at;
}

/** `"key": value`, as both YAML and JSON have it. */
export const entryText = (key: string | number, value: Json): string =>
  `${JSON.stringify(String(key))}: ${JSON.stringify(value)}`;
