import { expect, it } from '@jest/globals';
import { openConsole } from '../support/console-service.ts';

const servedBy = async (command: string): Promise<string[]> => {
  const opened = await openConsole([command, '--stack-name', 'orders']);
  await opened.stop();
  return opened
    .said()
    .split('\n')
    .filter((line) => / -> |\(|^export /.test(line))
    .map((line) => line.replace(/127\.0\.0\.1:\d+/, 'here'));
};

it('serves all that start serves, event sources included', async () => {
  const explored = await servedBy('explore');
  expect(explored).toContain('queue orders-Queue -> CountOrders');
  expect(explored).toEqual(await servedBy('start'));
});
