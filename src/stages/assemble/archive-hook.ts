import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log } from '../../log.ts';
import { type Entry, walk } from '../../packaging/workspace/walk.ts';
import { workspace } from '../../packaging/workspace/workspace.ts';
import { ProblemError } from '../../problem.ts';
import type { ArchiveContext } from '../../service/hook-types.ts';
import { logicalId } from '../../service/marshal/ids.ts';
import type { ServiceRun } from '../run.ts';
import { hookList, hookRun, runHooks } from './hooks.ts';

/**
 * Stage 7: what the Archive hooks add to the archive of some functions or web functions. Commands put files into the folder
 * `SPARTA_HOOK_ARCHIVE`.
 *
 * @param owners logical IDs of the functions that the archive is for
 */
export async function archiveEntries(
  service: ServiceRun,
  owners: readonly string[],
  log: Log,
): Promise<readonly Entry[]> {
  const { hooks, functions: all = {}, web = {} } = service.loaded.service;
  if (hookList(hooks?.archive).length === 0) return [];
  const names = [...Object.keys(all), ...Object.keys(web)];
  const functions = names.filter((name) => owners.includes(logicalId(name)));
  const added = new Map<string, Entry>();
  const add: ArchiveContext['add'] = (name, content, { executable = false } = {}) => {
    const problem = nameProblem(name) ?? (added.has(name) ? 'was added before' : undefined);
    if (problem) throw new ProblemError({ message: `the entry ${JSON.stringify(name)} ${problem}` });
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    added.set(name, { kind: 'bytes', name, bytes, executable });
  };
  const folder = await mkdtemp(join(tmpdir(), 'sparta-archive-'));
  try {
    const variables = { ARCHIVE: folder, FUNCTIONS: functions.join(',') };
    const context = { ...service.context, functions, add };
    await runHooks({ name: 'archive', hooks: hooks?.archive, context, variables }, hookRun(service, log));
    for (const entry of walk(workspace(folder, false), folder)) {
      if (entry.kind !== 'file') continue;
      const { mode } = await stat(entry.path);
      add(entry.name, await readFile(entry.path), { executable: (mode & 0o111) !== 0 });
    }
    return [...added.values()];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Names are paths below the root of the archive. */
function nameProblem(name: string): string | undefined {
  if (name === '' || name.endsWith('/')) return 'is no name of a file';
  if (/^\/|^[a-z]:|\\|\0/i.test(name)) return 'is no relative path with / between its parts';
  return name.split('/').some((part) => ['', '.', '..'].includes(part))
    ? 'leads out of the archive'
    : undefined;
}
