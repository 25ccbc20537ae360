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
const LOCAL: readonly InputName[] = [...BUILDING, 'resolve', 'env'];
const SERVER: readonly InputName[] = [...LOCAL, 'port', 'watch'];
/** What only functions that run here have. */
const NOT_DEPLOYING: readonly InputName[] = [
  'function',
  'event',
  'port',
  'watch',
  'static',
  'allow-unverified-iam',
  'export-endpoint',
];

const FLAGS: Readonly<Record<Command, readonly InputName[]>> = {
  provision: ALL.filter((name) => !NOT_DEPLOYING.includes(name)),
  delete: [...LOADING, 'noop', 'role-arn', 'timeout'],
  status: [...LOADING, 'drift', 'timeout'],
  comment: [...LOADING, 'comment', 'github-token'],
  invoke: [...LOCAL, 'function', 'event', 'events', 'fail-on'],
  'start-lambda': [...SERVER, 'export-endpoint'],
  'start-api': [...SERVER, 'static', 'allow-unverified-iam'],
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
