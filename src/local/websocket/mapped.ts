import { LIMITS } from '../../limits.ts';
import { type JsonObject, own } from '../../template/types.ts';
import { text } from '../functions/resolve.ts';
import { serviceRequest } from '../http-api/aws-service/call.ts';
import type { CalledService, FindService } from '../http-api/aws-service/types.ts';
import { answerOf } from '../http-api/forward/index.ts';
import { mapped, proxied } from '../http-api/forward/rest.ts';
import type { EndpointRequest } from '../http-api/forward/send.ts';
import type { HttpEndpoint, Payload } from '../http-api/forward/types.ts';
import { type ApiRequest, apiId, headerOf } from '../http-api/request.ts';
import { answerPayload, textPayload, toBinary } from '../http-api/rest/content.ts';
import { errorMessageIn, isJson, mockStatus, passesThrough } from '../http-api/rest/selection.ts';
import { renderTemplate } from '../http-api/rest/vtl/engine.ts';
import { templateVariables, valueAt } from '../http-api/rest/vtl/variables.ts';
import { sourceValue } from '../http-api/sources.ts';
import type {
  MappedWebSocketResponse,
  MappedWebSocketTarget,
  WebSocketEndpoint,
  WebSocketFunction,
} from '../service/plan.ts';
import { type Called, type Failed, failed, failedAs, TIMEOUT } from './called.ts';
import type { Connection } from './event.ts';
import { messageHeaders } from './request.ts';
import { type SelectedAnswer, selectedKey } from './selection.ts';

/** Milliseconds that a function may run: nobody waits for one that is called asynchronously. */
const LONGEST_FUNCTION = LIMITS.function.managedTimeout * 1000;

/** A message on its way through an integration. */
export interface PassedMessage {
  readonly connection: Connection;
  /** The message; its body is empty where a client comes or goes. */
  readonly request: ApiRequest;
  /** What a function behind a proxy integration would get as `requestContext`. */
  readonly context: JsonObject;
  readonly services: FindService;
  /** Calls a function; what it answers, also as it fails. */
  readonly invoke: (fn: WebSocketFunction, event: string) => Promise<FunctionAnswer | Failed>;
  /** Told why there is no answer. */
  readonly tell: (why: string) => void;
}

/** What a function answers, also as it fails. */
export interface FunctionAnswer {
  readonly payload: Buffer;
  readonly isError: boolean;
}

/** What the integration answered, before it is mapped. */
interface Answered extends SelectedAnswer {
  readonly body: Buffer;
  /** What the keys of responses are tried on: the status, or the message of a function's error. */
  readonly selection: string;
  /** Of a function. */
  readonly isError?: boolean;
}

/**
 * Maps a message, calls what is behind the integration, and maps its answer.
 *
 * Source: API Gateway developer guide, "WebSocket API mapping template reference for API Gateway" and "Set up data mapping for
 * WebSocket APIs in API Gateway".
 *
 * @throws Error where a mapping fails
 */
export async function callMapped(message: PassedMessage, target: MappedWebSocketTarget): Promise<Called> {
  const payload = payloadOf(message, target);
  if (payload === undefined) return failed(415, 'Unsupported Media Type');
  const answer = await ask(payload, message, target);
  if ('kind' in answer) return answer;
  const response = responseFor(answer.selection, target.responses);
  if (!response && answer.isError) return failed(502);
  const body = response ? mappedBody(answer, message, response) : answer.body;
  return { kind: 'done', status: Number(answer.status), body: body.toString() };
}

/**
 * Passes a message on to an endpoint as it is, and its answer back.
 *
 * The headers of the request that opens a connection go with it; its query does not, unless it is mapped. Source: Amazon API
 * Gateway Developer Guide, "Set up data mapping for WebSocket APIs in API Gateway"; and the logs of such an API, as they stand
 * in Stack Overflow's question 67640010.
 *
 * @throws Error where a mapping fails
 */
export async function callEndpoint(
  message: PassedMessage,
  { endpoint, contentHandling }: WebSocketEndpoint,
): Promise<Called> {
  const { request } = message;
  const { headers } = request;
  const agent = ['User-Agent', `AmazonAPIGateway_${apiId(request.route.api.logicalId)}`] as const;
  const sent = proxied(
    {
      request: {
        ...request,
        query: '',
        headers: [
          ...(headers.length > 0 ? headers : messageHeaders()),
          ...(headerOf(request, 'user-agent') === undefined ? [agent] : []),
        ],
      },
      authorizer: undefined,
      endpoint: withValues(endpoint, message),
    },
    contentHandling,
  );
  const answer = await send(sent, endpoint, message);
  if ('kind' in answer) return answer;
  const protocol = headerOf(answer, 'sec-websocket-protocol');
  return {
    kind: 'done',
    status: Number(answer.status),
    body: answer.body.toString(),
    ...(protocol !== undefined && { protocol }),
  };
}

/** What an integration gets; nothing where it does not take the message. */
function payloadOf(message: PassedMessage, target: MappedWebSocketTarget): Payload | undefined {
  const { templates, selection, contentHandling } = target;
  const body = message.request.body.toString();
  const key = selection === undefined ? '$default' : selectedKey(selection, body);
  // An empty template is none.
  const template = (own(templates, key) ?? templates.$default ?? templates['application/json']) || undefined;
  if (template !== undefined) return toBinary(rendered(template, message, body), contentHandling);
  if (passesThrough(target)) return toBinary(body, contentHandling);
  message.tell(`no request template is for ${JSON.stringify(key)}`);
  return undefined;
}

async function ask(
  payload: Payload,
  message: PassedMessage,
  { to, templates }: MappedWebSocketTarget,
): Promise<Answered | Failed> {
  switch (to.kind) {
    case 'http': {
      const endpoint = withValues(to.endpoint, message);
      const request = outgoing(message.request);
      return send(
        mapped({ request, authorizer: undefined, endpoint }, payload, undefined),
        endpoint,
        message,
      );
    }
    case 'service':
      return askService(to.called, payload, message);
    case 'mock': {
      const status = mockStatus(payload.toString());
      // One without templates says nothing, and takes everything.
      if (status === undefined && Object.keys(templates).length > 0)
        throw new Error('the request template of a mock must give {"statusCode": 200}');
      return answeredWith(status ?? '200', Buffer.alloc(0));
    }
    case 'function': {
      const event = payload.toString();
      if (event !== '' && !isJson(event)) {
        message.tell(`what the function would get is no JSON: ${event.slice(0, 200)}`);
        return failed(400, 'Could not parse request body into json');
      }
      const isLeft = to.invocationType !== undefined && sourceOf(to.invocationType, message) === 'Event';
      const fn = isLeft ? { ...to, timeout: LONGEST_FUNCTION } : to;
      const called = message.invoke(fn, event === '' ? '{}' : event);
      if (isLeft) {
        called.catch((error: unknown) => message.tell(String(error)));
        return answeredWith('202', Buffer.alloc(0));
      }
      const answer = await called;
      if ('kind' in answer) return answer;
      const { payload: body, isError } = answer;
      // An integration that fails refuses a client, whatever it says.
      const answered = { ...answeredWith(isError ? '502' : '200', body), isError };
      const error = errorMessageIn(body.toString());
      return error === undefined ? answered : { ...answered, selection: error };
    }
  }
}

async function askService(
  called: CalledService,
  payload: Payload,
  message: PassedMessage,
): Promise<Answered | Failed> {
  const place = message.services(called.service);
  if (!place) {
    message.tell(
      `${called.name}: nothing of ${called.service} is here: name an emulator in the input backend`,
    );
    return failed(501);
  }
  const endpoint = withValues(called.endpoint, message);
  const request = outgoing(message.request);
  const asked = { request, authorizer: undefined, called: { ...called, endpoint }, place };
  return send(serviceRequest(asked, payload, undefined), endpoint, message);
}

const answeredWith = (status: string, body: Buffer): Answered => ({
  status,
  body,
  headers: [],
  selection: status,
});

/** Integrations that map messages get no headers of the client's but those that are mapped. */
const outgoing = (request: ApiRequest): ApiRequest => ({ ...request, headers: messageHeaders() });

async function send(
  sent: EndpointRequest,
  endpoint: Pick<HttpEndpoint, 'timeout'>,
  { request, tell }: PassedMessage,
): Promise<Answered | Failed> {
  const answer = await answerOf(sent, { request, endpoint, limit: TIMEOUT, tell });
  if ('refused' in answer) return failedAs(answer.refused);
  return { ...answer, status: String(answer.status), selection: String(answer.status) };
}

const responseFor = (
  selection: string,
  responses: readonly MappedWebSocketResponse[],
): MappedWebSocketResponse | undefined =>
  responses.find(({ key }) => isFor(key, selection)) ?? responses.find(({ key }) => key === '$default');

function mappedBody(answer: Answered, message: PassedMessage, response: MappedWebSocketResponse): Payload {
  const { contentHandling } = response;
  // APIs of this kind have no binary media types: whatever is to become text is Base64.
  const isBinary = contentHandling === 'CONVERT_TO_TEXT';
  const payload = answerPayload({ body: answer.body, isBinary }, message.request, contentHandling);
  const template = responseTemplate(response, message.request.body.toString(), answer) || undefined;
  const written =
    template === undefined ? payload : rendered(template, message, textPayload(payload, 'response'));
  return toBinary(written, contentHandling);
}

/** Without an expression that selects one, an only template is for all answers: aws/aws-cdk#19037. */
function responseTemplate(
  { templates, selection }: MappedWebSocketResponse,
  body: string,
  answer: Answered,
): string | undefined {
  if (selection !== undefined)
    return own(templates, selectedKey(selection, body, answer)) ?? templates.$default;
  return templates.$default ?? templates['application/json'] ?? Object.values(templates)[0];
}

/** `/4\d\d/` is a pattern, `200` a text. */
function isFor(key: string, selection: string): boolean {
  const [, pattern] = /^\/(.+)\/$/.exec(key) ?? [];
  return pattern === undefined ? key === selection : new RegExp(`^(?:${pattern})$`, 's').test(selection);
}

function rendered(template: string, { request, context, connection }: PassedMessage, body: string): string {
  const { authorizer } = connection;
  return renderTemplate(template, templateVariables({ request, authorizer, body, context }).variables);
}

/** Mappings of REST APIs know nothing of messages: they get values as literals. */
function withValues<T extends Pick<HttpEndpoint, 'parameters'>>(endpoint: T, message: PassedMessage): T {
  const parameters = Object.entries(endpoint.parameters).flatMap(([name, source]) => {
    const value = sourceOf(source, message);
    return value === undefined ? [] : [[name, `'${value}'`]];
  });
  return { ...endpoint, parameters: Object.fromEntries(parameters) };
}

/** `route.request.body.x`, `context.x`, `stageVariables.x`, `'text'`; where a client comes, `route.request.header.x`, too. */
function sourceOf(source: string, { request, context }: PassedMessage): string | undefined {
  const [, path] = /^route\.request\.body\.(.+)$/.exec(source) ?? [];
  if (path !== undefined) return shown(valueAt(request.body.toString(), `$.${path}`));
  const [, name] = /^context\.(.+)$/.exec(source) ?? [];
  if (name !== undefined) return shown(valueAt(JSON.stringify(context), `$.${name}`));
  const [, part, several = ''] = /^route\.request\.multivalue(header|querystring)\.(.+)$/i.exec(source) ?? [];
  if (part === undefined) return sourceValue(source.replace(/^route\./, 'method.'), request);
  const pairs = part === 'header' ? request.headers : [...new URLSearchParams(request.query)];
  const isMeant = (each: string): boolean =>
    part === 'header' ? each.toLowerCase() === several.toLowerCase() : each === several;
  const values = pairs.filter(([each]) => isMeant(each)).map(([, value]) => value);
  return values.length === 0 ? undefined : values.join(',');
}

const shown = (value: ReturnType<typeof valueAt>): string | undefined =>
  value === '' ? undefined : text(value);
