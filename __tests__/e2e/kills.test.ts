import { expect, it } from '@jest/globals';
import { startEmulator } from '../support/emulator.ts';
import { killRuns } from '../support/kills.ts';

it('what was killed is brought to the same end by the next run, and leaves nothing behind', async () => {
  const emulator = await startEmulator();
  try {
    const { summary, wrong } = await killRuns(emulator.endpoint, 20, 7);
    expect(wrong).toEqual([]);
    expect(summary).toBe('converged 20/20, orphans 0');
  } finally {
    await emulator.stop();
  }
});
