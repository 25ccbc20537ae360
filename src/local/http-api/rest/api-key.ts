import type { JsonObject } from '../../../template/types.ts';
import { text } from '../../functions/resolve.ts';
import { type ApiRequest, headerOf } from '../request.ts';
import type { ApiResponse } from '../response.ts';
import { refusal } from './refusal.ts';

/**
 * Checks the key of a request for a method that needs one.
 *
 * Source: API Gateway developer guide, "Choose an API key source".
 *
 * @param authorizer what the authorizer said of the caller
 * @returns what is answered where it is none that is taken; else the key's id, where it is known
 */
export function checkApiKey(
  request: ApiRequest,
  authorizer: JsonObject | undefined,
): { readonly refused: ApiResponse } | { readonly key?: string; readonly id?: string } {
  const { api, apiKeyRequired } = request.route;
  if (!apiKeyRequired) return {};
  const { source, taken } = api.rest?.apiKeys ?? { source: 'HEADER', taken: 'any' };
  const named = authorizer?.usageIdentifierKey;
  const key = source === 'AUTHORIZER' ? named && text(named) : headerOf(request, 'x-api-key');
  const known = key && (taken === 'any' ? {} : Object.hasOwn(taken, key) ? taken[key] : undefined);
  if (!known) return { refused: refusal({ type: 'INVALID_API_KEY', status: 403, message: 'Forbidden' }) };
  return { key, ...known };
}
