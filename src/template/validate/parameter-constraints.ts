import { type Json, type JsonObject, scalarText } from '../types.ts';
import { matchesPattern } from './allowed-pattern.ts';

/** What a value breaks. */
export interface Breach {
  /** What follows on the name of the value. */
  readonly says: string;
  /** The next step. */
  readonly next: string;
}

/**
 * The constraint of its parameter that a value breaks, if any. What is read from elsewhere (SSM, dynamic references) is
 * not judged.
 * Source: CloudFormation template reference, "Parameters": which constraint goes with which type.
 */
export function breachOf(parameter: JsonObject, value: string): Breach | undefined {
  const type = scalarText(parameter.Type);
  if (type.startsWith('AWS::SSM::') || value.includes('{{resolve:')) return undefined;
  const items = isList(parameter) ? listItems(value) : [value];
  // Allowed values of a list may be several, divided by commas, themselves.
  if (items.length > 1 && !notAllowed(parameter, value) && parameter.AllowedValues) return undefined;
  for (const item of items) {
    const breach =
      notAllowed(parameter, item) ??
      (/Number/.test(type) ? numberBreach(parameter, type, item) : undefined) ??
      (type === 'String' || type === 'CommaDelimitedList' ? patternBreach(parameter, item) : undefined) ??
      (type === 'String' ? lengthBreach(parameter, item) : undefined);
    if (breach) return breach;
  }
  return undefined;
}

/** Whether its value is several, divided by commas. */
export const isList = (parameter: JsonObject): boolean => /List/.test(scalarText(parameter.Type));

/** Whether nothing between two commas counts is not documented. */
const listItems = (value: string): string[] =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

function notAllowed({ AllowedValues }: JsonObject, item: string): Breach | undefined {
  if (!Array.isArray(AllowedValues) || AllowedValues.some(isComputed)) return undefined;
  const allowed = AllowedValues.map(scalarText);
  if (allowed.some((each) => isSame(each, item))) return undefined;
  return { says: 'is not allowed', next: `Give ${allowed.join(', ')}.` };
}

const isComputed = (value: Json): boolean => typeof value === 'object' && value !== null;

/** `1.0` and `1` are one value. */
function isSame(a: string, b: string): boolean {
  if (a === b) return true;
  const [first, second] = [numberOf(a), numberOf(b)];
  return first !== undefined && first === second;
}

/** YAML 1.1 lets underscores divide digits; Java lets a number end with its type. */
function numberOf(text: string): number | undefined {
  const digits = text
    .trim()
    .replaceAll('_', '')
    .replace(/^([+-]?[\d.]+)[dfDF]$/, '$1');
  const value = Number(digits);
  return digits === '' || Number.isNaN(value) ? undefined : value;
}

const limitOf = (limit: Json | undefined): number | undefined => numberOf(scalarText(limit));

function numberBreach({ MinValue, MaxValue }: JsonObject, type: string, item: string): Breach | undefined {
  const value = numberOf(item);
  if (value === undefined) return { says: 'is not a number', next: 'Give a number.' };
  if (type !== 'Number') return undefined;
  const [least, most] = [limitOf(MinValue), limitOf(MaxValue)];
  if (least !== undefined && value < least)
    return { says: `is less than MinValue ${least}`, next: `Give at least ${least}.` };
  if (most !== undefined && value > most)
    return { says: `is more than MaxValue ${most}`, next: `Give at most ${most}.` };
  return undefined;
}

function patternBreach({ AllowedPattern }: JsonObject, item: string): Breach | undefined {
  if (typeof AllowedPattern !== 'string' || matchesPattern(AllowedPattern, item) !== false) return undefined;
  return {
    says: `does not match AllowedPattern ${AllowedPattern}`,
    next: 'Give one that matches as a whole.',
  };
}

function lengthBreach({ MinLength, MaxLength }: JsonObject, item: string): Breach | undefined {
  const [least, most] = [limitOf(MinLength), limitOf(MaxLength)];
  if (least !== undefined && item.length < least)
    return { says: `is shorter than MinLength ${least}`, next: `Give at least ${least} characters.` };
  if (most !== undefined && item.length > most)
    return { says: `is longer than MaxLength ${most}`, next: `Give at most ${most} characters.` };
  return undefined;
}
