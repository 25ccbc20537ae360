import type { StackAssembly } from '../../assembly/types.ts';
import { ProblemError } from '../../problem.ts';
import { parameterProblems } from '../../template/parameters.ts';
import { type Capability, requiredCapabilities } from '../../template/validate/capabilities.ts';

/**
 * Stage 14: checks the template as a whole, with the values that it would be deployed with. AWS is not asked.
 *
 * @param keep parameters that keep the value which the deployed stack has
 * @returns the capabilities that the stack needs
 * @throws ProblemError with everything that CloudFormation would refuse
 */
export function check(stack: StackAssembly, keep: readonly string[]): readonly Capability[] {
  const located = stack.assets
    .flatMap(({ targets }) => targets)
    .flatMap((target) => (target.kind === 'parameter' ? Object.keys(target.parameters) : []));
  const given = { ...Object.fromEntries(located.map((name) => [name, ''])), ...stack.parameters };
  const problems = parameterProblems(stack.template, given, new Set(keep));
  if (problems.length > 0) throw new ProblemError(problems);
  return requiredCapabilities(
    stack.template.template,
    stack.nested.map(({ template }) => template.template),
  );
}
