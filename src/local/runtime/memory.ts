import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';

const root = '/sys/fs/cgroup';

/** A group of processes that may use so much memory and no more. */
export interface MemoryLimit {
  add(pid: number): void;
  remove(): void;
}

/** Limits memory by a cgroup (version 2) of its own; undefined where this process may not make one. */
export function limitMemory(name: string, megabytes: number): MemoryLimit | undefined {
  const group = `${root}/${name}`;
  try {
    const controllers = readFileSync(`${root}/cgroup.subtree_control`, 'utf8');
    if (!controllers.split(/\s/).includes('memory')) return undefined;
    mkdirSync(group);
    writeFileSync(`${group}/memory.max`, String(megabytes * 1024 * 1024));
    writeFileSync(`${group}/memory.swap.max`, '0');
  } catch {
    return undefined;
  }
  return {
    add: (pid) => {
      try {
        writeFileSync(`${group}/cgroup.procs`, String(pid));
      } catch {
        // The process ended already.
      }
    },
    remove: () => {
      try {
        rmdirSync(group);
      } catch {
        // Still in use for a moment after a kill; an empty group costs nothing.
      }
    },
  };
}

/** Most memory (MB) that a process and its children had resident at any time; 0 where `/proc` does not tell. */
export function peakMemory(pid: number): number {
  try {
    const kilobytes = Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
    return children.reduce((sum, child) => sum + peakMemory(Number(child)), Math.ceil(kilobytes / 1024));
  } catch {
    return 0;
  }
}
