import type { Aws } from '../aws/connection/clients.ts';
import { describeStack, type Stack } from '../aws/stack/stack.ts';
import { stateOf } from '../aws/stack/stack-states.ts';
import type { Host } from '../host.ts';
import type { Inputs } from '../inputs.ts';
import type { Outcome } from '../outcome.ts';
import { connectTo } from './run.ts';
import { stackNameOf } from './stack-name.ts';

/** Says how a stack is; where nothing names one, what runs where. */
export async function status(inputs: Inputs, host: Host): Promise<Outcome> {
  if (inputs.stackName !== undefined || inputs.source !== undefined || host.event.repository === undefined)
    return statusOfOne(inputs, host);
  const { overview } = await import('./environments/overview.ts');
  return overview(inputs, host);
}

/** Says how a stack is, and sets its outputs; nothing is changed. That there is none is an answer, too. */
async function statusOfOne(inputs: Inputs, host: Host): Promise<Outcome> {
  const stackName = await stackNameOf(inputs, host);
  const aws = await connectTo(inputs, host);
  if (inputs.deployTo === 'stack-set') {
    const { stackSetStatus } = await import('./stack-sets/status.ts');
    return stackSetStatus(stackName, aws, { inputs, host });
  }
  return statusOfStack(stackName, aws, { inputs, host });
}

/** The same of a stack by its name. */
export async function statusOfStack(
  stackName: string,
  aws: Aws,
  { inputs, host }: { readonly inputs: Inputs; readonly host: Host },
): Promise<Outcome> {
  const stack = await describeStack(aws, stackName);
  const { log } = host;
  if (!stack) {
    log.info(`There is no stack ${stackName} in ${aws.region}`);
    return { ok: true, report: undefined, outputs: { 'stack-name': stackName }, stackOutputs: {} };
  }
  log.info(`${stack.name}: ${stack.status}${stack.statusReason ? ` (${stack.statusReason})` : ''}`);
  for (const [name, value] of Object.entries(stack.outputs)) log.info(`${name} = ${value}`);
  if (stateOf(stack.status).outcome === 'failed') log.warning(`${stack.name} is in a failed state`);
  if (inputs.attest) await tellCommits(aws, stack, { inputs, host });
  const looks = inputs.drift !== false || inputs.failOn?.includes('drift') === true;
  const drifted = looks ? await driftOf(aws, stack, { inputs, host }) : [];
  return {
    ok: drifted.length === 0 || !inputs.failOn?.includes('drift'),
    report: undefined,
    outputs: {
      'stack-name': stack.name,
      'stack-id': stack.id,
      'stack-status': stack.status,
      drift: drifted.join('\n'),
      outputs: JSON.stringify(stack.outputs),
    },
    stackOutputs: stack.outputs,
  };
}

/** Says from which commits the functions were built. */
async function tellCommits(
  aws: Aws,
  stack: Stack,
  { inputs, host }: { readonly inputs: Inputs; readonly host: Host },
): Promise<void> {
  const { gitHub } = await import('../stages/report/publish.ts');
  const { log, signal, event } = host;
  const api = await gitHub(inputs.githubToken, host);
  if (!api || event.repository === undefined) {
    log.warning('Attestations are not read: there is no github-token, or no repository');
    return;
  }
  const { tellProvenance } = await import('./provenance.ts');
  await tellProvenance(aws, stack, { api, repository: event.repository, log, signal });
}

/** Says what was changed outside of CloudFormation; a line for each such resource. */
async function driftOf(
  aws: Aws,
  { id }: Stack,
  { inputs, host }: { readonly inputs: Inputs; readonly host: Host },
): Promise<readonly string[]> {
  const { detectDrift, driftLines } = await import('../aws/drift/detect-drift.ts');
  const limits = { signal: host.signal, deadline: Date.now() + inputs.timeout * 60_000 };
  const drift = await detectDrift(aws, id, limits);
  const lines = driftLines(drift);
  for (const line of lines) host.log[line === 'Drift: none' ? 'info' : 'warning'](line);
  return lines.slice(0, drift.resources.length);
}
