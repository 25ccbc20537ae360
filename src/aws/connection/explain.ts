import { type Problem, ProblemError } from '../../problem.ts';
import { type AwsError, codeOf, statusOf } from './errors.ts';

interface Advice {
  readonly code: RegExp;
  /** Tells apart what has no code of its own; its groups fill `$1`, `$2` in `next`. */
  readonly message?: RegExp;
  readonly next: string;
}

/**
 * Known errors and the next step; the first that fits. Codes are those of the API references' "Common errors",
 * "Error responses" of S3, and of the network below.
 */
const ADVICE: readonly Advice[] = [
  {
    code: /^(ExpiredToken|ExpiredTokenException|RequestExpired|TokenRefreshRequired)$/,
    next: 'The credentials have expired: name the role in the input role-to-assume, which renews them, or run the job again.',
  },
  {
    code: /^(CredentialsProviderError|TokenProviderError|MissingAuthenticationToken|MissingAuthenticationTokenException|InvalidClientTokenId|UnrecognizedClientException|InvalidAccessKeyId|AuthFailure|InvalidIdentityToken)$/,
    next: 'Name a role in the input role-to-assume and add `id-token: write` to the permissions, or add a step with aws-actions/configure-aws-credentials before this one.',
  },
  {
    code: /^(AccessDenied|AccessDeniedException|UnauthorizedOperation|Forbidden|403|ValidationError)$/,
    message: /not authorized to perform: ([\w-]+:\w+)(?: on resource: (\S+))?/,
    next: 'Allow $1 for the role of the workflow; docs/iam-policy.md has the whole policy.',
  },
  {
    code: /^(Unknown|403|Forbidden)$/,
    message: /^status 403$/,
    next: 'S3 does not say why; most often s3:GetObject and s3:ListBucket are not allowed to the role of the workflow.',
  },
  {
    code: /^(AccessDenied|AccessDeniedException|UnauthorizedOperation|Forbidden|403)$/,
    next: 'Allow this action for the role of the workflow; docs/iam-policy.md has the whole policy.',
  },
  {
    // S3 gives no reason for a HEAD request.
    code: /^(Unknown|400|BadRequest)$/,
    message: /^status 400$/,
    next: 'S3 does not say why; most often the credentials have expired: run the job again.',
  },
  {
    code: /./,
    message: /^status 407$/,
    next: 'The proxy wants to know who asks: put that into HTTPS_PROXY.',
  },
  {
    code: /./,
    message: /^status 5(?!03)\d\d$/,
    next: 'This may not be an answer of AWS: check the proxy and AWS_ENDPOINT_URL, and run the job again.',
  },
  {
    code: /^ForeignReply$/,
    next: 'Something else than AWS has answered: check the proxy and AWS_ENDPOINT_URL.',
  },
  { code: /^RequestTimeTooSkewed$/, next: 'Set the clock of the machine; it is more than 15 minutes off.' },
  {
    code: /^(SignatureDoesNotMatch|InvalidSignatureException)$/,
    next: 'Check the secret key and the clock of the machine.',
  },
  {
    code: /^(Throttling|ThrottlingException|RequestLimitExceeded|TooManyRequestsException|SlowDown|ServiceUnavailable|503)$/,
    next: 'AWS is throttling this account: run the job again later.',
  },
  { code: /^InsufficientCapabilities/, next: 'Name the missing capability in the input capabilities.' },
  {
    code: /^ValidationError$/,
    message: /TerminationProtection is enabled/,
    next: 'Deploy once with termination-protection: false, or switch it off in the console.',
  },
  {
    code: /^ValidationError$/,
    message: /is in (\w+_IN_PROGRESS) state/,
    next: 'Another operation runs on the stack ($1): run the job again when it has ended.',
  },
  {
    code: /^ValidationError$/,
    message:
      /Parameters?:? .*(must have values|do not exist in the template)|ParameterValue|has no Default and was not provided/,
    next: 'Correct the input parameters.',
  },
  {
    code: /^ValidationError$/,
    message: /TemplateURL|S3 error|template.*S3/i,
    next: 'CloudFormation cannot read the template: the role needs s3:GetObject on the bucket.',
  },
  {
    code: /^ValidationError$/,
    message: /Export .* is imported by|cannot be (deleted|updated) as it is in use by/,
    next: 'Change the stacks that import the value first.',
  },
  {
    code: /^ValidationError$/,
    message: /Role .* is invalid or cannot be assumed/,
    next: 'The role of the input role-arn must trust cloudformation.amazonaws.com.',
  },
  {
    code: /^ValidationError$/,
    message: /Unrecognized resource types/,
    next: 'Correct the type; not every region has all of them.',
  },
  {
    code: /^ValidationError$/,
    message: /^Stack \S+ does not exist$/,
    next: 'Another run deleted it, or made it anew: run the job again.',
  },
  { code: /^(ChangeSetNotFound|InvalidChangeSetStatus)/, next: 'Another run was faster: run the job again.' },
  {
    code: /^(LimitExceeded|LimitExceededException|TooManyBuckets)$/,
    next: 'Raise the quota in the Service Quotas console, or remove what is not needed.',
  },
  {
    code: /^(BadDigest|InvalidDigest|XAmzContentChecksumMismatch)$/,
    next: 'The file changed meanwhile: run the job again.',
  },
  {
    code: /^CodeStorageExceededException$/,
    next: 'Delete old versions of functions and layers in this region.',
  },
  {
    code: /^(ECONNREFUSED|ENOTFOUND|ECONNRESET|EAI_AGAIN|ETIMEDOUT|TimeoutError|EPIPE|EHOSTUNREACH|ENETUNREACH)$/,
    next: 'AWS could not be reached: check region, proxy and AWS_ENDPOINT_URL, and run the job again.',
  },
  {
    code: /^(CERT_|SELF_SIGNED_CERT|UNABLE_TO_(GET_ISSUER_CERT|VERIFY_LEAF_SIGNATURE)|DEPTH_ZERO_SELF_SIGNED_CERT)/,
    next: 'The certificate is not trusted: name the authority of your proxy in NODE_EXTRA_CA_CERTS.',
  },
];

/**
 * An AWS error for people: what failed, why, and the next step.
 *
 * @param what was being done, e.g. `reading the stack orders`
 */
export function explain(error: unknown, what: string): ProblemError {
  if (error instanceof ProblemError) return error;
  const code = codeOf(error);
  const status = statusOf(error);
  const text = plainText(error).replace(/^Unknown(Error)?$/, status ? `status ${status}` : '$&');
  const requestId = (error as AwsError).$metadata?.requestId;
  const next = nextStep(code, text);
  const said = [code && !text.includes(code) ? code : '', text].filter((part) => part !== '').join(': ');
  const problem: Problem = {
    message: `${what} failed: ${said}${requestId ? ` [request ${requestId}]` : ''}`,
    ...(next && { next }),
  };
  return new ProblemError(problem, { cause: error });
}

/** One line. What a service shows of the request that it could not verify holds the session token. */
function plainText(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text
    .replace(/\s+/g, ' ')
    .replace(/ ?(The Canonical String|Deserialization error: to see the raw response).*$/, '')
    .trim();
}

function nextStep(code: string, text: string): string | undefined {
  for (const { code: codes, message, next } of ADVICE) {
    if (!codes.test(code)) continue;
    const found = message ? message.exec(text) : [];
    if (found) return next.replace(/\$(\d)/g, (_, group: string) => found[Number(group)] ?? '');
  }
  return undefined;
}
