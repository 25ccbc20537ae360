import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DescribeRepositoriesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { ListBucketsCommand, ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3';
import { awsRequest } from './aws-request.ts';

/** Everything that an account has in a region, as far as our examples make such things; sorted. */
export async function allResources(endpoint: string, region: string): Promise<readonly string[]> {
  const settings = { endpoint, region, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
  const clients = {
    stacks: new CloudFormationClient(settings),
    s3: new S3Client({ ...settings, forcePathStyle: true }),
    lambda: new LambdaClient(settings),
    iam: new IAMClient(settings),
    ecr: new ECRClient(settings),
  };
  const json = (service: string, target: string, key: string) =>
    awsRequest(endpoint, service, { target, json: {}, version: '1.1' }, region).then((answer) =>
      (((answer as Record<string, unknown>)[key] ?? []) as unknown[]).map(
        (each) => `${service} ${nameOf(each)}`,
      ),
    );
  try {
    const { Stacks = [] } = await clients.stacks.send(new DescribeStacksCommand({}));
    const { Buckets = [] } = await clients.s3.send(new ListBucketsCommand({}));
    const objects: string[] = [];
    for (const { Name: Bucket = '' } of Buckets) {
      const { Versions = [], DeleteMarkers = [] } = await clients.s3.send(
        new ListObjectVersionsCommand({ Bucket }),
      );
      for (const { Key } of [...Versions, ...DeleteMarkers]) objects.push(`object ${Bucket}/${Key}`);
    }
    const { Functions = [] } = await clients.lambda.send(new ListFunctionsCommand({}));
    const { Roles = [] } = await clients.iam.send(new ListRolesCommand({}));
    const { repositories = [] } = await clients.ecr.send(new DescribeRepositoriesCommand({}));
    const found = [
      ...Stacks.filter(({ StackStatus }) => StackStatus !== 'DELETE_COMPLETE').map(
        ({ StackName, StackStatus }) => `stack ${StackName} ${StackStatus}`,
      ),
      ...Buckets.map(({ Name }) => `bucket ${Name}`),
      ...objects,
      ...Functions.map(({ FunctionName }) => `function ${FunctionName}`),
      ...Roles.map(({ RoleName }) => `role ${RoleName}`),
      ...repositories.map(({ repositoryName }) => `repository ${repositoryName}`),
      ...(await json('logs', 'Logs_20140328.DescribeLogGroups', 'logGroups')),
      ...(await json('dynamodb', 'DynamoDB_20120810.ListTables', 'TableNames')),
      ...(await json('sqs', 'AmazonSQS.ListQueues', 'QueueUrls')),
      ...(await json('states', 'AWSStepFunctions.ListStateMachines', 'stateMachines')),
      ...(await json('events', 'AWSEvents.ListRules', 'Rules')),
    ];
    return found.sort();
  } finally {
    for (const client of Object.values(clients)) client.destroy();
  }
}

const nameOf = (each: unknown): string => {
  if (typeof each !== 'object' || each === null) return String(each);
  const { logGroupName, name, Name } = each as Record<string, unknown>;
  return String(logGroupName ?? name ?? Name ?? JSON.stringify(each));
};
