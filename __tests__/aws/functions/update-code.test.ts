import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Aws } from '../../../src/aws/connection/clients.ts';
import {
  type FunctionCode,
  type FunctionUpdate,
  healFunctions,
  readTagged,
  updateFunctions,
} from '../../../src/aws/functions/update-code.ts';
import type { StackInput } from '../../../src/aws/stack/change-set.ts';
import { changeStack } from '../../../src/aws/stack/change-stack.ts';
import { sha256 } from '../../../src/hash/canonical.ts';
import { type Emulator, startEmulator } from '../../support/emulator.ts';
import { connectTo, operation, template, zipOf } from '../support.ts';

const BUCKET = 'code';
const archive = (result: string): Buffer =>
  zipOf('index.mjs', `export const handler = async () => ${JSON.stringify(result)};`);

let emulator: Emulator;
let aws: Aws;
beforeAll(async () => {
  emulator = await startEmulator();
  aws = await connectTo(emulator.endpoint);
});
afterAll(() => emulator.stop());
beforeEach(async () => {
  await emulator.reset();
  const { client, sdk } = await aws.s3();
  await client.send(new sdk.CreateBucketCommand({ Bucket: BUCKET }));
});

/** Uploads an archive under its hash. */
async function code(result: string): Promise<FunctionCode> {
  const { client, sdk } = await aws.s3();
  const bytes = archive(result);
  const key = `${sha256(bytes)}.zip`;
  await client.send(new sdk.PutObjectCommand({ Bucket: BUCKET, Key: key, Body: bytes }));
  return { kind: 's3', bucket: BUCKET, key, sha256: sha256(bytes) };
}

/** Deploys functions with the code of A, as a stack does. */
async function create(...names: string[]): Promise<void> {
  const { kind, sha256: hash, ...place } = (await code('A')) as Extract<FunctionCode, { kind: 's3' }>;
  expect([kind, hash?.length]).toEqual(['s3', 64]);
  const body = template(
    Object.fromEntries(
      names.map((FunctionName) => [
        `${FunctionName}Function`,
        {
          Type: 'AWS::Lambda::Function',
          Properties: {
            FunctionName,
            Runtime: 'nodejs22.x',
            Handler: 'index.handler',
            Role: 'arn:aws:iam::000000000000:role/any',
            Code: { S3Bucket: place.bucket, S3Key: place.key },
          },
        },
      ]),
    ),
  );
  const input: StackInput = {
    stackName: 'orders',
    template: { body },
    parameters: {},
    tags: {},
    capabilities: [],
    onFailure: 'rollback',
  };
  const result = await changeStack(
    aws,
    { input, current: undefined, token: 'create' },
    {
      ...operation(),
      onChanges: () => undefined,
    },
  );
  expect(result.kind).toBe('created');
}

async function live(name: string) {
  const { client, sdk } = await aws.lambda();
  const { Configuration, Tags = {} } = await client.send(new sdk.GetFunctionCommand({ FunctionName: name }));
  return { code: Configuration?.CodeSha256, tag: Tags['sparta:in-place'], version: Configuration?.Version };
}

const base64 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('base64');
const A = base64(archive('A'));
const B = base64(archive('B'));
const update = (name: string, to: FunctionCode, more: Partial<FunctionUpdate> = {}): FunctionUpdate => ({
  logicalId: `${name}Function`,
  functionName: name,
  code: to,
  ...more,
});

describe('updates in place', () => {
  it('run, are verified and leave a mark; the same again sends nothing', async () => {
    await create('one', 'two');
    const to = await code('B');
    const both = [update('one', to), update('two', to)];
    expect(await updateFunctions(aws, both, operation())).toEqual({
      kind: 'updated',
      functions: [
        { logicalId: 'oneFunction', sent: true },
        { logicalId: 'twoFunction', sent: true },
      ],
    });
    expect(await live('one')).toEqual({ code: B, tag: B, version: '$LATEST' });
    expect(await updateFunctions(aws, both, operation())).toMatchObject({
      functions: [{ sent: false }, { sent: false }],
    });
    const { ListVersionsByFunctionCommand } = await import('@aws-sdk/client-lambda');
    const { client } = await aws.lambda();
    const { Versions = [] } = await client.send(new ListVersionsByFunctionCommand({ FunctionName: 'one' }));
    expect(Versions.map(({ Version }) => Version)).toEqual(['$LATEST']);
  });

  it('are all put back when one fails, to what ran before', async () => {
    await create('one', 'two', 'three');
    const to = await code('B');
    await updateFunctions(aws, [update('two', to)], operation());
    const next = await code('C');
    const result = await updateFunctions(
      aws,
      [
        update('one', next, { previous: await code('A') }),
        // What runs is not what the template names, so it is fetched.
        update('two', next, { previous: await code('A') }),
        update('three', { kind: 's3', bucket: BUCKET, key: 'missing.zip', sha256: sha256('missing') }),
      ],
      operation(),
    );
    expect(result).toMatchObject({
      kind: 'failed',
      problems: [{ message: expect.stringContaining('missing.zip') }],
    });
    expect(result.kind === 'failed' && result.restored).toEqual(['oneFunction', 'twoFunction']);
    expect(await live('one')).toMatchObject({ code: A, tag: undefined });
    expect(await live('two')).toMatchObject({ code: B, tag: B });
    expect(await live('three')).toMatchObject({ code: A, tag: undefined });
  });

  it('take an archive that is not what its key says for a failure', async () => {
    await create('one');
    const wrong = { ...(await code('B')), sha256: sha256('something else') } as FunctionCode;
    const result = await updateFunctions(aws, [update('one', wrong)], operation());
    expect(result).toMatchObject({
      kind: 'failed',
      problems: [{ message: expect.stringContaining('which was sent') }],
    });
    expect(await live('one')).toMatchObject({ code: A });
  });

  it('take inline code, and name a function that is not there', async () => {
    await create('one');
    await updateFunctions(aws, [update('one', { kind: 'zip', bytes: archive('B') })], operation());
    expect(await live('one')).toMatchObject({ code: B });
    const result = await updateFunctions(aws, [update('none', await code('B'))], operation());
    expect(result).toMatchObject({ kind: 'failed', problems: [{ message: 'there is no such function' }] });
  });

  it('leave a function alone that someone else changes at the same time', async () => {
    await create('one');
    const { sendCode, settledFunction } = await import('../../../src/aws/functions/live-function.ts');
    const before = await settledFunction(aws, 'one', operation());
    await updateFunctions(aws, [update('one', await code('B'))], operation());
    await expect(sendCode(aws, before, await code('C'), operation())).rejects.toThrow(
      /someone else is changing/,
    );
    expect(await live('one')).toMatchObject({ code: B });
    // The reply to our own update was lost: the code tells that it was made.
    await sendCode(aws, before, await code('B'), operation());
  });

  it('are put back when the run is cancelled', async () => {
    await create('one', 'two');
    const abort = new AbortController();
    const options = operation({ signal: abort.signal });
    const to = await code('B');
    const log = { ...options.log, info: () => abort.abort() };
    await expect(
      updateFunctions(aws, [update('one', to), update('two', to)], { ...options, log }),
    ).rejects.toThrow(/abort/i);
    expect((await live('one')).code).toBe(A);
    expect((await live('two')).code).toBe(A);
  });

  it('of 20 functions run side by side', async () => {
    const names = Array.from({ length: 20 }, (_, n) => `f${n}`);
    await create(...names);
    const to = await code('B');
    const { client } = await aws.lambda();
    let begun = 0;
    client.middlewareStack.add(
      (next, context) => (args) => {
        if (context.commandName === 'UpdateFunctionCodeCommand') begun++;
        return next(args);
      },
      { step: 'initialize', name: 'count' },
    );
    const begunAtEnds: number[] = [];
    const options = operation();
    const log = { ...options.log, info: () => begunAtEnds.push(begun) };
    await updateFunctions(
      aws,
      names.map((name) => update(name, to)),
      { ...options, log },
    );
    client.middlewareStack.remove('count');
    expect(begunAtEnds).toHaveLength(20);
    // One after the other, the first alone would have begun when it ended. Each takes the emulator half a second.
    expect(begunAtEnds[0]).toBeGreaterThan(4);
    expect((await live('f19')).code).toBe(B);
  });
});

it('deploy A, in place B, deploy A again: the code of A runs', async () => {
  await create('one', 'other');
  await updateFunctions(aws, [update('one', await code('B'))], operation());
  const tagged = await readTagged(aws, ['one', 'other', 'gone'], operation());
  expect(tagged.map(({ name }) => name)).toEqual(['one']);

  expect(await healFunctions(aws, tagged, new Map(), operation())).toEqual([]);
  expect(await live('one')).toMatchObject({ code: B, tag: B });

  expect(await healFunctions(aws, tagged, new Map([['one', await code('A')]]), operation())).toEqual(['one']);
  expect(await live('one')).toMatchObject({ code: A, tag: undefined });
  expect(await readTagged(aws, ['one'], operation())).toEqual([]);
});

it('removes the mark once the stack has caught up', async () => {
  await create('one');
  await updateFunctions(aws, [update('one', await code('B'))], operation());
  const tagged = await readTagged(aws, ['one'], operation());
  expect(await healFunctions(aws, tagged, new Map([['one', await code('B')]]), operation())).toEqual([]);
  expect(await live('one')).toMatchObject({ code: B, tag: undefined });
});
