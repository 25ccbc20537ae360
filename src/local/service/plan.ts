import type { JsonObject } from '../../template/types.ts';
import type { CalledService } from '../http-api/aws-service/types.ts';
import type { ContentHandling, HttpEndpoint } from '../http-api/forward/types.ts';
import type { MappedIntegration } from '../http-api/rest/types.ts';
import type { LocalStateMachine } from '../state-machines/machine-types.ts';

/** What of a stack works here beside its functions and routes: plain values, which can be sent to another process. */
export interface ServicePlan {
  readonly queues: readonly QueuePlan[];
  readonly topics: readonly TopicPlan[];
  readonly subscriptions: readonly SubscriptionPlan[];
  readonly buses: readonly BusPlan[];
  readonly rules: readonly RulePlan[];
  readonly schedules: readonly SchedulePlan[];
  /** Names. */
  readonly scheduleGroups: readonly string[];
  readonly mappings: readonly MappingPlan[];
  readonly afterwards: readonly AfterwardsPlan[];
  readonly webSockets: readonly WebSocketPlan[];
  readonly buckets: readonly BucketPlan[];
  readonly tables: readonly TablePlan[];
  readonly machines: readonly LocalStateMachine[];
  readonly logSubscriptions: readonly LogSubscriptionPlan[];
  readonly pipes: readonly PipePlan[];
  readonly topicRules: readonly TopicRulePlan[];
  /** What is declared and does not work here, one line each. */
  readonly left: readonly string[];
}

export const EMPTY_PLAN: ServicePlan = {
  queues: [],
  topics: [],
  subscriptions: [],
  buses: [],
  rules: [],
  schedules: [],
  scheduleGroups: [],
  mappings: [],
  afterwards: [],
  webSockets: [],
  buckets: [],
  tables: [],
  machines: [],
  logSubscriptions: [],
  pipes: [],
  topicRules: [],
  left: [],
};

/** All that has an ARN of its own, and works whether or not there are functions. */
const resourcesOf = ({ queues, topics, buses, rules, schedules, machines, pipes }: ServicePlan) => [
  ...queues,
  ...topics,
  ...buses,
  ...rules,
  ...schedules,
  ...machines,
  ...pipes,
];

/** Whether something of it works without any function. */
export const worksAlone = (plan: ServicePlan): boolean =>
  resourcesOf(plan).length + plan.webSockets.length + plan.topicRules.length > 0;

/** The region and account of its resources; nothing where it has none. */
export function homeOf(plan: ServicePlan): { readonly region?: string; readonly account?: string } {
  const [, , , region, account] = resourcesOf(plan)[0]?.arn.split(':') ?? [];
  return region && account ? { region, account } : {};
}

/** An SQS queue. Times are seconds, sizes bytes. */
export interface QueuePlan {
  readonly name: string;
  readonly arn: string;
  readonly fifo: boolean;
  readonly contentBasedDeduplication: boolean;
  readonly deduplicationScope: 'queue' | 'messageGroup';
  readonly visibilityTimeout: number;
  readonly delay: number;
  readonly retention: number;
  readonly receiveWait: number;
  readonly maximumSize: number;
  readonly redrive?: { readonly deadLetterArn: string; readonly maxReceiveCount: number };
  /** Other attributes, as the API writes them. */
  readonly kept?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface TopicPlan {
  readonly name: string;
  readonly arn: string;
  readonly fifo: boolean;
  readonly contentBasedDeduplication: boolean;
  /** Whether the same message of another group is another one. */
  readonly deduplicatesGroups: boolean;
  /** Other attributes, as the API writes them. */
  readonly kept?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface SubscriptionPlan {
  readonly topicArn: string;
  readonly protocol: string;
  /** ARN of a queue or a function. */
  readonly endpoint: string;
  readonly raw: boolean;
  readonly filter?: JsonObject;
  readonly filterScope: 'MessageAttributes' | 'MessageBody';
  readonly deadLetterArn?: string;
}

export interface BusPlan {
  readonly name: string;
  readonly arn: string;
}

export interface RulePlan {
  readonly name: string;
  readonly arn: string;
  readonly bus: string;
  readonly pattern?: JsonObject;
  /** `rate(...)` or `cron(...)`. */
  readonly schedule?: string;
  readonly enabled: boolean;
  readonly targets: readonly TargetPlan[];
}

export interface TargetPlan {
  readonly id: string;
  readonly arn: string;
  readonly input?: string;
  readonly inputPath?: string;
  readonly transformer?: { readonly paths: Readonly<Record<string, string>>; readonly template: string };
  readonly groupId?: string;
  readonly deadLetterArn?: string;
}

/** Of EventBridge Scheduler. Dates are milliseconds since the epoch. */
export interface SchedulePlan {
  readonly name: string;
  readonly arn: string;
  readonly expression: string;
  readonly timezone: string;
  readonly enabled: boolean;
  readonly start?: number;
  readonly end?: number;
  readonly target: ScheduleTargetPlan;
}

export interface ScheduleTargetPlan extends TargetPlan {
  /** Of what is put on a bus. */
  readonly event?: { readonly source: string; readonly detailType: string };
}

/** An event source mapping. Times are seconds. */
export interface MappingPlan {
  readonly id: string;
  readonly kind: 'queue' | 'kinesis' | 'dynamodb';
  readonly sourceArn: string;
  /** ARN, with a qualifier where it has one. */
  readonly functionArn: string;
  readonly enabled: boolean;
  readonly batchSize: number;
  readonly window: number;
  readonly partial: boolean;
  /** Patterns, any of which takes a record; all are taken where there is none. */
  readonly filters: readonly JsonObject[];
  readonly maximumConcurrency?: number;
  readonly stream?: StreamSettings;
}

export interface StreamSettings {
  readonly start: 'LATEST' | 'TRIM_HORIZON' | { readonly at: number };
  readonly bisect: boolean;
  /** -1: no end. */
  readonly maximumAge: number;
  /** -1: no end. */
  readonly retries: number;
  readonly parallel: number;
  /** 0: none. */
  readonly tumblingWindow: number;
  readonly failureArn?: string;
}

/** What becomes of asynchronous invocations of a function. */
export interface AfterwardsPlan {
  readonly functionArn: string;
  /** Of invocations of this version or alias (`$LATEST`: of none of them) alone; of all, where there is none. */
  readonly qualifier?: string;
  readonly retries?: number;
  readonly successArn?: string;
  readonly failureArn?: string;
  /** `DeadLetterConfig`: gets the event alone. */
  readonly deadLetterArn?: string;
}

export interface BucketPlan {
  readonly name: string;
  readonly eventBridge: boolean;
  readonly notifications: readonly {
    readonly id: string;
    /** `s3:ObjectCreated:*` */
    readonly event: string;
    readonly arn: string;
    readonly prefix: string;
    readonly suffix: string;
  }[];
}

/** A subscription to logs of functions. */
export interface LogSubscriptionPlan {
  readonly name: string;
  readonly logGroup: string;
  readonly functionArns: readonly string[];
  readonly pattern: string;
  readonly destinationArn: string;
}

/** A pipe of EventBridge, from a queue. */
export interface PipePlan {
  readonly name: string;
  readonly arn: string;
  readonly sourceArn: string;
  readonly enabled: boolean;
  readonly batchSize: number;
  /** Seconds. */
  readonly window: number;
  readonly filters: readonly JsonObject[];
  readonly enrichment?: { readonly arn: string; readonly template?: string };
  readonly target: PipeTargetPlan;
}

export interface PipeTargetPlan {
  readonly arn: string;
  readonly template?: string;
  /** A function is called and waited for; otherwise it is left to itself. */
  readonly waits: boolean;
  readonly groupId?: string;
  readonly deduplicationId?: string;
  /** Of what is put on a bus. */
  readonly source?: string;
  readonly detailType?: string;
}

/** A rule of AWS IoT. */
export interface TopicRulePlan {
  readonly name: string;
  readonly sql: string;
  readonly enabled: boolean;
  /** Functions, queues and topics. */
  readonly actions: readonly {
    readonly arn: string;
    /** `UseBase64`, of queues. */
    readonly base64?: boolean;
  }[];
}

/** A table or a stream that an endpoint is told to make. */
export interface TablePlan {
  readonly kind: 'dynamodb' | 'kinesis';
  readonly name: string;
  readonly properties: JsonObject;
}

export interface WebSocketPlan {
  readonly logicalId: string;
  /** The stack among several, and nested ones: `Orders/`. Absent in the only template. */
  readonly place?: string;
  readonly id: string;
  readonly name: string;
  readonly stage: string;
  readonly stageVariables: Readonly<Record<string, string>>;
  /** `$request.body.action` */
  readonly selection: string;
  /** All models by name, as JSON schemas of draft 4, which refer to each other. */
  readonly models?: Readonly<Record<string, JsonObject>>;
  readonly routes: readonly WebSocketRoutePlan[];
}

/** A function behind a WebSocket API. */
export interface WebSocketFunction {
  readonly kind: 'function';
  readonly arn: string;
  /** Milliseconds that the API waits, where the template says it. */
  readonly timeout?: number;
}

/** An endpoint that gets messages as they are, and whose answers are those of the route. */
export interface WebSocketEndpoint {
  readonly kind: 'http';
  readonly endpoint: HttpEndpoint;
  readonly contentHandling?: ContentHandling;
}

/** An integration of a WebSocket API whose messages and answers are mapped. */
export interface MappedWebSocketTarget {
  readonly kind: 'mapped';
  readonly to:
    | (WebSocketFunction & {
        /** What `X-Amz-Invocation-Type` is mapped from: `'Event'`. */
        readonly invocationType?: string;
      })
    | { readonly kind: 'service'; readonly called: CalledService }
    | { readonly kind: 'http'; readonly endpoint: HttpEndpoint }
    | { readonly kind: 'mock' };
  /** Of messages, by what the selection comes to. */
  readonly templates: Readonly<Record<string, string>>;
  /** `\\$default`, or `${request.body.action}`. */
  readonly selection?: string;
  readonly passthrough: MappedIntegration['passthrough'];
  /** Of messages. */
  readonly contentHandling?: ContentHandling;
  readonly responses: readonly MappedWebSocketResponse[];
}

export interface MappedWebSocketResponse {
  /** `$default`, or a regular expression for the status, or for the message of an error: `/4\d\d/`. */
  readonly key: string;
  readonly templates: Readonly<Record<string, string>>;
  readonly selection?: string;
  readonly contentHandling?: ContentHandling;
}

export interface WebSocketRoutePlan {
  readonly key: string;
  readonly target:
    | WebSocketFunction
    | MappedWebSocketTarget
    | WebSocketEndpoint
    | { readonly kind: 'unsupported'; readonly reason: string };
  /** What the integration returns is sent to the client. */
  readonly answers: boolean;
  /** What messages are checked by: a schema each by what the selection comes to. */
  readonly checks?: {
    readonly selection: string;
    readonly models: Readonly<Record<string, JsonObject>>;
  };
  readonly authorizer?:
    | {
        readonly kind: 'request';
        readonly arn: string;
        readonly identitySources: readonly string[];
      }
    | { readonly kind: 'iam' };
}
