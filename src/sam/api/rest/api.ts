import { isObject, type Json, type JsonObject } from '../../../template/types.ts';
import { propertyTable } from '../../checks/property-table.ts';
import type { Build } from '../../context.ts';
import { refuse } from '../../problems.ts';
import { given, truthy } from '../../python/values.ts';
import { generated, propagateTags } from '../../resource.ts';
import { RANKS, type SamType } from '../../sam-type.ts';
import type { Generated, SamSource } from '../../types.ts';
import { bodyLocation } from '../body-location.ts';
import { toPython } from '../document/convert.ts';
import type { Definition } from '../document/definition.ts';
import { bytes, PyMap } from '../document/python-map.ts';
import { restDomain } from '../domain/rest-domain.ts';
import { definitionOf, stateOf } from '../state.ts';
import { addAuth, authorizerPermissions } from './auth/api-auth.ts';
import { addCors } from './cors.ts';
import { deployment } from './deployment.ts';
import { isEditableDefinition } from './editor.ts';
import { asOpenApi3 } from './openapi-3.ts';
import { addBinaryMediaTypes, addGatewayResponses, addModels, setEndpoint } from './sections.ts';
import { stage } from './stage.ts';
import { usagePlan } from './usage-plan.ts';

/** `AWS::Serverless::Api`: a REST API with its deployment and stage. */
export const REST_API: SamType = {
  rank: RANKS.api,
  properties: propertyTable({
    __MANAGE_SWAGGER: 'bool',
    Name: 'string|map',
    StageName: 'string|map!',
    Tags: 'map',
    PropagateTags: 'bool',
    DefinitionBody: 'map',
    DefinitionUri: 'string|map',
    MergeDefinitions: '=bool',
    CacheClusterEnabled: 'bool',
    CacheClusterSize: 'string',
    Variables: 'map',
    EndpointConfiguration: 'string|map',
    MethodSettings: 'list',
    BinaryMediaTypes: 'list',
    MinimumCompressionSize: 'int',
    Cors: 'string|map',
    Auth: 'map',
    GatewayResponses: 'map',
    AccessLogSetting: 'map',
    CanarySetting: 'map',
    TracingEnabled: 'bool',
    OpenApiVersion: 'string',
    Models: 'map',
    Domain: 'map',
    FailOnWarnings: 'bool',
    Description: 'string',
    Mode: 'string',
    DisableExecuteApiEndpoint: 'bool',
    ApiKeySourceType: 'string',
    AlwaysDeploy: '=bool',
    Policy: 'string|map',
    SecurityPolicy: 'string',
    EndpointAccessMode: 'string',
  }),
  parts: {
    Stage: 'AWS::ApiGateway::Stage',
    Deployment: 'AWS::ApiGateway::Deployment',
    DomainName: 'AWS::ApiGateway::DomainName',
    DomainNameV2: 'AWS::ApiGateway::DomainNameV2',
    UsagePlan: 'AWS::ApiGateway::UsagePlan',
    UsagePlanKey: 'AWS::ApiGateway::UsagePlanKey',
    ApiKey: 'AWS::ApiGateway::ApiKey',
  },
  generate,
};

function generate(source: SamSource, build: Build): Generated[] {
  const { logicalId, properties } = source;
  for (const name of ['BinaryMediaTypes', 'Domain', 'Auth']) {
    const value = build.parameters.resolve(properties[name]);
    if (value !== undefined) properties[name] = value;
  }
  check(source, build);
  const definition = definitionOf(build, logicalId, properties);
  const api = generated(logicalId, 'AWS::ApiGateway::RestApi', {
    attributes: source.attributes,
    ...(source.dependsOn !== undefined && { dependsOn: source.dependsOn }),
    properties: {
      BinaryMediaTypes: properties.BinaryMediaTypes,
      MinimumCompressionSize: properties.MinimumCompressionSize,
    },
  });
  setEndpointConfiguration(api, source, build);
  editDefinition(source, definition, build);
  const { DefinitionUri } = properties;
  const location = truthy(DefinitionUri) ? bodyLocation(logicalId, DefinitionUri) : undefined;
  if (location) api.properties.BodyS3Location = location;
  else if (definition) {
    asOpenApi3(definition, properties.OpenApiVersion);
    api.properties.Body = definition.toJson();
  }
  for (const name of [
    'FailOnWarnings',
    'Name',
    'Description',
    'Mode',
    'ApiKeySourceType',
    'Policy',
    'SecurityPolicy',
    'EndpointAccessMode',
  ])
    if (truthy(properties[name])) api.properties[name] = properties[name];
  const { resources: domain, last, hashed } = restDomain(source, build);
  const deployed = deployment(source, {
    body: location ? locationMap(location) : definition?.root,
    domain: hashed,
    functionNames: stateOf(build).functionNames.get(logicalId) ?? [],
    seconds: build.context.seconds ?? Math.floor(Date.now() / 1000),
  });
  const made = stage(source, deployed.logicalId);
  const all = [
    api,
    deployed,
    made,
    ...authorizerPermissions(source, build.partition),
    ...domain,
    ...usagePlan(source, made.logicalId, build),
    ...last,
  ];
  propagateTags(all, source);
  return all;
}

function check({ logicalId, properties }: SamSource, build: Build): void {
  const { DefinitionUri, MergeDefinitions, OpenApiVersion } = properties;
  if (truthy(DefinitionUri) && definitionOf(build, logicalId, properties))
    refuse(logicalId, ['DefinitionUri'], 'an API has either DefinitionUri or DefinitionBody, not both');
  if (truthy(DefinitionUri) && truthy(MergeDefinitions))
    refuse(
      logicalId,
      ['MergeDefinitions'],
      'MergeDefinitions works only with DefinitionBody, not with DefinitionUri',
    );
  if (truthy(OpenApiVersion) && !/^[2-3](\.\d)(\.\d)?$/.test(String(OpenApiVersion)))
    refuse(logicalId, ['OpenApiVersion'], 'OpenApiVersion has to be of the form 3.0.1');
}

/** Writes the settings of an API into its definition, in the order of the reference. */
function editDefinition(
  { logicalId, properties }: SamSource,
  definition: Definition | undefined,
  build: Build,
): void {
  const needed = (name: string): Definition => {
    if (!definition)
      return refuse(
        logicalId,
        [name],
        `${name} needs a definition in the template: SAM cannot write it into one in S3`,
      );
    if (!isEditableDefinition(definition))
      definition.refuse(
        [],
        `${name} needs a definition that SAM can edit: one with paths, and swagger or openapi with its version`,
      );
    return definition;
  };
  const {
    Cors,
    Auth,
    GatewayResponses,
    BinaryMediaTypes,
    Models,
    DisableExecuteApiEndpoint,
    OpenApiVersion,
  } = properties;
  if (truthy(Cors)) addCors(needed('Cors'), Cors);
  if (truthy(Auth)) {
    const edited = needed('Auth');
    // The value of a parameter may stand for it.
    if (!isObject(Auth)) refuse(logicalId, ['Auth'], 'Auth has to be a map');
    addAuth(edited, Auth, { partition: build.partition, stage: () => stageValue(edited, properties, build) });
    asOpenApi3(edited, OpenApiVersion);
  }
  if (truthy(GatewayResponses) && isObject(GatewayResponses))
    addGatewayResponses(needed('GatewayResponses'), GatewayResponses);
  if (truthy(BinaryMediaTypes) && definition) addBinaryMediaTypes(definition, BinaryMediaTypes);
  if (truthy(Models) && isObject(Models)) {
    const edited = needed('Models');
    addModels(edited, Models);
    asOpenApi3(edited, OpenApiVersion);
  }
  if (given(DisableExecuteApiEndpoint))
    setEndpoint(needed('DisableExecuteApiEndpoint'), DisableExecuteApiEndpoint);
}

/** The stage of an implicit API has a name of SAM's own. */
const stageValue = (definition: Definition, { StageName }: JsonObject, build: Build) =>
  stateOf(build).implicit.has(definition.apiId)
    ? bytes(String(StageName))
    : definition.authored(StageName ?? null);

function locationMap(location: JsonObject): PyMap {
  const clock = { ticks: 0 };
  const map = new PyMap(clock);
  for (const name in location) map.set(bytes(name), toPython(location[name] ?? null, clock));
  return map;
}

const REGIONAL_ONLY = ['aws-us-gov', 'aws-cn', 'aws-eusc'];

function setEndpointConfiguration(
  api: Generated,
  { logicalId, properties }: SamSource,
  { partition }: Build,
): void {
  const isRegionalOnly = partition.startsWith('aws-iso') || REGIONAL_ONLY.includes(partition);
  const wanted: Json | undefined = truthy(properties.EndpointConfiguration)
    ? properties.EndpointConfiguration
    : isRegionalOnly
      ? 'REGIONAL'
      : undefined;
  if (wanted === undefined) return;
  const type = isObject(wanted) && truthy(wanted.Type) ? wanted.Type : wanted;
  const configuration: JsonObject = { Types: [type] };
  api.properties.Parameters = { endpointConfigurationTypes: type };
  api.properties.EndpointConfiguration = configuration;
  if (type === wanted || !isObject(wanted)) return;
  const [one, other] = ['VPCEndpointIds', 'VpcEndpointIds'].map((name) => Object.hasOwn(wanted, name));
  if (one && other)
    refuse(
      logicalId,
      ['EndpointConfiguration'],
      'VPCEndpointIds and VpcEndpointIds are the same: use one of them',
    );
  if (one || other)
    configuration.VpcEndpointIds =
      (truthy(wanted.VPCEndpointIds) ? wanted.VPCEndpointIds : wanted.VpcEndpointIds) ?? null;
  if (Object.hasOwn(wanted, 'IpAddressType')) configuration.IpAddressType = wanted.IpAddressType ?? null;
}
