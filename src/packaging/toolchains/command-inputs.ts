import { existsSync, globSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { type Problem, ProblemError } from '../../problem.ts';
import { NO_SOURCES, namesBelow, type Reads } from '../inputs/reads.ts';
import { resolveInside, type Workspace } from '../workspace/workspace.ts';
import type { CommandBuild } from './spec.ts';

/** What a command is given, as its definition says. */
export interface DeclaredInputs {
  /** Files and folders; absolute, links resolved. */
  readonly parts: readonly string[];
  tell(reads: Reads): void;
}

/**
 * @throws ProblemError with every input that is not there, or not in the workspace
 */
export function declaredInputs({ directory, inputs = [] }: CommandBuild, space: Workspace): DeclaredInputs {
  const problems: Problem[] = [];
  const parts: string[] = [];
  const bases: string[] = [];
  const place = { file: relative(space.root, directory) || '.' };
  const add = (written: string): void => {
    const found = resolveInside(space, directory, written, place);
    if ('path' in found) parts.push(found.path);
    else problems.push({ ...found.problem, message: `inputs: ${found.problem.message}` });
  };
  for (const written of inputs) {
    if (existsSync(resolve(directory, written)) || !/[*?[{]/.test(written)) {
      add(written);
      continue;
    }
    const base = written.split('/').slice(
      0,
      written.split('/').findIndex((part) => /[*?[{]/.test(part)),
    );
    bases.push(join(directory, ...base));
    for (const found of globSync(written, { cwd: directory, exclude: (name) => NO_SOURCES.includes(name) }))
      add(found);
  }
  if (problems.length > 0) throw new ProblemError(problems);
  return {
    parts,
    tell(reads) {
      for (const part of parts) reads.tree(part);
      for (const base of bases) namesBelow(base, reads);
    },
  };
}
