import type { JsonObject } from '../../../template/types.ts';
import { mapOf, text } from '../../functions/resolve.ts';
import type { PipePlan, PipeTargetPlan } from '../plan.ts';
import { isTarget } from './left.ts';
import { filtersOf, number, optionalText, type PlanScope } from './scope.ts';

/** Pipes from queues; others are told. */
export function pipesOf(scope: PlanScope): PipePlan[] {
  return scope.of('AWS::Pipes::Pipe').flatMap(({ logicalId, id: name, properties }): PipePlan[] => {
    const sourceArn = text(properties.Source ?? '');
    if (!/^arn:[\w-]+:sqs:/.test(sourceArn)) {
      scope.leave(`${logicalId}: only pipes from queues are served`);
      return [];
    }
    const enrichment = optionalText(properties.Enrichment);
    if (enrichment !== undefined && !/^arn:[\w-]+:lambda:/.test(enrichment)) {
      scope.leave(`${logicalId}: only functions enrich what passes through a pipe`);
      return [];
    }
    const target = targetOf(properties);
    if (!isTarget(scope, logicalId, target.arn)) return [];
    const source = mapOf(properties.SourceParameters);
    const filters = filtersOf(scope, logicalId, source.FilterCriteria);
    if (!filters) return [];
    const queue = mapOf(source.SqsQueueParameters);
    const template = optionalText(mapOf(properties.EnrichmentParameters).InputTemplate);
    return [
      {
        name,
        arn: `arn:aws:pipes:${scope.region}:${scope.account}:pipe/${name}`,
        sourceArn,
        enabled: properties.DesiredState !== 'STOPPED',
        batchSize: number(queue.BatchSize, 10),
        window: number(queue.MaximumBatchingWindowInSeconds, 0),
        filters,
        ...(enrichment !== undefined && {
          enrichment: { arn: enrichment, ...(template !== undefined && { template }) },
        }),
        target,
      },
    ];
  });
}

function targetOf(properties: JsonObject): PipeTargetPlan {
  const given = mapOf(properties.TargetParameters);
  const queue = mapOf(given.SqsQueueParameters);
  const bus = mapOf(given.EventBridgeEventBusParameters);
  const optional = {
    template: optionalText(given.InputTemplate),
    groupId: optionalText(queue.MessageGroupId),
    deduplicationId: optionalText(queue.MessageDeduplicationId),
    source: optionalText(bus.Source),
    detailType: optionalText(bus.DetailType),
  };
  return {
    arn: text(properties.Target ?? ''),
    waits: mapOf(given.LambdaFunctionParameters).InvocationType !== 'FIRE_AND_FORGET',
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
  };
}
