import type { JsonObject } from '../../template/types.ts';
import { propertyTable } from '../checks/property-table.ts';
import { truthy } from '../python/values.ts';
import { generated, passedOf, ref, sub } from '../resource.ts';
import { arnOf, permission } from './target.ts';
import type { EventSource, FunctionTarget } from './types.ts';

/** A skill of Alexa. */
export const ALEXA_SKILL: EventSource<FunctionTarget> = {
  properties: propertyTable({ SkillId: 'string' }),
  generate: (event, { target }) => [
    permission(event, target, { principal: 'alexa-appkit.amazon.com', token: event.properties.SkillId }),
  ],
};

/** A rule over messages of devices. */
export const IOT_RULE: EventSource<FunctionTarget> = {
  properties: propertyTable({ Sql: 'string!', AwsIotSqlVersion: 'string' }),
  generate(event, { target }, { partition }) {
    const { Sql = null, AwsIotSqlVersion } = event.properties;
    const payload: JsonObject = {
      Sql,
      RuleDisabled: false,
      Actions: [{ Lambda: { FunctionArn: arnOf(target) } }],
      ...(truthy(AwsIotSqlVersion) && { AwsIotSqlVersion }),
    };
    return [
      permission(event, target, {
        principal: 'iot.amazonaws.com',
        sourceArn: sub(`arn:${partition}:iot:\${AWS::Region}:\${AWS::AccountId}:rule/\${RuleName}`, {
          RuleName: ref(event.logicalId),
        }),
        sourceAccount: sub('${AWS::AccountId}'),
      }),
      generated(event.logicalId, 'AWS::IoT::TopicRule', {
        attributes: passedOf(target),
        properties: { TopicRulePayload: payload },
      }),
    ];
  },
};

/** Lines of a log group. */
export const CLOUDWATCH_LOGS: EventSource<FunctionTarget> = {
  properties: propertyTable({ LogGroupName: 'string!', FilterPattern: 'string!' }),
  generate(event, { target }, { partition }) {
    const { LogGroupName = null, FilterPattern } = event.properties;
    const allowed = permission(event, target, {
      principal: 'logs.amazonaws.com',
      sourceArn: sub(
        `arn:${partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:\${__LogGroupName__}:*`,
        {
          __LogGroupName__: LogGroupName,
        },
      ),
    });
    return [
      allowed,
      generated(event.logicalId, 'AWS::Logs::SubscriptionFilter', {
        attributes: passedOf(target),
        dependsOn: [allowed.logicalId],
        properties: { LogGroupName, FilterPattern, DestinationArn: arnOf(target) },
      }),
    ];
  },
};
