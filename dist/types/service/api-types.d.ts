import type { CorsDefinition } from './function-types.ts';
import type { Data, Retention, Value } from './values.ts';
/** An API of Amazon API Gateway. Its address is an output of the stack. */
export type ApiDefinition = HttpApiDefinition | RestApiDefinition | WebSocketApiDefinition;
/** What all APIs have. */
export interface ApiBase {
    readonly description?: string;
    readonly throttling?: Throttling;
    /** Logs requests as JSON. REST and WebSocket APIs need the account's CloudWatch role for it. */
    readonly accessLogs?: boolean | AccessLogs;
    readonly domain?: ApiDomain;
}
export interface Throttling {
    /** Requests each second. */
    readonly rate: number;
    /** Requests at once. */
    readonly burst: number;
}
export interface AccessLogs {
    /** Days that logs are kept. */
    readonly retention?: Retention;
    /** A format with `$context` variables, instead of ours. */
    readonly format?: string;
}
/** A domain name of your own. */
export interface ApiDomain {
    readonly name: string;
    /** ARN of a certificate in the same region. */
    readonly certificate: Value<string>;
    /** Path below which the API is. */
    readonly basePath?: string;
    /** ID of the hosted zone that gets a record for the name. */
    readonly zone?: Value<string>;
}
/** A function that answers, by its name, or with more to say. */
export interface HttpRoute {
    readonly function: string;
    readonly alias?: string;
    /** A name in `authorizers`, `iam` for AWS credentials, or `none`. */
    readonly authorizer?: string;
    /** Scopes of which a token has to have one. */
    readonly scopes?: readonly string[];
    readonly throttling?: Throttling;
    /** Milliseconds to wait for the function. */
    readonly timeout?: number;
    /** Version of the event's format; `2.0` by default. */
    readonly payload?: '1.0' | '2.0';
}
export interface HttpApiDefinition extends ApiBase {
    readonly kind: 'http';
    /** Functions by method and path: `GET /orders/{id}`, `ANY /{proxy+}`; `$default` takes what is left. */
    readonly routes: Readonly<Record<string, string | HttpRoute>>;
    readonly cors?: CorsDefinition;
    readonly authorizers?: Readonly<Record<string, HttpAuthorizer>>;
    /** For routes that name none. */
    readonly authorizer?: string;
    /** Name of the stage; by default there is none in addresses. */
    readonly stage?: string;
    /** Only the domain may be used. */
    readonly domainOnly?: boolean;
}
export type HttpAuthorizer = JwtAuthorizer | CognitoAuthorizer | LambdaAuthorizer;
export interface JwtAuthorizer {
    readonly kind: 'jwt';
    readonly issuer: Value<string>;
    readonly audience: readonly Value<string>[];
    /** By default `$request.header.Authorization`. */
    readonly source?: string;
}
export interface CognitoAuthorizer {
    readonly kind: 'cognito';
    /** A user pool of `resources`, or an ARN. */
    readonly pool: Value<string>;
    /** HTTP APIs: IDs of the clients whose tokens count. */
    readonly clients?: readonly Value<string>[];
    /** REST APIs: the header with the token, `Authorization` by default. */
    readonly header?: string;
}
export interface LambdaAuthorizer {
    readonly kind: 'lambda';
    /** Name of a function. */
    readonly function: string;
    /** What a decision is about: `$request.header.Authorization` (HTTP), `method.request.header.Authorization` (REST), `route.request.header.Authorization` (WebSocket). */
    readonly sources?: readonly string[];
    /** Seconds that a decision is kept. */
    readonly ttl?: number;
    /** HTTP APIs: the function answers `{ isAuthorized }`. */
    readonly simple?: boolean;
    /** REST APIs: the function gets only the token. */
    readonly tokenOnly?: boolean;
}
export interface RestRoute {
    readonly function: string;
    readonly alias?: string;
    /** A name in `authorizers`, `iam` for AWS credentials, or `none`. */
    readonly authorizer?: string;
    readonly scopes?: readonly string[];
    /** Asks for one of the keys of the usage plans. */
    readonly apiKey?: boolean;
    /** JSON Schema (draft 4) that a JSON body has to meet. */
    readonly body?: Readonly<Record<string, Data>>;
    /** Parameters that have to be there: `querystring.page`, `header.X-Trace`. */
    readonly required?: readonly string[];
    readonly throttling?: Throttling;
    /** Milliseconds to wait for the function. */
    readonly timeout?: number;
}
export interface RestApiDefinition extends ApiBase {
    readonly kind: 'rest';
    /** Functions by method and path: `GET /orders/{id}`, `ANY /{proxy+}`. */
    readonly routes: Readonly<Record<string, string | RestRoute>>;
    readonly cors?: CorsDefinition;
    readonly authorizers?: Readonly<Record<string, CognitoAuthorizer | LambdaAuthorizer>>;
    /** For routes that name none. */
    readonly authorizer?: string;
    /** `prod` by default. */
    readonly stage?: string;
    /** Media types that are not text. */
    readonly binaryTypes?: readonly string[];
    /** `REGIONAL` by default. */
    readonly endpoint?: 'REGIONAL' | 'EDGE' | 'PRIVATE';
    /** Traces with AWS X-Ray. */
    readonly tracing?: boolean;
    /** Bytes from which answers are compressed. */
    readonly compressFrom?: number;
    /** Plans by name, with the keys that they are for. */
    readonly usagePlans?: Readonly<Record<string, UsagePlan>>;
    /** Only the domain may be used. */
    readonly domainOnly?: boolean;
}
export interface UsagePlan {
    readonly throttling?: Throttling;
    readonly quota?: Quota;
    /** Names of keys, which are made; API Gateway makes up their values. */
    readonly keys?: readonly string[];
}
export interface Quota {
    readonly limit: number;
    readonly period: 'DAY' | 'WEEK' | 'MONTH';
}
export interface WebSocketRoute {
    readonly function: string;
    readonly alias?: string;
    /** Sends what the function returns back. */
    readonly answers?: boolean;
}
export interface WebSocketApiDefinition extends ApiBase {
    readonly kind: 'websocket';
    /** Functions by route: `$connect`, `$disconnect`, `$default`, and what messages say. */
    readonly routes: Readonly<Record<string, string | WebSocketRoute>>;
    /** Where a message says its route; `$request.body.action` by default. */
    readonly selection?: string;
    /** Decides who may connect: a Lambda authorizer, or `iam`. */
    readonly authorizer?: 'iam' | LambdaAuthorizer;
    /** `prod` by default. */
    readonly stage?: string;
    /** Functions that may send to connections, besides answering. */
    readonly senders?: readonly string[];
}
