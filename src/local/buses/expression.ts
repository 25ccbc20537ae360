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
  const [, kind, inside = ''] = /^(rate|cron|at)\((.*)\)$/.exec(expression.trim()) ?? [];
  if (kind === 'rate') return every(inside, expression);
  if (kind === 'cron') return cron(inside, timezone);
  if (kind === 'at') return once(inside, timezone);
  throw new Error(`${JSON.stringify(expression)} is no schedule`);
}

function every(inside: string, expression: string): Next {
  const [, count = '', unit = ''] = /^(\d+) (minute|hour|day)s?$/.exec(inside.trim()) ?? [];
  const length = Number(count) * (UNITS[unit] ?? 0);
  if (!(length > 0)) throw new Error(`${JSON.stringify(expression)} is no rate`);
  return (after) => new Date(after.getTime() + length);
}

/** Six fields: minutes, hours, day of the month, month, day of the week (1 is Sunday), year. */
function cron(inside: string, timezone: string): Next {
  const fields = inside.trim().split(/\s+/);
  if (fields.length !== 6) throw new Error(`cron(${inside}) has ${fields.length} fields, not 6`);
  const [minute, hour, day, month, weekday = '*', year] = fields.map((field) =>
    field === '?' ? '*' : field,
  );
  // `6L` is the last Friday of the month.
  const last = weekday.replace(/^(\w+)L$/, '$1#L');
  const parsed = new Cron([0, minute, hour, day, month, last, year].join(' '), {
    alternativeWeekdays: true,
    sloppyRanges: true,
    paused: true,
    timezone,
  });
  return (after) => parsed.nextRun(after) ?? undefined;
}

function once(inside: string, timezone: string): Next {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(inside)) throw new Error(`at(${inside}) is no time`);
  const at = new Cron(inside, { timezone, paused: true }).nextRun(new Date(0));
  return (after) => (at && at > after ? at : undefined);
}
