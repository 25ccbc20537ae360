/** What an AWS SDK error has. */
export interface AwsError extends Error {
  readonly $metadata?: {
    readonly httpStatusCode?: number;
    readonly requestId?: string;
    readonly attempts?: number;
  };
  readonly Code?: string;
}

/** Codes of Node for what goes wrong between here and AWS; other codes (of files) are not about AWS. */
const NETWORK =
  /^(ECONN|ENOTFOUND|EAI_|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENETUNREACH|CERT_|SELF_SIGNED|UNABLE_TO_|DEPTH_ZERO)/;

/** Whether an error came from the SDK or the network below it. */
export function isAwsError(error: unknown): error is AwsError {
  if (!(error instanceof Error)) return false;
  const code = codeOf(error);
  return (
    '$metadata' in error ||
    code === 'CredentialsProviderError' ||
    code === 'TokenProviderError' ||
    NETWORK.test(code)
  );
}

/** The code that AWS gives an error. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const { Code, code, name } = error as AwsError & { code?: unknown };
  if (typeof Code === 'string') return Code;
  return typeof code === 'string' ? code : name;
}

/** The status of the reply, if there was one. */
export function statusOf(error: unknown): number | undefined {
  return error instanceof Error ? (error as AwsError).$metadata?.httpStatusCode : undefined;
}

/** How often it was tried, if AWS was asked. */
export function attemptsOf(error: unknown): number | undefined {
  return error instanceof Error ? (error as AwsError).$metadata?.attempts : undefined;
}

/** Whether credentials have expired; waiting does not help then. */
export const credentialsExpired = (error: unknown): boolean =>
  /ExpiredToken|RequestExpired/.test(codeOf(error));

/**
 * Whether the same question may be answered in a while: AWS is busy, or the network failed. What AWS refuses it will
 * refuse again.
 */
export function isPassing(error: unknown): boolean {
  if (credentialsExpired(error)) return false;
  const status = statusOf(error);
  if (status === undefined) return isAwsError(error) && NETWORK.test(codeOf(error));
  return status < 400 || status >= 500 || status === 429 || /Throttl|RequestLimit/.test(codeOf(error));
}

/**
 * A value that every reply of AWS has. A proxy or a wrong endpoint may send something else that the SDK takes for
 * success.
 *
 * @throws Error when it is not there: that is never taken for "there is none"
 */
export function answered<T>(value: T | undefined, what: string): T {
  if (value === undefined || value === '')
    throw Object.assign(new Error(`the reply names no ${what}`), { name: 'ForeignReply' });
  return value;
}

/** Options of a request that ends with the signal; the SDK takes no signal that is `undefined`. */
export const withSignal = (signal: AbortSignal | undefined): { readonly abortSignal?: AbortSignal } =>
  signal ? { abortSignal: signal } : {};
