import { type Problem, ProblemError } from '../problem.ts';
import { own } from '../template/types.ts';
import type { StackAssembly } from './types.ts';

/**
 * Makes sure that code which was built for some values of parameters (an architecture, a stage) is not deployed with
 * others: it would be the code of another deployment, or for another machine.
 *
 * @param values of parameters and pseudo parameters, as far as they are known
 * @throws ProblemError with every value that differs
 */
export function checkBuiltFor(
  { stackName, builtFor = {} }: Pick<StackAssembly, 'stackName' | 'builtFor'>,
  values: Readonly<Record<string, string>>,
): void {
  const problems = Object.entries(builtFor).flatMap(([name, then]): Problem[] => {
    const now = own(values, name);
    if (now === undefined || now === then) return [];
    const isPseudo = name.startsWith('AWS::');
    return [
      {
        subject: stackName,
        message: `its code was built for ${name} ${JSON.stringify(then)}, but would be deployed with ${JSON.stringify(now)}`,
        next: isPseudo
          ? 'Build it where it is deployed.'
          : `Give ${name} the same value in the input parameters of both steps, or build it again. A deployed stack keeps its values.`,
      },
    ];
  });
  if (problems.length > 0) throw new ProblemError(problems);
}
