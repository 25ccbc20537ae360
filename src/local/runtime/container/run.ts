import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import type { LocalFunction } from '../../functions/function.ts';
import type { Extensions } from '../extensions.ts';
import type { ImageProgram } from '../image.ts';
import type { RuntimeApi } from '../runtime-api.ts';
import type { ContainerEngine } from './engine.ts';
import { startContainerExtensions } from './extensions.ts';
import { type ContainerSettings, containerVariables, trustedFiles } from './variables.ts';

const run = promisify(execFile);

/** An image that an engine has, with the program of a function in it. */
export interface ContainerImage {
  readonly engine: ContainerEngine;
  /** What the engine calls it. */
  readonly name: string;
  readonly program: ImageProgram;
}

/** A container that is being started, or runs. */
export interface Container {
  /** The command of the tool, which writes what the container writes, and ends when that ends. */
  readonly client: ChildProcess;
  /** Its first process, as far as that is one of this machine and known by now. */
  readonly pid: number | undefined;
  /** Starts what its image has of extensions, once it runs. @param output receives what they write */
  startExtensions(output: (text: string) => void, api: RuntimeApi): Extensions;
  /** It told of itself. Fulfilled when its first process was looked for, whose memory is measured. */
  up(): Promise<void>;
  /** Why it ended, in the words that Lambda has for it. @param reason that of the client */
  reason(reason: string): string;
  /** Ends it at once. Fulfilled when it is gone; also when it had ended by itself. */
  remove(): Promise<void>;
}

/**
 * Ends with its input, which is when whoever holds the other end asks for it, or is gone in whatever way: then it ends
 * the command that starts the container, and removes that. A command that was ended in its midst may have one made all
 * the same, so that a container which never told of itself (`up`) is looked for again.
 */
const REMOVER = `
client= up=
while read -r word; do case $word in up) up=1 ;; *) client=$word ;; esac; done
[ -n "$client" ] && kill -s KILL -- "-$client"
"$@"
[ -n "$up" ] && exit
for pause in 1 2; do sleep $pause; "$@"; done
`;

/** Exit statuses of a tool that could start nothing. Source: Docker's reference of `docker run`, "Exit status". */
const NOT_STARTED = /^exit status 12[567]$/;
/** That of a program that was killed, as by the system for its memory. */
const KILLED = 'exit status 137';

/** User and group that Lambda runs functions as; it does not ask the image for one. */
const USER = '993:990';
/** Descriptors that Lambda gives an environment. */
const DESCRIPTORS = 1024;
const PLATFORM = { x86_64: 'linux/amd64', arm64: 'linux/arm64' } as const;

/**
 * Starts the container of an environment.
 *
 * @throws Error when the system refuses to start the tool with this environment
 */
export function startContainer(
  { engine, name: image, program }: ContainerImage,
  settings: ContainerSettings,
  runtimeApi: string,
): Container {
  const { fn } = settings;
  const name = `sparta-${process.pid}-${randomUUID()}`;
  const variables = containerVariables(settings, runtimeApi, engine);
  const files = trustedFiles(settings.environment);
  const [entryPoint = '', ...args] = program.words;
  const client = spawn(
    engine.tool,
    [
      'run',
      ...['--rm', '--name', name, '--pull=never', '--platform', PLATFORM[fn.architecture]],
      ...['--log-driver=none', ...limitsOf(fn, engine)],
      ...files.flatMap((file) => ['--volume', `${file}:${file}:ro`]),
      ...(files.length > 0 ? ['--security-opt', 'label=disable'] : []),
      ...variables.options,
      ...(fn.image?.workingDirectory === undefined ? [] : ['--workdir', fn.image.workingDirectory]),
      ...['--entrypoint', entryPoint],
      image,
      ...args,
    ],
    { detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: { ...variables.env, ...engine.env } },
  );
  const remover = startRemover(name, engine);
  if (client.pid !== undefined) remover.tell(String(client.pid));
  // What ends by itself leaves nothing that is still being made.
  client.once('exit', (code) => code !== null && remover.tell('up'));
  let said = '';
  client.stderr.on('data', (data) => {
    if (!isUp) said = (said + data).slice(-1000);
  });
  let isUp = false;
  let pid: number | undefined;
  return {
    client,
    get pid() {
      return pid;
    },
    startExtensions: (output, api) => startContainerExtensions({ engine, name, image }, output, api),
    async up() {
      isUp = true;
      remover.tell('up');
      if (engine.isElsewhere) return;
      const asked = ['inspect', '--format', '{{.State.Pid}}', name];
      // One that has ended meanwhile has none.
      const { stdout } = await run(engine.tool, asked, { env: engine.env }).catch(() => ({ stdout: '' }));
      if (Number(stdout) > 0) pid = Number(stdout);
    },
    reason(reason) {
      if (reason === KILLED) return 'signal: killed';
      return !isUp && NOT_STARTED.test(reason) ? `${reason}: ${said.trim().split('\n').at(-1)}` : reason;
    },
    remove: remover.remove,
  };
}

/** Where this process is killed, the remover ends all the same, and the container with it. */
function startRemover(
  name: string,
  { tool, env }: ContainerEngine,
): { tell(word: string): void; remove(): Promise<void> } {
  const child = spawn('/bin/sh', ['-c', REMOVER, 'sh', tool, 'rm', '--force', '--volumes', name], {
    // What ends this process's group is not for it.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env,
  });
  child.stdin.on('error', () => undefined);
  const removed = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('exit', () => resolve());
  });
  return {
    tell: (word) => void (child.stdin.writable && child.stdin.write(`${word}\n`)),
    remove() {
      child.stdin.end();
      return removed;
    },
  };
}

/**
 * What Lambda allows: files can be written in `/tmp` alone, which here is memory. Where that can be told apart, as the
 * memory of processes is measured, it does not count as the function's.
 */
function limitsOf(fn: LocalFunction, engine: ContainerEngine): string[] {
  const { ephemeralStorage = 512, memory } = fn;
  const megabytes = memory + (engine.isElsewhere ? 0 : ephemeralStorage);
  return [
    ...['--user', USER, '--cap-drop=ALL', '--security-opt', 'no-new-privileges', '--read-only'],
    ...['--tmpfs', `/tmp:rw,exec,nosuid,nodev,mode=1777,size=${ephemeralStorage}m`],
    ...['--ulimit', `nofile=${DESCRIPTORS}:${DESCRIPTORS}`, ...engine.options],
    ...(engine.limitsMemory ? [`--memory=${megabytes}m`, `--memory-swap=${megabytes}m`] : []),
  ];
}
