import { isObject, type Json, type JsonObject } from '../../../template/types.ts';
import { propertyTable } from '../../checks/property-table.ts';
import type { Build } from '../../context.ts';
import { refuseEvent } from '../../events/refuse.ts';
import { permission } from '../../events/target.ts';
import type { EventSource, FunctionTarget, SamEvent } from '../../events/types.ts';
import { refuse } from '../../problems.ts';
import { truthy } from '../../python/values.ts';
import { sub } from '../../resource.ts';
import type { Generated } from '../../types.ts';
import { subCall } from '../document/calls.ts';
import { ANY_METHOD, type Definition, INTEGRATION } from '../document/definition.ts';
import { bytes, PyMap, textOf } from '../document/python-map.ts';
import { ANY_ROUTE } from '../implicit/kinds.ts';
import { invocationUri } from '../rest/event.ts';
import { definitionOf, stateOf } from '../state.ts';
import { setMethodAuthorizer } from './auth.ts';
import { checkHttp } from './editor.ts';
import { addHttpIntegration, addPathParameters } from './integration.ts';

/** A route of an HTTP API that calls a function. */
export const HTTP_EVENT: EventSource<FunctionTarget> = {
  properties: propertyTable({
    Path: 'string',
    Method: 'string',
    ApiId: 'string',
    Stage: 'string',
    Auth: 'map',
    TimeoutInMillis: 'int',
    RouteSettings: 'map',
    PayloadFormatVersion: 'string',
  }),
  generate,
};

interface HttpRoute {
  readonly event: SamEvent;
  readonly path: string;
  /** In lower case. */
  readonly method: string;
  readonly apiId: string;
  readonly api: JsonObject;
}

function generate(event: SamEvent, { target }: FunctionTarget, build: Build): Generated[] {
  const { Path, Method, ApiId } = event.properties;
  const apiId = isObject(ApiId) && Object.hasOwn(ApiId, 'Ref') ? ApiId.Ref : ApiId;
  const resource = typeof apiId === 'string' ? build.resources[apiId] : undefined;
  if (typeof apiId !== 'string' || !isObject(resource))
    return refuseEvent(event, ['ApiId'], 'ApiId has to be the logical ID of an HTTP API in this template');
  if (typeof Path !== 'string' || typeof Method !== 'string')
    return refuseEvent(event, [], 'Path and Method have to be texts');
  const api = resource.Properties ?? {};
  if (!isObject(api)) return refuse(apiId, [], 'Properties has to be a map');
  const route: HttpRoute = { event, path: Path, method: Method.toLowerCase(), apiId, api };
  const definition = definitionOf(build, apiId, api);
  if (definition) checkHttp(definition);
  const made = permissionOf(route, definition, target);
  if (definition) addRoute(definition, route, { target, build });
  return made ? [made] : [];
}

/** Variables of a path. The reference takes those with a plus for one only where they are named proxy. */
const VARIABLES = /\{([a-zA-Z0-9._-]+|proxy\+)\}/g;

function permissionOf(
  { event, path, method }: HttpRoute,
  definition: Definition | undefined,
  target: Generated,
): Generated | undefined {
  const isDefault = path === ANY_ROUTE.path;
  // The permission for all paths stands for the others of the same function.
  if (!isDefault && definition && hasDefaultRoute(definition, target.logicalId)) return undefined;
  const pattern = isDefault ? '' : path.replace(/^(.+)\/$/, '$1').replace(VARIABLES, '*');
  const isAny = method === 'any' || method === ANY_METHOD;
  const route =
    method === 'any' && pattern === `/${ANY_ROUTE.path}`
      ? pattern
      : `/${isAny ? '*' : method.toUpperCase()}${pattern}`;
  return permission(event, target, {
    principal: 'apigateway.amazonaws.com',
    sourceArn: sub(
      `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${__ApiId__}/\${__Stage__}${route}`,
      { __ApiId__: event.properties.ApiId ?? null, __Stage__: '*' },
    ),
  });
}

/** Whether the route for all paths calls this function, not one of its aliases. */
function hasDefaultRoute(definition: Definition, logicalId: string): boolean {
  const { path, method } = ANY_ROUTE;
  if (!definition.hasIntegration(path, method)) return false;
  for (const item of definition.pathItems(path))
    for (const found of definition.methods(item, [path, method])) {
      const integration = found.get(INTEGRATION) ?? definition.map();
      if (!(integration instanceof PyMap))
        return definition.refuse(['paths', path, method, INTEGRATION], `${INTEGRATION} has to be a map`);
      const uri = integration.get('uri');
      if (!(uri instanceof PyMap)) return false;
      for (const each of definition.contents(uri, ['paths', path, method, INTEGRATION, 'uri'])) {
        const text = each instanceof PyMap ? (textOf(each.get('Fn::Sub')) ?? '') : '';
        if (/([A-Za-z0-9]+)\.Arn/.exec(text)?.[1] !== logicalId) return false;
      }
    }
  return true;
}

function addRoute(
  definition: Definition,
  route: HttpRoute,
  { target, build }: { readonly target: Generated; readonly build: Build },
): void {
  const { event, path, method, apiId } = route;
  const { Auth, TimeoutInMillis, PayloadFormatVersion } = event.properties;
  if (stateOf(build).managed.has(apiId) && definition.hasIntegration(path, method))
    refuseEvent(event, ['Path'], `${method} ${path} is defined more than once in ${apiId}`);
  definition.copied();
  const { Condition } = target.attributes;
  addHttpIntegration(definition, [path, method], {
    uri: subCall(invocationUri(target, '${AWS::Partition}', false)),
    condition: typeof Condition === 'string' ? Condition : undefined,
  });
  if (truthy(Auth) && isObject(Auth)) addAuth(definition, route, Auth);
  const settings: readonly (readonly [string, Json | undefined])[] = [
    ['timeoutInMillis', TimeoutInMillis],
    ['payloadFormatVersion', PayloadFormatVersion],
  ];
  for (const [key, value] of settings) {
    if (!truthy(value)) continue;
    for (const found of definition.integrated(path, method)) {
      const integration = found.get(INTEGRATION);
      if (integration instanceof PyMap) integration.set(bytes(key), definition.authored(value));
    }
  }
  addPathParameters(definition, [path, method]);
  definition.copied();
}

function addAuth(definition: Definition, route: HttpRoute, auth: JsonObject): void {
  const { event, path, method, apiId, api } = route;
  const apiAuth = api.Auth ?? {};
  if (!isObject(apiAuth)) refuse(apiId, ['Auth'], 'Auth has to be a map');
  if (!truthy(auth.Authorizer)) {
    if (!truthy(apiAuth.DefaultAuthorizer))
      refuseEvent(event, ['Auth'], `Auth needs an Authorizer, or ${apiId} a DefaultAuthorizer`);
    auth.Authorizer = apiAuth.DefaultAuthorizer;
  }
  const { Authorizer, AuthorizationScopes } = auth;
  const name = checked(route, Authorizer, apiAuth);
  if (truthy(AuthorizationScopes) && !Array.isArray(AuthorizationScopes))
    refuseEvent(event, ['Auth', 'AuthorizationScopes'], 'AuthorizationScopes has to be a list');
  setMethodAuthorizer(definition, [path, method], {
    name,
    scopes: scopesOf(name, apiAuth, AuthorizationScopes),
  });
}

function checked(
  { event, path, method, apiId }: HttpRoute,
  authorizer: Json | undefined,
  apiAuth: JsonObject,
): string {
  const at = ['Auth', 'Authorizer'];
  const where = `${method} ${path}`;
  if (authorizer === 'NONE') {
    if (!truthy(apiAuth.DefaultAuthorizer))
      refuseEvent(
        event,
        at,
        `Authorizer is NONE for ${where}, which only an API with a DefaultAuthorizer takes`,
      );
    return authorizer;
  }
  if (authorizer === 'AWS_IAM' && apiAuth.EnableIamAuthorizer === true) return authorizer;
  if (typeof authorizer !== 'string')
    return refuseEvent(event, at, `the Authorizer of ${where} has to be a text`);
  const known = apiAuth.Authorizers;
  if (!isObject(known) || !truthy(known))
    return refuseEvent(event, at, `${where} has an Authorizer, but ${apiId} has none`);
  if (!truthy(known[authorizer]))
    refuseEvent(event, at, `the Authorizer of ${where} is ${authorizer}, which is none of ${apiId}`);
  return authorizer;
}

function scopesOf(name: string, { Authorizers }: JsonObject, ofMethod: Json | undefined): Json {
  if (name === 'NONE' || name === 'AWS_IAM' || !isObject(Authorizers)) return [];
  const authorizer = Authorizers[name];
  const scopes = truthy(ofMethod)
    ? ofMethod
    : isObject(authorizer)
      ? authorizer.AuthorizationScopes
      : undefined;
  return truthy(scopes) ? scopes : [];
}
