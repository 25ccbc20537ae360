import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

const root = resolve(import.meta.dirname, '../..');

/** What a workflow step says and where it runs. */
export interface StepOptions {
  readonly inputs?: Readonly<Record<string, string>>;
  /** The checked-out repository. */
  readonly workspace: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly event?: { readonly name: string; readonly payload: unknown };
  /** Called with the process once it runs, to send it signals. */
  readonly onStart?: (child: ChildProcess) => void;
}

/** What became of a step. */
export interface StepResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<string, string>>;
  /** Variables for later steps. */
  readonly environment: Readonly<Record<string, string>>;
  readonly summary: string;
  /** Errors that the runner would show as annotations. */
  readonly errors: readonly string[];
}

interface ActionFile {
  readonly inputs: Record<string, { default?: string }>;
  readonly runs: { main: string; post: string };
}

/** Runs the action as a runner does: the file that action.yml names, its inputs as INPUT_*, nothing else of our own. */
export async function runAction(options: StepOptions): Promise<StepResult> {
  return runStep('main', options, {});
}

/** Runs the post step with the state that the main step saved. */
export async function runPost(options: StepOptions, main: StepResult): Promise<StepResult> {
  const state = Object.entries(main.state).map(([name, value]) => [`STATE_${name}`, value]);
  return runStep('post', options, Object.fromEntries(state));
}

async function runStep(
  part: 'main' | 'post',
  options: StepOptions,
  state: Record<string, string>,
): Promise<StepResult> {
  const action = parse(await readFile(join(root, 'action.yml'), 'utf8')) as ActionFile;
  const temp = await realpath(await mkdtemp(join(tmpdir(), 'runner-')));
  const file = async (name: string, content = '') => {
    const path = join(temp, name);
    await writeFile(path, content);
    return path;
  };
  const files = {
    GITHUB_ENV: await file('env'),
    GITHUB_OUTPUT: await file('output'),
    GITHUB_STATE: await file('state'),
    GITHUB_STEP_SUMMARY: await file('summary'),
  };
  await mkdir(join(temp, 'tools'));
  const inputs = { ...defaults(action), ...options.inputs };
  const env: Record<string, string> = {
    PATH: process.env.PATH ?? '',
    HOME: temp,
    AWS_EC2_METADATA_DISABLED: 'true',
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_API_URL: 'http://127.0.0.1:9',
    GITHUB_EVENT_NAME: options.event?.name ?? 'push',
    GITHUB_EVENT_PATH: await file('event.json', JSON.stringify(options.event?.payload ?? {})),
    GITHUB_JOB: 'deploy',
    GITHUB_REPOSITORY: 'acme/orders',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_RUN_ID: '42',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_SHA: '1111111111111111111111111111111111111111',
    GITHUB_WORKFLOW: 'Deploy',
    GITHUB_WORKSPACE: options.workspace,
    RUNNER_OS: 'Linux',
    RUNNER_TEMP: temp,
    RUNNER_TOOL_CACHE: join(temp, 'tools'),
    ...files,
    ...state,
    ...Object.fromEntries(
      Object.entries(inputs).map(([name, value]) => [
        `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`,
        value,
      ]),
    ),
    ...options.env,
  };
  const { exitCode, output } = await spawnNode(
    join(root, action.runs[part]),
    [],
    options.workspace,
    env,
    options.onStart,
  );
  const read = (path: string) => readFile(path, 'utf8');
  const result: StepResult = {
    exitCode,
    stdout: output,
    outputs: parseFileCommands(await read(files.GITHUB_OUTPUT)),
    state: parseFileCommands(await read(files.GITHUB_STATE)),
    environment: parseFileCommands(await read(files.GITHUB_ENV)),
    summary: await read(files.GITHUB_STEP_SUMMARY),
    errors: [...output.matchAll(/^::error[^:]*::(.*)$/gm)].map(([, message = '']) => message),
  };
  await rm(temp, { recursive: true, force: true });
  return result;
}

/** Runs the program of the npm package. */
export async function runCli(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
) {
  const all = { PATH: process.env.PATH ?? '', HOME: cwd, AWS_EC2_METADATA_DISABLED: 'true', ...env };
  return spawnNode(join(root, 'dist', 'cli.js'), args, cwd, all);
}

function defaults({ inputs }: ActionFile): Record<string, string> {
  const texts = Object.entries(inputs).map(([name, { default: text = '' }]) => [
    name,
    text.startsWith('${{') ? '' : text,
  ]);
  return Object.fromEntries(texts);
}

/** Milliseconds: less than a test has, so that what a run said is told. */
const TIMEOUT = 240_000;

function spawnNode(
  script: string,
  args: readonly string[],
  cwd: string,
  env: Record<string, string>,
  onStart?: (child: ChildProcess) => void,
): Promise<{ exitCode: number | null; output: string; stdout: string }> {
  return new Promise((resolvePromise, reject) => {
    const child = spawn(process.execPath, [script, ...args], {
      cwd,
      env,
      timeout: TIMEOUT,
      killSignal: 'SIGKILL',
    });
    let output = '';
    let stdout = '';
    child.stdout.on('data', (data: Buffer) => {
      output += data;
      stdout += data;
    });
    child.stderr.on('data', (data: Buffer) => {
      output += data;
    });
    child.once('error', reject);
    child.once('close', (exitCode) => resolvePromise({ exitCode, output, stdout }));
    onStart?.(child);
  });
}

/** The files behind GITHUB_OUTPUT and GITHUB_STATE: `name=value` lines, or values between delimiters. */
export function parseFileCommands(text: string): Record<string, string> {
  const values: Record<string, string> = {};
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const [, name, delimiter] = /^([^=]+?)<<(.+)$/.exec(line) ?? [];
    if (name !== undefined && delimiter !== undefined) {
      const end = lines.indexOf(delimiter, at + 1);
      values[name] = lines.slice(at + 1, end).join('\n');
      at = end;
    } else if (line.includes('='))
      values[line.slice(0, line.indexOf('='))] = line.slice(line.indexOf('=') + 1);
  }
  return values;
}

/** A folder with files, as a checkout would have them; gone when `remove` is called. */
export async function makeWorkspace(
  files: Readonly<Record<string, string>>,
): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await realpath(await mkdtemp(join(tmpdir(), `workspace-${randomUUID().slice(0, 8)}-`)));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(join(path, name, '..'), { recursive: true });
    await writeFile(join(path, name), content);
  }
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
