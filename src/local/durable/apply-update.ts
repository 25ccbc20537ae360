import { randomBytes } from 'node:crypto';
import { addEvent } from './history.ts';
import type { DurableOperation, EventDetails, ExecutionRecord, OperationUpdate } from './types.ts';

const SECOND = 1000;

/**
 * Makes one checked update: the operation, and its event in the history. What ends the execution is left to the caller.
 *
 * @returns the operation as it is now
 */
export function applyUpdate(
  execution: ExecutionRecord,
  update: OperationUpdate,
  now: number,
): DurableOperation {
  const found = execution.operations.find(({ Id }) => Id === update.Id);
  const operation = found ?? started(update, now);
  if (!found) execution.operations.push(operation);
  switch (update.Type) {
    case 'STEP':
      updateStep(operation, update, now);
      break;
    case 'CONTEXT':
      updateContext(operation, update);
      break;
    case 'CALLBACK':
      if (update.Action === 'START')
        operation.CallbackDetails = { CallbackId: randomBytes(32).toString('hex') };
      break;
    case 'CHAINED_INVOKE':
      operation.ChainedInvokeDetails ??= {};
      break;
    default:
  }
  if (update.Action in ENDS) {
    operation.Status = ENDS[update.Action as keyof typeof ENDS];
    operation.EndTimestamp = now;
  }
  const event = eventOf(update, operation);
  if (event) addEvent(execution, event.type, { at: now, of: operation, details: event.details });
  return operation;
}

const ENDS = { SUCCEED: 'SUCCEEDED', FAIL: 'FAILED', CANCEL: 'CANCELLED' } as const;

function started(update: OperationUpdate, now: number): DurableOperation {
  const { Id, ParentId, Name, Type, SubType } = update;
  return {
    Id,
    ...(ParentId !== undefined && { ParentId }),
    ...(Name !== undefined && { Name }),
    Type,
    ...(SubType !== undefined && { SubType }),
    StartTimestamp: now,
    Status: 'STARTED',
    ...(Type === 'WAIT' && { WaitDetails: { ScheduledEndTimestamp: now + secondsOf(update) * SECOND } }),
  };
}

/** Without a number it is one second. */
const secondsOf = ({ WaitOptions }: OperationUpdate): number => WaitOptions?.WaitSeconds ?? 1;

function updateStep(operation: DurableOperation, update: OperationUpdate, now: number): void {
  const { Attempt = 0, ...before } = operation.StepDetails ?? {};
  const { Action, Payload, Error: error, StepOptions } = update;
  if (Action === 'START') {
    operation.Status = 'STARTED';
    operation.StepDetails = { ...before, Attempt };
    return;
  }
  operation.StepDetails = {
    Attempt: Attempt + 1,
    ...(Payload != null && { Result: Payload }),
    ...(error != null && { Error: error }),
  };
  if (Action !== 'RETRY') return;
  operation.Status = 'PENDING';
  operation.StepDetails.NextAttemptTimestamp = now + (StepOptions?.NextAttemptDelaySeconds ?? 0) * SECOND;
}

function updateContext(
  operation: DurableOperation,
  { Action, Payload, Error: error, ContextOptions }: OperationUpdate,
) {
  const replay = ContextOptions?.ReplayChildren ?? operation.ContextDetails?.ReplayChildren;
  operation.ContextDetails = {
    ...(replay !== undefined && { ReplayChildren: replay }),
    ...(Action !== 'START' && Payload != null && { Result: Payload }),
    ...(error != null && { Error: error }),
  };
}

/** The event of an update. Who cancels a callback or an invocation is told of no event. */
function eventOf(
  update: OperationUpdate,
  operation: DurableOperation,
): { readonly type: string; readonly details: EventDetails } | undefined {
  const { Type, Action, Payload, Error: error } = update;
  const noun = NOUNS[Type];
  if (noun === undefined) return undefined;
  const retry =
    Type === 'STEP'
      ? {
          RetryDetails: {
            CurrentAttempt: operation.StepDetails?.Attempt ?? 1,
            ...(update.StepOptions?.NextAttemptDelaySeconds !== undefined && {
              NextAttemptDelaySeconds: update.StepOptions.NextAttemptDelaySeconds,
            }),
          },
        }
      : {};
  // A condition that is not met yet is tried again without an error.
  const failed = Action === 'FAIL' || (Action === 'RETRY' && error != null);
  if (Action === 'START') return { type: `${noun}Started`, details: startDetails(update, operation) };
  if (Action === 'CANCEL')
    return Type === 'WAIT'
      ? { type: 'WaitCancelled', details: error ? { Error: { Payload: error } } : {} }
      : undefined;
  if (failed) return { type: `${noun}Failed`, details: { Error: { Payload: error ?? {} }, ...retry } };
  return {
    type: `${noun}Succeeded`,
    details: { Result: Payload != null ? { Payload } : {}, ...retry },
  };
}

const NOUNS: Partial<Record<OperationUpdate['Type'], string>> = {
  CONTEXT: 'Context',
  STEP: 'Step',
  WAIT: 'Wait',
  CALLBACK: 'Callback',
  CHAINED_INVOKE: 'ChainedInvoke',
};

function startDetails(update: OperationUpdate, operation: DurableOperation): EventDetails {
  const { Type, Payload, CallbackOptions = {}, ChainedInvokeOptions } = update;
  switch (Type) {
    case 'WAIT':
      return {
        Duration: secondsOf(update),
        ScheduledEndTimestamp: operation.WaitDetails?.ScheduledEndTimestamp ?? 0,
      };
    case 'CALLBACK': {
      const { TimeoutSeconds: timeout = 0, HeartbeatTimeoutSeconds: heartbeat = 0 } = CallbackOptions;
      return {
        CallbackId: operation.CallbackDetails?.CallbackId ?? '',
        ...(timeout > 0 && { Timeout: timeout }),
        ...(heartbeat > 0 && { HeartbeatTimeout: heartbeat }),
      };
    }
    case 'CHAINED_INVOKE':
      return {
        FunctionName: ChainedInvokeOptions?.FunctionName ?? '',
        ...(ChainedInvokeOptions?.TenantId && { TenantId: ChainedInvokeOptions.TenantId }),
        Input: Payload != null ? { Payload } : {},
      };
    default:
      return {};
  }
}
