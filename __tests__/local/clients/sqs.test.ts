/** Queues as the SDK's client sees them. Refusals as AWS answers them: recorded in localstack/localstack (`test_sqs.snapshot.json`). */
import {
  CreateQueueCommand,
  type CreateQueueCommandInput,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ListDeadLetterSourceQueuesCommand,
  ListMessageMoveTasksCommand,
  ListQueuesCommand,
  ListQueueTagsCommand,
  type QueueAttributeName,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SendMessageCommandInput,
  SetQueueAttributesCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
  TagQueueCommand,
  UntagQueueCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { queueArn, queuePlan, refusal, served } from './served.ts';

let service: Awaited<ReturnType<typeof served>>;
let sqs: SQSClient;
beforeAll(async () => {
  const redrive = { deadLetterArn: queueArn('dead'), maxReceiveCount: 1 };
  service = await served({
    queues: [
      queuePlan('dead'),
      queuePlan('jobs', { tags: { team: 'a' } }),
      queuePlan('failing', { redrive, visibilityTimeout: 0 }),
      queuePlan('ordered.fifo', { visibilityTimeout: 0 }),
      queuePlan('dead.fifo'),
    ],
  });
  sqs = new SQSClient(service.settings);
});
afterAll(async () => {
  sqs.destroy();
  await service.stop();
});

const url = (name = 'jobs') => service.queueUrl(name);
const set = (Attributes: Record<string, string>, queue = 'jobs') =>
  sqs.send(new SetQueueAttributesCommand({ QueueUrl: url(queue), Attributes }));
const attributes = async (queue: string, ...AttributeNames: QueueAttributeName[]) =>
  (await sqs.send(new GetQueueAttributesCommand({ QueueUrl: url(queue), AttributeNames }))).Attributes;
const create = (input: CreateQueueCommandInput) => sqs.send(new CreateQueueCommand(input));
const send = (more: Partial<SendMessageCommandInput>, queue = 'jobs') =>
  sqs.send(new SendMessageCommand({ QueueUrl: url(queue), MessageBody: 'a', ...more }));
const receive = async (queue: string) =>
  (await sqs.send(new ReceiveMessageCommand({ QueueUrl: url(queue), MaxNumberOfMessages: 10 }))).Messages ??
  [];

describe('attributes of queues', () => {
  it.each([
    [{ Bogus: '1' }, 'jobs', 'InvalidAttributeName: Unknown Attribute Bogus.'],
    [
      { VisibilityTimeout: 'abc' },
      'jobs',
      'InvalidAttributeValue: Invalid value for the parameter VisibilityTimeout.',
    ],
    [
      { VisibilityTimeout: '43201' },
      'jobs',
      'InvalidAttributeValue: Invalid value for the parameter VisibilityTimeout.',
    ],
    [
      { ContentBasedDeduplication: 'true' },
      'jobs',
      'InvalidAttributeName: Unknown Attribute ContentBasedDeduplication.',
    ],
    [{ FifoQueue: 'true' }, 'jobs', 'InvalidAttributeName: Unknown Attribute FifoQueue.'],
    [
      { FifoQueue: 'false' },
      'ordered.fifo',
      'InvalidAttributeValue: Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported.',
    ],
    [{ RedrivePolicy: '{bad' }, 'jobs', 'Reason: Redrive policy is not a valid JSON map.'],
    [
      { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn('none'), maxReceiveCount: 1 }) },
      'jobs',
      'Reason: Dead letter target does not exist.',
    ],
    [
      { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn('dead'), maxReceiveCount: 0 }) },
      'jobs',
      'Reason: Invalid value for maxReceiveCount: 0',
    ],
    [
      { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn('dead'), maxReceiveCount: 1 }) },
      'ordered.fifo',
      'Reason: Dead-letter queue must be same type of queue as the source.',
    ],
  ])('refuses %j of %s', async (given, queue, words) => {
    expect(await refusal(set(given, queue))).toContain(words);
  });

  it('refuses to tell what no queue has', async () => {
    const all = ['All', 'Bogus'] as QueueAttributeName[];
    expect(await refusal(attributes('jobs', ...all))).toBe('InvalidAttributeName: Unknown Attribute Bogus.');
  });

  it('tells again what nothing here goes by, until it is taken away', async () => {
    await set({ Policy: '{"Version":"2012-10-17"}', KmsMasterKeyId: 'alias/mine' });
    await set({ KmsDataKeyReusePeriodSeconds: '60' });
    expect(await attributes('jobs', 'All')).toMatchObject({
      Policy: '{"Version":"2012-10-17"}',
      KmsMasterKeyId: 'alias/mine',
      KmsDataKeyReusePeriodSeconds: '60',
    });
    await set({ Policy: '' });
    expect(await attributes('jobs', 'Policy')).toEqual({});
  });
});

describe('queues that are made', () => {
  it.each<readonly [CreateQueueCommandInput, string]>([
    [{ QueueName: 'a b' }, 'Can only include alphanumeric characters, hyphens, or underscores.'],
    [{ QueueName: 'x'.repeat(81) }, 'Can only include alphanumeric characters, hyphens, or underscores.'],
    [{ QueueName: 'x.fifo' }, 'Can only include alphanumeric characters, hyphens, or underscores.'],
    [{ QueueName: 'x', Attributes: { FifoQueue: 'true' } }, 'must end with .fifo suffix'],
    [{ QueueName: 'x', Attributes: { FifoQueue: 'false' } }, 'Unknown Attribute FifoQueue.'],
    [
      { QueueName: 'dead', Attributes: { VisibilityTimeout: '77' } },
      'QueueNameExists: A queue already exists with the same name and a different value for attribute VisibilityTimeout',
    ],
  ])('refuses %j', async (input, words) => {
    expect(await refusal(create(input))).toContain(words);
  });

  it('are the same again where all is the same, whatever the order in policies', async () => {
    const policy = (...entries: [string, unknown][]) => JSON.stringify(Object.fromEntries(entries));
    const target: [string, unknown] = ['deadLetterTargetArn', queueArn('dead.fifo')];
    const first = await create({
      QueueName: 'made.fifo',
      Attributes: { FifoQueue: 'true', RedrivePolicy: policy(target, ['maxReceiveCount', 3]) },
    });
    const again = await create({
      QueueName: 'made.fifo',
      Attributes: { FifoQueue: 'true', RedrivePolicy: policy(['maxReceiveCount', '3'], target) },
    });
    expect(again.QueueUrl).toBe(first.QueueUrl);
  });

  it('have tags', async () => {
    const QueueUrl = url();
    await sqs.send(new TagQueueCommand({ QueueUrl, Tags: { stage: 'test', team: 'b' } }));
    await sqs.send(new UntagQueueCommand({ QueueUrl, TagKeys: ['stage'] }));
    expect((await sqs.send(new ListQueueTagsCommand({ QueueUrl }))).Tags).toEqual({ team: 'b' });
  });

  it('are listed in pages', async () => {
    const first = await sqs.send(new ListQueuesCommand({ MaxResults: 2 }));
    const second = await sqs.send(new ListQueuesCommand({ MaxResults: 2, NextToken: first.NextToken }));
    expect([...(first.QueueUrls ?? []), ...(second.QueueUrls ?? [])]).toEqual(
      ['dead', 'jobs', 'failing', 'ordered.fifo'].map(url),
    );
    expect((await sqs.send(new ListQueuesCommand({}))).NextToken).toBeUndefined();
  });
});

describe('messages', () => {
  const text = (StringValue: string, DataType = 'String') => ({ DataType, StringValue });
  it.each<readonly [Partial<SendMessageCommandInput>, string, string]>([
    [
      { MessageAttributes: { n: text('abc', 'Number') } },
      'jobs',
      "Can't cast the value of message (user) attribute 'n' to a number.",
    ],
    [{ MessageAttributes: { 'AWS.kind': text('a') } }, 'jobs', "attribute name 'AWS.kind' is invalid"],
    [{ MessageAttributes: { 'a..b': text('a') } }, 'jobs', "attribute name 'a..b' is invalid"],
    [
      { MessageSystemAttributes: { Bogus: text('a') } as SendMessageCommandInput['MessageSystemAttributes'] },
      'jobs',
      "Message system attribute name 'Bogus' is invalid.",
    ],
    [
      { MessageDeduplicationId: 'a' },
      'jobs',
      'Value a for parameter MessageDeduplicationId is invalid. Reason: The request include parameter that is not valid for this queue type.',
    ],
    [
      { MessageGroupId: 'group 123' },
      'jobs',
      'Value group 123 for parameter MessageGroupId is invalid. Reason: MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length.',
    ],
    [
      { MessageGroupId: 'a', MessageDeduplicationId: 'a'.repeat(129) },
      'ordered.fifo',
      'Reason: MessageDeduplicationId can only include alphanumeric and punctuation characters. 1 to 128 in length.',
    ],
  ])('%j is refused by %s', async (more, queue, words) => {
    expect(await refusal(send(more, queue))).toContain(words);
  });

  it('of a batch have ids that AWS takes', async () => {
    const Entries = [{ Id: 'a b', MessageBody: 'a' }];
    expect(await refusal(sqs.send(new SendMessageBatchCommand({ QueueUrl: url(), Entries })))).toContain(
      'InvalidBatchEntryId: A batch entry id can only contain',
    );
  });

  it('may be numbers of every kind', async () => {
    for (const number of ['0', '-1.5', '+.5e10', '12345678901234567890.'])
      expect(await send({ MessageAttributes: { n: text(number, 'Number.int') } }, 'dead')).toMatchObject({
        MD5OfMessageAttributes: expect.any(String),
      });
    for (const { ReceiptHandle } of await receive('dead'))
      await sqs.send(new DeleteMessageCommand({ QueueUrl: url('dead'), ReceiptHandle }));
  });

  /** The digest that AWS answered, recorded in localstack/localstack (`test_sqs.py`). */
  it('have a digest of their trace', async () => {
    const AWSTraceHeader = text('Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1');
    expect(await send({ MessageSystemAttributes: { AWSTraceHeader } })).toMatchObject({
      MD5OfMessageSystemAttributes: '5ae4d5d7636402d80f4eb6d213245a88',
    });
  });

  it('of a FIFO queue are not deleted after their visibility timeout', async () => {
    await send({ MessageGroupId: 'a', MessageDeduplicationId: 'late' }, 'ordered.fifo');
    const [late] = await receive('ordered.fifo');
    const remove = (ReceiptHandle = '') =>
      sqs.send(new DeleteMessageCommand({ QueueUrl: url('ordered.fifo'), ReceiptHandle }));
    expect(await refusal(remove(late?.ReceiptHandle))).toContain('Reason: The receipt handle has expired.');
    const [again] = await receive('ordered.fifo');
    expect(again?.MessageId).toBe(late?.MessageId);
    expect(await refusal(remove(late?.ReceiptHandle))).toContain('Reason: The receipt handle has expired.');
  });

  it('are not deleted by a receipt of another queue', async () => {
    await send({}, 'failing');
    const [message] = await receive('failing');
    const { ReceiptHandle } = message ?? {};
    expect(
      await refusal(sqs.send(new DeleteMessageCommand({ QueueUrl: url('jobs'), ReceiptHandle }))),
    ).toContain('ReceiptHandleIsInvalid');
    await sqs.send(new DeleteMessageCommand({ QueueUrl: url('failing'), ReceiptHandle }));
  });

  it('have no other attributes of the system', async () => {
    const MessageSystemAttributeNames = ['Bogus'] as unknown as ['All'];
    expect(
      await refusal(sqs.send(new ReceiveMessageCommand({ QueueUrl: url(), MessageSystemAttributeNames }))),
    ).toBe('InvalidAttributeName: Unknown Attribute Bogus.');
  });
});

describe('dead letters', () => {
  const move = (source: string, destination?: string) =>
    sqs.send(
      new StartMessageMoveTaskCommand({
        SourceArn: queueArn(source),
        ...(destination !== undefined && { DestinationArn: queueArn(destination) }),
      }),
    );

  it('go back to where they come from, and what comes from nowhere stays', async () => {
    await send({ MessageBody: 'bad' }, 'failing');
    await receive('failing');
    await receive('failing');
    await send({ MessageBody: 'own' }, 'dead');
    expect(
      (await sqs.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: url('dead') }))).queueUrls,
    ).toEqual([url('failing')]);
    await move('dead');
    expect((await receive('failing')).map(({ Body }) => Body)).toEqual(['bad']);
    const listed = await sqs.send(new ListMessageMoveTasksCommand({ SourceArn: queueArn('dead') }));
    expect(listed.Results).toEqual([
      expect.objectContaining({
        Status: 'FAILED',
        FailureReason: 'CouldNotDetermineMessageSource',
        ApproximateNumberOfMessagesMoved: 1,
      }),
    ]);
    await move('dead', 'jobs');
    expect((await receive('jobs')).map(({ Body }) => Body)).toContain('own');
  });

  it.each([
    ['jobs', undefined, 'InvalidParameterValue: Source queue must be configured as a Dead Letter Queue.'],
    ['dead', 'none', 'ResourceNotFoundException: The resource that you specified for the DestinationArn'],
  ])('of %s do not go to %s', async (source, destination, words) => {
    expect(await refusal(move(source, destination))).toContain(words);
  });
});

it('answers what is no JSON, and does not cut the connection', async () => {
  const response = await fetch(service.url, {
    method: 'POST',
    headers: { 'X-Amz-Target': 'AmazonSQS.ListQueues' },
    body: '{bad',
  });
  expect([response.status, await response.json()]).toEqual([
    400,
    { __type: 'SerializationException', message: 'The request is no JSON object' },
  ]);
});
