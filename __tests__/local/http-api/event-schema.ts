import { Ajv } from 'ajv';
import type {
  APIGatewayEventIdentity,
  APIGatewayEventRequestContext,
  APIGatewayEventRequestContextV2,
  APIGatewayProxyEvent,
  APIGatewayProxyEventV2,
} from 'aws-lambda';

/** Names of the properties that a type lets be absent. */
type Optional<T> = { [K in keyof T]-?: undefined extends T[K] ? K : never }[keyof T];

/**
 * A schema of exactly the properties of a published type: the compiler refuses a name that is missing here, or that
 * the type does not have, and knows which may be absent.
 */
function exactly<T>(
  properties: { readonly [K in keyof Required<T>]: object },
  optional: readonly Optional<T>[],
): object {
  const required = Object.keys(properties).filter((name) => !optional.some((each) => each === name));
  return { type: 'object', properties, required, additionalProperties: false };
}

const text = { type: 'string' };
const number = { type: 'number' };
const flag = { type: 'boolean' };
const textOrNull = { type: ['string', 'null'] };
const texts = { type: 'object', additionalProperties: text };
const lists = { type: 'object', additionalProperties: { type: 'array', items: text, minItems: 1 } };
const orNull = (schema: object) => ({ anyOf: [{ type: 'null' }, schema] });

const identity = exactly<APIGatewayEventIdentity>(
  {
    accessKey: textOrNull,
    accountId: textOrNull,
    apiKey: textOrNull,
    apiKeyId: textOrNull,
    caller: textOrNull,
    clientCert: { type: 'null' },
    cognitoAuthenticationProvider: textOrNull,
    cognitoAuthenticationType: textOrNull,
    cognitoIdentityId: textOrNull,
    cognitoIdentityPoolId: textOrNull,
    principalOrgId: textOrNull,
    sourceIp: text,
    user: textOrNull,
    userAgent: textOrNull,
    userArn: textOrNull,
    vpcId: text,
    vpceId: text,
  },
  ['vpcId', 'vpceId'],
);

const contextV1 = exactly<APIGatewayEventRequestContext>(
  {
    accountId: { type: 'string', pattern: '^\\d{12}$' },
    apiId: text,
    authorizer: { type: 'object' },
    connectedAt: number,
    connectionId: text,
    domainName: text,
    domainPrefix: text,
    eventType: text,
    extendedRequestId: text,
    protocol: text,
    httpMethod: text,
    identity,
    messageDirection: text,
    messageId: textOrNull,
    path: { type: 'string', pattern: '^/' },
    stage: text,
    requestId: text,
    requestTime: { type: 'string', pattern: '^\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d \\+0000$' },
    requestTimeEpoch: number,
    resourceId: text,
    resourcePath: text,
    routeKey: text,
  },
  [
    'authorizer',
    'connectedAt',
    'connectionId',
    'domainName',
    'domainPrefix',
    'eventType',
    'extendedRequestId',
    'messageDirection',
    'messageId',
    'requestTime',
    'routeKey',
  ],
);

const eventV1 = exactly<APIGatewayProxyEvent>(
  {
    body: textOrNull,
    headers: texts,
    multiValueHeaders: lists,
    httpMethod: text,
    isBase64Encoded: flag,
    path: { type: 'string', pattern: '^/' },
    pathParameters: orNull({ ...texts, minProperties: 1 }),
    queryStringParameters: orNull({ ...texts, minProperties: 1 }),
    multiValueQueryStringParameters: orNull({ ...lists, minProperties: 1 }),
    stageVariables: orNull(texts),
    requestContext: contextV1,
    resource: text,
  },
  [],
);

const contextV2 = exactly<APIGatewayEventRequestContextV2>(
  {
    accountId: text,
    apiId: text,
    authentication: { type: 'object' },
    domainName: text,
    domainPrefix: text,
    http: {
      type: 'object',
      properties: { method: text, path: text, protocol: text, sourceIp: text, userAgent: text },
      required: ['method', 'path', 'protocol', 'sourceIp', 'userAgent'],
      additionalProperties: false,
    },
    requestId: text,
    routeKey: text,
    stage: text,
    time: text,
    timeEpoch: number,
  },
  ['authentication'],
);

const eventV2 = exactly<APIGatewayProxyEventV2>(
  {
    version: { const: '2.0' },
    routeKey: text,
    rawPath: { type: 'string', pattern: '^/' },
    rawQueryString: text,
    cookies: { type: 'array', items: text, minItems: 1 },
    headers: texts,
    queryStringParameters: { ...texts, minProperties: 1 },
    requestContext: contextV2,
    body: text,
    pathParameters: { ...texts, minProperties: 1 },
    isBase64Encoded: flag,
    stageVariables: texts,
  },
  ['cookies', 'queryStringParameters', 'body', 'pathParameters', 'stageVariables'],
);

const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
const validators = { '1.0': ajv.compile(eventV1), '2.0': ajv.compile(eventV2) };

/** What is wrong with an event; empty when it is as the type says. */
export function eventProblems(version: '1.0' | '2.0', event: unknown): string[] {
  const validate = validators[version];
  return validate(event)
    ? []
    : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}
