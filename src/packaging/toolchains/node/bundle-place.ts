import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { mkdir, realpath } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { Problem } from '../../../problem.ts';
import { copySources } from '../../inputs/copy.ts';
import type { BuildContext } from '../context.ts';
import type { NodeBuild } from '../spec.ts';
import type { Work } from '../toolchain.ts';
import { missingPackages } from './npm-packages.ts';

/** Where a bundle is made. */
export interface BundlePlace {
  /** The folder of the code, or a copy of it; absolute. */
  readonly directory: string;
  readonly warnings: readonly Problem[];
}

/**
 * The folder of the code; where its packages are not installed, and shall be, its place in a copy of the workspace that has
 * them: esbuild writes the names of files into bundles, so everything has to be where it is in the workspace.
 */
export async function bundlePlace(
  { directory, install = false }: NodeBuild,
  work: Work,
  context: BuildContext,
): Promise<BundlePlace> {
  const installed = install ? await missingPackages(directory, work, context) : undefined;
  if (!installed) return { directory, warnings: [] };
  const { space } = context;
  const to = join(await realpath(work.scratch), 'sources');
  await mkdir(to);
  const copy = copySources(space, [space.root], directory, to);
  for (const packages of packageFolders(installed.space.root)) {
    const place = join(copy.space.root, relative(installed.space.root, packages));
    // Of what is there, something was missing; packages of the workspace itself are linked to.
    rmSync(place, { recursive: true, force: true });
    await mkdir(dirname(place), { recursive: true });
    renameSync(packages, place);
  }
  return { directory: copy.at(directory), warnings: installed.warnings };
}

/** Every `node_modules` below a folder that is not in another one. */
function packageFolders(folder: string): string[] {
  const own = join(folder, 'node_modules');
  const others = readdirSync(folder, { withFileTypes: true })
    .filter((each) => each.isDirectory() && each.name !== 'node_modules')
    .flatMap(({ name }) => packageFolders(join(folder, name)));
  return existsSync(own) ? [own, ...others] : others;
}
