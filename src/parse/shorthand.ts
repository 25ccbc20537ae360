import type { Place } from '../problem.ts';
import { addListed, type KeyValueFindings, NAMES } from './entry.ts';

/** One way of writing entries: how a line of it starts, and a field of an entry. */
interface Form {
  readonly line: RegExp;
  readonly field: RegExp;
}

/**
 * `Name=value`: a value in quotes, or up to the next field. In those that hold texts commas may stand as they are, as
 * no field of ours is a list; `\,` is one everywhere.
 */
function fieldOf(names: string, flags: string): RegExp {
  const quoted = `"(?<double>(?:[^"\\\\]|\\\\.)*)"|'(?<single>(?:[^'\\\\]|\\\\.)*)'`;
  const next = `[,\\s](?:${names})=`;
  const text = `(?<=(?<!Previous)Value=)(?:\\\\,|(?!${next}).)*`;
  const word = `(?:\\\\,|(?!,|${next}).)*`;
  return new RegExp(
    `(?<gap>,?\\s*)(?<name>\\w+)=(?:(?:${quoted})(?=[,\\s]|$)|(?<bare>${text}|${word}))`,
    `${flags}gsy`,
  );
}

/** A parameter or tag may itself be called Key or Value, so lines of tags have to have both. */
const FORMS: readonly Form[] = [
  {
    line: /^\s*["']?(?:ParameterKey=|(?:ParameterValue|UsePreviousValue)=.*,ParameterKey=)/is,
    field: fieldOf('ParameterKey|ParameterValue|UsePreviousValue|ResolvedValue', 'i'),
  },
  { line: /^\s*["']?(?:Key=.*,Value=|Value=.*,Key=)/s, field: fieldOf('Key|Value', '') },
];

/** A word that a shell would take the quotes from. */
const WORD = /\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)')(?=\s|$)/sy;

/** What may follow the last entry: a comment, or the backslash of a command that went on. */
const END = /^\s*(?:#.*|\\)?$/s;

/**
 * Reads entries as AWS CLI takes them on a command line, `ParameterKey=A,ParameterValue=1 ParameterKey=B,...`, with or
 * without the quotes that a shell takes away. `undefined`: the line is not of that kind.
 * Source: AWS CLI user guide, "Using shorthand syntax in the AWS CLI".
 */
export function shorthand(line: string, place: Place): KeyValueFindings | undefined {
  const form = FORMS.find((each) => each.line.test(line));
  if (!form) return undefined;
  const found: KeyValueFindings = { entries: [], problems: [] };
  let rest = line;
  for (let word = firstWord(rest); word !== undefined; word = firstWord(rest)) {
    rest = rest.slice(word.length);
    readFields(word.text, form, found, place);
  }
  if (!END.test(rest)) readFields(rest, form, found, place);
  return found.problems.length > 0 ? (wholeValue(line, place) ?? found) : found;
}

/**
 * One entry whose value goes on to the end of the line, with no other field in it: `ParameterValue=-Dx="1" -Dy="2"`.
 */
const ONE_ENTRY =
  /^\s*(?:ParameterKey|Key)=(?<key>[^\s,"']+),(?:Parameter)?Value=(?<value>(?:(?!(?:ParameterKey|ParameterValue|UsePreviousValue|ResolvedValue)=).)*)$/s;

function wholeValue(line: string, place: Place): KeyValueFindings | undefined {
  const { key, value } = ONE_ENTRY.exec(line)?.groups ?? {};
  return key === undefined || value === undefined
    ? undefined
    : { entries: [{ key, value: value.trim(), place }], problems: [] };
}

function firstWord(text: string): { readonly text: string; readonly length: number } | undefined {
  WORD.lastIndex = 0;
  const [{ length } = '', double, single] = WORD.exec(text) ?? [];
  if (length === 0) return undefined;
  return { text: single ?? unescaped(double ?? ''), length };
}

/** A blank divides entries, a comma the fields of one. */
function readFields(text: string, { field }: Form, found: KeyValueFindings, place: Place): void {
  const written = text.replace(/\s\\\s*$/, '');
  let fields = new Map<string, string>();
  let end = 0;
  for (const { 0: all, groups = {} } of written.matchAll(field)) {
    const { gap = '', name: given = '', double, single, bare = '' } = groups;
    const name = NAMES.find((each) => each.toLowerCase() === given.toLowerCase()) ?? given;
    if (!gap.startsWith(',') && end > 0) {
      addListed(found, Object.fromEntries(fields), 'the entry', place);
      fields = new Map();
    }
    if (fields.has(name))
      found.problems.push({
        message: `an entry has ${name} twice`,
        place,
        next: 'Divide entries by blanks.',
      });
    const quoted = double ?? single;
    fields.set(name, quoted === undefined ? bare.trim().replaceAll('\\,', ',') : unescaped(quoted));
    end += all.length;
  }
  addListed(found, Object.fromEntries(fields), 'the entry', place);
  if (!END.test(written.slice(end)))
    found.problems.push({
      message: `something after character ${end} of the entries is not of the form Name=value`,
      place,
      next: 'Put values with quotes or commas in quotes.',
    });
}

const unescaped = (quoted: string): string => quoted.replaceAll(/\\(["'\\])/g, '$1');
