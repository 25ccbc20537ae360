/**
 * Properties that open a resource to the world, in groups: a heading says what is opened, and to whom unless it is
 * everybody. See rows.ts for the form of a row.
 *
 * Sources: CloudFormation's resource schemas for paths and values, the guide of each service for what holds where a
 * property is left out.
 */
export const EXPOSURES = `
# function URL without authentication
AWS::Lambda::Url AuthType=NONE
AWS::Serverless::Function FunctionUrlConfig.AuthType=NONE

# web endpoint that leaves authentication to the application
AWS::Lambda::WebFunction AuthType=ApplicationManaged|NONE
AWS::Lambda::WebFunctionEndpoint AuthType=ApplicationManaged|NONE
AWS::Serverless::WebFunction AuthType=ApplicationManaged|NONE

# route {RouteKey} without authorizer
AWS::ApiGatewayV2::Route AuthorizationType=NONE?NONE if @request if @reachable
AWS::ApiGatewayV2::ApiGatewayManagedOverrides Route.AuthorizationType=NONE

# {HttpMethod} method without authorizer
AWS::ApiGateway::Method AuthorizationType=NONE?NONE if ApiKeyRequired!=true if HttpMethod!=OPTIONS if @reachable

# WebSocket API without authorizer
AWS::Serverless::WebSocketApi Auth.AuthType=NONE?NONE

# gateway without authorizer
AWS::BedrockAgentCore::Gateway AuthorizerType=NONE

# requests without login
AWS::ElasticLoadBalancingV2::Listener DefaultActions.*.AuthenticateCognitoConfig.OnUnauthenticatedRequest=allow
AWS::ElasticLoadBalancingV2::Listener DefaultActions.*.AuthenticateOidcConfig.OnUnauthenticatedRequest=allow
AWS::ElasticLoadBalancingV2::ListenerRule Actions.*.AuthenticateCognitoConfig.OnUnauthenticatedRequest=allow
AWS::ElasticLoadBalancingV2::ListenerRule Actions.*.AuthenticateOidcConfig.OnUnauthenticatedRequest=allow
AWS::Elasticsearch::Domain AdvancedSecurityOptions.AnonymousAuthEnabled=true
AWS::OpenSearchService::Domain AdvancedSecurityOptions.AnonymousAuthEnabled=true
AWS::QBusiness::Application IdentityType=ANONYMOUS

# identities without login
AWS::Cognito::IdentityPool AllowUnauthenticatedIdentities=true

# webhook without authentication
AWS::CodePipeline::Webhook Authentication=UNAUTHENTICATED

# clients without authentication | whoever reaches the network
AWS::ElastiCache::User AuthenticationMode.Type=no-password-required
AWS::ElastiCache::User NoPasswordRequired=true
AWS::MSK::Cluster ClientAuthentication.Unauthenticated.Enabled=true
AWS::MemoryDB::Cluster ACLName=open-access

# bucket with ACL {value}
AWS::S3::Bucket AccessControl=PublicRead|PublicReadWrite

# bucket with ACL {value} | every AWS account
AWS::S3::Bucket AccessControl=AuthenticatedRead

# objects with ACL {value}
AWS::DMS::Endpoint S3Settings.CannedAclForObjects=public-read|public-read-write
AWS::IoT::TopicRule TopicRulePayload.Actions.*.S3.CannedAcl=public-read|public-read-write
AWS::IoT::TopicRule TopicRulePayload.ErrorAction.S3.CannedAcl=public-read|public-read-write
AWS::MediaLive::Channel EncoderSettings.OutputGroups.*.OutputGroupSettings.ArchiveGroupSettings.ArchiveCdnSettings.ArchiveS3Settings.CannedAcl=PUBLIC_READ
AWS::MediaLive::Channel EncoderSettings.OutputGroups.*.OutputGroupSettings.FrameCaptureGroupSettings.FrameCaptureCdnSettings.FrameCaptureS3Settings.CannedAcl=PUBLIC_READ
AWS::MediaLive::Channel EncoderSettings.OutputGroups.*.OutputGroupSettings.HlsGroupSettings.HlsCdnSettings.HlsS3Settings.CannedAcl=PUBLIC_READ
AWS::StorageGateway::NFSFileShare ObjectACL=public-read|public-read-write
AWS::StorageGateway::SMBFileShare ObjectACL=public-read|public-read-write

# objects with ACL {value} | every AWS account
AWS::DMS::Endpoint S3Settings.CannedAclForObjects=authenticated-read
AWS::IoT::TopicRule TopicRulePayload.Actions.*.S3.CannedAcl=authenticated-read
AWS::IoT::TopicRule TopicRulePayload.ErrorAction.S3.CannedAcl=authenticated-read
AWS::MediaLive::Channel EncoderSettings.OutputGroups.*.OutputGroupSettings.ArchiveGroupSettings.ArchiveCdnSettings.ArchiveS3Settings.CannedAcl=AUTHENTICATED_READ
AWS::MediaLive::Channel EncoderSettings.OutputGroups.*.OutputGroupSettings.FrameCaptureGroupSettings.FrameCaptureCdnSettings.FrameCaptureS3Settings.CannedAcl=AUTHENTICATED_READ
AWS::MediaLive::Channel EncoderSettings.OutputGroups.*.OutputGroupSettings.HlsGroupSettings.HlsCdnSettings.HlsS3Settings.CannedAcl=AUTHENTICATED_READ
AWS::StorageGateway::NFSFileShare ObjectACL=authenticated-read
AWS::StorageGateway::SMBFileShare ObjectACL=authenticated-read

# bucket that may be made public
AWS::Lightsail::Bucket AccessRules.AllowPublicOverrides=true
AWS::S3::AccessPoint PublicAccessBlockConfiguration.BlockPublicAcls=false
AWS::S3::AccessPoint PublicAccessBlockConfiguration.BlockPublicPolicy=false
AWS::S3::AccessPoint PublicAccessBlockConfiguration.IgnorePublicAcls=false
AWS::S3::AccessPoint PublicAccessBlockConfiguration.RestrictPublicBuckets=false
AWS::S3::Bucket PublicAccessBlockConfiguration.BlockPublicAcls=false
AWS::S3::Bucket PublicAccessBlockConfiguration.BlockPublicPolicy=false
AWS::S3::Bucket PublicAccessBlockConfiguration.IgnorePublicAcls=false
AWS::S3::Bucket PublicAccessBlockConfiguration.RestrictPublicBuckets=false
AWS::S3::MultiRegionAccessPoint PublicAccessBlockConfiguration.BlockPublicAcls=false
AWS::S3::MultiRegionAccessPoint PublicAccessBlockConfiguration.BlockPublicPolicy=false
AWS::S3::MultiRegionAccessPoint PublicAccessBlockConfiguration.IgnorePublicAcls=false
AWS::S3::MultiRegionAccessPoint PublicAccessBlockConfiguration.RestrictPublicBuckets=false
AWS::S3Express::AccessPoint PublicAccessBlockConfiguration.BlockPublicAcls=false
AWS::S3Express::AccessPoint PublicAccessBlockConfiguration.BlockPublicPolicy=false
AWS::S3Express::AccessPoint PublicAccessBlockConfiguration.IgnorePublicAcls=false
AWS::S3Express::AccessPoint PublicAccessBlockConfiguration.RestrictPublicBuckets=false

# bucket served as a website
AWS::S3::Bucket WebsiteConfiguration=*

# all objects
AWS::Lightsail::Bucket AccessRules.GetObject=public

# images to pull
AWS::ECR::PublicRepository .

# images to launch
AWS::ImageBuilder::DistributionConfiguration Distributions.*.AmiDistributionConfiguration.LaunchPermissionConfiguration.UserGroups.*=all

# builds with their logs
AWS::CodeBuild::Project Visibility=PUBLIC_READ

# database with a public address
AWS::Lightsail::Database PubliclyAccessible=true
AWS::Neptune::DBInstance PubliclyAccessible=true
AWS::NeptuneGraph::Graph PublicConnectivity=true
AWS::RDS::DBCluster PubliclyAccessible=true
AWS::RDS::DBInstance PubliclyAccessible=true
AWS::RDS::DBShardGroup PubliclyAccessible=true
AWS::RedshiftServerless::Workgroup PubliclyAccessible=true
AWS::Timestream::InfluxDBCluster PubliclyAccessible=true
AWS::Timestream::InfluxDBInstance PubliclyAccessible=true

# cluster with a public address
AWS::MSK::Cluster BrokerNodeGroupInfo.ConnectivityInfo.PublicAccess.Type=SERVICE_PROVIDED_EIPS
AWS::Redshift::Cluster PubliclyAccessible=true

# broker with a public address
AWS::AmazonMQ::Broker PubliclyAccessible=true

# public address
AWS::AutoScaling::LaunchConfiguration AssociatePublicIpAddress=true
AWS::Batch::JobDefinition ContainerProperties.NetworkConfiguration.AssignPublicIp=ENABLED
AWS::Batch::JobDefinition EcsProperties.TaskProperties.*.NetworkConfiguration.AssignPublicIp=ENABLED
AWS::DMS::InstanceProfile PubliclyAccessible=true?true
AWS::DMS::ReplicationInstance PubliclyAccessible=true?true
AWS::DRS::ReplicationConfigurationTemplate CreatePublicIP=true
AWS::EC2::EC2Fleet LaunchTemplateConfigs.*.Overrides.*.NetworkInterfaces.*.AssociatePublicIpAddress=true
AWS::EC2::Instance NetworkInterfaces.*.AssociatePublicIpAddress=true
AWS::EC2::LaunchTemplate LaunchTemplateData.NetworkInterfaces.*.AssociatePublicIpAddress=true
AWS::EC2::SpotFleet SpotFleetRequestConfigData.LaunchSpecifications.*.NetworkInterfaces.*.AssociatePublicIpAddress=true
AWS::ECS::Service NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp=ENABLED
AWS::ECS::TaskSet NetworkConfiguration.AwsVpcConfiguration.AssignPublicIp=ENABLED
AWS::Events::Rule Targets.*.EcsParameters.NetworkConfiguration.AwsVpcConfiguration.AssignPublicIp=ENABLED
AWS::GammaDilithium::JobDefinition ContainerProperties.NetworkConfiguration.AssignPublicIp=ENABLED
AWS::GammaDilithium::JobDefinition EcsProperties.TaskProperties.*.NetworkConfiguration.AssignPublicIp=ENABLED
AWS::GammaDilithium::JobDefinition NodeProperties.NodeRangeProperties.*.Container.NetworkConfiguration.AssignPublicIp=ENABLED
AWS::GammaDilithium::JobDefinition NodeProperties.NodeRangeProperties.*.EcsProperties.TaskProperties.*.NetworkConfiguration.AssignPublicIp=ENABLED
AWS::M2::Environment PubliclyAccessible=true
AWS::MGN::LaunchConfigurationTemplate AssociatePublicIpAddress=true
AWS::OpsWorks::Layer AutoAssignPublicIps=true
AWS::Pipes::Pipe TargetParameters.EcsTaskParameters.NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp=ENABLED
AWS::Scheduler::Schedule Target.EcsParameters.NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp=ENABLED

# public endpoint
AWS::AppRunner::Service NetworkConfiguration.IngressConfiguration.IsPubliclyAccessible=true?true
AWS::EKS::Cluster ResourcesVpcConfig.EndpointPublicAccess=true?true if ResourcesVpcConfig.PublicAccessCidrs=@anywhere?0.0.0.0/0
AWS::Lightsail::Container ContainerServiceDeployment.PublicEndpoint=*
AWS::MWAA::Environment WebserverAccessMode=PUBLIC_ONLY|PUBLIC_AND_PRIVATE
AWS::OpenSearchServerless::SecurityPolicy Policy.@json.*.AllowFromPublic=true
AWS::SES::MailManagerIngressPoint NetworkConfiguration.PublicNetworkConfiguration=*
AWS::Transfer::Server EndpointType=PUBLIC?PUBLIC

# load balancer on the internet
AWS::ECS::Gateway Configuration.HostSharedAlb.Scheme=internet-facing
AWS::ElasticLoadBalancing::LoadBalancer Scheme=internet-facing?internet-facing
AWS::ElasticLoadBalancingV2::LoadBalancer Scheme=internet-facing?internet-facing if Type!=gateway

# network interfaces that the block of public access leaves out
AWS::EC2::VPCBlockPublicAccessExclusion InternetGatewayExclusionMode=allow-bidirectional

# {ports} from anywhere
AWS::EC2::SecurityGroup SecurityGroupIngress.*.CidrIp=@anywhere
AWS::EC2::SecurityGroup SecurityGroupIngress.*.CidrIpv6=@anywhere
AWS::EC2::SecurityGroupIngress CidrIp=@anywhere
AWS::EC2::SecurityGroupIngress CidrIpv6=@anywhere
AWS::GameLift::ContainerFleet InstanceInboundPermissions.*.IpRange=@anywhere
AWS::GameLift::Fleet EC2InboundPermissions.*.IpRange=@anywhere
AWS::Lightsail::Instance Networking.Ports.*.Cidrs=@anywhere?0.0.0.0/0
AWS::Lightsail::Instance Networking.Ports.*.Ipv6Cidrs=@anywhere

# SSH from anywhere
AWS::EKS::Nodegroup RemoteAccess.Ec2SshKey=* if RemoteAccess.SourceSecurityGroups!=*

# every address
AWS::CodePipeline::Webhook AuthenticationConfiguration.AllowedIPRange=@anywhere
AWS::EC2::PrefixList Entries.*.Cidr=@anywhere
AWS::MediaConnect::Flow Source.WhitelistCidr=@anywhere
AWS::MediaConnect::FlowOutput CidrAllowList=@anywhere
AWS::MediaConnect::FlowSource WhitelistCidr=@anywhere
AWS::MediaConnect::RouterNetworkInterface Configuration.Public.AllowRules.*.Cidr=@anywhere
AWS::MediaLive::InputSecurityGroup WhitelistRules.*.Cidr=@anywhere
AWS::MediaPackage::OriginEndpoint Whitelist=@anywhere
AWS::RDS::DBSecurityGroup DBSecurityGroupIngress.*.CIDRIP=@anywhere
AWS::RDS::DBSecurityGroupIngress CIDRIP=@anywhere
AWS::Redshift::ClusterSecurityGroupIngress CIDRIP=@anywhere
AWS::Route53GlobalResolver::AccessSource Cidr=@anywhere
AWS::SageMaker::Workforce SourceIpConfig.Cidrs=@anywhere
AWS::StorageGateway::NFSFileShare ClientList=@anywhere
AWS::WorkSpaces::WorkspaceIpGroup UserRules.*.IpRule=@anywhere
AWS::WorkSpacesWeb::IpAccessSettings IpRules.*.IpRange=@anywhere

# network {TargetNetworkCidr} | every user of the VPN
AWS::EC2::ClientVpnAuthorizationRule AuthorizeAllGroups=true
`;

/** Properties that give a resource power over what surrounds it; in the same form. */
export const POWERS = `
# privileged container
AWS::Batch::JobDefinition ContainerProperties.Privileged=true
AWS::Batch::JobDefinition EcsProperties.TaskProperties.*.Containers.*.Privileged=true
AWS::Batch::JobDefinition EksProperties.PodProperties.Containers.*.SecurityContext.Privileged=true
AWS::Batch::JobDefinition EksProperties.PodProperties.InitContainers.*.SecurityContext.Privileged=true
AWS::Batch::JobDefinition NodeProperties.NodeRangeProperties.*.Container.Privileged=true
AWS::Batch::JobDefinition NodeProperties.NodeRangeProperties.*.EcsProperties.TaskProperties.*.Containers.*.Privileged=true
AWS::Batch::JobDefinition NodeProperties.NodeRangeProperties.*.EksProperties.PodProperties.Containers.*.SecurityContext.Privileged=true
AWS::Batch::JobDefinition NodeProperties.NodeRangeProperties.*.EksProperties.PodProperties.InitContainers.*.SecurityContext.Privileged=true
AWS::CodeBuild::Project Environment.PrivilegedMode=true
AWS::ECS::DaemonTaskDefinition ContainerDefinitions.*.Privileged=true
AWS::ECS::TaskDefinition ContainerDefinitions.*.Privileged=true
AWS::GammaDilithium::JobDefinition ContainerProperties.Privileged=true
AWS::GammaDilithium::JobDefinition EcsProperties.TaskProperties.*.Containers.*.Privileged=true
AWS::GammaDilithium::JobDefinition EksProperties.PodProperties.Containers.*.SecurityContext.Privileged=true
AWS::GammaDilithium::JobDefinition EksProperties.PodProperties.InitContainers.*.SecurityContext.Privileged=true
AWS::GammaDilithium::JobDefinition NodeProperties.NodeRangeProperties.*.Container.Privileged=true
AWS::GammaDilithium::JobDefinition NodeProperties.NodeRangeProperties.*.EcsProperties.TaskProperties.*.Containers.*.Privileged=true
AWS::GammaDilithium::JobDefinition NodeProperties.NodeRangeProperties.*.EksProperties.PodProperties.Containers.*.SecurityContext.Privileged=true
AWS::GammaDilithium::JobDefinition NodeProperties.NodeRangeProperties.*.EksProperties.PodProperties.InitContainers.*.SecurityContext.Privileged=true

# processes and memory of the host
AWS::ECS::DaemonTaskDefinition IpcMode=host
AWS::ECS::DaemonTaskDefinition PidMode=host
AWS::ECS::TaskDefinition IpcMode=host
AWS::ECS::TaskDefinition PidMode=host

# remote access to the workspace
AWS::SageMaker::Space SpaceSettings.RemoteAccess=ENABLED

# shell in running containers
AWS::Batch::JobDefinition ContainerProperties.EnableExecuteCommand=true
AWS::Batch::JobDefinition EcsProperties.TaskProperties.*.EnableExecuteCommand=true
AWS::Batch::JobDefinition NodeProperties.NodeRangeProperties.*.Container.EnableExecuteCommand=true
AWS::Batch::JobDefinition NodeProperties.NodeRangeProperties.*.EcsProperties.TaskProperties.*.EnableExecuteCommand=true
AWS::ECS::Daemon EnableExecuteCommand=true
AWS::ECS::Service EnableExecuteCommand=true
AWS::Events::Rule Targets.*.EcsParameters.EnableExecuteCommand=true
AWS::Pipes::Pipe TargetParameters.EcsTaskParameters.EnableExecuteCommand=true
AWS::Scheduler::Schedule Target.EcsParameters.EnableExecuteCommand=true
`;
