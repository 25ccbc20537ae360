import { chmodSync, closeSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Entry } from './walk.ts';
import { openInside, type Workspace } from './workspace.ts';

/**
 * Writes entries below a folder, in place of what stands there under the same names.
 *
 * @throws ProblemError when a file turns out not to be one of the workspace
 */
export function copyEntries(space: Workspace, entries: readonly Entry[], folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const entry of entries) {
    const target = join(folder, entry.name);
    if (entry.kind === 'folder') {
      mkdirSync(target, { recursive: true });
      continue;
    }
    mkdirSync(dirname(target), { recursive: true });
    rmSync(target, { force: true });
    if (entry.kind === 'link') symlinkSync(entry.target, target);
    else if (entry.kind === 'bytes') write(target, entry.bytes, entry.executable);
    else {
      const { fd, mode } = openInside(space, entry.path);
      try {
        write(target, readFileSync(fd), (mode & 0o111) !== 0);
      } finally {
        closeSync(fd);
      }
    }
  }
}

/** The same of one file. */
export const copyFile = (space: Workspace, path: string, to: string): void =>
  copyEntries(space, [{ kind: 'file', name: basename(to), path }], dirname(to));

function write(path: string, bytes: Uint8Array, executable: boolean): void {
  writeFileSync(path, bytes);
  chmodSync(path, executable ? 0o755 : 0o644);
}
