import { spawn } from 'node:child_process';
import { type Event, type Post, recordingApi } from './recording-api.ts';

export interface Client {
  readonly file: string;
  readonly args: (handler: string) => readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Writes its log as frames to a descriptor of its own, as AWS's clients do in Lambda. */
  readonly frames?: boolean;
}

/** A function, as far as a client knows it. */
export interface Subject {
  readonly taskRoot: string;
  readonly handler: string;
  readonly runtime: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** What is seen of a client from one event to the next one. */
export interface Observation {
  readonly posts: readonly Post[];
  /** What it wrote, whatever the stream: lines of several streams have no common order. */
  readonly written: string;
  /** How the process ended, if it did: its status, or the signal. */
  readonly exit?: number | string;
}

/**
 * Runs a function by a client and shows it events, one after another; a client that ends is started again for the next one.
 *
 * @returns what was seen for each event; a client that does not come up to ask for one is seen for the first event only
 */
export async function observe(
  client: Client,
  subject: Subject,
  events: readonly Event[],
): Promise<Observation[]> {
  const seen: Observation[] = [];
  while (seen.length < events.length) {
    const more = await observeProcess(client, subject, { events, from: seen.length });
    seen.push(...more.observations);
    if (!more.initialized) break;
  }
  return seen;
}

async function observeProcess(
  client: Client,
  subject: Subject,
  { events, from }: { readonly events: readonly Event[]; readonly from: number },
): Promise<{ readonly observations: Observation[]; readonly initialized: boolean }> {
  const observations: Observation[] = [];
  let posts: Post[] = [];
  let written: string[] = [];
  let chunks = 0;
  let index = from;
  const cut = (exit?: number | string): void => {
    observations.push({ posts, written: written.join(''), ...(exit !== undefined && { exit }) });
    posts = [];
    written = [];
  };
  const finished = Promise.withResolvers<void>();
  const api = await recordingApi({
    next() {
      // What was seen before the first event belongs to it.
      if (index > from) cut();
      const event = events[index];
      return event && { event, index: index++ };
    },
    posted: (post) => posts.push(post),
    written: () => chunks,
    done: finished.resolve,
  });
  const child = spawn(client.file, client.args(subject.handler), {
    cwd: subject.taskRoot,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    env: {
      ...environment(subject, api.address),
      ...client.env,
      ...subject.env,
      ...(client.frames && { _LAMBDA_TELEMETRY_LOG_FD: '3' }),
    },
  });
  const take = (text: string): void => {
    written.push(text);
  };
  child.stdout?.setEncoding('utf8').on('data', take);
  child.stderr?.setEncoding('utf8').on('data', take);
  child.stdio[3]?.on('data', frameReader(take));
  for (const stream of child.stdio) stream?.on('data', () => chunks++);
  const limit = setTimeout(() => child.kill('SIGKILL'), 120_000);
  const closed = new Promise<number | string>((resolve) => {
    child.once('close', (code, signal) => resolve(signal ?? code ?? 0));
  });
  const ended = await Promise.race([closed, finished.promise]);
  if (ended === undefined) child.kill('SIGKILL');
  else cut(ended);
  await closed;
  clearTimeout(limit);
  api.stop();
  return { observations, initialized: index > from };
}

function environment({ taskRoot, handler, runtime }: Subject, api: string): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    AWS_EXECUTION_ENV: `AWS_Lambda_${runtime}`,
    AWS_REGION: 'us-east-1',
    AWS_LAMBDA_FUNCTION_NAME: 'Hello',
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/Hello',
    AWS_LAMBDA_LOG_STREAM_NAME: 'local/[$LATEST]',
    AWS_LAMBDA_RUNTIME_API: api,
    LAMBDA_TASK_ROOT: taskRoot,
    _HANDLER: handler,
  };
}

/** Reads the frames of a log: a type, a length and a time in 16 bytes, then one event of the log, which ends its line. */
function frameReader(write: (text: string) => void): (chunk: Buffer) => void {
  let rest = Buffer.alloc(0);
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const length = rest.length < 16 ? undefined : rest.readUInt32BE(4);
      if (length === undefined || rest.length < 16 + length) return;
      const text = rest.toString('utf8', 16, 16 + length);
      write(text.endsWith('\n') ? text : `${text}\n`);
      rest = rest.subarray(16 + length);
    }
  };
}
