import { isAbsolute, relative } from 'node:path';
import { type Problem, ProblemError } from './problem.ts';
import { hasToldOfEnd } from './process-end.ts';

/**
 * An error as problems: those that it has, or its own message where nobody foresaw it.
 *
 * @param workspace files in it are named relative to it
 * @returns also the stack, which is shown when debug is on
 */
export async function failureText(
  error: unknown,
  workspace: string,
): Promise<{ readonly problems: readonly Problem[]; readonly stack: string }> {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  if (error instanceof ProblemError)
    return { problems: error.problems.map((each) => placedIn(workspace, each)), stack };
  const { isAwsError } = await import('./aws/connection/errors.ts');
  if (isAwsError(error)) {
    const { explain } = await import('./aws/connection/explain.ts');
    return { problems: explain(error, 'a request').problems, stack };
  }
  if (error instanceof Error && error.name === 'AbortError')
    return {
      problems: hasToldOfEnd() ? [] : [{ message: 'the run was cancelled before it was done' }],
      stack,
    };
  const message = error instanceof Error ? error.message : String(error);
  return {
    problems: [{ message, next: 'Run again with log-level: debug to see where this comes from.' }],
    stack,
  };
}

function placedIn(workspace: string, problem: Problem): Problem {
  const { place } = problem;
  if (!place || !isAbsolute(place.file)) return problem;
  const file = relative(workspace, place.file);
  return file.startsWith('..') || isAbsolute(file) ? problem : { ...problem, place: { ...place, file } };
}
