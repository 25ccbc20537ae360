import type { LocalFunction } from './function.ts';
import type { InvokeOptions, InvokeResult } from './invoke.ts';

/** Keeps the environments of some functions: warm between invocations, one for each concurrent request. */
export interface FunctionHost {
  readonly functions: readonly LocalFunction[];
  /**
   * Runs one invocation. Failures of the function are results, not exceptions.
   * @throws {ProblemError} when the function can't be started here at all (no such runtime, no code)
   */
  invoke(fn: LocalFunction, payload: Uint8Array | string, options?: InvokeOptions): Promise<InvokeResult>;
  /** Ends every process, and frees every port. Waits for nothing that still runs. */
  stop(): Promise<void>;
}

export interface HostOptions {
  /** Where archives are unpacked, layers are merged, and runtimes are installed. */
  readonly workDirectory: string;
  /** Receives what functions write, with Lambda's START, END and REPORT lines. */
  readonly output: (text: string) => void;
  readonly warn: (message: string) => void;
  /** Real ones only when the caller says so; otherwise functions see fake ones. */
  readonly credentials?: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  /** Variables that every function gets below its own, such as `AWS_ENDPOINT_URL`. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Most environments of one function; requests beyond wait their turn. Default: twice the processors, at least 4. */
  readonly maxEnvironments?: number;
  /** Installs the Node of a function's runtime from npm when it is not here. Default: warn and use this one. */
  readonly installRuntimes?: boolean;
  /** Restarts environments when a file of the function's code changed. */
  readonly watch?: boolean;
}

/** Makes a host; nothing is started before the first invocation. */
export function hostFunctions(_functions: readonly LocalFunction[], _options: HostOptions): FunctionHost {
  throw new Error('not written yet');
}
