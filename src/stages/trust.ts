import { untrustedCode } from '../github/untrusted.ts';
import type { Host } from '../host.ts';
import { ProblemError } from '../problem.ts';

/**
 * Refuses to run code that nobody has merged with the rights of the base branch.
 *
 * @throws ProblemError when an event gives a stranger's code such rights
 */
export async function refuseUntrusted(env: Host['env'], folder: string): Promise<void> {
  const why = await untrustedCode(env, folder);
  if (why === undefined) return;
  throw new ProblemError({
    message: `this code is not run: ${why}`,
    next: 'Run it in a workflow of the event pull_request, which has no such rights.',
  });
}
