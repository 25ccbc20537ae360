import { typeOf } from './diff/deletion-policy.ts';
import { declaredResources } from './resources.ts';
import type { Template } from './types.ts';

/**
 * Types that are billed by the hour or by the month, whether anybody uses them or not. Source: the pricing pages of the services.
 */
const BILLED: ReadonlySet<string> = new Set([
  'AWS::AmazonMQ::Broker',
  'AWS::AppRunner::Service',
  'AWS::AutoScaling::AutoScalingGroup',
  'AWS::CertificateManager::CertificateAuthority',
  'AWS::ACMPCA::CertificateAuthority',
  'AWS::CloudHSM::Cluster',
  'AWS::CloudWatch::Dashboard',
  'AWS::DAX::Cluster',
  'AWS::DMS::ReplicationInstance',
  'AWS::DirectoryService::MicrosoftAD',
  'AWS::DocDB::DBInstance',
  'AWS::EC2::ClientVpnEndpoint',
  'AWS::EC2::EIP',
  'AWS::EC2::Instance',
  'AWS::EC2::NatGateway',
  'AWS::EC2::TransitGatewayAttachment',
  'AWS::EC2::VPCEndpoint',
  'AWS::EC2::VPNConnection',
  'AWS::EC2::Volume',
  'AWS::ECS::Service',
  'AWS::EKS::Cluster',
  'AWS::EKS::Nodegroup',
  'AWS::EMR::Cluster',
  'AWS::ElastiCache::CacheCluster',
  'AWS::ElastiCache::ReplicationGroup',
  'AWS::ElastiCache::ServerlessCache',
  'AWS::ElasticLoadBalancing::LoadBalancer',
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::Elasticsearch::Domain',
  'AWS::FSx::FileSystem',
  'AWS::GlobalAccelerator::Accelerator',
  'AWS::KMS::Key',
  'AWS::Kinesis::Stream',
  'AWS::KinesisAnalyticsV2::Application',
  'AWS::Lambda::CapacityProvider',
  'AWS::MSK::Cluster',
  'AWS::MSK::ServerlessCluster',
  'AWS::MemoryDB::Cluster',
  'AWS::Neptune::DBInstance',
  'AWS::OpenSearchServerless::Collection',
  'AWS::OpenSearchService::Domain',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::RDS::DBProxy',
  'AWS::Redshift::Cluster',
  'AWS::Route53::HostedZone',
  'AWS::Route53Resolver::ResolverEndpoint',
  'AWS::SageMaker::Endpoint',
  'AWS::SageMaker::NotebookInstance',
  'AWS::SecretsManager::Secret',
  'AWS::Serverless::CapacityProvider',
  'AWS::Synthetics::Canary',
  'AWS::Transfer::Server',
  'AWS::WAFv2::WebACL',
]);

/** Resources that cost money while nobody uses them: `Gateway (AWS::EC2::NatGateway)`. */
export function billedWhileIdle(template: Template): readonly string[] {
  return [...declaredResources(template)].flatMap(({ id, resource }) => {
    const type = typeOf(resource);
    const isProvisioned =
      /^AWS::(Lambda::(Alias|Version)|Serverless::Function)$/.test(type) &&
      JSON.stringify(resource).includes('"ProvisionedConcurren');
    return BILLED.has(type) || isProvisioned ? [`${id} (${type})`] : [];
  });
}
