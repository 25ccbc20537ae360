import { type FSWatcher, watch } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** What people do not edit, and what we write ourselves. */
const IGNORED = new Set(['.git', '.sparta', 'cdk.out', 'node_modules', '__pycache__']);
/** Editors write a file in several steps, and news of it takes a moment. */
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 100));

/**
 * Calls `changed` after files below a folder changed, one call at a time, until the signal is aborted. Folders are
 * watched one by one, as watching a tree as a whole would include everything that is installed in it. Changes during a
 * call are followed by another one, whose own are not: a build that writes files beside its sources comes to rest.
 */
export async function watchFolder(
  folder: string,
  signal: AbortSignal,
  changed: () => Promise<void>,
): Promise<void> {
  const watchers = new Map<string, FSWatcher>();
  let notice: (() => void) | undefined;
  let dirty = false;
  const tell = (): void => {
    dirty = true;
    notice?.();
  };
  const open = async (path: string): Promise<void> => {
    if (watchers.has(path)) return;
    const entries = await readdir(path, { withFileTypes: true }).catch(() => undefined);
    if (!entries || watchers.has(path)) return;
    const watcher = watch(path, (_, name) => {
      if (name !== null && IGNORED.has(name)) return;
      if (name !== null) void open(join(path, name));
      tell();
    });
    watcher.on('error', () => {
      watcher.close();
      watchers.delete(path);
    });
    watchers.set(path, watcher);
    const folders = entries.filter((entry) => entry.isDirectory() && !IGNORED.has(entry.name));
    await Promise.all(folders.map(({ name }) => open(join(path, name))));
  };
  await open(folder);
  signal.addEventListener('abort', tell, { once: true });
  try {
    while (!signal.aborted) {
      if (!dirty) {
        await new Promise<void>((resolve) => {
          notice = resolve;
        });
      }
      for (let call = 0; call < 2 && dirty && !signal.aborted; call++) {
        await settled();
        dirty = false;
        await changed();
        await settled();
      }
      dirty = false;
    }
  } finally {
    for (const watcher of watchers.values()) watcher.close();
  }
}
