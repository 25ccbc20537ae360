import { join } from 'node:path';
import { observer } from '../inputs/observe.ts';
import { builder, buildIdentity, earlierBuild } from './build.ts';
import { buildStore } from './build-store.ts';
import type { BuildContext } from './context.ts';
import type { GoBuild } from './spec.ts';

/** A program of Go that was compiled here. */
export interface Program {
  readonly build: GoBuild;
  /** Of the result that was packaged. */
  readonly folder: string;
}

/** A program that profiles itself. */
export interface ProfiledProgram {
  readonly path: string;
  /** Its sources are no more those of the program that is deployed. */
  readonly isChanged: boolean;
}

/** Where builds are kept: those that are deployed, and those that are profiled, which last as long as a run. */
export interface BuildFolders {
  readonly deployed: string;
  readonly profiled: string;
}

/**
 * Compiles a program once more, with what profiles it, unless that was done and its sources are still the same. What is
 * deployed, and kept for later runs, stays as it is.
 *
 * @throws ProblemError with the compiler's messages
 */
export async function profiledProgram(
  { build, folder }: Program,
  { deployed, profiled }: BuildFolders,
  context: BuildContext,
): Promise<ProfiledProgram> {
  const identity = await buildIdentity(build, context);
  const earlier = earlierBuild(identity, buildStore(deployed, context.files), observer(context));
  const { path } = await builder(profiled, context)({ ...build, profiled: true });
  return {
    path: join(path, 'bootstrap'),
    isChanged: !('build' in earlier && earlier.build.folder === folder),
  };
}
