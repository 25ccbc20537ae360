import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { languageOf } from '../../runtimes.ts';
import type { LocalFunction } from '../functions/function.ts';
import { hostFunctions } from '../host.ts';
import type { InvokeOptions, InvokeResult } from '../invoke.ts';
import type { HostOptions } from '../runtime/environment-pool.ts';
import { nodeFrames } from './node.ts';
import { pythonFrames } from './python.ts';
import type { Frame } from './types.ts';

/** Whether the CPU of a function's runtime can be profiled here. */
export const canProfile = ({ runtime, web, durable }: LocalFunction): boolean =>
  !web && !durable && ['node', 'python'].includes(languageOf(runtime) ?? '');

export interface ProfiledResult {
  readonly result: InvokeResult;
  /** `undefined`: the invocation did not come to its end. */
  readonly frames: Frame | undefined;
}

/**
 * Runs one invocation in a process of its own, and profiles its CPU from the start of the process on.
 *
 * @throws ProblemError when the function cannot be started here
 */
export async function profile(
  fn: LocalFunction,
  { payload, ...invokeOptions }: InvokeOptions & { readonly payload: string },
  options: HostOptions,
): Promise<ProfiledResult> {
  const file = join(options.workDirectory, `profile-${invokeOptions.requestId}.json`);
  const profiled = { ...fn, environment: { ...fn.environment, _SPARTA_PROFILE: file } };
  const host = hostFunctions([profiled], options);
  try {
    const result = await host.invoke(profiled, payload, invokeOptions);
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text === undefined) return { result, frames: undefined };
    const written = JSON.parse(text);
    const frames = languageOf(fn.runtime) === 'python' ? pythonFrames(written) : nodeFrames(written);
    return { result, frames };
  } finally {
    await host.stop();
  }
}
