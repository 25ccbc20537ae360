import { type Problem, ProblemError } from '../problem.ts';

/** What an AWS SDK error has. */
interface AwsError extends Error {
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
  readonly Code?: string;
}

interface Advice {
  readonly code: RegExp;
  readonly message?: RegExp;
  readonly next: string;
}

/** Known errors and the next step. Codes are those of the API references' "Common errors". */
const ADVICE: readonly Advice[] = [
  {
    code: /^(ExpiredToken|ExpiredTokenException|RequestExpired|TokenRefreshRequired)$/,
    next: 'The credentials have expired: raise role-duration-seconds of aws-actions/configure-aws-credentials, or run the job again.',
  },
  {
    code: /^(CredentialsProviderError|MissingAuthenticationToken|InvalidClientTokenId|UnrecognizedClientException|InvalidAccessKeyId|AuthFailure)$/,
    next: 'Add a step with aws-actions/configure-aws-credentials before this one, and `id-token: write` to the permissions.',
  },
  {
    code: /^(AccessDenied|AccessDeniedException|UnauthorizedOperation|Forbidden|403)$/,
    next: 'Allow this action for the role of the workflow; docs/iam-policy.md has the whole policy.',
  },
  {
    code: /^(SignatureDoesNotMatch|RequestTimeTooSkewed|InvalidSignatureException)$/,
    next: 'Check the clock of the machine and the secret key.',
  },
  {
    code: /^(Throttling|ThrottlingException|RequestLimitExceeded|TooManyRequestsException|SlowDown)$/,
    next: 'AWS is throttling this account: run the job again later.',
  },
  { code: /^InsufficientCapabilities/, next: 'Name the missing capability in the input capabilities.' },
  {
    code: /^(ECONNREFUSED|ENOTFOUND|ECONNRESET|EAI_AGAIN|ETIMEDOUT|TimeoutError|EPIPE)$/,
    next: 'AWS could not be reached: check region, proxy and AWS_ENDPOINT_URL, and run the job again.',
  },
];

/** Whether an error came from the SDK or the network below it. */
export function isAwsError(error: unknown): error is AwsError {
  return (
    error instanceof Error &&
    ('$metadata' in error || codeOf(error) === 'CredentialsProviderError' || 'code' in error)
  );
}

/** The code that AWS gives an error. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const { Code, code, name } = error as AwsError & { code?: unknown };
  if (typeof Code === 'string') return Code;
  return typeof code === 'string' ? code : name;
}

/**
 * An AWS error for people: what failed, why, and the next step.
 *
 * @param what was being done, e.g. `reading the stack orders`
 */
export function explain(error: unknown, what: string): ProblemError {
  if (error instanceof ProblemError) return error;
  const code = codeOf(error);
  const text = error instanceof Error ? error.message : String(error);
  const advice = ADVICE.find((each) => each.code.test(code) && (each.message?.test(text) ?? true));
  const requestId = (error as AwsError).$metadata?.requestId;
  const problem: Problem = {
    message: `${what} failed: ${code && !text.includes(code) ? `${code}: ` : ''}${text.replace(/\s+/g, ' ')}${requestId ? ` [request ${requestId}]` : ''}`,
    ...(advice && { next: advice.next }),
  };
  return new ProblemError(problem, { cause: error });
}

/** Does something with AWS; what it throws is explained. */
export async function explained<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') throw error;
    throw explain(error, what);
  }
}
