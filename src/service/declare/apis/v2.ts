import type {
  HttpApiDefinition,
  HttpRoute,
  Throttling,
  WebSocketApiDefinition,
  WebSocketRoute,
} from '../../api-types.ts';
import type { CorsDefinition } from '../../function-types.ts';
import type { Data } from '../../values.ts';
import { addResource, grant, setResource } from '../draft.ts';
import { calleeIn } from '../functions.ts';
import { getAtt, join, ref, sub } from '../resources.ts';
import { addHttpAuthorizers, addWebSocketAuthorizer, guardOf, invocationUri } from './authorizers.ts';
import {
  type ApiContext,
  accessLogs,
  addUrls,
  executeArn,
  longForm,
  routeCallee,
  routeName,
  targetName,
  throttle,
} from './context.ts';
import { addDomain } from './domain.ts';

/** What the kinds of authorizers are to a route. */
const TYPES = { jwt: 'JWT', cognito: 'JWT', lambda: 'CUSTOM' };

export function addHttpApi(context: ApiContext, api: HttpApiDefinition): void {
  const { draft, path, id, name } = context;
  setResource(draft, id, {
    Type: 'AWS::ApiGatewayV2::Api',
    Properties: {
      Name: join(ref('AWS::StackName'), `-${name}`),
      ProtocolType: 'HTTP',
      ...(api.description && { Description: api.description }),
      ...(api.cors && { CorsConfiguration: corsOf(api.cors) }),
      ...(api.domainOnly && { DisableExecuteApiEndpoint: true }),
    },
  });
  addHttpAuthorizers(context, api.authorizers);
  const limits: Record<string, Throttling> = {};
  const routes: string[] = [];
  for (const [key, short] of Object.entries(api.routes)) {
    const at = [...path, 'routes', key];
    const route: HttpRoute = longForm(short);
    const callee = routeCallee(context, at, route);
    if (!callee) continue;
    const { payload = '2.0', timeout } = route;
    // Routes of one function share what calls it.
    const variant = `${payload === '2.0' ? '' : 'V1'}${timeout ?? ''}`;
    const integration = `${id}${targetName(callee, route.alias)}${variant}Integration`;
    setResource(draft, integration, {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ApiId: ref(id),
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: callee.arn,
        PayloadFormatVersion: payload,
        ...(timeout !== undefined && { TimeoutInMillis: timeout }),
      },
    });
    routes.push(
      addResource(draft, `${id}${routeName(key)}Route`, {
        Type: 'AWS::ApiGatewayV2::Route',
        Properties: {
          ApiId: ref(id),
          RouteKey: key,
          Target: join('integrations/', ref(integration)),
          ...guardOf(context, at, route, api, TYPES),
        },
      }),
    );
    if (route.throttling) limits[key] = route.throttling;
  }
  const stageName = api.stage ?? '$default';
  const stage = addStage(context, api, { kind: 'http', name: stageName, routes, limits });
  addDomain(context, api.domain, stage);
  const endpoint = getAtt(id, 'ApiEndpoint');
  addUrls(context, api, 'https', api.stage === undefined ? endpoint : join(endpoint, `/${api.stage}`));
}

export function addWebSocketApi(context: ApiContext, api: WebSocketApiDefinition): void {
  const { draft, path, id, name } = context;
  setResource(draft, id, {
    Type: 'AWS::ApiGatewayV2::Api',
    Properties: {
      Name: join(ref('AWS::StackName'), `-${name}`),
      ProtocolType: 'WEBSOCKET',
      RouteSelectionExpression: api.selection ?? '$request.body.action',
      ...(api.description && { Description: api.description }),
    },
  });
  if (api.authorizer !== undefined && !Object.hasOwn(api.routes, '$connect')) {
    draft.faults.push({
      path: [...path, 'authorizer'],
      message: 'the authorizer is asked on the route $connect, which there is not',
      next: 'Add $connect to routes.',
    });
  }
  const guard = addWebSocketAuthorizer(context, api.authorizer);
  const routes: string[] = [];
  for (const [key, short] of Object.entries(api.routes)) {
    const at = [...path, 'routes', key];
    const route: WebSocketRoute = longForm(short);
    const callee = routeCallee(context, at, route);
    if (!callee) continue;
    const integration = `${id}${targetName(callee, route.alias)}Integration`;
    setResource(draft, integration, {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: { ApiId: ref(id), IntegrationType: 'AWS_PROXY', IntegrationUri: invocationUri(callee.arn) },
    });
    const logicalId = addResource(draft, `${id}${routeName(key)}Route`, {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        ApiId: ref(id),
        RouteKey: key,
        Target: join('integrations/', ref(integration)),
        ...(key === '$connect' ? guard : { AuthorizationType: 'NONE' }),
        ...(route.answers && { RouteResponseSelectionExpression: '$default' }),
      },
    });
    routes.push(logicalId);
    if (route.answers) {
      const answer = addResource(draft, `${logicalId}Response`, {
        Type: 'AWS::ApiGatewayV2::RouteResponse',
        Properties: { ApiId: ref(id), RouteId: ref(logicalId), RouteResponseKey: '$default' },
      });
      routes.push(answer);
    }
  }
  const stageName = api.stage ?? 'prod';
  const stage = addStage(context, api, { kind: 'websocket', name: stageName, routes, limits: {} });
  for (const [index, sender] of (api.senders ?? []).entries()) {
    if (!calleeIn(draft, [...path, 'senders', index], sender)) continue;
    grant(draft, sender, {
      actions: ['execute-api:ManageConnections'],
      resources: [executeArn(id, `${stageName}/*/@connections/*`)],
    });
  }
  addDomain(context, api.domain, stage);
  const host = sub('wss://${Api}.execute-api.${AWS::Region}.${AWS::URLSuffix}/', { Api: ref(id) });
  addUrls(context, api, 'wss', join(host, stageName));
}

interface ApiStage {
  readonly kind: 'http' | 'websocket';
  readonly name: string;
  /** Logical IDs of all routes. */
  readonly routes: readonly string[];
  /** By the key of the route. */
  readonly limits: Readonly<Record<string, Throttling>>;
}

/** Deploys by itself whatever changes, so that no deployment has to be made for it. */
function addStage(
  context: ApiContext,
  api: HttpApiDefinition | WebSocketApiDefinition,
  { kind, name, routes, limits }: ApiStage,
): string {
  const { draft, id } = context;
  const logs = accessLogs(context, kind, api);
  const routeSettings = Object.entries(limits).map(([key, each]): [string, Data] => [key, throttle(each)]);
  return addResource(draft, `${id}Stage`, {
    Type: 'AWS::ApiGatewayV2::Stage',
    // Settings name routes, which have to be there.
    ...(routeSettings.length > 0 && { DependsOn: [...routes] }),
    Properties: {
      ApiId: ref(id),
      StageName: name,
      AutoDeploy: true,
      ...(api.throttling && { DefaultRouteSettings: throttle(api.throttling) }),
      ...(routeSettings.length > 0 && { RouteSettings: Object.fromEntries(routeSettings) }),
      ...(logs !== undefined && { AccessLogSettings: logs }),
    },
  });
}

const corsOf = (cors: CorsDefinition): Data => ({
  AllowOrigins: cors.origins ?? ['*'],
  AllowMethods: cors.methods ?? ['*'],
  ...(cors.headers && { AllowHeaders: cors.headers }),
  ...(cors.exposeHeaders && { ExposeHeaders: cors.exposeHeaders }),
  ...(cors.credentials !== undefined && { AllowCredentials: cors.credentials }),
  ...(cors.maxAge !== undefined && { MaxAge: cors.maxAge }),
});
