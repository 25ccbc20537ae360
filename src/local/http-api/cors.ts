import type { Cors } from './route.ts';

type Headers = (readonly [string, string])[];

/** Whether a request is a CORS preflight. */
export const isPreflight = (method: string, origin: string | undefined, asked: string | undefined): boolean =>
  method === 'OPTIONS' && origin !== undefined && asked !== undefined;

/** The answer to a preflight of an HTTP API or function URL; nothing when the origin or method is not allowed. */
export function preflightHeaders(cors: Cors, origin: string, asked: string): Headers {
  const methods = cors.allowMethods;
  const headers = corsHeaders(cors, origin);
  if (headers.length === 0 || !(methods.includes('*') || methods.includes(asked))) return [];
  headers.push(['Access-Control-Allow-Methods', methods.join(',')]);
  if (cors.allowHeaders.length > 0)
    headers.push(['Access-Control-Allow-Headers', cors.allowHeaders.join(',')]);
  if (cors.maxAge !== undefined) headers.push(['Access-Control-Max-Age', String(cors.maxAge)]);
  return headers;
}

/** What is added to every response to an allowed origin. */
export function corsHeaders(cors: Cors, origin: string): Headers {
  if (!cors.allowOrigins.some((allowed) => originMatches(allowed, origin))) return [];
  const any = cors.allowOrigins.includes('*') && !cors.allowCredentials;
  const headers: Headers = [['Access-Control-Allow-Origin', any ? '*' : origin]];
  if (!any) headers.push(['Vary', 'Origin']);
  if (cors.allowCredentials) headers.push(['Access-Control-Allow-Credentials', 'true']);
  if (cors.exposeHeaders.length > 0)
    headers.push(['Access-Control-Expose-Headers', cors.exposeHeaders.join(',')]);
  return headers;
}

/** Allowed origins may hold `*`: `https://*`. */
function originMatches(allowed: string, origin: string): boolean {
  if (allowed === '*' || allowed === origin) return true;
  const [before, after, ...more] = allowed.split('*');
  if (before === undefined || after === undefined || more.length > 0) return false;
  return origin.length >= allowed.length && origin.startsWith(before) && origin.endsWith(after);
}
