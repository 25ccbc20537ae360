/** What led to an invocation: a request, a message, an event. */
export interface Cause {
  readonly kind:
    | 'request'
    | 'invoke'
    | 'queue'
    | 'topic'
    | 'rule'
    | 'schedule'
    | 'stream'
    | 'bucket'
    | 'websocket'
    | 'destination'
    | 'logs'
    | 'pipe'
    | 'iot'
    | 'state-machine'
    /** An execution of a durable function calls the function itself. */
    | 'durable'
    | 'console';
  /** What it came from: a route, the name of a queue, a rule, a connection. */
  readonly source: string;
  /** Of the messages or events, as their service calls them. */
  readonly ids: readonly string[];
}

/** A call of Lambda's API, or one of which nothing more is known. */
export const INVOKED: Cause = { kind: 'invoke', source: 'Lambda API', ids: [] };
