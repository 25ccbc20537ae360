/** What is wrong with an expression, and what to write. */
export interface ExpressionProblem {
  readonly message: string;
  readonly next: string;
}

const FIELDS = ['minutes', 'hours', 'day of month', 'month', 'day of week', 'year'];

/**
 * What EventBridge would refuse of a schedule. `at(...)`, which only schedulers know, is left to them.
 * Source: Amazon EventBridge User Guide, "Setting a schedule pattern for scheduled rules".
 */
export function* expressionProblems(expression: string): Generator<ExpressionProblem> {
  const [, kind, inside = ''] = /^(rate|cron)\((.*)\)$/s.exec(expression) ?? [];
  if (kind === 'rate') yield* rateProblems(expression, inside);
  if (kind === 'cron') yield* cronProblems(expression, inside);
}

function* rateProblems(expression: string, inside: string): Generator<ExpressionProblem> {
  const [, count = '', unit] = /^([1-9]\d*) (minute|hour|day)s?$/.exec(inside) ?? [];
  if (unit === undefined) {
    yield {
      message: `${expression} is no rate`,
      next: 'Write a number and minutes, hours or days: rate(5 minutes).',
    };
    return;
  }
  const meant = `rate(${count} ${unit}${count === '1' ? '' : 's'})`;
  if (expression !== meant)
    yield { message: `${expression} has the wrong number of its unit`, next: `Write ${meant}.` };
}

function* cronProblems(expression: string, inside: string): Generator<ExpressionProblem> {
  const fields = inside.trim().split(/\s+/);
  if (fields.length !== FIELDS.length) {
    yield {
      message: `${expression} has ${fields.length} fields; EventBridge knows ${FIELDS.length}`,
      next: `Give ${FIELDS.join(', ')}.`,
    };
  } else if ((fields[2] === '?') === (fields[4] === '?')) {
    yield {
      message: `${expression} has ${fields[2] === '?' ? 'neither' : 'both'} a day of month ${fields[2] === '?' ? 'nor' : 'and'} a day of week`,
      next: 'Write ? for the one that does not count.',
    };
  }
}

/** A time zone that nobody knows. */
export function* timeZoneProblems(timezone: string): Generator<ExpressionProblem> {
  try {
    new Intl.DateTimeFormat('en', { timeZone: timezone });
  } catch {
    yield { message: `there is no time zone ${timezone}`, next: 'Write one such as Europe/Berlin.' };
  }
}
