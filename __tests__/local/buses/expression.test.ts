import { describe, expect, it } from '@jest/globals';
import { nextOf, nextOfRule } from '../../../src/local/buses/expression.ts';

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
  ['cron(0 9 ? * FRIL *)', '2026-11-01T00:00:00Z', '2026-11-27T09:00:00.000Z'],
  ['cron(0 9 ? * L *)', '2026-11-01T00:00:00Z', '2026-11-07T09:00:00.000Z'],
  ['cron(0 9 ? * 3,L *)', '2026-11-04T00:00:00Z', '2026-11-07T09:00:00.000Z'],
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

  /** What AWS refuses, recorded in localstack/localstack (`test_scheduler.snapshot.json`), and more of its kind. */
  it.each([
    'cron(0 1 * * * *)',
    'cron(0 1 1 * 2 *)',
    'cron(0 1 ? * ? *)',
    'cron(7 20 * * NOT *)',
    'cron(INVALID)',
    'cron(71 8 1 * ? *)',
    'cron()',
    'cron(0 0 ? * 8 *)',
    'cron(0 0 ? * 0 *)',
    'cron(0 0 1 * ? 1)',
    'rate(10 seconds)',
    'rate(10 minutess)',
    'rate(-10 minutes)',
    'rate( 10 minutes )',
    ' rate(10 minutes)',
    'at(2021-12-31T23:59:59Z)',
    'at(2021-12-31)',
    'at(2021-02-30T23:59:59)',
  ])('is not %s', (text) => {
    expect(() => nextOf(text)).toThrow();
  });

  it.each(['rate(5 minutes)', 'cron(0 10 * * ? *)', 'at(2026-12-24T18:00:00)'])('knows where: %s', (text) => {
    expect(() => nextOf(text, 'Europe/Atlantis')).toThrow('"Europe/Atlantis" is no time zone');
  });

  /** The same of years and steps, taken by AWS (`test_create_schedule_with_valid_cron_expressions`). */
  it.each(['cron(1-31/30 1-1 ? * 1,7 *)', 'cron(*/15 * * * ? *)', 'cron(0 9 ? * 2/2 2026/2)'])(
    'is %s',
    (text) => {
      expect(nextOf(text)(new Date('2026-11-30T00:00:00Z'))).toBeInstanceOf(Date);
    },
  );
});

/** Recorded in localstack/localstack (`test_put_rule_with_invalid_schedule_rate`). */
describe('a rule', () => {
  it.each(['rate(1 minutes)', 'rate(1 days)', 'rate(10 minute)', 'rate(10 MINUTES)'])('has no %s', (text) => {
    expect(() => nextOfRule(text)).toThrow();
  });
  it.each(['rate(1 minute)', 'rate(10 minutes)', 'cron(0 10 * * ? *)'])('has %s', (text) => {
    expect(nextOfRule(text)(new Date('2026-11-30T00:00:00Z'))).toBeInstanceOf(Date);
  });
});
