import { randomUUID } from 'node:crypto';
import type { Activity } from '../activity.ts';
import { functionArn, type LocalFunction } from '../functions/function.ts';
import { findByReference, isMissing } from '../functions/reference.ts';
import type { InvokeOptions, InvokeResult } from '../invoke.ts';
import { newTraceId } from '../trace-id.ts';
import { type ExecutionClock, startClock } from './clock.ts';
import { addEvent, callbackName, startOf } from './history.ts';
import { type LiveExecution, liveExecution } from './live.ts';
import { endCallback, endChained, type OperationEnd } from './settle.ts';
import type { ExecutionStore } from './store.ts';
import { tellsOf } from './tell.ts';
import {
  type CallbackAnswers,
  DurableApiError,
  type DurableOperation,
  type ErrorObject,
  type ExecutionRecord,
  invalid,
  isOver,
  UNQUALIFIED,
} from './types.ts';

export interface ExecutionsOptions {
  readonly functions: readonly LocalFunction[];
  /** Runs one invocation, of whichever function. */
  readonly invoke: (fn: LocalFunction, payload: string, options: InvokeOptions) => Promise<InvokeResult>;
  /** Invocations of the host that run. */
  readonly running: () => number;
  readonly store: ExecutionStore;
  /** Goes on with all that were kept and had not ended. */
  readonly resume: boolean;
  readonly waits: 'skip' | 'real';
  readonly warn: (message: string) => void;
  readonly activity?: Activity | undefined;
  /** Hears what executions wait for, and how they get it. */
  readonly output: (text: string) => void;
  /** Where the API of this host is; undefined before any function of it was started. */
  readonly endpoint: () => Promise<string | undefined>;
}

/** What an execution is started with. */
export interface StartRequest {
  readonly payload: string;
  readonly qualifier?: string | undefined;
  readonly tenantId?: string | undefined;
  /** Made up when absent. */
  readonly name?: string | undefined;
  readonly answers?: CallbackAnswers | undefined;
  readonly invokeOptions?: InvokeOptions;
}

/** The executions of a host: those that run, and those that are kept. */
export interface Executions {
  /**
   * Starts one, or finds that of the same name and payload.
   *
   * @throws DurableApiError when its name is in use with another payload
   */
  start(fn: LocalFunction, request: StartRequest): LiveExecution;
  /** @throws DurableApiError when there is none */
  find(arn: string): LiveExecution;
  all(): readonly LiveExecution[];
  /** @throws DurableApiError when it has ended already */
  stop(arn: string, error: ErrorObject): number;
  /** @throws DurableApiError when there is no such callback, or it is over */
  answer(callbackId: string, end: OperationEnd): void;
  heartbeat(callbackId: string): void;
  /** No invocation of the host runs. */
  idle(): void;
  /** Leaves everything as it is stored. */
  close(): void;
}

/** Days. Source: AWS Lambda API reference, DurableConfig: the default. */
const RETENTION = 14;
const DAY = 86_400_000;
/** Seconds: a year. Only who gives no timeout at all is given it. */
const LONGEST = 31_622_400;

/** Finds the executions that were kept. */
export function openExecutions(options: ExecutionsOptions): Executions {
  const { functions, store, warn } = options;
  const lives = new Map<string, LiveExecution>();
  const tell = options.activity ? tellsOf(options.activity) : () => undefined;

  const newClock = (ahead: number): ExecutionClock =>
    startClock({ ahead, skips: options.waits === 'skip', running: options.running });

  function add(
    record: ExecutionRecord,
    fn: LocalFunction,
    about: { readonly clock: ExecutionClock } & Pick<StartRequest, 'answers' | 'invokeOptions'>,
  ): LiveExecution {
    const { clock, answers = {}, invokeOptions = {} } = about;
    const live = liveExecution(record, fn, {
      clock,
      invokeOptions: { ...invokeOptions, traceId: invokeOptions.traceId || newTraceId() },
      invoke: options.invoke,
      save(changed) {
        store.save(changed);
        // Its end is told when its last invocation is over, too.
        if (changed.status === 'RUNNING') tell(live);
      },
      chain,
      answers,
      waiting,
    });
    lives.set(record.arn, live);
    return live;
  }

  function waiting({ record }: LiveExecution, operation: DurableOperation): void {
    if (options.waits === 'skip') return;
    const id = operation.CallbackDetails?.CallbackId;
    const name = callbackName(record, operation) ?? 'without a name';
    options.endpoint().then((url) => {
      const at = url === undefined ? '' : ` --endpoint-url ${url}`;
      options.output(
        `WAIT Execution ${record.name} of ${record.functionId} waits for the callback ${name}: aws lambda send-durable-execution-callback-success --callback-id ${id}${at}\n`,
      );
    });
  }

  const going = new Set<LiveExecution>();
  function go(live: LiveExecution): LiveExecution {
    if (going.has(live) || live.record.status !== 'RUNNING') return live;
    going.add(live);
    tell(live);
    live.whenEnded(() => tell(live));
    live.run().catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      live.end({ status: 'FAILED', error: { ErrorType: 'ServiceException', ErrorMessage: message } });
    });
    return live;
  }

  function start(
    fn: LocalFunction,
    request: StartRequest,
    beside: { readonly clock: ExecutionClock; readonly parent?: ExecutionRecord['parent'] },
  ): LiveExecution {
    const { clock, parent } = beside;
    const { payload, qualifier, tenantId, name } = request;
    const version = qualifier !== undefined && /^\d+$/.test(qualifier) ? qualifier : '$LATEST';
    const same = [...lives.values()].find(
      ({ record }) => name !== undefined && record.name === name && record.functionId === fn.logicalId,
    );
    if (same) {
      if (same.record.input === payload) return go(same);
      throw new DurableApiError(
        'DurableExecutionAlreadyStartedException',
        `An execution ${name} of ${fn.name} was started with another payload.`,
        409,
      );
    }
    const id = randomUUID();
    const chosen = name ?? randomUUID();
    const now = clock.now();
    const record: ExecutionRecord = {
      arn: `${functionArn(fn)}:${version}/durable-execution/${chosen}/${id}`,
      name: chosen,
      functionId: fn.logicalId,
      functionArn: functionArn(fn),
      version,
      ...(qualifier !== undefined && { qualifier }),
      ...(tenantId !== undefined && { tenantId }),
      input: payload,
      startedAt: now,
      timeout: fn.durable?.executionTimeout ?? LONGEST,
      ...(parent && { parent }),
      skipped: clock.ahead,
      status: 'RUNNING',
      operations: [
        {
          Id: id,
          Type: 'EXECUTION',
          StartTimestamp: now,
          Status: 'STARTED',
          ExecutionDetails: { InputPayload: payload },
        },
      ],
      events: [],
      heartbeats: {},
    };
    addEvent(record, 'ExecutionStarted', {
      at: now,
      of: record.operations[0],
      details: { Input: { Payload: payload }, ExecutionTimeout: record.timeout },
    });
    store.save(record);
    return go(add(record, fn, { clock, ...request }));
  }

  /** Starts another function of the host for an operation; one that it started before is waited for. */
  function chain(parent: LiveExecution, operation: DurableOperation): void {
    const { record, clock } = parent;
    const { FunctionName = '', TenantId, Input } = startOf(record, operation.Id);
    const finish = (end: OperationEnd): void => {
      if (record.status !== 'RUNNING' || isOver(operation)) return;
      endChained(record, operation, end, clock.now());
      parent.happened(operation);
    };
    const payload = Input?.Payload ?? '{}';
    const from: InvokeOptions = {
      traceId: parent.invokeOptions.traceId,
      cause: { kind: 'invoke', source: `execution ${record.name}`, ids: [record.arn] },
    };
    const found = findByReference(functions, FunctionName, null);
    if (isMissing(found)) {
      warn(`${parent.fn.logicalId} invokes ${FunctionName}, which is not run here`);
      finish({ status: 'FAILED', error: { ErrorType: found.code, ErrorMessage: found.message } });
      return;
    }
    const { fn, qualifier } = found;
    if (!fn.durable) {
      clock.busy(1);
      options
        .invoke(fn, payload, { ...from, qualifier, tenantId: TenantId })
        .then((result) => finish(plainEnd(result)))
        .catch((error: unknown) => finish({ status: 'FAILED', error: { ErrorMessage: String(error) } }))
        .finally(() => clock.busy(-1));
      return;
    }
    if (qualifier === undefined) {
      finish({ status: 'FAILED', error: { ErrorType: UNQUALIFIED.code, ErrorMessage: UNQUALIFIED.message } });
      return;
    }
    const known = [...lives.values()].find(
      ({ record: { parent: of } }) => of?.arn === record.arn && of.operationId === operation.Id,
    );
    const child = known
      ? go(known)
      : start(
          fn,
          { payload, qualifier, tenantId: TenantId, answers: parent.answers, invokeOptions: from },
          { clock, parent: { arn: record.arn, operationId: operation.Id } },
        );
    child.whenEnded(() => {
      const { status, result, error } = child.record;
      if (status !== 'RUNNING') finish({ status, result, error });
    });
  }

  function open(id: string): { readonly live: LiveExecution; readonly operation: DurableOperation } {
    for (const live of lives.values()) {
      const operation = live.record.operations.find((each) => each.CallbackDetails?.CallbackId === id);
      if (!operation) continue;
      if (isOver(operation) || live.record.status !== 'RUNNING')
        throw new DurableApiError('CallbackTimeoutException', `The callback ${id} is over already.`);
      return { live, operation };
    }
    throw new DurableApiError('ResourceNotFoundException', `Callback not found: ${id}`, 404);
  }

  const executions: Executions = {
    start: (fn, request) => start(fn, request, { clock: newClock(0) }),
    find(arn) {
      const live = lives.get(arn);
      if (!live)
        throw new DurableApiError('ResourceNotFoundException', `Durable execution not found: ${arn}`, 404);
      return live;
    },
    all: () => [...lives.values()],
    stop(arn, error) {
      const live = executions.find(arn);
      if (live.record.status !== 'RUNNING') throw invalid(`The execution is ${live.record.status} already.`);
      const reason =
        Object.keys(error).length > 0 ? error : { ErrorType: 'Stopped', ErrorMessage: 'It was stopped.' };
      live.end({ status: 'STOPPED', error: reason });
      return live.record.endedAt ?? live.clock.now();
    },
    answer(callbackId, end) {
      const { live, operation } = open(callbackId);
      endCallback(live.record, operation, end, live.clock.now());
      live.happened(operation);
    },
    heartbeat(callbackId) {
      const { live, operation } = open(callbackId);
      live.record.heartbeats[operation.Id] = live.clock.now();
      store.save(live.record);
      live.lookUp();
    },
    idle() {
      for (const clock of new Set([...lives.values()].map((live) => live.clock))) clock.leap();
    },
    close() {
      for (const live of lives.values()) live.abandon();
    },
  };

  const kept = store.load(warn);
  for (const record of kept) {
    const fn = functions.find(({ logicalId }) => logicalId === record.functionId);
    const retention = (fn?.durable?.retention ?? RETENTION) * DAY;
    if (record.endedAt !== undefined && record.endedAt - record.skipped + retention < Date.now()) {
      store.remove(record);
    } else if (fn?.durable) {
      add(record, fn, { clock: newClock(record.skipped) });
    } else if (record.status === 'RUNNING') {
      warn(
        `The execution ${record.name} stays as it is: there is no durable function ${record.functionId} here`,
      );
    }
  }
  // All of them are known before any goes on: one may wait for another.
  if (options.resume) for (const live of executions.all()) go(live);
  return executions;
}

function plainEnd(result: InvokeResult): OperationEnd {
  if (result.kind === 'success') return { status: 'SUCCEEDED', result: result.payload.toString() };
  if (result.kind === 'throttled')
    return {
      status: 'FAILED',
      error: { ErrorType: 'TooManyRequestsException', ErrorMessage: 'Rate Exceeded.' },
    };
  const { errorType, errorMessage, stackTrace } = result.error;
  return {
    status: 'FAILED',
    error: {
      ErrorType: errorType,
      ErrorMessage: errorMessage,
      ...(stackTrace && { StackTrace: stackTrace }),
    },
  };
}
