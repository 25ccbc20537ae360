import type { Aws } from '../connection/clients.ts';
import { callJson } from '../connection/json-call.ts';

/** A number of a function over time. */
export interface FunctionMetric {
  readonly function: string;
  readonly name: string;
  readonly unit: string;
  /** Oldest first. */
  readonly values: readonly number[];
}

/** Seconds that one value stands for. */
const PERIOD = 300;
/** Milliseconds that are looked back. */
const SPAN = 3 * 3_600_000;
/** Source: CloudWatch API, GetMetricData: queries of one call. */
const MOST_QUERIES = 500;

/** Source: AWS Lambda Developer Guide, "Types of metrics for Lambda functions". */
const METRICS = [
  { name: 'Invocations', statistic: 'Sum', unit: '' },
  { name: 'Errors', statistic: 'Sum', unit: '' },
  { name: 'Throttles', statistic: 'Sum', unit: '' },
  { name: 'Duration', statistic: 'p95', unit: 'ms' },
] as const;

/**
 * What CloudWatch measured of functions during the last three hours.
 *
 * @param names physical names
 * @throws ProblemError when it may not be read
 */
export async function functionMetrics(
  aws: Aws,
  names: readonly string[],
  signal: AbortSignal,
): Promise<readonly FunctionMetric[]> {
  const wanted = names.flatMap((name) => METRICS.map((metric) => ({ function: name, ...metric })));
  const now = Date.now();
  const found: FunctionMetric[] = [];
  for (let at = 0; at < wanted.length; at += MOST_QUERIES) {
    const part = wanted.slice(at, at + MOST_QUERIES);
    const values = await valuesOf(
      aws,
      {
        StartTime: Math.floor((now - SPAN) / 1000),
        EndTime: Math.floor(now / 1000),
        ScanBy: 'TimestampAscending',
        MetricDataQueries: part.map(({ function: name, name: metric, statistic }, index) => ({
          Id: `m${index}`,
          MetricStat: {
            Metric: {
              Namespace: 'AWS/Lambda',
              MetricName: metric,
              Dimensions: [{ Name: 'FunctionName', Value: name }],
            },
            Period: PERIOD,
            Stat: statistic,
          },
        })),
      },
      signal,
    );
    for (const [index, { function: name, name: metric, unit }] of part.entries())
      found.push({ function: name, name: metric, unit, values: values.get(`m${index}`) ?? [] });
  }
  return found;
}

interface MetricResult {
  readonly Id?: string;
  readonly Values?: readonly number[];
}

async function valuesOf(
  aws: Aws,
  input: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const service = {
    name: 'CloudWatch',
    id: 'monitoring',
    target: 'GraniteServiceVersion20100801',
    version: '1.0',
    endpoint: aws.metricsEndpoint,
  } as const;
  const values = new Map<string, readonly number[]>();
  let token: unknown;
  do {
    const page = await callJson(
      aws,
      service,
      { operation: 'GetMetricData', input: { ...input, ...(token !== undefined && { NextToken: token }) } },
      signal,
    );
    for (const { Id = '', Values = [] } of (page.MetricDataResults ?? []) as readonly MetricResult[])
      values.set(Id, [...(values.get(Id) ?? []), ...Values]);
    token = page.NextToken ?? undefined;
  } while (token !== undefined);
  return values;
}
