import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { FunctionHost } from '../../../src/local/function-host.ts';
import type { InvokeResult } from '../../../src/local/invoke.ts';
import { pollStream } from '../../../src/local/mappings/stream-poller.ts';
import type { MappingPlan } from '../../../src/local/service/plan.ts';
import type { JsonObject } from '../../../src/template/types.ts';
import { localFunction } from '../functions.ts';
import { serviceContext } from '../service-context.ts';

const record = (SequenceNumber: string) => ({
  SequenceNumber,
  PartitionKey: 'k',
  Data: Buffer.from('{"n":1}').toString('base64'),
  ApproximateArrivalTimestamp: 1_700_000_000,
});
const failed = (__type: string) => ({ status: 400, answer: { __type, message: '' } });

/** A stream whose first answer fails, and whose iterator expires. */
function answerOf(target: string, input: JsonObject): { readonly status?: number; readonly answer: object } {
  switch (target) {
    case 'ListShards':
      return { answer: { Shards: [{ ShardId: 'shard-0' }] } };
    case 'GetShardIterator':
      if (input.ShardIteratorType === 'AFTER_SEQUENCE_NUMBER' && input.StartingSequenceNumber === '1')
        return { answer: { ShardIterator: 'behind' } };
      asked++;
      return asked === 1 ? failed('InternalFailure') : { answer: { ShardIterator: 'first' } };
    default:
      if (input.ShardIterator === 'first')
        return { answer: { Records: [record('1')], NextShardIterator: 'old' } };
      if (input.ShardIterator === 'old') return failed('ExpiredIteratorException');
      return {
        answer: { Records: input.ShardIterator === 'behind' ? [record('2')] : [], NextShardIterator: 'idle' },
      };
  }
}

let asked = 0;
let server: Server;
let url: string;
beforeAll(async () => {
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const [, target = ''] = String(request.headers['x-amz-target']).split('.');
    const { status = 200, answer } = answerOf(target, JSON.parse(Buffer.concat(chunks).toString()));
    response.writeHead(status).end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

it('a shard is read although it could not be at first, and goes on where its iterator expires', async () => {
  const ending = new AbortController();
  const seen: string[] = [];
  const fn = localFunction();
  const host = {
    functions: [fn],
    async invoke(_: unknown, payload: string) {
      const { Records } = JSON.parse(payload);
      for (const { kinesis } of Records) seen.push(kinesis.sequenceNumber);
      if (seen.length === 2) ending.abort();
      return { kind: 'success', payload: Buffer.from('{}') } as unknown as InvokeResult;
    },
  } as unknown as FunctionHost;
  const plan: MappingPlan = {
    id: 'FromClicks',
    kind: 'kinesis',
    sourceArn: 'arn:aws:kinesis:us-east-1:123456789012:stream/clicks',
    functionArn: '',
    enabled: true,
    batchSize: 10,
    window: 0,
    partial: false,
    // Filters see the whole record.
    filters: [{ kinesisSchemaVersion: ['1.0'], data: { n: [1] } }],
  };
  const remote = {
    url,
    make: false,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  const { context, warnings } = serviceContext({}, host);
  await pollStream({ plan, fn, qualifier: undefined, remote }, context, ending.signal);
  expect(seen).toEqual(['1', '2']);
  expect(warnings).toEqual([expect.stringContaining('InternalFailure')]);
});
