import type { Host } from '../host.ts';
import type { Inputs } from '../inputs.ts';
import { ProblemError } from '../problem.ts';

/**
 * Inputs that mean something only beside another one: with `target` alone, something else would be deployed than was asked
 * for. `stack-set` may be there for those runs of a workflow that say `deploy-to: stack-set`.
 *
 * @throws ProblemError for `target` without `targets`
 */
export function tellOfLoneInputs({ target, stackSet, deployTo }: Inputs, { log }: Host): void {
  if (target !== undefined)
    throw new ProblemError({
      subject: 'input target',
      message: `there are no targets of which ${target.join(', ')} could be one`,
      next: 'Set the input targets, too: the path of a file such as sparta.targets.yml.',
    });
  if (stackSet !== undefined && deployTo === 'stack')
    log.warning('The input stack-set counts with deploy-to: stack-set only: this run is about a stack');
}
