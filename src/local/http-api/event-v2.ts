import type { JsonObject } from '../../template/types.ts';
import { isText } from './event-v1.ts';
import { type ApiRequest, apiId, decode, decodedParameters, headerOf, requestTime } from './request.ts';

/**
 * A proxy event in format 2.0, as HTTP APIs and function URLs send it.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html and
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
 */
export function eventV2(request: ApiRequest, authorizer?: JsonObject): JsonObject {
  const { api } = request.route;
  const cookies = request.headers
    .filter(([name]) => name.toLowerCase() === 'cookie')
    .flatMap(([, value]) => value.split(/;\s*/));
  const query = joined(new URLSearchParams(request.query));
  const encoded = !isText(headerOf(request, 'content-type'));
  return {
    version: '2.0',
    routeKey: routeKeyOf(request),
    rawPath: rawPathOf(request),
    rawQueryString: request.query,
    ...(cookies.length > 0 && { cookies }),
    headers: joined(
      request.headers
        .filter(([name]) => name.toLowerCase() !== 'cookie')
        .map(([name, value]) => [name.toLowerCase(), value]),
    ),
    ...(Object.keys(query).length > 0 && { queryStringParameters: query }),
    requestContext: contextV2(request, authorizer),
    ...(Object.keys(request.parameters).length > 0 && { pathParameters: decodedParameters(request) }),
    ...(Object.keys(api.stageVariables).length > 0 && { stageVariables: { ...api.stageVariables } }),
    ...(request.body.length > 0 && { body: request.body.toString(encoded ? 'base64' : 'utf8') }),
    isBase64Encoded: encoded && request.body.length > 0,
  };
}

export function contextV2(request: ApiRequest, authorizer?: JsonObject): JsonObject {
  const { api } = request.route;
  const domain = headerOf(request, 'host') ?? 'localhost';
  return {
    accountId: api.kind === 'url' ? 'anonymous' : request.account,
    apiId: apiId(api.logicalId),
    ...(authorizer && { authorizer }),
    domainName: domain,
    domainPrefix: domain.split('.')[0] ?? '',
    http: {
      method: request.method,
      path: rawPathOf(request),
      protocol: 'HTTP/1.1',
      sourceIp: request.sourceIp,
      userAgent: headerOf(request, 'user-agent') ?? '',
    },
    requestId: request.id,
    routeKey: routeKeyOf(request),
    stage: api.stage,
    time: requestTime(request.time),
    timeEpoch: request.time.getTime(),
  };
}

export const routeKeyOf = ({ route }: ApiRequest): string =>
  route.path === '$default' ? '$default' : `${route.method} ${route.path}`;

/** HTTP APIs decode the path, and begin it with a stage that has a name; function URLs leave it as it was sent. */
export function rawPathOf({ route: { api }, path }: ApiRequest): string {
  if (api.kind === 'url') return path;
  return api.stage === '$default' ? decode(path) : `/${api.stage}${decode(path)}`;
}

/** Repeated names become one, with their values separated by commas. */
function joined(pairs: Iterable<readonly [string, string]>): Record<string, string> {
  const map: Record<string, string> = Object.create(null);
  for (const [name, value] of pairs) {
    const known = map[name];
    map[name] = known === undefined ? value : `${known},${value}`;
  }
  return map;
}
