import type { IncomingHttpHeaders } from 'node:http';

/** How a service writes requests and errors (https://smithy.io/2.0/aws/protocols). */
export type Protocol = 'query' | 'json' | 'rest-json' | 's3';

/** What a request asks of AWS. */
export interface CallName {
  /** The service's name in signatures: `cloudformation`, `s3`. */
  readonly service: string;
  readonly region: string;
  /** As in the API reference: `CreateChangeSet`. */
  readonly operation: string;
  readonly protocol: Protocol;
  /** Whether it may change anything. */
  readonly mutating: boolean;
}

/** Method, path and, for S3, the sub-resource of a REST call. */
type Route = readonly [method: string, path: RegExp, operation: string];

/** Functions and layers (https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html). */
const LAMBDA: readonly Route[] = [
  ['POST', /\/functions$/, 'CreateFunction'],
  ['GET', /\/functions$/, 'ListFunctions'],
  ['GET', /\/functions\/[^/]+$/, 'GetFunction'],
  ['DELETE', /\/functions\/[^/]+$/, 'DeleteFunction'],
  ['PUT', /\/functions\/[^/]+\/code$/, 'UpdateFunctionCode'],
  ['GET', /\/functions\/[^/]+\/configuration$/, 'GetFunctionConfiguration'],
  ['PUT', /\/functions\/[^/]+\/configuration$/, 'UpdateFunctionConfiguration'],
  ['POST', /\/functions\/[^/]+\/invocations$/, 'Invoke'],
  ['GET', /\/functions\/[^/]+\/versions$/, 'ListVersionsByFunction'],
  ['POST', /\/functions\/[^/]+\/versions$/, 'PublishVersion'],
  ['GET', /\/tags\/.+$/, 'ListTags'],
  ['POST', /\/tags\/.+$/, 'TagResource'],
  ['DELETE', /\/tags\/.+$/, 'UntagResource'],
];

/** Buckets and objects in path style (https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations.html). */
const S3: readonly Route[] = [
  ['PUT', /^\/[^/?]+\/[^?]+\?(?=.*uploadId=)/, 'UploadPart'],
  ['POST', /^\/[^/?]+\/[^?]+\?(?=.*uploadId=)/, 'CompleteMultipartUpload'],
  ['DELETE', /^\/[^/?]+\/[^?]+\?(?=.*uploadId=)/, 'AbortMultipartUpload'],
  ['POST', /^\/[^/?]+\/[^?]+\?uploads/, 'CreateMultipartUpload'],
  ['PUT', /^\/[^/?]+\/[^?]/, 'PutObject'],
  ['GET', /\?lifecycle/, 'GetBucketLifecycleConfiguration'],
  ['GET', /\?policy/, 'GetBucketPolicy'],
  ['GET', /^\/[^/?]+\/[^?]/, 'GetObject'],
  ['HEAD', /^\/[^/?]+\/[^?]/, 'HeadObject'],
  ['DELETE', /^\/[^/?]+\/[^?]/, 'DeleteObject'],
  ['PUT', /\?publicAccessBlock/, 'PutPublicAccessBlock'],
  ['PUT', /\?encryption/, 'PutBucketEncryption'],
  ['PUT', /\?ownershipControls/, 'PutBucketOwnershipControls'],
  ['PUT', /\?lifecycle/, 'PutBucketLifecycleConfiguration'],
  ['PUT', /\?policy/, 'PutBucketPolicy'],
  ['PUT', /\?tagging/, 'PutBucketTagging'],
  ['GET', /\?location/, 'GetBucketLocation'],
  ['GET', /\?(?=.*list-type=2)/, 'ListObjectsV2'],
  ['GET', /\?uploads/, 'ListMultipartUploads'],
  ['POST', /\?delete/, 'DeleteObjects'],
  ['PUT', /^\/[^/?]+\/?(\?|$)/, 'CreateBucket'],
  ['HEAD', /^\/[^/?]+\/?(\?|$)/, 'HeadBucket'],
  ['DELETE', /^\/[^/?]+\/?(\?|$)/, 'DeleteBucket'],
  ['GET', /^\/(\?|$)/, 'ListBuckets'],
];

/** Operations that only read, by the words that AWS begins their names with. */
const READS = /^(BatchGet|Describe|Estimate|Get|Head|List|Validate)/;

/** Names a signed request: by `Action=` (query), `X-Amz-Target` (JSON), or method and path (REST). */
export function callName(method: string, url: string, headers: IncomingHttpHeaders, body: Buffer): CallName {
  const scope = /Credential=[^/]+\/\d+\/([^/]+)\/([^/]+)\//.exec(headers.authorization ?? '');
  const [, region = '', service = ''] = scope ?? [];
  const [protocol, operation] = nameOf(service, method, url, headers, body);
  return { service, region, operation, protocol, mutating: !READS.test(operation) };
}

function nameOf(
  service: string,
  method: string,
  url: string,
  headers: IncomingHttpHeaders,
  body: Buffer,
): [Protocol, string] {
  const [path = ''] = url.split('?');
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return ['json', target.slice(target.lastIndexOf('.') + 1)];
  if (service === 's3') return ['s3', find(S3, method, url)];
  if (service === 'lambda') return ['rest-json', find(LAMBDA, method, path.replace(/\/$/, ''))];
  return ['query', /(?:^|&)Action=(\w+)/.exec(body.toString('latin1'))?.[1] ?? `${method} ${path}`];
}

function find(routes: readonly Route[], method: string, text: string): string {
  const found = routes.find(([verb, pattern]) => verb === method && pattern.test(text));
  return found?.[2] ?? `${method} ${text}`;
}
