import { createHash } from 'node:crypto';
import { sha256 } from '../../hash/canonical.ts';
import type { FileIndex } from '../inputs/file-index.ts';
import type { Entry } from '../workspace/walk.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** A hash of everything that goes into an archive: names, kinds, executable bits and contents, but no times. */
export function fingerprint(space: Workspace, entries: readonly Entry[], files: Contents): string {
  const hash = createHash('sha256');
  for (const entry of entries) hash.update(entryIdentity(space, entry, files));
  return hash.digest('hex');
}

type Contents = Pick<FileIndex, 'content'>;

/** One line; no name on a disk has a NUL. */
function entryIdentity(space: Workspace, entry: Entry, files: Contents): string {
  if (entry.kind === 'folder') return `folder\0${entry.name}\0\n`;
  if (entry.kind === 'link') return `link\0${entry.name}\0${entry.target}\0\n`;
  const { hash, executable } =
    entry.kind === 'bytes'
      ? { hash: sha256(entry.bytes), executable: entry.executable }
      : files.content(space, entry.path);
  return `file\0${entry.name}\0${executable ? 'x' : ''}\0${hash}\n`;
}
