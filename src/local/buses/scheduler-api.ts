import type { JsonObject } from '../../template/types.ts';
import { CallError, json, jsonError, jsonInput } from '../aws-api/answer.ts';
import type { AwsApi, AwsCall } from '../aws-api/types.ts';
import { mapOf, text } from '../functions/resolve.ts';
import { messageOf } from '../service/dead-letters.ts';
import type { ServiceContext } from '../service/part.ts';
import type { SchedulePlan } from '../service/plan.ts';
import { scheduleOf } from '../service/read/buses.ts';
import type { Timers } from './timers.ts';

/** A schedule with what was said of it. */
interface Kept {
  readonly schedule: SchedulePlan;
  readonly given: JsonObject;
  /** Milliseconds since the epoch. */
  readonly created: number;
}

/** The API of EventBridge Scheduler: schedules that functions make while they run. Each group has names of its own. */
export function schedulerApi({ plan, region, account }: ServiceContext, timers: Timers): AwsApi {
  const started = Date.now();
  const schedules = new Map<string, Kept>(
    plan.schedules.map((schedule) => [
      schedule.arn,
      { schedule, given: givenOf(schedule), created: started },
    ]),
  );

  function put(schedule: SchedulePlan, given: JsonObject, created: number): string {
    const { arn } = schedule;
    timers.cancel(schedule);
    schedules.set(arn, { schedule, given, created });
    const over = given.ActionAfterCompletion === 'DELETE' ? () => void schedules.delete(arn) : undefined;
    try {
      if (schedule.enabled) timers.schedule(schedule, over);
    } catch (error) {
      schedules.delete(arn);
      throw new CallError('ValidationException', messageOf(error));
    }
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
      const { given, created, schedule } = asked(name, call);
      return {
        ActionAfterCompletion: 'NONE',
        State: 'ENABLED',
        ScheduleExpressionTimezone: 'UTC',
        GroupName: 'default',
        ...given,
        Name: name,
        Arn: schedule.arn,
        CreationDate: created / 1000,
        LastModificationDate: created / 1000,
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
    checkGiven(given);
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

  return async (call) => {
    const [, name] = /^\/schedules\/([^/]+)$/.exec(call.path) ?? [];
    const answer = answers[call.method];
    try {
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
  GroupName: arn.split('/').at(-2) ?? 'default',
  ScheduleExpression: expression,
  ScheduleExpressionTimezone: timezone,
  State: enabled ? 'ENABLED' : 'DISABLED',
  FlexibleTimeWindow: { Mode: 'OFF' },
  Target: { Arn: target.arn, Input: target.input ?? '', RoleArn: '' },
});

/** Source: Amazon EventBridge Scheduler API Reference, `CreateSchedule`: what has to be there. */
function checkGiven(given: JsonObject): void {
  const target = mapOf(given.Target);
  const wanted = {
    scheduleExpression: given.ScheduleExpression,
    flexibleTimeWindow: given.FlexibleTimeWindow,
    'target.arn': target.Arn,
    'target.roleArn': target.RoleArn,
  };
  for (const [name, value] of Object.entries(wanted))
    if (text(value ?? '') === '')
      throw new CallError(
        'ValidationException',
        `1 validation error detected: Value null at '${name}' failed to satisfy constraint: Member must not be null`,
      );
}
