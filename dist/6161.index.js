const se=6161,Se=[6161],ce={33589:((Y,F,u)=>{u.d(F,{F:()=>p});const E=25e4;function p(m,K){let c=0;for(;c<m.length&&c<K.length&&m[c]===K[c];)c++;let D=0;const h=Math.min(m.length,K.length)-c;for(;D<h&&m[m.length-1-D]===K[K.length-1-D];)D++;const b=m.slice(c,m.length-D),l=K.slice(c,K.length-D),y=b.length*l.length>E?[]:f(b,l),v=[];let[d,C]=[0,0];for(const[P,g]of[...y,[b.length,l.length]]){for(;d<P||C<g;)v.push({before:d<P?c+d++:void 0,after:C<g?c+C++:void 0});[d,C]=[P+1,g+1]}return v}function f(m,K){const c=K.length+1,D=new Uint32Array((m.length+1)*c),h=(l,y)=>D[l*c+y]??0;for(let l=m.length-1;l>=0;l--)for(let y=K.length-1;y>=0;y--)D[l*c+y]=m[l]===K[y]?h(l+1,y+1)+1:Math.max(h(l+1,y),h(l,y+1));const b=[];for(let l=0,y=0;l<m.length&&y<K.length;)m[l]===K[y]?b.push([l++,y++]):h(l+1,y)>=h(l,y+1)?l++:y++;return b}}),85660:((Y,F,u)=>{u.d(F,{$I:()=>v,CF:()=>l,E2:()=>H,SR:()=>y,cq:()=>b,g:()=>C,kd:()=>N,m0:()=>J,sE:()=>D});var E=u(24211),p=u(63625),f=u(72721),m=u(55793),K=u(97706),c=u(3784);const D={"AWS::ApiGateway::RestApi":"Body","AWS::ApiGatewayV2::Api":"Body"},h=/^(get|put|post|delete|patch|head|trace|x-amazon-apigateway-any-method)$/i;function b(o,s){const W=(0,E.ZV)(D,o),I=W===void 0?void 0:(0,E.ZV)(s,W),B=I===void 0?void 0:(0,K.l)(I);return(0,E.Gv)(B)?B:void 0}function l(o,s,W){const I=b(o,s);return I===void 0?[]:Object.entries(_(I.paths)).flatMap(([B,L])=>j(L).flatMap(G=>Object.entries(G).flatMap(([w,U])=>{if(!h.test(w))return[];const Z=/any-method/i.test(w)?"ANY":w.toUpperCase(),Q=B==="$default"?B:`${Z} ${W(B)}`,X=`${D[o]}.paths.${B}.${w}`;return j(U).map(q=>({route:Q,property:X,operation:q,document:I}))})))}const y=o=>`route ${o} without authorizer`;function v(o,s,W){const I=b(o,s);if(I===void 0||!P(s,I))return[];const B=l(o,s,W).filter(({operation:L})=>d(L,I));return[...new Set(B.map(({route:L})=>L))].map(L=>({what:y(L),property:D[o]??""}))}function d(o,s){const W=C(o);return W==="AWS_IAM"?!1:O(o,s.security)||W==="NONE"&&!z(o,s)}function C(o){const s=(0,E.ZV)(o,"x-amazon-apigateway-auth"),W=s===void 0?s:(0,m.K$)(s)??s;return(0,f.b6)((0,E.Gv)(W)?W.type??"":W??"").toUpperCase()}function P(o,s){const W=(0,E.ZV)(s,"x-amazon-apigateway-policy");return(0,c.XC)(W===void 0?o:{Policy:W,...o})}const g=o=>o==="NONE"||o==="api_key_false";function O({security:o},s){const W=o??s;return W===void 0||(0,p.S)(W).length===0||(0,p.S)(W).some(I=>(0,E.Gv)(I)&&Object.keys(I).every(g))}function H({security:o},s){const W=o??s.security,{securitySchemes:I}=_(s.components),B={..._(I),..._(s.securityDefinitions)};return(0,p.S)(W).flatMap(L=>Object.entries(_(L)).filter(([G])=>!g(G)).map(([G,w])=>{const U=(0,E.ZV)(B,G);return{name:G,scopes:(0,p.S)(w),definition:(0,E.Gv)(U)?U:void 0}}))}const V=["x-amazon-apigateway-authorizer","x-amazon-apigateway-authtype"],N=({definition:o={}})=>V.some(s=>(0,E.ZV)(o,s)!==void 0),J=o=>(0,f.b6)(o.definition?.type)==="apiKey"&&!N(o),z=(o,s)=>H(o,s).some(J),j=o=>(0,p.S)((0,m.K$)(o)??o).filter(E.Gv);function _(o){const s=o===void 0?void 0:(0,m.K$)(o)??o;return(0,E.Gv)(s)?s:{}}}),4133:((Y,F,u)=>{u.d(F,{d:()=>j,gN:()=>J,bI:()=>_});var E=u(33606),p=u(24211),f=u(72721),m=u(55793);const K=`
# encryption at rest
AWS::ApiGateway::Stage MethodSettings.*.CacheDataEncrypted=true
AWS::AppSync::ApiCache AtRestEncryptionEnabled=true
AWS::Athena::WorkGroup WorkGroupConfiguration.ResultConfiguration.EncryptionConfiguration.EncryptionOption=*
AWS::AutoScaling::LaunchConfiguration BlockDeviceMappings.*.Ebs.Encrypted=true
AWS::BedrockAgentCore::CapacityProvider ComputeConfiguration.Ec2Configuration.LaunchTemplateSource.LaunchParameters.EphemeralVolumes.*.Ebs.Encrypted=true
AWS::BedrockAgentCore::CapacityProvider ComputeConfiguration.Ec2Configuration.RootVolume.Encrypted=true
AWS::BedrockAgentCore::CapacityProvider ComputeConfiguration.Ec2Configuration.Volumes.*.EbsConfiguration.Encrypted=true
AWS::CodeBuild::Project Artifacts.EncryptionDisabled=false?false
AWS::CodeBuild::Project LogsConfig.S3Logs.EncryptionDisabled=false?false
AWS::CodeBuild::Project SecondaryArtifacts.*.EncryptionDisabled=false?false
AWS::CodeBuild::ReportGroup ExportConfig.S3Destination.EncryptionDisabled=false?false
AWS::DAX::Cluster SSESpecification.SSEEnabled=true
AWS::DLM::LifecyclePolicy PolicyDetails.Actions.*.CrossRegionCopy.*.EncryptionConfiguration.Encrypted=true
AWS::DLM::LifecyclePolicy PolicyDetails.Schedules.*.CrossRegionCopyRules.*.Encrypted=true
AWS::DRS::ReplicationConfigurationTemplate EbsEncryption=DEFAULT|CUSTOM
AWS::DocDB::DBCluster StorageEncrypted=true
AWS::DocDB::GlobalCluster StorageEncrypted=true
AWS::DynamoDB::GlobalTable SSESpecification.SSEEnabled=true
AWS::DynamoDB::Table SSESpecification.SSEEnabled=true
AWS::EC2::EC2Fleet LaunchTemplateConfigs.*.Overrides.*.BlockDeviceMappings.*.Ebs.Encrypted=true
AWS::EC2::Instance BlockDeviceMappings.*.Ebs.Encrypted=true
AWS::EC2::LaunchTemplate LaunchTemplateData.BlockDeviceMappings.*.Ebs.Encrypted=true
AWS::EC2::SpotFleet SpotFleetRequestConfigData.LaunchSpecifications.*.BlockDeviceMappings.*.Ebs.Encrypted=true
AWS::EC2::Volume Encrypted=true
AWS::ECR::Repository EncryptionConfiguration.EncryptionType=AES256<KMS<KMS_DSSE?AES256
AWS::ECR::RepositoryCreationTemplate EncryptionConfiguration.EncryptionType=AES256<KMS<KMS_DSSE?AES256
AWS::ECS::Cluster Configuration.ExecuteCommandConfiguration.LogConfiguration.CloudWatchEncryptionEnabled=true
AWS::ECS::Cluster Configuration.ExecuteCommandConfiguration.LogConfiguration.S3EncryptionEnabled=true
AWS::ECS::Service VolumeConfigurations.*.ManagedEBSVolume.Encrypted=true
AWS::EFS::FileSystem Encrypted=true
AWS::EKS::Cluster EncryptionConfig=@count
AWS::EMR::Cluster SecurityConfiguration=*
AWS::EMRContainers::SecurityConfiguration SecurityConfigurationData.EncryptionConfiguration.AtRestEncryptionConfiguration=*
AWS::ElastiCache::ReplicationGroup AtRestEncryptionEnabled=true
AWS::Elasticsearch::Domain EncryptionAtRestOptions.Enabled=true
AWS::Glue::Crawler CrawlerSecurityConfiguration=*
AWS::Glue::DataCatalogEncryptionSettings DataCatalogEncryptionSettings.ConnectionPasswordEncryption.ReturnConnectionPasswordEncrypted=true
AWS::Glue::DataCatalogEncryptionSettings DataCatalogEncryptionSettings.EncryptionAtRest.CatalogEncryptionMode=SSE-KMS|SSE-KMS-WITH-SERVICE-ROLE
AWS::Glue::DevEndpoint SecurityConfiguration=*
AWS::Glue::Job SecurityConfiguration=*
AWS::Glue::MLTransform TransformEncryption.MLUserDataEncryption.MLUserDataEncryptionMode=SSE-KMS
AWS::Glue::SecurityConfiguration EncryptionConfiguration.CloudWatchEncryption.CloudWatchEncryptionMode=SSE-KMS
AWS::Glue::SecurityConfiguration EncryptionConfiguration.JobBookmarksEncryption.JobBookmarksEncryptionMode=CSE-KMS
AWS::Glue::SecurityConfiguration EncryptionConfiguration.S3Encryptions.*.S3EncryptionMode=SSE-KMS|SSE-S3
AWS::Glue::Trigger Actions.*.SecurityConfiguration=*
AWS::IAM::SAMLProvider AssertionEncryptionMode=Allowed<Required?Allowed
AWS::ImageBuilder::ContainerRecipe InstanceConfiguration.BlockDeviceMappings.*.Ebs.Encrypted=true
AWS::ImageBuilder::ImageRecipe BlockDeviceMappings.*.Ebs.Encrypted=true
AWS::Kinesis::Channel EncryptionConfiguration.EncryptionType=KMS
AWS::Kinesis::Stream StreamEncryption.EncryptionType=KMS
AWS::KinesisFirehose::DeliveryStream DeliveryStreamEncryptionConfigurationInput=*
AWS::Location::Tracker KmsKeyEnableGeospatialQueries=false?false
AWS::MGN::LaunchConfigurationTemplate EnableParametersEncryption=true
AWS::Neptune::DBCluster StorageEncrypted=true
AWS::Neptune::GlobalCluster StorageEncrypted=true
AWS::OpenSearchService::Domain EncryptionAtRestOptions.Enabled=true
AWS::OpsWorks::Layer VolumeConfigurations.*.Encrypted=true
AWS::RDS::DBCluster StorageEncrypted=true
AWS::RDS::DBInstance StorageEncrypted=true
AWS::RDS::GlobalCluster StorageEncrypted=true
AWS::Redshift::Cluster Encrypted=true
AWS::S3::Bucket BucketEncryption.ServerSideEncryptionConfiguration.[0].ServerSideEncryptionByDefault.SSEAlgorithm=AES256<aws:kms<aws:kms:dsse
AWS::S3::Bucket MetadataConfiguration.AnnotationTableConfiguration.EncryptionConfiguration.SseAlgorithm=AES256<aws:kms?AES256
AWS::S3::Bucket MetadataConfiguration.InventoryTableConfiguration.EncryptionConfiguration.SseAlgorithm=AES256<aws:kms?AES256
AWS::S3::Bucket MetadataConfiguration.JournalTableConfiguration.EncryptionConfiguration.SseAlgorithm=AES256<aws:kms?AES256
AWS::S3Express::DirectoryBucket BucketEncryption.ServerSideEncryptionConfiguration.[0].ServerSideEncryptionByDefault.SSEAlgorithm=AES256<aws:kms
AWS::S3Tables::TableBucket EncryptionConfiguration.SSEAlgorithm=AES256<aws:kms?AES256
AWS::S3Vectors::Index EncryptionConfiguration.SseType=AES256<aws:kms?AES256
AWS::S3Vectors::VectorBucket EncryptionConfiguration.SseType=AES256<aws:kms?AES256
AWS::SQS::Queue SqsManagedSseEnabled=true?true if KmsMasterKeyId!=*
AWS::Serverless::Api MethodSettings.*.CacheDataEncrypted=true
AWS::Serverless::GraphQLApi Cache.AtRestEncryptionEnabled=true
AWS::Serverless::SimpleTable SSESpecification.SSEEnabled=true
AWS::StorageGateway::NFSFileShare EncryptionType=SseS3<SseKms<DsseKms?SseS3
AWS::StorageGateway::NFSFileShare KMSEncrypted=true
AWS::StorageGateway::SMBFileShare EncryptionType=SseS3<SseKms<DsseKms?SseS3
AWS::StorageGateway::SMBFileShare KMSEncrypted=true
AWS::StorageGateway::Tape KMSEncrypted=true
AWS::StorageGateway::Volume KMSEncrypted=true
AWS::Synthetics::Canary ArtifactConfig.S3Encryption.EncryptionMode=SSE_S3<SSE_KMS?SSE_S3
AWS::WorkSpaces::Workspace RootVolumeEncryptionEnabled=true
AWS::WorkSpaces::Workspace UserVolumeEncryptionEnabled=true
AWS::WorkspacesInstances::Volume Encrypted=true
AWS::WorkspacesInstances::WorkspaceInstance ManagedInstance.BlockDeviceMappings.*.Ebs.Encrypted=true

# encryption with a key of one's own | encryption at rest
AWS::AIOps::InvestigationGroup EncryptionConfig.KmsKeyId=@key
AWS::APS::Workspace KmsKeyArn=@key
AWS::AgentRegistry::Registry EncryptionConfiguration.KmsKeyArn=@key
AWS::AmazonMQ::Broker EncryptionOptions.KmsKeyId=@key
AWS::AmazonMQ::Broker EncryptionOptions.UseAwsOwnedKey=false
AWS::AppConfig::ConfigurationProfile KmsKeyIdentifier=@key
AWS::AppConfig::Deployment KmsKeyIdentifier=@key
AWS::AppIntegrations::DataIntegration KmsKey=@key
AWS::AppRunner::Service EncryptionConfiguration.KmsKey=@key
AWS::Athena::WorkGroup WorkGroupConfiguration.CustomerContentEncryptionConfiguration.KmsKey=@key
AWS::Athena::WorkGroup WorkGroupConfiguration.ManagedQueryResultsConfiguration.EncryptionConfiguration.KmsKey=@key
AWS::Athena::WorkGroup WorkGroupConfiguration.MonitoringConfiguration.ManagedLoggingConfiguration.KmsKey=@key
AWS::Athena::WorkGroup WorkGroupConfiguration.MonitoringConfiguration.S3LoggingConfiguration.KmsKey=@key
AWS::Athena::WorkGroup WorkGroupConfiguration.ResultConfiguration.EncryptionConfiguration.KmsKey=@key
AWS::Athena::WorkGroup WorkGroupConfigurationUpdates.CustomerContentEncryptionConfiguration.KmsKey=@key
AWS::Athena::WorkGroup WorkGroupConfigurationUpdates.ManagedQueryResultsConfiguration.EncryptionConfiguration.KmsKey=@key
AWS::Athena::WorkGroup WorkGroupConfigurationUpdates.MonitoringConfiguration.ManagedLoggingConfiguration.KmsKey=@key
AWS::Athena::WorkGroup WorkGroupConfigurationUpdates.MonitoringConfiguration.S3LoggingConfiguration.KmsKey=@key
AWS::Athena::WorkGroup WorkGroupConfigurationUpdates.ResultConfigurationUpdates.EncryptionConfiguration.KmsKey=@key
AWS::Backup::BackupVault EncryptionKeyArn=@key
AWS::Backup::LogicallyAirGappedBackupVault EncryptionKeyArn=@key
AWS::Bedrock::Agent CustomerEncryptionKeyArn=@key
AWS::Bedrock::AutomatedReasoningPolicy KmsKeyId=@key
AWS::Bedrock::Blueprint KmsKeyId=@key
AWS::Bedrock::DataAutomationLibrary EncryptionConfiguration.KmsKeyId=@key
AWS::Bedrock::DataAutomationProject KmsKeyId=@key
AWS::Bedrock::DataSource ServerSideEncryptionConfiguration.KmsKeyArn=@key
AWS::Bedrock::Flow CustomerEncryptionKeyArn=@key
AWS::Bedrock::Guardrail KmsKeyArn=@key
AWS::Bedrock::KnowledgeBase KnowledgeBaseConfiguration.ManagedKnowledgeBaseConfiguration.ServerSideEncryptionConfiguration.KmsKeyArn=@key
AWS::Bedrock::Prompt CustomerEncryptionKeyArn=@key
AWS::Bedrock::RetrievalInstruction CustomerEncryptionKeyArn=@key
AWS::Bedrock::Session EncryptionKeyArn=@key
AWS::BedrockAgentCore::CapacityProvider ComputeConfiguration.Ec2Configuration.LaunchTemplateSource.LaunchParameters.EphemeralVolumes.*.Ebs.KmsKeyId=@key
AWS::BedrockAgentCore::CapacityProvider ComputeConfiguration.Ec2Configuration.RootVolume.KmsKeyId=@key
AWS::BedrockAgentCore::CapacityProvider ComputeConfiguration.Ec2Configuration.Volumes.*.EbsConfiguration.KmsKeyId=@key
AWS::BedrockAgentCore::ConfigurationBundle KmsKeyArn=@key
AWS::BedrockAgentCore::Dataset KmsKeyArn=@key
AWS::BedrockAgentCore::Evaluator KmsKeyArn=@key
AWS::BedrockAgentCore::Gateway KmsKeyArn=@key
AWS::BedrockAgentCore::Harness Memory.ManagedMemoryConfiguration.EncryptionKeyArn=@key
AWS::BedrockAgentCore::Memory EncryptionKeyArn=@key
AWS::BedrockAgentCore::PolicyEngine EncryptionKeyArn=@key
AWS::Cassandra::Table EncryptionSpecification.KmsKeyIdentifier=@key
AWS::Chime::MediaInsightsPipelineConfiguration Elements.*.AmazonTranscribeCallAnalyticsProcessorConfiguration.PostCallAnalyticsSettings.OutputEncryptionKMSKeyId=@key
AWS::CleanRooms::IdMappingTable KmsKeyArn=@key
AWS::CleanRooms::IntermediateTable KmsKeyArn=@key
AWS::CleanRoomsML::ConfiguredModelAlgorithm KmsKeyArn=@key
AWS::CloudTrail::EventDataStore KmsKeyId=@key
AWS::CloudTrail::Trail KMSKeyId=@key
AWS::CodeBuild::Project EncryptionKey=@key
AWS::CodeBuild::ReportGroup ExportConfig.S3Destination.EncryptionKey=@key
AWS::CodeCommit::Repository KmsKeyId=@key
AWS::CodePipeline::Pipeline ArtifactStore.EncryptionKey=@key
AWS::CodePipeline::Pipeline ArtifactStores.*.ArtifactStore.EncryptionKey=@key
AWS::CodeStarConnections::RepositoryLink EncryptionKeyArn=@key
AWS::Cognito::UserPool KeyConfiguration.KmsKeyArn=@key
AWS::Comprehend::DocumentClassifier ModelKmsKeyId=@key
AWS::Comprehend::DocumentClassifier OutputDataConfig.KmsKeyId=@key
AWS::Comprehend::DocumentClassifier VolumeKmsKeyId=@key
AWS::Comprehend::EntityRecognizer ModelKmsKeyId=@key
AWS::Comprehend::EntityRecognizer VolumeKmsKeyId=@key
AWS::Comprehend::Flywheel DataSecurityConfig.DataLakeKmsKeyId=@key
AWS::Comprehend::Flywheel DataSecurityConfig.ModelKmsKeyId=@key
AWS::Comprehend::Flywheel DataSecurityConfig.VolumeKmsKeyId=@key
AWS::Config::DeliveryChannel S3KmsKeyArn=@key
AWS::CustomerProfiles::Domain DefaultEncryptionKey=@key
AWS::CustomerProfiles::DomainObjectType EncryptionKey=@key
AWS::CustomerProfiles::ObjectType EncryptionKey=@key
AWS::DMS::Endpoint KmsKeyId=@key
AWS::DMS::Endpoint RedshiftSettings.ServerSideEncryptionKmsKeyId=@key
AWS::DMS::Endpoint S3Settings.ServerSideEncryptionKmsKeyId=@key
AWS::DMS::InstanceProfile KmsKeyArn=@key
AWS::DMS::ReplicationConfig ComputeConfig.KmsKeyId=@key
AWS::DMS::ReplicationInstance KmsKeyId=@key
AWS::DRS::ReplicationConfigurationTemplate EbsEncryptionKeyArn=@key
AWS::DSQL::Cluster KmsEncryptionKey=@key
AWS::DataBrew::Job EncryptionKeyArn=@key
AWS::DataExchange::EventAction Action.ExportRevisionToS3.Encryption.KmsKeyArn=@key
AWS::DataSync::LocationAzureBlob CmkSecretConfig.KmsKeyArn=@key
AWS::DataSync::LocationFSxONTAP Protocol.SMB.CmkSecretConfig.KmsKeyArn=@key
AWS::DataSync::LocationFSxWindows CmkSecretConfig.KmsKeyArn=@key
AWS::DataSync::LocationHDFS CmkSecretConfig.KmsKeyArn=@key
AWS::DataSync::LocationObjectStorage CmkSecretConfig.KmsKeyArn=@key
AWS::DataSync::LocationSMB CmkSecretConfig.KmsKeyArn=@key
AWS::DataZone::Connection Props.GlueProperties.GlueConnectionInput.AuthenticationConfiguration.KmsKeyArn=@key
AWS::DataZone::Domain KmsKeyIdentifier=@key
AWS::Deadline::Farm KmsKeyArn=@key
AWS::DevOpsAgent::AgentSpace KmsKeyArn=@key
AWS::DevOpsAgent::Service KmsKeyArn=@key
AWS::DocDB::DBCluster KmsKeyId=@key
AWS::DocDB::DBCluster MasterUserSecretKmsKeyId=@key
AWS::DocDBElastic::Cluster KmsKeyId=@key
AWS::DynamoDB::GlobalTable Replicas.*.SSESpecification.KMSMasterKeyId=@key
AWS::DynamoDB::Table SSESpecification.KMSMasterKeyId=@key
AWS::EC2::EC2Fleet LaunchTemplateConfigs.*.Overrides.*.BlockDeviceMappings.*.Ebs.KmsKeyId=@key
AWS::EC2::Instance BlockDeviceMappings.*.Ebs.KmsKeyId=@key
AWS::EC2::LaunchTemplate LaunchTemplateData.BlockDeviceMappings.*.Ebs.KmsKeyId=@key
AWS::EC2::VerifiedAccessEndpoint SseSpecification.KmsKeyArn=@key
AWS::EC2::VerifiedAccessGroup SseSpecification.KmsKeyArn=@key
AWS::EC2::VerifiedAccessTrustProvider SseSpecification.KmsKeyArn=@key
AWS::EC2::Volume KmsKeyId=@key
AWS::ECR::Repository EncryptionConfiguration.KmsKey=@key
AWS::ECR::RepositoryCreationTemplate EncryptionConfiguration.KmsKey=@key
AWS::ECS::Cluster Configuration.ExecuteCommandConfiguration.KmsKeyId=@key
AWS::ECS::Cluster Configuration.ManagedStorageConfiguration.FargateEphemeralStorageKmsKeyId=@key
AWS::ECS::Cluster Configuration.ManagedStorageConfiguration.KmsKeyId=@key
AWS::ECS::Service ServiceConnectConfiguration.Services.*.Tls.KmsKey=@key
AWS::ECS::Service VolumeConfigurations.*.ManagedEBSVolume.KmsKeyId=@key
AWS::EFS::FileSystem KmsKeyId=@key
AWS::EFS::FileSystem ReplicationConfiguration.Destinations.*.KmsKeyId=@key
AWS::EMR::Cluster LogEncryptionKmsKeyId=@key
AWS::EMR::Step EncryptionKeyArn=@key
AWS::EMR::Studio EncryptionKeyArn=@key
AWS::EMRContainers::SecurityConfiguration SecurityConfigurationData.EncryptionConfiguration.AtRestEncryptionConfiguration.LocalDiskEncryptionConfiguration.AwsKmsKeyId=@key
AWS::EMRContainers::SecurityConfiguration SecurityConfigurationData.EncryptionConfiguration.AtRestEncryptionConfiguration.S3EncryptionConfiguration.KMSKeyId=@key
AWS::EMRServerless::Application MonitoringConfiguration.CloudWatchLoggingConfiguration.EncryptionKeyArn=@key
AWS::EMRServerless::Application MonitoringConfiguration.ManagedPersistenceMonitoringConfiguration.EncryptionKeyArn=@key
AWS::EMRServerless::Application MonitoringConfiguration.S3MonitoringConfiguration.EncryptionKeyArn=@key
AWS::EVS::Environment KmsKeyId=@key
AWS::ElastiCache::ReplicationGroup KmsKeyId=@key
AWS::ElastiCache::ServerlessCache KmsKeyId=@key
AWS::ElastiCache::ServerlessCacheSnapshot KmsKeyId=@key
AWS::ElastiCache::Snapshot KmsKeyId=@key
AWS::Elasticsearch::Domain EncryptionAtRestOptions.KmsKeyId=@key
AWS::Events::Archive KmsKeyIdentifier=@key
AWS::Events::Connection KmsKeyIdentifier=@key
AWS::Events::EventBus KmsKeyIdentifier=@key
AWS::EventsV2::EventBus EncryptionConfiguration.KmsKeyIdentifier=@key
AWS::EventsV2::EventSource Configuration.PartnerEventsConfiguration.PartnerBusKmsKeyIdentifier=@key
AWS::FSx::FileCache KmsKeyId=@key
AWS::FSx::FileSystem KmsKeyId=@key
AWS::FinSpace::Environment KmsKeyId=@key
AWS::Forecast::Dataset EncryptionConfig.KmsKeyArn=@key
AWS::Glue::Catalog CatalogProperties.DataLakeAccessProperties.KmsKey=@key
AWS::Glue::Connection ConnectionInput.AuthenticationConfiguration.KmsKeyArn=@key
AWS::Glue::DataCatalogEncryptionSettings DataCatalogEncryptionSettings.ConnectionPasswordEncryption.KmsKeyId=@key
AWS::Glue::DataCatalogEncryptionSettings DataCatalogEncryptionSettings.EncryptionAtRest.SseAwsKmsKeyId=@key
AWS::Glue::Integration KmsKeyId=@key
AWS::Glue::MLTransform TransformEncryption.MLUserDataEncryption.KmsKeyId=@key
AWS::Glue::SecurityConfiguration EncryptionConfiguration.CloudWatchEncryption.KmsKeyArn=@key
AWS::Glue::SecurityConfiguration EncryptionConfiguration.JobBookmarksEncryption.KmsKeyArn=@key
AWS::Glue::SecurityConfiguration EncryptionConfiguration.S3Encryptions.*.KmsKeyArn=@key
AWS::GroundStation::MissionProfile StreamsKmsKey.KmsKeyArn=@key
AWS::GuardDuty::PublishingDestination DestinationProperties.KmsKeyArn=@key
AWS::HealthImaging::Datastore KmsKeyArn=@key
AWS::HealthLake::DataTransformationProfile KmsKeyId=@key
AWS::HealthLake::FHIRDatastore SseConfiguration.KmsEncryptionConfig.KmsKeyId=@key
AWS::ImageBuilder::Component KmsKeyId=@key
AWS::ImageBuilder::ContainerRecipe InstanceConfiguration.BlockDeviceMappings.*.Ebs.KmsKeyId=@key
AWS::ImageBuilder::ContainerRecipe KmsKeyId=@key
AWS::ImageBuilder::DistributionConfiguration Distributions.*.AmiDistributionConfiguration.KmsKeyId=@key
AWS::ImageBuilder::ImageRecipe BlockDeviceMappings.*.Ebs.KmsKeyId=@key
AWS::ImageBuilder::Workflow KmsKeyId=@key
AWS::IoT::EncryptionConfiguration KmsKeyArn=@key
AWS::IoTSiteWise::Workspace KmsKeyId=@key
AWS::Kendra::Index ServerSideEncryptionConfiguration.KmsKeyId=@key
AWS::Kinesis::Stream StreamEncryption.KeyId=@key
AWS::KinesisFirehose::DeliveryStream AmazonOpenSearchServerlessDestinationConfiguration.S3Configuration.EncryptionConfiguration.KMSEncryptionConfig.AWSKMSKeyARN=@key
AWS::KinesisFirehose::DeliveryStream AmazonopensearchserviceDestinationConfiguration.S3Configuration.EncryptionConfiguration.KMSEncryptionConfig.AWSKMSKeyARN=@key
AWS::KinesisFirehose::DeliveryStream DeliveryStreamEncryptionConfigurationInput.KeyARN=@key
AWS::KinesisFirehose::DeliveryStream ElasticsearchDestinationConfiguration.S3Configuration.EncryptionConfiguration.KMSEncryptionConfig.AWSKMSKeyARN=@key
AWS::KinesisFirehose::DeliveryStream ExtendedS3DestinationConfiguration.EncryptionConfiguration.KMSEncryptionConfig.AWSKMSKeyARN=@key
AWS::KinesisFirehose::DeliveryStream ExtendedS3DestinationConfiguration.S3BackupConfiguration.EncryptionConfiguration.KMSEncryptionConfig.AWSKMSKeyARN=@key
AWS::KinesisFirehose::DeliveryStream HttpEndpointDestinationConfiguration.S3Configuration.EncryptionConfiguration.KMSEncryptionConfig.AWSKMSKeyARN=@key
AWS::KinesisFirehose::DeliveryStream IcebergDestinationConfiguration.S3Configuration.EncryptionConfiguration.KMSEncryptionConfig.AWSKMSKeyARN=@key
AWS::KinesisFirehose::DeliveryStream RedshiftDestinationConfiguration.S3BackupConfiguration.EncryptionConfiguration.KMSEncryptionConfig.AWSKMSKeyARN=@key
AWS::KinesisFirehose::DeliveryStream RedshiftDestinationConfiguration.S3Configuration.EncryptionConfiguration.KMSEncryptionConfig.AWSKMSKeyARN=@key
AWS::KinesisFirehose::DeliveryStream S3DestinationConfiguration.EncryptionConfiguration.KMSEncryptionConfig.AWSKMSKeyARN=@key
AWS::KinesisFirehose::DeliveryStream SnowflakeDestinationConfiguration.S3Configuration.EncryptionConfiguration.KMSEncryptionConfig.AWSKMSKeyARN=@key
AWS::KinesisFirehose::DeliveryStream SplunkDestinationConfiguration.S3Configuration.EncryptionConfiguration.KMSEncryptionConfig.AWSKMSKeyARN=@key
AWS::KinesisVideo::Stream KmsKeyId=@key
AWS::Lambda::CapacityProvider KmsKeyArn=@key
AWS::Lambda::EventSourceMapping KmsKeyArn=@key
AWS::Lambda::Function Code.SourceKMSKeyArn=@key
AWS::Lambda::Function DurableConfig.KMSKeyArn=@key
AWS::Lambda::Function KmsKeyArn=@key
AWS::Lambda::WebFunctionRevision KmsKeyArn=@key
AWS::Lex::Bot BotLocales.*.SlotTypes.*.ExternalSourceSetting.GrammarSlotTypeSetting.Source.KmsKeyArn=@key
AWS::Lex::Bot TestBotAliasSettings.ConversationLogSettings.AudioLogSettings.*.Destination.S3Bucket.KmsKeyArn=@key
AWS::Lex::BotAlias ConversationLogSettings.AudioLogSettings.*.Destination.S3Bucket.KmsKeyArn=@key
AWS::Location::GeofenceCollection KmsKeyId=@key
AWS::Location::Tracker KmsKeyId=@key
AWS::Logs::Integration ResourceConfig.OpenSearchResourceConfig.KmsKeyArn=@key
AWS::Logs::LogAnomalyDetector KmsKeyId=@key
AWS::Logs::LogGroup KmsKeyId=@key
AWS::LookoutEquipment::InferenceScheduler DataOutputConfiguration.KmsKeyId=@key
AWS::LookoutEquipment::InferenceScheduler ServerSideKmsKeyId=@key
AWS::M2::Application KmsKeyId=@key
AWS::M2::Environment KmsKeyId=@key
AWS::MSK::Channel EncryptionConfiguration.KmsKeyArn=@key
AWS::MSK::Cluster EncryptionInfo.EncryptionAtRest.DataVolumeKMSKeyId=@key
AWS::MWAA::Environment KmsKey=@key
AWS::MWAAServerless::Workflow EncryptionConfiguration.KmsKeyId=@key
AWS::MemoryDB::Cluster KmsKeyId=@key
AWS::MemoryDB::Snapshot KmsKeyId=@key
AWS::Neptune::DBCluster KmsKeyId=@key
AWS::NeptuneGraph::Graph KmsKeyIdentifier=@key
AWS::OSIS::Pipeline EncryptionAtRestOptions.KmsKeyArn=@key
AWS::ObservabilityAdmin::OrganizationCentralizationRule Rule.Destination.DestinationLogsConfiguration.BackupConfiguration.KmsKeyArn=@key
AWS::ObservabilityAdmin::OrganizationCentralizationRule Rule.Destination.DestinationLogsConfiguration.LogsEncryptionConfiguration.KmsKeyArn=@key
AWS::ObservabilityAdmin::OrganizationTelemetryRule Rule.DestinationConfiguration.KmsKeyArn=@key
AWS::ObservabilityAdmin::S3TableIntegration Encryption.KmsKeyArn=@key
AWS::ObservabilityAdmin::TelemetryRule Rule.DestinationConfiguration.KmsKeyArn=@key
AWS::OpenSearchServerless::Collection EncryptionConfig.KmsKeyArn=@key
AWS::OpenSearchService::Application KmsKeyArn=@key
AWS::OpenSearchService::Domain EncryptionAtRestOptions.KmsKeyId=@key
AWS::Personalize::DatasetGroup KmsKeyArn=@key
AWS::Personalize::MetricAttribution MetricsOutputConfig.S3DataDestination.KmsKeyArn=@key
AWS::Pipes::Pipe KmsKeyIdentifier=@key
AWS::Proton::EnvironmentTemplate EncryptionKey=@key
AWS::Proton::ServiceTemplate EncryptionKey=@key
AWS::QBusiness::Application EncryptionConfiguration.KmsKeyId=@key
AWS::QLDB::Ledger KmsKey=@key
AWS::RDS::CustomDBEngineVersion KMSKeyId=@key
AWS::RDS::DBCluster KmsKeyId=@key
AWS::RDS::DBCluster MasterUserSecret.KmsKeyId=@key
AWS::RDS::DBCluster PerformanceInsightsKmsKeyId=@key
AWS::RDS::DBInstance AutomaticBackupReplicationKmsKeyId=@key
AWS::RDS::DBInstance KmsKeyId=@key
AWS::RDS::DBInstance MasterUserSecret.KmsKeyId=@key
AWS::RDS::DBInstance PerformanceInsightsKMSKeyId=@key
AWS::RDS::Integration KMSKeyId=@key
AWS::Redshift::Cluster KmsKeyId=@key
AWS::Redshift::Cluster MasterPasswordSecretKmsKeyId=@key
AWS::Redshift::Integration KMSKeyId=@key
AWS::Redshift::SnapshotCopyGrant KmsKeyId=@key
AWS::RedshiftServerless::Namespace AdminPasswordSecretKmsKeyId=@key
AWS::RedshiftServerless::Namespace KmsKeyId=@key
AWS::RedshiftServerless::Namespace SnapshotCopyConfigurations.*.DestinationKmsKeyId=@key
AWS::Rekognition::StreamProcessor KmsKeyId=@key
AWS::ResilienceHubV2::Service KmsKeyId=@key
AWS::ResilienceHubV2::System KmsKeyId=@key
AWS::S3::Bucket BucketEncryption.ServerSideEncryptionConfiguration.[0].ServerSideEncryptionByDefault.KMSMasterKeyID=@key
AWS::S3::Bucket MetadataConfiguration.AnnotationTableConfiguration.EncryptionConfiguration.KmsKeyArn=@key
AWS::S3::Bucket MetadataConfiguration.InventoryTableConfiguration.EncryptionConfiguration.KmsKeyArn=@key
AWS::S3::Bucket MetadataConfiguration.JournalTableConfiguration.EncryptionConfiguration.KmsKeyArn=@key
AWS::S3::Bucket ReplicationConfiguration.Rules.*.Destination.EncryptionConfiguration.ReplicaKmsKeyID=@key
AWS::S3Express::DirectoryBucket BucketEncryption.ServerSideEncryptionConfiguration.[0].ServerSideEncryptionByDefault.KMSMasterKeyID=@key
AWS::S3Files::FileSystem KmsKeyId=@key
AWS::S3Tables::TableBucket EncryptionConfiguration.KMSKeyArn=@key
AWS::S3Vectors::Index EncryptionConfiguration.KmsKeyArn=@key
AWS::S3Vectors::VectorBucket EncryptionConfiguration.KmsKeyArn=@key
AWS::SES::MailManagerArchive KmsKeyArn=@key
AWS::SES::MailManagerRuleSet Rules.*.Actions.*.WriteToS3.S3SseKmsKeyId=@key
AWS::SES::ReceiptRule Rule.Actions.*.S3Action.KmsKeyArn=@key
AWS::SNS::Topic KmsMasterKeyId=@key
AWS::SQS::Queue KmsMasterKeyId=@key
AWS::SSM::ResourceDataSync KMSKeyArn=@key
AWS::SSM::ResourceDataSync S3Destination.KMSKeyArn=@key
AWS::SSMGuiConnect::Preferences ConnectionRecordingPreferences.KMSKeyArn=@key
AWS::SSMIncidents::ReplicationSet Regions.*.RegionConfiguration.SseKmsKeyId=@key
AWS::SageMaker::Cluster InstanceGroups.*.InstanceStorageConfigs.*.EbsVolumeConfig.VolumeKmsKeyId=@key
AWS::SageMaker::Cluster RestrictedInstanceGroups.*.InstanceStorageConfigs.*.EbsVolumeConfig.VolumeKmsKeyId=@key
AWS::SageMaker::DataQualityJobDefinition DataQualityJobOutputConfig.KmsKeyId=@key
AWS::SageMaker::DataQualityJobDefinition JobResources.ClusterConfig.VolumeKmsKeyId=@key
AWS::SageMaker::DeviceFleet OutputConfig.KmsKeyId=@key
AWS::SageMaker::Domain DefaultUserSettings.SharingSettings.S3KmsKeyId=@key
AWS::SageMaker::Domain KmsKeyId=@key
AWS::SageMaker::EndpointConfig AsyncInferenceConfig.OutputConfig.KmsKeyId=@key
AWS::SageMaker::EndpointConfig DataCaptureConfig.KmsKeyId=@key
AWS::SageMaker::EndpointConfig KmsKeyId=@key
AWS::SageMaker::EndpointConfig ProductionVariants.*.CoreDumpConfig.KmsKeyId=@key
AWS::SageMaker::EndpointConfig ShadowProductionVariants.*.CoreDumpConfig.KmsKeyId=@key
AWS::SageMaker::FeatureGroup OfflineStoreConfig.S3StorageConfig.KmsKeyId=@key
AWS::SageMaker::FeatureGroup OnlineStoreConfig.SecurityConfig.KmsKeyId=@key
AWS::SageMaker::InferenceExperiment DataStorageConfig.KmsKey=@key
AWS::SageMaker::InferenceExperiment KmsKey=@key
AWS::SageMaker::ModelBiasJobDefinition JobResources.ClusterConfig.VolumeKmsKeyId=@key
AWS::SageMaker::ModelBiasJobDefinition ModelBiasJobOutputConfig.KmsKeyId=@key
AWS::SageMaker::ModelCard SecurityConfig.KmsKeyId=@key
AWS::SageMaker::ModelExplainabilityJobDefinition JobResources.ClusterConfig.VolumeKmsKeyId=@key
AWS::SageMaker::ModelExplainabilityJobDefinition ModelExplainabilityJobOutputConfig.KmsKeyId=@key
AWS::SageMaker::ModelPackage SecurityConfig.KmsKeyId=@key
AWS::SageMaker::ModelPackage ValidationSpecification.ValidationProfiles.*.TransformJobDefinition.TransformOutput.KmsKeyId=@key
AWS::SageMaker::ModelPackage ValidationSpecification.ValidationProfiles.*.TransformJobDefinition.TransformResources.VolumeKmsKeyId=@key
AWS::SageMaker::ModelQualityJobDefinition JobResources.ClusterConfig.VolumeKmsKeyId=@key
AWS::SageMaker::ModelQualityJobDefinition ModelQualityJobOutputConfig.KmsKeyId=@key
AWS::SageMaker::MonitoringSchedule MonitoringScheduleConfig.MonitoringJobDefinition.MonitoringOutputConfig.KmsKeyId=@key
AWS::SageMaker::MonitoringSchedule MonitoringScheduleConfig.MonitoringJobDefinition.MonitoringResources.ClusterConfig.VolumeKmsKeyId=@key
AWS::SageMaker::NotebookInstance KmsKeyId=@key
AWS::SageMaker::PartnerApp KmsKeyId=@key
AWS::SageMaker::ProcessingJob ProcessingInputs.*.DatasetDefinition.AthenaDatasetDefinition.KmsKeyId=@key
AWS::SageMaker::ProcessingJob ProcessingInputs.*.DatasetDefinition.RedshiftDatasetDefinition.KmsKeyId=@key
AWS::SageMaker::ProcessingJob ProcessingOutputConfig.KmsKeyId=@key
AWS::SageMaker::ProcessingJob ProcessingResources.ClusterConfig.VolumeKmsKeyId=@key
AWS::SageMaker::UserProfile UserSettings.SharingSettings.S3KmsKeyId=@key
AWS::Scheduler::Schedule KmsKeyArn=@key
AWS::SecretsManager::RotationSchedule HostedRotationLambda.KmsKeyArn=@key
AWS::SecretsManager::Secret KmsKeyId=@key
AWS::SecretsManager::Secret ReplicaRegions.*.KmsKeyId=@key
AWS::SecurityAgent::AgentSpace KmsKeyId=@key
AWS::SecurityAgent::Application DefaultKmsKeyId=@key
AWS::SecurityAgent::Integration KmsKeyId=@key
AWS::SecurityAgent::SecurityRequirementPack KmsKeyId=@key
AWS::SecurityHub::ConnectorV2 KmsKeyArn=@key
AWS::SecurityLake::DataLake EncryptionConfiguration.KmsKeyId=@key
AWS::Serverless::CapacityProvider KmsKeyArn=@key
AWS::Serverless::Function DurableConfig.KMSKeyArn=@key
AWS::Serverless::Function Events.{}.Properties.KmsKeyArn=@key
AWS::Serverless::Function KmsKeyArn=@key
AWS::Serverless::Function SourceKMSKeyArn=@key
AWS::Serverless::SimpleTable SSESpecification.KMSMasterKeyId=@key
AWS::Serverless::StateMachine Events.{}.Properties.KmsKeyArn=@key
AWS::Serverless::WebFunction KmsKeyArn=@key
AWS::StepFunctions::Activity EncryptionConfiguration.KmsKeyId=@key
AWS::StepFunctions::StateMachine EncryptionConfiguration.KmsKeyId=@key
AWS::StorageGateway::NFSFileShare KMSKey=@key
AWS::StorageGateway::SMBFileShare KMSKey=@key
AWS::StorageGateway::Tape KMSKey=@key
AWS::StorageGateway::Volume KMSKey=@key
AWS::Synthetics::Canary ArtifactConfig.S3Encryption.KmsKeyArn=@key
AWS::Synthetics::Canary KmsKeyArn=@key
AWS::Synthetics::Canary Replicas.*.KmsKeyArn=@key
AWS::Timestream::Database KmsKeyId=@key
AWS::Timestream::ScheduledQuery KmsKeyId=@key
AWS::Timestream::Table MagneticStoreWriteProperties.MagneticStoreRejectedDataLocation.S3Configuration.KmsKeyId=@key
AWS::VerifiedPermissions::PolicyStore EncryptionSettings.KmsEncryptionSettings=*
AWS::VoiceID::Domain ServerSideEncryptionConfiguration.KmsKeyId=@key
AWS::Wisdom::Assistant ServerSideEncryptionConfiguration.KmsKeyId=@key
AWS::Wisdom::KnowledgeBase ServerSideEncryptionConfiguration.KmsKeyId=@key
AWS::WorkSpaces::Workspace VolumeEncryptionKey=@key
AWS::WorkSpacesThinClient::Environment KmsKeyArn=@key
AWS::WorkspacesInstances::Volume KmsKeyId=@key
AWS::WorkspacesInstances::WorkspaceInstance ManagedInstance.BlockDeviceMappings.*.Ebs.KmsKeyId=@key

# field-level encryption
AWS::CloudFront::Distribution DistributionConfig.CacheBehaviors.*.FieldLevelEncryptionId=*
AWS::CloudFront::Distribution DistributionConfig.DefaultCacheBehavior.FieldLevelEncryptionId=*

# encryption in transit
AWS::AppMesh::VirtualGateway Spec.BackendDefaults.ClientPolicy.TLS.Enforce=true?true
AWS::AppMesh::VirtualGateway Spec.Listeners.*.TLS.Mode=DISABLED<PERMISSIVE<STRICT
AWS::AppMesh::VirtualNode Spec.BackendDefaults.ClientPolicy.TLS.Enforce=true?true
AWS::AppMesh::VirtualNode Spec.Backends.*.VirtualService.ClientPolicy.TLS.Enforce=true?true
AWS::AppMesh::VirtualNode Spec.Listeners.*.TLS.Mode=DISABLED<PERMISSIVE<STRICT
AWS::AppSync::ApiCache TransitEncryptionEnabled=true
AWS::Batch::JobDefinition ContainerProperties.Volumes.*.EfsVolumeConfiguration.TransitEncryption=ENABLED
AWS::Batch::JobDefinition EcsProperties.TaskProperties.*.Volumes.*.EfsVolumeConfiguration.TransitEncryption=ENABLED
AWS::Batch::JobDefinition NodeProperties.NodeRangeProperties.*.Container.Volumes.*.EfsVolumeConfiguration.TransitEncryption=ENABLED
AWS::Batch::JobDefinition NodeProperties.NodeRangeProperties.*.EcsProperties.TaskProperties.*.Volumes.*.EfsVolumeConfiguration.TransitEncryption=ENABLED
AWS::Chime::VoiceConnector RequireEncryption=true
AWS::CloudFront::Distribution DistributionConfig.CacheBehaviors.*.ViewerProtocolPolicy=https-only|redirect-to-https
AWS::CloudFront::Distribution DistributionConfig.CustomOrigin.OriginProtocolPolicy=http-only<match-viewer<https-only
AWS::CloudFront::Distribution DistributionConfig.DefaultCacheBehavior.ViewerProtocolPolicy=https-only|redirect-to-https
AWS::CloudFront::Distribution DistributionConfig.Origins.*.CustomOriginConfig.OriginProtocolPolicy=http-only<match-viewer<https-only
AWS::CloudFront::VpcOrigin VpcOriginEndpointConfig.OriginProtocolPolicy=http-only<match-viewer<https-only
AWS::CodeBuild::Project SecondarySources.*.InsecureSsl=false?false
AWS::CodeBuild::Project Source.InsecureSsl=false?false
AWS::DAX::Cluster ClusterEndpointEncryptionType=TLS
AWS::DMS::DataProvider Settings.DocDbSettings.SslMode=none<require<verify-full?none
AWS::DMS::DataProvider Settings.IbmDb2LuwSettings.SslMode=none<verify-ca?none
AWS::DMS::DataProvider Settings.IbmDb2zOsSettings.SslMode=none<verify-ca?none
AWS::DMS::DataProvider Settings.MariaDbSettings.SslMode=none<require<verify-ca<verify-full?none
AWS::DMS::DataProvider Settings.MicrosoftSqlServerSettings.SslMode=none<require<verify-ca<verify-full?none
AWS::DMS::DataProvider Settings.MongoDbSettings.SslMode=none<require<verify-full?none
AWS::DMS::DataProvider Settings.MySqlSettings.SslMode=none<require<verify-ca<verify-full?none
AWS::DMS::DataProvider Settings.OracleSettings.SslMode=none<require<verify-ca<verify-full?none
AWS::DMS::DataProvider Settings.PostgreSqlSettings.SslMode=none<require<verify-ca<verify-full?none
AWS::DMS::DataProvider Settings.SybaseAseSettings.EncryptPassword=true
AWS::DMS::DataProvider Settings.SybaseAseSettings.SslMode=none<require<verify-ca?none
AWS::DMS::Endpoint RedisSettings.SslSecurityProtocol=ssl-encryption?ssl-encryption
AWS::DMS::Endpoint SslMode=none<require<verify-ca<verify-full?none
AWS::DataSync::LocationEFS InTransitEncryption=TLS1_2
AWS::DataSync::LocationHDFS QopConfiguration.DataTransferProtection=DISABLED<AUTHENTICATION<INTEGRITY<PRIVACY?PRIVACY
AWS::DataSync::LocationHDFS QopConfiguration.RpcProtection=DISABLED<AUTHENTICATION<INTEGRITY<PRIVACY?PRIVACY
AWS::DocDB::DBClusterParameterGroup Parameters.[tls]=disabled<enabled<tls1.2+<tls1.3+<fips-140-3?enabled
AWS::EC2::TransitGateway EncryptionSupport=enable
AWS::EC2::VPC VpcEncryptionControl.Mode=monitor<enforce
AWS::EC2::VPCEncryptionControl . of VpcId
AWS::EC2::VPCEncryptionControl Mode=monitor<enforce
AWS::ECS::Service ServiceConnectConfiguration.Services.*.Tls=*
AWS::ECS::TaskDefinition Volumes.*.EFSVolumeConfiguration.TransitEncryption=ENABLED
AWS::EMRContainers::SecurityConfiguration SecurityConfigurationData.EncryptionConfiguration.InTransitEncryptionConfiguration=*
AWS::ElastiCache::CacheCluster TransitEncryptionEnabled=true
AWS::ElastiCache::ReplicationGroup TransitEncryptionEnabled=true
AWS::ElastiCache::ReplicationGroup TransitEncryptionMode=preferred<required
AWS::ElasticLoadBalancing::LoadBalancer Listeners.*.Protocol=HTTPS|SSL
AWS::ElasticLoadBalancingV2::Listener Protocol=HTTPS|TLS|QUIC
AWS::Elasticsearch::Domain DomainEndpointOptions.EnforceHTTPS=true
AWS::Elasticsearch::Domain NodeToNodeEncryptionOptions.Enabled=true
AWS::GammaDilithium::JobDefinition ContainerProperties.Volumes.*.EfsVolumeConfiguration.TransitEncryption=ENABLED
AWS::GammaDilithium::JobDefinition EcsProperties.TaskProperties.*.Volumes.*.EfsVolumeConfiguration.TransitEncryption=ENABLED
AWS::GammaDilithium::JobDefinition NodeProperties.NodeRangeProperties.*.Container.Volumes.*.EfsVolumeConfiguration.TransitEncryption=ENABLED
AWS::GammaDilithium::JobDefinition NodeProperties.NodeRangeProperties.*.EcsProperties.TaskProperties.*.Volumes.*.EfsVolumeConfiguration.TransitEncryption=ENABLED
AWS::IVS::Channel InsecureIngest=false?false
AWS::IVS::IngestConfiguration InsecureIngest=false?false
AWS::KafkaConnect::Connector KafkaClusterEncryptionInTransit.EncryptionType=TLS
AWS::KinesisFirehose::DeliveryStream DatabaseSourceConfiguration.SSLMode=Enabled
AWS::Lightsail::Distribution Origin.ProtocolPolicy=http-only<https-only
AWS::Lightsail::LoadBalancerTlsCertificate HttpsRedirectionEnabled=true
AWS::MSK::Cluster EncryptionInfo.EncryptionInTransit.ClientBroker=PLAINTEXT<TLS_PLAINTEXT<TLS?TLS
AWS::MSK::Cluster EncryptionInfo.EncryptionInTransit.InCluster=true?true
AWS::MediaConnect::FlowEntitlement Encryption=*
AWS::MediaConnect::FlowOutput Encryption=*
AWS::MemoryDB::Cluster TLSEnabled=true?true
AWS::MemoryDB::MultiRegionCluster TLSEnabled=true?true
AWS::OpenSearchService::Domain DomainEndpointOptions.EnforceHTTPS=true
AWS::OpenSearchService::Domain NodeToNodeEncryptionOptions.Enabled=true
AWS::OpsWorks::App EnableSsl=true
AWS::QuickSight::DataSource SslProperties.DisableSsl=false?false
AWS::RDS::DBClusterParameterGroup Parameters.[rds.force_ssl]=0<1
AWS::RDS::DBClusterParameterGroup Parameters.[require_secure_transport]=ON|1
AWS::RDS::DBParameterGroup Parameters.[rds.force_ssl]=0<1
AWS::RDS::DBParameterGroup Parameters.[require_secure_transport]=ON|1
AWS::RDS::DBProxy RequireTLS=true
AWS::Redshift::ClusterParameterGroup Parameters.[require_ssl].ParameterValue=true
AWS::RedshiftServerless::Workgroup ConfigParameters.[require_ssl].ParameterValue=true
AWS::SES::ConfigurationSet DeliveryOptions.TlsPolicy=REQUIRE
AWS::SES::ConfigurationSet TrackingOptions.HttpsPolicy=OPTIONAL<REQUIRE_OPEN_ONLY<REQUIRE
AWS::SES::MailManagerIngressPoint TlsPolicy=OPTIONAL<REQUIRED<FIPS?REQUIRED
AWS::SES::ReceiptRule Rule.TlsPolicy=Optional<Require?Optional
AWS::SageMaker::DataQualityJobDefinition NetworkConfig.EnableInterContainerTrafficEncryption=true
AWS::SageMaker::ModelBiasJobDefinition NetworkConfig.EnableInterContainerTrafficEncryption=true
AWS::SageMaker::ModelExplainabilityJobDefinition NetworkConfig.EnableInterContainerTrafficEncryption=true
AWS::SageMaker::ModelQualityJobDefinition NetworkConfig.EnableInterContainerTrafficEncryption=true
AWS::SageMaker::MonitoringSchedule MonitoringScheduleConfig.MonitoringJobDefinition.NetworkConfig.EnableInterContainerTrafficEncryption=true
AWS::SageMaker::ProcessingJob NetworkConfig.EnableInterContainerTrafficEncryption=true
AWS::Serverless::GraphQLApi Cache.TransitEncryptionEnabled=true
AWS::Transfer::Agreement EnforceMessageSigning=ENABLED
AWS::Transfer::Connector As2Config.EncryptionAlgorithm=NONE<DES_EDE3_CBC<AES128_CBC<AES192_CBC<AES256_CBC
AWS::WorkSpaces::Directory EndpointEncryptionMode=STANDARD_TLS<FIPS_VALIDATED?STANDARD_TLS

# TLS version | encryption in transit
AWS::ApiGateway::DomainName SecurityPolicy=@tls?TLS_1_0
AWS::ApiGateway::DomainNameV2 SecurityPolicy=@tls?TLS_1_2
AWS::ApiGateway::RestApi Body.@json.x-amazon-apigateway-security-policy=@tls?TLS_1_0
AWS::ApiGateway::RestApi SecurityPolicy=@tls?TLS_1_0
AWS::ApiGatewayV2::DomainName DomainNameConfigurations.*.SecurityPolicy=@tls?TLS_1_2
AWS::CloudFront::Distribution DistributionConfig.ViewerCertificate.MinimumProtocolVersion=@tls?TLSv1
AWS::Cognito::UserPoolDomain CustomDomainConfig.SecurityPolicy=@tls
AWS::ElasticLoadBalancingV2::Listener SslPolicy=@tls?ELBSecurityPolicy-2016-08
AWS::Elasticsearch::Domain DomainEndpointOptions.TLSSecurityPolicy=@tls?Policy-Min-TLS-1-0-2019-07
AWS::IoT::DomainConfiguration TlsConfig.SecurityPolicy=@tls
AWS::Lightsail::LoadBalancer TlsPolicyName=@tls
AWS::OpenSearchService::Domain DomainEndpointOptions.TLSSecurityPolicy=@tls?Policy-Min-TLS-1-0-2019-07
AWS::Serverless::Api Domain.SecurityPolicy=@tls?TLS_1_0
AWS::Serverless::Api SecurityPolicy=@tls?TLS_1_0
AWS::Serverless::HttpApi Domain.SecurityPolicy=@tls?TLS_1_2
AWS::Serverless::WebSocketApi Domain.SecurityPolicy=@tls?TLS_1_2
AWS::Transfer::Connector SecurityPolicyName=@tls
AWS::Transfer::Server SecurityPolicyName=@tls?TransferSecurityPolicy-2018-11

# mutual TLS
AWS::ApiGateway::DomainName MutualTlsAuthentication.TruststoreUri=*
AWS::ApiGatewayV2::DomainName MutualTlsAuthentication.TruststoreUri=*
AWS::CloudFront::Distribution DistributionConfig.ViewerMtlsConfig=*
AWS::ElasticLoadBalancingV2::Listener MutualAuthentication.Mode=off<passthrough<verify?off
AWS::MSK::Cluster ClientAuthentication.Tls.Enabled=true
AWS::ODB::CloudAutonomousVmCluster IsMtlsEnabledVmCluster=true
AWS::Serverless::Api Domain.MutualTlsAuthentication.TruststoreUri=*
AWS::Serverless::HttpApi Domain.MutualTlsAuthentication.TruststoreUri=*
AWS::Serverless::WebSocketApi Domain.MutualTlsAuthentication.TruststoreUri=*

# authentication
AWS::Amplify::App AutoBranchCreationConfig.BasicAuthConfig.EnableBasicAuth=true
AWS::Amplify::App BasicAuthConfig.EnableBasicAuth=true
AWS::Amplify::Branch BasicAuthConfig.EnableBasicAuth=true
AWS::ApiGateway::Method AuthorizationType=NONE<AWS_IAM|CUSTOM|COGNITO_USER_POOLS?NONE
AWS::ApiGatewayV2::Route AuthorizationType=NONE<AWS_IAM|CUSTOM|JWT?NONE
AWS::AppSync::Api EventConfig.ConnectionAuthModes.*.AuthType=API_KEY<AMAZON_COGNITO_USER_POOLS|AWS_IAM|AWS_LAMBDA|OPENID_CONNECT
AWS::AppSync::Api EventConfig.DefaultPublishAuthModes.*.AuthType=API_KEY<AMAZON_COGNITO_USER_POOLS|AWS_IAM|AWS_LAMBDA|OPENID_CONNECT
AWS::AppSync::Api EventConfig.DefaultSubscribeAuthModes.*.AuthType=API_KEY<AMAZON_COGNITO_USER_POOLS|AWS_IAM|AWS_LAMBDA|OPENID_CONNECT
AWS::AppSync::ChannelNamespace PublishAuthModes.*.AuthType=API_KEY<AMAZON_COGNITO_USER_POOLS|AWS_IAM|AWS_LAMBDA|OPENID_CONNECT
AWS::AppSync::ChannelNamespace SubscribeAuthModes.*.AuthType=API_KEY<AMAZON_COGNITO_USER_POOLS|AWS_IAM|AWS_LAMBDA|OPENID_CONNECT
AWS::AppSync::GraphQLApi AuthenticationType=API_KEY<AMAZON_COGNITO_USER_POOLS|AWS_IAM|AWS_LAMBDA|OPENID_CONNECT
AWS::Batch::JobDefinition ContainerProperties.Volumes.*.EfsVolumeConfiguration.AuthorizationConfig.Iam=ENABLED
AWS::Batch::JobDefinition EcsProperties.TaskProperties.*.Volumes.*.EfsVolumeConfiguration.AuthorizationConfig.Iam=ENABLED
AWS::Batch::JobDefinition NodeProperties.NodeRangeProperties.*.Container.Volumes.*.EfsVolumeConfiguration.AuthorizationConfig.Iam=ENABLED
AWS::Batch::JobDefinition NodeProperties.NodeRangeProperties.*.EcsProperties.TaskProperties.*.Volumes.*.EfsVolumeConfiguration.AuthorizationConfig.Iam=ENABLED
AWS::BedrockAgentCore::Gateway AuthorizerType=NONE<AUTHENTICATE_ONLY<AWS_IAM|CUSTOM_JWT
AWS::BedrockAgentCore::Harness AuthorizerConfiguration=*
AWS::BedrockAgentCore::Runtime AuthorizerConfiguration=*
AWS::ECS::TaskDefinition Volumes.*.EFSVolumeConfiguration.AuthorizationConfig.IAM=ENABLED
AWS::ElastiCache::ReplicationGroup AuthToken=*
AWS::ElastiCache::ReplicationGroup UserGroupIds=*
AWS::ElastiCache::ServerlessCache UserGroupId=*
AWS::ElasticLoadBalancingV2::Listener DefaultActions.*.Type=authenticate-cognito|authenticate-oidc|jwt-validation
AWS::ElasticLoadBalancingV2::ListenerRule Actions.*.Type=authenticate-cognito|authenticate-oidc|jwt-validation
AWS::Elasticsearch::Domain AdvancedSecurityOptions.Enabled=true
AWS::GammaDilithium::JobDefinition ContainerProperties.Volumes.*.EfsVolumeConfiguration.AuthorizationConfig.Iam=ENABLED
AWS::GammaDilithium::JobDefinition EcsProperties.TaskProperties.*.Volumes.*.EfsVolumeConfiguration.AuthorizationConfig.Iam=ENABLED
AWS::GammaDilithium::JobDefinition NodeProperties.NodeRangeProperties.*.Container.Volumes.*.EfsVolumeConfiguration.AuthorizationConfig.Iam=ENABLED
AWS::GammaDilithium::JobDefinition NodeProperties.NodeRangeProperties.*.EcsProperties.TaskProperties.*.Volumes.*.EfsVolumeConfiguration.AuthorizationConfig.Iam=ENABLED
AWS::HealthLake::FHIRDatastore IdentityProviderConfiguration.FineGrainedAuthorizationEnabled=true
AWS::IVS::Channel Authorized=true
AWS::Kendra::Index UserContextPolicy=USER_TOKEN
AWS::MSK::Cluster ClientAuthentication.Sasl.Iam.Enabled=true
AWS::MSK::Cluster ClientAuthentication.Sasl.Scram.Enabled=true
AWS::MediaPackage::OriginEndpoint Authorization=*
AWS::MediaPackage::PackagingGroup Authorization=*
AWS::MediaPackageV2::OriginEndpointPolicy CdnAuthConfiguration=*
AWS::Neptune::DBCluster IamAuthEnabled=true
AWS::OpenSearchService::Domain AdvancedSecurityOptions.Enabled=true
AWS::RDS::DBCluster EnableIAMDatabaseAuthentication=true
AWS::RDS::DBCluster MasterUserAuthenticationType=password<iam-db-auth?password
AWS::RDS::DBInstance EnableIAMDatabaseAuthentication=true
AWS::RDS::DBInstance MasterUserAuthenticationType=password<iam-db-auth?password
AWS::RDS::DBProxy Auth.*.IAMAuth=DISABLED<ENABLED<REQUIRED?DISABLED
AWS::RDS::DBProxy DefaultAuthScheme=NONE<IAM_AUTH?NONE
AWS::Serverless::GraphQLApi Auth.Type=API_KEY<AMAZON_COGNITO_USER_POOLS|AWS_IAM|AWS_LAMBDA|OPENID_CONNECT
AWS::StorageGateway::SMBFileShare Authentication=GuestAccess<ActiveDirectory?ActiveDirectory
AWS::VpcLattice::ResourceConfiguration ResourceConfigurationAuthType=AWS_IAM
AWS::VpcLattice::Service AuthType=AWS_IAM
AWS::VpcLattice::ServiceNetwork AuthType=AWS_IAM

# API key
AWS::ApiGateway::Method ApiKeyRequired=true
AWS::ApiGatewayV2::Route ApiKeyRequired=true
AWS::Serverless::WebSocketApi Routes.{}.ApiKeyRequired=true

# API key that the caller has to know
AWS::ApiGateway::RestApi ApiKeySourceType=AUTHORIZER<HEADER?HEADER
AWS::ApiGateway::RestApi Body.@json.x-amazon-apigateway-api-key-source=AUTHORIZER<HEADER?HEADER
AWS::Serverless::Api ApiKeySourceType=AUTHORIZER<HEADER?HEADER

# scopes of authorization
AWS::ApiGateway::Method AuthorizationScopes=*
AWS::ApiGatewayV2::Route AuthorizationScopes=*

# default authorizer
AWS::Serverless::Api Auth.ApiKeyRequired=true
AWS::Serverless::Api Auth.DefaultAuthorizer=*
AWS::Serverless::HttpApi Auth.DefaultAuthorizer=*

# second factor
AWS::Cognito::UserPool EnabledMfas=@count
AWS::Cognito::UserPool MfaConfiguration=OFF<OPTIONAL<ON?OFF

# password rules
AWS::Cognito::UserPool Policies.PasswordPolicy.MinimumLength=#?8
AWS::Cognito::UserPool Policies.PasswordPolicy.RequireLowercase=true
AWS::Cognito::UserPool Policies.PasswordPolicy.RequireNumbers=true
AWS::Cognito::UserPool Policies.PasswordPolicy.RequireSymbols=true
AWS::Cognito::UserPool Policies.PasswordPolicy.RequireUppercase=true

# threat protection
AWS::Cognito::UserPool UserPoolAddOns.AdvancedSecurityAdditionalFlows.CustomAuthMode=AUDIT<ENFORCED
AWS::Cognito::UserPool UserPoolAddOns.AdvancedSecurityMode=OFF<AUDIT<ENFORCED?OFF
AWS::Cognito::UserPoolRiskConfigurationAttachment . of UserPoolId

# sign-up by administrators only
AWS::Cognito::UserPool AdminCreateUserConfig.AllowAdminCreateUserOnly=true

# token revocation
AWS::Cognito::UserPoolClient EnableTokenRevocation=true?true

# silence on which users exist
AWS::Cognito::UserPoolClient PreventUserExistenceErrors=ENABLED

# token check
AWS::Cognito::IdentityPool AllowClassicFlow=false?false
AWS::Cognito::IdentityPool CognitoIdentityProviders.*.ServerSideTokenCheck=true

# web firewall
AWS::BedrockAgentCore::Gateway WafConfiguration=*
AWS::CloudFront::Distribution DistributionConfig.WebACLId=*
AWS::CloudFront::DistributionTenant Customizations.WebAcl.Action=override
AWS::ECS::Gateway Configuration.HostSharedAlb.WebACLArn=*
AWS::ElasticLoadBalancingV2::LoadBalancer LoadBalancerAttributes.[waf.fail_open.enabled].Value=false?false
AWS::WAFRegional::WebACLAssociation . of ResourceArn
AWS::WAFv2::WebACLAssociation . of ResourceArn

# firewall rules
AWS::FMS::Policy .
AWS::NetworkFirewall::Firewall . of VpcId
AWS::NetworkFirewall::FirewallPolicy FirewallPolicy.StatefulDefaultActions=@count
AWS::NetworkFirewall::FirewallPolicy FirewallPolicy.StatefulRuleGroupReferences=@count
AWS::NetworkFirewall::FirewallPolicy FirewallPolicy.StatelessDefaultActions=aws:drop|aws:forward_to_sfe
AWS::NetworkFirewall::FirewallPolicy FirewallPolicy.StatelessFragmentDefaultActions=aws:drop|aws:forward_to_sfe
AWS::NetworkFirewall::FirewallPolicy FirewallPolicy.TLSInspectionConfigurationArn=*
AWS::NetworkSecurityManager::Policy .
AWS::Route53GlobalResolver::DnsView FirewallRulesFailOpen=DISABLED
AWS::Route53GlobalResolver::FirewallRule . of DnsViewId
AWS::Route53Resolver::FirewallRuleGroup FirewallRules=@count
AWS::Route53Resolver::FirewallRuleGroupAssociation . of VpcId
AWS::WAFv2::RuleGroup Rules.*.Action.Block=*
AWS::WAFv2::RuleGroup Rules=@count
AWS::WAFv2::WebACL DefaultAction.Block=*
AWS::WAFv2::WebACL OnSourceDDoSProtectionConfig=*
AWS::WAFv2::WebACL Rules.*.Action.Block=*
AWS::WAFv2::WebACL Rules.*.OverrideAction.None=*
AWS::WAFv2::WebACL Rules=@count

# network rule that denies
AWS::EC2::NetworkAclEntry . if RuleAction=deny of NetworkAclId
AWS::EC2::NetworkAclEntry RuleAction=deny

# protection against denial of service
AWS::Shield::ProactiveEngagement ProactiveEngagementStatus=ENABLED
AWS::Shield::Protection . of ResourceArn
AWS::Shield::Protection ApplicationLayerAutomaticResponseConfiguration.Status=ENABLED

# rate limit
AWS::ApiGateway::UsagePlan Quota=*
AWS::ApiGateway::UsagePlan Throttle=*
AWS::Lambda::WebFunctionEndpoint ThrottleConfig=*
AWS::Serverless::Api Auth.UsagePlan.Quota=*
AWS::Serverless::Api Auth.UsagePlan.Throttle=*
AWS::Serverless::WebFunction ThrottleConfig=*

# network of its own
AWS::BedrockAgentCore::BrowserCustom NetworkConfiguration.NetworkMode=PUBLIC<VPC
AWS::BedrockAgentCore::CodeInterpreterCustom NetworkConfiguration.NetworkMode=PUBLIC<VPC|SANDBOX
AWS::BedrockAgentCore::Harness Environment.AgentCoreRuntimeEnvironment.NetworkConfiguration.NetworkMode=PUBLIC<VPC
AWS::BedrockAgentCore::Runtime NetworkConfiguration.NetworkMode=PUBLIC<VPC
AWS::Elasticsearch::Domain VPCOptions=*
AWS::OSIS::Pipeline VpcOptions=*
AWS::OpenSearchService::Domain VPCOptions=*
AWS::Redshift::Cluster EnhancedVpcRouting=true
AWS::RedshiftServerless::Workgroup EnhancedVpcRouting=true
AWS::SageMaker::DataQualityJobDefinition NetworkConfig.EnableNetworkIsolation=true
AWS::SageMaker::Domain AppNetworkAccessType=VpcOnly
AWS::SageMaker::EndpointConfig EnableNetworkIsolation=true
AWS::SageMaker::Model EnableNetworkIsolation=true
AWS::SageMaker::ModelBiasJobDefinition NetworkConfig.EnableNetworkIsolation=true
AWS::SageMaker::ModelExplainabilityJobDefinition NetworkConfig.EnableNetworkIsolation=true
AWS::SageMaker::ModelQualityJobDefinition NetworkConfig.EnableNetworkIsolation=true
AWS::SageMaker::MonitoringSchedule MonitoringScheduleConfig.MonitoringJobDefinition.NetworkConfig.EnableNetworkIsolation=true
AWS::SageMaker::NotebookInstance DirectInternetAccess=Disabled
AWS::SageMaker::ProcessingJob NetworkConfig.EnableNetworkIsolation=true

# list of allowed addresses
AWS::Grafana::Workspace NetworkAccessControl=*
AWS::MediaConnect::FlowOutput CidrAllowList=*
AWS::MediaPackage::OriginEndpoint Whitelist=*
AWS::SageMaker::Workforce SourceIpConfig=*

# private endpoint
AWS::ApiGateway::DomainName EndpointConfiguration.Types=PRIVATE
AWS::ApiGateway::RestApi EndpointConfiguration.Types=PRIVATE
AWS::AppSync::GraphQLApi Visibility=PRIVATE
AWS::EKS::Cluster ResourcesVpcConfig.EndpointPublicAccess=false
AWS::S3::AccessPoint VpcConfiguration=*
AWS::Serverless::GraphQLApi Visibility=PRIVATE

# default endpoint switched off
AWS::ApiGateway::RestApi Body.@json.servers.*.x-amazon-apigateway-endpoint-configuration.disableExecuteApiEndpoint=true
AWS::ApiGateway::RestApi Body.@json.x-amazon-apigateway-endpoint-configuration.disableExecuteApiEndpoint=true
AWS::ApiGateway::RestApi DisableExecuteApiEndpoint=true
AWS::ApiGatewayV2::Api Body.@json.servers.*.x-amazon-apigateway-endpoint-configuration.disableExecuteApiEndpoint=true
AWS::ApiGatewayV2::Api Body.@json.x-amazon-apigateway-endpoint-configuration.disableExecuteApiEndpoint=true
AWS::ApiGatewayV2::Api DisableExecuteApiEndpoint=true
AWS::Serverless::Api DisableExecuteApiEndpoint=true
AWS::Serverless::HttpApi DisableExecuteApiEndpoint=true
AWS::Serverless::WebSocketApi DisableExecuteApiEndpoint=true

# block of public access
AWS::EC2::SnapshotBlockPublicAccess .
AWS::EC2::SnapshotBlockPublicAccess State=unblocked<block-new-sharing<block-all-sharing
AWS::EC2::VPCBlockPublicAccessOptions .
AWS::EC2::VPCBlockPublicAccessOptions InternetGatewayBlockMode=block-ingress<block-bidirectional
AWS::S3::AccessPoint PublicAccessBlockConfiguration.BlockPublicAcls=true
AWS::S3::AccessPoint PublicAccessBlockConfiguration.BlockPublicPolicy=true
AWS::S3::AccessPoint PublicAccessBlockConfiguration.IgnorePublicAcls=true
AWS::S3::AccessPoint PublicAccessBlockConfiguration.RestrictPublicBuckets=true
AWS::S3::Bucket PublicAccessBlockConfiguration.BlockPublicAcls=true
AWS::S3::Bucket PublicAccessBlockConfiguration.BlockPublicPolicy=true
AWS::S3::Bucket PublicAccessBlockConfiguration.IgnorePublicAcls=true
AWS::S3::Bucket PublicAccessBlockConfiguration.RestrictPublicBuckets=true
AWS::S3::MultiRegionAccessPoint PublicAccessBlockConfiguration.BlockPublicAcls=true
AWS::S3::MultiRegionAccessPoint PublicAccessBlockConfiguration.BlockPublicPolicy=true
AWS::S3::MultiRegionAccessPoint PublicAccessBlockConfiguration.IgnorePublicAcls=true
AWS::S3::MultiRegionAccessPoint PublicAccessBlockConfiguration.RestrictPublicBuckets=true
AWS::S3Express::AccessPoint PublicAccessBlockConfiguration.BlockPublicAcls=true
AWS::S3Express::AccessPoint PublicAccessBlockConfiguration.BlockPublicPolicy=true
AWS::S3Express::AccessPoint PublicAccessBlockConfiguration.IgnorePublicAcls=true
AWS::S3Express::AccessPoint PublicAccessBlockConfiguration.RestrictPublicBuckets=true
AWS::SecretsManager::ResourcePolicy BlockPublicPolicy=true

# ownership that switches ACLs off
AWS::S3::Bucket OwnershipControls.Rules.[0].ObjectOwnership=BucketOwnerEnforced?BucketOwnerEnforced

# access through CloudFront only
AWS::CloudFront::Distribution DistributionConfig.Origins.*.OriginAccessControlId=*
AWS::CloudFront::Distribution DistributionConfig.Origins.*.S3OriginConfig.OriginAccessIdentity=*
AWS::CloudFront::Distribution DistributionConfig.S3Origin.OriginAccessIdentity=*
AWS::CloudFront::OriginAccessControl OriginAccessControlConfig.SigningBehavior=never<no-override<always
AWS::CloudFront::StreamingDistribution StreamingDistributionConfig.S3Origin.OriginAccessIdentity=*

# signed URLs
AWS::CloudFront::Distribution DistributionConfig.CacheBehaviors.*.TrustedKeyGroups=@count
AWS::CloudFront::Distribution DistributionConfig.CacheBehaviors.*.TrustedSigners=@count
AWS::CloudFront::Distribution DistributionConfig.DefaultCacheBehavior.TrustedKeyGroups=@count
AWS::CloudFront::Distribution DistributionConfig.DefaultCacheBehavior.TrustedSigners=@count
AWS::CloudFront::StreamingDistribution StreamingDistributionConfig.TrustedSigners.Enabled=true

# restriction to countries
AWS::CloudFront::Distribution DistributionConfig.Restrictions.GeoRestriction.RestrictionType=blacklist|whitelist
AWS::CloudFront::DistributionTenant Customizations.GeoRestrictions.RestrictionType=blacklist|whitelist
AWS::IVS::PlaybackRestrictionPolicy AllowedCountries=@count
AWS::IVS::PlaybackRestrictionPolicy EnableStrictOriginEnforcement=true

# security headers
AWS::CloudFront::Distribution DistributionConfig.CacheBehaviors.*.ResponseHeadersPolicyId=*
AWS::CloudFront::Distribution DistributionConfig.DefaultCacheBehavior.ResponseHeadersPolicyId=*
AWS::CloudFront::ResponseHeadersPolicy ResponseHeadersPolicyConfig.SecurityHeadersConfig.ContentSecurityPolicy=*
AWS::CloudFront::ResponseHeadersPolicy ResponseHeadersPolicyConfig.SecurityHeadersConfig.ContentTypeOptions=*
AWS::CloudFront::ResponseHeadersPolicy ResponseHeadersPolicyConfig.SecurityHeadersConfig.FrameOptions=*
AWS::CloudFront::ResponseHeadersPolicy ResponseHeadersPolicyConfig.SecurityHeadersConfig.ReferrerPolicy=*
AWS::CloudFront::ResponseHeadersPolicy ResponseHeadersPolicyConfig.SecurityHeadersConfig.StrictTransportSecurity=*
AWS::CloudFront::ResponseHeadersPolicy ResponseHeadersPolicyConfig.SecurityHeadersConfig.XSSProtection=*

# check of requests
AWS::ApiGateway::Method RequestValidatorId=*
AWS::ApiGateway::RestApi Body.@json.x-amazon-apigateway-request-validator=*
AWS::ECS::Gateway Configuration.HostSharedAlb.HttpDesync=monitor<defensive<strictest?defensive
AWS::ElasticLoadBalancingV2::LoadBalancer LoadBalancerAttributes.[routing.http.desync_mitigation_mode].Value=monitor<defensive<strictest?defensive
AWS::ElasticLoadBalancingV2::LoadBalancer LoadBalancerAttributes.[routing.http.drop_invalid_header_fields.enabled].Value=true

# policy that limits access
AWS::ApiGateway::DomainNameV2 Policy=*
AWS::ApiGateway::RestApi Body.@json.x-amazon-apigateway-policy=*
AWS::ApiGateway::RestApi Policy=*
AWS::EC2::ClientVpnEndpoint AuthorizationPolicy=*
AWS::EC2::VPCEndpoint PolicyDocument=*
AWS::EC2::VerifiedAccessEndpoint PolicyEnabled=true
AWS::EC2::VerifiedAccessGroup PolicyEnabled=true
AWS::EFS::FileSystem FileSystemPolicy=*
AWS::EKS::PodIdentityAssociation Policy=*
AWS::QLDB::Ledger PermissionsMode=ALLOW_ALL<STANDARD
AWS::RolesAnywhere::Profile SessionPolicy=*
AWS::S3Files::FileSystemPolicy . of FileSystemId
AWS::Serverless::Api Auth.ResourcePolicy=*
AWS::Serverless::Function Events.{}.Properties.Auth.ResourcePolicy=*
AWS::Serverless::StateMachine Events.{}.Properties.Auth.ResourcePolicy=*
AWS::Transfer::User Policy=*
AWS::VpcLattice::AuthPolicy . of ResourceIdentifier

# user of its own
AWS::EFS::AccessPoint PosixUser=*
AWS::S3Files::AccessPoint PosixUser=*
AWS::StorageGateway::NFSFileShare Squash=NoSquash<RootSquash<AllSquash?RootSquash

# consent of the owner
AWS::EC2::VPCEndpointService AcceptanceRequired=true?true

# sharing within the organization only
AWS::RAM::ResourceShare AllowExternalPrincipals=false

# approval of builds from forks
AWS::CodeBuild::Project Triggers.PullRequestBuildPolicy.RequiresCommentApproval=DISABLED<FORK_PULL_REQUESTS<ALL_PULL_REQUESTS

# code signing
AWS::Lambda::CodeSigningConfig CodeSigningPolicies.UntrustedArtifactOnDeployment=Warn<Enforce?Warn
AWS::Lambda::Function CodeSigningConfigArn=*
AWS::Serverless::Function CodeSigningConfigArn=*

# tags that cannot be moved
AWS::ECR::Repository ImageTagMutability=MUTABLE<IMMUTABLE_WITH_EXCLUSION|MUTABLE_WITH_EXCLUSION<IMMUTABLE?MUTABLE
AWS::ECR::RepositoryCreationTemplate ImageTagMutability=MUTABLE<IMMUTABLE_WITH_EXCLUSION|MUTABLE_WITH_EXCLUSION<IMMUTABLE?MUTABLE

# scan for vulnerabilities
AWS::ECR::RegistryScanningConfiguration ScanType=BASIC<ENHANCED
AWS::ECR::Repository ImageScanningConfiguration.ScanOnPush=true
AWS::ImageBuilder::Image ImageScanningConfiguration.ImageScanningEnabled=true
AWS::ImageBuilder::ImagePipeline ImageScanningConfiguration.ImageScanningEnabled=true
AWS::SES::ReceiptRule Rule.ScanEnabled=true

# guardrail
AWS::Bedrock::Agent GuardrailConfiguration=*
AWS::Bedrock::EnforcedGuardrailConfiguration .
AWS::Bedrock::Flow Definition.Nodes.*.Configuration.KnowledgeBase.GuardrailConfiguration=*
AWS::Bedrock::Flow Definition.Nodes.*.Configuration.Prompt.GuardrailConfiguration=*
AWS::BedrockAgentCore::Policy EnforcementMode=LOG_ONLY<ACTIVE
AWS::Chatbot::MicrosoftTeamsChannelConfiguration GuardrailPolicies=*
AWS::Chatbot::SlackChannelConfiguration GuardrailPolicies=*
AWS::Lex::Bot BotLocales.*.Intents.*.BedrockAgentIntentConfiguration.BedrockAgentIntentKnowledgeBaseConfiguration.BedrockModelConfiguration.BedrockGuardrailConfiguration=*
AWS::Lex::Bot BotLocales.*.Intents.*.QnAIntentConfiguration.BedrockModelConfiguration.BedrockGuardrailConfiguration=*

# instance metadata by token only
AWS::AppStream::AppBlockBuilder DisableIMDSV1=true
AWS::AppStream::Fleet DisableIMDSV1=true
AWS::AppStream::ImageBuilder DisableIMDSV1=true
AWS::AutoScaling::LaunchConfiguration MetadataOptions.HttpTokens=optional<required
AWS::EC2::EC2Fleet LaunchTemplateConfigs.*.Overrides.*.MetadataOptions.HttpTokens=optional<required
AWS::EC2::Instance MetadataOptions.HttpTokens=optional<required
AWS::EC2::LaunchTemplate LaunchTemplateData.MetadataOptions.HttpTokens=optional<required
AWS::ImageBuilder::InfrastructureConfiguration InstanceMetadataOptions.HttpTokens=optional<required
AWS::SageMaker::NotebookInstance InstanceMetadataServiceConfiguration.MinimumInstanceMetadataServiceVersion=1<2?1
AWS::WorkspacesInstances::WorkspaceInstance ManagedInstance.MetadataOptions.HttpTokens=optional<required

# check of source and destination
AWS::EC2::Instance SourceDestCheck=true?true
AWS::EC2::NetworkInterface SourceDestCheck=true?true

# read-only file system
AWS::Batch::JobDefinition ContainerProperties.ReadonlyRootFilesystem=true
AWS::Batch::JobDefinition EcsProperties.TaskProperties.*.Containers.*.ReadonlyRootFilesystem=true
AWS::Batch::JobDefinition NodeProperties.NodeRangeProperties.*.Container.ReadonlyRootFilesystem=true
AWS::Batch::JobDefinition NodeProperties.NodeRangeProperties.*.EcsProperties.TaskProperties.*.Containers.*.ReadonlyRootFilesystem=true
AWS::ECS::DaemonTaskDefinition ContainerDefinitions.*.ReadonlyRootFilesystem=true
AWS::ECS::TaskDefinition ContainerDefinitions.*.ReadonlyRootFilesystem=true
AWS::GammaDilithium::JobDefinition ContainerProperties.ReadonlyRootFilesystem=true
AWS::GammaDilithium::JobDefinition EcsProperties.TaskProperties.*.Containers.*.ReadonlyRootFilesystem=true
AWS::GammaDilithium::JobDefinition NodeProperties.NodeRangeProperties.*.Container.ReadonlyRootFilesystem=true
AWS::GammaDilithium::JobDefinition NodeProperties.NodeRangeProperties.*.EcsProperties.TaskProperties.*.Containers.*.ReadonlyRootFilesystem=true

# isolation
AWS::Greengrass::FunctionDefinitionVersion DefaultConfig.Execution.IsolationMode=GreengrassContainer
AWS::Greengrass::FunctionDefinitionVersion Functions.*.FunctionConfiguration.Environment.Execution.IsolationMode=GreengrassContainer
AWS::GreengrassV2::ComponentVersion LambdaFunction.ComponentLambdaParameters.LinuxProcessParams.IsolationMode=GreengrassContainer
AWS::SageMaker::NotebookInstance RootAccess=Disabled

# settings that users cannot change
AWS::Athena::WorkGroup WorkGroupConfiguration.EnforceWorkGroupConfiguration=true?true
AWS::EC2::ClientVpnEndpoint ClientRouteEnforcementOptions.Enforced=true

# updates
AWS::AmazonMQ::Broker AutoMinorVersionUpgrade=true
AWS::DMS::ReplicationInstance AutoMinorVersionUpgrade=true?true
AWS::DocDB::DBInstance AutoMinorVersionUpgrade=true?true
AWS::ElastiCache::CacheCluster AutoMinorVersionUpgrade=true?true
AWS::ElastiCache::ReplicationGroup AutoMinorVersionUpgrade=true?true
AWS::MemoryDB::Cluster AutoMinorVersionUpgrade=true?true
AWS::Neptune::DBInstance AutoMinorVersionUpgrade=true?true
AWS::RDS::DBCluster AutoMinorVersionUpgrade=true?true
AWS::RDS::DBInstance AutoMinorVersionUpgrade=true?true
AWS::SageMaker::PartnerApp EnableAutoMinorVersionUpgrade=true

# key rotation
AWS::KMS::Key EnableKeyRotation=true
AWS::SecretsManager::RotationSchedule . of SecretId

# days until a deleted key is gone
AWS::KMS::Key PendingWindowInDays=#?30
AWS::KMS::ReplicaKey PendingWindowInDays=#?30

# password kept by Secrets Manager
AWS::DocDB::DBCluster ManageMasterUserPassword=true
AWS::RDS::DBCluster ManageMasterUserPassword=true
AWS::RDS::DBInstance ManageMasterUserPassword=true
AWS::Redshift::Cluster ManageMasterPassword=true
AWS::RedshiftServerless::Namespace ManageAdminPassword=true

# masking of personal data
AWS::Logs::AccountPolicy . if PolicyType=DATA_PROTECTION_POLICY
AWS::Logs::LogGroup DataProtectionPolicy=*
AWS::SNS::Topic DataProtectionPolicy=*
AWS::WAFv2::WebACL DataProtectionConfig=*

# versioning
AWS::Lightsail::Bucket ObjectVersioning=true
AWS::S3::Bucket VersioningConfiguration.Status=Enabled

# object lock
AWS::Backup::BackupVault LockConfiguration.MinRetentionDays=#?0
AWS::Backup::BackupVault LockConfiguration=*
AWS::FSx::Volume OntapConfiguration.SnaplockConfiguration.PrivilegedDelete=ENABLED<DISABLED<PERMANENTLY_DISABLED?DISABLED
AWS::Rbin::Rule LockConfiguration=*
AWS::S3::Bucket ObjectLockConfiguration.ObjectLockEnabled=Enabled
AWS::S3::Bucket ObjectLockConfiguration.Rule.DefaultRetention.Days=#?0
AWS::S3::Bucket ObjectLockConfiguration.Rule.DefaultRetention.Mode=GOVERNANCE<COMPLIANCE
AWS::S3::Bucket ObjectLockConfiguration.Rule.DefaultRetention.Years=#?0
AWS::S3::Bucket ObjectLockEnabled=true
AWS::StorageGateway::TapePool RetentionLockTimeInDays=#?0
AWS::StorageGateway::TapePool RetentionLockType=NONE<GOVERNANCE<COMPLIANCE?NONE

# replication to another place
AWS::DynamoDB::GlobalTable Replicas=@count
AWS::EFS::FileSystem FileSystemProtection.ReplicationOverwriteProtection=ENABLED
AWS::EFS::FileSystem ReplicationConfiguration=*
AWS::RDS::DBInstance AutomaticBackupReplicationRegion=*
AWS::S3::Bucket ReplicationConfiguration=*
AWS::S3Tables::TableBucket ReplicationConfiguration=*

# point-in-time recovery
AWS::Cassandra::Table PointInTimeRecoveryEnabled=true
AWS::DynamoDB::GlobalTable Replicas.*.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled=true
AWS::DynamoDB::Table PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled=true
AWS::Serverless::SimpleTable PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled=true

# backups
AWS::Backup::BackupPlan .
AWS::Backup::BackupPlan BackupPlan.BackupPlanRule.*.EnableContinuousBackup=true
AWS::Backup::BackupPlan BackupPlan.BackupPlanRule=@count
AWS::Backup::BackupSelection .
AWS::DLM::LifecyclePolicy .
AWS::DLM::LifecyclePolicy State=ENABLED
AWS::EFS::FileSystem BackupPolicy.Status=ENABLED
AWS::Lightsail::Database BackupRetention=true?true
AWS::ODB::CloudVmCluster IsLocalBackupEnabled=true
AWS::RDS::DBCluster DeleteAutomatedBackups=false
AWS::RDS::DBInstance DeleteAutomatedBackups=false
AWS::Rbin::Rule .

# days that backups are kept
AWS::Backup::BackupPlan BackupPlan.BackupPlanRule.*.Lifecycle.DeleteAfterDays=#
AWS::CloudHSM::Cluster BackupRetentionPolicy.Value=#
AWS::DocDB::DBCluster BackupRetentionPeriod=#?1
AWS::DocDBElastic::Cluster BackupRetentionPeriod=#?1
AWS::DynamoDB::GlobalTable Replicas.*.PointInTimeRecoverySpecification.RecoveryPeriodInDays=#?35
AWS::DynamoDB::Table PointInTimeRecoverySpecification.RecoveryPeriodInDays=#?35
AWS::ElastiCache::CacheCluster SnapshotRetentionLimit=#?0
AWS::ElastiCache::ReplicationGroup SnapshotRetentionLimit=#?0
AWS::ElastiCache::ServerlessCache SnapshotRetentionLimit=#?0
AWS::FSx::FileSystem LustreConfiguration.AutomaticBackupRetentionDays=#?0
AWS::FSx::FileSystem OntapConfiguration.AutomaticBackupRetentionDays=#?30
AWS::FSx::FileSystem OpenZFSConfiguration.AutomaticBackupRetentionDays=#?30
AWS::FSx::FileSystem WindowsConfiguration.AutomaticBackupRetentionDays=#?30
AWS::MemoryDB::Cluster SnapshotRetentionLimit=#?0
AWS::Neptune::DBCluster BackupRetentionPeriod=#?1
AWS::RDS::DBCluster BackupRetentionPeriod=#?1
AWS::RDS::DBInstance AutomaticBackupReplicationRetentionPeriod=#
AWS::RDS::DBInstance BackupRetentionPeriod=#?1
AWS::Rbin::Rule RetentionPeriod.RetentionPeriodValue=#
AWS::Redshift::Cluster AutomatedSnapshotRetentionPeriod=#?1
AWS::Redshift::Cluster SnapshotCopyRetentionPeriod=#
AWS::RedshiftServerless::Namespace SnapshotCopyConfigurations.*.SnapshotRetentionPeriod=#
AWS::Serverless::SimpleTable PointInTimeRecoverySpecification.RecoveryPeriodInDays=#?35

# time that data is kept
AWS::CloudTrail::EventDataStore RetentionPeriod=#?2557
AWS::Events::Archive RetentionDays=#
AWS::Kinesis::Stream RetentionPeriodHours=#?24
AWS::KinesisVideo::Stream DataRetentionInHours=#?0
AWS::Logs::LogGroup RetentionInDays=#
AWS::Timestream::Table RetentionProperties.MagneticStoreRetentionPeriodInDays=#

# limit to how long the log is kept
AWS::Logs::LogGroup RetentionInDays=*

# deletion protection
AWS::AppConfig::ConfigurationProfile DeletionProtectionCheck=BYPASS<ACCOUNT_DEFAULT<APPLY?ACCOUNT_DEFAULT
AWS::AppConfig::Environment DeletionProtectionCheck=BYPASS<ACCOUNT_DEFAULT<APPLY?ACCOUNT_DEFAULT
AWS::AutoScaling::AutoScalingGroup DeletionProtection=none<prevent-force-deletion<prevent-all-deletion?none
AWS::Bedrock::DataSource DataSourceConfiguration.ManagedKnowledgeBaseConnectorConfiguration.DeletionProtectionConfiguration.DeletionProtectionStatus=ENABLED
AWS::CloudTrail::Dashboard TerminationProtectionEnabled=true
AWS::CloudTrail::EventDataStore TerminationProtectionEnabled=true?true
AWS::Cognito::UserPool DeletionProtection=ACTIVE
AWS::DSQL::Cluster DeletionProtectionEnabled=true
AWS::DocDB::DBCluster DeletionProtection=true
AWS::DocDB::GlobalCluster DeletionProtection=true
AWS::DynamoDB::GlobalTable Replicas.*.DeletionProtectionEnabled=true
AWS::DynamoDB::Table DeletionProtectionEnabled=true
AWS::EC2::Instance DisableApiTermination=true
AWS::EC2::LaunchTemplate LaunchTemplateData.DisableApiTermination=true
AWS::ECS::CapacityProvider AutoScalingGroupProvider.ManagedTerminationProtection=ENABLED
AWS::ECS::Gateway DeletionProtection=true
AWS::EKS::Cluster DeletionProtection=true
AWS::EMR::Cluster Instances.TerminationProtected=true
AWS::ElasticLoadBalancingV2::LoadBalancer LoadBalancerAttributes.[deletion_protection.enabled].Value=true
AWS::GameLift::GameServerGroup GameServerProtectionPolicy=FULL_PROTECTION
AWS::Logs::LogGroup DeletionProtectionEnabled=true
AWS::Neptune::DBCluster DeletionProtection=true
AWS::Neptune::GlobalCluster DeletionProtection=true
AWS::NeptuneGraph::Graph DeletionProtection=true
AWS::NetworkFirewall::Firewall AvailabilityZoneChangeProtection=true
AWS::NetworkFirewall::Firewall DeleteProtection=true
AWS::NetworkFirewall::Firewall FirewallPolicyChangeProtection=true
AWS::NetworkFirewall::Firewall SubnetChangeProtection=true
AWS::OpenSearchServerless::Collection DeletionProtection=ENABLED
AWS::QLDB::Ledger DeletionProtection=true?true
AWS::RDS::DBCluster DeletionProtection=true
AWS::RDS::DBInstance DeletionProtection=true
AWS::RDS::GlobalCluster DeletionProtection=true
AWS::Route53Resolver::FirewallRuleGroupAssociation MutationProtection=ENABLED
AWS::SMSVOICE::NotifyConfiguration DeletionProtectionEnabled=true
AWS::SMSVOICE::PhoneNumber DeletionProtectionEnabled=true
AWS::SMSVOICE::Pool DeletionProtectionEnabled=true
AWS::SMSVOICE::ProtectConfiguration DeletionProtectionEnabled=true
AWS::SMSVOICE::RcsAgent DeletionProtectionEnabled=true
AWS::SMSVOICE::SenderId DeletionProtectionEnabled=true
AWS::VerifiedPermissions::PolicyStore DeletionProtection.Mode=ENABLED
AWS::WellArchitected::AgentProfile DeletionProtection=true

# rules on where packages come from
AWS::CodeArtifact::PackageGroup OriginConfiguration.Restrictions.ExternalUpstream.RestrictionMode=ALLOW<ALLOW_SPECIFIC_REPOSITORIES<BLOCK
AWS::CodeArtifact::PackageGroup OriginConfiguration.Restrictions.InternalUpstream.RestrictionMode=ALLOW<ALLOW_SPECIFIC_REPOSITORIES<BLOCK
AWS::CodeArtifact::PackageGroup OriginConfiguration.Restrictions.Publish.RestrictionMode=ALLOW<ALLOW_SPECIFIC_REPOSITORIES<BLOCK

# check of policies against their schema
AWS::VerifiedPermissions::PolicyStore ValidationSettings.Mode=OFF<STRICT

# audit trail
AWS::CloudTrail::EventDataStore .
AWS::CloudTrail::EventDataStore IngestionEnabled=true?true
AWS::CloudTrail::EventDataStore MultiRegionEnabled=true?true
AWS::CloudTrail::Trail .
AWS::CloudTrail::Trail CloudWatchLogsLogGroupArn=*
AWS::CloudTrail::Trail EnableLogFileValidation=true
AWS::CloudTrail::Trail IncludeGlobalServiceEvents=true?true
AWS::CloudTrail::Trail IsLogging=true
AWS::CloudTrail::Trail IsMultiRegionTrail=true
AWS::CloudTrail::Trail IsOrganizationTrail=true
AWS::Config::ConfigRule .
AWS::Config::ConfigurationRecorder .
AWS::Config::ConformancePack .
AWS::Config::DeliveryChannel .
AWS::Config::OrganizationConfigRule .
AWS::Config::OrganizationConformancePack .

# detection of threats
AWS::AccessAnalyzer::Analyzer .
AWS::Detective::Graph .
AWS::GuardDuty::Detector .
AWS::GuardDuty::Detector DataSources.Kubernetes.AuditLogs.Enable=true
AWS::GuardDuty::Detector DataSources.MalwareProtection.ScanEc2InstanceWithFindings.EbsVolumes=true
AWS::GuardDuty::Detector DataSources.S3Logs.Enable=true
AWS::GuardDuty::Detector Enable=true
AWS::GuardDuty::Detector Features.*.Status=ENABLED
AWS::GuardDuty::MalwareProtectionPlan .
AWS::Macie::Session .
AWS::Macie::Session Status=PAUSED<ENABLED?ENABLED
AWS::SecurityHub::Hub .
AWS::SecurityHub::HubV2 .
AWS::SecurityHub::Standard .

# signed DNS answers
AWS::Route53::DNSSEC . of HostedZoneId
AWS::Route53Resolver::ResolverDNSSECConfig . of ResourceId

# access log
AWS::ApiGateway::Stage AccessLogSetting.DestinationArn=*
AWS::ApiGatewayV2::ApiGatewayManagedOverrides Stage.AccessLogSettings=*
AWS::ApiGatewayV2::Stage AccessLogSettings.DestinationArn=*
AWS::AppMesh::VirtualGateway Spec.Logging.AccessLog=*
AWS::AppMesh::VirtualNode Spec.Logging.AccessLog=*
AWS::CloudFront::Distribution DistributionConfig.Logging=*
AWS::CloudFront::StreamingDistribution StreamingDistributionConfig.Logging=*
AWS::EC2::FlowLog . of ResourceId
AWS::ECS::Gateway Configuration.HostSharedAlb.AccessLogs=*
AWS::ECS::Service ServiceConnectConfiguration.AccessLogConfiguration=*
AWS::ElasticLoadBalancing::LoadBalancer AccessLoggingPolicy.Enabled=true
AWS::ElasticLoadBalancingV2::LoadBalancer LoadBalancerAttributes.[access_logs.s3.enabled].Value=true
AWS::GlobalAccelerator::Accelerator FlowLogsEnabled=true
AWS::MediaPackage::Channel EgressAccessLogs=*
AWS::MediaPackage::Channel IngressAccessLogs=*
AWS::MediaPackage::PackagingGroup EgressAccessLogs=*
AWS::MediaStore::Container AccessLoggingEnabled=true
AWS::S3::Bucket LoggingConfiguration=*
AWS::Serverless::Api AccessLogSetting=*
AWS::Serverless::HttpApi AccessLogSettings=*
AWS::Serverless::WebSocketApi AccessLogSettings=*
AWS::WorkSpacesWeb::Portal UserAccessLoggingSettingsArn=*

# audit log
AWS::AmazonMQ::Broker Logs.Audit=true
AWS::AppSync::Api EventConfig.LogConfig=*
AWS::AppSync::GraphQLApi LogConfig=*
AWS::B2BI::Profile Logging=ENABLED
AWS::CleanRooms::Collaboration JobLogStatus=ENABLED
AWS::CleanRooms::Collaboration QueryLogStatus=ENABLED
AWS::CleanRooms::Membership JobLogStatus=ENABLED
AWS::CleanRooms::Membership QueryLogStatus=ENABLED
AWS::CodeBuild::Project LogsConfig.CloudWatchLogs.Status=DISABLED<ENABLED?ENABLED
AWS::Cognito::LogDeliveryConfiguration .
AWS::Cognito::LogDeliveryConfiguration LogConfigurations=@count
AWS::DocDB::DBCluster EnableCloudwatchLogsExports=@count
AWS::DocDB::DBClusterParameterGroup Parameters.[audit_logs]=disabled<ddl|dml_read|dml_write|enabled<all?disabled
AWS::EC2::ClientVpnEndpoint ConnectionLogOptions.Enabled=true
AWS::EC2::VPNConnection VpnTunnelOptionsSpecifications.*.LogOptions.CloudwatchLogOptions.LogEnabled=true
AWS::EC2::VerifiedAccessInstance LoggingConfigurations=*
AWS::ECS::Cluster Configuration.ExecuteCommandConfiguration.Logging=NONE<DEFAULT|OVERRIDE?DEFAULT
AWS::EKS::Cluster Logging.ClusterLogging.EnabledTypes=@count
AWS::Elasticsearch::Domain LogPublishingOptions.{}.Enabled=true
AWS::FSx::FileSystem WindowsConfiguration.AuditLogConfiguration.FileAccessAuditLogLevel=DISABLED<SUCCESS_ONLY|FAILURE_ONLY<SUCCESS_AND_FAILURE?DISABLED
AWS::FSx::FileSystem WindowsConfiguration.AuditLogConfiguration.FileShareAccessAuditLogLevel=DISABLED<SUCCESS_ONLY|FAILURE_ONLY<SUCCESS_AND_FAILURE?DISABLED
AWS::IVSChat::LoggingConfiguration .
AWS::IoT::Logging .
AWS::MSK::Cluster LoggingInfo.AuthorizerLogs=*
AWS::MSK::Cluster LoggingInfo.BrokerLogs=*
AWS::MWAA::Environment LoggingConfiguration=*
AWS::Neptune::DBCluster EnableCloudwatchLogsExports=@count
AWS::Neptune::DBClusterParameterGroup Parameters.[neptune_enable_audit_log]=0<1?0
AWS::NetworkFirewall::LoggingConfiguration . of FirewallArn
AWS::NetworkFirewall::LoggingConfiguration LoggingConfiguration.LogDestinationConfigs=@count
AWS::OSIS::Pipeline LogPublishingOptions.IsLoggingEnabled=true
AWS::OpenSearchService::Domain LogPublishingOptions.{}.Enabled=true
AWS::RDS::DBCluster EnableCloudwatchLogsExports=@count
AWS::RDS::DBInstance EnableCloudwatchLogsExports=@count
AWS::Redshift::Cluster LoggingProperties=*
AWS::Redshift::ClusterParameterGroup Parameters.[enable_user_activity_logging].ParameterValue=true
AWS::RedshiftServerless::Namespace LogExports=@count
AWS::RedshiftServerless::Workgroup ConfigParameters.[enable_user_activity_logging].ParameterValue=true
AWS::Route53::HostedZone QueryLoggingConfig=*
AWS::Route53::QueryLoggingConfig .
AWS::Route53Resolver::ResolverQueryLoggingConfig .
AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation . of ResourceId
AWS::Serverless::GraphQLApi Logging=*
AWS::Serverless::StateMachine Logging=*
AWS::StepFunctions::StateMachine LoggingConfiguration=*
AWS::StorageGateway::NFSFileShare AuditDestinationARN=*
AWS::StorageGateway::SMBFileShare AuditDestinationARN=*
AWS::WAFv2::LoggingConfiguration . of ResourceArn
AWS::WAFv2::LoggingConfiguration LogDestinationConfigs=@count

# description of the API withheld
AWS::AppSync::GraphQLApi IntrospectionConfig=DISABLED
AWS::Serverless::GraphQLApi IntrospectionConfig=DISABLED

# row-level security
AWS::QuickSight::DataSet ColumnLevelPermissionRules=@count
AWS::QuickSight::DataSet RowLevelPermissionDataSet.Arn=*
AWS::QuickSight::DataSet RowLevelPermissionTagConfiguration=*
AWS::QuickSight::KnowledgeBase AccessControlConfiguration.IsACLEnabled=true
`;var c=u(85660);const D={authorizer:({operation:e,document:t})=>{const n=(0,c.g)(e);if(n==="AWS_IAM")return[2,n];const i=n==="NONE"?[]:(0,c.E2)(e,t).filter(r=>!(0,c.m0)(r)),[a]=i.filter(c.kd);return a?[2,a.name]:[i.length>0?1:0,h]},"API key":({operation:e,document:t})=>{const n=(0,c.E2)(e,t).find(c.m0);return n?[1,n.name]:[0,h]},"scopes of authorization":({operation:e,document:t})=>{const n=(0,c.E2)(e,t).flatMap(i=>i.scopes);return n.length>0?[1,n.map(f.b6).join(" ")]:[0,h]}},h="none";function b({type:e,before:t,after:n},i){if((0,f.tI)((0,c.cq)(e,t)??null,(0,c.cq)(e,n)??null))return[];const a=Map.groupBy((0,c.CF)(e,t,f.b6),({route:S})=>S);return[...Map.groupBy((0,c.CF)(e,n,f.b6),({route:S})=>S)].flatMap(([S,k])=>{const A=a.get(S);return A===void 0||i((0,c.SR)(S))?[]:l(A,k)})}function l(e,t){return Object.entries(D).flatMap(([n,i])=>{const[a,r]=[e.map(i),t.map(i)],[S,k]=[v(a),d(r)];return k[0]>=d(a)[0]&&v(r)[0]>=S[0]?[]:[{what:n,property:`${t[0]?.property??""}.security`,before:S[1],after:k[1]}]})}const y=[0,h],v=e=>e.toSorted(([t],[n])=>n-t)[0]??y,d=e=>e.toSorted(([t],[n])=>t-n)[0]??y;var C=u(62507),P=u(52649);const g={nothing:0,snapshot:1,resource:2};function O(e,t,n){return(0,P.VU)(e)?["DeletionPolicy","UpdateReplacePolicy"].flatMap(i=>{const a=k=>(0,p.ZV)(k,i)??(i==="DeletionPolicy"?(0,C.IE)(e,H(k)):void 0)??"Delete",[r,S]=[a(t),a(n)];return(0,p.Gv)(S)||g[(0,C.mA)(S)]>=g[(0,C.mA)(r)]?[]:[{what:"policy that keeps its data",property:i,before:(0,f.b6)(r),after:(0,f.b6)(S)}]}):[]}const H=e=>(0,p.Gv)(e.Properties)?e.Properties:{};var V=u(594),N=u(67022);const J=(e,t)=>({lostProtections:e.map(n=>n.subject===void 0?n:{...n,subject:t(n.subject)})}),z=(0,V.c_)(K);function j(e,{before:t,after:n,iam:i}){const a=new Set(e.flatMap(A=>A.kind==="added"?A.renamedFrom??[]:[])),r=i.filter(({kind:A,concern:M})=>A==="added"&&M==="public"),S=new Set(r.map(({logicalId:A,property:M})=>`${A}\0${M}`)),k=new Set(r.map(({logicalId:A,action:M})=>`${A}\0${M}`));return e.map(A=>{if(A.kind==="added")return A;const{logicalId:M,type:T}=A;if(o(t,M)===o(n,M))return A;const[R,ee]=[s(t,M),s(n,M)],oe=(A.kind==="changed"?[...W(T,R,ee),...b({type:T,before:R,after:ee},ne=>k.has(`${M}\0${ne}`)),...te(A,{old:R,now:ee,before:t,after:n}),...O(T,o(t,M),o(n,M))]:A.kept==="resource"||a.has(M)?[]:te(A,{old:R,before:t,after:n})).filter(({property:ne})=>!S.has(`${M}\0${ne}`));return oe.length===0?A:{...A,lostProtections:oe}})}function _(e,t){const n=new Set(t.flatMap(i=>i.kind==="added"?[]:(i.lostProtections??[]).map(({property:a})=>`${i.logicalId}\0${a}`)));return n.size===0?e:e.map(i=>{const{concern:a,...r}=i;return i.kind==="removed"&&n.has(`${i.logicalId}\0${i.property}`)?r:i})}function o({Resources:e},t){const n=(0,p.Gv)(e)?(0,p.ZV)(e,t):void 0;return(0,p.Gv)(n)?n:{}}function s(e,t){const{Properties:n}=o(e,t);return(0,p.Gv)(n)?n:{}}function W(e,t,n){const i=z.of(e).flatMap(r=>{const[S]=r.path;if(S===void 0||(0,f.tI)((0,p.ZV)(t,S),(0,p.ZV)(n,S)))return[];const[k,A]=[L(r,t),L(r,n)];return[...k].flatMap(([M,T])=>{const R=A.get(M)??(r.path.includes("{}")?T.map(B):[]);return Z(r,T,R)?[{each:X(r,Q(r,T),Q(r,R,-1)),partOf:r.whom}]:[]})}),a=({each:r,partOf:S})=>i.some(k=>k.each.what===S&&I(k.each.property)===I(r.property));return i.filter(r=>!a(r)).map(({each:r})=>r)}const I=e=>e.slice(0,Math.max(0,e.lastIndexOf("."))),B=e=>({...e,value:void 0}),L=(e,t)=>Map.groupBy((0,N.e$)(t,e.path,G(e)).filter(n=>w(e,n)),({key:n})=>n),G=({conditions:e})=>e.map(t=>"path"in t?t.path:[]),w=({conditions:e},{beside:t})=>e.every((n,i)=>"named"in n||(t[i]??[]).some(a=>((0,V.Tm)(a,n)??0)>0===n.met)),U=(e,t)=>t.flatMap(({value:n})=>(0,V.Tm)(n,e)??[]);function Z(e,t,n){const[i,a]=[U(e,t),U(e,n)];return i.length===0||a.length===0?!1:Math.min(...a)<Math.min(...i)||Math.max(...a)<Math.max(...i)}const Q=(e,t,n=1)=>[...t].sort((i,a)=>n*(((0,V.Tm)(a.value,e)??0)-((0,V.Tm)(i.value,e)??0)))[0];function X({what:e},t,n){const i=n?.property??t?.property??"",[a,r]=[q(t?.value),q(n?.value)];return a===r?{what:e,property:i}:{what:e,property:i,before:a,after:r}}function q(e){if(e===void 0)return"none";const t=(0,m.qm)(e);return(0,p.Gv)(t)&&typeof t.Ref=="string"?`!Ref ${t.Ref}`:typeof t=="object"?Array.isArray(t)?`${t.length} of them`:"set":(0,f.b6)(t)}function te({logicalId:e,type:t},{old:n,now:i,before:a,after:r}){return z.of(t).flatMap(S=>{if(S.path.length>0||i&&!ie(S,n,i)||!w(S,{beside:S.conditions.map(R=>"path"in R?(0,N.I0)(n,R.path):[])}))return[];const k=S.subject===void 0?void 0:(0,N.I0)(n,S.subject),A=(0,E.Ft)((k??[]).map(x)).map(({name:R})=>R);if(A.some(R=>$(a,R)&&!$(r,R))||re(S,k,{before:a,after:r}))return[];const T=A.find(R=>$(r,R));return[{what:S.what,property:"",...T!==void 0&&T!==e&&{subject:T}}]})}const ie=({subject:e},t,n)=>e!==void 0&&(0,f.A4)((0,N.I0)(t,e).map(x))!==(0,f.A4)((0,N.I0)(n,e).map(x)),$=({Resources:e},t)=>(0,p.Gv)(e)&&Object.hasOwn(e,t);function re({type:e,subject:t},n,{before:i,after:a}){return((0,p.Gv)(a.Resources)?Object.entries(a.Resources):[]).some(([S,k])=>(0,p.Gv)(k)&&(0,f.b6)((0,p.ZV)(k,"Type"))===e&&!$(i,S)&&(t===void 0||(0,f.A4)((0,N.I0)(s(a,S),t).map(x))===(0,f.A4)((n??[]).map(x))))}const x=e=>e??null}),3784:((Y,F,u)=>{u.d(F,{XC:()=>l,kj:()=>b,ks:()=>h});var E=u(24211),p=u(63625),f=u(72721),m=u(55793),K=u(13272),c=u(97706),D=u(67418);function h({RouteKey:d,ApiId:C},P){const g=(0,f.b6)(d);if(g==="$connect"||/^[A-Z]+ \//.test(g))return!0;const O=(0,f.b6)(v(P,C)?.ProtocolType);return g==="$default"?O!=="WEBSOCKET":O==="HTTP"}function b({RestApiId:d},C){const P=v(C,d);return P===void 0||l(P)}function l({EndpointConfiguration:d,Policy:C}){const P=(0,E.Gv)(d)?d.Types??d.Type:d;return(0,p.S)(P).some(g=>(0,f.b6)(g)==="PRIVATE")?!1:C===void 0||(0,p.S)(C).some(g=>y((0,c.l)(g)))}function y(d){if(!(0,E.Gv)(d)||d.Statement===void 0)return!0;const C=(0,D.GX)(d,f.b6),P=(0,D.Mm)(C);return C.some(g=>g.effect==="Allow"&&(0,D.D8)(g.principal)&&!(0,K.dP)(g.condition)&&!P.has(g))}function v(d,C){const P=C===void 0?void 0:(0,m.qm)(C),g=(0,E.Gv)(P)?P.Ref:void 0,O=typeof g=="string"?(0,E.ZV)(d.Resources,g):void 0;return(0,E.Gv)(O)?(0,E.Gv)(O.Properties)?O.Properties:{}:void 0}})};export{se as id,Se as ids,ce as modules};
