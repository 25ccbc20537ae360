import { type Place, ProblemError } from '../problem.ts';
import { isObject, type Json, own, type TemplatePath } from '../template/types.ts';
import { equalsLines, type Findings } from './equals-lines.ts';

/** Texts by name, and the names (`UsePreviousValue: true`) that keep the value which the deployed stack has. */
export interface KeyValues {
  readonly values: Readonly<Record<string, string>>;
  readonly keep: readonly string[];
}

/**
 * Reads a map of texts as people write it for `parameters` and `tags`: a YAML or JSON map, `Key=Value` lines, or the
 * lists of AWS CLI files (`[{ "ParameterKey": ..., "ParameterValue": ... }]`, `[{ "Key": ..., "Value": ... }]`).
 * Lists as values are joined by commas; numbers keep their digits.
 *
 * @param what whose input it is, for messages; in a file that has a section of that name (`Parameters`, `Tags`), only
 *   that section is read
 * @param file where the text came from, when it did not come from the input itself
 * @throws ProblemError with every entry that is not understood
 */
export async function parseKeyValues(
  text: string,
  { what, file }: { what: string; file?: string },
): Promise<KeyValues> {
  const source = file ?? `input ${what}`;
  const found: Findings = equalsLines(text, source) ?? (await structured(text, { what, source }));
  const problems = [...found.problems];
  const values: Record<string, string> = {};
  const keep = new Set<string>();
  for (const { key, value, place } of found.entries) {
    if (Object.hasOwn(values, key) || keep.has(key))
      problems.push({ message: `${key} is given twice`, place });
    else if (key === '__proto__') problems.push({ message: 'the key __proto__ is not allowed', place });
    else if (value === undefined) keep.add(key);
    else values[key] = value;
  }
  if (problems.length > 0)
    throw new ProblemError(
      problems.map((problem) => (file ? { subject: `input ${what}`, ...problem } : problem)),
    );
  return { values, keep: [...keep] };
}

async function structured(
  text: string,
  { what, source }: { readonly what: string; readonly source: string },
): Promise<Findings> {
  const { parseYaml } = await import('../template/parse-yaml.ts');
  const { value: root, locate } = parseYaml(text, source);
  const section = what.charAt(0).toUpperCase() + what.slice(1);
  const inside = isObject(root) ? own(root, section) : undefined;
  const [value, path]: [Json, TemplatePath] =
    typeof inside === 'object' && inside !== null ? [inside, [section]] : [root, []];
  const found: Findings = { entries: [], problems: [] };
  const add = (key: string, given: Json, at: TemplatePath): void => {
    const place = locate(at);
    const shown = scalarText(given);
    if (shown !== undefined) found.entries.push({ key, value: shown, place });
    else
      found.problems.push({
        message: `${key} has to be a text, a number, true or false, or a list of these`,
        place,
      });
  };
  if (isObject(value)) {
    for (const [key, given] of Object.entries(value)) add(key, given, [...path, key]);
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries())
      listItem(item, [...path, index], source, { found, add, locate });
  } else if (value !== null) {
    const message = 'give a map, Key=Value lines or a list as AWS CLI files have it';
    found.problems.push({ message, place: { file: source } });
  }
  return found;
}

interface ListReading {
  readonly found: Findings;
  readonly add: (key: string, given: Json, at: TemplatePath) => void;
  readonly locate: (path: TemplatePath) => Place;
}

/** `{ ParameterKey, ParameterValue }`, `{ Key, Value }` or the text `Key=Value`. */
function listItem(item: Json, path: TemplatePath, source: string, { found, add, locate }: ListReading): void {
  const place = locate(path);
  const lines = typeof item === 'string' ? equalsLines(item, source) : undefined;
  const key = isObject(item) ? (item.ParameterKey ?? item.Key) : undefined;
  if (lines) {
    found.entries.push(...lines.entries.map((entry) => ({ ...entry, place })));
    found.problems.push(...lines.problems.map((problem) => ({ ...problem, place })));
  } else if (!isObject(item) || typeof key !== 'string') {
    const message = `entry ${Number(path.at(-1)) + 1} has neither ParameterKey nor Key`;
    found.problems.push({ message, place });
  } else if (String(item.UsePreviousValue).toLowerCase() === 'true') {
    found.entries.push({ key, value: undefined, place });
  } else add(key, item.ParameterValue ?? item.Value ?? '', path);
}

function scalarText(value: Json): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value === null) return '';
  if (!Array.isArray(value)) return undefined;
  const items = value.map((item) => (Array.isArray(item) ? undefined : scalarText(item)));
  return items.every((item) => item !== undefined) ? items.join(',') : undefined;
}
