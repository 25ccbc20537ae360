import { isEqual, isMap, JavaDouble, javaText, type VtlValue } from './java.ts';

/** Whether `#if` takes it: not what is nothing, false, zero or empty. */
export function isTrue(value: VtlValue): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (value instanceof JavaDouble) return value.value !== 0;
  return isMap(value) ? Object.keys(value).length > 0 : Boolean(value);
}

/**
 * The result of an operator that takes two values. Whole numbers stay whole; one with a point makes another one.
 *
 * @returns undefined where Velocity has no result
 */
export function operate(operator: string, left: VtlValue, right: VtlValue): VtlValue {
  if (operator === '==') return isSame(left, right);
  if (operator === '!=') return !isSame(left, right);
  if (operator === '+' && (typeof left === 'string' || typeof right === 'string'))
    return javaText(left) + javaText(right);
  const [a, b] = [numberOf(left), numberOf(right)];
  const compare = COMPARISONS[operator];
  if (compare) return a !== undefined && b !== undefined && compare(a, b);
  const calculate = CALCULATIONS[operator];
  if (!calculate) throw new Error(`mapping templates have no operator ${operator}`);
  if (a === undefined || b === undefined) return undefined;
  const result = calculate(a, b);
  const hasPoint = [left, right].some((each) => typeof each !== 'number' || !Number.isInteger(each));
  if (!Number.isFinite(result)) return undefined;
  return hasPoint ? new JavaDouble(result) : Math.trunc(result);
}

type Numbers<T> = Readonly<Record<string, (left: number, right: number) => T>>;

const COMPARISONS: Numbers<boolean> = {
  '<': (left, right) => left < right,
  '>': (left, right) => left > right,
  '<=': (left, right) => left <= right,
  '>=': (left, right) => left >= right,
};

const CALCULATIONS: Numbers<number> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '%': (left, right) => left % right,
};

/** Lists and maps by what is in them; what is not of one kind by its number, else by its text. */
function isSame(left: VtlValue, right: VtlValue): boolean {
  if (isEqual(left, right)) return true;
  // API Gateway takes nothing for an empty text. Seen at AWS by LocalStack (its test of paths in templates).
  if (isNothing(left) || isNothing(right)) return (left ?? '') === (right ?? '');
  if (isNested(left) || isNested(right)) return false;
  const [a, b] = [numberOf(left), numberOf(right)];
  const areTexts = typeof left === 'string' && typeof right === 'string';
  return areTexts || a === undefined || b === undefined ? javaText(left) === javaText(right) : a === b;
}

const isNothing = (value: VtlValue): boolean => value === undefined || value === null;
const isNested = (value: VtlValue): boolean => Array.isArray(value) || isMap(value);

/** Texts count as the number that they have. */
function numberOf(value: VtlValue): number | undefined {
  if (typeof value === 'number') return value;
  if (value instanceof JavaDouble) return value.value;
  const read = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  return Number.isNaN(read) ? undefined : read;
}
