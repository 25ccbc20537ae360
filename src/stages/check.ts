import type { RenderedStack } from '../assembly/render.ts';
import { ProblemError } from '../problem.ts';
import { type Capability, requiredCapabilities } from '../template/capabilities.ts';
import { checkTemplateSize } from '../template/from-value.ts';
import { parameterProblems } from '../template/parameters.ts';
import type { Deployed } from './look-up.ts';

/**
 * Stage 14: checks the finished template as a whole, with the values that it would be deployed with.
 *
 * @returns the capabilities that it needs
 * @throws ProblemError with everything that CloudFormation would refuse
 */
export function check(rendered: RenderedStack, deployed: Deployed): readonly Capability[] {
  checkTemplateSize(rendered.template);
  const kept = new Set(deployed.kind === 'stack' ? Object.keys(deployed.stack.parameters) : []);
  const problems = parameterProblems(rendered.template, rendered.parameters, kept);
  if (problems.length > 0) throw new ProblemError(problems);
  return requiredCapabilities(rendered.template.template, rendered.nested.map(({ template }) => template.template));
}
