/** What is told of SAM applications: of what they are made into. */
import { describe, expect, it } from '@jest/globals';
import { cautions } from '../../../src/report/cautions.ts';
import { expand } from '../../../src/sam/expanded.ts';
import { compareTemplates } from '../../../src/template/diff/compare.ts';
import { parseTemplate } from '../../../src/template/read/parse.ts';
import { type KnownTemplate, knownParameters } from '../../../src/template/values/known-value.ts';
import { stackReport } from '../../report/sample.ts';

const HEAD = `Transform: AWS::Serverless-2016-10-31
Parameters:
  Name: { Type: String, Default: hidden }
  Unknown: { Type: String }
Conditions: { Maybe: !Equals [!Ref Unknown, yes] }
`;

function made(text: string): KnownTemplate & { readonly madeBy: Readonly<Record<string, string>> } {
  const { template } = parseTemplate(`${HEAD}${text}`, 'template.yaml');
  const known = knownParameters(template);
  const result = expand({ template, known });
  if (result.kind !== 'made') throw new Error(JSON.stringify(result));
  return { template: result.template, known, madeBy: result.madeBy };
}

const NOTHING = 'Resources: { Topic: { Type: AWS::SNS::Topic } }';

const diffOf = (before: string, after: string) => compareTemplates(made(before), made(after)).diff;
const said = (before: string, after: string): string[] =>
  cautions({ ...stackReport({}, {}), diff: diffOf(before, after), madeBy: made(after).madeBy }).map(
    ({ kind, logicalId, message }) => `${kind} ${logicalId} ${message}`,
  );

const fn = (properties: string, rest = ''): string =>
  `Resources:
  It:
    Type: AWS::Serverless::Function
    Properties: { InlineCode: x, Handler: index.handler, Runtime: nodejs22.x, ${properties} }
${rest}`;

describe('routes of SAM', () => {
  const open = (events: string, rest = ''): string[] =>
    said(NOTHING, fn(`Events: { ${events} }`, rest)).filter((each) => each.startsWith('public'));
  const rest = (more = '') => `Get: { Type: Api, Properties: { Path: /x, Method: get, ${more} } }`;
  const http = (more = '') => `Get: { Type: HttpApi, Properties: { Path: /x, Method: get, ${more} } }`;
  const GUARDED = '{ Authorizers: { Mine: { UserPoolArn: a } }, DefaultAuthorizer: Mine }';
  const api = (auth = GUARDED, more = '') =>
    `  Api: { Type: AWS::Serverless::Api, Properties: { StageName: live, Auth: ${auth}, ${more} } }\n`;

  it('are open without an authorizer', () => {
    expect(open(rest())).toEqual([
      'public ServerlessRestApi is open to everybody: route GET /x without authorizer (Body)',
    ]);
    expect(open(http())).toEqual([
      'public ServerlessHttpApi is open to everybody: route GET /x without authorizer (Body)',
    ]);
    expect(open('All: { Type: HttpApi }')).toEqual([
      'public ServerlessHttpApi is open to everybody: route $default without authorizer (Body)',
    ]);
    expect(open('Get: { Type: Api, Properties: { Path: /x, Method: options } }')).toEqual([]);
    expect(
      open(
        'Put: { Type: S3, Properties: { Bucket: !Ref Bucket, Events: s3:ObjectCreated:* } }',
        '  Bucket: { Type: AWS::S3::Bucket }\n',
      ),
    ).toEqual([]);
  });

  it('are open where a condition that is not decided may make them', () => {
    const both = `${fn(`Events: { ${rest()} }`)}  Other: { Type: AWS::Serverless::Function, Condition: Maybe, Properties: { InlineCode: x, Handler: index.handler, Runtime: nodejs22.x, Events: { Get: { Type: Api, Properties: { Path: /maybe, Method: get } } } } }\n`;
    expect(said(NOTHING, both).join()).toContain('route GET /maybe without authorizer');
  });

  it('are guarded by their own authorizer, or by that of their API', () => {
    expect(open(rest('Auth: { ApiKeyRequired: true }'))).toEqual([]);
    expect(open(rest('Auth: { Authorizer: AWS_IAM }'))).toEqual([]);
    expect(open(rest('RestApiId: !Ref Api'), api())).toEqual([]);
    expect(open(rest('RestApiId: !Ref Api, Auth: { Authorizer: NONE }'), api())).toHaveLength(1);
    expect(open(rest('RestApiId: !Ref Api'), api('{}'))).toHaveLength(1);
    expect(open(rest('RestApiId: !Ref Api'), api('{}', 'EndpointConfiguration: { Type: PRIVATE }'))).toEqual(
      [],
    );
    const policy = '{ ResourcePolicy: { IpRangeWhitelist: [10.0.0.0/8] } }';
    expect(open(rest('RestApiId: !Ref Api'), api(policy))).toEqual([]);
  });

  it('are told when a pull request makes them public', () => {
    const before = fn(`Events: { ${rest('RestApiId: !Ref Api')} }`, api());
    const after = fn(`Events: { ${rest('RestApiId: !Ref Api, Auth: { Authorizer: NONE }')} }`, api());
    expect(said(before, after)).toEqual([
      'public Api is open to everybody: route GET /x without authorizer (Body)',
    ]);
    expect(said(after, before)).toEqual([]);
  });

  it('are told when the policy that limits who reaches them goes', () => {
    const keyed = (more = ''): string =>
      fn(`Events: { ${rest('RestApiId: !Ref Api')} }`, api(`{ ApiKeyRequired: true${more} }`));
    const limited = keyed(', ResourcePolicy: { IpRangeWhitelist: [10.0.0.0/8] }');
    expect(said(limited, keyed())).toEqual([
      'protection Api (AWS::ApiGateway::RestApi) is protected less: policy that limits access (Body.x-amazon-apigateway-policy: set → none)',
    ]);
    expect(said(keyed(), limited)).toEqual([]);
  });

  it('are told when the policy that limits who reaches them gets wider, and only then', () => {
    const keyed = (ranges: string, more = ''): string =>
      fn(
        `Events: { ${rest('RestApiId: !Ref Api')}${more} }`,
        api(`{ ApiKeyRequired: true, ResourcePolicy: { IpRangeWhitelist: [${ranges}] } }`),
      );
    const post = ', Post: { Type: Api, Properties: { Path: /x, Method: post, RestApiId: !Ref Api } }';
    const narrow = keyed('10.0.0.0/8');
    const told = (after: string): string[] => said(narrow, after);
    expect(told(keyed('10.0.0.0/8, 192.0.2.0/24'))).toEqual([
      'permission Api denies less: execute-api:Invoke on execute-api:/live/GET/x to * (Body.x-amazon-apigateway-policy)',
    ]);
    expect(told(keyed('10.1.0.0/16'))).toEqual([]);
    expect(told(keyed('10.0.0.0/8', post))).toEqual([]);
    expect(said(keyed('10.0.0.0/8', post), narrow)).toEqual([]);
    expect(said(NOTHING, narrow)).toEqual([]);

    const many = Array.from({ length: 9 }, (_, index) =>
      post.replace('Post', `P${index}`).replace('/x', `/${index}`),
    ).join('');
    expect(said(keyed('10.0.0.0/8', many), keyed('10.0.0.0/7', many))).toEqual([
      expect.stringMatching(
        /^permission Api denies less: .*(, execute-api:\/live\/\w+\/\w){4} and 5 more to \*/,
      ),
    ]);

    const statement = (who: string): string =>
      fn(
        `Events: { ${rest('RestApiId: !Ref Api')} }`,
        api(
          `{ ApiKeyRequired: true, ResourcePolicy: { CustomStatements: [{ Effect: Allow, Principal: ${who}, Action: 'execute-api:Invoke', Resource: 'execute-api:/*' }] } }`,
        ),
      );
    expect(said(statement("{ AWS: '123456789012' }"), statement("'*'"))).toEqual([
      'public Api is open to everybody: execute-api:Invoke on execute-api:/* (Body.x-amazon-apigateway-policy)',
    ]);
  });

  it('are told when they need no key, or no scope, any more', () => {
    const of = (auth: string): string =>
      fn(`Events: { ${rest(`RestApiId: !Ref Api, Auth: ${auth}`)} }`, api());
    expect(said(of('{ ApiKeyRequired: true }'), of('{}'))).toEqual([
      'protection Api (AWS::ApiGateway::RestApi) is protected less: API key (Body.paths./x.get.security: api_key → none)',
    ]);
    expect(said(of('{}'), of('{ ApiKeyRequired: true }'))).toEqual([]);
    expect(said(of('{ Authorizer: Mine, AuthorizationScopes: [read] }'), of('{}'))).toEqual([
      'protection Api (AWS::ApiGateway::RestApi) is protected less: scopes of authorization (Body.paths./x.get.security: read → none)',
    ]);
  });

  it('of function URLs are open without a signature', () => {
    expect(said(NOTHING, fn('FunctionUrlConfig: { AuthType: NONE }'))).toEqual([
      'public ItUrl is open to everybody: function URL without authentication (AuthType)',
    ]);
    expect(said(NOTHING, fn('FunctionUrlConfig: { AuthType: AWS_IAM }'))).toEqual([]);
  });
});

describe('policy templates of SAM', () => {
  const added = (policies: string, before = '[]'): string[] =>
    diffOf(fn(`Policies: ${before}`), fn(`Policies: ${policies}`)).iam.map(
      ({ kind, action, resource, concern = '' }) => `${kind} ${action} ${resource} ${concern}`.trim(),
    );

  it('are the statements that they become', () => {
    expect(added('[{ S3ReadPolicy: { BucketName: b } }]').slice(0, 2)).toEqual([
      'added s3:GetObject {"Fn::Sub":"arn:${AWS::Partition}:s3:::b"}',
      'added s3:GetObject {"Fn::Sub":"arn:${AWS::Partition}:s3:::b/*"}',
    ]);
    expect(added('[{ KMSDecryptPolicy: { KeyId: "*" } }]')).toEqual([
      'added kms:Decrypt {"Fn::Sub":"arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:key/*"} powerful',
    ]);
    expect(added('{ VPCAccessPolicy: {} }')).toContain('added ec2:CreateNetworkInterface *');
  });

  it('are compared by statements', () => {
    const read = added(
      '[{ DynamoDBCrudPolicy: { TableName: t } }]',
      '[{ DynamoDBReadPolicy: { TableName: t } }]',
    );
    expect(read.length).toBeGreaterThan(0);
    expect(
      read.filter(
        (each) => !/^added dynamodb:(\w*Put|\w*Write|\w*Update|\w*Delete|ConditionCheck)/.test(each),
      ),
    ).toEqual([]);
    expect(
      added('[{ SQSPollerPolicy: { QueueName: q } }]', '[{ SQSPollerPolicy: { QueueName: q } }]'),
    ).toEqual([]);
  });

  it('show what their author wrote, not the values of parameters', () => {
    const told = added(
      '[{ S3ReadPolicy: { BucketName: !Ref Name } }, { LambdaInvokePolicy: { FunctionName: !GetAtt It.Name } }]',
    );
    expect(told[1]).toBe('added s3:GetObject {"Fn::Sub":"arn:${AWS::Partition}:s3:::${Name}/*"}');
    expect(told.join()).toContain('function:${It.Name}*');
    expect(told.join()).not.toContain('hidden');
  });

  it('are told when a pull request swaps one for a wider one', () => {
    expect(
      said(
        fn('Policies: [{ SSMParameterReadPolicy: { ParameterName: p } }]'),
        fn('Policies: [{ KMSDecryptPolicy: { KeyId: "*" } }]'),
      ),
    ).toEqual([
      'permission ItRole gets powerful permissions: kms:Decrypt on arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:key/* (Policies[ItRolePolicy0].PolicyDocument)',
    ]);
    expect(
      said(
        fn('Policies: [{ S3ReadPolicy: { BucketName: b } }]'),
        fn('Policies: [{ S3ReadPolicy: { BucketName: "*" } }]'),
      ).join(),
    ).toContain('permission ItRole gets powerful permissions: s3:GetObject on arn:${AWS::Partition}:s3:::*');
    expect(
      said(
        fn('Policies: [{ DynamoDBReadPolicy: { TableName: t } }]'),
        fn('Policies: [{ DynamoDBCrudPolicy: { TableName: t } }]'),
      )[0],
    ).toBe(
      'permission ItRole allows more: dynamodb:DeleteItem, dynamodb:PutItem, dynamodb:UpdateItem, dynamodb:BatchWriteItem, dynamodb:ConditionCheckItem on arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/t (Policies[ItRolePolicy0].PolicyDocument)',
    );
  });
});

describe('connectors', () => {
  const between = (more: string): string => fn('Timeout: 3', `  Queue: { Type: AWS::SQS::Queue }\n${more}`);
  const link = (permissions: string): string =>
    `  Link: { Type: AWS::Serverless::Connector, Properties: { Source: { Id: It }, Destination: { Id: Queue }, Permissions: [${permissions}] } }\n`;

  it('are told where they give roles more that are there already', () => {
    const more = 'permission LinkPolicy allows more: sqs:ReceiveMessage, sqs:GetQueueAttributes';
    const where = 'on {"Fn::GetAtt":["Queue","Arn"]} (PolicyDocument)';
    const told = (before: string, after: string) =>
      said(before, after).join().replaceAll('!GetAtt Queue.Arn', '{"Fn::GetAtt":["Queue","Arn"]}');
    expect(told(between(link('Write')), between(link('Read, Write')))).toBe(`${more} ${where}`);
    expect(told(between(''), between(link('Read')))).toBe(`${more} ${where}`);
    expect(said(NOTHING, between(link('Read')))).toEqual([]);
    expect(said(between(link('Read, Write')), between(link('Read')))).toEqual([]);
  });
});
