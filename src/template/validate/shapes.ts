import { LIMITS } from '../../limits.ts';
import { isFunctionCall, onlyKey } from '../intrinsics.ts';
import { LANGUAGE_EXTENSIONS } from '../transforms.ts';
import { isObject, type Json, scalarText } from '../types.ts';
import { isText, pastTheEnd } from './past-the-end.ts';

/** The argument of a function is not what CloudFormation takes; `undefined` when it is, or may be. */
type Shape = (argument: Json) => string | undefined;

const isTextOrCall = (value: Json | undefined): boolean => isText(value) || isFunctionCall(value);

/** Functions that come to a text, whatever they are given. Source: cfn-lint's schemas of `Fn::Join` and `Fn::Select`. */
const TEXTS = new Set(['Fn::Base64', 'Fn::Join', 'Fn::Sub', 'Fn::ToJsonString']);
const mayBeList = (value: Json | undefined): boolean =>
  Array.isArray(value) || (isFunctionCall(value) && !TEXTS.has(onlyKey(value) ?? ''));
/** Null is told elsewhere. */
const mayBeTexts = (value: Json | undefined): boolean =>
  Array.isArray(value) ? value.every((item) => item === null || isTextOrCall(item)) : mayBeList(value);

/** A whole number within limits, or a call. */
const isWhole =
  (least: number, most: number) =>
  (value: Json | undefined): boolean => {
    const number = /^\d+$/.test(scalarText(value).trim()) ? Number(scalarText(value)) : undefined;
    return isFunctionCall(value) || (number !== undefined && number >= least && number <= most);
  };

/** A list of so many items, of which each fits the check at its place. */
const list =
  (says: string, checks: readonly ((item: Json | undefined) => boolean)[], most = checks.length): Shape =>
  (argument) =>
    Array.isArray(argument) &&
    argument.length <= most &&
    checks.every((check, index) => check(argument[index]))
      ? undefined
      : says;

/** A list of so many items, whatever they are. */
const listOf =
  (says: string, least: number, most = least): Shape =>
  (argument) =>
    Array.isArray(argument) && argument.length >= least && argument.length <= most ? undefined : says;

/** Of the language extensions: what is no list may be computed. */
const ifList =
  (shape: Shape): Shape =>
  (argument) =>
    Array.isArray(argument) ? shape(argument) : undefined;

const IF = 'a list of three: the name of a condition, and what it comes to when true and when false';
const JOIN = 'a list of two: a delimiter and a list of texts';
const SPLIT = 'a list of two: a delimiter and a text';
const SELECT = 'a list of two: an index from 0 and a list';
/**
 * Source: CloudFormation template reference, "Fn::FindInMap", "Supported functions"; with others it answers as with too few
 * arguments, https://github.com/cloudtools/troposphere/issues/479.
 */
const isKey = (value: Json | undefined): boolean =>
  isText(value) || ['Ref', 'Fn::FindInMap', 'Fn::Transform'].includes(onlyKey(value) ?? '');
/** Of a condition: `true` is none. */
const isName = (value: Json | undefined): boolean => isText(value) && typeof value !== 'boolean';
const anything = (value: Json | undefined): boolean => value !== undefined;

/** Source: recorded by LocalStack's tests: "Fn::Select requires a list argument with two elements: an integer index and a list". */
const select: Shape = (argument) => {
  const [index, items] = Array.isArray(argument) ? argument : [];
  const isIndex = isFunctionCall(index) || /^\d+$/.test(scalarText(index).trim());
  return Array.isArray(argument) && argument.length === 2 && isIndex && mayBeList(items)
    ? pastTheEnd(index, items)
    : SELECT;
};

/**
 * What functions take, as far as it can be seen.
 *
 * Sources: CloudFormation template reference, the page of each function; cfn-lint's schemas of functions (E1010 to E1024,
 * E1028, E8003 to E8006). What CloudFormation answers, where LocalStack's tests recorded it: "every Fn::Join object requires
 * two parameters, (1) a string delimiter and (2) a list of strings to be joined or a function that returns a list of
 * strings", "every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split or a
 * function that returns a string to be split.", "every Fn::GetAtt object requires two non-empty parameters, the resource
 * name and the resource attribute", "every Fn::Equals object requires a list of 2 string parameters."
 */
const SHAPES: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ['Ref', (argument) => (isText(argument) ? undefined : 'the name of a resource or parameter')],
  [
    'Fn::Sub',
    (argument) => {
      if (isText(argument)) return undefined;
      const items = Array.isArray(argument) ? argument : [];
      // SAM itself writes the variables first.
      const variables = items.filter(isObject);
      const isFine = items.length <= 2 && items.some(isText) && variables.length === items.length - 1;
      if (!isFine) return 'a text, or a list of a text and a map of variables';
      // Null is told elsewhere.
      const isValue = (value: Json): boolean => value === null || isTextOrCall(value);
      return variables.flatMap(Object.values).every(isValue) ? undefined : 'variables that are texts';
    },
  ],
  [
    'Fn::GetAtt',
    (argument) => {
      const says = 'a resource and an attribute, such as Queue.Arn';
      if (isText(argument)) return /[^.]\.[^.]/.test(scalarText(argument)) ? undefined : says;
      const [id, attribute] = Array.isArray(argument) ? argument : [];
      if (!isText(id) || id === '' || attribute === '') return says;
      return isText(attribute) || isObject(attribute) ? undefined : says;
    },
  ],
  [
    'Fn::FindInMap',
    list(
      `a list of three: a mapping, a top key and a second key (a default needs ${LANGUAGE_EXTENSIONS}, and so do functions but Ref and Fn::FindInMap)`,
      [isKey, isKey, isKey],
    ),
  ],
  ['Fn::If', list(IF, [isName, anything, anything])],
  ['Fn::Join', list(JOIN, [isText, mayBeTexts])],
  ['Fn::Select', select],
  ['Fn::Split', list(SPLIT, [isText, isTextOrCall])],
  ['Fn::ImportValue', (argument) => (isTextOrCall(argument) ? undefined : 'the name of an export')],
  ['Fn::Base64', (argument) => (isTextOrCall(argument) ? undefined : 'a text')],
  ['Fn::GetAZs', (argument) => (isTextOrCall(argument) ? undefined : 'a region')],
  [
    'Fn::Cidr',
    list('a list of an address range, how many ranges it is divided into (1 to 256) and, maybe, their bits', [
      isTextOrCall,
      isWhole(1, 256),
      (bits) => bits === undefined || isWhole(1, 128)(bits),
    ]),
  ],
]);

/** With the language extensions, arguments may be computed: their number is judged, and what is written out. */
const EXTENDED_SHAPES: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  [
    'Fn::FindInMap',
    ifList(listOf('a list of a mapping, a top key, a second key and, maybe, a default', 3, 4)),
  ],
  ['Fn::If', ifList(listOf(IF, 3))],
  ['Fn::Join', ifList(listOf(JOIN, 2))],
  ['Fn::Select', ifList(listOf(SELECT, 2))],
  ['Fn::Split', ifList(listOf(SPLIT, 2))],
]);

/** Functions that decide. They take other functions that decide, which is looked at where conditions are made. */
const DECIDING: readonly (readonly [string, Shape])[] = [
  ['Fn::Equals', listOf('a list of two values', 2)],
  ['Fn::Not', listOf('a list of one condition', 1)],
  ...['Fn::And', 'Fn::Or'].map((name): readonly [string, Shape] => [
    name,
    listOf(
      `a list of ${LIMITS.conditions.least} to ${LIMITS.conditions.most} conditions`,
      LIMITS.conditions.least,
      LIMITS.conditions.most,
    ),
  ]),
];

/** What each function takes, by its name. */
export const shapesOf = (isExtended: boolean): ReadonlyMap<string, Shape> =>
  new Map([...(isExtended ? EXTENDED_SHAPES : SHAPES), ...DECIDING]);
