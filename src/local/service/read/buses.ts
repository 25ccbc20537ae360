import type { Json, JsonObject } from '../../../template/types.ts';
import { mapOf, text } from '../../functions/resolve.ts';
import type { BusPlan, RulePlan, SchedulePlan, TargetPlan } from '../plan.ts';
import { isTarget } from './left.ts';
import { maps, optionalText, type PlanScope, patternOf } from './scope.ts';

export const busesOf = (scope: PlanScope): BusPlan[] =>
  scope.of('AWS::Events::EventBus').map(({ id }) => ({
    name: id,
    arn: `arn:aws:events:${scope.region}:${scope.account}:event-bus/${id}`,
  }));

export const rulesOf = (scope: PlanScope): RulePlan[] =>
  scope.of('AWS::Events::Rule').flatMap(({ logicalId, id, properties }): RulePlan[] => {
    const [name = id, bus = 'default'] = id.split('|').toReversed();
    const taken = patternOf(scope, logicalId, properties.EventPattern);
    if (!taken) return [];
    const schedule = optionalText(properties.ScheduleExpression);
    const path = bus === 'default' ? name : `${bus}/${name}`;
    const rule: RulePlan = {
      name,
      arn: `arn:aws:events:${scope.region}:${scope.account}:rule/${path}`,
      bus,
      ...taken,
      ...(schedule !== undefined && { schedule }),
      enabled: properties.State !== 'DISABLED',
      targets: maps(properties.Targets)
        .map(targetOf)
        .filter(({ arn }) => isTarget(scope, logicalId, arn)),
    };
    return [rule];
  });

export const schedulesOf = (scope: PlanScope): SchedulePlan[] =>
  scope.of('AWS::Scheduler::Schedule').flatMap(({ logicalId, id, properties }) => {
    const schedule = scheduleOf(id, properties, scope);
    return isTarget(scope, logicalId, schedule.target.arn) ? [schedule] : [];
  });

/** A schedule by what its template or the API says of it, which call all of it the same. */
export function scheduleOf(
  name: string,
  properties: JsonObject,
  { region, account }: Pick<PlanScope, 'region' | 'account'>,
): SchedulePlan {
  const target = mapOf(properties.Target);
  const event = mapOf(target.EventBridgeParameters);
  const start = dateOf(properties.StartDate);
  const end = dateOf(properties.EndDate);
  const { ClientToken: _, ...given } = properties;
  return {
    name,
    arn: `arn:aws:scheduler:${region}:${account}:schedule/${text(properties.GroupName ?? 'default')}/${name}`,
    given: {
      ...given,
      ...(start !== undefined && { StartDate: start / 1000 }),
      ...(end !== undefined && { EndDate: end / 1000 }),
    },
    expression: text(properties.ScheduleExpression ?? ''),
    timezone: text(properties.ScheduleExpressionTimezone ?? 'UTC'),
    enabled: properties.State !== 'DISABLED',
    ...(start !== undefined && { start }),
    ...(end !== undefined && { end }),
    target: {
      ...targetOf({ Id: name, ...target }),
      ...(event.Source !== undefined && {
        event: { source: text(event.Source), detailType: text(event.DetailType ?? '') },
      }),
    },
  };
}

/** Seconds, as the API has them, or a date in text. */
function dateOf(value: Json | undefined): number | undefined {
  if (value === undefined || value === null) return undefined;
  const at = typeof value === 'number' ? value * 1000 : Date.parse(text(value));
  return Number.isNaN(at) ? undefined : at;
}

function targetOf(target: JsonObject): TargetPlan {
  const transformer = mapOf(target.InputTransformer);
  const optional = {
    input: optionalText(target.Input),
    inputPath: optionalText(target.InputPath),
    groupId: optionalText(mapOf(target.SqsParameters).MessageGroupId),
    deadLetterArn: optionalText(mapOf(target.DeadLetterConfig).Arn),
  };
  return {
    id: text(target.Id ?? ''),
    arn: text(target.Arn ?? ''),
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
    ...(transformer.InputTemplate !== undefined && {
      transformer: {
        paths: Object.fromEntries(
          Object.entries(mapOf(transformer.InputPathsMap)).map(([name, path]) => [name, text(path)]),
        ),
        template: text(transformer.InputTemplate),
      },
    }),
  };
}
