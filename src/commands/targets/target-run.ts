import type { Host } from '../../host.ts';
import type { Inputs } from '../../inputs.ts';
import { checkOutputFolder } from '../../packaging/workspace/output-folder.ts';
import { type Problem, ProblemError, problemLine } from '../../problem.ts';
import { hideSecrets, load } from '../../stages/assemble/index.ts';
import { type Loaded, loadedFor } from '../../stages/assemble/load-source.ts';
import { type Run, serviceStackName } from '../../stages/run.ts';
import type { Target } from '../../targets/target.ts';
import { isNoop, runOf } from '../run.ts';
import { connections, wrongAccount } from './connections.ts';
import { inputsOf } from './inputs-of.ts';
import { fromPlan, handedOn } from './read-plan.ts';
import { outputFolder } from './targets-of.ts';

/** A target, and the run that is about it. */
export interface TargetRun {
  readonly target: Target;
  readonly run: Run;
}

/** The same with its source. */
export interface LoadedTarget extends TargetRun {
  readonly loaded: Loaded;
}

/**
 * The runs of all targets. Those of one service share their folder and what was found out about it.
 *
 * @throws ProblemError with everything that is wrong with any of them
 */
export async function runsOf(
  targets: readonly Target[],
  inputs: Inputs,
  host: Host,
): Promise<readonly TargetRun[]> {
  const noop = isNoop(inputs, host);
  const plan = handedOn(host);
  const connect = connections(inputs, host);
  const services = new Map<string, Run>();
  const problems: Problem[] = [];
  const runs = await Promise.all(
    targets.map(async (target): Promise<readonly TargetRun[]> => {
      try {
        const aws = await connect(target);
        problems.push(...(await wrongAccount(target, aws, noop)));
        const own = inputsOf(target, inputs);
        const run = runOf(plan ? fromPlan(own, target, plan, host) : own, host, { noop, aws });
        const first = services.get(run.output) ?? run;
        if (first === run) checkOutputFolder(run.output);
        services.set(run.output, first);
        return [{ target, run: { ...run, target: target.name, context: first.context, cache: first.cache } }];
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        problems.push(...named(error.problems, target));
        return [];
      }
    }),
  );
  if (problems.length > 0) throw new ProblemError(problems);
  const output = outputFolder({ inputs, host });
  if (!services.has(output)) checkOutputFolder(output);
  return runs.flat();
}

const named = (problems: readonly Problem[], { name, service }: Target): Problem[] =>
  problems.map((problem) => {
    const { subject } = problem;
    if (subject?.startsWith('target ')) return problem;
    // The target says it, not the input.
    const said = subject === 'input working-directory' && service !== undefined ? 'service' : subject;
    return { ...problem, message: `${said ? `${said}: ` : ''}${problem.message}`, subject: `target ${name}` };
  });

/**
 * Reads the source of each target, before anything is done for any of them.
 *
 * @throws ProblemError with everything that is wrong with any of them; what is wrong for all is told once
 */
export async function loadAll(runs: readonly TargetRun[]): Promise<readonly LoadedTarget[]> {
  const found: { readonly target: Target; readonly problem: Problem }[] = [];
  const loaded: LoadedTarget[] = [];
  // One after another: to read is work for the processor.
  for (const each of runs) {
    try {
      const [first] = loaded.filter(({ run }) => run.output === each.run.output);
      const known = first && loadedFor(each.run, first.loaded, first.run);
      if (known) hideSecrets(known, each.run.host.log);
      loaded.push({ ...each, loaded: known ?? (await load(each.run)) });
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      found.push(...error.problems.map((problem) => ({ target: each.target, problem })));
    }
  }
  const problems = [...Map.groupBy(found, ({ problem }) => problemLine(problem)).values()].flatMap((same) => {
    const [first] = same;
    if (!first) return [];
    const names = same.map(({ target }) => target.name).join(', ');
    return same.length === runs.length
      ? [first.problem]
      : [{ ...first.problem, message: `${first.problem.message} (of ${names})` }];
  });
  problems.push(...(await sameStacks(loaded)));
  if (problems.length > 0) throw new ProblemError(problems);
  return loaded;
}

/** Hooks may change files, so that nothing is shared with what was built before them. */
export const hasHooks = (loaded: Loaded): boolean =>
  loaded.kind === 'service' && loaded.loaded.service.hooks !== undefined;

/** What stacks of a source are called. */
export function stackNamesOf({ loaded, run }: LoadedTarget): readonly string[] {
  if (loaded.kind === 'service') return [serviceStackName(run.source, loaded.loaded.service)];
  const stacks = loaded.kind === 'built' ? loaded.assembly.stacks : loaded.drafts;
  return stacks.map(({ stackName }) => stackName);
}

/** Two targets that would deploy to one stack. */
async function sameStacks(loaded: readonly LoadedTarget[]): Promise<readonly Problem[]> {
  const places = loaded.flatMap((each) => {
    const { target, run } = each;
    const where = target.account ?? target.roleToAssume ?? '';
    return stackNamesOf(each).map((stackName) => ({
      target,
      stackName,
      key: JSON.stringify([stackName, run.aws?.region ?? run.inputs.region, where]),
    }));
  });
  return [...Map.groupBy(places, ({ key }) => key).values()].flatMap((same) => {
    const [first, second] = same;
    if (!first || !second || first.target === second.target) return [];
    return [
      {
        subject: `target ${second.target.name}`,
        message: `its stack ${second.stackName} is that of the target ${first.target.name}`,
        next: 'Give them different regions, accounts or stack names.',
      },
    ];
  });
}
