import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { type Place, type Problem, ProblemError } from '../../problem.ts';

/**
 * An error that was thrown by a user's own code, as a problem at the place where it was thrown.
 *
 * @param what was done, such as `hook preBuild`
 */
export function userProblems(error: unknown, what: string, root: string): readonly Problem[] {
  if (error instanceof ProblemError) return error.problems;
  const message = textOf(error);
  const place = error instanceof Error ? placeIn(error.stack ?? '', root) : undefined;
  return [{ subject: what, message: message.split('\n')[0] ?? message, ...(place && { place }) }];
}

/** Anything may be thrown; a plain `Error` needs not be called one. */
function textOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error === 'string' ? error : inspect(error, { depth: 2 });
  return error.name === 'Error' ? error.message : `${error.name}: ${error.message}`;
}

/** The first place of a stack trace that is a file of the workspace. */
function placeIn(stack: string, root: string): Place | undefined {
  for (const [, path = '', line, column] of stack.matchAll(/((?:file:\/\/)?\/[^\s()]+?):(\d+)(?::(\d+))?/g)) {
    const file = relative(root, path.startsWith('file:') ? fileURLToPath(path) : path);
    if (file.startsWith('..') || file.includes('node_modules')) continue;
    return { file, line: Number(line), ...(column !== undefined && { column: Number(column) }) };
  }
  return undefined;
}
