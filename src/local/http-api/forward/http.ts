import type { JsonObject } from '../../../template/types.ts';
import { text } from '../../functions/resolve.ts';
import type { ApiRequest } from '../request.ts';
import type { ApiResponse } from '../response.ts';
import { valueAt } from '../rest/vtl/variables.ts';
import { sourceValue } from '../sources.ts';
import { pathAndQuery } from './rest.ts';
import { type EndpointAnswer, type EndpointRequest, withoutConnection } from './send.ts';
import type { AnswerChanges, HttpEndpoint, PassedHeaders } from './types.ts';

/** What a mapping of an HTTP API takes its values from. */
interface Sources {
  readonly request: ApiRequest;
  readonly authorizer: JsonObject | undefined;
  /** Of the integration, once there is one. */
  readonly answer?: EndpointAnswer;
}

/**
 * A request as an HTTP API passes it on.
 *
 * Source: API Gateway developer guide, "Transform API requests and responses for HTTP APIs".
 */
export function httpForwarded(
  { request, authorizer }: Sources,
  { origin, path, query, method, parameters }: HttpEndpoint,
): EndpointRequest {
  const sources = { request, authorizer };
  const other = parameters['overwrite:path'];
  const own =
    other === undefined
      ? path.replace(/\{(\w+)\+?\}/g, (whole, name: string) => {
          const value = request.parameters[name];
          if (value === undefined) throw new Error(`no parameter of the route is ${whole} of its address`);
          return value;
        })
      : encodedPath(writtenText(other, sources));
  const sent: PassedHeaders = [...new URLSearchParams(request.query)];
  const asked = changed(sent, 'querystring', { parameters, sources });
  const written =
    asked === sent
      ? request.query
      : String(new URLSearchParams(asked.map(([name, value]): [string, string] => [name, value])));
  return {
    origin,
    method: method === 'ANY' ? request.method : method,
    path: pathAndQuery(own, [query, written]),
    headers: withoutConnection(
      changed(withoutConnection(request.headers), 'header', { parameters, sources }),
    ),
    body: request.body,
  };
}

/** A path of values that are not encoded. */
const encodedPath = (path: string): string =>
  encodeURI(path)
    .replace(/[?#]/g, encodeURIComponent)
    .replace(/^(?!\/)/, '/');

/** An answer as an HTTP API passes it back, changed as its status has it. */
export function httpPassedBack(
  answer: EndpointAnswer,
  changes: AnswerChanges,
  sources: Sources,
): ApiResponse {
  const parameters = changes[String(answer.status)] ?? {};
  const all = { parameters, sources: { ...sources, answer } };
  const status = parameters['overwrite:statuscode'];
  return {
    status: (status !== undefined && Number(writtenText(status, all.sources))) || answer.status,
    headers: changed(withoutConnection(answer.headers), 'header', all),
    body: answer.body,
  };
}

const sameName = (one: string, other: string, part: 'header' | 'querystring'): boolean =>
  part === 'header' ? one.toLowerCase() === other.toLowerCase() : one === other;

/** Headers or parameters after `append:`, `overwrite:` and `remove:`. */
function changed(
  pairs: PassedHeaders,
  part: 'header' | 'querystring',
  {
    parameters,
    sources,
  }: { readonly parameters: Readonly<Record<string, string>>; readonly sources: Sources },
): PassedHeaders {
  let now = pairs;
  for (const [destination, source] of Object.entries(parameters)) {
    const [, act, of, name] =
      /^(append|overwrite|remove):(header|querystring)\.(.+)$/.exec(destination) ?? [];
    if (of !== part || name === undefined) continue;
    const value = act === 'remove' ? undefined : writtenText(source, sources);
    if (act !== 'append') now = now.filter(([each]) => !sameName(each, name, part));
    if (value !== undefined && value !== '') now = [...now, [name, value]];
  }
  return now;
}

const EXPRESSION = String.raw`\$((?:request|response|context|stageVariables)\.`;
/** Nothing but one. */
const ALL = new RegExp(`^${EXPRESSION}[^\\s$]+)$`);
/** One in a text, with braces around it or without. Source: serverless-patterns, `apigw-eventbridge`. */
const PART = new RegExp(String.raw`\$\{([^}]+)\}|${EXPRESSION}[\w.-]*\w)`, 'g');

/** `$request.header.x`, or a text with `${request.header.x}` in it; nothing where the request has not all of it. */
export function mappedText(source: string, sources: Sources): string | undefined {
  const { text: written, isWhole } = evaluated(source, sources);
  return isWhole ? written : undefined;
}

/** The same, where what the request does not have is empty. */
const writtenText = (source: string, sources: Sources): string => evaluated(source, sources).text;

function evaluated(source: string, sources: Sources): { readonly text: string; readonly isWhole: boolean } {
  const [, all] = ALL.exec(source) ?? [];
  let isWhole = true;
  const found = (name: string): string => {
    const value = mappedValue(name, sources);
    if (value === undefined) isWhole = false;
    return value ?? '';
  };
  const written =
    all === undefined
      ? source.replace(PART, (_, braced?: string, bare?: string) => found(braced ?? bare ?? ''))
      : found(all);
  return { text: written, isWhole };
}

function mappedValue(name: string, { request, authorizer, answer }: Sources): string | undefined {
  const [, whose, part, key = ''] =
    /^(request|response)\.(header|body|path|querystring)(?:\.(.+))?$/.exec(name) ?? [];
  if (whose === 'request' && part === 'path' && key === '') return request.path;
  if (part === 'body') {
    const body = (whose === 'request' ? request.body : answer?.body)?.toString() ?? '';
    const value = key === '' ? body : valueAt(body, `$.${key}`);
    return value === '' ? undefined : text(value);
  }
  if (whose === 'response') {
    return answer?.headers.find(
      ([each]) => part === 'header' && each.toLowerCase() === key.toLowerCase(),
    )?.[1];
  }
  // Several values of one name are one, with commas. Source: "Create AWS service integrations for HTTP APIs".
  if (part === 'header' || part === 'querystring') {
    const pairs = part === 'header' ? request.headers : [...new URLSearchParams(request.query)];
    const values = pairs.filter(([each]) => sameName(each, key, part)).map(([, value]) => value);
    return values.length === 0 ? undefined : values.join(',');
  }
  return sourceValue(name, request, authorizer);
}
