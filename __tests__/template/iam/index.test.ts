import { describe, expect, it } from '@jest/globals';
import { iamChanges } from '../../../src/template/iam/index.ts';
import type { Json, JsonObject, Template } from '../../../src/template/types.ts';

const of = (Type: string, Properties: JsonObject): Template => ({ Resources: { R: { Type, Properties } } });
const none: Template = { Resources: {} };
const allow = (rest: JsonObject): JsonObject => ({ Statement: [{ Effect: 'Allow', ...rest }] });
const policy = (rest: JsonObject): Template => of('AWS::IAM::Policy', { PolicyDocument: allow(rest) });
const added = (before: Template, after: Template) =>
  iamChanges(before, after).flatMap(({ kind, action, resource, principal, concern }) =>
    kind === 'added' ? [[principal, action, resource, concern]] : [],
  );

describe('statements', () => {
  it('are one permission for each action and resource', () => {
    expect(
      added(none, policy({ Action: ['s3:GetObject', 's3:PutObject'], Resource: ['a', 'b'] })),
    ).toHaveLength(4);
  });
  it('are the same however they are grouped and ordered', () => {
    const one = of('AWS::IAM::Policy', {
      PolicyDocument: { Statement: [{ Effect: 'Allow', Action: ['a:B', 'a:C'], Resource: 'x' }] },
    });
    const two = of('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          { Sid: 'C', Effect: 'Allow', Action: 'a:C', Resource: ['x'] },
          { Action: 'a:B', Resource: 'x', Effect: 'Allow' },
        ],
      },
    });
    expect(iamChanges(one, two)).toEqual([]);
  });
  it('are found in every place that holds them', () => {
    const statement = { Action: 'a:B', Resource: 'x' };
    const places: [string, JsonObject][] = [
      ['AWS::IAM::Role', { Policies: [{ PolicyName: 'p', PolicyDocument: allow(statement) }] }],
      ['AWS::IAM::Role', { AssumeRolePolicyDocument: allow(statement) }],
      ['AWS::SQS::QueuePolicy', { PolicyDocument: allow(statement) }],
      ['AWS::KMS::Key', { KeyPolicy: allow(statement) }],
      ['AWS::Events::EventBusPolicy', { Statement: { Effect: 'Allow', ...statement } }],
      ['AWS::Serverless::Function', { Policies: [allow(statement)] }],
      ['AWS::Serverless::Function', { Policies: allow(statement) }],
    ];
    for (const [type, properties] of places)
      expect([type, added(none, of(type, properties))]).toEqual([type, [['', 'a:B', 'x', undefined]]]);
  });
});

describe('what is allowed beside statements', () => {
  const concerns = (before: Template, after: Template): string[] =>
    iamChanges(before, after).map(
      ({ kind, effect, action, resource, principal, concern }) =>
        `${kind} ${[effect, action, resource, principal].filter(Boolean).join(' ')} (${concern ?? ''})`,
    );
  const attached = (...Roles: string[]) =>
    of('AWS::IAM::Policy', { Roles, PolicyDocument: allow({ Action: 'a:B', Resource: 'x' }) });
  const deny = (...Statement: JsonObject[]) => of('AWS::SQS::QueuePolicy', { PolicyDocument: { Statement } });
  const trust = (AWS: string, Condition?: JsonObject) =>
    of('AWS::IAM::Role', {
      AssumeRolePolicyDocument: allow({
        Principal: { AWS },
        Action: 'sts:AssumeRole',
        ...(Condition && { Condition }),
      }),
    });
  const from = (operator: string, key: string, value: string) => ({ [operator]: { [key]: value } });
  const role = 'arn:aws:iam::123456789012:role/a';

  it('is told when it widens', () => {
    expect(concerns(attached('a'), attached('a', 'b'))).toEqual(['added Allow attached to b (widened)']);
    expect(concerns(none, attached('a'))).toEqual(['added Allow a:B x ()']);
    expect(concerns(deny({ Effect: 'Deny', Action: 's:*', Resource: 'x' }), deny())).toEqual([
      'removed Deny s:* x (widened)',
    ]);
    expect(concerns(of('AWS::IAM::Role', { PermissionsBoundary: 'b' }), of('AWS::IAM::Role', {}))).toEqual([
      'removed Deny all but the permissions boundary b (widened)',
    ]);
    expect(concerns(of('AWS::IAM::Role', { PermissionsBoundary: 'b' }), none)).toHaveLength(1);
    expect(concerns(of('AWS::IAM::Role', { PermissionsBoundary: 'b' }), none)[0]).toMatch(/\(\)$/);
    expect(concerns(trust(role), trust('arn:aws:iam::123456789012:root'))[0]).toMatch(/:root \(widened\)$/);
    expect(concerns(trust(role), trust('arn:aws:iam::210987654321:root'))[0]).toMatch(/:root \(\)$/);
    expect(
      concerns(
        trust(role, from('IpAddress', 'aws:SourceIp', '10.0.0.0/8')),
        trust(role, from('IpAddress', 'aws:SourceIp', '0.0.0.0/0')),
      )[0],
    ).toMatch(/\(widened\)$/);
  });

  it.each([
    [from('IpAddress', 'aws:SourceIp', '0.0.0.0/0'), 'public'],
    [from('StringNotEquals', 'aws:SourceVpc', 'vpc-1'), 'public'],
    [from('StringEqualsIfExists', 'aws:SourceVpc', 'vpc-1'), 'public'],
    [from('Null', 'aws:SourceVpc', 'true'), 'public'],
    [from('StringLike', 'aws:SourceVpc', '*'), 'public'],
    [from('StringEquals', 'aws:SourceVpc', 'vpc-1'), undefined],
    [from('ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', 'o-1/*'), undefined],
    [from('ArnLike', 'aws:SourceArn', 'arn:aws:s3:::*'), 'public'],
    [from('ArnLike', 'aws:SourceArn', 'arn:aws:sns:*:*:topic'), 'public'],
    [from('ArnLike', 'aws:SourceArn', 'arn:aws:s3:::bucket'), undefined],
    [from('ArnLike', 'aws:SourceArn', 'arn:aws:sns:*:123456789012:*'), undefined],
    [from('IpAddress', 'aws:SourceIp', '0.0.0.0/1'), 'public'],
    [from('StringEquals', 'aws:SourceAccount', '123456789012'), undefined],
    [from('StringEquals', 'aws:SourceVpce', 'vpce-1'), undefined],
    [from('StringEquals', 'aws:PrincipalTag/team', 'mine'), 'public'],
    [from('Bool', 'aws:SecureTransport', 'true'), 'public'],
    [from('Bool', 'aws:PrincipalIsAWSService', 'true'), undefined],
  ])('is public with %j: %s', (condition, concern) => {
    expect(iamChanges(none, trust('*', condition))[0]?.concern).toBe(concern);
  });

  it('is public as the trust in a provider of identities that everybody has, without saying whose', () => {
    const github = 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com';
    const key = (claim: string, of = 'token.actions.githubusercontent.com') => `${of}:${claim}`;
    const federated = (Federated: string, Condition: JsonObject) =>
      iamChanges(
        none,
        of('AWS::IAM::Role', {
          AssumeRolePolicyDocument: allow({
            Principal: { Federated },
            Action: 'sts:AssumeRoleWithWebIdentity',
            Condition,
          }),
        }),
      )[0]?.concern;
    const audience = from('StringEquals', key('aud'), 'sts.amazonaws.com');
    expect(federated(github, audience)).toBe('public');
    expect(federated(github, { ...audience, ...from('StringLike', key('sub'), 'repo:*') })).toBe('public');
    expect(federated(github, { ...audience, ...from('StringLike', key('sub'), '*') })).toBe('public');
    expect(federated(github, { ...audience, ...from('StringLike', key('sub'), 'repo:me/mine:*') })).toBe(
      undefined,
    );
    expect(federated(github, from('StringEquals', key('repository_owner'), 'me'))).toBe(undefined);
    expect(federated('!Ref Provider', audience)).toBe('public');
    const pool = 'cognito-identity.amazonaws.com';
    expect(federated(pool, {})).toBe('public');
    expect(federated(pool, from('StringEquals', key('aud', pool), 'eu-west-1:1'))).toBe(undefined);
  });

  it('is public to every account where a service acts for anybody who asks it to', () => {
    const permission = (Principal: string, more: JsonObject = {}) =>
      iamChanges(
        none,
        of('AWS::Lambda::Permission', {
          Principal,
          Action: 'lambda:InvokeFunction',
          FunctionName: 'f',
          ...more,
        }),
      )[0]?.concern;
    expect(permission('s3.amazonaws.com')).toBe('public');
    expect(permission('sns.amazonaws.com', { FunctionUrlAuthType: 'NONE' })).toBe('public');
    expect(permission('s3.amazonaws.com', { SourceAccount: '123456789012' })).toBe(undefined);
    expect(permission('s3.amazonaws.com', { SourceArn: 'arn:aws:s3:::b' })).toBe(undefined);
    expect(permission('elasticloadbalancing.amazonaws.com')).toBe(undefined);
  });

  it('is told once of a function URL and its permission', () => {
    const url = (AuthType: string): Template => ({
      Resources: {
        F: {
          Type: 'AWS::Lambda::Function',
          Properties: { FunctionName: { 'Fn::Sub': '${AWS::StackName}-f' } },
        },
        Live: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'F' } } },
        Url: {
          Type: 'AWS::Lambda::Url',
          Properties: { AuthType, TargetFunctionArn: { 'Fn::GetAtt': ['F', 'Arn'] } },
        },
        Permission: {
          Type: 'AWS::Lambda::Permission',
          Properties: {
            Principal: '*',
            Action: 'lambda:InvokeFunctionUrl',
            FunctionName: { Ref: 'Live' },
            FunctionUrlAuthType: 'NONE',
          },
        },
      },
    });
    const opened = (before: Template, after: Template) =>
      iamChanges(before, after).flatMap(({ logicalId, concern }) =>
        concern === 'public' ? [logicalId] : [],
      );
    expect(opened(none, url('NONE'))).toEqual(['Url']);
    expect(opened(none, url('AWS_IAM'))).toEqual(['Permission']);
    expect(opened(url('AWS_IAM'), url('NONE'))).toEqual(['Url']);
  });

  it('is lifted with a policy that is gone, where what it was for stays', () => {
    const bucket = { B: { Type: 'AWS::S3::Bucket', Properties: {} } };
    const guarded = (id: string): Template => ({
      Resources: {
        ...bucket,
        [id]: {
          Type: 'AWS::S3::BucketPolicy',
          Properties: {
            Bucket: { Ref: 'B' },
            PolicyDocument: {
              Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: 'x' }],
            },
          },
        },
      },
    });
    const lifted = (after: Template) =>
      iamChanges(guarded('P'), after).flatMap(({ kind, concern }) => (concern ? [[kind, concern]] : []));
    expect(lifted({ Resources: bucket })).toEqual([['removed', 'widened']]);
    expect(lifted(none)).toEqual([]);
    expect(lifted(guarded('Q'))).toEqual([]);
  });

  it('is told where a condition is not decided, whichever way it goes', () => {
    const maybe = (value: Json): Json => ({ 'Fn::If': ['C', value, { Ref: 'AWS::NoValue' }] });
    const all = { Effect: 'Allow', Action: '*', Resource: '*' };
    const role = (Policies: Json) => of('AWS::IAM::Role', { Policies });
    const told = (template: Template) =>
      iamChanges(none, template).map(({ action, concern }) => [action, concern]);
    expect(told(role(maybe([{ PolicyDocument: { Statement: [all] } }])))).toEqual([['*', 'wildcard']]);
    expect(told(role([maybe({ PolicyDocument: { Statement: [all] } })]))).toEqual([['*', 'wildcard']]);
    expect(told(role([{ PolicyDocument: { Statement: [maybe(all)] } }]))).toEqual([['*', 'wildcard']]);
    expect(told(of('AWS::Lambda::Url', { AuthType: maybe('NONE') }))).toHaveLength(1);
    const rule = { CidrIp: '0.0.0.0/0', FromPort: 22, ToPort: 22 };
    expect(told(of('AWS::EC2::SecurityGroup', { SecurityGroupIngress: maybe([rule]) }))).toEqual([
      ['port 22 from anywhere', 'public'],
    ]);
    expect(
      told(
        of('AWS::EC2::SecurityGroup', { SecurityGroupIngress: [{ ...rule, CidrIp: maybe('0.0.0.0/0') }] }),
      ),
    ).toHaveLength(1);
  });

  it('is the same with another content hash', () => {
    const archive = (hash: string) =>
      policy({ Action: 's3:GetObject', Resource: `arn:aws:s3:::b/${hash}.zip` });
    expect(iamChanges(archive('a'.repeat(64)), archive('b'.repeat(64)))).toEqual([]);
  });
});

describe('what deserves a second look', () => {
  const cases: [string, Template, Template, string | undefined][] = [
    ['all actions', none, policy({ Action: '*', Resource: 'x' }), 'wildcard'],
    ['all actions of a service', none, policy({ Action: 's3:*', Resource: 'x' }), 'wildcard'],
    ['all but some actions', none, policy({ NotAction: 'iam:*', Resource: 'x' }), 'wildcard'],
    ['passing any role', none, policy({ Action: 'iam:PassRole', Resource: '*' }), 'powerful'],
    ['passing one role', none, policy({ Action: 'iam:PassRole', Resource: 'r' }), 'powerful'],
    ['passing roles by a pattern', none, policy({ Action: 'iam:Pass*', Resource: 'r' }), 'powerful'],
    ['decrypting everything', none, policy({ Action: 'kms:Decrypt', Resource: '*' }), 'powerful'],
    [
      'decrypting with any key of an account',
      none,
      policy({
        Action: 'kms:decrypt',
        Resource: { 'Fn::Sub': 'arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:key/*' },
      }),
      'powerful',
    ],
    [
      'decrypting with one key',
      none,
      policy({ Action: 'kms:Decrypt', Resource: 'arn:aws:kms:r:1:key/k' }),
      undefined,
    ],
    [
      'decrypting for one service',
      none,
      policy({
        Action: 'kms:Decrypt',
        Resource: '*',
        Condition: { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } },
      }),
      undefined,
    ],
    ['reading every secret', none, policy({ Action: 'secretsmanager:Get*', Resource: '*' }), 'powerful'],
    [
      'reading every bucket',
      none,
      policy({ Action: 's3:GetObject', Resource: 'arn:aws:s3:::*/*' }),
      'powerful',
    ],
    ['reading a bucket', none, policy({ Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' }), undefined],
    [
      'switching off the trail',
      none,
      policy({ Action: 'cloudtrail:StopLogging', Resource: 't' }),
      'powerful',
    ],
    [
      'denying what is powerful',
      none,
      of('AWS::IAM::Policy', {
        PolicyDocument: { Statement: [{ Effect: 'Deny', Action: 'iam:PassRole', Resource: '*' }] },
      }),
      undefined,
    ],
    [
      'an action that knows no resources',
      none,
      policy({ Action: 'xray:PutTraceSegments', Resource: '*' }),
      undefined,
    ],
    [
      'a denial of all',
      none,
      of('AWS::IAM::Policy', {
        PolicyDocument: { Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }] },
      }),
      undefined,
    ],
    [
      'a wider resource',
      policy({ Action: 's3:Get', Resource: 'a/b' }),
      policy({ Action: 's3:Get', Resource: 'a/*' }),
      'widened',
    ],
    [
      'a wider action',
      policy({ Action: 's3:GetObject', Resource: 'a' }),
      policy({ Action: 's3:Get*', Resource: 'a' }),
      'widened',
    ],
    [
      'a condition less',
      policy({ Action: 's3:Get', Resource: 'a', Condition: { Bool: { x: 1 } } }),
      policy({ Action: 's3:Get', Resource: 'a' }),
      'widened',
    ],
    [
      'a narrower resource',
      policy({ Action: 's3:Get', Resource: 'a/*' }),
      policy({ Action: 's3:Get', Resource: 'a/b' }),
      undefined,
    ],
    [
      'a managed policy of everything',
      none,
      of('AWS::IAM::Role', { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] }),
      'wildcard',
    ],
    [
      'a managed policy',
      none,
      of('AWS::IAM::Role', {
        ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
      }),
      undefined,
    ],
  ];
  it.each(cases)('%s', (_name, before, after, concern) => {
    expect(iamChanges(before, after).find(({ kind }) => kind === 'added')?.concern).toBe(concern);
  });

  const anybody = (Condition?: Json): Template =>
    of('AWS::SQS::QueuePolicy', {
      PolicyDocument: allow({
        Principal: '*',
        Action: 'sqs:SendMessage',
        Resource: 'q',
        ...(Condition !== undefined && { Condition }),
      }),
    });
  const exposures: [string, Template, boolean][] = [
    ['a queue for everybody', anybody(), true],
    ['a queue for everybody over TLS', anybody({ Bool: { 'aws:SecureTransport': 'true' } }), true],
    ['a queue for one topic', anybody({ ArnEquals: { 'aws:SourceArn': 'x' } }), false],
    [
      'a function for everybody',
      of('AWS::Lambda::Permission', { Principal: '*', Action: 'lambda:InvokeFunction', FunctionName: 'f' }),
      true,
    ],
    [
      'a function URL for everybody',
      of('AWS::Lambda::Permission', {
        Principal: '*',
        Action: 'lambda:InvokeFunctionUrl',
        FunctionUrlAuthType: 'NONE',
      }),
      true,
    ],
    [
      'a function for an organisation',
      of('AWS::Lambda::Permission', { Principal: '*', PrincipalOrgID: 'o-1' }),
      false,
    ],
    ['a function URL', of('AWS::Lambda::Url', { AuthType: 'NONE' }), true],
    ['a signed function URL', of('AWS::Lambda::Url', { AuthType: 'AWS_IAM' }), false],
    [
      'a function URL of SAM',
      of('AWS::Serverless::Function', { FunctionUrlConfig: { AuthType: 'NONE' } }),
      true,
    ],
    ['a public bucket', of('AWS::S3::Bucket', { AccessControl: 'PublicRead' }), true],
    [
      'a bucket that may become public',
      of('AWS::S3::Bucket', { PublicAccessBlockConfiguration: { BlockPublicAcls: false } }),
      true,
    ],
    [
      'a private bucket',
      of('AWS::S3::Bucket', { PublicAccessBlockConfiguration: { BlockPublicAcls: 'true' } }),
      false,
    ],
    ['a website', of('AWS::S3::Bucket', { WebsiteConfiguration: { IndexDocument: 'i' } }), true],
    [
      'an open port',
      of('AWS::EC2::SecurityGroup', {
        SecurityGroupIngress: [{ CidrIp: '0.0.0.0/0', FromPort: 22, ToPort: 22 }],
      }),
      true,
    ],
    [
      'a port of a network',
      of('AWS::EC2::SecurityGroupIngress', { CidrIp: '10.0.0.0/8', FromPort: 22 }),
      false,
    ],
    ['a route without authorizer', of('AWS::ApiGatewayV2::Route', { RouteKey: 'GET /' }), true],
    [
      'a route with one',
      of('AWS::ApiGatewayV2::Route', { RouteKey: 'GET /', AuthorizationType: 'JWT' }),
      false,
    ],
    [
      'a method without authorizer',
      of('AWS::ApiGateway::Method', { HttpMethod: 'GET', AuthorizationType: 'NONE' }),
      true,
    ],
    [
      'a preflight method',
      of('AWS::ApiGateway::Method', { HttpMethod: 'OPTIONS', AuthorizationType: 'NONE' }),
      false,
    ],
  ];
  it.each(exposures)('%s', (_name, after, open) => {
    expect(iamChanges(none, after).some(({ concern }) => concern === 'public')).toBe(open);
  });
});
