import { isObject, type Json, type JsonObject, type TemplatePath } from '../../../template/types.ts';
import { refuse } from '../../problems.ts';
import { given, truthy } from '../../python/values.ts';
import { sub } from '../../resource.ts';

/** An authorizer of an HTTP API as its author describes it. */
export interface HttpApiAuthorizer {
  readonly name: string;
  readonly kind: 'AWS_IAM' | 'JWT' | 'REQUEST';
  readonly properties: JsonObject;
}

/** Properties with the kind of authorizers that they are for. */
const KINDS: Readonly<Record<string, HttpApiAuthorizer['kind']>> = {
  AuthorizationScopes: 'JWT',
  JwtConfiguration: 'JWT',
  IdentitySource: 'JWT',
  FunctionArn: 'REQUEST',
  FunctionInvokeRole: 'REQUEST',
  Identity: 'REQUEST',
  AuthorizerPayloadFormatVersion: 'REQUEST',
  EnableSimpleResponses: 'REQUEST',
  EnableFunctionDefaultPermissions: 'REQUEST',
};

/** The authorizers of an API, checked. */
export function httpAuthorizers(
  apiId: string,
  { Authorizers, EnableIamAuthorizer }: JsonObject,
): Map<string, HttpApiAuthorizer> {
  const found = new Map<string, HttpApiAuthorizer>();
  if (EnableIamAuthorizer === true)
    found.set('AWS_IAM', { name: 'AWS_IAM', kind: 'AWS_IAM', properties: {} });
  if (!truthy(Authorizers)) return found;
  if (!isObject(Authorizers)) return refuse(apiId, ['Auth', 'Authorizers'], 'Authorizers has to be a map');
  for (const [name, properties] of Object.entries(Authorizers)) {
    const at: TemplatePath = ['Auth', 'Authorizers', name];
    if (!isObject(properties)) return refuse(apiId, at, `authorizer ${name} has to be a map`);
    const kind = truthy(properties.JwtConfiguration) ? 'JWT' : 'REQUEST';
    check(apiId, at, { name, kind, properties });
    found.set(name, { name, kind, properties });
  }
  return found;
}

function check(apiId: string, at: TemplatePath, { name, kind, properties }: HttpApiAuthorizer): void {
  if (Object.hasOwn(properties, 'OpenIdConnectUrl'))
    refuse(
      apiId,
      [...at, 'OpenIdConnectUrl'],
      'OpenIdConnectUrl is no longer supported; use JwtConfiguration',
    );
  const { AuthorizationScopes, JwtConfiguration, EnableFunctionDefaultPermissions } = properties;
  if (given(AuthorizationScopes) && !Array.isArray(AuthorizationScopes))
    refuse(apiId, [...at, 'AuthorizationScopes'], 'AuthorizationScopes has to be a list');
  if (truthy(JwtConfiguration) && !isObject(JwtConfiguration))
    refuse(apiId, [...at, 'JwtConfiguration'], 'JwtConfiguration has to be a map');
  for (const [property, allowed] of Object.entries(KINDS)) {
    // An empty configuration is no other kind's either.
    const value = property === 'JwtConfiguration' && !truthy(JwtConfiguration) ? null : properties[property];
    if (given(value) && allowed !== kind)
      refuse(
        apiId,
        [...at, property],
        allowed === 'JWT'
          ? `${property} is for authorizers with a JwtConfiguration only`
          : `${property} is for authorizers that are functions only`,
      );
  }
  const required = kind === 'JWT' ? ['IdentitySource'] : ['FunctionArn', 'AuthorizerPayloadFormatVersion'];
  for (const property of required)
    if (!truthy(properties[property])) refuse(apiId, at, `authorizer ${name} needs ${property}`);
  if (given(EnableFunctionDefaultPermissions) && typeof EnableFunctionDefaultPermissions !== 'boolean')
    refuse(
      apiId,
      [...at, 'EnableFunctionDefaultPermissions'],
      'EnableFunctionDefaultPermissions has to be true or false',
    );
}

/** An authorizer as a security scheme. */
export function securityScheme(apiId: string, authorizer: HttpApiAuthorizer, partition: string): JsonObject {
  const { kind, properties } = authorizer;
  if (kind === 'AWS_IAM')
    return {
      type: 'apiKey',
      name: 'Authorization',
      in: 'header',
      'x-amazon-apigateway-authtype': 'awsSigv4',
    };
  if (kind === 'JWT') {
    const configuration = isObject(properties.JwtConfiguration) ? properties.JwtConfiguration : {};
    return {
      type: 'oauth2',
      'x-amazon-apigateway-authorizer': {
        jwtConfiguration: Object.fromEntries(
          Object.entries(configuration).map(([key, value]) => [key.toLowerCase(), value]),
        ),
        identitySource: properties.IdentitySource ?? null,
        type: 'jwt',
      },
    };
  }
  const { FunctionArn, FunctionInvokeRole, AuthorizerPayloadFormatVersion, EnableSimpleResponses } =
    properties;
  return {
    type: 'apiKey',
    name: 'Unused',
    in: 'header',
    'x-amazon-apigateway-authorizer': {
      type: 'request',
      authorizerUri: sub(
        `arn:${partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${__FunctionArn__}/invocations`,
        { __FunctionArn__: FunctionArn ?? null },
      ),
      ...(truthy(FunctionInvokeRole) &&
        FunctionInvokeRole !== 'NONE' && { authorizerCredentials: FunctionInvokeRole }),
      ...identityOf(apiId, authorizer),
      authorizerPayloadFormatVersion: AuthorizerPayloadFormatVersion ?? null,
      ...(truthy(EnableSimpleResponses) && { enableSimpleResponses: EnableSimpleResponses }),
    },
  };
}

const IDENTITY_PARTS = {
  Headers: '$request.header.',
  QueryStrings: '$request.querystring.',
  StageVariables: '$stageVariables.',
  Context: '$context.',
} as const;

function identityOf(apiId: string, { name, properties }: HttpApiAuthorizer): JsonObject {
  const { Identity } = properties;
  if (!truthy(Identity)) return {};
  const at: TemplatePath = ['Auth', 'Authorizers', name, 'Identity'];
  if (!isObject(Identity)) return refuse(apiId, at, `Identity of authorizer ${name} has to be a map`);
  const sources: Json[] = [];
  for (const [part, prefix] of Object.entries(IDENTITY_PARTS)) {
    const names = Identity[part];
    if (!truthy(names)) continue;
    if (!Array.isArray(names) || names.some((each) => typeof each !== 'string'))
      return refuse(apiId, [...at, part], `${part} has to be a list of texts`);
    sources.push(...names.map((each) => `${prefix}${String(each)}`));
  }
  return {
    ...(given(Identity.ReauthorizeEvery) && { authorizerResultTtlInSeconds: Identity.ReauthorizeEvery }),
    identitySource: sources,
  };
}
