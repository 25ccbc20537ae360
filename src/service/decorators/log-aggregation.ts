import { policyDocument, trust } from '../declare/statements.ts';
import type { ServiceDecorator } from '../hook-types.ts';
import { logicalId } from '../marshal/ids.ts';
import type { Value } from '../values.ts';
import { add, output } from './add.ts';

export interface LogAggregationOptions {
  /** ARN of a Kinesis stream that takes the logs; by default one is made. */
  readonly stream?: Value<string>;
  /** Shards of the stream that is made; on demand by default. */
  readonly shards?: number;
  /** A filter pattern; every line by default. */
  readonly pattern?: string;
  /** Functions whose logs are left out, such as the one that reads the stream. */
  readonly except?: readonly string[];
}

/** Sends the logs of all functions to one Kinesis stream. */
export const logAggregation = (options: LogAggregationOptions = {}): ServiceDecorator =>
  function logAggregation({ template, service }) {
    const { stream, shards, pattern = '', except = [] } = options;
    if (stream === undefined) {
      add(template, 'LogStream', {
        Type: 'AWS::Kinesis::Stream',
        Properties:
          shards === undefined
            ? { StreamModeDetails: { StreamMode: 'ON_DEMAND' } }
            : { ShardCount: shards, StreamModeDetails: { StreamMode: 'PROVISIONED' } },
      });
      output(
        template,
        'LogStreamArn',
        { 'Fn::GetAtt': ['LogStream', 'Arn'] },
        'Stream with the logs of all functions',
      );
    }
    const arn = stream ?? { 'Fn::GetAtt': ['LogStream', 'Arn'] };
    const here = { 'Fn::Sub': 'arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:*' };
    add(template, 'LogStreamRole', {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: trust('logs.amazonaws.com', { StringLike: { 'aws:SourceArn': here } }),
      },
    });
    add(template, 'LogStreamPolicy', {
      Type: 'AWS::IAM::Policy',
      Properties: {
        PolicyName: 'Logs',
        PolicyDocument: policyDocument([{ actions: ['kinesis:PutRecord'], resources: [arn] }]),
        Roles: [{ Ref: 'LogStreamRole' }],
      },
    });
    for (const [name, fn] of Object.entries(service.functions ?? {})) {
      if (except.includes(name)) continue;
      const id = logicalId(name);
      add(template, `${id}LogsToStream`, {
        Type: 'AWS::Logs::SubscriptionFilter',
        // CloudWatch Logs tries the role when the filter is made.
        DependsOn: ['LogStreamPolicy'],
        Properties: {
          LogGroupName: fn.logging?.group ?? { Ref: `${id}LogGroup` },
          FilterPattern: pattern,
          DestinationArn: arn,
          RoleArn: { 'Fn::GetAtt': ['LogStreamRole', 'Arn'] },
        },
      });
    }
  };
