import { isObject, own } from '../../template/types.ts';
import type { EndpointAnswer } from '../http-api/forward/send.ts';

/** What of an answer a selection expression may name. */
export type SelectedAnswer = Pick<EndpointAnswer, 'headers'> & { readonly status: string };

const VARIABLE = String.raw`(?:request\.body|integration\.response)\.`;
/** Nothing but a variable. */
const WHOLE = new RegExp(`^\\$(${VARIABLE}[\\w.[\\]-]+)$`);
/** One in a text, with braces around it or without; a dollar after a backslash is none. */
const PART = new RegExp(String.raw`(?<!\\)\$(?:\{(${VARIABLE}[^}]+)\}|(${VARIABLE}[\w.]+))`, 'g');

/**
 * The key that an expression selects: that of a route, of a model or of a template.
 *
 * Source: Amazon API Gateway Developer Guide, "WebSocket selection expressions" and "Data transformations for WebSocket APIs in
 * API Gateway".
 *
 * @param answer of the integration, where there is one
 */
export function selectedKey(expression: string, body: string, answer?: SelectedAnswer): string {
  const message = parsed(body);
  const value = (name: string): string => {
    const [, path] = /^request\.body\.(.+)$/.exec(name) ?? [];
    return path === undefined ? ofAnswer(name, answer) : scalarAt(message, path);
  };
  const [, whole] = WHOLE.exec(expression) ?? [];
  if (whole !== undefined) return value(whole);
  return expression
    .replace(PART, (_, braced?: string, bare?: string) => value(braced ?? bare ?? ''))
    .replaceAll('\\$', '$');
}

function ofAnswer(name: string, answer: SelectedAnswer | undefined): string {
  if (name === 'integration.response.statuscode') return answer?.status ?? '';
  const [, several, header] = /^integration\.response\.(multivalue)?header\.(.+)$/i.exec(name) ?? [];
  const values = (answer?.headers ?? [])
    .filter(([each]) => each.toLowerCase() === header?.toLowerCase())
    .map(([, value]) => value);
  return several === undefined ? (values[0] ?? '') : values.join(',');
}

/** `meta.kind`, `parts[0].kind`; empty where there is no text, number or truth value. */
function scalarAt(message: unknown, path: string): string {
  let found: unknown = message;
  for (const step of path.split(/[.[\]]+/).filter((each) => each !== '')) {
    if (Array.isArray(found)) found = /^\d+$/.test(step) ? found[Number(step)] : undefined;
    else found = isObject(found) ? own(found, step) : undefined;
  }
  return ['string', 'number', 'boolean'].includes(typeof found) ? String(found) : '';
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
