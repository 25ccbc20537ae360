import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileHash } from '../../hash/file-hash.ts';
import type { BuiltImage } from './settle-image.ts';

/** Images that earlier runs made, by a key of everything that went into them. */
export interface ImageStore {
  /** The image, after checking that its file is what was kept; `undefined` when it is not there or was changed. */
  get(key: string): Promise<BuiltImage | undefined>;
  put(key: string, image: BuiltImage): Promise<void>;
}

/**
 * A store in a folder: images as `sha256-<digest>.tar`, what is known of each in `<key>.json`.
 *
 * @param folder `.sparta/images`, absolute
 */
export function imageStore(folder: string): ImageStore {
  const note = (key: string) => join(folder, `${key}.json`);
  return {
    async get(key) {
      const known = await readFile(note(key), 'utf8').then(parseNote, () => undefined);
      if (!known) return undefined;
      const path = join(folder, `${known.digest.replace(':', '-')}.tar`);
      const found = await stat(path).catch(() => undefined);
      const same = found?.isFile() && found.size === known.size && (await fileHash(path)) === known.fileHash;
      return same ? { path, digest: known.digest, size: known.size } : undefined;
    },
    async put(key, { path, digest, size }) {
      await mkdir(folder, { recursive: true });
      const temporary = `${note(key)}.${randomUUID()}.tmp`;
      await writeFile(temporary, `${JSON.stringify({ digest, size, fileHash: await fileHash(path) })}\n`);
      await rename(temporary, note(key));
    },
  };
}

interface Note {
  readonly digest: string;
  readonly size: number;
  readonly fileHash: string;
}

function parseNote(text: string): Note | undefined {
  try {
    const { digest, size, fileHash: hash } = JSON.parse(text) as Partial<Note>;
    const whole = /^sha256:[0-9a-f]{64}$/.test(digest ?? '') && Number.isSafeInteger(size);
    if (!whole || typeof hash !== 'string') return undefined;
    return { digest: String(digest), size: Number(size), fileHash: hash };
  } catch {
    return undefined;
  }
}
