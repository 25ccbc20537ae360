const _t=8214,en=[8214],tn={52785:((ne,U,m)=>{m.d(U,{Q:()=>g});async function g(a,A,k){const E=[],G=a.entries();let h;const P=async()=>{for(const[D,B]of G){if(h)return;try{E[D]=await k(B)}catch(y){h??={error:y}}}};if(await Promise.all(Array.from({length:Math.min(A,a.length)},P)),h)throw h.error;return E}}),16870:((ne,U,m)=>{m.d(U,{tw:()=>Zt,$7:()=>Kt,QZ:()=>we});var g=m(33606),a=m(24211),A=m(72721),k=m(55793),E=m(13272),G=m(63625),h=m(59085),P=m(39567);function D(e,t){if(e===t||t==="")return!0;const n=(0,E.Af)(e);return(0,E.Af)(t).every(i=>n.some(o=>B(o,i)))}function B(e,t){const[n,i]=[y(e.operator),y(t.operator)];return n.name!==i.name||e.key.toLowerCase()!==t.key.toLowerCase()?!1:n.isNegated?T(e.values,t.values,n.name):(!n.isOptional||i.isOptional)&&T(t.values,e.values,n.name)}function y(e){const t=e.toLowerCase().replace(/ifexists$/,"");return{name:t.replace(/(string|arn)(not)?equals$/,"$1$2like"),isNegated:/(^|:)(string|arn|numeric|date)?not/.test(t),isOptional:e.length!==t.length}}const T=(e,t,n)=>(0,G.S)(t).every(i=>(0,G.S)(e).some(o=>M(n)((0,A.b6)(o),(0,A.b6)(i))));function M(e){return e.endsWith("ipaddress")?(t,n)=>t===n||(0,P.v)(t,n):e.endsWith("like")?(t,n)=>t===n||(0,h.h)(t,n):(t,n)=>t===n}const F=`
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
`,j=`
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
`;var O=m(3784),I=m(594),Z=m(67022);const ie={public:(0,I.c_)(F),powerful:(0,I.c_)(j)},Oe=e=>Object.values(ie).some(t=>t.of(e).length>0);function Te(e,t){return["public","powerful"].flatMap(n=>ie[n].of(e.type).flatMap(i=>Le(i,e).map(o=>({what:Be(i.what,o,t),whom:i.whom,property:o.property,concern:n}))))}function Le(e,{properties:t,template:n}){const i=(s,r)=>"named"in s?Ge[s.named]?.(t,n)??!0:(r??[]).some(c=>((0,I.Tm)(c,s)??0)>0===s.met),o=e.conditions.map(s=>"path"in s?s.path:[]);return(0,Z.e$)(t,e.path,o).filter(({value:s,beside:r})=>(e.path.length===0||((0,I.Tm)(s,e)??0)>0)&&e.conditions.every((c,u)=>i(c,r[u])))}const Ge={"@reachable":O.kj,"@request":O.ks},Be=(e,{value:t,item:n},i)=>e.replace(/\{(\w+)\}/g,(o,s)=>s==="value"?i(t):s==="ports"?Me(n,i):i((0,a.ZV)(n,s)));function Me(e,t){const[n,i]=[(0,A.b6)((0,a.ZV)(e,"FromPort")),(0,A.b6)((0,a.ZV)(e,"ToPort"))];if(n===""||n==="-1"||(0,A.b6)((0,a.ZV)(e,"IpProtocol"))==="-1")return"all ports";const[o,s]=[t((0,a.ZV)(e,"FromPort")),t((0,a.ZV)(e,"ToPort"))];return n===i?`port ${o}`:`ports ${o} to ${s}`}const Fe=`
AWS::ACMPCA::Permission Principal Actions.* CertificateAuthorityArn SourceAccount
AWS::AccountAccess::Entitlement Entitlement.PrincipalRole.Principal.IdentityCenter.{} "become role" Entitlement.PrincipalRole.RoleArn
AWS::CleanRooms::Collaboration Members.*.AccountId Members.*.MemberAbilities.* -
AWS::CodeGuruProfiler::ProfilingGroup AgentPermissions.Principals.* "submit profiles" -
AWS::Config::AggregationAuthorization AuthorizedAccountId "collect configuration" -
AWS::DLM::LifecyclePolicy PolicyDetails.Schedules.*.ShareRules.*.TargetAccounts.* "use snapshots" -
AWS::DataZone::PolicyGrant Principal.{} PolicyType EntityIdentifier
AWS::DataZone::SubscriptionTarget AuthorizedPrincipals.* "use what is subscribed to" -
AWS::EC2::NetworkInterfacePermission AwsAccountId Permission NetworkInterfaceId
AWS::EC2::VPCEndpointServicePermissions AllowedPrincipals.* "create endpoints" ServiceId
AWS::EKS::AccessEntry PrincipalArn AccessPolicies.*.PolicyArn ClusterName
AWS::EKS::AccessEntry PrincipalArn KubernetesGroups.* ClusterName
AWS::EKS::PodIdentityAssociation ServiceAccount "become role" RoleArn Namespace,ClusterName
AWS::EntityResolution::PolicyStatement Principal.* Action.* Arn Condition
AWS::Events::EventBusPolicy Principal Action EventBusName Condition
AWS::GlobalAccelerator::CrossAccountAttachment Principals.* "attach" Resources.*.EndpointId
AWS::Glue::Database DatabaseInput.CreateTableDefaultPermissions.*.Principal.DataLakePrincipalIdentifier "use new tables" -
AWS::IAM::UserToGroupAddition Users.* "belong to group" GroupName
AWS::ImageBuilder::DistributionConfiguration Distributions.*.AmiDistributionConfiguration.LaunchPermissionConfiguration.UserGroups.* "launch images" -
AWS::ImageBuilder::DistributionConfiguration Distributions.*.AmiDistributionConfiguration.LaunchPermissionConfiguration.UserIds.* "launch images" -
AWS::ImageBuilder::DistributionConfiguration Distributions.*.AmiDistributionConfiguration.TargetAccountIds.* "get images" -
AWS::IoT::PolicyPrincipalAttachment Principal "have policy" PolicyName
AWS::IoTSiteWise::AccessPolicy AccessPolicyIdentity.{}.{} AccessPolicyPermission AccessPolicyResource.{}.id
AWS::LakeFormation::DataLakeSettings Admins.*.DataLakePrincipalIdentifier "administrate the data lake" -
AWS::LakeFormation::DataLakeSettings CreateDatabaseDefaultPermissions.*.Principal.DataLakePrincipalIdentifier "use new databases" -
AWS::LakeFormation::DataLakeSettings CreateTableDefaultPermissions.*.Principal.DataLakePrincipalIdentifier "use new tables" -
AWS::LakeFormation::DataLakeSettings ExternalDataFilteringAllowList.*.DataLakePrincipalIdentifier "filter data outside" -
AWS::LakeFormation::DataLakeSettings ReadOnlyAdmins.*.DataLakePrincipalIdentifier "see the data lake" -
AWS::LakeFormation::Permissions DataLakePrincipal.DataLakePrincipalIdentifier Permissions.* Resource
AWS::LakeFormation::PrincipalPermissions Principal.DataLakePrincipalIdentifier Permissions.* Resource
AWS::Lambda::LayerVersionPermission Principal Action LayerVersionArn OrganizationId
AWS::Lambda::Permission Principal Action FunctionName SourceArn,SourceAccount,PrincipalOrgID,EventSourceToken,FunctionUrlAuthType,InvokedViaFunctionUrl
AWS::LicenseManager::Grant Principals.* AllowedOperations.* LicenseArn
AWS::Lightsail::Bucket ReadOnlyAccessAccounts.* "read" -
AWS::Logs::Integration ResourceConfig.OpenSearchResourceConfig.DashboardViewerPrincipals.* "see dashboards" -
AWS::MediaConnect::FlowEntitlement Subscribers.* "subscribe" FlowArn
AWS::OpenSearchServerless::AccessPolicy Policy.@json.*.Principal.* Policy.@json.*.Rules.*.Permission.* -
AWS::QBusiness::DataAccessor Principal "access data" ApplicationId
AWS::QBusiness::Permission Principal Actions.* ApplicationId Conditions
AWS::QuickSight::ActionConnector Permissions.*.Principal Permissions.*.Actions.* -
AWS::QuickSight::Analysis Permissions.*.Principal Permissions.*.Actions.* -
AWS::QuickSight::Assignment Identities.{}.* "have policy" PolicyArn
AWS::QuickSight::Dashboard LinkSharingConfiguration.Permissions.*.Principal LinkSharingConfiguration.Permissions.*.Actions.* -
AWS::QuickSight::Dashboard Permissions.*.Principal Permissions.*.Actions.* -
AWS::QuickSight::DataSet Permissions.*.Principal Permissions.*.Actions.* -
AWS::QuickSight::DataSource Permissions.*.Principal Permissions.*.Actions.* -
AWS::QuickSight::Flow Permissions.*.Principal Permissions.*.Actions.* -
AWS::QuickSight::Folder Permissions.*.Principal Permissions.*.Actions.* -
AWS::QuickSight::KnowledgeBase Permissions.*.Principal Permissions.*.Actions.* -
AWS::QuickSight::Space Permissions.*.Principal Permissions.*.Actions.* -
AWS::QuickSight::Template Permissions.*.Principal Permissions.*.Actions.* -
AWS::QuickSight::Theme Permissions.*.Principal Permissions.*.Actions.* -
AWS::QuickSight::TopicV2 Permissions.*.Principal Permissions.*.Actions.* -
AWS::RAM::PrincipalAssociation Principal "use the share" ResourceShareArn
AWS::RAM::ResourceShare Principals.* "share" ResourceArns.*
AWS::Redshift::EndpointAuthorization Account "create endpoints" ClusterIdentifier VpcIds
AWS::S3::AccessGrant Grantee.GranteeIdentifier Permission AccessGrantsLocationConfiguration.S3SubPrefix ApplicationArn
AWS::SSO::ApplicationAssignment PrincipalId "use application" ApplicationArn
AWS::SSO::Assignment PrincipalId PermissionSetArn TargetId
AWS::SecurityHub::DelegatedAdmin AdminAccountId "administrate Security Hub" -
AWS::SecurityLake::Subscriber SubscriberIdentity.Principal AccessTypes.* DataLakeArn
AWS::ServiceCatalog::PortfolioPrincipalAssociation PrincipalARN "use portfolio" PortfolioId
AWS::ServiceCatalog::PortfolioShare AccountId "use portfolio" PortfolioId
AWS::Shield::DRTAccess RoleArn "let the Shield Response Team act as" -
AWS::Signer::ProfilePermission Principal Action ProfileName
`,Ve=/^\S+ (?<to>\S+) (?:"(?<words>[^"]+)"|(?<action>\S+)) (?<on>\S+)(?: (?<limits>\S+))?$/,oe=(0,I.oW)(Fe),se=new Map,qt=()=>new Map(oe.types().map(e=>[e,J(e)]));function J(e){const t=se.get(e)??oe.of(e).flatMap(Ue);return se.set(e,t),t}function Ue(e){const{to:t,words:n,action:i,on:o,limits:s}=Ve.exec(e)?.groups??{};return t===void 0||o===void 0?[]:[{to:(0,I.Ci)(t),action:n??(0,I.Ci)(i??""),on:o==="-"?void 0:(0,I.Ci)(o),limits:s?.split(",")??[]}]}const je=e=>J(e).length>0;function Ze(e,t,n){return J(e).flatMap(i=>$e(i,t,n))}function $e({to:e,action:t,on:n,limits:i},o,s){const r=[typeof t=="string"?[]:t,n??[],...i.map(c=>[c])];return(0,Z.e$)(o,e,r).flatMap(({value:c,property:u,beside:p})=>{if(c===void 0||(0,a.Gv)(c)&&Object.keys(c).length===0)return[];const[l,S,...C]=p,f=i.flatMap((R,d)=>{const W=C[d]?.find(b=>b!==void 0);return W===void 0?[]:[[R,s(W)]]}),N=f.length===0?"":JSON.stringify(Object.fromEntries(f));return re(typeof t=="string"?[t]:l,s).flatMap(R=>re(n===void 0?[]:S,s).map(d=>({principal:s(c),action:R,resource:d,condition:N,property:u})))})}function re(e=[],t){const n=e.filter(i=>i!==void 0).map(t);return n.length===0?[""]:n}const xe=["eks:AssociateAccessPolicy","eks:CreateAccessEntry","iam:AddClientIDToOpenIDConnectProvider","iam:AddUserToGroup","iam:AttachGroupPolicy","iam:AttachRolePolicy","iam:AttachUserPolicy","iam:CreateAccessKey","iam:CreateLoginProfile","iam:CreateOpenIDConnectProvider","iam:CreatePolicyVersion","iam:CreateSAMLProvider","iam:CreateServiceSpecificCredential","iam:DeactivateMFADevice","iam:DeleteRolePermissionsBoundary","iam:DeleteUserPermissionsBoundary","iam:PassRole","iam:PutGroupPolicy","iam:PutRolePermissionsBoundary","iam:PutRolePolicy","iam:PutUserPermissionsBoundary","iam:PutUserPolicy","iam:ResetServiceSpecificCredential","iam:SetDefaultPolicyVersion","iam:UpdateAssumeRolePolicy","iam:UpdateLoginProfile","iam:UpdateOpenIDConnectProviderThumbprint","iam:UpdateSAMLProvider","kms:PutKeyPolicy","organizations:AttachPolicy","organizations:DetachPolicy","organizations:DisablePolicyType","organizations:LeaveOrganization","organizations:UpdatePolicy","rolesanywhere:CreateProfile","rolesanywhere:CreateTrustAnchor","s3:PutAccountPublicAccessBlock","sso:AttachCustomerManagedPolicyReferenceToPermissionSet","sso:AttachManagedPolicyToPermissionSet","sso:CreateAccountAssignment","sso:PutInlinePolicyToPermissionSet","cloudtrail:DeleteTrail","cloudtrail:PutEventSelectors","cloudtrail:StopLogging","cloudtrail:UpdateTrail","config:DeleteConfigurationRecorder","config:StopConfigurationRecorder","guardduty:DeleteDetector","guardduty:UpdateDetector","securityhub:DisableSecurityHub"],ze=["cloudformation:CreateStack","cloudformation:SetStackPolicy","cloudformation:UpdateStack","codebuild:UpdateProject","codestar:AssociateTeamMember","codestar:CreateProject","datapipeline:PutPipelineDefinition","ec2-instance-connect:SendSSHPublicKey","ec2:ModifyImageAttribute","ec2:ModifyInstanceAttribute","ec2:ModifySnapshotAttribute","ecs:ExecuteCommand","glue:CreateDevEndpoint","glue:UpdateDevEndpoint","glue:UpdateJob","kms:CreateGrant","kms:Decrypt","kms:ReEncryptFrom","lambda:AddPermission","lambda:CreateEventSourceMapping","lambda:CreateFunction","lambda:UpdateFunctionCode","lambda:UpdateFunctionConfiguration","rds-db:connect","rds:ModifyDBClusterSnapshotAttribute","rds:ModifyDBInstance","rds:ModifyDBSnapshotAttribute","redshift:GetClusterCredentials","s3:DeleteObject","s3:GetObject","s3:PutBucketAcl","s3:PutBucketPolicy","s3:PutBucketPublicAccessBlock","s3:PutObject","sagemaker:CreatePresignedDomainUrl","sagemaker:CreatePresignedNotebookInstanceUrl","secretsmanager:BatchGetSecretValue","secretsmanager:GetSecretValue","secretsmanager:PutResourcePolicy","ssm:GetParameter","ssm:GetParameters","ssm:GetParametersByPath","ssm:SendCommand","ssm:StartAutomationExecution","ssm:StartSession","sts:AssumeRole"];function Ke(e){const t=Je(e);return t===void 0?e:{...e,concern:t}}function Je({effect:e,principal:t,action:n,resource:i,condition:o}){if(e==="Allow"){if(Qe(t))return(0,E.dP)(o)?void 0:"public";if(t.startsWith("Federated: "))return/AssumeRoleWith|^sts:\*/i.test(n)&&!(0,E.ZT)(t,o)?"public":void 0;if(t==="")return He(n)?"wildcard":Xe(n,i,o)?"powerful":void 0}}const Qe=e=>e==="*"||/^\w+: \*$/.test(e)||e.startsWith("all but "),He=e=>e==="*"||/^([a-z0-9-]+|\*):\*$/i.test(e)||e.startsWith("not ");function Xe(e,t,n){return Ye(e)||_e(t)&&!(0,E.YE)(n)&&qe(e)}function ae(e){const t=new Map;let n;return i=>{const o=t.get(i);if(o!==void 0)return o;n??=new Set(e.map(r=>r.toLowerCase()));const s=n.has(i.toLowerCase())||(0,h.P)(i)&&e.some(r=>(0,h.h)(i,r));return t.set(i,s),s}}const Ye=ae(xe),qe=ae(ze);function _e(e){if(e==="*"||e.startsWith("not "))return!0;const t=e.replace(/^\{"Fn::Sub":"(.*)"\}$/,"$1").replaceAll(/\$\{[^}]*\}/g,"x"),[n,,,,i,...o]=t.split(":"),s=i===""?o.join(":"):o.join(":").replace(/^[\w-]+[/:]/,"");return n==="arn"&&/^\*+(\/\*+)*$/.test(s)}const et=/^(apigateway|events|s3|ses|sns)\.amazonaws\.com(\.cn)?$/,tt=([e,t])=>e!=="FunctionUrlAuthType"||t!=="NONE";function nt(e){const n=(e.condition===""?[]:Object.entries(JSON.parse(e.condition))).some(tt),i=e.principal==="*"||e.principal==="all"||et.test(e.principal)?n?void 0:"public":/IAM_ALLOWED_PRINCIPALS|:IAMPrincipals$/.test(e.principal)?"public":/Admin|administrate/i.test(e.action)?"powerful":void 0;return i===void 0?e:{...e,concern:i}}var ce=m(85660),x=m(67418);function Q(e,t,{left:n,whole:i=e}={}){const o=(0,a.Gv)(e.Resources)?e.Resources:{},s=[];for(const r of Object.keys(o)){const c=o[r];!n?.has(r)&&(0,a.Gv)(c)&&s.push(...it({logicalId:r,resource:c,template:i},t))}return s}function it({logicalId:e,resource:t,template:n},i){const o=(0,a.Gv)(t.Properties)?t.Properties:{},s=(0,A.b6)((0,a.ZV)(t,"Type")),{speaks:r,opens:c,named:u,attached:p}=ot(s);if(!r&&(0,a.ZV)(o,X)===void 0)return[];const S=[...(0,x.Fn)(s,o,i).map(f=>{const{effect:N,principal:R,action:d,resource:W,condition:b,property:L}=f,w={logicalId:e,effect:N,principal:R,action:d,resource:W,condition:b,property:L};return f.isLimit?w:Ke(w)}),...ut(u,o,i).map(f=>({logicalId:e,...f})),...dt(p,o,i).map(f=>({logicalId:e,...f})),...Ze(s,o,i).map(f=>nt({logicalId:e,effect:"Allow",...f}))].map(f=>({key:le(f),permission:f}));if(!c)return S;const C=rt(n,{type:s,properties:o},st(i)).map(f=>({logicalId:e,...f}));return[...S,...C.map(f=>({key:`${le(f)}\0${f.property}`,permission:f}))]}const ue=new Map;function ot(e){const t=ue.get(e);if(t)return t;const n=u=>u.flatMap(([p,l])=>p.test(e)?l:[]),[i,o]=[n(ct),n(lt)],s=Oe(e)||(0,a.ZV)(ce.sE,e)!==void 0,r=i.length+o.length>0,c={speaks:s||r||(0,x.nV)(e)||je(e),opens:s,named:i,attached:o};return ue.set(e,c),c}const le=({logicalId:e,effect:t,principal:n,action:i,resource:o,condition:s})=>[e,t,n,i,o,s].join("\0"),st=e=>t=>e(t).replace(/^\{"Ref":"([\w:]+)"\}$/,"!Ref $1");function rt(e,{type:t,properties:n},i){const o=(0,ce.$I)(t,n,i).map(s=>({whom:"*",concern:"public",...s}));return[...Te({type:t,properties:n,template:e},i),...o].map(({what:s,whom:r,property:c,concern:u})=>({effect:"Allow",principal:u==="public"?r:"",action:s,resource:"",condition:"",property:c,concern:u}))}const at=/Administrator|PowerUser|FullAccess|policy\/ReadOnlyAccess/,ct=[[/^AWS::IAM::(Role|User|Group)$/,["ManagedPolicyArns"]],[/^AWS::SSO::PermissionSet$/,["ManagedPolicies","CustomerManagedPolicyReferences"]],[/^AWS::Serverless::(Function|StateMachine)$/,["Policies"]]];function ut(e,t,n){return e.flatMap(i=>(0,G.S)((0,a.ZV)(t,i)).filter(o=>!(0,a.Gv)(o)||o.Statement===void 0).map(o=>{const s=n(o),r={effect:"Allow",principal:"",action:"managed policy",resource:s},c=at.test(s)?"wildcard":void 0;return{...r,condition:"",property:i,...c&&{concern:c}}}))}const H="attached to",lt=[[/^AWS::IAM::(Managed)?Policy$/,["Roles","Users","Groups"]],[/^AWS::IAM::RolePolicy$/,["RoleName"]],[/^AWS::IAM::UserPolicy$/,["UserName"]],[/^AWS::IAM::GroupPolicy$/,["GroupName"]]],X="PermissionsBoundary";function dt(e,t,n){const i={principal:"",condition:""},o=(0,a.ZV)(t,X);return[...e.flatMap(s=>(0,G.S)((0,a.ZV)(t,s)).map(r=>({...i,effect:"Allow",action:H,resource:n(r),property:s}))),...o===void 0?[]:[{...i,effect:"Deny",action:"all but the permissions boundary",resource:n(o),property:X}]]}function pt(e,t){const n=yt(e,t),[i,o]=[Q(e,A.b6,{left:n}),Q(t,A.b6,{left:n})],[s,r]=[de(i),de(o)],c=pe(e,i,({key:d})=>!r.has(d)),u=pe(t,o,({key:d})=>!s.has(d)),p=d=>q(e,d)&&q(t,d),l=({value:d})=>d.action!==H||p(d.logicalId),S=o.flatMap(({permission:d})=>d.effect==="Deny"?[d]:[]),C=u.filter(l).map(({value:d,written:W})=>{const b=d.action===H||c.some(w=>Wt(w.value,d)||St(d,w.value,S)),L=d.concern??(b?"widened":void 0);return{kind:"added",...W,...L&&{concern:L}}}),f=c.filter(l).map(({value:d,written:W})=>{const b=d.effect==="Deny"&&(p(d.logicalId)?!S.some(L=>Y(L,d))&&!N(d):R(d,u));return{kind:"removed",...W,...b&&{concern:"widened"}}});function N(d){const W=(0,a.ZV)(V(e),d.logicalId);return(0,a.Gv)(W)&&(0,A.b6)((0,a.ZV)(W,"Type")).startsWith("AWS::ApiGateway::")&&c.some(({value:{effect:b,logicalId:L,principal:w,action:Xt,resource:Yt}})=>b==="Allow"&&L===d.logicalId&&w===d.principal&&Xt===d.action&&Yt===d.resource)}function R(d,W){const b=(0,a.ZV)(V(e),d.logicalId);return((0,a.Gv)(b)?Pt(b):[]).some(w=>q(t,w))&&!W.some(w=>w.value.effect==="Deny"&&mt(w.value,d))}return At(Ct([...C,...f]),t)}function At(e,{Resources:t}){const n=r=>{const c=(0,a.Gv)(t)?(0,a.ZV)(t,r):void 0;return(0,a.Gv)(c)&&(0,a.Gv)(c.Properties)?c.Properties:{}},i=r=>{const c=(0,g.Ft)(r)[0]?.name??(0,A.b6)(r),u=(0,a.Gv)(t)?(0,a.ZV)(t,c):void 0,p=(0,a.Gv)(u)&&/^AWS::Lambda::(Alias|Version)$/.test((0,A.b6)(u.Type)),{FunctionName:l}=p?n(c):{};return l===void 0?c:(0,g.Ft)(l)[0]?.name??c},o=e.flatMap(({kind:r,concern:c,logicalId:u})=>{const{TargetFunctionArn:p}=n(u);return r==="added"&&c==="public"&&p!==void 0?[i(p)]:[]});if(o.length===0)return e;const s=({logicalId:r,concern:c})=>{const{FunctionUrlAuthType:u,InvokedViaFunctionUrl:p,FunctionName:l}=n(r),S=(0,A.b6)(u)==="NONE"||(0,a.AX)(p);return c==="public"&&S&&l!==void 0&&o.includes(i(l))};return e.map(r=>{const{concern:c,...u}=r;return r.kind==="added"&&s(r)?u:r})}function Y(e,t){const n=i=>e[i]===t[i]||(0,h.h)(e[i],t[i])||[e[i],t[i]].every(o=>/^(not|all but) /.test(o));return e.effect==="Deny"&&e.logicalId===t.logicalId&&(n("principal")||(0,x.D8)(e.principal))&&n("action")&&n("resource")}const St=(e,t,n)=>t.effect==="Deny"&&Y(e,t)&&!n.some(i=>Y(i,t)&&D(t.condition,i.condition)),mt=(e,t)=>ft.every(n=>e[n]===t[n]),ft=["principal","action","resource","condition"],Pt=e=>Object.entries((0,a.Gv)(e.Properties)?e.Properties:{}).filter(([t])=>!/Document|^ResourcePolicy$|^Policy(Text)?$/.test(t)).flatMap(([,t])=>(0,g.Ft)(t).map(({name:n})=>n)),gt="AWS::ApiGatewayV2::Route",ht="AWS::ApiGateway::Method";function yt(e,t){const[n,i]=[V(e),V(t)],o=new Set;for(const s of Object.keys(i)){const r=i[s];if(!(0,a.Gv)(r))continue;const c=(0,a.ZV)(n,s),u=(0,A.b6)((0,a.ZV)(r,"Type"));(r===c?u!==gt:u===ht&&(0,A.tI)(c,r))&&o.add(s)}return o}const V=({Resources:e})=>(0,a.Gv)(e)?e:{},q=(e,t)=>Object.hasOwn(V(e),t),de=e=>new Set(e.map(({key:t})=>t));function pe(e,t,n){const i=new Set(t.filter(n).map(({permission:{logicalId:S}})=>S));if(i.size===0)return[];const o=V(e),s=new Set([...i].filter(S=>(0,k.qm)(o[S]??null)!==o[S])),r={...e,Resources:Object.fromEntries([...s].map(S=>[S,o[S]??null]))},u=Q(r,S=>(0,A.b6)(S===void 0?S:(0,k.qm)(S)),{whole:e});let p=0;const l=[];for(const S of t){const{key:C,permission:f}=S;if(!i.has(f.logicalId))continue;const N=s.has(f.logicalId)?u[p++]:S,{concern:R,...d}=(N??S).permission;n(S)&&l.push([C,{value:f,written:d}])}return[...new Map(l).values()]}function Ct(e){const t=({logicalId:s,effect:r,principal:c,action:u,resource:p,condition:l})=>[s,r,c,u,p,l].join("\0").replace(/[0-9a-f]{64}/g,""),n=s=>new Set(e.filter(r=>r.kind===s).map(t)),[i,o]=[n("added"),n("removed")];return i.size===0||o.size===0?e:e.filter(s=>!(i.has(t(s))&&o.has(t(s))))}function Wt(e,t){if(e.logicalId!==t.logicalId||e.effect!=="Allow"||t.effect!=="Allow"||e.principal!==t.principal&&!bt(t,e))return!1;const n=s=>t[s]!==e[s]&&(0,h.h)(t[s],e[s]),i=s=>t[s]===e[s],o=e.principal!==t.principal||(0,E.E1)(e.condition)&&!(0,E.E1)(t.condition)||D(e.condition,t.condition)&&!D(t.condition,e.condition);return n("action")&&(n("resource")||i("resource"))||n("resource")&&i("action")||o&&i("action")&&i("resource")}const bt=(e,t)=>Et(e.principal,t.principal)||(0,x.D8)(e.principal)&&(e.condition===t.condition||!(0,E.E1)(e.condition));function Et(e,t){const n=/^AWS: (?:arn:[\w-]+:iam::)?(\d{12})(?::root)?$/.exec(e)?.[1];return n!==void 0&&t.includes(`:${n}:`)}var Ae=m(4133),z=m(95912),_=m(87502),Se=m(64734),It=m(67744);const me={"AWS::Serverless::Function":["ImageUri","InlineCode"]},kt=e=>e===""||e.startsWith(".")&&It.N.has(e.slice(1));function Dt(e,t,n,i){const o=wt(e),s=({path:u})=>o.some(p=>{const l=`Properties.${p}`;return u.startsWith(l)&&kt(u.slice(l.length))});if(!i.some(s))return{code:void 0,changes:i};const[r,c]=[fe(t,o),fe(n,o)];return{code:{kind:vt(e),before:r,after:c},changes:i.filter(u=>!s(u))}}function wt(e){return[...(Object.hasOwn(Se.XZ,e)?Se.XZ[e]??[]:[]).map(({property:n})=>n),...Object.hasOwn(me,e)&&me[e]||[]]}function vt(e){return e.endsWith("::LayerVersion")?"layer":/^AWS::(Lambda|Serverless)::(Function|WebFunction|WebFunctionRevision)$/.test(e)?"function":/^AWS::(CloudFormation::Stack|CloudFormation::StackSet|Serverless::Application)$/.test(e)?"nested template":"definition"}function fe(e,t){return t.flatMap(i=>{const o=i.split(".").reduce((s,r)=>(0,a.Gv)(s)?(0,a.ZV)(s,r):void 0,(0,a.ZV)(e,"Properties"));return o===void 0?[]:[o]}).map(Nt).join(" ")}function Nt(e){const t=(0,k.xi)(e),n=Rt(t);return t===e||/^[0-9a-f]{64}$/.test(n)?n:(0,_.sc)(n)}function Rt(e){if((0,a.Gv)(e)&&e.ZipFile!==void 0)return(0,_.sc)((0,A.A4)(e.ZipFile));const t=(0,a.Gv)(e)?e.S3Key??e.Key??e.ImageUri??e:e,n=typeof t=="string"?t:(0,A.A4)(t),i=/(?:^|[^0-9a-f])([0-9a-f]{64})(?![0-9a-f])/i.exec(n)?.[1];return i?i.toLowerCase():typeof t!="string"||/[\n{]/.test(n)?(0,_.sc)(n):n.split("/").at(-1)||n}const Ot=e=>/^AssetParameters[0-9a-f]{64}(S3Bucket|S3VersionKey|ArtifactHash)[0-9A-F]{8}$/i.test(e);var v=m(62507),$=m(52649),Tt=m(33589);const Lt=new Set(["Type","Properties","Metadata","IgnoreGlobals"]),Pe="AWS::CloudFormation::Init";function Gt(e,t,n){const i=[];for(const r of ge(e,t)){if(Lt.has(r))continue;const c=(0,a.ZV)(e,r),u=(0,a.ZV)(t,r);(0,A.tI)(ye(r,c),ye(r,u))||i.push({path:r,before:c,after:u,impact:"update"})}const[o,s]=[he(e),he(t)];return(0,A.tI)(o,s)||i.push({path:`Metadata.${Pe}`,before:o,after:s,impact:"update"}),ee((0,a.ZV)(e,"Properties")??{},(0,a.ZV)(t,"Properties")??{},{type:n,path:[],changes:i}),i}function ge(e,t){const n=Object.keys(e);for(const i of Object.keys(t))Object.hasOwn(e,i)||n.push(i);return n}const he=({Metadata:e})=>(0,a.Gv)(e)?(0,a.ZV)(e,Pe):void 0,ye=(e,t)=>e!=="DependsOn"?t:(Array.isArray(t)?t:t===void 0?[]:[t]).map(A.A4).sort();function ee(e,t,n){if(e===t)return;const{type:i,path:o,changes:s}=n;if((0,a.Gv)(e)&&(0,a.Gv)(t)&&!(0,z.I9)(e)&&!(0,z.I9)(t))for(const r of ge(e,t))o.push(r),ee((0,a.ZV)(e,r),(0,a.ZV)(t,r),n),o.pop();else{if((0,A.tI)(e,t))return;Array.isArray(e)&&Array.isArray(t)?Bt(e,t,n):s.push({path:We(o),before:e,after:t,impact:(0,$.CZ)(i,o)})}}function Bt(e,t,n){const[i,o]=Mt([...e,...t])?[Ce(e),Ce(t)]:[e,t],s=r=>i.length===1&&o.length===1?[r===i?"-":"+"]:r.map(A.A4);for(const r of(0,Tt.F)(s(i),s(o)))n.path.push(r.after??r.before??0),ee(r.before===void 0?void 0:i[r.before],r.after===void 0?void 0:o[r.after],n),n.path.pop()}const Mt=e=>e.every(t=>(0,a.Gv)(t)&&typeof t.Key=="string"&&Object.keys(t).every(n=>/^(Key|Value|PropagateAtLaunch)$/.test(n))),K=e=>(0,a.Gv)(e)?(0,a.ws)(e.Key):"",Ce=e=>e.toSorted((t,n)=>K(t)<K(n)?-1:K(t)>K(n)?1:0),We=e=>e.reduce((t,n)=>typeof n=="number"?`${t}[${n}]`:`${t}.${n}`,"Properties");function Ft(e,t){const n=new Map(e.map(u=>[u.logicalId,u])),i=(0,a.Gv)(t.Resources)?t.Resources:{};let o=Ie(e);const s=new Set(o.keys());let r=o.size>0?Ee(i,new Set(s)):new Map,c=!1;for(;o.size>0;){const u=new Map;for(const[l,S]of o)for(const{logicalId:C,path:f}of r.get(l)??[]){const N=n.get(C);if(C===l||N&&N.kind!=="changed")continue;const R=We(f),d=u.get(C)??[];if([...N?.changes??[],...d].some(b=>b.path===R))continue;const W=(0,$.CZ)(be(i,C),f)==="update"?"update":"may-replace";u.set(C,[...d,{path:R,before:void 0,after:void 0,impact:W,cause:S}])}const p=[...u].map(([l,S])=>Vt(n.get(l),{logicalId:l,type:be(i,l)},i[l],S));for(const l of p)n.set(l.logicalId,l);o=new Map([...Ie(p)].filter(([l])=>!s.has(l)));for(const l of o.keys())s.add(l);o.size>0&&!c&&(r=Ee(i),c=!0)}return[...n.values()].sort((u,p)=>u.logicalId<p.logicalId?-1:1)}const be=(e,t)=>{const n=e[t];return(0,a.Gv)(n)?(0,A.b6)((0,a.ZV)(n,"Type")):""};function Ee(e,t){const n=new Map;for(const i of Object.keys(e)){const o=e[i];if((0,a.Gv)(o))for(const{kind:s,name:r,path:c}of(0,g.Ft)((0,a.ZV)(o,"Properties")??{},[],t)){if(s!=="Ref"&&s!=="GetAtt")continue;const u={logicalId:i,path:(0,g.Ty)(c)},p=n.get(r);p?p.push(u):n.set(r,[u])}}return n}const Ie=e=>new Map(e.flatMap(t=>{if(t.kind!=="changed")return[];if(t.code?.kind==="layer")return[[t.logicalId,`${t.logicalId} gets a new version`]];const n=(0,v.oN)(t);if(t.impact==="update"&&!(n&&t.code))return[];const i=t.impact==="replace"||n&&t.code?"is":"may be";return[[t.logicalId,`${t.logicalId} ${i} ${n?"a new revision":"replaced"}`]]}));function Vt(e,t,n,i){const o=e?.kind==="changed"?e:{kind:"changed",...t,impact:"update",changes:[],code:void 0,losesData:!1},s=o.impact==="update"&&i.some(({impact:r})=>r==="may-replace");return{...o,...s&&{impact:"may-replace",losesData:(0,$.VU)(t.type)&&(0,v.mA)((0,a.Gv)(n)?(0,a.ZV)(n,"UpdateReplacePolicy"):void 0)==="nothing"},changes:[...o.changes,...i]}}var Ut=m(41216);const jt=new Set(["Resources","Outputs","Parameters","Metadata","AWSTemplateFormatVersion"]);function Zt(e,t,n=new Set){const i=e??{Resources:{}},o=new Set([...Object.keys(i),...Object.keys(t)].filter(l=>!jt.has(l))),[s,r]=[De(i),De(t)],c=pt(i,t),u=(0,Ae.d)(Ft(Jt(s,r),t),{before:i,after:t,iam:c}),p=ve("Outputs",i.Outputs,t.Outputs);return{resources:u.map(l=>xt((0,Ut._P)(l,s,r),n)),outputs:[...p.map(l=>ke(l,n)),...$t(u,p,t)],parameters:ve("Parameters",Re(i.Parameters),Re(t.Parameters)).filter(({name:l})=>!Ot(l)),other:[...o].sort().flatMap(l=>Ne(l,(0,a.ZV)(i,l),(0,a.ZV)(t,l))),iam:(0,Ae.bI)(c,u)}}function $t(e,t,{Outputs:n}){const i=new Set(e.flatMap(s=>s.kind==="changed"&&s.impact==="replace"?[s.logicalId]:[])),o=new Set(t.map(({name:s})=>s));return Object.entries((0,a.Gv)(n)?n:{}).flatMap(([s,r])=>{const c=[...(0,g.Ft)(r)].find(u=>i.has(u.name));return c&&!o.has(s)?[{section:"Outputs",name:s,before:void 0,after:void 0,cause:`${c.name} is replaced`}]:[]})}function xt(e,t){return e.kind==="removed"?e:e.kind==="added"?{...e,properties:zt(e.properties)}:{...e,changes:e.changes.map(n=>ke(n,t))}}const zt=e=>Object.fromEntries(Object.entries(e).map(([t,n])=>[t,(0,k.qm)(n)]));function ke(e,t){if(e.cause!==void 0)return e;const{before:n,after:i}=e,o=n===void 0?void 0:(0,k.qm)(n),s=i===void 0?void 0:(0,k.qm)(i);if(o===void 0||s===void 0||!(0,A.tI)(o,s))return{...e,before:o,after:s};const r=new Set([...(0,g.Ft)(s)].map(({name:u})=>u).filter(u=>t.has(u))),c=r.size===0?"what it refers to changes":`parameter${r.size>1?"s":""} ${[...r].join(", ")} ${r.size>1?"change":"changes"}`;return{...e,before:void 0,after:void 0,cause:c}}function Kt(e){return[e.resources,e.outputs,e.parameters,e.other].every(t=>t.length===0)}function De({Resources:e}){const t=(0,a.Gv)(e)?e:{},n=new Map;for(const i of Object.keys(t)){const o=t[i]??null,s=(0,a.Gv)(o)&&!i.startsWith("Fn::");n.set(i,s?o:{Type:/^Fn::\w+/.exec(i)?.[0]??"",Properties:{Value:o}})}return n}function Jt(e,t){const n=[];for(const[o,s]of e)t.get(o)!==s&&n.push(o);for(const o of t.keys())e.has(o)||n.push(o);const i=Ht(e,t);return n.sort().flatMap(o=>Qt(o,e.get(o),t.get(o),i.get(o)))}function Qt(e,t,n,i){if(!t){if(!n)return[];const l={kind:"added",logicalId:e,type:(0,v.QP)(n),properties:te(n)};return[i===void 0?l:{...l,renamedFrom:i}]}const o=(0,v.QP)(t);if(!n){const l=(0,v.mA)((0,a.ZV)(t,"DeletionPolicy")??(0,v.IE)(o,te(t)));return[{kind:"removed",logicalId:e,type:o,kept:l,losesData:(0,$.VU)(o)&&l==="nothing"}]}const s=(0,v.QP)(n),r=l=>l!=="update"&&(0,$.VU)(o)&&(0,v.mA)((0,a.ZV)(n,"UpdateReplacePolicy"))==="nothing";if(o!==s){const l=[o,s].some(C=>C.startsWith("AWS::Serverless::")),S={path:"Type",before:o,after:s,impact:"replace",...!l&&{cause:"CloudFormation refuses to change it: give the new resource an ID of its own"}};return[{kind:"changed",logicalId:e,type:s,impact:"replace",changes:[S],code:void 0,losesData:r("replace")}]}const{code:c,changes:u}=Dt(s,t,n,Gt(t,n,s));if(u.length===0&&!c)return[];const p=we(u);return[{kind:"changed",logicalId:e,type:s,impact:p,changes:u,code:c,losesData:r(p)}]}const te=e=>(0,a.Gv)(e.Properties)?e.Properties:{};function we(e){const t=e.map(({impact:n})=>n);return t.includes("replace")?"replace":t.includes("may-replace")?"may-replace":"update"}function Ht(e,t){const n=r=>(0,A.A4)([(0,v.QP)(r),te(r)]),i=new Map,o=new Map,s=(r,c,u)=>{const p=r.get(u);p?p.push(c):r.set(u,[c])};return e.forEach((r,c)=>{!t.has(c)&&!(0,v.LR)(r)&&(0,v.mA)((0,a.ZV)(r,"DeletionPolicy"))!=="resource"&&s(i,c,n(r))}),t.forEach((r,c)=>{e.has(c)||s(o,c,n(r))}),new Map([...o].flatMap(([r,c])=>{const u=i.get(r)??[],[p,l]=[c[0],u[0]];return c.length===1&&u.length===1&&p!==void 0&&l!==void 0?[[p,l]]:[]}))}function ve(e,t,n){const[i,o]=[(0,a.Gv)(t)?t:{},(0,a.Gv)(n)?n:{}];return[...new Set([...Object.keys(o),...Object.keys(i)])].filter(s=>!(0,A.tI)((0,a.ZV)(i,s),(0,a.ZV)(o,s))).map(s=>({section:e,name:s,before:(0,a.ZV)(i,s),after:(0,a.ZV)(o,s)}))}function Ne(e,t,n,i=[]){if((0,A.tI)(t,n))return[];const[o,s]=i.length===0?[t??{},n??{}]:[t,n];return!(0,a.Gv)(o)||!(0,a.Gv)(s)||(0,z.I9)(o)||(0,z.I9)(s)?[{section:e,name:i.join("."),before:t,after:n}]:[...new Set([...Object.keys(s),...Object.keys(o)])].flatMap(r=>Ne(e,(0,a.ZV)(o,r),(0,a.ZV)(s,r),[...i,r]))}function Re(e){return(0,a.Gv)(e)?Object.fromEntries(Object.entries(e).map(([t,n])=>[t,(0,a.Gv)(n)&&(0,a.AX)((0,a.ZV)(n,"NoEcho"))&&(0,a.ZV)(n,"Default")!==void 0?{...n,Default:"****"}:n])):e}}),41216:((ne,U,m)=>{m.d(U,{Kk:()=>k,Xk:()=>A,_P:()=>E});var g=m(24211),a=m(72721);const A={"AWS::ApiGateway::ApiKey":"Name","AWS::CloudWatch::Alarm":"AlarmName","AWS::CodeDeploy::Application":"ApplicationName","AWS::DynamoDB::GlobalTable":"TableName","AWS::DynamoDB::Table":"TableName","AWS::ECR::Repository":"RepositoryName","AWS::ECS::Cluster":"ClusterName","AWS::ECS::Service":"ServiceName","AWS::ElastiCache::CacheCluster":"ClusterName","AWS::ElasticLoadBalancing::LoadBalancer":"LoadBalancerName","AWS::ElasticLoadBalancingV2::LoadBalancer":"Name","AWS::ElasticLoadBalancingV2::TargetGroup":"Name","AWS::Events::EventBus":"Name","AWS::Events::Rule":"Name","AWS::IAM::Group":"GroupName","AWS::IAM::InstanceProfile":"InstanceProfileName","AWS::IAM::ManagedPolicy":"ManagedPolicyName","AWS::IAM::Role":"RoleName","AWS::IAM::User":"UserName","AWS::Kinesis::Stream":"Name","AWS::Lambda::Function":"FunctionName","AWS::Lambda::WebFunctionEndpoint":"EndpointName","AWS::Logs::LogGroup":"LogGroupName","AWS::RDS::DBCluster":"DBClusterIdentifier","AWS::RDS::DBInstance":"DBInstanceIdentifier","AWS::S3::Bucket":"BucketName","AWS::SNS::Topic":"TopicName","AWS::SQS::Queue":"QueueName","AWS::SSM::Parameter":"Name","AWS::SecretsManager::Secret":"Name","AWS::Serverless::Function":"FunctionName","AWS::Serverless::SimpleTable":"TableName","AWS::Serverless::StateMachine":"Name","AWS::StepFunctions::StateMachine":"StateMachineName"},k={"AWS::ECS::Service":"Cluster","AWS::Events::Rule":"EventBusName","AWS::Lambda::WebFunctionEndpoint":"FunctionName"};function E(P,D,B){if(P.kind==="added")return G(P,D,B);if(P.kind!=="changed"||P.impact==="update")return P;const y=(0,g.ZV)(A,P.type),[T,M]=[D,B].map(O=>O.get(P.logicalId));if(y===void 0||!T||!M||T.Type!==M.Type)return P;const F=(0,g.ZV)(k,P.type);return[y,...F===void 0?[]:[F]].every(O=>P.changes.every(({path:I})=>I!==`Properties.${O}`)&&(0,a.tI)(h(T,O),h(M,O)))&&h(T,y)!==null?{...P,keptName:y}:P}function G(P,D,B){const y=(0,g.ZV)(A,P.type),T=y===void 0?void 0:(0,g.ZV)(P.properties,y);if(y===void 0||T===void 0)return P;const M=(0,g.ZV)(k,P.type),F=[y,...M===void 0?[]:[M]],[j]=[...D].find(([O,I])=>!B.has(O)&&I.Type===P.type&&F.every(Z=>(0,a.tI)(h(I,Z),(0,g.ZV)(P.properties,Z)??null)))??[void 0];return j===void 0?P:{...P,takenName:{property:y,from:j}}}const h=({Properties:P},D)=>((0,g.Gv)(P)?(0,g.ZV)(P,D):void 0)??null})};export{_t as id,en as ids,tn as modules};
