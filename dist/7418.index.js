const G=7418,K=[7418],k={13272:((T,_,l)=>{l.d(_,{Af:()=>R,E1:()=>a,WS:()=>h,YE:()=>s,ZT:()=>r,dP:()=>D});var g=l(24211),u=l(63625),W=l(72721),d=l(39567);const m=/^(ForAnyValue:)?(String(Equals(IgnoreCase)?|Like)|Arn(Equals|Like)|IpAddress|Bool)$/i,R=i=>Object.entries(P(i)).flatMap(([y,n])=>Object.entries((0,g.Gv)(n)?n:{[y]:n}).map(([S,f])=>({operator:y,key:S,values:f}))),A=(i,y=/^/)=>R(i).filter(({operator:n,values:S})=>y.test(n)&&!(0,u.S)(S).some(f=>p((0,W.b6)(f)))),a=i=>A(i).length>0;function P(i){try{const y=JSON.parse(i);return(0,g.Gv)(y)?y:{}}catch{return{}}}function p(i){if(/^\*+$/.test(i)||/^repo:\*/.test(i)||(0,d.a)(i))return!0;const[y,,n,,S,...f]=i.split(":");return y!=="arn"?!1:S==="*"||S===""&&n!=="iam"&&/^\**$/.test(f.join(":"))}const E=/^(aws:(Source(Arn|Account|Owner|Vpc|VpcArn|Vpce|VpceAccount|VpceOrgID|VpceOrgPaths|Ip|OrgID|OrgPaths)|Principal(OrgID|OrgPaths|Arn|Account|ServiceName|ServiceNamesList|IsAWSService)|userid)|kms:(CallerAccount|ViaService)|s3:DataAccessPoint(Arn|Account)|elasticfilesystem:(AccessPointArn|AccessedViaMountTarget)|lambda:SourceFunctionArn|.*:(aud|sub|amr))$/i,D=i=>A(i,m).some(({key:y})=>E.test(y)),v=/^(ForAllValues:)?((String|Arn)Not(Equals(IgnoreCase)?|Like)|NotIpAddress)(IfExists)?$/i,M=/^aws:(ViaAWSService|PrincipalIsAWSService)$/i,h=i=>A(i,v).some(({key:y})=>E.test(y))&&R(i).every(({operator:y,key:n})=>M.test(n)||v.test(y)&&E.test(n)),b=/ResourceTag\/|:EncryptionContext|^kms:(ViaService|RequestAlias|ResourceAliases)$|^aws:CalledVia/i,s=i=>A(i).some(({key:y})=>b.test(y)),c=/token\.actions\.githubusercontent\.com|gitlab\.com|app\.terraform\.io|agent\.buildkite\.com|oidc\.vercel\.com|api\.bitbucket\.org/i;function r(i,y){return A(y,m).some(({key:n})=>!/^(aws|sts):/i.test(n)&&!(/:aud$/i.test(n)&&c.test(`${i} ${n}`)))}}),97706:((T,_,l)=>{l.d(_,{l:()=>d});var g=l(95912),u=l(24211),W=l(55793);function d(A){const a=(0,W.K$)(A)??A;if((0,u.Gv)(a)&&!(0,g.I9)(a))return a;const P=m(a);if(P===void 0||!/^\s*[[{]/.test(P))return a;try{return JSON.parse(P)}catch{return a}}function m(A){const a=(0,W.K$)(A)??A;if(!(0,u.Gv)(a))return Array.isArray(a)||a===null?void 0:String(a);const{Ref:P,"Fn::GetAtt":p,"Fn::Sub":E,"Fn::Join":D}=a;if(typeof P=="string")return R(P);if(p!==void 0)return R(Array.isArray(p)?p.join("."):String(p));if(E!==void 0){const b=Array.isArray(E)?E[0]:E;return typeof b=="string"?b:void 0}if(a["Fn::ToJsonString"]!==void 0)return JSON.stringify(a["Fn::ToJsonString"]);const[v,M]=Array.isArray(D)?D:[];if(typeof v!="string"||!Array.isArray(M))return;const h=M.map(m);return h.every(b=>b!==void 0)?h.join(v):void 0}const R=A=>`\${${A}}`}),59085:((T,_,l)=>{l.d(_,{h:()=>u});const g=new Map;function u(d,m){if(!/[*?]/.test(d)||d.startsWith("{")||d.startsWith("not "))return!1;const R=g.get(d)??W(d);return g.set(d,R),R.test(m)}function W(d){const m=d.replace(/[.+^${}()|[\]\\]/g,"\\$&").replaceAll(/\*+/g,".*").replaceAll("?",".");return new RegExp(`^${m}$`,"is")}}),67418:((T,_,l)=>{l.d(_,{Mm:()=>b,D8:()=>s,Fn:()=>h,GX:()=>c});var g=l(95912),u=l(24211),W=l(63625),d=l(13272);const m=`
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
`,R=`
AWS::EC2::VPCEndpoint PolicyDocument
AWS::EKS::PodIdentityAssociation Policy
AWS::ODB::OdbNetwork KmsPolicyDocument S3PolicyDocument StsPolicyDocument
AWS::Organizations::Policy Content
AWS::RAM::Permission PolicyTemplate
AWS::RolesAnywhere::Profile SessionPolicy
AWS::Transfer::User Policy
`;var A=l(97706),a=l(59085),P=l(594),p=l(67022);const E=[[(0,P.oW)(m),!1],[(0,P.oW)(R),!0]],D=new Map,v=()=>new Map(E.flatMap(([n])=>n.types()).map(n=>[n,M(n)]));function M(n){const S=D.get(n)??E.flatMap(([f,e])=>f.of(n).flatMap(o=>o.split(" ").slice(1).map(t=>({path:(0,P.Ci)(t),isLimit:e}))));return D.set(n,S),S}function h(n,S,f){return M(n).flatMap(({path:e,isLimit:o})=>[...(0,p.e)(S,e)].flatMap(({value:t,property:O})=>(t===void 0?[]:(0,W.S)(t)).flatMap(I=>b(c((0,A.l)(I),f)).map(C=>({...C,property:O,isLimit:o||C.isBound})))))}function b(n){const S=n.filter(({effect:e,principal:o,condition:t})=>e==="Deny"&&s(o)&&(0,d.WS)(t)),f=(e,o)=>e===o||(0,a.h)(e,o);return n.map(e=>({...e,isBound:e.effect==="Allow"&&S.some(({action:o,resource:t})=>f(o,e.action)&&f(t,e.resource))}))}const s=n=>/^(AWS: )?\*$/.test(n);function c(n,S){if(!(0,u.Gv)(n))return[];const f=n.Statement??(n.Effect===void 0?void 0:n);return(0,W.S)(f).flatMap(e=>{if(!(0,u.Gv)(e))return[];const o=S(e.Effect??"Allow"),t=[...y(e.Principal,S),...y(e.NotPrincipal,S).map(N=>`all but ${N}`)],O=r(e,"Action",S),I=r(e,"Resource",S),C=(0,p.I)(e,["Condition"]).map(S);return i(t).flatMap(N=>i(O).flatMap(L=>i(I).flatMap($=>C.map(B=>({effect:o,principal:N,action:L,resource:$,condition:B})))))})}const r=(n,S,f)=>[...(0,W.S)((0,u.ZV)(n,S)).map(f),...(0,W.S)((0,u.ZV)(n,`Not${S}`)).map(e=>`not ${f(e)}`)],i=n=>n.length===0?[""]:n;function y(n,S){return(0,W.S)(n).flatMap(f=>!(0,u.Gv)(f)||(0,g.I9)(f)?[S(f)]:Object.entries(f).flatMap(([e,o])=>(0,W.S)(o).map(t=>`${e}: ${S(t)}`)))}}),39567:((T,_,l)=>{l.d(_,{a:()=>u,v:()=>W});const g={v4:7,v6:15};function u(R){const[,A="",a=""]=/^([\d.]+|[\da-f:]+)\/(\d+)$/i.exec(R)??[];return a===""?!1:Number(a)<=(A.includes(":")?g.v6:g.v4)}function W(R,A){const[a,P]=[d(R),d(A)];if(!a||!P||a.length!==P.length||a.bits>P.bits)return!1;const p=BigInt(a.length-a.bits);return a.first>>p===P.first>>p}function d(R){const[A="",a]=R.split("/"),P=/^[\da-f:]+$/i.test(A)&&A.includes(":");if(!P&&!/^\d+(\.\d+){3}$/.test(A))return;const p=P?m(A).map(M=>Number.parseInt(M,16)):A.split(".").map(Number),[E,D]=P?[16n,128]:[8n,32];if(p.length!==D/Number(E)||p.some(M=>!(M<2**Number(E))))return;const v=a===void 0?D:Number(a);if(v>=0&&v<=D)return{first:p.reduce((M,h)=>M<<E|BigInt(h),0n),bits:v,length:D}}function m(R){const[A="",a]=R.split("::"),[P,p]=[A,a??""].map(D=>D===""?[]:D.split(":")),E=a===void 0?0:Math.max(0,8-P.length-p.length);return[...P,...Array.from({length:E},()=>"0"),...p]}}),594:((T,_,l)=>{l.d(_,{Tm:()=>r,Ci:()=>c,oW:()=>E,c_:()=>p});var g=l(95912),u=l(24211),W=l(63625),d=l(72721),m=l(55793),R=l(39567);const A={SSLv3:.3,TLSv1:1},a={variant:.03,newer:.01,month:1e-6};function P(e){const o=A[e];if(o!==void 0)return o;const[,t="",O="0",I="0"]=/^(.*?)(?:(20\d\d)(?:[-_](\d\d))?)?$/.exec(e)??[],[,C="0"]=/(?:^|[^\d])1[-_.]([0-3])(?=$|[^\d])/.exec(t.replace(/TLS1\d[-_]|TLSv/,"-"))??[],[,N]=/[-_]Ext(\d?)/.exec(t)??[],L=/[-_]Res(?=[-_])/.test(t)?1:N===void 0?0:-(Number(N)||1);return 1+Number(C)/10+L*a.variant+(t.includes("TLS13")?a.newer:0)+(Number(O)*12+Number(I))*a.month}function p(e){const o=new Map;return{of:t=>{const O=o.get(t)??[...D(e,`
${t} `)].map(I=>M(e,I));return o.set(t,O),O},all:()=>[...D(e,`
AWS::`)].map(t=>M(e,t))}}const E=e=>({of:o=>[...D(e,`
${o} `)].map(t=>v(e,t)),types:()=>[...D(e,`
AWS::`)].map(o=>e.slice(o,e.indexOf(" ",o)))});function*D(e,o){for(let t=e.indexOf(o);t>=0;t=e.indexOf(o,t+1))yield t+1}const v=(e,o)=>e.slice(o,e.indexOf(`
`,o));function M(e,o){const t=v(e,e.lastIndexOf(`
# `,o)+3),[O="",I="*"]=t.split(" | ");return h(v(e,o),O,I)}function h(e,o,t){const[O="",I]=e.split(" of "),[C="",...N]=O.split(" if "),L=C.indexOf(" "),{path:$,test:B,absent:w}=b(C.slice(L+1));return{type:C.slice(0,L),path:$,test:B,absent:w,conditions:N.map(V=>V.startsWith("@")?{named:V}:b(V)),subject:I===void 0?void 0:c(I),what:o,whom:t}}function b(e){const{path:o="",not:t,test:O="*",absent:I}=s.exec(e)?.groups??{};return{path:c(o),met:t===void 0,test:O,absent:I}}const s=/^(?<path>(?:\[[^\]]*\]|[^=![])*)(?<not>!)?(?:=(?<test>[^?]*)(?:\?(?<absent>.*))?)?$/,c=e=>e.match(/\[[^\]]*\]|[^.[\]]+/g)??[];function r(e,{test:o,absent:t}){const O=e===void 0?t:(0,m.K$)(e)??e,I=n[o];if(I)return I(O);if(O===void 0)return o.includes("<")?-1:0;const C=i(O);if(!C)return;if(!o.includes("<"))return C.some(L=>y(L,o))?1:0;const N=o.split("<").findIndex(L=>C.some($=>y($,L)));return N<0?void 0:N}function i(e){const o=(0,W.S)(e).map(t=>(0,m.K$)(t)??t);return o.some(t=>(0,u.Gv)(t)&&(0,d.b6)(t).startsWith("{"))?void 0:o.map(d.b6)}const y=(e,o)=>o.split("|").some(t=>t==="true"?(0,u.AX)(e):t==="false"?/^(false|no|off|n)$/i.test(e):t.toLowerCase()===e.toLowerCase()),n={"*":e=>S(e)?1:0,"#":e=>{const o=e===void 0?"":(0,d.b6)(e);return o===""||Number.isNaN(Number(o))?void 0:Number(o)},"@count":e=>f(e)?void 0:(0,W.S)(e).length,"@anywhere":e=>(0,W.S)(e).some(o=>(0,R.a)((0,d.b6)(o)))?1:0,"@key":e=>S(e)?/(^|[/"])alias\/aws\//.test((0,d.b6)(e))?1:2:0,"@tls":e=>f(e)?void 0:P((0,d.b6)(e))},S=e=>e!==void 0&&e!==""&&!(Array.isArray(e)&&e.length===0),f=e=>(0,u.Gv)(e)&&(0,g.I9)(e)}),67022:((T,_,l)=>{l.d(_,{I:()=>R,e:()=>m});var g=l(95912),u=l(24211),W=l(55793),d=l(97706);function*m(s,c,r=[]){yield*A(s,c,{property:"",key:"",item:s},r.map(i=>({steps:i})))}const R=(s,c)=>[...m(s,c)].map(({value:r})=>r);function*A(s,[c,...r],i,y){for(const n of p(s))if(c===void 0)yield{value:n,...i,beside:y.map(S=>a(S,n))};else{const[S,f]=[y.map(e=>"steps"in e&&e.steps[0]===c),y.map(e=>"steps"in e&&e.steps[0]!==c?{values:a(e,n)}:e)];for(const e of E(n,c)){const o=f.map((t,O)=>S[O]&&"steps"in t?{steps:t.steps.slice(1)}:t);yield*A(e.value,e.isUnknown?[]:r,e.place(i),o)}}}const a=(s,c)=>"values"in s?s.values:[...A(c,s.steps,P,[])].map(r=>r.value),P={property:"",key:"",item:{}};function p(s){if(!(0,u.Gv)(s))return[s];if(s.Ref==="AWS::NoValue")return[void 0];const c=(0,u.ZV)(s,"Fn::If");return Array.isArray(c)?c.slice(1).flatMap(p):[s]}function E(s,c){const r=s===void 0?s:(0,W.K$)(s)??s;if(c==="@json")return r===void 0?[]:[{value:(0,d.l)(r),place:n=>n}];if((0,u.Gv)(r)&&(0,g.I9)(r))return c==="*"?[]:[{...v(c,r),isUnknown:!0}];if(c==="*")return D(r);if(c==="{}")return(0,u.Gv)(r)?Object.entries(r).map(([n,S])=>M(S,n,n)):[];const i=/^\[(.*)\]$/.exec(c)?.[1];if(i===void 0)return[v(c,(0,u.Gv)(r)?(0,u.ZV)(r,c):void 0)];if(!Array.isArray(r))return[M((0,u.Gv)(r)?(0,u.ZV)(r,i):void 0,i,i)];const y=/^\d+$/.test(i)?r[Number(i)]:r.find(n=>b(n)===i);return[M(y,/^\d+$/.test(i)?void 0:i,i)]}const D=s=>s===void 0?[]:(Array.isArray(s)?s:[s]).flatMap(c=>p(c).filter(r=>r!==void 0)).map((c,r)=>M(c,b(c),String(r))),v=(s,c)=>({value:c,place:({property:r,key:i,item:y})=>({property:r===""?s:`${r}.${s}`,key:i===""?s:`${i}.${s}`,item:y})}),M=(s,c,r)=>({value:s,place:({property:i,key:y,item:n})=>({property:c===void 0?i:`${i}[${c}]`,key:`${y}[${c??r}]`,item:(0,u.Gv)(s)?s:n})}),h=["Name","RuleName","PolicyName","ParameterName","ParameterKey","ContainerName","DeviceName","Id","Region","PathPattern","Key"];function b(s){if(!(0,u.Gv)(s))return;const c=h.map(r=>(0,u.ZV)(s,r)).find(r=>typeof r=="string");return typeof c=="string"?c:void 0}}),63625:((T,_,l)=>{l.d(_,{J:()=>u,S:()=>W});var g=l(24211);function u(d){const m=(0,g.Gv)(d)?(0,g.ZV)(d,"Fn::If"):void 0;return Array.isArray(m)?m.slice(1).flatMap(u):(0,g.Gv)(d)&&d.Ref==="AWS::NoValue"?[]:[d]}const W=d=>d===void 0?[]:u(d).flatMap(m=>Array.isArray(m)?m.flatMap(u):[m])})};export{G as id,K as ids,k as modules};
