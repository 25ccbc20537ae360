import { describe, expect, it } from '@jest/globals';
import { QUEUE_DEFAULTS } from '../../../src/local/queues/attributes.ts';
import { queuesPart } from '../../../src/local/queues/index.ts';
import type { QueuePlan } from '../../../src/local/service/plan.ts';
import { callApi, serviceContext } from '../service-context.ts';

const QueueUrl = 'http://127.0.0.1:1/123456789012/jobs';

const jobs = () => service().call;

const arnOf = (name: string) => `arn:aws:sqs:us-east-1:123456789012:${name}`;

function service(more: Partial<QueuePlan> = {}) {
  const plan = (name: string) => ({ ...QUEUE_DEFAULTS, name, arn: arnOf(name) });
  const { context, warnings } = serviceContext({ queues: [{ ...plan('jobs'), ...more }, plan('dead')] });
  queuesPart(context);
  const call = async (action: string, input: object, gone = new AbortController().signal) => {
    const headers = { 'x-amz-target': `AmazonSQS.${action}` };
    const { status, headers: told, body } = await callApi(context, 'sqs', { headers, body: input, gone });
    return { status, query: told['x-amzn-query-error'], answer: JSON.parse(body) };
  };
  return { call, warnings, context };
}

describe('the API of queues', () => {
  /** Source: API model of SQS (`awsQueryCompatible`, `awsQueryError`): boto3 reads its codes from this header. */
  it.each([
    [
      'GetQueueUrl',
      { QueueName: 'other' },
      'QueueDoesNotExist',
      'AWS.SimpleQueueService.NonExistentQueue;Sender',
      400,
    ],
    [
      'SendMessageBatch',
      { QueueUrl, Entries: [] },
      'EmptyBatchRequest',
      'AWS.SimpleQueueService.EmptyBatchRequest;Sender',
      400,
    ],
    [
      'SendMessageBatch',
      { QueueUrl, Entries: ['a', 'b'].map((Id) => ({ Id, MessageBody: 'x'.repeat(600_000) })) },
      'BatchRequestTooLong',
      'AWS.SimpleQueueService.BatchRequestTooLong;Sender',
      400,
    ],
    ['SendMessage', { QueueUrl, MessageBody: '' }, 'MissingParameter', 'MissingParameter;Sender', 400],
    [
      'SendMessage',
      { QueueUrl, MessageBody: 'a\0' },
      'InvalidMessageContents',
      'InvalidMessageContents;Sender',
      400,
    ],
    [
      'SendMessage',
      { QueueUrl, MessageBody: 'a', MessageAttributes: { kind: { DataType: 'String', StringValue: '' } } },
      'InvalidParameterValue',
      'InvalidParameterValue;Sender',
      400,
    ],
    [
      'SendMessage',
      { QueueUrl, MessageBody: 'a', MessageAttributes: { kind: { DataType: 'Text', StringValue: 'a' } } },
      'InvalidParameterValue',
      'InvalidParameterValue;Sender',
      400,
    ],
    [
      'DeleteMessage',
      { QueueUrl, ReceiptHandle: 'none' },
      'ReceiptHandleIsInvalid',
      'ReceiptHandleIsInvalid;Sender',
      404,
    ],
  ])('%s refuses %j', async (action, input, code, query, status) => {
    expect(await jobs()(action, input)).toMatchObject({
      status,
      query,
      answer: { __type: `com.amazonaws.sqs#${code}` },
    });
  });

  it('counts attributes as part of a message', async () => {
    const call = jobs();
    const MessageBody = 'x'.repeat(1_048_576 - 20);
    expect((await call('SendMessage', { QueueUrl, MessageBody })).status).toBe(200);
    const MessageAttributes = { kind: { DataType: 'String', StringValue: 'x'.repeat(20) } };
    expect(await call('SendMessage', { QueueUrl, MessageBody, MessageAttributes })).toMatchObject({
      status: 400,
    });
  });

  it('changes the visibility of what is in flight only', async () => {
    const call = jobs();
    await call('SendMessage', { QueueUrl, MessageBody: 'a' });
    const { answer } = await call('ReceiveMessage', { QueueUrl });
    const change = { QueueUrl, ReceiptHandle: answer.Messages[0].ReceiptHandle, VisibilityTimeout: 0 };
    expect((await call('ChangeMessageVisibility', change)).status).toBe(200);
    expect(await call('ChangeMessageVisibility', change)).toMatchObject({
      answer: { __type: 'com.amazonaws.sqs#MessageNotInflight' },
    });
    await call('DeleteMessage', change);
    expect(await call('ChangeMessageVisibility', change)).toMatchObject({
      answer: {
        __type: 'com.amazonaws.sqs#InvalidParameterValue',
        message: expect.stringContaining('does not exist or is not available for visibility timeout change'),
      },
    });
  });

  it('gives nothing to who is gone', async () => {
    const call = jobs();
    const gone = new AbortController();
    const waiting = call('ReceiveMessage', { QueueUrl, WaitTimeSeconds: 20 }, gone.signal);
    gone.abort();
    await call('SendMessage', { QueueUrl, MessageBody: 'a' });
    expect((await waiting).answer).toEqual({});
    expect((await call('ReceiveMessage', { QueueUrl })).answer.Messages).toHaveLength(1);
  });

  it('says at the start what AWS refuses of the queues of a template', async () => {
    const problems = async (...plans: readonly Partial<QueuePlan>[]) => {
      const queues = plans.map((plan) => {
        const name = plan.name ?? 'jobs';
        return { ...QUEUE_DEFAULTS, name, arn: arnOf(name), ...plan };
      });
      const { context, warnings } = serviceContext({ queues });
      await queuesPart(context).begin();
      return warnings;
    };
    const redrive = { deadLetterArn: arnOf('dead'), maxReceiveCount: 5 };
    const kept = { KmsMasterKeyId: 'alias/a', RedriveAllowPolicy: '{"redrivePermission":"denyAll"}' };
    expect(await problems({ redrive, kept }, { name: 'dead' }, { name: 'a.fifo', fifo: true })).toEqual([]);
    // It may be elsewhere.
    expect(await problems({ redrive })).toEqual([]);
    expect(await problems({ visibilityTimeout: 43_201 }, { name: 'b', fifo: true }, { name: 'a b' })).toEqual(
      [
        'jobs: AWS refuses this queue: Invalid value for the parameter VisibilityTimeout.',
        expect.stringContaining('must end with .fifo'),
        expect.stringContaining('Can only include'),
      ],
    );
    expect(await problems({ name: 'a.fifo', fifo: true, redrive }, { name: 'dead' })).toEqual([
      expect.stringContaining('Dead-letter queue must be same type of queue as the source.'),
    ]);
  });

  it('says that a message is gone whose dead letter queue is not here', async () => {
    const redrive = { deadLetterArn: 'arn:dead', maxReceiveCount: 1 };
    const { call, warnings } = service({ redrive, visibilityTimeout: 0 });
    await call('SendMessage', { QueueUrl, MessageBody: 'a' });
    await call('ReceiveMessage', { QueueUrl });
    expect((await call('ReceiveMessage', { QueueUrl })).answer).toEqual({});
    expect(warnings).toEqual([expect.stringContaining('its dead letter queue arn:dead is not here')]);
  });

  it('takes a policy of dead letters away', async () => {
    const call = jobs();
    const set = (RedrivePolicy: string) =>
      call('SetQueueAttributes', { QueueUrl, Attributes: { RedrivePolicy } });
    const attributes = async () =>
      (await call('GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] })).answer.Attributes;
    await set(JSON.stringify({ deadLetterTargetArn: arnOf('dead'), maxReceiveCount: 1 }));
    expect(await attributes()).toMatchObject({
      RedrivePolicy: expect.any(String),
      CreatedTimestamp: expect.stringMatching(/^\d{10}$/),
      LastModifiedTimestamp: expect.stringMatching(/^\d{10}$/),
    });
    await set('');
    expect(await attributes()).not.toHaveProperty('RedrivePolicy');
  });
});

describe('what API Gateway sends to queues', () => {
  const send = async (
    form: Record<string, string>,
    more: { path?: string; accept?: string; type?: string } = {},
  ) => {
    const { context } = service();
    const { status, body } = await callApi(context, 'sqs', {
      path: more.path ?? '/123456789012/jobs',
      headers: {
        'content-type': more.type ?? 'application/x-www-form-urlencoded',
        accept: more.accept ?? 'application/json',
      },
      body: new URLSearchParams(form).toString(),
    });
    return { status, body };
  };

  it('is answered in JSON', async () => {
    const { status, body } = await send({ Action: 'SendMessage', MessageBody: 'a', DelaySeconds: '0' });
    expect([status, JSON.parse(body)]).toEqual([
      200,
      {
        SendMessageResponse: {
          SendMessageResult: {
            MessageId: expect.any(String),
            MD5OfMessageBody: '0cc175b9c0f1b6a831c399e269772661',
            MD5OfMessageAttributes: null,
            MD5OfMessageSystemAttributes: null,
            SequenceNumber: null,
          },
          ResponseMetadata: { RequestId: expect.any(String) },
        },
      },
    ]);
  });

  it('is answered in XML where nothing else is asked for, by the URL of the queue as well', async () => {
    const { status, body } = await send({ Action: 'PurgeQueue', QueueUrl }, { path: '/', accept: '*/*' });
    expect([status, body]).toEqual([
      200,
      expect.stringMatching(
        /^<PurgeQueueResponse xmlns="http:\/\/queue\.amazonaws\.com\/doc\/2012-11-05\/"><ResponseMetadata><RequestId>[\w-]+<\/RequestId><\/ResponseMetadata><\/PurgeQueueResponse>$/,
      ),
    ]);
  });

  it.each([
    [
      'a number',
      { Action: 'SendMessage', MessageBody: 'a', DelaySeconds: '901' },
      {},
      'InvalidParameterValue',
    ],
    ['no message', { Action: 'SendMessage' }, {}, 'MissingParameter'],
    [
      'a queue',
      { Action: 'PurgeQueue' },
      { path: '/123456789012/other' },
      'AWS.SimpleQueueService.NonExistentQueue',
    ],
    [
      'a path of no queue',
      { Action: 'PurgeQueue' },
      { path: '/jobs' },
      'AWS.SimpleQueueService.NonExistentQueue',
    ],
    ['other actions', { Action: 'AddPermission' }, {}, 'UnsupportedOperation'],
    [
      'a batch without entries',
      { Action: 'SendMessageBatch' },
      {},
      'AWS.SimpleQueueService.EmptyBatchRequest',
    ],
    ['what is no form', { Action: 'PurgeQueue' }, { type: 'application/json' }, 'UnsupportedOperation'],
  ])('is refused for %s', async (_, form, more, code) => {
    const { status, body } = await send(form as unknown as Record<string, string>, more);
    expect([status, JSON.parse(body).Error.Code]).toEqual([400, code]);
  });

  it('says what is served, where an action is not', async () => {
    const { body } = await send({ Action: 'AddPermission' });
    expect(JSON.parse(body).Error.Message).toMatch(
      /^AddPermission is not served here: of SQS, only SendMessage, .*ListMessageMoveTasks are$/,
    );
  });

  it.each(['MessageAttribute', 'MessageAttributes'])(
    'gives messages, with what %s had, in JSON and XML',
    async (name) => {
      const { context } = service();
      const ask = async (form: Record<string, string>, accept: string): Promise<string> =>
        (
          await callApi(context, 'sqs', {
            path: '/123456789012/jobs',
            headers: { 'content-type': 'application/x-www-form-urlencoded', accept },
            body: new URLSearchParams(form).toString(),
          })
        ).body;
      const result = async (form: Record<string, string>) =>
        JSON.parse(await ask(form, 'application/json'))[`${form.Action}Response`][`${form.Action}Result`];
      expect(await result({ Action: 'ReceiveMessage' })).toEqual({ messages: null });
      await ask({ Action: 'SendMessage', MessageBody: 'plain' }, 'application/json');
      await ask(
        {
          Action: 'SendMessage',
          MessageBody: '<a>',
          [`${name}.1.Name`]: 'kind',
          [`${name}.1.Value.DataType`]: 'String',
          [`${name}.1.Value.StringValue`]: 'new',
        },
        'application/json',
      );
      const received = { Action: 'ReceiveMessage', VisibilityTimeout: '0', MaxNumberOfMessages: '2' };
      const { messages } = await result({
        ...received,
        AttributeName: 'ApproximateReceiveCount',
        'MessageAttributeName.1': 'other',
        'MessageAttributeName.2': 'All',
      });
      expect(messages).toEqual([
        {
          Attributes: [{ Name: 'ApproximateReceiveCount', Value: '1' }],
          Body: 'plain',
          MD5OfBody: expect.any(String),
          MD5OfMessageAttributes: null,
          MessageAttributes: null,
          MessageId: expect.any(String),
          ReceiptHandle: expect.any(String),
        },
        expect.objectContaining({
          MessageAttributes: [
            { Name: 'kind', Value: { DataType: 'String', StringValue: 'new', BinaryValue: null } },
          ],
          MD5OfMessageAttributes: expect.any(String),
        }),
      ]);
      const written = await ask({ ...received, 'MessageAttributeName.1': 'kind' }, 'text/xml');
      expect(written.match(/<Message>/g)).toHaveLength(2);
      expect(written).toContain('<Body>&#60;a&#62;</Body>');
      expect(written).toContain(
        '<MessageAttribute><Name>kind</Name><Value><StringValue>new</StringValue><DataType>String</DataType></Value></MessageAttribute>',
      );
      expect(written).not.toContain('<member>');
      const [{ ReceiptHandle = '' } = {}] = (await result(received)).messages;
      await ask({ Action: 'DeleteMessage', ReceiptHandle }, 'application/json');
      expect((await result(received)).messages).toHaveLength(1);
    },
  );

  const forms = (plan: Partial<QueuePlan> = {}) => {
    const { context } = service(plan);
    const ask = async (form: Record<string, string>, accept = 'application/json'): Promise<string> => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded', accept };
      const body = new URLSearchParams(form).toString();
      return (await callApi(context, 'sqs', { path: '/', headers, body })).body;
    };
    const result = async (Action: string, form: Record<string, string>) =>
      JSON.parse(await ask({ Action, ...form }))[`${Action}Response`][`${Action}Result`];
    return { ask, result };
  };

  it('tags queues, and sends dead letters back', async () => {
    const { ask, result } = forms({ redrive: { deadLetterArn: arnOf('dead'), maxReceiveCount: 1 } });
    const tag = (of: string) => ({
      'Tag.1.Key': 'of',
      'Tag.1.Value': of,
      'Tag.2.Key': 'x',
      'Tag.2.Value': '',
    });
    const { QueueUrl: made } = await result('CreateQueue', { QueueName: 'made', ...tag('start') });
    expect(await result('ListQueueTags', { QueueUrl: made })).toEqual({
      Tags: [
        { Key: 'of', Value: 'start' },
        { Key: 'x', Value: '' },
      ],
    });
    await ask({ Action: 'TagQueue', QueueUrl: made, ...tag('now') });
    await ask({ Action: 'UntagQueue', QueueUrl: made, 'TagKey.1': 'x' });
    expect(await ask({ Action: 'ListQueueTags', QueueUrl: made }, 'text/xml')).toContain(
      '<ListQueueTagsResult><Tag><Key>of</Key><Value>now</Value></Tag></ListQueueTagsResult>',
    );
    const dead = QueueUrl.replace('jobs', 'dead');
    expect(await ask({ Action: 'ListDeadLetterSourceQueues', QueueUrl: dead }, 'text/xml')).toContain(
      `<ListDeadLetterSourceQueuesResult><QueueUrl>${QueueUrl}</QueueUrl></ListDeadLetterSourceQueuesResult>`,
    );
    await ask({ Action: 'SendMessage', QueueUrl: dead, MessageBody: 'a' });
    const source = { SourceArn: arnOf('dead'), DestinationArn: arnOf('jobs') };
    expect(await result('StartMessageMoveTask', source)).toEqual({ TaskHandle: expect.any(String) });
    expect((await result('ListMessageMoveTasks', source)).Results).toEqual([
      expect.objectContaining({ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: '1' }),
    ]);
    expect((await result('ReceiveMessage', { QueueUrl })).messages).toHaveLength(1);
  });

  it('answers about queues and batches', async () => {
    const { ask, result } = forms();
    expect(await result('GetQueueUrl', { QueueName: 'jobs' })).toEqual({ QueueUrl });
    const made = { QueueName: 'made', 'Attribute.1.Name': 'VisibilityTimeout', 'Attribute.1.Value': '7' };
    const { QueueUrl: other } = await result('CreateQueue', made);
    const asked = { QueueUrl: other, 'AttributeName.1': 'VisibilityTimeout' };
    const Attributes = [{ Name: 'VisibilityTimeout', Value: '7' }];
    expect(await result('GetQueueAttributes', asked)).toEqual({ Attributes });
    expect(await ask({ Action: 'GetQueueAttributes', ...asked }, 'text/xml')).toContain(
      '<Attribute><Name>VisibilityTimeout</Name><Value>7</Value></Attribute>',
    );
    expect(await result('ListQueues', { QueueNamePrefix: 'made' })).toEqual({
      queueUrls: [other],
      NextToken: null,
    });
    const entry = 'SendMessageBatchRequestEntry';
    const entries = {
      QueueUrl: other,
      [`${entry}.1.Id`]: 'good',
      [`${entry}.1.MessageBody`]: 'a',
      [`${entry}.2.Id`]: 'bad',
      [`${entry}.2.MessageBody`]: 'a',
      [`${entry}.2.DelaySeconds`]: '901',
    };
    expect(await result('SendMessageBatch', entries)).toEqual({
      Failed: [
        { Id: 'bad', Code: 'InvalidParameterValue', Message: expect.any(String), SenderFault: 'true' },
      ],
      Successful: [expect.objectContaining({ Id: 'good', MessageId: expect.any(String) })],
    });
    expect(await ask({ Action: 'SendMessageBatch', ...entries }, 'text/xml')).toMatch(
      /<SendMessageBatchResultEntry><Id>good<\/Id>.*<BatchResultErrorEntry><Id>bad<\/Id>/,
    );
  });
});
