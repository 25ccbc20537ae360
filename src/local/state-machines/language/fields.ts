import { isObject, type Json, type JsonObject } from '../../../template/types.ts';
import { EvaluationFailure, StateFailure } from '../failure.ts';
import { atState, rootsOf, runtimeFailure, type StateScope } from '../scope.ts';
import { callIntrinsic, IntrinsicError } from './intrinsics.ts';
import { ExpressionError, evaluate, expressionIn, typeName } from './jsonata.ts';
import { PathError, type PathRoots, readPath, writePath } from './path.ts';

/** What `$states` has beside the input and the context. */
export interface StateResult {
  readonly result?: Json;
  readonly errorOutput?: Json;
}

/** A value that may hold JSONata expressions, in any depth. */
export async function evaluated(
  scope: StateScope,
  value: Json,
  field: string,
  of: StateResult = {},
): Promise<Json> {
  if (typeof value === 'string') {
    const expression = expressionIn(value);
    return expression === undefined ? value : expressionValue(scope, expression, { field, of });
  }
  if (Array.isArray(value))
    return Promise.all(value.map((item, index) => evaluated(scope, item, `${field}[${index}]`, of)));
  if (!isObject(value)) return value;
  const found: JsonObject = {};
  for (const [key, item] of Object.entries(value))
    found[key] = await evaluated(scope, item ?? null, `${field}/${key}`, of);
  return found;
}

async function expressionValue(
  scope: StateScope,
  expression: string,
  { field, of }: { readonly field: string; readonly of: StateResult },
): Promise<Json> {
  const states = { input: scope.input, context: scope.context, ...of };
  try {
    // While it is evaluated, no time is skipped.
    return await scope.run.clock.busy(() =>
      evaluate(expression, { ...scope.variables.all(), states }, field),
    );
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw new EvaluationFailure(atState(scope, error.message), scope.name, field);
  }
}

/** A value of JSONata that has to be of a type. */
export async function evaluatedAs(scope: StateScope, field: string, type: string): Promise<Json> {
  const given = scope.state[field] ?? null;
  const value = await evaluated(scope, given, field);
  if (typeName(value) === type) return value;
  const shown = JSON.stringify(value);
  const expression = typeof given === 'string' ? expressionIn(given) : undefined;
  throw new EvaluationFailure(
    atState(
      scope,
      `The JSONata expression '${expression ?? shown}' specified for the field '${field}' returned an unexpected result type. Expected '${type}', but was '${typeName(value)}' for value: ${shown}`,
    ),
    scope.name,
    field,
  );
}

/** A payload template: keys that end in `.$` are paths or calls of intrinsic functions. */
export function filled(scope: StateScope, template: Json, input: Json): Json {
  const roots = rootsOf(scope, input);
  const fill = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(fill);
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) =>
        key.endsWith('.$') && typeof item === 'string'
          ? [key.slice(0, -2), textValue(scope, { field: key, text: item }, roots)]
          : [key, fill(item ?? null)],
      ),
    );
  };
  return fill(template);
}

/** What a path or an intrinsic function comes to. */
export function textValue(
  scope: StateScope,
  { field, text }: { readonly field: string; readonly text: string },
  roots: PathRoots,
): Json {
  try {
    return text.startsWith('$') ? readPath(text, roots) : callIntrinsic(text, roots);
  } catch (error) {
    if (error instanceof IntrinsicError)
      throw new StateFailure(
        'States.Runtime',
        atState(scope, `The function '${text}' had the following error: ${error.message}`),
      );
    if (error instanceof SyntaxError) throw runtimeFailure(scope, error.message);
    if (!(error instanceof PathError)) throw error;
    const input = JSON.stringify(roots.input);
    throw runtimeFailure(
      scope,
      text.startsWith('$')
        ? `The JSONPath '${text}' specified for the field '${field}' could not be found in the input '${input}'`
        : `The function '${text}' had the following error: The JSONPath argument for the field '${argumentOf(text, error)}' could not be found in the input '${input}'`,
    );
  }
}

const argumentOf = (text: string, { message }: Error): string => {
  const place = /path: (\$.*)$/.exec(message)?.[1] ?? '';
  const plain = place.replace(/\['([^']*)'\]/g, '.$1');
  return text.includes(plain) && plain !== '' ? plain : text;
};

/** What InputPath or OutputPath leaves; `null` there leaves nothing. */
export function selected(scope: StateScope, field: string, value: Json): Json {
  const path = scope.state[field];
  if (path === undefined) return value;
  if (path === null) return {};
  return placed(scope, String(path), value);
}

/** What a reference path of a field leads to. */
export function placed(scope: StateScope, path: string, input: Json): Json {
  try {
    return path.startsWith('$')
      ? readPath(path, rootsOf(scope, input))
      : textValue(scope, { field: path, text: path }, rootsOf(scope, input));
  } catch (error) {
    if (error instanceof PathError || error instanceof SyntaxError)
      throw runtimeFailure(scope, `Invalid path '${path}' : ${error.message}`);
    throw error;
  }
}

/** The input of a state, with a result put where ResultPath says. */
export function withResult(scope: StateScope, path: Json | undefined, result: Json): Json {
  if (path === undefined) return result;
  if (path === null) return scope.input;
  try {
    return writePath(String(path), scope.input, result);
  } catch (error) {
    if (!(error instanceof PathError) && !(error instanceof SyntaxError)) throw error;
    throw new StateFailure('States.ResultPathMatchFailure', atState(scope, error.message));
  }
}
