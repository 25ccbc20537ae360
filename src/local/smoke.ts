import type { Json } from '../template/types.ts';
import type { InvokeResult } from './invoke.ts';

/** One smoke test: `events/<function>/<name>.json`. */
export interface SmokeTest {
  /** Path for people. */
  readonly file: string;
  /** Logical ID, physical name or CDK path. */
  readonly function: string;
  readonly payload: Json;
  readonly expected: SmokeExpectation;
}

export interface SmokeExpectation {
  /** `statusCode` of the response. */
  readonly status?: number;
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

/**
 * Reads one file's text. A file is `{ function?, payload | event, expect? }`, or, without either key, the payload itself.
 * The function is the field, or the name of the folder that the file is in.
 * @throws {ProblemError} all problems of the file
 */
export function parseSmokeTest(_file: string, _text: string): SmokeTest {
  throw new Error('not written yet');
}

export function evaluateSmokeTest(_test: SmokeTest, _result: InvokeResult): SmokeResult {
  throw new Error('not written yet');
}
