import { createHash } from 'node:crypto';
import { closeSync, readSync } from 'node:fs';
import { sha256 } from '../../hash/canonical.ts';
import type { Entry } from '../workspace/walk.ts';
import { openInside, type Workspace } from '../workspace/workspace.ts';

const CHUNK = 1024 * 1024;

/** A hash of everything that goes into an archive: names, kinds, executable bits and contents, but no times. */
export function fingerprint(space: Workspace, entries: readonly Entry[]): string {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(CHUNK);
  for (const entry of entries) hash.update(`${JSON.stringify(entryIdentity(space, entry, buffer))}\n`);
  return hash.digest('hex');
}

function entryIdentity(space: Workspace, entry: Entry, buffer: Buffer): readonly (string | boolean)[] {
  if (entry.kind === 'folder') return [entry.kind, entry.name];
  if (entry.kind === 'link') return [entry.kind, entry.name, entry.target];
  if (entry.kind === 'bytes') return ['file', entry.name, entry.executable, sha256(entry.bytes)];
  const { fd, mode } = openInside(space, entry.path);
  try {
    const hash = createHash('sha256');
    for (let count = readSync(fd, buffer); count > 0; count = readSync(fd, buffer))
      hash.update(buffer.subarray(0, count));
    return ['file', entry.name, (mode & 0o111) !== 0, hash.digest('hex')];
  } finally {
    closeSync(fd);
  }
}
