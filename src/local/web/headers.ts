/** Names and values as they were sent, with repetitions. */
export type Headers = readonly (readonly [string, string])[];

/** Of one connection, not of a request: nobody passes them on. Source: RFC 9110, 7.6.1. */
const OF_THE_CONNECTION = ['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'upgrade'];

/** What Lambda takes out of requests. Source: Lambda developer guide, "HTTP requests and responses". */
const TAKEN_OUT = new Set([
  ...OF_THE_CONNECTION,
  'expect',
  'proxy-authenticate',
  'proxy-authorization',
  'x-real-ip',
  'x-http-method-override',
  'x-http-method',
  'x-method-override',
]);
const NOT_ANSWERED = new Set([...OF_THE_CONNECTION, 'transfer-encoding', 'proxy-authenticate']);

/** What is known of a request beside itself. */
export interface RequestContext {
  readonly requestId: string;
  readonly endpointName: string;
  readonly client: string;
  /** Lambda checks the signature, and keeps it for itself. */
  readonly iam: boolean;
}

/** The headers of a request as the application gets them. */
export function requestHeaders(sent: Headers, context: RequestContext): string[] {
  const named = namedByConnection(sent);
  const kept = sent.filter(([each]) => {
    const name = each.toLowerCase();
    return !(
      TAKEN_OUT.has(name) ||
      named.has(name) ||
      name.startsWith('lambda-web-') ||
      name === 'x-forwarded-for' ||
      (context.iam && name === 'authorization')
    );
  });
  const forwarded = sent.flatMap(([name, value]) =>
    name.toLowerCase() === 'x-forwarded-for' ? [value] : [],
  );
  return [
    ...kept.flat(),
    'X-Forwarded-For',
    [...forwarded, context.client].join(', '),
    'lambda-web-request-id',
    context.requestId,
    'lambda-web-endpoint-name',
    context.endpointName,
  ];
}

/** The headers of an answer as clients get them. */
export function responseHeaders(sent: Headers, requestId: string): string[] {
  const named = namedByConnection(sent);
  const kept = sent.filter(([each]) => {
    const name = each.toLowerCase();
    return !(NOT_ANSWERED.has(name) || named.has(name) || name.startsWith('lambda-web-'));
  });
  return [...kept.flat(), 'lambda-web-request-id', requestId];
}

/** Pairs of what Node has as one list. */
export const pairsOf = (raw: readonly string[]): Headers =>
  raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ''] as const] : []));

const namedByConnection = (headers: Headers): ReadonlySet<string> =>
  new Set(
    headers.flatMap(([name, value]) =>
      name.toLowerCase() === 'connection' ? value.split(',').map((each) => each.trim().toLowerCase()) : [],
    ),
  );
