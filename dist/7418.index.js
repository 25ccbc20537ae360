const G=7418,K=[7418],k={13272:((L,b,a)=>{a.d(b,{Af:()=>p,E1:()=>l,WS:()=>_,YE:()=>T,ZT:()=>c,dP:()=>W});var E=a(24211),d=a(63625),R=a(72721),S=a(39567);const f=/^(ForAnyValue:)?(String(Equals(IgnoreCase)?|Like)|Arn(Equals|Like)|IpAddress|Bool)$/i,p=n=>Object.entries(A(n)).flatMap(([t,r])=>Object.entries((0,E.Gv)(r)?r:{[t]:r}).map(([D,i])=>({operator:t,key:D,values:i}))),y=(n,t=/^/)=>p(n).filter(({operator:r,values:D})=>t.test(r)&&!(0,d.S)(D).some(i=>m((0,R.b6)(i)))),l=n=>y(n).length>0;function A(n){try{const t=JSON.parse(n);return(0,E.Gv)(t)?t:{}}catch{return{}}}function m(n){if(/^\*+$/.test(n)||/^repo:\*/.test(n)||(0,S.a)(n))return!0;const[t,,r,,D,...i]=n.split(":");return t!=="arn"?!1:D==="*"||D===""&&r!=="iam"&&/^\**$/.test(i.join(":"))}const g=/^(aws:(Source(Arn|Account|Owner|Vpc|VpcArn|Vpce|VpceAccount|VpceOrgID|VpceOrgPaths|Ip|OrgID|OrgPaths)|Principal(OrgID|OrgPaths|Arn|Account|ServiceName|ServiceNamesList|IsAWSService)|userid)|kms:(CallerAccount|ViaService)|s3:DataAccessPoint(Arn|Account)|elasticfilesystem:(AccessPointArn|AccessedViaMountTarget)|lambda:SourceFunctionArn|.*:(aud|sub|amr))$/i,W=n=>y(n,f).some(({key:t})=>g.test(t)),v=/^(ForAllValues:)?((String|Arn)Not(Equals(IgnoreCase)?|Like)|NotIpAddress)(IfExists)?$/i,M=/^aws:(ViaAWSService|PrincipalIsAWSService)$/i,_=n=>y(n,v).some(({key:t})=>g.test(t))&&p(n).every(({operator:t,key:r})=>M.test(r)||v.test(t)&&g.test(r)),I=/ResourceTag\/|:EncryptionContext|^kms:(ViaService|RequestAlias|ResourceAliases)$|^aws:CalledVia/i,T=n=>y(n).some(({key:t})=>I.test(t)),C=/token\.actions\.githubusercontent\.com|gitlab\.com|app\.terraform\.io|agent\.buildkite\.com|oidc\.vercel\.com|api\.bitbucket\.org/i;function c(n,t){return y(t,f).some(({key:r})=>!/^(aws|sts):/i.test(r)&&!(/:aud$/i.test(r)&&C.test(`${n} ${r}`)))}}),97706:((L,b,a)=>{a.d(b,{l:()=>S});var E=a(95912),d=a(24211),R=a(55793);function S(y){const l=(0,R.K$)(y)??y;if((0,d.Gv)(l)&&!(0,E.I9)(l))return l;const A=f(l);if(A===void 0||!/^\s*[[{]/.test(A))return l;try{return JSON.parse(A)}catch{return l}}function f(y){const l=(0,R.K$)(y)??y;if(!(0,d.Gv)(l))return Array.isArray(l)||l===null?void 0:String(l);const{Ref:A,"Fn::GetAtt":m,"Fn::Sub":g,"Fn::Join":W}=l;if(typeof A=="string")return p(A);if(m!==void 0)return p(Array.isArray(m)?m.join("."):String(m));if(g!==void 0){const I=Array.isArray(g)?g[0]:g;return typeof I=="string"?I:void 0}if(l["Fn::ToJsonString"]!==void 0)return JSON.stringify(l["Fn::ToJsonString"]);const[v,M]=Array.isArray(W)?W:[];if(typeof v!="string"||!Array.isArray(M))return;const _=M.map(f);return _.every(I=>I!==void 0)?_.join(v):void 0}const p=y=>`\${${y}}`}),59085:((L,b,a)=>{a.d(b,{P:()=>d,h:()=>R});const E=new Map,d=f=>f.includes("*")||f.includes("?");function R(f,p){if(!d(f)||f.startsWith("{")||f.startsWith("not "))return!1;const y=E.get(f)??S(f);return E.set(f,y),y.test(p)}function S(f){const p=f.replace(/[.+^${}()|[\]\\]/g,"\\$&").replaceAll(/\*+/g,".*").replaceAll("?",".");return new RegExp(`^${p}$`,"is")}}),67418:((L,b,a)=>{a.d(b,{Mm:()=>C,D8:()=>c,Fn:()=>I,GX:()=>n,nV:()=>_});var E=a(95912),d=a(24211),R=a(63625),S=a(13272);const f=`
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
`,p=`
AWS::EC2::VPCEndpoint PolicyDocument
AWS::EKS::PodIdentityAssociation Policy
AWS::ODB::OdbNetwork KmsPolicyDocument S3PolicyDocument StsPolicyDocument
AWS::Organizations::Policy Content
AWS::RAM::Permission PolicyTemplate
AWS::RolesAnywhere::Profile SessionPolicy
AWS::Transfer::User Policy
`;var y=a(97706),l=a(59085),A=a(594),m=a(67022);const g=[[(0,A.oW)(f),!1],[(0,A.oW)(p),!0]],W=new Map,v=()=>new Map(g.flatMap(([i])=>i.types()).map(i=>[i,M(i)]));function M(i){const e=W.get(i)??g.flatMap(([o,s])=>o.of(i).flatMap(u=>u.split(" ").slice(1).map(P=>({path:(0,A.Ci)(P),isLimit:s}))));return W.set(i,e),e}const _=i=>M(i).length>0;function I(i,e,o){return M(i).filter(({path:[u=""]})=>!(0,m.WY)(e,u)).flatMap(({path:u,isLimit:P})=>(0,m.e$)(e,u).flatMap(({value:O,property:N})=>(O===void 0?[]:(0,R.S)(O)).flatMap(h=>{const $=n((0,y.l)(h),o),w=C($);return $.map(V=>({...V,property:N,isLimit:P||w.has(V)}))})))}const T=new Set;function C(i){const e=i.filter(({effect:u,principal:P,condition:O})=>u==="Deny"&&c(P)&&(0,S.WS)(O));if(e.length===0)return T;const o=(u,P)=>u===P||(0,l.h)(u,P),s=u=>u.effect==="Allow"&&e.some(({action:P,resource:O})=>o(P,u.action)&&o(O,u.resource));return new Set(i.filter(s))}const c=i=>/^(AWS: )?\*$/.test(i);function n(i,e){if(!(0,d.Gv)(i))return[];const o=i.Statement??(i.Effect===void 0?void 0:i);return(0,R.S)(o).flatMap(s=>{if(!(0,d.Gv)(s))return[];const u=e(s.Effect??"Allow"),P=[...D(s.Principal,e),...D(s.NotPrincipal,e).map($=>`all but ${$}`)],O=t(s,"Action",e),N=t(s,"Resource",e),h=(0,m.WY)(s,"Condition")?[""]:(0,m.I0)(s,["Condition"]).map(e);return r(P).flatMap($=>r(O).flatMap(w=>r(N).flatMap(V=>h.map(B=>({effect:u,principal:$,action:w,resource:V,condition:B})))))})}const t=(i,e,o)=>[...(0,R.S)((0,d.ZV)(i,e)).map(o),...(0,R.S)((0,d.ZV)(i,`Not${e}`)).map(s=>`not ${o(s)}`)],r=i=>i.length===0?[""]:i;function D(i,e){return(0,R.S)(i).flatMap(o=>!(0,d.Gv)(o)||(0,E.I9)(o)?[e(o)]:Object.entries(o).flatMap(([s,u])=>(0,R.S)(u).map(P=>`${s}: ${e(P)}`)))}}),39567:((L,b,a)=>{a.d(b,{a:()=>d,v:()=>R});const E={v4:7,v6:15};function d(p){const[,y="",l=""]=/^([\d.]+|[\da-f:]+)\/(\d+)$/i.exec(p)??[];return l===""?!1:Number(l)<=(y.includes(":")?E.v6:E.v4)}function R(p,y){const[l,A]=[S(p),S(y)];if(!l||!A||l.length!==A.length||l.bits>A.bits)return!1;const m=BigInt(l.length-l.bits);return l.first>>m===A.first>>m}function S(p){const[y="",l]=p.split("/"),A=/^[\da-f:]+$/i.test(y)&&y.includes(":");if(!A&&!/^\d+(\.\d+){3}$/.test(y))return;const m=A?f(y).map(M=>Number.parseInt(M,16)):y.split(".").map(Number),[g,W]=A?[16n,128]:[8n,32];if(m.length!==W/Number(g)||m.some(M=>!(M<2**Number(g))))return;const v=l===void 0?W:Number(l);if(v>=0&&v<=W)return{first:m.reduce((M,_)=>M<<g|BigInt(_),0n),bits:v,length:W}}function f(p){const[y="",l]=p.split("::"),[A,m]=[y,l??""].map(W=>W===""?[]:W.split(":")),g=l===void 0?0:Math.max(0,8-A.length-m.length);return[...A,...Array.from({length:g},()=>"0"),...m]}}),594:((L,b,a)=>{a.d(b,{Tm:()=>c,Ci:()=>C,oW:()=>g,c_:()=>m});var E=a(95912),d=a(24211),R=a(63625),S=a(72721),f=a(55793),p=a(39567);const y={SSLv3:.3,TLSv1:1},l={variant:.03,newer:.01,month:1e-6};function A(e){const o=y[e];if(o!==void 0)return o;const[,s="",u="0",P="0"]=/^(.*?)(?:(20\d\d)(?:[-_](\d\d))?)?$/.exec(e)??[],[,O="0"]=/(?:^|[^\d])1[-_.]([0-3])(?=$|[^\d])/.exec(s.replace(/TLS1\d[-_]|TLSv/,"-"))??[],[,N]=/[-_]Ext(\d?)/.exec(s)??[],h=/[-_]Res(?=[-_])/.test(s)?1:N===void 0?0:-(Number(N)||1);return 1+Number(O)/10+h*l.variant+(s.includes("TLS13")?l.newer:0)+(Number(u)*12+Number(P))*l.month}function m(e){const o=new Map;return{of:s=>{const u=o.get(s)??[...W(e,`
${s} `)].map(P=>M(e,P));return o.set(s,u),u},all:()=>[...W(e,`
AWS::`)].map(s=>M(e,s))}}const g=e=>({of:o=>[...W(e,`
${o} `)].map(s=>v(e,s)),types:()=>[...W(e,`
AWS::`)].map(o=>e.slice(o,e.indexOf(" ",o)))});function*W(e,o){for(let s=e.indexOf(o);s>=0;s=e.indexOf(o,s+1))yield s+1}const v=(e,o)=>e.slice(o,e.indexOf(`
`,o));function M(e,o){const s=v(e,e.lastIndexOf(`
# `,o)+3),[u="",P="*"]=s.split(" | ");return _(v(e,o),u,P)}function _(e,o,s){const[u="",P]=e.split(" of "),[O="",...N]=u.split(" if "),h=O.indexOf(" "),{path:$,test:w,absent:V}=I(O.slice(h+1));return{type:O.slice(0,h),path:$,test:w,absent:V,conditions:N.map(B=>B.startsWith("@")?{named:B}:I(B)),subject:P===void 0?void 0:C(P),what:o,whom:s}}function I(e){const{path:o="",not:s,test:u="*",absent:P}=T.exec(e)?.groups??{};return{path:C(o),met:s===void 0,test:u,absent:P}}const T=/^(?<path>(?:\[[^\]]*\]|[^=![])*)(?<not>!)?(?:=(?<test>[^?]*)(?:\?(?<absent>.*))?)?$/,C=e=>e.match(/\[[^\]]*\]|[^.[\]]+/g)??[];function c(e,{test:o,absent:s}){const u=e===void 0?s:(0,f.K$)(e)??e,P=r[o];if(P)return P(u);if(u===void 0)return o.includes("<")?-1:0;const O=n(u);if(!O)return;if(!o.includes("<"))return O.some(h=>t(h,o))?1:0;const N=o.split("<").findIndex(h=>O.some($=>t($,h)));return N<0?void 0:N}function n(e){const o=(0,R.S)(e).map(s=>(0,f.K$)(s)??s);return o.some(s=>(0,d.Gv)(s)&&(0,S.b6)(s).startsWith("{"))?void 0:o.map(S.b6)}const t=(e,o)=>o.split("|").some(s=>s==="true"?(0,d.AX)(e):s==="false"?/^(false|no|off|n)$/i.test(e):s.toLowerCase()===e.toLowerCase()),r={"*":e=>D(e)?1:0,"#":e=>{const o=e===void 0?"":(0,S.b6)(e);return o===""||Number.isNaN(Number(o))?void 0:Number(o)},"@count":e=>i(e)?void 0:(0,R.S)(e).length,"@anywhere":e=>(0,R.S)(e).some(o=>(0,p.a)((0,S.b6)(o)))?1:0,"@key":e=>D(e)?/(^|[/"])alias\/aws\//.test((0,S.b6)(e))?1:2:0,"@tls":e=>i(e)?void 0:A((0,S.b6)(e))},D=e=>e!==void 0&&e!==""&&!(Array.isArray(e)&&e.length===0),i=e=>(0,d.Gv)(e)&&(0,E.I9)(e)}),67022:((L,b,a)=>{a.d(b,{I0:()=>p,WY:()=>y,e$:()=>f});var E=a(95912),d=a(24211),R=a(55793),S=a(97706);function f(c,n,t=[]){const r=[],D=t.map(i=>({steps:i}));return l(c,n,{place:{property:"",key:"",item:c},beside:D,found:r}),r}const p=(c,n)=>f(c,n).map(({value:t})=>t),y=(c,n)=>(0,d.ZV)(c,n)===void 0&&(0,d.ZV)(c,"Fn::If")===void 0&&!(0,E.I9)(c);function l(c,[n,...t],r){const{place:D,beside:i,found:e}=r;for(const o of W(c)){if(n===void 0){e.push({value:o,...D,beside:i.map(u=>m(u,o))});continue}const s=i.length===0?i:A(o,n,i);for(const u of v(o,n))l(u.value,u.isUnknown?[]:t,{place:u.place(D),beside:s,found:e})}}const A=(c,n,t)=>t.map(r=>"steps"in r?r.steps[0]===n?{steps:r.steps.slice(1)}:{values:m(r,c)}:r);function m(c,n){if("values"in c)return c.values;const t=[];return l(n,c.steps,{place:g,beside:[],found:t}),t.map(r=>r.value)}const g={property:"",key:"",item:{}};function W(c){if(!(0,d.Gv)(c))return[c];if(c.Ref==="AWS::NoValue")return[void 0];const n=(0,d.ZV)(c,"Fn::If");return Array.isArray(n)?n.slice(1).flatMap(W):[c]}function v(c,n){const t=c===void 0?c:(0,R.K$)(c)??c;if(n==="@json")return t===void 0?[]:[{value:(0,S.l)(t),place:i=>i}];if((0,d.Gv)(t)&&(0,E.I9)(t))return n==="*"?[]:[{..._(n,t),isUnknown:!0}];if(n==="*")return M(t);if(n==="{}")return(0,d.Gv)(t)?Object.entries(t).map(([i,e])=>I(e,i,i)):[];const r=n.startsWith("[")?/^\[(.*)\]$/.exec(n)?.[1]:void 0;if(r===void 0)return[_(n,(0,d.Gv)(t)?(0,d.ZV)(t,n):void 0)];if(!Array.isArray(t))return[I((0,d.Gv)(t)?(0,d.ZV)(t,r):void 0,r,r)];const D=/^\d+$/.test(r)?t[Number(r)]:t.find(i=>C(i)===r);return[I(D,/^\d+$/.test(r)?void 0:r,r)]}const M=c=>c===void 0?[]:(Array.isArray(c)?c:[c]).flatMap(n=>W(n).filter(t=>t!==void 0)).map((n,t)=>I(n,C(n),String(t))),_=(c,n)=>({value:n,place:({property:t,key:r,item:D})=>({property:t===""?c:`${t}.${c}`,key:r===""?c:`${r}.${c}`,item:D})}),I=(c,n,t)=>({value:c,place:({property:r,key:D,item:i})=>({property:n===void 0?r:`${r}[${n}]`,key:`${D}[${n??t}]`,item:(0,d.Gv)(c)?c:i})}),T=["Name","RuleName","PolicyName","ParameterName","ParameterKey","ContainerName","DeviceName","Id","Region","PathPattern","Key"];function C(c){if((0,d.Gv)(c))for(const n of T){const t=(0,d.ZV)(c,n);if(typeof t=="string")return t}}}),63625:((L,b,a)=>{a.d(b,{J:()=>d,S:()=>R});var E=a(24211);function d(S){const f=(0,E.Gv)(S)?(0,E.ZV)(S,"Fn::If"):void 0;return Array.isArray(f)?f.slice(1).flatMap(d):(0,E.Gv)(S)&&S.Ref==="AWS::NoValue"?[]:[S]}function R(S){return S===void 0?[]:typeof S!="object"?[S]:d(S).flatMap(f=>Array.isArray(f)?f.flatMap(d):[f])}})};export{G as id,K as ids,k as modules};
