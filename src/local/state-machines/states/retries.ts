import { isObject, type Json, type JsonObject } from '../../../template/types.ts';
import { isNamedBy, type StateFailure } from '../failure.ts';
import { evaluated, withResult } from '../language/fields.ts';
import { seeded } from '../language/intrinsics.ts';
import type { StateEnd, StateScope } from '../scope.ts';
import { assignedBy } from './end.ts';

/** Counts tries by retrier, and says how long to wait before the next. */
export class Retries {
  readonly #scope: StateScope;
  readonly #used = new Map<JsonObject, number>();
  #count = 0;

  constructor(scope: StateScope) {
    this.#scope = scope;
  }

  /** Tries after the first. */
  get count(): number {
    return this.#count;
  }

  /** Milliseconds until the next try; nothing where there is none. */
  next(failure: StateFailure): number | undefined {
    const retrier = named(this.#scope, 'Retry', failure);
    if (!retrier) return undefined;
    const {
      MaxAttempts = 3,
      IntervalSeconds = 1,
      BackoffRate = 2,
      MaxDelaySeconds,
      JitterStrategy,
    } = retrier;
    const used = this.#used.get(retrier) ?? 0;
    if (used >= Number(MaxAttempts)) return undefined;
    this.#used.set(retrier, used + 1);
    this.#count++;
    const grown = Number(IntervalSeconds) * Number(BackoffRate) ** used;
    const seconds = Math.min(
      grown,
      MaxDelaySeconds === undefined ? Number.POSITIVE_INFINITY : Number(MaxDelaySeconds),
    );
    // Drawn from the place of the try, so that a run repeats.
    const share = JitterStrategy === 'FULL' ? seeded(this.#scope.entered * 1000 + this.#count) : 1;
    return seconds * share * 1000;
  }
}

/** The first rule of a list that names an error. */
function named(
  { state }: StateScope,
  list: 'Retry' | 'Catch',
  failure: StateFailure,
): JsonObject | undefined {
  const rules = state[list];
  return (Array.isArray(rules) ? rules : [])
    .filter(isObject)
    .find(
      ({ ErrorEquals }) =>
        Array.isArray(ErrorEquals) && isNamedBy(failure, ErrorEquals, state.Type === 'Task'),
    );
}

/** Where a caught error leads, and with what; nothing where it is not caught. */
export async function caught(scope: StateScope, failure: StateFailure): Promise<StateEnd | undefined> {
  const catcher = named(scope, 'Catch', failure);
  if (!catcher) return undefined;
  const error = failure.output as Json;
  const next = String(catcher.Next);
  if (scope.language === 'JSONata') {
    const of = { errorOutput: error };
    const assigned = await assignedBy(scope, { from: catcher, value: error, result: of });
    const output =
      catcher.Output === undefined ? error : await evaluated(scope, catcher.Output, 'Output', of);
    return { output, next, assigned };
  }
  const assigned = await assignedBy(scope, { from: catcher, value: error, result: {} });
  // Neither selector nor OutputPath is about errors.
  return { output: withResult(scope, catcher.ResultPath, error), next, assigned };
}
