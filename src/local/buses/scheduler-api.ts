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

/** A schedule with what was said of it. */
interface Kept {
  readonly schedule: SchedulePlan;
  readonly given: JsonObject;
  /** Milliseconds since the epoch. */
  readonly created: number;
  readonly changed: number;
}

/** The API of EventBridge Scheduler: schedules that functions make while they run. Each group has names of its own. */
export function schedulerApi(context: ServiceContext, timers: Timers): AwsApi {
  const { plan, region, account } = context;
  const started = Date.now();
  const schedules = new Map<string, Kept>(
    plan.schedules.map((schedule) => [
      schedule.arn,
      { schedule, given: givenOf(schedule), created: started, changed: started },
    ]),
  );

  const groups = scheduleGroups(context, (group) => {
    for (const { schedule } of [...schedules.values()])
      if (groupOf(schedule.arn) === group) {
        timers.cancel(schedule);
        schedules.delete(schedule.arn);
      }
  });

  function put(schedule: SchedulePlan, given: JsonObject, created: number): string {
    const { arn } = schedule;
    timers.cancel(schedule);
    schedules.set(arn, { schedule, given, created, changed: Date.now() });
    const over = given.ActionAfterCompletion === 'DELETE' ? () => void schedules.delete(arn) : undefined;
    if (schedule.enabled) timers.schedule(schedule, over);
    return arn;
  }

  const answers: Readonly<Record<string, (name: string, call: AwsCall) => JsonObject>> = {
    POST(name, { body }) {
      const given = jsonInput(body);
      const schedule = made(name, given);
      if (schedules.has(schedule.arn))
        throw new CallError('ConflictException', `Schedule ${name} already exists.`, 409);
      return { ScheduleArn: put(schedule, given, Date.now()) };
    },
    PUT(name, { body }) {
      const given = jsonInput(body);
      const schedule = made(name, given);
      return { ScheduleArn: put(schedule, given, known(schedule.arn, name).created) };
    },
    GET(name, call) {
      const { given, created, changed, schedule } = asked(name, call);
      return {
        ActionAfterCompletion: 'NONE',
        State: 'ENABLED',
        ScheduleExpressionTimezone: 'UTC',
        GroupName: 'default',
        ...given,
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

  return async (call) => {
    const [, kind, name] = /^\/(schedules|schedule-groups)(?:\/([^/]+))?$/.exec(call.path) ?? [];
    const answer = (kind === 'schedules' ? answers : groups.answers)[call.method];
    const list = kind === 'schedules' ? listed : groups.listed;
    try {
      if (kind !== undefined && name === undefined && call.method === 'GET') return json(list(call));
      if (name === undefined || !answer)
        throw new CallError('UnknownOperationException', `${call.method} ${call.path} is not served here`);
      return json(answer(decodeURIComponent(name), call));
    } catch (error) {
      if (error instanceof CallError) return jsonError(error);
      throw error;
    }
  };
}

/** Of a schedule that a template has. */
const givenOf = ({ arn, expression, timezone, enabled, target }: SchedulePlan): JsonObject => ({
  GroupName: groupOf(arn),
  ScheduleExpression: expression,
  ScheduleExpressionTimezone: timezone,
  State: enabled ? 'ENABLED' : 'DISABLED',
  FlexibleTimeWindow: { Mode: 'OFF' },
  Target: { Arn: target.arn, Input: target.input ?? '', RoleArn: '' },
});
