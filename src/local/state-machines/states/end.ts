import { isObject, type Json, type JsonObject } from '../../../template/types.ts';
import { evaluated, filled, type StateResult, selected, withResult } from '../language/fields.ts';
import type { StateEnd, StateScope } from '../scope.ts';

/** What a state assigns, which sees the variables as they were before. */
export async function assignedBy(
  scope: StateScope,
  of: { readonly from: JsonObject; readonly value: Json; readonly result: StateResult },
): Promise<Record<string, Json>> {
  const template = of.from.Assign;
  if (!isObject(template)) return {};
  const made =
    scope.language === 'JSONata'
      ? await evaluated(scope, template, 'Assign', of.result)
      : filled(scope, template, of.value);
  return isObject(made) ? (made as Record<string, Json>) : {};
}

/** The end of a state that had no result but what it was given. */
export async function passedOn(scope: StateScope, from: JsonObject = scope.state): Promise<StateEnd> {
  const next = typeof from.Next === 'string' ? from.Next : undefined;
  if (scope.language === 'JSONata') {
    const assigned = await assignedBy(scope, { from, value: scope.input, result: {} });
    const output = from.Output === undefined ? scope.input : await evaluated(scope, from.Output, 'Output');
    return { output, next, assigned };
  }
  const input = selected(scope, 'InputPath', scope.input);
  const assigned = await assignedBy(scope, { from, value: input, result: {} });
  return { output: selected(scope, 'OutputPath', input), next, assigned };
}

/** The end of a state that had a result: selectors, variables, the place of the result, output. */
export async function endedWith(scope: StateScope, raw: Json): Promise<StateEnd> {
  const { state } = scope;
  const next = typeof state.Next === 'string' ? state.Next : undefined;
  if (scope.language === 'JSONata') {
    const result = { result: raw };
    const assigned = await assignedBy(scope, { from: state, value: raw, result });
    const output = state.Output === undefined ? raw : await evaluated(scope, state.Output, 'Output', result);
    return { output, next, assigned };
  }
  const result = state.ResultSelector === undefined ? raw : filled(scope, state.ResultSelector, raw);
  const assigned = await assignedBy(scope, { from: state, value: raw, result: {} });
  const whole = withResult(scope, state.ResultPath, result);
  return { output: selected(scope, 'OutputPath', whole), next, assigned };
}

/** What a state works on: InputPath, then Parameters; or Arguments. */
export async function argumentsOf(scope: StateScope): Promise<Json> {
  const { state } = scope;
  if (scope.language === 'JSONata')
    return state.Arguments === undefined ? scope.input : evaluated(scope, state.Arguments, 'Arguments');
  const input = selected(scope, 'InputPath', scope.input);
  return state.Parameters === undefined ? input : filled(scope, state.Parameters, input);
}
