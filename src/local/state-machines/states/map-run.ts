import { randomUUID } from 'node:crypto';
import { isObject, type Json, type JsonObject } from '../../../template/types.ts';
import { StateFailure } from '../failure.ts';
import { machineHistory, Trail } from '../history.ts';
import { evaluated, filled } from '../language/fields.ts';
import { type MapRun, runtimeFailure, type StateScope, Variables } from '../scope.ts';
import { inBatches } from './batches.ts';
import { itemInput } from './item-input.ts';
import { numberField } from './number-field.ts';
import { readItems } from './read-items.ts';

/** Iterations that run side by side where nothing limits them. */
const AT_ONCE = 40;

/** A distributed Map: each item, or batch of items, is an execution of its own. */
export async function mapRun(
  scope: StateScope,
  processor: JsonObject,
  given: (scope: StateScope) => Promise<readonly Json[]>,
): Promise<Json> {
  const { state, trail, run } = scope;
  const reader = isObject(state.ItemReader) ? state.ItemReader : undefined;
  const concurrency = await numberField(scope, 'MaxConcurrency', 0);
  const own = reader ? [] : await given(scope);
  trail.add('MapStateStarted', { length: own.length });
  const limits = await tolerated(scope);
  const label = typeof state.Label === 'string' ? state.Label : randomUUID();
  const arn = `${run.executionArn.replace(':execution:', ':mapRun:').replace(/:[^:]*$/, '')}/${label}:${randomUUID()}`;
  const kept: MapRun = {
    arn,
    startedAt: run.clock.now(),
    status: 'RUNNING',
    maxConcurrency: concurrency,
    ...limits,
    total: own.length,
    succeeded: 0,
    failed: 0,
  };
  run.mapRuns.push(kept);
  trail.add('MapRunStarted', { mapRunArn: arn });
  try {
    const items = reader ? await readItems(scope, reader) : own;
    const results = await runAll(scope, { processor, inputs: await inputsOf(scope, items), kept });
    kept.status = 'SUCCEEDED';
    trail.add('MapRunSucceeded');
    trail.beside('MapStateSucceeded');
    return isObject(state.ResultWriter)
      ? await written(scope, state.ResultWriter, { arn, results })
      : results;
  } catch (error) {
    kept.status = 'FAILED';
    if (error instanceof StateFailure && error.error !== 'States.Runtime')
      trail.add('MapRunFailed', {
        ...(error.error !== undefined && { error: error.error }),
        ...(error.cause !== undefined && { cause: error.cause }),
      });
    throw error;
  } finally {
    kept.endedAt = run.clock.now();
  }
}

async function tolerated(
  scope: StateScope,
): Promise<Pick<MapRun, 'toleratedFailureCount' | 'toleratedFailurePercentage'>> {
  const toleratedFailureCount = await numberField(scope, 'ToleratedFailureCount', 0);
  if (toleratedFailureCount < 0) throw runtimeFailure(scope, 'ToleratedFailureCount cannot be negative.');
  const toleratedFailurePercentage = await numberField(scope, 'ToleratedFailurePercentage', 0, 'float');
  if (toleratedFailurePercentage < 0 || toleratedFailurePercentage > 100)
    throw runtimeFailure(scope, 'ToleratedFailurePercentage must be between 0 and 100.');
  return { toleratedFailureCount, toleratedFailurePercentage };
}

/** What each child gets, and the item that it is about. */
async function inputsOf(scope: StateScope, items: readonly Json[]): Promise<readonly Json[]> {
  const inputs: Json[] = [];
  for (const [index, item] of items.entries()) {
    const context = { ...scope.context, Map: { Item: { Index: index, Value: item } } };
    inputs.push(await itemInput({ ...scope, context }, item));
  }
  return inBatches(scope, inputs);
}

async function runAll(
  scope: StateScope,
  {
    processor,
    inputs,
    kept,
  }: { readonly processor: JsonObject; readonly inputs: readonly Json[]; readonly kept: MapRun },
): Promise<Json[]> {
  const { run } = scope;
  const stop = new AbortController();
  const signal = AbortSignal.any([scope.signal, stop.signal]);
  const results: Json[] = [];
  kept.total = inputs.length;
  const isTooMuch = failureThreshold(scope, kept, inputs);
  let failedItems = 0;
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < inputs.length && !signal.aborted) {
      const index = next++;
      const input = inputs[index] ?? null;
      const history = machineHistory(run.clock.now);
      history.add('ExecutionStarted', 0);
      try {
        const output = await scope.inner(
          { ...run, history },
          {
            definition: processor,
            language: scope.language,
            input,
            context: childContext(scope, input),
            variables: new Variables(scope.variables),
            trail: new Trail(history, 0),
            signal,
          },
        );
        kept.succeeded++;
        results[index] = output;
      } catch (error) {
        if (!(error instanceof StateFailure)) throw error;
        kept.failed++;
        failedItems += itemsIn(scope, input);
        if (!isTooMuch(failedItems)) continue;
        stop.abort();
        throw new StateFailure(
          'States.ExceedToleratedFailureThreshold',
          'The specified tolerated failure threshold was exceeded',
        );
      }
    }
  };
  const workers = Math.min(inputs.length, kept.maxConcurrency > 0 ? kept.maxConcurrency : AT_ONCE);
  await Promise.all(Array.from({ length: workers }, worker));
  // Those that failed left holes.
  return results.filter((result) => result !== undefined);
}

/** How many items an execution is about. */
const itemsIn = ({ state }: StateScope, input: Json): number =>
  isObject(state.ItemBatcher) && isObject(input) && Array.isArray(input.Items) ? input.Items.length : 1;

/**
 * Whether a Map Run has too many failed items; where it has both limits, each of them counts.
 *
 * Source: AWS Step Functions Developer Guide, "Tolerated failure threshold for Distributed Map state".
 */
function failureThreshold(
  scope: StateScope,
  { toleratedFailureCount, toleratedFailurePercentage }: MapRun,
  inputs: readonly Json[],
): (failed: number) => boolean {
  const { state } = scope;
  const has = (field: string): boolean => state[field] !== undefined || state[`${field}Path`] !== undefined;
  const all = inputs.reduce<number>((sum, input) => sum + itemsIn(scope, input), 0);
  const limits = [
    ...(has('ToleratedFailureCount') ? [toleratedFailureCount] : []),
    ...(has('ToleratedFailurePercentage') ? [(toleratedFailurePercentage / 100) * all] : []),
  ];
  const most = limits.length === 0 ? 0 : Math.min(...limits);
  return (failed) => failed > most;
}

/** A child is an execution of its own. */
function childContext({ context, run }: StateScope, input: Json): JsonObject {
  const name = randomUUID();
  const execution = isObject(context.Execution) ? context.Execution : {};
  return {
    ...context,
    Execution: {
      ...execution,
      Id: `${run.executionArn.replace(/:[^:]*$/, '')}:${name}`,
      Input: input,
      Name: name,
      StartTime: new Date(run.clock.now()).toISOString(),
    },
  };
}

/** Results go where the writer says; there is nobody here who writes, so only the place is told. */
async function written(
  scope: StateScope,
  writer: JsonObject,
  { arn, results }: { readonly arn: string; readonly results: readonly Json[] },
): Promise<Json> {
  const template = scope.language === 'JSONata' ? writer.Arguments : writer.Parameters;
  if (template === undefined) return formatted(scope, writer.WriterConfig, results);
  const place =
    scope.language === 'JSONata'
      ? await evaluated(scope, template, 'ResultWriter/Arguments')
      : filled(scope, template, scope.input);
  const { Bucket = '', Prefix = '' } = isObject(place) ? place : {};
  const run = arn.slice(arn.lastIndexOf(':') + 1);
  return {
    MapRunArn: arn,
    ResultWriterDetails: { Bucket, Key: `${Prefix === '' ? '' : `${Prefix}/`}${run}/manifest.json` },
  };
}

/**
 * Results as the state hands them on where nothing is written.
 * Source: AWS Step Functions Developer Guide, "ResultWriter (Map)".
 */
function formatted(scope: StateScope, config: Json | undefined, results: readonly Json[]): Json {
  const { Transformation = 'COMPACT', OutputType = 'JSON' } = isObject(config) ? config : {};
  if (OutputType !== 'JSON' || (Transformation !== 'COMPACT' && Transformation !== 'FLATTEN'))
    throw runtimeFailure(
      scope,
      `Results of the Transformation ${String(Transformation)} and the OutputType ${String(OutputType)} are not made here, but COMPACT and FLATTEN as JSON are`,
    );
  return Transformation === 'FLATTEN' ? results.flat() : [...results];
}
