import type { FunctionHost } from '../../../src/local/function-host.ts';
import type { MachineStore } from '../../../src/local/state-machines/api/store.ts';
import type { MachineExecution, StartMachine } from '../../../src/local/state-machines/executions.ts';
import { hostMachines } from '../../../src/local/state-machines/host.ts';
import type { Json, JsonObject } from '../../../src/template/types.ts';

/** Machines without functions: what is about the language alone. */
const NO_FUNCTIONS = { functions: [] } as unknown as FunctionHost;

export function storeOf(
  definition: JsonObject,
  type: 'STANDARD' | 'EXPRESS' = 'STANDARD',
  fileOf: (bucket: string, key: string) => Promise<string | undefined> = async () => undefined,
): MachineStore {
  const machine = {
    logicalId: 'Machine',
    name: 'Machine',
    arn: 'arn:aws:states:us-east-1:123456789012:stateMachine:Machine',
    type,
    definition,
    roleArn: '',
    qualifiers: [],
  };
  return hostMachines([machine], {
    host: NO_FUNCTIONS,
    waits: 'skip',
    endpoints: () => ({}),
    fileOf,
    region: 'us-east-1',
    account: '123456789012',
    warn: () => undefined,
  });
}

/** Runs one execution to its end. */
export async function run(
  definition: JsonObject,
  input: Json = {},
  answers?: StartMachine['answers'],
): Promise<MachineExecution> {
  const store = storeOf(definition);
  const [machine] = store.machines();
  if (!machine) throw new Error('there is no machine');
  const execution = store.executions.start(machine, {
    input: JSON.stringify(input),
    ...(answers && { answers }),
  });
  await execution.over;
  return execution;
}

/** One state, as a machine. */
export const alone = (state: JsonObject, more: JsonObject = {}): JsonObject => ({
  StartAt: 'It',
  States: { It: { ...(!ENDS.includes(String(state.Type)) && { End: true }), ...state }, ...more },
});

/** Types of states that end by themselves. */
const ENDS = ['Choice', 'Fail', 'Succeed'];

export const outputOf = ({ output, status, error, cause }: MachineExecution): Json =>
  output === undefined ? { status, error: error ?? '', cause: cause ?? '' } : JSON.parse(output);
