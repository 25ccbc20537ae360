import { join } from 'node:path';
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
}

/** The archive of some entries: that of an earlier run where the same went in, else a new one. */
export async function keptArchive(
  entries: readonly Entry[],
  { space, output, reuse }: ArchiveFolder,
): Promise<KeptArchive> {
  const store = artifactStore(output);
  const key = reuse ? fingerprint(space, entries) : undefined;
  const known = key === undefined ? undefined : await store.get(key);
  if (known) return { archive: known, fresh: false };
  const { createArchive } = await import('./archive.ts');
  const archive = await createArchive(space, entries, join(output, 'assets'));
  if (key !== undefined) await store.put(key, archive);
  return { archive, fresh: true };
}
