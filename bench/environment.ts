import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startEmulator } from '../scripts/emulator.ts';
import { type BenchRow, median } from './row.ts';

const FUNCTIONS = 20;
const ROUNDS = 3;
const root = resolve(import.meta.dirname, '..');

/** Milliseconds that each function and its role take to be made; AWS takes several seconds, the emulator none. */
const MAKING = 1_000;

/**
 * What stands for that time: a custom resource beside each function. It is only asked when the function is new.
 */
const SLOW = `  Slow:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs24.x
      Handler: index.handler
      Timeout: 30
      Role: arn:aws:iam::000000000000:role/slow
      Code:
        ZipFile: |
          exports.handler = async (event) => {
            await new Promise((done) => setTimeout(done, ${MAKING}));
            const { StackId, RequestId, LogicalResourceId } = event;
            const body = JSON.stringify({ Status: 'SUCCESS', PhysicalResourceId: LogicalResourceId, StackId, RequestId, LogicalResourceId });
            await fetch(event.ResponseURL, { method: 'PUT', body });
          };
`;

/** The second push to an environment of 20 functions, of which one changed, against the first, in one run. */
export async function run(): Promise<BenchRow[]> {
  const aws = await startEmulator();
  if ('missing' in aws) {
    console.warn(`environments are not measured: ${aws.missing}`);
    return [];
  }
  const folder = await mkdtemp(join(tmpdir(), 'bench-environment-'));
  const times = { first: [] as number[], second: [] as number[] };
  try {
    await makeService(folder);
    for (let round = 0; round < ROUNDS; round++) {
      const push = () => deploy(folder, { env: aws.env, number: round + 1 });
      times.first.push(await push());
      await writeFile(join(folder, 'fn0/index.mjs'), `export const handler = async () => ${round};\n`);
      times.second.push(await push());
    }
  } finally {
    await aws.stop();
    await rm(folder, { recursive: true, force: true });
  }
  const [ours, peerValue] = [median(times.second), median(times.first)];
  return [
    {
      name: `second push to an environment of ${FUNCTIONS} functions, one of them changed`,
      ours,
      peer: 'first push',
      peerValue,
      unit: 'ms',
      ratio: ours / peerValue,
      target: 'at most 0.25x',
      ok: ours / peerValue <= 0.25,
    },
  ];
}

async function makeService(folder: string): Promise<void> {
  const resources: string[] = [];
  for (let fn = 0; fn < FUNCTIONS; fn++) {
    await mkdir(join(folder, `fn${fn}`));
    await writeFile(join(folder, `fn${fn}/index.mjs`), `export const handler = async () => 'fn${fn}';\n`);
    resources.push(
      `  Fn${fn}:\n    Type: AWS::Serverless::Function\n    Properties: { CodeUri: fn${fn}, Handler: index.handler, Runtime: nodejs24.x }\n  Made${fn}: { Type: 'Custom::Made', Properties: { ServiceToken: !GetAtt Slow.Arn } }\n`,
    );
  }
  await writeFile(
    join(folder, 'template.yaml'),
    `Transform: AWS::Serverless-2016-10-31\nResources:\n${SLOW}${resources.join('')}`,
  );
}

async function deploy(
  folder: string,
  { env, number }: { readonly env: Readonly<Record<string, string>>; readonly number: number },
): Promise<number> {
  const event = join(folder, 'event.json');
  const repo = { full_name: 'acme/orders' };
  const pull_request = {
    number,
    head: { ref: 'change', sha: 'a'.repeat(40), repo },
    base: { sha: 'b'.repeat(40), repo },
  };
  await writeFile(event, JSON.stringify({ action: 'synchronize', pull_request }));
  const start = performance.now();
  const output: Buffer[] = [];
  const child = spawn(process.execPath, [join(root, 'dist/index.js')], {
    cwd: folder,
    env: {
      ...env,
      PATH: process.env.PATH ?? '',
      HOME: folder,
      RUNNER_TEMP: folder,
      GITHUB_WORKSPACE: folder,
      GITHUB_REPOSITORY: 'acme/orders',
      GITHUB_EVENT_NAME: 'pull_request',
      GITHUB_EVENT_PATH: event,
      'INPUT_STACK-NAME': 'orders',
      INPUT_ENVIRONMENT: 'pull-request',
      INPUT_CACHE: 'false',
    },
  });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => output.push(data));
  const code = await new Promise((done) => child.once('close', done));
  if (code !== 0) throw new Error(`the deployment failed: ${Buffer.concat(output).toString().slice(-2000)}`);
  return performance.now() - start;
}
