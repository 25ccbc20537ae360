import type { IncomingMessage } from 'node:http';

/** Targets of calls that are not signed. */
const TARGETS: readonly (readonly [prefix: string, service: string])[] = [
  ['AmazonSQS.', 'sqs'],
  ['AWSEvents.', 'events'],
  ['AWSStepFunctions.', 'states'],
];

/**
 * The service of AWS that a request is for: what it is signed for, or what its target says; `undefined` for one of a
 * browser or a client of the service's own APIs.
 */
export function serviceOf({ headers, url = '' }: IncomingMessage): string | undefined {
  const [, signed] =
    /Credential=[^/,]+\/\d{8}\/[^/]+\/([^/]+)\/aws4_request/.exec(headers.authorization ?? '') ?? [];
  if (/^(\/[^/?]+)*\/@connections\//.test(url)) return 'execute-api';
  // Calls of the service's own APIs are signed so.
  if (signed === 'execute-api') return undefined;
  // Calls of function URLs are signed as those of Lambda's API are.
  if (signed !== undefined && signed !== 'lambda') return signed;
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return TARGETS.find(([prefix]) => target.startsWith(prefix))?.[1];
  return /^\/\d{4}-\d\d-\d\d\/(functions\b|durable-|event-source-mappings\b)/.test(url)
    ? 'lambda'
    : undefined;
}
