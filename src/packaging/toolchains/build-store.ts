import { randomUUID } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fingerprint } from '../archive/fingerprint.ts';
import { walk } from '../workspace/walk.ts';

/** What was compiled before, by a key of everything that went in. */
export interface BuildStore {
  /** The result, after checking that it is what was put in; `undefined` when it is not there or was changed. */
  get(key: string): Promise<StoredBuild | undefined>;
  /**
   * Keeps a result: the folder is moved, not copied.
   *
   * @param took milliseconds that making it took
   */
  put(key: string, folder: string, took: number): Promise<StoredBuild>;
}

export interface StoredBuild {
  readonly folder: string;
  /** Milliseconds that a hit saves. */
  readonly took: number;
}

/**
 * A store in a folder: results in `<key>/content`, their digests in `<key>/note.json`. The folder may come from a cache
 * that others can write: nothing in it is believed before its digest is checked.
 */
export function buildStore(folder: string): BuildStore {
  const content = (key: string) => join(folder, key, 'content');
  const note = (key: string) => join(folder, key, 'note.json');
  return {
    async get(key) {
      const known = await readFile(note(key), 'utf8').then(parseNote, () => undefined);
      if (!known || !(await stat(content(key)).catch(() => undefined))?.isDirectory()) return undefined;
      return digestOf(content(key)) === known.digest ? { folder: content(key), took: known.took } : undefined;
    },
    async put(key, made, took) {
      await rm(join(folder, key), { recursive: true, force: true });
      await mkdir(join(folder, key), { recursive: true });
      await rename(made, content(key));
      const temporary = `${note(key)}.${randomUUID()}.tmp`;
      const digest = digestOf(content(key));
      // A result that cannot be checked later (a link in it leads out) is used now, but never again.
      if (digest === undefined) return { folder: content(key), took };
      await writeFile(temporary, `${JSON.stringify({ digest, took: Math.round(took) })}\n`);
      await rename(temporary, note(key));
      return { folder: content(key), took };
    },
  };
}

interface Note {
  readonly digest: string;
  readonly took: number;
}

/** `undefined` for what cannot be read as a whole: a link in it leads out, for one. */
function digestOf(folder: string): string | undefined {
  const root = realpathSync(folder);
  const space = { root, allowOutside: false };
  try {
    return fingerprint(space, walk(space, root));
  } catch {
    return undefined;
  }
}

function parseNote(text: string): Note | undefined {
  try {
    const { digest, took } = JSON.parse(text) as Partial<Note>;
    return typeof digest === 'string' && typeof took === 'number' ? { digest, took } : undefined;
  } catch {
    return undefined;
  }
}
