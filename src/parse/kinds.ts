import type { Problem } from '../problem.ts';
import { closest } from '../text/closest.ts';
import type { Named } from './patterns.ts';

/** What is wrong with a value, and what to give instead. */
export type Complaint = Pick<Problem, 'message' | 'next'>;

/** What parsing may ask the outside world for. */
export interface InputContext {
  /** A file of the workspace, `undefined` when there is no such file. */
  readText(path: string): Promise<TextFile | undefined>;
}

/** A file that was read. */
export interface TextFile {
  readonly text: string;
  /** Its path, relative to the workspace. */
  readonly file: string;
}

/** What an input may hold. `parse` answers `undefined` for a value that it does not accept. */
export interface InputKind<T> {
  readonly accepts: string;
  /** A value that looks like the path of a file is meant as one. */
  readonly mayBeFile?: true;
  /** At a terminal, the flag may stand without a value. */
  readonly flag?: true;
  /** At a terminal, the flag may be given again; makes one value of all. */
  again?(values: readonly T[]): T;
  /** What was most likely meant by a value that is not accepted. */
  meant?(raw: string): string | undefined;
  /** What is wrong with a value of the right form. */
  check?(value: T): readonly Complaint[];
  parse(raw: string, context: InputContext): T | undefined | Promise<T | undefined>;
}

/** One of some words. */
export const choice = <const T extends string>(...values: T[]): InputKind<T> => ({
  accepts: values.join(', '),
  meant: (raw) => closest(raw, values),
  parse: (raw) => values.find((value) => value === raw),
});

/** `true` or `false`. */
export const truth = (raw: string): boolean | undefined =>
  raw === 'true' ? true : raw === 'false' ? false : undefined;

/** Yes or no. */
export const boolean: InputKind<boolean> = {
  accepts: 'true, false',
  flag: true,
  parse: truth,
};

/** Any text. */
export const text: InputKind<string> = { accepts: 'text', parse: (raw) => raw };

/**
 * A text of a certain form.
 *
 * @param accepts that form, in words
 */
export const matching = (pattern: RegExp, accepts: string): InputKind<string> => ({
  accepts,
  parse: (raw) => (pattern.test(raw) ? raw : undefined),
});

/** A name of a certain form. */
export const named = ({ pattern, accepts }: Named): InputKind<string> => matching(pattern, accepts);

/** Items that blanks, commas or line breaks divide. */
export const splitList = (raw: string): string[] =>
  raw
    .split(/[\s,]+/)
    .map((item) => item.trim())
    .filter((item) => item !== '');

/**
 * Such items, each of a certain form.
 *
 * @param accepts that form, in words
 */
export const list = (each: RegExp, accepts: string): InputKind<readonly string[]> => ({
  accepts,
  again: (lists) => lists.flat(),
  check: (items) =>
    items
      .filter((item) => !each.test(item))
      .map((item) => ({ message: `${quoted(item)} is not accepted`, next: `Give ${accepts}.` })),
  parse: splitList,
});

/** A value as messages show it, cut where it is long. */
export const quoted = (text: string): string =>
  JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}...` : text);
