import { isObject, type Json, type JsonObject, type TemplatePath } from '../../template/types.ts';
import { RESOLVER_CODE } from '../data/resolver-code.ts';
import { refuse } from '../problems.ts';
import { given, truthy } from '../python/values.ts';
import { generated, getAtt } from '../resource.ts';
import type { Generated } from '../types.ts';
import { filled, withoutNull } from './auth.ts';
import { type GraphqlApi, part } from './context.ts';
import { noneDataSource } from './data-sources.ts';

/** Functions of an API, with the data source of those that need none. */
export function functions(api: GraphqlApi, written: JsonObject): { made: Generated[]; none: Generated[] } {
  const { logicalId } = api.source;
  const none = noneDataSource(api);
  let usesNone = false;
  const made = Object.entries(written).flatMap(([name, value]) => {
    const settings = isObject(value) ? value : {};
    const at: TemplatePath = ['Functions', name];
    if (truthy(settings.Id)) {
      if (Object.keys(withoutNull(settings)).length > 1)
        refuse(
          logicalId,
          at,
          `the function ${name} has an Id: it is elsewhere, and has no other properties here`,
        );
      api.functions.set(name, settings.Id);
      return [];
    }
    const { Code, CodeS3Location } = codeOf(api, at, settings);
    if (Code === undefined && CodeS3Location === undefined)
      refuse(logicalId, at, `the function ${name} needs InlineCode or CodeUri`);
    const source = dataSourceOf(api, at, { settings, none });
    usesNone ||= source === none;
    const result = part(api, [name, 'AWS::AppSync::FunctionConfiguration'], {
      ApiId: api.apiId,
      Code,
      CodeS3Location,
      DataSourceName: source === none ? getAtt(none.logicalId, 'Name') : (source as Json),
      Description: settings.Description,
      MaxBatchSize: settings.MaxBatchSize,
      Name: filled(settings.Name) ?? name,
      Runtime: runtimeOf(api, at, settings),
      SyncConfig: isObject(settings.Sync) && truthy(settings.Sync) ? withoutNull(settings.Sync) : undefined,
    });
    api.functions.set(name, getAtt(result.logicalId, 'FunctionId'));
    return [result];
  });
  return { made, none: usesNone ? [none] : [] };
}

/** The name of the data source of a function, or the one that stands for none. */
function dataSourceOf(
  { source, dataSources }: GraphqlApi,
  at: TemplatePath,
  { settings, none }: { readonly settings: JsonObject; readonly none: Generated },
): Json | Generated {
  const { DataSource } = settings;
  if (!truthy(DataSource))
    return refuse(source.logicalId, at, `the function ${String(at.at(-1))} needs a DataSource`);
  if (typeof DataSource !== 'string') return DataSource;
  if (DataSource.toLowerCase() === 'none') return none;
  return (
    dataSources.get(DataSource) ??
    refuse(
      source.logicalId,
      [...at, 'DataSource'],
      `the data source ${DataSource} is none of DataSources; one that is elsewhere is named by a function call`,
    )
  );
}

function codeOf(
  { source }: GraphqlApi,
  at: TemplatePath,
  { InlineCode, CodeUri }: JsonObject,
): { readonly Code: Json | undefined; readonly CodeS3Location: Json | undefined } {
  if (truthy(InlineCode) && truthy(CodeUri))
    refuse(source.logicalId, at, `${String(at.at(-1))} has either InlineCode or CodeUri, not both`);
  return { Code: filled(InlineCode), CodeS3Location: filled(CodeUri) };
}

function runtimeOf({ source }: GraphqlApi, at: TemplatePath, { Runtime }: JsonObject): JsonObject {
  if (!isObject(Runtime)) return refuse(source.logicalId, at, `${String(at.at(-1))} needs a Runtime`);
  return { Name: Runtime.Name ?? null, RuntimeVersion: Runtime.Version ?? null };
}

/** Resolvers of an API. They have the code of SAM's where their author gives none. */
export function resolvers(api: GraphqlApi, written: JsonObject): Generated[] {
  return Object.entries(written).flatMap(([type, fields]) =>
    isObject(fields)
      ? Object.entries(fields).flatMap(([name, settings]) =>
          isObject(settings) ? [resolver(api, [type, name], settings)] : [],
        )
      : [],
  );
}

function resolver(api: GraphqlApi, [type, name]: readonly [string, string], settings: JsonObject): Generated {
  const { logicalId, attributes } = api.source;
  const at: TemplatePath = ['Resolvers', type, name];
  const { Code, CodeS3Location } = codeOf(api, at, settings);
  const hasCode = Code !== undefined || CodeS3Location !== undefined;
  const { Pipeline, Caching, MaxBatchSize } = settings;
  if (!truthy(Pipeline) || !Array.isArray(Pipeline))
    return refuse(
      logicalId,
      at,
      `the resolver ${name} needs a Pipeline; SAM makes no resolvers without functions`,
    );
  const Functions = Pipeline.map(
    (each, index) =>
      api.functions.get(String(each)) ??
      refuse(logicalId, [...at, 'Pipeline', index], `the function ${String(each)} is none of Functions`),
  );
  return generated(logicalId + type + name, 'AWS::AppSync::Resolver', {
    attributes,
    dependsOn: [`${logicalId}Schema`],
    properties: {
      ApiId: api.apiId,
      CachingConfig: isObject(Caching) ? withoutNull(Caching) : undefined,
      Code: hasCode ? Code : RESOLVER_CODE,
      CodeS3Location,
      FieldName: filled(settings.FieldName) ?? name,
      Kind: 'PIPELINE',
      MaxBatchSize: given(MaxBatchSize) ? filled(MaxBatchSize) : undefined,
      PipelineConfig: { Functions },
      Runtime: hasCode ? runtimeOf(api, at, settings) : { Name: 'APPSYNC_JS', RuntimeVersion: '1.0.0' },
      TypeName: type,
    },
  });
}
