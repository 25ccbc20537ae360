import { functionArn } from '../../functions/function.ts';
import { mapOf, text } from '../../functions/resolve.ts';
import type { LogSubscriptionPlan } from '../plan.ts';
import { isTarget } from './left.ts';
import { optionalText, type PlanScope } from './scope.ts';

/** Subscriptions to the log groups of functions of this template; others are told. */
export function logSubscriptionsOf(scope: PlanScope): LogSubscriptionPlan[] {
  const functions = ['AWS::Lambda::Function', 'AWS::Serverless::Function'].flatMap((type) =>
    scope.of(type).map(({ id, properties }) => ({
      arn: functionArn({ name: id, region: scope.region, account: scope.account }),
      group: optionalText(mapOf(properties.LoggingConfig).LogGroup) ?? `/aws/lambda/${id}`,
    })),
  );
  return scope.of('AWS::Logs::SubscriptionFilter').flatMap(({ logicalId, properties }) => {
    const logGroup = text(properties.LogGroupName ?? '');
    const name = text(properties.FilterName ?? logicalId);
    const destinationArn = text(properties.DestinationArn ?? '');
    const functionArns = functions.filter(({ group }) => group === logGroup).map(({ arn }) => arn);
    if (functionArns.length === 0) {
      scope.leave(`${logicalId}: no function here writes to the log group ${logGroup}`);
      return [];
    }
    if (!isTarget(scope, logicalId, destinationArn)) return [];
    return [{ name, logGroup, functionArns, pattern: text(properties.FilterPattern ?? ''), destinationArn }];
  });
}
