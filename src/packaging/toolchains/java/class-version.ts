import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../../../problem.ts';
import type { Entry } from '../../workspace/walk.ts';

const MAGIC = 0xcafebabe;
/** Class files of Java 8 are of version 52, and so on. Source: Java Virtual Machine Specification, table 4.1-A. */
const OFFSET = 44;

/**
 * Classes that the runtime would refuse to load (`UnsupportedClassVersionError`), because they were compiled for a newer
 * Java. One that stands for all: they are compiled together.
 *
 * @param runtime `java21`, `java17.al2023`, ...
 * @param classes what was compiled here
 */
export function classProblems(runtime: string, folder: string, classes: readonly Entry[]): Problem[] {
  const newest = Number(/^java(\d+)/.exec(runtime)?.[1]);
  if (Number.isNaN(newest)) return [];
  for (const { name } of classes) {
    // Classes for newer releases only, which an older one does not look at.
    if (!name.endsWith('.class') || name.startsWith('META-INF/versions/')) continue;
    const release = releaseOf(join(folder, name));
    if (release === undefined || release <= newest) continue;
    return [
      {
        message: `${name} is compiled for Java ${release}, which ${runtime} cannot load`,
        next: `Compile for it: maven.compiler.release, or options.release of Gradle, of ${newest}.`,
      },
    ];
  }
  return [];
}

function releaseOf(path: string): number | undefined {
  const head = Buffer.alloc(8);
  const fd = openSync(path, 'r');
  try {
    const count = readSync(fd, head);
    return count === head.length && head.readUInt32BE(0) === MAGIC
      ? head.readUInt16BE(6) - OFFSET
      : undefined;
  } finally {
    closeSync(fd);
  }
}
