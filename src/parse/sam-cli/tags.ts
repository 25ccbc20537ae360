import { leftOut, type Pairs, type SettingRemark } from './findings.ts';
import { BLANK, leftOver, quoted, unquote, word } from './quoting.ts';
import { isSettings, type Setting, settingText } from './setting.ts';

/** Letters, `_`, `"`, and what ASCII has from `+` to `@`: digits and `, - . / : ; < = > ?` among it. */
const ESCAPED = '[A-Za-z_"+-@]';
const QUOTED = new RegExp(quoted(ESCAPED), 'g');
const WORD = `(${word(ESCAPED)})`;
const PAIR = new RegExp(`${WORD}=${WORD}`, 'g');
const BLANKS = new RegExp(`(?:${BLANK})+`);

/** Characters that 50 tags of the longest keys and values have, all in quotes. */
const LONGEST = 50 * (128 + 256 + 6);

type Entries = readonly (readonly [key: string, value: string])[];

/** What the setting `tags` says. */
export interface Tags {
  readonly pairs: Pairs;
  readonly problems: readonly SettingRemark[];
  /** Where SAM CLI goes on without a word, with what its author hardly meant. */
  readonly warnings: readonly SettingRemark[];
}

/**
 * Reads the setting `tags` in the sense of SAM CLI 1.170 (`CfnTags`): a text of pairs, or a list of such texts. A map, on
 * which SAM CLI fails, can mean one thing only, so it is taken.
 */
export function readTags(setting: Setting): Tags {
  const pairs = new Map<string, string>();
  const problems: SettingRemark[] = [];
  const warnings: SettingRemark[] = [];
  if (isSettings(setting)) {
    for (const [key, value] of Object.entries(setting)) {
      const text = settingText(value);
      if (text !== undefined) pairs.set(key, text);
      else problems.push({ message: `${key} has to be a text, a number, true or false` });
    }
    return { pairs, problems, warnings };
  }
  for (const item of Array.isArray(setting) ? setting : [setting]) {
    if (typeof item === 'string' && item.length > LONGEST) {
      problems.push({ message: `has ${item.length} characters, more than 50 tags can have` });
      continue;
    }
    const read = typeof item === 'string' ? readText(item) : undefined;
    if (read === undefined)
      problems.push({
        message: 'a text in it has no Key=Value',
        next: 'Write "Key=Value Other=Value", a list of such texts, or a map.',
      });
    for (const [key, value] of read?.entries ?? []) pairs.set(unquote(key), unquote(value));
    warnings.push(...(read?.leftOver ?? []).map(leftOut));
  }
  return { pairs, problems, warnings };
}

/** SAM CLI tries three ways of reading, one after another; `undefined`: none of them does. */
function readText(
  text: string,
): { readonly entries: Entries; readonly leftOver?: readonly (string | undefined)[] } | undefined {
  const entries = splitAtEquals([text]) ?? splitAtEquals(text.split(' ')) ?? splitAtBlanks(text);
  if (entries) return { entries };
  const matches = [...text.matchAll(PAIR)];
  if (matches.length === 0) return undefined;
  return {
    entries: matches.map(([, key = '', value = '']) => [key, value]),
    leftOver: leftOver(text, matches),
  };
}

/** Texts that have one `=` each; `undefined`: not all have. */
function splitAtEquals(texts: readonly string[]): Entries | undefined {
  const pairs = texts.map((text) => text.split('='));
  if (!pairs.every(({ length }) => length === 2)) return undefined;
  return [...new Map(pairs.map(([key = '', value = '']) => [key, value]))];
}

/** The same, with blanks in quotes. They are set aside as `_` meanwhile, and brought back in whole values only. */
function splitAtBlanks(text: string): Entries | undefined {
  const whole = unquote(text);
  const inQuotes = new Map<string, string>();
  let joined = whole;
  for (const [found] of whole.matchAll(QUOTED)) {
    const closed = found.replaceAll(' ', '_');
    joined = joined.replaceAll(found, () => closed);
    if (!inQuotes.has(closed)) inQuotes.set(closed, found);
  }
  const words = joined.split(BLANKS).filter((each) => each !== '');
  return splitAtEquals(words)?.map(([key, value]) => [key, inQuotes.get(value) ?? value]);
}
