import { executionTable, tableLines } from '../../local/durable/table.ts';
import type { InvokeResult } from '../../local/invoke.ts';
import { evaluateSmokeTest, type SmokeTest } from '../../local/smoke.ts';
import type { MachineStore } from '../../local/state-machines/api/store.ts';
import type { MachineExecution } from '../../local/state-machines/executions.ts';
import type { LocalStateMachine } from '../../local/state-machines/machine-types.ts';
import { executionRecord } from '../../local/state-machines/record.ts';
import { wayTaken } from '../../local/state-machines/way.ts';
import type { Log } from '../../log.ts';
import { machineDiagram } from '../../picture/machine.ts';
import type { SmokeOutcome } from './smoke-outcome.ts';

/** Tries a state machine: one execution, whose end and steps are what the test expects, or not. */
export async function runMachineTest(
  test: SmokeTest,
  { store, machine }: { readonly store: MachineStore; readonly machine: LocalStateMachine },
  log: Log,
): Promise<SmokeOutcome> {
  const { file, function: name, payload, callbacks } = test;
  const execution = store.executions.start(machine, {
    input: JSON.stringify(payload),
    ...(callbacks && { answers: callbacks }),
  });
  await execution.over;
  const { passed, failures, durationMs } = evaluateSmokeTest(test, resultOf(execution), (text) =>
    log.redact(text),
  );
  log.info(`${passed ? 'passed' : 'FAILED'}: ${file} (${machine.logicalId}, ${Math.round(durationMs)} ms)`);
  const table = executionTable(executionRecord(execution));
  const lines = tableLines(table).map((line) => log.redact(line));
  for (const line of [table.title, ...lines]) log.info(line);
  return {
    file,
    function: name,
    logicalId: machine.logicalId,
    passed,
    durationMs,
    failures: failures.map((each) => log.redact(each)),
    execution: {
      title: log.redact(table.title),
      lines,
      diagram: machineDiagram(machine.definition, wayTaken(execution)),
    },
  };
}

/** An execution as the answer of a function, which expectations are about. */
function resultOf(execution: MachineExecution): InvokeResult {
  const { name, startedAt, endedAt = startedAt, status, output = '', error = status, cause = '' } = execution;
  const common = {
    requestId: name,
    executedVersion: '$LATEST',
    logs: '',
    report: {
      durationMs: endedAt - startedAt,
      billedMs: 0,
      memorySizeMb: 0,
      maxMemoryMb: 0,
      status: status === 'SUCCEEDED' ? 'success' : 'error',
    },
    execution: executionRecord(execution),
  } as const;
  if (status === 'SUCCEEDED')
    return { ...common, kind: 'success', payload: Buffer.from(output), contentType: 'application/json' };
  return {
    ...common,
    kind: 'function-error',
    payload: Buffer.from(JSON.stringify({ errorType: error, errorMessage: cause })),
    error: { errorType: error, errorMessage: cause },
  };
}
