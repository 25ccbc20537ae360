import type { Log } from '../../log.ts';
import { programEnvironment } from '../../packaging/inputs/variables.ts';
import { runProgram } from '../../packaging/toolchains/run-program.ts';
import { ProblemError } from '../../problem.ts';
import type { Hook, HookContext, HookList, Hooks } from '../../service/hook-types.ts';
import { userProblems } from '../../sources/service/user-error.ts';
import type { ServiceRun } from '../run.ts';

/** Where hooks run. */
export interface HookRun {
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The workspace, absolute: places are told relative to it. */
  readonly root: string;
}

/** The hooks of one stage, and what they are told. */
interface HookCall<Context extends HookContext> {
  readonly name: keyof Hooks;
  readonly hooks: HookList<Context> | undefined;
  readonly context: Context;
  /** Variables for commands besides those of every hook, without `SPARTA_HOOK_`. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** Where the hooks of a service run. */
export const hookRun = ({ run: { host, context, source } }: ServiceRun, log: Log): HookRun => ({
  log,
  signal: host.signal,
  env: context.env,
  root: source.space.root,
});

/** Hooks that are told where the flow is, and change nothing that it holds. */
export type StageHook = 'preBuild' | 'postBuild' | 'preMarshall';

/** Stages 3, 5 and 10. */
export async function stageHook(name: StageHook, service: ServiceRun): Promise<void> {
  const { loaded, context, run } = service;
  const hooks = loaded.service.hooks?.[name];
  if (hookList(hooks).length === 0) return;
  const title = `Hook ${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  await run.host.log.group(title, (each) => runHooks({ name, hooks, context }, hookRun(service, each)));
}

/**
 * Runs the hooks of one stage, one after the other: code is called, a command is run in the definition's folder with the
 * context in its environment.
 *
 * @throws ProblemError that names the hook which failed
 */
export async function runHooks<Context extends HookContext>(
  call: HookCall<Context>,
  run: HookRun,
): Promise<void> {
  const hooks = hookList(call.hooks);
  for (const [index, hook] of hooks.entries()) {
    const label = `hook ${call.name}${hooks.length > 1 ? ` ${index + 1}` : ''}`;
    run.signal.throwIfAborted();
    if (typeof hook === 'string') await runCommand({ ...call, label, command: hook }, run);
    else await runCode(label, () => hook(call.context), run);
  }
}

/** All hooks of a stage, however they are written. */
export function hookList<Context>(hooks: HookList<Context> | undefined): readonly Hook<Context>[] {
  if (hooks === undefined) return [];
  return typeof hooks === 'string' || typeof hooks === 'function' ? [hooks] : hooks;
}

/**
 * Runs code of the service's own.
 *
 * @throws ProblemError that names it and the line that failed
 */
export async function runCode<T>(
  label: string,
  code: () => T | Promise<T>,
  { root, log }: Pick<HookRun, 'root' | 'log'>,
): Promise<T> {
  try {
    return await code();
  } catch (error) {
    if (error instanceof Error) log.debug(error.stack ?? '');
    throw new ProblemError(
      userProblems(error, label, root).map((problem) => ({ ...problem, subject: label })),
      { cause: error },
    );
  }
}

async function runCommand(
  {
    name,
    context,
    variables: more,
    label,
    command,
  }: Pick<HookCall<HookContext>, 'name' | 'context' | 'variables'> & {
    readonly label: string;
    readonly command: string;
  },
  { log, signal, env }: HookRun,
): Promise<void> {
  const variables = { ...variablesOf(name, context), ...more };
  const added = Object.fromEntries(
    Object.entries(variables).map(([key, value]) => [
      key === 'NAME' ? 'SPARTA_HOOK' : `SPARTA_HOOK_${key}`,
      value,
    ]),
  );
  const { code, stderr, stdout } = await runProgram(['/bin/sh', '-c', command], {
    directory: context.directory,
    env: programEnvironment(env, added),
    // What a hook prints is what its author wants to see.
    log: { ...log, debug: log.info },
    signal,
  });
  if (code === 0) return;
  const said = (stderr || stdout).trim().split('\n').slice(-3).join(' | ');
  throw new ProblemError({
    subject: label,
    message: `the command failed (exit code ${code})${said === '' ? '' : `: ${said}`}`,
    next: `Run it in the definition's folder: ${command}`,
  });
}

const variablesOf = (name: keyof Hooks, context: HookContext): Record<string, string> => ({
  NAME: name,
  SERVICE: context.service.name,
  STACK_NAME: context.stackName,
  STAGE: context.stage,
  REGION: context.region ?? '',
  ACCOUNT_ID: context.accountId ?? '',
  BUILD_ID: context.buildId,
  NOOP: String(context.noop),
});
