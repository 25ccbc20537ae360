import type { ContentHandling, Payload } from '../forward/types.ts';
import { mediaTypeMatches } from '../media-types.ts';
import { type ApiRequest, headerOf } from '../request.ts';

/** What an integration says, where it is one of the two. */
export const contentHandlingOf = (given: unknown): { readonly contentHandling?: ContentHandling } =>
  given === 'CONVERT_TO_TEXT' || given === 'CONVERT_TO_BINARY' ? { contentHandling: given } : {};

/** Whether a REST API takes bodies of a media type for binary. */
export const isBinaryType = (request: Pick<ApiRequest, 'route'>, type: string | undefined): boolean =>
  mediaTypeMatches(request.route.api.binaryMediaTypes, type);

/**
 * The body of a request before a template may read it. Whoever has no template converts it on: {@link toBinary}.
 *
 * Source: API Gateway developer guide, "Content type conversions in API Gateway"; what that leaves open was seen at AWS by
 * LocalStack (its pull request 12215).
 */
export const requestPayload = (request: ApiRequest, handling: ContentHandling | undefined): Payload =>
  isBinaryType(request, headerOf(request, 'content-type'))
    ? asBinary(request.body, handling)
    : request.body.toString();

/** The same of what an integration answered. */
export function answerPayload(
  { body, isBinary }: { readonly body: Buffer; readonly isBinary: boolean },
  request: ApiRequest,
  handling: ContentHandling | undefined,
): Payload {
  if (!isBinary) return body.toString();
  const isText = handling === undefined && !isBinaryType(request, headerOf(request, 'accept'));
  return asBinary(body, isText ? 'CONVERT_TO_TEXT' : handling);
}

/** An answer that no template wrote. */
interface PlainAnswer {
  readonly handling: ContentHandling | undefined;
  readonly isBinary: boolean;
  /** Functions answer in JSON, where Base64 is a text in quotes. */
  readonly isJson?: boolean;
}

/**
 * What the client gets of an answer that no template wrote: text is decoded for those who accept binary types.
 *
 * @throws Error where it is no Base64
 */
export function clientPayload(
  payload: Payload,
  request: ApiRequest,
  { handling, isBinary, isJson = false }: PlainAnswer,
): Payload {
  const decodes =
    handling === 'CONVERT_TO_BINARY' ||
    (handling === undefined && !isBinary && isBinaryType(request, headerOf(request, 'accept')));
  if (!decodes || typeof payload !== 'string') return payload;
  return fromBase64(isJson ? payload.replace(/^"(.*)"$/s, '$1') : payload);
}

const asBinary = (body: Buffer, handling: ContentHandling | undefined): Payload =>
  handling === 'CONVERT_TO_TEXT' ? body.toString('base64') : body;

/**
 * Text becomes the bytes that it stands for, where these are wanted.
 *
 * @throws Error where it is no Base64
 */
export const toBinary = (payload: Payload, handling: ContentHandling | undefined): Payload =>
  typeof payload === 'string' && handling === 'CONVERT_TO_BINARY' ? fromBase64(payload) : payload;

/**
 * The bytes of a text in Base64.
 *
 * @throws Error where it has other characters, or ends too early: Node would leave these out
 */
export function fromBase64(text: string): Buffer {
  const [, letters = '', padding = ''] = /^([A-Za-z0-9+/]*)(={0,2})$/.exec(text) ?? [];
  const isWhole = letters.length + padding.length === text.length && letters.length % 4 !== 1;
  if (!isWhole || (padding !== '' && text.length % 4 !== 0))
    throw new Error(`it is to become binary, and is no Base64: ${JSON.stringify(text.slice(0, 40))}`);
  return Buffer.from(text, 'base64');
}

/**
 * What a template reads.
 *
 * @throws Error where it is binary: templates read text only
 */
export function textPayload(payload: Payload, whose: 'request' | 'response'): string {
  if (typeof payload === 'string') return payload;
  throw new Error(
    `unable to transform the ${whose}: its body is of a binary media type, and a template reads text only. Set contentHandling to CONVERT_TO_TEXT in its integration${whose === 'response' ? ' response' : ''}`,
  );
}
