import { expect, it } from '@jest/globals';
import { createHistory } from '../../src/console/history.ts';

const began = (id: string) => ({ kind: 'began', id, at: 1, to: 'Take', event: '{}' }) as const;

it('keeps what happened, as far as it has come', () => {
  const history = createHistory();
  history.add(began('a'));
  history.add({ kind: 'log', id: 'a', text: 'one\n' });
  expect(history.add({ kind: 'log', id: 'unknown', text: 'lost' })).toBeUndefined();
  expect(history.entries()).toEqual([{ id: 'a', at: 1, to: 'Take', event: '{}', logs: 'one\n' }]);
  history.add({ kind: 'ended', id: 'a', at: 2, status: 'success', response: '7', logs: 'all\n' });
  const profile = { calls: { name: 'all', place: '', self: 0, total: 1, children: [] }, notes: [] };
  history.add({ kind: 'profiled', id: 'a', profile });
  expect(history.entries()).toEqual([
    {
      id: 'a',
      at: 1,
      to: 'Take',
      event: '{}',
      logs: 'all\n',
      end: { at: 2, status: 'success', response: '7' },
      hasProfile: true,
    },
  ]);
  expect(history.profileOf('a')).toBe(profile);
});

it('forgets the oldest, and keeps no more of a text than can be shown', () => {
  const history = createHistory();
  for (let at = 0; at < 250; at++) history.add(began(`${at}`));
  expect(history.entries()).toHaveLength(200);
  expect(history.entries()[0]?.id).toBe('50');
  const long = 'x'.repeat(600_000);
  history.add({ kind: 'log', id: '60', text: `${long}end` });
  history.add({ kind: 'ended', id: '60', at: 2, status: 'success', response: long });
  const entry = history.entries().find(({ id }) => id === '60');
  expect(entry?.logs).toHaveLength(524_288);
  expect(entry?.logs.endsWith('end')).toBe(true);
  expect(entry?.end?.response).toMatch(/… cut: 600000 characters$/);
});

it('keeps less of what is large', () => {
  const history = createHistory();
  const event = 'x'.repeat(500_000);
  for (let at = 0; at < 100; at++) history.add({ ...began(`${at}`), event });
  expect(history.entries().length).toBeLessThan(40);
  expect(history.entries().at(-1)?.id).toBe('99');
});
