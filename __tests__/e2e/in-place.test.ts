import {
  GetFunctionCommand,
  InvokeCommand,
  LambdaClient,
  ListVersionsByFunctionCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { callName } from '../support/aws-calls.ts';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import { startProxy } from '../support/proxy.ts';
import { makeWorkspace, runAction } from '../support/runner.ts';

let aws: Emulator;
let lambda: LambdaClient;
let workspace: Awaited<ReturnType<typeof makeWorkspace>>;
beforeAll(async () => {
  aws = await startEmulator();
  lambda = new LambdaClient({
    region: 'us-east-1',
    endpoint: aws.endpoint,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
});
afterAll(async () => {
  lambda.destroy();
  await aws.stop();
});
beforeEach(() => aws.reset());
afterEach(() => workspace?.remove());

const handler = (answer: string): string =>
  `def handler(event, context):\n    return ${JSON.stringify(answer)}\n`;

/** One function packaged from a folder, one with its code in the template. */
const template = (inline: string, memory = 128): string =>
  JSON.stringify({
    Resources: {
      Packaged: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          FunctionName: 'packaged',
          Runtime: 'python3.12',
          Handler: 'index.handler',
          Role: 'arn:aws:iam::000000000000:role/any',
          Code: './code',
          MemorySize: memory,
        },
      },
      Inline: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          FunctionName: 'inline',
          Runtime: 'python3.12',
          Handler: 'index.handler',
          Role: 'arn:aws:iam::000000000000:role/any',
          Code: { ZipFile: handler(inline) },
        },
      },
    },
  });

async function deploy(
  packaged: string,
  inline: string,
  inputs: Record<string, string> = {},
  memory?: number,
) {
  await workspace?.remove();
  workspace = await makeWorkspace({
    'template.json': template(inline, memory),
    'code/index.py': handler(packaged),
  });
  const calls: string[] = [];
  const proxy = await startProxy(aws.endpoint, (call) => void calls.push(call));
  const result = await runAction({
    workspace: workspace.path,
    inputs: { 'stack-name': 'demo', ...inputs },
    env: { ...aws.env, AWS_ENDPOINT_URL: proxy.url },
  });
  await proxy.stop();
  return { ...result, calls };
}

async function answers(): Promise<unknown[]> {
  return Promise.all(
    ['packaged', 'inline'].map(async (FunctionName) => {
      const { Payload = [] } = await lambda.send(new InvokeCommand({ FunctionName }));
      return JSON.parse(Buffer.from(Payload).toString());
    }),
  );
}

/** Tags beside those that CloudFormation sets. */
const tags = (FunctionName: string) =>
  lambda
    .send(new GetFunctionCommand({ FunctionName }))
    .then(({ Tags = {} }) => Object.keys(Tags).filter((name) => !name.startsWith('aws:')));

const IN_PLACE = { inplace: 'true' };

it('deploy A, in place B, deploy A again: the code of A runs', async () => {
  expect((await deploy('A', 'A')).exitCode).toBe(0);
  expect(await answers()).toEqual(['A', 'A']);

  const preview = await deploy('B', 'B', { ...IN_PLACE, noop: 'true' });
  expect(preview.summary).toContain('Would be updated in place');

  const updated = await deploy('B', 'B', IN_PLACE);
  expect(updated).toMatchObject({ exitCode: 0, outputs: { operation: 'in-place', changed: 'true' } });
  expect(updated.calls).not.toContain('CreateChangeSet');
  expect(await answers()).toEqual(['B', 'B']);
  expect(await tags('packaged')).toEqual(['sparta:in-place']);
  const { Versions } = await lambda.send(new ListVersionsByFunctionCommand({ FunctionName: 'packaged' }));
  expect(Versions?.map(({ Version }) => Version)).toEqual(['$LATEST']);

  const again = await deploy('B', 'B', IN_PLACE);
  expect(again).toMatchObject({ exitCode: 0, outputs: { operation: 'none', changed: 'false' } });

  const back = await deploy('A', 'A');
  expect(back).toMatchObject({ exitCode: 0, outputs: { operation: 'in-place', changed: 'true' } });
  expect(await answers()).toEqual(['A', 'A']);
  expect([await tags('packaged'), await tags('inline')]).toEqual([[], []]);
});

it('in place B, then in place C: what C does not change is that of A again', async () => {
  await deploy('A', 'A');
  await deploy('B', 'B', IN_PLACE);
  const third = await deploy('C', 'A', IN_PLACE);
  expect(third).toMatchObject({ exitCode: 0, outputs: { operation: 'in-place' } });
  expect(await answers()).toEqual(['C', 'A']);
  expect([await tags('packaged'), await tags('inline')]).toEqual([['sparta:in-place'], []]);
});

it('says property by property what is in the way, and makes a change set, after which nothing is left behind', async () => {
  await deploy('A', 'A');
  await deploy('B', 'B', IN_PLACE);
  const result = await deploy('A', 'B', IN_PLACE, 256);
  expect(result).toMatchObject({ exitCode: 0, outputs: { operation: 'update' } });
  expect(result.stdout).toContain('Packaged (AWS::Lambda::Function): Properties.MemorySize changes');
  // CloudFormation sees no other code of Packaged: it is put right beside it.
  expect(await answers()).toEqual(['A', 'B']);
  expect([await tags('packaged'), await tags('inline')]).toEqual([[], []]);
});

/** Several functions, each with a folder of its own. */
const several = (answers: Readonly<Record<string, string>>): Record<string, string> => ({
  'template.json': JSON.stringify({
    Resources: Object.fromEntries(
      Object.keys(answers).map((id) => [
        id,
        {
          Type: 'AWS::Lambda::Function',
          Properties: {
            Runtime: 'python3.12',
            Handler: 'index.handler',
            Role: 'arn:aws:iam::000000000000:role/any',
            Code: `./${id}`,
          },
        },
      ]),
    ),
  }),
  ...Object.fromEntries(Object.entries(answers).map(([id, answer]) => [`${id}/index.py`, handler(answer)])),
});

it('of many functions, a preview names those that run other code, and asks for no more than these', async () => {
  const run = async (answers: Readonly<Record<string, string>>, inputs: Record<string, string> = {}) => {
    await workspace?.remove();
    workspace = await makeWorkspace(several(answers));
    const calls: string[] = [];
    const proxy = await startProxy(aws.endpoint, (_, { method, url, headers, body }) => {
      const { service, operation } = callName(method, url, headers, body);
      if (service === 'lambda') calls.push(operation);
    });
    const result = await runAction({
      workspace: workspace.path,
      inputs: { 'stack-name': 'several', ...inputs },
      env: { ...aws.env, AWS_ENDPOINT_URL: proxy.url },
    });
    await proxy.stop();
    return { ...result, calls };
  };
  const former = { A: 'a', B: 'b', C: 'c', D: 'd', E: 'e' };
  expect((await run(former)).exitCode).toBe(0);
  const unchanged = await run(former, { noop: 'true' });
  expect(unchanged.calls).toEqual(['ListFunctions']);
  expect(unchanged.summary).not.toContain('updated in place');

  expect(await run({ ...former, B: 'new', D: 'new' }, IN_PLACE)).toMatchObject({
    outputs: { operation: 'in-place' },
  });
  // Whatever the source says now: of it, of the deployed template, or anything else.
  for (const answers of [former, { ...former, B: 'new', D: 'new' }, { ...former, A: 'other', B: 'third' }]) {
    const { summary, calls } = await run(answers, { noop: 'true' });
    for (const id of ['B', 'D']) expect(summary).toContain(`${id} runs code that was updated in place`);
    for (const id of ['A', 'C', 'E']) expect(summary).not.toContain(`${id} runs code that`);
    expect(calls.toSorted()).toEqual(['ListFunctions', 'ListTags', 'ListTags']);
  }

  expect((await run(former)).exitCode).toBe(0);
  const again = await run(former, { noop: 'true' });
  expect(again.summary).not.toContain('updated in place');
  expect(again.calls).toEqual(['ListFunctions']);
});
