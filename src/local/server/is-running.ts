import { readFileSync } from 'node:fs';

/**
 * Whether a process still runs. One that has ended does not, even where nothing takes note of its end: the first process
 * of a container often does not.
 */
export function isRunning(pid: number): boolean {
  try {
    const status = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return status[status.lastIndexOf(')') + 2] !== 'Z';
  } catch {
    // No such process, or no /proc.
  }
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
