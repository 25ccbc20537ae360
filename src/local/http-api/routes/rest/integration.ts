import type { Json, JsonObject } from '../../../../template/types.ts';
import { mapOf, text } from '../../../functions/resolve.ts';
import { calledService } from '../../aws-service/uri.ts';
import type { AnswerChanges } from '../../forward/types.ts';
import { contentHandlingOf } from '../../rest/content.ts';
import { passthroughOf } from '../../rest/selection.ts';
import type { MappedResponse } from '../../rest/types.ts';
import type { Api, RouteTarget } from '../../route.ts';
import { actionTarget } from '../called-action.ts';
import { httpEndpoint } from '../http-endpoint.ts';
import { functionTarget, namedTexts, type RouteScope, textMap, withStageVariables } from '../scope.ts';

/** An integration, however it is written: in a resource with capitals, in OpenAPI documents without. */
type Spelled = (name: string) => Json | undefined;

/** The target of an integration of a resource `AWS::ApiGateway::Method`. */
export function resourceTarget(scope: RouteScope, integration: JsonObject, api: Api): RouteTarget {
  const responses = scope.resolveNamed(integration.IntegrationResponses ?? []);
  return restTarget(scope, api, {
    of: (name) => integration[name],
    responses: (Array.isArray(responses) ? responses.map(mapOf) : []).map((response) =>
      mappedResponse(scope, (name) => response[name], response.SelectionPattern),
    ),
  });
}

/** The target of `x-amazon-apigateway-integration`, whose responses are named by their patterns. */
export function openApiTarget(scope: RouteScope, integration: JsonObject, api: Api): RouteTarget {
  const lower = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);
  return restTarget(scope, api, {
    of: (name) => integration[lower(name)],
    responses: Object.entries(mapOf(scope.resolveNamed(integration.responses ?? {}))).map(
      ([pattern, response]) =>
        mappedResponse(
          scope,
          (name) => mapOf(response)[lower(name)],
          pattern === 'default' ? undefined : pattern,
        ),
    ),
  });
}

function restTarget(
  scope: RouteScope,
  api: Api,
  { of, responses }: { readonly of: Spelled; readonly responses: readonly MappedResponse[] },
): RouteTarget {
  const subtype = of('IntegrationSubtype');
  if (api.kind === 'http' && subtype !== undefined)
    return actionTarget(scope, {
      subtype: text(subtype),
      parameters: of('RequestParameters'),
      timeout: of('TimeoutInMillis'),
      changes: answerChanges(scope, of('ResponseParameters')),
    });
  const type = text(of('Type') ?? '').toUpperCase();
  if (type === 'AWS_PROXY' || (type === '' && of('Uri') !== undefined))
    return functionTarget(scope, of('Uri'), api, of('ResponseTransferMode') === 'STREAM');
  const isHttp = type === 'HTTP' || type === 'HTTP_PROXY';
  if (!isHttp && type !== 'AWS' && type !== 'MOCK')
    return {
      kind: 'unsupported',
      reason: type === '' ? 'it has no integration' : `integrations of type ${type} are not emulated`,
    };
  const called = isHttp
    ? httpCalled(scope, api, of)
    : type === 'MOCK'
      ? ({ kind: 'mock' } as const)
      : (serviceCalled(scope, api, of) ?? functionTarget(scope, of('Uri'), api));
  const handling = contentHandlingOf(scope.resolve(of('ContentHandling') ?? ''));
  if (type === 'HTTP_PROXY' && called.kind === 'http')
    return {
      ...called,
      ...handling,
      changes: api.kind === 'http' ? answerChanges(scope, of('ResponseParameters')) : {},
    };
  if (called.kind === 'unsupported') return called;
  return {
    kind: 'mapped',
    to: called,
    templates: namedTexts(scope, of('RequestTemplates')),
    passthrough: passthroughOf(of('PassthroughBehavior')),
    parameters: namedTexts(scope, of('RequestParameters')),
    ...handling,
    responses,
  };
}

function serviceCalled(scope: RouteScope, api: Api, of: Spelled) {
  const uri = withStageVariables(text(scope.resolveNamed(of('Uri') ?? '')), api);
  const timeout = of('TimeoutInMillis');
  const called = calledService(uri, {
    // A resource has it by another name than a document.
    method: text(scope.resolve(of('IntegrationHttpMethod') ?? of('HttpMethod') ?? 'POST')).toUpperCase(),
    parameters: namedTexts(scope, of('RequestParameters')),
    ...(timeout !== undefined && { timeout: Number(text(scope.resolve(timeout))) }),
  });
  if (called === undefined) return undefined;
  return 'reason' in called
    ? ({ kind: 'unsupported', reason: called.reason } as const)
    : ({ kind: 'service', called } as const);
}

/** `responseParameters` of an HTTP API's document: by status. */
const answerChanges = (scope: RouteScope, given: Json | undefined): AnswerChanges =>
  Object.fromEntries(
    Object.entries(mapOf(scope.resolve(given ?? {}))).map(([status, changes]) => [
      status,
      textMap(scope, changes),
    ]),
  );

function httpCalled(scope: RouteScope, api: Api, of: Spelled) {
  const endpoint = httpEndpoint(
    scope,
    {
      uri: of('Uri'),
      // A resource has it by another name than a document.
      method: of('IntegrationHttpMethod') ?? of('HttpMethod'),
      parameters: of('RequestParameters'),
      connectionType: of('ConnectionType'),
      timeout: of('TimeoutInMillis'),
    },
    api,
  );
  return 'reason' in endpoint
    ? ({ kind: 'unsupported', reason: endpoint.reason } as const)
    : ({ kind: 'http', endpoint } as const);
}

function mappedResponse(scope: RouteScope, of: Spelled, pattern: Json | undefined): MappedResponse {
  const given = text(pattern ?? '');
  return {
    ...(given !== '' && { pattern: given }),
    status: Number(of('StatusCode') ?? 200),
    parameters: textMap(scope, of('ResponseParameters')),
    templates: textMap(scope, of('ResponseTemplates')),
    ...contentHandlingOf(of('ContentHandling')),
  };
}
