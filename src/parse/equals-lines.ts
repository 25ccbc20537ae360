import type { Place, Problem } from '../problem.ts';

/** One name with its value, and what is said when either cannot be used. */
export interface Entry {
  readonly key: string;
  /** `undefined`: the value that the deployed stack has is kept. */
  readonly value: string | undefined;
  readonly place: Place;
}

/** Where entries and problems go while a text is read. */
export interface Findings {
  readonly entries: Entry[];
  readonly problems: Problem[];
}

/** What starts otherwise is YAML or JSON, and so is a name with a colon and a blank in it. */
const NAME = /^(?!.*:\s)[^\s[\]{}"'#&*!|>%@`,-]/;

/** How AWS CLI writes one entry of its lists in one word. Values go on to the end, commas included. */
const SHORTHAND: readonly RegExp[] = [
  /^\s*ParameterKey=([^,]+),(?:ParameterValue=(?<value>.*)|UsePreviousValue=true)$/is,
  /^\s*Key=([^,]+),Value=(?<value>.*)$/s,
];

/**
 * Reads `Key=Value` lines; blank lines and `#` comments are left out. `undefined`: the text is not of that kind, as its
 * first line is not.
 */
export function equalsLines(text: string, file: string): Findings | undefined {
  const found: Findings = { entries: [], problems: [] };
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue;
    const place: Place = { file, line: index + 1 };
    const entry = entryOf(line, place);
    if (entry) found.entries.push(entry);
    else if (found.entries.length === 0) return undefined;
    else found.problems.push({ message: 'the line is not of the form Key=Value', place });
  }
  return found.entries.length > 0 ? found : undefined;
}

function entryOf(line: string, place: Place): Entry | undefined {
  for (const form of SHORTHAND) {
    const match = form.exec(line);
    if (!match) continue;
    const value = match.groups?.value;
    return {
      key: (match[1] ?? '').trim(),
      value: value === undefined ? undefined : unquote(value.trim()),
      place,
    };
  }
  const at = line.indexOf('=');
  const key = line.slice(0, Math.max(0, at)).trim();
  return NAME.test(key) ? { key, value: unquote(line.slice(at + 1).trim()), place } : undefined;
}

/** One pair of quotes around the whole value is not part of it. */
const unquote = (value: string): string =>
  /^(?:"([^"]*)"|'([^']*)')$/
    .exec(value)
    ?.slice(1)
    .find((inner) => inner !== undefined) ?? value;
