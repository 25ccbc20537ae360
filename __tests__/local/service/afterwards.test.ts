import { expect, it } from '@jest/globals';
import type { FunctionHost } from '../../../src/local/function-host.ts';
import type { InvokeResult } from '../../../src/local/invoke.ts';
import { createAfterwards } from '../../../src/local/service/afterwards.ts';
import type { AfterwardsPlan } from '../../../src/local/service/plan.ts';
import { localFunction } from '../functions.ts';
import { KEEPS, REFUSES, serviceContext } from '../service-context.ts';

const failure = {
  kind: 'function-error',
  executedVersion: '$LATEST',
  error: { errorType: 'Error', errorMessage: 'as asked' },
  payload: Buffer.from('{"errorMessage":"as asked"}'),
} as unknown as InvokeResult;
const throttled = { kind: 'throttled' } as unknown as InvokeResult;

async function ran(
  result: InvokeResult,
  plan: Partial<AfterwardsPlan>,
  { reservedConcurrency, qualifier }: { reservedConcurrency?: number; qualifier?: string } = {},
) {
  const fn = localFunction(reservedConcurrency === undefined ? {} : { reservedConcurrency });
  let calls = 0;
  const host = {
    functions: [fn],
    invoke: async () => {
      calls++;
      return result;
    },
  } as unknown as FunctionHost;
  const functionArn = 'arn:aws:lambda:us-east-1:123456789012:function:Hello';
  const { context, sent } = serviceContext({ afterwards: [{ functionArn, ...plan }] }, host);
  const requestId = 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef';
  await createAfterwards(context).run(fn, '{"id":1}', {
    requestId,
    ...(qualifier !== undefined && { qualifier }),
  });
  return { calls, sent };
}

/** Source: AWS Lambda Developer Guide, "Adding a dead-letter queue": message attributes. */
it('a dead letter is the event, with what went wrong', async () => {
  const { calls, sent } = await ran(failure, { deadLetterArn: KEEPS });
  expect(calls).toBe(3);
  expect(sent).toEqual([
    expect.objectContaining({
      body: '{"id":1}',
      attributes: {
        RequestID: { DataType: 'String', StringValue: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef' },
        ErrorCode: { DataType: 'Number', StringValue: '200' },
        ErrorMessage: { DataType: 'String', StringValue: 'as asked' },
      },
    }),
  ]);
});

it('a destination is told where the dead letter queue takes nothing', async () => {
  const { sent } = await ran(failure, { deadLetterArn: REFUSES, failureArn: KEEPS });
  expect(sent.map(({ body }) => JSON.parse(body))).toEqual([
    expect.objectContaining({
      requestContext: expect.objectContaining({ condition: 'RetriesExhausted', approximateInvokeCount: 3 }),
    }),
  ]);
});

it('a function without concurrency is not tried, and has no response', async () => {
  const { calls, sent } = await ran(throttled, { failureArn: KEEPS }, { reservedConcurrency: 0 });
  expect(calls).toBe(1);
  const record = JSON.parse(sent[0]?.body ?? '');
  expect(record.requestContext).toMatchObject({
    condition: 'ZeroReservedConcurrency',
    approximateInvokeCount: 0,
  });
  expect(record).not.toHaveProperty('responseContext');
});

/** Source: AWS Lambda API Reference, `PutFunctionEventInvokeConfig`: of a function, a version or an alias. */
it('what is configured for an alias is of invocations of the alias', async () => {
  const plan = { qualifier: 'live', retries: 0, failureArn: KEEPS };
  const alias = await ran(failure, plan, { qualifier: 'live' });
  expect([alias.calls, alias.sent.length]).toEqual([1, 1]);
  const other = await ran(failure, plan);
  expect([other.calls, other.sent.length]).toEqual([3, 0]);
  const latest = await ran(failure, { ...plan, qualifier: '$LATEST' });
  expect([latest.calls, latest.sent.length]).toEqual([1, 1]);
});
