import { expect, it } from '@jest/globals';
import { startKills } from '../support/start-kills.ts';

/** `npm run test:kills` does it 100 times. */
it('a killed start leaves no process, port or file', async () => {
  const { wrong } = await startKills(10, 1);
  expect(wrong).toEqual([]);
});
