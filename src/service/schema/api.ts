import type {
  AccessLogs,
  ApiDefinition,
  ApiDomain,
  CognitoAuthorizer,
  HttpApiDefinition,
  HttpAuthorizer,
  HttpRoute,
  JwtAuthorizer,
  LambdaAuthorizer,
  Quota,
  RestApiDefinition,
  RestRoute,
  Throttling,
  UsagePlan,
  WebSocketApiDefinition,
  WebSocketRoute,
} from '../api-types.ts';
import { cors, retention } from './function.ts';
import * as s from './kinds.ts';

// Limits: Amazon API Gateway Developer Guide, "Quotas".

const optionalText = () => s.optional(s.text());
const value = s.value(s.text());
const texts = s.optional(s.list(s.text()));
const flag = s.optional(s.boolean);
const METHOD_PATH = {
  pattern: /^((GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|ANY) \/\S*|\$default)$/,
  accepts: 'a method and a path, such as GET /orders/{id}',
};
const REST_PATH = {
  pattern: /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|ANY) \/\S*$/,
  accepts: 'a method and a path, such as GET /orders/{id}',
};
const NAME = { pattern: /^[a-zA-Z][a-zA-Z0-9_-]*$/, accepts: 'letters, digits, - and _, the first a letter' };
const STAGE = { pattern: /^[a-zA-Z0-9_-]{1,128}$/, accepts: 'letters, digits, - and _, up to 128' };

const throttling = s.optional(
  s.object<Throttling>('Throttling', {
    rate: s.required(s.number({ min: 0 })),
    burst: s.required(s.whole(0)),
  }),
);
const accessLogs = s.object<AccessLogs>('AccessLogs', { retention, format: optionalText() });
const domain = s.object<ApiDomain>('ApiDomain', {
  name: s.required(s.text({ pattern: /^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+$/, accepts: 'a domain name' })),
  certificate: s.required(value),
  basePath: s.optional(s.text({ pattern: /^[a-zA-Z0-9$_.+!*'()/-]+$/, accepts: 'a path' })),
  zone: s.optional(value),
});
const base = {
  description: s.optional(s.text({ max: 1024 })),
  throttling,
  accessLogs: s.optional(s.either(s.boolean, accessLogs)),
  domain: s.optional(domain),
};

const jwt = s.object<JwtAuthorizer>('JwtAuthorizer', {
  kind: s.required(s.choice('jwt')),
  issuer: s.required(value),
  audience: s.required(s.list(value, { min: 1 })),
  source: optionalText(),
});
const cognito = s.object<CognitoAuthorizer>('CognitoAuthorizer', {
  kind: s.required(s.choice('cognito')),
  pool: s.required(value),
  clients: s.optional(s.list(value, { min: 1 })),
  header: optionalText(),
});
const lambda = s.object<LambdaAuthorizer>('LambdaAuthorizer', {
  kind: s.required(s.choice('lambda')),
  function: s.required(s.text()),
  sources: texts,
  ttl: s.optional(s.whole(0, 3600)),
  simple: flag,
  tokenOnly: flag,
});

const httpRoute = s.object<HttpRoute>('HttpRoute', {
  function: s.required(s.text()),
  alias: optionalText(),
  authorizer: optionalText(),
  scopes: texts,
  throttling,
  timeout: s.optional(s.whole(50, 30_000)),
  payload: s.optional(s.choice('1.0', '2.0')),
});
const restRoute = s.object<RestRoute>('RestRoute', {
  function: s.required(s.text()),
  alias: optionalText(),
  authorizer: optionalText(),
  scopes: texts,
  apiKey: flag,
  body: s.optional(s.map(s.data)),
  required: s.optional(
    s.list(
      s.text({
        pattern: /^(querystring|header)\.\S+$/,
        accepts: 'such as querystring.page or header.X-Trace',
      }),
    ),
  ),
  throttling,
  timeout: s.optional(s.whole(50, 300_000)),
});
const webSocketRoute = s.object<WebSocketRoute>('WebSocketRoute', {
  function: s.required(s.text()),
  alias: optionalText(),
  answers: flag,
});

export const api = s.tagged<ApiDefinition>({
  http: s.object<HttpApiDefinition>('HttpApiDefinition', {
    kind: s.required(s.choice('http')),
    ...base,
    routes: s.required(s.map(s.either(s.text(), httpRoute), METHOD_PATH)),
    cors: s.optional(cors),
    authorizers: s.optional(s.map(s.tagged<HttpAuthorizer>({ jwt, cognito, lambda }), NAME)),
    authorizer: optionalText(),
    stage: s.optional(s.text(STAGE)),
    domainOnly: flag,
  }),
  rest: s.object<RestApiDefinition>('RestApiDefinition', {
    kind: s.required(s.choice('rest')),
    ...base,
    routes: s.required(s.map(s.either(s.text(), restRoute), REST_PATH)),
    cors: s.optional(cors),
    authorizers: s.optional(s.map(s.tagged<CognitoAuthorizer | LambdaAuthorizer>({ cognito, lambda }), NAME)),
    authorizer: optionalText(),
    stage: s.optional(s.text(STAGE)),
    binaryTypes: texts,
    endpoint: s.optional(s.choice('REGIONAL', 'EDGE', 'PRIVATE')),
    tracing: flag,
    compressFrom: s.optional(s.whole(0, 10_485_760)),
    usagePlans: s.optional(
      s.map(
        s.object<UsagePlan>('UsagePlan', {
          throttling,
          quota: s.optional(
            s.object<Quota>('Quota', {
              limit: s.required(s.whole(1)),
              period: s.required(s.choice('DAY', 'WEEK', 'MONTH')),
            }),
          ),
          keys: s.optional(s.list(s.text(NAME))),
        }),
        NAME,
      ),
    ),
    domainOnly: flag,
  }),
  websocket: s.object<WebSocketApiDefinition>('WebSocketApiDefinition', {
    kind: s.required(s.choice('websocket')),
    ...base,
    routes: s.required(s.map(s.either(s.text(), webSocketRoute))),
    selection: optionalText(),
    authorizer: s.optional(s.either(s.choice('iam'), lambda)),
    stage: s.optional(s.text(STAGE)),
    senders: texts,
  }),
});
