import type { Json, JsonObject } from '../../../../template/types.ts';
import { PathError, readPath } from '../../../state-machines/language/path.ts';
import { contextV1 } from '../../event-v1.ts';
import { type ApiRequest, decodedParameters } from '../../request.ts';
import { fromJson, isMap, javaText, type VtlValue } from './java.ts';

/** What a template may change of the request or of the answer. */
export interface Overrides {
  readonly requestOverride: { readonly header: object; readonly path: object; readonly querystring: object };
  readonly responseOverride: { readonly header: Record<string, VtlValue>; status?: VtlValue };
}

/** What a template works with. */
export interface TemplateInput {
  readonly request: ApiRequest;
  readonly authorizer: JsonObject | undefined;
  /** Of the request, or what the integration answered. */
  readonly body: string;
  /** Of WebSocket APIs, which have another one. */
  readonly context?: JsonObject;
  /** What the template of the request changed: that of the answer sees it. */
  readonly overrides?: Overrides | undefined;
}

/**
 * `$input`, `$context`, `$util` and `$stageVariables`.
 *
 * Source: API Gateway developer guide, "Variables for data transformations for API Gateway".
 */
export function templateVariables({
  request,
  authorizer,
  body,
  context,
  overrides = {
    requestOverride: { header: {}, path: {}, querystring: {} },
    responseOverride: { header: {} },
  },
}: TemplateInput): { readonly variables: Record<string, VtlValue>; readonly overrides: Overrides } {
  const variables = {
    input: inputOf(request, body),
    context: { ...(fromJson(context ?? contextV1(request, authorizer)) as object), ...overrides },
    stageVariables: { ...request.route.api.stageVariables },
    util: UTIL,
  };
  return { variables, overrides };
}

function inputOf(request: ApiRequest, body: string): object {
  const params = {
    path: decodedParameters(request),
    querystring: Object.fromEntries(new URLSearchParams(request.query)),
    header: Object.fromEntries(request.headers),
  };
  const at = (path: VtlValue): Json => valueAt(body, String(path));
  return {
    // Seen at AWS by LocalStack (its pull request 12413).
    body: body === '' ? '{}' : body,
    path: (path: VtlValue) => fromJson(at(path)),
    json: (path: VtlValue) => JSON.stringify(at(path)),
    params: (name?: VtlValue) => {
      if (name === undefined) return params;
      const wanted = String(name);
      const [, header = ''] =
        request.headers.find(([each]) => each.toLowerCase() === wanted.toLowerCase()) ?? [];
      for (const from of [params.path, params.querystring])
        if (Object.hasOwn(from, wanted)) return from[wanted];
      return header;
    },
  };
}

/** A value of a body, where there is one; else an empty text. A body that is no JSON is a text. */
export function valueAt(body: string, path: string): Json {
  try {
    return readPath(path, { input: parsed(body), context: {}, variable: () => undefined });
  } catch (error) {
    if (error instanceof PathError) return '';
    throw error;
  }
}

function parsed(body: string): Json {
  try {
    return body === '' ? {} : JSON.parse(body);
  } catch {
    return body;
  }
}

const UTIL = {
  escapeJavaScript: (value: VtlValue) => escaped(textOf(value)),
  parseJson: (text: VtlValue) => fromJson(JSON.parse(textOf(text))),
  // As forms are encoded: spaces are `+`, and more is escaped than in addresses.
  urlEncode: (text: VtlValue) => new URLSearchParams([['', textOf(text)]]).toString().slice(1),
  urlDecode: (text: VtlValue) => decodeURIComponent(textOf(text).replaceAll('+', ' ')),
  base64Encode: (text: VtlValue) => Buffer.from(textOf(text)).toString('base64'),
  base64Decode: (text: VtlValue) => Buffer.from(textOf(text), 'base64').toString(),
};

const textOf = (value: VtlValue): string =>
  isMap(value) ? JSON.stringify(value) : value === undefined || value === null ? '' : javaText(value);

const SHORT: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\n': '\\n',
  '\t': '\\t',
  '\f': '\\f',
  '\r': '\\r',
};

/** As Commons Lang does it: with quotes of both kinds and slashes, and all that is not ASCII by its number. */
const escaped = (text: string): string =>
  text.replace(
    /['"\\/]|[^\x20-\x7f]/g,
    (character) =>
      SHORT[character] ??
      (character >= ' ' && character <= '\x7f'
        ? `\\${character}`
        : `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`),
  );
