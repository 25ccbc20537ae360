import { type Json, own } from '../../template/types.ts';
import type { CallbackAnswers } from '../durable/types.ts';
import type { MachineClock } from './clock.ts';
import { StateFailure, TimeoutFailure } from './failure.ts';
import type { StateAnswer } from './machine-types.ts';
import type { TokenWait } from './scope.ts';

/** Tokens that are waited for, and who answers them. */
export interface Tokens {
  wait(
    token: string,
    call: TokenWait & { readonly answers: CallbackAnswers; readonly clock: MachineClock },
  ): Promise<Json>;
  /** @returns whether anybody waited for it */
  answer(token: string, answer: StateAnswer): boolean;
  /** @returns whether anybody waits for it */
  heartbeat(token: string): boolean;
}

interface Pending {
  readonly settle: (answer: StateAnswer) => void;
  readonly beat: () => void;
}

export function openTokens(): Tokens {
  const pending = new Map<string, Pending>();
  return {
    async wait(token, { state, timeout, heartbeat, signal, answers, clock }) {
      const done = new AbortController();
      const over = AbortSignal.any([signal, done.signal]);
      let beaten = clock.now();
      const limits: Promise<never>[] = [];
      const answered = new Promise<StateAnswer>((resolve) => {
        pending.set(token, {
          settle: resolve,
          beat: () => {
            beaten = clock.now();
          },
        });
        const given = own(answers, state);
        if (given) resolve(answerOf(given));
      });
      const late = async (): Promise<never> => {
        await clock.sleep(timeout ?? 0, over);
        throw new TimeoutFailure(false);
      };
      const silent = async (): Promise<never> => {
        const most = heartbeat ?? 0;
        while (clock.now() < beaten + most && !over.aborted)
          await clock.sleep(beaten + most - clock.now(), over);
        throw new TimeoutFailure(true);
      };
      if (timeout !== undefined) limits.push(late());
      if (heartbeat !== undefined) limits.push(silent());
      let forget = (): unknown => undefined;
      const stuck = new Promise<never>((_, reject) => {
        forget = clock.whenStuck(() => reject(unanswered(state)));
      });
      const ended = new Promise<never>((_, reject) => {
        const tell = (): void => reject(signal.reason);
        if (signal.aborted) tell();
        else signal.addEventListener('abort', tell, { once: true });
      });
      for (const each of [...limits, stuck, ended]) each.catch(() => undefined);
      try {
        const answer = await Promise.race([answered, ...limits, stuck, ended]);
        if (answer.kind === 'success') return JSON.parse(answer.output);
        throw new StateFailure(answer.error, answer.cause);
      } finally {
        done.abort();
        forget();
        pending.delete(token);
      }
    },
    answer(token, answer) {
      const found = pending.get(token);
      found?.settle(answer);
      return found !== undefined;
    },
    heartbeat(token) {
      const found = pending.get(token);
      found?.beat();
      return found !== undefined;
    },
  };
}

/** An answer as event files give it: text that is no JSON is a text. */
function answerOf({ result, error }: CallbackAnswers[string]): StateAnswer {
  if (error)
    return {
      kind: 'failure',
      ...(error.ErrorType !== undefined && { error: error.ErrorType }),
      ...(error.ErrorMessage !== undefined && { cause: error.ErrorMessage }),
    };
  const text = result ?? 'null';
  try {
    JSON.parse(text);
    return { kind: 'success', output: text };
  } catch {
    return { kind: 'success', output: JSON.stringify(text) };
  }
}

/** Time stands still for ever where nobody answers. */
const unanswered = (state: string): StateFailure =>
  new StateFailure(
    'States.Timeout',
    `The state '${state}' waits for an answer to its task token, and nobody here gives one: name it under callbacks`,
  );
