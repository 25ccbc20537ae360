import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Entry, walk } from '../../packaging/workspace/walk.ts';
import { workspace } from '../../packaging/workspace/workspace.ts';
import { ProblemError } from '../../problem.ts';
import type { ArchiveContext, HookContext, HookList } from '../../service/hook-types.ts';
import { type HookRun, runHooks } from './hooks.ts';

/**
 * Stage 7: what the Archive hooks add to the archive of some functions. Commands put files into the folder
 * `SPARTA_HOOK_ARCHIVE`.
 *
 * @param functions names of the functions that the archive is for
 */
export async function archiveEntries(
  hooks: HookList<ArchiveContext> | undefined,
  context: HookContext,
  functions: readonly string[],
  run: HookRun,
): Promise<readonly Entry[]> {
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
    await runHooks('archive', hooks, { ...context, functions, add }, run, variables);
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
