import type { Json, JsonObject } from '../../../template/types.ts';
import { type Evaluate, openEvaluator } from './evaluation.ts';

/** An expression that could not be evaluated, or came to nothing that JSON knows. */
export class ExpressionError extends Error {}

/** The expression between `{%` and `%}`, or nothing where a text has none. */
export function expressionIn(text: string): string | undefined {
  const [, expression] = /^\{%([\s\S]*)%\}$/.exec(text) ?? [];
  return expression?.trim();
}

let evaluator: Evaluate | undefined;

/**
 * Evaluates a JSONata expression, in a thread of its own: neither a regular expression nor a recursion without an end stops
 * this process.
 *
 * @param bindings `states`, and the variables
 * @param field where it stands, for messages
 * @throws ExpressionError with the message that Step Functions gives
 */
export async function evaluate(expression: string, bindings: JsonObject, field: string): Promise<Json> {
  const about = `The JSONata expression '${expression}' specified for the field '${field}'`;
  evaluator ??= openEvaluator();
  const evaluation = await evaluator({ expression, bindings });
  switch (evaluation.kind) {
    case 'value':
      return JSON.parse(evaluation.json);
    case 'nothing':
      throw new ExpressionError(`${about} returned nothing (undefined).`);
    case 'unsupported':
      throw new ExpressionError(`${about} returned an unsupported result type.`);
    case 'failed':
      throw new ExpressionError(`${about} threw an error during evaluation. ${evaluation.reason}`);
  }
}

/** What JSONata calls the type of a value. */
export const typeName = (value: Json): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
