import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Host } from '../../host.ts';
import { ProblemError } from '../../problem.ts';

/** A file that is to be written. */
export interface PlannedFile {
  /** Relative to the workspace. */
  readonly path: string;
  readonly text: string;
}

/**
 * Writes files. One that is there and says something else is only overwritten after a question of its own; all questions
 * come before the first file is written.
 *
 * @throws ProblemError where the answer to one is no
 */
export async function writeFiles(
  files: readonly PlannedFile[],
  { workspace, log, confirm }: Host,
): Promise<void> {
  const changed: PlannedFile[] = [];
  for (const file of files) {
    const there = await readFile(join(workspace, file.path), 'utf8').catch(() => undefined);
    if (there === file.text) {
      log.info(`${file.path} is as it should be`);
      continue;
    }
    if (
      there !== undefined &&
      !(await confirm(`${file.path} is there, and says something else. Overwrite it?`))
    )
      throw new ProblemError({
        place: { file: file.path },
        message: 'the file is there, and says something else',
        next: 'Move it away, or confirm that it is overwritten.',
      });
    changed.push(file);
  }
  for (const { path, text } of changed) {
    const target = join(workspace, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text);
    log.info(`${path} is written`);
  }
}
