import { createHash, createHmac } from 'node:crypto';
import { isObject, type JsonObject } from '../../template/types.ts';
import { fetchFailure } from '../fetch-failure.ts';
import type { RemoteEndpoint } from '../service/part.ts';

/** A call of a service that speaks JSON. */
export interface RemoteCall {
  /** As requests are signed: `sqs`. */
  readonly service: string;
  /** First part of its host, where it is another one. */
  readonly host?: string;
  readonly target: string;
  readonly version: '1.0' | '1.1';
  readonly input: JsonObject;
}

/** A call that was refused, or that nobody answered as AWS does; `code` is the service's, or one of ours. */
export class RemoteError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Calls a service at an endpoint, or at AWS.
 *
 * @throws RemoteError when it is refused, or nobody answers
 */
export async function callRemote(
  remote: RemoteEndpoint,
  call: RemoteCall,
  signal: AbortSignal,
): Promise<JsonObject> {
  const url = new URL(remote.url ?? `https://${call.host ?? call.service}.${remote.region}.amazonaws.com/`);
  const body = JSON.stringify(call.input);
  const response = await fetchRemote(url, {
    method: 'POST',
    headers: signedHeaders(remote, {
      service: call.service,
      method: 'POST',
      url,
      headers: {
        'content-type': `application/x-amz-json-${call.version}`,
        'x-amz-target': call.target,
      },
      body,
    }),
    body,
    signal,
  });
  const text = await response.text();
  const parsed = parsedAnswer(text);
  if (parsed === undefined)
    throw new RemoteError('NoJson', `${call.target}: ${url.origin} answers ${response.status} and no JSON`);
  const answer = isObject(parsed) ? parsed : {};
  if (response.ok) return answer;
  const code = String(answer.__type ?? response.status).replace(/^.*#/, '');
  throw new RemoteError(code, `${call.target}: ${code}: ${String(answer.message ?? answer.Message ?? '')}`);
}

/**
 * Asks an endpoint, or AWS.
 *
 * @throws RemoteError where nobody answers
 */
export async function fetchRemote(url: URL, request: RequestInit): Promise<Response> {
  try {
    return await fetch(url, request);
  } catch (error) {
    if (request.signal?.aborted) throw error;
    throw new RemoteError('NoAnswer', `nothing answers at ${url.origin}: ${fetchFailure(error)}`);
  }
}

function parsedAnswer(text: string): unknown {
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A request before it is signed. */
interface Unsigned {
  readonly service: string;
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * The headers of a request with those that sign it. Source: AWS Signature Version 4, "Create a signed AWS API request".
 */
export function signedHeaders(
  { region, credentials }: RemoteEndpoint,
  { service, method, url, headers: given, body }: Unsigned,
): Record<string, string> {
  const time = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const day = time.slice(0, 8);
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const headers: Record<string, string> = {
    ...given,
    host: url.host,
    'x-amz-content-sha256': hash(body),
    'x-amz-date': time,
    ...(sessionToken !== undefined && { 'x-amz-security-token': sessionToken }),
  };
  const names = Object.keys(headers).sort();
  const canonical = [
    method,
    url.pathname,
    '',
    ...names.map((name) => `${name}:${headers[name]}`),
    '',
    names.join(';'),
    hash(body),
  ].join('\n');
  const scope = `${day}/${region}/${service}/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', time, scope, hash(canonical)].join('\n');
  const key = [day, region, service, 'aws4_request'].reduce<Buffer | string>(hmac, `AWS4${secretAccessKey}`);
  const { host: _, ...sent } = headers;
  return {
    ...sent,
    authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${hmac(key, text).toString('hex')}`,
  };
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: Buffer | string, text: string): Buffer => createHmac('sha256', key).update(text).digest();
