import type { EventContext } from './github/context.ts';
import type { Problem } from './problem.ts';
import type { Report, RunTarget } from './report/model.ts';

/** What was done. */
export type Operation = 'none' | 'create' | 'update' | 'in-place' | 'delete' | 'preview';

/**
 * The fixed outputs of the action, under their names in action.yml, and what each is where a command says nothing of it.
 * A new one is a line here and one there; whoever knows its value adds it to the outputs of its outcome.
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

/** What a command leaves: the truth about success, what to tell people, and what to tell programs. */
export interface Outcome {
  readonly ok: boolean;
  /** `undefined` when the command has printed what it had to say. */
  readonly report: Report | undefined;
  /** Those that the command has a value for. */
  readonly outputs: Partial<ActionOutputs>;
  readonly stackOutputs: Readonly<Record<string, string>>;
  /** For the post step. */
  readonly toSave?: { readonly paths: readonly string[]; readonly key: string } | undefined;
  /** What a function answered: at a terminal it goes to stdout. */
  readonly answer?: string;
  readonly server?: BackgroundServer;
  /** Variables for later steps. */
  readonly exported?: Readonly<Record<string, string>>;
}

/** Commands whose report is what a pull request's comment is about. */
const COMMENTED: readonly string[] = ['provision', 'delete', 'comment'];

/** A command that ended with an error. */
interface Failure {
  readonly command: string;
  readonly problems: readonly Problem[];
  readonly target: RunTarget;
}

/** What is left of a command that ended with an error. */
export function failedOutcome(
  { command, problems, target }: Failure,
  { sha: commit, runUrl }: EventContext,
): Outcome {
  const report = { state: 'failed', stacks: [], problems, warnings: [], target, commit, runUrl } as const;
  const [stackName = ''] = target.stackNames;
  return {
    ok: false,
    report: COMMENTED.includes(command) ? report : { ...report, summaryOnly: true },
    outputs: { 'stack-name': stackName },
    stackOutputs: {},
  };
}
