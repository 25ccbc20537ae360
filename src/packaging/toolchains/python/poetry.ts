import { dirname } from 'node:path';
import { type Problem, ProblemError } from '../../../problem.ts';
import type { BuildContext } from '../context.ts';
import type { PythonBuild } from '../spec.ts';
import { versionOf } from './installer.ts';
import { nameIn, projectIn } from './project.ts';
import { findRequirements, type Requirements } from './requirements.ts';

const NEXT =
  'Install Poetry with its plugin export (pipx install poetry, pipx inject poetry poetry-plugin-export) before this step.';

/** Poetry's version, if it is here and can export its lock file. */
export async function poetryVersion(context: BuildContext): Promise<string | undefined> {
  const [version, canExport] = await Promise.all([
    versionOf(['poetry', '--version'], context),
    versionOf(['poetry', 'export', '--help'], context),
  ]);
  return canExport === undefined ? undefined : version;
}

/**
 * What is required, as far as it can be read here: a lock file of Poetry needs Poetry. Without it the dependencies of
 * pyproject.toml are taken where they mean the same packages, if not the same versions.
 *
 * @throws ProblemError when they do not
 */
export async function usableRequirements(
  spec: PythonBuild,
  context: BuildContext,
): Promise<{ readonly requirements: Requirements | undefined; readonly warnings: readonly Problem[] }> {
  const requirements = findRequirements(spec, context.space);
  if (requirements?.kind !== 'poetry-lock' || (await poetryVersion(context)) !== undefined)
    return { requirements, warnings: [] };
  const { file, dependencies } = requirements;
  const place = { file: nameIn(context.space, file) };
  const message = 'Poetry, or its plugin export, was not found';
  if (dependencies === undefined)
    throw new ProblemError({
      message: `${message}, and the requirements are in its lock file`,
      place,
      next: NEXT,
    });
  const project = projectIn(dirname(file));
  return {
    requirements:
      project && dependencies.length > 0
        ? { kind: 'pyproject', file: project.file, dependencies }
        : undefined,
    warnings: [
      { message: `${message}: the newest versions are taken, not those of poetry.lock`, place, next: NEXT },
    ],
  };
}
