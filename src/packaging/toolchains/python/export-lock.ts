import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ProblemError } from '../../../problem.ts';
import { lastLines } from '../last-lines.ts';
import type { Finished } from '../run-program.ts';
import { withoutEditable } from './wanted.ts';

/** Runs a program in the folder of the project. */
export type RunCommand = (command: readonly string[]) => Promise<Finished>;

interface Place {
  /** As problems name it. */
  readonly file: string;
}

/**
 * Everything that a lock file of uv has for the project, in a form that an installer takes: with the address and the hash
 * of each file, whichever index it is of, and the project's own packages as folders.
 *
 * @param scratch receives the file
 * @throws ProblemError when uv refuses, or is too old
 */
export async function exportUvLock(run: RunCommand, scratch: string, place: Place): Promise<string> {
  const file = join(scratch, 'pylock.toml');
  const flags = [
    '--frozen',
    '--no-default-groups',
    '--no-emit-project',
    '--no-editable',
    '--no-header',
    '--quiet',
  ];
  const { code, stderr } = await run(['uv', 'export', ...flags, '--format', 'pylock.toml', '-o', file]);
  if (code === 0) return file;
  const isOld = /unexpected argument|invalid value 'pylock/.test(stderr);
  throw new ProblemError({
    message: isOld
      ? 'uv is too old to export its lock file (0.6.15 or newer is needed)'
      : `uv export failed: ${lastLines(stderr)}`,
    place,
    ...(isOld && { next: 'Install a newer one, for example with astral-sh/setup-uv, before this step.' }),
  });
}

/**
 * The same of Poetry. pip asks for the hash of everything, or of nothing: folders, which have none, are in a file of their
 * own.
 *
 * @returns files of requirements, one after another
 */
export async function exportPoetryLock(
  run: RunCommand,
  scratch: string,
  place: Place,
): Promise<readonly string[]> {
  const file = join(scratch, 'poetry.txt');
  const flags = ['--only', 'main', '--no-interaction', '--no-ansi', '--output', file];
  const { code, stdout, stderr } = await run(['poetry', 'export', '--format', 'requirements.txt', ...flags]);
  if (code !== 0)
    throw new ProblemError({ message: `poetry export failed: ${lastLines(`${stdout}\n${stderr}`)}`, place });
  const lines = withoutEditable(readFileSync(file, 'utf8'))
    .replaceAll(/ *\\\n */g, ' ')
    .split('\n');
  const options = lines.filter((line) => line.startsWith('--'));
  const required = lines.filter((line) => /^[^-#\s]/.test(line));
  const parts = [
    required.filter((line) => line.includes('--hash=')),
    required.filter((line) => !line.includes('--hash=')),
  ];
  const files: string[] = [];
  for (const [index, part] of parts.entries()) {
    if (part.length === 0) continue;
    const name = join(scratch, `requirements-${index}.txt`);
    await writeFile(name, `${[...options, ...part].join('\n')}\n`);
    files.push(name);
  }
  return files;
}
