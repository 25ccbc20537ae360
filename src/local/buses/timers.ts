import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../template/types.ts';
import type { ServiceContext } from '../service/part.ts';
import type { RulePlan, SchedulePlan } from '../service/plan.ts';
import type { Buses } from './bus.ts';
import { type Next, nextOf } from './expression.ts';

/** Rules and schedules that wait for their time. */
export interface Timers {
  rule(rule: RulePlan): void;
  /** @throws Error where its expression is none */
  schedule(schedule: SchedulePlan): void;
  cancel(name: string): void;
  stop(): void;
}

/** Milliseconds that a timer of Node can wait. */
const LONGEST = 2 ** 31 - 1;

export function createTimers(context: ServiceContext, buses: Buses): Timers {
  const { account, region, targets, warn } = context;
  const timers = new Map<string, NodeJS.Timeout>();

  function wait(name: string, next: Next, fire: (at: Date) => void): void {
    const arm = (at: Date | undefined): void => {
      if (!at) return void timers.delete(name);
      const left = at.getTime() - Date.now();
      const timer = setTimeout(
        () => {
          if (left > LONGEST) return arm(at);
          arm(next(at));
          fire(at);
        },
        Math.min(LONGEST, Math.max(0, left)),
      );
      timers.set(name, timer);
    };
    arm(next(new Date()));
  }

  const event = (source: string, arn: string, at: Date): JsonObject => ({
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source,
    account,
    time: `${at.toISOString().slice(0, 19)}Z`,
    region,
    resources: [arn],
    detail: {},
  });

  const fireSchedule = ({ name, arn, target }: SchedulePlan, at: Date): void => {
    const id = randomUUID();
    const body = (target.input ?? JSON.stringify({ ...event('aws.scheduler', arn, at), id })).replace(
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
      ...(target.groupId !== undefined && { groupId: target.groupId, deduplicationId: id }),
    } as const;
    targets.send(target.arn, body, delivery).catch((error: unknown) => {
      warn(`schedule ${name}: ${error instanceof Error ? error.message : String(error)}`);
    });
  };

  return {
    rule(rule) {
      const next = nextOf(rule.schedule ?? '');
      wait(`rule ${rule.name}`, next, (at) => buses.fire(rule, event('aws.events', rule.arn, at)));
    },
    schedule(schedule) {
      const next = nextOf(schedule.expression, schedule.timezone);
      wait(schedule.name, next, (at) => fireSchedule(schedule, at));
    },
    cancel(name) {
      clearTimeout(timers.get(name));
      timers.delete(name);
    },
    stop() {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
}
