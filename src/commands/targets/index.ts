import type { Host } from '../../host.ts';
import type { Inputs } from '../../inputs.ts';
import type { Outcome } from '../../outcome.ts';
import { ProblemError } from '../../problem.ts';
import { allTargets, selectedTargets, type TargetInputs } from './targets-of.ts';

/**
 * Does what the inputs say with each of their targets, in this job. Commands that are about one stack take one target.
 *
 * @param command what is done where there are no targets
 */
export async function withTargets(
  inputs: TargetInputs,
  host: Host,
  command: (inputs: Inputs, host: Host) => Promise<Outcome>,
): Promise<Outcome> {
  refuse(inputs);
  const targets = selectedTargets(await allTargets(inputs, host), inputs);
  switch (inputs.command) {
    case 'provision': {
      const { provisionTargets } = await import('./provision-targets.ts');
      return provisionTargets(targets, inputs, host).catch(async (error: unknown) => {
        const [target, ...others] = targets;
        if (others.length === 0 && error instanceof ProblemError) {
          const { storeFailure } = await import('./join.ts');
          await storeFailure(error.problems, target, { inputs, host });
        }
        throw error;
      });
    }
    case 'plan': {
      const { planTargets } = await import('./plan.ts');
      return planTargets(targets, inputs, host);
    }
    case 'collect':
      return command(inputs, host);
    case 'delete': {
      const { deleteTargets } = await import('./delete-targets.ts');
      return deleteTargets(targets, inputs, host);
    }
    case 'status': {
      const { statusOfTargets } = await import('./status-of-targets.ts');
      return statusOfTargets(targets, inputs, host);
    }
    default: {
      const [target, ...others] = targets;
      if (others.length === 0) {
        const { inputsOfOne } = await import('./one-target.ts');
        return command(await inputsOfOne(target, inputs, host), host);
      }
      throw new ProblemError({
        subject: 'input target',
        message: `the command ${inputs.command} is about one target, and there are ${targets.length}`,
        next: `Set the input target to one of ${targets.map(({ name }) => name).join(', ')}.`,
      });
    }
  }
}

/** @throws ProblemError where inputs say something else than targets do */
function refuse({ command, deployTo, environment, deployments }: TargetInputs): void {
  const problems = [
    ...(environment === undefined
      ? []
      : [{ subject: 'input environment', message: 'targets say themselves where the service goes' }]),
    ...(deployments === 'true'
      ? [{ subject: 'input deployments', message: 'targets have no deployments of GitHub' }]
      : []),
    ...(deployTo === 'stack-set' && (command === 'delete' || command === 'status')
      ? [{ subject: 'input deploy-to', message: `the command ${command} is about the stacks of targets` }]
      : []),
  ].map((problem) => ({ ...problem, next: 'Leave it out, or leave targets out.' }));
  if (problems.length > 0) throw new ProblemError(problems);
}
