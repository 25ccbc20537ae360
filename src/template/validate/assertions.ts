import type { Problem } from '../../problem.ts';
import type { TemplateDocument } from '../document.ts';
import { expansionOf } from '../transforms.ts';
import { isObject, scalarText } from '../types.ts';
import { evaluator } from '../values/effective.ts';
import { givenParameters } from '../values/known-value.ts';

/**
 * What a template's rules do not let parameters be. CloudFormation does not start then; it answers with `AssertDescription`.
 * Source: CloudFormation template reference, "Rule functions".
 *
 * @param values of parameters and pseudo parameters, by name, as far as they are known
 */
export function assertionProblems(
  { template, locate }: TemplateDocument,
  values: Readonly<Record<string, string>>,
): Problem[] {
  const { Rules } = template;
  if (!isObject(Rules) || expansionOf(template) === 'anything') return [];
  const { decision } = evaluator({ template, known: givenParameters(template, values) });
  return Object.entries(Rules).flatMap(([name, rule]) => {
    if (!isObject(rule) || !Array.isArray(rule.Assertions)) return [];
    if (rule.RuleCondition !== undefined && decision(rule.RuleCondition) !== true) return [];
    return rule.Assertions.flatMap((assertion, index) => {
      if (!isObject(assertion) || decision(assertion.Assert ?? null) !== false) return [];
      const says = scalarText(assertion.AssertDescription).trim();
      return {
        subject: name,
        message: `the rule does not let the parameters be as they are given${says && `: ${says}`}`,
        place: locate(['Rules', name, 'Assertions', index, 'Assert']),
        next: 'Give values that it takes.',
      };
    });
  });
}
