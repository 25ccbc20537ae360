import type { Aws } from '../../aws/connection/clients.ts';
import type { InPlaceOptions } from '../../aws/functions/update-code.ts';
import { problemLine } from '../../problem.ts';
import type { StackReport } from '../../report/model.ts';
import { hasChanges } from '../../report/verdict.ts';
import {
  askInPlace,
  heal,
  type InPlaceStack,
  readSwapped,
  type Swapped,
  updateInPlace,
} from '../../stages/deploy/in-place.ts';
import { NO_CHANGES, type StackOutcome } from '../../stages/report/stack-outcome.ts';
import type { InPlaceAnswer } from '../../template/diff/in-place.ts';

type Done = Pick<StackOutcome, 'operation' | 'report'>;

/** Says why a change set is made although `inplace` is set. */
export function reasonsText({ reasons }: Extract<InPlaceAnswer, { kind: 'change-set' }>): string {
  return `Not in place, because more changes than the code of functions: ${reasons.join('; ')}`;
}

/**
 * Brings functions that were updated in place back to what the template means, in a stack that is that already.
 * Functions are found by the tag that was left on them.
 */
export async function catchUp(
  aws: Aws,
  about: InPlaceStack,
  swapped: Swapped,
  report: StackReport,
  options: InPlaceOptions,
): Promise<Done> {
  const { outputs } = about.deployed.stack;
  const healed = await heal(aws, about, swapped, options);
  if (healed.length === 0) return { operation: 'none', report: { ...report, state: 'unchanged', outputs } };
  const notes = [`${healed.join(', ')} ran code that was updated in place; it is the template's again`];
  return { operation: 'in-place', report: { ...report, state: 'deployed', outputs, notes } };
}

/** Updates the code of the functions, and puts right those that an earlier update in place left with other code. */
export async function deployInPlace(
  aws: Aws,
  about: InPlaceStack,
  functions: readonly string[],
  swapped: Swapped,
  report: StackReport,
  options: InPlaceOptions,
): Promise<Done> {
  const { log } = options;
  const { outputs } = about.deployed.stack;
  const result = await updateInPlace(aws, about, functions, options);
  if (result.kind === 'failed') {
    const [failure, ...more] = result.problems;
    for (const problem of more) log.error(problemLine(problem));
    if (result.restored.length > 0)
      log.info(`${result.restored.join(', ')}: the code that it had before runs again`);
    return { operation: 'in-place', report: { ...report, state: 'failed', failure } };
  }
  // What an earlier update in place gave new code, and this one does not want to have it.
  const healed = await heal(aws, about, swapped, options, functions);
  if (healed.length === 0 && result.functions.every(({ sent }) => !sent))
    return {
      operation: 'none',
      report: { ...report, diff: NO_CHANGES, state: 'unchanged', outputs, notes: [RUNS_ALREADY] },
    };
  return { operation: 'in-place', report: { ...report, state: 'deployed', outputs, notes: [IN_PLACE] } };
}

/** What a preview says of updates in place: whether this would be one, and which functions run other code than the stack says. */
export async function inPlaceNotes(
  aws: Aws,
  about: InPlaceStack,
  report: StackReport,
  wanted: boolean,
  notificationArns: readonly string[] | undefined,
  options: Pick<InPlaceOptions, 'log' | 'signal'>,
): Promise<readonly string[]> {
  // A preview needs no more rights than to read the stack.
  const swapped = await readSwapped(aws, about.deployed, options).catch(() => new Map());
  const stays = (id: string) =>
    !report.diff.resources.some(({ kind, logicalId }) => kind === 'removed' && logicalId === id);
  const notes = [...swapped.keys()]
    .filter(stays)
    .map(
      (id) =>
        `${id} runs code that was updated in place, not that of the deployed template; a deployment gives it the code of its template`,
    );
  if (!wanted || !hasChanges(report)) return notes;
  const answer = askInPlace(about, report, notificationArns);
  return [...notes, answer.kind === 'in-place' ? 'Would be updated in place.' : reasonsText(answer)];
}

const IN_PLACE = 'Updated in place: CloudFormation learns of it with the next change set.';
const RUNS_ALREADY = 'Every function runs this code already, since an earlier update in place.';
