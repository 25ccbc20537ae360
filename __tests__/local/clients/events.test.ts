/** Buses and schedules as the SDK's clients see them. Refusals as AWS answers them: recorded in localstack/localstack. */
import {
  DescribeEventBusCommand,
  EventBridgeClient,
  ListEventBusesCommand,
  PutEventsCommand,
  type PutEventsRequestEntry,
  TestEventPatternCommand,
} from '@aws-sdk/client-eventbridge';
import {
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  CreateScheduleGroupCommand,
  DeleteScheduleGroupCommand,
  GetScheduleCommand,
  GetScheduleGroupCommand,
  ListScheduleGroupsCommand,
  ListSchedulesCommand,
  SchedulerClient,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { queueArn, queuePlan, refusal, served } from './served.ts';

const rule = (name: string, more: object) => ({
  name,
  arn: `arn:aws:events:us-east-1:123456789012:rule/${name}`,
  bus: 'default',
  enabled: true,
  targets: [],
  ...more,
});

let service: Awaited<ReturnType<typeof served>>;
let events: EventBridgeClient;
let scheduler: SchedulerClient;
beforeAll(async () => {
  service = await served({
    queues: [queuePlan('jobs')],
    buses: [{ name: 'shop', arn: 'arn:aws:events:us-east-1:123456789012:event-bus/shop' }],
    rules: [rule('wrong', { schedule: 'rate(5 minute)' })],
    scheduleGroups: ['declared'],
  });
  events = new EventBridgeClient(service.settings);
  scheduler = new SchedulerClient(service.settings);
});
afterAll(async () => {
  events.destroy();
  scheduler.destroy();
  await service.stop();
});

it('says which rule has a schedule that AWS refuses, and goes on', () => {
  expect(service.warnings).toEqual([
    expect.stringMatching(/^wrong: .* AWS refuses its schedule: "rate\(5 minute\)"/),
  ]);
});

describe('events', () => {
  const put = (...entries: PutEventsRequestEntry[]) =>
    events.send(
      new PutEventsCommand({
        Entries: entries.map((each) => ({ Source: 'shop', DetailType: 'Sold', Detail: '{}', ...each })),
      }),
    );

  it.each<readonly [PutEventsRequestEntry, string]>([
    [{ Source: 'aws.s3' }, 'NotAuthorizedForSourceException: Not authorized for the source.'],
    [{ Source: 'a'.repeat(257) }, 'InvalidArgument: Parameter Source is not valid.'],
    [{ DetailType: 'a'.repeat(129) }, 'InvalidArgument: Parameter DetailType is not valid.'],
    [{ Detail: '[]' }, 'MalformedDetail: Detail is malformed.'],
    [{ Detail: '{bad' }, 'MalformedDetail: Detail is malformed.'],
  ])('%j is refused alone', async (entry, words) => {
    const { FailedEntryCount, Entries = [] } = await put({}, entry);
    expect(FailedEntryCount).toBe(1);
    expect(`${Entries[1]?.ErrorCode}: ${Entries[1]?.ErrorMessage}`).toContain(words);
    expect(Entries[0]?.EventId).toBeDefined();
  });

  /** 1,048,576 bytes, of which 4 and 4 are source and type. */
  it('are 1 MB together at most', async () => {
    const detail = (size: number) => ({ Detail: JSON.stringify({ a: 'x'.repeat(size - 8) }) });
    expect((await put(detail(1_048_568))).FailedEntryCount).toBe(0);
    const words = 'ValidationException: Total size of the entries in the request is over the limit.';
    expect(await refusal(put(detail(1_048_569)))).toBe(words);
    expect(await refusal(put(detail(600_000), detail(600_000)))).toBe(words);
  });

  it('of a bus that is not there are gone, as in AWS, and told', async () => {
    expect((await put({ EventBusName: 'nowhere' })).FailedEntryCount).toBe(0);
    expect(service.warnings).toContain('there is no bus nowhere here: an event of shop is gone, as in AWS');
  });

  it('have buses', async () => {
    expect((await events.send(new ListEventBusesCommand({ NamePrefix: 'sh' }))).EventBuses).toEqual([
      { Name: 'shop', Arn: 'arn:aws:events:us-east-1:123456789012:event-bus/shop' },
    ]);
    const describeBus = (Name: string) => events.send(new DescribeEventBusCommand({ Name }));
    expect(await describeBus('shop')).toMatchObject({ Name: 'shop' });
    expect(await refusal(describeBus('none'))).toBe(
      'ResourceNotFoundException: Event bus none does not exist.',
    );
  });
});

describe('TestEventPattern', () => {
  const whole = {
    id: '1',
    account: '1',
    source: 'shop',
    time: '2026-11-30T00:00:00Z',
    region: 'us-east-1',
    resources: [],
    'detail-type': 'Sold',
  };
  const test = (EventPattern: string, Event: string) =>
    events.send(new TestEventPatternCommand({ EventPattern, Event }));

  it('says whether a pattern takes an event', async () => {
    expect((await test('{"source":["shop"]}', JSON.stringify(whole))).Result).toBe(true);
    expect((await test('{"source":["other"]}', JSON.stringify(whole))).Result).toBe(false);
  });

  const { account: _, ...without } = whole;
  it.each([
    ['{bad', whole, 'InvalidEventPatternException: Event pattern is not valid.'],
    ['["not", "a", "dict"]', whole, 'Event pattern is not valid. Reason: Filter is not an object'],
    ['{"source":[]}', whole, 'Empty arrays are not allowed'],
    ['{"source":["shop"]}', 'plain string', 'ValidationException: Parameter Event is not valid.'],
    [
      '{"source":["shop"]}',
      without,
      'ValidationException: Parameter Event is not valid. Reason: it has no account',
    ],
  ])('refuses %s and %j', async (pattern, event, words) => {
    const written = typeof event === 'string' ? event : JSON.stringify(event);
    expect(await refusal(test(pattern, written))).toContain(words);
  });
});

describe('schedules', () => {
  const given: CreateScheduleCommandInput = {
    Name: 'tick',
    ScheduleExpression: 'rate(1 hour)',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: { Arn: queueArn('jobs'), RoleArn: 'arn:aws:iam::123456789012:role/r', Input: 'text' },
  };
  const create = (more: Partial<CreateScheduleCommandInput> = {}) =>
    scheduler.send(new CreateScheduleCommand({ ...given, ...more }));
  const target = (more: object) => ({ Target: { ...given.Target, ...more } as typeof given.Target });
  const function1 = 'arn:aws:lambda:us-east-1:123456789012:function:f';

  it.each<readonly [Partial<CreateScheduleCommandInput>, string]>([
    [{ Name: 'a b' }, "Value 'a b' at 'name'"],
    [{ ScheduleExpression: 'cron(0 1 * * * *)' }, 'Invalid Schedule Expression cron(0 1 * * * *).'],
    [
      { ScheduleExpression: 'at(2021-12-31)', State: 'DISABLED' },
      'Invalid Schedule Expression at(2021-12-31).',
    ],
    [{ ScheduleExpressionTimezone: 'Europe/Atlantis' }, '"Europe/Atlantis" is no time zone'],
    [{ FlexibleTimeWindow: { Mode: 'FLEXIBLE' } }, 'A flexible time window has MaximumWindowInMinutes'],
    [
      { FlexibleTimeWindow: { Mode: 'SOMETIMES' as 'OFF' } },
      "Value 'SOMETIMES' at 'flexibleTimeWindow.mode'",
    ],
    [{ State: 'ON' as 'ENABLED' }, "Value 'ON' at 'State'"],
    [target({ Arn: 'arn:aws:scheduler:::aws-sdk:sqs:sendMessage' }), 'is not served here'],
    [target({ Arn: function1 }), 'The input of a target of lambda has to be JSON.'],
    [
      target({ Arn: 'arn:aws:events:us-east-1:123456789012:event-bus/shop', Input: '{}' }),
      "Value null at 'target.eventBridgeParameters.source'",
    ],
    [{ GroupName: 'nowhere' }, 'ResourceNotFoundException: Schedule group nowhere does not exist.'],
    [
      { StartDate: new Date('2027-01-02'), EndDate: new Date('2027-01-01') },
      'The StartDate you specify must come before the EndDate.',
    ],
  ])('refuse %j', async (more, words) => {
    expect(await refusal(create(more))).toContain(words);
  });

  it('are in groups, which are made, listed and deleted with them', async () => {
    await create();
    await create({ GroupName: 'declared', State: 'DISABLED' });
    await scheduler.send(new CreateScheduleGroupCommand({ Name: 'made' }));
    expect(await refusal(scheduler.send(new CreateScheduleGroupCommand({ Name: 'made' })))).toBe(
      'ConflictException: Schedule group made already exists.',
    );
    await create({ GroupName: 'made', Name: 'tock' });
    const names = async (filter: object = {}) =>
      (await scheduler.send(new ListSchedulesCommand(filter))).Schedules?.map(
        ({ GroupName, Name }) => `${GroupName}/${Name}`,
      );
    expect(await names()).toEqual(['default/tick', 'declared/tick', 'made/tock']);
    expect(await names({ GroupName: 'made' })).toEqual(['made/tock']);
    expect(await names({ State: 'DISABLED' })).toEqual(['declared/tick']);
    expect(await names({ NamePrefix: 'to' })).toEqual(['made/tock']);
    const first = await scheduler.send(new ListSchedulesCommand({ MaxResults: 2 }));
    expect(await names({ NextToken: first.NextToken })).toEqual(['made/tock']);
    expect(await scheduler.send(new GetScheduleGroupCommand({ Name: 'made' }))).toMatchObject({
      State: 'ACTIVE',
    });
    await scheduler.send(new DeleteScheduleGroupCommand({ Name: 'made' }));
    expect(await names()).toEqual(['default/tick', 'declared/tick']);
    expect(
      (await scheduler.send(new ListScheduleGroupsCommand({}))).ScheduleGroups?.map(({ Name }) => Name),
    ).toEqual(['default', 'declared']);
    expect(await refusal(scheduler.send(new DeleteScheduleGroupCommand({ Name: 'default' })))).toContain(
      'ValidationException',
    );
  });

  it('stay as they are where a change is refused', async () => {
    const wrong = new UpdateScheduleCommand({ ...given, ScheduleExpression: 'rate(1 year)' });
    expect(await refusal(scheduler.send(wrong))).toContain('Invalid Schedule Expression rate(1 year).');
    expect(await scheduler.send(new GetScheduleCommand({ Name: 'tick' }))).toMatchObject({
      ScheduleExpression: 'rate(1 hour)',
    });
  });
});
