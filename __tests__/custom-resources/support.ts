import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { bundleCustomResources } from '../../scripts/custom-resources.ts';

/** What CloudFormation was answered. */
export interface Answer {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly Reason?: string;
  readonly PhysicalResourceId: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly Data?: Readonly<Record<string, string>>;
}

interface Request {
  readonly method: string;
  readonly contentType: string | undefined;
  readonly body: string;
}

/** Stands for the presigned address that CloudFormation wants its answer at. */
export interface ResponseServer {
  readonly url: string;
  readonly requests: Request[];
  /** Answers the next requests with these status codes. */
  failWith(...statuses: number[]): void;
  stop(): Promise<void>;
}

export async function startResponseServer(): Promise<ResponseServer> {
  const requests: Request[] = [];
  const statuses: number[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    requests.push({ method: request.method ?? '', contentType: request.headers['content-type'], body });
    response.writeHead(statuses.shift() ?? 200).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/answer?signature=canary`,
    requests,
    failWith: (...next) => void statuses.push(...next),
    stop: () => new Promise((done) => server.close(() => done())),
  };
}

/** The function as it is deployed, and a program that calls it as Lambda does. */
export interface Deployed {
  readonly folder: string;
  remove(): Promise<void>;
}

const CALLER = `
const { handler } = require('./index.js');
const [event, remaining] = process.argv.slice(2).map((text) => JSON.parse(text));
const end = Date.now() + remaining;
const context = { logStreamName: 'stream-1', getRemainingTimeInMillis: () => end - Date.now() };
handler(event, context).then(() => process.exit(0), (error) => { console.error(error); process.exit(1); });
`;

export async function deployHandler(): Promise<Deployed> {
  const folder = await mkdtemp(join(tmpdir(), 'custom-resources-'));
  await bundleCustomResources(folder);
  await writeFile(join(folder, 'call.js'), CALLER);
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Calls the function in a process of its own. */
export function call(
  { folder }: Deployed,
  event: object,
  env: Readonly<Record<string, string>>,
  remaining = 60_000,
): Promise<{ code: number | null; output: string }> {
  return new Promise((done, reject) => {
    const child = spawn(
      process.execPath,
      [join(folder, 'call.js'), JSON.stringify(event), JSON.stringify(remaining)],
      {
        env: { PATH: process.env.PATH, NODE_PATH: resolve('node_modules'), ...env },
        timeout: 240_000,
        killSignal: 'SIGKILL',
      },
    );
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
    child.once('error', reject);
    child.once('close', (code) => done({ code, output }));
  });
}
