import type { Template } from '../../../template/types.ts';
import type { ResolveOptions } from '../../functions/resolve.ts';
import type { Route } from '../route.ts';
import { httpRoutes } from './http-routes.ts';
import { restRoutes } from './rest-routes.ts';
import { samRoutes } from './sam-routes.ts';
import { routeScope } from './scope.ts';
import { urlRoutes } from './url-routes.ts';

/** Every route that a template declares: SAM events, OpenAPI bodies, API Gateway v1 and v2 resources, function URLs. */
export function routesOf(template: Template, options: ResolveOptions = {}): Route[] {
  const scope = routeScope(template, options);
  return [...samRoutes(scope), ...restRoutes(scope), ...httpRoutes(scope), ...urlRoutes(scope)];
}
