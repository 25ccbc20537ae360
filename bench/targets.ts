import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { bootstrap } from '../__tests__/support/bootstrap.ts';
import { type Emulator, startEmulator } from '../__tests__/support/emulator.ts';
import { startFaultProxy } from '../__tests__/support/fault-proxy.ts';
import { recordReplies } from '../__tests__/support/recorded-replies.ts';
import { CONTEXT, cdkModules } from '../scripts/cdk.ts';
import { type BenchRow, median } from './row.ts';

const FUNCTIONS = 50;
const ROUNDS = 5;
/** Of deployments, ours and the peer's. */
const PAIRS = 3;
/** Of the deployments that are measured against the peer, for which 60 take too long; it has as many. */
const AGAINST = 12;
/** Fewer, for a quick look: `TARGETS=12 npm run bench targets`. */
const TARGETS = Number(process.env.TARGETS ?? 60);
const REGIONS = ['us-east-1', 'us-west-2', 'eu-central-1', 'eu-west-1', 'ap-northeast-1'];
const root = resolve(import.meta.dirname, '..');
const cli = join(root, 'dist/cli.js');

/** What a program took: it, and everything that it started. */
interface Taken {
  readonly milliseconds: number;
  /** Of all processors; where others use the machine, too, it tells more than the time. */
  readonly processor: number;
  /** Of the largest process. */
  readonly megabytes: number;
}

/**
 * 60 targets of a service with 50 functions: previews of all against that of one, calls for what is unchanged, throttling,
 * and deployments against `cdk deploy --all` of the same stacks.
 */
export async function* run(): AsyncGenerator<BenchRow> {
  const aws = await startEmulator();
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'bench-targets-')));
  try {
    await writeFile(join(folder, 'watch.cjs'), WATCH);
    const ours = join(folder, 'ours');
    await makeService(ours);
    await program([cli, 'provision', '--targets', 'targets.json'], ours, aws.env);
    yield* await previews(ours, aws);
    yield await unchanged(ours, aws);
    yield* await throttled(ours, aws);
    yield* await against(folder, aws);
  } finally {
    await aws.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 500 });
  }
}

/**
 * Replies come from memory, recorded from the emulator: that is one process, which answers the calls of 60 targets one after
 * another, and shares the processors of the machine; AWS does neither.
 */
async function previews(folder: string, aws: Emulator): Promise<BenchRow[]> {
  const [all, one]: [Taken[], Taken[]] = [[], []];
  const args = [cli, 'provision', '--noop', '--targets', 'targets.json'];
  const replies = await recordReplies(aws.endpoint);
  try {
    const env = { ...aws.env, AWS_ENDPOINT_URL: replies.endpoint };
    // Records, and leaves what is packaged.
    await program(args, folder, env);
    for (let round = 0; round < ROUNDS; round++) {
      one.push(await program([...args, '--target', 'target-0'], folder, env));
      all.push(await program(args, folder, env));
    }
  } finally {
    await replies.stop();
  }
  const row = (what: string, unit: string, of: (taken: Taken) => number, most: number): BenchRow => {
    const [ours, peerValue] = [median(all.map(of)), median(one.map(of))];
    // Of pairs: whatever else the machine does meanwhile slows both of a pair.
    const ratio = median(all.map((each, round) => of(each) / of(one[round] ?? each)));
    const processor = median(all.map((each, round) => each.processor / (one[round]?.processor ?? 0)));
    const name = `preview of ${TARGETS} unchanged targets with ${FUNCTIONS} functions each (recorded replies; processor time ${processor.toFixed(2)}x), ${what}`;
    return { name, ours, peer: 'one', peerValue, unit, ratio, target: `at most ${most}x`, ok: ratio <= most };
  };
  return [
    row('time', 'ms', ({ milliseconds }) => milliseconds, 3),
    row('memory at most', 'MB', ({ megabytes }) => megabytes, 1.5),
  ];
}

async function unchanged(folder: string, aws: Emulator): Promise<BenchRow> {
  const proxy = await startFaultProxy(aws.endpoint);
  try {
    const env = { ...aws.env, AWS_ENDPOINT_URL: proxy.endpoint };
    await program([cli, 'provision', '--targets', 'targets.json'], folder, env);
    const ours = proxy.calls.filter(({ operation }) => operation !== 'GetCallerIdentity').length / TARGETS;
    return {
      name: 'calls for a target that is unchanged, when all are deployed again (besides one for all of them: whose credentials these are)',
      ours,
      peer: 'allowed',
      peerValue: 4,
      unit: 'calls',
      ratio: ours / 4,
      target: 'at most 4',
      ok: ours <= 4,
    };
  } finally {
    await proxy.stop();
  }
}

/** Deployments of new targets, with all calls answered and with a fifth of them throttled. */
async function throttled(folder: string, aws: Emulator): Promise<BenchRow[]> {
  const proxy = await startFaultProxy(aws.endpoint);
  try {
    const args = [cli, 'provision', '--targets', 'targets.json'];
    const env = { ...aws.env, AWS_ENDPOINT_URL: proxy.endpoint };
    await aws.reset();
    const plain = await program(args, folder, env);
    await aws.reset();
    proxy.clear();
    let count = 0;
    proxy.inject({ on: () => ++count % 5 === 0, fault: 'throttling' });
    const { milliseconds } = await program(args, folder, env, 'may-fail');
    const diff = await readFile(join(folder, '.sparta/report.json'), 'utf8');
    const failed = (JSON.parse(diff) as { report: { stacks: { state: string }[] } }).report.stacks.filter(
      ({ state }) => state === 'failed',
    ).length;
    const faults = proxy.calls.filter(({ fault }) => fault !== undefined).length;
    const where = `where a fifth of the calls are throttled (${faults} of ${proxy.calls.length})`;
    const ratio = milliseconds / plain.milliseconds;
    return [
      {
        name: `targets that fail ${where}`,
        ours: failed,
        peer: 'targets',
        peerValue: TARGETS,
        unit: 'targets',
        ratio: failed / TARGETS,
        target: 'none',
        ok: failed === 0,
      },
      {
        name: `deployment of ${TARGETS} new targets ${where}, time`,
        ours: milliseconds,
        peer: 'none throttled',
        peerValue: plain.milliseconds,
        unit: 'ms',
        ratio,
        target: 'at most 5x',
        ok: ratio <= 5,
      },
    ];
  } finally {
    await proxy.stop();
  }
}

/** The same stacks by AWS CDK's own program, from an application that is synthesised already. */
async function against(folder: string, aws: Emulator): Promise<BenchRow[]> {
  const cdk = await cdkModules();
  if ('missing' in cdk) {
    console.warn(`cdk deploy is not measured: ${cdk.missing}`);
    return [];
  }
  const app = join(folder, 'cdk');
  await mkdir(app);
  await symlink(cdk.modules, join(app, 'node_modules'));
  await symlink(join(folder, 'ours/code'), join(app, 'code'));
  await writeFile(join(app, 'app.js'), APP);
  const few = Array.from({ length: Math.min(AGAINST, TARGETS) }, (_, index) => `target-${index}`);
  const env = {
    ...aws.env,
    TARGETS: String(few.length),
    FUNCTIONS: String(FUNCTIONS),
    REGIONS: REGIONS.join(),
    CDK_OUTDIR: 'cdk.out',
    CDK_CONTEXT_JSON: JSON.stringify(CONTEXT),
    CI: 'true',
  };
  await program(['app.js'], app, env);
  const args = ['deploy', '--all', '--app', 'cdk.out', '--require-approval', 'never', '--concurrency', '8'];
  const [ours, theirs]: [Taken[], Taken[]] = [[], []];
  for (let pair = 0; pair < PAIRS; pair++) {
    // Neither finds archives that it has made before.
    for (const made of ['ours/.sparta', 'cdk/cdk.out/.cache'])
      await rm(join(folder, made), { recursive: true, force: true });
    await aws.reset();
    ours.push(
      await program(
        [cli, 'provision', '--targets', 'targets.json', '--target', few.join()],
        join(folder, 'ours'),
        aws.env,
      ),
    );
    await aws.reset();
    for (const region of REGIONS) await bootstrap(aws, { region });
    theirs.push(await program([join(cdk.modules, 'aws-cdk/bin/cdk'), ...args], app, env));
  }
  const ratioOf = (of: (taken: Taken) => number) =>
    median(theirs.map((each, pair) => of(each) / of(ours[pair] ?? each)));
  const processor = ratioOf((each) => each.processor).toFixed(2);
  const row = (what: string, unit: string, of: (taken: Taken) => number): BenchRow => {
    const ratio = ratioOf(of);
    return {
      name: `deployment of ${few.length} new targets (processor time ${processor}x, without the emulator's), ${what}`,
      ours: median(ours.map(of)),
      peer: 'cdk deploy --all --concurrency 8',
      peerValue: median(theirs.map(of)),
      unit,
      ratio,
      target: 'at least 3x',
      ok: ratio >= 3,
    };
  };
  return [
    row('time', 'ms', ({ milliseconds }) => milliseconds),
    row('memory at most', 'MB', ({ megabytes }) => megabytes),
  ];
}

/** Notes what a process took when it ends: its largest size in kilobytes, and microseconds of processors. */
const WATCH = `process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  require('node:fs').appendFileSync(process.env.USAGE, maxRSS + ' ' + (userCPUTime + systemCPUTime) + '\\n');
});
`;

async function program(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
  outcome: 'succeeds' | 'may-fail' = 'succeeds',
): Promise<Taken> {
  const usage = join(cwd, 'usage');
  const watch = resolve(cwd, '..', 'watch.cjs');
  const start = performance.now();
  const child = spawn(process.execPath, args, {
    cwd,
    env: { PATH: process.env.PATH, HOME: cwd, NODE_OPTIONS: `--require=${watch}`, USAGE: usage, ...env },
  });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => chunks.push(data));
  const code = await new Promise((done) => child.once('close', done));
  const milliseconds = performance.now() - start;
  const output = Buffer.concat(chunks).toString();
  if (code !== 0 && outcome === 'succeeds')
    throw new Error(`${args.join(' ')} failed: ${output.slice(-2000)}`);
  const processes = (await readFile(usage, 'utf8')).trim().split('\n');
  await rm(usage);
  const taken = processes.map((line) => line.split(' ').map(Number));
  return {
    milliseconds,
    processor: taken.reduce((sum, [, time = 0]) => sum + time, 0) / 1000,
    megabytes: Math.max(...taken.map(([size = 0]) => size)) / 1024,
  };
}

/** Functions with code and a role of their own. */
async function makeService(folder: string): Promise<void> {
  const Statement = [
    { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
  ];
  const resources: Record<string, object> = {};
  for (let index = 0; index < FUNCTIONS; index++) {
    await mkdir(join(folder, `code/fn${index}`), { recursive: true });
    await writeFile(
      join(folder, `code/fn${index}/index.js`),
      `exports.handler = async () => ${index};\n// ${'x'.repeat(4000)}\n`,
    );
    resources[`Role${index}`] = {
      Type: 'AWS::IAM::Role',
      Properties: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement } },
    };
    resources[`Fn${index}`] = {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Code: `code/fn${index}`,
        Handler: 'index.handler',
        Runtime: 'nodejs24.x',
        MemorySize: 256,
        Role: { 'Fn::GetAtt': [`Role${index}`, 'Arn'] },
        Environment: { Variables: { STAGE: { Ref: 'Stage' } } },
      },
    };
  }
  const Parameters = { Stage: { Type: 'String' } };
  await writeFile(join(folder, 'template.json'), JSON.stringify({ Parameters, Resources: resources }));
  const targets = Array.from({ length: TARGETS }, (_, index) => ({
    name: `target-${index}`,
    stage: `s${index}`,
    region: REGIONS[index % REGIONS.length],
    stackName: 'orders-{stage}',
    parameters: { Stage: '{stage}' },
  }));
  await writeFile(join(folder, 'targets.json'), JSON.stringify(targets));
}

/** The same as an application of AWS CDK. */
const APP = `
const { App, Stack } = require('aws-cdk-lib');
const lambda = require('aws-cdk-lib/aws-lambda');
const iam = require('aws-cdk-lib/aws-iam');
const app = new App();
const { TARGETS, FUNCTIONS, REGIONS } = process.env;
const regions = REGIONS.split(',');
for (let target = 0; target < TARGETS; target++) {
  const stack = new Stack(app, 'orders-s' + target, { env: { account: '000000000000', region: regions[target % regions.length] } });
  for (let index = 0; index < FUNCTIONS; index++) {
    new lambda.Function(stack, 'Fn' + index, {
      code: lambda.Code.fromAsset('code/fn' + index),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_22_X,
      memorySize: 256,
      role: new iam.Role(stack, 'Role' + index, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }),
      environment: { STAGE: 's' + target },
    });
  }
}
app.synth();
`;
