import { isObject, type JsonObject } from '../../../template/types.ts';
import { propertyTable } from '../../checks/property-table.ts';
import type { Build } from '../../context.ts';
import { hashedId } from '../../logical-id.ts';
import { refuse } from '../../problems.ts';
import { given, truthy } from '../../python/values.ts';
import { generated, ref } from '../../resource.ts';
import { RANKS, type SamType } from '../../sam-type.ts';
import type { Generated, SamSource } from '../../types.ts';
import { bodyLocation } from '../body-location.ts';
import type { Definition } from '../document/definition.ts';
import { v2Domain } from '../domain/v2-domain.ts';
import { ANY_ROUTE } from '../implicit/kinds.ts';
import { authorizerPermission } from '../rest/auth/api-auth.ts';
import { definitionOf, stateOf } from '../state.ts';
import { addHttpAuth } from './auth.ts';
import { httpAuthorizers } from './authorizers.ts';
import { addHttpCors } from './cors.ts';
import { addTags, isHttpEditable, setHttpEndpoint, setInfo } from './editor.ts';

/** `AWS::Serverless::HttpApi`: an HTTP API with its stage. */
export const HTTP_API: SamType = {
  rank: RANKS.api,
  properties: propertyTable({
    __MANAGE_SWAGGER: 'bool',
    Name: '=any',
    StageName: 'string|map',
    Tags: 'map',
    PropagateTags: 'bool',
    DefinitionBody: 'map',
    DefinitionUri: 'string|map',
    StageVariables: 'map',
    CorsConfiguration: 'bool|map',
    AccessLogSettings: 'map',
    DefaultRouteSettings: 'map',
    Auth: 'map',
    RouteSettings: 'map',
    Domain: 'map',
    FailOnWarnings: 'bool',
    Description: 'string',
    DisableExecuteApiEndpoint: 'bool',
  }),
  parts: { Stage: 'AWS::ApiGatewayV2::Stage', DomainName: 'AWS::ApiGatewayV2::DomainName' },
  generate,
};

const MARK = { 'httpapi:createdBy': 'SAM' };

function generate(source: SamSource, build: Build): Generated[] {
  const { logicalId, properties } = source;
  for (const name of ['CorsConfiguration', 'Domain']) {
    const value = build.parameters.resolve(properties[name]);
    if (value !== undefined) properties[name] = value;
  }
  const definition = definitionOf(build, logicalId, properties);
  const { DefinitionUri, FailOnWarnings, Tags } = properties;
  if (truthy(DefinitionUri) && definition)
    refuse(logicalId, ['DefinitionUri'], 'an API has either DefinitionUri or DefinitionBody, not both');
  const api = generated(logicalId, 'AWS::ApiGatewayV2::Api', {
    attributes: source.attributes,
    ...(source.dependsOn !== undefined && { dependsOn: source.dependsOn }),
  });
  const tags =
    definition && isHttpEditable(definition) ? { ...(isObject(Tags) && Tags), ...MARK } : undefined;
  editDefinition(source, definition, { build, tags });
  if (truthy(FailOnWarnings)) api.properties.FailOnWarnings = FailOnWarnings;
  if (truthy(DefinitionUri)) api.properties.BodyS3Location = bodyLocation(logicalId, DefinitionUri);
  else if (definition) api.properties.Body = definition.toJson();
  else
    refuse(
      logicalId,
      [],
      'an HTTP API needs DefinitionUri or DefinitionBody, or an event of a function that names it',
    );
  const own = isObject(Tags) && truthy(Tags) ? tags : undefined;
  return [
    api,
    ...permissions(source),
    ...v2Domain(source, { tags: own ?? MARK, groups: stateOf(build).recordSets }),
    stage(source, tags ?? (isObject(Tags) ? Tags : undefined)),
  ];
}

/** Writes the settings of an API into its definition, in the order of the reference. */
function editDefinition(
  { logicalId, properties }: SamSource,
  definition: Definition | undefined,
  { build, tags }: { readonly build: Build; readonly tags: JsonObject | undefined },
): void {
  const needed = (name: string): Definition =>
    definition ??
    refuse(
      logicalId,
      [name],
      `${name} needs a definition in the template: SAM cannot write it into one in S3`,
    );
  const { CorsConfiguration, Auth, Tags, DisableExecuteApiEndpoint, FailOnWarnings } = properties;
  if (truthy(CorsConfiguration)) addHttpCors(needed('CorsConfiguration'), CorsConfiguration);
  if (truthy(Auth) && isObject(Auth)) addHttpAuth(needed('Auth'), Auth, build.partition);
  if (truthy(Tags) && !isHttpEditable(needed('Tags')))
    needed('Tags').refuse([], 'Tags needs a definition with paths, and openapi with a version of 3');
  if (definition && tags) addTags(definition, tags);
  if (given(DisableExecuteApiEndpoint))
    setHttpEndpoint(needed('DisableExecuteApiEndpoint'), DisableExecuteApiEndpoint);
  for (const name of ['Name', 'Description']) if (truthy(properties[name])) needed(name);
  if (definition) setInfo(definition, properties, (name, message) => refuse(logicalId, [name], message));
  if (truthy(FailOnWarnings) && definition) renameDefault(definition);
}

/** API Gateway warns of a path without a slash, which would fail the deployment. */
function renameDefault(definition: Definition): void {
  const item = definition.root.has('paths') ? definition.paths.get(ANY_ROUTE.path) : undefined;
  if (item === undefined) return;
  const { paths } = definition;
  paths.delete(ANY_ROUTE.path);
  paths.set(`/${ANY_ROUTE.path}`, item);
}

function permissions({ logicalId, properties, passed }: SamSource): Generated[] {
  const { Auth } = properties;
  if (!isObject(Auth) || !truthy(Auth)) return [];
  const made: Generated[] = [];
  for (const [name, authorizer] of httpAuthorizers(logicalId, Auth)) {
    const { FunctionArn, EnableFunctionDefaultPermissions } = authorizer.properties;
    if (truthy(FunctionArn) && truthy(EnableFunctionDefaultPermissions))
      made.push(
        authorizerPermission(`${logicalId}${name}AuthorizerPermission`, {
          functionArn: FunctionArn,
          apiId: logicalId,
          partition: '${AWS::Partition}',
          passed,
        }),
      );
  }
  return made;
}

function stage({ logicalId, properties, passed }: SamSource, tags: JsonObject | undefined): Generated {
  const StageName = truthy(properties.StageName) ? properties.StageName : '$default';
  const name = typeof StageName === 'string' ? StageName : '';
  return generated(stageId(logicalId, name), 'AWS::ApiGatewayV2::Stage', {
    attributes: passed,
    properties: {
      ApiId: ref(logicalId),
      StageName,
      StageVariables: properties.StageVariables,
      AccessLogSettings: properties.AccessLogSettings,
      DefaultRouteSettings: properties.DefaultRouteSettings,
      Tags: tags,
      AutoDeploy: true,
      RouteSettings: properties.RouteSettings,
    },
  });
}

/** The logical ID of a stage of this name; a name that is a function call is not in it. */
export function stageId(logicalId: string, name: string): string {
  if (/^[\p{L}\p{N}]+$/u.test(name)) return `${logicalId}${name}Stage`;
  return name === '$default' ? `${logicalId}ApiGatewayDefaultStage` : hashedId(`${logicalId}Stage`, name);
}
