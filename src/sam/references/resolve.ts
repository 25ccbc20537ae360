import { isObject, type Json, type JsonObject, setOwn } from '../../template/types.ts';
import { refuseTemplate } from '../problems.ts';
import { noteByteText } from '../python/byte-texts.ts';

/** CloudFormation's placeholder for a value that does not exist yet: it is as good as unknown. */
const PLACEHOLDER = '{{IntrinsicFunction:';

/** A variable of `Fn::Sub`, in the characters that names of parameters and resources have. */
const VARIABLE = /\$\{([A-Za-z0-9.]+|AWS::[A-Z][A-Za-z]*)\}/g;

/**
 * Values of parameters and lookups in mappings, as far as the transform puts them into what it reads. Values are changed
 * in place, as the reference does: what comes out of it depends on it.
 */
export class ResolvedParameters {
  readonly #values: Readonly<Record<string, Json>>;
  readonly #mappings: JsonObject;

  constructor(values: Readonly<Record<string, Json>>, mappings: JsonObject) {
    this.#values = values;
    this.#mappings = mappings;
  }

  /** The value of a parameter or pseudo parameter, as far as it is known. */
  value(name: string): Json | undefined {
    const value = Object.hasOwn(this.#values, name) ? this.#values[name] : undefined;
    return typeof value === 'string' && value.startsWith(PLACEHOLDER) ? undefined : value;
  }

  /** Writes parameters into a value, in place; returned is what takes its place. */
  resolve(value: Json | undefined): Json | undefined {
    if (typeof value !== 'object' || value === null) return value;
    return walk(value, (call, name) => {
      if (name === 'Ref') {
        const target = call.Ref;
        return typeof target === 'string' ? (this.value(target) ?? call) : call;
      }
      if (name === 'Fn::Sub') fillSub(call, (whole, variable) => this.#text(whole, variable));
      return call;
    });
  }

  #text(whole: string, variable: string): string {
    const value = this.value(variable);
    if (value === undefined) return whole;
    if (typeof value !== 'string')
      refuseTemplate(
        ['Parameters', variable],
        `Fn::Sub takes texts, but the value of ${variable} is none; write it in quotes`,
      );
    return value;
  }

  /** Writes values of mappings into a value, in place. */
  lookUp(value: Json | undefined): Json | undefined {
    if (typeof value !== 'object' || value === null || Object.keys(this.#mappings).length === 0) return value;
    return walk(value, (call, name) => (name === 'Fn::FindInMap' ? this.#found(call) : call));
  }

  #found(call: JsonObject): Json {
    const path = call['Fn::FindInMap'];
    if (!Array.isArray(path) || path.length !== 3)
      return refuseTemplate(
        ['Mappings'],
        'Fn::FindInMap takes a list of three values: a mapping and two keys',
      );
    const [map, first, second] = path.map((item) => this.lookUp(item));
    if (typeof map !== 'string' || typeof first !== 'string' || typeof second !== 'string') return call;
    if (!Object.hasOwn(this.#mappings, map)) return call;
    const outer = this.#mappings[map];
    if (!isObject(outer)) return notTwoLevels(map);
    if (!Object.hasOwn(outer, first)) return call;
    const inner = outer[first];
    if (!isObject(inner)) return notTwoLevels(map);
    return Object.hasOwn(inner, second) ? (inner[second] ?? null) : call;
  }
}

const notTwoLevels = (map: string): never =>
  refuseTemplate(
    ['Mappings', map],
    `Fn::FindInMap needs two levels of keys, which mapping ${map} does not have`,
  );

/** Goes through a value from its root: calls may be replaced, and what replaces them is gone through, too. */
export function walk(value: Json, replace: (call: JsonObject, name: string) => Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const item = value[index];
      if (typeof item !== 'object' || item === null) continue;
      const made = walk(item, replace);
      value[index] = made;
      if (isOwnText(item, made)) noteByteText(value, index);
    }
    return value;
  }
  const name = callName(value);
  const after = name === undefined ? value : replace(value, name);
  if (typeof after !== 'object' || after === null) return after;
  if (Array.isArray(after)) return walk(after, replace);
  for (const key in after) {
    const item = after[key];
    if (typeof item !== 'object' || item === null) continue;
    const made = walk(item, replace);
    if (made === item) continue;
    setOwn(after, key, made);
    if (isOwnText(item, made)) noteByteText(after, key);
  }
  return after;
}

/** Whether a text stands for a reference to what the transform knows itself, such as the region. */
const isOwnText = (before: Json, made: Json): boolean =>
  typeof made === 'string' &&
  isObject(before) &&
  typeof before.Ref === 'string' &&
  before.Ref.startsWith('AWS::');

function callName(value: JsonObject): string | undefined {
  let found: string | undefined;
  for (const key in value) {
    if (found !== undefined) return undefined;
    found = key;
  }
  return found;
}

/** Replaces variables in the text of a `Fn::Sub`, in place. */
export function fillSub(call: JsonObject, replace: (whole: string, variable: string) => string): void {
  const argument = call['Fn::Sub'];
  if (typeof argument === 'string') call['Fn::Sub'] = filled(argument, replace);
  else if (Array.isArray(argument) && typeof argument[0] === 'string')
    argument[0] = filled(argument[0], replace);
}

const filled = (text: string, replace: (whole: string, variable: string) => string): string =>
  text.includes('${') ? text.replace(VARIABLE, replace) : text;
