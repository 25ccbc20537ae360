import { randomUUID } from 'node:crypto';
import { readdirSync, realpathSync } from 'node:fs';
import { cp, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson, sha256 } from '../../hash/canonical.ts';
import { fingerprint } from '../archive/fingerprint.ts';
import type { FileIndex } from '../inputs/file-index.ts';
import { type InputRecord, readRecord, writeRecord } from '../inputs/record.ts';
import { walk } from '../workspace/walk.ts';

/** What was built before, by what was built; several results of one build, made of different sources, stand side by side. */
export interface BuildStore {
  /** Results of a build, the newest first. None of their content was looked at yet. */
  candidates(identity: string): Promise<readonly StoredBuild[]>;
  /** Whether a result is still what was put in. */
  isWhole(build: StoredBuild): boolean;
  /**
   * Keeps a result: the folder is moved.
   *
   * @param record `undefined`: it can be used now, but never again
   * @param took milliseconds that making it took
   */
  put(identity: string, folder: string, record: InputRecord | undefined, took: number): Promise<StoredBuild>;
}

export interface StoredBuild {
  /** Of the folder in the store. */
  readonly name: string;
  readonly folder: string;
  readonly record: InputRecord;
  /** SHA-256 of the content. */
  readonly digest: string;
  /** Milliseconds that a hit saves. */
  readonly took: number;
  /** When it was made, in milliseconds since 1970. */
  readonly made: number;
}

/** Results that are kept of one build; branches that are worked on by turns have one each. */
const KEPT = 4;

/**
 * A store in a folder: results in `<identity>-<inputs>/content`, what they were made of in `note.json` beside them. The
 * folder may come from a cache that others can write: nothing in it is believed before its digest is checked.
 */
export function buildStore(folder: string, files: FileIndex): BuildStore {
  const candidates = async (identity: string): Promise<StoredBuild[]> => {
    const names = listed(folder).filter((name) => name.startsWith(`${identity}-`) && !name.endsWith('.tmp'));
    const found = await Promise.all(names.map((name) => readNote(folder, name)));
    return found.filter((each) => each !== undefined).sort((a, b) => b.made - a.made);
  };
  return {
    candidates,
    isWhole: (build) => digestOf(build.folder, files) === build.digest,
    async put(identity, made, record, took) {
      const inputs = record ? sha256(canonicalJson(writeRecord(record))).slice(0, 16) : randomUUID();
      const name = `${identity}-${inputs}`;
      const content = join(folder, name, 'content');
      await rm(join(folder, name), { recursive: true, force: true });
      await mkdir(join(folder, name), { recursive: true });
      await move(made, content);
      const digest = digestOf(content, files);
      const kept = {
        name,
        folder: content,
        record: record ?? [],
        digest: digest ?? '',
        took: Math.round(took),
        made: Date.now(),
      };
      // A result that cannot be checked later (a link in it leads out) is used now, but never again.
      if (digest === undefined || !record) return kept;
      const temporary = join(folder, name, `${randomUUID()}.tmp`);
      const note = { digest, took: kept.took, made: kept.made, inputs: writeRecord(record) };
      await writeFile(temporary, `${JSON.stringify(note)}\n`);
      await rename(temporary, join(folder, name, 'note.json'));
      for (const old of (await candidates(identity)).slice(KEPT))
        await rm(join(folder, old.name), { recursive: true, force: true });
      return kept;
    },
  };
}

function listed(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Across disks it is copied. */
async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EXDEV')) throw error;
    await cp(from, to, { recursive: true, verbatimSymlinks: true });
  }
}

/** `undefined` for what cannot be read as a whole: a link in it leads out, for one. */
function digestOf(folder: string, files: FileIndex): string | undefined {
  try {
    const root = realpathSync(folder);
    const space = { root, allowOutside: false };
    return fingerprint(space, walk(space, root), files);
  } catch {
    return undefined;
  }
}

async function readNote(folder: string, name: string): Promise<StoredBuild | undefined> {
  try {
    const content = join(folder, name, 'content');
    const note = JSON.parse(await readFile(join(folder, name, 'note.json'), 'utf8')) as Readonly<
      Record<string, unknown>
    >;
    const { digest, took, made } = note;
    const record = readRecord(note.inputs);
    const whole = typeof digest === 'string' && typeof took === 'number' && typeof made === 'number';
    if (!whole || !record || !(await stat(content)).isDirectory()) return undefined;
    return { name, folder: content, record, digest, took, made };
  } catch {
    return undefined;
  }
}
