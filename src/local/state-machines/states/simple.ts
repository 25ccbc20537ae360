import { type Json, own } from '../../../template/types.ts';
import { EvaluationFailure, StateFailure } from '../failure.ts';
import { instantOf } from '../instant.ts';
import { evaluated, placed, selected, textValue, withResult } from '../language/fields.ts';
import { hasPath } from '../language/path.ts';
import { atState, rootsOf, runtimeFailure, type StateEnd, type StateScope } from '../scope.ts';
import { argumentsOf, assignedBy, passedOn } from './end.ts';

export async function pass(scope: StateScope): Promise<StateEnd> {
  const { state } = scope;
  if (scope.language === 'JSONata') return passedOn(scope);
  const input = selected(scope, 'InputPath', scope.input);
  const result = own(state, 'Result') ?? (Object.hasOwn(state, 'Result') ? null : await argumentsOf(scope));
  const whole = withResult({ ...scope, input }, state.ResultPath, result);
  const next = typeof state.Next === 'string' ? state.Next : undefined;
  const assigned = await assignedBy(scope, { from: state, value: result, result: {} });
  return { output: selected(scope, 'OutputPath', whole), next, assigned };
}

export async function succeed(scope: StateScope): Promise<StateEnd> {
  return { ...(await passedOn(scope)), next: undefined };
}

export async function fail(scope: StateScope): Promise<StateEnd> {
  const [error, cause] = [await failText(scope, 'Error'), await failText(scope, 'Cause')];
  throw new StateFailure(error, cause);
}

async function failText(scope: StateScope, field: 'Error' | 'Cause'): Promise<string | undefined> {
  const { state, language } = scope;
  const path = state[`${field}Path`];
  if (typeof path === 'string') {
    const value = textValue(scope, { field: `${field}Path`, text: path }, rootsOf(scope, scope.input));
    return typeof value === 'string' ? value : JSON.stringify(value);
  }
  const given = state[field];
  if (given === undefined) return undefined;
  const value = language === 'JSONata' ? await evaluated(scope, given, field) : given;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export async function wait(scope: StateScope): Promise<StateEnd> {
  const { clock } = scope.run;
  const seconds = await secondsOf(scope);
  if (seconds > LONGEST_WAIT) throw runtimeFailure(scope, 'Wait state delay is too long.');
  await clock.pause(seconds * 1000, scope.signal);
  scope.signal.throwIfAborted();
  return passedOn(scope);
}

/** Seconds: 68 years, a little less than what an execution may take. */
const LONGEST_WAIT = 2 ** 31 - 1;

async function secondsOf(scope: StateScope): Promise<number> {
  const { state, language, run } = scope;
  const until = (at: number): number => Math.max(0, (at - run.clock.now()) / 1000);
  if (language === 'JSONata') {
    if (state.Seconds !== undefined) {
      const value = await evaluated(scope, state.Seconds, 'Seconds');
      if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
      throw evaluationFailure(
        scope,
        'Seconds',
        `The Seconds field must be a non-negative integer but was: ${JSON.stringify(value)}`,
      );
    }
    const value = await evaluated(scope, state.Timestamp ?? null, 'Timestamp');
    const at = typeof value === 'string' ? instantOf(value) : undefined;
    if (at !== undefined) return until(at);
    throw evaluationFailure(
      scope,
      'Timestamp',
      `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${text(value)}`,
    );
  }
  const input = selected(scope, 'InputPath', scope.input);
  if (typeof state.SecondsPath === 'string') return secondsAt(scope, state.SecondsPath, input);
  if (typeof state.TimestampPath === 'string') {
    const value = placed(scope, state.TimestampPath, input);
    const at = typeof value === 'string' ? instantOf(value) : undefined;
    if (at !== undefined) return until(at);
    throw runtimeFailure(
      scope,
      `The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: ${state.TimestampPath} == ${text(value)}`,
    );
  }
  if (typeof state.Timestamp === 'string') return until(instantOf(state.Timestamp) ?? 0);
  return Number(state.Seconds ?? 0);
}

function secondsAt(scope: StateScope, path: string, input: Json): number {
  if (!hasPath(path, rootsOf(scope, input)))
    throw runtimeFailure(scope, `The SecondsPath parameter does not reference an input value: ${path}`);
  const value = placed(scope, path, input);
  const seconds = typeof value === 'string' ? Number(value) : value;
  if (typeof seconds !== 'number' || !Number.isInteger(seconds))
    throw runtimeFailure(
      scope,
      `The SecondsPath parameter cannot be parsed as a long value: ${path} == ${text(value)}`,
    );
  if (seconds < 0)
    throw runtimeFailure(
      scope,
      `The SecondsPath parameter references a negative value: ${path} == ${seconds}`,
    );
  return seconds;
}

const text = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

const evaluationFailure = (scope: StateScope, field: string, message: string): EvaluationFailure =>
  new EvaluationFailure(atState(scope, message), scope.name, field);
