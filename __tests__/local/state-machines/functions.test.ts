import { expect, it } from '@jest/globals';
import type { FunctionHost } from '../../../src/local/function-host.ts';
import type { InvokeResult } from '../../../src/local/invoke.ts';
import { hostMachines } from '../../../src/local/state-machines/host.ts';
import type { JsonObject } from '../../../src/template/types.ts';
import { localFunction } from '../functions.ts';
import { alone, outputOf } from './machine.ts';

const done = {
  kind: 'success',
  executedVersion: '$LATEST',
  payload: Buffer.from('{"id":1}'),
  contentType: 'application/json',
  requestId: 'r',
  logs: '',
} as unknown as InvokeResult;
const failed = {
  kind: 'function-error',
  executedVersion: '$LATEST',
  error: { errorType: 'Error', errorMessage: 'as asked' },
  payload: Buffer.from('{"errorType":"Error","errorMessage":"as asked"}'),
  logs: '',
} as unknown as InvokeResult;

/** Runs a Task of functions, one of which is `Hello`. */
async function task(Resource: string, Parameters: JsonObject, result: InvokeResult) {
  const called: string[] = [];
  const later: string[] = [];
  const host = {
    functions: [localFunction({ qualifiers: ['live'] })],
    invoke: async () => {
      called.push('now');
      return result;
    },
  } as unknown as FunctionHost;
  const store = hostMachines(
    [
      {
        logicalId: 'Machine',
        name: 'Machine',
        arn: 'arn:aws:states:us-east-1:123456789012:stateMachine:Machine',
        type: 'STANDARD',
        definition: alone({ Type: 'Task', Resource, Parameters }),
        roleArn: '',
        qualifiers: [],
      },
    ],
    {
      host,
      waits: 'skip',
      endpoints: () => ({}),
      fileOf: async () => undefined,
      region: 'us-east-1',
      account: '123456789012',
      invokeLater: async (arn, payload) => void later.push(arn, payload),
      warn: () => undefined,
    },
  );
  const [machine] = store.machines();
  if (!machine) throw new Error('there is no machine');
  const execution = store.executions.start(machine, { input: '{}' });
  await execution.over;
  return { output: outputOf(execution), called, later };
}

it('a function that nobody waits for is invoked as others are: with retries, destinations and dead letters', async () => {
  const { output, called, later } = await task(
    'arn:aws:states:::lambda:invoke',
    { FunctionName: 'Hello:live', InvocationType: 'Event', Payload: { id: 1 } },
    failed,
  );
  expect(output).toMatchObject({ StatusCode: 202 });
  expect([called, later]).toEqual([
    [],
    ['arn:aws:lambda:us-east-1:123456789012:function:Hello:live', '{"id":1}'],
  ]);
});

/** Source: AWS Lambda API Reference, `Invoke`: the SDK integration passes the answer of the API on as it is. */
it('an SDK integration has the answer of the API, whose payload is text, and does not fail with the function', async () => {
  const resource = 'arn:aws:states:::aws-sdk:lambda:invoke';
  expect((await task(resource, { FunctionName: 'Hello' }, done)).output).toEqual({
    ExecutedVersion: '$LATEST',
    Payload: '{"id":1}',
    StatusCode: 200,
  });
  expect((await task(resource, { FunctionName: 'Hello' }, failed)).output).toEqual({
    ExecutedVersion: '$LATEST',
    FunctionError: 'Unhandled',
    Payload: '{"errorType":"Error","errorMessage":"as asked"}',
    StatusCode: 200,
  });
});

it('no other call of Lambda invokes a function', async () => {
  const { output, called } = await task(
    'arn:aws:states:::aws-sdk:lambda:getFunction',
    { FunctionName: 'Hello' },
    done,
  );
  expect(output).toMatchObject({
    status: 'FAILED',
    cause: expect.stringContaining('getFunction is not served here'),
  });
  expect(called).toEqual([]);
});
