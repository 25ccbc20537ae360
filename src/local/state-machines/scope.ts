import type { Json, JsonObject } from '../../template/types.ts';
import type { MachineClock } from './clock.ts';
import { StateFailure } from './failure.ts';
import type { MachineHistory, Trail } from './history.ts';
import type { PathRoots } from './language/path.ts';
import type { Services } from './tasks/services.ts';

/** What one execution is made of. */
export interface MachineRun {
  readonly history: MachineHistory;
  readonly clock: MachineClock;
  readonly services: Services;
  /** `Execution` and `StateMachine` of the context object. */
  readonly context: JsonObject;
  readonly region: string;
  readonly account: string;
  readonly machineName: string;
  readonly executionArn: string;
  /** `Root=...`, of all that it calls. */
  readonly traceId: string;
  /** Waits for an answer to a token. @throws StateFailure that the answer is, or when it is late */
  readonly awaitToken: (token: string, call: TokenWait) => Promise<Json>;
  /** Of a Map that is distributed: what becomes of it is kept. */
  readonly mapRuns: MapRun[];
}

/** How long an answer may take, and who waits for it. Milliseconds. */
export interface TokenWait {
  readonly state: string;
  readonly timeout: number | undefined;
  readonly heartbeat: number | undefined;
  readonly signal: AbortSignal;
}

/** A distributed Map, as DescribeMapRun tells of it. */
export interface MapRun {
  readonly arn: string;
  readonly startedAt: number;
  endedAt?: number;
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';
  readonly maxConcurrency: number;
  readonly toleratedFailureCount: number;
  readonly toleratedFailurePercentage: number;
  total: number;
  succeeded: number;
  failed: number;
}

export type QueryLanguage = 'JSONPath' | 'JSONata';

/** Variables of a machine, or of a branch, which sees those around it. */
export class Variables {
  readonly #outer: Variables | undefined;
  readonly #own = new Map<string, Json>();

  constructor(outer?: Variables) {
    this.#outer = outer;
  }

  get(name: string): Json | undefined {
    return this.#own.has(name) ? this.#own.get(name) : this.#outer?.get(name);
  }

  assign(values: Readonly<Record<string, Json>>): void {
    for (const [name, value] of Object.entries(values)) this.#own.set(name, value);
  }

  all(): JsonObject {
    return { ...this.#outer?.all(), ...Object.fromEntries(this.#own) };
  }
}

/** One state that runs, and all that it knows. */
export interface StateScope {
  readonly run: MachineRun;
  readonly name: string;
  readonly state: JsonObject;
  readonly language: QueryLanguage;
  /** What it was entered with. */
  readonly input: Json;
  readonly context: JsonObject;
  readonly variables: Variables;
  readonly trail: Trail;
  /** The event that it was entered with, and the one before. */
  readonly entered: number;
  readonly before: number;
  readonly signal: AbortSignal;
  /** Runs other states within this one. */
  readonly inner: RunStates;
}

/** A machine, or a part of one that a Map or a Parallel state has. */
export interface MachinePart {
  readonly definition: JsonObject;
  readonly language: QueryLanguage;
  readonly input: Json;
  readonly context: JsonObject;
  readonly variables: Variables;
  readonly trail: Trail;
  readonly signal: AbortSignal;
}

export type RunStates = (run: MachineRun, part: MachinePart) => Promise<Json>;

/** What became of a state. */
export interface StateEnd {
  readonly output: Json;
  /** `undefined`: nothing follows. */
  readonly next: string | undefined;
  readonly assigned: Readonly<Record<string, Json>>;
}

/** A failure that no Catch is asked about, told as Step Functions does. */
export const runtimeFailure = (scope: Pick<StateScope, 'name' | 'entered'>, message: string): StateFailure =>
  new StateFailure('States.Runtime', atState(scope, message));

export const atState = ({ name, entered }: Pick<StateScope, 'name' | 'entered'>, message: string): string =>
  `An error occurred while executing the state '${name}' (entered at the event id #${entered}). ${message}`;

/** What paths of a state start from. */
export const rootsOf = (scope: StateScope, input: Json): PathRoots => ({
  input,
  context: scope.context,
  variable: (name) => scope.variables.get(name),
});
