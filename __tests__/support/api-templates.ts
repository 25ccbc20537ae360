import fc from 'fast-check';
import type { Json, JsonObject } from '../../src/template/types.ts';

/** Templates of REST APIs with many routes: the hashes of their deployments depend on the order of all maps in them. */

const word = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9]{0,6}$/);
const json = (...values: Json[]): fc.Arbitrary<Json> => fc.constantFrom(...values);
const value = fc.oneof(
  word,
  json({ Ref: 'Text' }, { 'Fn::Sub': '${AWS::StackName}-x' }, "it's", 'é"\'\n\\', {
    'Fn::GetAtt': ['First', 'Arn'],
  }),
);

/** Maps with some of these entries. */
const some = (entries: Readonly<Record<string, fc.Arbitrary<Json>>>): fc.Arbitrary<JsonObject> =>
  fc.record(entries, { requiredKeys: [] }) as fc.Arbitrary<JsonObject>;

const segment = fc.oneof(word, fc.constantFrom('{id}', '{proxy+}', 'users'));
const path = fc
  .tuple(fc.array(segment, { maxLength: 3 }), fc.boolean())
  .map(([segments, hasSlash]) => `/${segments.join('/')}${hasSlash && segments.length > 0 ? '/' : ''}`);
const method = fc.constantFrom('get', 'POST', 'put', 'delete', 'any', 'ANY', 'patch', 'options');

const AUTHORIZERS: JsonObject = {
  Pool: { UserPoolArn: { 'Fn::GetAtt': ['First', 'Arn'] }, AuthorizationScopes: ['a', 'b'] },
  Token: { FunctionArn: { 'Fn::GetAtt': ['First', 'Arn'] }, Identity: { ValidationExpression: 'x' } },
  Request: {
    FunctionArn: 'arn',
    FunctionPayloadType: 'REQUEST',
    FunctionInvokeRole: 'role',
    Identity: { Headers: ['h'], QueryStrings: ['q'], ReauthorizeEvery: 0 },
  },
  Zero: { UserPoolArn: ['one', 'two'] },
};

const policy = some({
  AwsAccountWhitelist: json(['1', '2']),
  AwsAccountBlacklist: json(['3']),
  IpRangeWhitelist: json(['1.2.3.4']),
  SourceVpcBlacklist: json(['vpc-1', 'vpce-2']),
  IntrinsicVpceWhitelist: json([{ Ref: 'Text' }]),
  CustomStatements: json([{ Effect: 'Allow', Action: 'x', Resource: ['y'] }]),
});

const auth = some({
  DefaultAuthorizer: json('Pool', 'Token', 'AWS_IAM'),
  ApiKeyRequired: json(true),
  AddDefaultAuthorizerToCorsPreflight: json(false),
  InvokeRole: json('NONE', 'CALLER_CREDENTIALS', 'role'),
  ResourcePolicy: policy,
  UsagePlan: json({ CreateUsagePlan: 'SHARED' }, { CreateUsagePlan: 'PER_API', Description: 'plan' }),
}).map((settings): JsonObject => ({ Authorizers: AUTHORIZERS, ...settings }));

const gatewayResponses = fc.dictionary(
  fc.constantFrom('UNAUTHORIZED', 'DEFAULT_4XX', 'THROTTLED'),
  some({
    StatusCode: json(400, '503'),
    ResponseParameters: json(
      { Headers: { 'X-A': "'a'", B: "'b'" } },
      { Paths: { p: "'x'" }, QueryStrings: { q: "'y'" } },
    ),
    ResponseTemplates: json({ 'application/json': '{}' }),
  }),
  { minKeys: 1 },
);

const domain = some({
  EndpointConfiguration: json('EDGE', 'REGIONAL'),
  BasePath: json('a', ['b', '/c-d/']),
  Route53: json({ HostedZoneId: 'Z1', IpV6: true }, { HostedZoneId: 'Z2', EvaluateTargetHealth: true }),
}).map((settings): JsonObject => ({ DomainName: 'a.example', CertificateArn: 'cert', ...settings }));

const SETTINGS: Readonly<Record<string, fc.Arbitrary<Json>>> = {
  Auth: auth,
  Cors: json("'*'", { AllowHeaders: "'X'", AllowOrigin: "'a'", MaxAge: 5 }, { AllowMethods: "'GET'" }),
  GatewayResponses: gatewayResponses,
  BinaryMediaTypes: json(['image~1png', 'x']),
  OpenApiVersion: json('3.0.1', '2.0'),
  Domain: domain,
};

const api = some({
  ...SETTINGS,
  Models: json({ User: { type: 'object', properties: { a: {}, b: {}, c: {} } } }),
  DisableExecuteApiEndpoint: json(true),
  Tags: json({ a: 'b' }),
}).map((settings): JsonObject => ({ StageName: 'prod', ...settings }));

const event = (apis: readonly string[]): fc.Arbitrary<JsonObject> =>
  some({
    RestApiId: json(...apis.map((Ref): Json => ({ Ref }))),
    Auth: some({ ApiKeyRequired: json(true), ResourcePolicy: policy }),
    RequestParameters: json([
      'method.request.header.X',
      { 'method.request.path.a.b': { Required: true, Caching: true } },
    ]),
    TimeoutInMillis: json(5000),
  }).chain((settings) =>
    fc.record({ Path: path, Method: method }).map((route) => ({ ...settings, ...route })),
  );

const withIds =
  (prefix: string) =>
  (list: readonly Json[]): JsonObject =>
    Object.fromEntries(list.map((each, index) => [`${prefix}${String.fromCharCode(65 + index)}`, each]));

const fn = (apis: readonly string[]): fc.Arbitrary<JsonObject> =>
  fc
    .record({
      events: fc.array(event(apis), { maxLength: 5 }),
      name: fc.option(value),
      condition: fc.option(fc.constantFrom('IsOne', 'IsTwo')),
    })
    .map(({ events, name, condition }) => ({
      Type: 'AWS::Serverless::Function',
      ...(condition !== null && { Condition: condition }),
      Properties: {
        Runtime: 'nodejs22.x',
        Handler: 'a.b',
        InlineCode: 'x',
        ...(name !== null && { FunctionName: name }),
        Events: withIds('On')(events.map((Properties) => ({ Type: 'Api', Properties }))),
      },
    }));

const APIS = ['RestA', 'RestB'];

/** See above. */
export const apiTemplates: fc.Arbitrary<JsonObject> = fc
  .record({
    apis: fc.tuple(api, api),
    functions: fc.array(fn(APIS), { minLength: 1, maxLength: 9 }),
    globals: fc.option(some(SETTINGS)),
  })
  .map(({ apis, functions, globals }) => ({
    Transform: 'AWS::Serverless-2016-10-31',
    Parameters: { Text: { Type: 'String', Default: 'text' } },
    Conditions: { IsOne: { 'Fn::Equals': ['a', 'b'] }, IsTwo: { 'Fn::Equals': ['a', 'c'] } },
    ...(globals !== null && { Globals: { Api: globals } }),
    Resources: {
      ...withIds('Rest')(apis.map((Properties) => ({ Type: 'AWS::Serverless::Api', Properties }))),
      First: { Type: 'AWS::Lambda::Function', Properties: {} },
      ...withIds('Function')(functions),
    },
  }));
