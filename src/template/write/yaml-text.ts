import { isFunctionName, onlyKey } from '../intrinsics.ts';
import { isObject, type Json, type JsonObject } from '../types.ts';

/** A value as YAML in blocks, as people write templates: functions of one text by their tags (`!Ref Table`). */
export function yamlText(value: Json): string {
  const lines: string[] = [];
  write(value, '', { lines, next: '' });
  return `${lines.join('\n')}\n`;
}

/** What is written, and how its next line begins: an item of a list, or a key, may stand before a value on one line. */
interface Written {
  readonly lines: string[];
  next: string;
}

function push(text: string, indent: string, to: Written): void {
  to.lines.push(to.next === '' ? (text === '' ? '' : indent + text) : to.next + text);
  to.next = '';
}

/** A value that stands alone, or indented below its key. */
function write(value: Json, indent: string, to: Written): void {
  if (Array.isArray(value) && value.length > 0) {
    for (const item of value) {
      to.next = `${to.next === '' ? indent : to.next}- `;
      write(item, `${indent}  `, to);
    }
  } else if (isObject(value) && !isInline(value)) {
    for (const key of Object.keys(value)) writeEntry(key, value[key] ?? null, { indent, to });
  } else for (const line of literal(value) ?? [inline(value)]) push(line, indent, to);
}

function writeEntry(
  key: string,
  value: Json,
  { indent, to }: { readonly indent: string; readonly to: Written },
): void {
  const name = scalar(key);
  const [first, ...rest] = literal(value) ?? (isInline(value) ? [inline(value)] : []);
  push(first === undefined ? `${name}:` : `${name}: ${first}`, indent, to);
  if (first === undefined) write(value, `${indent}  `, to);
  else for (const line of rest) push(line, `${indent}  `, to);
}

const isInline = (value: Json): boolean => {
  if (typeof value !== 'object' || value === null) return true;
  return Object.keys(value).length === 0 || (isObject(value) && tagged(value) !== undefined);
};

function inline(value: Json): string {
  if (typeof value === 'string') return scalar(value);
  if (Array.isArray(value)) return '[]';
  return isObject(value) ? (tagged(value) ?? '{}') : String(value);
}

/** `!Ref Table`, `!GetAtt Table.Arn`, `!Sub ...`: a function of one text. */
function tagged(value: JsonObject): string | undefined {
  const name = onlyKey(value);
  if (name === undefined || !(isFunctionName(name) || name === 'Condition')) return undefined;
  const argument = value[name];
  const text = Array.isArray(argument) && name === 'Fn::GetAtt' ? attribute(argument) : argument;
  if (typeof text !== 'string' || text.includes('\n')) return undefined;
  // What `Transform` and loops have behind their names is no text.
  return /^(Ref|Condition|Fn::(Base64|GetAtt|GetAZs|ImportValue|Sub))$/.test(name)
    ? `!${name.replace('Fn::', '')} ${scalar(text)}`
    : undefined;
}

const attribute = (path: readonly Json[]): string | undefined =>
  path.length > 1 && path.every((part) => typeof part === 'string') && !path[0]?.toString().includes('.')
    ? path.join('.')
    : undefined;

/** A text of several lines as such, where nothing of it would be lost. */
function literal(value: Json): string[] | undefined {
  if (typeof value !== 'string' || !value.includes('\n')) return undefined;
  const isPlain = !/[^\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe]/.test(value) && !/^\s|[ ]\n/.test(value);
  const [, body = '', ends = ''] = /^([\s\S]*?)(\n*)$/.exec(value) ?? [];
  if (!isPlain || body === '' || ends.length > 1) return undefined;
  return [ends === '' ? '|-' : '|', ...body.split('\n')];
}

/** Words, numbers and dates that YAML 1.1 would not read as texts. */
const NO_TEXT =
  /^(?:y|n|yes|no|on|off|true|false|null|~|[-+.]?\d[\d_.,:eExXoa-fA-F+T Z-]*|\.inf|\.nan|=|<<)$/i;

/** Longer than all words that are no texts: most names of types, properties and resources. */
const WORD = /^[A-Za-z][A-Za-z0-9]{5,}$/;

/** Quotes only where the text would be read as something else. */
function scalar(text: string): string {
  if (WORD.test(text)) return text;
  const isPlain =
    /^[A-Za-z0-9_./$(*-]/.test(text) &&
    !/^(?:[-*?](?:\s|$)|\*|---|\.\.\.)/.test(text) &&
    !/[^\x20-\x7e]|:(?:\s|$)|\s#|\s$/.test(text) &&
    !NO_TEXT.test(text);
  return isPlain ? text : quoted(text);
}

/** In quotes, YAML folds whatever it takes for the end of a line. */
const quoted = (text: string): string =>
  JSON.stringify(text).replace(
    /[\x7f-\x9f\u2028\u2029\ufeff]/g,
    (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
