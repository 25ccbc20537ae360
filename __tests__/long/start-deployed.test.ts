/** What `start` serves, and what is deployed, do the same: each case of start.test.ts against the emulator's stack. */
import { LambdaClient, PutFunctionEventInvokeConfigCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import { makeWorkspace, runAction } from '../support/runner.ts';
import { clientsOf, SERVICE, SERVICE_CASES } from '../support/service-cases.ts';

let aws: Emulator;
let workspace: Awaited<ReturnType<typeof makeWorkspace>>;
let clients: ReturnType<typeof clientsOf>;
beforeAll(async () => {
  aws = await startEmulator();
  workspace = await makeWorkspace({ 'template.json': JSON.stringify(SERVICE) });
  const { errors, exitCode, outputs } = await runAction({
    workspace: workspace.path,
    inputs: {
      'stack-name': 'orders',
      noop: 'false',
      capabilities: 'CAPABILITY_IAM',
      parameters: `Emulator=${aws.endpoint}`,
    },
    env: aws.env,
  });
  expect([errors, exitCode]).toEqual([[], 0]);
  await setDestinations();
  const { host } = new URL(aws.endpoint);
  const {
    ChatId = '',
    RestId = '',
    HttpId = '',
  } = JSON.parse(outputs.outputs ?? '{}') as Record<string, string>;
  const api = `${aws.endpoint}/_aws/execute-api`;
  clients = clientsOf({
    endpoint: aws.endpoint,
    chat: `ws://${host}/_aws/execute-api/${ChatId}/prod`,
    rest: `${api}/${RestId}/v1`,
    http: `${api}/${HttpId}/$default`,
    account: '000000000000',
  });
});
afterAll(async () => {
  clients?.close();
  await workspace.remove();
  await aws.stop();
});

/** The emulator's CloudFormation makes no `AWS::Lambda::EventInvokeConfig`; its Lambda knows them. */
async function setDestinations(): Promise<void> {
  const lambda = new LambdaClient({
    endpoint: aws.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const queue = (name: string) => ({ Destination: `arn:aws:sqs:us-east-1:000000000000:${name}` });
  await lambda.send(
    new PutFunctionEventInvokeConfigCommand({
      FunctionName: 'tell',
      MaximumRetryAttempts: 0,
      DestinationConfig: { OnSuccess: queue('done'), OnFailure: queue('failed') },
    }),
  );
  lambda.destroy();
}

describe('deployed', () => {
  it.each(SERVICE_CASES.filter(({ emulator }) => emulator === undefined))(
    '$name',
    ({ run }) => run(clients),
    60_000,
  );
});
