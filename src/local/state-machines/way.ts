import type { MachineExecution } from './executions.ts';

/** The way that an execution took: states that were entered, and steps from one to the next. */
export interface MachineWay {
  readonly entered: ReadonlySet<string>;
  /** Names of two states, with a tab between. */
  readonly steps: ReadonlySet<string>;
  /** States that were entered and not left. */
  readonly open: ReadonlySet<string>;
  /** States that failed, or ended the execution by an error. */
  readonly failed: ReadonlySet<string>;
}

export function wayTaken({ history, status }: Pick<MachineExecution, 'history' | 'status'>): MachineWay {
  const entered = new Set<string>();
  const steps = new Set<string>();
  const failed = new Set<string>();
  const byId = new Map(history.events.map((event) => [event.id, event]));
  const open: string[] = [];
  for (const { type, details = {}, previousEventId } of history.events) {
    const name = typeof details.name === 'string' ? details.name : undefined;
    if (name === undefined) continue;
    if (type.endsWith('StateEntered')) {
      entered.add(name);
      open.push(name);
      const before = byId.get(previousEventId);
      if (before?.type.endsWith('StateExited')) steps.add(`${before.details?.name}\t${name}`);
    } else if (type.endsWith('StateExited')) open.splice(open.lastIndexOf(name), 1);
  }
  if (status !== 'SUCCEEDED' && status !== 'RUNNING') for (const name of open) failed.add(name);
  return { entered, steps, open: new Set(open), failed };
}
