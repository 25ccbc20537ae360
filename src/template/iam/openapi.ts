import { isObject, type Json, type JsonObject, own } from '../types.ts';
import { itemsOf } from '../values/branches.ts';
import { textOf } from '../values/equivalence.ts';
import { resolvedValue } from '../values/resolved.ts';
import { documentOf } from './documents.ts';
import { isOpenApi } from './routes.ts';

/** Properties that hold an OpenAPI document, by resource type. */
export const OPENAPI_DOCUMENTS: Readonly<Record<string, string>> = {
  'AWS::ApiGateway::RestApi': 'Body',
  'AWS::ApiGatewayV2::Api': 'Body',
};

const METHODS = /^(get|put|post|delete|patch|head|trace|x-amazon-apigateway-any-method)$/i;

/** An operation of an OpenAPI document, in one of the branches of conditions that are not decided. */
export interface ApiOperation {
  /** `GET /orders` */
  readonly route: string;
  /** `Body.paths./orders.get` */
  readonly property: string;
  readonly operation: JsonObject;
  readonly document: JsonObject;
}

/** The OpenAPI document of an API. */
export function openApiOf(type: string, properties: JsonObject): JsonObject | undefined {
  const property = own(OPENAPI_DOCUMENTS, type);
  const given = property === undefined ? undefined : own(properties, property);
  const document = given === undefined ? undefined : documentOf(given);
  return isObject(document) ? document : undefined;
}

/**
 * All operations of the OpenAPI document of an API.
 *
 * @param text how values are shown
 */
export function operationsOf(type: string, properties: JsonObject, text: typeof textOf): ApiOperation[] {
  const document = openApiOf(type, properties);
  if (document === undefined) return [];
  return Object.entries(mapOf(document.paths)).flatMap(([path, item]) =>
    mapsOf(item).flatMap((each) =>
      Object.entries(each).flatMap(([method, operation]) => {
        if (!METHODS.test(method)) return [];
        const verb = /any-method/i.test(method) ? 'ANY' : method.toUpperCase();
        const route = path === '$default' ? path : `${verb} ${text(path)}`;
        const property = `${OPENAPI_DOCUMENTS[type]}.paths.${path}.${method}`;
        return mapsOf(operation).map((one) => ({ route, property, operation: one, document }));
      }),
    ),
  );
}

/** An operation of an OpenAPI document that anybody may call. */
interface OpenOperation {
  readonly what: string;
  readonly property: string;
}

/** What is said of a route that anybody may call. */
export const openRoute = (route: string): string => `route ${route} without authorizer`;

/**
 * Operations without a security requirement, in the OpenAPI document of an API that itself lets in anybody.
 *
 * Source: OpenAPI specification, "Security Requirement Object"; API Gateway developer guide, "OpenAPI extensions".
 *
 * @param text how values are shown
 */
export function openOperations(type: string, properties: JsonObject, text: typeof textOf): OpenOperation[] {
  const document = openApiOf(type, properties);
  if (document === undefined || !isReached(properties, document)) return [];
  const open = operationsOf(type, properties, text).filter(({ operation }) => isOpen(operation, document));
  return [...new Set(open.map(({ route }) => route))].map((route) => ({
    what: openRoute(route),
    property: OPENAPI_DOCUMENTS[type] ?? '',
  }));
}

function isOpen(operation: JsonObject, document: JsonObject): boolean {
  const own = authOf(operation);
  if (own === 'AWS_IAM') return false;
  return isUnsecured(operation, document.security) || (own === 'NONE' && !asksForKey(operation, document));
}

/** What API Gateway's own extension says of who may call an operation; `NONE` is everybody. */
export function authOf(operation: JsonObject): string {
  const given = own(operation, 'x-amazon-apigateway-auth');
  const known = given === undefined ? given : (resolvedValue(given) ?? given);
  return textOf(isObject(known) ? (known.type ?? '') : (known ?? '')).toUpperCase();
}

function isReached(api: JsonObject, document: JsonObject): boolean {
  const policy = own(document, 'x-amazon-apigateway-policy');
  return isOpenApi(policy === undefined ? api : { Policy: policy, ...api });
}

/** What SAM calls no authorizer, and no key, where an API has one by default. */
const isNobody = (scheme: string): boolean => scheme === 'NONE' || scheme === 'api_key_false';

/** No requirement at all, an empty list of them, and an empty one among others all let in anybody. */
function isUnsecured({ security: ownRequirement }: JsonObject, general: Json | undefined): boolean {
  const requirements = ownRequirement ?? general;
  return (
    requirements === undefined ||
    itemsOf(requirements).length === 0 ||
    itemsOf(requirements).some((each) => isObject(each) && Object.keys(each).every(isNobody))
  );
}

/** A scheme that an operation asks for. */
export interface Scheme {
  readonly name: string;
  readonly scopes: readonly Json[];
  /** How it is defined; `undefined` where it is not, or where only AWS knows. */
  readonly definition: JsonObject | undefined;
}

/** All schemes that an operation asks for: API Gateway asks for a key besides an authorizer, not instead of it. */
export function schemesOf({ security: ownRequirement }: JsonObject, document: JsonObject): Scheme[] {
  const requirements = ownRequirement ?? document.security;
  const { securitySchemes } = mapOf(document.components);
  const definitions = { ...mapOf(securitySchemes), ...mapOf(document.securityDefinitions) };
  return itemsOf(requirements).flatMap((each) =>
    Object.entries(mapOf(each))
      .filter(([name]) => !isNobody(name))
      .map(([name, scopes]) => {
        const definition = own(definitions, name);
        return { name, scopes: itemsOf(scopes), definition: isObject(definition) ? definition : undefined };
      }),
  );
}

const EXTENSIONS = ['x-amazon-apigateway-authorizer', 'x-amazon-apigateway-authtype'];

/** Whether a scheme has an authorizer of its own behind it. */
export const hasAuthorizer = ({ definition = {} }: Scheme): boolean =>
  EXTENSIONS.some((name) => own(definition, name) !== undefined);

/** Whether a scheme is an API key: the type is that of authorizers as well, which say so. */
export const isKey = (scheme: Scheme): boolean =>
  textOf(scheme.definition?.type) === 'apiKey' && !hasAuthorizer(scheme);

const asksForKey = (operation: JsonObject, document: JsonObject): boolean =>
  schemesOf(operation, document).some(isKey);

/** Where a condition is not decided, either side may be the one. */
const mapsOf = (value: Json): JsonObject[] => itemsOf(resolvedValue(value) ?? value).filter(isObject);

function mapOf(value: Json | undefined): JsonObject {
  const known = value === undefined ? undefined : (resolvedValue(value) ?? value);
  return isObject(known) ? known : {};
}
