import { isObject, type JsonObject, own } from '../types.ts';
import { equivalent } from '../values/equivalence.ts';
import type { ResourceDiff } from './types.ts';

/**
 * The property that gives a resource its name. CloudFormation makes the new resource before it deletes the old one, so it
 * refuses to replace what would have the same name.
 *
 * Source: AWS CloudFormation template reference, "Name type".
 */
const NAMES: Readonly<Record<string, string>> = {
  'AWS::ApiGateway::ApiKey': 'Name',
  'AWS::CloudWatch::Alarm': 'AlarmName',
  'AWS::CodeDeploy::Application': 'ApplicationName',
  'AWS::DynamoDB::GlobalTable': 'TableName',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::ECR::Repository': 'RepositoryName',
  'AWS::ECS::Cluster': 'ClusterName',
  'AWS::ECS::Service': 'ServiceName',
  'AWS::ElastiCache::CacheCluster': 'ClusterName',
  'AWS::ElasticLoadBalancing::LoadBalancer': 'LoadBalancerName',
  'AWS::ElasticLoadBalancingV2::LoadBalancer': 'Name',
  'AWS::ElasticLoadBalancingV2::TargetGroup': 'Name',
  'AWS::Events::EventBus': 'Name',
  'AWS::Events::Rule': 'Name',
  'AWS::IAM::Group': 'GroupName',
  'AWS::IAM::InstanceProfile': 'InstanceProfileName',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::IAM::Role': 'RoleName',
  'AWS::IAM::User': 'UserName',
  'AWS::Kinesis::Stream': 'Name',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::RDS::DBCluster': 'DBClusterIdentifier',
  'AWS::RDS::DBInstance': 'DBInstanceIdentifier',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::SSM::Parameter': 'Name',
  'AWS::SecretsManager::Secret': 'Name',
  'AWS::Serverless::Function': 'FunctionName',
  'AWS::Serverless::SimpleTable': 'TableName',
  'AWS::Serverless::StateMachine': 'Name',
  'AWS::StepFunctions::StateMachine': 'StateMachineName',
};

type Resources = ReadonlyMap<string, JsonObject>;

/** Adds to what is replaced the property by which it keeps its name. */
export function withKeptName(diff: ResourceDiff, before: Resources, after: Resources): ResourceDiff {
  if (diff.kind !== 'changed' || diff.impact === 'update') return diff;
  const property = own(NAMES, diff.type);
  const [old, now] = [before, after].map((resources) => resources.get(diff.logicalId));
  if (property === undefined || !old || !now || old.Type !== now.Type) return diff;
  const [was, is] = [old, now].map(({ Properties }) =>
    isObject(Properties) ? own(Properties, property) : undefined,
  );
  return was !== undefined && is !== undefined && equivalent(was, is)
    ? { ...diff, keptName: property }
    : diff;
}
