import { isObject, type JsonObject, own } from '../../template/types.ts';
import { EvaluationFailure, isFinal, StateFailure } from './failure.ts';
import { inputDetails, outputDetails, variableDetails } from './history.ts';
import {
  type MachinePart,
  type MachineRun,
  type QueryLanguage,
  type RunStates,
  runtimeFailure,
  type StateEnd,
  type StateScope,
} from './scope.ts';
import { choice } from './states/choice.ts';
import { map } from './states/map.ts';
import { parallel } from './states/parallel.ts';
import { caught, Retries } from './states/retries.ts';
import { fail, pass, succeed, wait } from './states/simple.ts';
import { isTooLarge, tooLarge } from './states/size.ts';
import { task } from './states/task.ts';

const TYPES: Readonly<Record<string, (scope: StateScope) => Promise<StateEnd>>> = {
  Choice: choice,
  Fail: fail,
  Map: map,
  Parallel: parallel,
  Pass: pass,
  Succeed: succeed,
  Task: task,
  Wait: wait,
};

/**
 * Runs states one after the other, from the first to the last.
 *
 * @throws StateFailure when a state fails and nothing catches it
 */
export const runStates: RunStates = async (run, part) => {
  const states = isObject(part.definition.States) ? part.definition.States : {};
  let name: string | undefined = String(part.definition.StartAt);
  let { input } = part;
  while (name !== undefined) {
    part.signal.throwIfAborted();
    const state: unknown = own(states, name);
    if (!isObject(state)) throw new StateFailure('States.Runtime', `There is no state '${name}'`);
    const end: StateEnd = await runState(run, { ...part, input }, { name, state });
    input = end.output;
    name = end.next;
  }
  return input;
};

async function runState(
  run: MachineRun,
  part: MachinePart,
  { name, state }: { readonly name: string; readonly state: JsonObject },
): Promise<StateEnd> {
  const { trail, input } = part;
  const type = String(state.Type);
  const before = trail.last;
  const entered = trail.add(`${type}StateEntered`, { ...inputDetails(input), name });
  const context = (retries: number): JsonObject => ({
    ...part.context,
    State: {
      Name: name,
      EnteredTime: new Date(run.clock.now()).toISOString(),
      ...(type === 'Task' && { RetryCount: retries }),
    },
  });
  const language: QueryLanguage =
    state.QueryLanguage === 'JSONata' || state.QueryLanguage === 'JSONPath'
      ? state.QueryLanguage
      : part.language;
  const scope: StateScope = {
    run,
    name,
    state,
    language,
    input,
    context: context(0),
    variables: part.variables,
    trail,
    entered,
    before,
    signal: part.signal,
    inner: runStates,
  };
  const end = await tried(scope, type, context);
  if (isTooLarge(end.output)) throw tooLarge(name);
  scope.variables.assign(end.assigned);
  trail.add(`${type}StateExited`, { name, ...outputDetails(end.output), ...variableDetails(end.assigned) });
  return end;
}

/** Runs a state until it succeeds, or no retrier is left; then asks the catchers. */
async function tried(
  scope: StateScope,
  type: string,
  context: (retries: number) => JsonObject,
): Promise<StateEnd> {
  const retries = new Retries(scope);
  const runIt = TYPES[type];
  if (!runIt) throw runtimeFailure(scope, `There is no type of states '${type}'`);
  for (;;) {
    let failure: StateFailure;
    try {
      return await runIt({ ...scope, context: context(retries.count) });
    } catch (error) {
      scope.signal.throwIfAborted();
      if (!(error instanceof StateFailure)) throw error;
      failure = error;
    }
    tellEvaluation(scope, failure);
    const pause = retries.next(failure);
    if (pause !== undefined) {
      await scope.run.clock.pause(pause, scope.signal);
      scope.signal.throwIfAborted();
      continue;
    }
    if ((type === 'Map' || type === 'Parallel') && !isFinal(failure)) scope.trail.add(`${type}StateFailed`);
    const end = await caught(scope, failure).catch((error: unknown) => {
      if (error instanceof StateFailure) tellEvaluation(scope, error);
      throw error;
    });
    if (end) return end;
    throw failure;
  }
}

/** An expression that failed is told once, where it stands. */
function tellEvaluation({ name, trail, before }: StateScope, failure: StateFailure): void {
  if (!(failure instanceof EvaluationFailure) || failure.state !== name) return;
  const { error, cause, location, state } = failure;
  trail.after(before, 'EvaluationFailed', {
    ...(cause !== undefined && { cause }),
    ...(error !== undefined && { error }),
    ...(location !== undefined && { location }),
    state,
  });
}
