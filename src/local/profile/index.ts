import { copyFile, cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { languageOf } from '../../runtimes.ts';
import { IMAGE, type LocalFunction } from '../functions/function.ts';
import { hostFunctions } from '../host.ts';
import type { InvokeOptions, InvokeResult } from '../invoke.ts';
import type { HostOptions } from '../runtime/environment-pool.ts';
import { prepareCode } from '../runtime/unpack-code.ts';
import type { Measured, Profiler } from './types.ts';
import { writtenProfile } from './written.ts';

/**
 * Why the CPU of a function cannot be profiled here; `undefined`: it can.
 *
 * @param isCompiled its program was made of Go here, and can be made once more
 */
export function whyNoProfile({ runtime, durable }: LocalFunction, isCompiled: boolean): string | undefined {
  if (durable) return 'No profile: a durable function runs many times for one execution.';
  if (runtime === IMAGE) return 'No profile: its program is in an image.';
  switch (languageOf(runtime)) {
    case 'node':
    case 'python':
      return undefined;
    case 'go':
    case 'provided':
      return isCompiled
        ? undefined
        : 'No profile: its program was not compiled here from Go, so nothing can be added that measures it.';
    default:
      return `No profile: ${runtime} is not measured here.`;
  }
}

/** What is profiled. */
export interface ToProfile extends InvokeOptions {
  readonly requestId: string;
  readonly payload: string;
  /** Takes the place of the function's program; of functions whose runtime is not ours. */
  readonly program?: string;
}

export interface ProfiledResult {
  readonly result: InvokeResult;
  readonly profile: Measured;
}

/**
 * Runs one invocation in a process of its own, and profiles its CPU from the start of the process on.
 *
 * @throws ProblemError when the function cannot be started here
 */
export async function profile(
  fn: LocalFunction,
  { payload, program, ...invokeOptions }: ToProfile,
  options: HostOptions,
): Promise<ProfiledResult> {
  const place = join(options.workDirectory, `profile-${invokeOptions.requestId}`);
  const code = program === undefined ? fn.code : await withProgram(fn, program, { ...options, place });
  const profiler = await profilerOf(fn, `${place}.json`);
  const environment = { ...fn.environment, _SPARTA_PROFILE: profiler.variable };
  const profiled = { ...fn, code, environment };
  const host = hostFunctions([profiled], options);
  try {
    const result = await host.invoke(profiled, payload, invokeOptions);
    return { result, profile: await profiler.measured() };
  } finally {
    profiler.stop();
    await host.stop();
    await rm(place, { recursive: true, force: true });
  }
}

async function profilerOf({ runtime }: LocalFunction, file: string): Promise<Profiler> {
  const language = languageOf(runtime);
  if (language === 'node' || language === 'python') return writtenProfile(language, file);
  const { goProfiler } = await import('./go-connection.ts');
  return goProfiler();
}

/** All that the function has, with another program: programs look for files beside themselves. */
async function withProgram(
  fn: LocalFunction,
  program: string,
  { workDirectory, place }: HostOptions & { readonly place: string },
): Promise<LocalFunction['code']> {
  const { taskRoot } = await prepareCode(fn, workDirectory);
  await mkdir(place);
  await cp(taskRoot, place, { recursive: true, verbatimSymlinks: true });
  await copyFile(program, join(place, 'bootstrap'));
  return { kind: 'directory', path: place };
}
