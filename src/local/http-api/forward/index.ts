import type { JsonObject } from '../../../template/types.ts';
import type { ApiRequest } from '../request.ts';
import { type ApiResponse, failureResponse, gatewayResponse } from '../response.ts';
import { refusal } from '../rest/refusal.ts';
import { httpForwarded, httpPassedBack } from './http.ts';
import { passedBack, proxied } from './rest.ts';
import { type EndpointAnswer, type EndpointRequest, sendTo } from './send.ts';
import type { AnswerChanges, ContentHandling, HttpEndpoint } from './types.ts';

/** A request on its way to an endpoint. */
export interface Forwarding {
  readonly request: ApiRequest;
  readonly authorizer: JsonObject | undefined;
  readonly endpoint: HttpEndpoint;
  /** Milliseconds that the API waits. */
  readonly limit: number;
  /** Told why the API answers itself. */
  readonly tell: (why: string) => void;
}

/** Passes a request on to the endpoint of a proxy integration, and its answer back. */
export async function passOn(
  forwarding: Forwarding,
  {
    changes,
    contentHandling,
  }: {
    readonly changes: AnswerChanges;
    readonly contentHandling?: ContentHandling;
  },
): Promise<ApiResponse> {
  const { request, authorizer, endpoint, tell } = forwarding;
  const isRest = request.route.api.kind === 'rest';
  try {
    const sent = isRest
      ? proxied({ request, authorizer, endpoint }, contentHandling)
      : httpForwarded({ request, authorizer }, endpoint);
    const answer = await answerOf(sent, forwarding);
    if ('refused' in answer) return answer.refused;
    return isRest ? passedBack(answer, request) : httpPassedBack(answer, changes, { request, authorizer });
  } catch (error) {
    tell(`a mapping failed: ${error instanceof Error ? error.message : String(error)}`);
    return isRest
      ? refusal({ type: 'API_CONFIGURATION_ERROR', status: 500, message: 'Internal server error' })
      : failureResponse(request, 'function');
  }
}

/** What the endpoint answers, or what the API says in its place. */
export async function answerOf(
  sent: EndpointRequest,
  {
    request,
    endpoint,
    limit,
    tell,
  }: Pick<Forwarding, 'request' | 'limit' | 'tell'> & { readonly endpoint: Pick<HttpEndpoint, 'timeout'> },
): Promise<EndpointAnswer | { readonly refused: ApiResponse }> {
  const answer = await sendTo(sent, endpoint.timeout ?? limit);
  if (!('failed' in answer)) return answer;
  tell(`${sent.method} ${sent.origin}${sent.path} gave no answer: ${answer.why}`);
  if (answer.failed === 'late') return { refused: failureResponse(request, 'timeout') };
  const message = 'Network error communicating with endpoint';
  return {
    refused:
      request.route.api.kind === 'rest'
        ? refusal({ type: 'INTEGRATION_FAILURE', status: 504, message })
        : gatewayResponse(503, { message: 'Service Unavailable' }),
  };
}
