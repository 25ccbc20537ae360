import type { Json, JsonObject } from '../../template/types.ts';
import { mediaTypeMatches } from './media-types.ts';
import { type ApiRequest, apiId, decode, decodedParameters, headerOf, requestTime } from './request.ts';

/**
 * A proxy event in format 1.0.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html and, for
 * HTTP APIs, https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function eventV1(request: ApiRequest, authorizer?: JsonObject): JsonObject {
  const { api } = request.route;
  const headers = group(request.headers);
  const query = group([...new URLSearchParams(request.query)]);
  const { parameters } = request;
  const encoded = isBinary(request);
  return {
    ...(api.kind === 'http' && { version: '1.0' }),
    resource: request.route.path,
    path:
      api.kind === 'http' && api.stage !== '$default' ? `/${api.stage}${decode(request.path)}` : request.path,
    httpMethod: request.method,
    headers: last(headers),
    multiValueHeaders: headers,
    queryStringParameters: orNull(last(query)),
    multiValueQueryStringParameters: orNull(query),
    pathParameters: Object.keys(parameters).length > 0 ? decodedParameters(request) : null,
    stageVariables: orNull(api.stageVariables),
    requestContext: contextV1(request, authorizer),
    body: request.body.length === 0 ? null : request.body.toString(encoded ? 'base64' : 'utf8'),
    isBase64Encoded: encoded && request.body.length > 0,
  };
}

export function contextV1(request: ApiRequest, authorizer?: JsonObject): JsonObject {
  const { api } = request.route;
  const domain = headerOf(request, 'host') ?? 'localhost';
  return {
    accountId: request.account,
    apiId: apiId(api.logicalId),
    ...(authorizer && { authorizer }),
    domainName: domain,
    domainPrefix: domain.split('.')[0] ?? '',
    extendedRequestId: request.id,
    httpMethod: request.method,
    identity: {
      accessKey: null,
      accountId: null,
      apiKey: headerOf(request, 'x-api-key') ?? null,
      apiKeyId: null,
      caller: null,
      clientCert: null,
      cognitoAuthenticationProvider: null,
      cognitoAuthenticationType: null,
      cognitoIdentityId: null,
      cognitoIdentityPoolId: null,
      principalOrgId: null,
      sourceIp: request.sourceIp,
      user: null,
      userAgent: headerOf(request, 'user-agent') ?? null,
      userArn: null,
    },
    path: api.stage === '$default' ? request.path : `/${api.stage}${request.path}`,
    protocol: 'HTTP/1.1',
    requestId: request.id,
    requestTime: requestTime(request.time),
    requestTimeEpoch: request.time.getTime(),
    resourceId:
      api.kind === 'rest'
        ? apiId(request.route.path).slice(0, 6)
        : `${request.route.method} ${request.route.path}`,
    resourcePath: request.route.path,
    stage: api.stage,
  };
}

/** REST APIs encode what they were told is binary; HTTP APIs what is no text. */
function isBinary(request: ApiRequest): boolean {
  const type = headerOf(request, 'content-type');
  const { api } = request.route;
  return api.kind === 'rest' ? mediaTypeMatches(api.binaryMediaTypes, type) : !isText(type);
}

/** What HTTP APIs and function URLs pass on as text. */
export const isText = (type: string | undefined): boolean =>
  type === undefined || /^(text\/|application\/([\w.-]+\+)?(json|xml|javascript)\b)/i.test(type);

/** Values by name. A map without prototype: names come from outside, and may be `__proto__`. */
function group(pairs: readonly (readonly [string, string])[]): Record<string, string[]> {
  const grouped: Record<string, string[]> = Object.create(null);
  for (const [name, value] of pairs) {
    grouped[name] ??= [];
    grouped[name].push(value);
  }
  return grouped;
}

const last = (grouped: Readonly<Record<string, string[]>>): JsonObject =>
  Object.fromEntries(Object.entries(grouped).map(([name, values]) => [name, values.at(-1) ?? '']));

const orNull = (map: Readonly<Record<string, Json>>): Json =>
  Object.keys(map).length === 0 ? null : { ...map };
