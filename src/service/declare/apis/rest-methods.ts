import type { RestApiDefinition, RestRoute } from '../../api-types.ts';
import type { CorsDefinition } from '../../function-types.ts';
import type { Data } from '../../values.ts';
import { addResource, type Draft, setResource } from '../draft.ts';
import { shortHash } from '../identifiers.ts';
import { ref } from '../resources.ts';
import { guardOf, invocationUri } from './authorizers.ts';
import { type ApiContext, longForm, routeCallee } from './context.ts';
import { pathName, pathOf } from './paths.ts';

/** What the kinds of authorizers are to a method. */
const TYPES = { cognito: 'COGNITO_USER_POOLS', lambda: 'CUSTOM' };

/** A method for each route; returns their logical IDs. */
export function addMethods(
  context: ApiContext,
  api: RestApiDefinition,
  paths: ReadonlyMap<string, Data>,
): string[] {
  const { draft, path, id } = context;
  return Object.entries(api.routes).flatMap(([key, short]) => {
    const at = [...path, 'routes', key];
    const route: RestRoute = longForm(short);
    const callee = routeCallee(context, at, route);
    if (!callee) return [];
    const method = key.slice(0, key.indexOf(' '));
    const required = [...parameters(pathOf(key), 'path'), ...(route.required ?? [])];
    const validator = validatorOf(draft, id, route);
    return addResource(draft, `${id}${pathName(pathOf(key))}${method}Method`, {
      Type: 'AWS::ApiGateway::Method',
      Properties: {
        RestApiId: ref(id),
        ResourceId: paths.get(pathOf(key)) ?? null,
        HttpMethod: method,
        ...guardOf(context, at, route, api, TYPES),
        ...(route.apiKey && { ApiKeyRequired: true }),
        ...(required.length > 0 && {
          RequestParameters: Object.fromEntries(required.map((name) => [`method.request.${name}`, true])),
        }),
        ...(route.body && { RequestModels: { 'application/json': ref(addModel(draft, id, route.body)) } }),
        ...(validator !== undefined && { RequestValidatorId: ref(validator) }),
        Integration: {
          Type: 'AWS_PROXY',
          IntegrationHttpMethod: 'POST',
          Uri: invocationUri(callee.arn),
          ...(route.timeout !== undefined && { TimeoutInMillis: route.timeout }),
        },
      },
    });
  });
}

/** `path.id` of `/orders/{id}`. */
const parameters = (path: string, place: string): string[] =>
  [...path.matchAll(/\{([^}+]+)\+?\}/g)].map(([, name]) => `${place}.${name}`);

/** Models of the same shape are one. */
function addModel(draft: Draft, id: string, schema: Readonly<Record<string, Data>>): string {
  const model = `${id}Model${shortHash(schema)}`;
  setResource(draft, model, {
    Type: 'AWS::ApiGateway::Model',
    Properties: {
      RestApiId: ref(id),
      ContentType: 'application/json',
      Schema: { $schema: 'http://json-schema.org/draft-04/schema#', ...schema },
    },
  });
  return model;
}

/** Validators say only what is looked at, so that an API needs three of them at most. */
function validatorOf(draft: Draft, id: string, { body, required }: RestRoute): string | undefined {
  if (!body && !required?.length) return undefined;
  const looksAt = `${body ? 'Body' : ''}${required?.length ? 'Parameters' : ''}`;
  const validator = `${id}${looksAt}Validator`;
  setResource(draft, validator, {
    Type: 'AWS::ApiGateway::RequestValidator',
    Properties: {
      RestApiId: ref(id),
      ValidateRequestBody: body !== undefined,
      ValidateRequestParameters: Boolean(required?.length),
    },
  });
  return validator;
}

const header = (name: string): string => `method.response.header.Access-Control-${name}`;
const quoted = (text: string): string => `'${text}'`;

/** What browsers are told before they ask, on each path that has no OPTIONS of its own; returns logical IDs. */
export function addCors(
  { draft, id }: ApiContext,
  cors: CorsDefinition | undefined,
  paths: ReadonlyMap<string, Data>,
): string[] {
  if (!cors) return [];
  const methods = (cors.methods ?? ['*']).join(',');
  const headers: Record<string, string> = {
    [header('Allow-Origin')]: quoted(cors.origins?.length === 1 ? (cors.origins[0] ?? '*') : '*'),
    [header('Allow-Methods')]: quoted(methods === '*' ? 'GET,HEAD,POST,PUT,PATCH,DELETE,OPTIONS' : methods),
    [header('Allow-Headers')]: quoted(
      (cors.headers ?? ['Content-Type', 'Authorization', 'X-Api-Key']).join(','),
    ),
    ...(cors.credentials && { [header('Allow-Credentials')]: quoted('true') }),
    ...(cors.maxAge !== undefined && { [header('Max-Age')]: quoted(String(cors.maxAge)) }),
  };
  const names = Object.keys(headers);
  return [...paths].flatMap(([path, resource]) => {
    const logicalId = `${id}${pathName(path === '/' ? '' : path)}OPTIONSMethod`;
    if (draft.resources.has(logicalId)) return [];
    return addResource(draft, logicalId, {
      Type: 'AWS::ApiGateway::Method',
      Properties: {
        RestApiId: ref(id),
        ResourceId: resource,
        HttpMethod: 'OPTIONS',
        AuthorizationType: 'NONE',
        MethodResponses: [
          { StatusCode: '204', ResponseParameters: Object.fromEntries(names.map((name) => [name, true])) },
        ],
        Integration: {
          Type: 'MOCK',
          RequestTemplates: { 'application/json': '{"statusCode":204}' },
          IntegrationResponses: [{ StatusCode: '204', ResponseParameters: headers }],
        },
      },
    });
  });
}

/** Browsers may read the errors that API Gateway answers with itself, too. */
export function addGatewayResponses({ draft, id }: ApiContext, cors: CorsDefinition | undefined): string[] {
  if (!cors) return [];
  const origin = quoted(cors.origins?.length === 1 ? (cors.origins[0] ?? '*') : '*');
  return ['4XX', '5XX'].map((kind) =>
    addResource(draft, `${id}Default${kind}`, {
      Type: 'AWS::ApiGateway::GatewayResponse',
      Properties: {
        RestApiId: ref(id),
        ResponseType: `DEFAULT_${kind}`,
        ResponseParameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': origin },
      },
    }),
  );
}
