import type { JsonObject } from '../../../template/types.ts';
import type { CalledService } from '../aws-service/types.ts';
import type { ContentHandling, HttpEndpoint } from '../forward/types.ts';

/** What a REST API says of all its methods. Plain values, which can be sent to another process. */
export interface RestApi {
  /** Models by name, as JSON schemas of draft 4. */
  readonly models: Readonly<Record<string, JsonObject>>;
  /** Own answers of the gateway by type (`DEFAULT_4XX`, `INVALID_API_KEY`). */
  readonly gatewayResponses: Readonly<Record<string, GatewayResponsePlan>>;
  readonly apiKeys: ApiKeys;
}

/** Where keys come from, and which are taken. */
export interface ApiKeys {
  readonly source: 'HEADER' | 'AUTHORIZER';
  /** Keys of the API's usage plans by value; `any` where AWS makes a value that nobody knows here, or no plan is here. */
  readonly taken: Readonly<Record<string, TakenKey>> | 'any';
  /** The usage plans of the API. */
  readonly plans: readonly KeyPlan[];
}

export interface TakenKey {
  readonly id: string;
  /** Logical ID of its usage plan. */
  readonly plan: string;
}

/** How often a key may be used. */
export interface KeyPlan {
  readonly id: string;
  readonly throttle?: KeyThrottle;
  /** Rates of single methods, which take the place of that of the plan: by `/pets/GET`. */
  readonly methods: Readonly<Record<string, KeyThrottle>>;
  readonly quota?: KeyQuota;
}

/** Requests that may come at once, and those that each second adds. */
export interface KeyThrottle {
  readonly rate: number;
  readonly burst: number;
}

/** Requests of a period, fewer by `offset` in the first one. */
export interface KeyQuota {
  readonly limit: number;
  readonly offset: number;
  readonly period: 'DAY' | 'WEEK' | 'MONTH';
}

export interface GatewayResponsePlan {
  readonly status?: number;
  /** Headers by name, as expressions: `'*'`, `method.request.header.Origin`. */
  readonly headers: Readonly<Record<string, string>>;
  /** By media type. */
  readonly templates: Readonly<Record<string, string>>;
}

/** What a method of a REST API asks of requests. */
export interface RequestChecks {
  /** `header.X-Name`, `querystring.page`, `path.id`: those that must be there; empty where nothing checks them. */
  readonly parameters: readonly string[];
  /** Schemas by media type (`$default` for all others); absent where bodies are not checked. */
  readonly models?: Readonly<Record<string, JsonObject>>;
}

/** An integration that is not a proxy: what is sent and answered is mapped. */
export interface MappedIntegration {
  readonly kind: 'mapped';
  readonly to:
    | { readonly kind: 'function'; readonly logicalId: string; readonly qualifier?: string }
    | { readonly kind: 'http'; readonly endpoint: HttpEndpoint }
    | { readonly kind: 'service'; readonly called: CalledService }
    | { readonly kind: 'mock' };
  /** Of requests, by media type. */
  readonly templates: Readonly<Record<string, string>>;
  readonly passthrough: 'WHEN_NO_MATCH' | 'WHEN_NO_TEMPLATES' | 'NEVER';
  /** Of requests. */
  readonly contentHandling?: ContentHandling;
  /** `integration.request.header.X-Amz-Invocation-Type` to `'Event'`. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly responses: readonly MappedResponse[];
}

export interface MappedResponse {
  /** A regular expression for all of the error's message or of the status; absent: for what no other one takes. */
  readonly pattern?: string;
  readonly status: number;
  /** `method.response.header.X` to `integration.response.header.Y`. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly templates: Readonly<Record<string, string>>;
  readonly contentHandling?: ContentHandling;
}
