import { isObject, type Json, scalarText } from '../../template/types.ts';
import type { DrawnResource } from '../types.ts';
import type { Arrow } from './arrows.ts';
import { type DrawnScope, mentions } from './scope.ts';

/** A route of an API, and what is behind it. */
interface DrawnRoute {
  /** Key of the API. */
  readonly api: string;
  /** `GET /orders/{id}` */
  readonly label: string;
  /** Keys; none where it answers by itself. */
  readonly targets: readonly string[];
}

const METHODS = /^(get|put|post|delete|options|head|patch|trace|x-amazon-apigateway-any-method)$/i;

/** Routes of all APIs of a template, in the order in which they are written. */
export function routesOf(scope: DrawnScope): readonly DrawnRoute[] {
  const all = [...scope.resources.values()];
  const named = (value: Json | undefined): readonly string[] => [
    ...new Set(mentions(value === undefined ? undefined : [value], scope).map(({ target }) => target)),
  ];
  const of = (type: string): readonly DrawnResource[] => all.filter((each) => each.type === type);
  const bodies = [...of('AWS::ApiGateway::RestApi'), ...of('AWS::ApiGatewayV2::Api')].flatMap(
    ({ key, properties }) =>
      openApiRoutes(properties.Body).map(({ label, uri }) => ({ api: key, label, targets: named(uri) })),
  );
  const methods = of('AWS::ApiGateway::Method').flatMap(({ properties, written }) =>
    named(properties.RestApiId).map((api) => {
      const { Uri: uri } = isObject(properties.Integration) ? properties.Integration : {};
      const label = `${verb(written.HttpMethod)} ${pathOf(properties.ResourceId, scope)}`;
      return { api, label, targets: named(uri) };
    }),
  );
  const routes = of('AWS::ApiGatewayV2::Route').flatMap(({ properties, written }) =>
    named(properties.ApiId).map((api) => {
      const integrations = new Set(named(properties.Target));
      const uris = of('AWS::ApiGatewayV2::Integration')
        .filter(({ key }) => integrations.has(key))
        .map((each) => each.properties.IntegrationUri ?? null);
      return { api, label: scalarText(written.RouteKey), targets: named(uris) };
    }),
  );
  const quick = of('AWS::ApiGatewayV2::Api').flatMap(({ key, properties }) =>
    properties.Target === undefined
      ? []
      : [
          {
            api: key,
            label: scalarText(properties.RouteKey ?? '$default'),
            targets: named(properties.Target),
          },
        ],
  );
  // An answer to browsers' questions before a request is nothing that a reader looks for.
  return [...bodies, ...methods, ...routes, ...quick].filter(
    ({ label, targets }) => targets.length > 0 || !label.startsWith('OPTIONS '),
  );
}

/** An arrow for each route that leads somewhere. */
export const routeArrows = (routes: readonly DrawnRoute[]): readonly Arrow[] =>
  routes.flatMap(({ api, label, targets }) =>
    targets.map((to): Arrow => ({ from: api, to, kind: 'event', label })),
  );

const verb = (method: Json | undefined): string =>
  scalarText(method ?? 'ANY')
    .toUpperCase()
    .replace('X-AMAZON-APIGATEWAY-ANY-METHOD', 'ANY');

function openApiRoutes(
  body: Json | undefined,
): readonly { readonly label: string; readonly uri: Json | undefined }[] {
  const paths = isObject(body) && isObject(body.paths) ? body.paths : {};
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(isObject(item) ? item : {}).flatMap(([method, operation]) => {
      if (!METHODS.test(method) || !isObject(operation)) return [];
      const integration = operation['x-amazon-apigateway-integration'];
      return [{ label: `${verb(method)} ${path}`, uri: isObject(integration) ? integration.uri : undefined }];
    }),
  );
}

/** Follows `ParentId` up to the root. */
function pathOf(resourceId: Json | undefined, scope: DrawnScope): string {
  const parts: string[] = [];
  const seen = new Set<string>();
  let at = referenced(resourceId);
  while (at !== undefined && !seen.has(at)) {
    seen.add(at);
    const resource = scope.resources.get(at);
    if (resource?.type !== 'AWS::ApiGateway::Resource') break;
    parts.unshift(scalarText(resource.written.PathPart));
    at = referenced(resource.properties.ParentId);
  }
  return `/${parts.join('/')}`;
}

function referenced(value: Json | undefined): string | undefined {
  const name = isObject(value) ? value.Ref : undefined;
  return typeof name === 'string' ? name : undefined;
}

/** The routes of one API as texts, each once. */
export const labelsOf = (routes: readonly DrawnRoute[], api: string): readonly string[] => [
  ...new Set(routes.filter((each) => each.api === api).map(({ label }) => label)),
];

/** Properties whose mentions are routes, which are told by {@link routesOf}. */
export const isRoute = (type: string, first: string): boolean =>
  (/^AWS::ApiGateway(V2::Api|::RestApi)$/.test(type) && /^(Body|Target)$/.test(first)) ||
  /^AWS::ApiGateway(::Method|V2::(Route|Integration))$/.test(type);
