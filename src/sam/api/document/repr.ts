import { pythonNumber } from '../../python/json.ts';
import { ByteText, PyMap, type PyValue } from './python-map.ts';

/** A value as Python 2.7 prints it, which is what the hash of a deployment is of. */
export function repr(value: PyValue): string {
  const parts: string[] = [];
  write(value, parts, '');
  return parts.join('');
}

/**
 * @param name of the map that the value is in, from the root of a definition
 */
function write(value: PyValue, parts: string[], name?: string): void {
  if (typeof value === 'string') parts.push(unicodeText(value));
  else if (value instanceof ByteText) parts.push(quoted(value.text));
  else if (value === null) parts.push('None');
  else if (typeof value === 'boolean') parts.push(value ? 'True' : 'False');
  else if (typeof value === 'number') parts.push(pythonNumber(value));
  else if (value instanceof PyMap) writeMap(value, parts, name);
  else {
    parts.push('[');
    value.forEach((item, index) => {
      if (index > 0) parts.push(', ');
      write(item, parts);
    });
    parts.push(']');
  }
}

function writeMap(map: PyMap, parts: string[], name: string | undefined): void {
  parts.push('{');
  let isFirst = true;
  for (const key of map.keys()) {
    if (!isFirst) parts.push(', ');
    isFirst = false;
    parts.push(map.isByteKey(key) ? quoted(key) : unicodeText(key), ': ');
    const value = map.get(key) ?? null;
    if (Number.isInteger(value) && isVersion(name, key)) parts.push(`${String(value)}.0`);
    else write(value, parts, name === '' ? key : undefined);
  }
  parts.push('}');
}

/**
 * Whether a whole number was written with a point, as in `swagger: 2.0`: JavaScript keeps no difference, and versions
 * are written so.
 */
const isVersion = (name: string | undefined, key: string): boolean =>
  name === '' ? key === 'swagger' || key === 'openapi' : name === 'info' && key === 'version';

/** Texts without anything to escape, which most are. */
const SIMPLE = /^[ -&(-[\]-~]*$/;

function unicodeText(text: string): string {
  if (SIMPLE.test(text)) return `u'${text}'`;
  return `u${quoted(escaped(text)).replaceAll('\\\\', '\\')}`;
}

const SHORT: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r', '\\': '\\\\' };

const hex = (point: number, digits: number): string => point.toString(16).padStart(digits, '0');

/** A text in ASCII, as the codec `unicode_escape` writes it. */
function escaped(text: string): string {
  let made = '';
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    const short = SHORT[character];
    if (short !== undefined) made += short;
    else if (point >= 0x20 && point < 0x7f) made += character;
    else if (point < 0x100) made += `\\x${hex(point, 2)}`;
    else made += point < 0x10000 ? `\\u${hex(point, 4)}` : `\\U${hex(point, 8)}`;
  }
  return made;
}

/** A text in quotes: single ones, unless it has such and no double ones. */
function quoted(text: string): string {
  if (SIMPLE.test(text)) return `'${text}'`;
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let made = '';
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    const short = SHORT[character];
    if (short !== undefined) made += short;
    else if (character === quote) made += `\\${character}`;
    else if (point < 0x20 || point === 0x7f) made += `\\x${hex(point, 2)}`;
    else made += character;
  }
  return quote + made + quote;
}
