import type { ServiceDecorator } from '../hook-types.ts';
import { logicalId } from '../marshal/ids.ts';
import type { Data } from '../values.ts';
import { add, output } from './add.ts';

export interface DashboardOptions {
  /** Physical name; the stack's by default. */
  readonly name?: string;
  /** Seconds that a point stands for; 300 by default. */
  readonly period?: number;
}

/** Rows of a function's charts: metrics, and how they are summed up. */
const CHARTS: readonly (readonly [title: string, metrics: readonly (readonly [string, string])[]])[] = [
  [
    'calls',
    [
      ['Invocations', 'Sum'],
      ['Errors', 'Sum'],
      ['Throttles', 'Sum'],
    ],
  ],
  [
    'milliseconds',
    [
      ['Duration', 'Average'],
      ['Duration', 'p99'],
    ],
  ],
  ['at once', [['ConcurrentExecutions', 'Maximum']]],
];

/** A CloudWatch dashboard with the metrics of all functions. */
export const dashboard = ({ name, period = 300 }: DashboardOptions = {}): ServiceDecorator =>
  function dashboard({ template, service }) {
    const functions = Object.keys(service.functions ?? {});
    const width = 24 / CHARTS.length;
    const widgets = functions.flatMap((fn, row) =>
      CHARTS.map(([title, metrics], column) => ({
        type: 'metric',
        x: column * width,
        y: row * 6,
        width,
        height: 6,
        properties: {
          title: `${fn}: ${title}`,
          region: '${AWS::Region}',
          period,
          metrics: metrics.map(([metric, stat]) => [
            'AWS/Lambda',
            metric,
            'FunctionName',
            `\${${logicalId(fn)}}`,
            { stat },
          ]),
        },
      })),
    );
    const body: Data = { 'Fn::Sub': JSON.stringify({ widgets }) };
    add(template, 'Dashboard', {
      Type: 'AWS::CloudWatch::Dashboard',
      Properties: { DashboardName: name ?? { Ref: 'AWS::StackName' }, DashboardBody: body },
    });
    const url =
      'https://${AWS::Region}.console.aws.amazon.com/cloudwatch/home?region=${AWS::Region}#dashboards:name=${Dashboard}';
    output(template, 'DashboardUrl', { 'Fn::Sub': url }, 'The dashboard in the console');
  };
