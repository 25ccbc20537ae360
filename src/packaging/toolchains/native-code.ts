import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import type { Problem } from '../../problem.ts';
import { isOnAl2023 } from '../../runtimes.ts';
import { compareReleases, type Elf, type Release, readElf } from '../elf.ts';
import type { Entry } from '../workspace/walk.ts';
import type { Architecture } from './spec.ts';

/** What a function's machine can load. */
export interface Machine {
  readonly architecture: Architecture;
  /** The release of glibc that its runtime has. */
  readonly glibc: Release;
}

/**
 * Amazon Linux 2023 has glibc 2.34, Amazon Linux 2 has 2.26. Source: AWS Lambda developer guide, "Lambda runtimes".
 *
 * @param runtime as Lambda names it
 */
export const glibcOf = (runtime: string): Release => (isOnAl2023(runtime) ? [2, 34] : [2, 26]);

/**
 * Native code that the function's machine could not load: of another architecture, or linked against a newer glibc.
 *
 * @param what built it, such as `cargo`
 * @param next what to do about it
 */
export function machineProblems(
  entries: readonly Entry[],
  machine: Machine,
  { what, next }: { readonly what: string; readonly next: string },
): Problem[] {
  return entries.flatMap((entry) => {
    const elf = entry.kind === 'file' ? elfOf(entry.path) : undefined;
    const why = elf && misfit(elf, machine);
    return why === undefined ? [] : [{ message: `${entry.name}, as ${what} made it here, ${why}`, next }];
  });
}

function misfit({ machine, glibc }: Elf, target: Machine): string | undefined {
  if (machine !== target.architecture)
    return `is for ${machine ?? 'another machine'}, and the function runs on ${target.architecture}`;
  if (glibc && compareReleases(glibc, target.glibc) > 0)
    return `needs glibc ${glibc.join('.')}, and the function's runtime has ${target.glibc.join('.')}`;
  return undefined;
}

/** Only what begins as such a file is read as a whole. */
function elfOf(path: string): Elf | undefined {
  const head = Buffer.alloc(4);
  const fd = openSync(path, 'r');
  try {
    readSync(fd, head);
  } finally {
    closeSync(fd);
  }
  return head.readUInt32BE(0) === 0x7f454c46 ? readElf(readFileSync(path)) : undefined;
}
