import type { Aws } from '../aws/connection/clients.ts';
import type { NamedEnvironment } from '../environments/named-environment.ts';
import type { Host } from '../host.ts';
import type { Inputs } from '../inputs.ts';
import type { Outcome } from '../outcome.ts';
import { ProblemError } from '../problem.ts';
import { provision as flow } from '../stages/index.ts';
import { connectTo, isNoop, runOf } from './run.ts';

/** Builds the service, then previews it (noop) or deploys it: where to, and who hears of it, the inputs may say. */
export async function provision(inputs: Inputs, host: Host): Promise<Outcome> {
  if (host.event.pullRequest) {
    const { expireAfter, forkLabel, isolate, maxEnvironments } = inputs;
    if (isolate || (expireAfter ?? forkLabel ?? maxEnvironments) !== undefined) {
      const { warnOfUnused } = await import('./environments/unused-inputs.ts');
      warnOfUnused(inputs, host.log);
    }
  }
  if (inputs.environment === undefined && inputs.deployments !== 'true') return previewOrDeploy(inputs, host);
  const { provisionNamed } = await import('./environments/provision-named.ts');
  return provisionNamed(inputs, host, previewOrDeploy);
}

async function previewOrDeploy(inputs: Inputs, host: Host, environment?: NamedEnvironment): Promise<Outcome> {
  const noop = isNoop(inputs, host);
  const aws = await connectionFor(inputs, host, noop && inputs.diffAgainst !== 'deployed');
  // Nothing is sent yet: the SDK is read while the source is.
  void aws?.cloudFormation();
  const run = runOf(inputs, host, { noop, aws, environment });
  return flow(run).catch(async (error: unknown) => {
    const { noteRun } = await import('../stages/report/run-target.ts');
    await noteRun(error, run);
    throw error;
  });
}

/**
 * A preview goes on without AWS, a deployment does not.
 *
 * @throws ProblemError where AWS is needed, and no region is to be found
 */
export async function connectionFor(inputs: Inputs, host: Host, goesOn: boolean): Promise<Aws | undefined> {
  try {
    return await connectTo(inputs, host);
  } catch (error) {
    if (!(error instanceof ProblemError) || !goesOn) throw error;
    return undefined;
  }
}
