import type { Cause } from './cause.ts';
import type { OperationRow } from './durable/table.ts';
import type { InvokeResult } from './invoke.ts';

/** Something that happened while a service runs here. Times are milliseconds since the epoch. */
export type Happening =
  | InvocationBegan
  | InvocationLogged
  | InvocationEnded
  | ExecutionMoved
  /** A message or an event arrived somewhere: in a queue, a topic, a bus. */
  | MessageArrived
  /** An event source did something worth telling: it gave up on a message, skipped one that no filter takes, failed. */
  | { readonly kind: 'noted'; readonly at: number; readonly source: string; readonly text: string };

export interface InvocationBegan {
  readonly kind: 'began';
  readonly at: number;
  readonly requestId: string;
  /** Logical ID. */
  readonly function: string;
  readonly request: string;
  /** `Root=...`: the same for everything that one event led to, through queues and topics. */
  readonly traceId: string;
  readonly cause: Cause;
}

export interface InvocationLogged {
  readonly kind: 'logged';
  readonly at: number;
  readonly requestId: string;
  readonly text: string;
}

export interface InvocationEnded {
  readonly kind: 'ended';
  readonly at: number;
  readonly requestId: string;
  readonly function: string;
  /** With the response, the report (duration, memory) and, after a cold start, its `initMs`. */
  readonly result: InvokeResult;
  readonly cold: boolean;
}

export interface MessageArrived {
  readonly kind: 'arrived';
  readonly at: number;
  readonly service: 'queue' | 'topic' | 'bus' | 'bucket' | 'websocket' | 'iot';
  /** Name of the queue, topic or bus. */
  readonly to: string;
  readonly id: string;
  readonly body: string;
  /** Of the invocation that sent it, where its SDK said so. */
  readonly traceId?: string;
}

/** An execution of a state machine or of a durable function began, came further, or ended. Not each step is told of its own. */
export interface ExecutionMoved {
  readonly kind: 'execution';
  readonly phase: ExecutionPhase;
  readonly at: number;
  /** Logical ID of the state machine or the function. */
  readonly of: string;
  /** Of the execution. */
  readonly name: string;
  readonly input: string;
  /** `Root=...`: the same for the functions that it calls. */
  readonly traceId: string;
  /** Who started it, where that is known. */
  readonly cause?: Cause;
  /** Made for whoever asks. */
  readonly view: () => ExecutionView;
}

export type ExecutionPhase = 'began' | 'moved' | 'ended';

/** How far an execution has come. */
export interface ExecutionView {
  /** What its rows are: states of a state machine, or operations of a durable function. */
  readonly parts: 'states' | 'operations';
  /** `Execution x of Orders: SUCCEEDED after 2s, 3 invocations` */
  readonly title: string;
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED' | 'STOPPED';
  /** Milliseconds, once it is over. */
  readonly tookMs?: number;
  readonly output?: string;
  readonly error?: { readonly type: string; readonly message: string };
  /** A row for each state or operation that began, the newest where there are many. */
  readonly rows: readonly OperationRow[];
  /** The history, the newest where it is long. */
  readonly events: readonly {
    readonly id: number;
    /** Of state machines. */
    readonly previous?: number;
    readonly type: string;
    /** Of the state or operation, where it says so. */
    readonly name: string;
    /** From the start. */
    readonly after: string;
  }[];
  /** States, of a state machine alone; so are the lists below. */
  readonly entered: readonly string[];
  /** Those that have not ended. */
  readonly open: readonly string[];
  readonly failed: readonly string[];
  /** Names of two states, with a tab between. */
  readonly steps: readonly string[];
}

/** Tells whoever listens what happens. */
export interface Activity {
  publish(happening: Happening): void;
  /** @returns what ends it */
  subscribe(listener: (happening: Happening) => void): () => void;
}

/** Listeners are called at once, in the order in which they came; one that throws ends nothing but itself. */
export function createActivity(): Activity {
  const listeners = new Set<(happening: Happening) => void>();
  return {
    publish(happening) {
      for (const listener of listeners) {
        try {
          listener(happening);
        } catch {
          listeners.delete(listener);
        }
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
