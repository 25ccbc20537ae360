import type { Log } from '../../../log.ts';
import type { RunningCode } from '../ask-in-place.ts';
import type { FoundStack } from '../stack-plan.ts';

/** What the functions of a stack run, where it is there. */
export async function codeOfFunctions(
  { aws, deployed }: Pick<FoundStack, 'aws' | 'deployed'>,
  options: { readonly log: Log; readonly signal: AbortSignal },
): Promise<RunningCode | undefined> {
  if (!aws || deployed.kind !== 'stack') return undefined;
  const { runningCode } = await import('../ask-in-place.ts');
  return runningCode(aws, deployed, options);
}
