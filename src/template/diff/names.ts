import { isObject, type Json, type JsonObject, own } from '../types.ts';
import { equivalent } from '../values/equivalence.ts';
import type { AddedResource, ResourceDiff } from './types.ts';

/**
 * The property that gives a resource its name. CloudFormation makes the new resource before it deletes the old one, so it
 * refuses to replace what would have the same name.
 *
 * Source: AWS CloudFormation template reference, "Name type".
 */
export const NAMES: Readonly<Record<string, string>> = {
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
  'AWS::Lambda::WebFunctionEndpoint': 'EndpointName',
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

/** The property that says in what a name has to be unique, where that is not the account: two of these may have one name each. */
export const NAMED_WITHIN: Readonly<Record<string, string>> = {
  'AWS::ECS::Service': 'Cluster',
  'AWS::Events::Rule': 'EventBusName',
  'AWS::Lambda::WebFunctionEndpoint': 'FunctionName',
};

type Resources = ReadonlyMap<string, JsonObject>;

/** Adds to what is replaced the property by which it keeps its name, and to what is new that by which it takes one over. */
export function withKeptName(diff: ResourceDiff, before: Resources, after: Resources): ResourceDiff {
  if (diff.kind === 'added') return withTakenName(diff, before, after);
  if (diff.kind !== 'changed' || diff.impact === 'update') return diff;
  const property = own(NAMES, diff.type);
  const [old, now] = [before, after].map((resources) => resources.get(diff.logicalId));
  if (property === undefined || !old || !now || old.Type !== now.Type) return diff;
  const holder = own(NAMED_WITHIN, diff.type);
  const isKept = [property, ...(holder === undefined ? [] : [holder])].every(
    (key) =>
      // Written the same, and yet another name: what it refers to changes.
      diff.changes.every(({ path }) => path !== `Properties.${key}`) &&
      equivalent(propertyOf(old, key), propertyOf(now, key)),
  );
  return isKept && propertyOf(old, property) !== null ? { ...diff, keptName: property } : diff;
}

/** What is removed goes after what is new has come: until then it has its name. */
function withTakenName(diff: AddedResource, before: Resources, after: Resources): AddedResource {
  const property = own(NAMES, diff.type);
  const name = property === undefined ? undefined : own(diff.properties, property);
  if (property === undefined || name === undefined) return diff;
  const holder = own(NAMED_WITHIN, diff.type);
  const told = [property, ...(holder === undefined ? [] : [holder])];
  const [former] = [...before].find(
    ([id, resource]) =>
      !after.has(id) &&
      resource.Type === diff.type &&
      told.every((key) => equivalent(propertyOf(resource, key), own(diff.properties, key) ?? null)),
  ) ?? [undefined];
  return former === undefined ? diff : { ...diff, takenName: { property, from: former } };
}

const propertyOf = ({ Properties }: JsonObject, key: string): Json =>
  (isObject(Properties) ? own(Properties, key) : undefined) ?? null;
