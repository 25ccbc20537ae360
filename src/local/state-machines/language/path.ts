import { isObject, type Json, own } from '../../../template/types.ts';
import { type PathCondition, type PathOperand, type PathStep, parsePath } from './path-parse.ts';

/** A path led nowhere; the message is the one that Step Functions gives. */
export class PathError extends Error {}

/** What paths start from. */
export interface PathRoots {
  readonly input: Json;
  readonly context: Json;
  /** `undefined`: there is no such variable. */
  variable(name: string): Json | undefined;
}

/**
 * What a path leads to: one value, or the list of all values where it can lead to several.
 *
 * @throws PathError when it leads to nothing; SyntaxError when it is no path
 */
export function readPath(text: string, roots: PathRoots): Json {
  const { root, steps, definite } = parsePath(text);
  const start = root === '' ? roots.input : root === '$' ? roots.context : roots.variable(root);
  if (start === undefined) throw new PathError(`There is no variable $${root}`);
  if (!definite) return all(steps, start);
  let value: Json = start;
  let path = '$';
  steps.forEach((step, index) => {
    const next = single(step, value);
    path +=
      step.kind === 'names' ? `['${step.names[0]}']` : step.kind === 'indexes' ? `[${step.indexes[0]}]` : '';
    if (next === undefined)
      throw new PathError(
        step.kind === 'indexes'
          ? `Index out of bounds when evaluating path ${path}`
          : index < steps.length - 1
            ? `Missing property in path ${path}`
            : `No results for path: ${path}`,
      );
    value = next;
  });
  return value;
}

/** Whether a path leads to anything. */
export function hasPath(text: string, roots: PathRoots): boolean {
  try {
    readPath(text, roots);
    return true;
  } catch (error) {
    if (error instanceof PathError) return false;
    throw error;
  }
}

function single(step: PathStep, value: Json): Json | undefined {
  switch (step.kind) {
    case 'names':
      return isObject(value) ? own(value, step.names[0] ?? '') : undefined;
    case 'indexes':
      return Array.isArray(value) ? value.at(step.indexes[0] ?? 0) : undefined;
    case 'function':
      return applied(step.name, value);
    default:
      return undefined;
  }
}

function all(steps: readonly PathStep[], start: Json): Json[] | Json {
  let found: Json[] = [start];
  for (const step of steps) {
    // Functions are about all that was found.
    if (step.kind === 'function') return applied(step.name, found) ?? null;
    found = found.flatMap((value) => several(step, value, start));
  }
  return found;
}

function several(step: PathStep, value: Json, root: Json): Json[] {
  switch (step.kind) {
    case 'names':
      return isObject(value) ? step.names.flatMap((name) => listOf(own(value, name))) : [];
    case 'indexes':
      return Array.isArray(value) ? step.indexes.flatMap((at) => listOf(value.at(at))) : [];
    case 'slice':
      return Array.isArray(value) ? value.slice(step.from ?? 0, step.to) : [];
    case 'all':
      return Array.isArray(value)
        ? value
        : isObject(value)
          ? Object.values(value).map((item) => item ?? null)
          : [];
    case 'descend':
      return below(value);
    case 'filter': {
      const items = Array.isArray(value) ? value : [value];
      return items.filter((item) => holds(step.condition, item, root));
    }
    default:
      return [];
  }
}

/** A value, which may be a list itself, as the only one. */
const listOf = (value: Json | undefined): Json[] => (value === undefined ? [] : [value]);

/** A value and everything in it, from the top. */
const below = (value: Json): Json[] => [
  value,
  ...(Array.isArray(value) ? value : isObject(value) ? Object.values(value) : []).flatMap((item) =>
    Array.isArray(item) || isObject(item) ? below(item) : [],
  ),
];

function applied(name: string, value: Json): Json | undefined {
  if (name === 'keys') return isObject(value) ? Object.keys(value) : undefined;
  if (name === 'length' || name === 'size')
    return Array.isArray(value) || typeof value === 'string'
      ? value.length
      : isObject(value)
        ? Object.keys(value).length
        : undefined;
  if (!Array.isArray(value)) return undefined;
  if (name === 'first') return value[0];
  if (name === 'last') return value.at(-1);
  const numbers = value.filter((item): item is number => typeof item === 'number');
  if (numbers.length === 0) return undefined;
  const sum = numbers.reduce((left, right) => left + right, 0);
  const mean = sum / numbers.length;
  switch (name) {
    case 'min':
      return Math.min(...numbers);
    case 'max':
      return Math.max(...numbers);
    case 'sum':
      return sum;
    case 'avg':
      return mean;
    default:
      return Math.sqrt(numbers.reduce((total, each) => total + (each - mean) ** 2, 0) / numbers.length);
  }
}

function holds(condition: PathCondition, item: Json, root: Json): boolean {
  switch (condition.kind) {
    case 'or':
      return condition.parts.some((part) => holds(part, item, root));
    case 'and':
      return condition.parts.every((part) => holds(part, item, root));
    case 'not':
      return !holds(condition.part, item, root);
    case 'exists':
      return operandValue(condition.of, item, root) !== undefined;
    default:
      return compared(condition, item, root);
  }
}

function compared(
  { operator, left, right }: Extract<PathCondition, { kind: 'compare' }>,
  item: Json,
  root: Json,
): boolean {
  const one = operandValue(left, item, root);
  if (operator === '=~')
    return right.kind === 'pattern' && typeof one === 'string' && right.pattern.test(one);
  const other = operandValue(right, item, root);
  switch (operator) {
    case '==':
      return JSON.stringify(one) === JSON.stringify(other);
    case '!=':
      return JSON.stringify(one) !== JSON.stringify(other);
    case 'in':
      return Array.isArray(other) && one !== undefined && other.includes(one);
    case 'nin':
      return Array.isArray(other) && one !== undefined && !other.includes(one);
    case 'contains':
      return (
        (Array.isArray(one) || typeof one === 'string') &&
        other !== undefined &&
        one.includes(other as string)
      );
    case 'size':
      return (Array.isArray(one) || typeof one === 'string') && one.length === other;
    case 'empty':
      return (Array.isArray(one) || typeof one === 'string') && (one.length === 0) === other;
    default:
      return ordered(operator, one, other);
  }
}

/** Numbers with numbers, texts with texts. */
function ordered(operator: string, one: Json | undefined, other: Json | undefined): boolean {
  if (typeof one !== typeof other || (typeof one !== 'number' && typeof one !== 'string')) return false;
  const difference = one === other ? 0 : one < (other as typeof one) ? -1 : 1;
  return operator === '<'
    ? difference < 0
    : operator === '<='
      ? difference <= 0
      : operator === '>'
        ? difference > 0
        : difference >= 0;
}

function operandValue(operand: PathOperand, item: Json, root: Json): Json | undefined {
  if (operand.kind === 'value') return operand.value as Json;
  if (operand.kind === 'pattern') return undefined;
  let value: Json | undefined = operand.root === '@' ? item : root;
  for (const step of operand.steps) {
    if (value === undefined) return undefined;
    value = single(step, value);
  }
  return value;
}

/**
 * Puts a value where a reference path leads; what is missing on the way is made.
 *
 * @throws PathError when something on the way is neither a map nor a list
 */
export function writePath(text: string, target: Json, value: Json): Json {
  const { root, steps } = parsePath(text);
  if (root !== '') throw new PathError('Only paths into the input can be written to');
  const put = (at: number, old: Json | undefined): Json => {
    const step = steps[at];
    if (!step) return value;
    if (step.kind === 'indexes' && Array.isArray(old)) {
      const index = step.indexes[0] ?? 0;
      if (index >= old.length) throw new PathError(`Index out of bounds when evaluating path ${text}`);
      return old.with(index, put(at + 1, old.at(index)));
    }
    if (step.kind !== 'names' || (old !== undefined && !isObject(old)))
      throw new PathError(`Unable to apply Step Output to path ${text}`);
    const name = step.names[0] ?? '';
    const map = old ?? {};
    return { ...map, [name]: put(at + 1, own(map, name)) };
  };
  return put(0, target);
}
