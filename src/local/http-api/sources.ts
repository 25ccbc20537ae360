import { isObject, type Json, type JsonObject } from '../../template/types.ts';
import { mapOf, text } from '../functions/resolve.ts';
import { contextV1 } from './event-v1.ts';
import { type ApiRequest, decode, headerOf } from './request.ts';

/**
 * What an expression of API Gateway takes from a request: `method.request.header.X`, `$request.header.X`,
 * `...querystring.X`, `...path.X`, `stageVariables.X`, `$context.X`, `context.authorizer.X` and `'text'`.
 *
 * Source: API Gateway developer guide, "Parameter mapping source reference for REST APIs".
 *
 * @param authorizer what the authorizer said of the caller
 */
export function sourceValue(
  source: string,
  request: ApiRequest,
  authorizer: JsonObject = {},
): string | undefined {
  const [, literal] = /^'(.*)'$/s.exec(source) ?? [];
  if (literal !== undefined) return literal;
  const [, kind, name = ''] = EXPRESSION.exec(source) ?? [];
  switch (kind?.toLowerCase()) {
    case 'header':
      return headerOf(request, name);
    case 'querystring':
      return new URLSearchParams(request.query).get(name) ?? undefined;
    case 'path':
      return request.parameters[name] === undefined ? undefined : decode(request.parameters[name]);
    case 'stagevariables':
      return request.route.api.stageVariables[name];
    case 'context':
      return valueAt({ ...contextV1(request), authorizer }, name.split('.'));
    default:
      return undefined;
  }
}

const EXPRESSION =
  /^\$?(?:method\.request\.|request\.)?(header|querystring|path|stageVariables|context)\.(.+)$/i;

function valueAt(value: Json | undefined, [step, ...rest]: readonly string[]): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (step !== undefined) return isObject(value) ? valueAt(mapOf(value)[step], rest) : undefined;
  return text(value);
}
