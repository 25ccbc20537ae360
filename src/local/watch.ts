import { type FSWatcher, fstatSync, statSync, watch } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileHash } from '../hash/file-hash.ts';

/** What people do not edit, and what we write ourselves. */
const IGNORED = new Set(['.git', '.sparta', 'cdk.out', 'node_modules', '__pycache__']);
/** Milliseconds. Editors write a file in several steps. */
const SETTLE = 150;

/** A log that is kept in the folder (`| tee start.log`) grows with every build. */
const isIgnored = (name: string): boolean => IGNORED.has(name) || name.endsWith('.log');

/** Whether it is where this process writes what it says: `start --watch > said.txt`. */
function isOutput(path: string): boolean {
  try {
    const { dev, ino } = statSync(path);
    return [1, 2]
      .map((descriptor) => fstatSync(descriptor))
      .some((each) => each.dev === dev && each.ino === ino);
  } catch {
    return false;
  }
}

/**
 * Calls `changed` after files below a folder got another content, one call at a time, until the signal is aborted: a
 * build that writes the same files beside its sources each time comes to rest. Folders are watched one by one, as
 * watching a tree as a whole would include everything that is installed in it.
 */
export async function watchFolder(
  folder: string,
  signal: AbortSignal,
  changed: () => Promise<void>,
): Promise<void> {
  const watchers = new Map<string, FSWatcher>();
  const contents = new Map<string, string>();
  const touched = new Set<string>();
  let wake = (): void => undefined;
  const open = async (path: string): Promise<void> => {
    if (watchers.has(path)) return;
    const entries = await readdir(path, { withFileTypes: true }).catch(() => undefined);
    if (!entries || watchers.has(path)) return;
    const watcher = watch(path, (_, name) => {
      if (name === null || isIgnored(name)) return;
      void open(join(path, name));
      touched.add(join(path, name));
      wake();
    });
    watcher.on('error', () => {
      watcher.close();
      watchers.delete(path);
    });
    watchers.set(path, watcher);
    const folders = entries.filter((entry) => entry.isDirectory() && !isIgnored(entry.name));
    await Promise.all(folders.map(({ name }) => open(join(path, name))));
  };
  /** Whether any of what was touched is not as it was when it was last looked at. */
  const hasChanged = async (): Promise<boolean> => {
    const paths = [...touched];
    touched.clear();
    let found = false;
    for (const path of paths) {
      if (isOutput(path)) continue;
      const content = await fileHash(path).catch((error: NodeJS.ErrnoException) => error.code ?? '');
      found ||= contents.get(path) !== content;
      contents.set(path, content);
    }
    return found;
  };
  signal.addEventListener('abort', () => wake(), { once: true });
  try {
    await open(folder);
    while (!signal.aborted) {
      if (touched.size === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      if (signal.aborted) return;
      await new Promise((resolve) => setTimeout(resolve, SETTLE));
      if (await hasChanged()) await changed();
    }
  } finally {
    for (const watcher of watchers.values()) watcher.close();
  }
}
