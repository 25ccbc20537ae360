/**
 * Properties that grant somebody something without a policy document. One line a grant: the resource type, whom it is for,
 * what it allows, what on (`-`: the resource itself), and the properties that limit it.
 *
 * What it allows is the path of a property, or words in quotes. `*` is any element of a list.
 */
export const GRANTS = `
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
`;
