import { isObject, type Json, own } from '../types.ts';

/** Everything that a value may come to where conditions are not decided: any branch may be the one. */
export function branches(value: Json): Json[] {
  const choice = isObject(value) ? own(value, 'Fn::If') : undefined;
  if (!Array.isArray(choice)) return isObject(value) && value.Ref === 'AWS::NoValue' ? [] : [value];
  return choice.slice(1).flatMap(branches);
}

/** The items of a list, of one thing that stands for a list of one, and of all branches. */
export function itemsOf(value: Json | undefined): Json[] {
  if (value === undefined) return [];
  if (typeof value !== 'object') return [value];
  return branches(value).flatMap((each) => (Array.isArray(each) ? each.flatMap(branches) : [each]));
}
