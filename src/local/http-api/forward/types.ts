/** An endpoint that an integration of type HTTP or HTTP_PROXY names. Plain values. */
export interface HttpEndpoint {
  /** `https://pets.example`: as the template has it, whatever a request says. */
  readonly origin: string;
  /** Still encoded, with `{name}` where parameters go. */
  readonly path: string;
  /** Without a question mark; empty without a query. */
  readonly query: string;
  /** `ANY`: that of the request. */
  readonly method: string;
  /** What it gets: `integration.request.header.X` or `append:header.X`, to where that comes from. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Milliseconds that the API waits, where the template says it. */
  readonly timeout?: number;
}

/** HTTP APIs change answers by their status: `overwrite:header.X` to `$response.header.Y`. */
export type AnswerChanges = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What is passed on, and what comes back. */
export type PassedHeaders = readonly (readonly [string, string])[];

/** What an integration of a REST API says of bodies on their way to it, or back. */
export type ContentHandling = 'CONVERT_TO_TEXT' | 'CONVERT_TO_BINARY';

/** A body on its way: text, or bytes that are none. */
export type Payload = string | Buffer;
