import { httpPassedBack, mappedText } from '../forward/http.ts';
import { answerOf, type Forwarding } from '../forward/index.ts';
import { mapped } from '../forward/rest.ts';
import type { EndpointRequest } from '../forward/send.ts';
import type { Payload } from '../forward/types.ts';
import { type ApiResponse, failureResponse } from '../response.ts';
import type { Overrides } from '../rest/vtl/variables.ts';
import { asSigned } from './sign.ts';
import { actionRequest } from './subtypes.ts';
import type { CalledAction, CalledService, ServicePlace } from './types.ts';

/** A request of a client, of which one to a service is made. */
type Asked = Pick<Forwarding, 'request' | 'authorizer'>;

/** What a REST API sends to a service: what its integration maps, in the protocol of the action that it names. */
export function serviceRequest(
  {
    request,
    authorizer,
    called,
    place,
  }: Asked & {
    readonly called: CalledService;
    readonly place: ServicePlace;
  },
  body: Payload,
  overrides: Overrides | undefined,
): EndpointRequest {
  const endpoint = { ...called.endpoint, origin: new URL(place.url).origin };
  return asSigned(
    mapped({ request, authorizer, endpoint, headers: called.headers }, body, overrides),
    called,
    place,
  );
}

/** Calls an action for an HTTP API, and passes its answer back. */
export async function callAction(
  asked: Asked & Pick<Forwarding, 'limit' | 'tell'>,
  called: CalledAction,
  place: ServicePlace,
): Promise<ApiResponse> {
  const { request, tell } = asked;
  try {
    const sent = asSigned(actionSent(asked, called, place), called, place);
    const answer = await answerOf(sent, { ...asked, endpoint: called });
    return 'refused' in answer ? answer.refused : httpPassedBack(answer, called.changes, asked);
  } catch (error) {
    tell(`a mapping failed: ${error instanceof Error ? error.message : String(error)}`);
    return failureResponse(request, 'function');
  }
}

function actionSent(
  asked: Asked,
  { subtype, parameters }: CalledAction,
  { url }: ServicePlace,
): EndpointRequest {
  const values = Object.entries(parameters)
    .map(([name, source]) => [name, mappedText(source, asked)] as const)
    // What the request does not have is not sent, and the service says what it misses.
    .filter(([, value]) => value !== '');
  const { path, headers, body } = actionRequest(subtype, Object.fromEntries(values));
  return { origin: new URL(url).origin, method: 'POST', path, headers, body: Buffer.from(body) };
}
