import { isObject, type Json, type JsonObject } from '../../../template/types.ts';
import { EvaluationFailure, StateFailure } from '../failure.ts';
import { instantOf } from '../instant.ts';
import { evaluated, selected, textValue } from '../language/fields.ts';
import { hasPath } from '../language/path.ts';
import { atState, rootsOf, type StateEnd, type StateScope } from '../scope.ts';
import { assignedBy, passedOn } from './end.ts';

/** Goes on with the first rule that holds, or with the default. */
export async function choice(scope: StateScope): Promise<StateEnd> {
  const { state } = scope;
  const rules = Array.isArray(state.Choices) ? state.Choices.filter(isObject) : [];
  const input = scope.language === 'JSONata' ? scope.input : selected(scope, 'InputPath', scope.input);
  for (const [index, rule] of rules.entries()) {
    if (await holds(scope, rule, { input, index })) return endOf(scope, rule);
  }
  if (typeof state.Default === 'string') return endOf(scope, { ...state, Next: state.Default });
  throw new StateFailure(
    'States.NoChoiceMatched',
    atState(scope, 'Failed to transition out of the state. There is no Choice Rule matching the input.'),
  );
}

/** A rule has variables of its own; an output, too, where the language is JSONata. */
async function endOf(scope: StateScope, rule: JsonObject): Promise<StateEnd> {
  const next = String(rule.Next);
  if (scope.language === 'JSONata') {
    const output = rule.Output ?? scope.state.Output;
    return passedOn(scope, { ...rule, Next: next, ...(output !== undefined && { Output: output }) });
  }
  const input = selected(scope, 'InputPath', scope.input);
  const assigned = await assignedBy(scope, { from: rule, value: input, result: {} });
  return { output: selected(scope, 'OutputPath', input), next, assigned };
}

async function holds(
  scope: StateScope,
  rule: JsonObject,
  at: { readonly input: Json; readonly index: number },
): Promise<boolean> {
  if (scope.language === 'JSONata' || rule.Condition !== undefined) {
    const field = `Choices[${at.index}]/Condition`;
    const value = await evaluated(scope, rule.Condition ?? null, field);
    if (typeof value === 'boolean') return value;
    throw new EvaluationFailure(
      atState(
        scope,
        `The JSONata expression specified for the field '${field}' returned an unexpected result type. Expected 'boolean', but was '${typeof value}' for value: ${JSON.stringify(value)}`,
      ),
      scope.name,
      field,
    );
  }
  return ruleHolds(scope, rule, at.input);
}

function ruleHolds(scope: StateScope, rule: JsonObject, input: Json): boolean {
  if (Array.isArray(rule.And))
    return rule.And.filter(isObject).every((each) => ruleHolds(scope, each, input));
  if (Array.isArray(rule.Or)) return rule.Or.filter(isObject).some((each) => ruleHolds(scope, each, input));
  if (isObject(rule.Not)) return !ruleHolds(scope, rule.Not, input);
  const path = String(rule.Variable);
  const roots = rootsOf(scope, input);
  const [operator, operand] = Object.entries(rule).find(([key]) => isOperator(key)) ?? [];
  if (operator === undefined) return false;
  if (operator === 'IsPresent') return hasPath(path, roots) === operand;
  const value = textValue(scope, { field: 'Variable', text: path }, roots);
  if (operator.startsWith('Is')) return (IS[operator]?.(value) ?? false) === operand;
  const other = operator.endsWith('Path')
    ? textValue(scope, { field: operator, text: String(operand) }, roots)
    : (operand ?? null);
  return compares(operator.replace(/Path$/, ''), value, other);
}

const isOperator = (key: string): boolean =>
  key in IS || key === 'IsPresent' || /^(String|Numeric|Boolean|Timestamp)/.test(key);

const IS: Readonly<Record<string, (value: Json) => boolean>> = {
  IsNull: (value) => value === null,
  IsString: (value) => typeof value === 'string',
  IsNumeric: (value) => typeof value === 'number',
  IsBoolean: (value) => typeof value === 'boolean',
  IsTimestamp: (value) => typeof value === 'string' && instantOf(value) !== undefined,
};

function compares(operator: string, value: Json, other: Json): boolean {
  const [, kind = '', how = ''] = /^(String|Numeric|Boolean|Timestamp)(.+)$/.exec(operator) ?? [];
  const [one, two] = [comparable(kind, value), comparable(kind, other)];
  if (one === undefined || two === undefined) return false;
  switch (how) {
    case 'Equals':
      return one === two;
    case 'LessThan':
      return one < two;
    case 'LessThanEquals':
      return one <= two;
    case 'GreaterThan':
      return one > two;
    case 'GreaterThanEquals':
      return one >= two;
    default:
      return how === 'Matches' && pattern(String(two)).test(String(one));
  }
}

/** A value as an operator compares it; nothing where it is of another type. */
function comparable(kind: string, value: Json): string | number | boolean | undefined {
  if (kind === 'Timestamp') return typeof value === 'string' ? instantOf(value) : undefined;
  const type = { String: 'string', Numeric: 'number', Boolean: 'boolean' }[kind];
  return typeof value === type ? (value as string | number | boolean) : undefined;
}

/** `*` is any text, `\*` a star. */
const pattern = (text: string): RegExp =>
  new RegExp(
    `^${text.replace(/\\([*\\])|\*|[.+?^${}()|[\]\\]/g, (whole, escaped: string | undefined) =>
      escaped !== undefined ? `\\${escaped}` : whole === '*' ? '[\\s\\S]*' : `\\${whole}`,
    )}$`,
  );
