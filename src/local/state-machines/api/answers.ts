import type { JsonObject } from '../../../template/types.ts';
import type { MachineExecution } from '../executions.ts';
import { detailsKey, type MachineEvent } from '../history.ts';
import { variableReferences } from '../language/variable-references.ts';
import type { LocalStateMachine } from '../machine-types.ts';
import type { MapRun } from '../scope.ts';

/** Times of the API are seconds. */
export const seconds = (milliseconds: number): number => milliseconds / 1000;

export const executionSummary = (execution: MachineExecution): JsonObject => ({
  executionArn: execution.arn,
  name: execution.name,
  startDate: seconds(execution.startedAt),
  stateMachineArn: execution.machine.arn,
  status: execution.status,
  redriveCount: 0,
  ...(execution.endedAt !== undefined && { stopDate: seconds(execution.endedAt) }),
});

const INCLUDED = { included: true };

export const executionAnswer = (execution: MachineExecution): JsonObject => ({
  ...executionSummary(execution),
  input: execution.input,
  inputDetails: INCLUDED,
  ...(execution.output !== undefined && { output: execution.output, outputDetails: INCLUDED }),
  // That its time was over is all that is told then.
  ...(execution.status !== 'TIMED_OUT' && execution.error !== undefined && { error: execution.error }),
  ...(execution.cause !== undefined && { cause: execution.cause }),
  ...(execution.status === 'SUCCEEDED'
    ? {
        redriveStatus: 'NOT_REDRIVABLE',
        redriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
      }
    : execution.status === 'RUNNING'
      ? {
          redriveStatus: 'NOT_REDRIVABLE',
          redriveStatusReason: 'Execution is RUNNING and cannot be redriven',
        }
      : { redriveStatus: 'REDRIVABLE' }),
});

/** What StartSyncExecution answers. */
export const syncAnswer = (execution: MachineExecution): JsonObject => {
  const {
    redriveCount: _,
    redriveStatus: __,
    redriveStatusReason: ___,
    ...answer
  } = executionAnswer(execution);
  const took = (execution.endedAt ?? execution.startedAt) - execution.startedAt;
  return {
    ...answer,
    outputDetails: INCLUDED,
    billingDetails: {
      billedDurationInMilliseconds: Math.max(100, Math.ceil(took / 100) * 100),
      billedMemoryUsedInMB: 64,
    },
  };
};

export function eventAnswer(
  { id, previousEventId, type, at, details }: MachineEvent,
  withData: boolean,
): JsonObject {
  const shown = withData ? details : details && withoutData(details);
  return {
    id,
    previousEventId,
    timestamp: seconds(at),
    type,
    ...(shown && { [detailsKey(type)]: shown }),
  };
}

const withoutData = ({
  input: _,
  output: __,
  inputDetails,
  outputDetails,
  ...rest
}: JsonObject): JsonObject => ({
  ...rest,
  ...(inputDetails !== undefined && { inputDetails }),
  ...(outputDetails !== undefined && { outputDetails }),
});

export const machineAnswer = (
  machine: LocalStateMachine,
  { createdAt, revision }: { readonly createdAt: number; readonly revision: string },
): JsonObject => {
  const references = variableReferences(machine.definition);
  return {
    stateMachineArn: machine.arn,
    name: machine.name,
    status: 'ACTIVE',
    definition: JSON.stringify(machine.definition),
    roleArn: machine.roleArn,
    type: machine.type,
    creationDate: seconds(createdAt),
    loggingConfiguration: { level: 'OFF', includeExecutionData: false },
    tracingConfiguration: { enabled: false },
    ...(revision !== 'INITIAL' && { revisionId: revision }),
    ...(Object.keys(references).length > 0 && { variableReferences: references as JsonObject }),
  };
};

export const mapRunSummary = (run: MapRun, execution: MachineExecution): JsonObject => ({
  executionArn: execution.arn,
  mapRunArn: run.arn,
  stateMachineArn: `${execution.machine.arn}/${run.arn.split('/')[1]?.split(':')[0] ?? ''}`,
  startDate: seconds(run.startedAt),
  ...(run.endedAt !== undefined && { stopDate: seconds(run.endedAt) }),
});

export function mapRunAnswer(run: MapRun, execution: MachineExecution): JsonObject {
  const { stateMachineArn: _, ...summary } = mapRunSummary(run, execution);
  const counts = {
    aborted: 0,
    failed: run.failed,
    pending: 0,
    resultsWritten: run.status === 'SUCCEEDED' ? run.succeeded : 0,
    running: run.total - run.succeeded - run.failed,
    succeeded: run.succeeded,
    timedOut: 0,
    total: run.total,
  };
  return {
    ...summary,
    status: run.status,
    maxConcurrency: run.maxConcurrency,
    toleratedFailureCount: run.toleratedFailureCount,
    toleratedFailurePercentage: run.toleratedFailurePercentage,
    executionCounts: counts,
    itemCounts: counts,
    redriveCount: 0,
  };
}
