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
          ? first(wanted, ruleProblem)
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
  if (name === 'anything-but' && isObject(operand)) return operatorProblem(operand);
  return `${name} does not take ${JSON.stringify(operand)}`;
}

const isText = (operand: Json): boolean => typeof operand === 'string';
/** Within `anything-but`, there may be several. */
const isTexts = (operand: Json): boolean =>
  isText(operand) || (Array.isArray(operand) && operand.every(isText));
const isAffix = (operand: Json): boolean =>
  isTexts(operand) || (isObject(operand) && isTexts(operand['equals-ignore-case'] ?? null));
const isPlain = (operand: Json): boolean => isText(operand) || typeof operand === 'number';

const OPERANDS: Readonly<Record<string, (operand: Json) => boolean>> = {
  prefix: isAffix,
  suffix: isAffix,
  'equals-ignore-case': isTexts,
  wildcard: isTexts,
  numeric: (operand) =>
    Array.isArray(operand) &&
    operand.length > 0 &&
    operand.every((part, at) =>
      at % 2 === 0 ? /^([<>]=?|=)$/.test(String(part)) : typeof part === 'number',
    ) &&
    operand.length % 2 === 0,
  cidr: (operand) => isText(operand) && isIP(String(operand).split('/')[0] ?? '') !== 0,
  'anything-but': (operand) => isPlain(operand) || (Array.isArray(operand) && operand.every(isPlain)),
};
