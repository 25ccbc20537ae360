import { isObject, type Json } from '../../../template/types.ts';
import type { FunctionHost } from '../../function-host.ts';
import { type MachineExecutions, nestedDescription } from '../executions.ts';
import { StateFailure } from '../failure.ts';
import { findMachine, type LocalStateMachine } from '../machine-types.ts';
import type { Activities } from './activities.ts';
import { type Endpoints, remoteCall } from './endpoints.ts';
import { type InvokeLater, invokeFunction, lambdaInvoke, lambdaSdkInvoke } from './functions.ts';
import { sdkMetadata } from './metadata.ts';
import type { ItemSource, ServiceCall, Services } from './services.ts';

/** What the Tasks of machines reach here. */
export interface TaskSurroundings {
  readonly host: FunctionHost;
  /** Looked up with each call: the API may make more of them. */
  readonly machines: () => readonly LocalStateMachine[];
  readonly endpoints: () => Endpoints;
  readonly activities: Activities;
  /** A file in place of an object in S3; nothing where there is none. */
  readonly file: (bucket: string, key: string) => Promise<Buffer | undefined>;
  /** Invokes a function that nobody waits for, with all that comes after it; where there is nothing such, it is just called. */
  readonly invokeLater?: InvokeLater;
  readonly warn: (message: string) => void;
}

export function localServices(around: TaskSurroundings, executions: MachineExecutions): Services {
  const { host, endpoints, activities } = around;
  return {
    invoke: (call) => invokeFunction(host, call),
    activity: (arn, task) => activities.schedule(arn, task),
    call(call) {
      const { service, action } = call;
      if (service === 'lambda') return lambdaInvoke(around, call);
      if (service === 'aws-sdk:lambda' && action === 'invoke') return lambdaSdkInvoke(around, call);
      const own = SFN_ACTIONS[action];
      if ((service === 'states' || service === 'aws-sdk:sfn') && own) return own(call, around, executions);
      return remoteCall(call, { endpoints: endpoints(), warn: around.warn });
    },
    async finished(arn) {
      const execution = executions.find(arn);
      if (!execution)
        throw new StateFailure(
          'StepFunctions.ExecutionDoesNotExistException',
          `Execution Does Not Exist: '${arn}'`,
        );
      await execution.over;
      return { succeeded: execution.status === 'SUCCEEDED', description: nestedDescription(execution) };
    },
    readItems: (source) => readItems(source, around),
  };
}

type SfnAction = (
  call: ServiceCall,
  around: TaskSurroundings,
  executions: MachineExecutions,
) => Promise<Json>;

const invalidToken = (token: Json | undefined): StateFailure =>
  new StateFailure(
    'Sfn.InvalidTokenException',
    `Invalid Token: '${String(token)}' (Service: Sfn, Status Code: 400, Request ID: ${crypto.randomUUID()})`,
  );

const textOf = (value: Json | undefined): string | undefined =>
  value === undefined ? undefined : typeof value === 'string' ? value : JSON.stringify(value);

/** Machines call their own service without any endpoint. */
const SFN_ACTIONS: Readonly<Record<string, SfnAction>> = {
  startExecution: async ({ service, parameters, caller }, { machines }, executions) => {
    const { StateMachineArn, Input, Name } = isObject(parameters) ? parameters : {};
    const machine = findMachine(machines(), String(StateMachineArn));
    if (!machine)
      throw new StateFailure(
        service === 'states'
          ? 'StepFunctions.StateMachineDoesNotExistException'
          : 'Sfn.StateMachineDoesNotExistException',
        `State Machine Does Not Exist: '${StateMachineArn}' (Service: AWSStepFunctions; Status Code: 400; Error Code: StateMachineDoesNotExist; Request ID: ${crypto.randomUUID()}; Proxy: null)`,
      );
    const input = Input === undefined || Input === null ? '{}' : (textOf(Input) ?? '{}');
    const started = executions.start(machine, {
      input,
      ...(typeof Name === 'string' && { name: Name }),
      traceId: caller.traceId,
      startedBy: { kind: 'state-machine', source: caller.machineName, ids: [caller.executionArn] },
    });
    const date = service === 'states' ? started.startedAt : new Date(started.startedAt).toISOString();
    const answer = { ExecutionArn: started.arn, StartDate: date };
    return service === 'states' ? { ...answer, ...sdkMetadata(200, {}) } : answer;
  },
  sendTaskSuccess: async ({ parameters }, _, { tokens }) => {
    const { TaskToken, Output } = isObject(parameters) ? parameters : {};
    if (!tokens.answer(String(TaskToken), { kind: 'success', output: textOf(Output) ?? 'null' }))
      throw invalidToken(TaskToken);
    return {};
  },
  sendTaskFailure: async ({ parameters }, _, { tokens }) => {
    const { TaskToken, Error: error, Cause } = isObject(parameters) ? parameters : {};
    const given = [textOf(error), textOf(Cause)];
    const answer = {
      kind: 'failure',
      ...(given[0] !== undefined && { error: given[0] }),
      ...(given[1] !== undefined && { cause: given[1] }),
    } as const;
    if (!tokens.answer(String(TaskToken), answer)) throw invalidToken(TaskToken);
    return {};
  },
  sendTaskHeartbeat: async ({ parameters }, _, { tokens }) => {
    const { TaskToken } = isObject(parameters) ? parameters : {};
    if (!tokens.heartbeat(String(TaskToken))) throw invalidToken(TaskToken);
    return {};
  },
};

/** A file of this machine where there is one; else whatever S3 is reached. */
async function readItems(
  { resource, bucket, key, prefix }: ItemSource,
  { file, endpoints }: TaskSurroundings,
): Promise<Buffer | Json> {
  const { readBucket } = await import('./bucket.ts');
  const found = resource.endsWith(':getObject') ? await file(bucket, key) : undefined;
  if (found) return found;
  const { s3 } = endpoints();
  if (!s3)
    throw new StateFailure(
      'States.ItemReaderFailed',
      `There is no file ${bucket}/${key || prefix} here, and no endpoint of S3: put the file there, or set AWS_ENDPOINT_URL_S3`,
    );
  return readBucket(s3, { resource, bucket, key, prefix });
}
