import { expect, it } from '@jest/globals';
import { pipesPart } from '../../../src/local/pipes/index.ts';
import { QUEUE_DEFAULTS } from '../../../src/local/queues/attributes.ts';
import { queuesPart } from '../../../src/local/queues/index.ts';
import { until } from '../../support/eventually.ts';
import { serviceContext } from '../service-context.ts';

/** Source: Amazon EventBridge User Guide, "Amazon EventBridge Pipes batching and concurrency": partial failures. */
it('what the target took does not come again, what it did not take does', async () => {
  const arn = 'arn:aws:sqs:us-east-1:123456789012:from';
  const target = 'arn:aws:once:us-east-1:123456789012:it';
  const { context, warnings } = serviceContext({
    queues: [{ ...QUEUE_DEFAULTS, visibilityTimeout: 1, name: 'from', arn }],
    pipes: [
      {
        name: 'p',
        arn: 'arn:pipe',
        sourceArn: arn,
        enabled: true,
        batchSize: 10,
        window: 0,
        filters: [],
        target: { arn: target, waits: true, template: '<$.body>', groupId: '$.body' },
      },
    ],
  });
  const sent: (readonly [string, string | undefined])[] = [];
  context.targets.add('once', async (_, body, { groupId }) => {
    sent.push([body, groupId]);
    if (body === 'b' && sent.length < 4) throw new Error('not now');
  });
  const queues = queuesPart(context);
  for (const body of ['a', 'b', 'c']) queues.of(arn)?.send({ body });
  const pipes = pipesPart(context, queues);
  await pipes.begin();
  await until(() => sent.length >= 4);
  await pipes.stop();
  expect(sent.map(([body]) => body).sort()).toEqual(['a', 'b', 'b', 'c']);
  expect(sent.every(([body, group]) => body === group)).toBe(true);
  expect(warnings).toEqual(['p: not now']);
});
