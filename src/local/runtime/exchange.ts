import type { ResponseSink } from '../invoke.ts';
import type { Invocation } from './invocation.ts';

/** What the runtime made of an event. */
export type RuntimeReply =
  | { readonly kind: 'response'; readonly contentType: string; readonly payload: Buffer }
  | { readonly kind: 'error'; readonly errorType: string; readonly payload: Buffer }
  | { readonly kind: 'too-large' };

export type InitReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'error'; readonly errorType: string; readonly payload: Buffer };

/** Largest buffered response: 6 MB and some room, as the Runtime API says in its own error message. */
export const responseLimit = 6 * 1024 * 1024 + 100;

/** The invocation that a runtime works at: it may be answered once. */
export interface PendingAnswer {
  readonly sink: ResponseSink | undefined;
  /** Ends the invocation; a second answer changes nothing. */
  done(reply: RuntimeReply): void;
}

/** Hears of the event that was handed over last. */
export interface EventReceiver {
  /** It is answered. */
  answered(reply: RuntimeReply): void;
  /** It is answered, and the runtime waits for the next one: only then is it done with it. */
  over(): void;
}

/**
 * Events and answers between the host and one runtime, whatever the two speak: a runtime asks for an event, answers it, and
 * asks for the next one.
 */
export interface Exchange {
  /** Fulfilled when the runtime asks for its first event, or reports that it failed to start. */
  readonly initialized: Promise<InitReply>;
  /** Hands the next event over; one at a time. */
  deliver(invocation: Invocation, receiver: EventReceiver): void;
  /** The runtime wants an event, by `take`. @returns what withdraws the wish */
  ask(take: (invocation: Invocation) => void): () => void;
  /** The runtime could not start. */
  failInit(errorType: string, payload: Buffer): void;
  /** What is answered; undefined when it is not, or no more, the invocation in hand. Without an id: the one in hand. */
  answering(requestId?: string): PendingAnswer | undefined;
}

export function createExchange(): Exchange {
  const initialized = Promise.withResolvers<InitReply>();
  let hasAsked = false;
  let waiting: ((invocation: Invocation) => void) | undefined;
  let queued: Invocation | undefined;
  let current: { readonly invocation: Invocation; readonly receiver: EventReceiver } | undefined;
  /** Hears when the runtime asks again. */
  let answered: EventReceiver | undefined;

  function tellIfOver(): void {
    if (!waiting || !answered) return;
    const receiver = answered;
    answered = undefined;
    receiver.over();
  }

  return {
    initialized: initialized.promise,
    deliver(invocation, receiver) {
      current = { invocation, receiver };
      answered = undefined;
      const take = waiting;
      waiting = undefined;
      if (take) take(invocation);
      else queued = invocation;
    },
    ask(take) {
      // V8 tells Node.js of each promise that is settled again.
      if (!hasAsked) initialized.resolve({ kind: 'ready' });
      hasAsked = true;
      if (queued) {
        const invocation = queued;
        queued = undefined;
        take(invocation);
      } else {
        waiting = take;
        tellIfOver();
      }
      return () => {
        if (waiting === take) waiting = undefined;
      };
    },
    failInit: (errorType, payload) => initialized.resolve({ kind: 'error', errorType, payload }),
    answering(requestId) {
      const inHand = current;
      if (!inHand || (requestId !== undefined && inHand.invocation.requestId !== requestId)) return undefined;
      return {
        sink: inHand.invocation.sink,
        done(reply) {
          if (current !== inHand) return;
          current = undefined;
          answered = inHand.receiver;
          answered.answered(reply);
          tellIfOver();
        },
      };
    },
  };
}

/** Answers with a whole response, which goes to the sink where there is one. */
export async function respondWhole(
  { sink, done }: PendingAnswer,
  contentType: string,
  payload: Buffer,
): Promise<void> {
  if (!sink) return done({ kind: 'response', contentType, payload });
  sink.start(contentType);
  await sink.chunk(payload);
  done({ kind: 'response', contentType, payload: Buffer.alloc(0) });
}

/** The runtime names the type of an error beside its body, in the body, or in neither. */
export function errorTypeOf(named: string | undefined, payload: Buffer): string {
  try {
    const body: unknown = JSON.parse(payload.toString());
    if (
      typeof body === 'object' &&
      body !== null &&
      'errorType' in body &&
      typeof body.errorType === 'string'
    ) {
      return body.errorType;
    }
  } catch {
    // A runtime may report anything; the name beside it says what it was.
  }
  return named ?? 'Runtime.Unknown';
}
