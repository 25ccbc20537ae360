import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { createArchive } from '../../archive/archive.ts';
import { unzip } from '../../archive/unzip.ts';
import { type Entry, walk } from '../../workspace/walk.ts';

const MANIFEST = 'META-INF/MANIFEST.MF';
/** Who built it, and when: attributes that Maven's archiver and the OSGi plugin write. */
const OF_THIS_BUILD = /^(Built-By|Build-Time|Build-Date|Bnd-LastModified): /i;

/**
 * Makes a JAR file that was just built the same on every machine: entries by name with fixed times, the manifest first
 * (`JarInputStream` finds it nowhere else), and nothing that says who built it and when.
 *
 * @param scratch a folder for temporary files
 */
export async function settleJar(path: string, scratch: string): Promise<void> {
  const folder = join(scratch, `${basename(path)}.unpacked`);
  await unzip(path, folder);
  await settleManifest(join(folder, MANIFEST));
  await settleProperties(join(folder, 'META-INF', 'maven'));
  const space = { root: folder, allowOutside: false };
  const entries = walk(space, folder);
  const isManifest = ({ name }: Entry): boolean => name === MANIFEST;
  const ordered = [...entries.filter(isManifest), ...entries.filter((entry) => !isManifest(entry))];
  const made = await createArchive(space, ordered, dirname(folder));
  await rename(made.path, path);
  await rm(folder, { recursive: true });
}

/** A line of a manifest has 72 bytes at most; one that begins with a space goes on with the one above. */
async function settleManifest(path: string): Promise<void> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return;
  const attributes = text.split(/\r?\n(?! )/);
  await writeFile(path, attributes.filter((each) => !OF_THIS_BUILD.test(each)).join('\r\n'));
}

/** `pom.properties` begins with the time of the build, as a comment. */
async function settleProperties(folder: string): Promise<void> {
  const files = await readdir(folder, { recursive: true }).catch(() => []);
  for (const name of files.filter((each) => basename(each) === 'pom.properties')) {
    const path = join(folder, name);
    const lines = (await readFile(path, 'utf8')).split(/\r?\n/);
    await writeFile(path, lines.filter((line) => !line.startsWith('#')).join('\n'));
  }
}
