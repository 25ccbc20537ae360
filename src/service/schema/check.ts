import { isFunctionCall } from '../../template/intrinsics.ts';
import type { TemplatePath } from '../../template/types.ts';
import { closest } from '../../text/closest.ts';
import type { Keys, Kind, ObjectKind } from './kinds.ts';

/** Something that is wrong with a value of a definition. */
export interface Fault {
  readonly path: TemplatePath;
  readonly message: string;
  readonly next?: string;
}

/** Values deeper than this are taken to contain themselves. */
const MAX_DEPTH = 100;

/** Everything in which a value is not of its kind. Fields that are `undefined` count as left out. */
export function* check(kind: Kind, value: unknown, path: TemplatePath = []): Generator<Fault> {
  switch (kind.kind) {
    case 'text':
      if (typeof value !== 'string') yield mismatch(kind, value, path);
      else if (kind.pattern && !kind.pattern.test(value)) {
        yield { path, message: `${shown(value)} is not ${kind.accepts ?? `like ${kind.pattern.source}`}` };
      } else if (kind.max !== undefined && value.length > kind.max) {
        yield { path, message: `has ${value.length} characters; at most ${kind.max} are allowed` };
      }
      return;
    case 'number':
      if (typeof value !== 'number' || !Number.isFinite(value)) yield mismatch(kind, value, path);
      else if (
        value < (kind.min ?? value) ||
        value > (kind.max ?? value) ||
        (kind.whole && value % 1 !== 0)
      ) {
        yield { path, message: `has to be ${describe(kind)}, but is ${value}` };
      }
      return;
    case 'choice':
      if (!kind.values.some((each) => each === value)) {
        const meant = typeof value === 'string' ? closest(value, kind.values.map(String)) : undefined;
        yield { ...mismatch(kind, value, path), ...suggestion(meant) };
      }
      return;
    case 'boolean':
      if (typeof value !== 'boolean') yield mismatch(kind, value, path);
      return;
    case 'code':
      if (typeof value !== 'function') yield mismatch(kind, value, path);
      return;
    case 'intrinsic':
      if (!isFunctionCall(value)) yield mismatch(kind, value, path);
      else yield* checkData(value, path);
      return;
    case 'data':
      yield* checkData(value, path);
      return;
    case 'list':
      if (!Array.isArray(value)) {
        yield mismatch(kind, value, path);
        return;
      }
      if (value.length < kind.min || value.length > (kind.max ?? value.length)) {
        yield { path, message: `has ${value.length} entries; ${countText(kind.min, kind.max)} allowed` };
      }
      for (const [index, item] of value.entries()) yield* check(kind.of, item, [...path, index]);
      return;
    case 'map':
      if (!isMap(value)) yield mismatch(kind, value, path);
      else yield* checkMap(kind.of, kind.keys, value, path);
      return;
    case 'object':
      if (!isMap(value)) yield mismatch(kind, value, path);
      else yield* checkObject(kind, value, path);
      return;
    case 'tagged':
      yield* checkTagged(kind, value, path);
      return;
    case 'either': {
      const fitting = alternatives(kind.of).find((each) => fits(each, value));
      if (fitting) yield* check(fitting, value, path);
      else yield mismatch(kind, value, path);
      return;
    }
  }
}

function* checkMap(
  of: Kind,
  keys: Keys | undefined,
  value: Record<string, unknown>,
  path: TemplatePath,
): Generator<Fault> {
  for (const [key, item] of Object.entries(value)) {
    if (item === undefined) continue;
    if (keys && !keys.pattern.test(key)) {
      yield { path: [...path, key], message: `the name ${shown(key)} is not ${keys.accepts}` };
    }
    yield* check(of, item, [...path, key]);
  }
}

function* checkObject(
  { fields }: ObjectKind,
  value: Record<string, unknown>,
  path: TemplatePath,
): Generator<Fault> {
  for (const [name, field] of Object.entries(fields)) {
    const given = Object.hasOwn(value, name) ? value[name] : undefined;
    if (given !== undefined) yield* check(field.of, given, [...path, name]);
    else if (field.required) yield { path, message: `${name} is missing`, next: `Add ${name}.` };
  }
  for (const name of Object.keys(value)) {
    if (value[name] === undefined || Object.hasOwn(fields, name)) continue;
    const meant = closest(name, Object.keys(fields));
    yield {
      path: [...path, name],
      message: 'there is no such field',
      next: meant ? `Write ${meant} if that is meant.` : `Fields are ${Object.keys(fields).join(', ')}.`,
    };
  }
}

function* checkTagged(
  kind: Extract<Kind, { kind: 'tagged' }>,
  value: unknown,
  path: TemplatePath,
): Generator<Fault> {
  if (!isMap(value)) {
    yield mismatch(kind, value, path);
    return;
  }
  const tag = value.kind;
  const known = typeof tag === 'string' && Object.hasOwn(kind.of, tag) ? kind.of[tag] : undefined;
  if (known) yield* checkObject(known, value, path);
  else yield* check({ kind: 'choice', values: Object.keys(kind.of) }, tag, [...path, 'kind']);
}

/** What ends in a template has to be what JSON can hold. */
function* checkData(value: unknown, path: TemplatePath): Generator<Fault> {
  if (path.length > MAX_DEPTH) {
    yield {
      path: path.slice(0, 4),
      message: `goes deeper than ${MAX_DEPTH} levels; does it contain itself?`,
    };
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* checkData(item, [...path, index]);
  } else if (isMap(value)) {
    for (const [key, item] of Object.entries(value)) {
      if (item !== undefined) yield* checkData(item, [...path, key]);
    }
  } else if (!isPlain(value)) {
    yield { path, message: `has to be data that JSON can hold, but is ${shown(value)}` };
  }
}

const isPlain = (value: unknown): boolean =>
  value === null ||
  typeof value === 'string' ||
  typeof value === 'boolean' ||
  (typeof value === 'number' && Number.isFinite(value));

/** Alternatives of alternatives, flat, intrinsic functions before other maps. */
function alternatives(of: readonly Kind[]): Kind[] {
  const flat = of.flatMap((each) => (each.kind === 'either' ? alternatives(each.of) : [each]));
  return flat.toSorted((a, b) => Number(b.kind === 'intrinsic') - Number(a.kind === 'intrinsic'));
}

/** Whether a value is meant to be of the kind, right or wrong in detail. */
function fits(kind: Kind, value: unknown): boolean {
  switch (kind.kind) {
    case 'text':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number';
    case 'boolean':
      return typeof value === 'boolean';
    case 'code':
      return typeof value === 'function';
    case 'choice':
      return kind.values.some((each) => typeof each === typeof value);
    case 'list':
      return Array.isArray(value);
    case 'intrinsic':
      return isFunctionCall(value);
    case 'map':
    case 'object':
    case 'tagged':
      return isMap(value);
    case 'data':
      return true;
    case 'either':
      return kind.of.some((each) => fits(each, value));
  }
}

/** Plain maps: dates, sets and other instances of classes are none. */
function isMap(value: unknown): value is Record<string, unknown> {
  return Object.prototype.toString.call(value) === '[object Object]';
}

const mismatch = (kind: Kind, value: unknown, path: TemplatePath): Fault => ({
  path,
  message: `has to be ${describe(kind)}, but is ${shown(value)}`,
});

const suggestion = (meant: string | undefined): { next?: string } =>
  meant === undefined ? {} : { next: `Write ${meant} if that is meant.` };

function describe(kind: Kind): string {
  switch (kind.kind) {
    case 'text':
      return kind.accepts ?? 'text';
    case 'number': {
      const { whole, min, max } = kind;
      const range =
        max !== undefined ? ` from ${min} to ${max}` : min !== undefined ? ` of at least ${min}` : '';
      return `a ${whole ? 'whole ' : ''}number${range}`;
    }
    case 'choice':
      return kind.values.length === 1 ? String(kind.values[0]) : `one of ${kind.values.join(', ')}`;
    case 'boolean':
      return 'true or false';
    case 'code':
      return 'a function';
    case 'list':
      return 'a list';
    case 'intrinsic':
      return 'an intrinsic function';
    case 'map':
    case 'object':
    case 'tagged':
      return 'a map';
    case 'data':
      return 'data';
    case 'either':
      return [...new Set(alternatives(kind.of).toReversed().map(describe))].join(' or ');
  }
}

const countText = (min: number, max: number | undefined): string =>
  max === undefined ? `at least ${min} are` : min === 0 ? `at most ${max} are` : `${min} to ${max} are`;

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'function') return 'a function';
  if (value === undefined) return 'missing';
  if (typeof value === 'object' && value !== null)
    return isMap(value) ? 'a map' : `a ${value.constructor.name}`;
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** `functions.hello.layers[0]`. */
export function pathText(path: TemplatePath): string {
  return path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`))
    .join('');
}
