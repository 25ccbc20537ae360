import { createHash, randomInt, randomUUID } from 'node:crypto';
import { isObject, type Json, type JsonObject } from '../../../template/types.ts';
import { type IntrinsicTerm, parseIntrinsic } from './intrinsic-parse.ts';
import { type PathRoots, readPath } from './path.ts';

/** An intrinsic function that was given something that it does not take. */
export class IntrinsicError extends Error {}

/**
 * What a call of an intrinsic function comes to.
 *
 * @throws IntrinsicError for arguments that the function does not take; PathError for paths that lead nowhere; SyntaxError
 */
export function callIntrinsic(text: string, roots: PathRoots): Json {
  return termValue(parseIntrinsic(text), roots);
}

function termValue(term: IntrinsicTerm, roots: PathRoots): Json {
  if (term.kind === 'path') return readPath(term.path, roots);
  if (term.kind === 'value') return typeof term.value === 'string' ? unescaped(term.value) : term.value;
  const known = FUNCTIONS.get(term.name);
  if (!known) throw new SyntaxError(`There is no intrinsic function ${term.name}`);
  const [first, ...others] = term.terms;
  // A format's own escapes are those of its braces, too.
  if (term.name === 'States.Format' && first?.kind === 'value' && typeof first.value === 'string')
    return format(
      first.value,
      others.map((each) => termValue(each, roots)),
    );
  return known(...term.terms.map((each) => termValue(each, roots)));
}

const unescaped = (text: string): string => text.replace(/\\(['{}\\])/g, '$1');

function format(template: string, values: readonly Json[]): string {
  let next = 0;
  const text = template.replace(/\\(['{}\\])|\{\}/g, (_, escaped: string | undefined) => {
    if (escaped !== undefined) return escaped;
    if (next >= values.length) throw new IntrinsicError('there are more {} than arguments');
    const value = values[next++] ?? null;
    return typeof value === 'string' ? value : isObject(value) ? javaText(value) : JSON.stringify(value);
  });
  if (next < values.length) throw new IntrinsicError('there are more arguments than {}');
  return text;
}

/** Maps as Java writes them, which is what Step Functions does. */
const javaText = (value: Json): string =>
  Array.isArray(value)
    ? `[${value.map(javaText).join(', ')}]`
    : isObject(value)
      ? `{${Object.entries(value)
          .map(([key, item]) => `${key}=${javaText(item ?? null)}`)
          .join(', ')}}`
      : String(value);

const listOf = (value: Json | undefined): Json[] => {
  if (Array.isArray(value)) return value;
  throw new IntrinsicError(`${JSON.stringify(value)} is no array`);
};
const textOf = (value: Json | undefined): string => {
  if (typeof value === 'string') return value;
  throw new IntrinsicError(`${JSON.stringify(value)} is no string`);
};
/** Numbers are rounded, as Java does it. */
const integerOf = (value: Json | undefined): number => {
  if (typeof value === 'number') return Math.round(value);
  throw new IntrinsicError(`${JSON.stringify(value)} is no number`);
};
const mapOf = (value: Json | undefined): JsonObject => {
  if (isObject(value)) return value;
  throw new IntrinsicError(`${JSON.stringify(value)} is no JSON object`);
};
const same = (one: Json, other: Json): boolean => canonical(one) === canonical(other);
const canonical = (value: Json): string =>
  JSON.stringify(value, (_, item) =>
    isObject(item) ? Object.fromEntries(Object.entries(item).toSorted(([a], [b]) => (a < b ? -1 : 1))) : item,
  );

const ALGORITHMS: Readonly<Record<string, string>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

/** The hash of a text, or of the JSON of anything else. */
export function hashOf(value: Json | undefined, algorithm: Json | undefined): string {
  const name = ALGORITHMS[textOf(algorithm)];
  if (name === undefined) throw new IntrinsicError(`${JSON.stringify(algorithm)} is no hash algorithm`);
  return createHash(name)
    .update(typeof value === 'string' ? value : JSON.stringify(value))
    .digest('hex');
}

/** Chunks of a list. */
export function partitionOf(list: readonly Json[], size: number): Json[] {
  if (!Number.isInteger(size) || size <= 0) throw new IntrinsicError('the size of chunks has to be positive');
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
}

/** Numbers from one to another, which is part of it where a step leads there. 1,000 at most. */
export function rangeOf(first: number, last: number, step: number): number[] {
  if (step === 0) throw new IntrinsicError('the step is 0');
  const length = Math.max(0, Math.floor((last - first) / step) + 1);
  if (length > 1000) throw new IntrinsicError('there would be more than 1000 items');
  return Array.from({ length }, (_, index) => first + index * step);
}

/** The same number between 0 and 1 for the same seed. */
export function seeded(seed: number): number {
  const digest = createHash('sha256').update(String(seed)).digest();
  return digest.readUIntBE(0, 6) / 2 ** 48;
}

const decode64 = (text: string): string => Buffer.from(text, 'base64').toString();

/** Source: AWS Step Functions Developer Guide, "Intrinsic functions for JSONPath states". */
const FUNCTIONS: ReadonlyMap<string, (...values: Json[]) => Json> = new Map<
  string,
  (...values: Json[]) => Json
>([
  ['States.Format', (template, ...values) => format(textOf(template), values)],
  [
    'States.StringToJson',
    (text) => {
      try {
        return textOf(text).trim() === '' ? null : JSON.parse(textOf(text));
      } catch {
        throw new IntrinsicError(`${JSON.stringify(text)} is no JSON`);
      }
    },
  ],
  ['States.JsonToString', (value) => JSON.stringify(value ?? null)],
  ['States.Array', (...values) => values],
  ['States.ArrayPartition', (list, size) => partitionOf(listOf(list), integerOf(size))],
  ['States.ArrayContains', (list, value) => listOf(list).some((item) => same(item, value ?? null))],
  ['States.ArrayRange', (first, last, step) => rangeOf(integerOf(first), integerOf(last), integerOf(step))],
  [
    'States.ArrayGetItem',
    (list, index) => {
      const item = listOf(list)[integerOf(index)];
      if (item === undefined) throw new IntrinsicError(`there is no item ${JSON.stringify(index)}`);
      return item;
    },
  ],
  ['States.ArrayLength', (list) => listOf(list).length],
  [
    'States.ArrayUnique',
    (list) => [...new Map(listOf(list).map((item) => [canonical(item), item] as const)).values()],
  ],
  ['States.Base64Encode', (text) => Buffer.from(textOf(text)).toString('base64')],
  ['States.Base64Decode', (text) => decode64(textOf(text))],
  ['States.Hash', hashOf],
  [
    'States.JsonMerge',
    (one, other, deep) => {
      if (deep !== false)
        throw new IntrinsicError('deep merging is not supported: the third argument has to be false');
      return { ...mapOf(one), ...mapOf(other) };
    },
  ],
  [
    'States.MathRandom',
    (from, to, seed) => {
      const [low, high] = [integerOf(from), integerOf(to)];
      if (high <= low) throw new IntrinsicError('the second number has to be larger than the first');
      return seed === undefined
        ? randomInt(low, high)
        : low + Math.floor(seeded(integerOf(seed)) * (high - low));
    },
  ],
  ['States.MathAdd', (one, other) => integerOf(one) + integerOf(other)],
  [
    'States.StringSplit',
    (text, separators) => {
      const any = new Set(textOf(separators));
      const parts: string[] = [];
      let part = '';
      for (const each of textOf(text)) {
        if (!any.has(each)) part += each;
        else {
          if (part !== '') parts.push(part);
          part = '';
        }
      }
      return part === '' ? parts : [...parts, part];
    },
  ],
  ['States.UUID', () => randomUUID()],
]);
