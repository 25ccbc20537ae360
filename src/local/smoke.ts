import { basename, dirname } from 'node:path';
import { type Problem, ProblemError } from '../problem.ts';
import { isObject, type Json, type JsonObject } from '../template/types.ts';
import {
  callbackAnswers,
  callbacksProblem,
  type ExecutionExpectation,
  executionFailures,
  shapeProblem,
  unaskedFailures,
} from './durable/expectations.ts';
import type { CallbackAnswers } from './durable/types.ts';
import type { InvokeResult } from './invoke.ts';

/** One smoke test: `events/<function>/<name>.json`. */
export interface SmokeTest {
  /** Path for people. */
  readonly file: string;
  /** Logical ID, physical name or CDK path. */
  readonly function: string;
  readonly payload: Json;
  /** Whose call it is, of a function that keeps tenants apart. */
  readonly tenant?: string;
  /** Of a durable function: what its callbacks are answered, by name. */
  readonly callbacks?: CallbackAnswers;
  readonly expected: SmokeExpectation;
}

export interface SmokeExpectation extends ExecutionExpectation {
  /** `statusCode` of the response; of a durable function the status of its execution. */
  readonly status?: ExecutionExpectation['status'];
  /** Must be contained in the response; a `body` that is JSON text may be given as JSON. */
  readonly response?: Json;
  readonly maxDurationMs?: number;
  /** The function must fail with this error type; without it a function error fails the test. */
  readonly errorType?: string;
}

export interface SmokeResult {
  readonly test: SmokeTest;
  readonly passed: boolean;
  /** What was not as expected, one line each. */
  readonly failures: readonly string[];
  readonly durationMs: number;
}

const testKeys = ['function', 'payload', 'event', 'expect', 'tenant', 'callbacks', '$schema'];
/** Each expectation, and the JSON type that it takes. */
const expectationTypes: Readonly<Record<string, string>> = {
  status: 'any',
  response: 'any',
  maxDurationMs: 'number',
  errorType: 'string',
  steps: 'any',
  waits: 'any',
};

/**
 * Reads one file's text. A file is `{ function?, payload | event, expect? }`, or, without `payload` and `event`, the
 * payload itself. The function is the field, or the name of the folder that the file is in.
 * @throws {ProblemError} all problems of the file
 */
export function parseSmokeTest(file: string, text: string): SmokeTest {
  const fail = (message: string, next: string): Problem => ({ message, next, place: { file } });
  let content: Json;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new ProblemError(
      fail(`it is no JSON: ${error instanceof Error ? error.message : error}`, 'Mend the file.'),
    );
  }
  const folder = basename(dirname(file));
  if (!saysMore(content)) return { file, function: folder, payload: content, expected: {} };
  const test = content;
  const problems: Problem[] = Object.keys(test)
    .filter((key) => !testKeys.includes(key))
    .map((key) =>
      fail(`${JSON.stringify(key)} is not known here`, `Use ${testKeys.slice(0, -1).join(', ')}.`),
    );
  if (test.payload !== undefined && test.event !== undefined) {
    problems.push(fail('it has both payload and event', 'Remove one of them.'));
  }
  if (test.function !== undefined && typeof test.function !== 'string') {
    problems.push(
      fail(`function is ${JSON.stringify(test.function)}, not a name`, 'Write the logical ID of a function.'),
    );
  }
  if (test.tenant !== undefined && (typeof test.tenant !== 'string' || test.tenant === ''))
    problems.push(fail(`tenant is ${JSON.stringify(test.tenant)}, not a name`, 'Write the id of a tenant.'));
  const answers = test.callbacks === undefined ? undefined : callbacksProblem(test.callbacks);
  if (answers !== undefined)
    problems.push(fail(`callbacks is ${JSON.stringify(test.callbacks)}`, `Write ${answers}.`));
  const expected = isObject(test.expect) ? test.expect : {};
  if (test.expect !== undefined && !isObject(test.expect))
    problems.push(fail('expect is no map', 'Write { "status": 200 }, for example.'));
  for (const [key, value] of Object.entries(expected)) {
    const type = Object.hasOwn(expectationTypes, key) ? expectationTypes[key] : undefined;
    if (type === undefined) {
      problems.push(
        fail(`expect.${key} is not known here`, `Use ${Object.keys(expectationTypes).join(', ')}.`),
      );
    } else if (type !== 'any' && typeof value !== type) {
      problems.push(fail(`expect.${key} is ${JSON.stringify(value)}, not a ${type}`, `Write a ${type}.`));
    } else {
      const shape = shapeProblem(key, value ?? null);
      if (shape) problems.push(fail(`expect.${key} is ${JSON.stringify(value)}`, `Write ${shape}.`));
    }
  }
  if (problems.length > 0) throw new ProblemError(problems);
  return {
    file,
    function: typeof test.function === 'string' ? test.function : folder,
    payload: [test.payload, test.event, {}].find((value) => value !== undefined) ?? null,
    ...(typeof test.tenant === 'string' && { tenant: test.tenant }),
    ...(isObject(test.callbacks) && { callbacks: callbackAnswers(test.callbacks) }),
    expected: expected as SmokeExpectation,
  };
}

/** Whether a file says more than an event. */
const saysMore = (content: Json): content is JsonObject =>
  isObject(content) &&
  (content.payload !== undefined || content.event !== undefined || content.expect !== undefined);

/**
 * Whether a file is a smoke test, where it may as well be an event by itself. An event can have a field of that name, but
 * has others besides.
 */
export const isSmokeTest = (content: Json): boolean =>
  saysMore(content) && Object.keys(content).every((key) => testKeys.includes(key));

/**
 * Compares what came with what was expected. Pure.
 *
 * @param redact hides secrets in text, before it is cut
 */
export function evaluateSmokeTest(
  test: SmokeTest,
  result: InvokeResult,
  redact: (text: string) => string = (text) => text,
): SmokeResult {
  if (result.kind === 'throttled')
    return { test, passed: false, failures: ['the function was throttled'], durationMs: 0 };
  const { expected } = test;
  const failures: string[] = [];
  const { durationMs } = result.report;
  const mayFail = expected.errorType !== undefined || typeof expected.status === 'string';
  if (result.kind === 'function-error' && !mayFail) {
    failures.push(`it failed: ${result.error.errorType}: ${result.error.errorMessage}`);
  }
  if (expected.errorType !== undefined) {
    const found = result.kind === 'function-error' ? result.error.errorType : 'no error';
    if (found !== expected.errorType)
      failures.push(`error type: expected ${expected.errorType}, got ${found}`);
  }
  const response = parsed(result.payload.toString());
  const status = isObject(response) ? response.statusCode : undefined;
  if (
    typeof expected.status === 'number' &&
    status !== expected.status &&
    !(result.kind === 'function-error' && !mayFail)
  ) {
    failures.push(`statusCode: expected ${expected.status}, got ${shown(status, redact)}`);
  }
  if (expected.response !== undefined && result.kind === 'success')
    failures.push(...differences(expected.response, response, 'response', redact));
  failures.push(
    ...executionFailures(expected, result.execution, (part, whole, path) =>
      differences(part, whole, path, redact),
    ),
    ...unaskedFailures(test.callbacks, result.execution),
  );
  if (expected.maxDurationMs !== undefined && durationMs > expected.maxDurationMs) {
    failures.push(`it took ${Math.ceil(durationMs)} ms, more than ${expected.maxDurationMs} ms`);
  }
  return { test, passed: failures.length === 0, failures, durationMs };
}

/** Where `actual` does not contain `expected`: maps may hold more, lists and plain values must be equal. */
function differences(
  expected: Json,
  actual: Json | undefined,
  path: string,
  redact: (text: string) => string,
): string[] {
  const show = (value: Json | undefined): string => shown(value, redact);
  if (isObject(expected)) {
    const map = isObject(actual) ? actual : typeof actual === 'string' ? parsed(actual) : undefined;
    if (!isObject(map)) return [`${path}: expected a map, got ${show(actual)}`];
    return Object.entries(expected).flatMap(([key, value]) =>
      differences(value, map[key], `${path}.${key}`, redact),
    );
  }
  if (Array.isArray(expected)) {
    const list = typeof actual === 'string' ? parsed(actual) : actual;
    if (!Array.isArray(list) || list.length !== expected.length)
      return [`${path}: expected ${expected.length} items, got ${show(actual)}`];
    return expected.flatMap((item, index) => differences(item, list[index], `${path}[${index}]`, redact));
  }
  return Object.is(expected, actual) ? [] : [`${path}: expected ${show(expected)}, got ${show(actual)}`];
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function shown(value: Json | undefined, redact: (text: string) => string): string {
  const written = value === undefined ? 'nothing' : redact(JSON.stringify(value));
  return written.length > 200 ? `${written.slice(0, 200)}...` : written;
}
