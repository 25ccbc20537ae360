import { join, relative } from 'node:path';
import { type Problem, ProblemError } from '../../../problem.ts';
import { resolveInside, type Workspace } from '../../workspace/workspace.ts';
import { manifestIn } from './find.ts';

/** The folders that a package and its local packages name by `file:`, each once; of archives there is nothing to copy. */
export function localPackages(space: Workspace, directory: string): readonly string[] {
  const found = new Set<string>();
  const problems: Problem[] = [];
  const visit = (folder: string): void => {
    const { dependencies, optionalDependencies, devDependencies } = manifestIn(space, folder) ?? {};
    const all = { ...dependencies, ...optionalDependencies, ...(folder === directory && devDependencies) };
    for (const [name, spec] of Object.entries(all)) {
      const written = /^(?:file:(?:\/\/)?|(?=\.{0,2}\/))(.+)$/.exec(spec)?.[1];
      if (written === undefined || /\.(tgz|tar|tar\.gz)$/.test(written)) continue;
      const file = relative(space.root, join(folder, 'package.json'));
      const resolved = resolveInside(space, folder, written, { file });
      if ('problem' in resolved) problems.push({ subject: name, ...resolved.problem });
      else if (!found.has(resolved.path) && resolved.path !== directory) {
        found.add(resolved.path);
        visit(resolved.path);
      }
    }
  };
  visit(directory);
  if (problems.length > 0) throw new ProblemError(problems);
  return [...found];
}
