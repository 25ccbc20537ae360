import { httpPassedBack, mappedText } from '../forward/http.ts';
import { answerOf, type Forwarding } from '../forward/index.ts';
import { mapped } from '../forward/rest.ts';
import type { EndpointRequest } from '../forward/send.ts';
import type { Payload } from '../forward/types.ts';
import { type ApiResponse, failureResponse, gatewayResponse } from '../response.ts';
import type { Overrides } from '../rest/vtl/variables.ts';
import { asSigned } from './sign.ts';
import { ActionError, actionRequest } from './subtypes.ts';
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
    if (error instanceof ActionError) {
      tell(`400: ${called.subtype}: ${error.message}`);
      return gatewayResponse(400, { message: error.message });
    }
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
    .map(([name, source]) => {
      const value = mappedText(source, asked);
      if (value !== undefined) return [name, value] as const;
      // Seen at AWS, also for parameters that an action can do without: hashicorp/terraform-provider-aws#19443.
      throw new ActionError(
        `Unable to resolve property ${name} from source ${source}. Please make sure that the request to API Gateway contains all the necessary fields specified in request parameters.`,
      );
    })
    .filter(([, value]) => value !== '');
  const { body, ...sent } = actionRequest(subtype, Object.fromEntries(values));
  return { ...sent, origin: new URL(url).origin, body: Buffer.from(body) };
}
