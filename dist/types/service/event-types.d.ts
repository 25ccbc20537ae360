import type { Data, Value } from './values.ts';
/**
 * What calls a function. Where a resource is asked for: the logical ID of one in `resources`, an ARN of one outside of
 * the service, or an intrinsic function that gives the ARN.
 */
export type EventDefinition = S3Event | SnsEvent | SesEvent | SqsEvent | DynamoDbEvent | KinesisEvent | MskEvent | KafkaEvent | MqEvent | DocumentDbEvent | RuleEvent | ScheduleEvent | LogsEvent | CodeCommitEvent | CognitoEvent | IotEvent | CloudFrontEvent;
/** What all events have. */
export interface EventBase {
    /** Tells events of a function from one another; by default what they come from. */
    readonly name?: string;
    /** One of the function's aliases, which is called instead of the newest code. */
    readonly alias?: string;
}
export interface S3Event extends EventBase {
    readonly kind: 's3';
    /** A bucket of any region's stack is fine as long as its account is this one; others' notifications are kept. */
    readonly bucket: Value<string>;
    /** By default `s3:ObjectCreated:*`. */
    readonly events?: readonly string[];
    readonly prefix?: string;
    readonly suffix?: string;
}
export interface SnsEvent extends EventBase {
    readonly kind: 'sns';
    readonly topic: Value<string>;
    /** A filter policy. */
    readonly filter?: Readonly<Record<string, Data>>;
    /** What the filter is about; attributes by default. */
    readonly filterScope?: 'MessageAttributes' | 'MessageBody';
    /** Queue for messages that cannot be delivered. */
    readonly deadLetter?: Value<string>;
    /** Region of a topic elsewhere. */
    readonly region?: string;
}
export interface SesEvent extends EventBase {
    readonly kind: 'ses';
    /** Addresses and domains; every mail by default. */
    readonly recipients?: readonly string[];
    /** Name of a rule set that exists and is active. Without it the service has one of its own, which becomes the active one. */
    readonly ruleSet?: Value<string>;
    /** Name of the rule of that rule set after which this one comes. */
    readonly after?: string;
    /** Looks for spam and viruses. */
    readonly scan?: boolean;
    /** Refuses mail that comes without TLS. */
    readonly requireTls?: boolean;
    /** Waits for the function, which then decides what happens to the mail. */
    readonly wait?: boolean;
    /** Keeps the mail in a bucket, whose policy has to let SES write. */
    readonly store?: SesStore;
    readonly enabled?: boolean;
}
export interface SesStore {
    /** Name of the bucket. */
    readonly bucket: Value<string>;
    readonly prefix?: string;
}
/** What event source mappings have in common. */
export interface MappingBase extends EventBase {
    /** Records that a call gets at most. */
    readonly batchSize?: number;
    /** Seconds to wait for a batch to fill. */
    readonly window?: number;
    /** Event patterns; records that match none are skipped. */
    readonly filters?: readonly Readonly<Record<string, Data>>[];
    /** ARN of the key that encrypts the filters. */
    readonly filterKey?: Value<string>;
    /** `true` by default. */
    readonly enabled?: boolean;
    /** Metrics of the mapping: counts of events. */
    readonly metrics?: boolean;
}
export interface SqsEvent extends MappingBase {
    readonly kind: 'sqs';
    readonly queue: Value<string>;
    /** The function says which records of a batch failed. */
    readonly partialBatch?: boolean;
    /** Calls that run at once, at most. */
    readonly maxConcurrency?: number;
    /** Pollers of its own. */
    readonly pollers?: PollersDefinition;
}
export interface PollersDefinition {
    readonly minimum?: number;
    readonly maximum?: number;
    /** Of Kafka: mappings of one name share their pollers. */
    readonly group?: string;
}
/** What event source mappings of streams have in common. */
export interface StreamBase extends MappingBase {
    /** Records that come after the mapping was made by default. */
    readonly start?: 'TRIM_HORIZON' | 'LATEST' | 'AT_TIMESTAMP';
    /** The function says which records of a batch failed. */
    readonly partialBatch?: boolean;
    /** Queue, topic or bucket that receives what failed. */
    readonly onFailure?: Value<string>;
    /** Seconds after which a record is given up. */
    readonly maxAge?: number;
    /** Times that a batch is tried again. */
    readonly retries?: number;
    /** Halves a batch that failed. */
    readonly bisect?: boolean;
    /** Batches of a shard that are handled at once. */
    readonly parallelization?: number;
    /** Seconds over which results are aggregated. */
    readonly tumblingWindow?: number;
}
export interface DynamoDbEvent extends StreamBase {
    readonly kind: 'dynamodb';
    /** A table with a stream, or the ARN of the stream. */
    readonly table: Value<string>;
}
export interface KinesisEvent extends StreamBase {
    readonly kind: 'kinesis';
    /** A stream, or a consumer of one, which has its own share of the throughput. */
    readonly stream: Value<string>;
    /** With `AT_TIMESTAMP`: seconds since 1970. */
    readonly startTimestamp?: number;
}
/** What event source mappings of Kafka have in common. */
export interface KafkaBase extends MappingBase {
    readonly topics: readonly string[];
    readonly consumerGroup?: string;
    /** Records that come after the mapping was made by default. */
    readonly start?: 'TRIM_HORIZON' | 'LATEST' | 'AT_TIMESTAMP';
    /** With `AT_TIMESTAMP`: seconds since 1970. */
    readonly startTimestamp?: number;
    readonly onFailure?: Value<string>;
    readonly pollers?: PollersDefinition;
    /** What Lambda's poller logs. */
    readonly logLevel?: 'DEBUG' | 'INFO' | 'WARN';
    /** A `SchemaRegistryConfig` as CloudFormation has it. */
    readonly schemaRegistry?: Readonly<Record<string, Data>>;
}
export interface MskEvent extends KafkaBase {
    readonly kind: 'msk';
    readonly cluster: Value<string>;
    /** ARN of a secret, unless the cluster takes IAM credentials. */
    readonly secret?: Value<string>;
    /** How the secret is used. */
    readonly authentication?: 'SASL_SCRAM_512_AUTH' | 'CLIENT_CERTIFICATE_TLS_AUTH';
}
export interface KafkaEvent extends KafkaBase {
    readonly kind: 'kafka';
    /** Such as `broker.example.com:9092`. */
    readonly servers: readonly string[];
    /**
     * `queue`: consumers share partitions, without order in these (Kafka 4.2, share groups). It has no `start`, no
     * `startTimestamp` and no `window`, and stays as it was made.
     */
    readonly consumption?: 'stream' | 'queue';
    /** ARN of a secret. */
    readonly secret?: Value<string>;
    /** How the secret is used. */
    readonly authentication?: 'BASIC_AUTH' | 'SASL_SCRAM_256_AUTH' | 'SASL_SCRAM_512_AUTH' | 'CLIENT_CERTIFICATE_TLS_AUTH';
    /** ARN of a secret with the certificate of the brokers' authority. */
    readonly rootCertificate?: Value<string>;
    /** IDs of subnets through which the brokers are reached. */
    readonly subnets?: readonly Value<string>[];
    /** IDs of security groups with which they are reached. */
    readonly securityGroups?: readonly Value<string>[];
}
export interface MqEvent extends MappingBase {
    readonly kind: 'mq';
    readonly broker: Value<string>;
    readonly queue: string;
    /** ARN of a secret with user name and password. */
    readonly secret: Value<string>;
    /** Of RabbitMQ. */
    readonly virtualHost?: string;
}
export interface DocumentDbEvent extends MappingBase {
    readonly kind: 'documentdb';
    readonly cluster: Value<string>;
    readonly database: string;
    readonly collection?: string;
    /** ARN of a secret with user name and password. */
    readonly secret: Value<string>;
    /** Sends the whole document with an update. */
    readonly fullDocument?: boolean;
    readonly start?: 'TRIM_HORIZON' | 'LATEST' | 'AT_TIMESTAMP';
    /** With `AT_TIMESTAMP`: seconds since 1970. */
    readonly startTimestamp?: number;
}
export interface RuleEvent extends EventBase {
    readonly kind: 'rule';
    /** An event pattern of EventBridge. Either this or a schedule. */
    readonly pattern?: Readonly<Record<string, Data>>;
    /** Such as `rate(5 minutes)` or `cron(0 9 * * ? *)`, in UTC. */
    readonly schedule?: string;
    /** A bus of `resources`, or the name or ARN of another; the default bus without it. */
    readonly bus?: Value<string>;
    readonly description?: string;
    readonly enabled?: boolean;
    /** What the function gets instead of the event. */
    readonly input?: Data;
    /** A JSONPath to the part of the event that the function gets. */
    readonly inputPath?: string;
    readonly inputTransformer?: InputTransformer;
    /** Seconds after which an event is given up. */
    readonly maxAge?: number;
    /** Times that a call is tried again. */
    readonly retries?: number;
    /** Queue for events that cannot be delivered. */
    readonly deadLetter?: Value<string>;
}
export interface InputTransformer {
    /** JSONPaths by name. */
    readonly paths?: Readonly<Record<string, string>>;
    /** Text with `<name>` in it. */
    readonly template: string;
}
export interface ScheduleEvent extends EventBase {
    readonly kind: 'schedule';
    /** `rate(5 minutes)`, `cron(0 9 * * ? *)` or `at(2030-01-01T09:00:00)`. */
    readonly expression: string;
    /** Such as `Europe/Berlin`; UTC by default. */
    readonly timezone?: string;
    /** Minutes that a call may come later; exactly on time by default. */
    readonly flexibleMinutes?: number;
    /** Such as `2030-01-01T00:00:00Z`. */
    readonly startDate?: string;
    readonly endDate?: string;
    readonly description?: string;
    readonly enabled?: boolean;
    /** What the function gets. */
    readonly input?: Data;
    readonly maxAge?: number;
    readonly retries?: number;
    /** Queue for calls that cannot be made. */
    readonly deadLetter?: Value<string>;
    /** Name of a schedule group that exists. */
    readonly group?: Value<string>;
}
export interface LogsEvent extends EventBase {
    readonly kind: 'logs';
    /** A log group of `resources`, or the name of another. */
    readonly group?: Value<string>;
    /** Instead of a group: a function of the service, whose logs are meant. */
    readonly function?: string;
    /** A filter pattern; every line by default. */
    readonly pattern?: string;
}
export interface CodeCommitEvent extends EventBase {
    readonly kind: 'codecommit';
    readonly repository: Value<string>;
    /** By default all of them. */
    readonly events?: readonly ('referenceCreated' | 'referenceUpdated' | 'referenceDeleted')[];
    /** By default all of them. */
    readonly branches?: readonly string[];
}
export interface CognitoEvent extends EventBase {
    readonly kind: 'cognito';
    /** A user pool of `resources`: which functions it calls is said in the pool itself. */
    readonly pool: string;
    readonly trigger: CognitoTrigger;
}
export type CognitoTrigger = 'PreSignUp' | 'PostConfirmation' | 'PreAuthentication' | 'PostAuthentication' | 'PreTokenGeneration' | 'CustomMessage' | 'DefineAuthChallenge' | 'CreateAuthChallenge' | 'VerifyAuthChallengeResponse' | 'UserMigration';
export interface IotEvent extends EventBase {
    readonly kind: 'iot';
    /** Such as `SELECT * FROM 'sensors/+/temperature'`. */
    readonly sql: string;
    /** `2016-03-23` by default. */
    readonly sqlVersion?: string;
    readonly description?: string;
    readonly enabled?: boolean;
}
export interface CloudFrontEvent extends EventBase {
    readonly kind: 'cloudfront';
    /** A distribution of `resources`; the stack has to be in us-east-1. The published version of the function is used. */
    readonly distribution: string;
    readonly on: 'viewer-request' | 'viewer-response' | 'origin-request' | 'origin-response';
    /** Path pattern of a cache behaviour; the default behaviour without it. */
    readonly path?: string;
    /** Shows the function the body of the request. */
    readonly includeBody?: boolean;
}
