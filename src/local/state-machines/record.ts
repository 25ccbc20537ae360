import { addEvent } from '../durable/history.ts';
import type { DurableOperation, ErrorObject, ExecutionRecord, OperationType } from '../durable/types.ts';
import type { MachineExecution } from './executions.ts';
import type { MachineEvent } from './history.ts';

/**
 * An execution of a machine in the form of those of durable functions, so that both are told and tested in one way: an operation
 * for each state that was entered, below the Map or Parallel state that it is part of. A Task is a step, or a callback where it
 * waits for one.
 */
export function executionRecord(execution: MachineExecution): ExecutionRecord {
  const { machine, history, startedAt, endedAt, error, cause, output } = execution;
  const record: ExecutionRecord = {
    arn: execution.arn,
    name: execution.name,
    functionId: machine.logicalId,
    functionArn: machine.arn,
    version: '$LATEST',
    input: execution.input,
    startedAt,
    timeout: 0,
    skipped: 0,
    status: execution.status === 'ABORTED' ? 'STOPPED' : execution.status,
    ...(endedAt !== undefined && { endedAt }),
    ...(output !== undefined && { result: output }),
    ...((error !== undefined || cause !== undefined) && { error: errorObject(error, cause) }),
    operations: [{ Id: execution.arn, Type: 'EXECUTION', StartTimestamp: startedAt, Status: 'STARTED' }],
    events: [],
    heartbeats: {},
  };
  const reader = new EventReader(record);
  for (const event of history.events) reader.read(event);
  if (endedAt !== undefined) reader.close(endedAt);
  return record;
}

const errorObject = (error: unknown, cause: unknown): ErrorObject => ({
  ...(typeof error === 'string' && { ErrorType: error }),
  ...(typeof cause === 'string' && { ErrorMessage: cause }),
});

const TYPES: Readonly<Record<string, OperationType>> = { Task: 'STEP', Wait: 'WAIT' };

/** Goes through the events of a machine, and adds to a record what they tell. */
class EventReader {
  readonly #record: ExecutionRecord;
  /** By the id of the event. */
  readonly #read = new Map<number, { readonly type: string; readonly operation: DurableOperation }>();
  /** What last happened in it was an error. */
  readonly #failed = new Set<DurableOperation>();

  constructor(record: ExecutionRecord) {
    this.#record = record;
  }

  read(event: MachineEvent): void {
    const operation = this.#operationOf(event);
    if (!operation) return;
    this.#read.set(event.id, { type: event.type, operation });
    const { type, details = {}, at } = event;
    if (/Scheduled$/.test(type)) this.#scheduled(operation, event);
    else if (/(?<!Iteration)(?:Failed|TimedOut)$/.test(type)) {
      this.#failed.add(operation);
      outcome(operation, { Error: errorObject(details.error, details.cause) });
    } else if (/(?<!Iteration)Succeeded$/.test(type)) this.#failed.delete(operation);
    else if (type.endsWith('StateExited')) {
      if (operation.Type === 'WAIT') {
        const Duration = Math.round((at - operation.StartTimestamp) / 1000);
        addEvent(this.#record, 'WaitStarted', { at, of: operation, details: { Duration } });
      }
      if (typeof details.output === 'string') outcome(operation, { Result: details.output });
      close(operation, at, this.#failed.has(operation) ? 'FAILED' : 'SUCCEEDED');
    }
  }

  /** What nothing told the end of failed, or was ended because something else did. */
  close(at: number): void {
    for (const each of this.#record.operations.slice(1)) {
      if (each.Status !== 'STARTED') continue;
      close(each, at, this.#failed.has(each) || each.SubType === 'Fail' ? 'FAILED' : 'STOPPED');
    }
  }

  #operationOf({ type, details = {}, previousEventId, at, id }: MachineEvent): DurableOperation | undefined {
    const { operations, arn } = this.#record;
    const before = this.#read.get(previousEventId);
    const [, kind] = /^(\w+)StateEntered$/.exec(type) ?? [];
    if (kind !== undefined) {
      const isFirst = before && /^(?:MapIteration|ParallelState)Started$/.test(before.type);
      const parent = isFirst ? before.operation.Id : before?.operation.ParentId;
      const operation: DurableOperation = {
        Id: `${arn}#${id}`,
        ...(parent !== undefined && { ParentId: parent }),
        Name: String(details.name),
        Type: TYPES[kind] ?? 'CONTEXT',
        SubType: kind,
        StartTimestamp: at,
        Status: 'STARTED',
      };
      operations.push(operation);
      return operation;
    }
    let found = before?.operation;
    // Iterations, and the ends of what has parts, follow states within: what is meant is around these.
    const isAround =
      typeof details.name === 'string' || /^(?:Map|Parallel)State(?:Succeeded|Failed)$/.test(type);
    while (isAround && found && found.Name !== details.name && !type.startsWith(`${found.SubType}State`)) {
      const { ParentId } = found;
      found = operations.find(({ Id }) => Id === ParentId);
    }
    return found;
  }

  #scheduled(operation: DurableOperation, { type, details = {}, at }: MachineEvent): void {
    if (String(details.resource).endsWith('.waitForTaskToken')) {
      Object.assign(operation, { Type: 'CALLBACK' });
      operation.CallbackDetails ??= { CallbackId: operation.Id };
    } else
      operation.StepDetails = {
        ...operation.StepDetails,
        Attempt: (operation.StepDetails?.Attempt ?? 0) + 1,
      };
    if (type === 'LambdaFunctionScheduled' || details.resourceType === 'lambda')
      addEvent(this.#record, 'InvocationCompleted', { at, of: operation, details: {} });
  }
}

function close(operation: DurableOperation, at: number, status: DurableOperation['Status']): void {
  operation.EndTimestamp = at;
  operation.Status = status;
}

function outcome(
  operation: DurableOperation,
  of: { readonly Result?: string; readonly Error?: ErrorObject },
): void {
  if (operation.CallbackDetails) Object.assign(operation.CallbackDetails, of);
  else if (operation.Type === 'STEP') operation.StepDetails = { ...operation.StepDetails, ...of };
  else operation.ContextDetails = { ...operation.ContextDetails, ...of };
}
