import { isObject, type Json, type JsonObject } from '../../template/types.ts';
import { callbackName, startOf } from './history.ts';
import type { CallbackAnswers, DurableOperation, ExecutionRecord, ExecutionStatus } from './types.ts';

/** What is expected of an execution. */
export interface ExecutionExpectation {
  readonly status?: number | ExecutionStatus;
  /** Names of the steps that succeeded, in their order; or of each operation what became of it. */
  readonly steps?: readonly string[] | Readonly<Record<string, string | OperationExpectation>>;
  /** Seconds of each wait, in their order; or by the name of the wait. */
  readonly waits?: readonly number[] | Readonly<Record<string, number>>;
}

export interface OperationExpectation {
  readonly status?: string;
  readonly attempts?: number;
  readonly result?: Json;
  readonly errorType?: string;
}

const STATUSES: readonly string[] = ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'STOPPED'];
const OPERATION_STATUSES: readonly string[] = [
  'STARTED',
  'PENDING',
  'READY',
  'SUCCEEDED',
  'FAILED',
  'CANCELLED',
  'TIMED_OUT',
  'STOPPED',
];
const FIELDS: Readonly<Record<string, string>> = {
  status: 'string',
  attempts: 'number',
  result: 'any',
  errorType: 'string',
};

/** What one of these expectations has to be; `undefined`: it is that. */
export function shapeProblem(key: string, value: Json): string | undefined {
  switch (key) {
    case 'status':
      return typeof value === 'number' || (typeof value === 'string' && STATUSES.includes(value))
        ? undefined
        : `a number, or the status of an execution: ${STATUSES.join(', ')}`;
    case 'steps':
      if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return undefined;
      return isObject(value) && Object.values(value).every(isStep)
        ? undefined
        : `a list of names, or a map of names to a status (${OPERATION_STATUSES.join(', ')}) or ${Object.keys(FIELDS).join(', ')}`;
    case 'waits':
      if (Array.isArray(value) && value.every((each) => typeof each === 'number')) return undefined;
      return isObject(value) && Object.values(value).every((each) => typeof each === 'number')
        ? undefined
        : 'a list of seconds, or a map of names to seconds';
    default:
      return undefined;
  }
}

const isStatus = (value: Json | undefined): boolean =>
  typeof value === 'string' && OPERATION_STATUSES.includes(value);

function isStep(value: Json | undefined): boolean {
  if (!isObject(value)) return isStatus(value);
  return (
    Object.entries(value).every(([key, each]) => {
      const type = Object.hasOwn(FIELDS, key) ? FIELDS[key] : undefined;
      return type === 'any' || typeof each === type;
    }) &&
    (value.status === undefined || isStatus(value.status))
  );
}

/**
 * Compares an execution with what was expected of it. Pure.
 *
 * @param contained tells where a value does not contain another one
 */
export function executionFailures(
  { status, steps, waits }: ExecutionExpectation,
  execution: ExecutionRecord | undefined,
  contained: (expected: Json, actual: Json | undefined, path: string) => string[],
): string[] {
  const asked = typeof status === 'string' || steps !== undefined || waits !== undefined;
  if (!asked) return [];
  if (!execution)
    return ['status, steps and waits are told of durable functions that run here, and this was none'];
  return [
    ...(typeof status === 'string' && status !== execution.status
      ? [`status: expected ${status}, got ${execution.status}${why(execution)}`]
      : []),
    ...(steps === undefined
      ? []
      : isList(steps)
        ? listFailures(steps, succeededSteps(execution), 'steps')
        : Object.entries(steps).flatMap(([name, expected]) =>
            stepFailures(execution, name, expected, contained),
          )),
    ...(waits === undefined
      ? []
      : isList(waits)
        ? listFailures(
            waits,
            waitsOf(execution).map(([, seconds]) => seconds),
            'waits',
          )
        : Object.entries(waits).flatMap(([name, seconds]) => waitFailures(execution, name, seconds))),
  ];
}

const isList = <T>(value: readonly T[] | Readonly<Record<string, unknown>>): value is readonly T[] =>
  Array.isArray(value);

const why = ({ error }: ExecutionRecord): string =>
  error ? ` (${[error.ErrorType, error.ErrorMessage].filter(Boolean).join(': ')})` : '';

function listFailures(expected: readonly unknown[], found: readonly unknown[], what: string): string[] {
  return JSON.stringify(expected) === JSON.stringify(found)
    ? []
    : [`${what}: expected ${expected.join(', ') || 'none'}, got ${found.join(', ') || 'none'}`];
}

const succeededSteps = ({ operations }: ExecutionRecord): readonly string[] =>
  operations
    .filter((each) => each.Type === 'STEP' && each.Status === 'SUCCEEDED' && each.Name !== undefined)
    .toSorted((a, b) => (a.EndTimestamp ?? 0) - (b.EndTimestamp ?? 0))
    .map(({ Name = '' }) => Name);

const waitsOf = (execution: ExecutionRecord): readonly (readonly [path: string, seconds: number])[] =>
  execution.operations
    .filter(({ Type }) => Type === 'WAIT')
    .map((each) => [pathOf(execution, each), startOf(execution, each.Id).Duration ?? 0] as const);

/** Names from the outermost operation to this one. */
function pathOf({ operations }: ExecutionRecord, operation: DurableOperation): string {
  const parent = operations.find(({ Id }) => Id === operation.ParentId);
  const name = operation.Name ?? '';
  return parent ? `${pathOf({ operations } as ExecutionRecord, parent)}/${name}` : name;
}

const isCalled = (path: string, name: string): boolean => path === name || path.endsWith(`/${name}`);

function waitFailures(execution: ExecutionRecord, name: string, seconds: number): string[] {
  const found = waitsOf(execution).filter(([path]) => isCalled(path, name));
  if (found.length === 0)
    return [
      `waits.${name}: there was no such wait; there was ${
        waitsOf(execution)
          .map(([path]) => path || 'one without a name')
          .join(', ') || 'none'
      }`,
    ];
  return found
    .filter(([, took]) => took !== seconds)
    .map(([, took]) => `waits.${name}: expected ${seconds} s, got ${took} s`);
}

function stepFailures(
  execution: ExecutionRecord,
  name: string,
  expected: string | OperationExpectation,
  contained: (expected: Json, actual: Json | undefined, path: string) => string[],
): string[] {
  const { operations } = execution;
  const found = operations.filter(
    (each) => each.Name !== undefined && isCalled(pathOf(execution, each), name),
  );
  if (found.length === 0) {
    const names = [...new Set(operations.flatMap(({ Name }) => (Name === undefined ? [] : [Name])))];
    return [
      `steps.${name}: there was no such operation; there was ${names.join(', ') || 'none with a name'}`,
    ];
  }
  const wanted = typeof expected === 'string' ? { status: expected } : expected;
  return found.flatMap((operation) => {
    const details = detailsOf(operation);
    const compare = (what: string, value: unknown, got: unknown): string[] =>
      value === undefined || value === got
        ? []
        : [`steps.${name}: ${what}: expected ${value}, got ${got ?? 'none'}`];
    return [
      ...compare('status', wanted.status, operation.Status),
      ...compare('attempts', wanted.attempts, operation.StepDetails?.Attempt),
      ...compare('error type', wanted.errorType, details.Error?.ErrorType),
      ...(wanted.result === undefined
        ? []
        : contained(wanted.result, parsed(details.Result), `steps.${name}.result`)),
    ];
  });
}

const detailsOf = (operation: DurableOperation) =>
  operation.StepDetails ??
  operation.ContextDetails ??
  operation.CallbackDetails ??
  operation.ChainedInvokeDetails ??
  {};

/** Results are JSON mostly; those of callbacks are whatever was sent. */
function parsed(text: string | undefined): Json | undefined {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
}

/** Answers that nothing asked for: a name that is not right would leave the test waiting, or change nothing. */
export function unaskedFailures(
  callbacks: CallbackAnswers = {},
  execution: ExecutionRecord | undefined,
): string[] {
  const names = Object.keys(callbacks);
  if (names.length === 0) return [];
  if (!execution) return ['callbacks are answered of durable functions that run here, and this was none'];
  const { operations } = execution;
  // What another function waits for is told of its own execution.
  if (operations.some(({ Type }) => Type === 'CHAINED_INVOKE')) return [];
  const asked = operations
    .filter(({ Type }) => Type === 'CALLBACK')
    .flatMap((each) => [each.Name, callbackName(execution, each)]);
  const there = [...new Set(asked)].filter((each) => each !== undefined).join(', ') || 'none with a name';
  return names
    .filter((name) => !asked.includes(name))
    .map((name) => `callbacks.${name}: nothing waited for it; there was ${there}`);
}

/** What `callbacks` of an event file has to be; `undefined`: it is that. */
export function callbacksProblem(value: Json): string | undefined {
  const fine =
    isObject(value) &&
    Object.values(value).every(
      (each) =>
        isObject(each) && Object.keys(each).length === 1 && ('result' in each || isObject(each.error)),
    );
  return fine ? undefined : 'a map of names to { "result": ... } or { "error": { "type", "message" } }';
}

/** The answers of an event file, as the API is given them: text stays text, everything else is JSON. */
export function callbackAnswers(callbacks: JsonObject): Record<string, { result?: string; error?: object }> {
  return Object.fromEntries(
    Object.entries(callbacks).map(([name, answer]) => {
      const { result, error } = isObject(answer) ? answer : {};
      if (!isObject(error))
        return [name, { result: typeof result === 'string' ? result : JSON.stringify(result ?? null) }];
      const { type, message } = error;
      return [
        name,
        {
          error: {
            ...(typeof type === 'string' && { ErrorType: type }),
            ...(typeof message === 'string' && { ErrorMessage: message }),
          },
        },
      ];
    }),
  );
}
