import { describe, expect, it } from '@jest/globals';
import { tlsRank } from '../../../src/template/iam/table/tls.ts';
import { parseTemplate } from '../../../src/template/read/parse.ts';
import type { Template } from '../../../src/template/types.ts';
import { cautionsOf } from './doors.ts';

const read = (resources: string): Template =>
  parseTemplate(`Resources:\n${resources.replaceAll(/^/gm, '  ')}\n`, 'template.yaml').template;
const NOTHING = 'Nothing: { Type: AWS::SNS::Topic }';

/** Cautions between the resources of two templates: `public Url is open to ...`. */
const said = (before: string, after: string): string[] =>
  cautionsOf(read(before), read(after)).map(
    ({ kind, logicalId, message }) => `${kind} ${logicalId} ${message}`,
  );

describe('what is said of what opens', () => {
  it.each([
    [
      'Url: { Type: AWS::Lambda::Url, Properties: { AuthType: NONE } }',
      'everybody: function URL without authentication (AuthType)',
    ],
    [
      'Web: { Type: AWS::Lambda::WebFunctionEndpoint, Properties: { AuthType: ApplicationManaged } }',
      'everybody: web endpoint that leaves authentication to the application (AuthType)',
    ],
    [
      `May: { Type: AWS::Lambda::ResourcePolicy, Properties: { ResourceArn: f, PolicyDocument: { Statement: [{ Effect: Allow, Principal: '*', Action: 'lambda:InvokeFunction', Resource: f }] } } }`,
      'everybody: lambda:InvokeFunction on f (PolicyDocument)',
    ],
    [
      `Trust: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: { Statement: { Effect: Allow, NotPrincipal: { AWS: '123456789012' }, Action: 'sts:AssumeRole' } } } }`,
      'everybody but 123456789012: sts:AssumeRole (AssumeRolePolicyDocument)',
    ],
    [
      `Trust: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: { Statement: { Effect: Allow, Principal: { Federated: !Ref Provider }, Action: 'sts:AssumeRoleWithWebIdentity' } } } }`,
      'everybody who has an identity of !Ref Provider: sts:AssumeRoleWithWebIdentity (AssumeRolePolicyDocument)',
    ],
    [
      `May: { Type: AWS::Lambda::Permission, Properties: { Principal: s3.amazonaws.com, Action: 'lambda:InvokeFunction', FunctionName: f } }`,
      'every account by way of s3.amazonaws.com: lambda:InvokeFunction on f (Principal)',
    ],
    [
      'Bucket: { Type: AWS::S3::Bucket, Properties: { AccessControl: AuthenticatedRead } }',
      'every AWS account: bucket with ACL AuthenticatedRead (AccessControl)',
    ],
    [
      'Bucket: { Type: AWS::S3::Bucket, Properties: { PublicAccessBlockConfiguration: { BlockPublicAcls: false, IgnorePublicAcls: no } } }',
      'everybody: bucket that may be made public (PublicAccessBlockConfiguration.BlockPublicAcls, PublicAccessBlockConfiguration.IgnorePublicAcls)',
    ],
    [
      'Group: { Type: AWS::EC2::SecurityGroup, Properties: { SecurityGroupIngress: [{ CidrIp: 0.0.0.0/0, FromPort: 22, ToPort: 22 }, { CidrIpv6: "::/0", FromPort: 80, ToPort: 90 }, { CidrIp: 10.0.0.0/8, FromPort: 1, ToPort: 1 }] } }',
      'everybody: port 22 from anywhere, ports 80 to 90 from anywhere (SecurityGroupIngress.CidrIp, SecurityGroupIngress.CidrIpv6)',
    ],
    [
      'Task: { Type: AWS::ECS::Service, Properties: { NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: ENABLED } } } }',
      'everybody: public address (NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp)',
    ],
    [
      `Network: { Type: AWS::OpenSearchServerless::SecurityPolicy, Properties: { Policy: !Sub '[{"Rules": [{"Resource": ["collection/\${AWS::StackName}"]}], "AllowFromPublic": true}]' } }`,
      'everybody: public endpoint (Policy.AllowFromPublic)',
    ],
  ])('%s', (resource, message) => {
    const [id = ''] = resource.split(':');
    expect(said(NOTHING, `${NOTHING}\n${resource}`)).toEqual([`public ${id} is open to ${message}`]);
  });

  it('is nothing about an API that is private, or that names who may', () => {
    const method =
      'Get: { Type: AWS::ApiGateway::Method, Properties: { RestApiId: !Ref Api, HttpMethod: GET, AuthorizationType: NONE } }';
    const api = (properties: string) =>
      `Api: { Type: AWS::ApiGateway::RestApi, Properties: { ${properties} } }\n${method}`;
    const opened = ['public Get is open to everybody: GET method without authorizer (AuthorizationType)'];
    const statement = (more: string) =>
      `{ Effect: Allow, Principal: '*', Action: 'execute-api:Invoke', Resource: '*'${more} }`;
    expect(said(NOTHING, `${NOTHING}\n${api('Name: a')}`)).toEqual(opened);
    expect(said(NOTHING, `${NOTHING}\n${api('EndpointConfiguration: { Types: [PRIVATE] }')}`)).toEqual([]);
    const limited = statement(', Condition: { StringEquals: { "aws:SourceVpce": vpce-1 } }');
    expect(said(NOTHING, `${NOTHING}\n${api(`Policy: { Statement: [${limited}] }`)}`)).toEqual([]);
    expect(
      said(
        api('EndpointConfiguration: { Types: [PRIVATE] }'),
        api('EndpointConfiguration: { Types: [REGIONAL] }'),
      ),
    ).toEqual([
      'protection Api (AWS::ApiGateway::RestApi) is protected less: private endpoint (EndpointConfiguration.Types)',
    ]);
  });

  it('names the operations of an OpenAPI document that ask nobody who they are', () => {
    const api = (type: string, property: string, document: string) =>
      `Api: { Type: ${type}, Properties: { ${property}: { ${document} } } }`;
    const open = (document: string, type = 'AWS::ApiGateway::RestApi', property = 'Body') =>
      said(NOTHING, `${NOTHING}\n${api(type, property, document)}`);
    const guarded = 'get: { security: [{ mine: [] }] }';
    expect(
      open(
        `paths: { /a: { ${guarded}, post: {}, options: {} }, /b: { x-amazon-apigateway-any-method: { security: [] } } }`,
      ),
    ).toEqual([
      'public Api is open to everybody: route POST /a without authorizer, route ANY /b without authorizer (Body)',
    ]);
    expect(open(`security: [{ mine: [] }], paths: { /a: { post: {} } }`)).toEqual([]);
    expect(open(`security: [{ mine: [] }, {}], paths: { /a: { post: {} } }`)).toHaveLength(1);
    expect(open('paths: { /a: { post: { x-amazon-apigateway-auth: { type: AWS_IAM } } } }')).toEqual([]);
    const undecided = 'paths: { /a: { Fn::If: [C, { post: {} }, { get: { security: [{ mine: [] }] } }] } }';
    expect(open(undecided)).toEqual([
      'public Api is open to everybody: route POST /a without authorizer (Body)',
    ]);
    expect(open('paths: { /a: { post: {} } }, x-amazon-apigateway-policy: { Statement: [] }')).toEqual([]);
  });

  it('is the gravest first', () => {
    const role = (statements: string) =>
      `Role: { Type: AWS::IAM::Role, Properties: { Policies: [{ PolicyName: p, PolicyDocument: { Statement: [${statements}] } }] } }`;
    const narrow = `{ Effect: Allow, Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/x' }`;
    const wide = `{ Effect: Allow, Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' }, { Effect: Allow, Action: ['iam:PassRole', 'iam:CreateAccessKey'], Resource: 'arn:aws:iam::1:role/*' }`;
    const queue = (who: string) =>
      `Policy: { Type: AWS::SQS::QueuePolicy, Properties: { PolicyDocument: { Statement: { Effect: Allow, Principal: ${who}, Action: 'sqs:SendMessage', Resource: q } } } }`;
    const table = (on: boolean) =>
      `Table: { Type: AWS::DynamoDB::Table, Properties: { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: ${on} }, DeletionProtectionEnabled: ${on} } }`;
    expect(
      said(
        [role(narrow), queue('{ AWS: "1" }'), table(true)].join('\n'),
        [role(wide), queue('"*"'), table(false)].join('\n'),
      ),
    ).toEqual([
      'public Policy is open to everybody: sqs:SendMessage on q (PolicyDocument)',
      'permission Role gets powerful permissions: iam:PassRole, iam:CreateAccessKey on arn:aws:iam::1:role/* (Policies[p].PolicyDocument)',
      'permission Role allows more: s3:GetObject on arn:aws:s3:::b/* (Policies[p].PolicyDocument)',
      'protection Table (AWS::DynamoDB::Table) is protected less: point-in-time recovery (PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled: true → false), deletion protection (DeletionProtectionEnabled: true → false)',
    ]);
  });
});

describe('what is said of what protects no longer', () => {
  const one = (type: string, before: string, after: string): string[] =>
    said(
      `It: { Type: ${type}, Properties: { ${before} } }`,
      `It: { Type: ${type}, Properties: { ${after} } }`,
    ).map((text) => text.replace(`protection It (${type}) is protected less: `, ''));

  it.each([
    [
      'AWS::S3::Bucket',
      'PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true }',
      'BucketName: b',
      'block of public access (PublicAccessBlockConfiguration.BlockPublicAcls: true → none), block of public access (PublicAccessBlockConfiguration.RestrictPublicBuckets: true → none)',
    ],
    [
      'AWS::RDS::DBInstance',
      'StorageEncrypted: true, KmsKeyId: !Ref Key',
      'Engine: e',
      'encryption at rest (StorageEncrypted: true → none)',
    ],
    [
      'AWS::SQS::Queue',
      'KmsMasterKeyId: !Ref Key',
      'KmsMasterKeyId: alias/aws/sqs',
      "encryption with a key of one's own (KmsMasterKeyId: !Ref Key → alias/aws/sqs)",
    ],
    [
      'AWS::Logs::LogGroup',
      'RetentionInDays: 30',
      'LogGroupName: l',
      'limit to how long the log is kept (RetentionInDays: 30 → none)',
    ],
    [
      'AWS::Logs::LogGroup',
      'RetentionInDays: 365',
      'RetentionInDays: 1',
      'time that data is kept (RetentionInDays: 365 → 1)',
    ],
    [
      'AWS::CloudFront::Distribution',
      'DistributionConfig: { ViewerCertificate: { MinimumProtocolVersion: TLSv1.2_2021 } }',
      'DistributionConfig: { ViewerCertificate: { MinimumProtocolVersion: TLSv1 } }',
      'TLS version (DistributionConfig.ViewerCertificate.MinimumProtocolVersion: TLSv1.2_2021 → TLSv1)',
    ],
    [
      'AWS::ElasticLoadBalancingV2::Listener',
      'Protocol: HTTPS, SslPolicy: ELBSecurityPolicy-TLS13-1-2-2021-06',
      'Protocol: HTTP',
      'encryption in transit (Protocol: HTTPS → HTTP)',
    ],
    [
      'AWS::ElasticLoadBalancingV2::LoadBalancer',
      'Scheme: internal, LoadBalancerAttributes: [{ Key: idle_timeout.timeout_seconds, Value: 60 }, { Key: deletion_protection.enabled, Value: true }]',
      'Scheme: internal, LoadBalancerAttributes: [{ Key: deletion_protection.enabled, Value: false }]',
      'deletion protection (LoadBalancerAttributes[deletion_protection.enabled].Value: true → false)',
    ],
    [
      'AWS::WAFv2::WebACL',
      'Rules: [{ Name: a, Action: { Block: {} } }, { Name: b, Action: { Count: {} } }]',
      'Rules: [{ Name: b, Action: { Count: {} } }, { Name: a, Action: { Count: {} } }]',
      'firewall rules (Rules[a].Action.Block: set → none)',
    ],
    [
      'AWS::RDS::DBInstance',
      'BackupRetentionPeriod: 7',
      'BackupRetentionPeriod: 0',
      'days that backups are kept (BackupRetentionPeriod: 7 → 0)',
    ],
  ])('%s: %s', (type, before, after, message) => {
    expect(one(type, before, after)).toEqual([message]);
    expect(one(type, after, before)).toEqual([]);
  });

  it('names what an association was for', () => {
    const balancer =
      'Balancer: { Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: { Scheme: internal } }';
    const guard =
      'Guard: { Type: AWS::WAFv2::WebACLAssociation, Properties: { ResourceArn: !Ref Balancer, WebACLArn: w } }';
    expect(said(`${balancer}\n${guard}`, balancer)).toEqual([
      'protection Balancer is protected less: web firewall (Guard is removed)',
    ]);
    expect(said(`${balancer}\n${guard}`, `${balancer}\n${guard.replace('Guard', 'Other')}`)).toEqual([]);
    expect(said(`${balancer}\n${guard}\n${NOTHING}`, NOTHING)).toEqual([]);
    const trail = 'Trail: { Type: AWS::CloudTrail::Trail, Properties: { IsLogging: true } }';
    expect(said(`${trail}\n${NOTHING}`, NOTHING)).toEqual([
      'protection Trail (AWS::CloudTrail::Trail) protects no longer: audit trail',
    ]);
  });

  it('is not told of what becomes open to everybody anyway', () => {
    const method = (type: string) =>
      `Get: { Type: AWS::ApiGateway::Method, Properties: { HttpMethod: GET, AuthorizationType: ${type} } }`;
    expect(said(method('AWS_IAM'), method('NONE'))).toEqual([
      'public Get is open to everybody: GET method without authorizer (AuthorizationType)',
    ]);
  });
});

describe('versions of TLS', () => {
  it.each([
    ['SSLv3', 'TLSv1', 'TLSv1.1_2016', 'TLSv1.2_2018', 'TLSv1.2_2021', 'TLSv1.3_2025'],
    ['TLS_1_0', 'TLS_1_2', 'SecurityPolicy_TLS13_1_3_2025_09'],
    ['TLS_V1', 'TLS_V1_2_2021', 'TLS_V1_3_2025'],
    [
      'ELBSecurityPolicy-2016-08',
      'ELBSecurityPolicy-TLS-1-1-2017-01',
      'ELBSecurityPolicy-TLS-1-2-Ext-2018-06',
      'ELBSecurityPolicy-TLS-1-2-2017-01',
      'ELBSecurityPolicy-TLS13-1-2-2021-06',
      'ELBSecurityPolicy-TLS13-1-2-Res-2021-06',
      'ELBSecurityPolicy-TLS13-1-3-2021-06',
    ],
    ['Policy-Min-TLS-1-0-2019-07', 'Policy-Min-TLS-1-2-2019-07', 'Policy-Min-TLS-1-2-PFS-2023-10'],
    [
      'IoTSecurityPolicy_TLS12_1_0_2016_01',
      'IoTSecurityPolicy_TLS12_1_2_2022_10',
      'IoTSecurityPolicy_TLS13_1_3_2022_10',
    ],
    ['TransferSecurityPolicy-2018-11', 'TransferSecurityPolicy-2020-06', 'TransferSecurityPolicy-2024-01'],
  ])('get stronger: %s, %s, ...', (...names) => {
    const ranks = names.map(tlsRank);
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
    expect(new Set(ranks).size).toBe(ranks.length);
  });
});
