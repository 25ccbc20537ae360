import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { untrustedCode } from '../github/untrusted.ts';
import { ProblemError } from '../problem.ts';
import type { Trust } from './run.ts';

/**
 * Refuses to run code that nobody has merged with the rights of the base branch.
 *
 * @param folders where the code is
 * @throws ProblemError when an event gives a stranger's code such rights
 */
export async function refuseUntrusted({ env, allowed }: Trust, ...folders: readonly string[]): Promise<void> {
  if (allowed) return;
  const found = await Promise.all(folders.map((folder) => untrustedCode(env, folder)));
  const why = found.find((each) => each !== undefined);
  if (why === undefined) return;
  throw new ProblemError({
    message: `this code is not run: ${why}`,
    next: 'Run it in a workflow of the event pull_request, which has no such rights: docs/untrusted.md shows how. Who knows the code may set allow-untrusted-code: true.',
  });
}

/** Where the code of a source comes from: the folder that commands run in, and that of the source. */
export function codeFolders({
  workingDirectory,
  source,
}: {
  readonly workingDirectory: string;
  readonly source: string | undefined;
}): readonly string[] {
  if (source === undefined) return [workingDirectory];
  const path = resolve(workingDirectory, source);
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  return [workingDirectory, isFolder ? path : dirname(path)];
}
