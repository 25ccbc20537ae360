import type { Host } from '../../host.ts';
import type { Inputs } from '../../inputs.ts';
import { AT_ONCE } from '../../order/limits.ts';
import { untilFailure } from '../../order/until-failure.ts';
import type { Outcome } from '../../outcome.ts';
import { ProblemError, problemLine } from '../../problem.ts';
import { type Builders, newBuilders } from '../../stages/assemble/builders.ts';
import { provisionLoaded } from '../../stages/index.ts';
import type { Target } from '../../targets/target.ts';
import { wavesOf } from '../../targets/waves.ts';
import { isNoop } from '../run.ts';
import { joined } from './join.ts';
import { failedTarget, notBegun, type TargetOutcome } from './target-outcome.ts';
import { hasHooks, type LoadedTarget, loadAll, runsOf } from './target-run.ts';

/**
 * Previews all targets side by side, or deploys them wave by wave; what they share is built once. After a wave in which a
 * target has failed no further one begins. Nothing is done for any target before the sources of all are found to be sound.
 *
 * @throws ProblemError with everything that is wrong with targets or sources
 */
export async function provisionTargets(
  targets: readonly [Target, ...Target[]],
  inputs: Inputs,
  host: Host,
): Promise<Outcome> {
  const [only, ...others] = targets;
  const noop = isNoop(inputs, host);
  const waves = noop ? [targets] : wavesOf(targets);
  const loaded = new Map(
    (await loadAll(await runsOf(targets, inputs, host))).map((each) => [each.target, each] as const),
  );
  const shared: Shared = { builders: new Map(), hooked: new Map() };
  const outcomes: TargetOutcome[] = [];
  for (const [index, wave] of waves.entries()) {
    const failed = outcomes.filter(({ outcome }) => !outcome.ok).map(({ target }) => target.name);
    const runs = wave.flatMap((target) => loaded.get(target) ?? []);
    if (failed.length > 0 && !noop) {
      const why = `a target of an earlier wave failed: ${failed.join(', ')}`;
      host.log.warning(`Wave ${index + 1} of ${waves.length} is not begun: ${why}`);
      outcomes.push(...runs.map((each) => notBegun(each, why)));
      continue;
    }
    if (waves.length > 1)
      host.log.info(`Wave ${index + 1} of ${waves.length}: ${wave.map(({ name }) => name).join(', ')}`);
    outcomes.push(
      ...(await untilFailure(runs, {
        limit: inputs.maxParallel ?? AT_ONCE.targets,
        run: (each) => provisionTarget(each, shared),
        stops: ({ outcome }) => !outcome.ok && inputs.failFast && !noop,
        skip: (each, because) => notBegun(each, `${because.target.name} failed, and fail-fast is true`),
      })),
    );
  }
  const order = new Map(targets.map((target, index) => [target, index]));
  const sorted = outcomes.toSorted((a, b) => (order.get(a.target) ?? 0) - (order.get(b.target) ?? 0));
  return joined(sorted, { waves, single: others.length === 0 ? only : undefined }, { inputs, host, noop });
}

/** What targets of one service share, by its folder. */
interface Shared {
  readonly builders: Map<string, Builders>;
  /** The last target of a service with hooks. */
  readonly hooked: Map<string, Promise<unknown>>;
}

/** Hooks may change files: targets of such a service are built by themselves, one after another. */
function provisionTarget(each: LoadedTarget, { builders, hooked }: Shared): Promise<TargetOutcome> {
  const { output } = each.run;
  if (hasHooks(each.loaded)) {
    const before = hooked.get(output) ?? Promise.resolve();
    const turn = before.then(() => provisionWith(newBuilders(), each));
    hooked.set(
      output,
      turn.catch(() => undefined),
    );
    return turn;
  }
  const known = builders.get(output) ?? newBuilders();
  builders.set(output, known);
  return provisionWith(known, each);
}

async function provisionWith(
  builders: Builders,
  { target, run, loaded }: LoadedTarget,
): Promise<TargetOutcome> {
  return run.host.log.group(`Target ${target.name}`, async (log) => {
    const own = { ...run, host: { ...run.host, log, progress: undefined } };
    try {
      return { target, run: own, outcome: await provisionLoaded(loaded, own, builders) };
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      for (const problem of error.problems) log.error(problemLine(problem), problem.place);
      return failedTarget({ target, run: own, loaded }, error);
    }
  });
}
