import { inTime } from '../../order/in-time.ts';
import { findByReference, isMissing } from '../functions/reference.ts';
import { mapOf } from '../functions/resolve.ts';
import { type ApiRequest, headerOf } from '../http-api/request.ts';
import { failureResponse, functionResponse } from '../http-api/response.ts';
import { findService } from '../service/find-service.ts';
import type { ServiceContext } from '../service/part.ts';
import { HERE_ORIGIN } from '../service/places.ts';
import type { WebSocketFunction, WebSocketPlan, WebSocketRoutePlan } from '../service/plan.ts';
import { type Called, type Failed, failed, failedAs, TIMEOUT } from './called.ts';
import { type Connection, type Step, webSocketEvent } from './event.ts';
import type { FunctionAnswer, PassedMessage } from './mapped.ts';
import { requestOf } from './request.ts';

type Target = WebSocketRoutePlan['target'];

/** Calls what is behind the route of a message, or of a client that comes or goes. */
export type CallRoute = (
  connection: Connection,
  routed: { readonly route: WebSocketRoutePlan; readonly requestId: string },
  step: Step,
) => Promise<Called>;

/**
 * Calls functions, services and endpoints of a service here.
 *
 * @param nameOf an API, for people
 */
export function routeCaller(context: ServiceContext, nameOf: (api: WebSocketPlan) => string): CallRoute {
  const { host, warn, endpoint } = context;
  const services = findService(context);

  /** Queues are named by the URLs that they have here. */
  const placed = <T extends Target>(target: T): T =>
    JSON.parse(JSON.stringify(target).replaceAll(HERE_ORIGIN, endpoint));

  return async (connection, { route: { key, target }, requestId }, step) => {
    const where = `${nameOf(connection.api)} ${key}`;
    const tell = (why: string): void => warn(`${where}: ${why}`);
    if (target.kind === 'unsupported') {
      tell(`not emulated: ${target.reason}`);
      return failed(501);
    }
    const event = webSocketEvent(connection, step, { routeKey: key, requestId });
    const body = step.kind === 'MESSAGE' ? step.body : '';
    const request = requestOf(connection, mapOf(event.requestContext), body);

    async function invoke(
      { arn, timeout = TIMEOUT }: WebSocketFunction,
      payload: string,
    ): Promise<FunctionAnswer | Failed> {
      const found = findByReference(host.functions, arn, null);
      if (isMissing(found)) {
        tell(found.message);
        return failed(502);
      }
      const invocation = host.invoke(found.fn, payload, {
        cause: { kind: 'websocket', source: where, ids: [connection.id] },
        ...(found.qualifier !== undefined && { qualifier: found.qualifier }),
      });
      const result = await inTime(invocation, timeout);
      if (result === 'late') {
        tell(`${found.fn.logicalId} took longer than the ${timeout / 1000} s that the API waits`);
        return failedAs(failureResponse(request, 'timeout'));
      }
      if (result.kind === 'throttled') {
        tell(`${found.fn.logicalId} has no concurrency left`);
        return failedAs(failureResponse(request, 'throttled'));
      }
      return { payload: result.payload, isError: result.kind !== 'success' };
    }

    if (target.kind === 'function') {
      const called = await invoke(target, JSON.stringify(event));
      return 'kind' in called ? called : ofProxy(called, { request, tell });
    }
    const message: PassedMessage = {
      connection,
      request,
      context: mapOf(event.requestContext),
      services,
      invoke,
      tell,
    };
    try {
      // Templates and their language are loaded with the first of them.
      const { callEndpoint, callMapped } = await import('./mapped.ts');
      const called =
        target.kind === 'mapped'
          ? await callMapped(message, placed(target))
          : await callEndpoint(message, placed(target));
      if (called.kind === 'done' && called.status >= 400)
        tell(`${called.status}: ${called.body.slice(0, 300)}`);
      return called;
    } catch (error) {
      tell(error instanceof Error ? error.message : String(error));
      return failed(500);
    }
  };
}

/** What a function behind a proxy integration answers: as REST APIs take it. middyjs/middy#1219 */
function ofProxy(
  { payload, isError }: FunctionAnswer,
  { request, tell }: { readonly request: ApiRequest; readonly tell: (why: string) => void },
): Called {
  if (isError) return failedAs(failureResponse(request, 'function'));
  const answer = functionResponse(request, payload);
  if (!answer) {
    tell(
      `what the function returned is no response that API Gateway takes, such as {"statusCode": 200}: ${payload.toString().slice(0, 200)}`,
    );
    return failedAs(failureResponse(request, 'function'));
  }
  const protocol = headerOf(answer, 'sec-websocket-protocol');
  return {
    kind: 'done',
    status: answer.status,
    body: answer.body.toString(),
    ...(protocol !== undefined && { protocol }),
  };
}
