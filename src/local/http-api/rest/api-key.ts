import type { JsonObject } from '../../../template/types.ts';
import { text } from '../../functions/resolve.ts';
import { type ApiRequest, headerOf } from '../request.ts';
import type { ApiResponse } from '../response.ts';
import { refusal } from './refusal.ts';
import type { KeyUsage } from './usage.ts';

/**
 * Checks the key of a request for a method that needs one, and counts its use.
 *
 * Source: API Gateway developer guide, "Choose an API key source".
 *
 * @param authorizer what the authorizer said of the caller
 * @returns what is answered where it is none that is taken, or is used too often
 */
export function checkApiKey(
  request: ApiRequest,
  authorizer: JsonObject | undefined,
  usage: KeyUsage,
): { readonly refused: ApiResponse } | undefined {
  const { api, apiKeyRequired } = request.route;
  if (!apiKeyRequired) return undefined;
  const { source, taken, plans } = api.rest?.apiKeys ?? { source: 'HEADER', taken: 'any', plans: [] };
  const named = authorizer?.usageIdentifierKey;
  const key = source === 'AUTHORIZER' ? named && text(named) : headerOf(request, 'x-api-key');
  const known = key && (taken === 'any' || Object.hasOwn(taken, key));
  if (!known) return { refused: refusal({ type: 'INVALID_API_KEY', status: 403, message: 'Forbidden' }) };
  // Of keys that nobody knows here, the plan is known where there is one only.
  const plan =
    taken === 'any'
      ? plans.length === 1
        ? plans[0]
        : undefined
      : plans.find(({ id }) => id === taken[key]?.plan);
  const refused = plan && usage.use(key, plan, request);
  return refused && { refused };
}
