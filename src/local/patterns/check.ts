import { isIP } from 'node:net';
import { isObject, type Json, type JsonObject } from '../../template/types.ts';
import { OPERATORS } from './leaf.ts';

/**
 * Why AWS refuses a pattern, as far as it would take nothing here without a word: a value that stands alone, an operator that
 * is none, or is given what it does not take. Source: Amazon EventBridge User Guide, "Comparison operators for use in event
 * patterns"; aws/event-ruler 2.0.1.
 */
export function patternProblem(pattern: JsonObject): string | undefined {
  for (const [key, wanted] of Object.entries(pattern)) {
    const problem =
      key === '$or' && Array.isArray(wanted) && wanted.every(isObject)
        ? first(wanted, patternProblem)
        : Array.isArray(wanted)
          ? wanted.length === 0
            ? 'Empty arrays are not allowed'
            : first(wanted, ruleProblem)
          : isObject(wanted)
            ? patternProblem(wanted)
            : 'it has to be a list or a map';
    if (problem !== undefined) return problem.startsWith('"') ? problem : `"${key}": ${problem}`;
  }
  return undefined;
}

function first<Item>(list: readonly Item[], look: (item: Item) => string | undefined): string | undefined {
  for (const item of list) {
    const problem = look(item);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function ruleProblem(rule: Json): string | undefined {
  if (Array.isArray(rule)) return 'a list within a list';
  return isObject(rule) ? operatorProblem(rule) : undefined;
}

function operatorProblem(rule: JsonObject): string | undefined {
  const [entry, ...others] = Object.entries(rule);
  if (!entry || others.length > 0) return `${JSON.stringify(rule)} has to have one operator`;
  const [name, operand] = entry;
  if (name === 'exists') return typeof operand === 'boolean' ? undefined : 'exists is true or false';
  if (!Object.hasOwn(OPERATORS, name)) return `there is no operator ${name}`;
  const takes = OPERANDS[name];
  if (takes?.(operand)) return undefined;
  if (name === 'anything-but' && isObject(operand)) return exclusionProblem(operand);
  return `${name} does not take ${JSON.stringify(operand)}`;
}

/** What `anything-but` may leave out: texts, which may be several. */
function exclusionProblem(rule: JsonObject): string | undefined {
  const [entry, ...others] = Object.entries(rule);
  const [name = '', operand = null] = entry ?? [];
  if (others.length > 0 || !EXCLUDABLE.includes(name))
    return `anything-but does not take ${JSON.stringify(rule)}`;
  if (!isTexts(operand)) return `${name} within anything-but does not take ${JSON.stringify(operand)}`;
  const texts = Array.isArray(operand) ? operand : [operand];
  if (name.endsWith('fix') && texts.includes('')) return `Null ${name} not allowed`;
  return name === 'wildcard' ? first(texts, starProblem) : undefined;
}

const EXCLUDABLE = ['prefix', 'suffix', 'equals-ignore-case', 'wildcard'];

const starProblem = (wildcard: Json): string | undefined =>
  /^(\\.|[^*\\]|\*(?!\*))*\\?$/s.test(String(wildcard)) ? undefined : 'Consecutive wildcard characters';

const isText = (operand: Json): boolean => typeof operand === 'string';
const isTexts = (operand: Json): boolean =>
  isText(operand) || (Array.isArray(operand) && operand.length > 0 && operand.every(isText));
const isAffix = (operand: Json): boolean =>
  isText(operand) || (isObject(operand) && isText(operand['equals-ignore-case'] ?? null));
const isNumber = (operand: Json): boolean => typeof operand === 'number';

/** One comparison, or a range from its lower end to its upper one. */
function isNumeric(operand: Json): boolean {
  if (!Array.isArray(operand)) return false;
  const [low, from, high, to, ...more] = operand;
  if (more.length > 0 || typeof from !== 'number') return false;
  if (high === undefined) return /^([<>]=?|=)$/.test(String(low));
  return /^>=?$/.test(String(low)) && /^<=?$/.test(String(high)) && typeof to === 'number' && from < to;
}

function isNetwork(operand: Json): boolean {
  const [address = '', bits = '', ...more] = String(operand).split('/');
  const most = isIP(address) === 6 ? 128 : 32;
  return isIP(address) !== 0 && more.length === 0 && /^\d+$/.test(bits) && Number(bits) <= most;
}

/** As AWS answers `TestEventPattern`, recorded in localstack/localstack (`event_pattern_templates`). */
const OPERANDS: Readonly<Record<string, (operand: Json) => boolean>> = {
  prefix: isAffix,
  suffix: isAffix,
  'equals-ignore-case': isText,
  wildcard: (operand) => isText(operand) && starProblem(operand) === undefined,
  numeric: isNumeric,
  cidr: isNetwork,
  'anything-but': (operand) =>
    isText(operand) ||
    isNumber(operand) ||
    (Array.isArray(operand) && (operand.every(isText) || operand.every(isNumber))),
};
