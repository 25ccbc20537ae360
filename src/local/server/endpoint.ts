/** A server that this process runs on 127.0.0.1. */
export interface Endpoint {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly url: string;
  /** `AWS_ENDPOINT_URL_...` for clients of what it answers beside Lambda's API. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Closes the port and every connection. */
  stop(): Promise<void>;
}
