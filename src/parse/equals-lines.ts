import type { Place, Problem } from '../problem.ts';
import type { KeyValueEntry, KeyValueFindings } from './entry.ts';
import { shorthand } from './shorthand.ts';

/** What starts otherwise is YAML or JSON, and so is a name with a colon and a blank in it. */
const NAME = /^(?!.*:\s)[^\s[\]{}"'#&*!|>%@`,-]/;

/**
 * Reads `Key=Value` lines; blank lines and `#` comments are left out. `undefined`: the text is not of that kind, as its
 * first line is not.
 */
export function equalsLines(text: string, file: string): KeyValueFindings | undefined {
  let found: KeyValueFindings | undefined;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue;
    const place: Place = { file, line: index + 1 };
    const read = shorthand(line, place) ?? plainLine(line, place);
    if (!read && !found) return undefined;
    found ??= { entries: [], problems: [] };
    found.entries.push(...(read?.entries ?? []));
    found.problems.push(...(read?.problems ?? [colonProblem(line, place) ?? strangeLine(place)]));
  }
  return found;
}

const strangeLine = (place: Place): Problem => ({
  message: 'the line is not of the form Key=Value',
  place,
});

function plainLine(line: string, place: Place): KeyValueFindings | undefined {
  const at = line.indexOf('=');
  const key = line.slice(0, Math.max(0, at)).trim();
  if (!NAME.test(key)) return undefined;
  const entry: KeyValueEntry = { key, value: unquote(line.slice(at + 1).trim()), place };
  return { entries: [entry], problems: [] };
}

/** One pair of quotes around the whole value is not part of it, nor is a comment after that. */
const unquote = (value: string): string =>
  /^(?:"([^"]*)"|'([^']*)')(?:\s+#.*)?$/
    .exec(value)
    ?.slice(1)
    .find((inner) => inner !== undefined) ?? value;

/** `A:1`, which YAML takes for one word; not addresses and not paths of Windows. */
const NO_BLANK = /^\s*(?![A-Za-z]:[\\/])([\w.-]+):(?!\/\/)[^\s:=]/;

/** What is said of a line that has a colon without a blank. It may be part of a secret, so nothing of it is shown. */
const colonProblem = (line: string, place: Place): Problem | undefined =>
  NO_BLANK.test(line)
    ? { message: 'the line has no blank after its colon', place, next: 'Write NAME: VALUE or NAME=VALUE.' }
    : undefined;

/** The lines of a text that lack a blank after their colon. */
export const colonProblems = (text: string, file: string): Problem[] =>
  text
    .split(/\r?\n/)
    .map((line, index) => colonProblem(line, { file, line: index + 1 }))
    .filter((problem) => problem !== undefined);
