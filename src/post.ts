import { actionsCache } from './github/cache.ts';
import { actionLog } from './github/log.ts';
import type { Log } from './log.ts';
import type { BackgroundServer, ToSave } from './outcome.ts';

/**
 * The action's post step: ends what the main step started, and saves what it packaged. The runner hands its state over
 * as STATE_*.
 */
export async function run(): Promise<void> {
  const { env } = process;
  const log = actionLog((line) => process.stdout.write(`${line}\n`), {
    debug: env.RUNNER_DEBUG === '1',
    workspace: env.GITHUB_WORKSPACE ?? process.cwd(),
  });
  if (env.STATE_server) await endServer(JSON.parse(env.STATE_server) as BackgroundServer, log);
  if (!env.STATE_cache) return;
  const toSave = JSON.parse(env.STATE_cache) as ToSave | ToSave[];
  for (const each of [toSave].flat()) await saveCache(each, log);
}

async function saveCache({ folder, list, key }: ToSave, log: Log): Promise<void> {
  const { readFile, rm } = await import('node:fs/promises');
  const { join } = await import('node:path');
  const file = join(folder, list);
  const parts = JSON.parse(await readFile(file, 'utf8')) as string[];
  if (await actionsCache(log, process.env)?.save({ folder, parts }, key)) log.info(`Saved ${key}`);
  await rm(file);
}

/** Megabytes of output would hide everything else in the job's log. */
const SHOWN = 256 * 1024;

async function endServer({ pid, command, folder, logFile }: BackgroundServer, log: Log): Promise<void> {
  const { readFile, rm } = await import('node:fs/promises');
  const { stopServer } = await import('./local/server/stop-server.ts');
  await stopServer(pid);
  const written = await readFile(logFile, 'utf8').catch(() => '');
  if (written !== '') {
    const left = written.length - SHOWN;
    await log.group(`What functions wrote to ${command}`, async (each) => {
      if (left > 0) each.info(`... ${left} characters before this`);
      each.info(written.slice(-SHOWN).trimEnd());
    });
  }
  await rm(folder, { recursive: true, force: true });
}
