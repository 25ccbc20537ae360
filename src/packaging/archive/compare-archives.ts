import type { ListedEntry } from './zip-reader.ts';

/** How one file of an archive differs from the former archive. */
export interface FileChange {
  readonly kind: 'added' | 'changed' | 'removed';
  readonly name: string;
}

type Listed = Pick<ListedEntry, 'name' | 'size' | 'crc' | 'mode'>;

/** Files that two archives do not share, by name, in code unit order. Folders have no content of their own. */
export function compareArchives(before: readonly Listed[], after: readonly Listed[]): FileChange[] {
  const [old, now] = [filesOf(before), filesOf(after)];
  const changes = [
    ...[...now.values()].flatMap((entry): FileChange[] => {
      const former = old.get(entry.name);
      if (!former) return [{ kind: 'added', name: entry.name }];
      return sameFile(former, entry) ? [] : [{ kind: 'changed', name: entry.name }];
    }),
    ...[...old.keys()]
      .filter((name) => !now.has(name))
      .map((name): FileChange => ({ kind: 'removed', name })),
  ];
  return changes.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

const filesOf = (entries: readonly Listed[]): Map<string, Listed> =>
  new Map(entries.filter(({ name }) => !name.endsWith('/')).map((entry) => [entry.name, entry]));

const sameFile = (a: Listed, b: Listed): boolean => a.crc === b.crc && a.size === b.size && a.mode === b.mode;
