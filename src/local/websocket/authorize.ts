import type { Json, JsonObject } from '../../template/types.ts';
import { findByReference, isMissing } from '../functions/reference.ts';
import { mapOf, text } from '../functions/resolve.ts';
import { evaluatePolicy } from '../http-api/policy.ts';
import type { ServiceContext } from '../service/part.ts';
import type { WebSocketRoutePlan } from '../service/plan.ts';
import { type Connection, webSocketEvent } from './event.ts';

/** Whether a client may connect, and what its events say of it. */
export type ClientAdmission =
  | { readonly kind: 'admitted'; readonly context?: JsonObject }
  | { readonly kind: 'refused'; readonly status: number };

/** Asks the authorizer of `$connect`. Whatever goes wrong on the way refuses the client. */
export async function admit(
  route: WebSocketRoutePlan | undefined,
  connection: Connection,
  { host, region, account, allowUnverifiedIam }: ServiceContext,
): Promise<ClientAdmission> {
  const authorizer = route?.authorizer;
  if (!authorizer) return { kind: 'admitted' };
  const { request, api } = connection;
  if (authorizer.kind === 'iam') {
    const signed =
      /^AWS4-/.test(request.headers.authorization ?? '') || /[?&]X-Amz-Signature=/i.test(request.url ?? '');
    return signed && allowUnverifiedIam ? { kind: 'admitted' } : { kind: 'refused', status: 403 };
  }
  // Only integrations are told of a body. Source: Amazon API Gateway Developer Guide, "Control access to WebSocket APIs with
  // AWS Lambda REQUEST authorizers".
  const { isBase64Encoded: _, ...parts } = webSocketEvent(
    connection,
    { kind: 'CONNECT' },
    { routeKey: '$connect', requestId: connection.id },
  );
  if (authorizer.identitySources.some((source) => identity(source, parts) === ''))
    return { kind: 'refused', status: 401 };
  const found = findByReference(host.functions, authorizer.arn, null);
  if (isMissing(found)) return { kind: 'refused', status: 500 };
  const methodArn = `arn:aws:execute-api:${region}:${account}:${api.id}/${api.stage}/$connect`;
  const event = { type: 'REQUEST', methodArn, ...parts };
  const result = await host.invoke(found.fn, JSON.stringify(event), {
    cause: { kind: 'websocket', source: `${api.logicalId} authorizer`, ids: [connection.id] },
  });
  if (result.kind === 'function-error' && result.error.errorMessage === 'Unauthorized')
    return { kind: 'refused', status: 401 };
  if (result.kind !== 'success') return { kind: 'refused', status: 500 };
  const answer = mapOf(JSON.parse(result.payload.toString()));
  if (answer.policyDocument === undefined || answer.principalId === undefined)
    return { kind: 'refused', status: 500 };
  if (evaluatePolicy(answer.policyDocument, methodArn) !== 'allow') return { kind: 'refused', status: 403 };
  const context = Object.fromEntries(
    Object.entries(mapOf(answer.context)).map(([name, value]) => [name, text(value)]),
  );
  return { kind: 'admitted', context: { ...context, principalId: text(answer.principalId) } };
}

/**
 * `route.request.header.X`, `route.request.querystring.X`, `stageVariables.X`, `context.identity.sourceIp`. Source: Amazon API
 * Gateway API Reference, `CreateAuthorizer`, `identitySource`.
 */
function identity(source: string, event: JsonObject): string {
  const [kind = '', ...path] = source.split('.');
  if (kind === 'context') {
    const found = path.reduce<Json>((value, name) => mapOf(value)[name] ?? '', event.requestContext ?? '');
    return text(found);
  }
  const name = path.at(-1) ?? '';
  if (kind === 'stageVariables') return text(mapOf(event.stageVariables)[name] ?? '');
  if (source.includes('.querystring.')) return text(mapOf(event.queryStringParameters)[name] ?? '');
  const entry = Object.entries(mapOf(event.headers)).find(
    ([each]) => each.toLowerCase() === name.toLowerCase(),
  );
  return text(entry?.[1] ?? '');
}
