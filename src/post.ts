import { actionsCache } from './github/cache.ts';
import { actionLog } from './github/log.ts';

/** The action's post step: saves what the main step packaged. The runner hands its state over as STATE_*. */
export async function run(): Promise<void> {
  const { env } = process;
  const saved = env.STATE_cache;
  if (!saved) return;
  const log = actionLog((line) => process.stdout.write(`${line}\n`), { debug: env.RUNNER_DEBUG === '1' });
  const { paths, key } = JSON.parse(saved) as { paths: string[]; key: string };
  await actionsCache(log, env)?.save(paths, key);
}
