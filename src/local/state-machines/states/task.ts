import { randomUUID } from 'node:crypto';
import { isObject, type Json, type JsonObject } from '../../../template/types.ts';
import { StateFailure, TimeoutFailure } from '../failure.ts';
import { inputDetails, outputDetails } from '../history.ts';
import { evaluated, placed } from '../language/fields.ts';
import { runtimeFailure, type StateEnd, type StateScope } from '../scope.ts';
import { argumentsOf, endedWith } from './end.ts';
import { isTooLarge, tooLarge } from './size.ts';

/** What the resource of a Task names. */
type Resource =
  | { readonly kind: 'function'; readonly reference: string }
  | { readonly kind: 'activity'; readonly arn: string }
  | {
      readonly kind: 'service';
      readonly service: string;
      readonly action: string;
      readonly pattern: 'request' | 'sync' | 'sync:2' | 'token';
    };

/** Seconds, where they are limited. */
interface Limits {
  readonly timeout: number | undefined;
  readonly heartbeat: number | undefined;
}

/** Calls a function, a service or an activity, and waits for what it says. */
export async function task(outer: StateScope): Promise<StateEnd> {
  const resource = resourceOf(String(outer.state.Resource));
  const token = randomUUID() + randomUUID();
  const context = { ...outer.context, Task: { Token: token } };
  const scope = resource.kind === 'service' && resource.pattern !== 'request' ? { ...outer, context } : outer;
  const parameters = await argumentsOf(scope);
  const limits = await limitsOf(scope);
  switch (resource.kind) {
    case 'function':
      return endedWith(
        scope,
        await callFunction(scope, { reference: resource.reference, payload: parameters, limits }),
      );
    case 'activity':
      return endedWith(
        scope,
        await callActivity(scope, { arn: resource.arn, input: parameters, limits, token }),
      );
    default:
      return endedWith(scope, await callService(scope, { resource, parameters, limits, token }));
  }
}

function resourceOf(arn: string): Resource {
  const [, found = arn] = /^arn:[^:]*:states:::(.+)$/.exec(arn) ?? [];
  if (found !== arn) {
    const [, name = found, suffix] = /^(.*?)\.(sync|sync:2|waitForTaskToken)$/.exec(found) ?? [];
    const colon = name.lastIndexOf(':');
    return {
      kind: 'service',
      service: name.slice(0, colon),
      action: name.slice(colon + 1),
      pattern:
        suffix === 'waitForTaskToken'
          ? 'token'
          : suffix === 'sync' || suffix === 'sync:2'
            ? suffix
            : 'request',
    };
  }
  return /^arn:[^:]*:states:[^:]*:[^:]*:activity:/.test(arn)
    ? { kind: 'activity', arn }
    : { kind: 'function', reference: arn };
}

async function limitsOf(scope: StateScope): Promise<Limits> {
  return {
    timeout: await limitOf(scope, 'TimeoutSeconds'),
    heartbeat: await limitOf(scope, 'HeartbeatSeconds'),
  };
}

async function limitOf(scope: StateScope, field: string): Promise<number | undefined> {
  const { state, language } = scope;
  const path = state[`${field}Path`];
  const given = state[field];
  if (path === undefined && given === undefined) return undefined;
  const value =
    typeof path === 'string'
      ? placed(scope, path, scope.input)
      : language === 'JSONata'
        ? await evaluated(scope, given ?? null, field)
        : given;
  if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value;
  throw runtimeFailure(scope, `The ${field} is no positive integer: ${JSON.stringify(value)}`);
}

/** Gives up after so many seconds; whatever is still on its way hears of it. */
async function within<Result>(
  scope: StateScope,
  seconds: number | undefined,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  if (seconds === undefined) return work(scope.signal);
  const late = new AbortController();
  const done = new AbortController();
  const signal = AbortSignal.any([scope.signal, late.signal]);
  const limit = scope.run.clock
    .sleep(seconds * 1000, AbortSignal.any([scope.signal, done.signal]))
    .then(() => {
      if (!done.signal.aborted && !scope.signal.aborted) late.abort();
      throw new TimeoutFailure(false);
    });
  const working = work(signal);
  working.catch(() => undefined);
  limit.catch(() => undefined);
  try {
    return await Promise.race([working, limit]);
  } finally {
    done.abort();
  }
}

const limitDetails = ({ timeout, heartbeat }: Limits): JsonObject => ({
  ...(timeout !== undefined && { timeoutInSeconds: timeout }),
  ...(heartbeat !== undefined && { heartbeatInSeconds: heartbeat }),
});

const credentials = ({ state }: StateScope): JsonObject =>
  isObject(state.Credentials) && typeof state.Credentials.RoleArn === 'string'
    ? { taskCredentials: { roleArn: state.Credentials.RoleArn } }
    : {};

/** Tells the end of a task; `names` are those of its events. */
async function told(
  scope: StateScope,
  names: { readonly prefix: string; readonly about: JsonObject; readonly large: string },
  work: () => Promise<Json>,
): Promise<Json> {
  const { prefix, about, large } = names;
  try {
    const output = await work();
    if (isTooLarge(output)) throw tooLarge(large);
    scope.trail.add(`${prefix}Succeeded`, { ...outputDetails(output), ...about });
    return output;
  } catch (error) {
    if (!(error instanceof StateFailure)) throw error;
    const { error: name, cause } = error;
    const details = {
      ...(name !== undefined && { error: name }),
      ...(cause !== undefined && { cause }),
      ...about,
    };
    scope.trail.add(error instanceof TimeoutFailure ? `${prefix}TimedOut` : `${prefix}Failed`, details);
    throw error;
  }
}

async function callFunction(
  scope: StateScope,
  {
    reference,
    payload,
    limits,
  }: { readonly reference: string; readonly payload: Json; readonly limits: Limits },
): Promise<Json> {
  const { trail, run } = scope;
  trail.add('LambdaFunctionScheduled', {
    ...inputDetails(payload),
    resource: reference,
    ...limitDetails({ ...limits, heartbeat: undefined }),
    ...credentials(scope),
  });
  trail.add('LambdaFunctionStarted');
  return told(scope, { prefix: 'LambdaFunction', about: {}, large: reference }, () =>
    within(scope, limits.timeout, (signal) =>
      run.clock.busy(() => run.services.invoke({ reference, payload, signal, caller: run })),
    ),
  );
}

async function callService(
  scope: StateScope,
  call: {
    readonly resource: Extract<Resource, { kind: 'service' }>;
    readonly parameters: Json;
    readonly limits: Limits;
    readonly token: string;
  },
): Promise<Json> {
  const { trail, run } = scope;
  const { resource, parameters, limits, token } = call;
  const { service, action, pattern } = resource;
  const suffix = pattern === 'request' ? '' : pattern === 'token' ? '.waitForTaskToken' : `.${pattern}`;
  const about = { resource: `${action}${suffix}`, resourceType: service };
  trail.add('TaskScheduled', {
    parameters: JSON.stringify(parameters),
    region: run.region,
    ...about,
    ...limitDetails(limits),
    ...credentials(scope),
  });
  trail.add('TaskStarted', about);
  return told(scope, { prefix: 'Task', about, large: service }, async () => {
    const answer =
      pattern === 'token'
        ? run.awaitToken(token, {
            state: scope.name,
            timeout: limits.timeout === undefined ? undefined : limits.timeout * 1000,
            heartbeat: limits.heartbeat === undefined ? undefined : limits.heartbeat * 1000,
            signal: scope.signal,
          })
        : undefined;
    answer?.catch(() => undefined);
    const asked = await within(scope, limits.timeout, (signal) =>
      run.clock.busy(() => run.services.call({ service, action, parameters, signal, caller: run })),
    );
    if (pattern === 'request') return asked;
    trail.add('TaskSubmitted', { ...outputDetails(asked), ...about });
    if (answer) return answer;
    const arn = isObject(asked) && typeof asked.ExecutionArn === 'string' ? asked.ExecutionArn : '';
    const { succeeded, description } = await within(scope, limits.timeout, (signal) =>
      run.services.finished(arn, signal),
    );
    const shown = pattern === 'sync:2' ? parsedOutput(description) : description;
    if (succeeded) return shown;
    throw new StateFailure('States.TaskFailed', JSON.stringify(shown));
  });
}

/** `sync:2` hands JSON on as JSON. */
function parsedOutput(description: Json): Json {
  if (!isObject(description)) return description;
  const parsed = (value: Json | undefined): Json =>
    typeof value === 'string' ? JSON.parse(value) : (value ?? null);
  return {
    ...description,
    ...(description.Input !== undefined && { Input: parsed(description.Input) }),
    ...(description.Output !== undefined && { Output: parsed(description.Output) }),
  };
}

async function callActivity(
  scope: StateScope,
  {
    arn,
    input,
    limits,
    token,
  }: { readonly arn: string; readonly input: Json; readonly limits: Limits; readonly token: string },
): Promise<Json> {
  const { trail, run } = scope;
  const waiting = run.services.activity(arn, { token, input: JSON.stringify(input) });
  if (!waiting) throw runtimeFailure(scope, `The activity ${arn} does not exist.`);
  trail.add('ActivityScheduled', { ...inputDetails(input), resource: arn, ...limitDetails(limits) });
  return told(scope, { prefix: 'Activity', about: {}, large: arn }, async () => {
    const started = await within(scope, limits.timeout, async () => (await waiting.taken) ?? null).catch(
      (error: unknown) => {
        waiting.drop();
        throw error;
      },
    );
    trail.add('ActivityStarted', { ...(typeof started === 'string' && { workerName: started }) });
    return run.awaitToken(token, {
      state: scope.name,
      timeout: limits.timeout === undefined ? undefined : limits.timeout * 1000,
      heartbeat: limits.heartbeat === undefined ? undefined : limits.heartbeat * 1000,
      signal: scope.signal,
    });
  });
}
