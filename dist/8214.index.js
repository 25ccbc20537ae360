const Jt=8214,Qt=[8214],Ht={52785:((ee,U,m)=>{m.d(U,{Q:()=>f});async function f(a,A,E){const y=[],R=a.entries();let h;const P=async()=>{for(const[b,O]of R){if(h)return;try{y[b]=await E(O)}catch(g){h??={error:g}}}};if(await Promise.all(Array.from({length:Math.min(A,a.length)},P)),h)throw h.error;return y}}),16870:((ee,U,m)=>{m.d(U,{tw:()=>Mt,$7:()=>Ut,QZ:()=>be});var f=m(33606),a=m(24211),A=m(72721),E=m(55793),y=m(13272),R=m(63625),h=m(59085),P=m(39567);function b(e,t){if(e===t||t==="")return!0;const n=(0,y.Af)(e);return(0,y.Af)(t).every(i=>n.some(s=>O(s,i)))}function O(e,t){const[n,i]=[g(e.operator),g(t.operator)];return n.name!==i.name||e.key.toLowerCase()!==t.key.toLowerCase()?!1:n.isNegated?w(e.values,t.values,n.name):(!n.isOptional||i.isOptional)&&w(t.values,e.values,n.name)}function g(e){const t=e.toLowerCase().replace(/ifexists$/,"");return{name:t.replace(/(string|arn)(not)?equals$/,"$1$2like"),isNegated:/(^|:)(string|arn|numeric|date)?not/.test(t),isOptional:e.length!==t.length}}const w=(e,t,n)=>(0,R.S)(t).every(i=>(0,R.S)(e).some(s=>T(n)((0,A.b6)(s),(0,A.b6)(i))));function T(e){return e.endsWith("ipaddress")?(t,n)=>t===n||(0,P.v)(t,n):e.endsWith("like")?(t,n)=>t===n||(0,h.h)(t,n):(t,n)=>t===n}const B=`
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
`;var D=m(3784),C=m(594),Z=m(67022);const De={public:(0,C.c_)(B),powerful:(0,C.c_)(j)};function ve(e,t){return["public","powerful"].flatMap(n=>De[n].of(e.type).flatMap(i=>we(i,e).map(s=>({what:Re(i.what,s,t),whom:i.whom,property:s.property,concern:n}))))}function we(e,{properties:t,template:n}){const i=(o,r)=>"named"in o?Ne[o.named]?.(t,n)??!0:(r??[]).some(c=>((0,C.Tm)(c,o)??0)>0===o.met),s=e.conditions.map(o=>"path"in o?o.path:[]);return[...(0,Z.e)(t,e.path,s)].filter(({value:o,beside:r})=>(e.path.length===0||((0,C.Tm)(o,e)??0)>0)&&e.conditions.every((c,u)=>i(c,r[u])))}const Ne={"@reachable":D.kj,"@request":D.ks},Re=(e,{value:t,item:n},i)=>e.replace(/\{(\w+)\}/g,(s,o)=>o==="value"?i(t):o==="ports"?Oe(n,i):i((0,a.ZV)(n,o)));function Oe(e,t){const[n,i]=[(0,A.b6)((0,a.ZV)(e,"FromPort")),(0,A.b6)((0,a.ZV)(e,"ToPort"))];if(n===""||n==="-1"||(0,A.b6)((0,a.ZV)(e,"IpProtocol"))==="-1")return"all ports";const[s,o]=[t((0,a.ZV)(e,"FromPort")),t((0,a.ZV)(e,"ToPort"))];return n===i?`port ${s}`:`ports ${s} to ${o}`}const Te=`
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
`,Le=/^\S+ (?<to>\S+) (?:"(?<words>[^"]+)"|(?<action>\S+)) (?<on>\S+)(?: (?<limits>\S+))?$/,te=(0,C.oW)(Te),ne=new Map,zt=()=>new Map(te.types().map(e=>[e,ie(e)]));function ie(e){const t=ne.get(e)??te.of(e).flatMap(Ge);return ne.set(e,t),t}function Ge(e){const{to:t,words:n,action:i,on:s,limits:o}=Le.exec(e)?.groups??{};return t===void 0||s===void 0?[]:[{to:(0,C.Ci)(t),action:n??(0,C.Ci)(i??""),on:s==="-"?void 0:(0,C.Ci)(s),limits:o?.split(",")??[]}]}function Me(e,t,n){return ie(e).flatMap(i=>Be(i,t,n))}function Be({to:e,action:t,on:n,limits:i},s,o){const r=[typeof t=="string"?[]:t,n??[],...i.map(c=>[c])];return[...(0,Z.e)(s,e,r)].flatMap(({value:c,property:u,beside:d})=>{if(c===void 0||(0,a.Gv)(c)&&Object.keys(c).length===0)return[];const[l,S,...k]=d,L=i.flatMap((G,p)=>{const W=k[p]?.find(v=>v!==void 0);return W===void 0?[]:[[G,o(W)]]}),V=L.length===0?"":JSON.stringify(Object.fromEntries(L));return oe(typeof t=="string"?[t]:l,o).flatMap(G=>oe(n===void 0?[]:S,o).map(p=>({principal:o(c),action:G,resource:p,condition:V,property:u})))})}function oe(e=[],t){const n=e.filter(i=>i!==void 0).map(t);return n.length===0?[""]:n}const Fe=["eks:AssociateAccessPolicy","eks:CreateAccessEntry","iam:AddClientIDToOpenIDConnectProvider","iam:AddUserToGroup","iam:AttachGroupPolicy","iam:AttachRolePolicy","iam:AttachUserPolicy","iam:CreateAccessKey","iam:CreateLoginProfile","iam:CreateOpenIDConnectProvider","iam:CreatePolicyVersion","iam:CreateSAMLProvider","iam:CreateServiceSpecificCredential","iam:DeactivateMFADevice","iam:DeleteRolePermissionsBoundary","iam:DeleteUserPermissionsBoundary","iam:PassRole","iam:PutGroupPolicy","iam:PutRolePermissionsBoundary","iam:PutRolePolicy","iam:PutUserPermissionsBoundary","iam:PutUserPolicy","iam:ResetServiceSpecificCredential","iam:SetDefaultPolicyVersion","iam:UpdateAssumeRolePolicy","iam:UpdateLoginProfile","iam:UpdateOpenIDConnectProviderThumbprint","iam:UpdateSAMLProvider","kms:PutKeyPolicy","organizations:AttachPolicy","organizations:DetachPolicy","organizations:DisablePolicyType","organizations:LeaveOrganization","organizations:UpdatePolicy","rolesanywhere:CreateProfile","rolesanywhere:CreateTrustAnchor","s3:PutAccountPublicAccessBlock","sso:AttachCustomerManagedPolicyReferenceToPermissionSet","sso:AttachManagedPolicyToPermissionSet","sso:CreateAccountAssignment","sso:PutInlinePolicyToPermissionSet","cloudtrail:DeleteTrail","cloudtrail:PutEventSelectors","cloudtrail:StopLogging","cloudtrail:UpdateTrail","config:DeleteConfigurationRecorder","config:StopConfigurationRecorder","guardduty:DeleteDetector","guardduty:UpdateDetector","securityhub:DisableSecurityHub"],Ve=["cloudformation:CreateStack","cloudformation:SetStackPolicy","cloudformation:UpdateStack","codebuild:UpdateProject","codestar:AssociateTeamMember","codestar:CreateProject","datapipeline:PutPipelineDefinition","ec2-instance-connect:SendSSHPublicKey","ec2:ModifyImageAttribute","ec2:ModifyInstanceAttribute","ec2:ModifySnapshotAttribute","ecs:ExecuteCommand","glue:CreateDevEndpoint","glue:UpdateDevEndpoint","glue:UpdateJob","kms:CreateGrant","kms:Decrypt","kms:ReEncryptFrom","lambda:AddPermission","lambda:CreateEventSourceMapping","lambda:CreateFunction","lambda:UpdateFunctionCode","lambda:UpdateFunctionConfiguration","rds-db:connect","rds:ModifyDBClusterSnapshotAttribute","rds:ModifyDBInstance","rds:ModifyDBSnapshotAttribute","redshift:GetClusterCredentials","s3:DeleteObject","s3:GetObject","s3:PutBucketAcl","s3:PutBucketPolicy","s3:PutBucketPublicAccessBlock","s3:PutObject","sagemaker:CreatePresignedDomainUrl","sagemaker:CreatePresignedNotebookInstanceUrl","secretsmanager:BatchGetSecretValue","secretsmanager:GetSecretValue","secretsmanager:PutResourcePolicy","ssm:GetParameter","ssm:GetParameters","ssm:GetParametersByPath","ssm:SendCommand","ssm:StartAutomationExecution","ssm:StartSession","sts:AssumeRole"];function Ue(e){const t=je(e);return t===void 0?e:{...e,concern:t}}function je({effect:e,principal:t,action:n,resource:i,condition:s}){if(e==="Allow"){if(Ze(t))return(0,y.dP)(s)?void 0:"public";if(t.startsWith("Federated: "))return/AssumeRoleWith|^sts:\*/i.test(n)&&!(0,y.ZT)(t,s)?"public":void 0;if(t==="")return $e(n)?"wildcard":xe(n,i,s)?"powerful":void 0}}const Ze=e=>e==="*"||/^\w+: \*$/.test(e)||e.startsWith("all but "),$e=e=>e==="*"||/^([a-z0-9-]+|\*):\*$/i.test(e)||e.startsWith("not ");function xe(e,t,n){return Ke(e)||Je(t)&&!(0,y.YE)(n)&&ze(e)}function se(e){const t=new Map;return n=>{const i=t.get(n);if(i!==void 0)return i;const s=n.toLowerCase(),o=e.some(r=>r.toLowerCase()===s||(0,h.h)(n,r));return t.set(n,o),o}}const Ke=se(Fe),ze=se(Ve);function Je(e){if(e==="*"||e.startsWith("not "))return!0;const t=e.replace(/^\{"Fn::Sub":"(.*)"\}$/,"$1").replaceAll(/\$\{[^}]*\}/g,"x"),[n,,,,i,...s]=t.split(":"),o=i===""?s.join(":"):s.join(":").replace(/^[\w-]+[/:]/,"");return n==="arn"&&/^\*+(\/\*+)*$/.test(o)}const Qe=/^(apigateway|events|s3|ses|sns)\.amazonaws\.com(\.cn)?$/,He=([e,t])=>e!=="FunctionUrlAuthType"||t!=="NONE";function Xe(e){const n=(e.condition===""?[]:Object.entries(JSON.parse(e.condition))).some(He),i=e.principal==="*"||e.principal==="all"||Qe.test(e.principal)?n?void 0:"public":/IAM_ALLOWED_PRINCIPALS|:IAMPrincipals$/.test(e.principal)?"public":/Admin|administrate/i.test(e.action)?"powerful":void 0;return i===void 0?e:{...e,concern:i}}var Ye=m(85660),z=m(67418);function J(e,t,{left:n,whole:i=e}={}){const{Resources:s}=e;return Object.entries((0,a.Gv)(s)?s:{}).flatMap(([o,r])=>{if(n?.has(o)||!(0,a.Gv)(r))return[];const c=(0,a.Gv)(r.Properties)?r.Properties:{},u=(0,A.b6)((0,a.ZV)(r,"Type")),d=[...(0,z.Fn)(u,c,t).map(({isLimit:S,...k})=>S?{logicalId:o,...k}:Ue({logicalId:o,...k})),...nt(u,c,t).map(S=>({logicalId:o,...S})),...ot(u,c,t).map(S=>({logicalId:o,...S})),...Me(u,c,t).map(S=>Xe({logicalId:o,effect:"Allow",...S}))],l=_e(i,{type:u,properties:c},qe(t)).map(S=>({logicalId:o,...S}));return[...d.map(S=>({key:re(S),permission:S})),...l.map(S=>({key:`${re(S)}\0${S.property}`,permission:S}))]})}const re=({logicalId:e,effect:t,principal:n,action:i,resource:s,condition:o})=>[e,t,n,i,s,o].join("\0"),qe=e=>t=>e(t).replace(/^\{"Ref":"([\w:]+)"\}$/,"!Ref $1");function _e(e,{type:t,properties:n},i){const s=(0,Ye.$I)(t,n,i).map(o=>({whom:"*",concern:"public",...o}));return[...ve({type:t,properties:n,template:e},i),...s].map(({what:o,whom:r,property:c,concern:u})=>({effect:"Allow",principal:u==="public"?r:"",action:o,resource:"",condition:"",property:c,concern:u}))}const et=/Administrator|PowerUser|FullAccess|policy\/ReadOnlyAccess/,tt=[[/^AWS::IAM::(Role|User|Group)$/,["ManagedPolicyArns"]],[/^AWS::SSO::PermissionSet$/,["ManagedPolicies","CustomerManagedPolicyReferences"]],[/^AWS::Serverless::(Function|StateMachine)$/,["Policies"]]];function nt(e,t,n){return tt.flatMap(([s,o])=>s.test(e)?o:[]).flatMap(s=>(0,R.S)((0,a.ZV)(t,s)).filter(o=>!(0,a.Gv)(o)||o.Statement===void 0).map(o=>{const r=n(o),c={effect:"Allow",principal:"",action:"managed policy",resource:r},u=et.test(r)?"wildcard":void 0;return{...c,condition:"",property:s,...u&&{concern:u}}}))}const Q="attached to",it=[[/^AWS::IAM::(Managed)?Policy$/,["Roles","Users","Groups"]],[/^AWS::IAM::RolePolicy$/,["RoleName"]],[/^AWS::IAM::UserPolicy$/,["UserName"]],[/^AWS::IAM::GroupPolicy$/,["GroupName"]]];function ot(e,t,n){const i={principal:"",condition:""},s=(0,a.ZV)(t,"PermissionsBoundary");return[...it.flatMap(([r,c])=>r.test(e)?c:[]).flatMap(r=>(0,R.S)((0,a.ZV)(t,r)).map(c=>({...i,effect:"Allow",action:Q,resource:n(c),property:r}))),...s===void 0?[]:[{...i,effect:"Deny",action:"all but the permissions boundary",resource:n(s),property:"PermissionsBoundary"}]]}function st(e,t){const n=At(e,t),[i,s]=[J(e,A.b6,{left:n}),J(t,A.b6,{left:n})],[o,r]=[ae(i),ae(s)],c=ce(e,i,({key:p})=>!r.has(p)),u=ce(t,s,({key:p})=>!o.has(p)),d=p=>X(e,p)&&X(t,p),l=({value:p})=>p.action!==Q||d(p.logicalId),S=s.flatMap(({permission:p})=>p.effect==="Deny"?[p]:[]),k=u.filter(l).map(({value:p,written:W})=>{const v=p.action===Q||c.some(N=>mt(N.value,p)||at(p,N.value,S)),M=p.concern??(v?"widened":void 0);return{kind:"added",...W,...M&&{concern:M}}}),L=c.filter(l).map(({value:p,written:W})=>{const v=p.effect==="Deny"&&(d(p.logicalId)?!S.some(M=>H(M,p))&&!V(p):G(p,u));return{kind:"removed",...W,...v&&{concern:"widened"}}});function V(p){const W=(0,a.ZV)(F(e),p.logicalId);return(0,a.Gv)(W)&&(0,A.b6)((0,a.ZV)(W,"Type")).startsWith("AWS::ApiGateway::")&&c.some(({value:{effect:v,logicalId:M,principal:N,action:xt,resource:Kt}})=>v==="Allow"&&M===p.logicalId&&N===p.principal&&xt===p.action&&Kt===p.resource)}function G(p,W){const v=(0,a.ZV)(F(e),p.logicalId);return((0,a.Gv)(v)?lt(v):[]).some(N=>X(t,N))&&!W.some(N=>N.value.effect==="Deny"&&ct(N.value,p))}return rt(St([...k,...L]),t)}function rt(e,{Resources:t}){const n=r=>{const c=(0,a.Gv)(t)?(0,a.ZV)(t,r):void 0;return(0,a.Gv)(c)&&(0,a.Gv)(c.Properties)?c.Properties:{}},i=r=>{const c=(0,f.Ft)(r)[0]?.name??(0,A.b6)(r),u=(0,a.Gv)(t)?(0,a.ZV)(t,c):void 0,d=(0,a.Gv)(u)&&/^AWS::Lambda::(Alias|Version)$/.test((0,A.b6)(u.Type)),{FunctionName:l}=d?n(c):{};return l===void 0?c:(0,f.Ft)(l)[0]?.name??c},s=e.flatMap(({kind:r,concern:c,logicalId:u})=>{const{TargetFunctionArn:d}=n(u);return r==="added"&&c==="public"&&d!==void 0?[i(d)]:[]}),o=({logicalId:r,concern:c})=>{const{FunctionUrlAuthType:u,InvokedViaFunctionUrl:d,FunctionName:l}=n(r),S=(0,A.b6)(u)==="NONE"||(0,a.AX)(d);return c==="public"&&S&&l!==void 0&&s.includes(i(l))};return e.map(r=>{const{concern:c,...u}=r;return r.kind==="added"&&o(r)?u:r})}function H(e,t){const n=i=>e[i]===t[i]||(0,h.h)(e[i],t[i])||[e[i],t[i]].every(s=>/^(not|all but) /.test(s));return e.effect==="Deny"&&e.logicalId===t.logicalId&&(n("principal")||(0,z.D8)(e.principal))&&n("action")&&n("resource")}const at=(e,t,n)=>t.effect==="Deny"&&H(e,t)&&!n.some(i=>H(i,t)&&b(t.condition,i.condition)),ct=(e,t)=>ut.every(n=>e[n]===t[n]),ut=["principal","action","resource","condition"],lt=e=>Object.entries((0,a.Gv)(e.Properties)?e.Properties:{}).filter(([t])=>!/Document|^ResourcePolicy$|^Policy(Text)?$/.test(t)).flatMap(([,t])=>(0,f.Ft)(t).map(({name:n})=>n)),dt="AWS::ApiGatewayV2::Route",pt="AWS::ApiGateway::Method";function At(e,t){const[n,i]=[F(e),F(t)],s=([o,r])=>{const c=(0,a.Gv)(r)?(0,A.b6)((0,a.ZV)(r,"Type")):"";return c===pt?(0,A.tI)((0,a.ZV)(n,o),r):(0,a.Gv)(r)&&r===(0,a.ZV)(n,o)&&c!==dt};return new Set(Object.entries(i).flatMap(o=>s(o)?[o[0]]:[]))}const F=({Resources:e})=>(0,a.Gv)(e)?e:{},X=(e,t)=>Object.hasOwn(F(e),t),ae=e=>new Set(e.map(({key:t})=>t));function ce(e,t,n){const i=new Set(t.filter(n).map(({permission:{logicalId:u}})=>u));if(i.size===0)return[];const s={...e,Resources:Object.fromEntries(Object.entries(F(e)).filter(([u])=>i.has(u)))},r=J(s,u=>(0,A.b6)(u===void 0?u:(0,E.qm)(u)),{whole:e}),c=t.filter(({permission:{logicalId:u}})=>i.has(u)).flatMap((u,d)=>{const{concern:l,...S}=r[d]?.permission??u.permission;return n(u)?[[u.key,{value:u.permission,written:S}]]:[]});return[...new Map(c).values()]}function St(e){const t=({logicalId:o,effect:r,principal:c,action:u,resource:d,condition:l})=>[o,r,c,u,d,l].join("\0").replace(/[0-9a-f]{64}/g,""),n=o=>new Set(e.filter(r=>r.kind===o).map(t)),[i,s]=[n("added"),n("removed")];return e.filter(o=>!(i.has(t(o))&&s.has(t(o))))}function mt(e,t){if(e.logicalId!==t.logicalId||e.effect!=="Allow"||t.effect!=="Allow"||e.principal!==t.principal&&!Pt(t,e))return!1;const n=o=>t[o]!==e[o]&&(0,h.h)(t[o],e[o]),i=o=>t[o]===e[o],s=e.principal!==t.principal||(0,y.E1)(e.condition)&&!(0,y.E1)(t.condition)||b(e.condition,t.condition)&&!b(t.condition,e.condition);return n("action")&&(n("resource")||i("resource"))||n("resource")&&i("action")||s&&i("action")&&i("resource")}const Pt=(e,t)=>ft(e.principal,t.principal)||(0,z.D8)(e.principal)&&(e.condition===t.condition||!(0,y.E1)(e.condition));function ft(e,t){const n=/^AWS: (?:arn:[\w-]+:iam::)?(\d{12})(?::root)?$/.exec(e)?.[1];return n!==void 0&&t.includes(`:${n}:`)}var ue=m(4133),x=m(95912),Y=m(87502),le=m(64734),gt=m(21017);const de={"AWS::Serverless::Function":["ImageUri","InlineCode"]},ht=e=>e===""||e.startsWith(".")&&gt.NZ.has(e.slice(1));function yt(e,t,n,i){const s=Ct(e),o=({path:u})=>s.some(d=>{const l=`Properties.${d}`;return u.startsWith(l)&&ht(u.slice(l.length))});if(!i.some(o))return{code:void 0,changes:i};const[r,c]=[pe(t,s),pe(n,s)];return{code:{kind:Wt(e),before:r,after:c},changes:i.filter(u=>!o(u))}}function Ct(e){return[...(Object.hasOwn(le.XZ,e)?le.XZ[e]??[]:[]).map(({property:n})=>n),...Object.hasOwn(de,e)&&de[e]||[]]}function Wt(e){return e.endsWith("::LayerVersion")?"layer":/^AWS::(Lambda|Serverless)::(Function|WebFunction|WebFunctionRevision)$/.test(e)?"function":/^AWS::(CloudFormation::Stack|CloudFormation::StackSet|Serverless::Application)$/.test(e)?"nested template":"definition"}function pe(e,t){return t.flatMap(i=>{const s=i.split(".").reduce((o,r)=>(0,a.Gv)(o)?(0,a.ZV)(o,r):void 0,(0,a.ZV)(e,"Properties"));return s===void 0?[]:[s]}).map(bt).join(" ")}function bt(e){const t=(0,E.xi)(e),n=Et(t);return t===e||/^[0-9a-f]{64}$/.test(n)?n:(0,Y.sc)(n)}function Et(e){if((0,a.Gv)(e)&&e.ZipFile!==void 0)return(0,Y.sc)((0,A.A4)(e.ZipFile));const t=(0,a.Gv)(e)?e.S3Key??e.Key??e.ImageUri??e:e,n=typeof t=="string"?t:(0,A.A4)(t),i=/(?:^|[^0-9a-f])([0-9a-f]{64})(?![0-9a-f])/i.exec(n)?.[1];return i?i.toLowerCase():typeof t!="string"||/[\n{]/.test(n)?(0,Y.sc)(n):n.split("/").at(-1)||n}const It=e=>/^AssetParameters[0-9a-f]{64}(S3Bucket|S3VersionKey|ArtifactHash)[0-9A-F]{8}$/i.test(e);var I=m(62507),$=m(52649),kt=m(33589);const Dt=new Set(["Type","Properties","Metadata","IgnoreGlobals"]),Ae="AWS::CloudFormation::Init";function vt(e,t,n){const i=[];for(const r of Se(e,t)){if(Dt.has(r))continue;const c=(0,a.ZV)(e,r),u=(0,a.ZV)(t,r);(0,A.tI)(Pe(r,c),Pe(r,u))||i.push({path:r,before:c,after:u,impact:"update"})}const[s,o]=[me(e),me(t)];return(0,A.tI)(s,o)||i.push({path:`Metadata.${Ae}`,before:s,after:o,impact:"update"}),q((0,a.ZV)(e,"Properties")??{},(0,a.ZV)(t,"Properties")??{},{type:n,path:[],changes:i}),i}function Se(e,t){const n=Object.keys(e);for(const i of Object.keys(t))Object.hasOwn(e,i)||n.push(i);return n}const me=({Metadata:e})=>(0,a.Gv)(e)?(0,a.ZV)(e,Ae):void 0,Pe=(e,t)=>e!=="DependsOn"?t:(Array.isArray(t)?t:t===void 0?[]:[t]).map(A.A4).sort();function q(e,t,n){if((0,A.tI)(e,t))return;const{type:i,path:s,changes:o}=n;if((0,a.Gv)(e)&&(0,a.Gv)(t)&&!(0,x.I9)(e)&&!(0,x.I9)(t))for(const r of Se(e,t))s.push(r),q((0,a.ZV)(e,r),(0,a.ZV)(t,r),n),s.pop();else Array.isArray(e)&&Array.isArray(t)?wt(e,t,n):o.push({path:ge(s),before:e,after:t,impact:(0,$.C)(i,s)})}function wt(e,t,n){const[i,s]=Nt([...e,...t])?[fe(e),fe(t)]:[e,t],o=r=>i.length===1&&s.length===1?[r===i?"-":"+"]:r.map(A.A4);for(const r of(0,kt.F)(o(i),o(s)))n.path.push(r.after??r.before??0),q(r.before===void 0?void 0:i[r.before],r.after===void 0?void 0:s[r.after],n),n.path.pop()}const Nt=e=>e.every(t=>(0,a.Gv)(t)&&typeof t.Key=="string"&&Object.keys(t).every(n=>/^(Key|Value|PropagateAtLaunch)$/.test(n))),K=e=>(0,a.Gv)(e)?(0,a.ws)(e.Key):"",fe=e=>e.toSorted((t,n)=>K(t)<K(n)?-1:K(t)>K(n)?1:0),ge=e=>e.reduce((t,n)=>typeof n=="number"?`${t}[${n}]`:`${t}.${n}`,"Properties");function Rt(e,t){const n=new Map(e.map(c=>[c.logicalId,c])),i=(0,a.Gv)(t.Resources)?t.Resources:{};let s=ye(e);const o=new Set(s.keys()),r=s.size>0?Ot(i):new Map;for(;s.size>0;){const c=new Map;for(const[d,l]of s)for(const{logicalId:S,path:k}of r.get(d)??[]){const L=n.get(S);if(S===d||L&&L.kind!=="changed")continue;const V=ge(k),G=c.get(S)??[];if([...L?.changes??[],...G].some(W=>W.path===V))continue;const p=(0,$.C)(he(i,S),k)==="update"?"update":"may-replace";c.set(S,[...G,{path:V,before:void 0,after:void 0,impact:p,cause:l}])}const u=[...c].map(([d,l])=>Tt(n.get(d),{logicalId:d,type:he(i,d)},i[d],l));for(const d of u)n.set(d.logicalId,d);s=new Map([...ye(u)].filter(([d])=>!o.has(d)));for(const d of s.keys())o.add(d)}return[...n.values()].sort((c,u)=>c.logicalId<u.logicalId?-1:1)}const he=(e,t)=>{const n=e[t];return(0,a.Gv)(n)?(0,A.b6)((0,a.ZV)(n,"Type")):""};function Ot(e){const t=new Map;for(const n of Object.keys(e)){const i=e[n];if((0,a.Gv)(i))for(const{kind:s,name:o,path:r}of(0,f.Ft)((0,a.ZV)(i,"Properties")??{})){if(s!=="Ref"&&s!=="GetAtt")continue;const c={logicalId:n,path:(0,f.Ty)(r)},u=t.get(o);u?u.push(c):t.set(o,[c])}}return t}const ye=e=>new Map(e.flatMap(t=>{if(t.kind!=="changed")return[];if(t.code?.kind==="layer")return[[t.logicalId,`${t.logicalId} gets a new version`]];const n=(0,I.oN)(t);if(t.impact==="update"&&!(n&&t.code))return[];const i=t.impact==="replace"||n&&t.code?"is":"may be";return[[t.logicalId,`${t.logicalId} ${i} ${n?"a new revision":"replaced"}`]]}));function Tt(e,t,n,i){const s=e?.kind==="changed"?e:{kind:"changed",...t,impact:"update",changes:[],code:void 0,losesData:!1},o=s.impact==="update"&&i.some(({impact:r})=>r==="may-replace");return{...s,...o&&{impact:"may-replace",losesData:(0,$.V)(t.type)&&(0,I.mA)((0,a.Gv)(n)?(0,a.ZV)(n,"UpdateReplacePolicy"):void 0)==="nothing"},changes:[...s.changes,...i]}}var Lt=m(41216);const Gt=new Set(["Resources","Outputs","Parameters","Metadata","AWSTemplateFormatVersion"]);function Mt(e,t,n=new Set){const i=e??{Resources:{}},s=new Set([...Object.keys(i),...Object.keys(t)].filter(l=>!Gt.has(l))),[o,r]=[We(i),We(t)],c=st(i,t),u=(0,ue.d)(Rt(jt(o,r),t),{before:i,after:t,iam:c}),d=Ee("Outputs",i.Outputs,t.Outputs);return{resources:u.map(l=>Ft((0,Lt._P)(l,o,r),n)),outputs:[...d.map(l=>Ce(l,n)),...Bt(u,d,t)],parameters:Ee("Parameters",ke(i.Parameters),ke(t.Parameters)).filter(({name:l})=>!It(l)),other:[...s].sort().flatMap(l=>Ie(l,(0,a.ZV)(i,l),(0,a.ZV)(t,l))),iam:(0,ue.bI)(c,u)}}function Bt(e,t,{Outputs:n}){const i=new Set(e.flatMap(o=>o.kind==="changed"&&o.impact==="replace"?[o.logicalId]:[])),s=new Set(t.map(({name:o})=>o));return Object.entries((0,a.Gv)(n)?n:{}).flatMap(([o,r])=>{const c=[...(0,f.Ft)(r)].find(u=>i.has(u.name));return c&&!s.has(o)?[{section:"Outputs",name:o,before:void 0,after:void 0,cause:`${c.name} is replaced`}]:[]})}function Ft(e,t){return e.kind==="removed"?e:e.kind==="added"?{...e,properties:Vt(e.properties)}:{...e,changes:e.changes.map(n=>Ce(n,t))}}const Vt=e=>Object.fromEntries(Object.entries(e).map(([t,n])=>[t,(0,E.qm)(n)]));function Ce(e,t){if(e.cause!==void 0)return e;const{before:n,after:i}=e,s=n===void 0?void 0:(0,E.qm)(n),o=i===void 0?void 0:(0,E.qm)(i);if(s===void 0||o===void 0||!(0,A.tI)(s,o))return{...e,before:s,after:o};const r=new Set([...(0,f.Ft)(o)].map(({name:u})=>u).filter(u=>t.has(u))),c=r.size===0?"what it refers to changes":`parameter${r.size>1?"s":""} ${[...r].join(", ")} ${r.size>1?"change":"changes"}`;return{...e,before:void 0,after:void 0,cause:c}}function Ut(e){return[e.resources,e.outputs,e.parameters,e.other].every(t=>t.length===0)}function We({Resources:e}){const t=(0,a.Gv)(e)?e:{},n=new Map;for(const i of Object.keys(t)){const s=t[i]??null,o=(0,a.Gv)(s)&&!i.startsWith("Fn::");n.set(i,o?s:{Type:/^Fn::\w+/.exec(i)?.[0]??"",Properties:{Value:s}})}return n}function jt(e,t){const n=[...new Set([...e.keys(),...t.keys()])].sort(),i=$t(e,t);return n.flatMap(s=>Zt(s,e.get(s),t.get(s),i.get(s)))}function Zt(e,t,n,i){if(!t){if(!n)return[];const l={kind:"added",logicalId:e,type:(0,I.QP)(n),properties:_(n)};return[i===void 0?l:{...l,renamedFrom:i}]}const s=(0,I.QP)(t);if(!n){const l=(0,I.mA)((0,a.ZV)(t,"DeletionPolicy")??(0,I.IE)(s,_(t)));return[{kind:"removed",logicalId:e,type:s,kept:l,losesData:(0,$.V)(s)&&l==="nothing"}]}const o=(0,I.QP)(n),r=l=>l!=="update"&&(0,$.V)(s)&&(0,I.mA)((0,a.ZV)(n,"UpdateReplacePolicy"))==="nothing";if(s!==o){const l=[s,o].some(k=>k.startsWith("AWS::Serverless::")),S={path:"Type",before:s,after:o,impact:"replace",...!l&&{cause:"CloudFormation refuses to change it: give the new resource an ID of its own"}};return[{kind:"changed",logicalId:e,type:o,impact:"replace",changes:[S],code:void 0,losesData:r("replace")}]}if((0,A.tI)(t,n))return[];const{code:c,changes:u}=yt(o,t,n,vt(t,n,o));if(u.length===0&&!c)return[];const d=be(u);return[{kind:"changed",logicalId:e,type:o,impact:d,changes:u,code:c,losesData:r(d)}]}const _=e=>(0,a.Gv)(e.Properties)?e.Properties:{};function be(e){const t=e.map(({impact:n})=>n);return t.includes("replace")?"replace":t.includes("may-replace")?"may-replace":"update"}function $t(e,t){const n=r=>(0,A.A4)([(0,I.QP)(r),_(r)]),i=new Map,s=new Map,o=(r,c,u)=>{const d=r.get(u);d?d.push(c):r.set(u,[c])};return e.forEach((r,c)=>{!t.has(c)&&!(0,I.LR)(r)&&(0,I.mA)((0,a.ZV)(r,"DeletionPolicy"))!=="resource"&&o(i,c,n(r))}),t.forEach((r,c)=>{e.has(c)||o(s,c,n(r))}),new Map([...s].flatMap(([r,c])=>{const u=i.get(r)??[],[d,l]=[c[0],u[0]];return c.length===1&&u.length===1&&d!==void 0&&l!==void 0?[[d,l]]:[]}))}function Ee(e,t,n){const[i,s]=[(0,a.Gv)(t)?t:{},(0,a.Gv)(n)?n:{}];return[...new Set([...Object.keys(s),...Object.keys(i)])].filter(o=>!(0,A.tI)((0,a.ZV)(i,o),(0,a.ZV)(s,o))).map(o=>({section:e,name:o,before:(0,a.ZV)(i,o),after:(0,a.ZV)(s,o)}))}function Ie(e,t,n,i=[]){if((0,A.tI)(t,n))return[];const[s,o]=i.length===0?[t??{},n??{}]:[t,n];return!(0,a.Gv)(s)||!(0,a.Gv)(o)||(0,x.I9)(s)||(0,x.I9)(o)?[{section:e,name:i.join("."),before:t,after:n}]:[...new Set([...Object.keys(o),...Object.keys(s)])].flatMap(r=>Ie(e,(0,a.ZV)(s,r),(0,a.ZV)(o,r),[...i,r]))}function ke(e){return(0,a.Gv)(e)?Object.fromEntries(Object.entries(e).map(([t,n])=>[t,(0,a.Gv)(n)&&(0,a.AX)((0,a.ZV)(n,"NoEcho"))&&(0,a.ZV)(n,"Default")!==void 0?{...n,Default:"****"}:n])):e}}),41216:((ee,U,m)=>{m.d(U,{Kk:()=>E,Xk:()=>A,_P:()=>y});var f=m(24211),a=m(72721);const A={"AWS::ApiGateway::ApiKey":"Name","AWS::CloudWatch::Alarm":"AlarmName","AWS::CodeDeploy::Application":"ApplicationName","AWS::DynamoDB::GlobalTable":"TableName","AWS::DynamoDB::Table":"TableName","AWS::ECR::Repository":"RepositoryName","AWS::ECS::Cluster":"ClusterName","AWS::ECS::Service":"ServiceName","AWS::ElastiCache::CacheCluster":"ClusterName","AWS::ElasticLoadBalancing::LoadBalancer":"LoadBalancerName","AWS::ElasticLoadBalancingV2::LoadBalancer":"Name","AWS::ElasticLoadBalancingV2::TargetGroup":"Name","AWS::Events::EventBus":"Name","AWS::Events::Rule":"Name","AWS::IAM::Group":"GroupName","AWS::IAM::InstanceProfile":"InstanceProfileName","AWS::IAM::ManagedPolicy":"ManagedPolicyName","AWS::IAM::Role":"RoleName","AWS::IAM::User":"UserName","AWS::Kinesis::Stream":"Name","AWS::Lambda::Function":"FunctionName","AWS::Lambda::WebFunctionEndpoint":"EndpointName","AWS::Logs::LogGroup":"LogGroupName","AWS::RDS::DBCluster":"DBClusterIdentifier","AWS::RDS::DBInstance":"DBInstanceIdentifier","AWS::S3::Bucket":"BucketName","AWS::SNS::Topic":"TopicName","AWS::SQS::Queue":"QueueName","AWS::SSM::Parameter":"Name","AWS::SecretsManager::Secret":"Name","AWS::Serverless::Function":"FunctionName","AWS::Serverless::SimpleTable":"TableName","AWS::Serverless::StateMachine":"Name","AWS::StepFunctions::StateMachine":"StateMachineName"},E={"AWS::ECS::Service":"Cluster","AWS::Events::Rule":"EventBusName","AWS::Lambda::WebFunctionEndpoint":"FunctionName"};function y(P,b,O){if(P.kind==="added")return R(P,b,O);if(P.kind!=="changed"||P.impact==="update")return P;const g=(0,f.ZV)(A,P.type),[w,T]=[b,O].map(D=>D.get(P.logicalId));if(g===void 0||!w||!T||w.Type!==T.Type)return P;const B=(0,f.ZV)(E,P.type);return[g,...B===void 0?[]:[B]].every(D=>P.changes.every(({path:C})=>C!==`Properties.${D}`)&&(0,a.tI)(h(w,D),h(T,D)))&&h(w,g)!==null?{...P,keptName:g}:P}function R(P,b,O){const g=(0,f.ZV)(A,P.type),w=g===void 0?void 0:(0,f.ZV)(P.properties,g);if(g===void 0||w===void 0)return P;const T=(0,f.ZV)(E,P.type),B=[g,...T===void 0?[]:[T]],[j]=[...b].find(([D,C])=>!O.has(D)&&C.Type===P.type&&B.every(Z=>(0,a.tI)(h(C,Z),(0,f.ZV)(P.properties,Z)??null)))??[void 0];return j===void 0?P:{...P,takenName:{property:g,from:j}}}const h=({Properties:P},b)=>((0,f.Gv)(P)?(0,f.ZV)(P,b):void 0)??null})};export{Jt as id,Qt as ids,Ht as modules};
