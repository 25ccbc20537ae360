import type { Json, JsonObject } from '../../../template/types.ts';
import { mapOf, text } from '../../functions/resolve.ts';
import { calledService } from '../../http-api/aws-service/uri.ts';
import { contentHandlingOf } from '../../http-api/rest/content.ts';
import { passthroughOf } from '../../http-api/rest/selection.ts';
import { httpEndpoint } from '../../http-api/routes/http-endpoint.ts';
import { withStageVariables } from '../../http-api/routes/scope.ts';
import type { MappedWebSocketTarget, WebSocketPlan, WebSocketRoutePlan } from '../plan.ts';
import { optionalText, type PlannedResource, type PlanScope } from './scope.ts';

type Target = WebSocketRoutePlan['target'];
type To = MappedWebSocketTarget['to'];

/** What an integration is read with. */
export interface IntegrationScope extends Pick<PlanScope, 'resolve'> {
  readonly api: Pick<WebSocketPlan, 'stageVariables'>;
  /** Those of this integration. */
  readonly responses: readonly PlannedResource[];
}

/** Where an integration of a WebSocket API leads, its properties resolved. */
export function webSocketTarget(written: JsonObject, scope: IntegrationScope): Target {
  const uri = withStageVariables(text(written.IntegrationUri ?? ''), scope.api);
  const integration: JsonObject = { ...written, IntegrationUri: uri };
  const type = text(integration.IntegrationType ?? 'of none');
  const handling = contentHandlingOf(integration.ContentHandlingStrategy);
  if (type === 'AWS_PROXY') return functionAt(integration) ?? unsupported(`integration ${type} with ${uri}`);
  const to = leadsTo(type, integration, scope);
  if (to.kind === 'unsupported') return to;
  if (to.kind === 'http' && type === 'HTTP_PROXY') return { ...to, ...handling };
  return {
    kind: 'mapped',
    to,
    ...templatesOf(integration.RequestTemplates, integration.TemplateSelectionExpression),
    passthrough: passthroughOf(integration.PassthroughBehavior),
    ...handling,
    responses: scope.responses.map(({ properties }) => ({
      key: text(properties.IntegrationResponseKey ?? ''),
      ...templatesOf(properties.ResponseTemplates, properties.TemplateSelectionExpression),
      ...contentHandlingOf(properties.ContentHandlingStrategy),
    })),
  };
}

const unsupported = (reason: string) => ({ kind: 'unsupported', reason }) as const;

function leadsTo(
  type: string,
  integration: JsonObject,
  scope: IntegrationScope,
): To | ReturnType<typeof unsupported> {
  switch (type) {
    case 'MOCK':
      return { kind: 'mock' };
    case 'HTTP':
    case 'HTTP_PROXY': {
      const endpoint = httpEndpoint(
        scope,
        {
          uri: integration.IntegrationUri,
          method: integration.IntegrationMethod,
          parameters: integration.RequestParameters,
          connectionType: integration.ConnectionType,
          timeout: integration.TimeoutInMillis,
        },
        scope.api,
      );
      return 'reason' in endpoint ? unsupported(endpoint.reason) : { kind: 'http', endpoint };
    }
    case 'AWS': {
      const fn = functionAt(integration);
      if (!fn) return serviceAt(integration);
      const [, invocationType] =
        Object.entries(texts(integration.RequestParameters)).find(
          ([name]) => name.toLowerCase() === 'integration.request.header.x-amz-invocation-type',
        ) ?? [];
      return { ...fn, ...(invocationType !== undefined && { invocationType }) };
    }
    default:
      return unsupported(`integration ${type}`);
  }
}

/** The function that the address of an integration has in it. */
function functionAt({ IntegrationUri, TimeoutInMillis: timeout }: JsonObject) {
  const arn = functionIn(IntegrationUri);
  if (arn === undefined) return undefined;
  return {
    kind: 'function',
    arn,
    ...(timeout !== undefined && { timeout: Number(text(timeout)) }),
  } as const;
}

/** The ARN of a function that an address of an integration or of an authorizer has in it. */
export function functionIn(uri: Json | undefined): string | undefined {
  const found = optionalText(uri);
  return found === undefined ? undefined : /arn:[\w-]+:lambda:[\w-]*:\d*:function:[^/]+/.exec(found)?.[0];
}

function serviceAt(integration: JsonObject): To | ReturnType<typeof unsupported> {
  const uri = text(integration.IntegrationUri ?? '');
  const timeout = integration.TimeoutInMillis;
  const called = calledService(uri, {
    method: text(integration.IntegrationMethod ?? 'POST').toUpperCase(),
    parameters: texts(integration.RequestParameters),
    ...(timeout !== undefined && { timeout: Number(text(timeout)) }),
  });
  if (called === undefined) return unsupported(`integration AWS with ${uri}`);
  return 'reason' in called ? unsupported(called.reason) : { kind: 'service', called };
}

const texts = (map: Json | undefined): Record<string, string> =>
  Object.fromEntries(Object.entries(mapOf(map)).map(([name, value]) => [name, text(value)]));

const templatesOf = (templates: Json | undefined, selection: Json | undefined) => ({
  templates: texts(templates),
  ...(selection !== undefined && { selection: text(selection) }),
});
