const ne=3140,ce=[3140],le={2050:((_,M,p)=>{p.d(M,{bC:()=>L,xT:()=>R});var D=p(87502),C=p(32758),E=p(67744),G=p(24211),B=p(641),P=p(46748);function R(c,t){const n=new Map([[void 0,c.template.template],...c.nested.map(({id:i,template:r})=>[i,r.template])]),u=new Map,l={...c.parameters},k=({template:i,path:r,form:d},m)=>{if(d.kind==="kept")return;const A=F(m,d,U(n.get(i),r)),v=i??"";u.set(v,[...u.get(v)??[],{path:r,value:A}])};for(const i of c.assets){const r=i.targets.length>0?t.asset(i):void 0;for(const d of r?i.targets:[])if(r)if(d.kind==="property")k(d,r);else for(const[m,A]of Object.entries(d.parameters))l[m]=V(r,A,i.hash)}const f=[];for(const i of c.nested.toSorted((r,d)=>b(d.id)-b(r.id)||(r.id<d.id?-1:1))){const r=(0,P.X)((0,B.J)(i.template),u.get(i.id)??[]),d=(0,D.sc)(r.text),m=t.nested(i,d,r.format==="json"?".json":".yaml");f.push({id:i.id,template:r,hash:d,location:m});for(const A of i.targets)k(A,m)}return{template:(0,P.X)((0,B.J)(c.template),u.get("")??[]),nested:f,parameters:l}}function U(c,t){let n=c;for(const u of t)if(Array.isArray(n)&&typeof u=="number")n=n[u];else if((0,G.Gv)(n))n=n[String(u)];else return;return n}const b=c=>c.split("/").length;function F(c,t,n){if(c.kind==="image")return c.uri;const{bucketOfRegion:u}=c,l=u===void 0?c.bucket:{"Fn::Sub":u};if(t.kind==="bucket")return l;if(t.kind==="key")return c.key;if(t.kind==="s3-uri"&&u!==void 0)return{Bucket:l,Key:c.key};if(t.kind==="object"){const k=new Set([...E.N,t.bucket,t.key]),f=(0,G.Gv)(n)?Object.entries(n).filter(([h])=>!k.has(h)):[];return{[t.bucket]:l,[t.key]:c.key,...Object.fromEntries(f)}}return t.kind==="https-url"?L(c):`s3://${c.bucket}/${c.key}`}function L({bucket:c,key:t,region:n,endpoint:u}){return`${u?.replace(/\/$/,"")??`https://s3.${n}.${(0,C.o)(n)}`}/${c}/${t.split("/").map(encodeURIComponent).join("/")}`}function V(c,t,n){if(t==="hash")return n;if(c.kind==="image")return c.uri;const u={bucket:c.bucket,key:c.key,version:"","version-key":`${c.key}||`};return t==="image-uri"?"":u[t]}}),2276:((_,M,p)=>{p.d(M,{R:()=>b});var D=p(84033);const C=(...t)=>t.map(n=>`cloudformation:${n}`),E=({hasCode:t,ownBucket:n})=>t&&!n,G=[{modes:["preview","deploy","delete","status","drift"],actions:C("DescribeStackSet","ListStackInstances"),on:"stack set"},{modes:["deploy"],actions:C("DescribeStacks"),on:"stack"},{modes:["deploy"],actions:C("CreateStackSet"),on:"everything"},{modes:["deploy"],actions:C("CreateStackInstances","DeleteStackInstances","UpdateStackSet"),on:"targets"},{modes:["delete"],actions:C("DeleteStackInstances"),on:"targets"},{modes:["delete"],actions:C("DeleteStackSet"),on:"stack set"},{modes:["deploy","delete","drift"],actions:C("DescribeStackSetOperation","ListStackSetOperationResults"),on:"stack set"},{modes:["deploy","delete","drift"],actions:C("ListStackSetOperations"),on:"everything"},{modes:["drift"],actions:C("DetectStackSetDrift","ListStackInstanceResourceDrifts"),on:"everything"},{modes:["cancel-update"],actions:C("StopStackSetOperation"),on:"stack set"},{modes:["deploy"],actions:["iam:PassRole"],on:"administration role",when:({administrationRole:t})=>t!==void 0},{modes:["deploy"],actions:["s3:AbortMultipartUpload","s3:DeleteObject","s3:GetObject","s3:PutObject"],on:"objects"},{modes:["deploy"],actions:["s3:ListBucket","s3:ListBucketMultipartUploads"],on:"buckets"},{modes:["deploy"],actions:["s3:CreateBucket","s3:GetLifecycleConfiguration","s3:PutBucketOwnershipControls","s3:PutBucketPublicAccessBlock","s3:PutLifecycleConfiguration"],on:"buckets",when:({ownBucket:t})=>!t},{modes:["deploy"],actions:["s3:GetBucketPolicy","s3:PutBucketPolicy"],on:"buckets",when:E}];function B(t,n,u){return G.filter(l=>l.modes.some(k=>t.includes(k))&&(l.when?.(n)??!0)).flatMap(({actions:l,on:k})=>{const f=P(k,n,u);return l.map(h=>({action:h,resources:f}))})}function P(t,n,u){const{stackName:l,artifacts:k,region:f}=u,h=m=>(0,D.R)(m,u),i=h(`cloudformation:R:A:stackset/${l}:*`),r=n.hasCode?[...new Set([f,...n.regions])]:[f],d=[...new Set(r.map(m=>k.bucket.replace(f,m)))];switch(t){case"stack set":return[i];case"targets":return[i,h("cloudformation:R:A:stackset-target/*"),h("cloudformation:R:A:type/resource/*")];case"everything":return["*"];case"stack":return[h(`cloudformation:R:A:stack/${l}/*`)];case"buckets":return d.map(m=>h(`s3:::${m}`));case"objects":return d.map(m=>h(`s3:::${m}/${k.prefix}*`));case"administration role":return n.administrationRole===void 0?[]:[n.administrationRole]}}const R=(...t)=>t.map(n=>`cloudformation:${n}`),U=[{modes:["preview","validate","deploy","delete","status","drift","verify"],actions:R("DescribeStacks"),on:"stack"},{modes:["preview","validate","deploy","delete"],actions:R("GetTemplate"),on:"stack"},{modes:["preview","validate","deploy","delete","verify"],actions:R("ListStackResources"),on:"stack",when:({functions:t,nested:n})=>t||n},{modes:["validate","deploy"],actions:R("CreateChangeSet","DeleteChangeSet","DeleteStack","DescribeChangeSet","DescribeStackEvents","ListChangeSets"),on:"stack"},{modes:["deploy"],actions:R("ContinueUpdateRollback","ExecuteChangeSet","UpdateTerminationProtection"),on:"stack"},{modes:["validate","deploy"],actions:R("DescribeEvents","GetHookResult","ListHookResults"),on:"everything"},{modes:["validate","deploy"],actions:R("CreateChangeSet"),on:"transforms",when:({transforms:t})=>t},{modes:["delete"],actions:R("DeleteStack","DescribeStackEvents","ListStackResources"),on:"stack"},{modes:["cancel-update"],actions:R("CancelUpdateStack"),on:"stack"},{modes:["drift"],actions:R("DescribeStackResourceDrifts","DetectStackDrift","DetectStackResourceDrift"),on:"stack"},{modes:["drift"],actions:R("DescribeStackDriftDetectionStatus"),on:"everything"},{modes:["validate","deploy"],actions:["s3:AbortMultipartUpload","s3:DeleteObject","s3:GetObject","s3:PutObject"],on:"objects"},{modes:["validate","deploy"],actions:["s3:ListBucket","s3:ListBucketMultipartUploads"],on:"bucket"},{modes:["validate","deploy"],actions:["s3:CreateBucket","s3:GetLifecycleConfiguration","s3:PutBucketOwnershipControls","s3:PutBucketPublicAccessBlock","s3:PutLifecycleConfiguration"],on:"bucket",when:({ownBucket:t})=>!t},{modes:["preview","validate","deploy"],actions:["lambda:ListTags"],on:"functions",when:({functions:t})=>t},{modes:["preview","validate","deploy"],actions:["lambda:ListFunctions"],on:"everything",when:({functions:t})=>t},{modes:["deploy"],actions:["lambda:GetFunction"],on:"functions",when:({functions:t})=>t},{modes:["inplace"],actions:["lambda:TagResource","lambda:UntagResource","lambda:UpdateFunctionCode"],on:"functions"},{modes:["verify"],actions:["lambda:InvokeFunction"],on:"functions"},{modes:["preview","validate","deploy"],actions:["ecr:GetAuthorizationToken"],on:"everything",when:({images:t})=>t},{modes:["validate","deploy"],actions:["ecr:BatchCheckLayerAvailability","ecr:BatchGetImage","ecr:CompleteLayerUpload","ecr:DescribeRepositories","ecr:GetDownloadUrlForLayer","ecr:InitiateLayerUpload","ecr:PutImage","ecr:UploadLayerPart"],on:"repository",when:({images:t})=>t},{modes:["validate","deploy"],actions:["ecr:CreateRepository"],on:"repository",when:({images:t,createRepository:n})=>t&&n},{modes:["validate","deploy","delete"],actions:["iam:PassRole"],on:"execution role",when:({executionRole:t})=>t!==void 0},{modes:["preview","validate","deploy"],actions:["iam:GetRole"],on:"looked up roles",when:({lookedUpRoles:t})=>t.length>0},{modes:["preview"],actions:["iam:SimulatePrincipalPolicy"],on:"checked roles",when:({checkedRoles:t})=>t.length>0},{modes:["deploy"],actions:["cloudwatch:DescribeAlarms"],on:"everything",when:({rollbackAlarms:t})=>t}];function b(t,n){const{assumed:u,stackSet:l}=n;if(l)return B(t,l,n.place);if(!u)return V(t,n);const[k,f]=[t.filter(L),t.filter(r=>!L(r))],h=[...k.length>0?u.reading:[],...f.length>0?u.deploying:[]],i=u.reading.length>0?[]:V(k,n);return[{action:"sts:AssumeRole",resources:h},...i]}const F=new Set(["preview","status","drift"]),L=t=>F.has(t);function V(t,n){const u=t.includes("inplace")?[...t,"deploy"]:t;return U.filter(l=>l.modes.some(k=>u.includes(k))&&(l.when?.(n)??!0)).flatMap(({actions:l,on:k})=>{const f=c(k,n);return l.map(h=>({action:h,resources:f}))})}function c(t,n){const{place:u,executionRole:l,repository:k}=n,{stackName:f,artifacts:h}=u,i=r=>(0,D.R)(r,u);switch(t){case"stack":{const r=i(`cloudformation:R:A:stack/${f}/*`);return n.nested?[r,i(`cloudformation:R:A:stack/${(0,D.w)(f)}`)]:[r]}case"transforms":return[i("cloudformation:R:aws:transform/*")];case"bucket":return[i(`s3:::${h.bucket}`)];case"objects":return[i(`s3:::${h.bucket}/${h.prefix}*`)];case"functions":return[i(`lambda:R:A:function:${(0,D.w)(f)}`)];case"repository":return[i(`ecr:R:A:repository/${k}`)];case"execution role":return l===void 0?[]:[l];case"looked up roles":return n.lookedUpRoles.map(r=>r.startsWith("arn:")?r:i(`iam::A:role/${r}`));case"checked roles":return n.checkedRoles;case"everything":return["*"]}}}),23892:((_,M,p)=>{p.d(M,{A:()=>A});var D=p(24211);const C=`
access-analyzer CreateAnalyzer,CreateArchiveRule,DeleteAnalyzer,DeleteArchiveRule,GetAnalyzer,GetArchiveRule,ListArchiveRules,TagResource,UntagResource,UpdateAnalyzer,UpdateArchiveRule access-analyzer:R:A:analyzer/*
account-access CreateEntitlement,DeleteApplication,DeleteEntitlement,GetApplication,GetEntitlement,ListEntitlements,ListTagsForResource,TagResource,UntagResource account-access:R:A:application/*
acm AddTagsToCertificate,DeleteCertificate,DescribeCertificate,GetCertificate,ListTagsForCertificate,RemoveTagsFromCertificate,UpdateCertificateOptions acm:R:A:certificate/*
acm CreateAcmeDomainValidation,CreateAcmeExternalAccountBinding,DeleteAcmeDomainValidation,DeleteAcmeEndpoint,DeleteAcmeExternalAccountBinding,DescribeAcmeDomainValidation,DescribeAcmeEndpoint,DescribeAcmeExternalAccountBinding,ListAcmeDomainValidations,ListAcmeExternalAccountBindings,ListTagsForResource,TagResource,UntagResource,UpdateAcmeDomainValidation,UpdateAcmeEndpoint acm:R:A:acme-endpoint/*
acm-pca CreatePermission,DeleteCertificateAuthority,DeletePermission,DescribeCertificateAuthority,GetCertificate,GetCertificateAuthorityCertificate,GetCertificateAuthorityCsr,ImportCertificateAuthorityCertificate,IssueCertificate,ListPermissions,ListTags,TagCertificateAuthority,UntagCertificateAuthority,UpdateCertificateAuthority acm-pca:R:A:certificate-authority/*
aco-automation DeleteAutomationRule,GetAutomationRule,TagResource,UntagResource,UpdateAutomationRule compute-optimizer::A:automation-rule/*
agent-registry CreateRegistryRecord,DeleteRegistry,DeleteRegistryRecord,GetRegistry,GetRegistryRecord,ListRegistryRecords,ListTagsForResource,TagResource,UntagResource,UpdateRegistry,UpdateRegistryRecord agent-registry:R:A:registry/*
aidevops AssociateService,CreateAgentSpace,CreateAsset,CreateAssetFile,CreateTrigger,DeleteAgentSpace,DeleteAsset,DeleteAssetFile,DeleteTrigger,DisableOperatorApp,DisassociateService,EnableOperatorApp,GetAgentSpace,GetAsset,GetAssetContent,GetAssetFile,GetAssociation,GetOperatorApp,GetTrigger,ListAssetFiles,ListAssets,ListAssociations,ListTriggers,UpdateAgentSpace,UpdateAsset,UpdateAssetFile,UpdateAssociation,UpdateOperatorAppIdpConfig,UpdateTrigger aidevops:R:A:agentspace/*
aidevops CreatePrivateConnection,DeletePrivateConnection,DescribePrivateConnection,UpdatePrivateConnectionCertificate aidevops:R:A:private-connection/*
aidevops DeregisterService,GetService,RegisterService aidevops:R:A:service/*
aidevops ListTagsForResource,TagResource,UntagResource aidevops:R:A:agentspace/* aidevops:R:A:private-connection/* aidevops:R:A:service/*
aiops DeleteInvestigationGroup,DeleteInvestigationGroupPolicy,GetInvestigationGroup,GetInvestigationGroupPolicy,ListTagsForResource,PutInvestigationGroupPolicy,TagResource,UntagResource,UpdateInvestigationGroup aiops:R:A:investigation-group/*
airflow CreateEnvironment,DeleteEnvironment,GetEnvironment,TagResource,UntagResource,UpdateEnvironment airflow:R:A:environment/*
airflow-serverless DeleteWorkflow,GetWorkflow,ListTagsForResource,TagResource,UntagResource,UpdateWorkflow airflow-serverless:R:A:workflow/*
amplify AssociateWebACL,CreateBranch,CreateDomainAssociation,CreateWebhook,DeleteApp,DeleteBranch,DeleteDomainAssociation,DisassociateWebACL,GetApp,GetBranch,GetDomainAssociation,GetWebACLForResource,ListBranches,ListDomainAssociations,ListWebhooks,UpdateApp,UpdateBranch,UpdateDomainAssociation amplify:R:A:apps/*
amplify DeleteWebhook,GetWebhook,UpdateWebhook amplify:R:A:webhooks/*
amplify ListTagsForResource,TagResource,UntagResource amplify:R:A:apps/* amplify:R:A:webhooks/*
amplifyuibuilder DeleteComponent,DeleteForm,DeleteTheme,GetComponent,GetForm,GetTheme,TagResource,UntagResource,UpdateComponent,UpdateForm,UpdateTheme amplifyuibuilder:R:A:app/*
aoss APIAccessAll,DeleteCollection,UpdateCollection aoss:R:A:collection/*
aoss AddCollectionToCollectionGroup,DeleteCollectionGroup,UpdateCollectionGroup aoss:R:A:collection-group/*
apigateway AddCertificateToDomain,RemoveCertificateFromDomain apigateway:R::/domainnames apigateway:R::/domainnames/*
apigateway CreateAccessAssociation,CreateRoutingRule,DeleteRoutingRule,GetRoutingRule,ListRoutingRules,RejectAccessAssociation,UpdateRoutingRule apigateway:R:A:/domainnames/*
apigateway CreatePortalProduct,DeletePortalProduct,GetPortalProduct,ListPortalProducts,UpdatePortalProduct apigateway:R:A:/portalproducts/*
apigateway DELETE apigateway:R::/apikeys/* apigateway:R::/apis/* apigateway:R::/clientcertificates/* apigateway:R::/domainnames/* apigateway:R::/restapis/* apigateway:R::/restapis/models/* apigateway:R::/tags/* apigateway:R::/usageplans/* apigateway:R::/vpclinks/* apigateway:R:A:/domainnameaccessassociations/domainname/* apigateway:R:A:/domainnames/*
apigateway GET apigateway:R::/account apigateway:R::/apikeys apigateway:R::/apikeys/* apigateway:R::/apis apigateway:R::/apis/* apigateway:R::/clientcertificates apigateway:R::/clientcertificates/* apigateway:R::/domainnames apigateway:R::/domainnames/* apigateway:R::/restapis apigateway:R::/restapis/* apigateway:R::/tags/* apigateway:R::/usageplans apigateway:R::/usageplans/* apigateway:R::/vpclinks apigateway:R::/vpclinks/* apigateway:R:A:/domainnameaccessassociations apigateway:R:A:/domainnames/*
apigateway PATCH apigateway:R::/account apigateway:R::/apikeys/* apigateway:R::/apis/* apigateway:R::/clientcertificates/* apigateway:R::/domainnames/* apigateway:R::/restapis/* apigateway:R::/restapis/models/* apigateway:R::/usageplans/* apigateway:R::/vpclinks/* apigateway:R:A:/domainnames/*
apigateway POST apigateway:R::/apikeys apigateway:R::/apis apigateway:R::/apis/* apigateway:R::/clientcertificates apigateway:R::/domainnames apigateway:R::/domainnames/* apigateway:R::/restapis apigateway:R::/restapis/* apigateway:R::/usageplans apigateway:R::/usageplans/* apigateway:R::/vpclinks apigateway:R:A:/domainnameaccessassociations
apigateway PUT apigateway:R::/apis apigateway:R::/apis/* apigateway:R::/restapis/* apigateway:R::/tags/*
apigateway SetWebACL apigateway:R::/apis/* apigateway:R::/restapis/*
apigateway UpdateDomainNamePolicy apigateway:R::/domainnames apigateway:R:A:/domainnames/*
apigateway UpdateRestApiPolicy apigateway:R::/restapis apigateway:R::/restapis/*
app-integrations CreateApplication,CreateApplicationAssociation,DeleteApplication,GetApplication,UpdateApplication app-integrations:R:A:application/*
app-integrations CreateDataIntegration,CreateDataIntegrationAssociation,DeleteDataIntegration,GetDataIntegration,UpdateDataIntegration app-integrations:R:A:data-integration/*
app-integrations CreateEventIntegration,CreateEventIntegrationAssociation,DeleteEventIntegration,GetEventIntegration,UpdateEventIntegration app-integrations:R:A:event-integration/*
app-integrations DeleteApplicationAssociation app-integrations:R:A:application-association/*
app-integrations DeleteDataIntegrationAssociation app-integrations:R:A:data-integration-association/*
app-integrations DeleteEventIntegrationAssociation app-integrations:R:A:event-integration-association/*
app-integrations ListTagsForResource app-integrations:R:A:application/* app-integrations:R:A:data-integration-association/* app-integrations:R:A:data-integration/* app-integrations:R:A:event-integration-association/* app-integrations:R:A:event-integration/*
app-integrations TagResource,UntagResource app-integrations:R:A:application-association/* app-integrations:R:A:application/* app-integrations:R:A:data-integration-association/* app-integrations:R:A:data-integration/* app-integrations:R:A:event-integration-association/* app-integrations:R:A:event-integration/*
appconfig CreateConfigurationProfile,CreateEnvironment,CreateExperimentDefinition,CreateHostedConfigurationVersion,DeleteApplication,DeleteConfigurationProfile,DeleteEnvironment,DeleteExperimentDefinition,DeleteHostedConfigurationVersion,GetApplication,GetConfigurationProfile,GetDeployment,GetEnvironment,GetExperimentDefinition,GetExperimentRun,GetHostedConfigurationVersion,ListConfigurationProfiles,ListDeployments,ListEnvironments,ListExperimentRuns,ListHostedConfigurationVersions,StartExperimentRun,StopDeployment,StopExperimentRun,UpdateApplication,UpdateConfigurationProfile,UpdateEnvironment,UpdateExperimentDefinition,UpdateExperimentRun appconfig:R:A:application/*
appconfig DeleteDeploymentStrategy,GetDeploymentStrategy,UpdateDeploymentStrategy appconfig:R:A:deploymentstrategy/*
appconfig DeleteExtension,GetExtension,UpdateExtension appconfig:R:A:extension/*
appconfig DeleteExtensionAssociation,GetExtensionAssociation,UpdateExtensionAssociation appconfig:R:A:extensionassociation/*
appconfig ListTagsForResource,TagResource,UntagResource appconfig:R:A:application/* appconfig:R:A:deploymentstrategy/* appconfig:R:A:extension/* appconfig:R:A:extensionassociation/*
appconfig StartDeployment appconfig:R:A:application/* appconfig:R:A:deploymentstrategy/*
appfabric CreateAppAuthorization,CreateIngestionDestination,DeleteAppAuthorization,DeleteIngestionDestination,GetAppAuthorization,GetIngestionDestination,ListAppAuthorizations,ListIngestionDestinations,ListTagsForResource,TagResource,UntagResource,UpdateAppAuthorization,UpdateIngestionDestination appfabric:R:A:appbundle/*
appflow DeleteConnectorProfile,DescribeConnectorEntity,UpdateConnectorProfile,UseConnectorProfile appflow:R:A:connectorprofile/*
appflow DeleteFlow,DescribeFlow,ListFlows,ListTagsForResource,StartFlow,StopFlow,UpdateFlow appflow:R:A:flow/*
appflow DescribeConnector,ListConnectors,UnRegisterConnector,UpdateConnectorRegistration appflow:R:A:connector/*
appflow TagResource,UntagResource appflow:R:A:connector/* appflow:R:A:flow/*
application-autoscaling DeleteScalingPolicy,DeleteScheduledAction,DeregisterScalableTarget,ListTagsForResource,PutScalingPolicy,PutScheduledAction,RegisterScalableTarget,TagResource,UntagResource application-autoscaling:R:A:scalable-target/*
application-signals BatchUpdateExclusionWindows,DeleteServiceLevelObjective,GetServiceLevelObjective,ListServiceLevelObjectiveExclusionWindows,UpdateServiceLevelObjective application-signals:R:A:slo/*
application-signals DeleteInstrumentationConfiguration,GetInstrumentationConfiguration application-signals:R:A:instrumentationConfig/*
application-signals ListTagsForResource,TagResource,UntagResource application-signals:R:A:instrumentationConfig/* application-signals:R:A:slo/*
apprunner AssociateWebAcl apprunner:R:A:service/* wafv2:R:A:*
apprunner CreateAutoScalingConfiguration,DeleteAutoScalingConfiguration,DescribeAutoScalingConfiguration apprunner:R:A:autoscalingconfiguration/*
apprunner CreateObservabilityConfiguration,DeleteObservabilityConfiguration,DescribeObservabilityConfiguration apprunner:R:A:observabilityconfiguration/*
apprunner CreateService,UpdateService apprunner:R:A:autoscalingconfiguration/* apprunner:R:A:connection/* apprunner:R:A:observabilityconfiguration/* apprunner:R:A:service/* apprunner:R:A:vpcconnector/*
apprunner CreateVpcConnector,DeleteVpcConnector,DescribeVpcConnector apprunner:R:A:vpcconnector/*
apprunner CreateVpcIngressConnection,DeleteVpcIngressConnection,DescribeVpcIngressConnection,UpdateVpcIngressConnection apprunner:R:A:vpcingressconnection/*
apprunner DeleteService,DescribeService,DescribeWebAclForService,DisassociateWebAcl apprunner:R:A:service/*
apprunner TagResource apprunner:R:A:autoscalingconfiguration/* apprunner:R:A:connection/* apprunner:R:A:observabilityconfiguration/* apprunner:R:A:service/* apprunner:R:A:vpcconnector/* apprunner:R:A:vpcingressconnection/*
appstream AssociateAppBlockBuilderAppBlock,DisassociateAppBlockBuilderAppBlock appstream:R:A:app-block-builder/* appstream:R:A:app-block/*
appstream AssociateApplicationFleet,DisassociateApplicationFleet appstream:R:A:application/* appstream:R:A:fleet/*
appstream AssociateApplicationToEntitlement,BatchAssociateUserStack,BatchDisassociateUserStack,CreateEntitlement,CreateStack,DeleteEntitlement,DeleteStack,DescribeEntitlements,DisassociateApplicationFromEntitlement,ListAssociatedFleets,ListEntitledApplications,UpdateEntitlement,UpdateStack appstream:R:A:stack/*
appstream AssociateFleet,CreateStreamingURL,DisassociateFleet appstream:R:A:fleet/* appstream:R:A:stack/*
appstream CreateAppBlockBuilder,DeleteAppBlockBuilder,StartAppBlockBuilder,StopAppBlockBuilder,UpdateAppBlockBuilder appstream:R:A:app-block-builder/*
appstream CreateApplication,DeleteAppBlock appstream:R:A:app-block/*
appstream CreateFleet,UpdateFleet appstream:R:A:fleet/* appstream:R:A:image/*
appstream CreateImageBuilder appstream:R:A:image-builder/* appstream:R:A:image/*
appstream CreateImageBuilderStreamingURL,DeleteImageBuilder,StartImageBuilder,StopImageBuilder appstream:R:A:image-builder/*
appstream DeleteApplication appstream:R:A:application/*
appstream DeleteFleet,ListAssociatedStacks,StartFleet,StopFleet appstream:R:A:fleet/*
appstream TagResource,UntagResource appstream:R:A:app-block-builder/* appstream:R:A:app-block/* appstream:R:A:application/* appstream:R:A:fleet/* appstream:R:A:image-builder/* appstream:R:A:image/* appstream:R:A:stack/*
appstream UpdateApplication appstream:R:A:app-block/* appstream:R:A:application/*
appsync AssociateApi,CreateDomainName,DeleteDomainName,DisassociateApi,GetApiAssociation,GetDomainName,UpdateDomainName appsync:R:A:domainnames/*
appsync AssociateMergedGraphqlApi,AssociateSourceGraphqlApi,AssociateWebACL,CreateChannelNamespace,DeleteApi,DeleteChannelNamespace,DeleteGraphqlApi,DisassociateMergedGraphqlApi,DisassociateSourceGraphqlApi,DisassociateWebACL,GetApi,GetChannelNamespace,GetGraphqlApi,GetSourceApiAssociation,GetWebACLForResource,ListChannelNamespaces,UpdateApi,UpdateChannelNamespace,UpdateGraphqlApi,UpdateSourceApiAssociation appsync:R:A:apis/*
appsync ListTagsForResource,TagResource,UntagResource appsync:R:A:apis/* appsync:R:A:domainnames/*
apptest DeleteTestCase,GetTestCase,UpdateTestCase apptest:R:A:testcase/*
apptest TagResource,UnTagResource apptest:R:A:testcase/* apptest:R:A:testconfiguration/* apptest:R:A:testrun/* apptest:R:A:testsuite/*
aps CreateAlertManagerDefinition,CreateAnomalyDetector,CreateLoggingConfiguration,CreateQueryLoggingConfiguration,DeleteAlertManagerDefinition,DeleteLoggingConfiguration,DeleteQueryLoggingConfiguration,DeleteResourcePolicy,DeleteWorkspace,DescribeAlertManagerDefinition,DescribeLoggingConfiguration,DescribeQueryLoggingConfiguration,DescribeResourcePolicy,DescribeWorkspace,DescribeWorkspaceConfiguration,ListAnomalyDetectors,ListRuleGroupsNamespaces,PutAlertManagerDefinition,PutResourcePolicy,UpdateLoggingConfiguration,UpdateQueryLoggingConfiguration,UpdateWorkspaceAlias,UpdateWorkspaceConfiguration aps:R:A:workspace/*
aps CreateRuleGroupsNamespace,DeleteRuleGroupsNamespace,DescribeRuleGroupsNamespace,PutRuleGroupsNamespace aps:R:A:rulegroupsnamespace/*
aps CreateScraper aps:R:A:workspace/* eks:R:A:cluster/*
aps DeleteAnomalyDetector,DescribeAnomalyDetector,PutAnomalyDetector aps:R:A:anomalydetector/* aps:R:A:workspace/*
aps DeleteScraper,DeleteScraperLoggingConfiguration,DescribeScraper,DescribeScraperLoggingConfiguration,UpdateScraperLoggingConfiguration aps:R:A:scraper/*
aps ListTagsForResource,TagResource,UntagResource aps:R:A:anomalydetector/* aps:R:A:rulegroupsnamespace/* aps:R:A:scraper/* aps:R:A:workspace/*
aps UpdateScraper aps:R:A:scraper/* aps:R:A:workspace/*
arc-region-switch CreatePlan,DeletePlan,GetPlan,ListRoute53HealthChecks,ListTagsForResource,TagResource,UntagResource,UpdatePlan arc-region-switch::A:plan/*
arc-zonal-shift CreatePracticeRunConfiguration,DeletePracticeRunConfiguration,GetManagedResource,UpdatePracticeRunConfiguration,UpdateZonalAutoshiftConfiguration elasticloadbalancing:R:A:loadbalancer/app/* elasticloadbalancing:R:A:loadbalancer/net/*
athena CancelCapacityReservation,CreateCapacityReservation,DeleteCapacityReservation,GetCapacityAssignmentConfiguration,GetCapacityReservation,UpdateCapacityReservation athena:R:A:capacity-reservation/*
athena CreateDataCatalog,DeleteDataCatalog,GetDataCatalog,GetTableMetadata,UpdateDataCatalog athena:R:A:datacatalog/*
athena CreateNamedQuery,CreatePreparedStatement,CreateWorkGroup,DeleteNamedQuery,DeletePreparedStatement,DeleteWorkGroup,GetNamedQuery,GetPreparedStatement,GetWorkGroup,ListNamedQueries,ListPreparedStatements,UpdatePreparedStatement,UpdateWorkGroup athena:R:A:workgroup/*
athena ListTagsForResource,TagResource,UntagResource athena:R:A:capacity-reservation/* athena:R:A:datacatalog/* athena:R:A:workgroup/*
athena PutCapacityAssignmentConfiguration athena:R:A:capacity-reservation/* athena:R:A:workgroup/*
auditmanager BatchCreateDelegationByAssessment,BatchDeleteDelegationByAssessment,DeleteAssessment,GetAssessment,UpdateAssessment,UpdateAssessmentStatus auditmanager:R:A:assessment/*
auditmanager CreateAssessmentFramework,UpdateAssessmentFramework auditmanager:R:A:assessmentFramework/* auditmanager:R:A:control/*
auditmanager DeleteAssessmentFramework,GetAssessmentFramework auditmanager:R:A:assessmentFramework/*
auditmanager DeleteControl,GetControl,UpdateControl auditmanager:R:A:control/*
auditmanager ListTagsForResource auditmanager:R:A:assessment/* auditmanager:R:A:control/*
auditmanager TagResource,UntagResource auditmanager:R:A:assessment/* auditmanager:R:A:assessmentFramework/* auditmanager:R:A:control/*
autoscaling AttachLoadBalancerTargetGroups,AttachLoadBalancers,AttachTrafficSources,BatchDeleteScheduledAction,BatchPutScheduledUpdateGroupAction,CancelInstanceRefresh,CreateAutoScalingGroup,CreateOrUpdateTags,DeleteAutoScalingGroup,DeleteLifecycleHook,DeleteNotificationConfiguration,DeletePolicy,DeleteScheduledAction,DeleteTags,DeleteWarmPool,DetachLoadBalancerTargetGroups,DetachLoadBalancers,DetachTrafficSources,DisableMetricsCollection,EnableMetricsCollection,ExitStandby,PutLifecycleHook,PutNotificationConfiguration,PutScalingPolicy,PutScheduledUpdateGroupAction,PutWarmPool,ResumeProcesses,SetInstanceProtection,StartInstanceRefresh,SuspendProcesses,UpdateAutoScalingGroup autoscaling:R:A:autoScalingGroup:*
autoscaling CreateLaunchConfiguration,DeleteLaunchConfiguration autoscaling:R:A:launchConfiguration:*
aws-external-anthropic ArchiveWorkspace,GetWorkspace,ListTagsForResource,TagResource,UntagResource,UpdateWorkspace aws-external-anthropic:R:A:workspace/*
b2bi CreateCapability,DeleteTransformer,GetTransformer,UpdateTransformer b2bi:R:A:transformer/*
b2bi CreatePartnership b2bi:R:A:capability/* b2bi:R:A:profile/*
b2bi DeleteCapability,GetCapability b2bi:R:A:capability/*
b2bi DeletePartnership,GetPartnership b2bi:R:A:partnership/*
b2bi DeleteProfile,GetProfile,UpdateProfile b2bi:R:A:profile/*
b2bi ListTagsForResource,TagResource,UntagResource b2bi:R:A:capability/* b2bi:R:A:partnership/* b2bi:R:A:profile/* b2bi:R:A:transformer/*
b2bi UpdateCapability b2bi:R:A:capability/* b2bi:R:A:transformer/*
b2bi UpdatePartnership b2bi:R:A:capability/* b2bi:R:A:partnership/*
backup AssociateBackupVaultMpaApprovalTeam,CreateBackupVault,CreateLogicallyAirGappedBackupVault,DeleteBackupVault,DeleteBackupVaultAccessPolicy,DeleteBackupVaultLockConfiguration,DeleteBackupVaultNotifications,DescribeBackupVault,GetBackupVaultAccessPolicy,GetBackupVaultNotifications,PutBackupVaultAccessPolicy,PutBackupVaultLockConfiguration,PutBackupVaultNotifications backup:R:A:backup-vault:*
backup CancelLegalHold,CreateLegalHold,GetLegalHold backup:R:A:legal-hold:*
backup CreateBackupPlan,CreateBackupSelection,DeleteBackupPlan,DeleteBackupSelection,GetBackupPlan,GetBackupSelection,ListBackupSelections,UpdateBackupPlan backup:R:A:backup-plan:*
backup CreateFramework,DeleteFramework,DescribeFramework,UpdateFramework backup:R:A:framework:*
backup CreateReportPlan,DeleteReportPlan,DescribeReportPlan,UpdateReportPlan backup:R:A:report-plan:*
backup CreateRestoreTestingPlan,CreateRestoreTestingSelection,DeleteRestoreTestingPlan,DeleteRestoreTestingSelection,GetRestoreTestingPlan,GetRestoreTestingSelection,ListRestoreTestingSelections,UpdateRestoreTestingPlan,UpdateRestoreTestingSelection backup:R:A:restore-testing-plan:*
backup CreateTieringConfiguration,DeleteTieringConfiguration,GetTieringConfiguration,UpdateTieringConfiguration backup:R:A:tiering-configuration:*
backup ListTags,TagResource,UntagResource *:R:*:* backup:R:A:accesspoint/* backup:R:A:backup-plan:* backup:R:A:backup-vault:* backup:R:A:framework:* backup:R:A:legal-hold:* backup:R:A:report-plan:* backup:R:A:restore-testing-plan:* backup:R:A:tiering-configuration:*
backup-gateway DeleteHypervisor,GetHypervisor backup-gateway:R:A:hypervisor/*
backup-gateway ListTagsForResource,TagResource backup-gateway:R:A:gateway/* backup-gateway:R:A:hypervisor/* backup-gateway:R:A:vm/*
backup-gateway UpdateHypervisor backup-gateway:R:A:gateway/*
bcm-data-exports CreateExport bcm-data-exports:R:A:table/* billing::A:billingview/*
bcm-data-exports DeleteExport,GetExport,ListTagsForResource,TagResource,UntagResource bcm-data-exports:R:A:export/*
bcm-data-exports UpdateExport bcm-data-exports:R:A:export/* bcm-data-exports:R:A:table/* billing::A:billingview/*
bcm-pricing-calculator CreateBillEstimate,DeleteBillScenario,GetBillScenario,UpdateBillScenario bcm-pricing-calculator::A:bill-scenario/*
bcm-pricing-calculator DeleteBillEstimate,GetBillEstimate,UpdateBillEstimate bcm-pricing-calculator::A:bill-estimate/*
bcm-pricing-calculator DeleteWorkloadEstimate,GetWorkloadEstimate,UpdateWorkloadEstimate bcm-pricing-calculator::A:workload-estimate/*
bcm-pricing-calculator TagResource,UntagResource bcm-pricing-calculator::A:bill-scenario/* bcm-pricing-calculator::A:workload-estimate/*
bedrock AssociateAgentCollaborator,CreateAgentActionGroup,CreateAgentAlias,DeleteAgent,DeleteAgentActionGroup,DisassociateAgentCollaborator,GetAgent,GetAgentActionGroup,GetAgentCollaborator,ListAgentActionGroups,ListAgentAliases,ListAgentCollaborators,ListAgentKnowledgeBases,PrepareAgent,UpdateAgent,UpdateAgentActionGroup,UpdateAgentCollaborator bedrock:R:A:agent/*
bedrock AssociateAgentKnowledgeBase,DisassociateAgentKnowledgeBase,GetAgentKnowledgeBase,UpdateAgentKnowledgeBase bedrock:R:A:agent/* bedrock:R:A:knowledge-base/*
bedrock CreateAutomatedReasoningPolicyVersion,ListAutomatedReasoningPolicies,UpdateAutomatedReasoningPolicy bedrock:R:A:automated-reasoning-policy/*
bedrock CreateDataAutomationProject bedrock:R:A:blueprint/* bedrock:R:A:data-automation-library/*
bedrock CreateDataSource,DeleteDataSource,DeleteKnowledgeBase,GetDataSource,GetKnowledgeBase,ListDataSources,UpdateDataSource,UpdateKnowledgeBase bedrock:R:A:knowledge-base/*
bedrock CreateFlowAlias,CreateFlowVersion,DeleteFlow,DeleteFlowAlias,DeleteFlowVersion,GetFlow,GetFlowAlias,GetFlowVersion,ListFlowAliases,ListFlowVersions,PrepareFlow,UpdateFlow,UpdateFlowAlias bedrock:R:A:flow/*
bedrock CreateGuardrail bedrock:R:A:* bedrock:R:A:automated-reasoning-policy/* bedrock:R:A:guardrail-profile/*
bedrock CreateGuardrailVersion,DeleteGuardrail,GetGuardrail,ListGuardrails bedrock:R:A:guardrail/*
bedrock CreateInferenceProfile,CreatePromptRouter bedrock:R::foundation-model/* bedrock:R:A:application-inference-profile/* bedrock:R:A:inference-profile/*
bedrock CreatePromptVersion,ListPrompts,UpdatePrompt bedrock:R:A:prompt/*
bedrock DeleteAgentAlias,GetAgentAlias,UpdateAgentAlias bedrock:R:A:agent-alias/*
bedrock DeleteAutomatedReasoningPolicy,ExportAutomatedReasoningPolicyVersion,GetAutomatedReasoningPolicy bedrock:R:A:* bedrock:R:A:automated-reasoning-policy/*
bedrock DeleteBlueprint,GetBlueprint,UpdateBlueprint bedrock:R:A:blueprint/*
bedrock DeleteDataAutomationLibrary,GetDataAutomationLibrary,UpdateDataAutomationLibrary bedrock:R:A:data-automation-library/*
bedrock DeleteDataAutomationProject,GetDataAutomationProject,ListBlueprints,ListDataAutomationLibraries bedrock:R:A:data-automation-project/*
bedrock DeleteInferenceProfile bedrock:R:A:application-inference-profile/*
bedrock DeletePrompt,GetPrompt bedrock:R:A:* bedrock:R:A:prompt/*
bedrock DeletePromptRouter bedrock:R:A:prompt-router/*
bedrock DeleteResourcePolicy,GetResourcePolicy,PutResourcePolicy bedrock:R:A:custom-model/* bedrock:R:A:guardrail-profile/* bedrock:R:A:guardrail/* bedrock:R:A:knowledge-base/*
bedrock DeleteRetrievalInstruction,GetRetrievalInstruction,UpdateRetrievalInstruction bedrock:R:A:retrieval-instruction/*
bedrock DeleteSession,EndSession,GetSession,UpdateSession bedrock:R:A:session/*
bedrock GetInferenceProfile bedrock:R:A:application-inference-profile/* bedrock:R:A:inference-profile/*
bedrock GetPromptRouter bedrock:R:A:default-prompt-router/* bedrock:R:A:prompt-router/*
bedrock InvokeModel bedrock::A:system-tool/* bedrock:R::foundation-model/* bedrock:R:A:application-inference-profile/* bedrock:R:A:async-invoke/* bedrock:R:A:custom-model-deployment/* bedrock:R:A:default-prompt-router/* bedrock:R:A:imported-model/* bedrock:R:A:inference-profile/* bedrock:R:A:marketplace/model-endpoint/all-access bedrock:R:A:project/* bedrock:R:A:prompt-router/* bedrock:R:A:provisioned-model/*
bedrock ListDataAutomationProjects,UpdateDataAutomationProject bedrock:R:A:blueprint/* bedrock:R:A:data-automation-project/*
bedrock ListTagsForResource,TagResource,UntagResource bedrock:R:A:* bedrock:R:A:advanced-prompt-optimization-job/* bedrock:R:A:agent-alias/* bedrock:R:A:agent/* bedrock:R:A:application-inference-profile/* bedrock:R:A:async-invoke/* bedrock:R:A:automated-reasoning-policy/* bedrock:R:A:blueprint-optimization-invocation/* bedrock:R:A:blueprint/* bedrock:R:A:custom-model-deployment/* bedrock:R:A:custom-model/* bedrock:R:A:data-automation-invocation/* bedrock:R:A:data-automation-library-ingestion-job/* bedrock:R:A:data-automation-library/* bedrock:R:A:data-automation-project/* bedrock:R:A:evaluation-job/* bedrock:R:A:flow/* bedrock:R:A:guardrail/* bedrock:R:A:imported-model/* bedrock:R:A:knowledge-base/* bedrock:R:A:model-copy-job/* bedrock:R:A:model-customization-job/* bedrock:R:A:model-evaluation-job/* bedrock:R:A:model-import-job/* bedrock:R:A:model-invocation-job/* bedrock:R:A:prompt-router/* bedrock:R:A:prompt/* bedrock:R:A:provisioned-model/* bedrock:R:A:retrieval-instruction/* bedrock:R:A:session/*
bedrock UpdateGuardrail bedrock:R:A:* bedrock:R:A:automated-reasoning-policy/* bedrock:R:A:guardrail-profile/* bedrock:R:A:guardrail/*
bedrock-agentcore CreateAgentRuntimeEndpoint,DeleteAgentRuntime,DeleteAgentRuntimeEndpoint,GetAgentRuntime,GetAgentRuntimeEndpoint,UpdateAgentRuntime,UpdateAgentRuntimeEndpoint bedrock-agentcore:R:A:runtime/*
bedrock-agentcore CreateApiKeyCredentialProvider,CreateOauth2CredentialProvider,CreatePaymentCredentialProvider,DeleteApiKeyCredentialProvider,DeleteOauth2CredentialProvider,DeletePaymentCredentialProvider,GetApiKeyCredentialProvider,GetOauth2CredentialProvider,GetPaymentCredentialProvider,ListApiKeyCredentialProviders,ListOauth2CredentialProviders,ListPaymentCredentialProviders,UpdateApiKeyCredentialProvider,UpdateOauth2CredentialProvider,UpdatePaymentCredentialProvider bedrock-agentcore:R:A:token-vault/*
bedrock-agentcore CreateConsentPortal,DeleteConsentPortal,GetConsentPortal,UpdateConsentPortal bedrock-agentcore:R:A:consent-portal/*
bedrock-agentcore CreateGatewayRateLimit,CreateGatewayRule,CreateGatewayTarget,DeleteGateway,DeleteGatewayRateLimit,DeleteGatewayRule,DeleteGatewayTarget,GatewayAssociateWebACL,GatewayDisassociateWebACL,GatewayGetWebACLForResource,GetGateway,GetGatewayRateLimit,GetGatewayRule,GetGatewayTarget,ListGatewayRateLimits,ListGatewayRules,ListGatewayTargets,ManageResourceScopedPolicy,SynchronizeGatewayTargets,UpdateGateway,UpdateGatewayRateLimit,UpdateGatewayRule,UpdateGatewayTarget bedrock-agentcore:R:A:gateway/*
bedrock-agentcore CreateHarnessEndpoint,DeleteHarness,DeleteHarnessEndpoint,GetHarness,GetHarnessEndpoint,UpdateHarness,UpdateHarnessEndpoint bedrock-agentcore:R:A:harness/*
bedrock-agentcore CreatePaymentConnector,DeletePaymentConnector,DeletePaymentManager,GetPaymentConnector,GetPaymentManager,ListPaymentConnectors,UpdatePaymentConnector,UpdatePaymentManager bedrock-agentcore:R:A:payment-manager/*
bedrock-agentcore CreatePolicy,DeletePolicy,DeletePolicyEngine,GetPolicy,GetPolicyEngine,ListPolicies,UpdatePolicy,UpdatePolicyEngine bedrock-agentcore:R:A:policy-engine/*
bedrock-agentcore CreateWorkloadIdentity,DeleteWorkloadIdentity,GetWorkloadAccessToken,GetWorkloadAccessTokenForUserId,GetWorkloadIdentity,ListWorkloadIdentities,UpdateWorkloadIdentity bedrock-agentcore:R:A:workload-identity-directory/*
bedrock-agentcore DeleteBrowser,GetBrowser bedrock-agentcore:R:A:browser-custom/*
bedrock-agentcore DeleteBrowserProfile,GetBrowserProfile bedrock-agentcore:R:A:browser-profile/*
bedrock-agentcore DeleteCapacityProvider,GetCapacityProvider,PassCapacityProvider,UpdateCapacityProvider bedrock-agentcore:R:A:capacity-provider/*
bedrock-agentcore DeleteCodeInterpreter,GetCodeInterpreter bedrock-agentcore:R:A:code-interpreter-custom/*
bedrock-agentcore DeleteConfigurationBundle,GetConfigurationBundle,UpdateConfigurationBundle bedrock-agentcore:R:A:configuration-bundle/*
bedrock-agentcore DeleteDataset,GetDataset,UpdateDataset bedrock-agentcore:R:A:dataset/*
bedrock-agentcore DeleteEvaluator,GetEvaluator,UpdateEvaluator bedrock-agentcore:R:A:evaluator/*
bedrock-agentcore DeleteMemory,GetMemory,UpdateMemory,UpdateMemoryRecordExpirySpecification bedrock-agentcore:R:A:memory/*
bedrock-agentcore DeleteOnlineEvaluationConfig,GetOnlineEvaluationConfig,UpdateOnlineEvaluationConfig bedrock-agentcore:R:A:online-evaluation-config/*
bedrock-agentcore DeleteResourcePolicy,GetResourcePolicy,PutResourcePolicy bedrock-agentcore:R:A:gateway/* bedrock-agentcore:R:A:runtime/*
bedrock-agentcore GetResourceOauth2Token bedrock-agentcore:R:A:token-vault/* bedrock-agentcore:R:A:workload-identity-directory/*
bedrock-agentcore ListTagsForResource,TagResource,UntagResource bedrock-agentcore:R:A:browser-custom/* bedrock-agentcore:R:A:browser-profile/* bedrock-agentcore:R:A:capacity-provider/* bedrock-agentcore:R:A:code-interpreter-custom/* bedrock-agentcore:R:A:evaluator/* bedrock-agentcore:R:A:gateway/* bedrock-agentcore:R:A:harness/* bedrock-agentcore:R:A:memory/* bedrock-agentcore:R:A:online-evaluation-config/* bedrock-agentcore:R:A:payment-manager/* bedrock-agentcore:R:A:policy-engine/* bedrock-agentcore:R:A:runtime/* bedrock-agentcore:R:A:token-vault/* bedrock-agentcore:R:A:workload-identity-directory/*
bedrock-mantle ArchiveProject,CreateInference,CreateProject,GetModel,GetProject,ListModels,ListProjects,UpdateProject bedrock-mantle:R:A:project/*
bedrock-mantle ListTagsForResource,TagResource,UntagResource bedrock-mantle:R:A:customized-model/* bedrock-mantle:R:A:project/* bedrock-mantle:R:A:reservation/*
billing AssociateSourceViews,CreateBillingView,DeleteBillingView,DisassociateSourceViews,GetBillingView,GetBillingViewData,ListSourceViewsForBillingView,ListTagsForResource,TagResource,UntagResource,UpdateBillingView billing::A:billingview/*
billingconductor AssociateAccounts,CreateCustomLineItem,DeleteBillingGroup,DisassociateAccounts,UpdateBillingGroup billingconductor::A:billinggroup/*
billingconductor AssociatePricingRules,DisassociatePricingRules billingconductor::A:pricingplan/* billingconductor::A:pricingrule/*
billingconductor BatchAssociateResourcesToCustomLineItem,BatchDisassociateResourcesFromCustomLineItem,DeleteCustomLineItem,ListCustomLineItemVersions,ListResourcesAssociatedToCustomLineItem,UpdateCustomLineItem billingconductor::A:customlineitem/*
billingconductor CreateBillingGroup,DeletePricingPlan,ListPricingRulesAssociatedToPricingPlan,UpdatePricingPlan billingconductor::A:pricingplan/*
billingconductor CreatePricingPlan,DeletePricingRule,UpdatePricingRule billingconductor::A:pricingrule/*
billingconductor ListTagsForResource,TagResource,UntagResource billingconductor::A:billinggroup/* billingconductor::A:customlineitem/* billingconductor::A:pricingplan/* billingconductor::A:pricingrule/*
braket CreateSpendingLimit braket:*:*:device/* braket:R:A:spending-limit/*
braket DeleteSpendingLimit,UpdateSpendingLimit braket:R:A:spending-limit/*
braket ListTagsForResource,TagResource,UntagResource braket:R:A:job/* braket:R:A:quantum-task/* braket:R:A:spending-limit/*
budgets CreateBudgetAction,DeleteBudgetAction,DescribeBudgetAction,DescribeBudgetActionsForBudget,ListTagsForResource,ModifyBudget,TagResource,UntagResource,UpdateBudgetAction,ViewBudget budgets::A:budget/*
cases BatchGetCaseRule,BatchGetField,CreateCase,CreateCaseRule,CreateField,CreateLayout,CreateRelatedItem,CreateTemplate,DeleteCase,DeleteCaseRule,DeleteDomain,DeleteField,DeleteLayout,DeleteRelatedItem,DeleteTemplate,GetCase,GetDomain,GetLayout,GetTemplate,ListCaseRules,ListFieldOptions,ListFields,ListLayouts,ListTemplates,SearchCases,SearchRelatedItems,TagResource,UntagResource,UpdateCase,UpdateCaseRule,UpdateField,UpdateLayout,UpdateRelatedItem,UpdateTemplate cases:R:A:domain/*
cassandra Alter,AlterMultiRegionResource,Create,CreateMultiRegionResource,Drop,DropMultiRegionResource,Modify,ModifyMultiRegionResource,Select,SelectMultiRegionResource,TagMultiRegionResource,TagResource,UntagMultiRegionResource,UntagResource cassandra:R:A:/keyspace/*
ce DeleteAnomalyMonitor,GetAnomalyMonitors,UpdateAnomalyMonitor ce::A:anomalymonitor/*
ce DeleteAnomalySubscription,GetAnomalySubscriptions,UpdateAnomalySubscription ce::A:anomalysubscription/*
ce DeleteCostCategoryDefinition,DescribeCostCategoryDefinition,UpdateCostCategoryDefinition ce::A:costcategory/*
ce GetCostAndUsage billing::A:billingview/*
ce ListTagsForResource,TagResource,UntagResource ce::A:anomalymonitor/* ce::A:anomalysubscription/* ce::A:costcategory/*
chatbot AssociateToConfiguration,DisassociateFromConfiguration,TagResource,UntagResource chatbot::A:chat-configuration/* chatbot::A:custom-action/*
chatbot DeleteCustomAction,GetCustomAction,UpdateCustomAction chatbot::A:custom-action/*
chatbot DeleteMicrosoftTeamsChannelConfiguration,DeleteSlackChannelConfiguration,ListAssociations,UpdateMicrosoftTeamsChannelConfiguration,UpdateSlackChannelConfiguration chatbot::A:chat-configuration/*
chime CreateChannel,CreateChannelFlow,CreateChannelMembership,CreateChannelModerator,DeleteAppInstance,DeleteAppInstanceBot,DeleteAppInstanceUser,DeleteChannel,DeleteChannelFlow,DescribeAppInstance,DescribeAppInstanceBot,DescribeAppInstanceUser,DescribeChannel,DescribeChannelFlow,ListAppInstanceBots,ListAppInstanceUsers,ListAppInstances,ListChannelFlows,ListChannels,PutAppInstanceUserExpirationSettings,PutChannelExpirationSettings,UpdateAppInstance,UpdateAppInstanceBot,UpdateAppInstanceUser,UpdateChannel,UpdateChannelFlow chime:R:*:app-instance/*
chime DeleteMediaInsightsPipelineConfiguration,GetMediaInsightsPipelineConfiguration,UpdateMediaInsightsPipelineConfiguration chime:R:*:media-insights-pipeline-configuration/*
chime DeleteMediaPipelineKinesisVideoStreamPool,GetMediaPipelineKinesisVideoStreamPool,UpdateMediaPipelineKinesisVideoStreamPool chime:R:*:media-pipeline-kinesis-video-stream-pool/*
chime DeleteSipMediaApplication,GetSipMediaApplication,UpdateSipMediaApplication chime:R:*:sma/*
chime DeleteVoiceConnector,GetVoiceConnector,UpdateVoiceConnector chime:R:*:vc/*
chime ListTagsForResource,TagResource,UntagResource chime:R:*:app-instance/* chime:R:*:media-insights-pipeline-configuration/* chime:R:*:media-pipeline-kinesis-video-stream-pool/* chime:R:*:media-pipeline/* chime:R:*:meeting/* chime:R:*:sma/* chime:R:*:vc/* chime:R:*:voice-profile-domain/*
cleanrooms CreateAnalysisTemplate,CreateConfiguredTableAssociationAnalysisRule,CreateIdMappingTable,CreateIdNamespaceAssociation,CreateIntermediateTable,CreateIntermediateTableAnalysisRule,CreatePrivacyBudgetTemplate,DeleteAnalysisTemplate,DeleteConfiguredTableAssociation,DeleteConfiguredTableAssociationAnalysisRule,DeleteIdMappingTable,DeleteIdNamespaceAssociation,DeleteIntermediateTable,DeleteIntermediateTableAnalysisRule,DeleteMembership,DeletePrivacyBudgetTemplate,GetAnalysisTemplate,GetConfiguredTableAssociation,GetConfiguredTableAssociationAnalysisRule,GetIdMappingTable,GetIdNamespaceAssociation,GetIntermediateTable,GetIntermediateTableAnalysisRule,GetMembership,GetPrivacyBudgetTemplate,ListAnalysisTemplates,ListConfiguredTableAssociations,ListIdMappingTables,ListIdNamespaceAssociations,ListIntermediateTables,ListPrivacyBudgetTemplates,PassMembership,PopulateIntermediateTable,UpdateAnalysisTemplate,UpdateConfiguredTableAssociation,UpdateConfiguredTableAssociationAnalysisRule,UpdateIdMappingTable,UpdateIdNamespaceAssociation,UpdateIntermediateTable,UpdateIntermediateTableAnalysisRule,UpdateMembership,UpdatePrivacyBudgetTemplate cleanrooms:R:A:membership/*
cleanrooms CreateCollaboration,DeleteCollaboration,GetCollaboration,ListMembers,UpdateCollaboration cleanrooms:R:A:collaboration/*
cleanrooms CreateConfiguredTable,CreateConfiguredTableAnalysisRule,DeleteConfiguredTable,DeleteConfiguredTableAnalysisRule,GetConfiguredTable,GetConfiguredTableAnalysisRule,UpdateConfiguredTable,UpdateConfiguredTableAllowedColumns,UpdateConfiguredTableAnalysisRule,UpdateConfiguredTableReference cleanrooms:R:A:configuredtable/*
cleanrooms CreateConfiguredTableAssociation cleanrooms:R:A:configuredtable/* cleanrooms:R:A:membership/*
cleanrooms CreateMembership,GetCollaborationAnalysisTemplate cleanrooms:R:A:collaboration/* cleanrooms:R:A:membership/*
cleanrooms ListTagsForResource,TagResource,UntagResource cleanrooms:R:A:collaboration/* cleanrooms:R:A:configuredtable/* cleanrooms:R:A:membership/*
cleanrooms-ml CreateConfiguredModelAlgorithmAssociation,DeleteConfiguredModelAlgorithm,GetConfiguredModelAlgorithm cleanrooms-ml:R:A:configured-model-algorithm/*
cleanrooms-ml DeleteConfiguredModelAlgorithmAssociation,GetConfiguredModelAlgorithmAssociation cleanrooms-ml:R:A:membership/*
cleanrooms-ml DeleteTrainingDataset,GetTrainingDataset cleanrooms-ml:R:A:training-dataset/*
cleanrooms-ml TagResource,UntagResource cleanrooms-ml:R:A:audience-generation-job/* cleanrooms-ml:R:A:audience-model/* cleanrooms-ml:R:A:configured-audience-model/* cleanrooms-ml:R:A:configured-model-algorithm/* cleanrooms-ml:R:A:membership/* cleanrooms-ml:R:A:training-dataset/*
cloud9 DeleteEnvironment,DescribeEnvironments,ListTagsForResource,TagResource,UntagResource,UpdateEnvironment cloud9:R:A:environment:*
cloudformation CreateChangeSet,CreateStack,DeleteChangeSet,DeleteStack,DescribeChangeSet,DescribeStackEvents,DescribeStackResource,DescribeStackResources,DescribeStacks,GetStackPolicy,GetTemplate,ListChangeSets,ListStackResources,RollbackStack,SetStackPolicy,UpdateStack,UpdateTerminationProtection cloudformation:R:A:stack/*
cloudformation CreateStackInstances,DeleteStackInstances,UpdateStackInstances,UpdateStackSet cloudformation:R:A:* cloudformation:R:A:stackset-target/* cloudformation:R:A:type/resource/*
cloudformation DeleteStackSet,DescribeStackInstance,DescribeStackSet,DescribeStackSetOperation,ListStackInstances,ListStackSetOperationResults,StopStackSetOperation cloudformation:R:A:*
cloudformation GetTemplateSummary cloudformation:R:A:* cloudformation:R:A:stack/*
cloudformation TagResource,UntagResource cloudformation:R:A:* cloudformation:R:A:changeSet/* cloudformation:R:A:stack/*
cloudfront DeleteAnycastIpList,GetAnycastIpList,UpdateAnycastIpList cloudfront::A:anycast-ip-list/*
cloudfront DeleteCachePolicy,GetCachePolicy,UpdateCachePolicy cloudfront::A:cache-policy/*
cloudfront DeleteCloudFrontOriginAccessIdentity,GetCloudFrontOriginAccessIdentity,UpdateCloudFrontOriginAccessIdentity cloudfront::A:origin-access-identity/*
cloudfront DeleteConnectionFunction,DescribeConnectionFunction,GetConnectionFunction,PublishConnectionFunction,UpdateConnectionFunction cloudfront::A:connection-function/*
cloudfront DeleteConnectionGroup,GetConnectionGroup,UpdateConnectionGroup cloudfront::A:connection-group/*
cloudfront DeleteContinuousDeploymentPolicy,GetContinuousDeploymentPolicy,UpdateContinuousDeploymentPolicy cloudfront::A:continuous-deployment-policy/*
cloudfront DeleteDistribution,GetDistribution,GetDistributionConfig,UpdateDistribution,UpdateDistributionWithStagingConfig cloudfront::A:distribution/*
cloudfront DeleteDistributionTenant,GetDistributionTenant,GetManagedCertificateDetails,UpdateDistributionTenant,VerifyDnsConfiguration cloudfront::A:distribution-tenant/*
cloudfront DeleteFieldLevelEncryptionConfig,GetFieldLevelEncryption cloudfront::A:field-level-encryption-config/*
cloudfront DeleteFieldLevelEncryptionProfile,GetFieldLevelEncryptionProfile,UpdateFieldLevelEncryptionProfile cloudfront::A:field-level-encryption-profile/*
cloudfront DeleteFunction,DescribeFunction,GetFunction,PublishFunction,UpdateFunction cloudfront::A:function/*
cloudfront DeleteKeyValueStore,DescribeKeyValueStore,UpdateKeyValueStore cloudfront::A:key-value-store/*
cloudfront DeleteOriginAccessControl,GetOriginAccessControl,UpdateOriginAccessControl cloudfront::A:origin-access-control/*
cloudfront DeleteOriginRequestPolicy,GetOriginRequestPolicy,UpdateOriginRequestPolicy cloudfront::A:origin-request-policy/*
cloudfront DeleteRealtimeLogConfig,GetRealtimeLogConfig,UpdateRealtimeLogConfig cloudfront::A:realtime-log-config/*
cloudfront DeleteResponseHeadersPolicy,GetResponseHeadersPolicy,UpdateResponseHeadersPolicy cloudfront::A:response-headers-policy/*
cloudfront DeleteTrustStore,GetTrustStore,UpdateTrustStore cloudfront::A:trust-store/*
cloudfront DeleteVpcOrigin,GetVpcOrigin,UpdateVpcOrigin cloudfront::A:vpcorigin/*
cloudfront ListTagsForResource cloudfront::A:anycast-ip-list/* cloudfront::A:connection-function/* cloudfront::A:connection-group/* cloudfront::A:distribution-tenant/* cloudfront::A:distribution/* cloudfront::A:function/* cloudfront::A:key-value-store/* cloudfront::A:trust-store/* cloudfront::A:vpcorigin/*
cloudfront TagResource,UntagResource cloudfront::A:anycast-ip-list/* cloudfront::A:connection-function/* cloudfront::A:connection-group/* cloudfront::A:distribution-tenant/* cloudfront::A:distribution/* cloudfront::A:function/* cloudfront::A:key-value-store/* cloudfront::A:streaming-distribution/* cloudfront::A:trust-store/* cloudfront::A:vpcorigin/*
cloudhsm CreateCluster cloudhsm:R:A:backup/*
cloudhsm DeleteCluster,ModifyCluster cloudhsm:R:A:cluster/*
cloudhsm ListTags,TagResource,UntagResource cloudhsm:R:A:backup/* cloudhsm:R:A:cluster/*
cloudtrail CreateServiceLinkedChannel cloudtrail:R:A:channel/*
cloudwatch DeleteAlarmMuteRule,GetAlarmMuteRule,ListAlarmMuteRules cloudwatch:R:A:alarm-mute-rule:*
cloudwatch DeleteAlarms,DescribeAlarms,PutCompositeAlarm,PutLogAlarm cloudwatch:R:A:alarm:*
cloudwatch DeleteDashboards,GetDashboard,PutDashboard cloudwatch::A:dashboard/*
cloudwatch DeleteInsightRules,PutInsightRule cloudwatch:R:A:insight-rule/*
cloudwatch DeleteIntegration,GetIntegration,UpdateIntegration cloudwatch:R:A:integration/*
cloudwatch DeleteMetricStream,GetMetricStream,PutMetricStream cloudwatch:R:A:metric-stream/*
cloudwatch DeletePipelineRule,GetMetricData,PutMetricData,PutPipelineRule cloudwatch:R:A:dataset/*
cloudwatch DeleteView,GetView,UpdateView cloudwatch:R:A:view/*
cloudwatch ListTagsForResource,TagResource,UntagResource cloudwatch::A:dashboard/* cloudwatch:R:A:alarm-mute-rule:* cloudwatch:R:A:alarm:* cloudwatch:R:A:dataset/* cloudwatch:R:A:insight-rule/* cloudwatch:R:A:metric-stream/* cloudwatch:R:A:service/* cloudwatch:R:A:slo/*
cloudwatch PutAlarmMuteRule cloudwatch:R:A:alarm-mute-rule:* cloudwatch:R:A:alarm:*
cloudwatch PutMetricAlarm cloudwatch:R:A:alarm:* cloudwatch:R:A:dataset/*
codeartifact AssociateExternalConnection,AssociateWithDownstreamRepository,DeleteRepository,DeleteRepositoryPermissionsPolicy,DescribeRepository,DisassociateExternalConnection,GetRepositoryPermissionsPolicy,PutRepositoryPermissionsPolicy,UpdateRepository codeartifact:R:A:repository/*
codeartifact DeleteDomain,DeleteDomainPermissionsPolicy,DescribeDomain,GetDomainPermissionsPolicy,ListPackageGroups,PutDomainPermissionsPolicy codeartifact:R:A:domain/*
codeartifact DeletePackageGroup,DescribePackageGroup,ListAllowedRepositoriesForGroup,UpdatePackageGroup,UpdatePackageGroupOriginConfiguration codeartifact:R:A:package-group/*
codeartifact ListTagsForResource,TagResource,UntagResource codeartifact:R:A:domain/* codeartifact:R:A:package-group/* codeartifact:R:A:repository/*
codebuild BatchGetFleets,CreateFleet,DeleteFleet,UpdateFleet codebuild:R:A:*
codebuild BatchGetReportGroups,CreateReportGroup,DeleteReportGroup,UpdateReportGroup codebuild:R:A:report-group/*
codecommit CreateCommit,CreateRepository,DeleteRepository,GetRepository,GetRepositoryTriggers,GitPull,ListTagsForResource,PutRepositoryTriggers,TagResource,UntagResource,UpdateRepositoryDescription,UpdateRepositoryEncryptionKey,UpdateRepositoryName codecommit:R:A:*
codeconnections DeleteConnection,GetConnection,ListConnections,PassConnection,UseConnection codeconnections:R:A:connection/*
codeconnections DeleteHost,GetHost,UpdateHost codeconnections:R:A:host/*
codeconnections ListTagsForResource,TagResource,UntagResource codeconnections:R:A:connection/* codeconnections:R:A:host/* codeconnections:R:A:repository-link/*
codedeploy CreateApplication,DeleteApplication,GetApplication,GetApplicationRevision,ListDeploymentGroups,RegisterApplicationRevision codedeploy:R:A:application:*
codedeploy CreateDeployment,CreateDeploymentGroup,DeleteDeploymentGroup,GetDeployment,GetDeploymentGroup,ListDeployments,UpdateDeploymentGroup codedeploy:R:A:deploymentgroup:*
codedeploy CreateDeploymentConfig,DeleteDeploymentConfig,GetDeploymentConfig codedeploy:R:A:deploymentconfig:*
codedeploy ListTagsForResource,TagResource,UntagResource codedeploy:R:A:application:* codedeploy:R:A:deploymentgroup:*
codedeploy RegisterOnPremisesInstance codedeploy:R:A:instance:*
codeguru-profiler AddNotificationChannels,DeleteProfilingGroup,DescribeProfilingGroup,GetNotificationConfiguration,GetPolicy,ListTagsForResource,PutPermission,RemoveNotificationChannel,RemovePermission,TagResource,UntagResource codeguru-profiler:R:A:profilingGroup/*
codeguru-reviewer DescribeRepositoryAssociation,DisassociateRepository,ListTagsForResource,TagResource codeguru-reviewer:R:A:association:*
codepipeline CreateCustomActionType,DeleteCustomActionType codepipeline:R:A:actiontype:*
codepipeline CreatePipeline,DeletePipeline,DisableStageTransition,EnableStageTransition,GetPipeline,GetPipelineState,StartPipelineExecution,UpdatePipeline codepipeline:R:A:*
codepipeline DeleteWebhook,DeregisterWebhookWithThirdParty,ListWebhooks,RegisterWebhookWithThirdParty codepipeline:R:A:webhook:*
codepipeline ListTagsForResource,TagResource,UntagResource codepipeline:R:A:* codepipeline:R:A:actiontype:* codepipeline:R:A:webhook:*
codepipeline PutWebhook codepipeline:R:A:* codepipeline:R:A:webhook:*
codestar-connections CreateRepositoryLink,DeleteConnection,GetConnection,ListConnections,PassConnection,UseConnection codestar-connections:R:A:connection/*
codestar-connections CreateSyncConfiguration,DeleteRepositoryLink,GetRepositoryLink,PassRepository,UpdateRepositoryLink codestar-connections:R:A:repository-link/*
codestar-connections ListTagsForResource,TagResource,UntagResource codestar-connections:R:A:connection/* codestar-connections:R:A:host/* codestar-connections:R:A:repository-link/*
codestar-notifications TagResource,UntagResource,createNotificationRule,deleteNotificationRule,describeNotificationRule,updateNotificationRule codestar-notifications:R:A:notificationrule/*
codewhisperer AllowVendedLogDeliveryForResource codewhisperer:R:A:customization/*
cognito-identity DeleteIdentityPool,DescribeIdentityPool,GetIdentityPoolRoles,GetPrincipalTagAttributeMap,ListTagsForResource,TagResource,UntagResource,UpdateIdentityPool cognito-identity:R:A:identitypool/*
cognito-idp AddCustomAttributes,AdminAddUserToGroup,AdminCreateUser,AdminDeleteUser,AdminGetUser,AdminListGroupsForUser,AdminRemoveUserFromGroup,CreateGroup,CreateIdentityProvider,CreateManagedLoginBranding,CreateResourceServer,CreateTerms,CreateUserPoolClient,CreateUserPoolDomain,CreateUserPoolReplica,DeleteGroup,DeleteIdentityProvider,DeleteManagedLoginBranding,DeleteResourceServer,DeleteTerms,DeleteUserPool,DeleteUserPoolClient,DeleteUserPoolDomain,DeleteUserPoolReplica,DescribeIdentityProvider,DescribeManagedLoginBranding,DescribeManagedLoginBrandingByClient,DescribeResourceServer,DescribeRiskConfiguration,DescribeTerms,DescribeUserPool,DescribeUserPoolClient,DisassociateWebACL,GetGroup,GetLogDeliveryConfiguration,GetUICustomization,GetUserPoolMfaConfig,GetWebACLForResource,ListGroups,ListIdentityProviders,ListResourceServers,ListTagsForResource,ListTerms,ListUserPoolClientSecrets,ListUserPoolClients,ListUserPoolReplicas,ListUsers,SetLogDeliveryConfiguration,SetRiskConfiguration,SetUICustomization,SetUserPoolMfaConfig,TagResource,UntagResource,UpdateGroup,UpdateIdentityProvider,UpdateManagedLoginBranding,UpdateResourceServer,UpdateTerms,UpdateUserPool,UpdateUserPoolClient,UpdateUserPoolDomain,UpdateUserPoolReplica cognito-idp:R:A:userpool/*
cognito-idp AssociateWebACL cognito-idp:R:A:userpool/* wafv2:R:A:*
cognito-sync SetCognitoEvents,SetIdentityPoolConfiguration cognito-sync:R:A:identitypool/*
comprehend CreateDocumentClassifier,DeleteDocumentClassifier,DescribeDocumentClassifier comprehend:R:A:document-classifier/*
comprehend CreateEndpoint comprehend:R:A:document-classifier-endpoint/* comprehend:R:A:document-classifier/* comprehend:R:A:entity-recognizer-endpoint/* comprehend:R:A:entity-recognizer/* comprehend:R:A:flywheel/*
comprehend CreateEntityRecognizer,DeleteEntityRecognizer,DescribeEntityRecognizer comprehend:R:A:entity-recognizer/*
comprehend CreateFlywheel,UpdateFlywheel comprehend:R:A:document-classifier/* comprehend:R:A:entity-recognizer/* comprehend:R:A:flywheel/*
comprehend DeleteEndpoint,DescribeEndpoint comprehend:R:A:document-classifier-endpoint/* comprehend:R:A:entity-recognizer-endpoint/*
comprehend DeleteFlywheel,DescribeFlywheel comprehend:R:A:flywheel/*
comprehend DeleteResourcePolicy,DescribeResourcePolicy,PutResourcePolicy comprehend:R:A:document-classifier/* comprehend:R:A:entity-recognizer/*
comprehend ListTagsForResource,TagResource,UntagResource comprehend:R:A:document-classification-job/* comprehend:R:A:document-classifier-endpoint/* comprehend:R:A:document-classifier/* comprehend:R:A:dominant-language-detection-job/* comprehend:R:A:entities-detection-job/* comprehend:R:A:entity-recognizer-endpoint/* comprehend:R:A:entity-recognizer/* comprehend:R:A:events-detection-job/* comprehend:R:A:flywheel/* comprehend:R:A:key-phrases-detection-job/* comprehend:R:A:pii-entities-detection-job/* comprehend:R:A:sentiment-detection-job/* comprehend:R:A:targeted-sentiment-detection-job/* comprehend:R:A:topics-detection-job/*
comprehend UpdateEndpoint comprehend:R:A:document-classifier-endpoint/* comprehend:R:A:entity-recognizer-endpoint/* comprehend:R:A:flywheel/*
config DeleteAggregationAuthorization,PutAggregationAuthorization config:R:A:aggregation-authorization/*
config DeleteConfigRule,PutConfigRule config:R:A:config-rule/*
config DeleteConfigurationAggregator,PutConfigurationAggregator config:R:A:config-aggregator/*
config DeleteConfigurationRecorder,DeleteServiceLinkedConfigurationRecorder,DescribeConfigurationRecorders,PutConfigurationRecorder,StartConfigurationRecorder config:R:A:configuration-recorder/*
config DeleteConformancePack,PutConformancePack config:R:A:conformance-pack/*
config DeleteConnector,GetConnector,PutConnector,PutThirdPartyServiceLinkedConfigurationRecorder config:R:A:connector/*
config DeleteOrganizationConfigRule,GetOrganizationCustomRulePolicy,PutOrganizationConfigRule config:R:A:organization-config-rule/*
config DeleteOrganizationConformancePack,GetOrganizationConformancePackDetailedStatus,PutOrganizationConformancePack config:R:A:organization-conformance-pack/*
config DeleteRemediationConfiguration,DescribeRemediationConfigurations,PutRemediationConfigurations config:R:A:remediation-configuration/*
config DeleteStoredQuery,GetStoredQuery,PutStoredQuery config:R:A:stored-query/*
config ListTagsForResource,TagResource,UntagResource config:R:A:aggregation-authorization/* config:R:A:config-aggregator/* config:R:A:config-rule/* config:R:A:configuration-recorder/* config:R:A:conformance-pack/* config:R:A:connector/* config:R:A:organization-config-rule/* config:R:A:organization-conformance-pack/* config:R:A:stored-query/*
connect ActivateEvaluationForm,AssociateAnalyticsDataSet,AssociateApprovedOrigin,AssociateBot,AssociateEmailAddressAlias,AssociateInstanceStorageConfig,AssociateLambdaFunction,AssociateQueueEmailAddresses,AssociateQueueQuickConnects,AssociateRoutingProfileQueues,AssociateSecurityKey,AssociateUserProficiencies,AssociateWorkspace,BatchCreateDataTableValue,BatchDeleteDataTableValue,BatchUpdateDataTableValue,CreateAgentStatus,CreateContactFlow,CreateContactFlowModule,CreateContactFlowModuleAlias,CreateContactFlowModuleVersion,CreateContactFlowVersion,CreateDataTable,CreateDataTableAttribute,CreateEmailAddress,CreateEvaluationForm,CreateHoursOfOperation,CreateHoursOfOperationOverride,CreateIntegrationAssociation,CreateMetric,CreateNotification,CreatePredefinedAttribute,CreatePrompt,CreateQuickConnect,CreateRoutingProfile,CreateRule,CreateTaskTemplate,CreateUseCase,CreateUser,CreateUserHierarchyGroup,CreateView,CreateViewVersion,CreateVocabulary,CreateWorkspace,DeactivateEvaluationForm,DeleteContactFlow,DeleteContactFlowModule,DeleteContactFlowModuleAlias,DeleteContactFlowModuleVersion,DeleteContactFlowVersion,DeleteDataTable,DeleteDataTableAttribute,DeleteEmailAddress,DeleteEvaluationForm,DeleteHoursOfOperation,DeleteHoursOfOperationOverride,DeleteInstance,DeleteIntegrationAssociation,DeleteMetric,DeleteNotification,DeletePredefinedAttribute,DeletePrompt,DeleteQueue,DeleteQuickConnect,DeleteRoutingProfile,DeleteRule,DeleteSecurityProfile,DeleteTaskTemplate,DeleteUseCase,DeleteUser,DeleteUserHierarchyGroup,DeleteView,DeleteVocabulary,DeleteWorkspace,DeleteWorkspaceMedia,DeleteWorkspacePage,DescribeAgentStatus,DescribeContactFlow,DescribeContactFlowModule,DescribeContactFlowModuleAlias,DescribeDataTable,DescribeEmailAddress,DescribeEvaluationForm,DescribeHoursOfOperation,DescribeInstance,DescribeInstanceStorageConfig,DescribeNotification,DescribePredefinedAttribute,DescribePrompt,DescribeQueue,DescribeQuickConnect,DescribeRoutingProfile,DescribeRule,DescribeSecurityProfile,DescribeUser,DescribeUserHierarchyGroup,DescribeUserHierarchyStructure,DescribeVocabulary,DescribeWorkspace,DisassociateAnalyticsDataSet,DisassociateApprovedOrigin,DisassociateBot,DisassociateEmailAddressAlias,DisassociateInstanceStorageConfig,DisassociateLambdaFunction,DisassociateQueueEmailAddresses,DisassociateQueueQuickConnects,DisassociateRoutingProfileQueues,DisassociateSecurityKey,DisassociateUserProficiencies,DisassociateWorkspace,GetTaskTemplate,ImportWorkspaceMedia,ListAgentStatuses,ListAnalyticsDataAssociations,ListApprovedOrigins,ListBots,ListContactFlowModuleAliases,ListContactFlowModuleVersions,ListContactFlowModules,ListContactFlowVersions,ListContactFlows,ListDataTableAttributes,ListDataTablePrimaryValues,ListDataTableValues,ListDataTables,ListEvaluationFormVersions,ListEvaluationForms,ListHoursOfOperationOverrides,ListHoursOfOperations,ListInstanceAttributes,ListInstanceStorageConfigs,ListIntegrationAssociations,ListLambdaFunctions,ListMetrics,ListNotifications,ListPredefinedAttributes,ListPrompts,ListQueueEmailAddresses,ListQueueQuickConnects,ListQueues,ListQuickConnects,ListRoutingProfileManualAssignmentQueues,ListRoutingProfileQueues,ListRoutingProfiles,ListRules,ListSecurityKeys,ListSecurityProfileApplications,ListSecurityProfileFlowModules,ListSecurityProfilePermissions,ListSecurityProfiles,ListTaskTemplates,ListUseCases,ListUserHierarchyGroups,ListUserProficiencies,ListUsers,ListViews,ListWorkspaceMedia,ListWorkspacePages,ListWorkspaces,SearchEmailAddresses,SearchRoutingProfiles,SearchVocabularies,SearchWorkspaceAssociations,UpdateAgentStatus,UpdateContactFlowContent,UpdateContactFlowMetadata,UpdateContactFlowModuleAlias,UpdateContactFlowModuleContent,UpdateContactFlowModuleMetadata,UpdateDataTableAttribute,UpdateDataTableMetadata,UpdateDataTablePrimaryValues,UpdateEmailAddressMetadata,UpdateEvaluationForm,UpdateHoursOfOperation,UpdateHoursOfOperationOverride,UpdateInstanceAttribute,UpdateInstanceStorageConfig,UpdateNotificationContent,UpdatePredefinedAttribute,UpdatePrompt,UpdateQueueHoursOfOperation,UpdateQueueMaxContacts,UpdateQueueName,UpdateQueueOutboundEmailConfig,UpdateQueueStatus,UpdateQuickConnectConfig,UpdateQuickConnectName,UpdateRoutingProfileAgentAvailabilityTimer,UpdateRoutingProfileConcurrency,UpdateRoutingProfileDefaultOutboundQueue,UpdateRoutingProfileName,UpdateRoutingProfileQueues,UpdateRule,UpdateTaskTemplate,UpdateUserHierarchy,UpdateUserHierarchyGroupName,UpdateUserHierarchyStructure,UpdateUserIdentityInfo,UpdateUserPhoneConfig,UpdateUserProficiencies,UpdateUserRoutingProfile,UpdateUserSecurityProfiles,UpdateViewContent,UpdateViewMetadata,UpdateWorkspaceMetadata,UpdateWorkspaceTheme,UpdateWorkspaceVisibility connect:R:A:instance/*
connect ClaimPhoneNumber,ListTagsForResource,TagResource,UntagResource,UpdatePhoneNumber connect:R:A:instance/* connect:R:A:phone-number/* connect:R:A:traffic-distribution-group/*
connect CreateQueue,ImportPhoneNumber,UpdateQueueOutboundCallerConfig connect:R:A:instance/* connect:R:A:phone-number/*
connect CreateSecurityProfile,UpdateSecurityProfile app-integrations:R:A:application/* connect:R:A:instance/*
connect CreateTrafficDistributionGroup connect:R:A:instance/* connect:R:A:traffic-distribution-group/*
connect CreateWorkspacePage,ListViewVersions,UpdateWorkspacePage connect:R:A:instance/* connect:R:aws:view/*
connect DeleteTrafficDistributionGroup,DescribeTrafficDistributionGroup,ListTrafficDistributionGroups connect:R:A:traffic-distribution-group/*
connect DeleteViewVersion connect:R:A:*
connect DescribeMetric,UpdateMetricContent,UpdateMetricMetadata connect:R:A:* connect:R:A:instance/*
connect DescribePhoneNumber,ListPhoneNumbersV2,ReleasePhoneNumber,SearchAvailablePhoneNumbers,UpdatePhoneNumberMetadata connect:R:A:phone-number/*
connect DescribeView connect:R:A:* connect:R:A:instance/* connect:R:aws:* connect:R:aws:view/*
connect-campaigns CreateCampaign,DeleteCampaign,DeleteCampaignChannelSubtypeConfig,DeleteCampaignCommunicationLimits,DeleteCampaignCommunicationTime,DeleteCampaignEntryLimits,DescribeCampaign,TagResource,UntagResource,UpdateCampaignChannelSubtypeConfig,UpdateCampaignCommunicationLimits,UpdateCampaignCommunicationTime,UpdateCampaignDialerConfig,UpdateCampaignEntryLimits,UpdateCampaignFlowAssociation,UpdateCampaignName,UpdateCampaignOutboundCallConfig,UpdateCampaignSchedule,UpdateCampaignSource connect-campaigns:R:A:campaign/*
controltower DeleteLandingZone,GetLandingZone,UpdateLandingZone controltower:R:A:landingzone/*
controltower DisableBaseline,GetEnabledBaseline,UpdateEnabledBaseline controltower:R:A:enabledbaseline/*
controltower DisableControl,EnableControl,GetEnabledControl,UpdateEnabledControl controltower:R:A:enabledcontrol/*
controltower ListTagsForResource,TagResource,UntagResource controltower:R:A:enabledbaseline/* controltower:R:A:enabledcontrol/* controltower:R:A:landingzone/*
cur DeleteReportDefinition,ListTagsForResource,ModifyReportDefinition,PutReportDefinition,TagResource,UntagResource cur:R:A:definition/*
databrew DeleteDataset,DescribeDataset,UpdateDataset databrew:R:A:dataset/*
databrew DeleteJob,DescribeJob,UpdateProfileJob,UpdateRecipeJob databrew:R:A:job/*
databrew DeleteProject,DescribeProject,UpdateProject databrew:R:A:project/*
databrew DeleteRecipeVersion,DescribeRecipe,UpdateRecipe databrew:R:A:recipe/*
databrew DeleteRuleset,DescribeRuleset,UpdateRuleset databrew:R:A:ruleset/*
databrew DeleteSchedule,DescribeSchedule,UpdateSchedule databrew:R:A:schedule/*
databrew ListTagsForResource,TagResource,UntagResource databrew:R:A:dataset/* databrew:R:A:job/* databrew:R:A:project/* databrew:R:A:recipe/* databrew:R:A:ruleset/* databrew:R:A:schedule/*
dataexchange CreateDataSet,UpdateDataSet dataexchange:R:A:data-sets/*
dataexchange CreateEventAction,DeleteEventAction,GetEventAction,UpdateEventAction dataexchange:R:A:event-actions/*
dataexchange DeleteDataSet,GetDataSet dataexchange:R::data-sets/* dataexchange:R:A:data-sets/*
dataexchange ListTagsForResource,TagResource,UntagResource dataexchange:R:A:data-grants/* dataexchange:R:A:data-sets/* dataexchange:R:A:event-actions/*
datapipeline ActivatePipeline,AddTags,DeactivatePipeline,DeletePipeline,DescribePipelines,GetPipelineDefinition,PutPipelineDefinition,RemoveTags,ValidatePipelineDefinition datapipeline:R:A:pipeline/*
datasync CreateTask datasync:R:*:agent/* datasync:R:*:location/*
datasync DeleteAgent,DescribeAgent,UpdateAgent datasync:R:*:agent/*
datasync DeleteLocation,DescribeLocationAzureBlob,DescribeLocationEfs,DescribeLocationFsxLustre,DescribeLocationFsxOntap,DescribeLocationFsxOpenZfs,DescribeLocationFsxWindows,DescribeLocationHdfs,DescribeLocationNfs,DescribeLocationObjectStorage,DescribeLocationS3,DescribeLocationSmb,UpdateLocationAzureBlob,UpdateLocationEfs,UpdateLocationFsxLustre,UpdateLocationFsxOntap,UpdateLocationFsxOpenZfs,UpdateLocationFsxWindows,UpdateLocationHdfs,UpdateLocationNfs,UpdateLocationObjectStorage,UpdateLocationS3,UpdateLocationSmb datasync:R:*:location/*
datasync DeleteTask,DescribeTask,UpdateTask datasync:R:*:task/*
datasync ListTagsForResource,TagResource,UntagResource datasync:R:*:agent/* datasync:R:*:location/* datasync:R:*:system/* datasync:R:*:task/*
datazone DeleteDomain,GetDomain,TagResource,UntagResource,UpdateDomain datazone:R:A:domain/*
deadline CreateBudget,CreateFarm,CreateFleet,CreateLimit,CreateQueue,CreateQueueEnvironment,CreateQueueFleetAssociation,CreateQueueLimitAssociation,CreateStorageProfile,CreateWorker,DeleteBudget,DeleteFarm,DeleteFleet,DeleteLimit,DeleteQueue,DeleteQueueEnvironment,DeleteQueueFleetAssociation,DeleteQueueLimitAssociation,DeleteStorageProfile,DeleteWorker,GetBudget,GetFarm,GetFleet,GetLimit,GetQueue,GetQueueEnvironment,GetQueueFleetAssociation,GetQueueLimitAssociation,GetStorageProfile,GetWorker,ListBudgets,ListFarms,ListFleets,ListLimits,ListQueueEnvironments,ListQueueFleetAssociations,ListQueueLimitAssociations,ListQueues,ListStorageProfiles,ListWorkers,UpdateBudget,UpdateFarm,UpdateFleet,UpdateLimit,UpdateQueue,UpdateQueueEnvironment,UpdateQueueFleetAssociation,UpdateQueueLimitAssociation,UpdateStorageProfile deadline:R:A:farm/*
deadline CreateLicenseEndpoint,DeleteLicenseEndpoint,DeleteMeteredProduct,GetLicenseEndpoint,ListLicenseEndpoints,ListMeteredProducts,PutMeteredProduct deadline:R:A:license-endpoint/*
deadline CreateMonitor,DeleteMonitor,GetMonitor,ListMonitors,UpdateMonitor deadline:R:A:monitor/*
deadline ListTagsForResource,TagResource,UntagResource deadline:R:A:farm/* deadline:R:A:license-endpoint/* deadline:R:A:monitor/*
detective CreateMembers,DeleteGraph,DeleteMembers,DescribeOrganizationConfiguration,GetMembers,ListMembers,ListTagsForResource,TagResource,UntagResource,UpdateOrganizationConfiguration detective:R:A:graph:*
devicefarm CreateDevicePool,CreateNetworkProfile,CreateUpload,DeleteProject,GetProject,ListDevicePools,ListNetworkProfiles,ListUploads,UpdateProject devicefarm:R:A:project:*
devicefarm DeleteDevicePool,GetDevicePool,UpdateDevicePool devicefarm:R:A:devicepool:*
devicefarm DeleteInstanceProfile,GetInstanceProfile,UpdateInstanceProfile devicefarm:R:A:instanceprofile:*
devicefarm DeleteNetworkProfile,GetNetworkProfile,UpdateNetworkProfile devicefarm:R:A:networkprofile:*
devicefarm DeleteTestGridProject,GetTestGridProject,UpdateTestGridProject devicefarm:R:A:testgrid-project:*
devicefarm DeleteUpload,GetUpload devicefarm:R:A:upload:*
devicefarm DeleteVPCEConfiguration,GetVPCEConfiguration,UpdateVPCEConfiguration devicefarm:R:A:vpceconfiguration:*
devicefarm ListTagsForResource,TagResource,UntagResource devicefarm:R::device:* devicefarm:R::deviceinstance:* devicefarm:R:A:devicepool:* devicefarm:R:A:instanceprofile:* devicefarm:R:A:networkprofile:* devicefarm:R:A:project:* devicefarm:R:A:run:* devicefarm:R:A:session:* devicefarm:R:A:testgrid-project:* devicefarm:R:A:testgrid-session:* devicefarm:R:A:vpceconfiguration:*
devops-guru AddNotificationChannel,RemoveNotificationChannel sns:R:A:*
directconnect AssociateConnectionWithLag,CreatePrivateVirtualInterface,CreatePublicVirtualInterface,CreateTransitVirtualInterface,DisassociateConnectionFromLag directconnect:R:A:dxcon/* directconnect:R:A:dxlag/*
directconnect AssociateVirtualInterface,DescribeVirtualInterfaces directconnect:R:A:dxcon/* directconnect:R:A:dxlag/* directconnect:R:A:dxvif/*
directconnect ConfirmPrivateVirtualInterface,ConfirmPublicVirtualInterface,ConfirmTransitVirtualInterface,CreateBGPPeer,DeleteBGPPeer,DeleteVirtualInterface,UpdateVirtualInterfaceAttributes directconnect:R:A:dxvif/*
directconnect CreateConnection,DeleteLag,DescribeLags,UpdateLag directconnect:R:A:dxlag/*
directconnect CreateDirectConnectGatewayAssociation,CreateDirectConnectGatewayAssociationProposal,DeleteDirectConnectGateway,DeleteDirectConnectGatewayAssociation,DescribeDirectConnectGatewayAssociations,DescribeDirectConnectGateways,UpdateDirectConnectGateway directconnect::A:dx-gateway/*
directconnect CreateLag,DeleteConnection,DescribeConnections,UpdateConnection directconnect:R:A:dxcon/*
directconnect TagResource,UntagResource directconnect::A:dx-gateway/* directconnect::A:dx-resiliency-group/* directconnect:R:A:dxcon/* directconnect:R:A:dxlag/* directconnect:R:A:dxvif/*
dlm DeleteLifecyclePolicy,GetLifecyclePolicy,TagResource,UntagResource,UpdateLifecyclePolicy dlm:R:A:policy/*
dms AddTagsToResource,ListTagsForResource,RemoveTagsFromResource dms:R:A:assessment-run:* dms:R:A:cert:* dms:R:A:data-migration:* dms:R:A:data-provider:* dms:R:A:endpoint:* dms:R:A:es:* dms:R:A:individual-assessment:* dms:R:A:instance-profile:* dms:R:A:migration-project:* dms:R:A:rep:* dms:R:A:replication-config:* dms:R:A:subgrp:* dms:R:A:task:*
dms CreateDataMigration,DeleteMigrationProject,UpdateMigrationProject dms:R:A:migration-project:*
dms CreateEndpoint,ModifyEndpoint dms:R:A:cert:* dms:R:A:endpoint:*
dms CreateEventSubscription,DeleteEventSubscription,ModifyEventSubscription dms:R:A:es:*
dms CreateMigrationProject dms:R:A:data-provider:* dms:R:A:instance-profile:*
dms CreateReplicationConfig,DeleteEndpoint dms:R:A:endpoint:*
dms CreateReplicationSubnetGroup,DeleteReplicationSubnetGroup,ModifyReplicationSubnetGroup dms:R:A:subgrp:*
dms CreateReplicationTask dms:R:A:endpoint:* dms:R:A:rep:*
dms DeleteCertificate,ImportCertificate dms:R:A:cert:*
dms DeleteDataMigration,ModifyDataMigration dms:R:A:data-migration:*
dms DeleteDataProvider,UpdateDataProvider dms:R:A:data-provider:*
dms DeleteInstanceProfile,ListInstanceProfiles,UpdateInstanceProfile dms:R:A:instance-profile:*
dms DeleteReplicationConfig,ModifyReplicationConfig dms:R:A:replication-config:*
dms DeleteReplicationTask,ModifyReplicationTask dms:R:A:task:*
dms ListMigrationProjects dms:R:A:data-provider:* dms:R:A:instance-profile:* dms:R:A:migration-project:*
docdb-elastic CreateClusterSnapshot,ListTagsForResource,TagResource,UntagResource docdb-elastic:R:A:cluster-snapshot/* docdb-elastic:R:A:cluster/*
docdb-elastic DeleteCluster,GetCluster,UpdateCluster docdb-elastic:R:A:cluster/*
docdb-elastic DeleteClusterSnapshot,GetClusterSnapshot docdb-elastic:R:A:cluster-snapshot/*
drs DeleteLaunchConfigurationTemplate,UpdateLaunchConfigurationTemplate drs:R:A:launch-configuration-template/*
drs DeleteRecoveryPlan,GetRecoveryPlan,UpdateRecoveryPlan drs:R:A:recovery-plan/*
drs DeleteReplicationConfigurationTemplate,UpdateReplicationConfigurationTemplate drs:R:A:replication-configuration-template/*
drs DeleteSourceNetwork drs:R:A:source-network/*
drs TagResource,UntagResource drs:R:A:job/* drs:R:A:launch-configuration-template/* drs:R:A:recovery-instance/* drs:R:A:recovery-plan-execution/* drs:R:A:recovery-plan/* drs:R:A:replication-configuration-template/* drs:R:A:source-network/* drs:R:A:source-server/*
ds AddTagsToResource,AuthorizeApplication,CreateAlias,DeleteDirectory,DescribeDomainControllers,DisableSso,EnableSso,GetAuthorizedApplicationDetails,ListTagsForResource,RemoveTagsFromResource,UnauthorizeApplication,UpdateAuthorizedApplication ds:R:A:directory/*
dsql AddPeerCluster,CreateCluster,DeleteCluster,DeleteClusterPolicy,GetCluster,GetClusterPolicy,GetVpcEndpointServiceName,ListTagsForResource,PutClusterPolicy,PutMultiRegionProperties,PutWitnessRegion,RemovePeerCluster,TagResource,UntagResource,UpdateCluster dsql:R:A:cluster/*
dynamodb AssociateTableReplica,BatchGetItem,BatchWriteItem,CreateTable,CreateTableReplica,DeleteItem,DeleteResourcePolicy,DeleteTable,DeleteTableReplica,DescribeContinuousBackups,DescribeContributorInsights,DescribeImport,DescribeKinesisStreamingDestination,DescribeTable,DescribeTimeToLive,DisableKinesisStreamingDestination,EnableKinesisStreamingDestination,GetItem,GetResourcePolicy,ImportTable,ListTagsOfResource,PutItem,PutResourcePolicy,Query,Scan,TagResource,UntagResource,UpdateContinuousBackups,UpdateContributorInsights,UpdateItem,UpdateKinesisStreamingDestination,UpdateTable,UpdateTableReplicaAutoScaling,UpdateTimeToLive dynamodb:R:A:table/*
ec2 AcceptAddressTransfer,ReleaseAddress ec2:R:A:elastic-ip/*
ec2 AcceptTransitGatewayPeeringAttachment,CreateTransitGatewayConnect,DeleteTransitGatewayConnect,DeleteTransitGatewayPeeringAttachment,DeleteTransitGatewayVpcAttachment ec2:R:A:transit-gateway-attachment/*
ec2 AcceptVpcEndpointConnections,CreateVpcEndpointServiceConfiguration,DeleteVpcEndpointServiceConfigurations,DescribeVpcEndpointServicePermissions,ModifyVpcEndpointServiceConfiguration,ModifyVpcEndpointServicePayerResponsibility,ModifyVpcEndpointServicePermissions,RejectVpcEndpointConnections ec2:R:A:vpc-endpoint-service/*
ec2 AcceptVpcPeeringConnection,CreateVpcPeeringConnection ec2:R:A:vpc-peering-connection/* ec2:R:A:vpc/*
ec2 AllocateAddress ec2::A:ipam-pool/* ec2:R:A:elastic-ip/* ec2:R:A:ipv4pool-ec2/*
ec2 AllocateHosts,ModifyHosts,ReleaseHosts ec2:R:A:dedicated-host/*
ec2 AllocateIpamPoolCidr ec2::A:ipam-pool/* ec2:R:A:ipam-pool-allocation/*
ec2 AssignIpv6Addresses,AssignPrivateIpAddresses,CreateNetworkInterfacePermission,DeleteNetworkInterface,DeleteNetworkInterfacePermission,ModifyPublicIpDnsNameOptions,UnassignIpv6Addresses,UnassignPrivateIpAddresses ec2:R:A:network-interface/*
ec2 AssignPrivateNatGatewayAddress,AttachApplianceToNatGateway,DeleteNatGateway,DetachApplianceFromNatGateway,UnassignPrivateNatGatewayAddress ec2:R:A:natgateway/*
ec2 AssociateAddress ec2:R:A:elastic-ip/* ec2:R:A:instance/* ec2:R:A:network-interface/*
ec2 AssociateCapacityReservationBillingOwner,CreateCapacityReservation,ModifyCapacityReservation ec2:R:A:capacity-reservation/*
ec2 AssociateDhcpOptions ec2:R:A:dhcp-options/* ec2:R:A:vpc/*
ec2 AssociateEnclaveCertificateIamRole,DisassociateEnclaveCertificateIamRole acm:R:A:certificate/* iam::A:role/*
ec2 AssociateIamInstanceProfile,DescribeInstanceAttribute,DisableInstanceSqlHaStandbyDetections,DisassociateIamInstanceProfile,EnableInstanceSqlHaStandbyDetections,ModifyInstanceCreditSpecification,ModifyInstanceMaintenanceOptions,ModifyInstanceMetadataOptions,ModifyPrivateDnsNameOptions,MonitorInstances,ReplaceIamInstanceProfileAssociation,StopInstances,TerminateInstances,UnmonitorInstances ec2:R:A:instance/*
ec2 AssociateIpamResourceDiscovery ec2::A:ipam-resource-discovery-association/* ec2::A:ipam-resource-discovery/* ec2::A:ipam/*
ec2 AssociateNatGatewayAddress ec2:R:A:elastic-ip/* ec2:R:A:natgateway/*
ec2 AssociateRouteServer,DisassociateRouteServer ec2:R:A:route-server/* ec2:R:A:vpc/*
ec2 AssociateRouteTable ec2:R:A:internet-gateway/* ec2:R:A:ipv4pool-ec2/* ec2:R:A:route-table/* ec2:R:A:subnet/* ec2:R:A:vpn-gateway/*
ec2 AssociateSecurityGroupVpc,CreateSecurityGroup,DisassociateSecurityGroupVpc ec2:R:A:security-group/* ec2:R:A:vpc/*
ec2 AssociateSubnetCidrBlock ec2::A:ipam-pool/* ec2:R:A:subnet/*
ec2 AssociateTransitGatewayMulticastDomain,DisassociateTransitGatewayMulticastDomain ec2:R:A:subnet/* ec2:R:A:transit-gateway-attachment/* ec2:R:A:transit-gateway-multicast-domain/*
ec2 AssociateTransitGatewayPolicyTable,DisassociateTransitGatewayPolicyTable ec2:R:A:transit-gateway-attachment/* ec2:R:A:transit-gateway-policy-table/*
ec2 AssociateTransitGatewayRouteTable,CreateTransitGatewayRoute,DisassociateTransitGatewayRouteTable ec2:R:A:transit-gateway-attachment/* ec2:R:A:transit-gateway-route-table/*
ec2 AssociateVerifiedAccessInstanceWebAcl,CreateVerifiedAccessInstance,DeleteVerifiedAccessInstance,DisassociateVerifiedAccessInstanceWebAcl,GetVerifiedAccessInstanceWebAcl,ModifyVerifiedAccessInstance,ModifyVerifiedAccessInstanceLoggingConfiguration ec2:R:A:verified-access-instance/*
ec2 AssociateVpcCidrBlock,CreateVpc ec2::A:ipam-pool/* ec2:R:A:ipv6pool-ec2/* ec2:R:A:vpc/*
ec2 AttachInternetGateway,DetachInternetGateway ec2:R:A:internet-gateway/* ec2:R:A:vpc/*
ec2 AttachNetworkInterface,DetachNetworkInterface ec2:R:A:instance/* ec2:R:A:network-interface/*
ec2 AttachResourcesToPlacementGroup,CreatePlacementGroup,DeletePlacementGroup,DetachResourcesFromPlacementGroup ec2:R:A:placement-group/*
ec2 AttachVerifiedAccessTrustProvider,DetachVerifiedAccessTrustProvider ec2:R:A:verified-access-instance/* ec2:R:A:verified-access-trust-provider/*
ec2 AttachVolume,DetachVolume ec2:R:A:instance/* ec2:R:A:volume/*
ec2 AttachVpnGateway,DetachVpnGateway ec2:R:A:vpc/* ec2:R:A:vpn-gateway/*
ec2 AuthorizeClientVpnIngress,DeleteClientVpnEndpoint,DescribeClientVpnAuthorizationRules,DescribeClientVpnRoutes,RevokeClientVpnIngress ec2:R:A:client-vpn-endpoint/*
ec2 AuthorizeSecurityGroupEgress,AuthorizeSecurityGroupIngress ec2:R:A:security-group-rule/* ec2:R:A:security-group/*
ec2 CancelCapacityReservation ec2:R:A:capacity-reservation-cancellation-quote/* ec2:R:A:capacity-reservation/*
ec2 CancelCapacityReservationFleets,CreateCapacityReservationFleet,ModifyCapacityReservationFleet ec2:R:A:capacity-reservation-fleet/*
ec2 CancelSpotFleetRequests,DescribeSpotFleetInstances ec2:R:A:spot-fleet-request/*
ec2 CopySnapshot,DeleteSnapshot,ModifySnapshotAttribute ec2:R::snapshot/*
ec2 CopyVolumes,DeleteVolume,DescribeVolumeAttribute,ModifyVolume,ModifyVolumeAttribute ec2:R:A:volume/*
ec2 CreateApplicationStatusCheck,ModifyApplicationStatusCheck ec2:R:A:application-status-check/* ec2:R:A:security-group/* ec2:R:A:subnet/*
ec2 CreateCapacityManagerDataExport,DeleteCapacityManagerDataExport ec2:R:A:capacity-manager-data-export/*
ec2 CreateCarrierGateway ec2:R:A:carrier-gateway/* ec2:R:A:vpc/*
ec2 CreateClientVpnEndpoint,ModifyClientVpnEndpoint ec2:R:A:client-vpn-endpoint/* ec2:R:A:security-group/* ec2:R:A:transit-gateway/* ec2:R:A:vpc/*
ec2 CreateClientVpnRoute,DeleteClientVpnRoute ec2:R:A:client-vpn-endpoint/* ec2:R:A:subnet/*
ec2 CreateCustomerGateway,DeleteCustomerGateway ec2:R:A:customer-gateway/*
ec2 CreateDhcpOptions,DeleteDhcpOptions ec2:R:A:dhcp-options/*
ec2 CreateEgressOnlyInternetGateway ec2:R:A:egress-only-internet-gateway/* ec2:R:A:vpc/*
ec2 CreateFleet ec2:R::image/* ec2:R:A:capacity-reservation/* ec2:R:A:fleet/* ec2:R:A:instance/* ec2:R:A:launch-template/* ec2:R:A:placement-group/* ec2:R:A:subnet/* ec2:R:A:volume/*
ec2 CreateFlowLogs ec2:R:A:natgateway/* ec2:R:A:network-interface/* ec2:R:A:subnet/* ec2:R:A:transit-gateway-attachment/* ec2:R:A:transit-gateway/* ec2:R:A:vpc-flow-log/* ec2:R:A:vpc/*
ec2 CreateFpgaImage,DeleteFpgaImage,ModifyFpgaImageAttribute ec2:R:A:fpga-image/*
ec2 CreateInstanceConnectEndpoint ec2:R:A:instance-connect-endpoint/* ec2:R:A:security-group/* ec2:R:A:subnet/*
ec2 CreateInstanceEventWindow,DeleteInstanceEventWindow,ModifyInstanceEventWindow ec2:R:A:instance-event-window/*
ec2 CreateInternetGateway,DeleteInternetGateway ec2:R:A:internet-gateway/*
ec2 CreateIpam,DeleteIpam,ModifyIpam ec2::A:ipam/*
ec2 CreateIpamExternalResourceVerificationToken ec2::A:ipam-external-resource-verification-token/* ec2::A:ipam/*
ec2 CreateIpamInternetRegistryAssociation ec2::A:ipam-internet-registry-association/* ec2::A:ipam/*
ec2 CreateIpamPool ec2::A:ipam-pool/* ec2::A:ipam-scope/*
ec2 CreateIpamPrefixListResolver ec2::A:ipam-prefix-list-resolver/* ec2::A:ipam-scope/* ec2::A:ipam/*
ec2 CreateIpamPrefixListResolverTarget ec2::A:ipam-prefix-list-resolver-target/* ec2::A:ipam-prefix-list-resolver/*
ec2 CreateIpamResourceDiscovery,DeleteIpamResourceDiscovery,ModifyIpamResourceDiscovery ec2::A:ipam-resource-discovery/*
ec2 CreateIpamScope ec2::A:ipam-scope/* ec2::A:ipam/*
ec2 CreateKeyPair,DeleteKeyPair,ImportKeyPair ec2:R:A:key-pair/*
ec2 CreateLaunchTemplate,CreateLaunchTemplateVersion,DeleteLaunchTemplate,ModifyLaunchTemplate ec2:R:A:launch-template/*
ec2 CreateLocalGatewayRoute,ModifyLocalGatewayRoute ec2:R:A:local-gateway-route-table/* ec2:R:A:local-gateway-virtual-interface-group/* ec2:R:A:network-interface/* ec2:R:A:prefix-list/*
ec2 CreateLocalGatewayRouteTable ec2:R:A:local-gateway-route-table/* ec2:R:A:local-gateway/*
ec2 CreateLocalGatewayRouteTableVirtualInterfaceGroupAssociation ec2:R:A:local-gateway-route-table-virtual-interface-group-association/* ec2:R:A:local-gateway-route-table/* ec2:R:A:local-gateway-virtual-interface-group/*
ec2 CreateLocalGatewayRouteTableVpcAssociation ec2:R:A:local-gateway-route-table-vpc-association/* ec2:R:A:local-gateway-route-table/* ec2:R:A:vpc/*
ec2 CreateLocalGatewayVirtualInterface ec2:R:A:local-gateway-virtual-interface-group/* ec2:R:A:local-gateway-virtual-interface/* ec2:R:A:outpost-lag/*
ec2 CreateLocalGatewayVirtualInterfaceGroup ec2:R:A:local-gateway-virtual-interface-group/* ec2:R:A:local-gateway/*
ec2 CreateNatGateway ec2:R:A:elastic-ip/* ec2:R:A:natgateway/* ec2:R:A:subnet/* ec2:R:A:vpc/*
ec2 CreateNetworkAcl ec2:R:A:network-acl/* ec2:R:A:vpc/*
ec2 CreateNetworkAclEntry,DeleteNetworkAcl,DeleteNetworkAclEntry,ReplaceNetworkAclEntry ec2:R:A:network-acl/*
ec2 CreateNetworkInsightsAccessScope,DeleteNetworkInsightsAccessScope,GetNetworkInsightsAccessScopeContent ec2:R:A:network-insights-access-scope/*
ec2 CreateNetworkInsightsPath ec2:R:A:instance/* ec2:R:A:internet-gateway/* ec2:R:A:network-insights-path/* ec2:R:A:network-interface/* ec2:R:A:transit-gateway/* ec2:R:A:vpc-endpoint-service/* ec2:R:A:vpc-endpoint/* ec2:R:A:vpc-peering-connection/* ec2:R:A:vpn-gateway/*
ec2 CreateNetworkInterface ec2:R:A:network-interface/* ec2:R:A:security-group/* ec2:R:A:subnet/*
ec2 CreateOdbNetworkPeering,DeleteOdbNetworkPeering,DeleteVpc,DescribeVpcAttribute,DisassociateVpcCidrBlock,GetSecurityGroupsForVpc,ModifyOdbNetworkPeering,ModifyVpcAttribute,ModifyVpcTenancy ec2:R:A:vpc/*
ec2 CreatePublicIpv4Pool,DeletePublicIpv4Pool ec2:R:A:ipv4pool-ec2/*
ec2 CreateRoute,DeleteRoute,DeleteRouteTable,ReplaceRoute ec2:R:A:route-table/*
ec2 CreateRouteServer,DeleteRouteServer,GetRouteServerAssociations,ModifyRouteServer ec2:R:A:route-server/*
ec2 CreateRouteServerEndpoint ec2:R:A:route-server-endpoint/* ec2:R:A:route-server/* ec2:R:A:subnet/*
ec2 CreateRouteServerPeer ec2:R:A:route-server-endpoint/* ec2:R:A:route-server-peer/*
ec2 CreateRouteTable ec2:R:A:route-table/* ec2:R:A:vpc/*
ec2 CreateSecondaryNetwork,DeleteSecondaryNetwork ec2:R:A:secondary-network/*
ec2 CreateSnapshot,CreateVolume ec2:R::snapshot/* ec2:R:A:volume/*
ec2 CreateSubnet ec2::A:ipam-pool/* ec2:R:A:subnet/* ec2:R:A:vpc/*
ec2 CreateSubnetCidrReservation,DeleteSubnet,DisassociateSubnetCidrBlock,ModifySubnetAttribute ec2:R:A:subnet/*
ec2 CreateTags,DeleteTags ec2::A:ipam-external-resource-verification-token/* ec2::A:ipam-internet-registry-association/* ec2::A:ipam-policy/* ec2::A:ipam-pool/* ec2::A:ipam-prefix-list-resolver-target/* ec2::A:ipam-prefix-list-resolver/* ec2::A:ipam-resource-discovery-association/* ec2::A:ipam-resource-discovery/* ec2::A:ipam-scope/* ec2::A:ipam/* ec2:R::image/* ec2:R::snapshot/* ec2:R:A:application-status-check/* ec2:R:A:capacity-block/* ec2:R:A:capacity-manager-data-export/* ec2:R:A:capacity-reservation-cancellation-quote/* ec2:R:A:capacity-reservation-fleet/* ec2:R:A:capacity-reservation/* ec2:R:A:carrier-gateway/* ec2:R:A:client-vpn-endpoint/* ec2:R:A:coip-pool/* ec2:R:A:customer-gateway/* ec2:R:A:declarative-policies-report/* ec2:R:A:dedicated-host/* ec2:R:A:dhcp-options/* ec2:R:A:egress-only-internet-gateway/* ec2:R:A:elastic-gpu/* ec2:R:A:elastic-ip/* ec2:R:A:export-image-task/* ec2:R:A:export-instance-task/* ec2:R:A:fleet/* ec2:R:A:fpga-image/* ec2:R:A:host-reservation/* ec2:R:A:image-usage-report/* ec2:R:A:import-image-task/* ec2:R:A:import-snapshot-task/* ec2:R:A:instance-connect-endpoint/* ec2:R:A:instance-event-window/* ec2:R:A:instance/* ec2:R:A:internet-gateway/* ec2:R:A:ipam-pool-allocation/* ec2:R:A:ipv4pool-ec2/* ec2:R:A:ipv6pool-ec2/* ec2:R:A:key-pair/* ec2:R:A:launch-template/* ec2:R:A:local-gateway-route-table-virtual-interface-group-association/* ec2:R:A:local-gateway-route-table-vpc-association/* ec2:R:A:local-gateway-route-table/* ec2:R:A:local-gateway-virtual-interface-group/* ec2:R:A:local-gateway-virtual-interface/* ec2:R:A:local-gateway/* ec2:R:A:natgateway/* ec2:R:A:network-acl/* ec2:R:A:network-insights-access-scope-analysis/* ec2:R:A:network-insights-access-scope/* ec2:R:A:network-insights-analysis/* ec2:R:A:network-insights-path/* ec2:R:A:network-interface/* ec2:R:A:placement-group/* ec2:R:A:prefix-list/* ec2:R:A:replace-root-volume-task/* ec2:R:A:reserved-instances/* ec2:R:A:route-server-endpoint/* ec2:R:A:route-server-peer/* ec2:R:A:route-server/* ec2:R:A:route-table/* ec2:R:A:secondary-interface/* ec2:R:A:secondary-network/* ec2:R:A:secondary-subnet/* ec2:R:A:security-group-rule/* ec2:R:A:security-group/* ec2:R:A:spot-fleet-request/* ec2:R:A:spot-instances-request/* ec2:R:A:subnet-cidr-reservation/* ec2:R:A:subnet/* ec2:R:A:traffic-mirror-filter-rule/* ec2:R:A:traffic-mirror-filter/* ec2:R:A:traffic-mirror-session/* ec2:R:A:traffic-mirror-target/* ec2:R:A:transit-gateway-attachment/* ec2:R:A:transit-gateway-connect-peer/* ec2:R:A:transit-gateway-metering-policy/* ec2:R:A:transit-gateway-multicast-domain/* ec2:R:A:transit-gateway-policy-table/* ec2:R:A:transit-gateway-route-table-announcement/* ec2:R:A:transit-gateway-route-table/* ec2:R:A:transit-gateway/* ec2:R:A:verified-access-endpoint-target/* ec2:R:A:verified-access-endpoint/* ec2:R:A:verified-access-group/* ec2:R:A:verified-access-instance/* ec2:R:A:verified-access-policy/* ec2:R:A:verified-access-trust-provider/* ec2:R:A:volume/* ec2:R:A:vpc-block-public-access-exclusion/* ec2:R:A:vpc-encryption-control/* ec2:R:A:vpc-endpoint-connection/* ec2:R:A:vpc-endpoint-service-permission/* ec2:R:A:vpc-endpoint-service/* ec2:R:A:vpc-endpoint/* ec2:R:A:vpc-flow-log/* ec2:R:A:vpc-peering-connection/* ec2:R:A:vpc/* ec2:R:A:vpn-concentrator/* ec2:R:A:vpn-connection/* ec2:R:A:vpn-gateway/*
ec2 CreateTrafficMirrorFilter,DeleteTrafficMirrorFilter,ModifyTrafficMirrorFilterNetworkServices ec2:R:A:traffic-mirror-filter/*
ec2 CreateTrafficMirrorFilterRule,DeleteTrafficMirrorFilterRule,ModifyTrafficMirrorFilterRule ec2:R:A:traffic-mirror-filter-rule/* ec2:R:A:traffic-mirror-filter/*
ec2 CreateTrafficMirrorSession ec2:R:A:network-interface/* ec2:R:A:traffic-mirror-filter/* ec2:R:A:traffic-mirror-session/* ec2:R:A:traffic-mirror-target/*
ec2 CreateTrafficMirrorTarget ec2:R:A:network-interface/* ec2:R:A:traffic-mirror-target/* ec2:R:A:vpc-endpoint/*
ec2 CreateTransitGateway,DeleteTransitGateway ec2:R:A:transit-gateway/*
ec2 CreateTransitGatewayConnectPeer ec2:R:A:transit-gateway-attachment/* ec2:R:A:transit-gateway-connect-peer/*
ec2 CreateTransitGatewayMeteringPolicy ec2:R:A:transit-gateway-attachment/* ec2:R:A:transit-gateway-metering-policy/* ec2:R:A:transit-gateway/*
ec2 CreateTransitGatewayMeteringPolicyEntry,ModifyTransitGatewayMeteringPolicy ec2:R:A:transit-gateway-attachment/* ec2:R:A:transit-gateway-metering-policy/*
ec2 CreateTransitGatewayMulticastDomain ec2:R:A:transit-gateway-multicast-domain/* ec2:R:A:transit-gateway/*
ec2 CreateTransitGatewayPeeringAttachment ec2:R:A:transit-gateway-attachment/* ec2:R:A:transit-gateway/*
ec2 CreateTransitGatewayPolicyTable ec2:R:A:transit-gateway-policy-table/* ec2:R:A:transit-gateway/*
ec2 CreateTransitGatewayPolicyTableEntry,ModifyTransitGatewayPolicyTableEntry ec2:R:A:transit-gateway-policy-table/* ec2:R:A:transit-gateway-route-table/*
ec2 CreateTransitGatewayRouteTable,ModifyTransitGateway ec2:R:A:transit-gateway-route-table/* ec2:R:A:transit-gateway/*
ec2 CreateTransitGatewayVpcAttachment ec2:R:A:subnet/* ec2:R:A:transit-gateway-attachment/* ec2:R:A:transit-gateway/* ec2:R:A:vpc/*
ec2 CreateVerifiedAccessEndpoint ec2:R:A:network-interface/* ec2:R:A:security-group/* ec2:R:A:subnet/* ec2:R:A:verified-access-endpoint/* ec2:R:A:verified-access-group/*
ec2 CreateVerifiedAccessGroup,ModifyVerifiedAccessGroup ec2:R:A:verified-access-group/* ec2:R:A:verified-access-instance/*
ec2 CreateVerifiedAccessTrustProvider,DeleteVerifiedAccessTrustProvider,ModifyVerifiedAccessTrustProvider ec2:R:A:verified-access-trust-provider/*
ec2 CreateVpcBlockPublicAccessExclusion ec2:R:A:subnet/* ec2:R:A:vpc-block-public-access-exclusion/* ec2:R:A:vpc/*
ec2 CreateVpcEncryptionControl ec2:R:A:vpc-encryption-control/* ec2:R:A:vpc/*
ec2 CreateVpcEndpoint ec2:R:A:route-table/* ec2:R:A:security-group/* ec2:R:A:subnet/* ec2:R:A:vpc-endpoint/* ec2:R:A:vpc/*
ec2 CreateVpcEndpointConnectionNotification,DeleteVpcEndpointConnectionNotifications,ModifyVpcEndpointConnectionNotification ec2:R:A:vpc-endpoint-service/* ec2:R:A:vpc-endpoint/*
ec2 CreateVpnConcentrator ec2:R:A:transit-gateway/* ec2:R:A:vpn-concentrator/*
ec2 CreateVpnConnection ec2:R:A:customer-gateway/* ec2:R:A:transit-gateway-attachment/* ec2:R:A:transit-gateway/* ec2:R:A:vpn-concentrator/* ec2:R:A:vpn-connection/* ec2:R:A:vpn-gateway/*
ec2 CreateVpnConnectionRoute,DeleteVpnConnection,DeleteVpnConnectionRoute,ModifyVpnConnection,ModifyVpnConnectionOptions,ModifyVpnTunnelOptions ec2:R:A:vpn-connection/*
ec2 CreateVpnGateway,DeleteVpnGateway ec2:R:A:vpn-gateway/*
ec2 DeleteApplicationStatusCheck ec2:R:A:application-status-check/*
ec2 DeleteCarrierGateway ec2:R:A:carrier-gateway/*
ec2 DeleteEgressOnlyInternetGateway ec2:R:A:egress-only-internet-gateway/*
ec2 DeleteFleets,DescribeFleetInstances ec2:R:A:fleet/*
ec2 DeleteFlowLogs ec2:R:A:vpc-flow-log/*
ec2 DeleteInstanceConnectEndpoint ec2:R:A:instance-connect-endpoint/*
ec2 DeleteIpamExternalResourceVerificationToken ec2::A:ipam-external-resource-verification-token/*
ec2 DeleteIpamInternetRegistryAssociation ec2::A:ipam-internet-registry-association/*
ec2 DeleteIpamPool,DeprovisionIpamPoolCidr,GetIpamPoolAllocations,GetIpamPoolCidrs,ModifyIpamPool,ReleaseIpamPoolAllocation ec2::A:ipam-pool/*
ec2 DeleteIpamPrefixListResolver,GetIpamPrefixListResolverRules ec2::A:ipam-prefix-list-resolver/*
ec2 DeleteIpamPrefixListResolverTarget,ModifyIpamPrefixListResolverTarget ec2::A:ipam-prefix-list-resolver-target/*
ec2 DeleteIpamScope,ModifyIpamScope ec2::A:ipam-scope/*
ec2 DeleteLocalGatewayRoute ec2:R:A:local-gateway-route-table/* ec2:R:A:prefix-list/*
ec2 DeleteLocalGatewayRouteTable,SearchLocalGatewayRoutes ec2:R:A:local-gateway-route-table/*
ec2 DeleteLocalGatewayRouteTableVirtualInterfaceGroupAssociation ec2:R:A:local-gateway-route-table-virtual-interface-group-association/*
ec2 DeleteLocalGatewayRouteTableVpcAssociation ec2:R:A:local-gateway-route-table-vpc-association/*
ec2 DeleteLocalGatewayVirtualInterface ec2:R:A:local-gateway-virtual-interface/*
ec2 DeleteLocalGatewayVirtualInterfaceGroup ec2:R:A:local-gateway-virtual-interface-group/*
ec2 DeleteNetworkInsightsAccessScopeAnalysis ec2:R:A:network-insights-access-scope-analysis/*
ec2 DeleteNetworkInsightsAnalysis ec2:R:A:network-insights-analysis/*
ec2 DeleteNetworkInsightsPath ec2:R:A:network-insights-path/*
ec2 DeleteRouteServerEndpoint ec2:R:A:route-server-endpoint/*
ec2 DeleteRouteServerPeer ec2:R:A:route-server-peer/*
ec2 DeleteSecurityGroup,RevokeSecurityGroupEgress,RevokeSecurityGroupIngress,UpdateSecurityGroupRuleDescriptionsEgress,UpdateSecurityGroupRuleDescriptionsIngress ec2:R:A:security-group/*
ec2 DeleteTrafficMirrorSession ec2:R:A:traffic-mirror-session/*
ec2 DeleteTrafficMirrorTarget ec2:R:A:traffic-mirror-target/*
ec2 DeleteTransitGatewayConnectPeer ec2:R:A:transit-gateway-connect-peer/*
ec2 DeleteTransitGatewayMeteringPolicy,DeleteTransitGatewayMeteringPolicyEntry,GetTransitGatewayMeteringPolicyEntries ec2:R:A:transit-gateway-metering-policy/*
ec2 DeleteTransitGatewayMulticastDomain,GetTransitGatewayMulticastDomainAssociations,SearchTransitGatewayMulticastGroups ec2:R:A:transit-gateway-multicast-domain/*
ec2 DeleteTransitGatewayPolicyTable,DeleteTransitGatewayPolicyTableEntry,GetTransitGatewayPolicyTableAssociations,GetTransitGatewayPolicyTableEntries ec2:R:A:transit-gateway-policy-table/*
ec2 DeleteTransitGatewayRoute,DeleteTransitGatewayRouteTable,SearchTransitGatewayRoutes ec2:R:A:transit-gateway-route-table/*
ec2 DeleteVerifiedAccessEndpoint,GetVerifiedAccessEndpointPolicy,ModifyVerifiedAccessEndpointPolicy ec2:R:A:verified-access-endpoint/*
ec2 DeleteVerifiedAccessGroup,GetVerifiedAccessGroupPolicy,ModifyVerifiedAccessGroupPolicy ec2:R:A:verified-access-group/*
ec2 DeleteVpcBlockPublicAccessExclusion,ModifyVpcBlockPublicAccessExclusion ec2:R:A:vpc-block-public-access-exclusion/*
ec2 DeleteVpcEncryptionControl,ModifyVpcEncryptionControl ec2:R:A:vpc-encryption-control/*
ec2 DeleteVpcEndpoints ec2:R:A:vpc-endpoint/*
ec2 DeleteVpcPeeringConnection,ModifyVpcPeeringConnectionOptions ec2:R:A:vpc-peering-connection/*
ec2 DeleteVpnConcentrator ec2:R:A:vpn-concentrator/*
ec2 DeregisterTransitGatewayMulticastGroupMembers,DeregisterTransitGatewayMulticastGroupSources,RegisterTransitGatewayMulticastGroupMembers,RegisterTransitGatewayMulticastGroupSources ec2:R:A:network-interface/* ec2:R:A:transit-gateway-multicast-domain/*
ec2 DisableRouteServerPropagation,EnableRouteServerPropagation,GetRouteServerPropagations ec2:R:A:route-server/* ec2:R:A:route-table/*
ec2 DisableTransitGatewayRouteTablePropagation,EnableTransitGatewayRouteTablePropagation ec2:R:A:transit-gateway-attachment/* ec2:R:A:transit-gateway-route-table-announcement/* ec2:R:A:transit-gateway-route-table/*
ec2 DisableVgwRoutePropagation,EnableVgwRoutePropagation ec2:R:A:route-table/* ec2:R:A:vpn-gateway/*
ec2 DisassociateAddress ec2:R:A:elastic-ip/* ec2:R:A:network-interface/*
ec2 DisassociateIpamResourceDiscovery ec2::A:ipam-resource-discovery-association/*
ec2 DisassociateNatGatewayAddress ec2:R:A:elastic-ip/* ec2:R:A:natgateway/* ec2:R:A:network-interface/*
ec2 DisassociateRouteTable,ReplaceRouteTableAssociation ec2:R:A:internet-gateway/* ec2:R:A:ipv4pool-ec2/* ec2:R:A:ipv6pool-ec2/* ec2:R:A:route-table/* ec2:R:A:subnet/* ec2:R:A:vpn-gateway/*
ec2 GetAssociatedEnclaveCertificateIamRoles acm:R:A:certificate/*
ec2 GetManagedPrefixListEntries,ModifyManagedPrefixList ec2:R:A:prefix-list/*
ec2 ModifyFleet ec2:R::image/* ec2:R:A:fleet/* ec2:R:A:launch-template/* ec2:R:A:subnet/*
ec2 ModifyImageAttribute ec2:R::image/*
ec2 ModifyInstanceAttribute ec2:R:A:instance/* ec2:R:A:security-group/* ec2:R:A:volume/*
ec2 ModifyInstancePlacement ec2:R:A:dedicated-host/* ec2:R:A:instance/* ec2:R:A:placement-group/*
ec2 ModifyIpamPrefixListResolver ec2::A:ipam-prefix-list-resolver/* ec2::A:ipam-scope/*
ec2 ModifyNetworkInterfaceAttribute ec2:R:A:instance/* ec2:R:A:network-interface/* ec2:R:A:security-group/* ec2:R:A:subnet/*
ec2 ModifySpotFleetRequest ec2:R:A:launch-template/* ec2:R:A:spot-fleet-request/* ec2:R:A:subnet/*
ec2 ModifyTrafficMirrorSession ec2:R:A:traffic-mirror-filter/* ec2:R:A:traffic-mirror-session/* ec2:R:A:traffic-mirror-target/*
ec2 ModifyTransitGatewayVpcAttachment ec2:R:A:subnet/* ec2:R:A:transit-gateway-attachment/*
ec2 ModifyVerifiedAccessEndpoint ec2:R:A:subnet/* ec2:R:A:verified-access-endpoint/* ec2:R:A:verified-access-group/*
ec2 ModifyVpcEndpoint ec2:R:A:route-table/* ec2:R:A:security-group/* ec2:R:A:subnet/* ec2:R:A:vpc-endpoint/*
ec2 ProvisionIpamPoolCidr ec2::A:ipam-external-resource-verification-token/* ec2::A:ipam-pool/*
ec2 ReplaceNetworkAclAssociation ec2:R:A:network-acl/* ec2:R:A:subnet/*
ec2 RequestSpotFleet ec2:R::image/* ec2:R::snapshot/* ec2:R:A:key-pair/* ec2:R:A:launch-template/* ec2:R:A:placement-group/* ec2:R:A:security-group/* ec2:R:A:spot-fleet-request/* ec2:R:A:subnet/*
ec2 RunInstances ec2:R::image/* ec2:R::snapshot/* ec2:R:A:capacity-reservation/* ec2:R:A:elastic-gpu/* ec2:R:A:instance/* ec2:R:A:key-pair/* ec2:R:A:launch-template/* ec2:R:A:network-interface/* ec2:R:A:placement-group/* ec2:R:A:secondary-interface/* ec2:R:A:secondary-subnet/* ec2:R:A:security-group/* ec2:R:A:spot-instances-request/* ec2:R:A:subnet/* ec2:R:A:volume/* elastic-inference:R:A:elastic-inference-accelerator/* license-manager:R:A:license-configuration:* resource-groups:R:A:group/*
ec2 StartInstances ec2:R:A:instance/* license-manager:R:A:license-configuration:* resource-groups:R:A:group/*
ec2 StartNetworkInsightsAccessScopeAnalysis ec2:R:A:network-insights-access-scope-analysis/* ec2:R:A:network-insights-access-scope/*
ec2 StartNetworkInsightsAnalysis ec2:R:A:network-insights-analysis/* ec2:R:A:network-insights-path/*
ecr BatchCheckLayerAvailability,BatchGetImage,BatchGetRepositoryScanningConfiguration,CreateRepository,DeleteLifecyclePolicy,DeleteRepository,DeleteRepositoryPolicy,DescribeImageScanFindings,DescribeImages,DescribeRepositories,GetDownloadUrlForLayer,GetLifecyclePolicy,GetRepositoryPolicy,ListTagsForResource,PutImageScanningConfiguration,PutImageTagMutability,PutLifecyclePolicy,SetRepositoryPolicy,StartImageScan,TagResource,UntagResource ecr:R:A:repository/*
ecr-public CreateRepository,DeleteRepository,DeleteRepositoryPolicy,DescribeRepositories,GetRepositoryCatalogData,GetRepositoryPolicy,ListTagsForResource,PutRepositoryCatalogData,SetRepositoryPolicy,TagResource,UntagResource ecr-public::A:repository/*
ecs AssociateGatewayWithCluster,CreateGateway,DeleteGateway,DescribeGateway,DisassociateGatewayFromCluster,ListGateways,UpdateGateway ecs:R:A:gateway/*
ecs CreateCapacityProvider,DeleteCapacityProvider,DescribeCapacityProviders,UpdateCapacityProvider ecs:R:A:capacity-provider/*
ecs CreateCluster,DeleteCluster,DescribeClusters,PutClusterCapacityProviders,UpdateCluster,UpdateClusterSettings ecs:R:A:cluster/*
ecs CreateDaemon,DeleteDaemon,DescribeDaemon,ListDaemonDeployments,UpdateDaemon ecs:R:A:daemon/*
ecs CreateExpressGatewayService,CreateService,DeleteExpressGatewayService,DeleteService,DescribeExpressGatewayService,DescribeServices,ListServiceDeployments,UpdateExpressGatewayService,UpdateService,UpdateServicePrimaryTaskSet ecs:R:A:service/*
ecs CreateTaskSet,DeleteTaskSet,DescribeTaskSets,UpdateTaskSet ecs:R:A:task-set/*
ecs DeleteDaemonTaskDefinition,DescribeDaemonTaskDefinition,RegisterDaemonTaskDefinition,RegisterTaskDefinition ecs:R:A:*
ecs DescribeDaemonDeployments ecs:R:A:daemon-deployment/* ecs:R:A:daemon/*
ecs DescribeServiceDeployments,StopServiceDeployment ecs:R:A:service-deployment/* ecs:R:A:service/*
ecs DescribeServiceRevisions ecs:R:A:service-revision/* ecs:R:A:service/*
ecs ListGatewayClusterAssociations ecs:R:A:cluster/* ecs:R:A:gateway/*
ecs ListTagsForResource ecs:R:A:* ecs:R:A:capacity-provider/* ecs:R:A:cluster/* ecs:R:A:container-instance/* ecs:R:A:service/* ecs:R:A:task-set/* ecs:R:A:task/*
ecs ListTasks ecs:R:A:container-instance/*
ecs TagResource,UntagResource ecs:R:A:* ecs:R:A:capacity-provider/* ecs:R:A:cluster/* ecs:R:A:container-instance/* ecs:R:A:daemon/* ecs:R:A:gateway/* ecs:R:A:service/* ecs:R:A:task-set/* ecs:R:A:task/*
eks ActivateCertificateAuthority,AssociateIdentityProviderConfig,CreateAccessEntry,CreateCapability,CreateCertificateAuthority,CreateFargateProfile,CreateNodegroup,CreatePodIdentityAssociation,DeleteCertificateAuthority,DeleteCluster,DescribeCertificateAuthority,DescribeCluster,ListAccessEntries,ListAddons,ListCapabilities,ListCertificateAuthorities,ListFargateProfiles,ListIdentityProviderConfigs,ListNodegroups,ListPodIdentityAssociations,UpdateClusterConfig,UpdateClusterVersion eks:R:A:cluster/*
eks AssociateAccessPolicy,DeleteAccessEntry,DescribeAccessEntry,DisassociateAccessPolicy,ListAssociatedAccessPolicies,UpdateAccessEntry eks:R:A:access-entry/*
eks CreateAddon eks:R:A:cluster/* eks:R:A:podidentityassociation/*
eks DeleteAddon,UpdateAddon eks:R:A:addon/* eks:R:A:podidentityassociation/*
eks DeleteCapability,DescribeCapability,UpdateCapability eks:R:A:capability/*
eks DeleteFargateProfile,DescribeFargateProfile eks:R:A:fargateprofile/*
eks DeleteNodegroup,DescribeNodegroup,UpdateNodegroupConfig,UpdateNodegroupVersion eks:R:A:nodegroup/*
eks DeletePodIdentityAssociation,DescribePodIdentityAssociation,UpdatePodIdentityAssociation eks:R:A:podidentityassociation/*
eks DescribeAddon eks:R:A:addon/*
eks DescribeIdentityProviderConfig,DisassociateIdentityProviderConfig eks:R:A:identityproviderconfig/*
eks DescribeUpdate,ListUpdates eks:R:A:addon/* eks:R:A:capability/* eks:R:A:cluster/* eks:R:A:nodegroup/*
eks TagResource,UntagResource eks:R:A:access-entry/* eks:R:A:addon/* eks:R:A:capability/* eks:R:A:cluster/* eks:R:A:dashboard/* eks:R:A:eks-anywhere-subscription/* eks:R:A:fargateprofile/* eks:R:A:identityproviderconfig/* eks:R:A:nodegroup/* eks:R:A:podidentityassociation/*
elasticache AddTagsToResource,RemoveTagsFromResource elasticache::A:globalreplicationgroup:* elasticache:R:A:cluster:* elasticache:R:A:parametergroup:* elasticache:R:A:replicationgroup:* elasticache:R:A:reserved-instance:* elasticache:R:A:securitygroup:* elasticache:R:A:serverlesscache:* elasticache:R:A:serverlesscachesnapshot:* elasticache:R:A:snapshot:* elasticache:R:A:subnetgroup:* elasticache:R:A:user:* elasticache:R:A:usergroup:*
elasticache CreateCacheCluster elasticache:R:A:cluster:* elasticache:R:A:parametergroup:* elasticache:R:A:replicationgroup:* elasticache:R:A:securitygroup:* elasticache:R:A:snapshot:* elasticache:R:A:subnetgroup:*
elasticache CreateCacheParameterGroup,DeleteCacheParameterGroup,DescribeCacheParameterGroups,DescribeCacheParameters,ModifyCacheParameterGroup elasticache:R:A:parametergroup:*
elasticache CreateCacheSubnetGroup,DeleteCacheSubnetGroup,DescribeCacheSubnetGroups,ModifyCacheSubnetGroup elasticache:R:A:subnetgroup:*
elasticache CreateGlobalReplicationGroup elasticache::A:globalreplicationgroup:* elasticache:R:A:replicationgroup:*
elasticache CreateReplicationGroup elasticache::A:globalreplicationgroup:* elasticache:R:A:cluster:* elasticache:R:A:parametergroup:* elasticache:R:A:replicationgroup:* elasticache:R:A:securitygroup:* elasticache:R:A:snapshot:* elasticache:R:A:subnetgroup:* elasticache:R:A:usergroup:*
elasticache CreateServerlessCache elasticache:R:A:serverlesscache:* elasticache:R:A:serverlesscachesnapshot:* elasticache:R:A:snapshot:* elasticache:R:A:usergroup:*
elasticache CreateServerlessCacheSnapshot,DeleteServerlessCache,DescribeServerlessCacheSnapshots elasticache:R:A:serverlesscache:* elasticache:R:A:serverlesscachesnapshot:*
elasticache CreateSnapshot elasticache:R:A:cluster:* elasticache:R:A:replicationgroup:* elasticache:R:A:snapshot:*
elasticache CreateUser,DeleteUser,DescribeUsers,ModifyUser elasticache:R:A:user:*
elasticache CreateUserGroup,ModifyUserGroup elasticache:R:A:user:* elasticache:R:A:usergroup:*
elasticache DecreaseNodeGroupsInGlobalReplicationGroup,DeleteGlobalReplicationGroup,DescribeGlobalReplicationGroups,DisassociateGlobalReplicationGroup,FailoverGlobalReplicationGroup,IncreaseNodeGroupsInGlobalReplicationGroup,ModifyGlobalReplicationGroup,RebalanceSlotsInGlobalReplicationGroup elasticache::A:globalreplicationgroup:*
elasticache DecreaseReplicaCount,DescribeReplicationGroups,IncreaseReplicaCount,ModifyReplicationGroupShardConfiguration elasticache:R:A:replicationgroup:*
elasticache DeleteCacheCluster elasticache:R:A:cluster:* elasticache:R:A:snapshot:*
elasticache DeleteReplicationGroup elasticache:R:A:replicationgroup:* elasticache:R:A:snapshot:*
elasticache DeleteServerlessCacheSnapshot elasticache:R:A:serverlesscachesnapshot:*
elasticache DeleteSnapshot,DescribeSnapshots elasticache:R:A:snapshot:*
elasticache DeleteUserGroup,DescribeUserGroups elasticache:R:A:usergroup:*
elasticache DescribeCacheClusters,RebootCacheCluster elasticache:R:A:cluster:*
elasticache DescribeServerlessCaches elasticache:R:A:serverlesscache:*
elasticache ListTagsForResource elasticache:R:A:cluster:* elasticache:R:A:parametergroup:* elasticache:R:A:replicationgroup:* elasticache:R:A:reserved-instance:* elasticache:R:A:securitygroup:* elasticache:R:A:serverlesscache:* elasticache:R:A:serverlesscachesnapshot:* elasticache:R:A:snapshot:* elasticache:R:A:subnetgroup:* elasticache:R:A:user:* elasticache:R:A:usergroup:*
elasticache ModifyCacheCluster elasticache:R:A:cluster:* elasticache:R:A:parametergroup:* elasticache:R:A:securitygroup:*
elasticache ModifyReplicationGroup elasticache:R:A:parametergroup:* elasticache:R:A:replicationgroup:* elasticache:R:A:securitygroup:* elasticache:R:A:usergroup:*
elasticache ModifyServerlessCache elasticache:R:A:serverlesscache:* elasticache:R:A:usergroup:*
elasticbeanstalk AddTags,ListTagsForResource,RemoveTags elasticbeanstalk:R::platform/* elasticbeanstalk:R:A:application/* elasticbeanstalk:R:A:applicationversion/* elasticbeanstalk:R:A:configurationtemplate/* elasticbeanstalk:R:A:environment/*
elasticbeanstalk AssociateEnvironmentOperationsRole,CreateEnvironment,DescribeEnvironments,DisassociateEnvironmentOperationsRole,TerminateEnvironment,UpdateEnvironment elasticbeanstalk:R:A:environment/*
elasticbeanstalk CreateApplication,DeleteApplication,DescribeApplications,UpdateApplication,UpdateApplicationResourceLifecycle elasticbeanstalk:R:A:application/*
elasticbeanstalk CreateApplicationVersion elasticbeanstalk:R:A:application/* elasticbeanstalk:R:A:applicationversion/*
elasticbeanstalk CreateConfigurationTemplate,DeleteConfigurationTemplate,UpdateConfigurationTemplate elasticbeanstalk:R:A:configurationtemplate/*
elasticbeanstalk DeleteApplicationVersion,DescribeApplicationVersions,UpdateApplicationVersion elasticbeanstalk:R:A:applicationversion/*
elasticbeanstalk DescribeConfigurationSettings elasticbeanstalk:R:A:configurationtemplate/* elasticbeanstalk:R:A:environment/*
elasticfilesystem CreateAccessPoint,CreateMountTarget,CreateReplicationConfiguration,DeleteFileSystem,DeleteFileSystemPolicy,DeleteMountTarget,DeleteReplicationConfiguration,DeleteTags,DescribeBackupPolicy,DescribeFileSystemPolicy,DescribeFileSystems,DescribeLifecycleConfiguration,DescribeMountTargetSecurityGroups,DescribeReplicationConfigurations,ModifyMountTargetSecurityGroups,PutBackupPolicy,PutFileSystemPolicy,PutLifecycleConfiguration,UpdateFileSystem,UpdateFileSystemProtection elasticfilesystem:R:A:file-system/*
elasticfilesystem DeleteAccessPoint elasticfilesystem:R:A:access-point/*
elasticfilesystem DescribeAccessPoints,DescribeMountTargets,ListTagsForResource,TagResource,UntagResource elasticfilesystem:R:A:access-point/* elasticfilesystem:R:A:file-system/*
elasticloadbalancing AddTags,RemoveTags elasticloadbalancing:R:A:listener-rule/app/* elasticloadbalancing:R:A:listener-rule/net/* elasticloadbalancing:R:A:listener/app/* elasticloadbalancing:R:A:listener/gwy/* elasticloadbalancing:R:A:listener/net/* elasticloadbalancing:R:A:loadbalancer/* elasticloadbalancing:R:A:loadbalancer/app/* elasticloadbalancing:R:A:loadbalancer/gwy/* elasticloadbalancing:R:A:loadbalancer/net/* elasticloadbalancing:R:A:targetgroup/* elasticloadbalancing:R:A:truststore/*
elasticloadbalancing AddTrustStoreRevocations,CreateTrustStore,DeleteTrustStore,ModifyTrustStore,RemoveTrustStoreRevocations elasticloadbalancing:R:A:truststore/*
elasticloadbalancing ApplySecurityGroupsToLoadBalancer,AttachLoadBalancerToSubnets,ConfigureHealthCheck,CreateAppCookieStickinessPolicy,CreateLBCookieStickinessPolicy,CreateLoadBalancerListeners,CreateLoadBalancerPolicy,DeleteLoadBalancerListeners,DeleteLoadBalancerPolicy,DeregisterInstancesFromLoadBalancer,DetachLoadBalancerFromSubnets,DisableAvailabilityZonesForLoadBalancer,EnableAvailabilityZonesForLoadBalancer,RegisterInstancesWithLoadBalancer,SetLoadBalancerListenerSSLCertificate,SetLoadBalancerPoliciesForBackendServer,SetLoadBalancerPoliciesOfListener elasticloadbalancing:R:A:loadbalancer/*
elasticloadbalancing CreateListener,ModifyCapacityReservation,SetIpAddressType,SetSubnets elasticloadbalancing:R:A:loadbalancer/app/* elasticloadbalancing:R:A:loadbalancer/gwy/* elasticloadbalancing:R:A:loadbalancer/net/*
elasticloadbalancing CreateLoadBalancer,DeleteLoadBalancer,ModifyLoadBalancerAttributes elasticloadbalancing:R:A:loadbalancer/* elasticloadbalancing:R:A:loadbalancer/app/* elasticloadbalancing:R:A:loadbalancer/gwy/* elasticloadbalancing:R:A:loadbalancer/net/*
elasticloadbalancing CreateRule elasticloadbalancing:R:A:listener/app/* elasticloadbalancing:R:A:listener/net/*
elasticloadbalancing CreateTargetGroup,DeleteTargetGroup,DeregisterTargets,ModifyTargetGroup,ModifyTargetGroupAttributes,RegisterTargets elasticloadbalancing:R:A:targetgroup/*
elasticloadbalancing CreateWebACLAssociation,DeleteWebACLAssociation,GetLoadBalancerWebACL,ModifyIpPools elasticloadbalancing:R:A:loadbalancer/app/*
elasticloadbalancing DeleteListener,ModifyListener,ModifyListenerAttributes elasticloadbalancing:R:A:listener/app/* elasticloadbalancing:R:A:listener/gwy/* elasticloadbalancing:R:A:listener/net/*
elasticloadbalancing DeleteRule,ModifyRule,SetRulePriorities elasticloadbalancing:R:A:listener-rule/app/* elasticloadbalancing:R:A:listener-rule/net/*
elasticloadbalancing SetSecurityGroups elasticloadbalancing:R:A:loadbalancer/app/* elasticloadbalancing:R:A:loadbalancer/net/*
elasticmapreduce AddInstanceFleet,AddInstanceGroups,DescribeCluster,ListInstanceFleets,ListInstanceGroups,ModifyInstanceFleet,ModifyInstanceGroups,PutAutoScalingPolicy,RemoveAutoScalingPolicy elasticmapreduce:R:A:cluster/*
elasticmapreduce AddTags,RemoveTags elasticmapreduce:R:A:cluster/* elasticmapreduce:R:A:editor/* elasticmapreduce:R:A:notebook-execution/* elasticmapreduce:R:A:studio/*
elasticmapreduce CreateStudioSessionMapping,DeleteStudio,DeleteStudioSessionMapping,DescribeStudio,GetStudioSessionMapping,UpdateStudio,UpdateStudioSessionMapping elasticmapreduce:R:A:studio/*
elemental-inference DeleteDictionary,GetDictionary,UpdateDictionary elemental-inference:R:A:dictionary/*
elemental-inference DeleteFeed,GetFeed,UpdateFeed elemental-inference:R:A:feed/*
elemental-inference TagResource,UntagResource elemental-inference:R:A:dictionary/* elemental-inference:R:A:feed/*
emr-containers CreateManagedEndpoint,DeleteManagedEndpoint,DeleteVirtualCluster,DescribeManagedEndpoint,DescribeVirtualCluster,ListManagedEndpoints emr-containers:R:A:/virtualclusters/*
emr-containers DeleteJobTemplate,DescribeJobTemplate emr-containers:R:A:/jobtemplates/*
emr-containers DeleteSecurityConfiguration,DescribeSecurityConfiguration emr-containers:R:A:/securityconfigurations/*
emr-containers ListTagsForResource,TagResource,UntagResource emr-containers:R:A:/jobtemplates/* emr-containers:R:A:/securityconfigurations/* emr-containers:R:A:/virtualclusters/*
emr-serverless DeleteApplication,GetApplication,TagResource,UntagResource,UpdateApplication emr-serverless:R:A:/applications/*
entityresolution DeleteIdMappingWorkflow,GetIdMappingWorkflow,UpdateIdMappingWorkflow entityresolution:R:A:idmappingworkflow/*
entityresolution DeleteIdNamespace,GetIdNamespace,UpdateIdNamespace entityresolution:R:A:idnamespace/*
entityresolution DeleteMatchingWorkflow,GetMatchingWorkflow,UpdateMatchingWorkflow entityresolution:R:A:matchingworkflow/*
entityresolution DeleteSchemaMapping,GetSchemaMapping,UpdateSchemaMapping entityresolution:R:A:schemamapping/*
entityresolution TagResource,UntagResource entityresolution:R:A:idmappingworkflow/* entityresolution:R:A:idnamespace/* entityresolution:R:A:matchingworkflow/* entityresolution:R:A:providerservice/* entityresolution:R:A:schemamapping/*
es AddDataSource,CreateDomain,DeleteDataSource,DeleteDomain,DescribeDomain,DescribeDomainChangeProgress,GetDataSource,ListDataSources,UpdateDataSource,UpgradeDomain es:R:A:domain/*
es AddDirectQueryDataSource,DeleteDirectQueryDataSource,GetDirectQueryDataSource opensearch:R:A:datasource/*
es AddTags,ListTags,RemoveTags es:R:A:domain/* opensearch:R:A:application/* opensearch:R:A:datasource/*
es DeleteApplication,GetApplication,ListApplications,UpdateApplication opensearch:R:A:application/*
events CreateApiDestination,DescribeApiDestination events:R:A:api-destination/* events:R:A:connection/*
events CreateArchive events:R:A:archive/* events:R:A:event-bus/* kms:R:A:alias/* kms:R:A:key/*
events CreateConnection,DeleteConnection,DescribeConnection,UpdateConnection events:R:A:connection/*
events CreateEndpoint,DeleteEndpoint,DescribeEndpoint,UpdateEndpoint events:R:A:endpoint/*
events CreateEventBus,DeleteEventBus,DescribeEventBus,PutEvents,UpdateEventBus events:R:A:event-bus/* events:R:A:event-busv2/*
events CreateEventSource,UpdateEventSource events:R:A:event-busv2/* events:R:A:event-sourcev2/*
events CreateSubscriber,UpdateSubscriber events:R:A:event-busv2/* events:R:A:subscriber/*
events DeleteApiDestination,UpdateApiDestination events:R:A:api-destination/*
events DeleteArchive,DescribeArchive events:R:A:archive/*
events DeleteEventSource events:R:A:event-sourcev2/*
events DeleteResourcePolicy,GetResourcePolicy,ListResourcePolicies,PutResourcePolicy events:R:A:event-busv2/*
events DeleteRule,DescribeRule,DisableRule,EnableRule,ListTargetsByRule,PutRule,PutTargets,RemoveTargets events:R:A:rule/*
events DeleteSubscriber,DescribeSubscriber events:R:A:subscriber/*
events DescribeEventSource events:R::event-source/* events:R:A:event-sourcev2/*
events ListTagsForResource,TagResource,UntagResource events:R:A:event-bus/* events:R:A:event-busv2/* events:R:A:event-sourcev2/* events:R:A:rule/* events:R:A:subscriber/*
events UpdateArchive events:R:A:archive/* kms:R:A:alias/* kms:R:A:key/*
evs DeleteEnvironment,GetEnvironment,ListTagsForResource,TagResource,UntagResource evs:R:A:environment/*
finspace CreateEnvironment,DeleteEnvironment,GetEnvironment,ListEnvironments,UpdateEnvironment finspace:R:A:environment/*
firehose CreateDeliveryStream,DeleteDeliveryStream,DescribeDeliveryStream,ListTagsForDeliveryStream,PutRecord,PutRecordBatch,StartDeliveryStreamEncryption,StopDeliveryStreamEncryption,TagDeliveryStream,UntagDeliveryStream,UpdateDestination firehose:R:A:deliverystream/*
fis CreateExperimentTemplate,UpdateExperimentTemplate fis:R:A:action/* fis:R:A:experiment-template/*
fis CreateTargetAccountConfiguration,DeleteExperimentTemplate,DeleteTargetAccountConfiguration,GetExperimentTemplate,GetTargetAccountConfiguration,ListTargetAccountConfigurations,UpdateTargetAccountConfiguration fis:R:A:experiment-template/*
fis ListTagsForResource,TagResource,UntagResource fis:R:A:action/* fis:R:A:experiment-template/* fis:R:A:experiment/*
fms BatchAssociateResource,BatchDisassociateResource,DeleteResourceSet,GetResourceSet,ListResourceSetResources,PutResourceSet fms:R:A:resource-set/*
fms DeleteAppsList,GetAppsList,PutAppsList fms:R:A:applications-list/*
fms DeletePolicy,GetPolicy,ListTagsForResource,PutPolicy fms:R:A:policy/*
fms DeleteProtocolsList,GetProtocolsList,PutProtocolsList fms:R:A:protocols-list/*
fms TagResource,UntagResource fms:R:A:applications-list/* fms:R:A:policy/* fms:R:A:protocols-list/* fms:R:A:resource-set/*
forecast CreateDataset,DeleteDataset,DescribeDataset forecast:R:A:dataset/*
forecast CreateDatasetGroup,DeleteDatasetGroup,DescribeDatasetGroup forecast:R:A:dataset-group/*
forecast UpdateDatasetGroup forecast:R:A:dataset-group/* forecast:R:A:dataset/*
frauddetector BatchGetVariable,DeleteVariable,GetVariables,UpdateVariable frauddetector:R:A:variable/*
frauddetector CreateDetectorVersion,UpdateDetectorVersion frauddetector:R:A:detector/* frauddetector:R:A:external-model/* frauddetector:R:A:model-version/*
frauddetector CreateRule,DeleteDetector,DescribeDetector,GetDetectors frauddetector:R:A:detector/*
frauddetector DeleteDetectorVersion,GetDetectorVersion,UpdateDetectorVersionMetadata,UpdateDetectorVersionStatus frauddetector:R:A:detector-version/*
frauddetector DeleteEntityType,GetEntityTypes,PutEntityType frauddetector:R:A:entity-type/*
frauddetector DeleteEventType,GetEventTypes,PutEventType frauddetector:R:A:event-type/*
frauddetector DeleteLabel,GetLabels,PutLabel frauddetector:R:A:label/*
frauddetector DeleteList,GetListElements,GetListsMetadata,UpdateList frauddetector:R:A:list/*
frauddetector DeleteOutcome,GetOutcomes,PutOutcome frauddetector:R:A:outcome/*
frauddetector DeleteRule,GetRules,UpdateRuleMetadata,UpdateRuleVersion frauddetector:R:A:rule/*
frauddetector GetExternalModels frauddetector:R:A:external-model/*
frauddetector GetModelVersion frauddetector:R:A:model-version/*
frauddetector ListTagsForResource,TagResource,UntagResource frauddetector:R:A:batch-import/* frauddetector:R:A:batch-prediction/* frauddetector:R:A:detector-version/* frauddetector:R:A:detector/* frauddetector:R:A:entity-type/* frauddetector:R:A:event-type/* frauddetector:R:A:external-model/* frauddetector:R:A:label/* frauddetector:R:A:list/* frauddetector:R:A:model-version/* frauddetector:R:A:model/* frauddetector:R:A:outcome/* frauddetector:R:A:rule/* frauddetector:R:A:variable/*
frauddetector PutDetector frauddetector:R:A:detector/* frauddetector:R:A:event-type/*
fsx CreateAndAttachS3AccessPoint,DetachAndDeleteS3AccessPoint,UpdateVolume fsx:R:A:volume/*
fsx CreateBackup fsx:R:A:backup/* fsx:R:A:file-system/* fsx:R:A:volume/*
fsx CreateDataRepositoryAssociation fsx:R:A:association/* fsx:R:A:file-system/*
fsx CreateFileCache,DeleteFileCache fsx:R:A:association/* fsx:R:A:file-cache/*
fsx CreateSnapshot fsx:R:A:snapshot/* fsx:R:A:volume/*
fsx CreateStorageVirtualMachine fsx:R:A:file-system/* fsx:R:A:storage-virtual-machine/*
fsx CreateVolume fsx:R:A:snapshot/* fsx:R:A:storage-virtual-machine/* fsx:R:A:volume/*
fsx CreateVolumeFromBackup fsx:R:A:backup/* fsx:R:A:storage-virtual-machine/* fsx:R:A:volume/*
fsx DeleteBackup fsx:R:A:backup/*
fsx DeleteDataRepositoryAssociation,UpdateDataRepositoryAssociation fsx:R:A:association/*
fsx DeleteSnapshot,UpdateSnapshot fsx:R:A:snapshot/*
fsx DeleteStorageVirtualMachine,UpdateStorageVirtualMachine fsx:R:A:storage-virtual-machine/*
fsx DeleteVolume fsx:R:A:backup/* fsx:R:A:volume/*
fsx ListTagsForResource,TagResource,UntagResource fsx:R:A:association/* fsx:R:A:backup/* fsx:R:A:file-cache/* fsx:R:A:file-system/* fsx:R:A:snapshot/* fsx:R:A:storage-virtual-machine/* fsx:R:A:task/* fsx:R:A:volume/*
fsx UpdateFileCache fsx:R:A:file-cache/*
gamelift CreateFleetLocations,DeleteFleetLocations,DeleteScalingPolicy,DescribeFleetLocationAttributes,DescribeFleetLocationCapacity,DescribeScalingPolicies,PutScalingPolicy,StartFleetActions,StopFleetActions,UpdateFleetCapacity gamelift:R:A:containerfleet/* gamelift:R:A:fleet/*
gamelift DeleteAlias,DescribeAlias,UpdateAlias gamelift:R::alias/*
gamelift DeleteBuild,DescribeBuild,UpdateBuild gamelift:R:A:build/*
gamelift DeleteContainerFleet,DescribeContainerFleet,DescribeFleetDeployment,UpdateContainerFleet gamelift:R:A:containerfleet/*
gamelift DeleteContainerGroupDefinition,DescribeContainerGroupDefinition,UpdateContainerGroupDefinition gamelift:R:A:containergroupdefinition/*
gamelift DeleteFleet,DescribeFleetPortSettings,DescribeRuntimeConfiguration,UpdateFleetAttributes,UpdateFleetPortSettings,UpdateRuntimeConfiguration gamelift:R:A:fleet/*
gamelift DeleteGameServerGroup,DescribeGameServerGroup,UpdateGameServerGroup gamelift:R:A:gameservergroup/*
gamelift DeleteGameSessionQueue,UpdateGameSessionQueue gamelift:R:A:gamesessionqueue/*
gamelift DeleteLocation gamelift:R:A:location/*
gamelift DeleteMatchmakingConfiguration,UpdateMatchmakingConfiguration gamelift:R:A:matchmakingconfiguration/*
gamelift DeleteMatchmakingRuleSet gamelift:R:A:matchmakingruleset/*
gamelift DeleteScript,DescribeScript,UpdateScript gamelift:R:A:script/*
gamelift ListTagsForResource,TagResource,UntagResource gamelift:R::alias/* gamelift:R:A:build/* gamelift:R:A:containerfleet/* gamelift:R:A:containergroupdefinition/* gamelift:R:A:fleet/* gamelift:R:A:gameservergroup/* gamelift:R:A:gamesessionqueue/* gamelift:R:A:location/* gamelift:R:A:matchmakingconfiguration/* gamelift:R:A:matchmakingruleset/* gamelift:R:A:script/*
gameliftstreams AddStreamGroupLocations,DeleteStreamGroup,GetStreamGroup,RemoveStreamGroupLocations,UpdateStreamGroup gameliftstreams:R:A:streamgroup/*
gameliftstreams AssociateApplications,ListTagsForResource,TagResource,UntagResource gameliftstreams:R:A:application/* gameliftstreams:R:A:streamgroup/*
gameliftstreams DeleteApplication,GetApplication,UpdateApplication gameliftstreams:R:A:application/*
geo AssociateTrackerConsumer,CreateTracker,DeleteTracker,DescribeTracker,DisassociateTrackerConsumer,ListTrackerConsumers,ListTrackers,UpdateTracker geo:R:A:tracker/*
geo CalculateRoute,CalculateRouteMatrix,CreateRouteCalculator,DeleteRouteCalculator,DescribeRouteCalculator,ListRouteCalculators,UpdateRouteCalculator geo:R:A:route-calculator/*
geo CreateGeofenceCollection,DeleteGeofenceCollection,DescribeGeofenceCollection,ListGeofenceCollections,UpdateGeofenceCollection geo:R:A:geofence-collection/*
geo CreateKey,DeleteKey,DescribeKey,ListKeys,UpdateKey geo:R:A:api-key/*
geo CreateMap,DeleteMap,DescribeMap,GetMapGlyphs,GetMapSprites,GetMapStyleDescriptor,GetMapTile,ListMaps,UpdateMap geo:R:A:map/*
geo CreatePlaceIndex,DeletePlaceIndex,DescribePlaceIndex,GetPlace,ListPlaceIndexes,SearchPlaceIndexForPosition,SearchPlaceIndexForSuggestions,SearchPlaceIndexForText,UpdatePlaceIndex geo:R:A:place-index/*
geo TagResource,UntagResource geo:R:A:api-key/* geo:R:A:geofence-collection/* geo:R:A:job/* geo:R:A:map/* geo:R:A:place-index/* geo:R:A:route-calculator/* geo:R:A:tracker/*
geo-maps GetStaticMap,GetTile geo-maps:R::provider/default
geo-places Autocomplete,Geocode,GetPlace,ReverseGeocode,SearchNearby,SearchText,Suggest geo-places:R::provider/default
geo-routes CalculateIsolines,CalculateRouteMatrix,CalculateRoutes,OptimizeWaypoints,SnapToRoads geo-routes:R::provider/default
globalaccelerator CreateEndpointGroup,CreateListener,DeleteAccelerator,DeleteEndpointGroup,DeleteListener,DescribeAccelerator,DescribeAcceleratorAttributes,DescribeEndpointGroup,DescribeListener,ListEndpointGroups,ListListeners,UpdateAccelerator,UpdateAcceleratorAttributes,UpdateEndpointGroup,UpdateListener globalaccelerator::A:accelerator/*
globalaccelerator DeleteCrossAccountAttachment,DescribeCrossAccountAttachment,UpdateCrossAccountAttachment globalaccelerator::A:attachment/*
globalaccelerator ListTagsForResource,TagResource,UntagResource globalaccelerator::A:accelerator/* globalaccelerator::A:attachment/*
glue BatchGetPartition,CreatePartition,CreateTable,DeletePartition,DeleteTable,GetPartition,GetPartitions,GetTable,GetTables,UpdatePartition,UpdateTable glue:R:A:catalog glue:R:A:catalog/* glue:R:A:database/* glue:R:A:table/*
glue BatchGetTableOptimizer,CreateTableOptimizer,DeleteTableOptimizer,GetTableOptimizer,UpdateTableOptimizer glue:R:A:catalog glue:R:A:database/* glue:R:A:table/*
glue CreateBlueprint,DeleteBlueprint,GetBlueprint,UpdateBlueprint glue:R:A:blueprint/*
glue CreateCatalog,DeleteCatalog,GetCatalog,GetCatalogs,UpdateCatalog glue:R:A:catalog glue:R:A:catalog/*
glue CreateConnection glue:R:A:catalog glue:R:A:connectionType:*
glue CreateDatabase,CreateUserDefinedFunction,GetDatabase,GetDatabases,UpdateDatabase glue:R:A:catalog glue:R:A:catalog/* glue:R:A:database/*
glue CreateIntegration glue:R:A:catalog/* glue:R:A:connection/* glue:R:A:database/* glue:R:A:integration:*
glue CreateIntegrationResourceProperty,DeleteIntegrationResourceProperty,GetIntegrationResourceProperty,ListIntegrationResourceProperties,UpdateIntegrationResourceProperty glue:R:A:catalog/* glue:R:A:connection/* glue:R:A:database/* glue:R:A:integrationresourceproperty/*
glue CreateJob,DeleteJob,GetJob,UpdateJob glue:R:A:job/*
glue CreateRegistry,DeleteRegistry,GetRegistry,ListSchemas,UpdateRegistry glue:R:A:registry/*
glue CreateSchema,DeleteSchema,DeleteSchemaVersions,GetSchema,GetSchemaByDefinition,GetSchemaVersion,ListSchemaVersions,RegisterSchemaVersion,UpdateSchema,putSchemaVersionMetadata,querySchemaVersionMetadata,removeSchemaVersionMetadata glue:R:A:registry/* glue:R:A:schema/*
glue CreateSession,DeleteSession,GetSession glue:R:A:session/*
glue CreateTrigger,DeleteTrigger,GetTrigger,UpdateTrigger glue:R:A:trigger/*
glue CreateUsageProfile,DeleteUsageProfile,GetUsageProfile,UpdateUsageProfile glue:R:A:usageProfile/*
glue CreateWorkflow,DeleteWorkflow,GetWorkflow,UpdateWorkflow glue:R:A:workflow/*
glue DeleteConnection,GetConnection,GetConnections glue:R:A:catalog glue:R:A:connection/*
glue DeleteConnectionType,DescribeConnectionType,RegisterConnectionType glue:R:A:connectionType:*
glue DeleteCrawler,GetCrawler,StopCrawler,UpdateCrawler glue:R:A:crawler/*
glue DeleteDataQualityRuleset,GetDataQualityRuleset,ListDataQualityRulesets,UpdateDataQualityRuleset glue:R:A:dataQualityRuleset/*
glue DeleteDatabase glue:R:A:catalog glue:R:A:catalog/* glue:R:A:database/* glue:R:A:table/* glue:R:A:userDefinedFunction/*
glue DeleteIntegration,DescribeIntegrations,ModifyIntegration glue:R:A:integration:*
glue DeleteMLTransform,GetMLTransform,GetMLTransforms,ListMLTransforms,UpdateMLTransform glue:R:A:mlTransform/*
glue DeleteUserDefinedFunction,GetUserDefinedFunction,GetUserDefinedFunctions,UpdateUserDefinedFunction glue:R:A:catalog glue:R:A:catalog/* glue:R:A:database/* glue:R:A:userDefinedFunction/*
glue GetDataCatalogEncryptionSettings,PutDataCatalogEncryptionSettings glue:R:A:catalog
glue GetTags glue:R:A:blueprint/* glue:R:A:catalog/* glue:R:A:connection/* glue:R:A:connectionType:* glue:R:A:crawler/* glue:R:A:customEntityType/* glue:R:A:database/* glue:R:A:devEndpoint/* glue:R:A:job/* glue:R:A:trigger/* glue:R:A:usageProfile/* glue:R:A:workflow/*
glue PassConnection glue:R:A:connection/*
glue TagResource,UntagResource glue:R:A:blueprint/* glue:R:A:catalog/* glue:R:A:connection/* glue:R:A:connectionType:* glue:R:A:crawler/* glue:R:A:customEntityType/* glue:R:A:dataQualityRuleset/* glue:R:A:database/* glue:R:A:devEndpoint/* glue:R:A:integration:* glue:R:A:integrationresourceproperty/* glue:R:A:job/* glue:R:A:mlTransform/* glue:R:A:registry/* glue:R:A:schema/* glue:R:A:session/* glue:R:A:trigger/* glue:R:A:usageProfile/* glue:R:A:workflow/*
glue UpdateConnection glue:R:A:catalog glue:R:A:connection/* glue:R:A:connectionType:*
grafana DeleteWorkspace,DescribeWorkspace,DescribeWorkspaceAuthentication,DescribeWorkspaceConfiguration,ListTagsForResource,TagResource,UntagResource,UpdateWorkspace,UpdateWorkspaceAuthentication,UpdateWorkspaceConfiguration grafana:R:A:/workspaces/*
greengrass CancelDeployment,DeleteDeployment,GetDeployment greengrass:R:A:/greengrass/groups/* greengrass:R:A:deployments:*
greengrass CreateComponentVersion,DeleteComponent,DescribeComponent,ListComponentVersions greengrass:R:A:components:*
greengrass CreateDeployment,ListDeployments greengrass:R:A:/greengrass/groups/*
greengrass ListTagsForResource,TagResource,UntagResource greengrass:R:A:/greengrass/bulk/deployments/* greengrass:R:A:/greengrass/definition/connectors/* greengrass:R:A:/greengrass/definition/cores/* greengrass:R:A:/greengrass/definition/devices/* greengrass:R:A:/greengrass/definition/functions/* greengrass:R:A:/greengrass/definition/loggers/* greengrass:R:A:/greengrass/definition/resources/* greengrass:R:A:/greengrass/definition/subscriptions/* greengrass:R:A:/greengrass/groups/* greengrass:R:A:components:* greengrass:R:A:coreDevices:* greengrass:R:A:deployments:*
groundstation DeleteConfig,GetConfig,UpdateConfig groundstation:R:A:config/*
groundstation DeleteDataflowEndpointGroup,GetDataflowEndpointGroup groundstation:R:A:dataflow-endpoint-group/*
groundstation DeleteMissionProfile,GetMissionProfile,UpdateMissionProfile groundstation:R:A:mission-profile/*
groundstation ListTagsForResource groundstation:R:A:config/* groundstation:R:A:contact/* groundstation:R:A:dataflow-endpoint-group/* groundstation:R:A:mission-profile/*
groundstation TagResource,UntagResource groundstation:R:A:config/* groundstation:R:A:contact/* groundstation:R:A:dataflow-endpoint-group/* groundstation:R:A:ephemeris/* groundstation:R:A:mission-profile/*
guardduty CreateFilter,DeleteDetector,DeleteFilter,DeleteIPSet,DeletePublishingDestination,DeleteThreatEntitySet,DeleteThreatIntelSet,DeleteTrustedEntitySet,DescribePublishingDestination,GetDetector,GetFilter,GetIPSet,GetThreatEntitySet,GetThreatIntelSet,GetTrustedEntitySet,UpdateDetector,UpdateFilter,UpdateIPSet,UpdatePublishingDestination,UpdateThreatEntitySet,UpdateThreatIntelSet,UpdateTrustedEntitySet guardduty:R:A:detector/*
guardduty DeleteCustomDetectionRuleAssociation,GetCustomDetectionRuleAssociation,UpdateCustomDetectionRuleAssociation guardduty:R:A:detection-rule/custom/*
guardduty DeleteMalwareProtectionPlan,GetMalwareProtectionPlan,UpdateMalwareProtectionPlan guardduty:R:A:malware-protection-plan/*
guardduty ListTagsForResource,TagResource,UntagResource guardduty:R:A:detection-rule/custom/* guardduty:R:A:detector/* guardduty:R:A:malware-protection-plan/*
health-agent DeleteDomain,GetDomain,ListTagsForResource,TagResource,UntagResource health-agent:R:A:domain/*
healthlake DeleteDataTransformationProfile,GetDataTransformationProfile healthlake:R:A:dataTransformationProfile/*
healthlake DeleteFHIRDatastore,DescribeFHIRDatastore,UpdateFHIRDatastore healthlake:R:A:datastore/fhir/*
healthlake ListTagsForResource,TagResource,UntagResource healthlake:R:A:dataTransformationProfile/* healthlake:R:A:datastore/fhir/*
iam AddClientIDToOpenIDConnectProvider,CreateOpenIDConnectProvider,DeleteOpenIDConnectProvider,GetOpenIDConnectProvider,ListOpenIDConnectProviderTags,RemoveClientIDFromOpenIDConnectProvider,TagOpenIDConnectProvider,UntagOpenIDConnectProvider,UpdateOpenIDConnectProviderThumbprint iam::A:oidc-provider/*
iam AddRoleToInstanceProfile,CreateInstanceProfile,DeleteInstanceProfile,GetInstanceProfile,RemoveRoleFromInstanceProfile,TagInstanceProfile iam::A:instance-profile/*
iam AddUserToGroup,AttachGroupPolicy,CreateGroup,DeleteGroup,DeleteGroupPolicy,DetachGroupPolicy,GetGroup,GetGroupPolicy,ListAttachedGroupPolicies,ListGroupPolicies,PutGroupPolicy,RemoveUserFromGroup,UpdateGroup iam::A:group/*
iam AttachRolePolicy,CreateRole,CreateServiceLinkedRole,DeleteRole,DeleteRolePermissionsBoundary,DeleteRolePolicy,DeleteServiceLinkedRole,DetachRolePolicy,GetRole,GetRolePolicy,GetServiceLinkedRoleDeletionStatus,ListAttachedRolePolicies,ListRolePolicies,PassRole,PutRolePermissionsBoundary,PutRolePolicy,TagRole,UntagRole,UpdateAssumeRolePolicy,UpdateRole,UpdateRoleDescription iam::A:role/*
iam AttachUserPolicy,CreateLoginProfile,CreateUser,DeactivateMFADevice,DeleteAccessKey,DeleteLoginProfile,DeleteUser,DeleteUserPermissionsBoundary,DeleteUserPolicy,DetachUserPolicy,EnableMFADevice,GetLoginProfile,GetUser,GetUserPolicy,ListAccessKeys,ListAttachedUserPolicies,ListGroupsForUser,ListUserPolicies,ListUserTags,PutUserPermissionsBoundary,PutUserPolicy,TagUser,UntagUser,UpdateLoginProfile,UpdateUser iam::A:user/*
iam CreatePolicy,CreatePolicyVersion,DeletePolicy,DeletePolicyVersion,GetPolicy,GetPolicyVersion,ListEntitiesForPolicy,ListPolicyVersions iam::A:policy/*
iam CreateSAMLProvider,DeleteSAMLProvider,GetSAMLProvider,ListSAMLProviderTags,TagSAMLProvider,UntagSAMLProvider,UpdateSAMLProvider iam::A:saml-provider/*
iam CreateVirtualMFADevice,TagMFADevice,UntagMFADevice iam::A:mfa/*
iam DeleteServerCertificate,GetServerCertificate,ListServerCertificateTags,TagServerCertificate,UntagServerCertificate,UploadServerCertificate iam::A:server-certificate/*
iam DeleteVirtualMFADevice iam::A:mfa/* iam::A:sms-mfa/*
identitystore CreateGroup,CreateUser,DeleteIdentityStore identitystore::A:identitystore/*
identitystore CreateGroupMembership identitystore:::group/* identitystore:::user/* identitystore::A:identitystore/*
identitystore DeleteGroup,DescribeGroup,ListGroups,UpdateGroup identitystore:::group/* identitystore::A:identitystore/*
identitystore DeleteGroupMembership,DescribeGroupMembership identitystore:::group/* identitystore:::membership/* identitystore:::user/* identitystore::A:identitystore/*
identitystore DeleteUser,DescribeUser,ListUsers,UpdateUser identitystore:::user/* identitystore::A:identitystore/*
identitystore ListGroupMemberships identitystore:::group/* identitystore:::membership/* identitystore::A:identitystore/*
identitystore ListGroupMembershipsForMember identitystore:::membership/* identitystore:::user/* identitystore::A:identitystore/*
imagebuilder CancelImageCreation,CreateImage,DeleteImage,GetImage,ListImageBuildVersions imagebuilder:R:A:image/*
imagebuilder CreateComponent,DeleteComponent,GetComponent,ListComponentBuildVersions imagebuilder:R:A:component/*
imagebuilder CreateContainerRecipe,DeleteContainerRecipe,GetContainerRecipe imagebuilder:R:A:container-recipe/*
imagebuilder CreateDistributionConfiguration,DeleteDistributionConfiguration,GetDistributionConfiguration,UpdateDistributionConfiguration imagebuilder:R:A:distribution-configuration/*
imagebuilder CreateImagePipeline,DeleteImagePipeline,GetImagePipeline,StartImagePipelineExecution,UpdateImagePipeline imagebuilder:R:A:image-pipeline/*
imagebuilder CreateImageRecipe,DeleteImageRecipe,GetImageRecipe imagebuilder:R:A:image-recipe/*
imagebuilder CreateInfrastructureConfiguration,DeleteInfrastructureConfiguration,GetInfrastructureConfiguration,UpdateInfrastructureConfiguration imagebuilder:R:A:infrastructure-configuration/*
imagebuilder CreateLifecyclePolicy,DeleteLifecyclePolicy,GetLifecyclePolicy,UpdateLifecyclePolicy imagebuilder:R:A:lifecycle-policy/*
imagebuilder CreateWorkflow,DeleteWorkflow,GetWorkflow,ListWorkflowBuildVersions imagebuilder:R:A:workflow/*
imagebuilder TagResource,UntagResource imagebuilder:R:A:component/* imagebuilder:R:A:container-recipe/* imagebuilder:R:A:distribution-configuration/* imagebuilder:R:A:image-pipeline/* imagebuilder:R:A:image-recipe/* imagebuilder:R:A:image/* imagebuilder:R:A:infrastructure-configuration/* imagebuilder:R:A:lifecycle-policy/* imagebuilder:R:A:workflow/*
inspector2 CreateCisScanConfiguration,CreateCodeSecurityScanConfiguration,CreateFilter,DeleteCisScanConfiguration,DeleteCodeSecurityScanConfiguration,DeleteFilter,UpdateCisScanConfiguration,UpdateCodeSecurityScanConfiguration,UpdateFilter inspector2:R:A:owner/*
inspector2 CreateCodeSecurityIntegration,DeleteCodeSecurityIntegration,UpdateCodeSecurityIntegration inspector2:R:A:codesecurity-integration/*
inspector2 CreateConnector,DeleteConnector,UpdateConnector inspector2:R:A:connector/*
inspector2 TagResource,UntagResource inspector2:R:A:codesecurity-integration/* inspector2:R:A:connector/* inspector2:R:A:owner/*
interconnect CreateConnection,DeleteConnection,GetConnection,TagResource,UntagResource,UpdateConnection interconnect:R:A:connection/*
internetmonitor CreateMonitor,DeleteMonitor,GetMonitor,ListTagsForResource,TagResource,UntagResource,UpdateMonitor internetmonitor:R:A:monitor/*
invoicing DeleteInvoiceUnit,GetInvoiceUnit,UpdateInvoiceUnit invoicing::A:invoice-unit/*
invoicing ListTagsForResource,TagResource,UntagResource invoicing::A:invoice-unit/* invoicing::A:procurement-portal-preference/*
iot AssociateSbomWithPackageVersion,CreatePackage,CreatePackageVersion,DeletePackage,DeletePackageVersion,DisassociateSbomFromPackageVersion,GetPackage,GetPackageVersion,UpdatePackage,UpdatePackageVersion iot:R:A:package/*
iot AttachPrincipalPolicy,AttachThingPrincipal,DeleteCertificate,DescribeCertificate,DetachPrincipalPolicy,DetachThingPrincipal,UpdateCertificate iot:R:A:cert/*
iot AttachSecurityProfile,DetachSecurityProfile iot:R:A:custommetric/* iot:R:A:dimension/* iot:R:A:securityprofile/* iot:R:A:thinggroup/*
iot CancelJob,DeleteJob,DescribeJob,UpdateJob iot:R:A:job/*
iot CloseTunnel,DescribeTunnel iot:R:A:tunnel/*
iot CreateAuthorizer,DeleteAuthorizer,DescribeAuthorizer,UpdateAuthorizer iot:R:A:authorizer/*
iot CreateBillingGroup,DeleteBillingGroup,DescribeBillingGroup,UpdateBillingGroup iot:R:A:billinggroup/*
iot CreateCertificateProvider,DeleteCertificateProvider,DescribeCertificateProvider,UpdateCertificateProvider iot:R:A:certificateprovider/*
iot CreateCommand,DeleteCommand,GetCommand,UpdateCommand iot:R:A:command/*
iot CreateCustomMetric,DeleteCustomMetric,DescribeCustomMetric,UpdateCustomMetric iot:R:A:custommetric/*
iot CreateDimension,DeleteDimension,DescribeDimension,UpdateDimension iot:R:A:dimension/*
iot CreateDomainConfiguration,DeleteDomainConfiguration,DescribeDomainConfiguration,UpdateDomainConfiguration iot:R:A:domainconfiguration/*
iot CreateDynamicThingGroup,CreateThingGroup,DeleteDynamicThingGroup,DeleteThingGroup,DescribeThingGroup,UpdateDynamicThingGroup,UpdateThingGroup iot:R:A:thinggroup/*
iot CreateFleetMetric,UpdateFleetMetric iot:R:A:fleetmetric/* iot:R:A:index/*
iot CreateJob iot:R:A:job/* iot:R:A:jobtemplate/* iot:R:A:package/* iot:R:A:thing/* iot:R:A:thinggroup/*
iot CreateJobTemplate iot:R:A:job/* iot:R:A:jobtemplate/* iot:R:A:package/*
iot CreateMitigationAction,DeleteMitigationAction,DescribeMitigationAction,UpdateMitigationAction iot:R:A:mitigationaction/*
iot CreatePolicy,CreatePolicyVersion,DeletePolicy,DeletePolicyVersion,GetPolicy,ListPolicyVersions,SetDefaultPolicyVersion iot:R:A:policy/*
iot CreateProvisioningTemplate,CreateProvisioningTemplateVersion,DeleteProvisioningTemplate,DeleteProvisioningTemplateVersion,DescribeProvisioningTemplate,ListProvisioningTemplateVersions,UpdateProvisioningTemplate iot:R:A:provisioningtemplate/*
iot CreateRoleAlias,DeleteRoleAlias,DescribeRoleAlias,UpdateRoleAlias iot:R:A:rolealias/*
iot CreateScheduledAudit,DeleteScheduledAudit,DescribeScheduledAudit,UpdateScheduledAudit iot:R:A:scheduledaudit/*
iot CreateSecurityProfile,DeleteSecurityProfile,UpdateSecurityProfile iot:R:A:custommetric/* iot:R:A:dimension/* iot:R:A:securityprofile/*
iot CreateStream,DeleteStream,DescribeStream,UpdateStream iot:R:A:stream/*
iot CreateThing iot:R:A:billinggroup/* iot:R:A:thing/*
iot CreateThingType,DeleteThingType,DeprecateThingType,DescribeThingType,UpdateThingType iot:R:A:thingtype/*
iot CreateTopicRule,DeleteTopicRule,GetTopicRule,ReplaceTopicRule iot:R:A:rule/*
iot DeleteCACertificate,DescribeCACertificate,UpdateCACertificate iot:R:A:cacert/*
iot DeleteFleetMetric,DescribeFleetMetric iot:R:A:fleetmetric/*
iot DeleteJobTemplate,DescribeJobTemplate iot:R:A:jobtemplate/*
iot DeleteThing,DeleteThingShadow,DescribeThing,GetThingShadow,ListThingPrincipals,ListThingPrincipalsV2,UpdateThing,UpdateThingShadow iot:R:A:thing/*
iot DeleteTopicRuleDestination,GetTopicRuleDestination,UpdateTopicRuleDestination iot:R:A:ruledestination/*
iot DescribeSecurityProfile,ListTargetsForSecurityProfile iot:R:A:securityprofile/*
iot ListSecurityProfiles iot:R:A:custommetric/* iot:R:A:dimension/*
iot ListTagsForResource iot:R:A:authorizer/* iot:R:A:billinggroup/* iot:R:A:cacert/* iot:R:A:certificateprovider/* iot:R:A:command/* iot:R:A:custommetric/* iot:R:A:dimension/* iot:R:A:domainconfiguration/* iot:R:A:fleetmetric/* iot:R:A:job/* iot:R:A:jobtemplate/* iot:R:A:mitigationaction/* iot:R:A:otaupdate/* iot:R:A:policy/* iot:R:A:provisioningtemplate/* iot:R:A:rolealias/* iot:R:A:rule/* iot:R:A:scheduledaudit/* iot:R:A:securityprofile/* iot:R:A:stream/* iot:R:A:thinggroup/* iot:R:A:thingtype/*
iot TagResource,UntagResource iot:R:A:authorizer/* iot:R:A:billinggroup/* iot:R:A:cacert/* iot:R:A:certificateprovider/* iot:R:A:command/* iot:R:A:custommetric/* iot:R:A:dimension/* iot:R:A:domainconfiguration/* iot:R:A:fleetmetric/* iot:R:A:job/* iot:R:A:jobtemplate/* iot:R:A:mitigationaction/* iot:R:A:otaupdate/* iot:R:A:package/* iot:R:A:policy/* iot:R:A:provisioningtemplate/* iot:R:A:rolealias/* iot:R:A:rule/* iot:R:A:scheduledaudit/* iot:R:A:securityprofile/* iot:R:A:stream/* iot:R:A:thinggroup/* iot:R:A:thingtype/*
iotanalytics CreateChannel,DeleteChannel,DescribeChannel,UpdateChannel iotanalytics:R:A:channel/*
iotanalytics CreateDataset,DeleteDataset,DescribeDataset,UpdateDataset iotanalytics:R:A:dataset/*
iotanalytics CreateDatastore,DeleteDatastore,DescribeDatastore,UpdateDatastore iotanalytics:R:A:datastore/*
iotanalytics CreatePipeline,DeletePipeline,DescribePipeline,UpdatePipeline iotanalytics:R:A:pipeline/*
iotanalytics ListTagsForResource,TagResource,UntagResource iotanalytics:R:A:channel/* iotanalytics:R:A:dataset/* iotanalytics:R:A:datastore/* iotanalytics:R:A:pipeline/*
iotdeviceadvisor DeleteSuiteDefinition,GetSuiteDefinition,UpdateSuiteDefinition iotdeviceadvisor:R:A:suitedefinition/*
iotdeviceadvisor TagResource,UntagResource iotdeviceadvisor:R:A:suitedefinition/* iotdeviceadvisor:R:A:suiterun/*
iotfleetwise CreateCampaign iotfleetwise:R:A:campaign/* iotfleetwise:R:A:fleet/* iotfleetwise:R:A:signal-catalog/* iotfleetwise:R:A:vehicle/*
iotfleetwise CreateDecoderManifest iotfleetwise:R:A:decoder-manifest/* iotfleetwise:R:A:model-manifest/*
iotfleetwise CreateFleet iotfleetwise:R:A:fleet/* iotfleetwise:R:A:signal-catalog/*
iotfleetwise CreateModelManifest iotfleetwise:R:A:model-manifest/* iotfleetwise:R:A:signal-catalog/*
iotfleetwise CreateSignalCatalog,DeleteSignalCatalog,GetSignalCatalog,ListSignalCatalogNodes,UpdateSignalCatalog iotfleetwise:R:A:signal-catalog/*
iotfleetwise CreateStateTemplate iotfleetwise:R:A:signal-catalog/* iotfleetwise:R:A:state-template/*
iotfleetwise CreateVehicle,UpdateVehicle iotfleetwise:R:A:decoder-manifest/* iotfleetwise:R:A:model-manifest/* iotfleetwise:R:A:vehicle/*
iotfleetwise DeleteCampaign,GetCampaign,UpdateCampaign iotfleetwise:R:A:campaign/*
iotfleetwise DeleteDecoderManifest,GetDecoderManifest,ListDecoderManifestNetworkInterfaces,ListDecoderManifestSignals,UpdateDecoderManifest iotfleetwise:R:A:decoder-manifest/*
iotfleetwise DeleteFleet,GetFleet,ListVehiclesInFleet,UpdateFleet iotfleetwise:R:A:fleet/*
iotfleetwise DeleteModelManifest,GetModelManifest,ListModelManifestNodes,UpdateModelManifest iotfleetwise:R:A:model-manifest/*
iotfleetwise DeleteStateTemplate,GetStateTemplate,UpdateStateTemplate iotfleetwise:R:A:state-template/*
iotfleetwise DeleteVehicle,GetVehicle iotfleetwise:R:A:vehicle/*
iotfleetwise ListTagsForResource,TagResource,UntagResource iotfleetwise:R:A:campaign/* iotfleetwise:R:A:decoder-manifest/* iotfleetwise:R:A:fleet/* iotfleetwise:R:A:model-manifest/* iotfleetwise:R:A:signal-catalog/* iotfleetwise:R:A:state-template/* iotfleetwise:R:A:vehicle/*
iotmanagedintegrations CreateManagedThing,DeleteCredentialLocker,GetCredentialLocker iotmanagedintegrations:R:A:credential-locker/*
iotmanagedintegrations DeleteAccountAssociation,GetAccountAssociation,UpdateAccountAssociation iotmanagedintegrations:R:A:account-association/*
iotmanagedintegrations DeleteManagedThing,GetManagedThing,GetManagedThingCapabilities,GetManagedThingCertificate,GetManagedThingMetaData iotmanagedintegrations:R:A:managed-thing/*
iotmanagedintegrations DeleteProvisioningProfile,GetProvisioningProfile iotmanagedintegrations:R:A:provisioning-profile/*
iotmanagedintegrations ListTagsForResource,TagResource,UntagResource iotmanagedintegrations:R:A:account-association/* iotmanagedintegrations:R:A:credential-locker/* iotmanagedintegrations:R:A:managed-thing/* iotmanagedintegrations:R:A:ota-task/* iotmanagedintegrations:R:A:provisioning-profile/*
iotmanagedintegrations UpdateManagedThing iotmanagedintegrations:R:A:credential-locker/* iotmanagedintegrations:R:A:managed-thing/*
iotsitewise AssociateAssets,DeleteAsset,DescribeAsset,DisassociateAssets,ListAssetProperties,ListAssociatedAssets,UpdateAsset,UpdateAssetProperty iotsitewise:R:A:asset/*
iotsitewise BatchAssociateProjectAssets,BatchDisAssociateProjectAssets,CreateDashboard,DeleteProject,DescribeProject,ListDashboards,ListProjectAssets,UpdateProject iotsitewise:R:A:project/*
iotsitewise CreateAccessPolicy,ListAccessPolicies iotsitewise:R:A:portal/* iotsitewise:R:A:project/*
iotsitewise CreateAsset,CreateAssetModelCompositeModel,DeleteAssetModel,DeleteAssetModelCompositeModel,DeleteAssetModelInterfaceRelationship,DescribeAssetModel,DescribeAssetModelCompositeModel,DescribeAssetModelInterfaceRelationship,ListAssetModelCompositeModels,ListAssetModelProperties,ListAssets,PutAssetModelInterfaceRelationship,UpdateAssetModel,UpdateAssetModelCompositeModel iotsitewise:R:A:asset-model/*
iotsitewise CreateComputationModel iotsitewise:R:A:asset-model/* iotsitewise:R:A:asset/*
iotsitewise CreateDataset,DeleteApplication,DeletePipeline,DeleteTask,DeleteWorkspace,DescribeApplication,DescribePipeline,DescribeTask,DescribeWorkspace,ListDatasets,UpdatePipeline,UpdateTask,UpdateWorkspace iotsitewise:R:A:workspace/*
iotsitewise CreateProject,DeletePortal,DescribePortal,ListProjects,UpdatePortal iotsitewise:R:A:portal/*
iotsitewise DeleteAccessPolicy,DescribeAccessPolicy,UpdateAccessPolicy iotsitewise:R:A:access-policy/*
iotsitewise DeleteComputationModel,DescribeComputationModel iotsitewise:R:A:computation-model/*
iotsitewise DeleteDashboard,DescribeDashboard,UpdateDashboard iotsitewise:R:A:dashboard/*
iotsitewise DeleteDataset,DescribeDataset,UpdateDataset iotsitewise:R:A:dataset/* iotsitewise:R:A:workspace/*
iotsitewise DeleteGateway,DescribeGateway,DescribeGatewayCapabilityConfiguration,UpdateGateway,UpdateGatewayCapabilityConfiguration iotsitewise:R:A:gateway/*
iotsitewise ListTagsForResource,TagResource,UntagResource iotsitewise:R:A:access-policy/* iotsitewise:R:A:asset-model/* iotsitewise:R:A:asset/* iotsitewise:R:A:computation-model/* iotsitewise:R:A:dashboard/* iotsitewise:R:A:dataset/* iotsitewise:R:A:gateway/* iotsitewise:R:A:portal/* iotsitewise:R:A:project/* iotsitewise:R:A:time-series/* iotsitewise:R:A:workspace/*
iotsitewise UpdateComputationModel iotsitewise:R:A:asset-model/* iotsitewise:R:A:asset/* iotsitewise:R:A:computation-model/*
iottwinmaker CreateComponentType,CreateEntity,CreateScene,CreateSyncJob,DeleteComponentType,DeleteEntity,DeleteScene,DeleteSyncJob,DeleteWorkspace,GetComponentType,GetEntity,GetScene,GetSyncJob,GetWorkspace,ListComponentTypes,ListComponents,ListEntities,ListProperties,ListScenes,ListSyncJobs,ListTagsForResource,TagResource,UntagResource,UpdateComponentType,UpdateEntity,UpdateScene,UpdateWorkspace iottwinmaker:R:A:workspace/*
iotwireless AssociateMulticastGroupWithFuotaTask,DisassociateMulticastGroupFromFuotaTask iotwireless:R:A:FuotaTask/* iotwireless:R:A:MulticastGroup/*
iotwireless AssociateWirelessDeviceWithFuotaTask,DisassociateWirelessDeviceFromFuotaTask iotwireless:R:A:FuotaTask/* iotwireless:R:A:WirelessDevice/*
iotwireless AssociateWirelessDeviceWithMulticastGroup,DisassociateWirelessDeviceFromMulticastGroup iotwireless:R:A:MulticastGroup/* iotwireless:R:A:WirelessDevice/*
iotwireless AssociateWirelessDeviceWithThing,DisassociateWirelessDeviceFromThing iot:R:A:thing/* iotwireless:R:A:WirelessDevice/*
iotwireless AssociateWirelessGatewayWithThing,DisassociateWirelessGatewayFromThing iot:R:A:thing/* iotwireless:R:A:WirelessGateway/*
iotwireless CreateNetworkAnalyzerConfiguration iotwireless:R:A:MulticastGroup/* iotwireless:R:A:WirelessDevice/* iotwireless:R:A:WirelessGateway/*
iotwireless CreateWirelessDevice iotwireless:R:A:Destination/* iotwireless:R:A:DeviceProfile/* iotwireless:R:A:ServiceProfile/*
iotwireless DeleteDestination,GetDestination,StartSingleWirelessDeviceImportTask,UpdateDestination iotwireless:R:A:Destination/*
iotwireless DeleteDeviceProfile,GetDeviceProfile iotwireless:R:A:DeviceProfile/*
iotwireless DeleteFuotaTask,GetFuotaTask,UpdateFuotaTask iotwireless:R:A:FuotaTask/*
iotwireless DeleteMulticastGroup,GetMulticastGroup,UpdateMulticastGroup iotwireless:R:A:MulticastGroup/*
iotwireless DeleteNetworkAnalyzerConfiguration,GetNetworkAnalyzerConfiguration iotwireless:R:A:NetworkAnalyzerConfiguration/*
iotwireless DeleteServiceProfile,GetServiceProfile iotwireless:R:A:ServiceProfile/*
iotwireless DeleteWirelessDevice,GetWirelessDevice iotwireless:R:A:WirelessDevice/*
iotwireless DeleteWirelessDeviceImportTask,GetWirelessDeviceImportTask,UpdateWirelessDeviceImportTask iotwireless:R:A:ImportTask/*
iotwireless DeleteWirelessGateway,GetWirelessGateway,UpdateWirelessGateway iotwireless:R:A:WirelessGateway/*
iotwireless DeleteWirelessGatewayTaskDefinition,GetWirelessGatewayTaskDefinition iotwireless:R:A:WirelessGatewayTaskDefinition/*
iotwireless DisassociateAwsAccountFromPartnerAccount,GetPartnerAccount,UpdatePartnerAccount iotwireless:R:A:SidewalkAccount/*
iotwireless ListTagsForResource,TagResource,UntagResource iotwireless:R:A:Destination/* iotwireless:R:A:DeviceProfile/* iotwireless:R:A:FuotaTask/* iotwireless:R:A:ImportTask/* iotwireless:R:A:MulticastGroup/* iotwireless:R:A:NetworkAnalyzerConfiguration/* iotwireless:R:A:ServiceProfile/* iotwireless:R:A:SidewalkAccount/* iotwireless:R:A:WirelessDevice/* iotwireless:R:A:WirelessGateway/* iotwireless:R:A:WirelessGatewayTaskDefinition/*
iotwireless StartWirelessDeviceImportTask iotwireless:R:A:Destination/* iotwireless:R:A:ImportTask/*
iotwireless UpdateNetworkAnalyzerConfiguration iotwireless:R:A:MulticastGroup/* iotwireless:R:A:NetworkAnalyzerConfiguration/* iotwireless:R:A:WirelessDevice/* iotwireless:R:A:WirelessGateway/*
iotwireless UpdateWirelessDevice iotwireless:R:A:Destination/* iotwireless:R:A:DeviceProfile/* iotwireless:R:A:ServiceProfile/* iotwireless:R:A:WirelessDevice/*
ivs CreateAdConfiguration,DeleteAdConfiguration,GetAdConfiguration ivs:R:A:ad-configuration/*
ivs CreateChannel,DeleteChannel,ListStreamKeys ivs:R:A:channel/* ivs:R:A:stream-key/*
ivs CreateEncoderConfiguration,DeleteEncoderConfiguration,GetEncoderConfiguration ivs:R:A:encoder-configuration/*
ivs CreateIngestConfiguration,DeleteIngestConfiguration,GetIngestConfiguration,UpdateIngestConfiguration ivs:R:A:ingest-configuration/*
ivs CreatePlaybackRestrictionPolicy,DeletePlaybackRestrictionPolicy,GetPlaybackRestrictionPolicy,UpdatePlaybackRestrictionPolicy ivs:R:A:playback-restriction-policy/*
ivs CreateRecordingConfiguration,DeleteRecordingConfiguration,GetRecordingConfiguration,ListRecordingConfigurations ivs:R:A:recording-configuration/*
ivs CreateStage,DeleteStage,GetStage,ListStages,UpdateStage ivs:R:A:stage/*
ivs CreateStorageConfiguration,DeleteStorageConfiguration,GetStorageConfiguration ivs:R:A:storage-configuration/*
ivs CreateStreamKey,DeleteStreamKey,GetStreamKey ivs:R:A:stream-key/*
ivs DeletePlaybackKeyPair,GetPlaybackKeyPair,ImportPlaybackKeyPair,ListPlaybackKeyPairs ivs:R:A:playback-key/*
ivs DeletePublicKey,GetPublicKey,ImportPublicKey ivs:R:A:public-key/*
ivs GetChannel,ListChannels,UpdateChannel ivs:R:A:channel/*
ivs ListTagsForResource,TagResource,UntagResource ivs:R:A:ad-configuration/* ivs:R:A:channel/* ivs:R:A:composition/* ivs:R:A:encoder-configuration/* ivs:R:A:ingest-configuration/* ivs:R:A:playback-key/* ivs:R:A:playback-restriction-policy/* ivs:R:A:public-key/* ivs:R:A:recording-configuration/* ivs:R:A:stage/* ivs:R:A:storage-configuration/* ivs:R:A:stream-key/*
ivschat CreateLoggingConfiguration,DeleteLoggingConfiguration,GetLoggingConfiguration,ListLoggingConfigurations,UpdateLoggingConfiguration ivschat:R:A:logging-configuration/*
ivschat CreateRoom,DeleteRoom,GetRoom,ListRooms,ListTagsForResource,UpdateRoom ivschat:R:A:room/*
ivschat TagResource,UntagResource ivschat:R:A:logging-configuration/* ivschat:R:A:room/*
kafka BatchAssociateScramSecret,BatchDisassociateScramSecret,CreateChannel,CreateCluster,CreateClusterV2,DeleteCluster,DeleteClusterPolicy,DescribeCluster,DescribeClusterV2,GetClusterPolicy,ListChannels,ListNodes,ListScramSecrets,ListTagsForResource,PutClusterPolicy,UpdateBrokerCount,UpdateBrokerStorage,UpdateBrokerType,UpdateClusterKafkaVersion,UpdateConnectivity,UpdateMonitoring,UpdateRebalancing,UpdateSecurity,UpdateStorage kafka:R:A:cluster/*
kafka CreateConfiguration,DeleteConfiguration,DescribeConfiguration,UpdateConfiguration kafka:R:A:configuration/*
kafka CreateReplicator,DeleteReplicator,DescribeReplicator,UpdateReplicationInfo kafka:R:A:replicator/*
kafka CreateVpcConnection,TagResource,UntagResource kafka:R:*:vpc-connection/* kafka:R:A:cluster/*
kafka DeleteChannel,DescribeChannel,UpdateChannel kafka:R:A:channel/* kafka:R:A:cluster/*
kafka DeleteVpcConnection,DescribeVpcConnection kafka:R:*:vpc-connection/*
kafka UpdateClusterConfiguration kafka:R:A:cluster/* kafka:R:A:configuration/*
kafka-cluster AlterTopic,AlterTopicDynamicConfiguration,CreateTopic,DeleteTopic,DescribeTopic,DescribeTopicDynamicConfiguration kafka:R:A:topic/*
kafka-cluster Connect kafka:R:A:cluster/*
kafkaconnect DeleteConnector,DescribeConnector,UpdateConnector kafkaconnect:R:A:connector/*
kafkaconnect DeleteCustomPlugin,DescribeCustomPlugin kafkaconnect:R:A:custom-plugin/*
kafkaconnect DeleteWorkerConfiguration,DescribeWorkerConfiguration kafkaconnect:R:A:worker-configuration/*
kafkaconnect DescribeConnectorOperation kafkaconnect:R:A:connector-operation/*
kafkaconnect ListTagsForResource,TagResource,UntagResource kafkaconnect:R:A:connector/* kafkaconnect:R:A:custom-plugin/* kafkaconnect:R:A:worker-configuration/*
kendra BatchDeleteFeaturedResultsSet,CreateDataSource,CreateFaq,CreateFeaturedResultsSet,CreateQuerySuggestionsBlockList,CreateThesaurus,DeleteDataSource,DeleteFaq,DeleteIndex,DeleteQuerySuggestionsBlockList,DeleteThesaurus,DescribeDataSource,DescribeFaq,DescribeFeaturedResultsSet,DescribeIndex,DescribeQuerySuggestionsBlockList,DescribeThesaurus,ListDataSources,ListFaqs,ListFeaturedResultsSets,ListQuerySuggestionsBlockLists,ListTagsForResource,ListThesauri,TagResource,UntagResource,UpdateDataSource,UpdateFeaturedResultsSet,UpdateIndex,UpdateQuerySuggestionsBlockList,UpdateThesaurus kendra:R:A:index/*
kendra-ranking DeleteRescoreExecutionPlan,DescribeRescoreExecutionPlan,ListTagsForResource,TagResource,UntagResource,UpdateRescoreExecutionPlan kendra-ranking:R:A:rescore-execution-plan/*
kinesis AddTagsToStream,CreateStream,DecreaseStreamRetentionPeriod,DeleteStream,DescribeStream,DescribeStreamSummary,IncreaseStreamRetentionPeriod,ListStreamConsumers,ListTagsForStream,PutRecord,PutRecords,RegisterStreamConsumer,RemoveTagsFromStream,UpdateMaxRecordSize,UpdateStreamRecordDistributionStrategy,UpdateStreamWarmThroughput kinesis:R:A:stream/*
kinesis AssociateStreamsWithChannel kinesis:R:A:channel/* kinesis:R:A:stream/*
kinesis CreateChannel,DeleteChannel,DescribeChannel,UpdateChannel kinesis:R:A:channel/*
kinesis DeleteResourcePolicy,GetResourcePolicy,PutResourcePolicy kinesis:R:A:* kinesis:R:A:stream/*
kinesis DeregisterStreamConsumer,DescribeStreamConsumer kinesis:R:A:*
kinesis ListTagsForResource,TagResource,UntagResource kinesis:R:A:* kinesis:R:A:channel/* kinesis:R:A:stream/*
kinesis StartStreamEncryption,StopStreamEncryption kinesis:R:A:stream/* kms:R:A:key/*
kinesisanalytics AddApplicationVpcConfiguration,DeleteApplication,DeleteApplicationVpcConfiguration,DescribeApplication,ListTagsForResource,TagResource,UntagResource,UpdateApplication,UpdateApplicationMaintenanceConfiguration kinesisanalytics:R:A:application/*
kinesisvideo CreateSignalingChannel,DeleteSignalingChannel,DescribeSignalingChannel,UpdateSignalingChannel kinesisvideo:R:A:channel/*
kinesisvideo CreateStream,DeleteStream,DescribeStream,DescribeStreamStorageConfiguration,ListTagsForStream,TagStream,UntagStream,UpdateDataRetention,UpdateStream kinesisvideo:R:A:stream/*
kinesisvideo ListTagsForResource,TagResource,UntagResource kinesisvideo:R:A:channel/* kinesisvideo:R:A:stream/*
kms CancelKeyDeletion,CreateGrant,Decrypt,DeleteImportedKeyMaterial,DescribeKey,DisableKey,DisableKeyRotation,EnableKey,EnableKeyRotation,Encrypt,GenerateDataKey,GenerateDataKeyPair,GenerateDataKeyPairWithoutPlaintext,GenerateDataKeyWithoutPlaintext,GetKeyPolicy,GetKeyRotationStatus,GetParametersForImport,GetPublicKey,ListGrants,ListKeyPolicies,ListKeyRotations,ListResourceTags,PutKeyPolicy,ReEncryptFrom,ReEncryptTo,ReplicateKey,RetireGrant,RevokeGrant,ScheduleKeyDeletion,Sign,TagResource,UntagResource,UpdateKeyDescription,UpdatePrimaryRegion kms:R:A:key/*
kms CreateAlias,DeleteAlias,UpdateAlias kms:R:A:alias/* kms:R:A:key/*
lambda AddLayerVersionPermission,DeleteLayerVersion,GetLayerVersion,GetLayerVersionPolicy,PublishLayerVersion,RemoveLayerVersionPermission lambda:R:A:layer:*
lambda AddPermission,CreateAlias,CreateFunction,CreateFunctionUrlConfig,DeleteAlias,DeleteFunction,DeleteFunctionCodeSigningConfig,DeleteFunctionConcurrency,DeleteFunctionEventInvokeConfig,DeleteFunctionUrlConfig,DeleteProvisionedConcurrencyConfig,GetAlias,GetFunction,GetFunctionCodeSigningConfig,GetFunctionConfiguration,GetFunctionEventInvokeConfig,GetFunctionRecursionConfig,GetFunctionScalingConfig,GetFunctionUrlConfig,GetPolicy,GetProvisionedConcurrencyConfig,GetRuntimeManagementConfig,InvokeFunction,ListAliases,ListFunctionEventInvokeConfigs,ListFunctionUrlConfigs,ListVersionsByFunction,PublishVersion,PutFunctionConcurrency,PutFunctionEventInvokeConfig,PutFunctionRecursionConfig,PutFunctionScalingConfig,PutProvisionedConcurrencyConfig,PutRuntimeManagementConfig,RemovePermission,UpdateAlias,UpdateFunctionCode,UpdateFunctionConfiguration,UpdateFunctionEventInvokeConfig,UpdateFunctionUrlConfig lambda:R:A:function:*
lambda CreateCapacityProvider,DeleteCapacityProvider,GetCapacityProvider,PassCapacityProvider,UpdateCapacityProvider lambda:R:A:capacity-provider:*
lambda CreateNetworkConnector,DeleteNetworkConnector,GetNetworkConnector,UpdateNetworkConnector lambda:R:A:network-connector:*
lambda CreateWebFunction,CreateWebFunctionEndpoint,CreateWebFunctionRevision,DeleteWebFunction,DeleteWebFunctionEndpoint,DeleteWebFunctionRevision,GetWebFunction,GetWebFunctionEndpoint,GetWebFunctionRevision,ListWebFunctionEndpoints,ListWebFunctionRevisions,UpdateWebFunctionEndpoint lambda:R:A:web-function/*
lambda DeleteCodeSigningConfig,GetCodeSigningConfig,UpdateCodeSigningConfig lambda:R:A:code-signing-config:*
lambda DeleteEventSourceMapping,GetEventSourceMapping,UpdateEventSourceMapping lambda:R:A:event-source-mapping:*
lambda DeleteMicrovmImage,DeleteMicrovmImageVersion,GetMicrovmImage,GetMicrovmImageVersion,UpdateMicrovmImage lambda:R:A:microvm-image:*
lambda DeleteResourcePolicy,GetResourcePolicy,PutResourcePolicy lambda:R:A:function:* lambda:R:A:web-function/*
lambda ListTags,TagResource,UntagResource lambda:R:A:capacity-provider:* lambda:R:A:code-signing-config:* lambda:R:A:event-source-mapping:* lambda:R:A:function:* lambda:R:A:microvm-image:* lambda:R:A:network-connector:* lambda:R:A:web-function/*
lambda PutFunctionCodeSigningConfig lambda:R:A:code-signing-config:* lambda:R:A:function:*
launchwizard CreateDeployment,DeleteDeployment,GetDeployment,ListTagsForResource,TagResource,UntagResource launchwizard:R:A:deployment/*
lex BatchDeleteCustomVocabularyItem,BuildBotLocale,CreateBotLocale,CreateBotReplica,CreateBotVersion,CreateCustomVocabulary,CreateIntent,CreateSlot,CreateSlotType,DeleteBotChannel,DeleteBotLocale,DeleteBotReplica,DeleteBotVersion,DeleteCustomVocabulary,DeleteSlot,DeleteUtterances,DescribeBot,DescribeBotLocale,DescribeBotReplica,DescribeBotVersion,ListBotAliases,ListBotLocales,ListBotReplicas,ListBotVersions,ListIntents,ListSlotTypes,ListSlots,UpdateBot,UpdateBotLocale,UpdateCustomVocabulary,UpdateIntent,UpdateSlot,UpdateSlotType lex:R:A:bot/* lex:R:A:bot:*
lex CreateBot,CreateResourcePolicy,CreateResourcePolicyStatement,DeleteBot,DeleteResourcePolicy,DeleteResourcePolicyStatement,DescribeResourcePolicy,UpdateResourcePolicy lex:R:A:bot-alias/* lex:R:A:bot/* lex:R:A:bot:*
lex CreateBotAlias,DeleteBotAlias,DeleteSession,DescribeBotAlias,GetBot,GetBotAlias,UpdateBotAlias lex:R:A:bot-alias/* lex:R:A:bot:*
lex DeleteExport,DeleteImport,DescribeImport lex:R:A:bot/* lex:R:A:bot:* lex:R:A:test-set/*
lex DeleteIntent lex:R:A:bot/* lex:R:A:bot:* lex:R:A:intent:*
lex DeleteSlotType lex:R:A:bot/* lex:R:A:bot:* lex:R:A:slottype:*
lex DeleteTestSet lex:R:A:test-set/*
lex ListTagsForResource,TagResource,UntagResource lex:R:A:bot-alias/* lex:R:A:bot-channel:* lex:R:A:bot/* lex:R:A:bot:* lex:R:A:test-set/*
lex StartImport lex:R:A:bot-alias/* lex:R:A:bot/* lex:R:A:bot:* lex:R:A:test-set/*
license-manager CreateGrant,CreateLicenseVersion,DeleteLicense,GetLicense license-manager::A:license:*
license-manager CreateGrantVersion,DeleteGrant,GetGrant license-manager::A:grant:*
license-manager CreateLicenseAssetGroup,DeleteLicenseAssetRuleset,GetLicenseAssetRuleset,ListLicenseAssetRulesets,UpdateLicenseAssetRuleset license-manager:R:A:license-asset-ruleset:*
license-manager DeleteLicenseAssetGroup,GetLicenseAssetGroup,ListLicenseAssetGroups license-manager:R:A:license-asset-group:*
license-manager DeleteLicenseConfiguration,GetLicenseConfiguration,ListLicenseManagerReportGenerators,UpdateLicenseConfiguration license-manager:R:A:license-configuration:*
license-manager DeleteLicenseManagerReportGenerator,GetLicenseManagerReportGenerator,UpdateLicenseManagerReportGenerator license-manager:R:A:report-generator:*
license-manager ListTagsForResource,TagResource,UntagResource license-manager::A:grant:* license-manager::A:license:* license-manager:R:A:license-asset-group:* license-manager:R:A:license-asset-ruleset:* license-manager:R:A:license-configuration:* license-manager:R:A:report-generator:*
license-manager UpdateLicenseAssetGroup license-manager:R:A:license-asset-group:* license-manager:R:A:license-asset-ruleset:*
license-manager-linux-subscriptions DeregisterSubscriptionProvider,GetRegisteredSubscriptionProvider,ListTagsForResource,TagResource,UntagResource license-manager-linux-subscriptions:R:A:subscription-provider/*
license-manager-user-subscriptions CreateLicenseServerEndpoint license-manager-user-subscriptions:R:A:identity-provider/*
license-manager-user-subscriptions DeleteLicenseServerEndpoint license-manager-user-subscriptions:R:A:identity-provider/* license-manager-user-subscriptions:R:A:license-server-endpoint/*
license-manager-user-subscriptions ListTagsForResource,TagResource,UntagResource license-manager-user-subscriptions:R:A:identity-provider/* license-manager-user-subscriptions:R:A:instance-user/* license-manager-user-subscriptions:R:A:license-server-endpoint/* license-manager-user-subscriptions:R:A:product-subscription/*
lightsail AttachCertificateToDistribution lightsail:R:A:Certificate/* lightsail:R:A:Distribution/*
lightsail AttachDisk,DeleteDisk,DetachDisk lightsail:R:A:Disk/*
lightsail AttachInstancesToLoadBalancer,AttachLoadBalancerTlsCertificate,CreateLoadBalancerTlsCertificate,DeleteLoadBalancer,DeleteLoadBalancerTlsCertificate,DetachInstancesFromLoadBalancer,UpdateLoadBalancerAttribute lightsail:R:A:LoadBalancer/*
lightsail AttachStaticIp lightsail:R:A:Instance/* lightsail:R:A:StaticIp/*
lightsail CreateContainerServiceDeployment,DeleteContainerService,UpdateContainerService lightsail:R:A:ContainerService/*
lightsail CreateDiskSnapshot lightsail:R:A:Disk/* lightsail:R:A:Instance/*
lightsail CreateDomainEntry,DeleteDomain,DeleteDomainEntry lightsail:R:A:Domain/*
lightsail CreateInstanceSnapshot,DeleteInstance,PutInstancePublicPorts,StartInstance,StopInstance lightsail:R:A:Instance/*
lightsail DeleteAlarm,PutAlarm lightsail:R:A:Alarm/*
lightsail DeleteBucket,UpdateBucket,UpdateBucketBundle lightsail:R:A:Bucket/*
lightsail DeleteCertificate lightsail:R:A:Certificate/*
lightsail DeleteDiskSnapshot lightsail:R:A:DiskSnapshot/*
lightsail DeleteDistribution,DetachCertificateFromDistribution,UpdateDistribution,UpdateDistributionBundle lightsail:R:A:Distribution/*
lightsail DeleteInstanceSnapshot lightsail:R:A:InstanceSnapshot/*
lightsail DeleteKeyPair lightsail:R:A:KeyPair/*
lightsail DeleteRelationalDatabase,UpdateRelationalDatabase,UpdateRelationalDatabaseParameters lightsail:R:A:RelationalDatabase/*
lightsail DeleteRelationalDatabaseSnapshot lightsail:R:A:RelationalDatabaseSnapshot/*
lightsail DetachStaticIp,ReleaseStaticIp lightsail:R:A:StaticIp/*
lightsail SetResourceAccessForBucket lightsail:R:A:Bucket/* lightsail:R:A:Instance/*
lightsail TagResource,UntagResource lightsail:R:A:Alarm/* lightsail:R:A:Bucket/* lightsail:R:A:Certificate/* lightsail:R:A:ContactMethod/* lightsail:R:A:ContainerService/* lightsail:R:A:Disk/* lightsail:R:A:DiskSnapshot/* lightsail:R:A:Distribution/* lightsail:R:A:Domain/* lightsail:R:A:Instance/* lightsail:R:A:InstanceSnapshot/* lightsail:R:A:KeyPair/* lightsail:R:A:LoadBalancer/* lightsail:R:A:RelationalDatabase/* lightsail:R:A:RelationalDatabaseSnapshot/* lightsail:R:A:StaticIp/*
logs AssociateKmsKey,CreateLogAnomalyDetector,CreateLogGroup,CreateLogStream,DeleteDataProtectionPolicy,DeleteLogGroup,DeleteLogStream,DeleteMetricFilter,DeleteRetentionPolicy,DeleteSubscriptionFilter,DeleteTransformer,DescribeLogStreams,DescribeMetricFilters,DescribeSubscriptionFilters,DisassociateKmsKey,GetDataProtectionPolicy,GetTransformer,PutBearerTokenAuthentication,PutDataProtectionPolicy,PutLogEvents,PutLogGroupDeletionProtection,PutMetricFilter,PutRetentionPolicy,PutTransformer,StartQuery,TagLogGroup,UntagLogGroup logs:R:A:log-group:*
logs CreateDelivery,UpdateDeliveryConfiguration logs:R:A:delivery-destination:* logs:R:A:delivery-source:* logs:R:A:delivery:*
logs CreateScheduledQuery,DeleteScheduledQuery,GetScheduledQuery,UpdateScheduledQuery logs:R:A:scheduled-query:*
logs DeleteDelivery,GetDelivery logs:R:A:delivery:*
logs DeleteDeliveryDestination,DeleteDeliveryDestinationPolicy,DeleteDeliverySource,GetDeliveryDestination,GetDeliveryDestinationPolicy,PutDeliveryDestination,PutDeliveryDestinationPolicy logs:R:A:delivery-destination:*
logs DeleteDestination,PutDestination,PutDestinationPolicy logs:R:A:destination:*
logs DeleteLogAnomalyDetector,GetLogAnomalyDetector,ListLogAnomalyDetectors,UpdateLogAnomalyDetector logs:R:A:anomaly-detector:*
logs GetDeliverySource,PutDeliverySource logs:R:A:delivery-source:*
logs ListTagsForResource logs:R:A:anomaly-detector:* logs:R:A:delivery-destination:* logs:R:A:delivery-source:* logs:R:A:delivery:* logs:R:A:destination:* logs:R:A:log-group:* logs:R:A:lookup-table:*
logs PutSubscriptionFilter logs:R:A:destination:* logs:R:A:log-group:*
logs TagResource,UntagResource logs:R:A:anomaly-detector:* logs:R:A:delivery-destination:* logs:R:A:delivery-source:* logs:R:A:delivery:* logs:R:A:destination:* logs:R:A:log-group:* logs:R:A:lookup-table:* logs:R:A:scheduled-query:*
lookoutequipment CreateInferenceScheduler lookoutequipment:R:A:inference-scheduler/* lookoutequipment:R:A:model/*
lookoutequipment DeleteInferenceScheduler,DescribeInferenceScheduler,StartInferenceScheduler,StopInferenceScheduler,UpdateInferenceScheduler lookoutequipment:R:A:inference-scheduler/*
lookoutvision CreateProject,DeleteProject,DescribeProject lookoutvision:R:A:project/*
m2 CreateDeployment,TagResource,UntagResource m2:R:A:app/* m2:R:A:env/*
m2 DeleteApplication,DeleteApplicationFromEnvironment,GetApplication,GetDeployment,ListDeployments,UpdateApplication m2:R:A:app/*
m2 DeleteEnvironment,GetEnvironment,UpdateEnvironment m2:R:A:env/*
macie2 CreateCustomDataIdentifier,DeleteCustomDataIdentifier,GetCustomDataIdentifier macie2:R:A:custom-data-identifier/*
macie2 CreateFindingsFilter,DeleteFindingsFilter,GetFindingsFilter,UpdateFindingsFilter macie2:R:A:findings-filter/*
macie2 CreateMember,DeleteMember,GetMember macie2:R:A:member/*
macie2 DeleteAllowList,GetAllowList,UpdateAllowList macie2:R:A:allow-list/*
macie2 ListTagsForResource,TagResource,UntagResource macie2:R:A:allow-list/* macie2:R:A:classification-job/* macie2:R:A:custom-data-identifier/* macie2:R:A:findings-filter/* macie2:R:A:member/*
managedblockchain DeleteAccessor,GetAccessor managedblockchain:R:A:accessors/*
managedblockchain TagResource,UntagResource managedblockchain:R::networks/* managedblockchain:R::proposals/* managedblockchain:R:A:accessors/* managedblockchain:R:A:invitations/* managedblockchain:R:A:members/* managedblockchain:R:A:nodes/*
mediaconnect AddBridgeOutputs,AddBridgeSources,CreateBridge,DeleteBridge,DescribeBridge,RemoveBridgeOutput,RemoveBridgeSource,UpdateBridge,UpdateBridgeOutput,UpdateBridgeSource mediaconnect:R:A:bridge:*
mediaconnect AddFlowMediaStreams,AddFlowVpcInterfaces,CreateFlow,DeleteFlow,DescribeFlow,RemoveFlowMediaStream,RemoveFlowVpcInterface,UpdateFlow,UpdateFlowEntitlement,UpdateFlowMediaStream mediaconnect:R:A:flow:*
mediaconnect AddFlowOutputs,RemoveFlowOutput,UpdateFlowOutput mediaconnect:R:A:flow:* mediaconnect:R:A:output:*
mediaconnect AddFlowSources,RemoveFlowSource,UpdateFlowSource mediaconnect:R:A:flow:* mediaconnect:R:A:source:*
mediaconnect CreateGateway,DeleteGateway,DescribeGateway mediaconnect:R:A:gateway:*
mediaconnect CreateRouterInput,DeleteRouterInput,GetRouterInput,UpdateRouterInput mediaconnect:R:A:routerInput:*
mediaconnect CreateRouterNetworkInterface,DeleteRouterNetworkInterface,GetRouterNetworkInterface,UpdateRouterNetworkInterface mediaconnect:R:A:routerNetworkInterface:*
mediaconnect CreateRouterOutput,DeleteRouterOutput,GetRouterOutput,UpdateRouterOutput mediaconnect:R:A:routerOutput:*
mediaconnect GrantFlowEntitlements,RevokeFlowEntitlement mediaconnect:R:A:entitlement:* mediaconnect:R:A:flow:*
mediaconnect TagResource,UntagResource mediaconnect:R:A:entitlement:* mediaconnect:R:A:flow:* mediaconnect:R:A:output:* mediaconnect:R:A:routerInput:* mediaconnect:R:A:routerNetworkInterface:* mediaconnect:R:A:routerOutput:* mediaconnect:R:A:source:*
mediaconvert CreateJobTemplate mediaconvert:R:A:presets/* mediaconvert:R:A:queues/*
mediaconvert DeleteJobTemplate,GetJobTemplate mediaconvert:R:A:jobTemplates/*
mediaconvert DeletePreset,GetPreset,UpdatePreset mediaconvert:R:A:presets/*
mediaconvert DeleteQueue,GetQueue,UpdateQueue mediaconvert:R:A:queues/*
mediaconvert ListTagsForResource,TagResource,UntagResource mediaconvert:R:A:jobTemplates/* mediaconvert:R:A:jobs/* mediaconvert:R:A:presets/* mediaconvert:R:A:queues/*
mediaconvert UpdateJobTemplate mediaconvert:R:A:jobTemplates/* mediaconvert:R:A:presets/* mediaconvert:R:A:queues/*
medialive CreateChannelPlacementGroup medialive:R:A:channelPlacementGroup:* medialive:R:A:cluster:*
medialive CreateCloudWatchAlarmTemplate,UpdateCloudWatchAlarmTemplate medialive:R:A:cloudwatch-alarm-template-group:* medialive:R:A:cloudwatch-alarm-template:*
medialive CreateCloudWatchAlarmTemplateGroup,DeleteCloudWatchAlarmTemplateGroup,GetCloudWatchAlarmTemplateGroup,UpdateCloudWatchAlarmTemplateGroup medialive:R:A:cloudwatch-alarm-template-group:*
medialive CreateCluster,DeleteCluster,DescribeCluster,UpdateCluster medialive:R:A:cluster:*
medialive CreateEventBridgeRuleTemplate,UpdateEventBridgeRuleTemplate medialive:R:A:eventbridge-rule-template-group:* medialive:R:A:eventbridge-rule-template:*
medialive CreateEventBridgeRuleTemplateGroup,DeleteEventBridgeRuleTemplateGroup,GetEventBridgeRuleTemplateGroup,UpdateEventBridgeRuleTemplateGroup medialive:R:A:eventbridge-rule-template-group:*
medialive CreateInput medialive:R:A:input:* medialive:R:A:inputSecurityGroup:*
medialive CreateInputSecurityGroup,DeleteInputSecurityGroup,DescribeInputSecurityGroup,UpdateInputSecurityGroup medialive:R:A:inputSecurityGroup:*
medialive CreateMultiplex,CreateMultiplexProgram,DeleteMultiplex,DeleteMultiplexProgram,DescribeMultiplex,DescribeMultiplexProgram,UpdateMultiplex,UpdateMultiplexProgram medialive:R:A:multiplex:*
medialive CreateNetwork,DeleteNetwork,DescribeNetwork,UpdateNetwork medialive:R:A:network:*
medialive CreateNode medialive:R:A:cluster:* medialive:R:A:node:*
medialive CreateSdiSource,DeleteSdiSource,DescribeSdiSource,UpdateSdiSource medialive:R:A:sdiSource:*
medialive CreateSignalMap,DeleteSignalMap,GetSignalMap,StartUpdateSignalMap medialive:R:A:signal-map:*
medialive CreateTags,DeleteTags,ListTagsForResource medialive:R:A:channel:* medialive:R:A:channelPlacementGroup:* medialive:R:A:cloudwatch-alarm-template-group:* medialive:R:A:cloudwatch-alarm-template:* medialive:R:A:cluster:* medialive:R:A:eventbridge-rule-template-group:* medialive:R:A:eventbridge-rule-template:* medialive:R:A:input:* medialive:R:A:inputSecurityGroup:* medialive:R:A:multiplex:* medialive:R:A:network:* medialive:R:A:node:* medialive:R:A:reservation:* medialive:R:A:sdiSource:* medialive:R:A:signal-map:*
medialive DeleteChannelPlacementGroup,DescribeChannelPlacementGroup,UpdateChannelPlacementGroup medialive:R:A:channelPlacementGroup:*
medialive DeleteCloudWatchAlarmTemplate,GetCloudWatchAlarmTemplate medialive:R:A:cloudwatch-alarm-template:*
medialive DeleteEventBridgeRuleTemplate,GetEventBridgeRuleTemplate medialive:R:A:eventbridge-rule-template:*
medialive DeleteInput,DescribeInput,UpdateInput medialive:R:A:input:*
medialive DeleteNode,DescribeNode,UpdateNode medialive:R:A:node:*
medialive DescribeChannel,UpdateChannel medialive:R:A:channel:*
medialive DescribeInputDevice medialive:R:A:inputDevice:*
mediapackage ConfigureLogs,DeleteChannel,DescribeChannel,UpdateChannel mediapackage:R:A:channels/*
mediapackage DeleteOriginEndpoint,DescribeOriginEndpoint,UpdateOriginEndpoint mediapackage:R:A:origin_endpoints/*
mediapackage ListTagsForResource,TagResource,UntagResource mediapackage:R:A:channels/* mediapackage:R:A:harvest_jobs/* mediapackage:R:A:origin_endpoints/*
mediapackage-vod ConfigureLogs,DeletePackagingGroup,DescribePackagingGroup,UpdatePackagingGroup mediapackage-vod:R:A:packaging-groups/*
mediapackage-vod DeleteAsset,DescribeAsset mediapackage-vod:R:A:assets/*
mediapackage-vod DeletePackagingConfiguration,DescribePackagingConfiguration mediapackage-vod:R:A:packaging-configurations/*
mediapackage-vod TagResource mediapackage-vod:R:A:assets/* mediapackage-vod:R:A:packaging-configurations/* mediapackage-vod:R:A:packaging-groups/*
mediapackagev2 CreateChannel,CreateChannelGroup,CreateOriginEndpoint,DeleteChannel,DeleteChannelGroup,DeleteChannelPolicy,DeleteOriginEndpoint,DeleteOriginEndpointPolicy,GetChannel,GetChannelGroup,GetChannelPolicy,GetOriginEndpoint,GetOriginEndpointPolicy,ListChannels,ListOriginEndpoints,ListTagsForResource,PutChannelPolicy,PutOriginEndpointPolicy,TagResource,UntagResource,UpdateChannel,UpdateChannelGroup,UpdateOriginEndpoint mediapackagev2:R:A:channelGroup/*
mediatailor ConfigureLogsForChannel,DeleteChannel,DeleteChannelPolicy,DescribeChannel,GetChannelPolicy,GetChannelSchedule,PutChannelPolicy,UpdateChannel mediatailor:R:A:channel/*
mediatailor ConfigureLogsForPlaybackConfiguration,CreatePrefetchSchedule,DeletePlaybackConfiguration,GetPlaybackConfiguration,ListPrefetchSchedules mediatailor:R:A:playbackConfiguration/*
mediatailor DeleteLiveSource,DescribeLiveSource,UpdateLiveSource mediatailor:R:A:liveSource/*
mediatailor DeletePrefetchSchedule,GetPrefetchSchedule mediatailor:R:A:playbackConfiguration/* mediatailor:R:A:prefetchSchedule/*
mediatailor DeleteProgram,DescribeProgram,UpdateProgram mediatailor:R:A:program/*
mediatailor DeleteSourceLocation,DescribeSourceLocation,UpdateSourceLocation mediatailor:R:A:sourceLocation/*
mediatailor DeleteVodSource,DescribeVodSource,UpdateVodSource mediatailor:R:A:vodSource/*
mediatailor ListTagsForResource,TagResource,UntagResource mediatailor:R:A:channel/* mediatailor:R:A:liveSource/* mediatailor:R:A:playbackConfiguration/* mediatailor:R:A:sourceLocation/* mediatailor:R:A:vodSource/*
medical-imaging DeleteDatastore,GetDatastore,ListTagsForResource,TagResource,UntagResource medical-imaging:R:A:datastore/*
memorydb CreateACL,DeleteUser,DescribeUsers,UpdateUser memorydb:R:A:user/*
memorydb CreateCluster memorydb::A:multiregioncluster/* memorydb:R:A:acl/* memorydb:R:A:parametergroup/* memorydb:R:A:snapshot/* memorydb:R:A:subnetgroup/*
memorydb CreateMultiRegionCluster memorydb::A:multiregionparametergroup/*
memorydb CreateSnapshot,DescribeClusters memorydb:R:A:cluster/*
memorydb DeleteACL,DescribeACLs memorydb:R:A:acl/*
memorydb DeleteCluster memorydb::A:multiregioncluster/* memorydb:R:A:cluster/* memorydb:R:A:snapshot/*
memorydb DeleteMultiRegionCluster,DescribeMultiRegionClusters memorydb::A:multiregioncluster/*
memorydb DeleteParameterGroup,DescribeParameterGroups,DescribeParameters,UpdateParameterGroup memorydb:R:A:parametergroup/*
memorydb DeleteSnapshot,DescribeSnapshots memorydb:R:A:snapshot/*
memorydb DeleteSubnetGroup,DescribeSubnetGroups,UpdateSubnetGroup memorydb:R:A:subnetgroup/*
memorydb ListTags,UntagResource memorydb::A:multiregioncluster/* memorydb:R:A:acl/* memorydb:R:A:cluster/* memorydb:R:A:parametergroup/* memorydb:R:A:snapshot/* memorydb:R:A:subnetgroup/* memorydb:R:A:user/*
memorydb TagResource memorydb::A:multiregioncluster/* memorydb:R:A:acl/* memorydb:R:A:cluster/* memorydb:R:A:parametergroup/* memorydb:R:A:reservednode/* memorydb:R:A:snapshot/* memorydb:R:A:subnetgroup/* memorydb:R:A:user/*
memorydb UpdateACL memorydb:R:A:acl/* memorydb:R:A:user/*
memorydb UpdateCluster memorydb:R:A:acl/* memorydb:R:A:cluster/* memorydb:R:A:parametergroup/*
memorydb UpdateMultiRegionCluster memorydb::A:multiregioncluster/* memorydb::A:multiregionparametergroup/*
mgn DeleteConnector,UpdateConnector mgn:R:A:connector/*
mgn DeleteLaunchConfigurationTemplate,UpdateLaunchConfigurationTemplate mgn:R:A:launch-configuration-template/*
mgn DeleteNetworkMigrationDefinition,GetNetworkMigrationDefinition,UpdateNetworkMigrationDefinition mgn:R:A:network-migration-definition/*
mgn TagResource mgn:R:A:application/* mgn:R:A:connector/* mgn:R:A:export/* mgn:R:A:import/* mgn:R:A:job/* mgn:R:A:launch-configuration-template/* mgn:R:A:replication-configuration-template/* mgn:R:A:source-server/* mgn:R:A:vcenter-client/* mgn:R:A:wave/*
mgn UntagResource mgn:R:A:application/* mgn:R:A:connector/* mgn:R:A:job/* mgn:R:A:launch-configuration-template/* mgn:R:A:replication-configuration-template/* mgn:R:A:source-server/* mgn:R:A:vcenter-client/* mgn:R:A:wave/*
mobiletargeting CreateInAppTemplate,DeleteInAppTemplate,GetInAppTemplate,UpdateInAppTemplate mobiletargeting:R:A:templates/*
mobiletargeting GetApp mobiletargeting:R:A:apps/*
mobiletargeting ListTemplates mobiletargeting:R:A:templates
mobiletargeting TagResource,UntagResource mobiletargeting:R:A:apps/* mobiletargeting:R:A:templates/*
mpa CreateApprovalTeam,DeleteInactiveApprovalTeamVersion,GetApprovalTeam,StartActiveApprovalTeamDeletion,UpdateApprovalTeam mpa:R:A:approval-team/*
mpa CreateIdentitySource,DeleteIdentitySource,GetIdentitySource mpa:R:A:identity-source/*
mq CreateReplicaBroker,CreateUser,DeleteBroker,DeleteUser,DescribeBroker,DescribeSharedResources,DescribeUser,RebootBroker,UpdateBroker,UpdateUser mq:R:A:broker:*
mq CreateTags,DeleteTags,ListTags mq:R:A:broker:* mq:R:A:configuration:*
mq DeleteConfiguration,DescribeConfiguration,UpdateConfiguration mq:R:A:configuration:*
neptune-graph CancelImportTask,GetImportTask,ListImportTasks neptune-graph:R:A:import-task/*
neptune-graph CreateGraph,CreatePrivateGraphEndpoint,DeleteGraph,DeletePrivateGraphEndpoint,GetGraph,GetPrivateGraphEndpoint,ListGraphs,ListPrivateGraphEndpoints,UpdateGraph neptune-graph:R:A:graph/*
neptune-graph CreateGraphSnapshot,ListTagsForResource,TagResource,UntagResource neptune-graph:R:A:graph-snapshot/* neptune-graph:R:A:graph/*
neptune-graph CreateGraphUsingImportTask neptune-graph:R:A:graph/* neptune-graph:R:A:import-task/*
neptune-graph DeleteGraphSnapshot,GetGraphSnapshot,ListGraphSnapshots neptune-graph:R:A:graph-snapshot/*
network-firewall AssociateAvailabilityZones,AssociateSubnets,DeleteFirewall,DescribeFirewall,DescribeLoggingConfiguration,DisassociateAvailabilityZones,DisassociateSubnets,ListFirewalls,UpdateAvailabilityZoneChangeProtection,UpdateFirewallAnalysisSettings,UpdateFirewallDeleteProtection,UpdateFirewallDescription,UpdateFirewallPolicyChangeProtection,UpdateLoggingConfiguration,UpdateSubnetChangeProtection network-firewall:R:A:firewall/*
network-firewall AssociateFirewallPolicy,CreateFirewall network-firewall:R:A:firewall-policy/* network-firewall:R:A:firewall/*
network-firewall CreateContainerAssociation,DeleteContainerAssociation,DescribeContainerAssociation,UpdateContainerAssociation network-firewall:R:A:container-association/*
network-firewall CreateFirewallPolicy,DescribeFirewallPolicy,UpdateFirewallPolicy network-firewall:R:A:firewall-policy/* network-firewall:R:A:stateful-rulegroup/* network-firewall:R:A:stateless-rulegroup/* network-firewall:R:A:tls-configuration/*
network-firewall CreateRuleGroup,DeleteRuleGroup,DescribeRuleGroup,DescribeRuleGroupMetadata,UpdateRuleGroup network-firewall:R:A:stateful-rulegroup/* network-firewall:R:A:stateless-rulegroup/*
network-firewall CreateTLSInspectionConfiguration,DeleteTLSInspectionConfiguration,DescribeTLSInspectionConfiguration,ListTLSInspectionConfigurations,UpdateTLSInspectionConfiguration network-firewall:R:A:tls-configuration/*
network-firewall CreateVpcEndpointAssociation network-firewall:R:A:firewall/* network-firewall:R:A:vpc-endpoint-association/*
network-firewall DeleteFirewallPolicy,ListFirewallPolicies network-firewall:R:A:firewall-policy/*
network-firewall DeleteVpcEndpointAssociation,DescribeVpcEndpointAssociation,ListVpcEndpointAssociations network-firewall:R:A:vpc-endpoint-association/*
network-firewall ListTagsForResource network-firewall:R:A:container-association/* network-firewall:R:A:firewall-policy/* network-firewall:R:A:firewall/* network-firewall:R:A:stateful-rulegroup/* network-firewall:R:A:stateless-rulegroup/* network-firewall:R:A:tls-configuration/* network-firewall:R:A:vpc-endpoint-association/*
network-firewall TagResource,UntagResource network-firewall:R:A:container-association/* network-firewall:R:A:firewall-policy/* network-firewall:R:A:firewall/* network-firewall:R:A:proxy-configuration/* network-firewall:R:A:proxy-rule-group/* network-firewall:R:A:proxy/* network-firewall:R:A:stateful-rulegroup/* network-firewall:R:A:stateless-rulegroup/* network-firewall:R:A:tls-configuration/* network-firewall:R:A:vpc-endpoint-association/*
network-security-manager CreateDeployment network-security-manager:R:A:policy:* network-security-manager:R:A:scope:*
network-security-manager CreatePolicy,UpdateTemplate network-security-manager:R:A:rule:* network-security-manager:R:A:template:*
network-security-manager CreateTemplate,DeleteRule,GetRule,UpdateRule network-security-manager:R:A:rule:*
network-security-manager DeleteDeployment,GetDeployment network-security-manager:R:A:deployment:*
network-security-manager DeletePolicy,GetPolicy network-security-manager:R:A:policy:*
network-security-manager DeleteScope,GetScope,UpdateScope network-security-manager:R:A:scope:*
network-security-manager DeleteTemplate,GetTemplate network-security-manager:R:A:template:*
network-security-manager ListTagsForResource,TagResource,UntagResource network-security-manager:R:A:deployment:* network-security-manager:R:A:policy:* network-security-manager:R:A:rule:* network-security-manager:R:A:scope:* network-security-manager:R:A:template:*
network-security-manager UpdateDeployment network-security-manager:R:A:deployment:* network-security-manager:R:A:policy:* network-security-manager:R:A:scope:*
network-security-manager UpdatePolicy network-security-manager:R:A:policy:* network-security-manager:R:A:rule:* network-security-manager:R:A:template:*
networkflowmonitor CreateMonitor,DeleteMonitor,GetMonitor,UpdateMonitor networkflowmonitor:R:A:monitor/*
networkflowmonitor DeleteScope,GetScope,UpdateScope networkflowmonitor:R:A:scope/*
networkflowmonitor ListTagsForResource,TagResource,UntagResource networkflowmonitor:R:A:monitor/* networkflowmonitor:R:A:scope/*
networkmanager AssociateCustomerGateway,AssociateLink,DisassociateLink,GetLinkAssociations networkmanager::A:device/* networkmanager::A:global-network/* networkmanager::A:link/*
networkmanager CreateConnectAttachment,PutAttachmentRoutingPolicyLabel,RemoveAttachmentRoutingPolicyLabel networkmanager::A:attachment/* networkmanager::A:core-network/*
networkmanager CreateConnectPeer,DeleteAttachment,GetConnectAttachment,GetDirectConnectGatewayAttachment,GetSiteToSiteVpnAttachment,GetTransitGatewayRouteTableAttachment,GetVpcAttachment,ListAttachments,UpdateDirectConnectGatewayAttachment,UpdateVpcAttachment networkmanager::A:attachment/*
networkmanager CreateConnection,CreateCoreNetwork,CreateDevice,CreateSite,DeleteGlobalNetwork,DeregisterTransitGateway,DescribeGlobalNetworks,DisassociateCustomerGateway,GetCustomerGatewayAssociations,GetTransitGatewayRegistrations,RegisterTransitGateway,UpdateGlobalNetwork networkmanager::A:global-network/*
networkmanager CreateCoreNetworkPrefixListAssociation,CreateDirectConnectGatewayAttachment,CreateSiteToSiteVpnAttachment,CreateTransitGatewayPeering,CreateVpcAttachment,DeleteCoreNetwork,DeleteCoreNetworkPrefixListAssociation,ExecuteCoreNetworkChangeSet,GetCoreNetwork,GetCoreNetworkPolicy,ListAttachmentRoutingPolicyAssociations,ListCoreNetworkPrefixListAssociations,PutCoreNetworkPolicy,UpdateCoreNetwork networkmanager::A:core-network/*
networkmanager CreateLink,DeleteSite,GetSites,UpdateSite networkmanager::A:global-network/* networkmanager::A:site/*
networkmanager CreateTransitGatewayRouteTableAttachment,DeletePeering,GetTransitGatewayPeering networkmanager::A:peering/*
networkmanager DeleteConnectPeer,GetConnectPeer,ListConnectPeers networkmanager::A:connect-peer/*
networkmanager DeleteConnection,GetConnections,UpdateConnection networkmanager::A:connection/* networkmanager::A:global-network/*
networkmanager DeleteDevice,GetDevices,UpdateDevice networkmanager::A:device/* networkmanager::A:global-network/*
networkmanager DeleteLink,GetLinks,UpdateLink networkmanager::A:global-network/* networkmanager::A:link/*
networkmanager ListTagsForResource,TagResource,UntagResource networkmanager::A:attachment/* networkmanager::A:connect-peer/* networkmanager::A:connection/* networkmanager::A:core-network/* networkmanager::A:device/* networkmanager::A:global-network/* networkmanager::A:link/* networkmanager::A:peering/* networkmanager::A:site/*
networkmonitor CreateMonitor,DeleteMonitor,GetMonitor,UpdateMonitor networkmonitor:R:A:monitor/*
networkmonitor ListTagsForResource,TagResource,UntagResource networkmonitor:R:A:monitor/* networkmonitor:R:A:probe/*
nimble CreateStudio,DeleteStudio,GetStudio,UpdateStudio nimble:R:A:studio/*
nimble TagResource,UntagResource nimble:R:A:launch-profile/* nimble:R:A:streaming-image/* nimble:R:A:streaming-session-backup/* nimble:R:A:streaming-session/* nimble:R:A:studio-component/* nimble:R:A:studio/*
notifications AssociateChannel,AssociateOrganizationalUnit,DeleteEventRule,DeleteNotificationConfiguration,DisassociateChannel,DisassociateOrganizationalUnit,GetEventRule,GetNotificationConfiguration,ListChannels,ListOrganizationalUnits,TagResource,UntagResource,UpdateEventRule,UpdateNotificationConfiguration notifications::A:configuration/*
notifications AssociateManagedNotificationAccountContact,AssociateManagedNotificationAdditionalChannel,DisassociateManagedNotificationAccountContact,DisassociateManagedNotificationAdditionalChannel,ListManagedNotificationChannelAssociations,SubscribeSensitiveEvents,UpdateManagedNotificationChannelAssociation notifications::A:managed-notification-configuration/category/*
notifications-contacts DeleteEmailContact,GetEmailContact,SendActivationCode,TagResource,UntagResource notifications-contacts::A:emailcontact/*
nova-act CreateWorkflowDefinition,DeleteWorkflowDefinition,GetWorkflowDefinition nova-act:R:A:workflow-definition/*
oam CreateLink,DeleteSink,GetSink,GetSinkPolicy,PutSinkPolicy oam:R:A:sink/*
oam DeleteLink,GetLink,UpdateLink oam:R:A:link/*
oam ListTagsForResource,TagResource,UntagResource oam:R:A:link/* oam:R:A:sink/*
observabilityadmin CreateCentralizationRuleForOrganization,DeleteCentralizationRuleForOrganization,GetCentralizationRuleForOrganization,UpdateCentralizationRuleForOrganization observabilityadmin:R:A:organization-centralization-rule/*
observabilityadmin CreateDatasetIntegration,DeleteDatasetIntegration,GetDatasetIntegration,UpdateDatasetIntegration observabilityadmin:R:A:dataset-integration/*
observabilityadmin CreateS3TableIntegration,DeleteS3TableIntegration,GetS3TableIntegration observabilityadmin:R:A:s3tableintegration/*
observabilityadmin CreateTelemetryPipeline,DeleteTelemetryPipeline,GetTelemetryPipeline,UpdateTelemetryPipeline observabilityadmin:R:A:telemetry-pipeline/*
observabilityadmin CreateTelemetryRule,DeleteTelemetryRule,GetTelemetryRule,UpdateTelemetryRule observabilityadmin:R:A:telemetry-rule/*
observabilityadmin CreateTelemetryRuleForOrganization,DeleteTelemetryRuleForOrganization,GetTelemetryRuleForOrganization,UpdateTelemetryRuleForOrganization observabilityadmin:R:A:organization-telemetry-rule/*
observabilityadmin ListTagsForResource,TagResource,UntagResource observabilityadmin:R:A:dataset-integration/* observabilityadmin:R:A:organization-centralization-rule/* observabilityadmin:R:A:organization-telemetry-rule/* observabilityadmin:R:A:s3tableintegration/* observabilityadmin:R:A:telemetry-pipeline/* observabilityadmin:R:A:telemetry-rule/*
odb AssociateIamRoleToResource,DisassociateIamRoleFromResource odb:R:A:cloud-autonomous-vm-cluster/* odb:R:A:cloud-vm-cluster/*
odb CreateCloudAutonomousVmCluster,CreateCloudVmCluster odb:R:A:cloud-exadata-infrastructure/* odb:R:A:odb-network/*
odb CreateDbNode,DeleteDbNode odb:R:A:db-node/*
odb CreateOdbPeeringConnection,DeleteOdbNetwork,GetOdbNetwork,ListOdbPeeringConnections,UpdateOdbNetwork odb:R:A:odb-network/*
odb DeleteCloudAutonomousVmCluster,GetCloudAutonomousVmCluster odb:R:A:cloud-autonomous-vm-cluster/*
odb DeleteCloudExadataInfrastructure,GetCloudExadataInfrastructure,ListCloudAutonomousVmClusters,ListCloudVmClusters,ListDbServers,UpdateCloudExadataInfrastructure odb:R:A:cloud-exadata-infrastructure/*
odb DeleteCloudVmCluster,GetCloudVmCluster,ListDbNodes odb:R:A:cloud-vm-cluster/*
odb DeleteOdbPeeringConnection,GetOdbPeeringConnection,UpdateOdbPeeringConnection odb:R:A:odb-peering-connection/*
odb GetDbNode odb:R:A:cloud-vm-cluster/* odb:R:A:db-node/*
odb ListTagsForResource,TagResource,UntagResource odb:R:A:autonomous-database-backup/* odb:R:A:autonomous-database/* odb:R:A:cloud-autonomous-vm-cluster/* odb:R:A:cloud-exadata-infrastructure/* odb:R:A:cloud-vm-cluster/* odb:R:A:db-node/* odb:R:A:exadb-vm-cluster/* odb:R:A:exascale-db-storage-vault/* odb:R:A:odb-network/* odb:R:A:odb-peering-connection/*
omics CreateWorkflowVersion,DeleteWorkflow,DeleteWorkflowVersion,GetWorkflow,GetWorkflowVersion,ListWorkflowVersions,UpdateWorkflow,UpdateWorkflowVersion omics:R:A:workflow/*
omics DeleteAnnotationStore,GetAnnotationStore,UpdateAnnotationStore omics:R:A:annotationStore/*
omics DeleteConfiguration,GetConfiguration omics:R:A:configuration/*
omics DeleteReferenceStore,GetReferenceStore omics:R:A:referenceStore/*
omics DeleteRunCache,GetRunCache,UpdateRunCache omics:R:A:runCache/*
omics DeleteRunGroup,GetRunGroup,UpdateRunGroup omics:R:A:runGroup/*
omics DeleteS3AccessPolicy,DeleteSequenceStore,GetS3AccessPolicy,GetSequenceStore,PutS3AccessPolicy,UpdateSequenceStore omics:R:A:sequenceStore/*
omics DeleteVariantStore,GetVariantStore,UpdateVariantStore omics:R:A:variantStore/*
omics TagResource,UntagResource omics:R:A:annotationStore/* omics:R:A:configuration/* omics:R:A:referenceStore/* omics:R:A:run/* omics:R:A:runBatch/* omics:R:A:runCache/* omics:R:A:runGroup/* omics:R:A:sequenceStore/* omics:R:A:variantStore/* omics:R:A:workflow/*
opensearch ApplicationAccessAll opensearch:R:A:application/*
opensearch GetDirectQuery,StartDirectQuery opensearch:R:A:datasource/*
organizations AttachPolicy,DetachPolicy organizations::A:account/* organizations::A:ou/* organizations::A:policy/* organizations::A:root/*
organizations CloseAccount,DeregisterDelegatedAdministrator,DescribeAccount,RegisterDelegatedAdministrator organizations::A:account/*
organizations CreateOrganizationalUnit,ListOrganizationalUnitsForParent organizations::A:ou/* organizations::A:root/*
organizations CreatePolicy,DeletePolicy,DescribePolicy,ListTargetsForPolicy,UpdatePolicy organizations::A:policy/*
organizations DeleteOrganizationalUnit,DescribeOrganizationalUnit,UpdateOrganizationalUnit organizations::A:ou/*
organizations DescribeResponsibilityTransfer organizations::A:transfer/*
organizations EnablePolicyType organizations::A:root/*
organizations ListParents organizations::A:account/* organizations::A:ou/*
organizations ListPoliciesForTarget,MoveAccount organizations::A:account/* organizations::A:ou/* organizations::A:root/*
organizations ListTagsForResource,TagResource,UntagResource organizations::A:account/* organizations::A:ou/* organizations::A:policy/* organizations::A:resourcepolicy/* organizations::A:root/* organizations::A:transfer/*
organizations PutResourcePolicy organizations::A:resourcepolicy/*
osis DeletePipeline,DeleteResourcePolicy,GetPipeline,GetResourcePolicy,ListTagsForResource,PutResourcePolicy,TagResource,UntagResource,UpdatePipeline osis:R:A:pipeline/*
outposts CreateOutpost,DeleteSite,GetSite,GetSiteAddress,UpdateSite,UpdateSiteRackPhysicalProperties outposts:R:A:site/*
outposts DeleteOutpost,GetOutpost,UpdateOutpost outposts:R:A:outpost/*
outposts TagResource,UntagResource outposts:R:A:outpost/* outposts:R:A:site/*
panorama DeletePackage,DeregisterPackageVersion,DescribePackage,DescribePackageVersion,RegisterPackageVersion panorama:R:A:package/*
panorama DescribeApplicationInstance,DescribeApplicationInstanceDetails,RemoveApplicationInstance panorama:R:A:applicationInstance/*
panorama ListApplicationInstances panorama:R:A:device/*
panorama ListTagsForResource,TagResource,UntagResource panorama:R:A:applicationInstance/* panorama:R:A:device/* panorama:R:A:package/*
payment-cryptography AddKeyReplicationRegions,CreateAlias,GetAlias,RemoveKeyReplicationRegions,UpdateAlias payment-cryptography:R:A:alias/* payment-cryptography:R:A:key/*
payment-cryptography DeleteAlias payment-cryptography:R:A:alias/*
payment-cryptography DeleteKey,DeleteResourcePolicy,GetKey,GetResourcePolicy,ListTagsForResource,PutResourcePolicy,StartKeyUsage,StopKeyUsage,TagResource,UntagResource payment-cryptography:R:A:key/*
pca-connector-ad CreateServicePrincipalName,DeleteDirectoryRegistration,DeleteServicePrincipalName,GetDirectoryRegistration,GetServicePrincipalName,ListServicePrincipalNames pca-connector-ad:R:A:directory-registration/*
pca-connector-ad CreateTemplate,CreateTemplateGroupAccessControlEntry,DeleteConnector,DeleteTemplate,DeleteTemplateGroupAccessControlEntry,GetConnector,GetTemplate,GetTemplateGroupAccessControlEntry,ListTemplateGroupAccessControlEntries,ListTemplates,UpdateTemplate,UpdateTemplateGroupAccessControlEntry pca-connector-ad:R:A:connector/*
pca-connector-ad TagResource,UntagResource pca-connector-ad:R:A:connector/* pca-connector-ad:R:A:directory-registration/*
pca-connector-scep CreateChallenge,DeleteChallenge,DeleteConnector,GetChallengeMetadata,GetConnector,TagResource,UntagResource pca-connector-scep:R:A:connector/*
pcs CreateComputeNodeGroup,CreateQueue,DeleteCluster,DeleteComputeNodeGroup,DeleteQueue,GetCluster,GetComputeNodeGroup,GetQueue,ListComputeNodeGroups,ListQueues,TagResource,UntagResource,UpdateCluster,UpdateComputeNodeGroup,UpdateQueue pcs:R:A:cluster/*
personalize CreateCampaign personalize:R:A:campaign/* personalize:R:A:solution/*
personalize CreateDataset personalize:R:A:dataset-group/* personalize:R:A:dataset/*
personalize CreateDatasetGroup,DeleteDatasetGroup,DescribeDatasetGroup personalize:R:A:dataset-group/*
personalize CreateDatasetImportJob personalize:R:A:dataset-import-job/* personalize:R:A:dataset/*
personalize CreateEventTracker personalize:R:A:dataset-group/* personalize:R:A:event-tracker/*
personalize CreateFilter personalize:R:A:dataset-group/* personalize:R:A:filter/*
personalize CreateMetricAttribution personalize:R:A:dataset-group/* personalize:R:A:metric-attribution/*
personalize CreateSchema,DeleteSchema,DescribeSchema personalize:R:A:schema/*
personalize CreateSolution personalize:R:A:dataset-group/* personalize:R:A:solution/*
personalize DeleteCampaign,DescribeCampaign,UpdateCampaign personalize:R:A:campaign/*
personalize DeleteDataset,DescribeDataset personalize:R:A:dataset/*
personalize DeleteEventTracker,DescribeEventTracker personalize:R:A:event-tracker/*
personalize DeleteFilter,DescribeFilter personalize:R:A:filter/*
personalize DeleteMetricAttribution,DescribeMetricAttribution,UpdateMetricAttribution personalize:R:A:metric-attribution/*
personalize DeleteSolution,DescribeSolution personalize:R:A:solution/*
personalize DescribeDatasetImportJob personalize:R:A:dataset-import-job/*
personalize ListTagsForResource,TagResource,UntagResource personalize:R:A:batch-inference-job/* personalize:R:A:batch-segment-job/* personalize:R:A:campaign/* personalize:R:A:data-deletion-job/* personalize:R:A:dataset-export-job/* personalize:R:A:dataset-group/* personalize:R:A:dataset-import-job/* personalize:R:A:dataset/* personalize:R:A:event-tracker/* personalize:R:A:filter/* personalize:R:A:recommender/* personalize:R:A:solution/*
pi CreatePerformanceAnalysisReport,DeletePerformanceAnalysisReport,GetPerformanceAnalysisReport,ListPerformanceAnalysisReports,TagResource pi:R:A:perf-reports/*
pi GetResourceMetadata pi:R:A:metrics/*
pi ListTagsForResource pi:R:A:metrics/* pi:R:A:perf-reports/*
pipes CreatePipe,DeletePipe,DescribePipe,TagResource,UntagResource,UpdatePipe pipes:R:A:pipe/*
polly DeleteLexicon,GetLexicon,PutLexicon polly:R:A:lexicon/*
profile CreateCalculatedAttributeDefinition,CreateDomain,CreateEventStream,CreateEventTrigger,CreateRecommender,CreateRecommenderFilter,CreateRecommenderSchema,CreateSegmentDefinition,DeleteCalculatedAttributeDefinition,DeleteDomain,DeleteDomainObjectType,DeleteEventStream,DeleteEventTrigger,DeleteIntegration,DeleteProfileObjectType,DeleteRecommender,DeleteRecommenderFilter,DeleteRecommenderSchema,DeleteSegmentDefinition,GetCalculatedAttributeDefinition,GetDomain,GetDomainObjectType,GetEventStream,GetEventTrigger,GetIntegration,GetProfileObjectType,GetRecommender,GetRecommenderFilter,GetRecommenderSchema,GetSegmentDefinition,ListCalculatedAttributeDefinitions,ListDomainObjectTypes,ListEventStreams,ListEventTriggers,ListIntegrations,ListProfileObjectTypes,ListRecommenderFilters,ListRecommenderSchemas,ListRecommenders,ListSegmentDefinitions,ListTagsForResource,PutDomainObjectType,PutIntegration,PutProfileObjectType,SearchProfiles,TagResource,UntagResource,UpdateCalculatedAttributeDefinition,UpdateDomain,UpdateEventTrigger,UpdateRecommender profile:R:A:domains/*
proton CreateEnvironmentTemplate,DeleteEnvironmentTemplate,GetEnvironmentTemplate,UpdateEnvironmentTemplate proton:R:A:environment-template/*
proton CreateServiceTemplate,DeleteServiceTemplate,GetServiceTemplate,UpdateServiceTemplate proton:R:A:service-template/*
proton DeleteEnvironmentAccountConnection,GetEnvironmentAccountConnection,UpdateEnvironmentAccountConnection proton:R:A:environment-account-connection/*
proton ListTagsForResource,TagResource,UntagResource proton:R:A:* proton:R:A:component/* proton:R:A:environment-account-connection/* proton:R:A:environment-template/* proton:R:A:environment/* proton:R:A:service-template/* proton:R:A:service/*
qbusiness AssociatePermission,CreateDataAccessor,CreateDataAccessorWithTti,CreateDataSource,CreateIndex,CreatePlugin,CreateRetriever,CreateWebExperience,DeleteApplication,DeleteDataAccessor,DeleteDataSource,DeleteIndex,DeletePlugin,DeleteRetriever,DeleteWebExperience,DisassociatePermission,GetApplication,GetDataAccessor,GetDataSource,GetIndex,GetPlugin,GetPolicy,GetRetriever,GetWebExperience,ListDataAccessors,ListDataSources,ListIndices,ListPlugins,ListRetrievers,ListTagsForResource,ListWebExperiences,PutResourcePolicy,TagResource,UntagResource,UpdateApplication,UpdateDataAccessor,UpdateDataSource,UpdateIndex,UpdatePlugin,UpdateRetriever,UpdateWebExperience qbusiness:R:A:application/*
qldb CancelJournalKinesisStream,DescribeJournalKinesisStream,StreamJournalToKinesis,listJournalKinesisStreamsForLedger qldb:R:A:stream/*
qldb ListTagsForResource,TagResource,UntagResource qldb:R:A:ledger/* qldb:R:A:stream/*
quicksight CancelIngestion,CreateRefreshSchedule,CreateTopic,DeleteDataSet,DeleteDataSetRefreshProperties,DeleteRefreshSchedule,DescribeDataSet,DescribeDataSetPermissions,DescribeDataSetRefreshProperties,DescribeIngestion,DescribeRefreshSchedule,PassDataSet,PutDataSetRefreshProperties,UpdateDataSetPermissions,UpdateRefreshSchedule quicksight:R:A:dataset/*
quicksight CreateActionConnector,DeleteActionConnector,DescribeActionConnector,DescribeActionConnectorPermissions,UpdateActionConnector,UpdateActionConnectorPermissions quicksight:R:A:action-connector/*
quicksight CreateAgent,DeleteAgent,DescribeAgent,DescribeAgentPermissions,ListAgents,UpdateAgent,UpdateAgentPermissions quicksight:R:A:agent/*
quicksight CreateAnalysis,DeleteAnalysis,DescribeAnalysis,DescribeAnalysisPermissions,ListAnalyses,UpdateAnalysis,UpdateAnalysisPermissions quicksight:R:A:analysis/*
quicksight CreateApprovalPolicy,DeleteApprovalPolicy,DescribeApprovalPolicy,ListApprovalPolicies,UpdateApprovalPolicy quicksight:R:A:approval-policy/*
quicksight CreateBrand,DeleteBrand,DescribeBrand,UpdateBrand quicksight:R:A:brand/*
quicksight CreateCustomPermissions,DescribeCustomPermissions,UpdateCustomPermissions quicksight:R:A:custompermissions/*
quicksight CreateDashboard,DeleteDashboard,DescribeDashboard,DescribeDashboardPermissions,ListDashboards,UpdateDashboard,UpdateDashboardLinks,UpdateDashboardPermissions,UpdateDashboardPublishedVersion quicksight:R:A:dashboard/*
quicksight CreateDataSet,DeleteDataSource,DescribeDataSource,DescribeDataSourcePermissions,PassDataSource,UpdateDataSource,UpdateDataSourcePermissions quicksight:R:A:datasource/*
quicksight CreateDlpSetting,DeleteDlpSetting,DescribeDlpSetting,ListDlpSettings,UpdateDlpSetting quicksight:R:A:dlpsetting/*
quicksight CreateFlow,DeleteFlow,DescribeFlow,GetFlowPermissions,UpdateFlow,UpdateFlowPermissions quicksight:R:A:flow/*
quicksight CreateFolder,DeleteFolder,DescribeFolder,DescribeFolderPermissions,ListFolders,UpdateFolder,UpdateFolderPermissions quicksight:R:A:folder/*
quicksight CreateFolderMembership,DeleteFolderMembership quicksight:R:A:analysis/* quicksight:R:A:dashboard/* quicksight:R:A:dataset/* quicksight:R:A:folder/*
quicksight CreateGroup,DeleteGroup,DescribeGroup,ListGroups,UpdateGroup quicksight:R:A:group/*
quicksight CreateIAMPolicyAssignment,DeleteIAMPolicyAssignment,DescribeIAMPolicyAssignment,ListIAMPolicyAssignments,UpdateIAMPolicyAssignment quicksight::A:assignment/*
quicksight CreateKnowledgeBase quicksight:R:A:datasource/* quicksight:R:A:knowledge-base/*
quicksight CreateLimitsProfile,DeleteLimitsProfile,DescribeLimitsProfile,ListLimitsProfiles,UpdateLimitsProfile quicksight:R:A:limits-profile/*
quicksight CreateSpace,DeleteSpace,DescribeSpace,DescribeSpacePermissions,ListSpaceResources,UpdateSpace,UpdateSpacePermissions,UpdateSpaceResources quicksight:R:A:space/*
quicksight CreateTemplate,DeleteTemplate,DescribeTemplate,DescribeTemplatePermissions,ListTemplates,UpdateTemplate,UpdateTemplatePermissions quicksight:R:A:template/*
quicksight CreateTheme,DeleteTheme,DescribeTheme,DescribeThemePermissions,ListThemes,UpdateTheme,UpdateThemePermissions quicksight:R:A:theme/*
quicksight DeleteAccountCustomization,DescribeAccountCustomization,UpdateAccountCustomization quicksight:R:A:customization/*
quicksight DeleteKnowledgeBase,DescribeKnowledgeBase,DescribeKnowledgeBasePermissions,UpdateKnowledgeBase,UpdateKnowledgeBasePermissions quicksight:R:A:knowledge-base/*
quicksight DeleteOAuthClientApplication,DescribeOAuthClientApplication,UpdateOAuthClientApplication quicksight:R:A:oauthClientApplication/*
quicksight DeleteTopic,DescribeTopic,DescribeTopicPermissions,DescribeTopicRefresh,PassTopic,UpdateTopicPermissions quicksight:R:A:topic/*
quicksight DeleteVPCConnection,DescribeVPCConnection,UpdateVPCConnection quicksight:R:A:vpcConnection/*
quicksight DescribeAccountSubscription quicksight:R:A:account/*
quicksight ListFoldersForResource quicksight:R:A:analysis/* quicksight:R:A:dashboard/* quicksight:R:A:dataset/* quicksight:R:A:datasource/* quicksight:R:A:topic/*
quicksight ListTagsForResource,TagResource,UntagResource quicksight:R:A:action-connector/* quicksight:R:A:analysis/* quicksight:R:A:app/* quicksight:R:A:brand/* quicksight:R:A:customization/* quicksight:R:A:custompermissions/* quicksight:R:A:dashboard/* quicksight:R:A:dataset/* quicksight:R:A:datasource/* quicksight:R:A:dlpsetting/* quicksight:R:A:email-customization-template/* quicksight:R:A:flow/* quicksight:R:A:folder/* quicksight:R:A:namespace/* quicksight:R:A:oauthClientApplication/* quicksight:R:A:template/* quicksight:R:A:theme/* quicksight:R:A:topic/* quicksight:R:A:user/* quicksight:R:A:vpcConnection/*
quicksight UpdateDataSet quicksight:R:A:dataset/* quicksight:R:A:datasource/*
quicksight UpdateTopic quicksight:R:A:dataset/* quicksight:R:A:topic/*
ram AcceptResourceShareInvitation ram:R:A:resource-share-invitation/*
ram AssociateResourceShare,DeleteResourceShare,DisassociateResourceShare,ListResourceSharePermissions,UpdateResourceShare ram:R:A:resource-share/*
ram AssociateResourceSharePermission,DisassociateResourceSharePermission ram::A:permission/* ram:R:A:permission/* ram:R:A:resource-share/*
ram CreatePermissionVersion,DeletePermission,DeletePermissionVersion,SetDefaultPermissionVersion ram:R:A:permission/*
ram GetPermission,ListPermissionAssociations,ReplacePermissionAssociations ram::A:permission/* ram:R:A:permission/*
ram TagResource,UntagResource ram:R:A:permission/* ram:R:A:resource-share/*
rbin CreateRule,DeleteRule,GetRule,ListTagsForResource,LockRule,TagResource,UnlockRule,UntagResource,UpdateRule rbin:R:A:rule/*
rds AddRoleToDBCluster,DescribeDBClusters,DisableHttpEndpoint,EnableHttpEndpoint,PromoteReadReplicaDBCluster,RemoveRoleFromDBCluster rds:R:A:cluster:*
rds AddRoleToDBInstance,DeleteDBInstance,DescribeDBInstances,PromoteReadReplica,RebootDBInstance,RemoveRoleFromDBInstance,StopDBInstanceAutomatedBackupsReplication rds:R:A:db:*
rds AddSourceIdentifierToSubscription,CreateEventSubscription,DeleteEventSubscription,DescribeEventSubscriptions,ModifyEventSubscription,RemoveSourceIdentifierFromSubscription rds:R:A:es:*
rds AddTagsToResource,RemoveTagsFromResource rds::A:global-cluster:* rds:R:A:auto-backup:* rds:R:A:cev:* rds:R:A:cluster-auto-backup:* rds:R:A:cluster-endpoint:* rds:R:A:cluster-pg:* rds:R:A:cluster-snapshot:* rds:R:A:cluster:* rds:R:A:db-proxy-endpoint:* rds:R:A:db-proxy:* rds:R:A:db:* rds:R:A:deployment:* rds:R:A:es:* rds:R:A:integration:* rds:R:A:og:* rds:R:A:pg:* rds:R:A:ri:* rds:R:A:secgrp:* rds:R:A:shard-group:* rds:R:A:snapshot-tenant-database:* rds:R:A:snapshot:* rds:R:A:subgrp:* rds:R:A:target-group:* rds:R:A:tenant-database:*
rds CreateBlueGreenDeployment rds:R:A:cluster-pg:* rds:R:A:cluster:* rds:R:A:db:* rds:R:A:deployment:* rds:R:A:pg:*
rds CreateCustomDBEngineVersion,DeleteCustomDBEngineVersion,ModifyCustomDBEngineVersion rds:R:A:cev:*
rds CreateDBCluster rds::A:global-cluster:* rds:R:A:cluster-pg:* rds:R:A:cluster:* rds:R:A:db:* rds:R:A:og:* rds:R:A:subgrp:*
rds CreateDBClusterEndpoint,DescribeDBClusterEndpoints rds:R:A:cluster-endpoint:* rds:R:A:cluster:*
rds CreateDBClusterParameterGroup,DeleteDBClusterParameterGroup,DescribeDBClusterParameterGroups,DescribeDBClusterParameters,ModifyDBClusterParameterGroup,ResetDBClusterParameterGroup rds:R:A:cluster-pg:*
rds CreateDBClusterSnapshot,DeleteDBCluster,DescribeDBClusterSnapshots rds:R:A:cluster-snapshot:* rds:R:A:cluster:*
rds CreateDBInstance rds:R:A:cluster:* rds:R:A:db:* rds:R:A:og:* rds:R:A:pg:* rds:R:A:secgrp:* rds:R:A:subgrp:*
rds CreateDBInstanceReadReplica rds:R:A:cluster:* rds:R:A:db:* rds:R:A:og:* rds:R:A:pg:* rds:R:A:subgrp:*
rds CreateDBParameterGroup,DeleteDBParameterGroup,DescribeDBParameterGroups,DescribeDBParameters,ModifyDBParameterGroup,ResetDBParameterGroup rds:R:A:pg:*
rds CreateDBProxyEndpoint,DescribeDBProxyEndpoints rds:R:A:db-proxy-endpoint:* rds:R:A:db-proxy:*
rds CreateDBShardGroup rds:R:A:cluster:* rds:R:A:shard-group:*
rds CreateDBSnapshot,DescribeDBSnapshots rds:R:A:db:* rds:R:A:snapshot:*
rds CreateDBSubnetGroup,DeleteDBSubnetGroup,DescribeDBSubnetGroups,ModifyDBSubnetGroup rds:R:A:subgrp:*
rds CreateGlobalCluster,RemoveFromGlobalCluster rds::A:global-cluster:* rds:R:A:cluster:*
rds CreateIntegration rds:R:A:cluster:* rds:R:A:db:* rds:R:A:integration:*
rds CreateOptionGroup,DeleteOptionGroup,DescribeOptionGroups,ModifyOptionGroup rds:R:A:og:*
rds DeleteBlueGreenDeployment,DescribeBlueGreenDeployments rds:R:A:deployment:*
rds DeleteDBClusterEndpoint,ModifyDBClusterEndpoint rds:R:A:cluster-endpoint:*
rds DeleteDBClusterSnapshot rds:R:A:cluster-snapshot:*
rds DeleteDBProxy,DescribeDBProxyTargetGroups,DescribeDbProxies,ModifyDBProxy rds:R:A:db-proxy:*
rds DeleteDBProxyEndpoint,ModifyDBProxyEndpoint rds:R:A:db-proxy-endpoint:*
rds DeleteDBShardGroup,DescribeDBShardGroups,ModifyDBShardGroup rds:R:A:shard-group:*
rds DeleteDBSnapshot rds:R:A:snapshot:*
rds DeleteGlobalCluster,DescribeGlobalClusters,ModifyGlobalCluster rds::A:global-cluster:*
rds DeleteIntegration,DescribeIntegrations,ModifyIntegration rds:R:A:integration:*
rds DeregisterDBProxyTargets rds:R:A:cluster:* rds:R:A:db-proxy:* rds:R:A:db:* rds:R:A:target-group:*
rds DescribeDBClusterAutomatedBackups rds:R:A:cluster-auto-backup:* rds:R:A:cluster:*
rds DescribeDBInstanceAutomatedBackups,StartDBInstanceAutomatedBackupsReplication rds:R:A:auto-backup:* rds:R:A:db:*
rds DescribeDBProxyTargets rds:R:A:db-proxy:* rds:R:A:target-group:*
rds ListTagsForResource rds::A:global-cluster:* rds:R:A:auto-backup:* rds:R:A:cev:* rds:R:A:cluster-auto-backup:* rds:R:A:cluster-endpoint:* rds:R:A:cluster-pg:* rds:R:A:cluster-snapshot:* rds:R:A:cluster:* rds:R:A:db-proxy-endpoint:* rds:R:A:db-proxy:* rds:R:A:db:* rds:R:A:es:* rds:R:A:integration:* rds:R:A:og:* rds:R:A:pg:* rds:R:A:ri:* rds:R:A:secgrp:* rds:R:A:shard-group:* rds:R:A:snapshot-tenant-database:* rds:R:A:snapshot:* rds:R:A:subgrp:* rds:R:A:target-group:* rds:R:A:tenant-database:*
rds ModifyDBCluster rds:R:A:cluster-pg:* rds:R:A:cluster:* rds:R:A:og:* rds:R:A:pg:*
rds ModifyDBInstance rds:R:A:db:* rds:R:A:og:* rds:R:A:pg:* rds:R:A:secgrp:* rds:R:A:subgrp:*
rds ModifyDBProxyTargetGroup rds:R:A:target-group:*
rds RegisterDBProxyTargets rds:R:A:db:* rds:R:A:target-group:*
rds RestoreDBClusterFromSnapshot rds:R:A:cluster-pg:* rds:R:A:cluster-snapshot:* rds:R:A:cluster:* rds:R:A:og:* rds:R:A:snapshot:* rds:R:A:subgrp:*
rds RestoreDBClusterToPointInTime rds:R:A:cluster-auto-backup:* rds:R:A:cluster-pg:* rds:R:A:cluster:* rds:R:A:og:* rds:R:A:subgrp:*
rds RestoreDBInstanceFromDBSnapshot rds:R:A:cluster-snapshot:* rds:R:A:db:* rds:R:A:og:* rds:R:A:pg:* rds:R:A:snapshot:* rds:R:A:subgrp:*
rds RestoreDBInstanceToPointInTime rds:R:A:auto-backup:* rds:R:A:db:* rds:R:A:og:* rds:R:A:pg:* rds:R:A:subgrp:*
redshift AuthorizeEndpointAccess,CreateCluster,CreateEndpointAccess,DeleteCluster,DescribeClusterSnapshots,DescribeClusters,DescribeEndpointAccess,DescribeEndpointAuthorization,DescribeLoggingStatus,DisableLogging,DisableSnapshotCopy,EnableLogging,EnableSnapshotCopy,FailoverPrimaryCompute,ModifyAquaConfiguration,ModifyCluster,ModifyClusterIamRoles,ModifyClusterMaintenance,ModifySnapshotCopyRetentionPeriod,PauseCluster,RebootCluster,ResizeCluster,ResumeCluster,RevokeEndpointAccess,RotateEncryptionKey redshift:R:A:cluster:*
redshift CreateClusterParameterGroup,DeleteClusterParameterGroup,DescribeClusterParameters,ModifyClusterParameterGroup,ResetClusterParameterGroup redshift:R:A:parametergroup:*
redshift CreateClusterSnapshot,DeleteClusterSnapshot,RestoreFromClusterSnapshot redshift:R:A:cluster:* redshift:R:A:snapshot:*
redshift CreateClusterSubnetGroup,DeleteClusterSubnetGroup,ModifyClusterSubnetGroup redshift:R:A:subnetgroup:*
redshift CreateEventSubscription,DeleteEventSubscription,ModifyEventSubscription redshift:R:A:eventsubscription:*
redshift CreateInboundIntegration,DeleteResourcePolicy,GetResourcePolicy,PutResourcePolicy redshift:R:A:namespace:*
redshift CreateIntegration,DeleteIntegration,DescribeIntegrations,ModifyIntegration redshift:R:A:integration:*
redshift CreateSnapshotCopyGrant,DeleteSnapshotCopyGrant redshift:R:A:snapshotcopygrant:*
redshift CreateSnapshotSchedule,DeleteSnapshotSchedule,ModifySnapshotSchedule redshift:R:A:snapshotschedule:*
redshift CreateTags,DeleteTags,DescribeTags redshift:R:A:cluster:* redshift:R:A:eventsubscription:* redshift:R:A:hsmclientcertificate:* redshift:R:A:hsmconfiguration:* redshift:R:A:integration:* redshift:R:A:parametergroup:* redshift:R:A:securitygroup:* redshift:R:A:securitygroupingress:* redshift:R:A:snapshot:* redshift:R:A:snapshotcopygrant:* redshift:R:A:snapshotschedule:* redshift:R:A:subnetgroup:* redshift:R:A:usagelimit:*
redshift CreateUsageLimit,DescribeUsageLimits redshift:R:A:cluster:* redshift:R:A:usagelimit:*
redshift DeleteQev2IdcApplication,ModifyQev2IdcApplication redshift:R:A:qev2idcapplication:*
redshift DeleteRedshiftIdcApplication,ModifyRedshiftIdcApplication redshift:R:A:redshiftidcapplication:*
redshift DeleteUsageLimit,ModifyUsageLimit redshift:R:A:usagelimit:*
redshift DescribeSnapshotSchedules redshift:R:A:cluster:* redshift:R:A:snapshotschedule:*
redshift ModifyClusterSnapshot redshift:R:A:snapshot:*
redshift-serverless CreateNamespace,CreateSnapshotCopyConfiguration,DeleteNamespace,GetNamespace,ListSnapshotCopyConfigurations,UpdateNamespace redshift-serverless:R:A:namespace/*
redshift-serverless CreateSnapshot redshift-serverless:R:A:namespace/* redshift-serverless:R:A:snapshot/*
redshift-serverless CreateWorkgroup,DeleteWorkgroup,GetWorkgroup,UpdateWorkgroup redshift-serverless:R:A:workgroup/*
redshift-serverless DeleteSnapshot,GetSnapshot,ListSnapshots,RestoreFromSnapshot,UpdateSnapshot redshift-serverless:R:A:snapshot/*
redshift-serverless ListTagsForResource redshift-serverless:R:A:namespace/* redshift-serverless:R:A:workgroup/*
redshift-serverless RestoreFromRecoveryPoint redshift-serverless:R:A:recoverypoint/*
redshift-serverless TagResource,UntagResource redshift-serverless:R:A:namespace/* redshift-serverless:R:A:recoverypoint/* redshift-serverless:R:A:snapshot/* redshift-serverless:R:A:workgroup/*
refactor-spaces DeleteApplication,DeleteEnvironment,DeleteRoute,DeleteService,GetApplication,GetEnvironment,GetRoute,GetService,ListApplications,ListRoutes,ListServices,TagResource,UntagResource,UpdateRoute refactor-spaces:R:A:environment/*
rekognition CreateDataset,DeleteDataset,DeleteProject,DescribeDataset rekognition:R:A:project/*
rekognition CreateStreamProcessor,DeleteCollection,DescribeCollection rekognition:R:A:collection/*
rekognition DeleteStreamProcessor,DescribeStreamProcessor rekognition:R:A:streamprocessor/*
rekognition ListTagsForResource,TagResource,UntagResource rekognition:R:A:collection/* rekognition:R:A:project/* rekognition:R:A:streamprocessor/*
resiliencehub AddDraftAppVersionResourceMappings,CreateApp,DeleteApp,DescribeApp,DescribeAppVersionTemplate,ListAppVersionResourceMappings,ListAppVersions,PublishAppVersion,PutDraftAppVersionTemplate,RemoveDraftAppVersionResourceMappings,UpdateApp resiliencehub:R:A:app/*
resiliencehub CreateAssertion,CreateInputSource,CreateServiceFunction,DeleteAssertion,DeleteInputSource,DeleteService,DeleteServiceFunction,GetService,ListAssertions,ListInputSources,ListServiceFunctions,UpdateAssertion,UpdateServiceFunction resiliencehub:R:A:service/*
resiliencehub CreatePolicy,DeletePolicy,GetPolicy,UpdatePolicy resiliencehub:R:A:policy/*
resiliencehub CreateResiliencyPolicy,DeleteResiliencyPolicy,DescribeResiliencyPolicy,UpdateResiliencyPolicy resiliencehub:R:A:resiliency-policy/*
resiliencehub CreateService,UpdateService resiliencehub:R:A:policy/* resiliencehub:R:A:service/* resiliencehub:R:A:system/*
resiliencehub CreateSystem,DeleteSystem,DeleteUserJourney,GetSystem,GetUserJourney,ListUserJourneys,UpdateSystem resiliencehub:R:A:system/*
resiliencehub CreateUserJourney,UpdateUserJourney resiliencehub:R:A:policy/* resiliencehub:R:A:system/*
resiliencehub ListTagsForResource,TagResource,UntagResource resiliencehub:R:A:app-assessment/* resiliencehub:R:A:app/* resiliencehub:R:A:policy/* resiliencehub:R:A:recommendation-template/* resiliencehub:R:A:resiliency-policy/* resiliencehub:R:A:service/* resiliencehub:R:A:system/*
resource-explorer-2 DeleteIndex,UpdateIndexType resource-explorer-2:R:A:index/*
resource-explorer-2 DeleteView,GetView,UpdateView resource-explorer-2:R:A:view/*
resource-explorer-2 ListTagsForResource,TagResource,UntagResource resource-explorer-2:R:A:index/* resource-explorer-2:R:A:view/*
resource-groups CancelTagSyncTask,DeleteGroup,GetGroup,GetGroupConfiguration,GetGroupQuery,GetTagSyncTask,GetTags,GroupResources,ListGroupResources,ListTagSyncTasks,PutGroupConfiguration,StartTagSyncTask,Tag,UnGroupResources,Untag,UpdateGroup,UpdateGroupQuery resource-groups:R:A:group/*
robomaker CreateRobotApplicationVersion,DeleteRobotApplication,DescribeRobotApplication,UpdateRobotApplication robomaker:R:A:robot-application/*
robomaker CreateSimulationApplicationVersion,DeleteSimulationApplication,DescribeSimulationApplication,UpdateSimulationApplication robomaker:R:A:simulation-application/*
robomaker DeleteFleet,DescribeFleet robomaker:R:A:deployment-fleet/*
robomaker DeleteRobot,DescribeRobot robomaker:R:A:robot/*
robomaker DeregisterRobot,RegisterRobot robomaker:R:A:deployment-fleet/* robomaker:R:A:robot/*
robomaker TagResource,UntagResource robomaker:R:A:deployment-fleet/* robomaker:R:A:deployment-job/* robomaker:R:A:robot-application/* robomaker:R:A:robot/* robomaker:R:A:simulation-application/* robomaker:R:A:simulation-job-batch/* robomaker:R:A:simulation-job/* robomaker:R:A:world-export-job/* robomaker:R:A:world-generation-job/* robomaker:R:A:world-template/* robomaker:R:A:world/*
rolesanywhere DeleteAttributeMapping,DeleteProfile,DisableProfile,EnableProfile,GetProfile,PutAttributeMapping,UpdateProfile rolesanywhere:R:A:profile/*
rolesanywhere DeleteCrl,DisableCrl,EnableCrl,GetCrl,UpdateCrl rolesanywhere:R:A:crl/*
rolesanywhere DeleteTrustAnchor,DisableTrustAnchor,EnableTrustAnchor,GetTrustAnchor,PutNotificationSettings,ResetNotificationSettings,UpdateTrustAnchor rolesanywhere:R:A:trust-anchor/*
rolesanywhere TagResource,UntagResource rolesanywhere:R:A:crl/* rolesanywhere:R:A:profile/* rolesanywhere:R:A:subject/* rolesanywhere:R:A:trust-anchor/*
route53 ActivateKeySigningKey,AssociateVPCWithHostedZone,ChangeResourceRecordSets,CreateKeySigningKey,CreateQueryLoggingConfig,DeactivateKeySigningKey,DeleteHostedZone,DeleteKeySigningKey,DisableHostedZoneDNSSEC,DisassociateVPCFromHostedZone,EnableHostedZoneDNSSEC,GetDNSSEC,GetHostedZone,ListQueryLoggingConfigs,ListResourceRecordSets,UpdateHostedZoneComment,UpdateHostedZoneFeatures route53:::hostedzone/*
route53 ChangeCidrCollection,DeleteCidrCollection,ListCidrBlocks route53:::cidrcollection/*
route53 ChangeTagsForResource,ListTagsForResource route53:::healthcheck/* route53:::hostedzone/*
route53 CreateTrafficPolicyInstance route53:::hostedzone/* route53:::trafficpolicy/*
route53 DeleteHealthCheck,GetHealthCheck,UpdateHealthCheck route53:::healthcheck/*
route53 DeleteQueryLoggingConfig,GetQueryLoggingConfig route53:::queryloggingconfig/*
route53 DeleteReusableDelegationSet,GetReusableDelegationSet route53:::delegationset/*
route53 DeleteTrafficPolicy,ListTrafficPolicyVersions,UpdateTrafficPolicyComment route53:::trafficpolicy/*
route53 DeleteTrafficPolicyInstance,GetTrafficPolicyInstance,UpdateTrafficPolicyInstance route53:::trafficpolicyinstance/*
route53 GetChange route53:::change/*
route53-recovery-control-config CreateControlPanel,CreateRoutingControl,CreateSafetyRule,DeleteCluster,DescribeCluster,UpdateCluster route53-recovery-control::A:cluster/*
route53-recovery-control-config DeleteControlPanel,DeleteRoutingControl,DeleteSafetyRule,DescribeControlPanel,DescribeRoutingControl,DescribeSafetyRule,ListRoutingControls,ListSafetyRules,UpdateControlPanel,UpdateRoutingControl,UpdateSafetyRule route53-recovery-control::A:controlpanel/*
route53-recovery-control-config ListTagsForResource,TagResource,UntagResource route53-recovery-control::A:cluster/* route53-recovery-control::A:controlpanel/*
route53-recovery-readiness CreateCell,DeleteCell,GetCell,UpdateCell route53-recovery-readiness::A:cell/*
route53-recovery-readiness CreateReadinessCheck,DeleteReadinessCheck,GetReadinessCheck,UpdateReadinessCheck route53-recovery-readiness::A:readiness-check/*
route53-recovery-readiness CreateRecoveryGroup,DeleteRecoveryGroup,GetRecoveryGroup,UpdateRecoveryGroup route53-recovery-readiness::A:recovery-group/*
route53-recovery-readiness CreateResourceSet,DeleteResourceSet,GetResourceSet,UpdateResourceSet route53-recovery-readiness::A:resource-set/*
route53-recovery-readiness TagResource,UntagResource route53-recovery-readiness::A:cell/* route53-recovery-readiness::A:readiness-check/* route53-recovery-readiness::A:recovery-group/* route53-recovery-readiness::A:resource-set/*
route53globalresolver CreateAccessSource,CreateDNSView,DeleteDNSView,GetDNSView,ListFirewallRules,UpdateDNSView route53globalresolver::A:dns-view/*
route53globalresolver CreateAccessToken,DeleteAccessToken,GetAccessToken,UpdateAccessToken route53globalresolver::A:access-token/*
route53globalresolver CreateFirewallDomainList,DeleteFirewallDomainList,GetFirewallDomainList,ImportFirewallDomains,UpdateFirewallDomains route53globalresolver::A:firewall-domain-list/*
route53globalresolver CreateFirewallRule route53globalresolver::A:dns-view/* route53globalresolver::A:firewall-domain-list/*
route53globalresolver CreateGlobalResolver,DeleteGlobalResolver,GetGlobalResolver,UpdateGlobalResolver route53globalresolver::A:global-resolver/*
route53globalresolver DeleteAccessSource,GetAccessSource,UpdateAccessSource route53globalresolver::A:access-source/*
route53globalresolver ListTagsForResource,TagResource,UntagResource route53globalresolver::A:access-source/* route53globalresolver::A:access-token/* route53globalresolver::A:dns-view/* route53globalresolver::A:firewall-domain-list/* route53globalresolver::A:global-resolver/*
route53profiles TagResource,UntagResource route53profiles:R:A:profile-association/* route53profiles:R:A:profile/*
route53resolver AssociateFirewallRuleGroup,DisassociateFirewallRuleGroup,GetFirewallRuleGroupAssociation,UpdateFirewallRuleGroupAssociation route53resolver:R:A:firewall-rule-group-association/*
route53resolver AssociateResolverEndpointIpAddress,CreateResolverEndpoint,DeleteResolverEndpoint,DisassociateResolverEndpointIpAddress,GetResolverEndpoint,ListResolverEndpointIpAddresses,UpdateResolverEndpoint route53resolver:R:A:resolver-endpoint/*
route53resolver AssociateResolverQueryLogConfig,CreateResolverQueryLogConfig,DeleteResolverQueryLogConfig,DisassociateResolverQueryLogConfig,GetResolverQueryLogConfig route53resolver:R:A:resolver-query-log-config/*
route53resolver AssociateResolverRule,CreateResolverRule,DeleteResolverRule,DisassociateResolverRule,UpdateResolverRule route53resolver:R:A:resolver-rule/*
route53resolver CreateFirewallDomainList,DeleteFirewallDomainList,GetFirewallDomainList,ImportFirewallDomains,UpdateFirewallDomains route53resolver:R:A:firewall-domain-list/*
route53resolver CreateFirewallRule,DeleteFirewallRule,UpdateFirewallRule route53resolver:R:A:firewall-domain-list/* route53resolver:R:A:firewall-rule-group/*
route53resolver CreateFirewallRuleGroup,DeleteFirewallRuleGroup,GetFirewallRuleGroup,ListFirewallRules route53resolver:R:A:firewall-rule-group/*
route53resolver CreateOutpostResolver,DeleteOutpostResolver,GetOutpostResolver,UpdateOutpostResolver route53resolver:R:A:outpost-resolver/*
route53resolver GetResolverConfig,ListResolverConfigs,UpdateResolverConfig route53resolver:R:A:resolver-config/*
route53resolver GetResolverDnssecConfig,ListResolverDnssecConfigs,UpdateResolverDnssecConfig route53resolver:R:A:resolver-dnssec-config/*
route53resolver GetResolverRule,GetResolverRuleAssociation route53resolver:R:A:autodefined-rule/* route53resolver:R:A:resolver-rule/*
route53resolver ListTagsForResource route53resolver:R:A:firewall-domain-list/* route53resolver:R:A:firewall-rule-group-association/* route53resolver:R:A:firewall-rule-group/* route53resolver:R:A:outpost-resolver/* route53resolver:R:A:resolver-endpoint/* route53resolver:R:A:resolver-query-log-config/* route53resolver:R:A:resolver-rule/*
route53resolver TagResource,UntagResource route53resolver:R:A:firewall-config/* route53resolver:R:A:firewall-domain-list/* route53resolver:R:A:firewall-rule-group-association/* route53resolver:R:A:firewall-rule-group/* route53resolver:R:A:outpost-resolver/* route53resolver:R:A:resolver-dnssec-config/* route53resolver:R:A:resolver-endpoint/* route53resolver:R:A:resolver-query-log-config/* route53resolver:R:A:resolver-rule/*
rtbfabric AssociateCertificate,CreateInboundExternalLink,CreateLinkRoutingRule,CreateOutboundExternalLink,DeleteInboundExternalLink,DeleteLink,DeleteLinkRoutingRule,DeleteOutboundExternalLink,DeleteRequesterGateway,DeleteResponderGateway,DisassociateCertificate,GetCertificateAssociation,GetInboundExternalLink,GetLink,GetLinkRoutingRule,GetOutboundExternalLink,GetRequesterGateway,GetResponderGateway,ListCertificateAssociations,ListLinkRoutingRules,ListTagsForResource,TagResource,UntagResource,UpdateLink,UpdateLinkModuleFlow,UpdateLinkRoutingRule,UpdateRequesterGateway,UpdateResponderGateway rtbfabric:R:A:gateway/*
rum BatchCreateRumMetricDefinitions,BatchDeleteRumMetricDefinitions,BatchGetRumMetricDefinitions,CreateAppMonitor,DeleteAppMonitor,DeleteResourcePolicy,DeleteRumMetricsDestination,GetAppMonitor,GetResourcePolicy,ListRumMetricsDestinations,PutResourcePolicy,PutRumMetricsDestination,TagResource,UntagResource,UpdateAppMonitor,UpdateRumMetricDefinition rum:R:A:appmonitor/*
s3 AbortMultipartUpload,DeleteObject,DeleteObjectVersion,DeleteObjectVersionTagging,GetBucketAcl,GetBucketCORS,GetBucketLocation,GetBucketNotification,GetBucketPolicy,GetObject,GetObjectAcl,GetObjectAttributes,GetObjectTagging,GetObjectVersion,GetObjectVersionAttributes,ListBucket,ListBucketVersions,ListMultipartUploadParts,PutObject,PutObjectAcl s3:::* s3:R:A:accesspoint/*
s3 AssociateAccessGrantsIdentityCenter,CreateAccessGrantsInstance,DeleteAccessGrantsInstance,DissociateAccessGrantsIdentityCenter,GetAccessGrantsInstance,ListAccessGrants,ListAccessGrantsLocations s3:R:A:access-grants/default
s3 CreateAccessGrant,DeleteAccessGrant,GetAccessGrant s3:R:A:access-grants/default/grant/*
s3 CreateAccessGrantsLocation,DeleteAccessGrantsLocation,GetAccessGrantsLocation,UpdateAccessGrantsLocation s3:R:A:access-grants/default/location/*
s3 CreateAccessPoint,DeleteAccessPoint,DeleteAccessPointPolicy,GetAccessPointPolicy,PutAccessPointPolicy s3:R:A:accesspoint/*
s3 CreateAccessPointForObjectLambda,DeleteAccessPointForObjectLambda,DeleteAccessPointPolicyForObjectLambda,GetAccessPointConfigurationForObjectLambda,GetAccessPointForObjectLambda,GetAccessPointPolicyForObjectLambda,GetAccessPointPolicyStatusForObjectLambda,PutAccessPointConfigurationForObjectLambda,PutAccessPointPolicyForObjectLambda s3-object-lambda:R:A:accesspoint/*
s3 CreateBucket,CreateBucketMetadataTableConfiguration,DeleteBucket,DeleteBucketMetadataTableConfiguration,DeleteBucketPolicy,DeleteBucketWebsite,GetAccelerateConfiguration,GetAnalyticsConfiguration,GetBucketAbac,GetBucketLogging,GetBucketMetadataTableConfiguration,GetBucketObjectLockConfiguration,GetBucketOwnershipControls,GetBucketPublicAccessBlock,GetBucketTagging,GetBucketVersioning,GetBucketWebsite,GetEncryptionConfiguration,GetIntelligentTieringConfiguration,GetInventoryConfiguration,GetLifecycleConfiguration,GetMetricsConfiguration,GetReplicationConfiguration,ListBucketMultipartUploads,PutAccelerateConfiguration,PutAnalyticsConfiguration,PutBucketAbac,PutBucketAcl,PutBucketCORS,PutBucketLogging,PutBucketNotification,PutBucketObjectLockConfiguration,PutBucketOwnershipControls,PutBucketPolicy,PutBucketPublicAccessBlock,PutBucketTagging,PutBucketVersioning,PutBucketWebsite,PutEncryptionConfiguration,PutIntelligentTieringConfiguration,PutInventoryConfiguration,PutLifecycleConfiguration,PutMetricsConfiguration,PutReplicationConfiguration,UpdateBucketMetadataAnnotationTableConfiguration,UpdateBucketMetadataInventoryTableConfiguration,UpdateBucketMetadataJournalTableConfiguration s3:::*
s3 CreateMultiRegionAccessPoint,DeleteMultiRegionAccessPoint,GetMultiRegionAccessPoint,GetMultiRegionAccessPointPolicy,GetMultiRegionAccessPointPolicyStatus,PutMultiRegionAccessPointPolicy s3::A:accesspoint/*
s3 DeleteStorageLensConfiguration,DeleteStorageLensConfigurationTagging,GetStorageLensConfiguration,GetStorageLensConfigurationTagging,PutStorageLensConfigurationTagging s3:R:A:storage-lens/*
s3 DeleteStorageLensGroup,GetStorageLensGroup,UpdateStorageLensGroup s3:R:A:storage-lens-group/*
s3 DescribeMultiRegionAccessPointOperation s3:us-west-2:A:async-request/mrap/*
s3 ListTagsForResource,TagResource,UntagResource s3:::* s3:R:A:access-grants/default s3:R:A:access-grants/default/grant/* s3:R:A:access-grants/default/location/* s3:R:A:accesspoint/* s3:R:A:storage-lens-group/*
s3-outposts CreateAccessPoint,CreateBucket,CreateEndpoint,DeleteAccessPoint,DeleteAccessPointPolicy,DeleteBucket,DeleteBucketPolicy,DeleteEndpoint,GetAccessPointPolicy,GetBucket,GetBucketPolicy,GetBucketTagging,GetLifecycleConfiguration,PutAccessPointPolicy,PutBucketPolicy,PutBucketTagging,PutLifecycleConfiguration s3-outposts:R:A:outpost/*
s3express CreateAccessPoint,DeleteAccessPoint,DeleteAccessPointPolicy,DeleteAccessPointScope,GetAccessPoint,GetAccessPointPolicy,GetAccessPointScope,PutAccessPointPolicy,PutAccessPointScope s3express:R:A:accesspoint/*
s3express CreateBucket,DeleteBucket,DeleteBucketPolicy,GetBucketPolicy,GetEncryptionConfiguration,GetInventoryConfiguration,GetLifecycleConfiguration,GetMetricsConfiguration,PutBucketPolicy,PutEncryptionConfiguration,PutInventoryConfiguration,PutLifecycleConfiguration,PutMetricsConfiguration s3express:R:A:bucket/*
s3express ListTagsForResource,TagResource,UntagResource s3express:R:A:accesspoint/* s3express:R:A:bucket/*
s3files CreateAccessPoint,CreateMountTarget,DeleteAccessPoint,DeleteFileSystem,DeleteFileSystemPolicy,DeleteMountTarget,GetAccessPoint,GetFileSystem,GetFileSystemPolicy,GetMountTarget,GetSynchronizationConfiguration,ListAccessPoints,ListFileSystems,ListMountTargets,ListTagsForResource,PutFileSystemPolicy,PutSynchronizationConfiguration,TagResource,UntagResource,UpdateMountTarget s3files:R:A:file-system/*
s3tables CreateNamespace,CreateTable,CreateTableBucket,DeleteNamespace,DeleteTable,DeleteTableBucket,DeleteTableBucketEncryption,DeleteTableBucketMetricsConfiguration,DeleteTableBucketPolicy,DeleteTableBucketReplication,DeleteTablePolicy,GetNamespace,GetTable,GetTableBucket,GetTableBucketEncryption,GetTableBucketMaintenanceConfiguration,GetTableBucketMetricsConfiguration,GetTableBucketPolicy,GetTableBucketReplication,GetTableBucketStorageClass,GetTableMaintenanceConfiguration,GetTableMetadataLocation,GetTablePolicy,GetTableStorageClass,ListNamespaces,ListTables,ListTagsForResource,PutTableBucketEncryption,PutTableBucketMaintenanceConfiguration,PutTableBucketMetricsConfiguration,PutTableBucketPolicy,PutTableBucketReplication,PutTableBucketStorageClass,PutTableData,PutTableEncryption,PutTableMaintenanceConfiguration,PutTablePolicy,PutTableStorageClass,RenameTable,TagResource,UntagResource,UpdateTableMetadataLocation s3tables:R:A:bucket/*
s3vectors CreateIndex,CreateVectorBucket,DeleteIndex,DeleteVectorBucket,DeleteVectorBucketPolicy,GetIndex,GetVectorBucket,GetVectorBucketPolicy,ListIndexes,ListTagsForResource,PutVectorBucketPolicy,TagResource,UntagResource s3vectors:R:A:bucket/*
sagemaker AddTags,DeleteTags,ListTags sagemaker:R:A:action/* sagemaker:R:A:ai-benchmark-job/* sagemaker:R:A:ai-recommendation-job/* sagemaker:R:A:ai-workload-config/* sagemaker:R:A:algorithm/* sagemaker:R:A:app-image-config/* sagemaker:R:A:app/* sagemaker:R:A:artifact/* sagemaker:R:A:automl-job/* sagemaker:R:A:cluster-scheduler-config/* sagemaker:R:A:cluster/* sagemaker:R:A:code-repository/* sagemaker:R:A:compilation-job/* sagemaker:R:A:compute-quota/* sagemaker:R:A:context/* sagemaker:R:A:data-quality-job-definition/* sagemaker:R:A:device-fleet/* sagemaker:R:A:domain/* sagemaker:R:A:edge-deployment/* sagemaker:R:A:edge-packaging-job/* sagemaker:R:A:endpoint-config/* sagemaker:R:A:endpoint/* sagemaker:R:A:experiment-trial-component/* sagemaker:R:A:experiment-trial/* sagemaker:R:A:experiment/* sagemaker:R:A:feature-group/* sagemaker:R:A:flow-definition/* sagemaker:R:A:hub-content/* sagemaker:R:A:hub/* sagemaker:R:A:human-task-ui/* sagemaker:R:A:hyper-parameter-tuning-job/* sagemaker:R:A:image/* sagemaker:R:A:inference-component/* sagemaker:R:A:inference-recommendations-job/* sagemaker:R:A:job/* sagemaker:R:A:labeling-job/* sagemaker:R:A:mlflow-app/* sagemaker:R:A:mlflow-tracking-server/* sagemaker:R:A:model-bias-job-definition/* sagemaker:R:A:model-card/* sagemaker:R:A:model-explainability-job-definition/* sagemaker:R:A:model-package-group/* sagemaker:R:A:model-package/* sagemaker:R:A:model-quality-job-definition/* sagemaker:R:A:model/* sagemaker:R:A:monitoring-schedule/* sagemaker:R:A:notebook-instance-lifecycle-config/* sagemaker:R:A:notebook-instance/* sagemaker:R:A:optimization-job/* sagemaker:R:A:partner-app/* sagemaker:R:A:pipeline/* sagemaker:R:A:processing-job/* sagemaker:R:A:project/* sagemaker:R:A:reserved-capacity/* sagemaker:R:A:space/* sagemaker:R:A:studio-lifecycle-config/* sagemaker:R:A:training-job/* sagemaker:R:A:training-plan/* sagemaker:R:A:transform-job/* sagemaker:R:A:user-profile/* sagemaker:R:A:workteam/*
sagemaker BatchAddClusterNodes,BatchDeleteClusterNodes,DeleteCluster,DescribeCluster,UpdateClusterSoftware sagemaker:R:A:cluster/*
sagemaker CreateAIWorkloadConfig,DeleteAIWorkloadConfig,DescribeAIWorkloadConfig sagemaker:R:A:ai-workload-config/*
sagemaker CreateAction,DeleteAction,DescribeAction,UpdateAction sagemaker:R:A:action/*
sagemaker CreateAlgorithm,DeleteAlgorithm,DescribeAlgorithm sagemaker:R:A:algorithm/*
sagemaker CreateApp,DeleteApp,DescribeApp sagemaker:R:A:app/*
sagemaker CreateAppImageConfig,DeleteAppImageConfig,DescribeAppImageConfig,UpdateAppImageConfig sagemaker:R:A:app-image-config/*
sagemaker CreateArtifact,DeleteArtifact,DescribeArtifact,UpdateArtifact sagemaker:R:A:artifact/*
sagemaker CreateCluster,UpdateCluster sagemaker:R:A:cluster/* sagemaker:R:A:reserved-capacity/* sagemaker:R:A:training-plan/*
sagemaker CreateClusterSchedulerConfig sagemaker:R:A:cluster-scheduler-config/* sagemaker:R:A:cluster/*
sagemaker CreateCodeRepository,DeleteCodeRepository,DescribeCodeRepository,UpdateCodeRepository sagemaker:R:A:code-repository/*
sagemaker CreateComputeQuota sagemaker:R:A:cluster/* sagemaker:R:A:compute-quota/*
sagemaker CreateContext,DeleteContext,DescribeContext,UpdateContext sagemaker:R:A:context/*
sagemaker CreateDataQualityJobDefinition,DeleteDataQualityJobDefinition,DescribeDataQualityJobDefinition sagemaker:R:A:data-quality-job-definition/*
sagemaker CreateDeviceFleet,DeleteDeviceFleet,DeregisterDevices,DescribeDevice,DescribeDeviceFleet,RegisterDevices,UpdateDeviceFleet,UpdateDevices sagemaker:R:A:device-fleet/*
sagemaker CreateDomain,DeleteDomain,DescribeDomain,UpdateDomain sagemaker:R:A:domain/*
sagemaker CreateEndpoint,UpdateEndpoint sagemaker:R:A:endpoint-config/* sagemaker:R:A:endpoint/*
sagemaker CreateEndpointConfig,DeleteEndpointConfig,DescribeEndpointConfig sagemaker:R:A:endpoint-config/*
sagemaker CreateExperiment,DeleteExperiment,DescribeExperiment,UpdateExperiment sagemaker:R:A:experiment/*
sagemaker CreateFeatureGroup,DeleteFeatureGroup,DescribeFeatureGroup,UpdateFeatureGroup sagemaker:R:A:feature-group/*
sagemaker CreateHub,DeleteHub,DescribeHub,UpdateHub sagemaker:R:A:hub/*
sagemaker CreateHumanTaskUi,DeleteHumanTaskUi,DescribeHumanTaskUi sagemaker:R:A:human-task-ui/*
sagemaker CreateImage,CreateImageVersion,DeleteImage,DescribeImage,ListImageVersions,UpdateImage sagemaker:R:A:image/*
sagemaker CreateInferenceComponent sagemaker:R:A:endpoint/* sagemaker:R:A:inference-component/*
sagemaker CreateInferenceExperiment,DeleteInferenceExperiment,DescribeInferenceExperiment,StartInferenceExperiment,StopInferenceExperiment,UpdateInferenceExperiment sagemaker:R:A:inference-experiment/*
sagemaker CreateMlflowApp,DeleteMlflowApp,DescribeMlflowApp,UpdateMlflowApp sagemaker:R:A:mlflow-app/*
sagemaker CreateMlflowTrackingServer,DeleteMlflowTrackingServer,DescribeMlflowTrackingServer,UpdateMlflowTrackingServer sagemaker:R:A:mlflow-tracking-server/*
sagemaker CreateModel,DeleteModel,DescribeModel sagemaker:R:A:model/*
sagemaker CreateModelBiasJobDefinition,DeleteModelBiasJobDefinition,DescribeModelBiasJobDefinition sagemaker:R:A:model-bias-job-definition/*
sagemaker CreateModelCard,DeleteModelCard,DescribeModelCard,ListModelCardVersions,UpdateModelCard sagemaker:R:A:model-card/*
sagemaker CreateModelExplainabilityJobDefinition,DeleteModelExplainabilityJobDefinition,DescribeModelExplainabilityJobDefinition sagemaker:R:A:model-explainability-job-definition/*
sagemaker CreateModelPackage,DeleteModelPackage,DescribeModelPackage,ListModelPackages,UpdateModelPackage sagemaker:R:A:model-package/*
sagemaker CreateModelPackageGroup,DeleteModelPackageGroup,DeleteModelPackageGroupPolicy,DescribeModelPackageGroup,GetModelPackageGroupPolicy,PutModelPackageGroupPolicy sagemaker:R:A:model-package-group/*
sagemaker CreateModelQualityJobDefinition,DeleteModelQualityJobDefinition,DescribeModelQualityJobDefinition sagemaker:R:A:model-quality-job-definition/*
sagemaker CreateMonitoringSchedule,DeleteMonitoringSchedule,DescribeMonitoringSchedule,UpdateMonitoringSchedule sagemaker:R:A:monitoring-schedule/*
sagemaker CreateNotebookInstance,DeleteNotebookInstance,DescribeNotebookInstance,StartNotebookInstance,StopNotebookInstance,UpdateNotebookInstance sagemaker:R:A:notebook-instance/*
sagemaker CreateNotebookInstanceLifecycleConfig,DeleteNotebookInstanceLifecycleConfig,DescribeNotebookInstanceLifecycleConfig,UpdateNotebookInstanceLifecycleConfig sagemaker:R:A:notebook-instance-lifecycle-config/*
sagemaker CreatePartnerApp,DeletePartnerApp,DescribePartnerApp,UpdatePartnerApp sagemaker:R:A:partner-app/*
sagemaker CreatePipeline,DeletePipeline,DescribePipeline,UpdatePipeline sagemaker:R:A:pipeline/*
sagemaker CreateProcessingJob,DeleteProcessingJob,DescribeProcessingJob,StopProcessingJob sagemaker:R:A:processing-job/*
sagemaker CreateProject,DeleteProject,DescribeProject sagemaker:R:A:project/*
sagemaker CreateSpace,DeleteSpace,DescribeSpace,UpdateSpace sagemaker:R:A:space/*
sagemaker CreateStudioLifecycleConfig,DeleteStudioLifecycleConfig,DescribeStudioLifecycleConfig sagemaker:R:A:studio-lifecycle-config/*
sagemaker CreateTrainingJob sagemaker:R:A:reserved-capacity/* sagemaker:R:A:training-job/* sagemaker:R:A:training-plan/*
sagemaker CreateTransformJob,DescribeTransformJob sagemaker:R:A:transform-job/*
sagemaker CreateTrialComponent,DeleteTrialComponent,DescribeTrialComponent,UpdateTrialComponent sagemaker:R:A:experiment-trial-component/*
sagemaker CreateUserProfile,DeleteUserProfile,DescribeUserProfile,UpdateUserProfile sagemaker:R:A:user-profile/*
sagemaker CreateWorkforce,DeleteWorkforce,DescribeWorkforce,UpdateWorkforce sagemaker:R:A:workforce/*
sagemaker CreateWorkteam,DeleteWorkteam,DescribeWorkteam,UpdateWorkteam sagemaker:R:A:workteam/*
sagemaker DeleteClusterSchedulerConfig,DescribeClusterSchedulerConfig,UpdateClusterSchedulerConfig sagemaker:R:A:cluster-scheduler-config/*
sagemaker DeleteComputeQuota,DescribeComputeQuota,UpdateComputeQuota sagemaker:R:A:compute-quota/*
sagemaker DeleteEndpoint,DescribeEndpoint sagemaker:R:A:endpoint/*
sagemaker DeleteImageVersion,DescribeImageVersion,UpdateImageVersion sagemaker:R:A:image-version/*
sagemaker DeleteInferenceComponent,DescribeInferenceComponent,UpdateInferenceComponent,UpdateInferenceComponentRuntimeConfig sagemaker:R:A:inference-component/*
sagemaker ListAliases sagemaker:R:A:image-version/* sagemaker:R:A:image/*
scheduler CreateSchedule,DeleteSchedule,GetSchedule,UpdateSchedule scheduler:R:A:schedule/*
scheduler CreateScheduleGroup,DeleteScheduleGroup,GetScheduleGroup,ListTagsForResource,TagResource,UntagResource scheduler:R:A:schedule-group/*
schemas CreateRegistry,DeleteRegistry,DeleteResourcePolicy,DescribeRegistry,GetResourcePolicy,ListRegistries,PutResourcePolicy,UpdateRegistry schemas:R:A:registry/*
schemas CreateSchema,DeleteSchema,DeleteSchemaVersion,DescribeSchema,ListSchemaVersions,ListSchemas,UpdateSchema schemas:R:A:schema/*
schemas DeleteDiscoverer,DescribeDiscoverer,ListDiscoverers,UpdateDiscoverer schemas:R:A:discoverer/*
schemas ListTagsForResource,TagResource,UntagResource schemas:R:A:discoverer/* schemas:R:A:registry/* schemas:R:A:schema/*
scn CreateDataIntegrationFlow,CreateDataLakeDataset,CreateDataLakeNamespace,CreateInstance,CreateSSOApplication,DeleteDataIntegrationFlow,DeleteDataLakeDataset,DeleteDataLakeNamespace,DeleteInstance,DeleteSSOApplication,GetDataIntegrationFlow,GetDataLakeDataset,GetDataLakeNamespace,GetInstance,ListDataIntegrationFlows,ListDataLakeDatasets,ListDataLakeNamespaces,ListInstances,ListTagsForResource,TagResource,UntagResource,UpdateDataIntegrationFlow,UpdateDataLakeDataset,UpdateDataLakeNamespace,UpdateInstance scn:R:A:instance/*
sdb CreateDomain,DeleteDomain,DomainMetadata sdb:R:A:domain/*
secretsmanager CancelRotateSecret,CreateSecret,DeleteResourcePolicy,DeleteSecret,DescribeSecret,GetResourcePolicy,GetSecretValue,ListSecretVersionIds,PutResourcePolicy,PutSecretValue,RemoveRegionsFromReplication,ReplicateSecretToRegions,RotateSecret,TagResource,UntagResource,UpdateSecret secretsmanager:R:A:secret:*
securityagent AddArtifact,BatchDeletePentests,BatchGetAgentSpaces,BatchGetPentests,CreatePentest,DeleteAgentSpace,DeleteArtifact,GetArtifact,ListArtifacts,ListIntegratedResources,ListPentests,UpdateAgentSpace,UpdatePentest securityagent:R:A:agent-space/*
securityagent BatchCreateSecurityRequirements,BatchDeleteSecurityRequirements,BatchGetSecurityRequirements,BatchUpdateSecurityRequirements,DeleteSecurityRequirementPack,GetSecurityRequirementPack,ListSecurityRequirements,UpdateSecurityRequirementPack securityagent:R:A:security-requirement-pack/*
securityagent BatchGetTargetDomains,DeleteTargetDomain,UpdateTargetDomain securityagent:R:A:target-domain/*
securityagent DeleteApplication,GetApplication,UpdateApplication securityagent:R:A:application/*
securityagent DeleteIntegration,GetIntegration securityagent:R:A:integration/*
securityagent ListTagsForResource,TagResource,UntagResource securityagent:R:A:agent-space/* securityagent:R:A:application/* securityagent:R:A:integration/* securityagent:R:A:private-connection/* securityagent:R:A:security-requirement-pack/* securityagent:R:A:target-domain/*
securityagent UpdateIntegratedResources securityagent:R:A:agent-space/* securityagent:R:A:integration/*
securityhub BatchDeleteAutomationRules,BatchGetAutomationRules,BatchUpdateAutomationRules securityhub:R:A:automation-rule/*
securityhub BatchDisableStandards,BatchEnableStandards,CreateActionTarget,CreateInsight,DeleteActionTarget,DeleteInsight,DescribeActionTargets,DescribeHub,DescribeOrganizationConfiguration,DescribeStandardsControls,DisableImportFindingsForProduct,DisableOrganizationAdminAccount,DisableSecurityHub,EnableImportFindingsForProduct,EnableOrganizationAdminAccount,EnableSecurityHub,GetEnabledStandards,GetInsights,ListEnabledProductsForImport,ListOrganizationAdminAccounts,StartConfigurationPolicyAssociation,StartConfigurationPolicyDisassociation,UpdateActionTarget,UpdateInsight,UpdateOrganizationConfiguration,UpdateSecurityHubConfiguration,UpdateStandardsControl securityhub:R:A:hub/default
securityhub DeleteAggregatorV2,GetAggregatorV2,UpdateAggregatorV2 securityhub:R:A:aggregatorv2/*
securityhub DeleteAutomationRuleV2,GetAutomationRuleV2,UpdateAutomationRuleV2 securityhub:R:A:automation-rulev2/*
securityhub DeleteConfigurationPolicy,GetConfigurationPolicy,UpdateConfigurationPolicy securityhub:R:A:configuration-policy/*
securityhub DeleteConnector,GetConnector,UpdateConnector securityhub:R:A:connector/*
securityhub DeleteConnectorV2,GetConnectorV2,UpdateConnectorV2 securityhub:R:A:connectorv2/*
securityhub DeleteFindingAggregator,GetFindingAggregator,UpdateFindingAggregator securityhub:R:A:finding-aggregator/*
securityhub DisableSecurityHubFeatureV2,EnableSecurityHubFeatureV2 securityhub:R:A:hubv2/*
securityhub ListTagsForResource securityhub:R:A:automation-rule/* securityhub:R:A:configuration-policy/* securityhub:R:A:hub/default
securityhub TagResource,UntagResource securityhub:R:A:aggregatorv2/* securityhub:R:A:automation-rule/* securityhub:R:A:automation-rulev2/* securityhub:R:A:configuration-policy/* securityhub:R:A:connector/* securityhub:R:A:connectorv2/* securityhub:R:A:hub/default securityhub:R:A:hubv2/*
securitylake CreateAwsLogSource,CreateCustomLogSource,CreateDataLake,DeleteAwsLogSource,DeleteDataLake,UpdateDataLake securitylake:R:A:data-lake/default
securitylake CreateSubscriberNotification,DeleteSubscriber,DeleteSubscriberNotification,GetSubscriber,UpdateSubscriber,UpdateSubscriberNotification securitylake:R:A:subscriber/*
securitylake ListTagsForResource,TagResource,UntagResource securitylake:R:A:data-lake/default securitylake:R:A:subscriber/*
serverlessrepo CreateCloudFormationTemplate,DeleteApplication,GetApplication,GetCloudFormationTemplate,UpdateApplication serverlessrepo:R:A:applications/*
servicecatalog AcceptPortfolioShare,AssociatePrincipalWithPortfolio,CreatePortfolio,CreatePortfolioShare,DeletePortfolio,DeletePortfolioShare,DescribePortfolio,DescribePortfolioShares,DisassociatePrincipalFromPortfolio,ListPrincipalsForPortfolio,RejectPortfolioShare,UpdatePortfolio,UpdatePortfolioShare catalog:R:A:portfolio/*
servicecatalog AssociateAttributeGroup,DisassociateAttributeGroup,ListTagsForResource,TagResource,UntagResource servicecatalog:R:A:/applications/* servicecatalog:R:A:/attribute-groups/*
servicecatalog AssociateResource,CreateApplication,DeleteApplication,DisassociateResource,GetApplication,ListAssociatedAttributeGroups,ListAssociatedResources,UpdateApplication servicecatalog:R:A:/applications/*
servicecatalog AssociateServiceActionWithProvisioningArtifact,CreateConstraint,CreateProduct,CreateProvisioningArtifact,DeleteProduct,DeleteProvisioningArtifact,DescribeProduct,DescribeProductAsAdmin,DescribeProvisioningArtifact,DisassociateServiceActionFromProvisioningArtifact,ListPortfoliosForProduct,ListProvisioningArtifacts,ListServiceActionsForProvisioningArtifact,ProvisionProduct,UpdateProduct,UpdateProvisioningArtifact catalog:R:A:product/*
servicecatalog AssociateTagOptionWithResource,DisassociateTagOptionFromResource catalog:R:A:portfolio/* catalog:R:A:product/*
servicecatalog CreateAttributeGroup,DeleteAttributeGroup,GetAttributeGroup,UpdateAttributeGroup servicecatalog:R:A:/attribute-groups/*
servicediscovery CreateService,GetOperation servicediscovery:R:A:namespace/* servicediscovery:R:A:service/*
servicediscovery DeleteNamespace,GetNamespace,UpdateHttpNamespace,UpdatePrivateDnsNamespace,UpdatePublicDnsNamespace servicediscovery:R:A:namespace/*
servicediscovery DeleteService,DeleteServiceAttributes,DeregisterInstance,GetInstance,GetService,GetServiceAttributes,ListInstances,RegisterInstance,UpdateService,UpdateServiceAttributes servicediscovery:R:A:service/*
servicequotas GetServiceQuota servicequotas:R:A:*
ses AssociateEmailIdentityCertificate,CreateEmailIdentity,DeleteEmailIdentity,DisassociateEmailIdentityCertificate,GetEmailIdentity,ListEmailIdentityCertificates,PutEmailIdentityDkimAttributes,PutEmailIdentityDkimSigningAttributes,PutEmailIdentityFeedbackAttributes,PutEmailIdentityMailFromAttributes ses:R:A:identity/*
ses CreateAddonInstance,DeleteAddonInstance,GetAddonInstance ses:R:A:addon-instance/*
ses CreateAddonSubscription,DeleteAddonSubscription,GetAddonSubscription ses:R:A:addon-subscription/*
ses CreateAddressList,DeleteAddressList,GetAddressList ses:R:A:mailmanager-address-list/*
ses CreateArchive,DeleteArchive,GetArchive,UpdateArchive ses:R:A:mailmanager-archive/*
ses CreateConfigurationSet ses:R:A:configuration-set/* ses:R:A:dedicated-ip-pool/* ses:R:A:mailmanager-archive/*
ses CreateConfigurationSetEventDestination,DeleteConfigurationSet,DeleteConfigurationSetEventDestination,GetConfigurationSet,GetConfigurationSetEventDestinations,PutConfigurationSetReputationOptions,PutConfigurationSetSendingOptions,PutConfigurationSetSuppressionOptions,PutConfigurationSetTrackingOptions,PutConfigurationSetVdmOptions,UpdateConfigurationSetEventDestination ses:R:A:configuration-set/*
ses CreateContactList,DeleteContactList,GetContactList,UpdateContactList ses:R:A:contact-list/*
ses CreateCustomVerificationEmailTemplate,DeleteCustomVerificationEmailTemplate,GetCustomVerificationEmailTemplate,UpdateCustomVerificationEmailTemplate ses:R:A:custom-verification-email-template/*
ses CreateDedicatedIpPool,DeleteDedicatedIpPool,GetDedicatedIpPool,GetDedicatedIps,PutDedicatedIpPoolScalingAttributes ses:R:A:dedicated-ip-pool/*
ses CreateEmailTemplate,DeleteEmailTemplate,GetEmailTemplate,UpdateEmailTemplate ses:R:A:template/*
ses CreateIngressPoint,DeleteIngressPoint,GetIngressPoint,UpdateIngressPoint ses:R:A:mailmanager-ingress-point/*
ses CreateRelay,DeleteRelay,GetRelay,UpdateRelay ses:R:A:mailmanager-smtp-relay/*
ses CreateRuleSet,DeleteRuleSet,GetRuleSet,UpdateRuleSet ses:R:A:mailmanager-rule-set/*
ses CreateTenant,DeleteTenant,GetReputationEntity,GetTenant,ListTenantResources,PutTenantSuppressionAttributes ses:R:A:tenant/*
ses CreateTenantResourceAssociation,DeleteTenantResourceAssociation ses:R:A:configuration-set/* ses:R:A:identity/* ses:R:A:template/* ses:R:A:tenant/*
ses CreateTrafficPolicy,DeleteTrafficPolicy,GetTrafficPolicy,UpdateTrafficPolicy ses:R:A:mailmanager-traffic-policy/*
ses DeleteMultiRegionEndpoint,GetMultiRegionEndpoint ses:R:A:multi-region-endpoint/*
ses ListTagsForResource ses:R:A:addon-instance/* ses:R:A:addon-subscription/* ses:R:A:configuration-set/* ses:R:A:contact-list/* ses:R:A:custom-verification-email-template/* ses:R:A:dedicated-ip-pool/* ses:R:A:deliverability-test-report/* ses:R:A:identity/* ses:R:A:mailmanager-archive/* ses:R:A:mailmanager-ingress-point/* ses:R:A:mailmanager-rule-set/* ses:R:A:mailmanager-smtp-relay/* ses:R:A:mailmanager-traffic-policy/* ses:R:A:template/* ses:R:A:tenant/*
ses PutConfigurationSetArchivingOptions ses:R:A:configuration-set/* ses:R:A:mailmanager-archive/*
ses PutConfigurationSetDeliveryOptions ses:R:A:configuration-set/* ses:R:A:dedicated-ip-pool/*
ses PutEmailIdentityConfigurationSetAttributes ses:R:A:configuration-set/* ses:R:A:identity/*
ses TagResource,UntagResource ses:R:A:addon-instance/* ses:R:A:addon-subscription/* ses:R:A:configuration-set/* ses:R:A:contact-list/* ses:R:A:custom-verification-email-template/* ses:R:A:dedicated-ip-pool/* ses:R:A:deliverability-test-report/* ses:R:A:identity/* ses:R:A:mailmanager-address-list/* ses:R:A:mailmanager-archive/* ses:R:A:mailmanager-ingress-point/* ses:R:A:mailmanager-rule-set/* ses:R:A:mailmanager-smtp-relay/* ses:R:A:mailmanager-traffic-policy/* ses:R:A:template/* ses:R:A:tenant/*
ses UpdateReputationEntityPolicy ses:R:A:tenant/* ses:R:aws:reputation-policy/*
shield AssociateHealthCheck,DeleteProtection,DescribeProtection,DisassociateHealthCheck shield::A:protection/*
shield DeleteProtectionGroup,DescribeProtectionGroup,UpdateProtectionGroup shield::A:protection-group/*
shield ListTagsForResource,TagResource,UntagResource shield::A:protection-group/* shield::A:protection/*
signer AddProfilePermission,CancelSigningProfile,GetSigningProfile,ListProfilePermissions,RemoveProfilePermission,TagResource,UntagResource signer:R:A:/signing-profiles/*
simspaceweaver DeleteSimulation,DescribeSimulation,StopSimulation simspaceweaver:R:A:simulation/*
sms-voice AssociateOriginationIdentity,DisassociateOriginationIdentity sms-voice:R:A:phone-number/* sms-voice:R:A:pool/* sms-voice:R:A:rcs-agent/* sms-voice:R:A:sender-id/*
sms-voice AssociateProtectConfiguration,DisassociateProtectConfiguration sms-voice:R:A:configuration-set/* sms-voice:R:A:protect-configuration/*
sms-voice CreateEventDestination,DeleteConfigurationSet,DeleteDefaultSenderId,DeleteEventDestination,DescribeConfigurationSets,SetDefaultMessageFeedbackEnabled,SetDefaultSenderId,UpdateEventDestination sms-voice:R:A:configuration-set/*
sms-voice CreatePool sms-voice:R:A:phone-number/* sms-voice:R:A:sender-id/*
sms-voice DeleteKeyword,DescribeKeywords,PutKeyword sms-voice:R:A:phone-number/* sms-voice:R:A:pool/*
sms-voice DeleteNotifyConfiguration,DescribeNotifyConfigurations,UpdateNotifyConfiguration sms-voice:R:A:notify-configuration/*
sms-voice DeleteOptOutList,DescribeOptOutLists sms-voice:R:A:opt-out-list/*
sms-voice DeletePool,DescribePools,ListPoolOriginationIdentities sms-voice:R:A:pool/*
sms-voice DeleteProtectConfiguration,DescribeProtectConfigurations,GetProtectConfigurationCountryRuleSet,UpdateProtectConfiguration,UpdateProtectConfigurationCountryRuleSet sms-voice:R:A:protect-configuration/*
sms-voice DeleteRcsAgent,DescribeRcsAgents,UpdateRcsAgent sms-voice:R:A:rcs-agent/*
sms-voice DeleteRegistration,DescribeRegistrations sms-voice:R:A:registration/*
sms-voice DeleteRegistrationAttachment,DescribeRegistrationAttachments sms-voice:R:A:registration-attachment/*
sms-voice DeleteResourcePolicy,GetResourcePolicy,PutResourcePolicy sms-voice:R:A:opt-out-list/* sms-voice:R:A:phone-number/* sms-voice:R:A:pool/* sms-voice:R:A:sender-id/*
sms-voice DeleteVerifiedDestinationNumber,DescribeVerifiedDestinationNumbers sms-voice:R:A:verified-destination-number/*
sms-voice DescribePhoneNumbers,ReleasePhoneNumber sms-voice:R:A:phone-number/*
sms-voice DescribeSenderIds,ReleaseSenderId,UpdateSenderId sms-voice:R:A:sender-id/*
sms-voice ListTagsForResource,TagResource,UntagResource sms-voice:R:A:configuration-set/* sms-voice:R:A:notify-configuration/* sms-voice:R:A:opt-out-list/* sms-voice:R:A:phone-number/* sms-voice:R:A:pool/* sms-voice:R:A:protect-configuration/* sms-voice:R:A:rcs-agent/* sms-voice:R:A:registration-attachment/* sms-voice:R:A:registration/* sms-voice:R:A:sender-id/* sms-voice:R:A:verified-destination-number/*
sms-voice RequestPhoneNumber sms-voice:R:A:opt-out-list/* sms-voice:R:A:pool/* sms-voice:R:A:registration/*
sms-voice UpdatePhoneNumber sms-voice:R:A:opt-out-list/* sms-voice:R:A:phone-number/*
sms-voice UpdatePool sms-voice:R:A:opt-out-list/* sms-voice:R:A:pool/*
sns CreateTopic,DeleteTopic,GetDataProtectionPolicy,GetSubscriptionAttributes,GetTopicAttributes,ListSubscriptionsByTopic,ListTagsForResource,Publish,PutDataProtectionPolicy,SetSubscriptionAttributes,SetTopicAttributes,Subscribe,TagResource,Unsubscribe,UntagResource sns:R:A:*
social-messaging GetLinkedWhatsAppBusinessAccountPhoneNumber social-messaging:R:A:phone-number-id/*
social-messaging TagResource social-messaging:R:A:phone-number-id/* social-messaging:R:A:waba/*
sqs AddPermission,CreateQueue,DeleteQueue,GetQueueAttributes,GetQueueUrl,ListQueueTags,SetQueueAttributes,TagQueue,UntagQueue sqs:R:A:*
ssm AddTagsToResource,RemoveTagsFromResource ec2:R:A:instance/* ecs:R:A:task/* ssm:R:A:association/* ssm:R:A:automation-execution/* ssm:R:A:cloud-connector/* ssm:R:A:document/* ssm:R:A:maintenancewindow/* ssm:R:A:managed-instance/* ssm:R:A:opsitem/* ssm:R:A:opsmetadata/* ssm:R:A:parameter/* ssm:R:A:patchbaseline/*
ssm CreateAssociation,UpdateAssociation ec2:R:A:instance/* ssm:R:A:association/* ssm:R:A:document/* ssm:R:A:managed-instance/*
ssm CreateCloudConnector,DeleteCloudConnector,GetCloudConnector,UpdateCloudConnector ssm:R:A:cloud-connector/*
ssm CreateDocument,DeleteDocument,DescribeDocument,GetCalendarState,GetDocument,UpdateDocument,UpdateDocumentDefaultVersion ssm:R:A:document/*
ssm CreateResourceDataSync,DeleteResourceDataSync,UpdateResourceDataSync ssm:R:A:resource-data-sync/*
ssm DeleteAssociation,DescribeAssociation,DescribeAssociationExecutionTargets,DescribeAssociationExecutions,StartAssociationsOnce ssm:R:A:association/*
ssm DeleteMaintenanceWindow,DescribeMaintenanceWindowTargets,DescribeMaintenanceWindowTasks,GetMaintenanceWindow,GetMaintenanceWindowTask,RegisterTargetWithMaintenanceWindow,RegisterTaskWithMaintenanceWindow,UpdateMaintenanceWindow ssm:R:A:maintenancewindow/*
ssm DeleteOpsItem,GetOpsItem,UpdateOpsItem ssm:R:A:opsitem/*
ssm DeleteParameter,GetParameter,GetParameters,PutParameter ssm:R:A:parameter/*
ssm DeletePatchBaseline,DeregisterPatchBaselineForPatchGroup,GetDefaultPatchBaseline,GetPatchBaseline,RegisterDefaultPatchBaseline,RegisterPatchBaselineForPatchGroup,UpdatePatchBaseline ssm:R:A:patchbaseline/*
ssm DeleteResourcePolicy,GetResourcePolicies,PutResourcePolicy ssm:R:A:document/* ssm:R:A:opsitemgroup/default ssm:R:A:parameter/*
ssm DeregisterTargetFromMaintenanceWindow,UpdateMaintenanceWindowTarget ssm:R:A:maintenancewindow/* ssm:R:A:windowtarget/*
ssm DeregisterTaskFromMaintenanceWindow,UpdateMaintenanceWindowTask ssm:R:A:maintenancewindow/* ssm:R:A:windowtask/*
ssm GetAutomationExecution ssm:R:A:automation-execution/*
ssm GetServiceSetting,ResetServiceSetting,UpdateServiceSetting ssm:R:A:servicesetting/*
ssm ListTagsForResource ssm:R:A:association/* ssm:R:A:automation-execution/* ssm:R:A:cloud-connector/* ssm:R:A:document/* ssm:R:A:maintenancewindow/* ssm:R:A:managed-instance/* ssm:R:A:opsitem/* ssm:R:A:opsmetadata/* ssm:R:A:parameter/* ssm:R:A:patchbaseline/*
ssm SendCommand ec2:R:A:instance/* s3:::* ssm:R:A:document/* ssm:R:A:managed-instance/*
ssm StartAutomationExecution ssm:R:A:* ssm:R:A:automation-execution/* ssm:R:A:document/*
ssm StartSession ec2:R:A:instance/* ecs:R:A:task/* ssm:R:A:document/* ssm:R:A:managed-instance/*
ssm-contacts AssociateContact,CreateContact,CreateContactChannel,DeleteContact,GetContact,ListContactChannels,UpdateContact ssm-contacts:R:A:contact/*
ssm-contacts CreateRotation,DeleteRotation,GetRotation,UpdateRotation ssm-contacts:R:A:rotation/*
ssm-contacts DeleteContactChannel,GetContactChannel,UpdateContactChannel ssm-contacts:R:A:contactchannel/*
ssm-contacts ListTagsForResource,TagResource,UntagResource ssm-contacts:R:A:contact/* ssm-contacts:R:A:rotation/*
ssm-incidents DeleteReplicationSet,GetReplicationSet,UpdateDeletionProtection,UpdateReplicationSet ssm-incidents::A:replication-set/*
ssm-incidents DeleteResponsePlan,GetResponsePlan,UpdateResponsePlan ssm-incidents::A:response-plan/*
ssm-incidents ListTagsForResource,TagResource,UntagResource ssm-incidents::A:incident-record/* ssm-incidents::A:replication-set/* ssm-incidents::A:response-plan/*
ssm-quicksetup CreateConfigurationManager,DeleteConfigurationManager,GetConfigurationManager,TagResource,UntagResource,UpdateConfigurationDefinition,UpdateConfigurationManager ssm-quicksetup:R:A:configuration-manager/*
ssm-sap DeregisterApplication,TagResource,UntagResource ssm-sap:R:A:*
sso AttachCustomerManagedPolicyReferenceToPermissionSet,AttachManagedPolicyToPermissionSet,CreatePermissionSet,DeleteInlinePolicyFromPermissionSet,DeletePermissionSet,DeletePermissionsBoundaryFromPermissionSet,DescribePermissionSet,DetachCustomerManagedPolicyReferenceFromPermissionSet,DetachManagedPolicyFromPermissionSet,GetInlinePolicyForPermissionSet,GetPermissionsBoundaryForPermissionSet,ListCustomerManagedPolicyReferencesInPermissionSet,ListManagedPoliciesInPermissionSet,PutInlinePolicyToPermissionSet,PutPermissionsBoundaryToPermissionSet,UpdatePermissionSet sso:::instance/* sso:::permissionSet/*
sso CreateAccountAssignment,DeleteAccountAssignment,ListAccountAssignments,ProvisionPermissionSet sso:::account/* sso:::instance/* sso:::permissionSet/*
sso CreateApplication sso::*:application/* sso:::instance/* sso::aws:applicationProvider/*
sso CreateApplicationAssignment,DeleteApplication,DeleteApplicationAccessScope,DeleteApplicationAssignment,DeleteApplicationAuthenticationMethod,DeleteApplicationGrant,DescribeApplication,DescribeApplicationAssignment,GetApplicationAccessScope,GetApplicationAuthenticationMethod,GetApplicationGrant,ListApplicationAccessScopes,ListApplicationAssignments,ListApplicationAuthenticationMethods,ListApplicationGrants,PutApplicationAccessScope,PutApplicationAssignmentConfiguration,PutApplicationAuthenticationMethod,PutApplicationGrant,PutApplicationSessionConfiguration,UpdateApplication sso::*:application/*
sso CreateInstance,CreateInstanceAccessControlAttributeConfiguration,DeleteInstance,DeleteInstanceAccessControlAttributeConfiguration,DescribeAccountAssignmentCreationStatus,DescribeAccountAssignmentDeletionStatus,DescribeInstance,DescribeInstanceAccessControlAttributeConfiguration,DescribePermissionSetProvisioningStatus,DescribeRegion,ListPermissionSets,UpdateInstance,UpdateInstanceAccessControlAttributeConfiguration sso:::instance/*
sso DescribeTrustedTokenIssuer sso::*:trustedTokenIssuer/*
sso ListTagsForResource,TagResource,UntagResource sso::*:application/* sso::*:trustedTokenIssuer/* sso:::instance/* sso:::permissionSet/*
states CreateActivity,DeleteActivity,DescribeActivity states:R:A:activity:*
states CreateStateMachine,CreateStateMachineAlias,DeleteStateMachine,DeleteStateMachineAlias,DeleteStateMachineVersion,DescribeStateMachine,DescribeStateMachineAlias,ListStateMachineAliases,ListStateMachineVersions,PublishStateMachineVersion,UpdateStateMachine,UpdateStateMachineAlias states:R:A:stateMachine:*
states ListTagsForResource,TagResource,UntagResource states:R:A:activity:* states:R:A:stateMachine:*
storagegateway AddTagsToResource,RemoveTagsFromResource storagegateway:R:A:fs-association/* storagegateway:R:A:gateway/* storagegateway:R:A:share/* storagegateway:R:A:tape/* storagegateway:R:A:tapepool/*
storagegateway CreateCachediSCSIVolume,CreateNFSFileShare,CreateSMBFileShare,DeleteVolume,DescribeCachediSCSIVolumes,DescribeTapes storagegateway:R:A:gateway/*
storagegateway CreateTapeWithBarcode storagegateway:R:A:gateway/* storagegateway:R:A:tapepool/*
storagegateway DeleteFileShare,DescribeNFSFileShares,DescribeSMBFileShares,UpdateNFSFileShare,UpdateSMBFileShare storagegateway:R:A:share/*
storagegateway DeleteTape storagegateway:R:A:gateway/* storagegateway:R:A:tape/*
storagegateway DeleteTapePool storagegateway:R:A:tapepool/*
storagegateway ListTagsForResource storagegateway:R:A:gateway/* storagegateway:R:A:share/* storagegateway:R:A:tape/*
sts AssumeRole iam::A:role/*
supportauthz DeleteSupportPermit,GetSupportPermit,ListTagsForResource,TagResource,UntagResource supportauthz:R:A:supportpermit/*
synthetics AssociateResource,DeleteGroup,DisassociateResource,GetGroup,ListGroupResources synthetics:R:A:group:*
synthetics DeleteCanary,GetCanary,GetCanaryRuns,StartCanary,StartCanaryDryRun,StopCanary,UpdateCanary synthetics:R:A:canary:*
synthetics ListTagsForResource,TagResource,UntagResource synthetics:R:A:canary:* synthetics:R:A:group:*
textract DeleteAdapter,GetAdapter,TagResource,UntagResource,UpdateAdapter textract:R:A:/adapters/*
thinclient DeleteEnvironment,GetEnvironment,UpdateEnvironment thinclient:R:A:environment/*
thinclient ListTagsForResource,TagResource,UntagResource thinclient:R:A:device/* thinclient:R:A:environment/* thinclient:R:A:softwareset/*
timestream CreateDatabase,CreateTable,DeleteDatabase,DeleteTable,DescribeDatabase,DescribeTable,ListTables,UpdateDatabase,UpdateTable timestream:R:A:database/*
timestream DeleteScheduledQuery,DescribeScheduledQuery,UpdateScheduledQuery timestream:R:A:scheduled-query/*
timestream ListTagsForResource,TagResource,UntagResource timestream:R:A:database/* timestream:R:A:scheduled-query/*
timestream-influxdb CreateDbBackup,DeleteDbBackup,GetDbBackup timestream-influxdb:R:A:db-backup/*
timestream-influxdb CreateDbCluster,CreateDbInstance,GetDbParameterGroup timestream-influxdb:R:A:db-parameter-group/*
timestream-influxdb DeleteDbCluster,GetDbCluster timestream-influxdb:R:A:db-cluster/*
timestream-influxdb DeleteDbInstance,GetDbInstance timestream-influxdb:R:A:db-instance/*
timestream-influxdb ListTagsForResource,TagResource,UntagResource timestream-influxdb:R:A:db-backup/* timestream-influxdb:R:A:db-cluster/* timestream-influxdb:R:A:db-instance/* timestream-influxdb:R:A:db-parameter-group/*
timestream-influxdb UpdateDbCluster timestream-influxdb:R:A:db-cluster/* timestream-influxdb:R:A:db-parameter-group/*
timestream-influxdb UpdateDbInstance timestream-influxdb:R:A:db-instance/* timestream-influxdb:R:A:db-parameter-group/*
transcribe DeleteCallAnalyticsCategory,GetCallAnalyticsCategory,UpdateCallAnalyticsCategory transcribe:R:A:analytics-category/*
transcribe DeleteMedicalVocabulary,GetMedicalVocabulary,UpdateMedicalVocabulary transcribe:R:A:medical-vocabulary/*
transcribe DeleteVocabulary,GetVocabulary,UpdateVocabulary transcribe:R:A:vocabulary/*
transcribe DeleteVocabularyFilter,GetVocabularyFilter,UpdateVocabularyFilter transcribe:R:A:vocabulary-filter/*
transfer CreateAgreement,CreateUser,DeleteServer,DescribeServer,ImportHostKey,ListAgreements,ListHostKeys,ListUsers,StartServer,StopServer,UpdateServer transfer:R:A:server/*
transfer CreateConnector,DeleteProfile,DescribeProfile,UpdateProfile transfer:R:A:profile/*
transfer DeleteAgreement,DescribeAgreement,UpdateAgreement transfer:R:A:agreement/*
transfer DeleteCertificate,DescribeCertificate,UpdateCertificate transfer:R:A:certificate/*
transfer DeleteConnector,DescribeConnector transfer:R:A:connector/*
transfer DeleteHostKey,DescribeHostKey,ExportHostKey,UpdateHostKey transfer:R:A:host-key/*
transfer DeleteSshPublicKey,DeleteUser,DescribeUser,ImportSshPublicKey,UpdateUser transfer:R:A:user/*
transfer DeleteWebApp,DeleteWebAppCustomization,DescribeWebApp,DescribeWebAppCustomization,UpdateWebApp,UpdateWebAppCustomization transfer:R:A:webapp/*
transfer DeleteWorkflow,DescribeWorkflow transfer:R:A:workflow/*
transfer ListTagsForResource transfer:R:A:agreement/* transfer:R:A:certificate/* transfer:R:A:connector/* transfer:R:A:host-key/* transfer:R:A:profile/* transfer:R:A:server/* transfer:R:A:user/* transfer:R:A:workflow/*
transfer TagResource,UnTagResource transfer:R:A:agreement/* transfer:R:A:certificate/* transfer:R:A:connector/* transfer:R:A:host-key/* transfer:R:A:profile/* transfer:R:A:server/* transfer:R:A:user/* transfer:R:A:webapp/* transfer:R:A:workflow/*
transfer UpdateConnector transfer:R:A:connector/* transfer:R:A:profile/*
translate CreateParallelData,DeleteParallelData,GetParallelData,UpdateParallelData translate:R:A:parallel-data/*
translate DeleteTerminology,GetTerminology,ImportTerminology translate:R:A:terminology/*
translate ListTagsForResource,TagResource,UntagResource translate:R:A:parallel-data/* translate:R:A:terminology/*
verifiedpermissions CreateIdentitySource,CreatePolicy,CreatePolicyTemplate,DeleteIdentitySource,DeletePolicy,DeletePolicyStore,DeletePolicyTemplate,GetIdentitySource,GetPolicy,GetPolicyStore,GetPolicyTemplate,GetSchema,ListIdentitySources,ListPolicies,ListPolicyTemplates,ListTagsForResource,PutSchema,TagResource,UntagResource,UpdateIdentitySource,UpdatePolicy,UpdatePolicyStore,UpdatePolicyTemplate verifiedpermissions::A:policy-store/*
verifiedpermissions CreatePolicyStoreAlias verifiedpermissions::A:policy-store/* verifiedpermissions:R:A:policy-store-alias/*
verifiedpermissions DeletePolicyStoreAlias,GetPolicyStoreAlias verifiedpermissions:R:A:policy-store-alias/*
voiceid DeleteDomain,DescribeDomain,ListTagsForResource,TagResource,UntagResource,UpdateDomain voiceid:R:A:domain/*
vpc-lattice CreateAccessLogSubscription vpc-lattice:R:A:accesslogsubscription/* vpc-lattice:R:A:resourceconfiguration/* vpc-lattice:R:A:service/* vpc-lattice:R:A:servicenetwork/*
vpc-lattice CreateListener,CreateRule,CreateService,DeleteListener,DeleteRule,DeleteService,GetListener,GetRule,GetService,UpdateListener,UpdateRule,UpdateService vpc-lattice:R:A:service/*
vpc-lattice CreateResourceConfiguration vpc-lattice:R:A:domainverification/* vpc-lattice:R:A:resourceconfiguration/* vpc-lattice:R:A:resourcegateway/*
vpc-lattice CreateResourceGateway,DeleteResourceGateway,GetResourceGateway,UpdateResourceGateway vpc-lattice:R:A:resourcegateway/*
vpc-lattice CreateServiceNetwork,DeleteServiceNetwork,GetServiceNetwork,UpdateServiceNetwork vpc-lattice:R:A:servicenetwork/*
vpc-lattice CreateServiceNetworkResourceAssociation vpc-lattice:R:A:resourceconfiguration/* vpc-lattice:R:A:servicenetwork/* vpc-lattice:R:A:servicenetworkresourceassociation/*
vpc-lattice CreateServiceNetworkServiceAssociation vpc-lattice:R:A:service/* vpc-lattice:R:A:servicenetwork/* vpc-lattice:R:A:servicenetworkserviceassociation/*
vpc-lattice CreateServiceNetworkVpcAssociation vpc-lattice:R:A:servicenetwork/* vpc-lattice:R:A:servicenetworkvpcassociation/*
vpc-lattice CreateTargetGroup,DeleteTargetGroup,DeregisterTargets,GetTargetGroup,ListTargets,RegisterTargets,UpdateTargetGroup vpc-lattice:R:A:targetgroup/*
vpc-lattice DeleteAccessLogSubscription,GetAccessLogSubscription,UpdateAccessLogSubscription vpc-lattice:R:A:accesslogsubscription/*
vpc-lattice DeleteAuthPolicy,GetAuthPolicy,PutAuthPolicy vpc-lattice:R:A:service/* vpc-lattice:R:A:servicenetwork/*
vpc-lattice DeleteDomainVerification,GetDomainVerification,StartDomainVerification vpc-lattice:R:A:domainverification/*
vpc-lattice DeleteResourceConfiguration,GetResourceConfiguration,UpdateResourceConfiguration vpc-lattice:R:A:resourceconfiguration/*
vpc-lattice DeleteResourcePolicy,GetResourcePolicy,PutResourcePolicy vpc-lattice:R:A:resourceconfiguration/* vpc-lattice:R:A:service/* vpc-lattice:R:A:servicenetwork/*
vpc-lattice DeleteServiceNetworkResourceAssociation,GetServiceNetworkResourceAssociation vpc-lattice:R:A:servicenetworkresourceassociation/*
vpc-lattice DeleteServiceNetworkServiceAssociation,GetServiceNetworkServiceAssociation vpc-lattice:R:A:servicenetworkserviceassociation/*
vpc-lattice DeleteServiceNetworkVpcAssociation,GetServiceNetworkVpcAssociation,UpdateServiceNetworkVpcAssociation vpc-lattice:R:A:servicenetworkvpcassociation/*
vpc-lattice TagResource,UntagResource vpc-lattice:R:A:accesslogsubscription/* vpc-lattice:R:A:domainverification/* vpc-lattice:R:A:resourceconfiguration/* vpc-lattice:R:A:resourceendpointassociation/* vpc-lattice:R:A:resourcegateway/* vpc-lattice:R:A:service/* vpc-lattice:R:A:servicenetwork/* vpc-lattice:R:A:servicenetworkresourceassociation/* vpc-lattice:R:A:servicenetworkserviceassociation/* vpc-lattice:R:A:servicenetworkvpcassociation/* vpc-lattice:R:A:targetgroup/*
vpce AllowMultiRegion ec2:R:A:vpc-endpoint-service/* ec2:R:A:vpc-endpoint/*
wafv2 AssociateWebACL,GetWebACLForResource amplify:R:A:apps/* apigateway:R::/restapis/* apprunner:R:A:service/* appsync:R:A:apis/* bedrock-agentcore:R:A:gateway/* cognito-idp:R:A:userpool/* ec2:R:A:verified-access-instance/* elasticloadbalancing:R:A:loadbalancer/app/* wafv2:R:A:*
wafv2 CreateIPSet,CreateRegexPatternSet,CreateRuleGroup,CreateWebACL,DeleteIPSet,DeleteLoggingConfiguration,DeleteRegexPatternSet,DeleteRuleGroup,DeleteWebACL,GetIPSet,GetLoggingConfiguration,GetPermissionPolicy,GetRegexPatternSet,GetRuleGroup,GetWebACL,ListTagsForResource,PutLoggingConfiguration,PutPermissionPolicy,TagResource,UntagResource,UpdateIPSet,UpdateRegexPatternSet,UpdateRuleGroup,UpdateWebACL wafv2:R:A:*
wafv2 DisassociateWebACL amplify:R:A:apps/* apigateway:R::/restapis/* apprunner:R:A:service/* appsync:R:A:apis/* bedrock-agentcore:R:A:gateway/* cognito-idp:R:A:userpool/* ec2:R:A:verified-access-instance/* elasticloadbalancing:R:A:loadbalancer/app/*
wellarchitected CreateAgentContext,CreateAgentGoal,DeleteAgentContext,DeleteAgentGoal,DeleteAgentProfile,GetAgentContext,GetAgentGoal,GetAgentProfile,ListAgentContexts,ListAgentGoals,UpdateAgentContext,UpdateAgentGoal,UpdateAgentProfile wellarchitected:R:A:agent-profile/*
wellarchitected CreateLensVersion,DeleteLens,GetLens wellarchitected:R:A:lens/*
wellarchitected DeleteProfile,GetProfile,UpdateProfile wellarchitected:R:A:profile/*
wellarchitected DeleteReviewTemplate,GetReviewTemplate,UpdateReviewTemplate wellarchitected:R:A:review-template/*
wellarchitected DeleteWorkload,GetWorkload,UpdateWorkload wellarchitected:R:A:workload/*
wellarchitected ListTagsForResource,TagResource,UntagResource wellarchitected:R:A:agent-profile/* wellarchitected:R:A:agent-recommendation/* wellarchitected:R:A:lens/* wellarchitected:R:A:profile/* wellarchitected:R:A:review-template/* wellarchitected:R:A:workload/*
wickr CreateNetwork,DeleteNetwork,GetNetwork wickr:R:A:network/*
wisdom CreateAIAgentVersion,DeleteAIAgent,DeleteAIAgentVersion,GetAIAgent,ListAIAgentVersions,UpdateAIAgent wisdom:R:A:ai-agent/*
wisdom CreateAIGuardrailVersion,DeleteAIGuardrail,DeleteAIGuardrailVersion,GetAIGuardrail,ListAIGuardrailVersions,UpdateAIGuardrail wisdom:R:A:ai-guardrail/*
wisdom CreateAIPromptVersion,DeleteAIPrompt,DeleteAIPromptVersion,GetAIPrompt,ListAIPromptVersions,UpdateAIPrompt wisdom:R:A:ai-prompt/*
wisdom CreateContent,CreateMessageTemplate,DeleteKnowledgeBase,GetKnowledgeBase,ListContents,ListMessageTemplates,ListQuickResponses wisdom:R:A:knowledge-base/*
wisdom CreateContentAssociation,DeleteContent,GetContent,ListContentAssociations,UpdateContent wisdom:R:A:content/*
wisdom CreateMessageTemplateAttachment,CreateMessageTemplateVersion,DeleteMessageTemplate,DeleteMessageTemplateAttachment,GetMessageTemplate,ListMessageTemplateVersions,UpdateMessageTemplate,UpdateMessageTemplateMetadata wisdom:R:A:message-template/*
wisdom DeleteAssistant,GetAssistant wisdom:R:A:assistant/*
wisdom DeleteAssistantAssociation,GetAssistantAssociation wisdom:R:A:association/*
wisdom DeleteContentAssociation,GetContentAssociation wisdom:R:A:content-association/* wisdom:R:A:content/*
wisdom DeleteQuickResponse,GetQuickResponse,UpdateQuickResponse wisdom:R:A:quick-response/*
wisdom TagResource,UntagResource wisdom:R:A:assistant/* wisdom:R:A:association/* wisdom:R:A:content-association/* wisdom:R:A:content/* wisdom:R:A:knowledge-base/* wisdom:R:A:message-template/* wisdom:R:A:quick-response/* wisdom:R:A:session/*
workmail AllowVendedLogDeliveryForResource workmail:R:A:organization/*
workspaces AssociateIpGroups,DisassociateIpGroups workspaces:R:A:directory/* workspaces:R:A:workspaceipgroup/*
workspaces AuthorizeIpRules,DeleteIpGroup,DescribeIpGroups,RevokeIpRules,UpdateRulesOfIpGroup workspaces:R:A:workspaceipgroup/*
workspaces CreateWorkspaces workspaces:R:A:directory/* workspaces:R:A:workspace/* workspaces:R:A:workspacebundle/*
workspaces CreateWorkspacesPool workspaces:R:A:directory/* workspaces:R:A:workspacebundle/* workspaces:R:A:workspacespool/*
workspaces DeleteConnectionAlias workspaces:R:A:connectionalias/*
workspaces DeregisterWorkspaceDirectory,ModifyCertificateBasedAuthProperties,ModifyEndpointEncryptionMode,ModifySamlProperties,ModifySelfservicePermissions,ModifyStreamingProperties,ModifyWorkspaceAccessProperties,ModifyWorkspaceCreationProperties,RegisterWorkspaceDirectory workspaces:R:A:directory/*
workspaces ModifyWorkspaceProperties,TerminateWorkspaces workspaces:R:A:workspace/*
workspaces TerminateWorkspacesPool,UpdateWorkspacesPool workspaces:R:A:workspacespool/*
workspaces-instances AssociateVolume,DeleteWorkspaceInstance,DisassociateVolume,GetWorkspaceInstance,ListTagsForResource,TagResource,UntagResource workspaces-instances:R:A:workspaceinstance/*
workspaces-instances DeleteVolume ec2:R:A:volume/*
workspaces-web AssociateBrowserSettings workspaces-web:R:A:browserSettings/* workspaces-web:R:A:portal/*
workspaces-web AssociateDataProtectionSettings workspaces-web:R:A:dataProtectionSettings/* workspaces-web:R:A:portal/*
workspaces-web AssociateIpAccessSettings workspaces-web:R:A:ipAccessSettings/* workspaces-web:R:A:portal/*
workspaces-web AssociateNetworkSettings workspaces-web:R:A:networkSettings/* workspaces-web:R:A:portal/*
workspaces-web AssociateSessionLogger workspaces-web:R:A:portal/* workspaces-web:R:A:sessionLogger/*
workspaces-web AssociateTrustStore workspaces-web:R:A:portal/* workspaces-web:R:A:trustStore/*
workspaces-web AssociateUserAccessLoggingSettings workspaces-web:R:A:portal/* workspaces-web:R:A:userAccessLoggingSettings/*
workspaces-web AssociateUserSettings workspaces-web:R:A:portal/* workspaces-web:R:A:userSettings/*
workspaces-web CreateIdentityProvider,DeleteIdentityProvider,UpdateIdentityProvider workspaces-web:R:A:identityProvider/* workspaces-web:R:A:portal/*
workspaces-web DeleteBrowserSettings,GetBrowserSettings,UpdateBrowserSettings workspaces-web:R:A:browserSettings/*
workspaces-web DeleteDataProtectionSettings,GetDataProtectionSettings,UpdateDataProtectionSettings workspaces-web:R:A:dataProtectionSettings/*
workspaces-web DeleteIpAccessSettings,GetIpAccessSettings,UpdateIpAccessSettings workspaces-web:R:A:ipAccessSettings/*
workspaces-web DeleteNetworkSettings,GetNetworkSettings,UpdateNetworkSettings workspaces-web:R:A:networkSettings/*
workspaces-web DeletePortal,DisassociateBrowserSettings,DisassociateDataProtectionSettings,DisassociateIpAccessSettings,DisassociateNetworkSettings,DisassociateSessionLogger,DisassociateTrustStore,DisassociateUserAccessLoggingSettings,DisassociateUserSettings,GetPortal,UpdatePortal workspaces-web:R:A:portal/*
workspaces-web DeleteSessionLogger,GetSessionLogger,UpdateSessionLogger workspaces-web:R:A:sessionLogger/*
workspaces-web DeleteTrustStore,GetTrustStore,GetTrustStoreCertificate,UpdateTrustStore workspaces-web:R:A:trustStore/*
workspaces-web DeleteUserAccessLoggingSettings,GetUserAccessLoggingSettings,UpdateUserAccessLoggingSettings workspaces-web:R:A:userAccessLoggingSettings/*
workspaces-web DeleteUserSettings,GetUserSettings,UpdateUserSettings workspaces-web:R:A:userSettings/*
workspaces-web GetIdentityProvider,ListIdentityProviders workspaces-web:R:A:identityProvider/*
workspaces-web TagResource,UntagResource workspaces-web:R:A:browserSettings/* workspaces-web:R:A:dataProtectionSettings/* workspaces-web:R:A:identityProvider/* workspaces-web:R:A:ipAccessSettings/* workspaces-web:R:A:networkSettings/* workspaces-web:R:A:portal/* workspaces-web:R:A:sessionLogger/* workspaces-web:R:A:trustStore/* workspaces-web:R:A:userAccessLoggingSettings/* workspaces-web:R:A:userSettings/*
xray CreateGroup,DeleteGroup,GetGroup,UpdateGroup xray:R:A:group/*
xray CreateSamplingRule,DeleteSamplingRule,UpdateSamplingRule xray:R:A:sampling-rule/*
xray ListTagsForResource,TagResource,UntagResource xray:R:A:group/* xray:R:A:sampling-rule/*
`,E=new Map;function G(e){const[a="",o=""]=e.split(":"),s=E.get(a)??R(a);return E.set(a,s),s.get(o)??(P.has(e)?[]:(0,D.ZV)(B,a)??[])}const B={apigateway:["apigateway:R::/*"],secretsmanager:["secretsmanager:R:A:secret:*"]},P=new Set(["secretsmanager:BatchGetSecretValue","secretsmanager:GetRandomPassword","secretsmanager:ListSecrets"]);function R(e){const a=new Map;for(let o=C.indexOf(`
${e} `);o>=0;o=C.indexOf(`
${e} `,o+1)){const[,s="",...g]=C.slice(o+1,C.indexOf(`
`,o+1)).split(" ");for(const y of s.split(","))a.set(y,g)}return a}var U=p(33606),b=p(84033);const F=`
AWS::Lambda::Function lambda:R:A:function: FunctionName stack
AWS::Lambda::LayerVersion lambda:R:A:layer: LayerName any
AWS::SQS::Queue sqs:R:A: QueueName stack
AWS::SNS::Topic sns:R:A: TopicName stack
AWS::DynamoDB::Table dynamodb:R:A:table/ TableName stack
AWS::DynamoDB::GlobalTable dynamodb:R:A:table/ TableName stack
AWS::S3::Bucket s3::: BucketName lower
AWS::IAM::Role iam::A:role/ RoleName stack
AWS::IAM::ManagedPolicy iam::A:policy/ ManagedPolicyName stack
AWS::IAM::InstanceProfile iam::A:instance-profile/ InstanceProfileName stack
AWS::IAM::User iam::A:user/ UserName stack
AWS::IAM::Group iam::A:group/ GroupName stack
AWS::Logs::LogGroup logs:R:A:log-group: LogGroupName stack
AWS::StepFunctions::StateMachine states:R:A:stateMachine: StateMachineName id
AWS::Events::Rule events:R:A:rule/ Name stack
AWS::Kinesis::Stream kinesis:R:A:stream/ Name stack
AWS::KinesisFirehose::DeliveryStream firehose:R:A:deliverystream/ DeliveryStreamName stack
AWS::CloudWatch::Alarm cloudwatch:R:A:alarm: AlarmName stack
AWS::CloudWatch::Dashboard cloudwatch::A:dashboard/ DashboardName stack
AWS::ECR::Repository ecr:R:A:repository/ RepositoryName lower
AWS::SecretsManager::Secret secretsmanager:R:A:secret: Name id
AWS::SSM::Parameter ssm:R:A:parameter/ Name parameter
AWS::CodeDeploy::Application codedeploy:R:A:application: ApplicationName stack
AWS::CodeDeploy::DeploymentGroup codedeploy:R:A:deploymentgroup: ApplicationName stack
AWS::CloudFormation::Stack cloudformation:R:A:stack/ StackName stack
`,L=new Map(F.trim().split(`
`).map(e=>{const[a="",o="",s="",g="any"]=e.split(" ");return[a,{prefix:o,property:s,generated:g}]}));function V([e,a,o],{stackName:s}){const g=L.get(a);if(!g)return;const y=(0,D.ZV)(o,g.property),N=g.prefix.startsWith("iam:")?l(o.Path??"/").replace(/^\//,""):"",w=y===void 0?u(e,s,g.generated):l(y),S=g.generated==="parameter"?w.replace(/^\//,""):w,W=a==="AWS::Events::Rule"&&o.EventBusName!==void 0?"*/":"",j=S.replace(/\*$/,n(e,S)).replaceAll("*","example"),Z=y===void 0&&g.generated==="lower"?j.toLowerCase():j;return{prefix:g.prefix,name:`${N}${W}${S}`,example:`${N}${W&&"example/"}${Z}`}}const c={"lambda:R:A:function:":":*","logs:R:A:log-group:":":*","dynamodb:R:A:table/":"/*","s3:::":"/*","secretsmanager:R:A:secret:":"-??????","cloudformation:R:A:stack/":"/*"};function t({prefix:e,name:a}){const o=(0,D.ZV)(c,e);return o===void 0||a.endsWith("*")?[`${e}${a}`]:[`${e}${a}`,`${e}${a}${o}`]}const n=(e,a)=>a.includes(e)?"EXAMPLE12345":`${e}-EXAMPLE12345`;function u(e,a,o){return o==="any"?"*":o==="id"?`${e}-*`:o==="parameter"?`CFN-${e}-*`:o==="lower"?(0,b.w)(a.toLowerCase()):(0,b.w)(a)}function l(e){if(!(0,D.Gv)(e))return Array.isArray(e)||e===null?"*":String(e);const{"Fn::Sub":a,"Fn::Join":o}=e,s=Array.isArray(a)?a[0]:a;if(typeof s=="string")return(0,U.wy)(s).reduce((w,S)=>w.replaceAll(new RegExp(`\\$\\{\\s*${S.replaceAll(/[.$]/g,"\\$&")}\\s*\\}`,"g"),"*"),s).replaceAll(/\*+/g,"*");const[g,y]=Array.isArray(o)?o:[];return typeof g=="string"&&Array.isArray(y)?y.map(l).join(g).replaceAll(/\*+/g,"*"):"*"}const k=/\{\{resolve:(ssm|ssm-secure|secretsmanager):([^{}]*)\}\}/g;function f(e,a){return Array.isArray(e)?e.flatMap(o=>f(o,a)):(0,D.Gv)(e)&&!("Fn::Sub"in e||"Fn::Join"in e)?Object.values(e).flatMap(o=>f(o,a)):[...l(e).matchAll(k)].map(([,o,s=""])=>{if(o==="secretsmanager")return{action:"secretsmanager:GetSecretValue",resource:h(s,a)};const[g=""]=s.split(":");return{action:"ssm:GetParameters",resource:(0,b.R)(`ssm:R:A:parameter/${g.replace(/^\//,"")}`,a)}})}function h(e,a){const o=e.split(":");return o[0]==="arn"?`${o.slice(0,7).join(":")}*`:(0,b.R)(`secretsmanager:R:A:secret:${o[0]}-??????`,a)}var i=p(8370),r=p(62941);const d=new Set(["AWS::CDK::Metadata","AWS::CloudFormation::WaitCondition","AWS::CloudFormation::WaitConditionHandle"]),m={"AWS::Route53::RecordSetGroup":{"route53:ChangeResourceRecordSets":"cud","route53:GetChange":"crud","route53:GetHostedZone":"crud","route53:ListResourceRecordSets":"r"},"AWS::IAM::AccessKey":{"iam:CreateAccessKey":"c","iam:DeleteAccessKey":"d","iam:ListAccessKeys":"r","iam:UpdateAccessKey":"u"},"AWS::IAM::UserToGroupAddition":{"iam:AddUserToGroup":"cu","iam:GetGroup":"r","iam:RemoveUserFromGroup":"ud"}};function A(e,a){const o=Object.entries(e.Resources).flatMap(([w,S])=>(0,D.Gv)(S)?[{logicalId:w,type:(0,D.ws)(S.Type),properties:x(S)}]:[]),s=o.flatMap(({logicalId:w,type:S,properties:W})=>{const j=V([w,S,W],a);return j?[{...j,type:S}]:[]}),g=new Set,y=o.flatMap(w=>{const S=O(w.type);return S?S.filter(({action:W})=>(0,r.e)(W,w.type,w.properties)).map(({action:W,handlers:j})=>({...w,action:W,handlers:j,...X(W,w,{names:s,place:a})})).map(({properties:W,...j})=>j):(g.add(w.type),[])}),N=o.flatMap(w=>v(w,a));return{needs:[...y,...N],unknown:[...g].sort()}}const v=({logicalId:e,type:a,properties:o},s)=>f(o,s).map(({action:g,resource:y})=>({logicalId:e,type:a,action:g,handlers:new Set(["c","u"]),resources:[y],examples:[y.replaceAll("?","x").replaceAll("*","example")],isCertain:!0})),x=e=>(0,D.Gv)(e.Properties)?e.Properties:{};function O(e){if(d.has(e))return[];if(e.startsWith("Custom::")||e==="AWS::CloudFormation::CustomResource")return[{action:"lambda:InvokeFunction",handlers:new Set(["c","u","d"])}];const a=(0,D.ZV)(m,e);return a?Object.entries(a).map(([o,s])=>({action:o,handlers:new Set(s)})):(0,i.y)(e)?.filter(({handlers:o})=>[...o].some(s=>s!=="l"))}const z=new Set(["s3:GetObject","s3:GetObjectVersion"]);function X(e,a,{names:o,place:s}){const g=G(e);if(g.length===0)return{resources:["*"],examples:["*"]};if(e==="lambda:InvokeFunction")return{resources:[$(a,{names:o,place:s})],examples:[]};const y=({prefix:T,example:K})=>(0,b.R)(`${T}${K}`,s),N=V([a.logicalId,a.type,a.properties],s);if(N!==void 0&&g.some(T=>T===`${N.prefix}*`))return{resources:t(N).map(T=>(0,b.R)(T,s)),examples:[y(N)]};const S=q(a.properties),W=g.map(T=>T.replace(/\*$/,"")),j=S.filter(T=>W.some(K=>J(T,K))),Z=o.filter(({prefix:T})=>W.includes(T)),ee=[...j,...Z.flatMap(T=>t(T).map(K=>(0,b.R)(K,s)))],{bucket:ie,prefix:oe}=s.artifacts,te=z.has(e)?[(0,b.R)(`s3:::${ie}/${oe}*`,s),...H(a.properties,s)]:[],ae=[...new Set([...ee,...te,...ee.length>0?Y(e,s):[]])];if(!(ae.length>0&&!(e==="iam:PassRole"&&I(a.properties,S)))){const T=g.map(K=>Q(K,s));return{resources:T,examples:e.startsWith("apigateway:")?[T[0]?.replace("*","example")??""]:[]}}const re=te.length>0?[]:[...j,...Z.map(y)];return{resources:ae,examples:[...new Set(re)]}}const Y=(e,a)=>e.startsWith("secretsmanager:")?[(0,b.R)("secretsmanager:R:A:secret:*!*",a)]:[],Q=(e,a)=>(0,b.R)(/^(lambda:R:A:layer:|kms:)/.test(e)?e.replace(":R:A:",":*:*:"):e,a);function $({properties:e},{names:a,place:o}){const s=e.ServiceToken;if(typeof s=="string")return s;const g=a.find(({prefix:N})=>N==="lambda:R:A:function:"),y=s===void 0?"*":l(s);return y.startsWith("arn:")?y:(0,b.R)(g&&y==="*"?`${g.prefix}${g.name}`:"lambda:R:A:function:*",o)}function H(e,a){if(Array.isArray(e))return e.flatMap(y=>H(y,a));if(!(0,D.Gv)(e))return[];const o=e.S3Bucket??e.Bucket,s=e.S3Key??e.Key;return[...o!==void 0&&s!==void 0?[(0,b.R)(`s3:::${l(o)}/${l(s)}`,a)]:[],...Object.values(e).flatMap(y=>H(y,a))]}function q(e){if(typeof e=="string")return e.startsWith("arn:")?[e]:[];if(Array.isArray(e))return e.flatMap(q);if(!(0,D.Gv)(e))return[];const a="Fn::Sub"in e||"Fn::Join"in e?l(e):"";return a.startsWith("arn:")&&a.split(":").length>5?[a]:Object.values(e).flatMap(q)}function J(e,a){const o=e.split(":").slice(2),s=a.split(":"),g=o.slice(3).join(":");return o[0]===s[0]&&g.startsWith(s.slice(3).join(":"))}function I(e,a){return Object.entries(e).filter(([s])=>/Role(Arn)?$/.test(s)).some(([,s])=>(0,D.Gv)(s)?!("Fn::GetAtt"in s)&&q(s).length===0:typeof s=="string"&&!a.includes(s))}}),84033:((_,M,p)=>{p.d(M,{R:()=>D,w:()=>C});function D(G,{partition:B,region:P,account:R}){const[U="",b="",F="",...L]=G.split(":"),V=[U,b==="R"?P:b,F==="A"?R:F,...L];return`arn:${B}:${V.join(":")}`}const C=G=>G.length>E?`${G.slice(0,E)}*`:`${G}-*`,E=24}),62941:((_,M,p)=>{p.d(M,{e:()=>E,m:()=>B});var D=p(24211);const C={ec2:/Vpc|Subnet|SecurityGroup|NetworkInterface/i,elasticfilesystem:/FileSystem|Efs/i,s3files:/S3Files|FileSystem/i,kms:/Kms|Encrypt|SSE/i,s3:/S3|Bucket|^Code$|^Content$|ImportSource/,s3tables:/MetadataTable|MetadataConfiguration/i,firehose:/Firehose|DeliveryStream/i,kinesis:/Kinesis|Stream/i,logs:/Log/i,secretsmanager:/Secret/i,"iam:PassRole":/Role/i,"iam:GetRole":/Role/i,"lambda:PassCapacityProvider":/CapacityProvider/i,"lambda:AssociateRuntimeAlias":/RuntimeAlias|RuntimeConfig/i,"lambda:GetLayerVersion":/Layers/};function E(R,U,b){const[F=""]=R.split(":"),L=C[R],V=B(U)===F,c=L??(V?void 0:C[F]);return c===void 0||P(b).some(t=>c.test(t))}const G={StepFunctions:"states",CloudWatch:"cloudwatch",KinesisFirehose:"firehose",ApiGatewayV2:"apigateway",Cognito:"cognito-idp",ElasticLoadBalancingV2:"elasticloadbalancing",EFS:"elasticfilesystem"},B=R=>{const[,U=""]=R.split("::");return G[U]??U.toLowerCase()};function P(R){return Array.isArray(R)?R.flatMap(P):(0,D.Gv)(R)?Object.entries(R).flatMap(([U,b])=>[U,...P(b)]):[]}}),60196:((_,M,p)=>{p.d(M,{$t:()=>u,HV:()=>L,K6:()=>V,NC:()=>f,iQ:()=>l});var D=p(23892),C=p(84033),E=p(77748),G=p(75868),B=p(15009),P=p(24211),R=p(24892),U=p(55793),b=p(89654),F=p(83509);const L={account:"ACCOUNT",region:"REGION"};async function V({found:i,located:r,place:d=u(i,r),source:m},A){const{stack:v,deployed:x}=i,{rendered:O}=r,{template:z,known:X}=(0,b.kJ)(O,x),Y=await(0,F.assembledLevel)({stack:v,rendered:O,region:d.region},{template:z,known:{...X,...k(d)}}),Q=await f(v.stackName,Y),$=[...Q.values()].map(I=>(0,D.A)(I,d)),H=[A.deploymentRole,A.roleArn].filter(I=>I!==void 0),q=[...Q.values()].flatMap(({Resources:I})=>Object.values(I).filter(P.Gv)),J=new Set(q.map(({Type:I})=>(0,P.ws)(I)));return{templates:Q,needs:[...$.flatMap(({needs:I})=>I),...t(r,z,d)],unknown:[...new Set($.flatMap(({unknown:I})=>I))],facts:{place:d,functions:J.has("AWS::Lambda::Function"),images:v.assets.some(({kind:I})=>I==="image"),nested:J.has("AWS::CloudFormation::Stack"),transforms:(0,B.R4)(z).length>0,lookedUpRoles:m==="service"?q.flatMap(n):[],assumed:c(v),ownBucket:A.s3Bucket!==void 0,createRepository:A.createEcrRepository,repository:r.destination.images.repository,executionRole:A.roleArn??v.roles?.execution,rollbackAlarms:A.rollbackAlarms!==void 0,checkedRoles:H,...A.deployTo==="stack-set"&&{stackSet:{regions:A.stackSet?.regions??[],hasCode:v.assets.length>0,ownBucket:A.s3Bucket!==void 0,administrationRole:A.stackSet?.administrationRole}}}}}function c({roles:{deploy:i,lookup:r}={},assets:d,nested:m,templateDestination:A}){if(!i&&!r)return;const v=[A,...[...d,...m].map(({destination:O})=>O)],x=O=>[...new Set(O.flatMap(z=>z?[z.arn]:[]))];return{reading:x([r]),deploying:x([i,...v.map(O=>O?.role)])}}function t({rendered:{parameters:i}},r,d){const m=(0,G.vc)(r);return(0,G.SZ)(r).map(A=>{const v=(0,P.ZV)(i,A)??(0,P.ws)((0,P.ZV)(m,A)?.Default??"*"),x=(0,C.R)(`ssm:R:A:parameter/${v.replace(/^\//,"")}`,d);return{logicalId:A,type:"",action:"ssm:GetParameters",handlers:new Set(["c","u"]),resources:[x],examples:[]}})}const n=({Properties:i})=>{const r=(0,P.Gv)(i)?i.Role:void 0;return typeof r=="string"&&r.startsWith("arn:")?[r]:[]};function u({stack:i,aws:r},{account:d=L.account,destination:{bucket:m,prefix:A}}){const v=i.environment?.region??r?.region??L.region;return{partition:l(v),region:v,account:i.environment?.account??d,stackName:i.stackName,artifacts:{bucket:m.replace(/-account-/,`-${d}-`).replace(/-region$/,`-${v}`),prefix:[A,i.stackName,""].filter((x,O)=>x!==""||O===2).join("/")}}}const l=i=>i.startsWith("cn-")?"aws-cn":i.startsWith("us-gov-")?"aws-us-gov":i.startsWith("eusc-")?"aws-eusc":"aws",k=({partition:i,region:r,account:d,stackName:m})=>({"AWS::Partition":i,"AWS::Region":r,"AWS::AccountId":d,"AWS::StackName":m});async function f(i,r){const d=await(0,F.p7)(i,r);return new Map(d.map(({name:m,level:{made:A,known:v}})=>{if(A.kind!=="made")throw new E.Mm({subject:m,message:`its template cannot be expanded here: ${A.why}`,next:"Give the parameters that decide it."});const x=(0,R.gP)({template:A.template,known:v});return[m,{...x,Resources:h(x.Resources)}]}))}const h=i=>{const r=(0,U.xi)(i);return(0,P.Gv)(r)?r:{}}}),67744:((_,M,p)=>{p.d(M,{N:()=>D});const D=new Set(["S3Bucket","S3Key","S3ObjectVersion","Bucket","Key","Version","VersionId","ETag","ImageUri","ZipFile"])})};export{ne as id,ce as ids,le as modules};
