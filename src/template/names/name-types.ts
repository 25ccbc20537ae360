import { NAMED_WITHIN, NAMES } from '../diff/names.ts';
import { own } from '../types.ts';

/** What is known of the names that resources of a type may have. */
export interface NameType {
  /** Below `Properties`. */
  readonly property: readonly string[];
  /** Characters that it may have. */
  readonly longest: number;
  /** It may have no upper-case letters. */
  readonly isLower?: true;
  /** `address`: the world knows it, so no other can be made up. `shared`: two may have the same. */
  readonly kind?: 'address' | 'shared';
  /** The property beside it that says in what it has to be unique; by default that is the account. */
  readonly within?: string;
}

/** Source: the service's own reference of each, as far as it differs from {@link COMMON_LENGTH}. */
const LENGTHS: Readonly<Record<string, number>> = {
  'AWS::CloudWatch::Alarm': 255,
  'AWS::DynamoDB::GlobalTable': 255,
  'AWS::DynamoDB::Table': 255,
  'AWS::ECR::Repository': 256,
  'AWS::ECS::Cluster': 255,
  'AWS::ECS::Service': 255,
  'AWS::ElastiCache::CacheCluster': 50,
  'AWS::ElasticLoadBalancing::LoadBalancer': 32,
  'AWS::ElasticLoadBalancingV2::LoadBalancer': 32,
  'AWS::ElasticLoadBalancingV2::TargetGroup': 32,
  'AWS::Events::EventBus': 256,
  'AWS::IAM::Group': 128,
  'AWS::IAM::InstanceProfile': 128,
  'AWS::IAM::ManagedPolicy': 128,
  'AWS::Kinesis::Stream': 128,
  'AWS::Logs::LogGroup': 512,
  'AWS::RDS::DBCluster': 63,
  'AWS::RDS::DBInstance': 63,
  'AWS::S3::Bucket': 63,
  'AWS::SNS::Topic': 256,
  'AWS::SQS::Queue': 80,
  'AWS::SSM::Parameter': 1011,
  'AWS::SecretsManager::Secret': 512,
  'AWS::Serverless::SimpleTable': 255,
  'AWS::Serverless::StateMachine': 80,
  'AWS::StepFunctions::StateMachine': 80,
};
const COMMON_LENGTH = 64;

const LOWER: ReadonlySet<string> = new Set([
  'AWS::ECR::Repository',
  'AWS::ElastiCache::CacheCluster',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::S3::Bucket',
]);

const name = (property: string, longest = COMMON_LENGTH, more: Partial<NameType> = {}): NameType => ({
  property: property.split('.'),
  longest,
  ...more,
});
const address = (property: string): NameType => name(property, 253, { kind: 'address' });
const shared = (property = 'Name'): NameType => name(property, 128, { kind: 'shared' });

/** Types whose names have to be unique, but that CloudFormation names differently or not at all; and names that may be shared. */
const MORE: Readonly<Record<string, NameType>> = {
  'AWS::AmazonMQ::Broker': name('BrokerName', 50),
  'AWS::ApiGateway::DomainName': address('DomainName'),
  'AWS::ApiGateway::RestApi': shared(),
  'AWS::ApiGatewayV2::Api': shared(),
  'AWS::ApiGatewayV2::DomainName': address('DomainName'),
  'AWS::Athena::WorkGroup': name('Name', 128),
  'AWS::Backup::BackupVault': name('BackupVaultName', 50),
  'AWS::Batch::ComputeEnvironment': name('ComputeEnvironmentName', 128),
  'AWS::Batch::JobQueue': name('JobQueueName', 128),
  'AWS::CloudFront::CachePolicy': name('CachePolicyConfig.Name', 128),
  'AWS::CloudFront::Distribution': address('DistributionConfig.Aliases'),
  'AWS::CloudFront::Function': name('Name'),
  'AWS::CloudFront::OriginAccessControl': name('OriginAccessControlConfig.Name'),
  'AWS::CloudFront::ResponseHeadersPolicy': name('ResponseHeadersPolicyConfig.Name', 128),
  'AWS::CloudTrail::Trail': name('TrailName', 128),
  'AWS::CloudWatch::CompositeAlarm': name('AlarmName', 255),
  'AWS::CloudWatch::Dashboard': name('DashboardName', 255),
  'AWS::CodeBuild::Project': name('Name', 255),
  'AWS::CodeCommit::Repository': name('RepositoryName', 100),
  'AWS::CodePipeline::Pipeline': name('Name', 100),
  'AWS::Cognito::UserPoolDomain': name('Domain', 63, { isLower: true }),
  'AWS::DAX::Cluster': name('ClusterName', 20),
  'AWS::EC2::KeyPair': name('KeyName', 255),
  'AWS::EC2::LaunchTemplate': name('LaunchTemplateName', 128),
  'AWS::EC2::SecurityGroup': name('GroupName', 255),
  'AWS::EKS::Cluster': name('Name', 100),
  'AWS::ElastiCache::ReplicationGroup': name('ReplicationGroupId', 40, { isLower: true }),
  'AWS::ElastiCache::ServerlessCache': name('ServerlessCacheName', 40, { isLower: true }),
  'AWS::ElastiCache::SubnetGroup': name('CacheSubnetGroupName', 255, { isLower: true }),
  'AWS::Elasticsearch::Domain': name('DomainName', 28, { isLower: true }),
  'AWS::Events::ApiDestination': name('Name'),
  'AWS::Events::Archive': name('ArchiveName', 48),
  'AWS::Events::Connection': name('Name'),
  'AWS::Glue::Crawler': name('Name', 255),
  'AWS::Glue::Database': name('DatabaseInput.Name', 255),
  'AWS::Glue::Job': name('Name', 255),
  'AWS::IoT::Policy': name('PolicyName', 128),
  'AWS::IoT::Thing': name('ThingName', 128),
  'AWS::IoT::TopicRule': name('RuleName', 128),
  'AWS::KMS::Alias': name('AliasName', 256),
  'AWS::KinesisFirehose::DeliveryStream': name('DeliveryStreamName'),
  'AWS::Lambda::CapacityProvider': name('CapacityProviderName'),
  'AWS::Lambda::MicrovmImage': name('Name'),
  'AWS::Lambda::NetworkConnector': name('Name'),
  'AWS::Lambda::WebFunction': name('FunctionName'),
  'AWS::MSK::Cluster': name('ClusterName'),
  'AWS::MSK::Configuration': name('Name'),
  'AWS::MemoryDB::Cluster': name('ClusterName', 40, { isLower: true }),
  'AWS::OpenSearchServerless::AccessPolicy': name('Name', 32, { isLower: true }),
  'AWS::OpenSearchServerless::Collection': name('Name', 32, { isLower: true }),
  'AWS::OpenSearchServerless::SecurityPolicy': name('Name', 32, { isLower: true }),
  'AWS::OpenSearchService::Domain': name('DomainName', 28, { isLower: true }),
  'AWS::Pipes::Pipe': name('Name'),
  'AWS::RDS::DBProxy': name('DBProxyName', 63),
  'AWS::RDS::DBSubnetGroup': name('DBSubnetGroupName', 255, { isLower: true }),
  'AWS::Redshift::Cluster': name('ClusterIdentifier', 63, { isLower: true }),
  'AWS::Route53::RecordSet': address('Name'),
  'AWS::S3::AccessPoint': name('Name', 50, { isLower: true }),
  'AWS::S3ObjectLambda::AccessPoint': name('Name', 45, { isLower: true }),
  'AWS::SES::ConfigurationSet': name('Name'),
  'AWS::SES::EmailIdentity': address('EmailIdentity'),
  'AWS::SSM::Document': name('Name', 128),
  'AWS::SageMaker::Endpoint': name('EndpointName', 63),
  'AWS::SageMaker::EndpointConfig': name('EndpointConfigName', 63),
  'AWS::SageMaker::Model': name('ModelName', 63),
  'AWS::Scheduler::Schedule': name('Name'),
  'AWS::Scheduler::ScheduleGroup': name('Name'),
  'AWS::Serverless::Api': shared(),
  'AWS::Serverless::CapacityProvider': name('CapacityProviderName'),
  'AWS::Serverless::HttpApi': shared(),
  'AWS::Serverless::MicrovmImage': name('Name'),
  'AWS::Serverless::NetworkConnector': name('Name'),
  'AWS::Serverless::WebFunction': name('FunctionName'),
  'AWS::Serverless::WebSocketApi': shared(),
  'AWS::StepFunctions::Activity': name('Name', 80),
  'AWS::Synthetics::Canary': name('Name', 255, { isLower: true }),
  'AWS::Timestream::Database': name('DatabaseName', 256),
  'AWS::VpcLattice::ServiceNetwork': name('Name', 63),
  'AWS::WAFv2::WebACL': name('Name', 128),
};

/** The names of exports of stacks. */
export const EXPORT: NameType = name('Export.Name', 255);

/** What names a resource; `undefined` where nothing does that two stacks could quarrel about. */
export function nameType(type: string): NameType | undefined {
  const more = own(MORE, type);
  const property = own(NAMES, type);
  if (more || property === undefined) return more;
  const within = own(NAMED_WITHIN, type);
  return name(property, own(LENGTHS, type), {
    ...(LOWER.has(type) && { isLower: true }),
    ...(within !== undefined && { within }),
  });
}

/** The address that SAM gives an API, beside its name. */
export const SAM_DOMAIN: Readonly<Record<string, NameType>> = {
  'AWS::Serverless::Api': address('Domain.DomainName'),
  'AWS::Serverless::HttpApi': address('Domain.DomainName'),
};
