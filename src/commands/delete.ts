import { deleteStack } from '../aws/stack/delete-stack.ts';
import { describeStack } from '../aws/stack/stack.ts';
import type { Host } from '../host.ts';
import type { Inputs } from '../inputs.ts';
import type { Outcome } from '../outcome.ts';
import { logEvents } from '../stages/deploy/event-log.ts';
import { connectTo, isNoop } from './run.ts';
import { stackNameOf } from './stack-name.ts';

/** Deletes a stack and waits for the end; one that is not there is fine. With noop it only says what would happen. */
export async function deleteCommand(inputs: Inputs, host: Host): Promise<Outcome> {
  const { log, signal } = host;
  const stackName = await stackNameOf(inputs, host);
  const aws = await connectTo(inputs, host);
  const named = { 'stack-name': stackName };
  const outcome = { ok: true, report: undefined, stackOutputs: {} };
  if (isNoop(inputs, host)) {
    const stack = await describeStack(aws, stackName);
    log.info(stack ? `${stackName} would be deleted` : `There is no stack ${stackName}`);
    return {
      ...outcome,
      outputs: {
        ...named,
        operation: 'preview',
        changed: String(stack !== undefined),
        'stack-id': stack?.id ?? '',
        'stack-status': stack?.status ?? '',
      },
    };
  }
  const deleted = await log.group(`Delete ${stackName}`, (each) =>
    deleteStack(
      aws,
      stackName,
      { roleArn: inputs.roleArn },
      {
        log: each,
        signal,
        deadline: Date.now() + inputs.timeout * 60_000,
        onEvent: logEvents(stackName, each),
      },
    ),
  );
  log.info(deleted ? `${stackName} is deleted` : `There is no stack ${stackName}; nothing to do`);
  if (!deleted) return { ...outcome, outputs: named };
  return {
    ...outcome,
    outputs: {
      ...named,
      operation: 'delete',
      changed: 'true',
      'stack-id': deleted.id,
      'stack-status': 'DELETE_COMPLETE',
    },
  };
}
