import { randomUUID } from 'node:crypto';
import type { Json, JsonObject } from '../../template/types.ts';
import type { Cause } from '../cause.ts';
import type { CallbackAnswers } from '../durable/types.ts';
import { newTraceId } from '../trace-id.ts';
import { type MachineClock, type MachineWaits, machineClock } from './clock.ts';
import { StateFailure, TimeoutFailure } from './failure.ts';
import { type MachineHistory, machineHistory, outputDetails, Trail } from './history.ts';
import { runStates } from './machine.ts';
import type { LocalStateMachine, MachineStatus } from './machine-types.ts';
import { type MachineRun, type MapRun, Variables } from './scope.ts';
import type { Services } from './tasks/services.ts';
import { openTokens, type Tokens } from './tokens.ts';

/** An execution of a state machine, running or over. */
export interface MachineExecution {
  readonly arn: string;
  readonly name: string;
  readonly machine: LocalStateMachine;
  /** JSON, as it was given. */
  readonly input: string;
  readonly startedAt: number;
  readonly history: MachineHistory;
  readonly mapRuns: readonly MapRun[];
  /** `Root=...`, of all that it calls. */
  readonly traceId: string;
  /** Where that is known. */
  readonly startedBy?: Cause;
  status: MachineStatus;
  endedAt?: number;
  output?: string;
  error?: string;
  cause?: string;
  /** Resolves when it is over. */
  readonly over: Promise<void>;
  stop(error?: string, cause?: string): void;
}

export interface StartMachine {
  readonly input: string;
  readonly name?: string;
  readonly answers?: CallbackAnswers;
  /** `Root=...`, of what led to it; made up when absent. */
  readonly traceId?: string;
  readonly startedBy?: Cause;
}

/** All executions of a host. */
export interface MachineExecutions {
  start(machine: LocalStateMachine, request: StartMachine): MachineExecution;
  find(arn: string): MachineExecution | undefined;
  all(): readonly MachineExecution[];
  readonly tokens: Tokens;
  readonly clock: MachineClock;
  /** Ends all that run. */
  close(): void;
}

/**
 * Opens the place where executions live.
 *
 * @param services what Tasks reach; it is given the executions, as machines start others
 */
export function openMachines(
  { waits, heard }: { readonly waits: MachineWaits; readonly heard?: HearsExecution },
  services: (executions: MachineExecutions) => Services,
): MachineExecutions {
  const clock = machineClock(waits);
  const tokens = openTokens();
  const found = new Map<string, MachineExecution>();
  let reached: Services | undefined;

  const executions: MachineExecutions = {
    clock,
    tokens,
    find: (arn) => found.get(arn),
    all: () => [...found.values()],
    start(machine, request) {
      reached ??= services(executions);
      const started = startExecution(machine, request, {
        clock,
        tokens,
        services: reached,
        ...(heard && { heard }),
      });
      found.set(started.arn, started);
      return started;
    },
    close() {
      for (const each of found.values()) each.stop();
    },
  };
  return executions;
}

/** Is called after each event of an execution. */
export type HearsExecution = (execution: MachineExecution) => void;

/** Source: AWS Step Functions Developer Guide, "Service quotas": events of one execution. */
const MOST_EVENTS = 25_000;

function startExecution(
  machine: LocalStateMachine,
  { input, name = randomUUID(), answers = {}, traceId = newTraceId(), startedBy }: StartMachine,
  {
    clock,
    tokens,
    services,
    heard,
  }: {
    readonly clock: MachineClock;
    readonly tokens: Tokens;
    readonly services: Services;
    readonly heard?: HearsExecution;
  },
): MachineExecution {
  const { definition, roleArn } = machine;
  // Later, when there is an execution to tell of.
  const history = machineHistory(clock.now, heard && (() => queueMicrotask(() => heard(execution))));
  const [, region = '', account = ''] = /^arn:[^:]*:states:([^:]*):([^:]*)/.exec(machine.arn) ?? [];
  const isExpress = machine.type === 'EXPRESS';
  const arn = `${machine.arn.replace(':stateMachine:', isExpress ? ':express:' : ':execution:')}:${name}${isExpress ? `:${randomUUID()}` : ''}`;
  const startedAt = clock.now();
  const value: Json = JSON.parse(input);
  const stop = new AbortController();
  const mapRuns: MapRun[] = [];
  const run: MachineRun = {
    history,
    clock,
    services,
    region,
    account,
    machineName: machine.name,
    executionArn: arn,
    traceId,
    mapRuns,
    context: contextOf(machine, { arn, name, startedAt, value }),
    awaitToken: (token, call) => tokens.wait(token, { ...call, answers, clock }),
  };
  history.add('ExecutionStarted', 0, { input, inputDetails: { truncated: false }, roleArn });
  const watched: MachineHistory = {
    events: history.events,
    add(type, previous, details) {
      if (history.events.length >= MOST_EVENTS - 1)
        stop.abort(
          new StateFailure(
            'States.Runtime',
            `The execution reached the maximum number of history events (${MOST_EVENTS}).`,
          ),
        );
      return history.add(type, previous, details);
    },
  };
  const trail = new Trail(watched, 0);
  const work = async (): Promise<void> => {
    // Whoever starts it has its ARN before anything happens.
    await new Promise((resolve) => setImmediate(resolve));
    try {
      const output = await limited(run, definition, (signal) =>
        runStates(
          { ...run, history: watched },
          {
            definition,
            language: definition.QueryLanguage === 'JSONata' ? 'JSONata' : 'JSONPath',
            input: value,
            context: run.context,
            variables: new Variables(),
            trail,
            signal: AbortSignal.any([signal, stop.signal]),
          },
        ),
      );
      end('SUCCEEDED', { output: JSON.stringify(output) });
      trail.add('ExecutionSucceeded', outputDetails(output));
    } catch (thrown) {
      failed(thrown);
    }
  };
  const end = (
    status: MachineStatus,
    rest: Partial<Pick<MachineExecution, 'output' | 'error' | 'cause'>>,
  ): void => {
    if (execution.status !== 'RUNNING') return;
    Object.assign(execution, { status, endedAt: clock.now(), ...rest });
  };
  const failed = (thrown: unknown): void => {
    if (execution.status !== 'RUNNING') return;
    const failure =
      thrown instanceof StateFailure
        ? thrown
        : stop.signal.reason instanceof StateFailure
          ? stop.signal.reason
          : asFailure(thrown);
    const { error, cause } = failure;
    const details = { ...(cause !== undefined && { cause }), ...(error !== undefined && { error }) };
    const late = failure instanceof MachineTimeout;
    end(late ? 'TIMED_OUT' : 'FAILED', {
      ...(error !== undefined && { error }),
      ...(cause !== undefined && { cause }),
    });
    trail.add(late ? 'ExecutionTimedOut' : 'ExecutionFailed', late ? {} : details);
  };
  let finish = (): void => undefined;
  const stopped = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const execution: MachineExecution = {
    arn,
    name,
    machine,
    input,
    startedAt,
    history,
    mapRuns,
    traceId,
    ...(startedBy && { startedBy }),
    status: 'RUNNING',
    over: Promise.race([stopped, work()]),
    stop(error, cause) {
      if (execution.status !== 'RUNNING') return;
      end('ABORTED', { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) });
      history.add('ExecutionAborted', 0, {
        ...(error !== undefined && { error }),
        ...(cause !== undefined && { cause }),
      });
      stop.abort();
      finish();
    },
  };
  return execution;
}

const asFailure = (thrown: unknown): StateFailure =>
  new StateFailure('States.Runtime', thrown instanceof Error ? thrown.message : String(thrown));

class MachineTimeout extends TimeoutFailure {}

/** `TimeoutSeconds` of the whole machine. */
async function limited(
  run: MachineRun,
  { TimeoutSeconds }: JsonObject,
  work: (signal: AbortSignal) => Promise<Json>,
): Promise<Json> {
  if (typeof TimeoutSeconds !== 'number') return work(new AbortController().signal);
  const late = new AbortController();
  const done = new AbortController();
  const working = work(late.signal);
  working.catch(() => undefined);
  const limit = run.clock.sleep(TimeoutSeconds * 1000, done.signal).then(() => {
    if (!done.signal.aborted) late.abort();
    throw new MachineTimeout(false);
  });
  limit.catch(() => undefined);
  try {
    return await Promise.race([working, limit]);
  } finally {
    done.abort();
  }
}

function contextOf(
  { arn: id, name, roleArn }: LocalStateMachine,
  execution: {
    readonly arn: string;
    readonly name: string;
    readonly startedAt: number;
    readonly value: Json;
  },
): JsonObject {
  return {
    Execution: {
      Id: execution.arn,
      Input: execution.value,
      StartTime: new Date(execution.startedAt).toISOString(),
      Name: execution.name,
      RoleArn: roleArn,
      RedriveCount: 0,
    },
    StateMachine: { Id: id, Name: name },
  };
}

/** What DescribeExecution says, as `startExecution.sync` hands it on. */
export function nestedDescription(execution: MachineExecution): JsonObject {
  const { arn, input, name, startedAt, machine, status, endedAt, output, error, cause } = execution;
  return {
    ExecutionArn: arn,
    Input: input,
    InputDetails: { Included: true },
    Name: name,
    ...(output !== undefined && { Output: output, OutputDetails: { Included: true } }),
    StartDate: startedAt,
    StateMachineArn: machine.arn,
    Status: status,
    ...(endedAt !== undefined && { StopDate: endedAt }),
    ...(error !== undefined && { Error: error }),
    ...(cause !== undefined && { Cause: cause }),
  };
}
