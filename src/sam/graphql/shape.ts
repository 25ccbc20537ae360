import { record, text, type ValueShape } from '../checks/shape.ts';

const any: ValueShape = { is: 'any' };
const plain: ValueShape = { is: 'text' };
const entries = (of: ValueShape): ValueShape => ({ is: 'entries', of });

const AUTHORIZER: Readonly<Record<string, ValueShape>> = {
  Type: {
    is: 'choice',
    of: ['AWS_IAM', 'API_KEY', 'AWS_LAMBDA', 'OPENID_CONNECT', 'AMAZON_COGNITO_USER_POOLS'],
  },
  'LambdaAuthorizer?': record({
    'AuthorizerResultTtlInSeconds?': any,
    AuthorizerUri: any,
    'IdentityValidationExpression?': any,
  }),
  'OpenIDConnect?': record({ 'AuthTTL?': any, 'ClientId?': any, 'IatTTL?': any, 'Issuer?': any }),
  'UserPool?': record({
    'AppIdClientRegex?': any,
    'AwsRegion?': any,
    'DefaultAction?': any,
    UserPoolId: any,
  }),
};

const SYNC = record({
  ConflictDetection: any,
  'ConflictHandler?': any,
  'LambdaConflictHandlerConfig?': record({ LambdaConflictHandlerArn: any }),
});

const RUNTIME = record({ Name: any, Version: any });

/** What the properties of a GraphQL API may be. */
export const GRAPHQL_SHAPES: Readonly<Record<string, ValueShape>> = {
  Auth: record({ ...AUTHORIZER, 'Additional?': { is: 'list', of: record(AUTHORIZER) } }),
  Tags: { is: 'map' },
  XrayEnabled: { is: 'bool' },
  Logging: record({ 'CloudWatchLogsRoleArn?': any, 'ExcludeVerboseContent?': any, 'FieldLogLevel?': any }),
  DataSources: record({
    'DynamoDb?': entries(
      record({
        TableName: any,
        'ServiceRoleArn?': any,
        'TableArn?': any,
        'Permissions?': { is: 'list', of: { is: 'choice', of: ['Read', 'Write'] } },
        'Name?': any,
        'Description?': any,
        'Region?': any,
        'DeltaSync?': record({ BaseTableTTL: any, DeltaSyncTableName: any, DeltaSyncTableTTL: any }),
        'UseCallerCredentials?': any,
        'Versioned?': any,
      }),
    ),
    'Lambda?': entries(
      record({ FunctionArn: any, 'ServiceRoleArn?': any, 'Name?': any, 'Description?': any }),
    ),
  }),
  Functions: entries(
    record({
      'DataSource?': text,
      'Runtime?': RUNTIME,
      'InlineCode?': any,
      'CodeUri?': any,
      'Description?': any,
      'MaxBatchSize?': any,
      'Name?': plain,
      'Id?': any,
      'Sync?': SYNC,
    }),
  ),
  Resolvers: entries(
    entries(
      record({
        'FieldName?': plain,
        'Caching?': record({ Ttl: any, 'CachingKeys?': { is: 'list', of: any } }),
        'InlineCode?': any,
        'CodeUri?': any,
        'MaxBatchSize?': any,
        'Pipeline?': { is: 'list', of: plain },
        'Runtime?': RUNTIME,
        'Sync?': SYNC,
      }),
    ),
  ),
  ApiKeys: entries(record({ 'ApiKeyId?': any, 'Description?': any, 'ExpiresOn?': any })),
  DomainName: record({ CertificateArn: any, DomainName: any, 'Description?': any }),
  Cache: record({
    ApiCachingBehavior: any,
    Ttl: any,
    Type: any,
    'AtRestEncryptionEnabled?': any,
    'TransitEncryptionEnabled?': any,
  }),
};
