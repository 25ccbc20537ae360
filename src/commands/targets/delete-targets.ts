import type { Host } from '../../host.ts';
import type { Inputs } from '../../inputs.ts';
import type { Outcome } from '../../outcome.ts';
import { ProblemError, problemLine } from '../../problem.ts';
import type { Target } from '../../targets/target.ts';
import { wavesOf } from '../../targets/waves.ts';
import { deleteRun } from '../delete.ts';
import { joined } from './join.ts';
import { failedTarget, notBegun, type TargetOutcome } from './target-outcome.ts';
import { type LoadedTarget, loadAll, runsOf, stackNamesOf } from './target-run.ts';

/**
 * Deletes the stacks of targets, those first that need others. One after another: each is asked about at a terminal. What
 * others need is left where one of these has failed.
 */
export async function deleteTargets(
  targets: readonly [Target, ...Target[]],
  inputs: Inputs,
  host: Host,
): Promise<Outcome> {
  const [only, ...others] = targets;
  const noop = inputs.noop === true;
  const waves = wavesOf(targets).toReversed();
  const loaded = await loadAll(await runsOf(targets, { ...inputs, noop }, host));
  const outcomes: TargetOutcome[] = [];
  for (const target of waves.flat()) {
    const each = loaded.find((found) => found.target === target);
    if (!each) continue;
    const needing = outcomes.find(
      ({ target: { needs }, outcome }) => !outcome.ok && needs.includes(target.name),
    );
    const failed = inputs.failFast ? outcomes.find(({ outcome }) => !outcome.ok) : undefined;
    const why = needing
      ? `${needing.target.name} needs it, and is not deleted`
      : failed && `${failed.target.name} failed, and fail-fast is true`;
    outcomes.push(why === undefined ? await deleteTarget(each) : notBegun(each, why, 'deleted'));
  }
  return joined(outcomes, { waves, single: others.length === 0 ? only : undefined }, { inputs, host, noop });
}

async function deleteTarget(each: LoadedTarget): Promise<TargetOutcome> {
  const { target, run } = each;
  return run.host.log.group(`Target ${target.name}`, async (log) => {
    const own = { ...run, host: { ...run.host, log } };
    try {
      const [stackName = '', ...more] = stackNamesOf(each);
      if (more.length > 0 || !own.aws)
        throw new ProblemError({
          subject: `target ${target.name}`,
          message: own.aws
            ? `it has ${more.length + 1} stacks: ${[stackName, ...more].join(', ')}`
            : 'nothing says in which region it is',
          next: own.aws ? 'Delete them by their stack names.' : 'Give it a region.',
        });
      return { target, run: own, outcome: await deleteRun(stackName, own.aws, own) };
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      for (const problem of error.problems) log.error(problemLine(problem), problem.place);
      return failedTarget(each, error);
    }
  });
}
