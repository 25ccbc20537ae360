import { randomUUID } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FileIndex } from '../inputs/file-index.ts';
import { orUndefined } from '../workspace/workspace.ts';
import type { Archive } from './archive.ts';

/** Archives that earlier runs made, by a key of everything that went into them. */
export interface ArtifactStore {
  /** The archive, after checking that it is what was put in; `undefined` when it is not there or was changed. */
  get(key: string): Promise<Archive | undefined>;
  put(key: string, archive: Archive): void;
}

/**
 * A store in a folder: archives in `assets`, what is known of each in `artifacts/<key>.json`. The folder may come from
 * a cache that others can write: nothing in it is believed before its digest is checked.
 *
 * @param folder `.sparta`
 */
export function artifactStore(folder: string, files: FileIndex): ArtifactStore {
  const note = (key: string) => join(folder, 'artifacts', `${key}.json`);
  return {
    async get(key) {
      const known = parseNote(orUndefined(() => readFileSync(note(key), 'utf8')));
      if (!known) return undefined;
      const path = join(folder, 'assets', `${known.hash}.zip`);
      const found = lstatSync(path, { throwIfNoEntry: false });
      if (!found?.isFile() || found.size !== known.size) return undefined;
      if (files.content({ root: folder, allowOutside: false }, path).hash !== known.hash) return undefined;
      return { ...known, path };
    },
    put(key, { path: _, ...known }) {
      mkdirSync(join(folder, 'artifacts'), { recursive: true });
      const temporary = `${note(key)}.${randomUUID()}.tmp`;
      writeFileSync(temporary, `${JSON.stringify(known)}\n`);
      renameSync(temporary, note(key));
    },
  };
}

/** Whether no earlier run has put anything there. */
export const isEmptyStore = (folder: string): boolean =>
  (orUndefined(() => readdirSync(join(folder, 'artifacts'))) ?? []).length === 0;

function parseNote(text: string | undefined): Omit<Archive, 'path'> | undefined {
  if (text === undefined) return undefined;
  try {
    const note = JSON.parse(text) as Partial<Archive>;
    const { hash, size, unpackedSize, entries } = note;
    const whole = [size, unpackedSize, entries].every((value) => Number.isSafeInteger(value));
    if (typeof hash !== 'string' || !/^[0-9a-f]{64}$/.test(hash) || !whole) return undefined;
    return { hash, size: Number(size), unpackedSize: Number(unpackedSize), entries: Number(entries) };
  } catch {
    return undefined;
  }
}
