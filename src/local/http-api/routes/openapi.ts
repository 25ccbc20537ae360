import type { Json, JsonObject } from '../../../template/types.ts';
import { mapOf, text } from '../../functions/resolve.ts';
import type { Api, Authorizer, Route } from '../route.ts';
import { tenantSource } from '../tenant.ts';
import { operationChecks } from './rest/checks.ts';
import { openApiTarget } from './rest/integration.ts';
import { payloadVersionOf, type RouteScope, textList } from './scope.ts';

const anyMethod = 'x-amazon-apigateway-any-method';
const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', anyMethod];

/**
 * Routes of an OpenAPI document with API Gateway's extensions
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html).
 */
export function openApiRoutes(scope: RouteScope, document: Json, api: Api): Route[] {
  const body = mapOf(document);
  const security = schemesOf(scope, body, api);
  return Object.entries(mapOf(body.paths)).flatMap(([path, item]) =>
    Object.entries(chosen(scope, item))
      .map(([method, operation]) => [method, chosen(scope, operation)] as const)
      .filter(([method, operation]) => methods.includes(method.toLowerCase()) && operation !== NONE)
      .map(([method, operation]): Route => {
        const integration = mapOf(operation['x-amazon-apigateway-integration']);
        const { authorizer, apiKeyRequired } = security(operation.security ?? body.security);
        return {
          api,
          method: method === anyMethod ? 'ANY' : method.toUpperCase(),
          path,
          target: openApiTarget(scope, integration, api),
          payloadVersion:
            api.kind === 'rest' ? '1.0' : payloadVersionOf(integration.payloadFormatVersion, '2.0'),
          ...(api.kind === 'rest' &&
            operationChecks(body, chosen(scope, item), mapOf(scope.resolve(operation)))),
          ...(api.kind === 'rest' && tenantSource(integration.requestParameters)),
          ...(authorizer && { authorizer }),
          ...(apiKeyRequired && { apiKeyRequired }),
        };
      }),
  );
}

/** What a condition leaves out. */
const NONE: JsonObject = {};

/** The map that a condition leaves: SAM puts those of functions around their routes. */
function chosen(scope: RouteScope, value: Json): JsonObject {
  const map = mapOf(value);
  const choice = map['Fn::If'];
  if (!Array.isArray(choice)) return map.Ref === 'AWS::NoValue' ? NONE : map;
  const [condition = '', yes = null, no = null] = choice;
  return chosen(scope, scope.resolve({ 'Fn::If': [condition, true, false] }) === true ? yes : no);
}

/** Binary media types that the document itself declares. */
export const openApiBinaryTypes = (document: Json | undefined): string[] =>
  textList(mapOf(document)['x-amazon-apigateway-binary-media-types']);

interface Secured {
  readonly authorizer?: Authorizer;
  readonly apiKeyRequired?: boolean;
}

/** Reads the security schemes once. @returns what a `security` list means */
function schemesOf(scope: RouteScope, body: JsonObject, api: Api): (security: Json | undefined) => Secured {
  const schemes = mapOf(mapOf(body.components).securitySchemes ?? body.securityDefinitions);
  return (security) => {
    let secured: Secured = {};
    for (const requirement of Array.isArray(security) ? security : []) {
      for (const [name, scopes] of Object.entries(mapOf(requirement))) {
        // So SAM calls no authorizer, where the API has one by default.
        if (name === 'NONE' && schemes[name] === undefined) continue;
        const scheme = mapOf(schemes[name]);
        const extension = scheme['x-amazon-apigateway-authorizer'];
        if (extension !== undefined) {
          secured = {
            ...secured,
            authorizer: authorizerOf(scope, api, {
              name,
              scheme,
              extension: mapOf(extension),
              scopes: textList(scopes),
            }),
          };
        } else if (scheme['x-amazon-apigateway-authtype'] === 'awsSigv4') {
          secured = { ...secured, authorizer: { kind: 'iam' } };
        } else if (text(scheme.name ?? '').toLowerCase() === 'x-api-key') {
          secured = { ...secured, apiKeyRequired: true };
        } else {
          secured = {
            ...secured,
            authorizer: { kind: 'unsupported', reason: `the security scheme ${name} has no authorizer` },
          };
        }
      }
    }
    return secured;
  };
}

interface SecurityScheme {
  readonly name: string;
  readonly scheme: JsonObject;
  /** `x-amazon-apigateway-authorizer` */
  readonly extension: JsonObject;
  readonly scopes: readonly string[];
}

function authorizerOf(
  scope: RouteScope,
  api: Api,
  { name, scheme, extension, scopes }: SecurityScheme,
): Authorizer {
  const type = text(extension.type ?? '').toLowerCase();
  const jwt = mapOf(scope.resolve(extension.jwtConfiguration ?? {}));
  if (type === 'jwt') {
    return {
      kind: 'jwt',
      identitySource: text(extension.identitySource ?? '$request.header.Authorization'),
      issuer: text(jwt.issuer ?? ''),
      audience: textList(jwt.audience),
      scopes,
    };
  }
  if (type !== 'token' && type !== 'request')
    return { kind: 'unsupported', reason: `authorizers of type ${type} are not emulated` };
  const header = `method.request.header.${text(scheme.name ?? 'Authorization')}`;
  const sources = type === 'token' ? [header] : textList(extension.identitySource);
  return {
    kind: type,
    logicalId: name,
    functionId: scope.functionOf(extension.authorizerUri, api.stageVariables)?.logicalId ?? '',
    identitySources: sources,
    payloadVersion:
      api.kind === 'rest' ? '1.0' : payloadVersionOf(extension.authorizerPayloadFormatVersion, '1.0'),
    simpleResponses: extension.enableSimpleResponses === true,
    ...(extension.identityValidationExpression !== undefined && {
      validation: text(extension.identityValidationExpression),
    }),
  };
}
