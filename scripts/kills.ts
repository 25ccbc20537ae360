/**
 * `npm run test:kills [seed]`: 100 runs that are killed at random moments, each of which is run again, and 100 services of
 * `start`, which must leave nothing. `npm run test:kills -- start [seed]` does the latter alone.
 */
import { killRuns } from '../__tests__/support/kills.ts';
import { startKills } from '../__tests__/support/start-kills.ts';
import { startEmulator } from './emulator.ts';

const [first, ...others] = process.argv.slice(2);
const onlyStart = first === 'start';
const seed = Number((onlyStart ? others[0] : first) ?? 1);

function tell({ summary, wrong }: { readonly summary: string; readonly wrong: readonly string[] }): void {
  for (const line of wrong) console.log(line);
  console.log(summary);
  if (wrong.length > 0) process.exitCode = 1;
}

tell(await startKills(100, seed));
if (onlyStart) process.exit();

const emulator = await startEmulator();
if ('missing' in emulator) {
  console.error(`The emulator is missing: ${emulator.missing}.`);
  process.exit(1);
}
try {
  tell(await killRuns(emulator.endpoint, 100, seed));
} finally {
  await emulator.stop();
}
