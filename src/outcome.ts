import type { Report, RunTarget } from './report/model.ts';

/** What was done. */
export type Operation = 'none' | 'create' | 'update' | 'in-place' | 'delete' | 'preview';

/**
 * The fixed outputs of the action by their names in action.yml, each with its value where a command gives none. A new
 * output is a line here and an entry there; the command that knows its value puts it into its outcome.
 */
export const NO_OUTPUTS = {
  'stack-name': '',
  'stack-id': '',
  'stack-status': '',
  operation: 'none',
  changed: 'false',
  /** JSON object of all stack outputs. */
  outputs: '{}',
  template: '',
  diff: '',
  /** A line for each resource that was changed outside of CloudFormation. */
  drift: '',
  'change-set-id': '',
  /** Name of the environment that was deployed to. */
  environment: '',
  /** Where what is deployed answers. */
  'environment-url': '',
  /** JSON list of the stacks of this repository. */
  stacks: '',
  /** For `strategy.matrix`, a job for each target that is touched; empty where there is none. */
  matrix: '',
  /** JSON list of such matrices, one after the other. */
  waves: '',
  /** JSON list of the names of targets that are touched. */
  touched: '',
  /** JSON object: why each of them is. */
  because: '',
  /** JSON list of the targets, with what became of each. */
  targets: '',
  endpoint: '',
  AWS_ENDPOINT_URL_LAMBDA: '',
  response: '',
  /** Known only once the report is published. */
  'comment-url': '',
};

/** Values of the fixed outputs. */
export type ActionOutputs = Readonly<Record<keyof typeof NO_OUTPUTS, string>> & {
  readonly operation: Operation;
};

/** A process that serves until the post step ends it. */
export interface BackgroundServer {
  /** Leader of its process group. */
  readonly pid: number;
  /** The command that started it. */
  readonly command: string;
  /** Its own, with its log. */
  readonly folder: string;
  readonly logFile: string;
}

/** What the post step has to save in the cache. */
export interface ToSave {
  /** `.sparta`, absolute. */
  readonly folder: string;
  /** A file that lists the parts of the folder, as JSON; relative to it. */
  readonly list: string;
  readonly key: string;
}

/** What a command leaves: the truth about success, what to tell people, and what to tell programs. */
export interface Outcome {
  readonly ok: boolean;
  /** `undefined` when the command has printed what it had to say. */
  readonly report: Report | undefined;
  /** Those that the command has a value for. */
  readonly outputs: Partial<ActionOutputs>;
  readonly stackOutputs: Readonly<Record<string, string>>;
  /** For the post step. */
  readonly toSave?: ToSave | readonly ToSave[] | undefined;
  /** What a function answered: at a terminal it goes to stdout. */
  readonly answer?: string;
  readonly server?: BackgroundServer;
  /** Variables for later steps. */
  readonly exported?: Readonly<Record<string, string>>;
}

/** The stacks that a run was about when it failed. */
interface FailedStacks {
  readonly stackNames: readonly string[];
  /** Where the source says one for all of them; empty where it says several. */
  readonly account?: string;
}

const stacksOfErrors = new WeakMap<WeakKey, FailedStacks>();
const targetsOfErrors = new WeakMap<WeakKey, RunTarget>();
const keyOf = (error: unknown): WeakKey => (typeof error === 'object' && error !== null ? error : {});

/** Notes which stacks a run was about, on the error that ended it. */
export function noteStacks(
  error: unknown,
  stacks: readonly {
    readonly stackName: string;
    readonly environment?: { readonly account?: string };
  }[],
): void {
  const [account, ...others] = new Set(stacks.map(({ environment }) => environment?.account));
  stacksOfErrors.set(keyOf(error), {
    stackNames: stacks.map(({ stackName }) => stackName),
    ...(others.length > 0 ? { account: '' } : account !== undefined && { account }),
  });
}

/** The stacks that a run was about which ended with an error, as far as they were known. */
export const stacksOf = (error: unknown): FailedStacks =>
  stacksOfErrors.get(keyOf(error)) ?? { stackNames: [] };

/** Notes what a run was about, on the error that ended it. */
export const noteTarget = (error: unknown, target: RunTarget): void =>
  void targetsOfErrors.set(keyOf(error), target);

/** What a run was about which ended with an error; `undefined` where it ended before it had begun. */
export const targetOfError = (error: unknown): RunTarget | undefined => targetsOfErrors.get(keyOf(error));
