import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { bootstrap, REGION } from '../__tests__/support/bootstrap.ts';
import { type Emulator, startEmulator } from '../__tests__/support/emulator.ts';
import { synthesise } from '../scripts/cdk.ts';
import { pythonTools } from '../scripts/venv.ts';
import { randomFrom, text } from './packaging.ts';
import { type BenchRow, median } from './row.ts';
import { farAway } from './support/far-away.ts';

const execute = promisify(execFile);
const CLI = resolve(import.meta.dirname, '../dist/cli.js');
const ROUNDS = 7;
const FUNCTIONS = 50;
const FILES = 20;
const BYTES = 4_000;
const BUCKET = 'bench-preview';
/** Milliseconds to AWS and back, from a runner of GitHub to a region nearby. */
const DISTANCE = 50;

/** A program in a folder, in a process of its own. */
interface Program {
  readonly folder: string;
  readonly command: readonly string[];
  /** What it leaves behind that the next run must not find. */
  readonly leaves?: readonly string[];
}

interface Measured {
  readonly milliseconds: number;
  /** Most memory that one of its processes took. */
  readonly megabytes: number;
}

interface Targets {
  readonly time: number;
  readonly memory: number;
}

/**
 * A preview as a whole, of an application that is deployed and has not changed, against the tools that made it: whole
 * processes, wall time, peers installed anew. Nothing is kept from the run before, as on a runner without a cache.
 */
export async function run(): Promise<BenchRow[]> {
  const aws = await startEmulator();
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'bench-preview-')));
  try {
    const env = {
      PATH: process.env.PATH,
      HOME: folder,
      CI: 'true',
      AWS_DEFAULT_REGION: REGION,
      ...aws.env,
    };
    return [...(await besideCdk(folder, aws, env)), ...(await besideSam(folder, aws, env))];
  } finally {
    await aws.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

type Env = Readonly<Record<string, string | undefined>>;

async function besideCdk(base: string, aws: Emulator, env: Env): Promise<BenchRow[]> {
  await bootstrap(aws);
  const folder = join(base, 'cdk');
  await mkdir(join(folder, 'code'), { recursive: true });
  await writeFile(join(folder, 'package.json'), '{"private":true}');
  const options = ['--no-audit', '--no-fund', '--ignore-scripts', '--silent'];
  await execute('npm', ['install', ...options, 'aws-cdk', 'aws-cdk-lib', 'constructs'], { cwd: folder });
  await writeFile(join(folder, 'app.js'), APP);
  await writeCode(folder, FUNCTIONS);
  await synthesise(folder);
  await program(folder, env, [CLI, 'provision', '--source', 'cdk.out']);
  return compared(`preview of a CDK application (${FUNCTIONS} functions, 237 resources)`, env, {
    ours: {
      folder,
      command: [process.execPath, CLI, 'provision', '--source', 'cdk.out', '--noop'],
      leaves: ['.sparta'],
    },
    peer: {
      folder,
      command: [process.execPath, 'node_modules/aws-cdk/bin/cdk', 'diff', '--app', 'cdk.out'],
    },
    peerName: 'cdk diff',
    targets: { time: 0.25, memory: 0.25 },
  });
}

async function besideSam(base: string, aws: Emulator, env: Env): Promise<BenchRow[]> {
  const tools = await pythonTools('sam-cli');
  if ('missing' in tools) throw new Error(tools.missing);
  const folder = join(base, 'sam');
  await mkdir(folder);
  await writeCode(folder, FUNCTIONS);
  await writeFile(join(folder, 'template.yaml'), samTemplate());
  const s3 = new S3Client({
    region: REGION,
    endpoint: aws.endpoint,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    forcePathStyle: true,
  });
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  const given = ['--stack-name', 'bench', '--s3-bucket', BUCKET];
  await program(folder, env, [CLI, 'provision', ...given]);
  const sam = [join(tools.bin, 'python'), '-m', 'samcli', 'deploy', '--no-execute-changeset', ...given];
  return compared(
    `preview of a SAM application (${FUNCTIONS} functions, ${FUNCTIONS * FILES} files)`,
    { ...env, SAM_CLI_TELEMETRY: '0' },
    {
      ours: {
        folder,
        command: [process.execPath, CLI, 'provision', ...given, '--noop'],
        leaves: ['.sparta'],
      },
      peer: {
        folder,
        command: [...sam, '--no-fail-on-empty-changeset', '--capabilities', 'CAPABILITY_IAM'],
        leaves: ['.aws-sam'],
      },
      peerName: 'sam deploy --no-execute-changeset',
      targets: { time: 0.12, memory: 0.7 },
    },
  );
}

interface Pair {
  readonly ours: Program;
  readonly peer: Program;
  readonly peerName: string;
  readonly targets: Targets;
}

/** Against the emulator on this machine, and as far away as AWS is. */
async function compared(name: string, env: Env, pair: Pair): Promise<BenchRow[]> {
  const near = await comparedAt(name, env, pair);
  const far = await farAway(env.AWS_ENDPOINT_URL ?? '', DISTANCE);
  try {
    const there = { ...env, AWS_ENDPOINT_URL: far.endpoint };
    return [...near, ...(await comparedAt(`${name}, AWS ${DISTANCE} ms away`, there, pair))];
  } finally {
    far.stop();
  }
}

async function comparedAt(
  name: string,
  env: Env,
  { ours, peer, peerName, targets }: Pair,
): Promise<BenchRow[]> {
  const found = { ours: [] as Measured[], peer: [] as Measured[] };
  // The first round warms what the machine keeps of files.
  for (let round = -1; round < ROUNDS; round++) {
    for (const [side, which] of [
      ['ours', ours],
      ['peer', peer],
    ] as const) {
      const measured = await measure(which, env);
      if (round >= 0) found[side].push(measured);
    }
  }
  const row = (what: string, key: keyof Measured, unit: string, most: number): BenchRow => {
    // Of pairs: whatever else the machine does meanwhile slows both of a pair.
    const ratio = median(found.ours.map((each, round) => each[key] / (found.peer[round]?.[key] ?? 0)));
    return {
      name: `${name}: ${what}`,
      ours: median(found.ours.map((each) => each[key])),
      peer: peerName,
      peerValue: median(found.peer.map((each) => each[key])),
      unit,
      ratio,
      target: `at most ${most}`,
      ok: ratio <= most,
    };
  };
  return [row('time', 'milliseconds', 'ms', targets.time), row('memory', 'megabytes', 'MB', targets.memory)];
}

/** Python knows the memory of a process that has ended, and it is here as the emulator is. */
const MEASURE = `
import json, resource, subprocess, sys, time
start = time.perf_counter()
result = subprocess.run(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
milliseconds = (time.perf_counter() - start) * 1000
if result.returncode != 0: sys.exit(result.stdout.decode())
print(json.dumps({'milliseconds': milliseconds, 'megabytes': resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024}))
`;

async function measure({ folder, command, leaves = [] }: Program, env: Env): Promise<Measured> {
  for (const each of leaves) await rm(join(folder, each), { recursive: true, force: true });
  const { stdout } = await execute('python3', ['-c', MEASURE, ...command], {
    cwd: folder,
    env,
    maxBuffer: 1e8,
  });
  return JSON.parse(stdout) as Measured;
}

const program = (folder: string, env: Env, args: readonly string[]) =>
  execute(process.execPath, args, { cwd: folder, env, maxBuffer: 1e8 });

/** A folder for each function, with its files. */
async function writeCode(folder: string, functions: number): Promise<void> {
  const random = randomFrom(1);
  for (let index = 0; index < functions; index++) {
    const code = join(folder, 'code', `fn${index}`);
    await mkdir(code, { recursive: true });
    await writeFile(join(code, 'index.js'), `exports.handler = async () => ${index};\n`);
    for (let file = 1; file < FILES; file++)
      await writeFile(join(code, `file${file}.js`), text(BYTES, random));
  }
}

/** Functions with a role, a policy and a log group each, 25 tables and 12 queues. */
const APP = `
const cdk = require('aws-cdk-lib');
const lambda = cdk.aws_lambda;
const app = new cdk.App({ analyticsReporting: false });
const stack = new cdk.Stack(app, 'Bench', { env: { account: '000000000000', region: '${REGION}' } });
const tables = Array.from({ length: 25 }, (_, index) => new cdk.aws_dynamodb.Table(stack, 'Table' + index, {
  partitionKey: { name: 'id', type: cdk.aws_dynamodb.AttributeType.STRING },
}));
for (let index = 0; index < ${FUNCTIONS}; index++) {
  const logGroup = new cdk.aws_logs.LogGroup(stack, 'Logs' + index);
  const fn = new lambda.Function(stack, 'Fn' + index, {
    runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', logGroup,
    code: lambda.Code.fromAsset('code/fn' + index), environment: { TABLE: tables[index % 25].tableName },
  });
  tables[index % 25].grantReadWriteData(fn);
}
for (let index = 0; index < 12; index++) new cdk.aws_sqs.Queue(stack, 'Queue' + index);
app.synth();
`;

function samTemplate(): string {
  const functions = Array.from(
    { length: FUNCTIONS },
    (_, index) => `  Fn${index}:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: code/fn${index}
      Handler: index.handler
      Runtime: nodejs22.x
`,
  );
  return `Transform: AWS::Serverless-2016-10-31\nResources:\n${functions.join('')}`;
}
