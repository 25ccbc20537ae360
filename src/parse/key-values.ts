import { type Place, ProblemError } from '../problem.ts';
import type { ParsedText } from '../template/read/parsed.ts';
import { isObject, type Json, own, type TemplatePath } from '../template/types.ts';
import { type DoubtfulValue, doubtful } from './doubtful.ts';
import { addListed, addValue, type KeyValueFindings } from './entry.ts';
import { colonProblems, equalsLines } from './equals-lines.ts';

/** Texts by name, and the names (`UsePreviousValue: true`) that keep the value which the deployed stack has. */
export interface KeyValues {
  readonly values: Readonly<Record<string, string>>;
  readonly keep: readonly string[];
  /** Values in which further pairs may have been meant; left out where there are none. */
  readonly doubtful?: readonly DoubtfulValue[];
}

/**
 * Reads a map of texts as people write it for `parameters` and `tags`: a YAML or JSON map, `Key=Value` lines, or the
 * lists of AWS CLI files (`[{ "ParameterKey": ..., "ParameterValue": ... }]`, `[{ "Key": ..., "Value": ... }]`).
 * Lists as values are joined by commas; numbers keep their digits. A file `*.json` has to be JSON.
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
  const content = text.replace(/^\uFEFF/, '');
  const lines = isJsonFile(source) ? undefined : equalsLines(content, source);
  const found = lines ?? (await structured(content, { what, source }));
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
  const doubts = found.entries.flatMap(doubtful);
  return { values, keep: [...keep], ...(doubts.length > 0 && { doubtful: doubts }) };
}

async function structured(
  text: string,
  { what, source }: { readonly what: string; readonly source: string },
): Promise<KeyValueFindings> {
  const { value: root, locate } = await parsed(text, source);
  const section = what.charAt(0).toUpperCase() + what.slice(1);
  const inside = isObject(root) ? own(root, section) : undefined;
  const [value, path]: [Json, TemplatePath] =
    typeof inside === 'object' && inside !== null ? [inside, [section]] : [root, []];
  const found: KeyValueFindings = { entries: [], problems: [] };
  if (isObject(value)) {
    for (const [key, given] of Object.entries(value)) addValue(found, key, given, locate([...path, key]));
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries())
      listItem(item, `entry ${index + 1}`, locate([...path, index]), found);
  } else if (value !== null) {
    const message = 'give a map, Key=Value lines or a list as AWS CLI files have it';
    const lines = colonProblems(text, source);
    found.problems.push(...(lines.length > 0 ? lines : [{ message, place: { file: source } }]));
  }
  return found;
}

/** A file named .json has to be JSON: YAML would read comments and bare words in it as text. */
async function parsed(text: string, source: string): Promise<ParsedText> {
  if (isJsonFile(source)) return (await import('../template/read/parse-json.ts')).parseJson(text, source);
  const { parseYaml } = await import('../template/read/parse-yaml.ts');
  try {
    return parseYaml(text, source);
  } catch (error) {
    const lines = colonProblems(text, source);
    throw error instanceof ProblemError && lines.length > 0 ? new ProblemError(lines) : error;
  }
}

const isJsonFile = (file: string): boolean => /\.json$/i.test(file);

/** An entry of AWS CLI's lists, or the text `Key=Value`. */
function listItem(item: Json, which: string, place: Place, found: KeyValueFindings): void {
  const lines = typeof item === 'string' ? equalsLines(item, place.file) : undefined;
  if (lines) {
    found.entries.push(...lines.entries.map((entry) => ({ ...entry, place })));
    found.problems.push(...lines.problems.map((problem) => ({ ...problem, place })));
  } else addListed(found, isObject(item) ? item : {}, which, place);
}
