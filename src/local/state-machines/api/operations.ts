import type { JsonObject } from '../../../template/types.ts';
import { definitionProblems } from '../check/index.ts';
import type { MachineExecution } from '../executions.ts';
import type { LocalStateMachine } from '../machine-types.ts';
import {
  eventAnswer,
  executionAnswer,
  executionSummary,
  machineAnswer,
  mapRunAnswer,
  mapRunSummary,
  seconds,
  syncAnswer,
} from './answers.ts';
import { MachineApiError } from './errors.ts';
import type { MachineStore } from './store.ts';

/** @param trace `Root=...` of whoever calls, where its SDK says so */
type Operation = (
  asked: JsonObject,
  store: MachineStore,
  trace: string | undefined,
) => JsonObject | Promise<JsonObject>;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function checkName(name: string): void {
  if (!/^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\x00-\x1f\x7f-\x9f]{1,80}$/.test(name))
    throw new MachineApiError('InvalidName', `Invalid Name: '${name}'`);
}

function checkArn(arn: string): void {
  if (!arn.startsWith('arn:'))
    throw new MachineApiError('InvalidArn', `Invalid Arn: 'Invalid ARN prefix: ${arn}'`);
}

function startIt(asked: JsonObject, store: MachineStore, trace: string | undefined): MachineExecution {
  const machine = store.machine(text(asked.stateMachineArn));
  const input = asked.input === undefined ? '{}' : text(asked.input);
  try {
    JSON.parse(input);
  } catch (error) {
    throw new MachineApiError(
      'InvalidExecutionInput',
      `Invalid State Machine Execution Input: '${error instanceof Error ? error.message : error}'`,
    );
  }
  const name = typeof asked.name === 'string' ? asked.name : undefined;
  if (name !== undefined) checkName(name);
  const same = store.executions
    .all()
    .find((each) => each.name === name && each.machine.arn === machine.arn && machine.type === 'STANDARD');
  if (same && same.status === 'RUNNING' && same.input === input) return same;
  if (same) throw new MachineApiError('ExecutionAlreadyExists', `Execution Already Exists: '${same.arn}'`);
  const traceId = asked.traceHeader === undefined ? trace : text(asked.traceHeader);
  return store.executions.start(machine, {
    input,
    ...(name !== undefined && { name }),
    ...(traceId !== undefined && { traceId }),
  });
}

/** Source: AWS Step Functions API reference, `maxResults` of all lists. */
const MOST_RESULTS = 1000;

/** A page of a list; the token is where the next one begins. */
function page<Item>(
  items: readonly Item[],
  { maxResults, nextToken }: JsonObject,
  most: number,
): { readonly items: readonly Item[]; readonly next?: string } {
  const asked = Number(maxResults ?? 0);
  if (asked > MOST_RESULTS)
    throw new MachineApiError(
      'ValidationException',
      `1 validation error detected: Value '${asked}' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to ${MOST_RESULTS}`,
    );
  const from = nextToken === undefined ? 0 : Number(Buffer.from(text(nextToken), 'base64url').toString());
  if (!Number.isInteger(from)) throw new MachineApiError('InvalidToken', `Invalid Token: 'Invalid token'`);
  const size = asked || most;
  const next = from + size;
  return {
    items: items.slice(from, next),
    ...(next < items.length && { next: Buffer.from(String(next)).toString('base64url') }),
  };
}

/** Source: AWS Step Functions API reference, `nextToken`. */
function checkToken(token: unknown, longest: number): void {
  if (text(token).length > longest)
    throw new MachineApiError(
      'ValidationException',
      `1 validation error detected: Value '${text(token)}' at 'nextToken' failed to satisfy constraint: Member must have length less than or equal to ${longest}`,
    );
}

const token = (next: string | undefined): JsonObject => (next === undefined ? {} : { nextToken: next });

function answered(found: boolean): JsonObject {
  if (!found)
    throw new MachineApiError('TaskTimedOut', 'Task Timed Out: The provided task does not exist anymore');
  return {};
}

function savedAs(asked: JsonObject, store: MachineStore, known?: LocalStateMachine): LocalStateMachine {
  const name = known?.name ?? text(asked.name);
  const { region, account } = store;
  return store.save(
    {
      logicalId: known?.logicalId ?? name,
      name,
      arn: known?.arn ?? `arn:aws:states:${region}:${account}:stateMachine:${name}`,
      type: known?.type ?? (asked.type === 'EXPRESS' ? 'EXPRESS' : 'STANDARD'),
      roleArn: typeof asked.roleArn === 'string' ? asked.roleArn : (known?.roleArn ?? ''),
      qualifiers: known?.qualifiers ?? [],
    },
    typeof asked.definition === 'string' ? asked.definition : JSON.stringify(known?.definition),
  );
}

/** Source: AWS Step Functions API reference. */
export const OPERATIONS: Readonly<Record<string, Operation>> = {
  StartExecution: (asked, store, trace) => {
    const { arn, startedAt } = startIt(asked, store, trace);
    return { executionArn: arn, startDate: seconds(startedAt) };
  },
  StartSyncExecution: async (asked, store, trace) => {
    if (store.machine(text(asked.stateMachineArn)).type !== 'EXPRESS')
      throw new MachineApiError(
        'StateMachineTypeNotSupported',
        'This operation is not supported by this type of state machine',
      );
    const execution = startIt(asked, store, trace);
    await execution.over;
    return syncAnswer(execution);
  },
  StopExecution: (asked, store) => {
    const execution = store.execution(text(asked.executionArn));
    execution.stop(
      typeof asked.error === 'string' ? asked.error : undefined,
      typeof asked.cause === 'string' ? asked.cause : undefined,
    );
    return { stopDate: seconds(execution.endedAt ?? execution.startedAt) };
  },
  DescribeExecution: (asked, store) => executionAnswer(store.execution(text(asked.executionArn))),
  ListExecutions: (asked, store) => {
    const machine = store.machine(text(asked.stateMachineArn));
    const { statusFilter } = asked;
    if (statusFilter !== undefined && !STATUSES.includes(text(statusFilter)))
      throw new MachineApiError(
        'ValidationException',
        `1 validation error detected: Value '${text(statusFilter)}' at 'statusFilter' failed to satisfy constraint: Member must satisfy enum value set: [${STATUSES.join(', ')}]`,
      );
    const all = store.executions
      .all()
      .filter(
        (each) =>
          each.machine.arn === machine.arn && (statusFilter === undefined || each.status === statusFilter),
      );
    checkToken(asked.nextToken, 3096);
    const { items, next } = page(all.toReversed(), asked, 100);
    return { executions: items.map(executionSummary), ...token(next) };
  },
  GetExecutionHistory: (asked, store) => {
    const { history } = store.execution(text(asked.executionArn));
    const { items, next } = page(
      asked.reverseOrder === true ? history.events.toReversed() : history.events,
      asked,
      100,
    );
    return {
      events: items.map((event) => eventAnswer(event, asked.includeExecutionData !== false)),
      ...token(next),
    };
  },
  SendTaskSuccess: ({ taskToken, output }, { executions }) => {
    try {
      JSON.parse(text(output));
    } catch {
      throw new MachineApiError('InvalidOutput', `Invalid Output: 'Invalid JSON'`);
    }
    return answered(executions.tokens.answer(text(taskToken), { kind: 'success', output: text(output) }));
  },
  SendTaskFailure: ({ taskToken, error, cause }, { executions }) =>
    answered(
      executions.tokens.answer(text(taskToken), {
        kind: 'failure',
        ...(typeof error === 'string' && { error }),
        ...(typeof cause === 'string' && { cause }),
      }),
    ),
  SendTaskHeartbeat: ({ taskToken }, { executions }) =>
    answered(executions.tokens.heartbeat(text(taskToken))),
  ListStateMachines: (asked, store) => {
    checkToken(asked.nextToken, 1024);
    const { items, next } = page(
      store.machines().toSorted((one, other) => (one.name < other.name ? -1 : 1)),
      asked,
      100,
    );
    return {
      stateMachines: items.map((machine) => ({
        stateMachineArn: machine.arn,
        name: machine.name,
        type: machine.type,
        creationDate: seconds(store.about(machine).createdAt),
      })),
      ...token(next),
    };
  },
  DescribeStateMachine: (asked, store) => {
    const machine = store.machine(text(asked.stateMachineArn));
    return machineAnswer(machine, store.about(machine));
  },
  DescribeStateMachineForExecution: (asked, store) => {
    const { machine } = store.execution(text(asked.executionArn));
    const { status: _, type: __, creationDate, ...rest } = machineAnswer(machine, store.about(machine));
    return { ...rest, updateDate: creationDate ?? 0 };
  },
  CreateStateMachine: (asked, store) => {
    const known = store.machines().find(({ name }) => name === asked.name);
    const given = known && (store.about(known).text ?? JSON.stringify(known.definition));
    if (known && given !== text(asked.definition))
      throw new MachineApiError('StateMachineAlreadyExists', `State Machine Already Exists: '${known.arn}'`);
    const saved = known ?? savedAs(asked, store);
    return { stateMachineArn: saved.arn, creationDate: seconds(store.about(saved).createdAt) };
  },
  UpdateStateMachine: (asked, store) => {
    if (UPDATABLE.every((name) => asked[name] === undefined))
      throw new MachineApiError(
        'MissingRequiredParameter',
        'Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified',
      );
    const saved = savedAs(asked, store, store.machine(text(asked.stateMachineArn)));
    return { updateDate: seconds(store.executions.clock.now()), revisionId: store.about(saved).revision };
  },
  DeleteStateMachine: (asked, store) => {
    store.remove(text(asked.stateMachineArn));
    return {};
  },
  ValidateStateMachineDefinition: (asked) => {
    const { problems } = definitionProblems(text(asked.definition), asked.type === 'EXPRESS');
    return {
      result: problems.length === 0 ? 'OK' : 'FAIL',
      diagnostics: problems.map((problem) => {
        const [, code = 'SCHEMA_VALIDATION_FAILED', message = problem, location] =
          /^([A-Z_]+): ([\s\S]*?)(?: at (\/\S*))?$/.exec(problem) ?? [];
        return { severity: 'ERROR', code, message, ...(location !== undefined && { location }) };
      }),
      truncated: false,
    };
  },
  ListTagsForResource: () => ({ tags: [] }),
  ListMapRuns: (asked, store) => {
    const execution = store.execution(text(asked.executionArn));
    return { mapRuns: execution.mapRuns.map((run) => mapRunSummary(run, execution)) };
  },
  DescribeMapRun: (asked, store) => {
    for (const execution of store.executions.all()) {
      const run = execution.mapRuns.find(({ arn }) => arn === asked.mapRunArn);
      if (run) return mapRunAnswer(run, execution);
    }
    throw new MachineApiError('ResourceNotFound', `Resource not found: '${text(asked.mapRunArn)}'`);
  },
  CreateActivity: ({ name }, { activities, executions, region, account }) => {
    checkName(text(name));
    const arn = `arn:aws:states:${region}:${account}:activity:${text(name)}`;
    const createdAt = activities.created.get(arn) ?? executions.clock.now();
    activities.created.set(arn, createdAt);
    return { activityArn: arn, creationDate: seconds(createdAt) };
  },
  DescribeActivity: ({ activityArn }, { activities }) => {
    checkArn(text(activityArn));
    const created = activities.created.get(text(activityArn));
    if (created === undefined)
      throw new MachineApiError('ActivityDoesNotExist', `Activity Does Not Exist: '${text(activityArn)}'`);
    return {
      activityArn: text(activityArn),
      name: text(activityArn).split(':').at(-1) ?? '',
      creationDate: seconds(created),
    };
  },
  ListActivities: (_, { activities }) => ({
    activities: [...activities.created].map(([arn, created]) => ({
      activityArn: arn,
      name: arn.split(':').at(-1) ?? '',
      creationDate: seconds(created),
    })),
  }),
  DeleteActivity: ({ activityArn }, { activities }) => {
    activities.created.delete(text(activityArn));
    return {};
  },
  GetActivityTask: async ({ activityArn, workerName }, { activities }): Promise<JsonObject> => {
    const arn = text(activityArn);
    checkArn(arn);
    if (!activities.created.has(arn))
      throw new MachineApiError('ActivityDoesNotExist', `Activity Does Not Exist: '${arn}'`);
    const worker = typeof workerName === 'string' ? workerName : undefined;
    const until = Date.now() + LONG_POLL;
    for (;;) {
      const found = activities.take(arn, worker);
      if (found) return { taskToken: found.token, input: found.input };
      if (Date.now() >= until) return { taskToken: null };
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  },
};

/** In the order in which AWS lists them. */
const STATUSES = ['SUCCEEDED', 'TIMED_OUT', 'PENDING_REDRIVE', 'ABORTED', 'FAILED', 'RUNNING'];

/** What UpdateStateMachine changes. */
const UPDATABLE = ['definition', 'roleArn', 'loggingConfiguration', 'tracingConfiguration'];

/** Milliseconds that a worker is kept waiting for something to do. */
const LONG_POLL = 60_000;
