/**
 * A thread of its own that evaluates JSONata expressions: who waits for it ends the thread when one does not come to an end.
 * It is built to a file beside the bundle.
 */
import { randomUUID } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import jsonata from 'jsonata';
import { isObject, type Json, type JsonObject } from '../../../template/types.ts';
import type { Evaluation, EvaluatorMessage } from './evaluation.ts';
import { hashOf, partitionOf, rangeOf, seeded } from './intrinsics.ts';

const compiled = new Map<string, jsonata.Expression>();

parentPort?.on('message', async ({ expression, bindings }: EvaluatorMessage) =>
  parentPort?.postMessage(await evaluation(expression, bindings)),
);

async function evaluation(expression: string, bindings: JsonObject): Promise<Evaluation> {
  let result: unknown;
  try {
    const known = compiled.get(expression) ?? jsonata(expression);
    compiled.set(expression, known);
    result = await known.evaluate(undefined, { ...FUNCTIONS, ...bindings });
  } catch (error) {
    const { code, message } = error as { code?: string; message?: string };
    return { kind: 'failed', reason: code === undefined ? String(message) : `${code}: ${message}` };
  }
  if (result === undefined) return { kind: 'nothing' };
  // Sequences of JSONata have properties of their own, and functions cannot be sent: JSON has neither.
  return isJson(result) ? { kind: 'value', json: JSON.stringify(result) } : { kind: 'unsupported' };
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
