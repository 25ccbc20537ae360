import { expect, it } from '@jest/globals';
import { startEmulator } from '../support/emulator.ts';
import { startBench } from '../support/fault-case.ts';
import { faultMatrix, runMatrix, sampleOf } from '../support/fault-matrix.ts';

it('a fault of AWS ends in what was wanted, or in a clear error after which a rerun gets there', async () => {
  const emulator = await startEmulator();
  const bench = await startBench(emulator.endpoint);
  try {
    const { summary, wrong } = await runMatrix(bench, sampleOf(await faultMatrix(bench), 100));
    expect(wrong).toEqual([]);
    process.stderr.write(`faults: ${summary}\n`);
  } finally {
    await bench.stop();
    await emulator.stop();
  }
});
