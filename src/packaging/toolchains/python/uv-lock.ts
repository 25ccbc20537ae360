import { dirname, resolve } from 'node:path';
import { localPath } from './local-indexes.ts';
import { normalName, readToml } from './project.ts';

/** What a project needs, as a lock file of uv says. */
export interface Locked {
  /** Folders and files of this machine by name, without the project itself. */
  readonly local: ReadonlyMap<string, string>;
  /** Names of all that comes from no index: it may have to be built. */
  readonly built: ReadonlySet<string>;
  /** Folders of this machine in which packages are looked for; absolute. */
  readonly links: ReadonlySet<string>;
}

/** Wheels are built already, wherever they are. */
function isBuilt({ source = {} }: LockedPackage): boolean {
  const place = String(source.path ?? source.url ?? '').replace(/[?#].*$/, '');
  return !('registry' in source) && !place.endsWith('.whl');
}

interface LockedPackage {
  readonly name: string;
  readonly source?: Readonly<Record<string, unknown>>;
  readonly dependencies?: readonly { readonly name: string }[];
  readonly 'optional-dependencies'?: Readonly<Record<string, readonly { readonly name: string }[]>>;
}

/** Kinds of sources that are paths of this machine. */
const LOCAL = ['editable', 'directory', 'path', 'virtual'];

/**
 * @param file uv.lock; absolute
 * @param project the folder of the project in question; where the lock file does not know it, all counts
 */
export function lockedFor(file: string, project: string): Locked {
  const { package: packages = [] } = readToml(file) as { readonly package?: readonly LockedPackage[] };
  const folder = dirname(file);
  const pathOf = ({ source = {} }: LockedPackage): string | undefined => {
    const path = LOCAL.map((kind) => source[kind]).find((each) => typeof each === 'string');
    return path === undefined ? undefined : resolve(folder, String(path));
  };
  const byName = Map.groupBy(packages, ({ name }) => normalName(name));
  const own = packages.find((each) => pathOf(each) === project);
  const open = own ? [own] : [...packages];
  const seen = new Set(open);
  for (const each of open) {
    const { dependencies = [], 'optional-dependencies': optional = {} } = each;
    for (const { name } of [...dependencies, ...Object.values(optional).flat()]) {
      for (const next of byName.get(normalName(name)) ?? []) {
        if (seen.has(next)) continue;
        seen.add(next);
        open.push(next);
      }
    }
  }
  const needed = [...seen].filter((each) => pathOf(each) !== project);
  return {
    local: new Map(
      needed.flatMap((each) => {
        const path = pathOf(each);
        return path === undefined ? [] : [[normalName(each.name), path] as const];
      }),
    ),
    built: new Set(needed.filter(isBuilt).map(({ name }) => normalName(name))),
    links: new Set(
      needed.flatMap(({ source = {} }) => {
        const path = typeof source.registry === 'string' ? localPath(source.registry) : undefined;
        return path === undefined ? [] : [resolve(folder, path)];
      }),
    ),
  };
}
