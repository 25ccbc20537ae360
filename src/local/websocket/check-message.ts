import { own } from '../../template/types.ts';
import type { WebSocketPlan, WebSocketRoutePlan } from '../service/plan.ts';
import { selectedKey } from './selection.ts';

/**
 * What is wrong with a message by the model that its route selects for it. Where none is for it, that is wrong, too.
 *
 * Source: Amazon API Gateway Developer Guide, "Request validation for WebSocket APIs in API Gateway".
 *
 * @param all models of the API, which refer to each other
 * @throws Error where a model is no schema
 */
export async function messageProblems(
  body: string,
  checks: WebSocketRoutePlan['checks'],
  all: WebSocketPlan['models'] = {},
): Promise<readonly string[]> {
  if (!checks) return [];
  const key = selectedKey(checks.selection, body);
  const schema = own(checks.models, key) ?? checks.models.$default;
  if (!schema) return [`no model is for ${JSON.stringify(key)}`];
  const { bodyProblems } = await import('../http-api/rest/schema.ts');
  return bodyProblems(schema, body, all);
}
