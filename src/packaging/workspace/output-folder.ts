import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Problem, ProblemError } from '../../problem.ts';

/** What is built, and what builds it, may have links of its own; none of it is written by name. */
const MADE = new Set(['build', 'sam', 'tools']);

/** A folder that holds everything holds what we write, too. */
export const isOurOutput = (name: string): boolean => name === '.sparta' || name === '.git';

/**
 * Makes sure that what a run writes stays where it is written: whoever may commit a link could have any file of this
 * machine overwritten.
 *
 * @param folder absolute; need not be there
 * @throws ProblemError with every link, or when it is no folder
 */
export function checkOutputFolder(folder: string): void {
  const problems = [...linksIn(folder, true)];
  if (problems.length > 0) throw new ProblemError(problems);
}

function* linksIn(path: string, isTop: boolean): Generator<Problem> {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found?.isSymbolicLink()) yield unfit(path, 'is a symbolic link');
  else if (found?.isDirectory()) {
    for (const name of readdirSync(path)) {
      const at = join(path, name);
      if (!isTop || !MADE.has(name) || lstatSync(at).isSymbolicLink()) yield* linksIn(at, false);
    }
  } else if (found && isTop) yield unfit(path, 'is no folder');
}

const unfit = (path: string, why: string): Problem => ({
  message: `${path} ${why}, but the run writes there`,
  next: 'Remove it, and add .sparta/ to .gitignore.',
});
