import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type BenchRow, median } from './row.ts';

const ROUNDS = 41;
const action = resolve(import.meta.dirname, '../dist/index.js');
/** `dist/` of another checkout, to be compared with: `BASELINE=../before/dist npm run bench start`. */
const { BASELINE } = process.env;
const former = BASELINE === undefined ? undefined : resolve(BASELINE, 'index.js');
/** Noise of a median. */
const MOST_SLOWER = 1.03;

/** From the start of the action's process to its first AWS call, against bare Node doing nothing. */
export async function run(): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-start-'));
  await writeFile(join(folder, 'template.yaml'), 'Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n');
  let called: (() => void) | undefined;
  const server = createServer((_, response) => {
    called?.();
    response.writeHead(400).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    RUNNER_TEMP: folder,
    GITHUB_WORKSPACE: folder,
    'INPUT_STACK-NAME': 'bench',
    INPUT_NOOP: 'true',
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'us-east-1',
  };
  const times = { action: [] as number[], former: [] as number[], bare: [] as number[] };
  const toFirstCall = async (program: string): Promise<number> => {
    const start = performance.now();
    const call = new Promise<number>((done) => {
      called = () => done(performance.now() - start);
    });
    const child = spawn(process.execPath, [program], { cwd: folder, env, stdio: 'ignore' });
    const ended = new Promise((done) => child.once('exit', done));
    const time = await call;
    await ended;
    await rm(join(folder, '.sparta'), { recursive: true, force: true });
    return time;
  };
  try {
    for (let round = 0; round < ROUNDS; round++) {
      times.bare.push(await timeOf(['-e', '0'], env));
      // By turns first, so that neither profits from what the other has warmed.
      const sides = [
        async () => times.action.push(await toFirstCall(action)),
        async () => former && times.former.push(await toFirstCall(former)),
      ];
      for (const side of round % 2 === 0 ? sides : sides.toReversed()) await side();
    }
  } finally {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true, force: true });
  }
  const [ours, bare] = [median(times.action), median(times.bare)];
  return [
    {
      name: 'start until the first AWS call',
      ours,
      peer: 'bare node -e 0',
      peerValue: bare,
      unit: 'ms',
      ratio: ours / bare,
      target: 'under 3x',
      ok: ours / bare < 3,
    },
    ...(former === undefined ? [] : [besideFormer(ours, median(times.former))]),
  ];
}

const besideFormer = (ours: number, before: number): BenchRow => ({
  name: 'the same, beside the build before',
  ours,
  peer: 'build before',
  peerValue: before,
  unit: 'ms',
  ratio: ours / before,
  target: `at most ${MOST_SLOWER}x`,
  ok: ours / before <= MOST_SLOWER,
});

function timeOf(args: readonly string[], env: Record<string, string>): Promise<number> {
  const start = performance.now();
  return new Promise((done) => {
    spawn(process.execPath, args, { env, stdio: 'ignore' }).once('exit', () =>
      done(performance.now() - start),
    );
  });
}
