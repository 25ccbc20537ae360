/**
 * A step that uses the cache: `node cache-step.ts restore|save KEY FOLDER PART...`. A process of its own, as the cache package
 * takes its settings from the environment and writes to the step's log. Exit code 0: it was restored, or saved.
 */
import { actionsCache } from '../../src/github/cache.ts';
import { actionLog } from '../../src/github/log.ts';

const [, , verb, key = '', folder = '', ...parts] = process.argv;
const log = actionLog((line) => process.stdout.write(`${line}\n`), {
  debug: false,
  workspace: process.cwd(),
});
const cache = actionsCache(log, process.env);
if (verb === 'save') {
  await cache?.save({ folder, parts }, key);
  process.stdout.write('went on\n');
} else {
  process.stdout.write(`went on, restored: ${(await cache?.restore({ folder, parts }, [key])) ?? false}\n`);
}
// A request that was given up on must not keep the step alive.
process.exit(0);
