import type { NamedEnvironment } from '../../environments/named-environment.ts';
import type { Host } from '../../host.ts';
import type { Inputs } from '../../inputs.ts';
import { ProblemError } from '../../problem.ts';
import { connectTo } from '../run.ts';
import { ownStacks } from './list.ts';

/** @throws ProblemError where there are as many environments as there may be, with their names */
export async function checkLimit(
  { name }: NamedEnvironment,
  most: number,
  { inputs, host }: { readonly inputs: Inputs; readonly host: Host },
): Promise<void> {
  const stacks = await ownStacks([await connectTo(inputs, host)], host);
  const others = new Set(
    stacks.flatMap(({ origin }) =>
      origin.pullRequest !== undefined && origin.environment !== name ? [origin.environment] : [],
    ),
  );
  if (others.size < most) return;
  throw new ProblemError({
    subject: 'input max-environments',
    message: `there is no room for ${name}: ${others.size} of ${most} environments are there already (${[...others].sort().join(', ')})`,
    next: 'Close one of their pull requests, run the command sweep, or raise max-environments.',
  });
}
