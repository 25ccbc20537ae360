import type { Host } from '../../host.ts';
import type { Inputs } from '../../inputs.ts';
import type { Outcome } from '../../outcome.ts';
import { ProblemError } from '../../problem.ts';
import { connectTo, runOf } from '../run.ts';
import { stackNameOf } from '../stack-name.ts';
import { interrupted, serveInForeground } from './foreground.ts';
import { prepare } from './prepare.ts';
import { serveRequest } from './serve-request.ts';

const DONE: Outcome = { ok: true, report: undefined, outputs: {}, stackOutputs: {} };

/**
 * Opens the console: of the service as it runs here, or of the deployed stack. It is for people, so it is not for workflows.
 *
 * @throws ProblemError in a workflow, or when there is nothing to show
 */
export async function explore(inputs: Inputs, host: Host): Promise<Outcome> {
  if (host.background)
    throw new ProblemError({
      subject: 'command explore',
      message: 'it opens a page for a person at a terminal, and nobody sees it in a workflow',
      next: 'Use start in workflows, and status for what is deployed.',
    });
  if (inputs.deployed) return exploreDeployed(inputs, host);
  const prepared = await prepare(inputs, host);
  await serveInForeground(await serveRequest('all', prepared), prepared);
  return { ...DONE, toSave: prepared.toSave };
}

async function exploreDeployed(inputs: Inputs, host: Host): Promise<Outcome> {
  const stackName = await stackNameOf(inputs, host);
  const aws = await connectTo(inputs, host);
  const { openDeployed } = await import('../console/deployed/index.ts');
  const page = await openDeployed(stackName, aws, runOf(inputs, host, { noop: true, aws }));
  host.log.info(`${stackName} in ${aws.region}: what the page sends is done there`);
  host.log.info(`Console: ${page.link}`);
  try {
    await interrupted(host.signal);
  } finally {
    await page.stop();
  }
  return DONE;
}
