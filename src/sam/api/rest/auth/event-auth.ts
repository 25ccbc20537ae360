import { isObject, type Json, type JsonObject } from '../../../../template/types.ts';
import type { Build } from '../../../context.ts';
import { refuseEvent } from '../../../events/refuse.ts';
import type { SamEvent } from '../../../events/types.ts';
import { refuse } from '../../../problems.ts';
import { given, truthy } from '../../../python/values.ts';
import type { PyValue } from '../../document/python-map.ts';
import type { RestEdit } from '../editor.ts';
import { addCustomStatements, addResourcePolicy } from './resource-policy.ts';
import { addMethodAuth } from './security.ts';

/** The route of an event, and its API. */
export interface EventRoute {
  readonly event: SamEvent;
  readonly path: string;
  /** In lower case. */
  readonly method: string;
  readonly apiId: string;
  /** Properties of the API. */
  readonly api: JsonObject;
  readonly stage: PyValue;
}

/** Writes `Auth` of an event into the definition of its API. */
export function addEventAuth(edit: RestEdit, route: EventRoute, auth: JsonObject, build: Build): void {
  const { event, path, method, apiId, api, stage } = route;
  const resolved = build.parameters.resolve(api.Auth);
  if (resolved !== undefined) api.Auth = resolved;
  const apiAuth = isObject(resolved) ? resolved : {};
  const { Authorizer, AuthorizationScopes, ApiKeyRequired, ResourcePolicy } = auth;
  const where = `${method} ${path}`;
  if (truthy(Authorizer)) checkAuthorizer(route, Authorizer, apiAuth);
  if (truthy(AuthorizationScopes)) {
    if (!Array.isArray(AuthorizationScopes))
      refuseEvent(event, ['Auth', 'AuthorizationScopes'], 'AuthorizationScopes has to be a list');
    if (!truthy(Authorizer))
      refuseEvent(event, ['Auth', 'AuthorizationScopes'], 'AuthorizationScopes needs an Authorizer');
  }
  if (given(ApiKeyRequired) && !truthy(ApiKeyRequired) && !truthy(apiAuth.ApiKeyRequired))
    refuseEvent(
      event,
      ['Auth', 'ApiKeyRequired'],
      `ApiKeyRequired is false for ${where}, but ${apiId} requires no key that this could be an exception of`,
    );
  if (truthy(Authorizer) || given(ApiKeyRequired))
    addMethodAuth(edit, [path, method], { auth, authorizers: apiAuth.Authorizers });
  if (!truthy(ResourcePolicy)) return;
  if (!isObject(ResourcePolicy))
    refuseEvent(event, ['Auth', 'ResourcePolicy'], 'ResourcePolicy has to be a map');
  addResourcePolicy(edit, path, ResourcePolicy, stage);
  if (truthy(ResourcePolicy.CustomStatements)) addCustomStatements(edit, ResourcePolicy.CustomStatements);
}

function checkAuthorizer(
  { event, path, method, apiId }: EventRoute,
  authorizer: Json,
  apiAuth: JsonObject,
): void {
  const { Authorizers, DefaultAuthorizer } = apiAuth;
  if (truthy(Authorizers) && !isObject(Authorizers))
    refuse(apiId, ['Auth', 'Authorizers'], 'Authorizers has to be a map');
  if (authorizer === 'AWS_IAM') return;
  const at = ['Auth', 'Authorizer'];
  const where = `${method} ${path}`;
  if (authorizer === 'NONE') {
    if (!truthy(DefaultAuthorizer))
      refuseEvent(
        event,
        at,
        `Authorizer is NONE for ${where}, which only an API with a DefaultAuthorizer takes`,
      );
    return;
  }
  if (!truthy(Authorizers)) refuseEvent(event, at, `${where} has an Authorizer, but ${apiId} has none`);
  if (typeof authorizer !== 'string') refuseEvent(event, at, `the Authorizer of ${where} has to be a text`);
  if (!isObject(Authorizers) || !truthy(Authorizers[authorizer]))
    refuseEvent(event, at, `the Authorizer of ${where} is ${authorizer}, which is none of ${apiId}`);
}
