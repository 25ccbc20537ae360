import type { Json, JsonObject } from '../../template/types.ts';
import { mapOf, text } from '../functions/resolve.ts';
import { type ApiRequest, headerOf } from './request.ts';
import { sourceValue } from './sources.ts';

const HEADER = 'x-amz-tenant-id';

/**
 * From where an integration takes the tenant that it names to Lambda, of the request parameters of a REST API.
 *
 * Source: AWS Lambda Developer Guide, "Tenant isolation", "Configuring API Gateway".
 */
export function tenantSource(requestParameters: Json | undefined): { readonly tenantFrom?: string } {
  const [, source] =
    Object.entries(mapOf(requestParameters)).find(
      ([name]) => name.toLowerCase() === `integration.request.header.${HEADER}`,
    ) ?? [];
  return source === undefined ? {} : { tenantFrom: text(source) };
}

/**
 * Whose request it is: as the integration says; where it says nothing, as the request does, which lets a function be tried
 * before its API names tenants.
 */
export function tenantOf(request: ApiRequest, authorizer: JsonObject | undefined): string | undefined {
  const { tenantFrom } = request.route;
  const found =
    tenantFrom === undefined ? headerOf(request, HEADER) : sourceValue(tenantFrom, request, authorizer);
  return found === '' ? undefined : found;
}
