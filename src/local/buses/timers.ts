import { randomUUID } from 'node:crypto';
import { mapOf } from '../functions/resolve.ts';
import { messageOf, targetErrorCode, textAttributes, undelivered } from '../service/dead-letters.ts';
import type { Delivery, ServiceContext } from '../service/part.ts';
import type { RulePlan, SchedulePlan, ScheduleTargetPlan } from '../service/plan.ts';
import type { Buses } from './bus.ts';
import { type Next, nextOf, nextOfRule } from './expression.ts';

/** Rules and schedules that wait for their time. */
export interface Timers {
  /** @throws Error where its expression is none */
  rule(rule: RulePlan): void;
  /**
   * @param since milliseconds since the epoch: when it was there first, where it is not new
   * @param over called when it has happened for the last time
   * @throws Error where its expression is none
   */
  schedule(schedule: SchedulePlan, since: number | undefined, over: () => void): void;
  cancel(schedule: Pick<SchedulePlan, 'arn'>): void;
  stop(): void;
}

/** Milliseconds that a timer of Node can wait. */
const LONGEST = 2 ** 31 - 1;

export function createTimers(context: ServiceContext, buses: Buses): Timers {
  const { account, region, targets } = context;
  const timers = new Map<string, NodeJS.Timeout>();

  function wait(name: string, { first, next }: Occurrences, fire: (at: Date, isLast: boolean) => void): void {
    const arm = (at: Date | undefined): void => {
      if (!at) return void timers.delete(name);
      const left = at.getTime() - Date.now();
      const timer = setTimeout(
        () => {
          if (left > LONGEST) return arm(at);
          const later = next(at);
          arm(later);
          fire(at, later === undefined);
        },
        Math.min(LONGEST, Math.max(0, left)),
      );
      timers.set(name, timer);
    };
    // Of two by one name, the later one is meant; a timer that nobody knows would keep the process alive.
    clearTimeout(timers.get(name));
    arm(first(new Date()));
  }

  const event = (source: string, arn: string, at: Date) => ({
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source,
    account,
    time: `${at.toISOString().slice(0, 19)}Z`,
    region,
    resources: [arn],
  });

  const fireSchedule = ({ name, arn, target }: SchedulePlan, at: Date): void => {
    const id = randomUUID();
    // Source: events as EventBridge Scheduler sends them: the detail of its own is a text.
    const own = { ...event('aws.scheduler', arn, at), id, detail: '{}' };
    const body = (target.input ?? JSON.stringify(own)).replace(
      /<aws\.scheduler\.([\w-]+)>/g,
      (whole, field: string) =>
        ({
          'schedule-arn': arn,
          'scheduled-time': `${at.toISOString().slice(0, 19)}Z`,
          'execution-id': id,
          'attempt-number': '1',
        })[field] ?? whole,
    );
    const delivery = {
      cause: { kind: 'schedule', source: name, ids: [id] },
      ...(target.groupId !== undefined && { groupId: target.groupId }),
    } as const;
    send(target, body, delivery).catch((error: unknown) =>
      // Source: EventBridge Scheduler User Guide, "Configuring a dead-letter queue".
      undelivered(context, {
        source: name,
        what: `${target.arn} did not take what the schedule sent`,
        error,
        deadLetterArn: target.deadLetterArn,
        body,
        delivery: {
          ...delivery,
          attributes: textAttributes({
            ERROR_CODE: targetErrorCode(error),
            ERROR_MESSAGE: messageOf(error),
            EXECUTION_ID: id,
            IS_PAYLOAD_TRUNCATED: 'false',
            RETRY_ATTEMPTS: '0',
            SCHEDULED_TIME: `${at.toISOString().slice(0, 19)}Z`,
            SCHEDULE_ARN: arn,
            TARGET_ARN: target.arn,
          }),
        },
      }),
    );
  };

  async function send(target: ScheduleTargetPlan, body: string, delivery: Delivery): Promise<void> {
    if (!target.event) return targets.send(target.arn, body, delivery);
    buses.put(target.arn.split('/').at(-1) ?? 'default', {
      ...target.event,
      detail: mapOf(JSON.parse(body)),
    });
  }

  return {
    rule(rule) {
      const next = nextOfRule(rule.schedule ?? '');
      wait(rule.arn, { first: next, next }, (at) =>
        buses.fire(rule, { ...event('aws.events', rule.arn, at), detail: {} }),
      );
    },
    schedule(schedule, since, over) {
      wait(schedule.arn, occurrencesOf(schedule, since), (at, isLast) => {
        fireSchedule(schedule, at);
        if (isLast) over();
      });
    },
    cancel({ arn }) {
      clearTimeout(timers.get(arn));
      timers.delete(arn);
    },
    stop() {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
}

interface Occurrences {
  /** The first one, seen from now. */
  readonly first: Next;
  /** The one after another. */
  readonly next: Next;
}

/**
 * When a schedule happens: not before its start date, nor after its end date. A rate begins with the start date, or as soon as the
 * schedule is there. Source: EventBridge Scheduler User Guide, "Schedule types"; API Reference, `CreateSchedule`, of dates that
 * one-time schedules ignore.
 */
function occurrencesOf(
  { expression, timezone, start, end }: SchedulePlan,
  since: number | undefined,
): Occurrences {
  const any = nextOf(expression, timezone);
  if (expression.startsWith('at')) return { first: any, next: any };
  const bounded = (at: Date | undefined): Date | undefined =>
    at && end !== undefined && at.getTime() > end ? undefined : at;
  const next: Next = (after) => bounded(any(after));
  if (!expression.startsWith('rate'))
    return { first: (now) => next(new Date(Math.max(now.getTime(), (start ?? 0) - 1))), next };
  const first: Next = (now) => {
    const begin = start ?? since ?? now.getTime();
    const period = (any(new Date(begin))?.getTime() ?? begin) - begin;
    const over = Math.max(0, Math.ceil((now.getTime() - begin) / period));
    return bounded(new Date(begin + over * period));
  };
  return { first, next };
}
