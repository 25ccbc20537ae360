import { isObject, type Json, scalarText } from '../types.ts';

/** Scalars are all texts to CloudFormation. */
export const isText = (value: Json | undefined): boolean =>
  value !== undefined && value !== null && typeof value !== 'object';

/** CloudFormation answers "Fn::Select cannot select nonexistent value at index 2". */
export function pastTheEnd(index: Json | undefined, items: Json | undefined): string | undefined {
  const length = Array.isArray(items) ? items.length : rangesOf(items);
  if (!isText(index) || length === undefined || Number(scalarText(index)) < length) return undefined;
  const last = length - 1;
  return `an index that is in the list, which ${last < 0 ? 'is empty' : `ends with ${last}`}`;
}

/** How many ranges `Fn::Cidr` makes, where that is written out. */
function rangesOf(items: Json | undefined): number | undefined {
  const argument = isObject(items) ? items['Fn::Cidr'] : undefined;
  const count = Array.isArray(argument) ? argument[1] : undefined;
  const ranges = isText(count) ? Number(scalarText(count)) : 0;
  return Number.isInteger(ranges) && ranges >= 1 && ranges <= 256 ? ranges : undefined;
}
