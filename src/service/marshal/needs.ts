import type { Json } from '../../template/types.ts';
import type { FileSystemDefinition, FunctionDefinition } from '../function-types.ts';
import type { Statement } from './statement.ts';

/** What a function's own settings need of its role, and nothing more. */
export function neededStatements(fn: FunctionDefinition, logGroupArn: Json, functionArn: Json): Statement[] {
  return [
    { actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroupArn] },
    ...(fn.tracing ? [TRACING] : []),
    ...(fn.vpc ? [NETWORK] : []),
    ...(fn.deadLetter === undefined ? [] : [deadLetter(fn.deadLetter as Json)]),
    ...(fn.fileSystems ?? []).flatMap(fileSystem),
    ...(fn.kmsKey === undefined ? [] : [{ actions: ['kms:Decrypt'], resources: [fn.kmsKey as Json] }]),
    ...(fn.durable ? [durable(functionArn)] : []),
  ];
}

/** X-Ray knows no resources to limit this to. */
const TRACING: Statement = {
  actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
  resources: ['*'],
};

/** Source: AWS Lambda Developer Guide, "Giving Lambda functions access to resources in an Amazon VPC". */
const NETWORK: Statement = {
  actions: [
    'ec2:CreateNetworkInterface',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeSubnets',
    'ec2:DeleteNetworkInterface',
    'ec2:AssignPrivateIpAddresses',
    'ec2:UnassignPrivateIpAddresses',
  ],
  resources: ['*'],
};

/** A queue or a topic: where only CloudFormation knows which, the ARN limits either action. */
function deadLetter(arn: Json): Statement {
  const service = typeof arn === 'string' ? arn.split(':')[2] : undefined;
  const actions = [
    ...(service === 'sns' ? [] : ['sqs:SendMessage']),
    ...(service === 'sqs' ? [] : ['sns:Publish']),
  ];
  return { actions, resources: [arn] };
}

/**
 * Source: AWS Lambda Developer Guide, "Configuring file system access"; AWS Lambda API reference, `S3FilesConfig`.
 */
function fileSystem({ arn, directRead, bucket }: FileSystemDefinition): Statement[] {
  const accessPoint = arn as Json;
  const isOfS3 = directRead !== undefined || (typeof arn === 'string' && arn.split(':')[2] === 's3files');
  if (!isOfS3)
    return [
      {
        actions: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'],
        resources: ['*'],
        condition: { StringEquals: { 'elasticfilesystem:AccessPointArn': accessPoint } },
      },
    ];
  const [system = ''] = typeof arn === 'string' ? arn.split('/access-point/') : [];
  const whole = system || { 'Fn::Select': [0, { 'Fn::Split': ['/access-point/', accessPoint] }] };
  const objects = { 'Fn::Sub': ['arn:${AWS::Partition}:s3:::${Bucket}/*', { Bucket: bucket as Json }] };
  return [
    { actions: ['s3files:ClientMount', 's3files:ClientWrite'], resources: [accessPoint, whole] },
    ...(bucket === undefined
      ? []
      : [{ actions: ['s3:GetObject', 's3:GetObjectVersion'], resources: [objects] }]),
  ];
}

/** Source: AWS Lambda Developer Guide, "Security and permissions for durable functions". */
const durable = (functionArn: Json): Statement => ({
  actions: ['lambda:CheckpointDurableExecution', 'lambda:GetDurableExecutionState'],
  resources: [{ 'Fn::Join': ['', [functionArn, ':*']] }],
});
