/**
 * `npm run test:faults [filter]`: the whole matrix of faults, or the cases whose names match. `npm test` has a sample.
 */
import { startBench } from '../__tests__/support/fault-case.ts';
import { faultMatrix, nameOf, runMatrix } from '../__tests__/support/fault-matrix.ts';
import { startEmulator } from './emulator.ts';

const filter = new RegExp(process.argv[2] ?? '');
const emulator = await startEmulator();
if ('missing' in emulator) {
  console.error(`The emulator is missing: ${emulator.missing}.`);
  process.exit(1);
}
const bench = await startBench(emulator.endpoint);
try {
  const cases = (await faultMatrix(bench)).filter((one) => filter.test(nameOf(one)));
  const { summary, wrong } = await runMatrix(bench, cases, (line) => console.log(line));
  console.log(summary);
  process.exitCode = wrong.length > 0 ? 1 : 0;
} finally {
  await bench.stop();
  await emulator.stop();
}
