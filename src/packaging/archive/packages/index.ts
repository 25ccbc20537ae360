import { readListed } from '../read-entry.ts';
import type { ListedEntry } from '../zip-reader.ts';
import { bundledPackages } from './bundled.ts';
import { goModules } from './go.ts';
import { npmPackages } from './npm.ts';
import type { ArchivedPackage, Ecosystem, Listed, Reader } from './package.ts';
import { pythonPackages } from './python.ts';

/** How one package of an archive differs from the former archive. */
export interface PackageChange {
  readonly kind: 'added' | 'updated' | 'removed';
  readonly ecosystem: Ecosystem;
  readonly name: string;
  /** Versions, divided by commas: a package may lie in an archive several times. */
  readonly before?: string;
  readonly after?: string;
  readonly sizeBefore?: number;
  readonly sizeAfter?: number;
  /** Of the new versions; of the former ones where it is removed. */
  readonly licence?: string;
  /** It runs a program of its own where it is installed, and did not before or was not there. */
  readonly installs?: true;
}

/** An archive and what it has. */
export interface ListedArchive {
  readonly path: string;
  readonly entries: readonly ListedEntry[];
}

const READERS: readonly Reader[] = [npmPackages, bundledPackages, pythonPackages, goModules];
/** Of one archive; whoever adds more at once reads the lock file. */
const MOST_MANIFESTS = 1000;

/**
 * Packages that two archives do not share, by name. Only files that differ are read, so that archives with the same
 * packages cost nothing. A package that merely lies elsewhere is none of them.
 *
 * @throws when an archive is none, or its entries cannot be unpacked
 */
export async function comparePackages(before: ListedArchive, after: ListedArchive): Promise<PackageChange[]> {
  const [old, now] = await Promise.all([packagesOf(before, after), packagesOf(after, before)]);
  return packageChanges(old, now);
}

/** How some packages differ from former ones, by name. */
export function packageChanges(
  before: readonly ArchivedPackage[],
  after: readonly ArchivedPackage[],
): PackageChange[] {
  const [old, now] = [Map.groupBy(before, keyOf), Map.groupBy(after, keyOf)];
  const names = new Set([...old.keys(), ...now.keys()]);
  return [...names]
    .flatMap((name) => changeOf(old.get(name) ?? [], now.get(name) ?? []))
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

const keyOf = ({ ecosystem, name }: Pick<ArchivedPackage, 'ecosystem' | 'name'>): string =>
  `${ecosystem} ${name}`;

/** What the files of an archive tell that the other one does not have. */
async function packagesOf(archive: ListedArchive, other: ListedArchive): Promise<readonly ArchivedPackage[]> {
  const same = new Map(other.entries.map((entry) => [entry.name, entry]));
  const found: ArchivedPackage[] = [];
  const listed = listedOf(archive);
  for (const reader of READERS) {
    const entries = archive.entries.filter((entry) => {
      const twin = same.get(entry.name);
      return reader.matches(entry) && (twin?.crc !== entry.crc || twin.size !== entry.size);
    });
    for (const entry of entries.slice(0, MOST_MANIFESTS)) {
      const content = await readListed(archive.path, entry, reader.most);
      if (content) found.push(...(await reader.read(entry, content, listed)));
    }
  }
  return found;
}

const listedOf = ({ path, entries }: ListedArchive): Listed => ({
  entries,
  async text(name) {
    const entry = entries.find((each) => each.name === name);
    return entry ? ((await readListed(path, entry, npmPackages.most * 4))?.toString() ?? '') : '';
  },
});

function changeOf(old: readonly ArchivedPackage[], now: readonly ArchivedPackage[]): PackageChange[] {
  const [before, after] = [versionsOf(old), versionsOf(now)];
  const [one] = now.length > 0 ? now : old;
  if (before === after || one === undefined) return [];
  const [sizeBefore, sizeAfter] = [sizeOf(old), sizeOf(now)];
  const licence = [...new Set((now.length > 0 ? now : old).flatMap((each) => each.licence ?? []))].join(', ');
  const change: PackageChange = {
    kind: before === '' ? 'added' : after === '' ? 'removed' : 'updated',
    ecosystem: one.ecosystem,
    name: one.name,
    ...(before !== '' && { before }),
    ...(after !== '' && { after }),
    ...(sizeBefore !== undefined && { sizeBefore }),
    ...(sizeAfter !== undefined && { sizeAfter }),
    ...(licence !== '' && { licence }),
    ...(now.some((each) => each.installs) &&
      !old.some((each) => each.installs) && { installs: true as const }),
  };
  return [change];
}

const versionsOf = (all: readonly ArchivedPackage[]): string =>
  [...new Set(all.map(({ version }) => version))].sort().join(', ');

const sizeOf = (all: readonly ArchivedPackage[]): number | undefined =>
  all.some(({ size }) => size !== undefined) ? all.reduce((sum, { size = 0 }) => sum + size, 0) : undefined;
