import { type JsonObject, own } from '../../template/types.ts';
import { text } from '../functions/resolve.ts';
import { serviceRequest } from '../http-api/aws-service/call.ts';
import type { FindService } from '../http-api/aws-service/types.ts';
import { sendTo } from '../http-api/forward/send.ts';
import { type ApiRequest, headersOf } from '../http-api/request.ts';
import { javaMatches } from '../http-api/rest/java-pattern.ts';
import { renderTemplate } from '../http-api/rest/vtl/engine.ts';
import { templateVariables, valueAt } from '../http-api/rest/vtl/variables.ts';
import { sourceValue } from '../http-api/sources.ts';
import type { MappedWebSocketTarget } from '../service/plan.ts';
import type { Connection } from './event.ts';

/** Milliseconds. Source: Amazon API Gateway Developer Guide, "Quotas for configuring and running a WebSocket API". */
const TIMEOUT = 29_000;

/** A message on its way through an integration that maps it. */
export interface MappedMessage {
  readonly connection: Connection;
  readonly target: MappedWebSocketTarget;
  /** Empty where a client comes or goes. */
  readonly body: string;
  /** What a function behind a proxy integration would get as `requestContext`. */
  readonly context: JsonObject;
  readonly services: FindService;
  /** Calls a function. */
  readonly invoke: (arn: string, event: string) => Promise<string | undefined>;
}

/**
 * Maps a message, calls what is behind the integration, and maps its answer.
 *
 * Source: API Gateway developer guide, "WebSocket API mapping template reference for API Gateway" and "Set up data mapping for
 * WebSocket APIs in API Gateway".
 *
 * @returns nothing where a function failed
 * @throws Error where there is nothing to call, or a template fails
 */
export async function callMapped(
  message: MappedMessage,
): Promise<{ readonly status: number; readonly body: string } | undefined> {
  const { target, body } = message;
  const { to } = target;
  const template = chosenTemplate(target, body);
  if (template === undefined && target.passthrough !== 'WHEN_NO_MATCH')
    throw new Error(`no request template is for ${JSON.stringify(keyOf(target.selection, body))}`);
  const request = { ...requestOf(message, body), headers: [JSON_TYPE] };
  const sent = template === undefined ? body : rendered(template, message, body);
  if (to.kind === 'function') {
    const answer = await message.invoke(to.arn, sent === '' ? '{}' : sent);
    return answer === undefined ? undefined : answered({ status: 200, body: answer }, message);
  }
  const { called } = to;
  const place = message.services(called.service);
  if (!place)
    throw new Error(
      `${called.name}: nothing of ${called.service} is here: name an emulator in the input backend`,
    );
  const parameters = Object.fromEntries(
    Object.entries(called.endpoint.parameters).flatMap(([name, source]) => {
      const value = sourceOf(source, message);
      return value === undefined ? [] : [[name, `'${value}'`]];
    }),
  );
  const asked = { ...called, endpoint: { ...called.endpoint, parameters } };
  const answer = await sendTo(
    serviceRequest({ request, authorizer: undefined, called: asked, place }, sent, undefined),
    called.endpoint.timeout ?? TIMEOUT,
  );
  if ('failed' in answer) throw new Error(`${called.name} gave no answer: ${answer.why}`);
  return answered({ status: answer.status, body: answer.body.toString() }, message);
}

const rendered = (template: string, message: MappedMessage, body: string): string =>
  renderTemplate(template, variablesOf(message, body));

function variablesOf(message: MappedMessage, body: string) {
  const { context, connection } = message;
  const request = requestOf(message, body);
  return templateVariables({ request, authorizer: connection.authorizer, body, context }).variables;
}

/** The first response that is for a status, with its template. */
function answered(
  { status, body }: { readonly status: number; readonly body: string },
  message: MappedMessage,
): { readonly status: number; readonly body: string } {
  const { responses } = message.target;
  const response =
    responses.find(({ key }) => isFor(key, status)) ?? responses.find(({ key }) => key === '$default');
  const template =
    response && (own(response.templates, keyOf(response.selection, body)) ?? response.templates.$default);
  return { status, body: template ? rendered(template, message, body) : body };
}

/** `/4\d\d/` */
function isFor(key: string, status: number): boolean {
  const [, pattern] = /^\/(.+)\/$/.exec(key) ?? [];
  return pattern !== undefined && javaMatches(pattern, String(status));
}

const chosenTemplate = ({ templates, selection }: MappedWebSocketTarget, body: string): string | undefined =>
  own(templates, keyOf(selection, body)) ?? templates.$default ?? templates['application/json'];

/** `\$default` is a text, `${request.body.action}` and `$request.body.action` a value of the message. */
function keyOf(selection: string | undefined, body: string): string {
  if (selection === undefined) return '$default';
  return selection
    .replace(/(?<!\\)\$\{?request\.body\.([\w.]+)\}?/g, (_, path: string) => text(valueAt(body, `$.${path}`)))
    .replaceAll('\\$', '$');
}

/** `route.request.body.x`, `context.x`, `stageVariables.x`, `'text'`. */
function sourceOf(source: string, message: MappedMessage): string | undefined {
  const { body, context } = message;
  const [, path] = /^route\.request\.body\.(.+)$/.exec(source) ?? [];
  if (path !== undefined) return shown(valueAt(body, `$.${path}`));
  const [, name] = /^context\.(.+)$/.exec(source) ?? [];
  if (name !== undefined) return shown(valueAt(JSON.stringify(context), `$.${name}`));
  return sourceValue(source.replace(/^route\./, 'method.'), requestOf(message, body));
}

const shown = (value: ReturnType<typeof valueAt>): string | undefined =>
  value === '' ? undefined : text(value);

/** What a template sees of the request; headers and a query are only where a client comes. */
function requestOf({ connection, context }: MappedMessage, body: string): ApiRequest {
  const { api, request } = connection;
  const [, query = ''] = (request.url ?? '').split('?');
  const comes = context.eventType === 'CONNECT';
  return {
    id: text(context.requestId ?? ''),
    method: 'POST',
    path: '/',
    query: comes ? query : '',
    headers: comes ? headersOf(request) : [],
    body: Buffer.from(body),
    sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
    time: new Date(),
    route: {
      api: {
        kind: 'rest',
        logicalId: api.logicalId,
        stage: api.stage,
        stageVariables: api.stageVariables,
        binaryMediaTypes: [],
      },
      method: 'POST',
      path: '/',
      target: { kind: 'unsupported', reason: 'it is a message' },
      payloadVersion: '1.0',
    },
    parameters: {},
    account: '',
    region: '',
  };
}

const JSON_TYPE = ['Content-Type', 'application/json'] as const;
