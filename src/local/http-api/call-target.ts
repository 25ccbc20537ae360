import type { ServerResponse } from 'node:http';
import { inTime } from '../../order/in-time.ts';
import type { JsonObject } from '../../template/types.ts';
import type { FunctionHost } from '../function-host.ts';
import { findFunction, type LocalFunction } from '../functions/function.ts';
import type { InvokeResult } from '../invoke.ts';
import type { FindService } from './aws-service/types.ts';
import { eventV1 } from './event-v1.ts';
import { eventV2 } from './event-v2.ts';
import { type ApiRequest, headerOf } from './request.ts';
import { type ApiResponse, failureResponse, functionResponse, gatewayResponse } from './response.ts';
import { refusal } from './rest/refusal.ts';
import type { MappedIntegration } from './rest/types.ts';
import { streamTo } from './streaming.ts';
import { tenantOf } from './tenant.ts';

/** One request, and what its answer needs. */
export interface RoutedCall {
  readonly request: ApiRequest;
  readonly response: ServerResponse;
  /** What the authorizer said of the caller. */
  readonly authorizer: JsonObject | undefined;
  /** Headers that the answer gets beside its own. */
  readonly extra: readonly (readonly [string, string])[];
  /** Milliseconds that an integration may take; by default as the kind of API has it. */
  readonly limit: number | undefined;
  /** Where services of AWS are; nowhere, where there is none of this. */
  readonly services?: FindService;
  /** Told why the function gave no answer. */
  readonly tell: (why: string) => void;
}

const TIMEOUTS = { rest: 29_000, http: 30_000, url: 900_000, web: 900_000 } as const;

const limitOf = ({ limit, request }: RoutedCall): number => limit ?? TIMEOUTS[request.route.api.kind];

/**
 * Calls what the route of a request leads to.
 *
 * @returns nothing when the answer was streamed
 */
export async function callTarget(routed: RoutedCall, host: FunctionHost): Promise<ApiResponse | undefined> {
  const { request, authorizer, tell } = routed;
  const { target, payloadVersion } = request.route;
  switch (target.kind) {
    case 'unsupported':
      return notEmulated(target.reason, tell);
    case 'web':
      throw new Error('a web function gets no event');
    case 'http': {
      const { passOn } = await import('./forward/index.ts');
      return passOn({ ...routed, endpoint: target.endpoint, limit: limitOf(routed) }, target);
    }
    case 'service': {
      const { called } = target;
      const place = routed.services?.(called.service);
      if (!place) return notEmulated(notHere(called.subtype, called.service), tell);
      const { callAction } = await import('./aws-service/call.ts');
      return callAction({ ...routed, limit: limitOf(routed) }, called, place);
    }
    case 'mapped':
      return callMapped(target, routed, host);
    case 'function': {
      const event = payloadVersion === '1.0' ? eventV1(request, authorizer) : eventV2(request, authorizer);
      return callProxy(JSON.stringify(event), routed, host);
    }
  }
}

function notEmulated(reason: string, tell: RoutedCall['tell']): ApiResponse {
  tell(`not emulated: ${reason}`);
  return gatewayResponse(501, { message: `Not emulated here: ${reason}` });
}

/** What a service has here without an emulator. */
const SERVED = ['events', 'iotdata', 'scheduler', 'sns', 'sqs', 'states'];

const notHere = (name: string, service: string): string =>
  `${name}: nothing of ${service} is here: ${
    SERVED.includes(service)
      ? 'let the service declare it, or name an emulator in the input backend'
      : 'name an emulator that has it in the input backend'
  }`;

/** Nothing where the answer was streamed. */
async function callProxy(
  event: string,
  routed: RoutedCall,
  host: FunctionHost,
): Promise<ApiResponse | undefined> {
  const { request, response, extra, tell } = routed;
  const { target } = request.route;
  if (target.kind !== 'function') return undefined;
  const called = await call(event, routed, {
    host,
    to: target,
    ...(target.streaming && { stream: streamTo(response, extra) }),
  });
  if (response.headersSent) {
    if ('result' in called && called.result.kind === 'success') response.end();
    else response.destroy();
    return undefined;
  }
  if ('refused' in called) return called.refused;
  const { result } = called;
  try {
    const answer = result.kind === 'success' ? functionResponse(request, result.payload) : undefined;
    if (answer) return answer;
  } catch (error) {
    tell(
      `what ${target.logicalId} returned cannot be decoded: ${error instanceof Error ? error.message : String(error)}`,
    );
    return refusal({ type: 'API_CONFIGURATION_ERROR', status: 500, message: 'Internal server error' });
  }
  tell(
    result.kind === 'success'
      ? `what ${target.logicalId} returned is no response that the API takes`
      : `${target.logicalId} failed: ${result.error.errorType}`,
  );
  return failureResponse(request, 'function');
}

/** Templates and their language are loaded with the first such request. */
async function callMapped(
  integration: MappedIntegration,
  routed: RoutedCall,
  host: FunctionHost,
): Promise<ApiResponse> {
  const { to } = integration;
  const place = to.kind === 'service' ? routed.services?.(to.called.service) : undefined;
  if (to.kind === 'service' && !place)
    return notEmulated(notHere(to.called.name, to.called.service), routed.tell);
  const { answerMapped } = await import('./rest/mapped.ts');
  const service = place && (await import('./aws-service/call.ts'));
  return answerMapped({
    ...routed,
    integration,
    async send(sent) {
      if (to.kind !== 'http' && to.kind !== 'service') throw new Error('nothing is sent');
      const { answerOf } = await import('./forward/index.ts');
      const { endpoint } = to.kind === 'http' ? to : to.called;
      return answerOf(sent, { ...routed, endpoint, limit: limitOf(routed) });
    },
    forService(body, overrides) {
      if (to.kind !== 'service' || !place || !service) throw new Error('no service is called');
      return service.serviceRequest({ ...routed, called: to.called, place }, body, overrides);
    },
    async call(event, asynchronous) {
      if (to.kind !== 'function') throw new Error('no function is called');
      const asked = call(event, routed, { host, to });
      if (asynchronous) {
        asked.catch((error: unknown) => routed.tell(String(error)));
        return Buffer.alloc(0);
      }
      const called = await asked;
      return 'refused' in called ? called.refused : called.result.payload;
    },
  });
}

/** What of a call is the caller's to say. */
interface Callee {
  readonly host: FunctionHost;
  readonly to: { readonly logicalId: string; readonly qualifier?: string };
  readonly stream?: ReturnType<typeof streamTo>;
}

type Called =
  | { readonly result: Exclude<InvokeResult, { readonly kind: 'throttled' }> }
  | { readonly refused: ApiResponse };

/** Calls a function as long as the API waits. */
async function call(event: string, routed: RoutedCall, { host, to, stream }: Callee): Promise<Called> {
  const { request, authorizer, tell } = routed;
  const fn = findFunction(host.functions, to.logicalId);
  if (!fn) return { refused: failureResponse(request, 'function') };
  const tenantId = fn.tenantIsolation ? tenantOf(request, authorizer) : undefined;
  if (fn.tenantIsolation && tenantId === undefined) return { refused: withoutTenant(fn, request, tell) };
  const invocation = host.invoke(fn, event, {
    ...(to.qualifier !== undefined && { qualifier: to.qualifier }),
    traceId: headerOf(request, 'x-amzn-trace-id'),
    cause: { kind: 'request', source: `${request.method} ${request.path}`, ids: [request.id] },
    ...(tenantId !== undefined && { tenantId }),
    ...(stream && { stream }),
  });
  const wait = limitOf(routed);
  // As in Lambda, the function goes on after the gateway gave up.
  const result = await inTime(invocation, wait);
  if (result === 'late') {
    tell(`${fn.logicalId} took longer than the ${wait / 1000} s that the API waits`);
    return { refused: failureResponse(request, 'timeout') };
  }
  if (result.kind === 'throttled') {
    tell(`${fn.logicalId} has no concurrency left`);
    return { refused: failureResponse(request, 'throttled') };
  }
  return { result };
}

function withoutTenant(fn: LocalFunction, request: ApiRequest, tell: RoutedCall['tell']): ApiResponse {
  const { tenantFrom, api } = request.route;
  const how =
    tenantFrom === undefined ? 'send X-Amz-Tenant-Id' : `its integration takes it from ${tenantFrom}`;
  tell(`${fn.logicalId} keeps tenants apart, and the request names none: ${how}`);
  const message = 'Internal server error';
  return api.kind === 'rest'
    ? refusal({ type: 'INTEGRATION_FAILURE', status: 500, message })
    : gatewayResponse(500, { message });
}
