import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Problem, ProblemError } from '../../../problem.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { PythonBuild } from '../spec.ts';
import { memberNames } from './own-packages.ts';
import { nameIn, normalName, type PythonProject, projectIn, workspaceRoot } from './project.ts';

/** Where requirements are written down. */
export type Requirements =
  | { readonly kind: 'requirements'; readonly file: string }
  | { readonly kind: 'uv-lock'; readonly file: string }
  /** `dependencies`: what to do without Poetry, where that comes to the same packages. */
  | { readonly kind: 'poetry-lock'; readonly file: string; readonly dependencies?: readonly string[] }
  | { readonly kind: 'pyproject'; readonly file: string; readonly dependencies: readonly string[] };

/**
 * The file that is named, else requirements.txt, else what the project has: a lock file, which for a member of a workspace
 * is in the workspace's root, else the dependencies in pyproject.toml.
 *
 * @throws ProblemError when a pyproject.toml says that packages come from elsewhere than an index, and there is no lock file
 */
export function findRequirements(
  { directory, requirements }: PythonBuild,
  space: Workspace,
): Requirements | undefined {
  if (requirements === false) return undefined;
  const named =
    requirements ?? (existsSync(join(directory, 'requirements.txt')) ? 'requirements.txt' : undefined);
  if (named === undefined || named.endsWith('pyproject.toml'))
    return ofProject(named === undefined ? directory : join(directory, named, '..'), space);
  const file = join(directory, named);
  if (!named.endsWith('.lock')) return { kind: 'requirements', file };
  return { kind: named.endsWith('poetry.lock') ? 'poetry-lock' : 'uv-lock', file };
}

function ofProject(folder: string, space: Workspace): Requirements | undefined {
  const own = join(folder, 'uv.lock');
  if (existsSync(own)) return { kind: 'uv-lock', file: own };
  const project = projectIn(folder);
  if (!project) return undefined;
  const root = workspaceRoot(space, folder);
  const shared = join(root?.folder ?? folder, 'uv.lock');
  if (existsSync(shared)) return { kind: 'uv-lock', file: shared };
  const { file, dependencies } = project;
  const problem = uvProblem(project, root, space) ?? otherProblem(project, space);
  const poetryLock = join(folder, 'poetry.lock');
  if (project.poetry && existsSync(poetryLock))
    return { kind: 'poetry-lock', file: poetryLock, ...(!problem && { dependencies }) };
  if (problem) throw new ProblemError(problem);
  return dependencies.length === 0 ? undefined : { kind: 'pyproject', file, dependencies };
}

/** Where names alone do not say which packages are meant, and only uv knows. */
function uvProblem(
  project: PythonProject,
  root: PythonProject | undefined,
  space: Workspace,
): Problem | undefined {
  const { dependencies, file } = project;
  const members = memberNames(root);
  const sources = new Set([...project.sources.keys(), ...(root?.sources.keys() ?? [])]);
  const meant = dependencies.flatMap((each) => {
    const name = normalName(/^[\w.-]+/.exec(each.trim())?.[0] ?? '');
    return sources.has(name) || members.has(name) ? [name] : [];
  });
  const [name] = meant;
  if (name === undefined) return undefined;
  const where = members.get(name);
  const meaning = where === undefined ? 'is meant as tool.uv.sources says' : `is in ${nameIn(space, where)}`;
  return {
    message: `${name} ${meaning}, but there is no uv.lock in ${nameIn(space, (root ?? project).folder) || '.'}`,
    place: { file: nameIn(space, file) },
    next: 'Run uv lock, and commit uv.lock.',
  };
}

/** The same of Poetry and PDM. */
function otherProblem(
  { file, dependencies, poetry, hasPdmSources }: PythonProject,
  space: Workspace,
): Problem | undefined {
  const place = { file: nameIn(space, file) };
  if (poetry?.hasDependencies && dependencies.length === 0)
    return {
      message: 'its dependencies are in the form of Poetry only, and there is no poetry.lock',
      place,
      next: 'Run poetry lock, and commit poetry.lock. Or write them to requirements.txt with poetry export.',
    };
  if (poetry?.hasSources)
    return {
      message: 'tool.poetry says where packages come from, but there is no poetry.lock',
      place,
      next: 'Run poetry lock, and commit poetry.lock.',
    };
  if (hasPdmSources || dependencies.some((each) => each.includes('${PROJECT_ROOT}')))
    return {
      message: 'it says in the form of PDM where packages come from',
      place,
      next: 'Write them to requirements.txt with pdm export.',
    };
  return undefined;
}
