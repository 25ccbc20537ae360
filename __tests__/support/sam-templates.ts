import fc from 'fast-check';
import { isObject, type Json, type JsonObject } from '../../src/template/types.ts';

/** Resources that SAM resources refer to. */
const OTHERS: JsonObject = {
  Bucket: { Type: 'AWS::S3::Bucket' },
  Topic: { Type: 'AWS::SNS::Topic', Properties: { FifoTopic: true } },
  Pool: { Type: 'AWS::Cognito::UserPool' },
  Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'work' } },
  Table: { Type: 'AWS::DynamoDB::Table', Properties: {} },
};

const PARAMETERS: JsonObject = {
  Text: { Type: 'String', Default: 'live' },
  Open: { Type: 'String' },
  Code: { Type: 'String', Default: 's3://bucket/from-parameter.zip' },
  Stage: { Type: 'String', Default: 'prod' },
};

const CONDITIONS: JsonObject = {
  IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] },
  IsOpen: { 'Fn::Equals': [{ Ref: 'Open' }, ''] },
};

const MAPPINGS: JsonObject = { Map: { a: { b: 'Canary10Percent5Minutes', c: 'live' } } };

const json = (...values: Json[]): fc.Arbitrary<Json> => fc.constantFrom(...values);

/** Function calls where a value is expected. */
const calls = json(
  { Ref: 'Text' },
  { Ref: 'Open' },
  { Ref: 'Code' },
  { 'Fn::Sub': '${Text}-${AWS::Region}-${Queue.Arn}' },
  { 'Fn::GetAtt': ['Queue', 'Arn'] },
  { 'Fn::If': ['IsProd', 'one', { Ref: 'AWS::NoValue' }] },
  { 'Fn::If': ['IsProd', { Ref: 'AWS::NoValue' }, { 'Fn::GetAtt': ['Queue', 'Arn'] }] },
  { 'Fn::FindInMap': ['Map', 'a', 'b'] },
  { 'Fn::Join': ['-', ['a', { Ref: 'Text' }]] },
  { 'Fn::ImportValue': 'shared' },
);

const texts = fc.oneof(
  {
    weight: 8,
    arbitrary: json('one', 'two', 'live', 'a-b_c', 'arn:aws:sqs:eu-west-1:123456789012:queue', 'é"\\/ü'),
  },
  { weight: 1, arbitrary: json('', '1', 's3://bucket/key') },
);
const numbers = json(0, 1, 5, 10, 30, 100, 300);

/** A value of a property that is handed on as it is. */
const anything: fc.Arbitrary<Json> = fc.oneof(
  texts,
  calls,
  json(10, true, ['one'], [], {}, { Key: 'value' }, { Nested: { Deep: [1, { Ref: 'Text' }] } }),
);

/** Properties whose values mean something to the transform; others are made by their schema. */
const MEANT: Readonly<Record<string, fc.Arbitrary<Json>>> = {
  CodeUri: json(
    's3://bucket/key',
    's3://bucket/a/b.zip?versionId=3',
    { Bucket: 'b', Key: 'k', Version: 'v' },
    { Bucket: { Ref: 'Text' }, Key: 'k' },
  ),
  ContentUri: json('s3://bucket/layer.zip', { Bucket: 'b', Key: 'k' }),
  DefinitionUri: json('s3://bucket/definition.json', { Bucket: 'b', Key: 'k', Version: 'v' }),
  Handler: json('index.handler'),
  Runtime: json('nodejs22.x', 'python3.13'),
  PackageType: json('Zip', 'Zip', 'Image'),
  AutoPublishAlias: json('live', { Ref: 'Text' }, 'a-b_c', 'live'),
  VersionDeletionPolicy: json('Delete', 'Retain'),
  Path: json('/', '/items', '/items/{id}', '/{proxy+}', '/a/b/'),
  Method: json('get', 'POST', 'any', 'put'),
  Bucket: json({ Ref: 'Bucket' }),
  UserPool: json({ Ref: 'Pool' }),
  Topic: json({ Ref: 'Topic' }, 'arn:aws:sns:eu-west-1:123456789012:topic'),
  Queue: json({ 'Fn::GetAtt': ['Queue', 'Arn'] }, 'arn:aws:sqs:eu-west-1:123456789012:queue'),
  Stream: json({ 'Fn::GetAtt': ['Table', 'StreamArn'] }, 'arn:aws:kinesis:eu-west-1:123456789012:stream/s'),
  Trigger: json('PreSignUp', ['PostConfirmation', 'PreSignUp'], 'CustomMessage'),
  StartingPosition: json('LATEST', 'TRIM_HORIZON'),
  RestApiId: json({ Ref: 'Rest' }, { Ref: 'Rest' }, 'Rest'),
  ApiId: json({ Ref: 'Http' }),
  StageName: json('prod', { Ref: 'Text' }, 'v1'),
  Condition: json('IsProd'),
  CompatibleArchitectures: json(['x86_64'], ['arm64', { Ref: 'Text' }], ['mips']),
  CompatibleRuntimes: json(['nodejs22.x'], []),
  RetentionPolicy: json('Retain', 'delete', { Ref: 'Text' }),
  Description: fc.oneof(texts, calls),
  LayerName: fc.oneof(texts, calls),
  LicenseInfo: fc.oneof(texts, calls),
  FunctionName: fc.oneof(texts, calls),
  Name: fc.oneof(texts, calls),
  PermissionsBoundary: json('arn:boundary', { Ref: 'Text' }),
  SnapStart: json({ ApplyOn: 'PublishedVersions' }, { ApplyOn: 'None' }, {}),
  DurableConfig: json({ ExecutionTimeout: 10 }),
  FunctionScalingConfig: json({ MinExecutionEnvironments: 1 }),
  AutoPublishCodeSha256: json('6b86b273ff34fce1', { Ref: 'Text' }),
  Schedule: json('rate(1 minute)', { Ref: 'Text' }),
  ScheduleExpression: json('rate(1 minute)', { Ref: 'Text' }),
  Pattern: json({ source: ['aws.s3'] }),
  RoleArn: json('arn:role', { 'Fn::GetAtt': ['Other', 'Arn'] }),
  Variables: json({ a: 'b' }),
  DeadLetterQueue: json(
    { Type: 'SQS', TargetArn: { 'Fn::GetAtt': ['Queue', 'Arn'] } },
    { Type: 'SNS', TargetArn: { Ref: 'Topic' } },
  ),
  Environment: json({ Variables: { A: 'b', N: { Ref: 'Text' } } }, { Variables: {} }),
  Tags: json({ team: 'a' }, { team: 'a', cost: { Ref: 'Text' } }, {}),
  Layers: json([{ Ref: 'Layer' }], ['arn:aws:lambda:eu-west-1:123456789012:layer:l:1', { Ref: 'Layer' }]),
  Role: json(
    'arn:aws:iam::123456789012:role/r',
    { 'Fn::GetAtt': ['Other', 'Arn'] },
    { 'Fn::If': ['IsProd', 'arn:aws:iam::123456789012:role/r', { Ref: 'AWS::NoValue' }] },
  ),
  Policies: json(
    'AmazonS3ReadOnlyAccess',
    [
      'AWSLambdaRole',
      'AmazonSQSFullAccess',
      { SQSPollerPolicy: { QueueName: { 'Fn::GetAtt': ['Queue', 'QueueName'] } } },
    ],
    [
      { Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] },
      { S3CrudPolicy: { BucketName: { Ref: 'Bucket' } } },
    ],
    { DynamoDBCrudPolicy: { TableName: { Ref: 'Table' } } },
    [
      { 'Fn::If': ['IsProd', { SNSPublishMessagePolicy: { TopicName: 'x' } }, { Ref: 'AWS::NoValue' }] },
      { VPCAccessPolicy: {} },
    ],
    [{ 'Fn::If': ['IsProd', 'AWSXrayWriteOnlyAccess', 'nothing'] }, { Ref: 'Text' }],
    [{ S3CrudPolicy: {} }],
  ),
  Definition: json(
    {
      StartAt: 'A',
      States: { A: { Type: 'Task', Resource: { 'Fn::GetAtt': ['Queue', 'Arn'] }, End: true } },
    },
    { StartAt: 'é', n: 1.5, list: [], none: null },
  ),
  DefinitionBody: json(
    { openapi: '3.0.1', info: { title: 't', version: '1.0' }, paths: { '/x': { get: { responses: {} } } } },
    { swagger: '2.0', info: { title: { Ref: 'Text' } }, paths: {} },
  ),
  Type: json('STANDARD', 'EXPRESS', 'SQS', 'String'),
  Domain: json(
    { DomainName: 'api.example.com', CertificateArn: { Ref: 'Text' }, Route53: { HostedZoneId: 'Z1' } },
    {
      DomainName: { Ref: 'Text' },
      CertificateArn: 'c',
      EndpointConfiguration: 'REGIONAL',
      BasePath: ['one', '/two'],
    },
  ),
  OpenApiVersion: json('3.0.1', '2.0', '3.0'),
  EndpointConfiguration: json('REGIONAL', { Type: 'EDGE' }, { Type: 'PRIVATE', VPCEndpointIds: ['v'] }),
  DeploymentPreference: json(
    { Type: 'Canary10Percent5Minutes' },
    {
      Type: { 'Fn::FindInMap': ['Map', 'a', 'b'] },
      Alarms: [{ Ref: 'Queue' }],
      Hooks: { PreTraffic: { Ref: 'Hook' } },
    },
    { Enabled: false, Type: 'AllAtOnce' },
    { Type: 'Own', Role: 'r', PassthroughCondition: true },
    { Enabled: { Ref: 'Text' }, Type: 'AllAtOnce', TriggerConfigurations: [] },
  ),
  DeletionPolicy: json('Retain'),
  SourceAccessConfigurations: json(
    [{ Type: 'BASIC_AUTH', URI: 'arn:secret' }],
    [
      { Type: 'SASL_SCRAM_256_AUTH', URI: { Ref: 'Text' } },
      { Type: 'VPC_SUBNET', URI: 's' },
      { Type: 'VPC_SECURITY_GROUP', URI: 'g' },
    ],
    [
      { Type: 'BASIC_AUTH', URI: 'a' },
      { Type: 'VIRTUAL_HOST', URI: '/' },
    ],
  ),
  KafkaBootstrapServers: json(['a:9092', 'b:9092']),
  Topics: json(['topic']),
  SqsSubscription: json(true, false, {
    QueueArn: { 'Fn::GetAtt': ['Queue', 'Arn'] },
    QueueUrl: { Ref: 'Queue' },
    BatchSize: 5,
  }),
  DeadLetterConfig: json({ Type: 'SQS' }, { Arn: 'arn:queue' }, { Type: 'SQS', QueueLogicalId: 'Letters' }),
  Filter: json({ S3Key: 'x' }, {}),
  FilterCriteria: json({ Filters: [{ Pattern: '{}' }] }),
  FunctionUrlConfig: json(
    { AuthType: 'NONE' },
    { AuthType: 'AWS_IAM', Cors: { AllowOrigins: ['*'], MaxAge: 10 }, InvokeMode: 'BUFFERED' },
  ),
  PrimaryKey: json({ Name: 'id', Type: 'String' }, { Name: { Ref: 'Text' }, Type: 'Number' }),
  PropagateTags: json(true, false),
  EventInvokeConfig: json(
    { MaximumRetryAttempts: 1 },
    {
      DestinationConfig: {
        OnSuccess: { Type: 'SQS' },
        OnFailure: { Type: 'EventBridge', Destination: 'arn:bus' },
      },
    },
    {
      DestinationConfig: {
        OnFailure: {
          Type: 'SNS',
          Destination: { 'Fn::If': ['IsProd', 'arn:topic', { Ref: 'AWS::NoValue' }] },
        },
      },
    },
  ),
  Location: json('https://example.com/template.yaml', 's3://bucket/template.yaml'),
};

type Schemas = Readonly<Record<string, JsonObject>>;

/** Types that are made in one template; what they need of one another has these logical IDs. */
const NAMES: Readonly<Record<string, string>> = {
  'AWS::Serverless::Api': 'Rest',
  'AWS::Serverless::HttpApi': 'Http',
  'AWS::Serverless::LayerVersion': 'Layer',
};

/** Templates of SAM, made by the schemas of its types: their properties, and what the transform makes something of. */
export function samTemplates(schemas: Schemas, types: readonly string[]): fc.Arbitrary<JsonObject> {
  const resources = types.flatMap((type) => {
    const schema = schemas[type];
    return schema ? [resourceOf(type, schema)] : [];
  });
  return fc
    .tuple(fc.array(fc.oneof(...resources), { minLength: 1, maxLength: 4 }), fc.constantFrom(...GLOBALS))
    .map(([made, globals]) => ({
      Transform: 'AWS::Serverless-2016-10-31',
      ...(globals && { Globals: globals }),
      Parameters: PARAMETERS,
      Mappings: MAPPINGS,
      Conditions: CONDITIONS,
      Resources: {
        ...OTHERS,
        ...Object.fromEntries(
          made.map((resource, index) => [NAMES[String(resource.Type)] ?? `Made${index}`, resource]),
        ),
      },
      Outputs: {
        Alias: { Value: { Ref: 'Made0.Alias' } },
        Layer: { Value: { Ref: 'Layer' } },
        Stage: { Value: { 'Fn::Sub': '${Rest.Stage}' } },
      },
    }));
}

const GLOBALS: readonly (JsonObject | undefined)[] = [
  undefined,
  undefined,
  { Function: { Timeout: 5, Runtime: 'nodejs22.x', Handler: 'index.handler', Tags: { all: 'x' } } },
  {
    Function: { AutoPublishAlias: 'live', Environment: { Variables: { G: '1' } }, Layers: ['arn:layer'] },
    Api: { Cors: "'*'" },
  },
  { Function: { VpcConfig: { SubnetIds: ['s'] }, Tracing: 'Active' }, HttpApi: { FailOnWarnings: true } },
];

function resourceOf(type: string, schema: JsonObject): fc.Arbitrary<JsonObject> {
  const definitions = isObject(schema.definitions) ? schema.definitions : {};
  const properties = madeOf(schema, definitions, 0);
  const attributes = fc.record(
    {
      Condition: json('IsProd', 'IsOpen'),
      DeletionPolicy: json('Retain', 'Delete'),
      UpdateReplacePolicy: json('Retain'),
      DependsOn: json('Queue', ['Queue', 'Topic']),
      Metadata: json({ Any: 'thing' }),
    },
    { requiredKeys: [] },
  );
  const isFunction = type === 'AWS::Serverless::Function';
  return fc.tuple(properties, fc.option(attributes, { freq: 3, nil: {} })).map(([made, extra]) => ({
    Type: type,
    ...extra,
    Properties: {
      // What nearly every function needs; without it, most of them would be refused alike.
      ...(isFunction && { Runtime: 'nodejs22.x', Handler: 'index.handler', CodeUri: 's3://bucket/key' }),
      ...(isObject(made) && made),
    },
  }));
}

/** Properties that most of what the transform makes comes from. */
const LIKELY = ['Events', 'AutoPublishAlias', 'Policies', 'Auth'];

/** Deeper values are simple ones. */
const DEEPEST = 5;

function madeOf(schema: Json | undefined, definitions: JsonObject, depth: number): fc.Arbitrary<Json> {
  if (!isObject(schema)) return anything;
  const {
    $ref,
    allOf,
    anyOf,
    enum: choice,
    type,
    items,
    properties,
    additionalProperties,
    required,
  } = schema;
  if (typeof $ref === 'string') {
    const name = $ref.split('/').at(-1) ?? '';
    return name === 'PassThroughProp' ? anything : madeOf(definitions[name], definitions, depth + 1);
  }
  const branches = Array.isArray(allOf) ? allOf : Array.isArray(anyOf) ? anyOf : undefined;
  if (branches) return fc.oneof(...branches.map((each) => madeOf(each, definitions, depth)));
  if (Array.isArray(choice)) return fc.constantFrom(...choice);
  switch (type) {
    case 'string':
      return texts;
    case 'boolean':
      return json(true, false);
    case 'integer':
    case 'number':
      return numbers;
    case 'array':
      return depth > DEEPEST ? json([]) : fc.array(madeOf(items, definitions, depth + 1), { maxLength: 2 });
    case 'object':
      if (isObject(properties)) return recordOf(properties, { definitions, depth, required });
      if (!isObject(additionalProperties)) return calls;
      return fc.dictionary(
        fc.constantFrom('One', 'Two', 'Three'),
        madeOf(additionalProperties, definitions, depth + 1),
        {
          maxKeys: 2,
        },
      );
    default:
      return anything;
  }
}

function recordOf(
  properties: JsonObject,
  { definitions, depth, required }: { definitions: JsonObject; depth: number; required: Json | undefined },
): fc.Arbitrary<Json> {
  const names = Object.keys(properties);
  const needed = Array.isArray(required) ? required.filter((name) => typeof name === 'string') : [];
  const each = names.map((name) => {
    const meant = Object.hasOwn(MEANT, name) && depth < 4 ? MEANT[name] : undefined;
    const isEvent = name === 'Type' && isObject(properties.Properties);
    const value =
      meant && !isEvent
        ? meant
        : depth > DEEPEST
          ? anything
          : madeOf(properties[name], definitions, depth + 1);
    return [name, value] as const;
  });
  // Few at a time: what is refused hides what would be made.
  return fc
    .tuple(fc.subarray(names, { maxLength: Math.min(names.length, 6) }), fc.subarray(LIKELY))
    .chain(([chosen, likely]) => {
      const kept = new Set([...chosen, ...likely, ...needed]);
      return fc.record(Object.fromEntries(each.filter(([name]) => kept.has(name))));
    });
}
