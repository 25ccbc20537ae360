import { javaMatches, javaPattern } from '../java-pattern.ts';

/** A value that a mapping template works with; `undefined` and `null` are Java's null. */
export type VtlValue = unknown;
type VtlMap = Record<string, VtlValue>;

/** A list that was read from JSON: unlike others, it is written as JSON. */
export class JsonList extends Array<VtlValue> {}

/** A number with a point, though nothing need be behind it: `2.0`. */
export class JavaDouble {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

/** A value of JSON as templates see it. */
export function fromJson(value: unknown): VtlValue {
  if (Array.isArray(value)) return JsonList.from(value, fromJson);
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, fromJson(each)]));
}

export const isMap = (value: VtlValue): value is VtlMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof JavaDouble);

/** `equals` of Java: lists and maps by what is in them. */
export function isEqual(left: VtlValue, right: VtlValue): boolean {
  if (Array.isArray(left) && Array.isArray(right))
    return left.length === right.length && left.every((each, at) => isEqual(each, right[at]));
  if (left instanceof JavaDouble) return right instanceof JavaDouble && left.value === right.value;
  if (!isMap(left) || !isMap(right)) return (left ?? null) === (right ?? null);
  const names = Object.keys(left);
  const isIn = (name: string) => Object.hasOwn(right, name) && isEqual(left[name], right[name]);
  return names.length === Object.keys(right).length && names.every(isIn);
}

/** A value as Java writes it: `{a=1, b=[x]}`. */
export function javaText(value: VtlValue): string {
  if (value instanceof JavaDouble)
    return Number.isInteger(value.value) ? value.value.toFixed(1) : String(value.value);
  if (value instanceof JsonList) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(javaText).join(', ')}]`;
  if (value instanceof Entry) return `${value.key}=${javaText(value.value)}`;
  if (isMap(value))
    return `{${Object.entries(value)
      .map(([name, each]) => `${name}=${javaText(each)}`)
      .join(', ')}}`;
  return String(value ?? 'null');
}

const pattern = (text: VtlValue, flags = 'g'): RegExp => javaPattern(String(text), { flags });

/** `$1` and `\$` of Java's replacements. */
const replacement = (text: VtlValue): string =>
  String(text).replace(/\\(.)|\$(\d)|\$/g, (_, escaped?: string, group?: string) =>
    escaped !== undefined ? escaped.replace('$', '$$$$') : group !== undefined ? `$${group}` : '$$',
  );

type Method<T> = (self: T, ...args: VtlValue[]) => VtlValue;

const number = (value: VtlValue): number => Number(value instanceof JavaDouble ? value.value : value);
const optional = (value: VtlValue): number | undefined => (value === undefined ? undefined : number(value));

const OF_TEXTS: Readonly<Record<string, Method<string>>> = {
  charAt: (self, at) => self.charAt(number(at)),
  compareTo: (self, other) => compareTexts(self, String(other)),
  concat: (self, other) => self + String(other),
  contains: (self, part) => self.includes(String(part)),
  endsWith: (self, part) => self.endsWith(String(part)),
  equals: (self, other) => self === other,
  equalsIgnoreCase: (self, other) => self.toLowerCase() === String(other).toLowerCase(),
  indexOf: (self, part, from) => self.indexOf(String(part), optional(from)),
  isEmpty: (self) => self === '',
  lastIndexOf: (self, part) => self.lastIndexOf(String(part)),
  length: (self) => self.length,
  matches: (self, regex) => javaMatches(String(regex), self),
  replace: (self, from, to) => self.replaceAll(String(from), () => String(to)),
  replaceAll: (self, regex, to) => self.replace(pattern(regex), replacement(to)),
  replaceFirst: (self, regex, to) => self.replace(pattern(regex, ''), replacement(to)),
  split: (self, regex) => withoutLastEmpty(self.split(pattern(regex, ''))),
  startsWith: (self, part) => self.startsWith(String(part)),
  substring: (self, from, to) => self.substring(number(from), optional(to)),
  toLowerCase: (self) => self.toLowerCase(),
  toString: (self: string) => self,
  toUpperCase: (self) => self.toUpperCase(),
  trim: (self) => self.trim(),
};

/** How far the first characters that differ are apart, or else the lengths. */
function compareTexts(left: string, right: string): number {
  const shared = Math.min(left.length, right.length);
  for (let at = 0; at < shared; at++)
    if (left[at] !== right[at]) return left.charCodeAt(at) - right.charCodeAt(at);
  return left.length - right.length;
}

/** Java's `split` gives no empty texts at the end. */
function withoutLastEmpty(parts: readonly string[]): string[] {
  const end = parts.findLastIndex((part) => part !== '');
  return parts.slice(0, end + 1);
}

const OF_LISTS: Readonly<Record<string, Method<VtlValue[]>>> = {
  add: (self, value) => self.push(value) > 0,
  addAll: (self, more) => Array.isArray(more) && self.push(...more) > 0,
  clear: (self) => {
    self.length = 0;
    return undefined;
  },
  contains: (self, value) => self.some((each) => isEqual(each, value)),
  equals: isEqual,
  get: (self, at) => self[number(at)],
  indexOf: (self, value) => self.findIndex((each) => isEqual(each, value)),
  isEmpty: (self) => self.length === 0,
  remove: (self, at) => self.splice(number(at), 1)[0],
  set: (self, at, value) => self.splice(number(at), 1, value)[0],
  size: (self) => self.length,
  subList: (self, from, to) => self.slice(number(from), number(to)),
  toString: javaText,
};

const own = (self: VtlMap, key: VtlValue): VtlValue =>
  Object.hasOwn(self, String(key)) ? self[String(key)] : undefined;

function put(self: VtlMap, key: VtlValue, value: VtlValue): VtlValue {
  const before = own(self, key);
  Object.defineProperty(self, String(key), { value, writable: true, enumerable: true, configurable: true });
  return before;
}

/** Of a map: as text it is `key=value`. */
class Entry {
  readonly key: string;
  readonly value: VtlValue;

  constructor(key: string, value: VtlValue) {
    this.key = key;
    this.value = value;
  }
}

const OF_MAPS: Readonly<Record<string, Method<VtlMap>>> = {
  containsKey: (self, key) => Object.hasOwn(self, String(key)),
  containsValue: (self, value) => Object.values(self).some((each) => isEqual(each, value)),
  entrySet: (self) => Object.entries(self).map(([key, value]) => new Entry(key, value)),
  equals: isEqual,
  get: own,
  getOrDefault: (self, key, otherwise) => own(self, key) ?? otherwise,
  isEmpty: (self) => Object.keys(self).length === 0,
  keySet: (self) => Object.keys(self),
  put,
  putAll: (self, more) => {
    if (isMap(more)) for (const [key, value] of Object.entries(more)) put(self, key, value);
    return undefined;
  },
  remove: (self, key) => {
    const before = own(self, key);
    delete self[String(key)];
    return before;
  },
  size: (self) => Object.keys(self).length,
  toString: javaText,
  values: (self) => Object.values(self),
};

const OF_OTHERS: Readonly<Record<string, Method<VtlValue>>> = {
  compareTo: (self, other) => Math.sign(number(self) - number(other)),
  equals: isEqual,
  intValue: (self) => Math.trunc(number(self)),
  doubleValue: (self) => new JavaDouble(number(self)),
  toString: javaText,
};

/** Of `$input` and `$util`. */
const OF_VARIABLES = [
  'path',
  'json',
  'params',
  'escapeJavaScript',
  'parseJson',
  'urlEncode',
  'urlDecode',
  'base64Encode',
  'base64Decode',
];
const KNOWN: ReadonlySet<string> = new Set([
  ...OF_VARIABLES,
  ...[OF_TEXTS, OF_LISTS, OF_MAPS, OF_OTHERS].flatMap((methods) => Object.keys(methods)),
]);

/** Whether any value has a method of this name here. */
export const isKnownMethod = (name: string): boolean => KNOWN.has(name);

/** A method that Java's text, lists, maps, numbers and truth values have. */
export function methodOf(
  self: VtlValue,
  name: string,
): ((args: readonly VtlValue[]) => VtlValue) | undefined {
  const bound = <T>(of: Readonly<Record<string, Method<T>>>, on: T) => {
    const method = Object.hasOwn(of, name) ? of[name] : undefined;
    return method && ((args: readonly VtlValue[]) => method(on, ...args));
  };
  if (typeof self === 'string') return bound(OF_TEXTS, self);
  if (Array.isArray(self)) return bound(OF_LISTS, self);
  return isMap(self) ? bound(OF_MAPS, self) : bound(OF_OTHERS, self);
}
