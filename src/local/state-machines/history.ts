import type { Json, JsonObject } from '../../template/types.ts';

/** One event of an execution, as GetExecutionHistory gives it; its details are under the name that its type has there. */
export interface MachineEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly type: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly details?: JsonObject;
}

/** The events of an execution, in their order. */
export interface MachineHistory {
  readonly events: readonly MachineEvent[];
  add(type: string, previous: number, details?: JsonObject): number;
}

/** @param heard is called after each event */
export function machineHistory(now: () => number, heard?: () => void): MachineHistory {
  const events: MachineEvent[] = [];
  return {
    events,
    add(type, previousEventId, details) {
      const id = events.length + 1;
      events.push({ id, previousEventId, type, at: now(), ...(details && { details }) });
      heard?.();
      return id;
    },
  };
}

/** One way through a machine: each of its events names the one before. Branches and iterations have their own. */
export class Trail {
  readonly history: MachineHistory;
  #last: number;

  constructor(history: MachineHistory, last: number) {
    this.history = history;
    this.#last = last;
  }

  get last(): number {
    return this.#last;
  }

  /** Adds an event that later ones follow. */
  add(type: string, details?: JsonObject): number {
    this.#last = this.history.add(type, this.#last, details);
    return this.#last;
  }

  /** Adds an event that none follows. */
  beside(type: string, details?: JsonObject): number {
    return this.history.add(type, this.#last, details);
  }

  /** Adds an event that follows an earlier one. */
  after(previous: number, type: string, details?: JsonObject): number {
    this.#last = this.history.add(type, previous, details);
    return this.#last;
  }

  /** Goes on from where another way ended. */
  resume(last: number): void {
    this.#last = last;
  }
}

const NOT_CUT = { truncated: false };

/** An output in the details of an event. */
export const outputDetails = (output: Json): JsonObject => ({
  output: JSON.stringify(output),
  outputDetails: NOT_CUT,
});

/** An input in the details of an event. */
export const inputDetails = (input: Json): JsonObject => ({
  input: JSON.stringify(input),
  inputDetails: NOT_CUT,
});

/** Variables in the details of an event. */
export const variableDetails = (assigned: Readonly<Record<string, Json>>): JsonObject =>
  Object.keys(assigned).length === 0
    ? {}
    : {
        assignedVariables: Object.fromEntries(
          Object.entries(assigned).map(([name, value]) => [name, JSON.stringify(value)]),
        ),
        assignedVariablesDetails: NOT_CUT,
      };

/** Under which name GetExecutionHistory gives the details of an event. */
export function detailsKey(type: string): string {
  const state = /State(Entered|Exited)$/.exec(type);
  if (state) return `state${state[1]}EventDetails`;
  return `${type[0]?.toLowerCase()}${type.slice(1)}EventDetails`;
}
