import { INPUTS, type InputName, type Inputs } from '../inputs.ts';

type Command = Inputs['command'];

const ALL = Object.keys(INPUTS) as InputName[];

/** What finds and reads a source. */
const LOADING: readonly InputName[] = [
  'command',
  'source',
  'working-directory',
  'stack-name',
  'stacks',
  'region',
  'stage',
  'targets',
  'target',
  'parameters',
  'allow-untrusted-code',
  'allow-outside-workspace',
  'log-level',
];
/** What makes archives of it. */
const BUILDING: readonly InputName[] = [
  ...LOADING,
  'build-tags',
  'ldflags',
  'dockerfile',
  'container-tool',
  'cache',
];
/** With whose credentials AWS is asked. */
const SIGNED: readonly InputName[] = ['role-to-assume', 'external-id'];
const STACK_SET: readonly InputName[] = ['deploy-to', 'stack-set'];
const LOCAL: readonly InputName[] = [...BUILDING, ...SIGNED, 'resolve', 'env', 'waits'];
const SERVER: readonly InputName[] = [...LOCAL, 'port', 'watch'];
/** What decides which calls a deployment makes, and on what. */
const DECIDING: readonly InputName[] = [
  's3-bucket',
  's3-prefix',
  'ecr-repository',
  'create-ecr-repository',
  'role-arn',
  'deployment-role',
  'rollback-alarms',
  'inplace',
  'validate',
  'drift',
];
/** What only printed templates, and functions that run here, have. */
const NOT_DEPLOYING: readonly InputName[] = [
  'format',
  'diff',
  'function',
  'event',
  'tenant',
  'execution-name',
  'backend',
  'port',
  'watch',
  'static',
  'allow-unverified-iam',
  'export-endpoint',
  'deployed',
  'mode',
  'check',
  'deployment-environment',
  'deploy',
];

const FLAGS: Readonly<Record<Command, readonly InputName[]>> = {
  provision: ALL.filter((name) => !NOT_DEPLOYING.includes(name)),
  delete: [
    ...LOADING,
    ...SIGNED,
    ...STACK_SET,
    'fail-fast',
    'noop',
    'role-arn',
    'express',
    'timeout',
    'cancel-update',
  ],
  sweep: [
    ...LOADING,
    ...SIGNED,
    'noop',
    's3-bucket',
    's3-prefix',
    'ecr-repository',
    'role-arn',
    'express',
    'timeout',
    'github-token',
  ],
  status: [
    ...LOADING,
    ...SIGNED,
    ...STACK_SET,
    'max-parallel',
    'drift',
    'fail-on',
    'timeout',
    'attest',
    'github-token',
  ],
  comment: [...LOADING, 'comment', 'github-token'],
  plan: [...BUILDING, 'events', 'verify'],
  collect: [...LOADING, 'comment', 'github-token'],
  describe: [...BUILDING, ...SIGNED, 'format', 'diff', 's3-bucket', 's3-prefix', 'ecr-repository'],
  // Where code goes decides the logical IDs of versions.
  expand: [...BUILDING, ...SIGNED, 'format', 'diff', 's3-bucket', 's3-prefix', 'ecr-repository'],
  policy: [
    ...BUILDING,
    ...SIGNED,
    ...DECIDING,
    ...STACK_SET,
    'format',
    'mode',
    'check',
    'cancel-update',
    'verify',
  ],
  // It makes the role itself, and writes the workflow of one stack.
  setup: [
    ...BUILDING.filter((name) => name !== 'targets' && name !== 'target'),
    ...DECIDING.filter((name) => name !== 'deployment-role'),
    'attest',
    'deployment-environment',
    'deploy',
    'timeout',
  ],
  invoke: [...LOCAL, 'function', 'event', 'tenant', 'events', 'execution-name', 'fail-on'],
  start: [...SERVER, 'backend', 'static', 'allow-unverified-iam', 'export-endpoint'],
  'start-lambda': [...SERVER, 'export-endpoint'],
  'start-api': [...SERVER, 'static', 'allow-unverified-iam'],
  explore: [...SERVER, 'backend', 'static', 'allow-unverified-iam', 'deployed'],
};

/** Inputs that mean something to a command, in the order of action.yml. */
export function flagsOf(command: Command): readonly InputName[] {
  const flags = new Set(FLAGS[command]);
  return ALL.filter((name) => flags.has(name));
}

/** The commands that an input means something to. */
export const commandsWith = (flag: InputName): readonly Command[] =>
  (Object.keys(FLAGS) as Command[]).filter((command) => FLAGS[command].includes(flag));

export const isCommand = (name: string): name is Command => Object.hasOwn(FLAGS, name);
