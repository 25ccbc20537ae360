import { describe, expect, it } from '@jest/globals';
import { nextOf } from '../../../src/local/buses/expression.ts';

const after = (expression: string, from: string, timezone: string): string | undefined =>
  nextOf(expression, timezone)(new Date(from))?.toISOString();

/** Expressions of Amazon EventBridge's user guide. */
const CASES: readonly (readonly [
  expression: string,
  from: string,
  next: string | undefined,
  zone?: string,
])[] = [
  ['rate(5 minutes)', '2026-11-30T00:00:00Z', '2026-11-30T00:05:00.000Z'],
  ['rate(1 hour)', '2026-11-30T00:00:30Z', '2026-11-30T01:00:30.000Z'],
  ['rate(7 days)', '2026-11-30T00:00:00Z', '2026-12-07T00:00:00.000Z'],
  ['cron(0 10 * * ? *)', '2026-11-30T10:00:00Z', '2026-12-01T10:00:00.000Z'],
  ['cron(15 12 * * ? *)', '2026-11-30T00:00:00Z', '2026-11-30T12:15:00.000Z'],
  ['cron(0 18 ? * MON-FRI *)', '2026-11-28T00:00:00Z', '2026-11-30T18:00:00.000Z'],
  ['cron(0 18 ? * 2-6 *)', '2026-11-28T00:00:00Z', '2026-11-30T18:00:00.000Z'],
  ['cron(0 8 1 * ? *)', '2026-11-30T00:00:00Z', '2026-12-01T08:00:00.000Z'],
  ['cron(0/15 * * * ? *)', '2026-11-30T00:01:00Z', '2026-11-30T00:15:00.000Z'],
  ['cron(0/5 8-17 ? * MON-FRI *)', '2026-11-30T17:55:00Z', '2026-12-01T08:00:00.000Z'],
  ['cron(0 9 L * ? *)', '2026-11-01T00:00:00Z', '2026-11-30T09:00:00.000Z'],
  ['cron(0 9 ? * 6L *)', '2026-11-01T00:00:00Z', '2026-11-27T09:00:00.000Z'],
  ['cron(0 9 ? * 2#1 *)', '2026-11-03T00:00:00Z', '2026-12-07T09:00:00.000Z'],
  ['cron(0 9 15W * ? *)', '2026-11-01T00:00:00Z', '2026-11-16T09:00:00.000Z'],
  ['cron(0 9 1 1 ? 2027)', '2026-11-30T00:00:00Z', '2027-01-01T09:00:00.000Z'],
  ['cron(0 9 1 1 ? 2020)', '2026-11-30T00:00:00Z', undefined],
  ['cron(0 9 ? * MON *)', '2026-11-30T00:00:00Z', '2026-11-30T08:00:00.000Z', 'Europe/Berlin'],
  ['at(2026-12-24T18:00:00)', '2026-11-30T00:00:00Z', '2026-12-24T18:00:00.000Z'],
  ['at(2026-12-24T18:00:00)', '2026-11-30T00:00:00Z', '2026-12-24T17:00:00.000Z', 'Europe/Berlin'],
  ['at(2026-12-24T18:00:00)', '2026-12-25T00:00:00Z', undefined],
];

describe('a schedule', () => {
  it.each(CASES.map(([expression, from, next, zone = 'UTC']) => ({ expression, from, next, zone })))(
    '$expression after $from in $zone',
    ({ expression, from, next, zone }) => {
      expect(after(expression, from, zone)).toBe(next);
    },
  );

  it.each(['rate(0 minutes)', 'rate(5)', 'cron(* * * *)', 'at(tomorrow)', '5 minutes'])(
    'is not %s',
    (text) => {
      expect(() => nextOf(text)).toThrow();
    },
  );
});
