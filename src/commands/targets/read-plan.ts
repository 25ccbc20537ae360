import { join } from 'node:path';
import type { Host } from '../../host.ts';
import type { Inputs } from '../../inputs.ts';
import { orUndefined, readInside, resolveInside, workspace } from '../../packaging/workspace/workspace.ts';
import { ProblemError } from '../../problem.ts';
import { PLAN_FILE, PLAN_FOLDER, parsePlan, type TargetsPlan } from '../../targets/plan-file.ts';
import type { Target } from '../../targets/target.ts';

/**
 * The plan that another job of this workflow has handed on; `undefined`: none has. At a terminal there are no other jobs.
 *
 * @param commit that it has to be of
 * @throws ProblemError when there is something else, or the plan of another commit
 */
export function handedOn(host: Host, commit = host.event.sha): TargetsPlan | undefined {
  if (!host.background) return undefined;
  const space = workspace(host.workspace, false);
  const found = resolveInside(space, space.root, join(PLAN_FOLDER, PLAN_FILE), { file: PLAN_FOLDER });
  if ('problem' in found) return undefined;
  const content = orUndefined(() => readInside(space, found.path).toString());
  if (content === undefined) return undefined;
  const plan = parsePlan(content);
  if (plan.commit === commit) return plan;
  throw new ProblemError({
    message: `the plan in ${PLAN_FOLDER} is that of ${plan.commit?.slice(0, 7) ?? 'no commit'}, and this run is about ${commit?.slice(0, 7) ?? 'none'}`,
    next: 'Hand on the plan of the same run, or remove it.',
  });
}

/**
 * The inputs of a run that deploys what another job has built for its target.
 *
 * @throws ProblemError where that job has left the target out
 */
export function fromPlan(inputs: Inputs, { name }: Target, plan: TargetsPlan, host: Host): Inputs {
  const planned = plan.targets.find((each) => each.name === name);
  if (planned) {
    const source = join(host.workspace, PLAN_FOLDER, `${planned.assembly}.assembly.json`);
    return { ...inputs, source };
  }
  throw new ProblemError({
    subject: `target ${name}`,
    message: plan.untouched.includes(name)
      ? 'nothing touches it, by the plan that was handed on'
      : 'the plan that was handed on has no such target',
    next: 'Give a target of the matrix, or remove the plan to build it here.',
  });
}
