import type {
  CloudFrontEvent,
  CodeCommitEvent,
  CognitoEvent,
  DocumentDbEvent,
  DynamoDbEvent,
  EventDefinition,
  InputTransformer,
  IotEvent,
  KafkaEvent,
  KinesisEvent,
  LogsEvent,
  MqEvent,
  MskEvent,
  PollersDefinition,
  RuleEvent,
  S3Event,
  ScheduleEvent,
  SesEvent,
  SesStore,
  SnsEvent,
  SqsEvent,
} from '../event-types.ts';
import * as s from './kinds.ts';

// Limits: AWS Lambda API reference, CreateEventSourceMapping; EventBridge API reference, RetryPolicy.

const optionalText = () => s.optional(s.text());
const value = s.value(s.text());
const optionalValue = s.optional(value);
const flag = s.optional(s.boolean);
const texts = s.optional(s.list(s.text()));
const someTexts = s.required(s.list(s.text(), { min: 1 }));
const dataMap = s.optional(s.map(s.data));

const base = {
  name: s.optional(
    s.text({ pattern: /^[a-zA-Z0-9_-]{1,64}$/, accepts: 'letters, digits, - and _, up to 64' }),
  ),
  alias: optionalText(),
};
const mapping = {
  ...base,
  batchSize: s.optional(s.whole(1, 10_000)),
  window: s.optional(s.whole(0, 300)),
  filters: s.optional(s.list(s.map(s.data), { min: 1, max: 10 })),
  filterKey: optionalValue,
  enabled: flag,
  metrics: flag,
};
const stream = {
  ...mapping,
  start: s.optional(s.choice('TRIM_HORIZON', 'LATEST', 'AT_TIMESTAMP')),
  partialBatch: flag,
  onFailure: optionalValue,
  maxAge: s.optional(s.whole(60, 604_800)),
  retries: s.optional(s.whole(0, 10_000)),
  bisect: flag,
  parallelization: s.optional(s.whole(1, 10)),
  tumblingWindow: s.optional(s.whole(0, 900)),
};
const pollers = s.optional(
  s.object<PollersDefinition>('PollersDefinition', {
    minimum: s.optional(s.whole(1, 200)),
    maximum: s.optional(s.whole(1, 10_000)),
    group: s.optional(
      s.text({ pattern: /^[a-zA-Z0-9_-]{1,128}$/, accepts: 'letters, digits, - and _, up to 128' }),
    ),
  }),
);
const startTimestamp = s.optional(s.number({ min: 0 }));
const kafka = {
  ...mapping,
  topics: s.required(s.list(s.text(), { min: 1, max: 1 })),
  consumerGroup: s.optional(s.text({ max: 200 })),
  start: s.optional(s.choice('TRIM_HORIZON', 'LATEST', 'AT_TIMESTAMP')),
  startTimestamp,
  onFailure: optionalValue,
  pollers,
  logLevel: s.optional(s.choice('DEBUG', 'INFO', 'WARN')),
  schemaRegistry: dataMap,
};
const delivery = {
  maxAge: s.optional(s.whole(60, 86_400)),
  retries: s.optional(s.whole(0, 185)),
  deadLetter: optionalValue,
};

export const event = s.tagged<EventDefinition>({
  s3: s.object<S3Event>('S3Event', {
    kind: s.required(s.choice('s3')),
    ...base,
    bucket: s.required(value),
    events: s.optional(
      s.list(
        s.text({ pattern: /^s3:[A-Za-z]+(:[A-Za-z*]+)?$/, accepts: 'an event such as s3:ObjectCreated:*' }),
        {
          min: 1,
        },
      ),
    ),
    prefix: optionalText(),
    suffix: optionalText(),
  }),
  sns: s.object<SnsEvent>('SnsEvent', {
    kind: s.required(s.choice('sns')),
    ...base,
    topic: s.required(value),
    filter: dataMap,
    filterScope: s.optional(s.choice('MessageAttributes', 'MessageBody')),
    deadLetter: optionalValue,
    region: optionalText(),
  }),
  ses: s.object<SesEvent>('SesEvent', {
    kind: s.required(s.choice('ses')),
    ...base,
    recipients: texts,
    ruleSet: optionalValue,
    after: optionalText(),
    scan: flag,
    requireTls: flag,
    wait: flag,
    store: s.optional(s.object<SesStore>('SesStore', { bucket: s.required(value), prefix: optionalText() })),
    enabled: flag,
  }),
  sqs: s.object<SqsEvent>('SqsEvent', {
    kind: s.required(s.choice('sqs')),
    ...mapping,
    queue: s.required(value),
    partialBatch: flag,
    maxConcurrency: s.optional(s.whole(2, 1000)),
    pollers,
  }),
  dynamodb: s.object<DynamoDbEvent>('DynamoDbEvent', {
    kind: s.required(s.choice('dynamodb')),
    ...stream,
    table: s.required(value),
  }),
  kinesis: s.object<KinesisEvent>('KinesisEvent', {
    kind: s.required(s.choice('kinesis')),
    ...stream,
    stream: s.required(value),
    startTimestamp,
  }),
  msk: s.object<MskEvent>('MskEvent', {
    kind: s.required(s.choice('msk')),
    ...kafka,
    cluster: s.required(value),
    secret: optionalValue,
    authentication: s.optional(s.choice('SASL_SCRAM_512_AUTH', 'CLIENT_CERTIFICATE_TLS_AUTH')),
  }),
  kafka: s.object<KafkaEvent>('KafkaEvent', {
    kind: s.required(s.choice('kafka')),
    ...kafka,
    servers: someTexts,
    consumption: s.optional(s.choice('stream', 'queue')),
    secret: optionalValue,
    authentication: s.optional(
      s.choice('BASIC_AUTH', 'SASL_SCRAM_256_AUTH', 'SASL_SCRAM_512_AUTH', 'CLIENT_CERTIFICATE_TLS_AUTH'),
    ),
    rootCertificate: optionalValue,
    subnets: s.optional(s.list(value)),
    securityGroups: s.optional(s.list(value)),
  }),
  mq: s.object<MqEvent>('MqEvent', {
    kind: s.required(s.choice('mq')),
    ...mapping,
    broker: s.required(value),
    queue: s.required(s.text()),
    secret: s.required(value),
    virtualHost: optionalText(),
  }),
  documentdb: s.object<DocumentDbEvent>('DocumentDbEvent', {
    kind: s.required(s.choice('documentdb')),
    ...mapping,
    cluster: s.required(value),
    database: s.required(s.text()),
    collection: optionalText(),
    secret: s.required(value),
    fullDocument: flag,
    start: s.optional(s.choice('TRIM_HORIZON', 'LATEST', 'AT_TIMESTAMP')),
    startTimestamp,
  }),
  rule: s.object<RuleEvent>('RuleEvent', {
    kind: s.required(s.choice('rule')),
    ...base,
    pattern: dataMap,
    schedule: s.optional(s.text({ pattern: /^(rate|cron)\(.+\)$/, accepts: 'rate(...) or cron(...)' })),
    bus: optionalValue,
    description: s.optional(s.text({ max: 512 })),
    enabled: flag,
    input: s.optional(s.data),
    inputPath: optionalText(),
    inputTransformer: s.optional(
      s.object<InputTransformer>('InputTransformer', {
        paths: s.optional(s.map(s.text())),
        template: s.required(s.text()),
      }),
    ),
    ...delivery,
  }),
  schedule: s.object<ScheduleEvent>('ScheduleEvent', {
    kind: s.required(s.choice('schedule')),
    ...base,
    expression: s.required(
      s.text({ pattern: /^(rate|cron|at)\(.+\)$/, accepts: 'rate(...), cron(...) or at(...)' }),
    ),
    timezone: optionalText(),
    flexibleMinutes: s.optional(s.whole(1, 1440)),
    startDate: optionalText(),
    endDate: optionalText(),
    description: s.optional(s.text({ max: 512 })),
    enabled: flag,
    input: s.optional(s.data),
    group: optionalValue,
    ...delivery,
  }),
  logs: s.object<LogsEvent>('LogsEvent', {
    kind: s.required(s.choice('logs')),
    ...base,
    group: optionalValue,
    function: optionalText(),
    pattern: s.optional(s.text({ max: 1024 })),
  }),
  codecommit: s.object<CodeCommitEvent>('CodeCommitEvent', {
    kind: s.required(s.choice('codecommit')),
    ...base,
    repository: s.required(value),
    events: s.optional(
      s.list(s.choice('referenceCreated', 'referenceUpdated', 'referenceDeleted'), { min: 1 }),
    ),
    branches: texts,
  }),
  cognito: s.object<CognitoEvent>('CognitoEvent', {
    kind: s.required(s.choice('cognito')),
    ...base,
    pool: s.required(s.text()),
    trigger: s.required(
      s.choice(
        'PreSignUp',
        'PostConfirmation',
        'PreAuthentication',
        'PostAuthentication',
        'PreTokenGeneration',
        'CustomMessage',
        'DefineAuthChallenge',
        'CreateAuthChallenge',
        'VerifyAuthChallengeResponse',
        'UserMigration',
      ),
    ),
  }),
  iot: s.object<IotEvent>('IotEvent', {
    kind: s.required(s.choice('iot')),
    ...base,
    sql: s.required(s.text()),
    sqlVersion: optionalText(),
    description: optionalText(),
    enabled: flag,
  }),
  cloudfront: s.object<CloudFrontEvent>('CloudFrontEvent', {
    kind: s.required(s.choice('cloudfront')),
    ...base,
    distribution: s.required(s.text()),
    on: s.required(s.choice('viewer-request', 'viewer-response', 'origin-request', 'origin-response')),
    path: optionalText(),
    includeBody: flag,
  }),
});
