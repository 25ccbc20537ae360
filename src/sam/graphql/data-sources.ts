import { isObject, type Json, type JsonObject } from '../../template/types.ts';
import { truthy } from '../python/values.ts';
import { getAtt, ref, sub } from '../resource.ts';
import type { Generated } from '../types.ts';
import { filled } from './auth.ts';
import { appsyncRole, connected, type GraphqlApi, part, roleArn, roleName } from './context.ts';

const TYPE = 'AWS::AppSync::DataSource';

/** Data sources of an API: tables, then functions, each with the role that AppSync reads them in. */
export function dataSources(api: GraphqlApi, written: JsonObject): Generated[] {
  const entriesOf = (value: Json | undefined): [string, JsonObject][] =>
    isObject(value)
      ? Object.entries(value).flatMap(([name, settings]) => (isObject(settings) ? [[name, settings]] : []))
      : [];
  return [
    ...entriesOf(written.DynamoDb).flatMap((entry) => table(api, entry)),
    ...entriesOf(written.Lambda).flatMap((entry) => lambda(api, entry)),
  ];
}

function table(api: GraphqlApi, [name, settings]: readonly [string, JsonObject]): Generated[] {
  const region = filled(settings.Region) ?? ref('AWS::Region');
  return withRole(api, {
    name,
    settings,
    kind: 'DynamoDB',
    properties: {
      Type: 'AMAZON_DYNAMODB',
      DynamoDBConfig: {
        AwsRegion: region,
        TableName: settings.TableName ?? null,
        ...(truthy(settings.UseCallerCredentials) && { UseCallerCredentials: settings.UseCallerCredentials }),
        ...(truthy(settings.Versioned) && { Versioned: settings.Versioned }),
        ...(isObject(settings.DeltaSync) && { DeltaSyncConfig: settings.DeltaSync }),
      },
    },
    destination: {
      suffix: 'ToTableConnector',
      Destination: {
        Type: 'AWS::DynamoDB::Table',
        Arn:
          filled(settings.TableArn) ??
          sub('arn:${AWS::Partition}:dynamodb:${__Region__}:${AWS::AccountId}:table/${__TableName__}', {
            __TableName__: settings.TableName ?? null,
            __Region__: region,
          }),
      },
      Permissions: filled(settings.Permissions) ?? ['Read', 'Write'],
    },
  });
}

const lambda = (api: GraphqlApi, [name, settings]: readonly [string, JsonObject]): Generated[] =>
  withRole(api, {
    name,
    settings,
    kind: 'Lambda',
    properties: { Type: 'AWS_LAMBDA', LambdaConfig: { LambdaFunctionArn: settings.FunctionArn ?? null } },
    destination: {
      suffix: 'ToLambdaConnector',
      Destination: { Type: 'AWS::Lambda::Function', Arn: settings.FunctionArn ?? null },
      Permissions: ['Write'],
    },
  });

interface DataSource {
  readonly name: string;
  readonly settings: JsonObject;
  readonly kind: string;
  readonly properties: JsonObject;
  readonly destination: {
    readonly suffix: string;
    readonly Destination: JsonObject;
    readonly Permissions: Json;
  };
}

function withRole(
  api: GraphqlApi,
  { name, settings, kind, properties, destination }: DataSource,
): Generated[] {
  const suffix = `${name}${kind}DataSource`;
  const { ServiceRoleArn } = settings;
  const made = part(api, [suffix, TYPE], {
    ApiId: api.apiId,
    Description: settings.Description,
    Name: filled(settings.Name) ?? name,
    ...properties,
  });
  api.dataSources.set(name, getAtt(made.logicalId, 'Name'));
  if (truthy(ServiceRoleArn)) {
    made.properties.ServiceRoleArn = ServiceRoleArn;
    return [made];
  }
  const role = appsyncRole(api, `${suffix}Role`);
  made.properties.ServiceRoleArn = roleArn(role);
  const { suffix: connectorSuffix, ...ends } = destination;
  return [
    made,
    role,
    ...connected(api, suffix + connectorSuffix, {
      Source: { Type: TYPE, Arn: getAtt(made.logicalId, 'DataSourceArn'), RoleName: roleName(role) },
      ...ends,
    }),
  ];
}

/** The data source of functions that need none. */
export const noneDataSource = (api: GraphqlApi): Generated =>
  part(api, ['NoneDataSource', TYPE], {
    ApiId: api.apiId,
    Name: `${api.source.logicalId}NoneDataSource`,
    Type: 'NONE',
  });
