import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { JsonObject } from '../../../template/types.ts';

/** What an expression came to. */
export type Evaluation =
  | { readonly kind: 'value'; readonly json: string }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unsupported' }
  | { readonly kind: 'failed'; readonly reason: string };

/** What the thread is asked. */
export interface EvaluatorMessage {
  readonly expression: string;
  readonly bindings: JsonObject;
}

/** Evaluates expressions, one at a time, in their order. */
export type Evaluate = (asked: EvaluatorMessage) => Promise<Evaluation>;

/** Seconds. AWS says no limit of its own; a payload of 256 KiB is gone through in a hundredth of that. */
const LONGEST = 5;
/** Of the thread's heap. A recursion without an end fills it. */
const MOST_MEGABYTES = 256;

/** It stands beside this file in the sources, and beside the bundle. */
const built = join(import.meta.dirname, 'evaluator.js');
const program = (): string => (existsSync(built) ? built : join(import.meta.dirname, 'evaluator.ts'));

/**
 * Makes an evaluator. Its thread is started with the first expression; it is ended, and another one started with the next, when an
 * expression takes too much time or memory. While nothing is evaluated it keeps no process up.
 *
 * @param seconds that one expression may take
 */
export function openEvaluator(seconds = LONGEST): Evaluate {
  let thread: Thread | undefined;
  let last: Promise<unknown> = Promise.resolve();

  async function run(asked: EvaluatorMessage): Promise<Evaluation> {
    thread ??= startThread();
    const { worker, ready } = thread;
    const over = new AbortController();
    const { signal } = over;
    let end = 'Its thread ended.';
    let timer: NodeJS.Timeout | undefined;
    // The start is not the expression's own time.
    void ready.then(() => {
      if (signal.aborted) return;
      timer = setTimeout(() => {
        end = `It takes longer than the ${seconds} s that it may take here.`;
        void worker.terminate();
      }, seconds * 1000);
    });
    try {
      worker.ref();
      // Rejected by an error of the thread, too.
      const answer = once(worker, 'message', { signal });
      const ended = once(worker, 'exit', { signal }).then(() => Promise.reject(new Error(end)));
      worker.postMessage(asked);
      const [evaluation] = await Promise.race([answer, ended]);
      return evaluation;
    } catch (error) {
      thread = undefined;
      const { code, message } = error as { code?: string; message: string };
      const isFull = code === 'ERR_WORKER_OUT_OF_MEMORY';
      const reason = isFull ? `It needs more than the ${MOST_MEGABYTES} MB that it may have here.` : message;
      return { kind: 'failed', reason };
    } finally {
      clearTimeout(timer);
      over.abort();
      worker.unref();
    }
  }

  return (asked) => {
    const next = last.then(() => run(asked));
    last = next;
    return next;
  };
}

interface Thread {
  readonly worker: Worker;
  /** Resolves when it runs. */
  readonly ready: Promise<unknown>;
}

function startThread(): Thread {
  const worker = new Worker(program(), {
    // Neither what this process is told nor how it is run concerns it.
    execArgv: [],
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
  });
  const ready = new Promise((resolve) => worker.once('online', resolve));
  // Whoever waits hears of it.
  worker.on('error', () => undefined);
  return { worker, ready };
}
