import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { LocalFunction } from '../functions/function.ts';
import type { InvokeOptions, InvokeReport, InvokeResult } from '../invoke.ts';
import { applyUpdate } from './apply-update.ts';
import { checkUpdates } from './check-updates.ts';
import type { ExecutionClock, Sleeper } from './clock.ts';
import { addEvent, callbackName } from './history.ts';
import { type InvocationEnd, invocationEnd } from './outcome.ts';
import { dues, endCallback, endExecution, endsAt, type OperationEnd, settle } from './settle.ts';
import {
  type CallbackAnswers,
  type DurableOperation,
  type ExecutionRecord,
  invalid,
  isOver,
  type OperationUpdate,
} from './types.ts';
import { envelopeOf, replayed } from './wire.ts';

/** An execution that this host runs. */
export interface LiveExecution extends Sleeper {
  readonly fn: LocalFunction;
  readonly clock: ExecutionClock;
  /** Fulfilled once it has ended, or nothing will happen to it any more unless somebody does it. */
  readonly settled: Promise<void>;
  /** Calls once it has ended, before its clock may leap on; at once where it has. */
  whenEnded(then: () => void): void;
  readonly answers: CallbackAnswers;
  /** What it was started with, and the trace of all that it calls. */
  readonly invokeOptions: TracedOptions;
  /** What its invocations wrote and took. */
  readonly invocations: readonly Invoked[];
  /** Makes the updates of a checkpoint. @throws DurableApiError when it is refused, and nothing of it is made */
  checkpoint(token: string, updates: readonly OperationUpdate[]): Checkpointed;
  /** The operations that a function is given for its replay. @throws DurableApiError for a token that is not the newest */
  state(token: string): readonly DurableOperation[];
  /** Something happened to one of its operations from outside. */
  happened(operation: DurableOperation): void;
  end(end: Parameters<typeof endExecution>[1]): void;
  /** Goes on until it has ended; resolves at once where it has. */
  run(): Promise<void>;
  /** Leaves it as it is stored. */
  abandon(): void;
}

/** What a checkpoint is answered. */
export interface Checkpointed {
  /** `undefined`: it has ended the execution. */
  readonly token: string | undefined;
  readonly operations: readonly DurableOperation[];
}

/** One invocation of the function. */
export interface Invoked {
  readonly logs: string;
  readonly report: InvokeReport;
}

/** What executions need of their host. */
export interface LiveOptions {
  readonly clock: ExecutionClock;
  readonly invoke: (fn: LocalFunction, payload: string, options: InvokeOptions) => Promise<InvokeResult>;
  readonly save: (record: ExecutionRecord) => void;
  /** Starts another function for an operation. */
  readonly chain: (live: LiveExecution, operation: DurableOperation) => void;
  readonly answers: CallbackAnswers;
  /** Hears of callbacks that the execution waits for. */
  readonly waiting: (live: LiveExecution, operation: DurableOperation) => void;
  readonly invokeOptions: TracedOptions;
}

type TracedOptions = InvokeOptions & Required<Pick<InvokeOptions, 'traceId'>>;

/** Invocations that fail one after another without getting any further, after which the execution has failed. */
const MOST_FAILURES = 3;
/** Milliseconds between tries of a function all of whose concurrency is in use. */
const THROTTLE_PAUSE = 200;

export function liveExecution(
  record: ExecutionRecord,
  fn: LocalFunction,
  options: LiveOptions,
): LiveExecution {
  const { clock, save } = options;
  const settled = Promise.withResolvers<void>();
  const listeners: (() => void)[] = [];
  const invocations: Invoked[] = [];
  /** Ids of what the function does not know yet. */
  const untold = new Set(record.operations.filter(({ Status }) => Status === 'READY').map(({ Id }) => Id));
  const told = new Set<string>();
  let token = '';
  let last: { readonly asked: string; readonly answer: Checkpointed } | undefined;
  let wake: (() => void) | undefined;
  let timer: NodeJS.Timeout | undefined;
  let abandoned = false;

  const running = (): boolean => record.status === 'RUNNING' && !abandoned;

  function lookUp(): void {
    if (!running()) return;
    const changed = settle(record, clock.now());
    for (const id of changed) untold.add(id);
    if (clock.now() >= endsAt(record)) live.end({ status: 'TIMED_OUT', error: TIMED_OUT });
    else if (changed.length > 0) save(record);
    if (untold.size > 0) wakeUp();
    else if (wake) arm();
  }

  function wakeUp(): void {
    const done = wake;
    if (!done) return;
    wake = undefined;
    clearTimeout(timer);
    clock.busy(1);
    done();
  }

  /** Wakes it by the real time. */
  function arm(): void {
    clearTimeout(timer);
    const times = [...dues(record).map(({ at }) => at), endsAt(record)];
    const left = Math.min(...times) - clock.now();
    timer = setTimeout(lookUp, Math.min(Math.max(left, 0), LONGEST_TIMER));
  }

  async function rest(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    wake = resolve;
    lookUp();
    if (live.resting) tellCallbacks();
    clock.busy(-1);
    await promise;
  }

  /** Each once. */
  function tellCallbacks(): void {
    for (const operation of record.operations) {
      if (operation.Type !== 'CALLBACK' || isOver(operation) || told.has(operation.Id)) continue;
      told.add(operation.Id);
      options.waiting(live, operation);
    }
  }

  async function invokeOnce(): Promise<InvocationEnd> {
    const requestId = randomUUID();
    const startedAt = clock.now();
    token = newToken();
    const updated = [...untold];
    untold.clear();
    const payload = envelopeOf(record, { token, updated, ahead: clock.ahead });
    const { qualifier, tenantId } = record;
    const result = await options.invoke(fn, payload, {
      ...options.invokeOptions,
      requestId,
      qualifier,
      tenantId,
      cause: { kind: 'durable', source: record.name, ids: [record.arn] },
    });
    const end = invocationEnd(result);
    token = '';
    if (result.kind !== 'throttled') invocations.push({ logs: result.logs, report: result.report });
    if (abandoned || end.kind === 'throttled') return end;
    const error = 'error' in end ? { Error: { Payload: end.error } } : {};
    addEvent(record, 'InvocationCompleted', {
      at: clock.now(),
      details: { StartTimestamp: startedAt, EndTimestamp: clock.now(), RequestId: requestId, ...error },
    });
    return end;
  }

  async function goOn(): Promise<void> {
    let failures = 0;
    let finished = 0;
    while (running()) {
      if (clock.now() >= endsAt(record)) return live.end({ status: 'TIMED_OUT', error: TIMED_OUT });
      const end = await invokeOnce();
      if (!running()) break;
      const over = record.operations.filter(isOver).length;
      failures = end.kind === 'broken' && over === finished ? failures + 1 : end.kind === 'broken' ? 1 : 0;
      finished = over;
      if (end.kind === 'succeeded') live.end({ status: 'SUCCEEDED', result: end.result });
      else if (end.kind === 'failed') live.end({ status: 'FAILED', error: end.error });
      else if (end.kind === 'broken' && failures >= MOST_FAILURES)
        live.end({ status: 'FAILED', error: end.error });
      else if (end.kind === 'throttled') await pause(THROTTLE_PAUSE);
      else if (end.kind === 'pending' && untold.size === 0 && !record.operations.some(isAwaited))
        live.end({ status: 'FAILED', error: NOTHING_PENDING });
      else {
        save(record);
        if (end.kind === 'pending' && untold.size === 0) await rest();
      }
    }
  }

  const live: LiveExecution = {
    record,
    fn,
    clock,
    settled: settled.promise,
    whenEnded(then) {
      if (record.status === 'RUNNING' || clock.sleepers.has(live)) listeners.push(then);
      else then();
    },
    answers: options.answers,
    invokeOptions: options.invokeOptions,
    invocations,
    get resting() {
      return wake !== undefined;
    },
    lookUp,
    answer: () => answerBeforehand(live),
    stuck: () => settled.resolve(),
    checkpoint(given, updates) {
      const asked = createHash('sha256')
        .update(JSON.stringify([given, updates]))
        .digest('hex');
      // A client that got no answer asks once more.
      if (last?.asked === asked) return last.answer;
      if (given === '' || given !== token || !running()) throw invalid('Invalid Checkpoint Token');
      checkUpdates(updates, new Map(record.operations.map((each) => [each.Id, each])));
      const changed = new Set<string>();
      let ends: OperationUpdate | undefined;
      for (const update of updates) {
        if (update.Type === 'EXECUTION') ends = update;
        else changed.add(applyUpdate(record, update, clock.now()).Id);
      }
      for (const id of settle(record, clock.now())) changed.add(id);
      for (const id of untold) changed.add(id);
      untold.clear();
      if (ends) live.end(endOf(ends));
      else save(record);
      token = ends ? '' : newToken();
      const operations = record.operations.filter(({ Id }) => changed.has(Id));
      const answer = { token: ends ? undefined : token, operations };
      last = { asked, answer };
      for (const { Id, Type, Action } of updates) {
        const operation = record.operations.find((each) => each.Id === Id);
        if (Type === 'CHAINED_INVOKE' && Action === 'START' && operation) options.chain(live, operation);
      }
      return answer;
    },
    state(given) {
      if (given === '' || given !== token) throw invalid('Invalid Checkpoint Token');
      return replayed(record);
    },
    happened({ Id }) {
      untold.add(Id);
      save(record);
      wakeUp();
    },
    end(end) {
      if (record.status !== 'RUNNING') return;
      endExecution(record, end, clock.now());
      save(record);
      wakeUp();
    },
    async run() {
      clock.sleepers.add(live);
      clock.busy(1);
      try {
        for (const operation of record.operations) {
          if (operation.Type === 'CHAINED_INVOKE' && !isOver(operation)) options.chain(live, operation);
        }
        // It was put to rest before its host ended: its function has nothing to do until something happens.
        if (record.events.at(-1)?.EventType === 'InvocationCompleted' && untold.size === 0) await rest();
        await goOn();
        if (record.status !== 'RUNNING') save(record);
      } finally {
        clock.sleepers.delete(live);
        settled.resolve();
        if (record.status !== 'RUNNING') for (const then of listeners) then();
        clock.busy(-1);
      }
    },
    abandon() {
      abandoned = true;
      clearTimeout(timer);
      wakeUp();
    },
  };
  if (record.status !== 'RUNNING') settled.resolve();
  return live;
}

/** Answers the first open callback that an answer is known for. */
function answerBeforehand(live: LiveExecution): boolean {
  const { operations } = live.record;
  for (const operation of operations) {
    if (operation.Type !== 'CALLBACK' || isOver(operation)) continue;
    const names = [operation.Name, callbackName(live.record, operation)];
    const answer = names.map((name) => (name === undefined ? undefined : live.answers[name])).find(Boolean);
    if (!answer) continue;
    const status = answer.error ? 'FAILED' : 'SUCCEEDED';
    endCallback(live.record, operation, { ...answer, status }, live.clock.now());
    live.happened(operation);
    return true;
  }
  return false;
}

/** Milliseconds that a timer of Node.js can take. */
const LONGEST_TIMER = 2 ** 31 - 1;
const newToken = (): string => randomBytes(24).toString('base64');

/** What something has to happen to before the function can go on. */
const isAwaited = (operation: DurableOperation): boolean =>
  !isOver(operation) && operation.Type !== 'EXECUTION' && operation.Type !== 'CONTEXT';

const endOf = ({ Action, Payload, Error: error }: OperationUpdate): Parameters<typeof endExecution>[1] =>
  Action === 'SUCCEED' ? { status: 'SUCCEEDED', result: Payload } : { status: 'FAILED', error: error ?? {} };

const TIMED_OUT: OperationEnd['error'] = {
  ErrorType: 'DurableExecutionTimedOut',
  ErrorMessage: 'The durable execution took longer than its ExecutionTimeout.',
};
const NOTHING_PENDING: OperationEnd['error'] = {
  ErrorType: 'InvalidParameterValueException',
  ErrorMessage: 'Cannot return PENDING status with no pending operations.',
};
