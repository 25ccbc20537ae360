import { join } from 'node:path';
import type { FileIndex } from '../inputs/file-index.ts';
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
  readonly files: FileIndex;
  /** Receives the names of the parts of `.sparta` that archives were taken from or put into. */
  readonly used: Set<string>;
}

/** The archive of some entries: that of an earlier run where the same went in, else a new one. */
export async function keptArchive(
  entries: readonly Entry[],
  { space, output, reuse, files, used }: ArchiveFolder,
): Promise<KeptArchive> {
  const make = async (): Promise<Archive> => {
    const { createArchive } = await import('./archive.ts');
    return createArchive(space, entries, join(output, 'assets'));
  };
  if (!reuse) return { archive: await make(), fresh: true };
  const store = artifactStore(output, files);
  const key = fingerprint(space, entries, files);
  const known = await store.get(key);
  const archive = known ?? (await make());
  if (!known) await store.put(key, archive);
  used.add(`artifacts/${key}.json`).add(`assets/${archive.hash}.zip`);
  return { archive, fresh: !known };
}
