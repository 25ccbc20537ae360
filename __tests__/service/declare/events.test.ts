import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import * as decorators from '../../../src/service/decorators/index.ts';
import type { EventDefinition } from '../../../src/service/event-types.ts';
import { declarationFindings } from '../../../src/service/marshal/index.ts';
import type { Service } from '../../../src/service/types.ts';
import { everyEvent } from './every-event.ts';
import { faultsOf, lint, propertiesOf, templateOf, typesOf } from './support.ts';

const QUEUE = { Type: 'AWS::SQS::Queue' };
const TOPIC = { Type: 'AWS::SNS::Topic' };
const of = (...events: EventDefinition[]): Service => ({
  name: 'shop',
  functions: { work: { handler: 'work.ts', events } },
  resources: { Jobs: QUEUE, Orders: TOPIC, Photos: { Type: 'AWS::S3::Bucket' } },
});

describe('every kind of event', () => {
  it('is something that CloudFormation takes', async () => {
    expect(faultsOf(everyEvent)).toEqual([]);
    expect(await lint({ events: templateOf(everyEvent) })).toEqual([]);
  });
  it('gives the same template each time', () => {
    expect(JSON.stringify(templateOf(structuredClone(everyEvent)))).toBe(
      JSON.stringify(templateOf(everyEvent)),
    );
  });
  it('keeps what the service says of its own resources', () => {
    expect(propertiesOf(everyEvent, 'Users').LambdaConfig).toEqual({
      PostConfirmation: 'arn:aws:lambda:us-east-1:123456789012:function:x',
      PreSignUp: { 'Fn::GetAtt': ['Times', 'Arn'] },
    });
  });
});

describe('permissions', () => {
  const permissions = Object.entries(templateOf(everyEvent).Resources).filter(
    ([, resource]) => (resource as { Type: string }).Type === 'AWS::Lambda::Permission',
  ) as [string, { Properties: Record<string, unknown> }][];

  it('are for one source each, in this account', () => {
    expect(permissions.length).toBeGreaterThan(10);
    for (const [id, { Properties }] of permissions) {
      expect([id, Properties.SourceArn]).toEqual([id, expect.anything()]);
      const named = ['sns.amazonaws.com', 'events.amazonaws.com'].includes(String(Properties.Principal));
      expect([id, Properties.SourceAccount]).toEqual([id, named ? undefined : { Ref: 'AWS::AccountId' }]);
    }
  });
  it('are what a mapping reads with, no more', () => {
    const { PolicyDocument } = propertiesOf(of({ kind: 'sqs', queue: 'Jobs' }), 'WorkEventsPolicy');
    expect(PolicyDocument).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
          Resource: [{ 'Fn::GetAtt': ['Jobs', 'Arn'] }],
        },
      ],
    });
  });
  it('are left to a role that somebody else made', () => {
    const service = of({ kind: 'sqs', queue: 'Jobs' });
    const given = {
      ...service,
      functions: { work: { ...service.functions?.work, role: 'arn:aws:iam::1:role/given' } },
    };
    expect(Object.values(typesOf(given))).not.toContain('AWS::IAM::Policy');
    expect(declarationFindings(given).warnings).toEqual([
      {
        path: ['functions', 'work', 'role'],
        message:
          'the role is made elsewhere, and has to allow sqs:DeleteMessage, sqs:GetQueueAttributes, sqs:ReceiveMessage',
      },
    ]);
  });
});

describe('names of resources', () => {
  it('do not depend on the order of events', () => {
    const one: EventDefinition = { kind: 'rule', schedule: 'rate(1 day)' };
    const other: EventDefinition = { kind: 'rule', schedule: 'rate(2 days)' };
    expect(Object.keys(typesOf(of(one, other))).sort()).toEqual(Object.keys(typesOf(of(other, one))).sort());
  });
  it('are those of the events where they have one', () => {
    expect(typesOf(of({ kind: 'rule', name: 'nightly', schedule: 'rate(1 day)' }))).toMatchObject({
      WorkNightly: 'AWS::Events::Rule',
      WorkNightlyPermission: 'AWS::Lambda::Permission',
    });
  });
});

it('one bucket has one configuration, whoever is called by it', () => {
  const events: EventDefinition[] = [
    { kind: 's3', bucket: 'Photos', suffix: '.jpg' },
    { kind: 's3', bucket: 'Photos', suffix: '.png', name: 'png' },
  ];
  expect(propertiesOf(of(...events), 'PhotosNotifications')).toMatchObject({
    BucketName: { Ref: 'Photos' },
    Functions: [
      { Events: ['s3:ObjectCreated:*'], Suffix: '.jpg' },
      { Events: ['s3:ObjectCreated:*'], Suffix: '.png' },
    ],
  });
});

describe('a bucket of the service with a name', () => {
  const Photos = {
    Type: 'AWS::S3::Bucket',
    Properties: {
      BucketName: 'photos-of-shop',
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    },
  };
  const named = (more: object = {}, resources: object = {}): Service => ({
    name: 'shop',
    functions: {
      work: { handler: 'work.ts', events: [{ kind: 's3', bucket: 'Photos', prefix: 'in/' }], ...more },
    },
    resources: { Photos, ...resources },
  });
  const isCustom = (service: Service) =>
    Object.values(typesOf(service)).includes('Custom::SpartaBucketNotification');

  it('says itself what it calls, once it may', () => {
    const service = named();
    expect(templateOf(service).Resources.Photos).toEqual({
      Type: 'AWS::S3::Bucket',
      Properties: {
        BucketName: 'photos-of-shop',
        NotificationConfiguration: {
          EventBridgeConfiguration: { EventBridgeEnabled: true },
          LambdaConfigurations: [
            {
              Event: 's3:ObjectCreated:*',
              Function: { 'Fn::GetAtt': ['Work', 'Arn'] },
              Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: 'in/' }] } },
            },
          ],
        },
      },
      DependsOn: ['WorkPhotosBucketPermission'],
    });
    expect(isCustom(service)).toBe(false);
  });
  const circles: [string, Service][] = [
    ['in its environment', named({ environment: { BUCKET: { Ref: 'Photos' } } })],
    ['in its environment, in a text', named({ environment: { BUCKET: { 'Fn::Sub': 's3://${Photos}/' } } })],
    ['in dependsOn', named({ dependsOn: ['Photos'] })],
    [
      'in its privileges',
      named({ role: { privileges: [{ actions: ['s3:GetObject'], resource: 'Photos' }] } }),
    ],
    [
      'by way of another resource',
      named(
        { environment: { TOPIC: { Ref: 'Topic' } } },
        { Topic: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: { Ref: 'Photos' } } } },
      ),
    ],
  ];
  it.each(circles)(
    'does not where the function names the bucket %s: neither could be made first',
    (_, service) => expect(isCustom(service)).toBe(true),
  );
  it('is something that CloudFormation takes in each case', async () => {
    const all: [string, Service][] = [['named', named()], ...circles];
    const templates = all.map(([, service], index) => [`case-${index}`, templateOf(service)] as const);
    expect(await lint(Object.fromEntries(templates))).toEqual([]);
  });
});

it('a queue hides its messages at least as long as the function works on them', () => {
  const service = (timeout: number, VisibilityTimeout?: number): Service => ({
    name: 'shop',
    functions: { work: { handler: 'work.ts', timeout, events: [{ kind: 'sqs', queue: 'Jobs' }] } },
    resources: {
      Jobs: { ...QUEUE, Properties: VisibilityTimeout === undefined ? {} : { VisibilityTimeout } },
    },
  });
  expect(faultsOf(service(30))).toEqual([]);
  expect(faultsOf(service(60, 60))).toEqual([]);
  expect(faultsOf(service(60))).toEqual([
    "functions.work.events[0].queue: messages of Jobs are hidden for 30 s, less than the function's timeout of 60 s. Set VisibilityTimeout of the queue to 360, six times as long, as AWS recommends.",
  ]);
});

describe('faults', () => {
  const cases: [string, EventDefinition, string][] = [
    [
      'a pattern and a schedule',
      { kind: 'rule', pattern: { source: ['a'] }, schedule: 'rate(1 day)' },
      'functions.work.events[0]: has a pattern and a schedule. Make two events of it.',
    ],
    [
      'a rate of one minutes',
      { kind: 'rule', schedule: 'rate(1 minutes)' },
      'functions.work.events[0]: rate(1 minutes) has the wrong number of its unit. Write rate(1 minute).',
    ],
    [
      'a rate of words',
      { kind: 'rule', schedule: 'rate(often)' },
      'functions.work.events[0]: rate(often) is no rate. Write a number and minutes, hours or days: rate(5 minutes).',
    ],
    [
      'cron as Unix knows it',
      { kind: 'rule', schedule: 'cron(0 9 * * *)' },
      'functions.work.events[0]: cron(0 9 * * *) has 5 fields; EventBridge knows 6. Give minutes, hours, day of month, month, day of week, year.',
    ],
    [
      'two kinds of days',
      { kind: 'schedule', expression: 'cron(0 9 * * * *)' },
      'functions.work.events[0]: cron(0 9 * * * *) has both a day of month and a day of week. Write ? for the one that does not count.',
    ],
    [
      'a time zone that is none',
      { kind: 'schedule', expression: 'cron(0 9 ? * MON *)', timezone: 'Europe/Berln' },
      'functions.work.events[0]: there is no time zone Europe/Berln. Write one such as Europe/Berlin.',
    ],
    [
      'neither',
      { kind: 'rule' },
      'functions.work.events[0]: has neither a pattern nor a schedule. Give one of them.',
    ],
    [
      'a schedule on a bus',
      { kind: 'rule', schedule: 'rate(1 day)', bus: 'shop' },
      'functions.work.events[0]: has a schedule on a bus; only the default bus has schedules. Remove bus.',
    ],
    [
      'two inputs',
      { kind: 'rule', schedule: 'rate(1 day)', input: 1, inputPath: '$' },
      'functions.work.events[0]: has input and inputPath. Give one of them.',
    ],
    [
      'a misspelt resource',
      { kind: 'sqs', queue: 'Jbos' },
      'functions.work.events[0].queue: Jbos is no resource of this service. Write Jobs if that is meant.',
    ],
    [
      'a resource that does not exist',
      { kind: 'kinesis', stream: 'Clicks' },
      'functions.work.events[0].stream: Clicks is no resource of this service. Add it to resources (AWS::Kinesis::Stream or AWS::Kinesis::StreamConsumer), or give an ARN.',
    ],
    [
      'a resource of another type',
      { kind: 'sns', topic: 'Jobs' },
      'functions.work.events[0].topic: Jobs is of the type AWS::SQS::Queue. Name a resource of the type AWS::SNS::Topic.',
    ],
    [
      'an alias that there is not',
      { kind: 'sns', topic: 'Orders', alias: 'live' },
      'functions.work.events[0].alias: the function work has no alias live. Add it to functions.work.aliases.',
    ],
    [
      'logs of nothing',
      { kind: 'logs' },
      'functions.work.events[0]: names neither a group nor a function. Give one of group and function.',
    ],
    [
      'logs of the function itself',
      { kind: 'logs', function: 'work' },
      'functions.work.events[0].function: a function that gets its own logs calls itself without end. Name another function.',
    ],
    [
      'logs of no function',
      { kind: 'logs', function: 'wrk' },
      'functions.work.events[0].function: there is no function wrk. Write work if that is meant.',
    ],
  ];
  it.each(cases)('%s', (_, event, fault) => expect(faultsOf(of(event))).toEqual([fault]));

  it('all at once', () => {
    expect(faultsOf(of({ kind: 'sqs', queue: 'No' }, { kind: 'rule' }))).toHaveLength(2);
  });
  it('a table without a stream', () => {
    const service = of({ kind: 'dynamodb', table: 'Table' });
    expect(faultsOf({ ...service, resources: { Table: { Type: 'AWS::DynamoDB::Table' } } })).toEqual([
      'functions.work.events[0].table: the table Table has no stream. Give resources.Table a StreamSpecification.',
    ]);
  });
  it('what Lambda@Edge refuses', () => {
    const { edge } = everyEvent.functions ?? {};
    const fn = { ...edge, handler: 'edge.ts', environment: { A: 'b' }, architecture: 'arm64' as const };
    const service: Service = { ...everyEvent, functions: { ...everyEvent.functions, edge: fn } };
    const told = faultsOf({
      ...service,
      functions: { ...service.functions, edge: { ...fn, events: fn.events?.slice(0, 1) ?? [] } },
    });
    expect(told).toEqual([
      'functions.edge.environment: CloudFront takes no function with this. Remove it, or the event.',
      'functions.edge.architecture: CloudFront takes no function with this. Remove it, or the event.',
    ]);
    expect(propertiesOf(everyEvent, 'Edge')).not.toHaveProperty('Environment');
  });
  it('APIs whose names become the same', () => {
    const api = { kind: 'http' as const, routes: { 'GET /': 'work' } };
    expect(faultsOf({ ...of(), apis: { 'a-b': api, a_b: api } })).toEqual([
      'apis.a_b: its logical ID is ABApi, as that of apis.a-b. Rename one of them.',
    ]);
  });
  it('CloudFront without a version', () => {
    const service = of({ kind: 'cloudfront', distribution: 'Cdn', on: 'viewer-request' });
    expect(faultsOf({ ...service, resources: { Cdn: { Type: 'AWS::CloudFront::Distribution' } } })).toEqual([
      'functions.work.events[0]: CloudFront calls a version of the function work, no alias and not its newest code. Set functions.work.version: true.',
    ]);
  });
});

it('every kind of event stands in the table for those who come from Sparta', () => {
  const table = readFileSync(resolve(import.meta.dirname, '../../../docs/from-sparta.md'), 'utf8');
  const kinds = Object.values(everyEvent.functions ?? {}).flatMap(({ events = [] }) =>
    events.map(({ kind }) => kind),
  );
  for (const kind of new Set(kinds)) expect(table).toContain(`kind: '${kind}'`);
  for (const decorator of Object.keys(decorators)) expect(table).toContain(`${decorator}(`);
});
