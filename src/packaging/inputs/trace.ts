import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ProblemError } from '../../problem.ts';
import { askOnce, type BuildContext } from '../toolchains/context.ts';
import { type Finished, type ProgramOptions, runProgram } from '../toolchains/run-program.ts';
import type { SourceCopy } from './copy.ts';
import type { Reads } from './reads.ts';
import { sourceRoot } from './source-root.ts';
import { straceReader, TRACED_CALLS, type Traced } from './strace-output.ts';

/** Where a program of the project's runs, and whom what it read is told. */
export interface Observed {
  readonly copy: SourceCopy;
  /** An empty folder outside of the copy. */
  readonly scratch: string;
  readonly reads: Reads;
  /** `false`: it does not work while it is traced. */
  readonly traced: boolean;
}

/** How a program ended, and whether it may have failed only because it was traced. */
export interface ObservedEnd extends Finished {
  readonly hindered: boolean;
}

/**
 * Runs a program of which nobody knows what it reads, and tells of everything in the workspace, or its copy, that it opened,
 * looked for or listed, and of the programs that it started. Where that cannot be found out, everything counts.
 *
 * On Linux `strace` sees it, also of programs that are linked statically. It does not see what other programs read on
 * its behalf (a daemon that it talks to), so everything counts then.
 */
export async function runObserved(
  command: readonly string[],
  options: ProgramOptions,
  { copy, scratch, reads, traced: asked }: Observed,
  context: BuildContext,
): Promise<ObservedEnd> {
  for (const name of copy.named) reads.variable(name);
  if (!asked || !(await canTrace(context))) {
    reads.everything();
    return { ...(await runProgram(command, options)), hindered: false };
  }
  await mkdir(scratch, { recursive: true });
  const file = join(scratch, 'trace');
  const marker = join(scratch, 'ended');
  const tracer = tracerEnd(marker);
  const ended = await runProgram([...strace(file), 'sh', '-c', MARKED, marker, ...command], {
    ...options,
    started: tracer.started,
  }).finally(tracer.stop);
  // The tracer has a status of its own where it was told to leave.
  const code = existsSync(marker) ? Number(readFileSync(marker, 'utf8')) : ended.code;
  const traced = await readTrace(file, options.directory);
  tell(traced, copy, context, reads);
  if (traced.blind.size > 0) {
    const [why] = traced.blind;
    context.log.info(`Everything in the workspace counts as read by ${command.join(' ')}: ${why}`);
    reads.everything();
  }
  return { ...ended, code, hindered: traced.hindered || hasForeignRights(traced) };
}

/** Leaves the program's status in a file, as others that it started may live on. */
const MARKED = '"$@"; code=$?; echo $code > "$0"; exit $code';

/** @param file by default the standard error output */
const strace = (file?: string): string[] => [
  ...[
    'strace',
    '-f',
    '-qq',
    '-y',
    '-a',
    '1',
    '-I',
    '2',
    '--seccomp-bpf',
    ...(file === undefined ? [] : ['-o', file]),
  ],
  ...['-e', `trace=${TRACED_CALLS.join(',')}`, '-e', 'signal=none'],
  // What is read by way of it would not be seen; every program can do without, as containers mostly forbid it.
  ...['-e', 'inject=io_uring_setup:error=ENOSYS'],
];

/** How long programs that outlive the one that was run may still be traced, and how often that is looked at. */
const GRACE = 1000;
const LOOK = 250;

/** The tracer waits for everybody; what a daemon does once the build has ended does not concern it. */
function tracerEnd(marker: string): { started(pid: number): void; stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  return {
    started(pid) {
      let endedAt: number | undefined;
      timer = setInterval(() => {
        if (endedAt === undefined && existsSync(marker)) endedAt = performance.now();
        if (endedAt === undefined || performance.now() - endedAt < GRACE) return;
        clearInterval(timer);
        process.kill(pid, 'SIGTERM');
      }, LOOK);
    },
    stop: () => clearInterval(timer),
  };
}

/** Whether there is a tracer that tells folders of descriptors, and may trace here. */
function canTrace(context: BuildContext): Promise<boolean> {
  const { env, signal, log, space } = context;
  return askOnce(context, 'strace', async () => {
    const why = await (async () => {
      if (process.platform !== 'linux') return 'only Linux can';
      const options = { directory: space.root, env: { PATH: env.PATH }, log, signal };
      try {
        const { code, stderr } = await runProgram([...strace(), 'true'], options);
        if (code === 0 && stderr.includes('AT_FDCWD</')) return undefined;
        return `strace does not work here: ${stderr.trim().split('\n').at(-1)}`;
      } catch (error) {
        if (error instanceof ProblemError) return error.message;
        throw error;
      }
    })();
    if (why !== undefined)
      log.info(
        `What commands read is not traced (${why}): everything in the workspace counts, or their inputs`,
      );
    return why === undefined;
  });
}

async function readTrace(file: string, folder: string): Promise<Traced> {
  const reader = straceReader(folder);
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });
  for await (const line of lines) reader.line(line);
  return reader.end();
}

/** Programs that run with the rights of their owner lose these when they are traced. */
function hasForeignRights({ programs }: Traced): boolean {
  return [...programs].some((path) => {
    const found = statSync(path, { throwIfNoEntry: false });
    return found !== undefined && (found.mode & 0o6000) !== 0;
  });
}

function tell(
  { paths, listed, programs }: Traced,
  copy: SourceCopy,
  { space }: BuildContext,
  reads: Reads,
): void {
  const base = sourceRoot(space);
  const inWorkspace = (path: string): string | undefined => {
    const original = copy.original(path);
    return original === base || original.startsWith(`${base}/`) ? original : undefined;
  };
  for (const path of paths) {
    const original = inWorkspace(path);
    if (original === undefined) continue;
    const parts = original.slice(base.length).split('/');
    if (parts.includes('.git')) reads.repository();
    else if (!parts.includes('.sparta')) reads.file(original);
  }
  for (const path of listed) {
    const original = inWorkspace(path);
    if (original !== undefined && !/\/\.(git|sparta)(\/|$)/.test(original.slice(base.length)))
      reads.names(original);
  }
  for (const path of programs) if (inWorkspace(path) === undefined) reads.program(path);
}
