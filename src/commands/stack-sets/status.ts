import type { Aws } from '../../aws/connection/clients.ts';
import { describeStackSet, listInstances } from '../../aws/stack-sets/stack-set.ts';
import type { Host } from '../../host.ts';
import type { Inputs } from '../../inputs.ts';
import type { Outcome } from '../../outcome.ts';
import { stackSetDrift } from '../../stages/stack-set/drift.ts';
import { addressOf } from '../../stages/stack-set/request.ts';

/** Says how a stack set and its instances are; with `drift`, what was changed in them outside of CloudFormation. */
export async function stackSetStatus(
  stackName: string,
  aws: Aws,
  { inputs, host }: { readonly inputs: Inputs; readonly host: Host },
): Promise<Outcome> {
  const { log, signal } = host;
  const address = addressOf(stackName, inputs);
  const found = await describeStackSet(aws, address, signal);
  if (!found) {
    log.info(`There is no stack set ${stackName} in ${aws.region}`);
    return { ok: true, report: undefined, outputs: { 'stack-name': stackName }, stackOutputs: {} };
  }
  const instances = await listInstances(aws, address, signal);
  log.info(`${found.name}: ${found.status}, ${instances.length} instances`);
  for (const { account, region, status, reason } of instances)
    log.info(`${account} ${region} ${status}${reason === '' ? '' : `: ${reason}`}`);
  const looks = inputs.drift !== false || inputs.failOn?.includes('drift') === true;
  const drifted = looks && instances.length > 0 ? await stackSetDrift(aws, address, { inputs, host }) : [];
  for (const line of drifted) log.warning(`Drift: ${line}`);
  return {
    ok: drifted.length === 0 || !inputs.failOn?.includes('drift'),
    report: undefined,
    outputs: {
      'stack-name': found.name,
      'stack-id': found.id,
      'stack-status': found.status,
      drift: drifted.join('\n'),
    },
    stackOutputs: {},
  };
}
