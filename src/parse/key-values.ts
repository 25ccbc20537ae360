import { ProblemError } from '../problem.ts';
import type { Json } from '../template/types.ts';
import { isObject } from '../template/types.ts';

/** Texts by name, and the names (`UsePreviousValue: true`) that keep the value which the deployed stack has. */
export interface KeyValues {
  readonly values: Readonly<Record<string, string>>;
  readonly keep: readonly string[];
}

const KEEP = Symbol('keep');

/**
 * Reads a map of texts as people write it for `parameters` and `tags`: a YAML or JSON map, `Key=Value` lines, or the
 * lists of AWS CLI files (`[{ "ParameterKey": ..., "ParameterValue": ... }]`, `[{ "Key": ..., "Value": ... }]`).
 * Lists as values are joined by commas; numbers keep their digits.
 *
 * @param what whose input it is, for messages
 * @param file where the text came from, when it did not come from the input itself
 * @throws ProblemError with every entry that is not understood
 */
export async function parseKeyValues(
  text: string,
  { what, file }: { what: string; file?: string },
): Promise<KeyValues> {
  const lines = text.split(/\r?\n/);
  const meaningful = lines.filter((line) => line.trim() !== '' && !line.trimStart().startsWith('#'));
  if (meaningful.length > 0 && meaningful.every((line) => /^\s*[\w.:/@+-]+=/.test(line)))
    return { values: equalsLines(meaningful), keep: [] };
  const { parseYaml } = await import('../template/parse-yaml.ts');
  const parsed = parseYaml(text, file ?? `input ${what}`);
  const problems: string[] = [];
  const result: Record<string, string> = {};
  const keep: string[] = [];
  for (const [key, value] of entriesOf(parsed.value, problems)) {
    if (value === KEEP) {
      keep.push(key);
      continue;
    }
    const shown = scalarText(value);
    if (shown === undefined)
      problems.push(`${key} has to be a text, a number, true or false, or a list of these`);
    else if (Object.hasOwn(result, key)) problems.push(`${key} is given twice`);
    else result[key] = shown;
  }
  if (problems.length > 0) {
    throw new ProblemError(
      problems.map((message) => ({ subject: `input ${what}`, message, ...(file && { place: { file } }) })),
    );
  }
  return { values: result, keep };
}

function equalsLines(lines: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf('=');
      return [line.slice(0, at).trim(), unquote(line.slice(at + 1).trim())];
    }),
  );
}

const unquote = (value: string): string =>
  /^(["']).*\1$/s.test(value) && value.length > 1 ? value.slice(1, -1) : value;

function entriesOf(value: Json, problems: string[]): [string, Json | typeof KEEP][] {
  if (value === null) return [];
  if (isObject(value)) return Object.entries(isObject(value.Parameters) ? value.Parameters : value);
  if (!Array.isArray(value)) {
    problems.push('give a map, Key=Value lines or a list as AWS CLI files have it');
    return [];
  }
  return value.flatMap((item, index): [string, Json | typeof KEEP][] => {
    if (typeof item === 'string' && item.includes('=')) return Object.entries(equalsLines([item]));
    const key = isObject(item) ? (item.ParameterKey ?? item.Key) : undefined;
    if (!isObject(item) || typeof key !== 'string') {
      problems.push(`entry ${index + 1} has neither ParameterKey nor Key`);
      return [];
    }
    if (item.UsePreviousValue === true) return [[key, KEEP]];
    return [[key, item.ParameterValue ?? item.Value ?? '']];
  });
}

function scalarText(value: Json): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value === null) return '';
  if (!Array.isArray(value)) return undefined;
  const items = value.map(scalarText);
  return items.every((item) => item !== undefined) ? items.join(',') : undefined;
}
