import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { once } from '../../../order/once.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { members, normalName, type PythonProject, projectIn, workspaceRoot } from './project.ts';

/** Packages that come from folders of this machine: an index that has something of the same name is not asked. */
export interface OwnPackages {
  /** Folders by the package's normal name. */
  readonly folders: ReadonlyMap<string, string>;
  /** Projects that name others by `tool.uv.sources`, which only uv understands. */
  readonly byUv: readonly PythonProject[];
  /** Folders of packages whose name is not written down where it can be read. */
  readonly unnamed: readonly string[];
}

/**
 * What is named by a project, and by the projects that it names, and so on.
 *
 * @param starts folders of projects whose sources count; absolute
 * @param required folders that are required themselves; absolute
 */
export function ownPackages(
  space: Workspace,
  starts: readonly string[],
  required: readonly string[] = [],
): OwnPackages {
  const folders = new Map<string, string>();
  const byUv: PythonProject[] = [];
  const unnamed: string[] = [];
  const seen = new Set<string>();
  const open = [...starts, ...required];
  const take = (name: string, folder: string): void => {
    folders.set(name, folder);
    open.push(folder);
  };
  for (const folder of open) {
    if (seen.has(folder) || !statSync(folder, { throwIfNoEntry: false })?.isDirectory()) continue;
    seen.add(folder);
    const project = projectIn(folder);
    if (required.includes(folder)) {
      const name = project?.name ?? legacyName(folder);
      if (name === undefined) unnamed.push(folder);
      else folders.set(name, folder);
    }
    if (!project) continue;
    const root = workspaceRoot(space, folder);
    const found = sourcesOf(project, root);
    for (const [name, path] of found) take(name, path);
    if (found.size > 0) byUv.push(project);
    for (const [name, path] of project.poetry?.paths ?? []) take(name, resolve(folder, path));
    for (const dependency of project.dependencies) {
      const [, name, url] = /^\s*([\w.-]+)\s*(?:\[[^\]]*\])?\s*@\s*(file:\S+)/.exec(dependency) ?? [];
      if (name !== undefined && url !== undefined)
        take(normalName(name), fileURLToPath(new URL(url, `file://${folder}/`)));
    }
  }
  return { folders, byUv, unnamed };
}

/** Folders by name. What the root of the workspace says counts for each member that says nothing else. */
function sourcesOf(project: PythonProject, root: PythonProject | undefined): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const named = once(() => memberNames(root));
  for (const { folder, sources } of root && root.folder !== project.folder ? [root, project] : [project]) {
    for (const [name, source] of sources) {
      const path =
        source === 'workspace' ? named().get(name) : source === 'elsewhere' ? undefined : source.path;
      if (path === undefined) found.delete(name);
      else found.set(name, resolve(folder, path));
    }
  }
  return found;
}

/** Folders of the members of a workspace, by their names. */
export function memberNames(root: PythonProject | undefined): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const folder of root ? members(root) : []) {
    const name = projectIn(folder)?.name;
    if (name !== undefined) found.set(name, folder);
  }
  return found;
}

/** From setup.cfg, or setup.py where it is written as plain text. */
function legacyName(folder: string): string | undefined {
  const patterns = [
    ['setup.cfg', /^\[metadata\][^[]*?^name\s*=\s*([\w.-]+)\s*$/m],
    ['setup.py', /\bname\s*=\s*["']([\w.-]+)["']/],
  ] as const;
  for (const [file, pattern] of patterns) {
    if (!existsSync(join(folder, file))) continue;
    const [, name] = pattern.exec(readFileSync(join(folder, file), 'utf8')) ?? [];
    if (name !== undefined) return normalName(name);
  }
  return undefined;
}
