import { describeStack } from '../aws/stack/stack.ts';
import { stateOf } from '../aws/stack/stack-states.ts';
import type { Host } from '../host.ts';
import type { Inputs } from '../inputs.ts';
import type { Outcome } from '../outcome.ts';
import { connectTo } from './run.ts';
import { stackNameOf } from './stack-name.ts';

/** Says how a stack is, and sets its outputs; nothing is changed. That there is none is an answer, too. */
export async function status(inputs: Inputs, host: Host): Promise<Outcome> {
  const stackName = await stackNameOf(inputs, host);
  const aws = await connectTo(inputs, host);
  const stack = await describeStack(aws, stackName);
  const { log } = host;
  if (!stack) {
    log.info(`There is no stack ${stackName} in ${aws.region}`);
    return { ok: true, report: undefined, outputs: { 'stack-name': stackName }, stackOutputs: {} };
  }
  log.info(`${stack.name}: ${stack.status}${stack.statusReason ? ` (${stack.statusReason})` : ''}`);
  for (const [name, value] of Object.entries(stack.outputs)) log.info(`${name} = ${value}`);
  if (stateOf(stack.status).outcome === 'failed') log.warning(`${stack.name} is in a failed state`);
  if (inputs.drift) {
    const { detectDrift, driftLines } = await import('../aws/stack/drift.ts');
    const limits = { signal: host.signal, deadline: Date.now() + inputs.timeout * 60_000 };
    const drift = await detectDrift(aws, stack.id, limits);
    for (const line of driftLines(drift)) log[line === 'Drift: none' ? 'info' : 'warning'](line);
  }
  return {
    ok: true,
    report: undefined,
    outputs: {
      'stack-name': stack.name,
      'stack-id': stack.id,
      'stack-status': stack.status,
      outputs: JSON.stringify(stack.outputs),
    },
    stackOutputs: stack.outputs,
  };
}
