import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { busesPart } from '../../../src/local/buses/index.ts';
import type { RulePlan, ServicePlan, TargetPlan } from '../../../src/local/service/plan.ts';
import { scheduleOf } from '../../../src/local/service/read/buses.ts';
import { callApi, KEEPS, REFUSES, serviceContext } from '../service-context.ts';

const place = { region: 'us-east-1', account: '123456789012' };
const busArn = (name: string) => `arn:aws:events:us-east-1:123456789012:event-bus/${name}`;
const rule = (name: string, bus: string, target: Partial<TargetPlan>): RulePlan => ({
  name,
  arn: `arn:aws:events:us-east-1:123456789012:rule/${bus}/${name}`,
  bus,
  pattern: { source: [{ exists: true }] },
  enabled: true,
  targets: [{ id: 'one', arn: KEEPS, ...target }],
});

function buses(plan: Partial<ServicePlan>) {
  const made = serviceContext({
    buses: ['a', 'b', 'c'].map((name) => ({ name, arn: busArn(name) })),
    ...plan,
  });
  const part = busesPart(made.context);
  const put = (entry: object) =>
    callApi(made.context, 'events', {
      headers: { 'x-amz-target': 'AWSEvents.PutEvents' },
      body: { Entries: [{ Source: 'shop', DetailType: 'Sold', Detail: '{"id":1}', ...entry }] },
    });
  const scheduler = async (method: string, name: string, body: object = {}, group?: string) => {
    const query = new URLSearchParams(group === undefined ? {} : { groupName: group });
    const answer = await callApi(made.context, 'scheduler', {
      method,
      path: `/schedules/${name}`,
      query,
      body,
    });
    return { status: answer.status, ...JSON.parse(answer.body) };
  };
  return { ...made, part, put, scheduler };
}

/** Lets what was sent arrive. */
const arrived = async (): Promise<void> => {
  for (let turns = 0; turns < 20; turns++) await Promise.resolve();
};

describe('a bus', () => {
  /** Source: Amazon EventBridge User Guide, "Using dead-letter queues to process undelivered events". */
  it('sends the event as it came to the dead letter queue, and what went wrong', async () => {
    const failing = rule('fails', 'a', { arn: REFUSES, input: '{}', deadLetterArn: KEEPS });
    const { put, sent } = buses({ rules: [failing] });
    await put({ EventBusName: 'a' });
    await arrived();
    expect(sent.map(({ body }) => JSON.parse(body))).toEqual([
      expect.objectContaining({ source: 'shop', 'detail-type': 'Sold', detail: { id: 1 } }),
    ]);
    const texts = Object.entries(sent[0]?.attributes ?? {}).map(([name, { StringValue }]) => [
      name,
      StringValue,
    ]);
    expect(Object.fromEntries(texts)).toEqual({
      RULE_ARN: failing.arn,
      TARGET_ARN: REFUSES,
      ERROR_CODE: 'NO_RESOURCE',
      ERROR_MESSAGE: 'refused',
      RETRY_ATTEMPTS: '0',
    });
  });

  it('goes on with other targets where a dead letter queue takes nothing', async () => {
    const targets = [
      { id: 'one', arn: REFUSES, deadLetterArn: REFUSES },
      { id: 'two', arn: KEEPS },
    ];
    const { put, sent } = buses({ rules: [{ ...rule('both', 'a', {}), targets }] });
    await put({ EventBusName: 'a' });
    await arrived();
    expect(sent).toHaveLength(1);
  });

  /** Source: Amazon EventBridge User Guide, "Sending events between event buses in the same account and Region". */
  it('sends events of another bus to no third one, so that none goes in circles', async () => {
    const { put, sent } = buses({
      rules: [
        rule('to-b', 'a', { arn: busArn('b') }),
        rule('back', 'b', { arn: busArn('a') }),
        rule('keep-a', 'a', { input: '"a"' }),
        rule('keep-b', 'b', { input: '"b"' }),
      ],
    });
    await put({ EventBusName: 'a' });
    await arrived();
    expect(sent.map(({ body }) => body).sort()).toEqual(['"a"', '"b"']);
  });

  /** Source: AWS CDK, aws-lambda-destinations: `resources` has the function and the destination. */
  it('says whose invocation a destination is told of', async () => {
    const { context, sent } = buses({ rules: [rule('results', 'a', {})] });
    const functionArn = 'arn:aws:lambda:us-east-1:123456789012:function:f:$LATEST';
    const record = { requestContext: { condition: 'Success', functionArn } };
    const cause = { kind: 'destination', source: 'f', ids: [] } as const;
    await context.targets.send(busArn('a'), JSON.stringify(record), { cause });
    await arrived();
    expect(JSON.parse(sent[0]?.body ?? '')).toMatchObject({
      source: 'lambda',
      'detail-type': 'Lambda Function Invocation Result - Success',
      resources: [functionArn, busArn('a')],
      detail: record,
    });
  });
});

describe('a schedule', () => {
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
    jest.setSystemTime(Date.parse('2026-11-30T12:00:00Z'));
  });
  afterEach(() => void jest.useRealTimers());
  const Target = { Arn: KEEPS, RoleArn: 'arn:aws:iam::123456789012:role/r' };
  const given = {
    ScheduleExpression: 'rate(1 minute)',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: { ...Target, Input: '{"id":1}' },
  };
  const minutes = async (count: number): Promise<void> => {
    for (let at = 0; at < count; at++) {
      jest.advanceTimersByTime(60_000);
      await arrived();
    }
  };

  it('sends what a schedule sends that has no input', async () => {
    const { part, sent } = buses({ schedules: [scheduleOf('tick', { ...given, Target }, place)] });
    await part.begin();
    await minutes(1);
    await part.stop();
    expect(JSON.parse(sent[0]?.body ?? '')).toEqual({
      version: '0',
      id: expect.any(String),
      'detail-type': 'Scheduled Event',
      source: 'aws.scheduler',
      account: '123456789012',
      time: '2026-11-30T12:00:00Z',
      region: 'us-east-1',
      resources: ['arn:aws:scheduler:us-east-1:123456789012:schedule/default/tick'],
      detail: '{}',
    });
  });

  it('leaves no timer, of two by one name either', async () => {
    const twice = { ...rule('tick', 'a', {}), schedule: 'rate(1 minute)' };
    const { part } = buses({ rules: [twice, twice] });
    await part.begin();
    await part.stop();
    expect(jest.getTimerCount()).toBe(0);
  });

  it('keeps its start and its end', async () => {
    const { part, sent } = buses({
      schedules: [
        scheduleOf(
          'within',
          { ...given, StartDate: '2026-11-30T12:02:30Z', EndDate: '2026-11-30T12:04:00Z' },
          place,
        ),
        scheduleOf('over', { ...given, EndDate: '2026-11-30T11:00:00Z' }, place),
        scheduleOf(
          'cron',
          { ...given, ScheduleExpression: 'cron(* * * * ? *)', StartDate: '2026-11-30T12:08:00Z' },
          place,
        ),
      ],
    });
    await part.begin();
    await minutes(9);
    await part.stop();
    expect(sent.map(({ cause }) => cause.source)).toEqual(['within', 'within', 'cron', 'cron']);
  });

  /** Source: EventBridge Scheduler User Guide, "Schedule types". */
  it('begins at once with a rate that has no start, and goes on as it began where it is changed', async () => {
    const { part, sent, scheduler } = buses({
      schedules: [
        scheduleOf('begun', { ...given, StartDate: '2026-11-30T11:00:30Z' }, place),
        scheduleOf('plain', { ...given, ScheduleExpression: 'rate(1 hour)' }, place),
      ],
    });
    // Other parts take their time.
    jest.setSystemTime(Date.now() + 7);
    await part.begin();
    const times = () => sent.map(({ cause, body }) => `${cause.source} ${JSON.parse(body).at}`);
    const Input = '{"at":"<aws.scheduler.scheduled-time>"}';
    const made = { ...given, Target: { ...given.Target, Input } };
    await scheduler('POST', 'new', made);
    jest.advanceTimersByTime(1000);
    await arrived();
    expect(times()).toEqual(['plain undefined', 'new 2026-11-30T12:00:00Z']);
    await scheduler('PUT', 'new', made);
    await minutes(1);
    await part.stop();
    expect(times().slice(1)).toEqual([
      'new 2026-11-30T12:00:00Z',
      'begun undefined',
      'new 2026-11-30T12:01:00Z',
    ]);
  });

  it('ignores the dates of one that happens once, and tells all that its template says', async () => {
    const properties = {
      ...given,
      ScheduleExpression: 'at(2026-11-30T12:00:30)',
      StartDate: '2026-11-30T12:10:00Z',
      EndDate: '2026-11-30T12:00:10Z',
      ActionAfterCompletion: 'DELETE',
      Description: 'once',
    };
    const { part, sent, scheduler } = buses({ schedules: [scheduleOf('once', properties, place)] });
    await part.begin();
    const told = await scheduler('GET', 'once');
    expect(told).toMatchObject({
      ...properties,
      StartDate: Date.parse(properties.StartDate) / 1000,
      EndDate: Date.parse(properties.EndDate) / 1000,
    });
    // What is told can be given back.
    const { StartDate: _, EndDate: __, ...rest } = told;
    expect((await scheduler('PUT', 'once', rest)).status).toBe(200);
    await minutes(1);
    await part.stop();
    expect(sent).toHaveLength(1);
    expect((await scheduler('GET', 'once')).status).toBe(404);
  });

  it('puts events on buses, with its input as detail', async () => {
    const Target = {
      Arn: busArn('a'),
      Input: '{"id":1}',
      EventBridgeParameters: { Source: 'clock', DetailType: 'Struck' },
    };
    const { part, sent } = buses({
      rules: [rule('heard', 'a', {})],
      schedules: [scheduleOf('strike', { ...given, Target }, place)],
    });
    await part.begin();
    await minutes(1);
    await part.stop();
    expect(JSON.parse(sent[0]?.body ?? '')).toMatchObject({
      source: 'clock',
      'detail-type': 'Struck',
      detail: { id: 1 },
    });
  });

  it('sends to its dead letter queue what its target does not take', async () => {
    const Target = { Arn: REFUSES, Input: '{"id":1}', DeadLetterConfig: { Arn: KEEPS } };
    const { part, sent } = buses({ schedules: [scheduleOf('fails', { ...given, Target }, place)] });
    await part.begin();
    await minutes(1);
    await part.stop();
    expect(sent.slice(0, 1)).toEqual([
      expect.objectContaining({
        body: '{"id":1}',
        attributes: expect.objectContaining({
          SCHEDULE_ARN: {
            DataType: 'String',
            StringValue: 'arn:aws:scheduler:us-east-1:123456789012:schedule/default/fails',
          },
        }),
      }),
    ]);
  });

  it('is one of its group, has all that it was made with, and goes when it is done where it says so', async () => {
    const { part, scheduler, sent } = buses({ scheduleGroups: ['other'] });
    const once = {
      ...given,
      ScheduleExpression: 'at(2026-11-30T12:01:00)',
      ActionAfterCompletion: 'DELETE',
      Target: { ...given.Target, SqsParameters: { MessageGroupId: 'g' } },
    };
    expect((await scheduler('POST', 'once', once)).status).toBe(200);
    expect((await scheduler('POST', 'once', { ...given, GroupName: 'other' })).status).toBe(200);
    expect(await scheduler('POST', 'once', once)).toMatchObject({
      status: 409,
      __type: 'ConflictException',
    });
    expect(await scheduler('GET', 'once')).toMatchObject(once);
    expect(await scheduler('GET', 'once', {}, 'other')).toMatchObject({
      ScheduleExpression: 'rate(1 minute)',
    });
    await scheduler('DELETE', 'once', {}, 'other');
    await minutes(2);
    await part.stop();
    expect(sent).toEqual([expect.objectContaining({ body: '{"id":1}', groupId: 'g' })]);
    expect((await scheduler('GET', 'once')).status).toBe(404);
  });

  it('needs what AWS needs of it', async () => {
    const { scheduler } = buses({});
    const { FlexibleTimeWindow: _, ...without } = given;
    expect(await scheduler('POST', 'once', without)).toMatchObject({
      status: 400,
      __type: 'ValidationException',
    });
  });
});
