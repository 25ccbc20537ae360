import { type Problem, ProblemError } from '../problem.ts';
import type { Data } from './values.ts';

/** A state and its name, made by the functions below. */
export interface State {
  readonly name: string;
  readonly state: Readonly<Record<string, Data>>;
  /** It goes on with the state that comes after it in the list, or is the last one. */
  readonly goesOn: boolean;
}

/** Where a state goes: by default to the next one in the list, and after the last one the workflow ends. */
interface Flow {
  /** Name of a state. */
  readonly next?: string;
  /** Ends the workflow here. */
  readonly end?: boolean;
}

/** Fields of states as the Amazon States Language has them, for what the functions have no name for. */
interface Fields {
  readonly fields?: Readonly<Record<string, Data>>;
}

/** What is done about an error. */
interface Handling {
  readonly retry?: readonly Retry[];
  readonly catch?: readonly Catch[];
}

export interface Retry {
  /** Names of errors; all by default. */
  readonly errors?: readonly string[];
  /** Seconds before the first time. */
  readonly interval?: number;
  readonly attempts?: number;
  /** How many times as long each wait is as the one before. */
  readonly backoff?: number;
  /** Seconds that a wait has at most. */
  readonly maxDelay?: number;
  /** Waits a random part of the time. */
  readonly jitter?: boolean;
}

export interface Catch {
  /** Names of errors; all by default. */
  readonly errors?: readonly string[];
  /** Name of the state that goes on. */
  readonly next: string;
  /** Where the error goes in the input. */
  readonly resultPath?: string;
}

/** A function of the service, or an integration such as `dynamodb:putItem` with its parameters. */
export type TaskOptions = Flow &
  Handling &
  Fields & { readonly timeout?: number; readonly heartbeat?: number } & (
    | { readonly function: string; readonly payload?: Data }
    | { readonly integration: string; readonly parameters?: Readonly<Record<string, Data>> }
  );

/** Calls something. */
export function task(name: string, options: TaskOptions): State {
  const { timeout, heartbeat } = options;
  const call: Readonly<Record<string, Data>> =
    'function' in options
      ? {
          Resource: 'arn:aws:states:::lambda:invoke',
          Parameters: {
            FunctionName: options.function,
            ...(options.payload === undefined ? { 'Payload.$': '$' } : { Payload: options.payload }),
          },
          OutputPath: '$.Payload',
        }
      : {
          Resource: `arn:aws:states:::${options.integration}`,
          ...(options.parameters && { Parameters: options.parameters }),
        };
  return stateOf(name, options, {
    Type: 'Task',
    ...call,
    ...(timeout !== undefined && { TimeoutSeconds: timeout }),
    ...(heartbeat !== undefined && { HeartbeatSeconds: heartbeat }),
  });
}

/** Goes on at the first choice whose rule holds; rules are those of the Amazon States Language. */
export function choice(
  name: string,
  choices: readonly { readonly when: Readonly<Record<string, Data>>; readonly next: string }[],
  otherwise?: string,
): State {
  const Choices = choices.map(({ when, next }) => ({ ...when, Next: next }));
  const state = { Type: 'Choice', Choices, ...(otherwise !== undefined && { Default: otherwise }) };
  return { name, state, goesOn: false };
}

/** Waits for seconds, until a time (`2030-01-01T00:00:00Z`), or for what the input says at a path. */
export function wait(
  name: string,
  time:
    | { readonly seconds: number }
    | { readonly secondsPath: string }
    | { readonly until: string }
    | { readonly untilPath: string },
  flow: Flow = {},
): State {
  const [[kind, value] = ['', '']] = Object.entries(time);
  return stateOf(name, flow, { Type: 'Wait', [WAITS[kind] ?? '']: value });
}
const WAITS: Readonly<Record<string, string>> = {
  seconds: 'Seconds',
  secondsPath: 'SecondsPath',
  until: 'Timestamp',
  untilPath: 'TimestampPath',
};

/** Passes its input on, or a result. */
export const pass = (
  name: string,
  {
    result,
    resultPath,
    ...flow
  }: Flow & Fields & { readonly result?: Data; readonly resultPath?: string } = {},
): State =>
  stateOf(name, flow, {
    Type: 'Pass',
    ...(result !== undefined && { Result: result }),
    ...(resultPath !== undefined && { ResultPath: resultPath }),
  });

/** Runs branches side by side; the result is the list of theirs. */
export const parallel = (
  name: string,
  branches: readonly (readonly State[])[],
  options: Flow & Handling & Fields = {},
): State => stateOf(name, options, { Type: 'Parallel', Branches: branches.map((states) => scope(states)) });

/** Runs states for each item of a list; the result is the list of theirs. */
export const map = (
  name: string,
  states: readonly State[],
  options: Flow & Handling & Fields & { readonly items?: string; readonly concurrency?: number } = {},
): State =>
  stateOf(name, options, {
    Type: 'Map',
    ...(options.items !== undefined && { ItemsPath: options.items }),
    ...(options.concurrency !== undefined && { MaxConcurrency: options.concurrency }),
    ItemProcessor: { ProcessorConfig: { Mode: 'INLINE' }, ...scope(states) },
  });

/** Ends well. */
export const succeed = (name: string): State => ({ name, state: { Type: 'Succeed' }, goesOn: false });

/** Ends in an error. */
export const fail = (name: string, error?: string, cause?: string): State => ({
  name,
  state: {
    Type: 'Fail',
    ...(error !== undefined && { Error: error }),
    ...(cause !== undefined && { Cause: cause }),
  },
  goesOn: false,
});

/**
 * The definition of a state machine. The first state is where it starts.
 *
 * @throws ProblemError with every name that two states have
 */
export function workflow(
  states: readonly State[],
  { comment, timeout }: { readonly comment?: string; readonly timeout?: number } = {},
): Readonly<Record<string, Data>> {
  return {
    ...(comment !== undefined && { Comment: comment }),
    ...(timeout !== undefined && { TimeoutSeconds: timeout }),
    ...scope(states),
  };
}

function scope(states: readonly State[]): { StartAt: string; States: Record<string, Data> } {
  const problems: Problem[] = [];
  const made: Record<string, Data> = {};
  for (const [index, { name, state, goesOn }] of states.entries()) {
    if (Object.hasOwn(made, name)) {
      problems.push({
        subject: name,
        message: 'two states of the workflow have this name',
        next: 'Rename one of them.',
      });
    }
    const following = states[index + 1]?.name;
    made[name] = goesOn
      ? { ...state, ...(following === undefined ? { End: true } : { Next: following }) }
      : state;
  }
  if (problems.length > 0) throw new ProblemError(problems);
  return { StartAt: states[0]?.name ?? '', States: made };
}

function stateOf(
  name: string,
  options: Flow & Handling & Fields,
  state: Readonly<Record<string, Data>>,
): State {
  const { next, end, retry, catch: caught, fields } = options;
  return {
    name,
    goesOn: next === undefined && !end,
    state: {
      ...state,
      ...(retry && { Retry: retry.map(retrier) }),
      ...(caught && { Catch: caught.map(catcher) }),
      ...fields,
      ...(next !== undefined && { Next: next }),
      ...(end && { End: true }),
    },
  };
}

const retrier = ({ errors, interval, attempts, backoff, maxDelay, jitter }: Retry): Data => ({
  ErrorEquals: errors ?? ['States.ALL'],
  ...(interval !== undefined && { IntervalSeconds: interval }),
  ...(attempts !== undefined && { MaxAttempts: attempts }),
  ...(backoff !== undefined && { BackoffRate: backoff }),
  ...(maxDelay !== undefined && { MaxDelaySeconds: maxDelay }),
  ...(jitter && { JitterStrategy: 'FULL' }),
});

const catcher = ({ errors, next, resultPath }: Catch): Data => ({
  ErrorEquals: errors ?? ['States.ALL'],
  ...(resultPath !== undefined && { ResultPath: resultPath }),
  Next: next,
});
