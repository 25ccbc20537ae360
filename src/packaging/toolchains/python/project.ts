import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { parse } from 'smol-toml';
import { ProblemError } from '../../../problem.ts';
import { isBelow, type Workspace } from '../../workspace/workspace.ts';

/** What a pyproject.toml says, as far as it decides where packages come from. */
export interface PythonProject {
  /** Absolute. */
  readonly file: string;
  /** Absolute. */
  readonly folder: string;
  readonly name: string | undefined;
  /** `project.dependencies` */
  readonly dependencies: readonly string[];
  /** `tool.uv.sources`, by the name of the package. */
  readonly sources: ReadonlyMap<string, PackageSource>;
  readonly workspace: UvWorkspace | undefined;
  /** Whether uv is told of other indexes than PyPI. */
  readonly hasIndexes: boolean;
  readonly poetry: PoetrySettings | undefined;
  /** Whether it names other indexes in the form of PDM. */
  readonly hasPdmSources: boolean;
}

/** Where one package comes from instead of an index: a folder of this machine, the same workspace, or somewhere else. */
export type PackageSource = { readonly path: string } | 'workspace' | 'elsewhere';

export interface UvWorkspace {
  readonly members: readonly string[];
  readonly exclude: readonly string[];
}

export interface PoetrySettings {
  readonly hasDependencies: boolean;
  /** Packages that come from a folder of this machine. */
  readonly paths: ReadonlyMap<string, string>;
  /** Whether any package comes from somewhere else than PyPI. */
  readonly hasSources: boolean;
}

/** As indexes compare names. Source: Python packaging specification "Names and normalization". */
export const normalName = (name: string): string => name.toLowerCase().replaceAll(/[-_.]+/g, '-');

/** The project in a folder, if there is one. @throws ProblemError for a file that cannot be read */
export function projectIn(folder: string): PythonProject | undefined {
  const file = join(folder, 'pyproject.toml');
  return existsSync(file) ? readProject(file) : undefined;
}

export function readProject(file: string): PythonProject {
  const { project = {}, tool = {} } = readToml(file) as PyProject;
  const { uv = {}, poetry, pdm = {} } = tool;
  const dependencies = project.dependencies ?? [];
  if (!Array.isArray(dependencies) || !dependencies.every((each) => typeof each === 'string'))
    throw new ProblemError({ message: 'project.dependencies is not a list of strings', place: { file } });
  const name = project.name ?? poetry?.name;
  return {
    file,
    folder: dirname(file),
    name: typeof name === 'string' ? normalName(name) : undefined,
    dependencies,
    sources: new Map(
      Object.entries(uv.sources ?? {}).map(([key, each]) => [normalName(key), sourceOf(each)]),
    ),
    workspace: uv.workspace && { members: uv.workspace.members ?? [], exclude: uv.workspace.exclude ?? [] },
    hasIndexes: ['index', 'index-url', 'extra-index-url', 'find-links', 'no-index', 'pip'].some(
      (key) => key in uv,
    ),
    poetry: poetry && poetryOf(poetry),
    hasPdmSources: (pdm.source ?? []).length > 0,
  };
}

interface PyProject {
  readonly project?: { readonly name?: unknown; readonly dependencies?: unknown };
  readonly tool?: {
    readonly uv?: {
      readonly sources?: Readonly<Record<string, unknown>>;
      readonly workspace?: { readonly members?: readonly string[]; readonly exclude?: readonly string[] };
    };
    readonly poetry?: PoetryTable;
    readonly pdm?: { readonly source?: readonly unknown[] };
  };
}

interface PoetryTable {
  readonly name?: unknown;
  readonly dependencies?: Readonly<Record<string, unknown>>;
  readonly source?: readonly unknown[];
}

/** One table, or one for each platform. Source: uv documentation, "Dependency sources". */
function sourceOf(written: unknown): PackageSource {
  const tables = (Array.isArray(written) ? written : [written]) as readonly {
    readonly path?: unknown;
    readonly workspace?: unknown;
  }[];
  for (const { path, workspace } of tables) {
    if (typeof path === 'string') return { path };
    if (workspace === true) return 'workspace';
  }
  return 'elsewhere';
}

function poetryOf({ dependencies = {}, source = [] }: PoetryTable): PoetrySettings {
  const paths = new Map<string, string>();
  let hasSources = source.length > 0;
  for (const [name, written] of Object.entries(dependencies)) {
    for (const each of (Array.isArray(written) ? written : [written]) as readonly unknown[]) {
      if (typeof each !== 'object' || each === null) continue;
      if ('path' in each && typeof each.path === 'string') paths.set(normalName(name), each.path);
      if (['path', 'git', 'url', 'file', 'source'].some((key) => key in each)) hasSources = true;
    }
  }
  return {
    hasDependencies: Object.keys(dependencies).some((name) => name !== 'python'),
    paths,
    hasSources,
  };
}

/**
 * The root of the uv workspace that a project is a member of: the nearest folder, from its own up, whose pyproject.toml
 * says so. Source: uv documentation, "Using workspaces".
 */
export function workspaceRoot(space: Workspace, folder: string): PythonProject | undefined {
  for (let at = folder; isBelow(space.root, at); at = dirname(at)) {
    const project = projectIn(at);
    if (project?.workspace && (at === folder || isMember(project, folder))) return project;
    if (at === dirname(at)) break;
  }
  return undefined;
}

const isMember = (root: PythonProject, folder: string): boolean => members(root).includes(folder);

/** Folders of all members, the root's own included. */
export function members({ folder, workspace }: PythonProject): string[] {
  if (!workspace) return [folder];
  const matching = (patterns: readonly string[]): string[] =>
    patterns.flatMap((pattern) => globSync(pattern, { cwd: folder }).map((path) => resolve(folder, path)));
  const excluded = new Set(matching(workspace.exclude));
  const found = matching(workspace.members).filter(
    (path) => !excluded.has(path) && existsSync(join(path, 'pyproject.toml')),
  );
  return [...new Set([folder, ...found])];
}

export function readToml(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new ProblemError({
      message: `bad TOML: ${error instanceof Error ? error.message.split('\n')[0] : error}`,
      place: { file },
    });
  }
}

/** A file as problems name it. */
export const nameIn = (space: Workspace, path: string): string =>
  isBelow(space.root, path) ? relative(space.root, path).split(sep).join('/') : path;
