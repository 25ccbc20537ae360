import type { JsonObject } from '../../template/types.ts';
import type { FunctionHost } from '../function-host.ts';
import { findFunction } from '../functions/function.ts';
import { mapOf, text } from '../functions/resolve.ts';
import { eventV1 } from './event-v1.ts';
import { eventV2, routeKeyOf } from './event-v2.ts';
import type { JwtCheck } from './jwt.ts';
import { evaluatePolicy } from './policy.ts';
import { type ApiRequest, executeArn, headerOf } from './request.ts';
import { type ApiResponse, gatewayResponse } from './response.ts';
import { javaMatches } from './rest/java-pattern.ts';
import { refusal } from './rest/refusal.ts';
import type { Authorizer, RouteJwtAuthorizer, RouteLambdaAuthorizer } from './route.ts';
import { sourceValue } from './sources.ts';

/** Lets a request through, with what its event says about the caller, or answers in place of the function. */
export type Decision =
  | { readonly kind: 'allowed'; readonly context?: JsonObject }
  | { readonly kind: 'refused'; readonly response: ApiResponse };

export interface AuthorizeOptions {
  readonly host: FunctionHost;
  readonly checkJwt: JwtCheck;
  readonly allowUnverifiedIam: boolean;
}

/** Asks the route's authorizer. Whatever goes wrong on the way refuses the request. */
export async function authorize(request: ApiRequest, options: AuthorizeOptions): Promise<Decision> {
  const { authorizer } = request.route;
  if (authorizer === undefined) return { kind: 'allowed' };
  return check(authorizer, request, options);
}

function check(
  authorizer: Authorizer,
  request: ApiRequest,
  options: AuthorizeOptions,
): Promise<Decision> | Decision {
  switch (authorizer.kind) {
    case 'iam':
      return checkSignature(request, options);
    case 'unsupported':
      return unauthorized(request, { message: 'Unauthorized', reason: authorizer.reason });
    case 'jwt':
      return checkToken(authorizer, request, options);
    case 'token':
    case 'request':
      return askFunction(authorizer, request, options);
  }
}

function checkSignature(request: ApiRequest, { allowUnverifiedIam }: AuthorizeOptions): Decision {
  const signed = /^AWS4-(HMAC-SHA256|ECDSA-P256-SHA256) /.test(headerOf(request, 'authorization') ?? '');
  if (signed && allowUnverifiedIam) return { kind: 'allowed' };
  switch (request.route.api.kind) {
    case 'rest':
      return {
        kind: 'refused',
        response: signed
          ? refusal({ type: 'ACCESS_DENIED', status: 403, message: 'Forbidden' })
          : refusal({
              type: 'MISSING_AUTHENTICATION_TOKEN',
              status: 403,
              message: 'Missing Authentication Token',
            }),
      };
    case 'http':
      return refused(403, { message: 'Forbidden' });
    case 'url':
    case 'web':
      return refused(403, { Message: 'Forbidden' });
  }
}

async function checkToken(
  authorizer: RouteJwtAuthorizer,
  request: ApiRequest,
  { checkJwt }: AuthorizeOptions,
): Promise<Decision> {
  const challenge = [['WWW-Authenticate', 'Bearer']] as const;
  const token = sourceValue(authorizer.identitySource, request)?.replace(/^Bearer /i, '');
  if (!token) return refused(401, { message: 'Unauthorized' }, challenge);
  const result = await checkJwt(authorizer, token);
  if (result.kind === 'missing-scope') return refused(403, { message: 'Forbidden' });
  if (result.kind === 'invalid') {
    return refused(401, { message: 'Unauthorized' }, [['WWW-Authenticate', 'Bearer error="invalid_token"']]);
  }
  // Claims reach functions as text.
  const claims = Object.fromEntries(
    Object.entries(result.claims).map(([name, value]) => [name, claimText(value)]),
  );
  const jwt = { claims, scopes: result.scopes === null ? null : [...result.scopes] };
  return { kind: 'allowed', context: request.route.payloadVersion === '1.0' ? jwt : { jwt } };
}

const claimText = (value: unknown): string => (Array.isArray(value) ? `[${value.join(' ')}]` : String(value));

async function askFunction(
  authorizer: RouteLambdaAuthorizer,
  request: ApiRequest,
  { host }: AuthorizeOptions,
): Promise<Decision> {
  const { kind, identitySources, validation } = authorizer;
  const identities = identitySources.map((source) => sourceValue(source, request));
  const missing = kind === 'token' ? !identities[0] : identities.some((identity) => !identity);
  if (missing) return unauthorized(request);
  if (kind === 'token' && validation !== undefined && !fullMatch(validation, identities[0] ?? '')) {
    return unauthorized(request);
  }
  const fn = findFunction(host.functions, authorizer.functionId);
  if (!fn) return broken(request);
  const event = authorizerEvent(authorizer, request, identities);
  const result = await host.invoke(fn, JSON.stringify(event));
  if (result.kind === 'function-error' && result.error.errorMessage === 'Unauthorized')
    return unauthorized(request);
  if (result.kind !== 'success') return broken(request);
  const answer = mapOf(JSON.parse(result.payload.toString()));
  return authorizer.simpleResponses ? simpleDecision(answer, request) : policyDecision(answer, request);
}

/** Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html */
function simpleDecision(answer: JsonObject, request: ApiRequest): Decision {
  if (typeof answer.isAuthorized !== 'boolean') return broken(request);
  if (!answer.isAuthorized) return refused(403, { message: 'Forbidden' });
  return { kind: 'allowed', context: contextFor(request, mapOf(answer.context)) };
}

/** Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html */
function policyDecision(answer: JsonObject, request: ApiRequest): Decision {
  if (answer.principalId === undefined || answer.policyDocument === undefined) return broken(request);
  const decision = evaluatePolicy(answer.policyDocument, executeArn(request));
  if (decision !== 'allow') {
    if (request.route.api.kind === 'http') return refused(403, { message: 'Forbidden' });
    const detail = decision === 'explicit-deny' ? ' with an explicit deny' : '';
    const message = `User is not authorized to access this resource${detail}`;
    const response = refusal({ type: 'ACCESS_DENIED', status: 403, message }, { Message: message });
    return { kind: 'refused', response };
  }
  return { kind: 'allowed', context: contextFor(request, mapOf(answer.context), text(answer.principalId)) };
}

/** REST turns every value of the context into text; format 2.0 keeps them below `lambda`. */
function contextFor(request: ApiRequest, context: JsonObject, principalId?: string): JsonObject {
  if (request.route.payloadVersion === '2.0') return { lambda: context };
  const asText = Object.fromEntries(Object.entries(context).map(([name, value]) => [name, text(value)]));
  return { ...(principalId !== undefined && { principalId }), ...asText };
}

function authorizerEvent(
  authorizer: RouteLambdaAuthorizer,
  request: ApiRequest,
  identities: readonly (string | undefined)[],
): JsonObject {
  const arn = executeArn(request);
  if (authorizer.kind === 'token')
    return { type: 'TOKEN', authorizationToken: identities[0] ?? '', methodArn: arn };
  const sources = identities.map((identity) => identity ?? '');
  if (authorizer.payloadVersion === '2.0') {
    const { body: _body, isBase64Encoded: _encoded, ...event } = eventV2(request);
    return {
      ...event,
      type: 'REQUEST',
      routeArn: arn,
      identitySource: sources,
      routeKey: routeKeyOf(request),
    };
  }
  const { body: _body, isBase64Encoded: _encoded, ...event } = eventV1(request);
  const forHttp = request.route.api.kind === 'http' && {
    identitySource: sources.join(','),
    authorizationToken: sources[0] ?? '',
  };
  return { ...event, type: 'REQUEST', methodArn: arn, ...forHttp };
}

function fullMatch(expression: string, value: string): boolean {
  try {
    return javaMatches(expression, value);
  } catch {
    return false;
  }
}

/** The authorizer itself failed: API Gateway answers 500, and the function is not asked. */
function broken(request: ApiRequest): Decision {
  if (request.route.api.kind === 'http') return refused(500, { message: 'Internal Server Error' });
  return {
    kind: 'refused',
    response: refusal({ type: 'AUTHORIZER_CONFIGURATION_ERROR', status: 500, message: null }),
  };
}

function unauthorized(request: ApiRequest, body: JsonObject = { message: 'Unauthorized' }): Decision {
  if (request.route.api.kind !== 'rest') return refused(401, body);
  const response = refusal({ type: 'UNAUTHORIZED', status: 401, message: 'Unauthorized' }, body);
  return { kind: 'refused', response };
}

const refused = (
  status: number,
  body: unknown,
  headers: readonly (readonly [string, string])[] = [],
): Decision => ({
  kind: 'refused',
  response: gatewayResponse(status, body, headers),
});
