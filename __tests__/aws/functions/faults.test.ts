import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateFunctionCommand, DeleteFunctionCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Aws } from '../../../src/aws/connection/clients.ts';
import { type FunctionCode, updateFunctions } from '../../../src/aws/functions/update-code.ts';
import { type Emulator, startEmulator } from '../../support/emulator.ts';
import { type FaultProxy, startFaultProxy } from '../../support/fault-proxy.ts';
import type { Fault } from '../../support/faults.ts';
import { connectTo, operation, zipOf } from '../support.ts';

let emulator: Emulator;
let proxy: FaultProxy;
let aws: Aws;
beforeAll(async () => {
  emulator = await startEmulator();
  proxy = await startFaultProxy(emulator.endpoint);
  aws = await connectTo(proxy.endpoint);
  const iam = new IAMClient({
    region: 'us-east-1',
    endpoint: emulator.endpoint,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  await iam.send(new CreateRoleCommand({ RoleName: 'any', AssumeRolePolicyDocument: '{}' }));
  iam.destroy();
});
afterAll(async () => {
  await proxy.stop();
  await emulator.stop();
});

const codeOf = (version: string): FunctionCode & { readonly kind: 'zip' } => ({
  kind: 'zip',
  bytes: zipOf('index.mjs', `export const handler = async () => '${version}';`),
});

/** Makes two functions with the code of A. */
async function create(): Promise<void> {
  const { client } = await aws.lambda();
  for (const FunctionName of ['one', 'two']) {
    await client.send(new DeleteFunctionCommand({ FunctionName })).catch(() => undefined);
    await client.send(
      new CreateFunctionCommand({
        FunctionName,
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        Role: 'arn:aws:iam::000000000000:role/any',
        Code: { ZipFile: codeOf('A').bytes },
      }),
    );
  }
}

async function liveCode(FunctionName: string): Promise<string | undefined> {
  const { client, sdk } = await aws.lambda();
  const { Configuration } = await client.send(new sdk.GetFunctionCommand({ FunctionName }));
  return Configuration?.CodeSha256;
}

const CALLS = ['GetFunction', 'UpdateFunctionCode', 'TagResource'];
const FAULTS: readonly { readonly fault: Fault; readonly after?: boolean }[] = [
  { fault: 'throttling' },
  { fault: 'internal-error', after: true },
  { fault: 'reset', after: true },
  { fault: 'expired-credentials' },
];

it.each(CALLS)('a fault of %s leaves both functions with the new code, or both with the old', async (on) => {
  const updates = ['one', 'two'].map((name) => ({
    logicalId: name,
    functionName: name,
    code: codeOf('B'),
    previous: codeOf('A'),
  }));
  for (const how of FAULTS) {
    // A client that was throttled stays slow for a while.
    aws = await connectTo(proxy.endpoint);
    await create();
    const former = await liveCode('one');
    proxy.clear();
    proxy.inject({ ...how, on, times: 1, skip: 1 });
    const result = await updateFunctions(aws, updates, operation());
    expect(proxy.calls.some(({ fault }) => fault)).toBe(true);
    proxy.clear();
    aws = await connectTo(proxy.endpoint);
    const [one, two] = [await liveCode('one'), await liveCode('two')];
    expect(one).toBe(two);
    expect(one === former).toBe(result.kind === 'failed');
    if (result.kind === 'failed') expect(result.problems.map(({ next }) => next)).not.toContain(undefined);
    expect(result.kind).toBe(how.fault === 'expired-credentials' ? 'failed' : 'updated');
    expect(await updateFunctions(aws, updates, operation())).toMatchObject({ kind: 'updated' });
    expect(await liveCode('one')).not.toBe(former);
  }
});
