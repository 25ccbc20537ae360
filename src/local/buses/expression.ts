import { Cron } from 'croner';

/** When something happens next after a time; `undefined`: never again. */
export type Next = (after: Date) => Date | undefined;

const UNITS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * What `rate(...)`, `cron(...)` and `at(...)` mean. Source: Amazon EventBridge Scheduler User Guide, "Schedule types".
 *
 * @throws Error where the expression is none
 */
export function nextOf(expression: string, timezone = 'UTC'): Next {
  if (!isZone(timezone)) throw new Error(`${JSON.stringify(timezone)} is no time zone`);
  const [, kind, inside = ''] = /^(rate|cron|at)\((.*)\)$/.exec(expression) ?? [];
  if (kind === 'rate') return every(inside, expression);
  if (kind === 'cron') return cron(inside, timezone);
  if (kind === 'at') return once(inside, timezone);
  throw new Error(`${JSON.stringify(expression)} is no schedule`);
}

function isZone(timezone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: timezone }).format() !== '';
  } catch {
    return false;
  }
}

/**
 * The same for rules, which have singular and plural right. Source: Amazon EventBridge User Guide, "Rate expressions"; recorded
 * in localstack/localstack (`test_put_rule_with_invalid_schedule_rate`).
 *
 * @throws Error where the expression is none
 */
export function nextOfRule(expression: string): Next {
  const [, count = '', unit = ''] = /^rate\((\d+) (\w+)\)$/.exec(expression) ?? [];
  if (count !== '' && (Number(count) === 1) === unit.endsWith('s'))
    throw new Error(`${JSON.stringify(expression)} is no rate: 1 minute, 2 minutes`);
  return nextOf(expression);
}

function every(inside: string, expression: string): Next {
  const [, count = '', unit = ''] = /^(\d+) (minute|hour|day)s?$/.exec(inside) ?? [];
  const length = Number(count) * (UNITS[unit] ?? 0);
  if (!(length > 0)) throw new Error(`${JSON.stringify(expression)} is no rate`);
  return (after) => new Date(after.getTime() + length);
}

/** Places of fields of `cron(...)`. */
const DAY = 2;
const WEEKDAY = 4;

/** Six fields: minutes, hours, day of the month, month, day of the week (1 is Sunday), year. */
function cron(inside: string, timezone: string): Next {
  const fields = inside.trim().split(/\s+/);
  if (fields.length !== 6) throw new Error(`cron(${inside}) has ${fields.length} fields, not 6`);
  if (fields.filter((_, at) => at === DAY || at === WEEKDAY).filter((field) => field === '?').length !== 1)
    throw new Error(`cron(${inside}) has to have a ? for the day of the month or for that of the week`);
  if (hasOthers(fields[WEEKDAY], 1, 7))
    throw new Error(`cron(${inside}) has a day of the week that is not 1 to 7`);
  if (hasOthers(fields.at(-1), 1970, 2199))
    throw new Error(`cron(${inside}) has a year that is not 1970 to 2199`);
  const [minute, hour, day, month, weekday = '*', year] = fields.map((field) =>
    field === '?' ? '*' : field,
  );
  // `6L` is the last Friday of the month; `L` alone is the last day of each week.
  const last = weekday.replace(/\b(\w+)L\b/g, '$1#L').replace(/(?<!#)\bL\b/g, '7');
  const parsed = new Cron([0, minute, hour, day, month, last, year].join(' '), {
    alternativeWeekdays: true,
    sloppyRanges: true,
    paused: true,
    timezone,
  });
  return (after) => parsed.nextRun(after) ?? undefined;
}

/** Whether a field has numbers out of its range; the steps of `1/2` and the weeks of `2#1` are none. */
const hasOthers = (field = '', least: number, most: number): boolean =>
  (field.replace(/[/#]\d+/g, '').match(/\d+/g) ?? []).some(
    (number) => !(Number(number) >= least && Number(number) <= most),
  );

function once(inside: string, timezone: string): Next {
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(inside);
  const parsed = new Date(`${inside}Z`);
  // 30 February would be a day of March.
  if (!isTime || Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 19) !== inside)
    throw new Error(`at(${inside}) is no time`);
  const at = new Cron(inside, { timezone, paused: true }).nextRun(new Date(0));
  return (after) => (at && at > after ? at : undefined);
}
