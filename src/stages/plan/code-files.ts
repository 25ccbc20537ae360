import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { StackAssembly } from '../../assembly/types.ts';
import { fileHash } from '../../hash/file-hash.ts';
import { compareArchives } from '../../packaging/archive/compare-archives.ts';
import type { ListedArchive, PackageChange } from '../../packaging/archive/packages/index.ts';
import { listArchive } from '../../packaging/archive/zip-reader.ts';
import type { CodeFiles } from '../../report/model.ts';
import { codeChanges } from '../../report/verdict.ts';
import type { TemplateDiff } from '../../template/diff/types.ts';
import { own } from '../../template/types.ts';
import { archivesOf } from './code/archives.ts';

/** More files of one archive are counted: packages that are installed come by the thousand. */
const MOST_FILES = 50;

/**
 * What changed in the archives of functions and layers, by logical ID, where the former archive lies beside the new one
 * (restored from a cache, or of an earlier run). Nothing is fetched for it.
 */
export async function codeFiles(
  { assets }: StackAssembly,
  { diff, madeBy }: { readonly diff: TemplateDiff; readonly madeBy: Readonly<Record<string, string>> },
): Promise<Readonly<Record<string, CodeFiles>>> {
  const archives = archivesOf(assets);
  const found = await Promise.all(
    codeChanges(diff).map(async ({ logicalId, code }) => {
      // What SAM makes of a web function has its code; the archive is the web function's.
      const path = archives.get(logicalId) ?? archives.get(own(madeBy, logicalId) ?? '');
      const hash = /^([0-9a-f]{64})(?:\.zip)?$/.exec(code.before)?.[1];
      if (path === undefined || hash === undefined || code.before === code.after) return [];
      const former = { path: join(dirname(path), `${hash}.zip`), hash };
      const files = await filesBetween(former, path).catch(() => undefined);
      return files ? [[logicalId, files] as const] : [];
    }),
  );
  return Object.fromEntries(found.flat());
}

/**
 * `undefined` where the former archive is not what its name says: the folder may come from a cache that others can write.
 * Rejects where it is not there, or one of the two cannot be listed.
 */
async function filesBetween(
  former: { readonly path: string; readonly hash: string },
  path: string,
): Promise<CodeFiles | undefined> {
  if ((await fileHash(former.path)) !== former.hash) return undefined;
  const { size } = await stat(former.path);
  const [before, after] = await Promise.all([listArchive(former.path), listArchive(path)]);
  const changes = compareArchives(before, after);
  const packages = await packagesBetween({ path: former.path, entries: before }, { path, entries: after });
  return {
    sizeBefore: size,
    changes: changes.slice(0, MOST_FILES),
    more: Math.max(0, changes.length - MOST_FILES),
    ...(packages.length > 0 && { packages }),
  };
}

/** What cannot be read says nothing of its packages; its files are told all the same. */
async function packagesBetween(before: ListedArchive, after: ListedArchive): Promise<PackageChange[]> {
  const { comparePackages } = await import('../../packaging/archive/packages/index.ts');
  return comparePackages(before, after).catch(() => []);
}

/** A line for each package that is new in a function's code and runs a program where it is installed: a build runs it. */
export function installNotes(files: Readonly<Record<string, CodeFiles>>): string[] {
  return Object.entries(files).flatMap(([logicalId, { packages = [] }]) =>
    packages
      .filter(({ installs }) => installs)
      .map(
        ({ kind, name, after = '' }) =>
          `${logicalId}: the package ${name} ${after} ${kind === 'added' ? 'is new and runs' : 'runs, since this version,'} a program of its own when it is installed`,
      ),
  );
}
