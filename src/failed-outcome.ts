import { posix } from 'node:path';
import type { Host } from './host.ts';
import { DEFAULT_STAGE, type InputName } from './inputs.ts';
import { type Outcome, stacksOf } from './outcome.ts';
import type { Problem } from './problem.ts';
import type { Report } from './report/model.ts';

/** Commands whose report is what a pull request's comment is about. */
const COMMENTED: readonly string[] = ['provision', 'delete', 'comment'];

/** A command that ended with an error. */
interface Failure {
  readonly error: unknown;
  readonly problems: readonly Problem[];
}

/** What is left of a command that ended with an error; inputs are taken as they are, since they may be what is wrong. */
export function failedOutcome(
  { error, problems }: Failure,
  readInput: (name: InputName) => string | undefined,
  { env, event }: Host,
): Outcome {
  const [given, stage, known] = [readInput('stack-name'), readInput('stage'), stacksOf(error)];
  const target = {
    stackNames: known.length === 0 && given ? [given] : known,
    folder: posix.join(readInput('working-directory') || '.', readInput('source') || '.'),
    region: readInput('region') || env.AWS_REGION || env.AWS_DEFAULT_REGION || undefined,
    stage: stage === DEFAULT_STAGE ? undefined : stage || undefined,
  };
  const { sha: commit, runUrl } = event;
  const report: Report = { state: 'failed', stacks: [], problems, warnings: [], target, commit, runUrl };
  const isCommented = COMMENTED.includes(readInput('command') || 'provision');
  return {
    ok: false,
    report: isCommented ? report : { ...report, summaryOnly: true },
    outputs: { 'stack-name': target.stackNames[0] ?? '' },
    stackOutputs: {},
  };
}
