import { createHash } from 'node:crypto';
import { sha256 } from '../../hash/canonical.ts';
import type { FileIndex } from '../inputs/file-index.ts';
import type { Entry } from '../workspace/walk.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** A hash of everything that goes into an archive: names, kinds, executable bits and contents, but no times. */
export function fingerprint(space: Workspace, entries: readonly Entry[], files: FileIndex): string {
  const hash = createHash('sha256');
  for (const entry of entries) hash.update(`${JSON.stringify(entryIdentity(space, entry, files))}\n`);
  return hash.digest('hex');
}

function entryIdentity(space: Workspace, entry: Entry, files: FileIndex): readonly (string | boolean)[] {
  if (entry.kind === 'folder') return [entry.kind, entry.name];
  if (entry.kind === 'link') return [entry.kind, entry.name, entry.target];
  if (entry.kind === 'bytes') return ['file', entry.name, entry.executable, sha256(entry.bytes)];
  const { hash, executable } = files.content(space, entry.path);
  return ['file', entry.name, executable, hash];
}
