import type { Json } from '../types.ts';

/**
 * YAML short forms of CloudFormation's intrinsic functions, and the key of their long form.
 * Source: CloudFormation template reference, "Intrinsic functions" and "Condition functions".
 */
const LONG_FORMS: Readonly<Record<string, string>> = {
  '!Ref': 'Ref',
  '!Condition': 'Condition',
  ...Object.fromEntries(
    [
      'And',
      'Base64',
      'Cidr',
      'Contains',
      'EachMemberEquals',
      'EachMemberIn',
      'Equals',
      'FindInMap',
      'GetAtt',
      'GetAZs',
      'GetStackOutput',
      'If',
      'ImportValue',
      'Join',
      'Length',
      'Not',
      'Or',
      'RefAll',
      'Select',
      'Split',
      'Sub',
      'ToJsonString',
      'Transform',
      'ValueOf',
      'ValueOfAll',
    ].map((name) => [`!${name}`, `Fn::${name}`]),
  ),
};

/** All short-form tags, e.g. `!Sub`. */
export const SHORT_FORM_TAGS: readonly string[] = Object.keys(LONG_FORMS);

/** Whether a YAML tag is a short form that CloudFormation knows. */
export const isShortForm = (tag: string): boolean => Object.hasOwn(LONG_FORMS, tag);

/** `!GetAtt Table.Arn` as data: `{ "Fn::GetAtt": ["Table", "Arn"] }`. */
export function longForm(tag: string, argument: Json): Json {
  const key = LONG_FORMS[tag] ?? tag;
  if (key === 'Fn::GetAtt' && typeof argument === 'string') {
    const dot = argument.indexOf('.');
    return { [key]: dot < 0 ? argument : [argument.slice(0, dot), argument.slice(dot + 1)] };
  }
  return { [key]: argument };
}
