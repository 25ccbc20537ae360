import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { parse } from 'smol-toml';
import { type Problem, ProblemError } from '../../../problem.ts';
import { isBelow, isInside, type Workspace } from '../../workspace/workspace.ts';
import { lastLines } from '../last-lines.ts';
import type { Finished } from '../run-program.ts';

/** What cargo says of a package and the packages that it takes from this machine. */
export interface CargoProject {
  /** Folders that hold everything, as far as manifests tell: of workspaces, and of packages outside of them. */
  readonly folders: readonly string[];
  /** The folder that holds all of these. */
  readonly base: string;
  readonly packages: readonly CargoPackage[];
}

export interface CargoPackage {
  readonly name: string;
  readonly manifest_path: string;
  readonly targets: readonly { readonly name: string; readonly kind: readonly string[] }[];
  readonly dependencies: readonly { readonly path?: string }[];
  readonly default_run: string | null;
}

interface Metadata {
  readonly workspace_root: string;
  readonly packages: readonly CargoPackage[];
}

/** Runs `cargo metadata --no-deps` in a folder; that neither resolves nor writes anything. */
export type AskCargo = (directory: string) => Promise<Finished>;

/**
 * The workspace of a package, and what it takes from elsewhere by path, with everything that these take in turn.
 *
 * @param directory where cargo is called; absolute
 * @throws ProblemError when a manifest is missing or wrong, or a path leads out of the workspace
 */
export async function cargoProject(
  space: Workspace,
  directory: string,
  ask: AskCargo,
): Promise<CargoProject> {
  const folders = new Set<string>();
  const packages = new Map<string, CargoPackage>();
  const problems: Problem[] = [];
  const open = [directory];
  for (const at of open) {
    if (packages.has(join(at, 'Cargo.toml'))) continue;
    const metadata = await metadataOf(space, at, ask);
    folders.add(metadata.workspace_root);
    const manifest = join(metadata.workspace_root, 'Cargo.toml');
    for (const each of metadata.packages) packages.set(each.manifest_path, each);
    const paths = [
      ...metadata.packages.flatMap(({ dependencies }) => dependencies.flatMap(({ path }) => path ?? [])),
      ...patchedPaths(manifest),
    ];
    for (const path of paths) {
      if (!space.allowOutside && !isInside(space, path)) problems.push(outside(space, manifest, path));
      else open.push(path);
    }
    if (problems.length > 0) throw new ProblemError(problems);
  }
  const base = [...folders].reduce((at, folder) => {
    let common = at;
    while (!isBelow(common, folder)) common = dirname(common);
    return common;
  });
  return { folders: [...folders], base, packages: [...packages.values()] };
}

async function metadataOf(space: Workspace, directory: string, ask: AskCargo): Promise<Metadata> {
  const file = join(relative(space.root, directory), 'Cargo.toml');
  if (!existsSync(join(directory, 'Cargo.toml')))
    throw new ProblemError({
      message: 'there is no Cargo.toml',
      place: { file: relative(space.root, directory) || '.' },
      next: 'Let the code property name the folder of the package.',
    });
  const { code, stdout, stderr } = await ask(directory);
  if (code !== 0) throw new ProblemError({ message: `cargo: ${lastLines(stderr)}`, place: { file } });
  return JSON.parse(stdout) as Metadata;
}

/** What `[patch]` and `[replace]` of a workspace put in the place of a registry's packages. */
function patchedPaths(manifest: string): string[] {
  const { patch = {}, replace = {} } = parse(readFileSync(manifest, 'utf8')) as {
    readonly patch?: Record<string, Record<string, unknown>>;
    readonly replace?: Record<string, unknown>;
  };
  return [...Object.values(patch).flatMap((each) => Object.values(each)), ...Object.values(replace)].flatMap(
    (each) =>
      typeof each === 'object' && each !== null && 'path' in each && typeof each.path === 'string'
        ? [resolve(dirname(manifest), each.path)]
        : [],
  );
}

const outside = (space: Workspace, manifest: string, path: string): Problem => ({
  message: `the package in ${path} lies outside of the workspace`,
  place: { file: relative(space.root, manifest) },
  next: 'Move it into the workspace, or set allow-outside-workspace: true.',
});
