import type { AnswerChanges, HttpEndpoint, PassedHeaders } from '../forward/types.ts';

/** A service of AWS that an integration of a REST API calls. Plain values. */
export interface CalledService {
  /** As requests are signed: `states`. */
  readonly service: string;
  readonly region: string;
  /** For people: `states:action/StartExecution`. */
  readonly name: string;
  /** What it gets where the integration maps nothing else: the protocol of an action. */
  readonly headers: PassedHeaders;
  /** But for its origin, which is known only where the service is. */
  readonly endpoint: Omit<HttpEndpoint, 'origin'>;
}

/** An action of a service of AWS that an HTTP API has a name for (`IntegrationSubtype`). Plain values. */
export interface CalledAction {
  readonly service: string;
  readonly region: string;
  /** `SQS-SendMessage` */
  readonly subtype: string;
  /** `MessageBody` to `$request.body.text`. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly changes: AnswerChanges;
  /** Milliseconds that the API waits, where the template says it. */
  readonly timeout?: number;
}

/** Where a service of AWS is: here, or in an emulator. */
export interface ServicePlace {
  readonly url: string;
  readonly accessKeyId: string;
}

/** Finds a service by the name that requests are signed with. */
export type FindService = (service: string) => ServicePlace | undefined;
