import type { Cause } from './cause.ts';
import type { InvokeResult } from './invoke.ts';

/** Something that happened while a service runs here. Times are milliseconds since the epoch. */
export type Happening =
  | InvocationBegan
  | InvocationLogged
  | InvocationEnded
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
