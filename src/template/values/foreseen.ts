import { declaredParameters, isList, noEchoParameters, ssmParameters } from '../parameters.ts';
import { isObject, type Json, type JsonObject, own, type Template } from '../types.ts';
import { comesTo, type Scope } from './evaluate.ts';
import { lookedUp } from './known-value.ts';

/** What parameters and pseudo parameters of a stack will be, as far as that can be told before it is deployed. */
export interface Sources {
  /** Given for this deployment. */
  readonly given: Readonly<Record<string, string>>;
  /** What the deployed stack has, which it keeps for what is not given; pseudo parameters. */
  readonly deployed: Readonly<Record<string, string>>;
}

/** Values that were read while something was made of a template. */
export interface Reading {
  /** With their values, as text. */
  readonly read: Map<string, string>;
  /** Those that were not given: a deployed stack may have other values, or any. */
  readonly notGiven: Set<string>;
}

export const newReading = (): Reading => ({ read: new Map(), notGiven: new Set() });

/** Makes something; what was read for it is forgotten where it is of no use. */
export function tentatively<Value>(
  { read, notGiven }: Reading,
  make: () => Value,
  isOfUse: (value: Value) => boolean,
): Value {
  const before = { read: [...read], notGiven: [...notGiven] };
  const made = make();
  if (isOfUse(made)) return made;
  read.clear();
  for (const [name, value] of before.read) read.set(name, value);
  notGiven.clear();
  for (const name of before.notGiven) notGiven.add(name);
  return made;
}

/**
 * The scope of a stack's own template. What SSM holds is not known, nor what is secret: nothing that is made may depend on
 * it.
 *
 * @param reading receives every name that is asked for
 */
export function foreseen(template: Template, { given, deployed }: Sources, reading: Reading): Scope {
  const declared = declaredParameters(template);
  const unknown = new Set([...noEchoParameters(template), ...ssmParameters(template)]);
  const text = (name: string): string | undefined => {
    const parameter = own(declared, name);
    if (unknown.has(name) || (parameter === undefined && !name.startsWith('AWS::'))) return undefined;
    const told = parameter && own(given, name);
    if (told !== undefined) return told;
    reading.notGiven.add(name);
    const kept = own(deployed, name);
    return kept !== undefined && !/^\*{4,}$/.test(kept) ? kept : defaultOf(parameter);
  };
  return scopeOf(template, (name) => {
    const value = text(name);
    if (value === undefined || isLookedUp(value)) return undefined;
    reading.read.set(name, value);
    return typed(value, own(declared, name));
  });
}

/** Pseudo parameters that a stack shares with the stacks in it. */
const SHARED = new Set(['AWS::AccountId', 'AWS::Partition', 'AWS::Region', 'AWS::URLSuffix']);

/**
 * The scope of a nested template: its parameters are what its parent says.
 *
 * @param parameters of the resource that it is, as its author wrote them
 */
export function foreseenWithin(parent: Scope, template: Template, parameters: Json | undefined): Scope {
  const declared = declaredParameters(template);
  const unknown = new Set([...noEchoParameters(template), ...ssmParameters(template)]);
  return scopeOf(template, (name) => {
    if (SHARED.has(name)) return lookedUp(parent.known, name);
    const parameter = own(declared, name);
    if (unknown.has(name) || parameter === undefined) return undefined;
    const written = isObject(parameters) ? own(parameters, name) : undefined;
    if (written === undefined) {
      const value = isObject(parameters ?? {}) ? defaultOf(parameter) : undefined;
      return value === undefined ? undefined : typed(value, parameter);
    }
    const value = comesTo(written, parent);
    const text = Array.isArray(value) ? value.join(',') : value;
    return typeof text === 'string' && !isLookedUp(text) ? typed(text, parameter) : undefined;
  });
}

const scopeOf = (template: Template, known: Scope['known']): Scope => ({
  template,
  known,
  conditions: new Map(),
});

const defaultOf = (parameter: JsonObject | undefined): string | undefined =>
  parameter?.Default === undefined || parameter.Default === null ? undefined : String(parameter.Default);

/** A dynamic reference: CloudFormation reads it from SSM or Secrets Manager. */
const isLookedUp = (value: string): boolean => value.includes('{{resolve:');

/** Lists as lists. */
const typed = (value: string, parameter: JsonObject | undefined): Json =>
  isList(parameter ?? {}) ? value.split(',').map((item) => item.trim()) : value;
