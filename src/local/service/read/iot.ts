import { isYes } from '../../../template/types.ts';
import { mapOf, text } from '../../functions/resolve.ts';
import { parseTopicSql } from '../../iot/sql.ts';
import type { TopicRulePlan } from '../plan.ts';
import { isTarget } from './left.ts';
import { maps, optionalText, type PlanScope } from './scope.ts';

/** Rules of AWS IoT, with those of their actions that can be done here; others are told. */
export function topicRulesOf(scope: PlanScope): TopicRulePlan[] {
  return scope.of('AWS::IoT::TopicRule').flatMap(({ logicalId, properties }): TopicRulePlan[] => {
    const payload = mapOf(properties.TopicRulePayload);
    const sql = text(payload.Sql ?? '');
    try {
      parseTopicSql(sql);
    } catch (error) {
      scope.leave(`${logicalId}: ${error instanceof Error ? error.message : String(error)}`);
      return [];
    }
    const actions = maps(payload.Actions).flatMap((action) => {
      const arn =
        optionalText(mapOf(action.Lambda).FunctionArn) ??
        optionalText(mapOf(action.Sns).TargetArn) ??
        queueArn(scope, optionalText(mapOf(action.Sqs).QueueUrl));
      if (arn !== undefined && isTarget(scope, logicalId, arn))
        return [{ arn, ...(isYes(mapOf(action.Sqs).UseBase64) && { base64: true }) }];
      if (arn === undefined) scope.leave(`${logicalId}: the action ${Object.keys(action).join(', ')}`);
      return [];
    });
    const name = text(properties.RuleName ?? logicalId);
    return [{ name, sql, enabled: !isYes(payload.RuleDisabled), actions }];
  });
}

const queueArn = ({ region, account }: PlanScope, url: string | undefined): string | undefined =>
  url && `arn:aws:sqs:${region}:${account}:${url.split('/').at(-1) ?? ''}`;
