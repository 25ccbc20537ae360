import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, realpathSync, statSync, utimesSync } from 'node:fs';
import { cp, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson, sha256 } from '../../hash/canonical.ts';
import { once } from '../../order/once.ts';
import { fingerprint } from '../archive/fingerprint.ts';
import type { FileIndex } from '../inputs/file-index.ts';
import { type InputRecord, readRecord, writeRecord } from '../inputs/record.ts';
import { walk } from '../workspace/walk.ts';
import { orUndefined } from '../workspace/workspace.ts';

/** What was built before, by what was built; several results of one build, made of different sources, stand side by side. */
export interface BuildStore {
  /** Results of a build, those first that were used last. None of their content was looked at yet. */
  candidates(identity: string): readonly StoredBuild[];
  /** Takes a result, if it is still what was put in; results that nobody takes are forgotten first. */
  take(build: StoredBuild): boolean;
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
  /** When it was used last, in milliseconds since 1970. */
  readonly used: number;
}

/** Results that are kept of one build; branches that are worked on by turns have one each. */
const KEPT = 4;

/**
 * A store in a folder: results in `<identity>-<inputs>/content`, what they were made of in `note.json` beside them. The
 * folder may come from a cache that others can write: nothing in it is believed before its digest is checked.
 */
export function buildStore(folder: string, files: FileIndex): BuildStore {
  const names = once(() => byIdentity(folder));
  const candidates = (identity: string): StoredBuild[] =>
    (names().get(identity) ?? [])
      .flatMap((name) => readNote(folder, name) ?? [])
      .sort((a, b) => b.used - a.used);
  return {
    candidates,
    take({ folder: content, digest, name }) {
      if (digestOf(content, files) !== digest) return false;
      const now = new Date();
      utimesSync(noteOf(folder, name), now, now);
      return true;
    },
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
        used: Date.now(),
      };
      // A result that cannot be checked later (a link in it leads out) is used now, but never again.
      if (digest === undefined || !record) return kept;
      const temporary = join(folder, name, `${randomUUID()}.tmp`);
      const note = { digest, took: kept.took, inputs: writeRecord(record) };
      await writeFile(temporary, `${JSON.stringify(note)}\n`);
      await rename(temporary, noteOf(folder, name));
      names().set(identity, [...new Set([...(names().get(identity) ?? []), name])]);
      for (const old of candidates(identity).slice(KEPT))
        await rm(join(folder, old.name), { recursive: true, force: true });
      return kept;
    },
  };
}

const noteOf = (folder: string, name: string): string => join(folder, name, 'note.json');

function byIdentity(folder: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const name of orUndefined(() => readdirSync(folder)) ?? []) {
    const [identity = ''] = name.split('-');
    found.set(identity, [...(found.get(identity) ?? []), name]);
  }
  return found;
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

function readNote(folder: string, name: string): StoredBuild | undefined {
  try {
    const note = noteOf(folder, name);
    const { digest, took, inputs } = JSON.parse(readFileSync(note, 'utf8')) as Readonly<
      Record<string, unknown>
    >;
    const record = readRecord(inputs);
    if (typeof digest !== 'string' || typeof took !== 'number' || !record) return undefined;
    return {
      name,
      folder: join(folder, name, 'content'),
      record,
      digest,
      took,
      used: statSync(note).mtimeMs,
    };
  } catch {
    return undefined;
  }
}
