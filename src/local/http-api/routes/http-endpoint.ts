import type { Json } from '../../../template/types.ts';
import { text } from '../../functions/resolve.ts';
import type { AnswerChanges, HttpEndpoint } from '../forward/types.ts';
import type { Api, RouteTarget } from '../route.ts';
import { type RouteScope, textMap, withStageVariables } from './scope.ts';

/** What an integration says of an endpoint, however it is spelled. */
export interface WrittenEndpoint {
  readonly uri: Json | undefined;
  readonly method: Json | undefined;
  readonly parameters: Json | undefined;
  readonly connectionType: Json | undefined;
  readonly timeout: Json | undefined;
}

/** An address whose host no request can change. */
const ADDRESS = /^(https?:\/\/[^/?#{}@\s]+)([^?#]*)(?:\?([^#]*))?/i;

/** The endpoint that an integration passes requests on to, or why it is none that can be reached here. */
export function httpEndpoint(
  scope: Pick<RouteScope, 'resolve'>,
  { uri, method, parameters, connectionType, timeout }: WrittenEndpoint,
  api: Pick<Api, 'stageVariables'>,
): HttpEndpoint | { readonly reason: string } {
  if (text(scope.resolve(connectionType ?? 'INTERNET')) === 'VPC_LINK')
    return { reason: 'a VPC link leads into a network that is not here' };
  const address = withStageVariables(text(scope.resolve(uri ?? '')), api);
  const [, origin, path = '', query = ''] = ADDRESS.exec(address) ?? [];
  if (origin === undefined || address.includes('unresolved-') || !URL.canParse(origin))
    return { reason: `its address is not known here: ${address}` };
  return {
    origin,
    path,
    query,
    method: text(scope.resolve(method ?? 'ANY')).toUpperCase(),
    parameters: textMap(scope, parameters),
    ...(timeout !== undefined && { timeout: Number(text(scope.resolve(timeout))) }),
  };
}

/** The target of a proxy integration. */
export function passedOnTo(
  scope: RouteScope,
  api: Api,
  { changes, ...written }: WrittenEndpoint & { readonly changes: AnswerChanges },
): RouteTarget {
  const endpoint = httpEndpoint(scope, written, api);
  return 'reason' in endpoint
    ? { kind: 'unsupported', reason: endpoint.reason }
    : { kind: 'http', endpoint, changes };
}
