import { isObject, type Json, type JsonObject } from '../../template/types.ts';
import { patternProblem } from './check.ts';

/** Source: Amazon SNS Developer Guide, "Filter policy constraints". */
const MOST_KEYS = 5;
const MOST_COMBINATIONS = 150;

/**
 * Why SNS refuses a filter policy, which is a pattern with limits of its own.
 * Words as AWS answers them, recorded in localstack/localstack (`test_sns_filter_policy.snapshot.json`).
 */
export function filterPolicyProblem(
  policy: JsonObject,
  scope: 'MessageAttributes' | 'MessageBody',
): string | undefined {
  const problem = patternProblem(policy);
  if (problem !== undefined) return problem;
  const lists = listsOf(policy, 1);
  if (scope === 'MessageAttributes' && lists.some(({ depth }) => depth > 1))
    return 'Filter policy scope MessageAttributes does not support nested filter policy';
  if (lists.length > MOST_KEYS) return `Filter policy can not have more than ${MOST_KEYS} keys`;
  if (lists.some(({ values }) => values.some(excludesSuffix)))
    return 'Unsupported anything-but pattern: suffix';
  const combinations = lists.reduce((product, { values, depth }) => product * values.length * depth, 1);
  return combinations > MOST_COMBINATIONS ? 'Filter policy is too complex' : undefined;
}

interface Values {
  readonly values: readonly Json[];
  /** 1: of a key of the policy itself. */
  readonly depth: number;
}

function listsOf(policy: JsonObject, depth: number): Values[] {
  return Object.entries(policy).flatMap(([key, wanted]): Values[] => {
    if (key === '$or' && Array.isArray(wanted))
      return wanted.filter(isObject).flatMap((each) => listsOf(each, depth));
    if (isObject(wanted)) return listsOf(wanted, depth + 1);
    return Array.isArray(wanted) ? [{ values: wanted, depth }] : [];
  });
}

function excludesSuffix(rule: Json): boolean {
  const excluded = isObject(rule) ? rule['anything-but'] : undefined;
  return isObject(excluded) && 'suffix' in excluded;
}
