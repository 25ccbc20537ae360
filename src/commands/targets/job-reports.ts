import { closeSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Host } from '../../host.ts';
import { openInside, orUndefined, workspace } from '../../packaging/workspace/workspace.ts';
import { ProblemError, problemLine } from '../../problem.ts';
import { type Origin, parseTargetReport, type TargetReport } from '../../report/stored.ts';

/** Bytes of one report. */
const LARGEST = 8 * 1024 * 1024;
/** Bytes of all reports together: their texts and what is read from them are in memory at the same time. */
const MOST_BYTES = 64 * 1024 * 1024;
/** More files than targets can have jobs. */
const MOST_FILES = 1000;
/** An artifact has a folder of its own, and keeps some of those that its files were in. */
const DEEPEST = 6;

/**
 * Reads what jobs have stored, which may be anything: what is no report of a target is told of, and left out.
 *
 * @param folder absolute
 */
export function jobReports(folder: string, origin: Origin, host: Host): readonly TargetReport[] {
  const { log } = host;
  const found: TargetReport[] = [];
  const files = jsonFiles(folder);
  if (files.length >= MOST_FILES)
    log.warning(
      `${relative(host.workspace, folder)}: only ${MOST_FILES} JSON files of it are read. Upload nothing but report.json of each job.`,
    );
  let left = MOST_BYTES;
  for (const file of files) {
    try {
      const { report, size } = readReport(file, { host, origin, left });
      left -= size;
      found.push(report);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      const where = relative(host.workspace, file);
      for (const problem of error.problems) log.warning(`${where}: ${problemLine(problem)}`);
    }
  }
  return found;
}

interface Reading {
  readonly host: Host;
  readonly origin: Origin;
  /** Bytes that may still be read. */
  readonly left: number;
}

function readReport(
  file: string,
  { host, origin, left }: Reading,
): { readonly report: TargetReport; readonly size: number } {
  const { fd, size } = openInside(workspace(host.workspace, false), file);
  try {
    if (size > LARGEST) throw new ProblemError({ message: `it has more than ${LARGEST} bytes` });
    if (size > left)
      throw new ProblemError({
        message: `it is not read: all reports together have more than ${MOST_BYTES} bytes`,
        next: 'Collect fewer targets in one job.',
      });
    return { report: parseTargetReport(readFileSync(fd, 'utf8'), origin), size };
  } finally {
    closeSync(fd);
  }
}

/** Links are not followed. */
function jsonFiles(folder: string): readonly string[] {
  const found: string[] = [];
  const visit = (at: string, depth: number): void => {
    for (const item of orUndefined(() => readdirSync(at, { withFileTypes: true })) ?? []) {
      if (found.length >= MOST_FILES) return;
      if (item.isDirectory() && depth < DEEPEST) visit(join(at, item.name), depth + 1);
      else if (item.isFile() && item.name.endsWith('.json')) found.push(join(at, item.name));
    }
  };
  visit(folder, 0);
  return found.sort();
}
