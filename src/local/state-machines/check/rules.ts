import { isObject, type Json, type JsonObject } from '../../../template/types.ts';
import { instantOf } from '../instant.ts';

const schema = (message: string, at: string): string => `SCHEMA_VALIDATION_FAILED: ${message} at ${at}`;

/** Operators of Choice rules, and what they compare with. Source: Amazon States Language, "Choice state". */
const SIZES = ['Equals', 'LessThan', 'GreaterThan', 'LessThanEquals', 'GreaterThanEquals'];
const OPERANDS: Readonly<Record<string, (operand: Json) => boolean>> = {
  ...each('String', [...SIZES, 'Matches'], (operand) => typeof operand === 'string'),
  ...each('Numeric', SIZES, (operand) => typeof operand === 'number'),
  ...each('Boolean', ['Equals'], (operand) => typeof operand === 'boolean'),
  ...each('Timestamp', SIZES, (operand) => typeof operand === 'string' && instantOf(operand) !== undefined),
  ...each(
    'Is',
    ['Null', 'Present', 'Numeric', 'String', 'Boolean', 'Timestamp'],
    (operand) => typeof operand === 'boolean',
  ),
};
const isPath = (operand: Json): boolean => typeof operand === 'string' && operand.startsWith('$');

function each(
  prefix: string,
  names: readonly string[],
  takes: (operand: Json) => boolean,
): Readonly<Record<string, (operand: Json) => boolean>> {
  return Object.fromEntries(
    names.flatMap((name): [string, (operand: Json) => boolean][] => [
      [`${prefix}${name}`, takes],
      ...(prefix === 'Is' || name === 'Matches'
        ? []
        : ([[`${prefix}${name}Path`, (operand) => isPath(operand)]] as [
            string,
            (operand: Json) => boolean,
          ][])),
    ]),
  );
}

const OF_RULES = ['Next', 'Assign', 'Comment', 'Variable'];
const GROUPS = ['And', 'Or', 'Not'];

/**
 * What is wrong with the rules of a Choice: an operator that is misspelt would match nothing without a word.
 *
 * @param at where the state is
 */
export function choiceProblems({ Choices }: JsonObject, at: string, isJsonata: boolean): string[] {
  const rules = Array.isArray(Choices) ? Choices : [];
  return rules.flatMap((rule, index) => {
    const where = `${at}/Choices[${index}]`;
    if (!isObject(rule)) return [schema('A rule is a JSON object', where)];
    const problems = rule.Next === undefined ? [schema("The field 'Next' is required", where)] : [];
    if (!isJsonata) return [...problems, ...ruleProblems(rule, where)];
    if (rule.Condition === undefined) problems.push(schema("The field 'Condition' is required", where));
    const strange = Object.keys(rule).filter(
      (name) => !['Condition', 'Next', 'Assign', 'Output', 'Comment'].includes(name),
    );
    return [...problems, ...strange.map((name) => schema(`Field '${name}' is not supported`, where))];
  });
}

function ruleProblems(rule: JsonObject, at: string): string[] {
  const names = Object.keys(rule).filter((name) => !OF_RULES.includes(name));
  const [name, ...more] = names;
  if (name === undefined) return [schema('A rule needs an operator', at)];
  if (more.length > 0)
    return [schema(`There should only be one of the following fields: [${names.join(', ')}]`, at)];
  const operand = rule[name] ?? null;
  if (GROUPS.includes(name)) {
    const inner = name === 'Not' ? [operand] : Array.isArray(operand) ? operand : [];
    if (inner.length === 0) return [schema('Value cannot be empty', `${at}/${name}`)];
    return inner.flatMap((part, index) =>
      isObject(part)
        ? ruleProblems(part, name === 'Not' ? `${at}/Not` : `${at}/${name}[${index}]`)
        : [schema('A rule is a JSON object', `${at}/${name}`)],
    );
  }
  const takes = Object.hasOwn(OPERANDS, name) ? OPERANDS[name] : undefined;
  if (!takes) return [schema(`Field '${name}' is not supported`, at)];
  if (!isPath(rule.Variable ?? null)) return [schema("The field 'Variable' has to be a path", at)];
  return takes(operand) ? [] : [schema(`${name} does not compare with ${JSON.stringify(operand)}`, at)];
}

const OF_RETRIERS = [
  'ErrorEquals',
  'IntervalSeconds',
  'MaxAttempts',
  'BackoffRate',
  'MaxDelaySeconds',
  'JitterStrategy',
  'Comment',
];
const OF_CATCHERS = ['ErrorEquals', 'Next', 'Assign', 'Comment'];

/**
 * What is wrong with the retriers and catchers of a state, but for their numbers. Source: Amazon States Language, "Errors".
 *
 * @param at where the state is
 */
export const errorRuleProblems = (state: JsonObject, at: string, isJsonata: boolean): string[] => [
  ...listProblems(state.Retry, `${at}/Retry`, OF_RETRIERS),
  ...listProblems(state.Catch, `${at}/Catch`, [...OF_CATCHERS, isJsonata ? 'Output' : 'ResultPath']),
];

function listProblems(list: Json | undefined, at: string, known: readonly string[]): string[] {
  const rules = Array.isArray(list) ? list : [];
  return rules.flatMap((rule, index) => {
    const where = `${at}[${index}]`;
    if (!isObject(rule)) return [schema('A rule is a JSON object', where)];
    const problems = Object.keys(rule)
      .filter((name) => !known.includes(name))
      .map((name) => schema(`Field '${name}' is not supported`, where));
    const { ErrorEquals: names } = rule;
    if (!Array.isArray(names) || names.length === 0)
      problems.push(schema("The field 'ErrorEquals' is required", where));
    else if (names.includes('States.ALL') && (names.length > 1 || index < rules.length - 1))
      problems.push(schema("'States.ALL' has to be alone, in the last rule", `${where}/ErrorEquals`));
    if (known !== OF_RETRIERS && rule.Next === undefined)
      problems.push(schema("The field 'Next' is required", where));
    if (
      known === OF_RETRIERS &&
      !['FULL', 'NONE', undefined].includes(rule.JitterStrategy as string | undefined)
    )
      problems.push(
        schema("The field 'JitterStrategy' should have one of these values: [FULL, NONE]", where),
      );
    return problems;
  });
}
