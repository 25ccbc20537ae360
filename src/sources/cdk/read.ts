import { join, relative } from 'node:path';
import { readInside, resolveInside, type Workspace } from '../../packaging/workspace/workspace.ts';
import type { Shape } from '../../parse/shape.ts';
import { type Place, ProblemError } from '../../problem.ts';

/** A JSON file of a cloud assembly, for people: relative to the workspace. */
export const fileName = ({ root }: Workspace, path: string): string => relative(root, path) || path;

const SYNTH = { next: 'Run cdk synth again.' };

/**
 * As {@link resolveInside}. What is not there was made by `cdk synth`, and by nothing that could be built first.
 *
 * @param folder absolute path of the folder that the path is relative to
 */
export function resolveInAssembly(
  space: Workspace,
  folder: string,
  written: string,
  place: Place,
): ReturnType<typeof resolveInside> {
  const found = resolveInside(space, folder, written, place);
  return 'problem' in found && found.isMissing ? { problem: { ...found.problem, ...SYNTH } } : found;
}

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
  const resolved = resolveInAssembly(space, folder, written, place);
  if ('problem' in resolved) throw new ProblemError(resolved.problem);
  const text = readInside(space, resolved.path).toString();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ProblemError({ message: `bad JSON: ${(error as Error).message}`, place, ...SYNTH });
  }
  const wrong = shape(value, '');
  if (wrong.length > 0) throw new ProblemError(wrong.map((message) => ({ message, place, ...SYNTH })));
  return value as T;
}
