import { expect, it } from '@jest/globals';
import type { Assembly, FileAsset, StackAssembly } from '../../../src/assembly/types.ts';
import { type AssemblyOptions, stacksHere } from '../../../src/local/functions/from-assembly.ts';
import { findFunction } from '../../../src/local/functions/function.ts';
import { findByReference } from '../../../src/local/functions/reference.ts';
import { apiNames } from '../../../src/local/http-api/api-names.ts';
import { parseTemplate } from '../../../src/template/read/parse.ts';
import type { JsonObject } from '../../../src/template/types.ts';

const fn = (variables: JsonObject = {}): JsonObject => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Code: 'x',
    Environment: { Variables: variables },
  },
});
const document = (template: JsonObject) => parseTemplate(JSON.stringify(template), 'app/template.json');
const asset = (template: string | undefined, logicalId: string): FileAsset => ({
  kind: 'zip',
  hash: logicalId,
  path: `/assets/${logicalId}.zip`,
  size: 1,
  extension: '.zip',
  source: logicalId,
  targets: [
    {
      kind: 'property',
      ...(template !== undefined && { template }),
      path: ['Resources', logicalId, 'Properties', 'Code'],
      form: { kind: 's3-uri' },
    },
  ],
});

const url = {
  Type: 'AWS::Lambda::Url',
  Properties: { AuthType: 'NONE', TargetFunctionArn: { Ref: 'Inner' } },
};
const stack: StackAssembly = {
  id: 'Orders',
  stackName: 'orders',
  template: document({
    Parameters: { Stage: { Type: 'String' } },
    Resources: {
      Outer: fn({ TABLE: { Ref: 'Table' }, STAGE: { Ref: 'Stage' } }),
      Table: { Type: 'AWS::DynamoDB::Table' },
      Child: {
        Type: 'AWS::CloudFormation::Stack',
        Properties: { TemplateURL: 'x', Parameters: { Name: { Ref: 'Table' }, Level: { Ref: 'Stage' } } },
      },
    },
  }),
  nested: [
    {
      id: 'Child',
      template: document({
        Parameters: { Name: { Type: 'String' }, Level: { Type: 'String' } },
        Resources: {
          Inner: fn({ NAME: { Ref: 'Name' }, LEVEL: { Ref: 'Level' }, QUEUE: { Ref: 'Queue' } }),
          Queue: { Type: 'AWS::SQS::Queue' },
          Url: url,
        },
      }),
      targets: [],
    },
  ],
  assets: [asset(undefined, 'Outer'), asset('Child', 'Inner')],
  parameters: { Stage: 'prod' },
  tags: {},
  dependsOn: [],
};
const options: AssemblyOptions = {
  root: '/repository',
  region: undefined,
  deployed: new Map(),
  environment: {},
  warn: (message) => {
    throw new Error(message);
  },
};
const assembly = { source: 'template', stacks: [stack] } as const;

it('finds functions of nested templates, whose parameters are what their parent says', async () => {
  const [here] = await stacksHere(assembly, options);
  expect(here?.functions).toMatchObject([
    {
      logicalId: 'Outer',
      environment: { TABLE: 'unresolved-Table', STAGE: 'prod' },
      code: { hash: 'Outer' },
    },
    {
      logicalId: 'Child/Inner',
      environment: { NAME: 'unresolved-Table', LEVEL: 'prod', QUEUE: 'unresolved-Queue' },
      code: { hash: 'Inner' },
    },
  ]);
  expect(here?.routes).toMatchObject([{ target: { kind: 'function', logicalId: 'Child/Inner' } }]);
});

it('says which stack a function is of where there are several', async () => {
  const both = await stacksHere({ ...assembly, stacks: [stack, { ...stack, id: 'Other' }] }, options);
  const functions = both.flatMap((each) => each.functions);
  expect(functions.map(({ logicalId }) => logicalId)).toEqual([
    'Orders/Outer',
    'Orders/Child/Inner',
    'Other/Outer',
    'Other/Child/Inner',
  ]);
  expect(findFunction(functions, 'Other/Outer')?.logicalId).toBe('Other/Outer');
  // Two functions have this name.
  expect(findFunction(functions, 'Outer')).toBeUndefined();
});

it('says which stack an API and the functions behind it are of, mapped ones as well', async () => {
  const mapped = {
    Api: { Type: 'AWS::ApiGateway::RestApi' },
    Get: {
      Type: 'AWS::ApiGateway::Method',
      Properties: {
        HttpMethod: 'GET',
        ResourceId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] },
        RestApiId: { Ref: 'Api' },
        Integration: {
          Type: 'AWS',
          IntegrationHttpMethod: 'POST',
          Uri: {
            'Fn::Sub':
              'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Inner.Arn}/invocations',
          },
          IntegrationResponses: [{ StatusCode: 200 }],
        },
      },
    },
    Post: {
      Type: 'AWS::ApiGateway::Method',
      Properties: {
        HttpMethod: 'POST',
        ResourceId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] },
        RestApiId: { Ref: 'Api' },
        Integration: { Type: 'MOCK' },
      },
    },
  };
  const child = (id: string) => ({
    id,
    template: document({ Resources: { Inner: fn({}), ...mapped } }),
    targets: [],
  });
  const nestedStack = { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'x' } };
  const [here] = await stacksHere(
    {
      source: 'template',
      stacks: [
        {
          ...stack,
          template: document({ Resources: { One: nestedStack, Two: nestedStack } }),
          nested: [child('One'), child('Two')],
          assets: [asset('One', 'Inner'), asset('Two', 'Inner')],
        },
      ],
    },
    options,
  );
  const routes = here?.routes ?? [];
  expect(
    routes.flatMap(({ api, target }) =>
      target.kind === 'mapped' && target.to.kind === 'function' ? [[api.place, target.to.logicalId]] : [],
    ),
  ).toEqual([
    ['One/', 'One/Inner'],
    ['Two/', 'Two/Inner'],
  ]);
  const names = apiNames(new Set(routes.map(({ api }) => api)));
  expect([...names.values()]).toEqual(['One/Api', 'Two/Api']);
});

it('keeps two nested stacks of one template apart, and gives what they put out to their parent', async () => {
  const child = (id: string) => ({
    id,
    template: document({
      Parameters: { From: { Type: 'String', Default: '' } },
      Resources: {
        Inner: fn({ FROM: { Ref: 'From' }, STACK: { Ref: 'AWS::StackName' } }),
        Queue: { Type: 'AWS::SQS::Queue' },
        Chat: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'chat', ProtocolType: 'WEBSOCKET' } },
        Mapping: {
          Type: 'AWS::Lambda::EventSourceMapping',
          Properties: { EventSourceArn: { 'Fn::GetAtt': ['Queue', 'Arn'] }, FunctionName: { Ref: 'Inner' } },
        },
      },
      Outputs: {
        Url: { Value: { Ref: 'Queue' } },
        Fn: {
          Value: { 'Fn::GetAtt': ['Inner', 'Arn'] },
          Export: { Name: { 'Fn::Sub': '${AWS::StackName}-fn' } },
        },
      },
    }),
    targets: [],
  });
  const nestedStack = (Parameters: JsonObject = {}) => ({
    Type: 'AWS::CloudFormation::Stack',
    Properties: { TemplateURL: 'x', Parameters },
  });
  const twice: Assembly = {
    source: 'template',
    stacks: [
      {
        ...stack,
        template: document({
          Resources: {
            One: nestedStack({ From: { 'Fn::GetAtt': ['Two', 'Outputs.Url'] } }),
            Two: nestedStack(),
            Outer: fn({
              FN: { 'Fn::Sub': '${One.Outputs.Fn}' },
              EXPORTED: { 'Fn::ImportValue': 'orders-Two-fn' },
              NONE: { 'Fn::GetAtt': ['One', 'Outputs.None'] },
            }),
          },
        }),
        nested: [child('One'), child('Two')],
        assets: [asset(undefined, 'Outer'), asset('One', 'Inner'), asset('Two', 'Inner')],
      },
    ],
  };
  const [here] = await stacksHere(twice, { ...options, whole: true });
  const account = 'us-east-1:123456789012';
  expect(here?.functions.map(({ logicalId, name, environment }) => [logicalId, name, environment])).toEqual([
    [
      'Outer',
      'Outer',
      {
        FN: `arn:aws:lambda:${account}:function:orders-One-Inner`,
        EXPORTED: `arn:aws:lambda:${account}:function:orders-Two-Inner`,
        NONE: 'unresolved-One.Outputs.None',
      },
    ],
    [
      'One/Inner',
      'orders-One-Inner',
      { FROM: expect.stringMatching(/orders-Two-Queue$/), STACK: 'orders-One' },
    ],
    ['Two/Inner', 'orders-Two-Inner', { FROM: '', STACK: 'orders-Two' }],
  ]);
  const chats = here?.plan.webSockets ?? [];
  expect(chats.map(({ place }) => place)).toEqual(['One/', 'Two/']);
  expect(new Set(chats.map(({ id }) => id)).size).toBe(2);
  expect(here?.plan.mappings.map(({ sourceArn, functionArn }) => [sourceArn, functionArn])).toEqual(
    ['One', 'Two'].map((id) => [
      `arn:aws:sqs:${account}:orders-${id}-Queue`,
      `arn:aws:lambda:${account}:function:orders-${id}-Inner`,
    ]),
  );
  // Without queues here, what is missing is told by the name that it has for who asks.
  const [alone] = await stacksHere(twice, options);
  expect(alone?.functions[1]?.environment.FROM).toBe('unresolved-Two.Outputs.Url');
  expect(findByReference(here?.functions ?? [], 'Inner', null)).toMatchObject({
    fn: { logicalId: 'One/Inner' },
  });
});

it('takes physical ids and parameters of what is deployed, under what is given', async () => {
  const physicalIds = new Map<string, Record<string, string>>([
    ['', { Table: 'orders-table', Outer: 'orders-outer' }],
    ['Child', { Queue: 'https://sqs/queue' }],
  ]);
  const [here] = await stacksHere(assembly, {
    ...options,
    region: 'us-west-2',
    environment: { QUEUE: 'mine' },
    deployed: new Map([
      ['Orders', { region: 'eu-west-1', account: '111122223333', parameters: { Stage: 'old' }, physicalIds }],
    ]),
  });
  expect(here?.functions).toMatchObject([
    {
      name: 'orders-outer',
      region: 'eu-west-1',
      account: '111122223333',
      environment: { TABLE: 'orders-table', STAGE: 'prod', QUEUE: 'mine' },
    },
    { environment: { NAME: 'orders-table', QUEUE: 'mine' } },
  ]);
});

it('finds routes and aliases of SAM applications in what they are expanded to', async () => {
  const template = document({
    Transform: 'AWS::Serverless-2016-10-31',
    Parameters: { Stage: { Type: 'String', Default: 'dev' } },
    Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
    Resources: {
      Hello: {
        Type: 'AWS::Serverless::Function',
        Properties: {
          CodeUri: './src',
          Runtime: 'nodejs24.x',
          Handler: 'index.handler',
          AutoPublishAlias: { Ref: 'Stage' },
          Events: { Get: { Type: 'Api', Properties: { Path: '/hello', Method: 'get' } } },
        },
      },
      Never: {
        Type: 'AWS::Serverless::Function',
        Condition: 'IsProd',
        Properties: {
          InlineCode: 'x',
          Runtime: 'nodejs24.x',
          Handler: 'index.handler',
          Events: { Get: { Type: 'Api', Properties: { Path: '/never', Method: 'get' } } },
        },
      },
    },
  });
  const code = asset(undefined, 'Hello');
  const [target] = code.targets;
  const assets: FileAsset[] = [
    {
      ...code,
      targets: target
        ? [{ ...target, path: ['Resources', 'Hello', 'Properties', 'CodeUri'] } as typeof target]
        : [],
    },
  ];
  const sam = { ...stack, template, nested: [], assets, parameters: { Stage: 'test' } };
  const [here] = await stacksHere({ source: 'template', stacks: [sam] }, options);
  expect(here?.functions.find(({ logicalId }) => logicalId === 'Hello')?.qualifiers).toEqual(['1', 'test']);
  expect(here?.routes.map(({ method, path, target }) => [method, path, target])).toEqual([
    ['GET', '/hello', { kind: 'function', logicalId: 'Hello', qualifier: 'test' }],
  ]);
});
