import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isBelow } from '../../workspace/workspace.ts';
import type { BuildContext } from '../context.ts';
import type { PythonBuild } from '../spec.ts';
import { localIndexes } from './local-indexes.ts';
import { type OwnPackages, ownPackages } from './own-packages.ts';
import { nameIn, normalName, projectIn, readToml, workspaceRoot } from './project.ts';
import { type NamedFiles, namedByLines, namedByRequirements } from './requirement-files.ts';
import type { Requirements } from './requirements.ts';
import { lockedFor } from './uv-lock.ts';

/** What is required, as far as files tell. */
export interface Wanted {
  readonly named: NamedFiles;
  /** What must not come from an index. */
  readonly own: OwnPackages;
  /** Normal names of what comes from no index, so that there may be no wheel of it. */
  readonly built: ReadonlySet<string>;
  /** Whether packages are required as editable ones. */
  readonly isEditable: boolean;
  /** The file that says in the form of uv where packages come from. */
  readonly onlyUv: string | undefined;
}

export function wantedBy(
  requirements: Requirements,
  { directory }: PythonBuild,
  { space, env }: BuildContext,
): Wanted {
  const place = { directory, env };
  if (requirements.kind === 'uv-lock') {
    const { local, built, links } = lockedFor(requirements.file, directory);
    return { ...locked(requirements.file, local, links), built };
  }
  if (requirements.kind === 'poetry-lock') {
    const { local, built } = lockedByPoetry(requirements.file);
    return { ...locked(requirements.file, local), built };
  }
  const isFile = requirements.kind === 'requirements';
  const named = isFile
    ? namedByRequirements(requirements.file, place)
    : namedByLines(requirements.dependencies, place);
  const lines = isFile ? [...named.files].flatMap(linesOf) : requirements.dependencies;
  const own = ownPackages(space, [directory], [...named.local]);
  const needed = ownPackages(space, [], [...named.local]);
  const root = workspaceRoot(space, directory);
  const indexes = [projectIn(directory), root].find((project) => project?.hasIndexes);
  const onlyUv = needed.byUv[0] ?? indexes;
  return {
    named: { ...named, links: new Set([...named.links, ...localIndexes(space, directory, env)]) },
    own,
    built: new Set([...needed.folders.keys(), ...lines.flatMap(namesOfUrls)]),
    isEditable: lines.some((line) => EDITABLE.test(line)),
    onlyUv: onlyUv && nameIn(space, onlyUv.file),
  };
}

const EDITABLE = /^\s*(?:-e|--editable)(?:\s*=\s*|\s+|(?=[./]))/;

/** The same requirement, but as one that is installed. */
export const withoutEditable = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.replace(EDITABLE, ''))
    .join('\n');

function locked(
  file: string,
  local: ReadonlyMap<string, string>,
  links: ReadonlySet<string> = new Set(),
): Omit<Wanted, 'built'> {
  return {
    named: { files: new Set([file]), local: new Set(local.values()), links },
    own: { folders: local, byUv: [], unnamed: [] },
    isEditable: false,
    onlyUv: undefined,
  };
}

/** Source: Poetry documentation, "Dependency specification"; `type` is `directory`, `file`, `git`, `url` or an index. */
function lockedByPoetry(
  file: string,
): Pick<Wanted, 'built'> & { readonly local: ReadonlyMap<string, string> } {
  const { package: packages = [] } = readToml(file) as {
    readonly package?: readonly {
      readonly name: string;
      readonly source?: { readonly type?: string; readonly url?: string };
    }[];
  };
  const local = new Map<string, string>();
  const built = new Set<string>();
  for (const { name, source: { type = '', url = '' } = {} } of packages) {
    if (/^(directory|file)$/.test(type)) local.set(normalName(name), resolve(dirname(file), url));
    if (/^(directory|file|git|url)$/.test(type) && !url.endsWith('.whl')) built.add(normalName(name));
  }
  return { local, built };
}

const linesOf = (file: string): string[] =>
  existsSync(file)
    ? readFileSync(file, 'utf8')
        .replaceAll(/\\\r?\n/g, ' ')
        .split(/\r?\n/)
    : [];

/** `name @ git+https://...`, `-e git+https://...#egg=name` */
function namesOfUrls(line: string): string[] {
  const [, name] =
    /^\s*([\w.-]+)\s*(?:\[[^\]]*\])?\s*@\s*\S/.exec(line) ?? /:\/\/\S*[#&]egg=([\w.-]+)/.exec(line) ?? [];
  return name === undefined ? [] : [normalName(name)];
}

/** Files that are read beside those that name requirements: settings of uv and Poetry up from the folder, and what variables name. */
export function readTogether(
  { file }: Requirements,
  directory: string,
  { space, env }: BuildContext,
): string[] {
  const found = [file, join(directory, 'poetry.lock'), join(directory, 'poetry.toml')];
  for (let at = directory; isBelow(space.root, at); at = dirname(at)) {
    found.push(...['pyproject.toml', 'uv.toml', 'uv.lock', '.python-version'].map((name) => join(at, name)));
    if (at === dirname(at)) break;
  }
  return [...found, ...settingFiles(env)];
}

/** Files that variables of pip and uv name: constraints, settings. */
const settingFiles = (env: BuildContext['env']): string[] =>
  Object.entries(env).flatMap(([name, value = '']) =>
    /^(PIP|UV)_.*(CONFIG_FILE|CONSTRAINT|REQUIREMENT|OVERRIDE|EXCLUDE)/.test(name)
      ? value.split(/\s+/).filter((each) => each !== '')
      : [],
  );
