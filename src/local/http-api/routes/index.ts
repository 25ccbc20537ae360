import type { Template } from '../../../template/types.ts';
import type { ResolveOptions } from '../../functions/resolve.ts';
import type { Route } from '../route.ts';
import { httpRoutes } from './http-routes.ts';
import { restRoutes } from './rest/index.ts';
import { routeScope } from './scope.ts';
import { urlRoutes } from './url-routes.ts';

/** Every route that a template declares: OpenAPI bodies, API Gateway v1 and v2 resources, function URLs. SAM is expanded. */
export function routesOf(template: Template, options: ResolveOptions = {}): Route[] {
  const scope = routeScope(template, options);
  return [...restRoutes(scope), ...httpRoutes(scope), ...urlRoutes(scope)];
}
