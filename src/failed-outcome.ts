import { relative, resolve } from 'node:path';
import type { Host } from './host.ts';
import { DEFAULT_STAGE, type InputName } from './inputs.ts';
import { type Outcome, targetOfError } from './outcome.ts';
import type { Problem } from './problem.ts';
import type { Report, RunTarget } from './report/model.ts';

/** Commands whose report is what a pull request's comment is about. */
const COMMENTED: readonly string[] = ['provision', 'delete', 'comment', 'collect'];

/** A command that ended with an error. */
interface Failure {
  readonly error: unknown;
  readonly problems: readonly Problem[];
}

/** What is left of a command that ended with an error; inputs are taken as they are, since they may be what is wrong. */
export function failedOutcome(
  { error, problems }: Failure,
  readInput: (name: InputName) => string | undefined,
  host: Host,
): Outcome {
  const target = targetOfError(error) ?? writtenTarget(readInput, host);
  const { sha: commit, runUrl } = host.event;
  const report: Report = { state: 'failed', stacks: [], problems, warnings: [], target, commit, runUrl };
  const isCommented = COMMENTED.includes(readInput('command') || 'provision');
  return {
    ok: false,
    report: isCommented ? report : { ...report, summaryOnly: true },
    outputs: { 'stack-name': target.stackNames[0] ?? '' },
    stackOutputs: {},
  };
}

/** What a run was to be about, as its inputs have it. */
function writtenTarget(
  readInput: (name: InputName) => string | undefined,
  { env, workspace }: Host,
): RunTarget {
  const [given, stage] = [readInput('stack-name'), readInput('stage')];
  const written = resolve(workspace, readInput('working-directory') || '.', readInput('source') || '.');
  return {
    stackNames: given ? [given] : [],
    folder: relative(workspace, written) || '.',
    selected: readInput('stacks') ?? '',
    region: readInput('region') || env.AWS_REGION || env.AWS_DEFAULT_REGION || undefined,
    stage: stage === DEFAULT_STAGE ? undefined : stage || undefined,
    accountHash: '',
  };
}
