import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { sideBySide } from '../../src/order/side-by-side.ts';

const item = (id: string, ...dependsOn: string[]) => ({ id, dependsOn });

/** Runs with results that are the ids, `!` before what was not done. */
async function run(items: ReturnType<typeof item>[], { limit = 9, fails = '' } = {}) {
  const log: string[] = [];
  let running = 0;
  let most = 0;
  const results = await sideBySide(items, {
    limit,
    run: async ({ id }) => {
      most = Math.max(most, ++running);
      log.push(`+${id}`);
      await pause(5);
      log.push(`-${id}`);
      running--;
      return id === fails ? 'failed' : id;
    },
    hasFailed: (result) => result === 'failed' || result.startsWith('!'),
    skip: ({ id }, because) => `!${id} for ${because.id}`,
  });
  return { results, log, most };
}

it('does at once what does not depend on one another', async () => {
  const { results, most } = await run([item('a'), item('b'), item('c')]);
  expect(results).toEqual(['a', 'b', 'c']);
  expect(most).toBe(3);
});

it('does no more than so many at once', async () => {
  const { results, most } = await run([item('a'), item('b'), item('c'), item('d')], { limit: 2 });
  expect(results).toEqual(['a', 'b', 'c', 'd']);
  expect(most).toBe(2);
});

it('waits for what has to come before', async () => {
  const { log } = await run([item('a'), item('b'), item('c', 'a', 'elsewhere')]);
  expect(log.indexOf('-a')).toBeLessThan(log.indexOf('+c'));
});

it('leaves out what depends on a failure, directly or not, and goes on with the rest', async () => {
  const items = [item('a'), item('b', 'a'), item('c', 'b'), item('d')];
  const { results, log } = await run(items, { fails: 'a' });
  expect(results).toEqual(['failed', '!b for a', '!c for b', 'd']);
  expect(log).not.toContain('+b');
});

it('throws on what is thrown, when what runs has ended', async () => {
  const ended: string[] = [];
  const work = sideBySide([item('a'), item('b'), item('c', 'b')], {
    limit: 9,
    run: async ({ id }) => {
      if (id === 'a') throw new Error('broken');
      await pause(10);
      ended.push(id);
      return id;
    },
    hasFailed: () => false,
    skip: ({ id }) => id,
  });
  await expect(work).rejects.toThrow('broken');
  expect(ended).toEqual(['b']);
});
