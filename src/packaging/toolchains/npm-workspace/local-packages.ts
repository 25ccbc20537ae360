import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parse } from 'yaml';
import { type Problem, ProblemError } from '../../../problem.ts';
import { resolveInside, type Workspace } from '../../workspace/workspace.ts';
import { manifestIn, type PackageManifest, type PnpmSettings } from './find.ts';

/** What packages name on this machine; absolute, links resolved. */
export interface LocalPackages {
  readonly folders: readonly string[];
  /** Archives of packages, and patches. */
  readonly files: readonly string[];
}

/**
 * What a package names by path (`file:../shared`, `file:../vendor/shared.tgz`, `link:`, `portal:`), and what the packages
 * name that it names, each once.
 *
 * @throws ProblemError with all that is missing, or not in the workspace
 */
export function localPackages(space: Workspace, directory: string): LocalPackages {
  const folders = new Set<string>();
  const files = new Set<string>();
  const problems: Problem[] = [];
  const visit = (folder: string): void => {
    for (const { name, path } of namedBy(space, folder, folder === directory)) {
      const file = relative(space.root, join(folder, 'package.json'));
      const resolved = resolveInside(space, folder, path, { file });
      if ('problem' in resolved) problems.push({ subject: name, ...resolved.problem });
      else if (statSync(resolved.path).isFile()) files.add(resolved.path);
      else if (!folders.has(resolved.path) && resolved.path !== directory) {
        folders.add(resolved.path);
        visit(resolved.path);
      }
    }
  };
  visit(directory);
  if (problems.length > 0) throw new ProblemError(problems);
  return { folders: [...folders], files: [...files] };
}

/** What counts only for the package that is installed is left out of others. */
function namedBy(
  space: Workspace,
  folder: string,
  isInstalled: boolean,
): { readonly name: string; readonly path: string }[] {
  const manifest = manifestIn(space, folder) ?? {};
  const { dependencies, optionalDependencies, devDependencies } = manifest;
  const all = [
    ...Object.entries({ ...dependencies, ...optionalDependencies, ...(isInstalled && devDependencies) }),
    ...(isInstalled ? replacements(folder, manifest) : []),
  ];
  return all.flatMap(([name, written]) => {
    const path = pathOf(written);
    return path === undefined ? [] : [{ name, path }];
  });
}

/**
 * What stands in for packages, and patches of them. Source: documentation of npm, "overrides"; of Yarn, "resolutions"; of
 * pnpm, "Settings".
 */
function replacements(folder: string, { overrides, resolutions, pnpm }: PackageManifest): [string, string][] {
  const file = join(folder, 'pnpm-workspace.yaml');
  const settings = existsSync(file) ? (parse(readFileSync(file, 'utf8')) as PnpmSettings | null) : {};
  const patches = { ...pnpm?.patchedDependencies, ...settings?.patchedDependencies };
  return [
    ...[overrides, resolutions, pnpm?.overrides, settings?.overrides].flatMap(texts),
    ...texts(patches).map(([name, path]): [string, string] => [name, `file:${path}`]),
  ];
}

/** The texts of a map, and of maps in it. */
const texts = (value: unknown): [string, string][] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([name, each]): [string, string][] =>
        typeof each === 'string' ? [[name, each]] : texts(each),
      );

/** `patch:` of Yarn names a file beside the package that it patches. */
function pathOf(written: string): string | undefined {
  const [, patch] = /^patch:.*#(?:~\/|\.\/)?([^:]+\.(?:patch|diff))(?:::.*)?$/.exec(written) ?? [];
  return patch ?? /^(?:(?:file|link|portal):(?:\/\/)?|(?=\.{0,2}\/))(.+?)(?:::.*)?$/.exec(written)?.[1];
}
