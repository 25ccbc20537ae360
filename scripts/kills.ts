/** `npm run test:kills [seed]`: 100 runs that are killed at random moments, each of which is run again. */
import { killRuns } from '../__tests__/support/kills.ts';
import { startEmulator } from './emulator.ts';

const emulator = await startEmulator();
if ('missing' in emulator) {
  console.error(`The emulator is missing: ${emulator.missing}.`);
  process.exit(1);
}
try {
  const { summary, wrong } = await killRuns(emulator.endpoint, 100, Number(process.argv[2] ?? 1));
  for (const line of wrong) console.log(line);
  console.log(summary);
  process.exitCode = wrong.length > 0 ? 1 : 0;
} finally {
  await emulator.stop();
}
