import type { ActivityTask } from './services.ts';

interface Scheduled {
  readonly token: string;
  readonly input: string;
  readonly taken: (worker: string | undefined) => void;
}

/** Activities, and what their workers have to do. */
export interface Activities {
  readonly created: Map<string, number>;
  schedule(arn: string, task: { readonly token: string; readonly input: string }): ActivityTask | undefined;
  /** What a worker does next; nothing where there is nothing. */
  take(
    arn: string,
    worker: string | undefined,
  ): { readonly token: string; readonly input: string } | undefined;
}

export function openActivities(): Activities {
  const created = new Map<string, number>();
  const waiting = new Map<string, Scheduled[]>();
  return {
    created,
    schedule(arn, task) {
      if (!created.has(arn)) return undefined;
      const { promise, resolve } = Promise.withResolvers<string | undefined>();
      const queue = waiting.get(arn) ?? [];
      const scheduled = { ...task, taken: resolve };
      waiting.set(arn, [...queue, scheduled]);
      return {
        taken: promise,
        drop: () =>
          waiting.set(
            arn,
            (waiting.get(arn) ?? []).filter((each) => each !== scheduled),
          ),
      };
    },
    take(arn, worker) {
      const [first, ...others] = waiting.get(arn) ?? [];
      waiting.set(arn, others);
      first?.taken(worker);
      return first && { token: first.token, input: first.input };
    },
  };
}
