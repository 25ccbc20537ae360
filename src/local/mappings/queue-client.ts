import type { ReceivedMessage } from '../queues/message.ts';
import type { Queue } from '../queues/queue.ts';

/** A queue as an event source mapping needs it, here or elsewhere. */
export interface QueueClient {
  /** Up to `most` messages, as soon as there is one; none after `seconds` or when the signal is aborted. */
  receive(most: number, seconds: number, signal: AbortSignal): Promise<readonly ReceivedMessage[]>;
  remove(messages: readonly ReceivedMessage[]): Promise<void>;
  /** Seconds for which what was received is hidden. */
  visibility(): Promise<number>;
}

/** A queue of this process. */
export const localQueue = (queue: Queue): QueueClient => ({
  async receive(most, seconds, signal) {
    const end = Date.now() + 1000 * seconds;
    for (;;) {
      const messages = signal.aborted ? [] : queue.receive(most);
      const left = (end - Date.now()) / 1000;
      if (messages.length > 0 || left <= 0 || signal.aborted) return messages;
      await queue.wait(left, signal);
    }
  },
  async remove(messages) {
    for (const { receipt } of messages) queue.remove(receipt);
  },
  visibility: async () => queue.plan.visibilityTimeout,
});
