import type { Template } from '../../template/types.ts';
import type { ResolveOptions } from '../resolve.ts';
import type { Route } from './route.ts';

/** Every route that a template declares: SAM events, OpenAPI bodies, API Gateway v1 and v2 resources, function URLs. */
export function routesOf(_template: Template, _options?: ResolveOptions): Route[] {
  throw new Error('not written yet');
}
