import { isObject, type Json, type JsonObject, setOwn, type TemplatePath } from '../../template/types.ts';
import { refuse } from '../problems.ts';
import { given } from '../python/values.ts';

/**
 * What a value may be, in depth. A shape with `allowsCalls` takes any map in its place, as function calls are maps; a
 * `?` behind a name says that it may be missing.
 */
export type ValueShape =
  | {
      readonly is: 'any' | 'bool' | 'int' | 'intOrNumber' | 'map' | 'number' | 'text';
      readonly allowsCalls?: true;
    }
  | { readonly is: 'choice'; readonly of: readonly string[]; readonly allowsCalls?: true }
  | { readonly is: 'entries' | 'list'; readonly of: ValueShape; readonly allowsCalls?: true }
  | { readonly is: 'record'; readonly of: Readonly<Record<string, ValueShape>>; readonly allowsCalls?: true };

/** Shapes that a function call may stand for. */
export const text: ValueShape = { is: 'text', allowsCalls: true };
export const whole: ValueShape = { is: 'int', allowsCalls: true };
export const real: ValueShape = { is: 'number', allowsCalls: true };
/** Read as a whole number where that is possible, also from one that is not: its point is lost. */
export const wholeOrReal: ValueShape = { is: 'intOrNumber', allowsCalls: true };
export const texts: ValueShape = { is: 'list', of: text };
export const choice = (...of: string[]): ValueShape => ({ is: 'choice', of, allowsCalls: true });
export const record = (of: Readonly<Record<string, ValueShape>>): ValueShape => ({ is: 'record', of });

const WORDS: Readonly<Record<string, string>> = {
  bool: 'true or false',
  int: 'a whole number',
  intOrNumber: 'a number',
  map: 'a map',
  number: 'a number',
  text: 'a text',
};

/**
 * A property's value as the reference reads it, which takes texts for numbers and back, and anything for a map that
 * Python can make one of. Refuses a value that does not have its shape.
 */
export function readShape(
  logicalId: string,
  path: TemplatePath,
  { value, shape }: { value: Json; shape: ValueShape },
): Json {
  if (shape.allowsCalls) {
    const call = pairs(value);
    if (call) return call;
  }
  const fail: (what: string) => never = (what) =>
    refuse(logicalId, path, `${path.join('.')} has to be ${what}`);
  switch (shape.is) {
    case 'choice':
      if (typeof value !== 'string' || !shape.of.includes(value)) fail(`one of ${shape.of.join(', ')}`);
      return value;
    case 'list':
      if (!Array.isArray(value)) return fail('a list');
      return value.map((item, index) =>
        readShape(logicalId, [...path, index], { value: item, shape: shape.of }),
      );
    case 'entries': {
      const read: JsonObject = {};
      for (const [key, item] of Object.entries(pairs(value) ?? fail('a map')))
        setOwn(read, key, readShape(logicalId, [...path, key], { value: item, shape: shape.of }));
      return read;
    }
    case 'record':
      return readRecord(logicalId, path, { value: pairs(value) ?? fail('a map'), of: shape.of });
    default:
      return readScalar(value, shape.is) ?? fail(WORDS[shape.is] ?? 'something else');
  }
}

function readRecord(
  logicalId: string,
  path: TemplatePath,
  { value, of }: { value: JsonObject; of: Readonly<Record<string, ValueShape>> },
): JsonObject {
  const names = new Map(Object.keys(of).map((name) => [name.replace(/\?$/, ''), name]));
  for (const name of Object.keys(value))
    if (!names.has(name)) refuse(logicalId, [...path, name], `${path.join('.')} has no property ${name}`);
  const read: JsonObject = {};
  for (const [name, written] of names) {
    const item = value[name];
    const shape = of[written];
    if (given(item) && shape) read[name] = readShape(logicalId, [...path, name], { value: item, shape });
    else if (!written.endsWith('?')) refuse(logicalId, path, `${path.join('.')} needs ${name}`);
  }
  return read;
}

type Scalar = Exclude<ValueShape['is'], 'choice' | 'entries' | 'list' | 'record'>;

function readScalar(value: Json, kind: Scalar): Json | undefined {
  switch (kind) {
    case 'any':
      return value;
    case 'bool':
      if (typeof value === 'boolean') return value;
      if (!/^(?:true|false|yes|no|on|off|[01tfyn])$/i.test(String(value))) return undefined;
      return /^(?:true|yes|on|[1ty])$/i.test(String(value));
    case 'map':
      return pairs(value);
    case 'text':
      if (typeof value === 'boolean') return value ? 'True' : 'False';
      return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
    case 'intOrNumber':
      return numeric(value, 'int') ?? numeric(value, 'number');
    default:
      return numeric(value, kind);
  }
}

/** What Python's `dict()` makes of a value: maps as they are, and whatever consists of pairs only, which is true of nothing. */
function pairs(value: Json): JsonObject | undefined {
  if (isObject(value)) return value;
  if (value === '') return {};
  if (!Array.isArray(value)) return undefined;
  const read: JsonObject = {};
  for (const item of value) {
    const [key, what, ...more] =
      typeof item === 'string' || Array.isArray(item) ? item : isObject(item) ? Object.keys(item) : [];
    if (typeof key !== 'string' || what === undefined || more.length > 0) return undefined;
    setOwn(read, key, what);
  }
  return read;
}

/** A number, also from a text; `undefined` where it is none. Whole numbers lose what stands behind their point. */
export function numeric(value: Json, kind: 'int' | 'number'): number | undefined {
  if (typeof value === 'boolean') return Number(value);
  if (typeof value === 'number') return kind === 'int' ? Math.trunc(value) : value;
  if (typeof value !== 'string') return undefined;
  const isRight =
    kind === 'int' ? /^\s*[+-]?\d+\s*$/.test(value) : value.trim() !== '' && !Number.isNaN(Number(value));
  return isRight ? Number(value) : undefined;
}
