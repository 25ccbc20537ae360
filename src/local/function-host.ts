import type { Executions } from './durable/executions.ts';
import type { LocalFunction } from './functions/function.ts';
import type { InvokeOptions, InvokeResult } from './invoke.ts';
import type { WebHost } from './web/index.ts';

/** Keeps the environments of some functions: warm between invocations, one for each concurrent request. */
export interface FunctionHost {
  readonly functions: readonly LocalFunction[];
  /**
   * Runs one invocation; of a durable function a whole execution. Failures of the function are results, not exceptions.
   * @throws {ProblemError} when the function can't be started here at all (no such runtime, no code)
   */
  invoke(fn: LocalFunction, payload: Uint8Array | string, options?: InvokeOptions): Promise<InvokeResult>;
  /** The executions of durable functions. What is kept of them is read with the first call. */
  executions(): Promise<Executions>;
  /** Where web functions run. */
  web(): Promise<WebHost>;
  /** Ends every process, and frees every port. Waits for nothing that still runs. */
  stop(): Promise<void>;
}
