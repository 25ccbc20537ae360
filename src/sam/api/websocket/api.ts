import { isObject, type JsonObject } from '../../../template/types.ts';
import { propertyTable } from '../../checks/property-table.ts';
import type { Build } from '../../context.ts';
import { refuse } from '../../problems.ts';
import { given, truthy } from '../../python/values.ts';
import { generated, ref } from '../../resource.ts';
import { RANKS, type SamType } from '../../sam-type.ts';
import type { Generated, SamSource } from '../../types.ts';
import { isCall } from '../document/calls.ts';
import { v2Domain } from '../domain/v2-domain.ts';
import { checkAuth } from './auth.ts';
import { routeResources } from './routes.ts';

/** `AWS::Serverless::WebSocketApi`: a WebSocket API with its routes and stage. */
export const WEBSOCKET_API: SamType = {
  rank: RANKS.api,
  properties: propertyTable({
    ApiKeySelectionExpression: 'string',
    AccessLogSettings: 'map',
    Auth: 'map',
    DefaultRouteSettings: 'map',
    Description: 'string',
    DisableExecuteApiEndpoint: 'bool',
    Domain: 'map',
    DisableSchemaValidation: 'bool',
    FailOnWarnings: 'bool',
    IpAddressType: 'string',
    Name: 'string',
    PropagateTags: 'bool',
    Routes: 'map!',
    RouteSettings: 'map',
    RouteSelectionExpression: 'string!',
    StageName: 'string|map',
    StageVariables: 'map',
    Tags: 'map',
  }),
  parts: { Stage: 'AWS::ApiGatewayV2::Stage', DomainName: 'AWS::ApiGatewayV2::DomainName' },
  generate,
};

const MARK = { 'websocketapi:createdBy': 'SAM' };

/** The reference hands attributes such as `Condition` on to none of what it makes here. */
function generate(written: SamSource, build: Build): Generated[] {
  const source: SamSource = { ...written, attributes: {}, passed: {} };
  const { logicalId, properties } = source;
  for (const name of ['Auth', 'Domain', 'Routes']) {
    const value = build.parameters.resolve(properties[name]);
    if (value !== undefined) properties[name] = value;
  }
  check(source);
  const { Routes, Tags, PropagateTags } = properties;
  if (!isObject(Routes)) return refuse(logicalId, ['Routes'], 'Routes has to be a map');
  const tags = { ...(isObject(Tags) && Tags), ...MARK };
  const StageName = given(properties.StageName) ? properties.StageName : 'default';
  const api = generated(logicalId, 'AWS::ApiGatewayV2::Api', {
    ...(source.dependsOn !== undefined && { dependsOn: source.dependsOn }),
    properties: {
      ApiKeySelectionExpression: properties.ApiKeySelectionExpression,
      Description: properties.Description,
      DisableExecuteApiEndpoint: properties.DisableExecuteApiEndpoint,
      DisableSchemaValidation: properties.DisableSchemaValidation,
      IpAddressType: properties.IpAddressType,
      Name: given(properties.Name) ? properties.Name : logicalId,
      ProtocolType: 'WEBSOCKET',
      RouteSelectionExpression: properties.RouteSelectionExpression,
      Tags: tags,
    },
  });
  const isPassed = truthy(PropagateTags) && isObject(Tags) && truthy(Tags);
  const domain = v2Domain(source, { tags: isPassed ? tags : MARK, groups: new Map() });
  const { routes, authorizer } = routeResources(source, Routes, StageName);
  const made = stage(source, { StageName, tags: isPassed ? tags : MARK });
  if (truthy(properties.RouteSettings))
    made.dependsOn = routes
      .filter(({ type }) => type === 'AWS::ApiGatewayV2::Route')
      .map((route) => route.logicalId);
  return [api, ...routes, ...domain, made, ...authorizer];
}

function check({ logicalId, properties }: SamSource): void {
  const { Routes, IpAddressType, Domain, Auth } = properties;
  if (!truthy(Routes)) refuse(logicalId, ['Routes'], 'a WebSocket API needs at least one route');
  if (
    given(IpAddressType) &&
    !isCall(IpAddressType) &&
    IpAddressType !== 'ipv4' &&
    IpAddressType !== 'dualstack'
  )
    refuse(logicalId, ['IpAddressType'], 'IpAddressType has to be ipv4 or dualstack');
  if (isObject(Domain) && truthy(Domain.MutualTlsAuthentication))
    refuse(logicalId, ['Domain', 'MutualTlsAuthentication'], 'WebSocket APIs take no mutual TLS');
  if (!truthy(Auth) || !isObject(Auth)) return;
  if (!isObject(Routes) || !Object.hasOwn(Routes, '$connect'))
    refuse(logicalId, ['Auth'], 'Auth needs a route $connect, which is the one that it is for');
  checkAuth(logicalId, Auth);
}

function stage(
  { logicalId, properties }: SamSource,
  { StageName, tags }: { readonly StageName: JsonObject[string]; readonly tags: JsonObject },
): Generated {
  if (StageName === '$default')
    refuse(logicalId, ['StageName'], 'a stage of a WebSocket API must not be $default');
  const name = typeof StageName === 'string' ? StageName : '';
  if (!/^[A-Za-z0-9]*$/.test(name))
    refuse(
      logicalId,
      ['StageName'],
      'StageName has to be letters and digits only: it is a part of a logical ID',
    );
  return generated(`${logicalId}${name === 'default' ? 'Default' : name}Stage`, 'AWS::ApiGatewayV2::Stage', {
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
