/**
 * Properties that hold policy documents, one line a resource type; a document is a map or its JSON as text.
 *
 * `*` is any element of a list, `{}` any entry of a map.
 */
export const POLICIES = `
AWS::AIOps::InvestigationGroup InvestigationGroupPolicy
AWS::APS::ResourcePolicy PolicyDocument
AWS::ApiGateway::DomainNameV2 Policy
AWS::ApiGateway::RestApi Policy Body.@json.x-amazon-apigateway-policy
AWS::Backup::BackupVault AccessPolicy
AWS::Backup::LogicallyAirGappedBackupVault AccessPolicy
AWS::Bedrock::KnowledgeBasePolicy PolicyDocument
AWS::Bedrock::ResourcePolicy PolicyDocument
AWS::BedrockAgentCore::ResourcePolicy Policy
AWS::CloudTrail::ResourcePolicy ResourcePolicy
AWS::CodeArtifact::Domain PermissionsPolicyDocument
AWS::CodeArtifact::Repository PermissionsPolicyDocument
AWS::Comprehend::DocumentClassifier ModelPolicy
AWS::Comprehend::EntityRecognizer ModelPolicy
AWS::DSQL::Cluster PolicyDocument
AWS::DynamoDB::GlobalTable Replicas.*.ReplicaStreamSpecification.ResourcePolicy.PolicyDocument Replicas.*.ResourcePolicy.PolicyDocument
AWS::DynamoDB::Table ResourcePolicy.PolicyDocument StreamSpecification.ResourcePolicy.PolicyDocument
AWS::ECR::PublicRepository RepositoryPolicyText
AWS::ECR::RegistryPolicy PolicyText
AWS::ECR::Repository RepositoryPolicyText
AWS::ECR::RepositoryCreationTemplate RepositoryPolicy
AWS::EFS::FileSystem FileSystemPolicy
AWS::Elasticsearch::Domain AccessPolicies
AWS::EventSchemas::RegistryPolicy Policy
AWS::Events::EventBus Policy
AWS::Events::EventBusPolicy Statement
AWS::EventsV2::ResourcePolicy PolicyDocument
AWS::FSx::S3AccessPointAttachment S3AccessPoint.Policy
AWS::IAM::Group Policies.*.PolicyDocument
AWS::IAM::GroupPolicy PolicyDocument
AWS::IAM::ManagedPolicy PolicyDocument
AWS::IAM::Policy PolicyDocument
AWS::IAM::Role AssumeRolePolicyDocument Policies.*.PolicyDocument
AWS::IAM::RolePolicy PolicyDocument
AWS::IAM::User Policies.*.PolicyDocument
AWS::IAM::UserPolicy PolicyDocument
AWS::IoT::Policy PolicyDocument
AWS::KMS::Key KeyPolicy
AWS::KMS::ReplicaKey KeyPolicy
AWS::Kinesis::ResourcePolicy ResourcePolicy
AWS::Lambda::ResourcePolicy PolicyDocument
AWS::Lex::ResourcePolicy Policy
AWS::Logs::DeliveryDestination DeliveryDestinationPolicy.DeliveryDestinationPolicy
AWS::Logs::Destination DestinationPolicy
AWS::Logs::LogGroup ResourcePolicyDocument
AWS::Logs::ResourcePolicy PolicyDocument
AWS::MSK::ClusterPolicy Policy
AWS::MediaPackageV2::ChannelPolicy Policy
AWS::MediaPackageV2::OriginEndpointPolicy Policy
AWS::MediaStore::Container Policy
AWS::MediaTailor::ChannelPolicy Policy
AWS::OSIS::Pipeline ResourcePolicy.Policy
AWS::Oam::Sink Policy
AWS::Omics::SequenceStore S3AccessPolicy
AWS::OpenSearchService::Domain AccessPolicies
AWS::Organizations::ResourcePolicy Content
AWS::PaymentCryptography::Key Policy
AWS::RUM::AppMonitor ResourcePolicy.PolicyDocument
AWS::Redshift::Cluster NamespaceResourcePolicy
AWS::RedshiftServerless::Namespace NamespaceResourcePolicy
AWS::S3::AccessPoint Policy
AWS::S3::BucketPolicy PolicyDocument
AWS::S3::MultiRegionAccessPointPolicy Policy
AWS::S3Express::AccessPoint Policy
AWS::S3Express::BucketPolicy PolicyDocument
AWS::S3Files::FileSystemPolicy Policy
AWS::S3ObjectLambda::AccessPointPolicy PolicyDocument
AWS::S3Outposts::AccessPoint Policy
AWS::S3Outposts::BucketPolicy PolicyDocument
AWS::S3Tables::TableBucketPolicy ResourcePolicy
AWS::S3Tables::TablePolicy ResourcePolicy
AWS::S3Vectors::VectorBucketPolicy Policy
AWS::SMSVOICE::ResourcePolicy PolicyDocument
AWS::SNS::TopicInlinePolicy PolicyDocument
AWS::SNS::TopicPolicy PolicyDocument
AWS::SQS::QueueInlinePolicy PolicyDocument
AWS::SQS::QueuePolicy PolicyDocument
AWS::SSM::ResourcePolicy Policy
AWS::SSO::PermissionSet InlinePolicy
AWS::SageMaker::ModelPackageGroup ModelPackageGroupPolicy
AWS::SecretsManager::ResourcePolicy ResourcePolicy
AWS::Serverless::Api Auth.ResourcePolicy.CustomStatements Policy
AWS::Serverless::Function AssumeRolePolicyDocument Events.{}.Properties.Auth.ResourcePolicy.CustomStatements Policies
AWS::Serverless::StateMachine Events.{}.Properties.Auth.ResourcePolicy.CustomStatements Policies
AWS::VpcLattice::AuthPolicy Policy
AWS::VpcLattice::ResourcePolicy Policy
AWS::XRay::ResourcePolicy PolicyDocument
`;

/**
 * Policy documents that allow nothing by themselves: they say how much of what others allow comes through. Anybody in them
 * is everybody whom something else lets in, so that allowing is no concern; what they deny is one when it goes.
 */
export const LIMITING_POLICIES = `
AWS::EC2::VPCEndpoint PolicyDocument
AWS::EKS::PodIdentityAssociation Policy
AWS::ODB::OdbNetwork KmsPolicyDocument S3PolicyDocument StsPolicyDocument
AWS::Organizations::Policy Content
AWS::RAM::Permission PolicyTemplate
AWS::RolesAnywhere::Profile SessionPolicy
AWS::Transfer::User Policy
`;
