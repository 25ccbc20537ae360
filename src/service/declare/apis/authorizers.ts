import { own, type TemplatePath } from '../../../template/types.ts';
import { closest } from '../../../text/closest.ts';
import type { CognitoAuthorizer, HttpAuthorizer, LambdaAuthorizer } from '../../api-types.ts';
import type { Data } from '../../values.ts';
import { addResource, arnIn } from '../draft.ts';
import { pascal } from '../identifiers.ts';
import { getAtt, join, ref, sub } from '../resources.ts';
import { type ApiContext, routeCallee } from './context.ts';

/** How a route is guarded: properties of it. */
export type Guard = Readonly<Record<string, Data>>;

interface Guarded {
  readonly authorizer?: string;
  readonly scopes?: readonly string[];
}

interface Guards<Authorizer> {
  readonly authorizers?: Readonly<Record<string, Authorizer>>;
  readonly authorizer?: string;
}

/**
 * Properties of a route that say who may use it.
 *
 * @param types what the API calls each kind
 */
export function guardOf<Authorizer extends { readonly kind: string }>(
  { draft, path, id }: ApiContext,
  at: TemplatePath,
  route: Guarded,
  { authorizers = {}, authorizer: standard }: Guards<Authorizer>,
  types: Readonly<Record<string, string>>,
): Guard {
  const name = route.authorizer ?? standard ?? 'none';
  if (name === 'none') return { AuthorizationType: 'NONE' };
  if (name === 'iam') return { AuthorizationType: 'AWS_IAM' };
  const authorizer = own(authorizers, name);
  if (!authorizer) {
    const meant = closest(name, [...Object.keys(authorizers), 'iam', 'none']);
    draft.faults.push({
      path: route.authorizer === undefined ? [...path, 'authorizer'] : [...at, 'authorizer'],
      message: `there is no authorizer ${name}`,
      next: meant ? `Write ${meant} if that is meant.` : 'Add it to authorizers of the API.',
    });
    return {};
  }
  return {
    AuthorizationType: types[authorizer.kind] ?? 'CUSTOM',
    AuthorizerId: ref(authorizerId(id, name)),
    ...(route.scopes && { AuthorizationScopes: route.scopes }),
  };
}

const authorizerId = (api: string, name: string): string => `${api}${pascal(name)}Authorizer`;

/** Where API Gateway calls a function. */
export const invocationUri = (functionArn: Data): Data =>
  sub(
    'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Function}/invocations',
    {
      Function: functionArn,
    },
  );

/** Authorizers of an HTTP API. */
export function addHttpAuthorizers(
  context: ApiContext,
  authorizers: Readonly<Record<string, HttpAuthorizer>> = {},
): void {
  const { draft, path, id } = context;
  for (const [name, authorizer] of Object.entries(authorizers)) {
    const at = [...path, 'authorizers', name];
    const properties =
      authorizer.kind === 'lambda' ? lambdaV2(context, at, authorizer) : jwt(context, at, authorizer);
    if (!properties) continue;
    addResource(draft, authorizerId(id, name), {
      Type: 'AWS::ApiGatewayV2::Authorizer',
      Properties: { ApiId: ref(id), Name: name, ...properties },
    });
  }
}

type JsonWebToken = Exclude<HttpAuthorizer, LambdaAuthorizer>;

function jwt({ draft }: ApiContext, at: TemplatePath, authorizer: JsonWebToken): Guard | undefined {
  if (authorizer.kind === 'jwt') {
    return {
      AuthorizerType: 'JWT',
      IdentitySource: [authorizer.source ?? '$request.header.Authorization'],
      JwtConfiguration: { Issuer: authorizer.issuer, Audience: authorizer.audience },
    };
  }
  const pool = arnIn(draft, [...at, 'pool'], authorizer.pool, ['AWS::Cognito::UserPool']);
  if (!authorizer.clients) {
    draft.faults.push({
      path: at,
      message: 'an HTTP API has to know whose tokens count',
      next: 'Give clients: the IDs of clients of the user pool.',
    });
  }
  if (!pool || !authorizer.clients) return undefined;
  const poolId: Data = { 'Fn::Select': [1, { 'Fn::Split': ['/', pool.arn] }] };
  return {
    AuthorizerType: 'JWT',
    IdentitySource: ['$request.header.Authorization'],
    JwtConfiguration: {
      Issuer: join('https://cognito-idp.', ref('AWS::Region'), '.', ref('AWS::URLSuffix'), '/', poolId),
      Audience: authorizer.clients,
    },
  };
}

function lambdaV2(context: ApiContext, at: TemplatePath, authorizer: LambdaAuthorizer): Guard | undefined {
  const callee = routeCallee(context, [...at, 'function'], authorizer);
  if (!callee) return undefined;
  const sources = authorizer.sources ?? ['$request.header.Authorization'];
  return {
    AuthorizerType: 'REQUEST',
    AuthorizerUri: invocationUri(callee.arn),
    AuthorizerPayloadFormatVersion: '2.0',
    EnableSimpleResponses: authorizer.simple ?? false,
    IdentitySource: sources,
    ...(authorizer.ttl !== undefined && { AuthorizerResultTtlInSeconds: authorizer.ttl }),
  };
}

/** The authorizer of a WebSocket API, which is asked when somebody connects. */
export function addWebSocketAuthorizer(
  context: ApiContext,
  authorizer: 'iam' | LambdaAuthorizer | undefined,
): Guard {
  if (authorizer === undefined) return { AuthorizationType: 'NONE' };
  if (authorizer === 'iam') return { AuthorizationType: 'AWS_IAM' };
  const { draft, path, id } = context;
  const callee = routeCallee(context, [...path, 'authorizer', 'function'], authorizer);
  if (!callee) return {};
  const made = addResource(draft, `${id}Authorizer`, {
    Type: 'AWS::ApiGatewayV2::Authorizer',
    Properties: {
      ApiId: ref(id),
      Name: 'connect',
      AuthorizerType: 'REQUEST',
      AuthorizerUri: invocationUri(callee.arn),
      IdentitySource: authorizer.sources ?? ['route.request.header.Authorization'],
    },
  });
  return { AuthorizationType: 'CUSTOM', AuthorizerId: ref(made) };
}

/** Authorizers of a REST API; returns their logical IDs. */
export function addRestAuthorizers(
  context: ApiContext,
  authorizers: Readonly<Record<string, CognitoAuthorizer | LambdaAuthorizer>> = {},
): string[] {
  const { draft, path, id } = context;
  return Object.entries(authorizers).flatMap(([name, authorizer]) => {
    const at = [...path, 'authorizers', name];
    const properties =
      authorizer.kind === 'lambda' ? lambdaV1(context, at, authorizer) : cognitoV1(context, at, authorizer);
    if (!properties) return [];
    const made = addResource(draft, authorizerId(id, name), {
      Type: 'AWS::ApiGateway::Authorizer',
      Properties: { RestApiId: ref(id), Name: name, ...properties },
    });
    return [made];
  });
}

function cognitoV1(
  { draft }: ApiContext,
  at: TemplatePath,
  authorizer: CognitoAuthorizer,
): Guard | undefined {
  const types = ['AWS::Cognito::UserPool'];
  const pool = arnIn(draft, [...at, 'pool'], authorizer.pool, types);
  if (!pool) return undefined;
  return {
    Type: 'COGNITO_USER_POOLS',
    ProviderARNs: [typeof authorizer.pool === 'string' && pool.id ? getAtt(pool.id, 'Arn') : pool.arn],
    IdentitySource: `method.request.header.${authorizer.header ?? 'Authorization'}`,
  };
}

function lambdaV1(context: ApiContext, at: TemplatePath, authorizer: LambdaAuthorizer): Guard | undefined {
  const callee = routeCallee(context, [...at, 'function'], authorizer);
  if (!callee) return undefined;
  return {
    Type: authorizer.tokenOnly ? 'TOKEN' : 'REQUEST',
    AuthorizerUri: invocationUri(callee.arn),
    IdentitySource: (authorizer.sources ?? ['method.request.header.Authorization']).join(','),
    ...(authorizer.ttl !== undefined && { AuthorizerResultTtlInSeconds: authorizer.ttl }),
  };
}
