import type { JsonObject } from '../../../template/types.ts';
import { functionArn } from '../../functions/function.ts';
import { mapOf, text } from '../../functions/resolve.ts';
import type { AfterwardsPlan, MappingPlan, StreamSettings } from '../plan.ts';
import { TABLES } from './buckets.ts';
import { filtersOf, number, optionalText, type PlanScope } from './scope.ts';

/** Event source mappings of queues and streams; others are told. */
export function mappingsOf(scope: PlanScope): MappingPlan[] {
  return scope.of('AWS::Lambda::EventSourceMapping').flatMap(({ logicalId, properties }): MappingPlan[] => {
    const sourceArn = sourceArnOf(scope, text(properties.EventSourceArn ?? ''));
    const kind = kindOf(sourceArn);
    if (kind === undefined) {
      scope.leave(
        `the event source mapping ${logicalId}: only queues, Kinesis and DynamoDB streams are read`,
      );
      return [];
    }
    const concurrency = optionalText(mapOf(properties.ScalingConfig).MaximumConcurrency);
    const filters = filtersOf(scope, logicalId, properties.FilterCriteria);
    if (!filters) return [];
    return [
      {
        id: logicalId,
        kind,
        sourceArn,
        functionArn: functionArnOf(scope, properties.FunctionName),
        enabled: text(properties.Enabled ?? 'true') === 'true',
        batchSize: number(properties.BatchSize, kind === 'queue' ? 10 : 100),
        window: number(properties.MaximumBatchingWindowInSeconds, 0),
        partial:
          Array.isArray(properties.FunctionResponseTypes) &&
          properties.FunctionResponseTypes.includes('ReportBatchItemFailures'),
        filters,
        ...(concurrency !== undefined && { maximumConcurrency: Number(concurrency) }),
        ...(kind !== 'queue' && { stream: streamOf(properties) }),
      },
    ];
  });
}

/** The stream of a table of this template has no ARN before there is one: it is known by its table. */
function sourceArnOf({ of, region, account }: PlanScope, arn: string): string {
  const [, logicalId] = /^unresolved-(\w+)\.StreamArn$/.exec(arn) ?? [];
  const table = TABLES.flatMap((type) => of(type)).find((each) => each.logicalId === logicalId);
  return table ? `arn:aws:dynamodb:${region}:${account}:table/${table.id}/stream/latest` : arn;
}

function kindOf(arn: string): MappingPlan['kind'] | undefined {
  const [, , service] = arn.split(':');
  return service === 'sqs' ? 'queue' : service === 'kinesis' || service === 'dynamodb' ? service : undefined;
}

function streamOf(properties: JsonObject): StreamSettings {
  const failureArn = optionalText(mapOf(mapOf(properties.DestinationConfig).OnFailure).Destination);
  const position = properties.StartingPosition;
  return {
    start:
      position === 'AT_TIMESTAMP'
        ? { at: number(properties.StartingPositionTimestamp, 0) }
        : position === 'TRIM_HORIZON'
          ? 'TRIM_HORIZON'
          : 'LATEST',
    bisect: text(properties.BisectBatchOnFunctionError ?? '') === 'true',
    maximumAge: number(properties.MaximumRecordAgeInSeconds, -1),
    retries: number(properties.MaximumRetryAttempts, -1),
    parallel: number(properties.ParallelizationFactor, 1),
    tumblingWindow: number(properties.TumblingWindowInSeconds, 0),
    ...(failureArn !== undefined && { failureArn }),
  };
}

/** What functions say of their asynchronous invocations, by themselves and in resources of their own. */
export function afterwardsOf(scope: PlanScope): AfterwardsPlan[] {
  const plans: AfterwardsPlan[] = [];
  for (const type of ['AWS::Lambda::Function', 'AWS::Serverless::Function'])
    for (const { id, properties } of scope.of(type)) {
      const letters = mapOf(properties.DeadLetterConfig ?? properties.DeadLetterQueue ?? {});
      const arn = optionalText(letters.TargetArn);
      if (arn !== undefined) plans.push({ functionArn: functionArnOf(scope, id), deadLetterArn: arn });
    }
  for (const { properties } of scope.of('AWS::Lambda::EventInvokeConfig')) {
    const { OnSuccess, OnFailure } = mapOf(properties.DestinationConfig);
    const successArn = optionalText(mapOf(OnSuccess).Destination);
    const failureArn = optionalText(mapOf(OnFailure).Destination);
    plans.push({
      functionArn: functionArnOf(scope, properties.FunctionName),
      qualifier: text(properties.Qualifier ?? '$LATEST'),
      ...(properties.MaximumRetryAttempts !== undefined && {
        retries: Number(properties.MaximumRetryAttempts),
      }),
      ...(successArn !== undefined && { successArn }),
      ...(failureArn !== undefined && { failureArn }),
    });
  }
  return plans;
}

/** The ARN of a function that is named by it, or by its name; qualifiers stay. */
function functionArnOf({ region, account }: PlanScope, value: JsonObject[string] | undefined): string {
  const name = text(value ?? '');
  return name.startsWith('arn:') ? name : functionArn({ name, region, account });
}
