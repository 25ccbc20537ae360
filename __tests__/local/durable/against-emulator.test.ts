/** The same bundle by our host and by the emulator's durable executions: the API tells the same of both. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  CreateFunctionCommand,
  type Event,
  GetDurableExecutionCommand,
  GetDurableExecutionHistoryCommand,
  InvokeCommand,
  LambdaClient,
  ListDurableExecutionsByFunctionCommand,
  SendDurableExecutionCallbackSuccessCommand,
  StopDurableExecutionCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startLambdaApi } from '../../../src/local/server/lambda-api.ts';
import { archiveOf } from '../../../src/packaging/archive/single-file.ts';
import { type Emulator, startEmulator } from '../../support/emulator.ts';
import { eventually } from '../../support/eventually.ts';
import { localFunction, type TestHost, testHost } from '../functions.ts';
import { type DurableCode, durableCode } from './sdk.ts';

/** The SDK refuses the names that the emulator gives to operations without one: these have theirs. */
const NAMES = ['steps', 'brief', 'fails', 'asked'] as const;

let code: DurableCode | undefined;
let emulator: Emulator | undefined;
let host: TestHost | undefined;
let stopApi: (() => Promise<void>) | undefined;
const clients = new Map<string, LambdaClient>();

beforeAll(async () => {
  const made = await durableCode();
  code = made;
  const bundle = join(made.node, 'bundle', 'index.js');
  // The emulator resolves no packages of a project.
  await promisify(execFile)(resolve(import.meta.dirname, '../../../node_modules/.bin/esbuild'), [
    join(made.node, 'cases.mjs'),
    '--bundle',
    '--platform=node',
    '--format=cjs',
    '--minify',
    '--define:import.meta.url="file:///unused"',
    `--outfile=${bundle}`,
  ]);
  emulator = await startEmulator();
  const theirs = new LambdaClient({
    endpoint: emulator.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'not-a-secret' },
  });
  // It wants a field that the API never had.
  theirs.middlewareStack.add(
    (next) => (args) => {
      const request = args.request as { body?: string | Uint8Array };
      const body =
        request.body instanceof Uint8Array ? new TextDecoder().decode(request.body) : (request.body ?? '');
      if (body.includes('"DurableConfig":{'))
        request.body = body.replace('"DurableConfig":{', '"DurableConfig":{"Enabled":true,');
      return next(args);
    },
    { step: 'build', priority: 'high' },
  );
  const iam = new IAMClient({
    endpoint: emulator.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'not-a-secret' },
  });
  const { Role } = await iam.send(
    new CreateRoleCommand({
      RoleName: 'durable',
      AssumeRolePolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
        ],
      }),
    }),
  );
  const ZipFile = archiveOf('index.js', readFileSync(bundle, 'utf8'));
  for (const name of NAMES)
    await theirs.send(
      new CreateFunctionCommand({
        FunctionName: name,
        Runtime: 'nodejs22.x',
        Handler: `index.${name}`,
        Role: Role?.Arn,
        Timeout: 30,
        Code: { ZipFile },
        DurableConfig: { ExecutionTimeout: 3600, RetentionPeriodInDays: 1 },
        Environment: { Variables: { AWS_ENDPOINT_URL: emulator.endpoint } },
      }),
    );
  host = testHost(
    NAMES.map((name) =>
      localFunction({
        logicalId: name,
        handler: `index.${name}`,
        code: { kind: 'directory', path: join(made.node, 'bundle') },
        timeout: 30,
        memory: 512,
        durable: { executionTimeout: 3600, retention: 1 },
      }),
    ),
  );
  const api = await startLambdaApi(host);
  stopApi = api.stop;
  clients.set('theirs', theirs);
  clients.set(
    'ours',
    new LambdaClient({
      endpoint: api.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'not-a-secret' },
    }),
  );
});
afterAll(async () => {
  await stopApi?.();
  await host?.stop();
  await emulator?.stop();
  code?.remove();
});

const historyOf = async (client: LambdaClient, DurableExecutionArn: string): Promise<readonly Event[]> =>
  (await client.send(new GetDurableExecutionHistoryCommand({ DurableExecutionArn }))).Events ?? [];

/** Starts an execution. The emulator tells which one only to who waits, and that for its first invocation only. */
async function started(client: LambdaClient, name: string, payload: object): Promise<string> {
  const { DurableExecutionArn: arn } = await client.send(
    new InvokeCommand({
      FunctionName: `${name}:$LATEST`,
      InvocationType: client === clients.get('theirs') ? 'RequestResponse' : 'Event',
      Payload: Buffer.from(JSON.stringify(payload)),
    }),
  );
  if (arn === undefined) throw new Error(`${name} was not started`);
  return arn;
}

/** Starts an execution and follows it to its end. */
async function followed(client: LambdaClient, name: string, payload: object) {
  const arn = await started(client, name, payload);
  if (name === 'asked') {
    const id = await eventually(async () =>
      (await historyOf(client, arn)).find(({ EventType }) => EventType === 'CallbackStarted'),
    );
    await client.send(
      new SendDurableExecutionCallbackSuccessCommand({
        CallbackId: id.CallbackStartedDetails?.CallbackId,
        Result: Buffer.from('yes'),
      }),
    );
  }
  const execution = await eventually(async () => {
    const found = await client.send(new GetDurableExecutionCommand({ DurableExecutionArn: arn }));
    return found.Status === 'RUNNING' ? undefined : found;
  });
  const events = (await historyOf(client, arn))
    .map(({ EventType, Name = '' }) => `${EventType} ${Name}`.trim())
    // How many invocations it takes is a matter of time.
    .filter((each) => each !== 'InvocationCompleted');
  const { Status, Result, Error: error } = execution;
  return { arn, told: { Status, Result, error: error?.ErrorMessage, type: error?.ErrorType, events } };
}

it.each<[(typeof NAMES)[number], object]>([
  ['steps', { number: 1 }],
  ['brief', {}],
  ['fails', {}],
  ['asked', {}],
])('the API tells the same of %s', async (name, payload) => {
  const [ours, theirs] = [clients.get('ours'), clients.get('theirs')];
  if (!ours || !theirs) throw new Error('no client');
  const [mine, other] = await Promise.all([followed(ours, name, payload), followed(theirs, name, payload)]);
  expect(mine.told).toEqual(other.told);
});

it('both stop an execution, and list it so', async () => {
  const stopped = await Promise.all(
    [...clients.values()].map(async (client) => {
      const arn = await started(client, 'asked', {});
      await eventually(async () =>
        (await historyOf(client, arn)).find(({ EventType }) => EventType === 'CallbackStarted'),
      );
      await client.send(
        new StopDurableExecutionCommand({
          DurableExecutionArn: arn,
          Error: { ErrorType: 'Enough', ErrorMessage: 'stopped' },
        }),
      );
      const { DurableExecutions = [] } = await client.send(
        new ListDurableExecutionsByFunctionCommand({
          FunctionName: 'asked',
          Qualifier: '$LATEST',
          Statuses: ['STOPPED'],
        }),
      );
      const { Error: error, Status } = await client.send(
        new GetDurableExecutionCommand({ DurableExecutionArn: arn }),
      );
      const last = (await historyOf(client, arn)).findLast(
        ({ EventType }) => EventType !== 'InvocationCompleted',
      );
      return [
        DurableExecutions.map((each) => each.DurableExecutionArn === arn),
        Status,
        error?.ErrorType,
        error?.ErrorMessage,
        last?.EventType,
      ];
    }),
  );
  expect(stopped[0]).toEqual([[true], 'STOPPED', 'Enough', 'stopped', 'ExecutionStopped']);
  expect(stopped[1]).toEqual(stopped[0]);
});
