import type { Aws } from '../aws/connection/clients.ts';
import type { Host } from '../host.ts';
import type { Inputs } from '../inputs.ts';
import type { Outcome } from '../outcome.ts';
import { ProblemError } from '../problem.ts';
import { provision as flow } from '../stages/index.ts';
import { connectTo, isNoop, runOf } from './run.ts';

/** Builds the service, then previews it (noop) or deploys it. */
export async function provision(inputs: Inputs, host: Host): Promise<Outcome> {
  const noop = isNoop(inputs, host);
  const aws = await connection(inputs, host, noop);
  // Nothing is sent yet: the SDK is read while the source is.
  void aws?.cloudFormation();
  return flow(runOf(inputs, host, { noop, aws }));
}

/** A preview goes on without AWS, a deployment does not. */
async function connection(inputs: Inputs, host: Host, noop: boolean): Promise<Aws | undefined> {
  try {
    return await connectTo(inputs, host);
  } catch (error) {
    if (!(error instanceof ProblemError) || !noop || inputs.diffAgainst === 'deployed') throw error;
    return undefined;
  }
}
