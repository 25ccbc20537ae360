import { describe, expect, it } from '@jest/globals';
import type { Route } from '../../../src/local/http-api/route.ts';
import { routesOf } from '../../../src/local/http-api/routes/index.ts';
import type { Json, JsonObject } from '../../../src/template/types.ts';

const fn = { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'physical-hello' } };
const summary = (routes: readonly Route[]) =>
  routes.map(({ api, method, path, target, payloadVersion }) =>
    [
      api.kind,
      api.logicalId,
      api.stage,
      method,
      path,
      target.kind === 'function' ? target.logicalId : target.kind,
      payloadVersion,
    ].join(' '),
  );
const only = (routes: readonly Route[]): Route => {
  const [route, ...others] = routes;
  if (!route || others.length > 0) throw new Error(`expected one route, got ${routes.length}`);
  return route;
};

/** The URI of a REST integration as the CDK writes it. */
const joined = (arn: Json): Json => ({
  'Fn::Join': [
    '',
    [
      'arn:',
      { Ref: 'AWS::Partition' },
      ':apigateway:',
      { Ref: 'AWS::Region' },
      ':lambda:path/2015-03-31/functions/',
      arn,
      '/invocations',
    ],
  ],
});
const subbed = {
  'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Hello.Arn}/invocations',
};
const helloArn = { 'Fn::GetAtt': ['Hello', 'Arn'] };

describe('AWS::ApiGateway resources', () => {
  const rest = (resources: JsonObject): Route[] =>
    routesOf({
      Resources: {
        Hello: fn,
        Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { BinaryMediaTypes: ['image/*'] } },
        Orders: {
          Type: 'AWS::ApiGateway::Resource',
          Properties: {
            RestApiId: { Ref: 'Api' },
            ParentId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] },
            PathPart: 'orders',
          },
        },
        Order: {
          Type: 'AWS::ApiGateway::Resource',
          Properties: { RestApiId: { Ref: 'Api' }, ParentId: { Ref: 'Orders' }, PathPart: '{id}' },
        },
        Stage: {
          Type: 'AWS::ApiGateway::Stage',
          Properties: {
            RestApiId: { Ref: 'Api' },
            StageName: 'prod',
            Variables: { color: 'blue', fn: 'physical-hello' },
          },
        },
        ...resources,
      },
    });
  const method = (properties: JsonObject) => ({
    Type: 'AWS::ApiGateway::Method',
    Properties: {
      RestApiId: { Ref: 'Api' },
      HttpMethod: 'GET',
      ResourceId: { Ref: 'Order' },
      Integration: { Type: 'AWS_PROXY', Uri: joined(helloArn) },
      ...properties,
    },
  });

  it('make a tree of paths', () => {
    const routes = rest({
      A: method({}),
      B: method({ HttpMethod: 'ANY', ResourceId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] } }),
    });
    expect(summary(routes)).toEqual([
      'rest Api prod GET /orders/{id} Hello 1.0',
      'rest Api prod ANY / Hello 1.0',
    ]);
    expect(routes[0]?.api).toMatchObject({
      binaryMediaTypes: ['image/*'],
      stageVariables: { color: 'blue' },
    });
  });

  it.each([
    ['Fn::Join', joined(helloArn)],
    ['Fn::Sub', subbed],
    [
      'a name in the ARN',
      'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:physical-hello/invocations',
    ],
    [
      'an ARN with a qualifier',
      'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:physical-hello:live/invocations',
    ],
    ['an alias', joined({ Ref: 'Live' })],
    [
      'a stage variable',
      {
        'Fn::Sub':
          'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:${!stageVariables.fn}/invocations',
      },
    ],
  ])('find their function by %s', (_form, Uri) => {
    const Live = { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Hello' }, Name: 'live' } };
    expect(only(rest({ A: method({ Integration: { Type: 'AWS_PROXY', Uri } }), Live })).target).toMatchObject(
      { kind: 'function', logicalId: 'Hello' },
    );
  });

  it('have mock integrations', () => {
    const Integration = {
      Type: 'MOCK',
      IntegrationResponses: [
        {
          StatusCode: '204',
          ResponseParameters: { 'method.response.header.Access-Control-Allow-Origin': "'*'" },
        },
      ],
    };
    expect(only(rest({ A: method({ HttpMethod: 'OPTIONS', Integration }) })).target).toEqual({
      kind: 'mapped',
      to: { kind: 'mock' },
      templates: {},
      passthrough: 'WHEN_NO_MATCH',
      parameters: {},
      responses: [
        {
          status: 204,
          parameters: { 'method.response.header.Access-Control-Allow-Origin': "'*'" },
          templates: {},
        },
      ],
    });
  });

  it('have authorizers', () => {
    const Auth = {
      Type: 'AWS::ApiGateway::Authorizer',
      Properties: {
        Type: 'TOKEN',
        AuthorizerUri: joined(helloArn),
        IdentitySource: 'method.request.header.X',
      },
    };
    const routes = rest({
      Auth,
      A: method({ AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: 'Auth' } }),
      B: method({ AuthorizationType: 'AWS_IAM' }),
      C: method({ AuthorizationType: 'COGNITO_USER_POOLS', AuthorizerId: { Ref: 'Pool' } }),
      D: method({ ApiKeyRequired: true }),
      E: method({ ApiKeyRequired: 'true' }),
    });
    expect(routes.map((route) => route.authorizer)).toEqual([
      {
        kind: 'token',
        logicalId: 'Auth',
        functionId: 'Hello',
        identitySources: ['method.request.header.X'],
        payloadVersion: '1.0',
        simpleResponses: false,
      },
      { kind: 'iam' },
      { kind: 'unsupported', reason: 'authorizers of type COGNITO_USER_POOLS are not emulated' },
      undefined,
      undefined,
    ]);
    expect(routes.map(({ apiKeyRequired }) => apiKeyRequired === true)).toEqual([
      ...[false, false, false],
      ...[true, true],
    ]);
  });

  it('say what is not emulated', () => {
    expect(
      only(rest({ A: method({ Integration: { Type: 'TEAPOT', Uri: 'https://example.com' } }) })).target,
    ).toEqual({
      kind: 'unsupported',
      reason: 'integrations of type TEAPOT are not emulated',
    });
    expect(
      only(rest({ A: method({ Integration: { Type: 'AWS_PROXY', Uri: joined({ Ref: 'Elsewhere' }) } }) }))
        .target.kind,
    ).toBe('unsupported');
  });
});

describe('AWS::ApiGatewayV2 resources', () => {
  it('make routes with their integration, stage and CORS', () => {
    const routes = routesOf({
      Resources: {
        Hello: fn,
        Api: {
          Type: 'AWS::ApiGatewayV2::Api',
          Properties: {
            ProtocolType: 'HTTP',
            CorsConfiguration: { AllowOrigins: ['*'], AllowMethods: ['GET'], MaxAge: 5 },
          },
        },
        Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: { Ref: 'Api' }, StageName: 'dev' } },
        Integration: {
          Type: 'AWS::ApiGatewayV2::Integration',
          Properties: {
            ApiId: { Ref: 'Api' },
            IntegrationType: 'AWS_PROXY',
            IntegrationUri: helloArn,
            PayloadFormatVersion: '2.0',
          },
        },
        Auth: {
          Type: 'AWS::ApiGatewayV2::Authorizer',
          Properties: {
            AuthorizerType: 'JWT',
            IdentitySource: ['$request.header.Authorization'],
            JwtConfiguration: { Issuer: 'https://i', Audience: ['a'] },
          },
        },
        A: {
          Type: 'AWS::ApiGatewayV2::Route',
          Properties: {
            ApiId: { Ref: 'Api' },
            RouteKey: 'GET /x/{id}',
            Target: { 'Fn::Join': ['', ['integrations/', { Ref: 'Integration' }]] },
            AuthorizationType: 'JWT',
            AuthorizerId: { Ref: 'Auth' },
            AuthorizationScopes: ['s'],
          },
        },
        B: {
          Type: 'AWS::ApiGatewayV2::Route',
          Properties: {
            ApiId: { Ref: 'Api' },
            RouteKey: '$default',
            Target: { 'Fn::Sub': 'integrations/${Integration}' },
          },
        },
        Quick: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP', Target: helloArn } },
        Socket: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'WEBSOCKET' } },
      },
    });
    expect(summary(routes)).toEqual([
      'http Api dev GET /x/{id} Hello 2.0',
      'http Api dev ANY $default Hello 2.0',
      'http Quick $default ANY $default Hello 2.0',
    ]);
    expect(routes[0]?.authorizer).toEqual({
      kind: 'jwt',
      identitySource: '$request.header.Authorization',
      issuer: 'https://i',
      audience: ['a'],
      scopes: ['s'],
    });
    expect(routes[0]?.api.cors).toMatchObject({ allowOrigins: ['*'], allowMethods: ['GET'], maxAge: 5 });
  });
});

describe('OpenAPI bodies', () => {
  const integration = { type: 'aws_proxy', httpMethod: 'POST', uri: subbed, payloadFormatVersion: '1.0' };
  const body = {
    openapi: '3.0.1',
    paths: {
      '/a/{id}': {
        get: { security: [{ mine: [] }], 'x-amazon-apigateway-integration': integration },
        parameters: [],
      },
      '/b': { 'x-amazon-apigateway-any-method': { 'x-amazon-apigateway-integration': integration } },
      '/c': { get: { security: [{ unknown: [] }], 'x-amazon-apigateway-integration': integration } },
    },
    components: {
      securitySchemes: {
        mine: {
          type: 'apiKey',
          name: 'X-Token',
          in: 'header',
          'x-amazon-apigateway-authorizer': {
            type: 'token',
            authorizerUri: subbed,
            identityValidationExpression: 'x',
          },
        },
      },
    },
    'x-amazon-apigateway-binary-media-types': ['image/png'],
  };

  it.each([
    ['AWS::ApiGateway::RestApi', 'Body', 'rest', 'local', '1.0'],
    ['AWS::ApiGatewayV2::Api', 'Body', 'http', '$default', '1.0'],
  ])('of %s make routes', (Type, property, kind, stage, version) => {
    const routes = routesOf({ Resources: { Hello: fn, Api: { Type, Properties: { [property]: body } } } });
    expect(summary(routes)).toEqual([
      `${kind} Api ${stage} GET /a/{id} Hello ${version}`,
      `${kind} Api ${stage} ANY /b Hello ${version}`,
      `${kind} Api ${stage} GET /c Hello ${version}`,
    ]);
    expect(routes[0]?.authorizer).toMatchObject({
      kind: 'token',
      functionId: 'Hello',
      identitySources: ['method.request.header.X-Token'],
      validation: 'x',
    });
    expect(routes[2]?.authorizer).toMatchObject({ kind: 'unsupported' });
    if (kind === 'rest') expect(routes[0]?.api.binaryMediaTypes).toEqual(['image/png']);
  });
});

describe('function URLs', () => {
  it('come from AWS::Lambda::Url', () => {
    const routes = routesOf({
      Resources: {
        Hello: fn,
        Url: {
          Type: 'AWS::Lambda::Url',
          Properties: {
            TargetFunctionArn: helloArn,
            AuthType: 'NONE',
            Cors: { AllowOrigins: ['*'] },
            InvokeMode: 'RESPONSE_STREAM',
          },
        },
        Signed: {
          Type: 'AWS::Lambda::Url',
          Properties: { TargetFunctionArn: helloArn, AuthType: 'AWS_IAM' },
        },
      },
    });
    expect(summary(routes)).toEqual([
      'url Url $default ANY $default Hello 2.0',
      'url Signed $default ANY $default Hello 2.0',
    ]);
    expect(routes.map(({ authorizer }) => authorizer)).toEqual([undefined, { kind: 'iam' }]);
    expect(routes[0]?.target).toEqual({ kind: 'function', logicalId: 'Hello', streaming: true });
  });
});
