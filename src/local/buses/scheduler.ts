import type { JsonObject } from '../../template/types.ts';
import { CallError, json, jsonError, jsonInput } from '../aws-api/answer.ts';
import type { AwsApi, AwsCall } from '../aws-api/types.ts';
import { text } from '../functions/resolve.ts';
import type { ServiceContext } from '../service/part.ts';
import type { SchedulePlan } from '../service/plan.ts';
import { scheduleOf } from '../service/read/buses.ts';
import { checkName, checkSchedule } from './check-schedule.ts';
import { groupOf, page, scheduleGroups } from './schedule-groups.ts';
import type { Timers } from './timers.ts';

interface Kept {
  readonly schedule: SchedulePlan;
  /** Milliseconds since the epoch. */
  readonly created: number;
  readonly changed: number;
}

/** The schedules of a service, and their API. */
export interface Scheduler {
  readonly answer: AwsApi;
  /**
   * Begins with one that a template has.
   *
   * @throws Error where its expression is none
   */
  begin(schedule: SchedulePlan): void;
}

/** EventBridge Scheduler, with schedules that functions make while they run. Each group has names of its own. */
export function createScheduler(context: ServiceContext, timers: Timers): Scheduler {
  const { plan, region, account } = context;
  const started = Date.now();
  const schedules = new Map<string, Kept>(
    plan.schedules.map((schedule) => [schedule.arn, { schedule, created: started, changed: started }]),
  );

  const groups = scheduleGroups(context, (group) => {
    for (const { schedule } of [...schedules.values()])
      if (groupOf(schedule.arn) === group) {
        timers.cancel(schedule);
        schedules.delete(schedule.arn);
      }
  });

  function begin(schedule: SchedulePlan, since?: number): void {
    if (!schedule.enabled) return;
    timers.schedule(schedule, since, () => {
      if (schedule.given.ActionAfterCompletion === 'DELETE') schedules.delete(schedule.arn);
    });
  }

  function put(schedule: SchedulePlan, since?: number): string {
    const changed = Date.now();
    timers.cancel(schedule);
    schedules.set(schedule.arn, { schedule, created: since ?? changed, changed });
    begin(schedule, since);
    return schedule.arn;
  }

  const answers: Readonly<Record<string, (name: string, call: AwsCall) => JsonObject>> = {
    POST(name, { body }) {
      const schedule = made(name, jsonInput(body));
      if (schedules.has(schedule.arn))
        throw new CallError('ConflictException', `Schedule ${name} already exists.`, 409);
      return { ScheduleArn: put(schedule) };
    },
    PUT(name, { body }) {
      const schedule = made(name, jsonInput(body));
      return { ScheduleArn: put(schedule, known(schedule.arn, name).created) };
    },
    GET(name, call) {
      const { created, changed, schedule } = asked(name, call);
      return {
        ActionAfterCompletion: 'NONE',
        State: 'ENABLED',
        ScheduleExpressionTimezone: 'UTC',
        GroupName: 'default',
        ...schedule.given,
        Name: name,
        Arn: schedule.arn,
        CreationDate: created / 1000,
        LastModificationDate: changed / 1000,
      };
    },
    DELETE(name, call) {
      const { schedule } = asked(name, call);
      timers.cancel(schedule);
      schedules.delete(schedule.arn);
      return {};
    },
  };

  function made(name: string, given: JsonObject): SchedulePlan {
    checkName(name);
    checkSchedule(given, context.targets);
    groups.check(text(given.GroupName ?? 'default'));
    return scheduleOf(name, given, { region, account });
  }

  const asked = (name: string, { query }: AwsCall): Kept =>
    known(
      `arn:aws:scheduler:${region}:${account}:schedule/${query.get('groupName') ?? 'default'}/${name}`,
      name,
    );

  function known(arn: string, name: string): Kept {
    const kept = schedules.get(arn);
    if (kept) return kept;
    throw new CallError('ResourceNotFoundException', `Schedule ${name} does not exist.`, 404);
  }

  function listed({ query }: AwsCall): JsonObject {
    const [group, state] = [query.get('ScheduleGroup'), query.get('State')];
    const prefix = query.get('NamePrefix') ?? '';
    const found = [...schedules.values()].filter(
      ({ schedule: { name, enabled, arn } }) =>
        name.startsWith(prefix) &&
        (group === null || groupOf(arn) === group) &&
        (state === null || (state === 'ENABLED') === enabled),
    );
    const { items, more } = page(found, query);
    const Schedules = items.map(({ schedule: { arn, name, enabled, target }, created, changed }) => ({
      Arn: arn,
      Name: name,
      GroupName: groupOf(arn),
      State: enabled ? 'ENABLED' : 'DISABLED',
      CreationDate: created / 1000,
      LastModificationDate: changed / 1000,
      Target: { Arn: target.arn },
    }));
    return { Schedules, ...more };
  }

  const answer: AwsApi = async (call) => {
    const [, kind, name] = /^\/(schedules|schedule-groups)(?:\/([^/]+))?$/.exec(call.path) ?? [];
    const action = (kind === 'schedules' ? answers : groups.answers)[call.method];
    const list = kind === 'schedules' ? listed : groups.listed;
    try {
      if (kind !== undefined && name === undefined && call.method === 'GET') return json(list(call));
      if (name === undefined || !action)
        throw new CallError('UnknownOperationException', `${call.method} ${call.path} is not served here`);
      return json(action(decodeURIComponent(name), call));
    } catch (error) {
      if (error instanceof CallError) return jsonError(error);
      throw error;
    }
  };
  return { answer, begin: (schedule) => begin(schedule) };
}
