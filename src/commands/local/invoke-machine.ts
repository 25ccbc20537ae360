import { rm } from 'node:fs/promises';
import { findFunction } from '../../local/functions/function.ts';
import { hostFunctions } from '../../local/host.ts';
import { type LocalStateMachine, machineMeant } from '../../local/state-machines/machine-types.ts';
import type { Outcome } from '../../outcome.ts';
import { hostSettings } from '../../stages/here/functions.ts';
import { machinesHere } from '../../stages/here/machines.ts';
import type { CallEvent } from './event.ts';
import type { Prepared } from './prepare.ts';

/** The state machine that a name means where no function has it; or the only thing there is. */
export function chosenMachine(
  { stacks }: Prepared,
  wanted: string | undefined,
): LocalStateMachine | undefined {
  const functions = stacks.flatMap((stack) => stack.functions);
  const machines = stacks.flatMap((stack) => stack.machines);
  if (wanted === undefined) return functions.length === 0 && machines.length === 1 ? machines[0] : undefined;
  return findFunction(functions, wanted) ? undefined : machineMeant(machines, wanted);
}

/** Runs one execution of a state machine, and tells what happened in it. */
export async function invokeMachine(
  prepared: Prepared,
  machine: LocalStateMachine,
  event: CallEvent,
): Promise<Outcome> {
  const { run, stacks } = prepared;
  const { inputs, host } = run;
  const { log } = host;
  const [{ executionRecord }, { executionTable, tableLines }] = await Promise.all([
    import('../../local/state-machines/record.ts'),
    import('../../local/durable/table.ts'),
  ]);
  const settings = await hostSettings(run);
  const functions = hostFunctions(
    stacks.flatMap((stack) => stack.functions),
    {
      ...settings,
      output: (written) => log.info(written.trimEnd()),
      warn: (message) => log.warning(message),
    },
  );
  const store = await machinesHere(stacks, functions, run);
  try {
    return await log.group(`Invoke ${machine.logicalId}`, async (each) => {
      const execution = store.executions.start(machine, {
        input: event.text,
        ...(inputs.executionName !== undefined && { name: inputs.executionName }),
        ...(event.callbacks && { answers: event.callbacks }),
      });
      const interrupt = (): void => execution.stop('Interrupted');
      host.signal.addEventListener('abort', interrupt, { once: true });
      await execution.over;
      host.signal.removeEventListener('abort', interrupt);
      host.signal.throwIfAborted();
      const table = executionTable(executionRecord(execution));
      for (const line of [table.title, ...tableLines(table)]) each.info(line);
      const { status, output = '', error, cause } = execution;
      const ok = status === 'SUCCEEDED';
      if (!ok)
        log.error(
          `${machine.logicalId} failed: ${[status, error, cause].filter((part) => part !== undefined).join(': ')}`,
        );
      return { ok, report: undefined, answer: output, outputs: { response: output }, stackOutputs: {} };
    });
  } finally {
    store.executions.close();
    await functions.stop();
    await rm(settings.workDirectory, { recursive: true, force: true });
  }
}
