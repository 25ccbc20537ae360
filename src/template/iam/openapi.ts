import { isObject, type Json, type JsonObject, own } from '../types.ts';
import { itemsOf } from '../values/branches.ts';
import type { textOf } from '../values/equivalence.ts';
import { resolvedValue } from '../values/resolved.ts';
import { documentOf } from './documents.ts';
import { isOpenApi } from './routes.ts';

/** Properties that hold an OpenAPI document, by resource type. */
export const OPENAPI_DOCUMENTS: Readonly<Record<string, string>> = {
  'AWS::ApiGateway::RestApi': 'Body',
  'AWS::ApiGatewayV2::Api': 'Body',
  'AWS::Serverless::Api': 'DefinitionBody',
  'AWS::Serverless::HttpApi': 'DefinitionBody',
};

const METHODS = /^(get|put|post|delete|patch|head|trace|x-amazon-apigateway-any-method)$/i;

/** An operation of an OpenAPI document that anybody may call. */
interface OpenOperation {
  readonly what: string;
  readonly property: string;
}

/**
 * Operations without a security requirement, in the OpenAPI document of an API that itself lets in anybody.
 *
 * Source: OpenAPI specification, "Security Requirement Object"; API Gateway developer guide, "OpenAPI extensions".
 *
 * @param text how values are shown
 */
export function openOperations(type: string, properties: JsonObject, text: typeof textOf): OpenOperation[] {
  const property = own(OPENAPI_DOCUMENTS, type);
  const given = property === undefined ? undefined : own(properties, property);
  const document = given === undefined ? undefined : documentOf(given);
  if (property === undefined || !isObject(document) || !isReached(properties, document)) return [];
  return Object.entries(mapOf(document.paths)).flatMap(([path, item]) =>
    Object.entries(mapOf(item)).flatMap(([method, operation]) => {
      const isOpen = METHODS.test(method) && isUnsecured(mapOf(operation), document.security);
      if (!isOpen || own(mapOf(mapOf(operation)['x-amazon-apigateway-auth']), 'type') === 'AWS_IAM')
        return [];
      const verb = /any-method/i.test(method) ? 'ANY' : method.toUpperCase();
      return [{ what: `route ${verb} ${text(path)} without authorizer`, property }];
    }),
  );
}

/** SAM adds its authorizers to the document, and its policy beside. */
function isReached({ Auth, ...api }: JsonObject, document: JsonObject): boolean {
  const auth = mapOf(Auth);
  if (auth.DefaultAuthorizer !== undefined || auth.ResourcePolicy !== undefined) return false;
  const policy = own(document, 'x-amazon-apigateway-policy');
  return isOpenApi(policy === undefined ? api : { Policy: policy, ...api });
}

/** No requirement at all, an empty list of them, and an empty one among others all let in anybody. */
function isUnsecured({ security: ownRequirement }: JsonObject, general: Json | undefined): boolean {
  const requirements = ownRequirement ?? general;
  return (
    requirements === undefined ||
    itemsOf(requirements).length === 0 ||
    itemsOf(requirements).some((each) => isObject(each) && Object.keys(each).length === 0)
  );
}

function mapOf(value: Json | undefined): JsonObject {
  const known = value === undefined ? undefined : (resolvedValue(value) ?? value);
  return isObject(known) ? known : {};
}
