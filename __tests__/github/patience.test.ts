import { expect, it } from '@jest/globals';
import { persist, TRIES, waitAfter } from '../../src/github/patience.ts';

const NOW = Date.parse('2026-01-01T00:00:00Z');
const inSeconds = (seconds: number) => String(NOW / 1000 + seconds);

it.each([
  ['as long as it says', 429, { 'retry-after': '7' }, '', [7000, 7000]],
  ['as long as it says', 403, { 'retry-after': '0' }, '', [0, 0]],
  [
    'until the limit is reset',
    403,
    { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': inSeconds(9) },
    '',
    [9000, 9000],
  ],
  ['not before now', 403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': inSeconds(-9) }, '', [0, 0]],
  ['a minute', 403, {}, 'You have exceeded a secondary rate limit.', [60_000, 60_000]],
  ['some time, at random', 502, {}, 'Bad Gateway', [250, 500]],
  ['some time, at random', 500, {}, 'connect ECONNREFUSED', [250, 500]],
] as const)('waits %s after %d %j %s', (_, status, headers, message, [least, most]) => {
  const wait = waitAfter({ status, headers, message }, 1, NOW);
  expect(wait).toBeGreaterThanOrEqual(least);
  expect(wait).toBeLessThanOrEqual(most);
});

it.each([
  [429, { 'retry-after': '61' }],
  [403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': inSeconds(3600) }],
  [403, {}],
  [404, {}],
  [422, {}],
])('does not try again after %d %j', (status, headers) => {
  expect(waitAfter({ status, headers, message: '' }, 1, NOW)).toBeUndefined();
});

it('gives up at last', () => {
  const failure = { status: 502, headers: {}, message: '' };
  expect(waitAfter(failure, TRIES - 1, NOW)).toBeDefined();
  expect(waitAfter(failure, TRIES, NOW)).toBeUndefined();
});

it.each([
  ['is not repeated after a lost answer', 500, 1],
  ['is repeated after it was refused', 429, 2],
])('what must not be made twice, and cannot be looked for, %s', async (_, status, calls) => {
  let made = 0;
  const attempt = async () => {
    made++;
    if (made > 1) return 'done';
    throw Object.assign(new Error('no'), { status, response: { headers: { 'retry-after': '0' } } });
  };
  const { signal } = new AbortController();
  const result = await persist(attempt, { repeatable: false, signal }).catch((error: unknown) => error);
  expect(made).toBe(calls);
  if (calls === 1) expect(result).toMatchObject({ name: 'GitHubError', status });
  else expect(result).toBe('done');
});
