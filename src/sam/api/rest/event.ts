import { isObject, type Json } from '../../../template/types.ts';
import { propertyTable } from '../../checks/property-table.ts';
import type { Build } from '../../context.ts';
import { refuseEvent } from '../../events/refuse.ts';
import { permission } from '../../events/target.ts';
import type { EventSource, FunctionTarget, SamEvent } from '../../events/types.ts';
import { hashedId } from '../../logical-id.ts';
import { refuse } from '../../problems.ts';
import { clone, given, truthy } from '../../python/values.ts';
import { sub } from '../../resource.ts';
import type { Generated } from '../../types.ts';
import { subCall } from '../document/calls.ts';
import { toPython } from '../document/convert.ts';
import type { Definition } from '../document/definition.ts';
import { bytes, type PyValue } from '../document/python-map.ts';
import { REST } from '../implicit/kinds.ts';
import { definitionOf, stateOf } from '../state.ts';
import { addEventAuth, type EventRoute } from './auth/event-auth.ts';
import { withStars } from './auth/resource-policy.ts';
import { pythonText } from './deployment.ts';
import { RestEdit } from './editor.ts';
import { addRequest } from './event-request.ts';
import { addLambdaIntegration, credentialsOf } from './integration.ts';
import { mergeRoute } from './merge.ts';

/** A method of a REST API that calls a function. */
export const REST_EVENT: EventSource<FunctionTarget> = {
  properties: propertyTable({
    Path: 'string!',
    Method: 'string!',
    RestApiId: 'string!',
    Stage: 'string',
    Auth: 'map',
    RequestModel: 'map',
    RequestParameters: 'list',
    TimeoutInMillis: 'int',
    ResponseTransferMode: 'string',
  }),
  generate,
};

function generate(event: SamEvent, { target }: FunctionTarget, build: Build): Generated[] {
  const { route, suffix } = routeOf(event, build);
  const { api, apiId } = route;
  noteFunctionName(event, apiId, build);
  const made = permissionOf(route, { suffix, target, partition: build.partition });
  const definition = definitionOf(build, apiId, api);
  const isMerged = truthy(api.MergeDefinitions);
  if (definition && (stateOf(build).managed.has(apiId) || isMerged))
    addRoute(definition, route, { target, isMerged, build });
  const { Auth } = event.properties;
  if (definition && isObject(Auth) && truthy(Auth.OverrideApiAuth)) {
    if (!truthy(Auth.Authorizer) && !truthy(Auth.ApiKeyRequired) && !truthy(Auth.ResourcePolicy))
      refuseEvent(
        event,
        ['Auth', 'OverrideApiAuth'],
        'OverrideApiAuth needs Authorizer, ApiKeyRequired or ResourcePolicy',
      );
    const edit = new RestEdit(definition);
    addEventAuth(edit, route, Auth, build);
    edit.end();
  }
  return [made];
}

/** The route that an event names, and the name of its stage as far as permissions have it. */
export function routeOf(
  event: SamEvent,
  build: Build,
): { readonly route: EventRoute; readonly suffix: string } {
  const { Path, Method, RestApiId } = event.properties;
  const apiId = isObject(RestApiId) ? RestApiId.Ref : RestApiId;
  const resource = typeof apiId === 'string' ? build.resources[apiId] : undefined;
  if (typeof apiId !== 'string' || !isObject(resource))
    return refuseEvent(event, ['RestApiId'], 'RestApiId has to be the logical ID of an API in this template');
  if (typeof Path !== 'string' || typeof Method !== 'string')
    return refuseEvent(event, [], 'Path and Method have to be texts');
  const api = resource.Properties ?? {};
  if (!isObject(api)) return refuse(apiId, [], 'Properties has to be a map');
  const name = api.StageName;
  if (name === '') refuse(apiId, ['StageName'], 'StageName must not be empty');
  const suffix = typeof name === 'string' ? name : 'Stage';
  const isOwn = typeof name === 'string' && !stateOf(build).implicit.has(apiId);
  const route = {
    event,
    path: Path,
    method: Method.toLowerCase(),
    apiId,
    api,
    stage: isOwn ? suffix : bytes(suffix),
  };
  return { route, suffix };
}

/** Notes the name of a function, which the API is deployed again for when it changes. */
function noteFunctionName({ owner }: SamEvent, apiId: string, build: Build): void {
  const resource = build.resources[owner];
  if (!isObject(resource) || !isObject(resource.Properties)) return;
  const name = build.parameters.resolve(clone(resource.Properties.FunctionName ?? null));
  if (!given(name) || !truthy(name)) return;
  const { functionNames } = stateOf(build);
  const names = functionNames.get(apiId) ?? [];
  functionNames.set(apiId, names);
  const clock = { ticks: 0 };
  const copied = toPython(name, clock);
  clock.ticks++;
  names.push(pythonText(copied));
}

const isAlphanumeric = (text: string): boolean => /^[\p{L}\p{N}]+$/u.test(text);

function permissionOf(
  { event, path, method }: EventRoute,
  {
    suffix,
    target,
    partition,
  }: { readonly suffix: string; readonly target: Generated; readonly partition: string },
): Generated {
  // API Gateway ignores a slash at the end.
  const pattern = withStars(path.replace(/^(.+)\/$/, '$1'));
  const prefix = `${event.logicalId}Permission`;
  const made = permission(event, target, {
    principal: 'apigateway.amazonaws.com',
    sourceArn: sub(
      `arn:${partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${__ApiId__}/\${__Stage__}/${
        method === 'any' ? '*' : method.toUpperCase()
      }${pattern}`,
      { __ApiId__: event.properties.RestApiId ?? null, __Stage__: '*' },
    ),
  });
  return { ...made, logicalId: isAlphanumeric(suffix) ? prefix + suffix : hashedId(prefix, suffix) };
}

function addRoute(
  definition: Definition,
  route: EventRoute,
  {
    target,
    isMerged,
    build,
  }: { readonly target: Generated; readonly isMerged: boolean; readonly build: Build },
): void {
  const { event, path, method, apiId, api } = route;
  // What is merged into the author's definition is made apart from it.
  const edited = isMerged ? REST.skeleton(apiId) : definition;
  const edit = new RestEdit(edited);
  if (edited.hasIntegration(path, method))
    refuseEvent(event, ['Path'], `${method} ${path} is defined more than once in ${apiId}`);
  const { Auth, ResponseTransferMode } = event.properties;
  const auth: Json = truthy(Auth) ? Auth : {};
  const apiAuth: Json = truthy(api.Auth) ? api.Auth : {};
  if (!isObject(auth)) refuseEvent(event, ['Auth'], 'Auth has to be a map');
  if (!isObject(apiAuth)) refuse(apiId, ['Auth'], 'Auth has to be a map');
  const isStreamed = ResponseTransferMode === 'RESPONSE_STREAM';
  const { Condition } = target.attributes;
  addLambdaIntegration(
    edit,
    { path, method, condition: typeof Condition === 'string' ? Condition : undefined },
    {
      uri: subCall(invocationUri(target, build.partition, isStreamed)),
      isStreamed,
      credentials: credentialsOf({ event: auth, api: apiAuth }, edit, build.partition),
    },
  );
  if (truthy(Auth)) addEventAuth(edit, route, auth, build);
  addRequest(edit, route);
  edit.end();
  if (isMerged) mergeRoute(definition, edited, route);
}

/** The URI of an integration that calls a function, or its alias. */
export function invocationUri(
  { logicalId, type }: Generated,
  partition: string,
  isStreamed: boolean,
): PyValue {
  const isFunction = type === 'AWS::Lambda::Function';
  const [version, path] = isStreamed
    ? ['2021-11-15', 'response-streaming-invocations']
    : ['2015-03-31', 'invocations'];
  const uri = `arn:${partition}:apigateway:\${AWS::Region}:lambda:path/${version}/functions/\${${logicalId}${
    isFunction ? '.Arn' : ''
  }}/${path}`;
  return isFunction ? uri : bytes(uri);
}
