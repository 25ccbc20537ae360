import type { NamedApi } from './api-names.ts';
import type { CalledAction } from './aws-service/types.ts';
import type { AnswerChanges, ContentHandling, HttpEndpoint } from './forward/types.ts';
import type { MappedIntegration, RequestChecks, RestApi } from './rest/types.ts';

/** A route of an API: what it matches, and what answers. */
export interface Route {
  readonly api: Api;
  /** Upper case; `ANY` matches each. */
  readonly method: string;
  /** `/orders/{id}`, `/{proxy+}`, or `$default`. */
  readonly path: string;
  readonly target: RouteTarget;
  /** Absent: open to everyone. */
  readonly authorizer?: Authorizer;
  /** REST: `ApiKeyRequired`. */
  readonly apiKeyRequired?: boolean;
  /** REST: what is checked of requests. */
  readonly checks?: RequestChecks;
  /** REST: from where the integration takes the tenant of a request, such as `method.request.header.x-tenant`. */
  readonly tenantFrom?: string;
  /** HTTP API integrations say which event they want; REST is always 1.0, function URLs 2.0. */
  readonly payloadVersion: '1.0' | '2.0';
}

export type RouteTarget =
  | {
      readonly kind: 'function';
      readonly logicalId: string;
      readonly qualifier?: string;
      readonly streaming?: boolean;
    }
  /** A web function: it gets the request itself, and no event. */
  | { readonly kind: 'web'; readonly logicalId: string }
  /** Of REST APIs: mocks, and functions, endpoints and services of AWS behind mapping templates. */
  | MappedIntegration
  /** An endpoint that requests are passed on to as they are, but for parameters. */
  | {
      readonly kind: 'http';
      readonly endpoint: HttpEndpoint;
      readonly changes: AnswerChanges;
      /** REST: of requests. */
      readonly contentHandling?: ContentHandling;
    }
  /** Of HTTP APIs: an action of a service of AWS. */
  | { readonly kind: 'service'; readonly called: CalledAction }
  /** An integration that is not emulated; requests get 501 with the reason. */
  | { readonly kind: 'unsupported'; readonly reason: string };

/** One API with what its routes share. */
export interface Api extends NamedApi {
  readonly kind: 'rest' | 'http' | 'url' | 'web';
  /** `$default` is not part of the path. */
  readonly stage: string;
  readonly stageVariables: Readonly<Record<string, string>>;
  /** REST: media types whose bodies are base64 in events and decoded in responses. */
  readonly binaryMediaTypes: readonly string[];
  /** HTTP APIs and function URLs answer preflights themselves. */
  readonly cors?: Cors;
  readonly rest?: RestApi;
}

export interface Cors {
  readonly allowOrigins: readonly string[];
  readonly allowMethods: readonly string[];
  readonly allowHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
  readonly allowCredentials: boolean;
  /** Seconds. */
  readonly maxAge?: number;
}

export type Authorizer =
  | RouteLambdaAuthorizer
  | RouteJwtAuthorizer
  /** AWS_IAM, Cognito user pools of REST APIs, and whatever else can't be checked here: denies unless allowed by option. */
  | { readonly kind: 'iam' }
  | { readonly kind: 'unsupported'; readonly reason: string };

export interface RouteLambdaAuthorizer {
  readonly kind: 'token' | 'request';
  readonly logicalId: string;
  /** The function's logical ID; empty when it is not in the template, which denies. */
  readonly functionId: string;
  /** `$request.header.X` or `method.request.header.X`, `...querystring.X`, `context.x`, `stageVariables.X`. */
  readonly identitySources: readonly string[];
  /** HTTP APIs: format of the event; REST is 1.0. */
  readonly payloadVersion: '1.0' | '2.0';
  readonly simpleResponses: boolean;
  /** TOKEN: the token must match, or it is refused without asking the function. */
  readonly validation?: string;
}

export interface RouteJwtAuthorizer {
  readonly kind: 'jwt';
  readonly identitySource: string;
  readonly issuer: string;
  readonly audience: readonly string[];
  readonly scopes: readonly string[];
}
