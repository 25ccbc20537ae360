import type { LambdaDecorator } from '../hook-types.ts';
import type { Value } from '../values.ts';
import { add } from './add.ts';

/** Thresholds from which an alarm goes off; what is left out has no alarm. */
export interface AlarmOptions {
  /** Calls that failed in a period; `1` by default, `false` for no alarm. */
  readonly errors?: number | false;
  /** Calls that were refused in a period; `1` by default, `false` for no alarm. */
  readonly throttles?: number | false;
  /** Milliseconds that the slowest calls (of a hundred, one) take. */
  readonly duration?: number;
  /** Milliseconds that the oldest record of a stream waited. */
  readonly iteratorAge?: number;
  /** Seconds; 300 by default. */
  readonly period?: number;
  /** Periods in a row; 1 by default. */
  readonly periods?: number;
  /** ARNs of topics that are told when an alarm goes off, and when it is over. */
  readonly notify?: readonly Value<string>[];
}

const METRICS = {
  errors: { MetricName: 'Errors', Statistic: 'Sum' },
  throttles: { MetricName: 'Throttles', Statistic: 'Sum' },
  duration: { MetricName: 'Duration', ExtendedStatistic: 'p99' },
  iteratorAge: { MetricName: 'IteratorAge', Statistic: 'Maximum' },
} as const;

/** CloudWatch alarms for a function. */
export const alarms = (options: AlarmOptions = {}): LambdaDecorator =>
  function alarms({ template, logicalId, functionName }) {
    const thresholds = { errors: 1, throttles: 1, ...options };
    for (const [name, metric] of Object.entries(METRICS)) {
      const threshold = thresholds[name as keyof typeof METRICS];
      if (threshold === undefined || threshold === false) continue;
      add(template, `${logicalId}${metric.MetricName}Alarm`, {
        Type: 'AWS::CloudWatch::Alarm',
        Properties: {
          AlarmDescription: `${metric.MetricName} of ${functionName}`,
          Namespace: 'AWS/Lambda',
          ...metric,
          Dimensions: [{ Name: 'FunctionName', Value: { Ref: logicalId } }],
          Period: options.period ?? 300,
          EvaluationPeriods: options.periods ?? 1,
          Threshold: threshold,
          ComparisonOperator: 'GreaterThanOrEqualToThreshold',
          // No calls are no reason for alarm.
          TreatMissingData: 'notBreaching',
          ...(options.notify && { AlarmActions: options.notify, OKActions: options.notify }),
        },
      });
    }
  };
