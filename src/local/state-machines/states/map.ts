import { isObject, type Json, type JsonObject } from '../../../template/types.ts';
import { EvaluationFailure } from '../failure.ts';
import { Trail } from '../history.ts';
import { evaluated, evaluatedAs, placed, selected } from '../language/fields.ts';
import { atState, runtimeFailure, type StateEnd, type StateScope, Variables } from '../scope.ts';
import { endedWith } from './end.ts';
import { itemInput } from './item-input.ts';
import { mapRun } from './map-run.ts';
import { numberField } from './number-field.ts';

/** Runs a part of the machine for each item. */
export async function map(scope: StateScope): Promise<StateEnd> {
  const processor = [scope.state.ItemProcessor, scope.state.Iterator].find(isObject) ?? {};
  const { ProcessorConfig } = processor;
  const distributed = isObject(ProcessorConfig) && ProcessorConfig.Mode === 'DISTRIBUTED';
  return endedWith(
    scope,
    distributed ? await mapRun(scope, processor, itemsOf) : await inline(scope, processor),
  );
}

/** What the machine's own state has to go through. */
async function itemsOf(scope: StateScope): Promise<readonly Json[]> {
  const { state, language } = scope;
  if (language === 'JSONata') {
    if (state.Items !== undefined) {
      const items = Array.isArray(state.Items)
        ? await evaluated(scope, state.Items, 'Items')
        : await evaluatedAs(scope, 'Items', 'array');
      return Array.isArray(items) ? items : [];
    }
    if (Array.isArray(scope.input)) return scope.input;
    throw new EvaluationFailure(
      atState(scope, `Map state input must be an array but was: ${JSON.stringify(scope.input)}`),
      scope.name,
      undefined,
    );
  }
  const input = selected(scope, 'InputPath', scope.input);
  const path = typeof state.ItemsPath === 'string' ? state.ItemsPath : '$';
  const items = placed(scope, path, input);
  if (Array.isArray(items)) return items;
  throw runtimeFailure(
    scope,
    state.ItemsPath === undefined
      ? `Reference path "$" must point to array.`
      : `Reference path "${path}" must point to array.`,
  );
}

async function inline(scope: StateScope, processor: JsonObject): Promise<Json[]> {
  const { trail, run } = scope;
  const concurrency = await numberField(scope, 'MaxConcurrency', 0);
  const items = await itemsOf(scope);
  const started = trail.add('MapStateStarted', { length: items.length });
  const others = new AbortController();
  const signal = AbortSignal.any([scope.signal, others.signal]);
  const results: Json[] = new Array(items.length);
  const open = new Set<number>();
  let last = started;
  let next = 0;

  const runOne = async (index: number, previous: number): Promise<number> => {
    const name = { index, name: scope.name };
    const own = new Trail(run.history, previous);
    own.add('MapIterationStarted', name);
    open.add(index);
    try {
      const context = itemContext(scope, index, items[index] ?? null);
      const input = await itemInput({ ...scope, context }, items[index] ?? null);
      results[index] = await scope.inner(run, {
        definition: processor,
        language: scope.language,
        input,
        context,
        variables: new Variables(scope.variables),
        trail: own,
        signal,
      });
      last = own.beside('MapIterationSucceeded', name);
      return own.last;
    } catch (error) {
      if (!others.signal.aborted) {
        open.delete(index);
        own.beside('MapIterationFailed', name);
        last = own.last;
        others.abort();
        for (const each of open) own.beside('MapIterationAborted', { index: each, name: scope.name });
      }
      throw error;
    } finally {
      open.delete(index);
    }
  };
  const worker = async (): Promise<void> => {
    let previous = started;
    while (next < items.length && !signal.aborted) previous = await runOne(next++, previous);
  };
  try {
    const workers = concurrency === 0 ? items.length : Math.min(concurrency, items.length);
    await Promise.all(Array.from({ length: workers }, worker));
    trail.resume(last);
    trail.beside('MapStateSucceeded');
    return results;
  } catch (error) {
    trail.resume(last);
    throw error;
  } finally {
    others.abort();
  }
}

const itemContext = ({ context }: StateScope, index: number, value: Json): JsonObject => ({
  ...context,
  Map: { Item: { Index: index, Value: value } },
});
