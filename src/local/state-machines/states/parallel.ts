import { isObject, type Json, type JsonObject } from '../../../template/types.ts';
import { Trail } from '../history.ts';
import { type StateEnd, type StateScope, Variables } from '../scope.ts';
import { argumentsOf, endedWith } from './end.ts';

/** Runs all branches side by side with the same input; the first that fails ends the others. */
export async function parallel(scope: StateScope): Promise<StateEnd> {
  const { state, trail, run } = scope;
  const branches = (Array.isArray(state.Branches) ? state.Branches : []).filter(isObject);
  const input = await argumentsOf(scope);
  const started = trail.add('ParallelStateStarted');
  const others = new AbortController();
  const signal = AbortSignal.any([scope.signal, others.signal]);
  let last = started;
  const runOne = async (definition: JsonObject): Promise<Json> => {
    const own = new Trail(run.history, started);
    try {
      return await scope.inner(run, {
        definition,
        language: scope.language,
        input,
        context: scope.context,
        variables: new Variables(scope.variables),
        trail: own,
        signal,
      });
    } finally {
      if (!others.signal.aborted) last = own.last;
    }
  };
  try {
    const results = await Promise.all(branches.map(runOne));
    trail.resume(last);
    trail.beside('ParallelStateSucceeded');
    return await endedWith(scope, results);
  } catch (error) {
    trail.resume(last);
    throw error;
  } finally {
    others.abort();
  }
}
