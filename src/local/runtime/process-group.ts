import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

type GroupListener = (pid: number, isRunning: boolean) => void;

const listeners = new Set<GroupListener>();

/**
 * Tells of every group of a function that begins and ends in this process.
 *
 * @returns what ends it
 */
export function watchGroups(listener: GroupListener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function tell({ pid }: ChildProcess, isRunning: boolean): void {
  if (pid !== undefined) for (const listener of listeners) listener(pid, isRunning);
}

/** Waits until the process ended and its output was read. @returns the reason in Lambda's words */
export function exitOf(child: ChildProcess): Promise<string> {
  tell(child, true);
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(`fork/exec ${child.spawnfile}: ${error.message}`));
    child.once('exit', (code, signal) => {
      const reason = signal
        ? `signal: ${signalNames[signal] ?? signal}`
        : code === 0
          ? ''
          : `exit status ${code}`;
      killGroup(child);
      tell(child, false);
      // A process that left the group may hold the pipes open for ever. What is in them is read first, however late it is.
      const timer = setTimeout(() => {
        setImmediate(() => {
          for (const stream of child.stdio) stream?.destroy();
        });
      }, 200);
      child.once('close', () => {
        clearTimeout(timer);
        // The last thing it sent may still be on its way to the Runtime API.
        setImmediate(() => setImmediate(() => resolve(reason)));
      });
    });
  });
}

/** As Go's `os.Signal` prints them, which is what Lambda shows. */
const signalNames: Partial<Record<NodeJS.Signals, string>> = {
  SIGABRT: 'aborted',
  SIGBUS: 'bus error',
  SIGFPE: 'floating point exception',
  SIGHUP: 'hangup',
  SIGILL: 'illegal instruction',
  SIGINT: 'interrupt',
  SIGKILL: 'killed',
  SIGSEGV: 'segmentation fault',
  SIGTERM: 'terminated',
};

/** Whether a process has ended, as far as the system tells: Linux knows before its exit is heard of here. */
export function hasEnded(pid: number): boolean {
  // What it runs is gone with it, and is quick to look for.
  if (existsSync(`/proc/${pid}/exe`)) return false;
  try {
    return /\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return false;
  }
}

/** Ends the group that a process leads, at once. */
export function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Gone already.
  }
}
