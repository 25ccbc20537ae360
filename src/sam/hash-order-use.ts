import { isObject, type Json, type JsonObject, own } from '../template/types.ts';
import { truthy } from './python/values.ts';

/**
 * Whether the transform keeps the order of maps that Python 2.7 had: in templates with a REST API, or with an HTTP API
 * whose routes have an authorizer by default.
 */
export function usesHashOrder(template: JsonObject): boolean {
  const resources = isObject(template.Resources) ? Object.values(template.Resources) : [];
  if (resources.some((each) => typeOf(each) === 'AWS::Serverless::Api' || hasEvent(each, 'Api'))) return true;
  const httpApi = isObject(template.Globals) ? own(template.Globals, 'HttpApi') : undefined;
  const isGlobal = isObject(httpApi) && hasDefaultAuthorizer(httpApi.Auth);
  return resources.some((each) => {
    if (typeOf(each) === 'AWS::Serverless::HttpApi')
      return isGlobal || hasDefaultAuthorizer(propertiesOf(each).Auth);
    return isGlobal && typeOf(each) === 'AWS::Serverless::Function' && hasEvent(each, 'HttpApi');
  });
}

const typeOf = (resource: Json): Json | undefined => (isObject(resource) ? resource.Type : undefined);

const propertiesOf = (resource: Json): JsonObject =>
  isObject(resource) && isObject(resource.Properties) ? resource.Properties : {};

const hasDefaultAuthorizer = (auth: Json | undefined): boolean =>
  isObject(auth) && truthy(auth.DefaultAuthorizer);

function hasEvent(resource: Json, type: string): boolean {
  const owner = typeOf(resource);
  if (owner !== 'AWS::Serverless::Function' && owner !== 'AWS::Serverless::StateMachine') return false;
  const { Events } = propertiesOf(resource);
  return isObject(Events) && Object.values(Events).some((event) => isObject(event) && event.Type === type);
}
