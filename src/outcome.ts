import type { EventContext } from './github/context.ts';
import type { Problem } from './problem.ts';
import type { Report } from './report/model.ts';

/** What was done. */
export type Operation = 'none' | 'create' | 'update' | 'in-place' | 'delete' | 'preview';

/** The fixed outputs of the action, under their names in action.yml. */
export interface ActionOutputs {
  readonly 'stack-name': string;
  readonly 'stack-id': string;
  readonly 'stack-status': string;
  readonly operation: Operation;
  readonly changed: string;
  /** JSON object of all stack outputs. */
  readonly outputs: string;
  readonly template: string;
  readonly diff: string;
  readonly 'change-set-id': string;
  readonly endpoint: string;
  readonly AWS_ENDPOINT_URL_LAMBDA: string;
  readonly response: string;
}

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
  readonly outputs: ActionOutputs;
  readonly stackOutputs: Readonly<Record<string, string>>;
  /** For the post step. */
  readonly toSave?: ToSave | undefined;
  /** What a function answered: at a terminal it goes to stdout. */
  readonly answer?: string;
  readonly server?: BackgroundServer;
  /** Variables for later steps. */
  readonly exported?: Readonly<Record<string, string>>;
}

export const NO_OUTPUTS: ActionOutputs = {
  'stack-name': '',
  'stack-id': '',
  'stack-status': '',
  operation: 'none',
  changed: 'false',
  outputs: '{}',
  template: '',
  diff: '',
  'change-set-id': '',
  endpoint: '',
  AWS_ENDPOINT_URL_LAMBDA: '',
  response: '',
};

/**
 * What is left of a command that ended with an error.
 *
 * @param stackName as the input has it
 */
export function failedOutcome(
  problems: readonly Problem[],
  { sha, runUrl }: EventContext,
  stackName: string | undefined,
): Outcome {
  return {
    ok: false,
    report: { state: 'failed', stacks: [], problems, warnings: [], commit: sha, runUrl },
    outputs: { ...NO_OUTPUTS, 'stack-name': stackName ?? '' },
    stackOutputs: {},
  };
}
