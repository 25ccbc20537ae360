import { hostSuffix } from '../../regions.ts';
import type { Aws } from './clients.ts';
import { isPassing } from './errors.ts';
import { explained } from './explained.ts';
import { pauses } from './pauses.ts';
import { RETRIES } from './retries.ts';
import { withRenewal } from './session.ts';

/** A service that takes calls as JSON. */
export interface JsonService {
  /** For people. */
  readonly name: string;
  /** Of signatures and of its host. */
  readonly id: string;
  /** Before the name of an operation, in `X-Amz-Target`. */
  readonly target: string;
  readonly version: '1.0' | '1.1';
  /** Where it is, when it is not AWS's own. */
  readonly endpoint: string | undefined;
}

/** One call. */
export interface JsonCall {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** What a service answers. */
export type JsonAnswer = Readonly<Record<string, unknown>>;

/**
 * Calls a service by its JSON protocol, with the credentials and the connection of the client for CloudFormation: of few
 * operations, a client of its own would be a hundred times the code.
 *
 * @throws ProblemError
 */
export function callJson(
  aws: Aws,
  service: JsonService,
  call: JsonCall,
  signal: AbortSignal,
): Promise<JsonAnswer> {
  return explained(`${service.name}, ${call.operation}`, async () => {
    const pause = pauses(300, 3_000, signal);
    for (let tried = 1; ; tried++) {
      try {
        return await withRenewal(aws.sessions, () => callOnce(aws, service, call, signal));
      } catch (error) {
        if (tried === RETRIES.maxAttempts || !isPassing(error)) throw error;
        await pause.next();
      }
    }
  });
}

async function callOnce(
  aws: Aws,
  { id, target, version, endpoint }: JsonService,
  { operation, input }: JsonCall,
  signal: AbortSignal,
): Promise<JsonAnswer> {
  const { client } = await aws.cloudFormation();
  const { hostname, port, protocol, pathname } = new URL(
    endpoint ?? `https://${id}.${aws.region}.${hostSuffix(aws.region)}`,
  );
  const signer = await client.config.signer({
    name: 'sigv4',
    signingName: id,
    signingRegion: aws.region,
    properties: {},
  });
  const request = {
    method: 'POST',
    protocol,
    hostname,
    ...(port !== '' && { port: Number(port) }),
    path: pathname,
    query: {},
    headers: {
      host: port === '' ? hostname : `${hostname}:${port}`,
      'content-type': `application/x-amz-json-${version}`,
      'x-amz-target': `${target}.${operation}`,
    },
    body: JSON.stringify(input),
  };
  const signed = await signer.sign(request as Parameters<typeof signer.sign>[0]);
  const { response } = await client.config.requestHandler.handle(
    signed as Parameters<typeof client.config.requestHandler.handle>[0],
    { abortSignal: signal },
  );
  const chunks: Buffer[] = [];
  for await (const chunk of response.body as AsyncIterable<Buffer>) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  const answer = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
  if (response.statusCode < 300) return answer;
  const name = String(answer.__type ?? 'UnknownError').replace(/^.*#/, '');
  throw Object.assign(new Error(String(answer.message ?? answer.Message ?? name)), {
    name,
    $metadata: { httpStatusCode: response.statusCode, attempts: 1 },
  });
}
