import { isObject, type Json, type JsonObject } from '../../template/types.ts';
import { propertyTable } from '../checks/property-table.ts';
import { readShape } from '../checks/shape.ts';
import type { Build } from '../context.ts';
import { refuse } from '../problems.ts';
import { given, truthy } from '../python/values.ts';
import { getAtt, ref, sub, tagList } from '../resource.ts';
import { RANKS, type SamType } from '../sam-type.ts';
import type { Generated, SamSource } from '../types.ts';
import { authOf, filled } from './auth.ts';
import { appsyncRole, type GraphqlApi, part, roleArn } from './context.ts';
import { dataSources } from './data-sources.ts';
import { functions, resolvers } from './functions.ts';
import { GRAPHQL_SHAPES } from './shape.ts';

/** `AWS::Serverless::GraphQLApi`: an API of AppSync with its schema, data sources, functions and resolvers. */
export const GRAPHQL_API: SamType = {
  rank: RANKS.other,
  properties: propertyTable({
    Name: '=any',
    Tags: '=map',
    XrayEnabled: '=any',
    Auth: '=map!',
    SchemaInline: '=string',
    SchemaUri: '=string',
    Logging: '=map|bool',
    DataSources: '=map',
    Functions: '=map',
    Resolvers: '=map',
    ApiKeys: '=map',
    DomainName: '=map',
    Cache: '=map',
    Visibility: '=any',
    OwnerContact: '=any',
    IntrospectionConfig: '=any',
    QueryDepthLimit: '=any',
    ResolverCountLimit: '=any',
  }),
  skipsUnknown: true,
  generate,
};

/** Properties that AppSync has under the same name. */
const SAME = ['Visibility', 'OwnerContact', 'IntrospectionConfig', 'QueryDepthLimit', 'ResolverCountLimit'];

function generate(source: SamSource, build: Build): Generated[] {
  const { logicalId, properties } = source;
  for (const [name, shape] of Object.entries(GRAPHQL_SHAPES)) {
    const value = properties[name];
    const isSwitch = name === 'Logging' && typeof value === 'boolean';
    if (given(value) && !isSwitch) readShape(logicalId, [name], { value, shape });
  }
  const api: GraphqlApi = {
    source,
    build,
    apiId: getAtt(logicalId, 'ApiId'),
    dataSources: new Map(),
    functions: new Map(),
  };
  const map = (name: string): JsonObject => {
    const value = properties[name];
    return isObject(value) ? value : {};
  };
  const auth = authOf(api, map('Auth'));
  const { LogConfig, role } = logging(api, properties.Logging);
  const made = part(api, ['', 'AWS::AppSync::GraphQLApi'], {
    Name: filled(properties.Name) ?? logicalId,
    Tags: tagList({ ...map('Tags'), 'graphqlapi:createdBy': 'SAM' }),
    XrayEnabled: switchOf(properties.XrayEnabled),
    LogConfig,
    ...auth.properties,
    ...Object.fromEntries(SAME.map((name) => [name, filled(properties[name])])),
  });
  const all = [made, schema(api), ...auth.permissions, ...role];
  for (const [name, key] of Object.entries(map('ApiKeys')))
    if (isObject(key))
      all.push(
        part(api, [name, 'AWS::AppSync::ApiKey'], {
          ApiId: api.apiId,
          ApiKeyId: key.ApiKeyId,
          Description: key.Description,
          Expires: key.ExpiresOn,
        }),
      );
  if (truthy(properties.Cache))
    all.push(part(api, ['ApiCache', 'AWS::AppSync::ApiCache'], { ApiId: api.apiId, ...map('Cache') }));
  all.push(...dataSources(api, map('DataSources')));
  if (truthy(properties.DomainName)) all.push(...domain(api, map('DomainName')));
  const { made: own, none } = functions(api, map('Functions'));
  return [...all, ...own, ...resolvers(api, map('Resolvers')), ...none];
}

/** A switch may be written as a text, which the reference reads. */
function switchOf(value: Json | undefined): boolean | undefined {
  return given(value) ? /^(?:true|yes|on|[1ty])$/i.test(String(value)) : undefined;
}

function schema(api: GraphqlApi): Generated {
  const { logicalId, properties } = api.source;
  const { SchemaInline, SchemaUri } = properties;
  if (truthy(SchemaInline) === truthy(SchemaUri))
    refuse(
      logicalId,
      [],
      truthy(SchemaUri)
        ? 'an API has either SchemaInline or SchemaUri, not both'
        : 'an API needs SchemaInline or SchemaUri',
    );
  return part(api, ['Schema', 'AWS::AppSync::GraphQLSchema'], {
    ApiId: api.apiId,
    Definition: SchemaInline,
    DefinitionS3Location: SchemaUri,
  });
}

/** Logs are on unless they are switched off; without a role of the author's, SAM makes one. */
function logging(
  api: GraphqlApi,
  written: Json | undefined,
): { readonly LogConfig: JsonObject | undefined; readonly role: readonly Generated[] } {
  if (written === false) return { LogConfig: undefined, role: [] };
  const settings = isObject(written) ? written : {};
  const config: JsonObject = {
    ...(truthy(settings.ExcludeVerboseContent) && { ExcludeVerboseContent: settings.ExcludeVerboseContent }),
    FieldLogLevel: filled(settings.FieldLogLevel) ?? 'ALL',
  };
  const own = settings.CloudWatchLogsRoleArn;
  if (truthy(own)) return { LogConfig: { ...config, CloudWatchLogsRoleArn: own }, role: [] };
  const role = appsyncRole(
    api,
    'CloudWatchRole',
    sub('arn:${AWS::Partition}:iam::aws:policy/service-role/AWSAppSyncPushToCloudWatchLogs'),
  );
  return { LogConfig: { ...config, CloudWatchLogsRoleArn: roleArn(role) }, role: [role] };
}

function domain(api: GraphqlApi, { CertificateArn, DomainName, Description }: JsonObject): Generated[] {
  const made = part(api, ['DomainName', 'AWS::AppSync::DomainName'], {
    CertificateArn,
    DomainName,
    Description,
  });
  return [
    made,
    part(api, ['DomainNameApiAssociation', 'AWS::AppSync::DomainNameApiAssociation'], {
      ApiId: api.apiId,
      DomainName: ref(made.logicalId),
    }),
  ];
}
