import { join } from 'node:path';
import type { FileContent, FileIndex } from '../inputs/file-index.ts';
import type { Entry } from '../workspace/walk.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Archive } from './archive.ts';
import { artifactStore } from './artifact-store.ts';
import { fingerprint } from './fingerprint.ts';

export interface KeptArchive {
  readonly archive: Archive;
  /** It was made now, not by an earlier run. */
  readonly fresh: boolean;
}

/** Where archives are made. */
export interface ArchiveFolder {
  readonly space: Workspace;
  /** `.sparta`, absolute. */
  readonly output: string;
  /** Whether archives are looked up by what goes in, and kept for later runs. */
  readonly reuse: boolean;
  /** No earlier run has left anything there. */
  readonly isEmpty: boolean;
  readonly files: FileIndex;
  /** Receives the names of the parts of `.sparta` that archives were taken from or put into. */
  readonly used: Set<string>;
}

/** The archive of some entries: that of an earlier run where the same went in, else a new one. */
export async function keptArchive(entries: readonly Entry[], folder: ArchiveFolder): Promise<KeptArchive> {
  const { space, output, reuse, isEmpty, files, used } = folder;
  if (!reuse) return { archive: await makeArchive(entries, folder), fresh: true };
  const store = artifactStore(output, files);
  const contents = new Map<string, FileContent>();
  // Where none is to be found, what goes in is looked at while it goes in.
  const made = isEmpty ? await makeArchive(entries, folder, contents) : undefined;
  const key = fingerprint(space, entries, {
    content: (at, path) => contents.get(path) ?? files.content(at, path),
  });
  const known = made ? undefined : await store.get(key);
  const archive = made ?? known ?? (await makeArchive(entries, folder));
  if (!known) store.put(key, archive);
  used.add(`artifacts/${key}.json`).add(`assets/${archive.hash}.zip`);
  return { archive, fresh: !known };
}

/** @param contents receives what went in of each file, but for very large ones */
async function makeArchive(
  entries: readonly Entry[],
  { space, output, files }: ArchiveFolder,
  contents?: Map<string, FileContent>,
): Promise<Archive> {
  const { packEntries, createArchive, readFile } = await import('./archive.ts');
  const { readUpTo } = await import('./large-file.ts');
  const assets = join(output, 'assets');
  if (!contents) return createArchive(space, entries, assets);
  return packEntries(entries, assets, (path) =>
    readFile(space, path, (file) => {
      const { bytes, content } = files.observe(path, file, () => readUpTo(file.fd, file.size));
      contents.set(path, content);
      return bytes;
    }),
  );
}
