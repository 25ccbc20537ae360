import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEmulator } from '../scripts/emulator.ts';
import { type Aws, connect } from '../src/aws/connection/clients.ts';
import { type FunctionUpdate, updateFunctions } from '../src/aws/functions/update-code.ts';
import type { StackInput } from '../src/aws/stack/change-set.ts';
import { changeStack } from '../src/aws/stack/change-stack.ts';
import { sha256 } from '../src/hash/canonical.ts';
import { archiveOf } from '../src/packaging/archive/single-file.ts';
import type { BenchRow } from './row.ts';

const FUNCTIONS = 20;
/** Milliseconds that a proxy adds to each call: a call to AWS from a runner in another region takes about as long. */
const LATENCY = 60;
const BUCKET = 'bench-code';

/**
 * An update in place of 20 functions: against a change set, and against the same calls made one after another. The AWS
 * emulator works at once where CloudFormation takes half a minute and more, so its time says nothing of AWS and is only
 * reported.
 */
export async function run(): Promise<BenchRow[]> {
  const emulator = await startEmulator();
  if ('missing' in emulator) throw new Error(`the AWS emulator is missing: ${emulator.missing}`);
  const proxy = await startDelay(emulator.endpoint);
  const before = { ...process.env };
  try {
    Object.assign(process.env, emulator.env, { AWS_ENDPOINT_URL: proxy.url });
    const aws = await connect({ region: 'us-east-1', env: process.env, version: '0.0.0-bench' });
    const keys = await upload(aws);
    const names = Array.from({ length: FUNCTIONS }, (_, index) => `bench-${index}`);
    await deploy(aws, names, keys.a, 'create');
    const side = await measured(proxy, () => update(aws, names, keys.a, keys.b));
    const row = await measured(proxy, async () => {
      for (const name of names) await update(aws, [name], keys.b, keys.c);
    });
    const changeSet = await measured(proxy, () => deploy(aws, names, keys.b, 'update'));
    const against = (peer: string, other: Measured, least?: number): BenchRow[] => [
      {
        name: `in place, ${FUNCTIONS} functions: wall time`,
        ours: side.seconds,
        peer,
        peerValue: other.seconds,
        unit: 's',
        ratio: other.seconds / side.seconds,
        target: least ? `at least ${least} times as fast` : 'reported',
        ok: least === undefined || other.seconds / side.seconds >= least,
      },
      {
        name: `in place, ${FUNCTIONS} functions: calls`,
        ours: side.calls,
        peer,
        peerValue: other.calls,
        unit: 'calls',
        ratio: other.calls / side.calls,
        target: 'reported',
        ok: true,
      },
    ];
    return [
      ...against('one after another', row, 4),
      ...against('a change set (of an emulator, which works at once)', changeSet),
    ];
  } finally {
    // Other measurements follow in this process.
    process.env = before;
    await proxy.stop();
    await emulator.stop();
  }
}

interface Measured {
  readonly seconds: number;
  readonly calls: number;
}

async function measured(proxy: { calls: number }, work: () => Promise<void>): Promise<Measured> {
  const [calls, started] = [proxy.calls, performance.now()];
  await work();
  return { seconds: (performance.now() - started) / 1000, calls: proxy.calls - calls };
}

async function upload(aws: Aws): Promise<Record<'a' | 'b' | 'c', string>> {
  const { client, sdk } = await aws.s3();
  await client.send(new sdk.CreateBucketCommand({ Bucket: BUCKET }));
  const put = async (text: string) => {
    const Body = archiveOf('index.py', `def handler(event, context):\n    return '${text}'\n`);
    const Key = sha256(Buffer.from(Body));
    await client.send(new sdk.PutObjectCommand({ Bucket: BUCKET, Key, Body }));
    return Key;
  };
  return { a: await put('a'), b: await put('b'), c: await put('c') };
}

const limits = () => ({
  log: {
    debug() {},
    info() {},
    warning() {},
    error() {},
    secret() {},
    redact: (text: string) => text,
    group: never,
  },
  signal: new AbortController().signal,
  deadline: Date.now() + 300_000,
});
const never = (): never => {
  throw new Error('no log group is opened here');
};

async function update(aws: Aws, names: readonly string[], from: string, key: string): Promise<void> {
  const updates = names.map(
    (name): FunctionUpdate => ({
      logicalId: name,
      functionName: name,
      code: { kind: 's3', bucket: BUCKET, key, sha256: key },
      previous: { kind: 's3', bucket: BUCKET, key: from, sha256: from },
    }),
  );
  const result = await updateFunctions(aws, updates, limits());
  if (result.kind === 'failed') throw new Error(result.problems[0].message);
}

async function deploy(aws: Aws, names: readonly string[], key: string, token: string): Promise<void> {
  const Resources = Object.fromEntries(
    names.map((FunctionName, index) => [
      `Function${index}`,
      {
        Type: 'AWS::Lambda::Function',
        Properties: {
          FunctionName,
          Runtime: 'python3.12',
          Handler: 'index.handler',
          Role: 'arn:aws:iam::000000000000:role/any',
          Code: { S3Bucket: BUCKET, S3Key: key },
        },
      },
    ]),
  );
  const input: StackInput = {
    stackName: 'bench',
    template: { body: JSON.stringify({ Resources }) },
    parameters: {},
    tags: {},
    capabilities: [],
    onFailure: 'rollback',
  };
  const { describeStack } = await import('../src/aws/stack/stack.ts');
  const result = await changeStack(
    aws,
    { input, current: await describeStack(aws, 'bench'), token },
    {
      ...limits(),
      onEvent: () => undefined,
      onChanges: () => undefined,
    },
  );
  if (result.kind === 'failed') throw new Error(result.cause?.reason ?? 'the deployment failed');
}

/** A proxy that counts calls and delays each. */
async function startDelay(target: string) {
  const server = createServer(async (incoming, outgoing) => {
    proxy.calls++;
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    await sleep(LATENCY);
    const { method, headers } = incoming;
    const forward = request(new URL(incoming.url ?? '', target), { method, headers }, (reply) => {
      outgoing.writeHead(reply.statusCode ?? 500, reply.headers);
      reply.pipe(outgoing);
    });
    forward.on('error', () => outgoing.destroy());
    forward.end(Buffer.concat(chunks));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const proxy = {
    calls: 0,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
  return proxy;
}
