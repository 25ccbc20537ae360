import { join, relative } from 'node:path';
import { readInside, resolveInside, type Workspace } from '../../packaging/workspace/workspace.ts';
import type { Shape } from '../../parse/shape.ts';
import { ProblemError } from '../../problem.ts';

/** A JSON file of a cloud assembly, for people: relative to the workspace. */
export const fileName = ({ root }: Workspace, path: string): string => relative(root, path) || path;

/**
 * Reads a JSON file of a cloud assembly whose shape is checked.
 *
 * @param folder absolute path of the folder that the path is relative to
 * @param shape what `T` is relied on for
 * @throws ProblemError when it leads out of the workspace, is not there, or is not what it ought to be
 */
export async function readShaped<T>(
  space: Workspace,
  folder: string,
  written: string,
  shape: Shape,
): Promise<T> {
  const place = { file: fileName(space, join(folder, written)) };
  const next = 'Run cdk synth again.';
  const resolved = resolveInside(space, folder, written, place);
  if ('problem' in resolved) throw new ProblemError(resolved.problem);
  const text = readInside(space, resolved.path).toString();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ProblemError({ message: `bad JSON: ${(error as Error).message}`, place, next });
  }
  const wrong = shape(value, '');
  if (wrong.length > 0) throw new ProblemError(wrong.map((message) => ({ message, place, next })));
  return value as T;
}
