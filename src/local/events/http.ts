import type { JsonObject } from '../../template/types.ts';
import { account, arn, region, requestId, seconds } from './constants.ts';

const userAgent = 'curl/8.7.1';
const host = `abcdefghij.execute-api.${region}.amazonaws.com`;

/** REST API, proxy integration (format 1.0). */
export const apiGateway = (): JsonObject => ({
  resource: '/orders/{id}',
  path: '/orders/42',
  httpMethod: 'GET',
  headers: { Accept: 'application/json', Host: host, 'User-Agent': userAgent },
  multiValueHeaders: { Accept: ['application/json'], Host: [host], 'User-Agent': [userAgent] },
  queryStringParameters: null,
  multiValueQueryStringParameters: null,
  pathParameters: { id: '42' },
  stageVariables: null,
  requestContext: {
    accountId: account,
    apiId: 'abcdefghij',
    domainName: host,
    domainPrefix: 'abcdefghij',
    extendedRequestId: requestId,
    httpMethod: 'GET',
    identity: {
      accessKey: null,
      accountId: null,
      apiKey: null,
      apiKeyId: null,
      caller: null,
      clientCert: null,
      cognitoAuthenticationProvider: null,
      cognitoAuthenticationType: null,
      cognitoIdentityId: null,
      cognitoIdentityPoolId: null,
      principalOrgId: null,
      sourceIp: '192.0.2.1',
      user: null,
      userAgent,
      userArn: null,
    },
    path: '/Prod/orders/42',
    protocol: 'HTTP/1.1',
    requestId,
    requestTime: '15/Jan/2026:10:30:00 +0000',
    requestTimeEpoch: seconds * 1000,
    resourceId: '123456',
    resourcePath: '/orders/{id}',
    stage: 'Prod',
  },
  body: null,
  isBase64Encoded: false,
});

/** HTTP API (format 2.0). */
export const httpApi = (): JsonObject => ({
  version: '2.0',
  routeKey: 'GET /orders/{id}',
  rawPath: '/orders/42',
  rawQueryString: '',
  headers: { accept: 'application/json', host, 'user-agent': userAgent },
  requestContext: {
    accountId: account,
    apiId: 'abcdefghij',
    domainName: host,
    domainPrefix: 'abcdefghij',
    http: { method: 'GET', path: '/orders/42', protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent },
    requestId,
    routeKey: 'GET /orders/{id}',
    stage: '$default',
    time: '15/Jan/2026:10:30:00 +0000',
    timeEpoch: seconds * 1000,
  },
  pathParameters: { id: '42' },
  isBase64Encoded: false,
});

/** Function URL: format 2.0 with one route. */
export function functionUrl(): JsonObject {
  const { pathParameters: _none, ...event } = httpApi();
  const context = event.requestContext as JsonObject;
  const domain = `abcdefghij.lambda-url.${region}.on.aws`;
  return {
    ...event,
    routeKey: '$default',
    headers: { accept: 'application/json', host: domain, 'user-agent': userAgent },
    requestContext: { ...context, accountId: 'anonymous', domainName: domain, routeKey: '$default' },
  };
}

/** Application Load Balancer. */
export const alb = (): JsonObject => ({
  requestContext: {
    elb: { targetGroupArn: arn('elasticloadbalancing', 'targetgroup/orders/1234567890abcdef') },
  },
  httpMethod: 'GET',
  path: '/orders/42',
  queryStringParameters: {},
  headers: {
    accept: 'application/json',
    host: 'orders.example.com',
    'user-agent': userAgent,
    'x-forwarded-for': '192.0.2.1',
  },
  body: '',
  isBase64Encoded: false,
});

/** REQUEST authorizer of a REST API. */
export function requestAuthorizer(): JsonObject {
  const { body: _body, isBase64Encoded: _encoded, ...event } = apiGateway();
  return { type: 'REQUEST', methodArn: arn('execute-api', 'abcdefghij/Prod/GET/orders/42'), ...event };
}

/** TOKEN authorizer of a REST API. */
export const tokenAuthorizer = (): JsonObject => ({
  type: 'TOKEN',
  authorizationToken: 'Bearer example',
  methodArn: arn('execute-api', 'abcdefghij/Prod/GET/orders/42'),
});
