import type { Report } from './report/model.ts';

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
  'change-set-id': '',
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
  readonly toSave?: ToSave | undefined;
  /** What a function answered: at a terminal it goes to stdout. */
  readonly answer?: string;
  readonly server?: BackgroundServer;
  /** Variables for later steps. */
  readonly exported?: Readonly<Record<string, string>>;
}

/** Names of the stacks that a run was about when it failed. */
const stacksOfErrors = new WeakMap<WeakKey, readonly string[]>();

/** Notes which stacks a run was about, on the error that ended it. */
export function noteStacks(error: unknown, stackNames: readonly string[]): void {
  if (typeof error === 'object' && error !== null) stacksOfErrors.set(error, stackNames);
}

/** The stacks that a run was about which ended with an error, as far as they were known. */
export const stacksOf = (error: unknown): readonly string[] =>
  (typeof error === 'object' && error !== null ? stacksOfErrors.get(error) : undefined) ?? [];
