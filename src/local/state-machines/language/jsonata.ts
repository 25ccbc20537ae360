import { randomUUID } from 'node:crypto';
import jsonata from 'jsonata';
import { isObject, type Json, type JsonObject } from '../../../template/types.ts';
import { hashOf, partitionOf, rangeOf, seeded } from './intrinsics.ts';

/** An expression that could not be evaluated, or came to nothing that JSON knows. */
export class ExpressionError extends Error {}

const compiled = new Map<string, jsonata.Expression>();

/** The expression between `{%` and `%}`, or nothing where a text has none. */
export function expressionIn(text: string): string | undefined {
  const [, expression] = /^\{%([\s\S]*)%\}$/.exec(text) ?? [];
  return expression?.trim();
}

/**
 * Evaluates a JSONata expression.
 *
 * @param bindings `states`, and the variables
 * @param field where it stands, for messages
 * @throws ExpressionError with the message that Step Functions gives
 */
export async function evaluate(expression: string, bindings: JsonObject, field: string): Promise<Json> {
  const about = `The JSONata expression '${expression}' specified for the field '${field}'`;
  let result: unknown;
  try {
    const known = compiled.get(expression) ?? jsonata(expression);
    compiled.set(expression, known);
    result = await known.evaluate(undefined, { ...FUNCTIONS, ...bindings });
  } catch (error) {
    const { code, message } = error as { code?: string; message?: string };
    const reason = code === undefined ? message : `${code}: ${message}`;
    throw new ExpressionError(`${about} threw an error during evaluation. ${reason}`);
  }
  if (result === undefined) throw new ExpressionError(`${about} returned nothing (undefined).`);
  if (!isJson(result)) throw new ExpressionError(`${about} returned an unsupported result type.`);
  // Sequences of JSONata have properties of their own.
  return JSON.parse(JSON.stringify(result));
}

function isJson(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isJson);
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return typeof value !== 'function' && value !== undefined;
  // Functions are objects, too, as the library has them.
  return isObject(value) && !('_jsonata_lambda' in value) && !('_jsonata_function' in value);
}

/** A list that JSONata takes for a sequence, as Step Functions returns it here: one item is that item. */
const sequence = (items: Json[]): Json[] => Object.defineProperty(items, 'sequence', { value: true });

/** Source: AWS Step Functions Developer Guide, "JSONata functions provided by Step Functions"; `$eval` is not there. */
const FUNCTIONS: Readonly<Record<string, unknown>> = {
  partition: (list: unknown, size: number) =>
    Array.isArray(list) ? partitionOf(list as Json[], Math.floor(size)) : undefined,
  range: (first: number, last: number, step: number) => sequence(rangeOf(first, last, step)),
  hash: (value: Json, algorithm: Json) => hashOf(value, algorithm),
  random: (seed?: number) => (seed === undefined ? Math.random() : seeded(seed)),
  uuid: () => randomUUID(),
  parse: (text: string) => JSON.parse(text),
  eval: undefined,
};

/** What JSONata calls the type of a value. */
export const typeName = (value: Json): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
