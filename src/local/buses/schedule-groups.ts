import type { JsonObject } from '../../template/types.ts';
import { CallError } from '../aws-api/answer.ts';
import type { AwsCall } from '../aws-api/types.ts';
import type { ServiceContext } from '../service/part.ts';
import { checkName, invalid } from './check-schedule.ts';

/** Groups of schedules. */
export interface ScheduleGroups {
  /** @throws CallError where there is no such group */
  check(name: string): void;
  readonly answers: Readonly<Record<string, (name: string, call: AwsCall) => JsonObject>>;
  listed(call: AwsCall): JsonObject;
}

/** The group in the ARN of a schedule. */
export const groupOf = (arn: string): string => arn.split('/').at(-2) ?? 'default';

/** A page of a list. Source: Amazon EventBridge Scheduler API Reference, `ListSchedules`. */
export function page<Item>(
  all: readonly Item[],
  query: URLSearchParams,
): { readonly items: readonly Item[]; readonly more: JsonObject } {
  const start = Number(query.get('NextToken') ?? 0);
  const most = Number(query.get('MaxResults') ?? 100);
  if (!Number.isInteger(start) || !(most >= 1 && most <= 100))
    throw invalid('MaxResults or NextToken is invalid.');
  const end = start + most;
  return { items: all.slice(start, end), more: end < all.length ? { NextToken: String(end) } : {} };
}

/**
 * The groups that templates have, and those that functions make while they run.
 *
 * @param emptied called with a group that is deleted, whose schedules go with it
 */
export function scheduleGroups(
  { plan, region, account }: ServiceContext,
  emptied: (name: string) => void,
): ScheduleGroups {
  const started = Date.now();
  const inTemplates = [...plan.scheduleGroups, ...plan.schedules.map(({ arn }) => groupOf(arn))];
  const groups = new Map(['default', ...inTemplates].map((name) => [name, started]));
  const arnOf = (name: string): string => `arn:aws:scheduler:${region}:${account}:schedule-group/${name}`;

  function check(name: string): void {
    if (!groups.has(name))
      throw new CallError('ResourceNotFoundException', `Schedule group ${name} does not exist.`, 404);
  }

  const told = (name: string): JsonObject => ({
    Arn: arnOf(name),
    Name: name,
    State: 'ACTIVE',
    CreationDate: (groups.get(name) ?? started) / 1000,
    LastModificationDate: (groups.get(name) ?? started) / 1000,
  });

  return {
    check,
    listed({ query }) {
      const prefix = query.get('NamePrefix') ?? '';
      const { items, more } = page(
        [...groups.keys()].filter((name) => name.startsWith(prefix)),
        query,
      );
      return { ScheduleGroups: items.map(told), ...more };
    },
    answers: {
      POST(name) {
        checkName(name);
        if (groups.has(name))
          throw new CallError('ConflictException', `Schedule group ${name} already exists.`, 409);
        groups.set(name, Date.now());
        return { ScheduleGroupArn: arnOf(name) };
      },
      GET(name) {
        check(name);
        return told(name);
      },
      DELETE(name) {
        check(name);
        if (name === 'default') throw invalid('The default schedule group cannot be deleted.');
        groups.delete(name);
        emptied(name);
        return {};
      },
    },
  };
}
