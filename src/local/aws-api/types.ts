/** One call of an SDK client or of a tool. */
export interface AwsCall {
  readonly method: string;
  /** Still encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  /** Aborted when whoever calls is gone. */
  readonly gone: AbortSignal;
}

export interface AwsAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Answers the calls of one service. */
export type AwsApi = (call: AwsCall) => Promise<AwsAnswer>;

/** The services of AWS that are answered here, by the name that requests are signed with: `sqs`, `states`. */
export interface AwsApis {
  add(service: string, api: AwsApi): void;
  of(service: string): AwsApi | undefined;
  /** Suffixes of `AWS_ENDPOINT_URL_...` of what is here. */
  variables(): readonly string[];
}
