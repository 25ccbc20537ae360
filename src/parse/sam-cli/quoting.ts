/** A blank in the sense of Python's `str.strip` and `str.split`. */
export const BLANK = String.raw`(?!\uFEFF)[\s\x1C-\x1F\x85]`;

/**
 * The regular expression of a text in quotes, in which a backslash may stand before certain characters.
 *
 * @param escaped matches one character that a backslash may stand before
 */
export const quoted = (escaped: string): string =>
  String.raw`"(?:\\${escaped}|[^"\\])*"|'(?:\\${escaped}|[^'\\])*'`;

/** The same, or a text without quotes that goes on to a blank or a double quote. */
export const word = (escaped: string): string => String.raw`${quoted(escaped)}|(?:\\${escaped}|[^ "\\])+`;

/** Without the pair of quotes around it, and without the backslashes before blanks and quotes; others stay. */
export function unquote(text: string): string {
  const [first = ''] = text;
  const inner = /["']/.test(first) && text.endsWith(first) ? text.slice(1, -1) : text;
  return inner.replaceAll(/\\([ "'])/g, '$1');
}

/**
 * Where a text says something that is in no match.
 *
 * @param matches pairs, whose first group is the key
 * @returns for each such place, the key of the pair before it
 */
export function leftOver(text: string, matches: readonly RegExpExecArray[]): readonly (string | undefined)[] {
  const ends = matches.map(({ 0: all, index }) => index + all.length);
  return [0, ...ends].flatMap((from, index) => {
    const rest = text.slice(from, matches[index]?.index).trim();
    const key = matches[index - 1]?.[1];
    return rest === '' ? [] : [key === undefined ? undefined : unquote(key)];
  });
}
