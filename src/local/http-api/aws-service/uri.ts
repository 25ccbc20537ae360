import type { HttpEndpoint } from '../forward/types.ts';
import { actionHeaders, PROTOCOLS } from './protocols.ts';
import type { CalledService } from './types.ts';

/** Source: API Gateway REST API Reference, `PutIntegration`, `uri`. */
const URI = /^arn:[\w-]+:apigateway:([\w-]*):(?:([^:/]+)\.)?([\w-]+):(path|action)\/(.*)$/s;

/** What an integration says of its requests beside their address. */
type AlsoWritten = Pick<HttpEndpoint, 'method' | 'parameters' | 'timeout'>;

/**
 * The service that the URI of an integration names, or why it is none that can be called here.
 *
 * @returns nothing where it names none, or Lambda
 */
export function calledService(
  uri: string,
  written: AlsoWritten,
): CalledService | { readonly reason: string } | undefined {
  const [, left] = /^arn:[^:]*:apigateway:(?![^/]*:lambda:path)[^/]*(\$\{[^}]*\})/.exec(uri) ?? [];
  if (left !== undefined)
    return { reason: `nothing replaces ${left} in its address, which Fn::Sub would do: ${uri}` };
  const [, region, subdomain, service = '', kind, rest = ''] = URI.exec(uri) ?? [];
  if (region === undefined || service === 'lambda') return undefined;
  if (!Object.hasOwn(PROTOCOLS, service))
    return { reason: `integrations with ${service} (${uri}) are not emulated` };
  if (uri.includes('unresolved-')) return { reason: `its address is not known here: ${uri}` };
  const host = subdomain === undefined ? service : `${subdomain}.${service}`;
  const part = Object.hasOwn(PROTOCOLS, host) ? host : service;
  const called = { service, region, name: `${host}:${kind}/${rest}` };
  if (kind === 'action') {
    const [, action = '', query = ''] = /^([^?&]*)[?&]?(.*)$/s.exec(rest) ?? [];
    const headers = actionHeaders(part, action);
    if (!headers) return { reason: `${service} has no actions by name: ${uri}` };
    const isQuery = PROTOCOLS[part]?.kind === 'query';
    const asked = isQuery ? [`Action=${encodeURIComponent(action)}`, query] : [query];
    return {
      ...called,
      headers,
      endpoint: { ...written, path: '/', query: asked.filter((each) => each !== '').join('&') },
    };
  }
  const [, path = '', query = ''] = /^([^?]*)\??(.*)$/s.exec(rest) ?? [];
  const absolute = path.startsWith('/') ? path : `/${path}`;
  return {
    ...called,
    headers: [],
    endpoint: {
      ...written,
      // A bucket may be part of the host in AWS. Hosts of other services are those of accounts: here is one of each.
      path: service === 's3' && subdomain !== undefined ? `/${subdomain}${absolute}` : absolute,
      query,
    },
  };
}
