import type { Problem } from '../../problem.ts';
import type { TemplateDocument } from '../document.ts';
import { LANGUAGE_EXTENSIONS, transformsOf } from '../transforms.ts';
import { isObject, type Json, type JsonObject, own, scalarText } from '../types.ts';

/** The argument of a function is not what CloudFormation takes; `undefined` when it is, or may be. */
type Shape = (argument: Json) => string | undefined;

/** Where functions may stand in a resource. Source: CloudFormation template reference, "Intrinsic functions". */
const ATTRIBUTES = ['Properties', 'CreationPolicy', 'UpdatePolicy'] as const;

/**
 * Functions that are called with other arguments than they take. Those of SAM's own resources are left to SAM.
 * The language extensions let arguments be computed, so that only their number is judged.
 */
export function shapeProblems({ template, locate }: TemplateDocument): Problem[] {
  const shapes = transformsOf(template).includes(LANGUAGE_EXTENSIONS) ? EXTENDED_SHAPES : SHAPES;
  const problems: Problem[] = [];
  // One path that grows and shrinks, in one walk: there are many more values than functions.
  const at: (string | number)[] = [];
  const below = (step: string | number, value: Json | undefined): void => {
    if (typeof value !== 'object' || value === null) return;
    at.push(step);
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) below(index, item);
    } else walkMap(value);
    at.pop();
  };
  const walkMap = (map: JsonObject): void => {
    const keys = Object.keys(map);
    const [only = ''] = keys;
    if (keys.length === 1) judge(only, map[only] ?? null);
    for (const key of keys) below(key, map[key]);
  };
  const judge = (name: string, argument: Json): void => {
    const takes = own(shapes, name)?.(argument);
    if (!takes) return;
    problems.push({
      subject: String(at[1]),
      message: `${name} takes ${takes}`,
      place: locate([...at, name]),
      next: `Mend its argument, ${shown(argument)}.`,
    });
  };
  for (const section of ['Conditions', 'Outputs'] as const) below(section, template[section]);
  at.push('Resources');
  for (const [id, resource] of Object.entries(template.Resources)) {
    if (!isObject(resource) || scalarText(resource.Type).startsWith('AWS::Serverless::')) continue;
    at.push(id);
    for (const key of ATTRIBUTES) below(key, resource[key]);
    at.pop();
  }
  return problems;
}

function shown(argument: Json): string {
  const text = JSON.stringify(argument);
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}

/** Source: CloudFormation template reference, the page of each function. Scalars are all texts to CloudFormation. */
const isText = (value: Json | undefined): boolean =>
  value !== undefined && value !== null && typeof value !== 'object';

const list =
  (says: string, least: number, most = least): Shape =>
  (argument) =>
    Array.isArray(argument) && argument.length >= least && argument.length <= most ? undefined : says;

/** Of the language extensions: what is no list may be computed. */
const listIfAny =
  (says: string, least: number, most = least): Shape =>
  (argument) =>
    Array.isArray(argument) ? list(says, least, most)(argument) : undefined;

const IF = 'a list of three: a condition, and what it comes to when true and when false';
const JOIN = 'a list of two: a delimiter and a list of texts';
const SELECT = 'a list of two: an index and a list';

const SHAPES: Readonly<Record<string, Shape>> = {
  Ref: (argument) => (isText(argument) ? undefined : 'the name of a resource or parameter'),
  'Fn::Sub': (argument) => {
    if (isText(argument)) return undefined;
    const items = Array.isArray(argument) ? argument : [];
    // SAM itself writes the variables first.
    const isCall =
      items.length <= 2 && items.some(isText) && items.filter(isObject).length === items.length - 1;
    return isCall ? undefined : 'a text, or a list of a text and a map of variables';
  },
  'Fn::GetAtt': (argument) => {
    const says = 'a resource and an attribute, such as Queue.Arn';
    if (isText(argument)) return /[^.]\.[^.]/.test(scalarText(argument)) ? undefined : says;
    const [id, attribute] = Array.isArray(argument) ? argument : [];
    if (!isText(id) || id === '' || attribute === '') return says;
    return isText(attribute) || isObject(attribute) ? undefined : says;
  },
  'Fn::FindInMap': list(
    `a list of three: a mapping, a top key and a second key (a default needs ${LANGUAGE_EXTENSIONS})`,
    3,
  ),
  'Fn::If': list(IF, 3),
  'Fn::Join': list(JOIN, 2),
  'Fn::Select': list(SELECT, 2),
};

const EXTENDED_SHAPES: Readonly<Record<string, Shape>> = {
  'Fn::FindInMap': listIfAny('a list of a mapping, a top key, a second key and, maybe, a default', 3, 4),
  'Fn::If': listIfAny(IF, 3),
  'Fn::Join': listIfAny(JOIN, 2),
  'Fn::Select': listIfAny(SELECT, 2),
};
