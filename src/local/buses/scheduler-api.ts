import type { JsonObject } from '../../template/types.ts';
import { CallError, json, jsonError } from '../aws-api/answer.ts';
import type { AwsApi, AwsCall } from '../aws-api/types.ts';
import { mapOf, text } from '../functions/resolve.ts';
import type { ServiceContext } from '../service/part.ts';
import type { SchedulePlan } from '../service/plan.ts';
import type { Timers } from './timers.ts';

/** The API of EventBridge Scheduler: schedules that functions make while they run. */
export function schedulerApi({ plan, region, account }: ServiceContext, timers: Timers): AwsApi {
  const schedules = new Map(plan.schedules.map((each) => [each.name, each]));

  function create(name: string, input: JsonObject): SchedulePlan {
    const target = mapOf(input.Target);
    return {
      name,
      arn: `arn:aws:scheduler:${region}:${account}:schedule/${text(input.GroupName ?? 'default')}/${name}`,
      expression: text(input.ScheduleExpression ?? ''),
      timezone: text(input.ScheduleExpressionTimezone ?? 'UTC'),
      enabled: input.State !== 'DISABLED',
      target: {
        id: name,
        arn: text(target.Arn ?? ''),
        ...(target.Input !== undefined && { input: text(target.Input) }),
      },
    };
  }

  function put(name: string, { body }: AwsCall): SchedulePlan {
    const schedule = create(name, mapOf(JSON.parse(body.toString() || '{}')));
    timers.cancel(name);
    try {
      if (schedule.enabled) timers.schedule(schedule);
    } catch (error) {
      throw new CallError('ValidationException', error instanceof Error ? error.message : String(error));
    }
    schedules.set(name, schedule);
    return schedule;
  }

  const answers: Readonly<Record<string, (name: string, call: AwsCall) => JsonObject>> = {
    POST(name, call) {
      if (schedules.has(name))
        throw new CallError('ConflictException', `Schedule ${name} already exists.`, 409);
      return { ScheduleArn: put(name, call).arn };
    },
    PUT: (name, call) => ({ ScheduleArn: put(known(name).name, call).arn }),
    GET(name) {
      const { arn, expression, timezone, enabled, target } = known(name);
      return {
        Name: name,
        Arn: arn,
        ScheduleExpression: expression,
        ScheduleExpressionTimezone: timezone,
        State: enabled ? 'ENABLED' : 'DISABLED',
        Target: { Arn: target.arn, Input: target.input ?? '', RoleArn: '' },
      };
    },
    DELETE(name) {
      known(name);
      timers.cancel(name);
      schedules.delete(name);
      return {};
    },
  };

  function known(name: string): SchedulePlan {
    const schedule = schedules.get(name);
    if (schedule) return schedule;
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
