/** Shapes of the durable execution API: https://docs.aws.amazon.com/lambda/latest/api/API_CheckpointDurableExecution.html */

export type OperationType = 'EXECUTION' | 'CONTEXT' | 'STEP' | 'WAIT' | 'CALLBACK' | 'CHAINED_INVOKE';
export type OperationStatus =
  | 'STARTED'
  | 'PENDING'
  | 'READY'
  | 'SUCCEEDED'
  | 'FAILED'
  | 'CANCELLED'
  | 'TIMED_OUT'
  | 'STOPPED';
export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'STOPPED';

export interface ErrorObject {
  readonly ErrorMessage?: string;
  readonly ErrorType?: string;
  readonly ErrorData?: string;
  readonly StackTrace?: readonly string[];
}

/** One operation of an execution, as it stands. Times are milliseconds since the epoch; the API's are made of them. */
export interface DurableOperation {
  readonly Id: string;
  readonly ParentId?: string;
  readonly Name?: string;
  readonly Type: OperationType;
  readonly SubType?: string;
  readonly StartTimestamp: number;
  EndTimestamp?: number;
  Status: OperationStatus;
  ExecutionDetails?: { readonly InputPayload: string };
  ContextDetails?: { ReplayChildren?: boolean; Result?: string; Error?: ErrorObject };
  StepDetails?: { Attempt?: number; NextAttemptTimestamp?: number; Result?: string; Error?: ErrorObject };
  WaitDetails?: { readonly ScheduledEndTimestamp: number };
  CallbackDetails?: { readonly CallbackId: string; Result?: string; Error?: ErrorObject };
  ChainedInvokeDetails?: { Result?: string; Error?: ErrorObject };
}

/** What a function reports of an operation. */
export interface OperationUpdate {
  readonly Id: string;
  readonly ParentId?: string;
  readonly Name?: string;
  readonly Type: OperationType;
  readonly SubType?: string;
  readonly Action: 'START' | 'SUCCEED' | 'FAIL' | 'RETRY' | 'CANCEL';
  readonly Payload?: string;
  readonly Error?: ErrorObject;
  readonly ContextOptions?: { readonly ReplayChildren?: boolean };
  readonly StepOptions?: { readonly NextAttemptDelaySeconds?: number };
  readonly WaitOptions?: { readonly WaitSeconds?: number };
  readonly CallbackOptions?: { readonly TimeoutSeconds?: number; readonly HeartbeatTimeoutSeconds?: number };
  readonly ChainedInvokeOptions?: { readonly FunctionName: string; readonly TenantId?: string };
}

/** One event of the history. `<EventType>Details` holds the rest. */
export interface HistoryEvent {
  readonly EventId: number;
  readonly EventType: string;
  readonly EventTimestamp: number;
  readonly Id?: string;
  readonly ParentId?: string;
  readonly Name?: string;
  readonly SubType?: string;
  readonly [details: `${string}Details`]: EventDetails;
}

/** What an event says, by the names of the API. */
export interface EventDetails {
  readonly Input?: { readonly Payload?: string };
  readonly Result?: { readonly Payload?: string };
  readonly Error?: { readonly Payload?: ErrorObject };
  readonly RetryDetails?: { readonly CurrentAttempt?: number; readonly NextAttemptDelaySeconds?: number };
  readonly Duration?: number;
  readonly ScheduledEndTimestamp?: number;
  readonly CallbackId?: string;
  readonly Timeout?: number;
  readonly HeartbeatTimeout?: number;
  readonly FunctionName?: string;
  readonly TenantId?: string;
  readonly DurableExecutionArn?: string;
  readonly ExecutionTimeout?: number;
  readonly StartTimestamp?: number;
  readonly EndTimestamp?: number;
  readonly RequestId?: string;
}

/** An execution as it is kept: plain values, a file of the store. */
export interface ExecutionRecord {
  readonly arn: string;
  readonly name: string;
  /** Logical ID of its function. */
  readonly functionId: string;
  readonly functionArn: string;
  readonly version: string;
  readonly qualifier?: string;
  readonly tenantId?: string;
  readonly input: string;
  readonly startedAt: number;
  /** Seconds that it may take. */
  readonly timeout: number;
  /** The operation that started it, where another execution of this host did. */
  readonly parent?: { readonly arn: string; readonly operationId: string };
  /** Milliseconds by which its clock is ahead, because waits were skipped. */
  skipped: number;
  status: ExecutionStatus;
  endedAt?: number;
  result?: string;
  error?: ErrorObject;
  readonly operations: DurableOperation[];
  readonly events: HistoryEvent[];
  /** When a callback was last heard of, by the id of its operation. */
  readonly heartbeats: Record<string, number>;
}

/** Answers to callbacks that are known beforehand, by the name of the callback or of what waits for it. */
export type CallbackAnswers = Readonly<
  Record<string, { readonly result?: string | undefined; readonly error?: ErrorObject | undefined }>
>;

/** An answer of the API that is an error, as its documentation names it. */
export class DurableApiError extends Error {
  readonly code: string;
  readonly status: number;
  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

export const invalid = (message: string): DurableApiError =>
  new DurableApiError('InvalidParameterValueException', message);

/** What Lambda answers to whoever calls a durable function by its plain name. */
export const UNQUALIFIED = invalid('You cannot invoke a durable function using an unqualified ARN.');

/** Whether nothing happens to an operation any more. */
export const isOver = ({ Status }: Pick<DurableOperation, 'Status'>): boolean =>
  Status !== 'STARTED' && Status !== 'PENDING' && Status !== 'READY';
