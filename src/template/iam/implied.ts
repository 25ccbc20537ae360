import type { Json } from '../types.ts';
import { itemsOf } from '../values/branches.ts';
import { textOf } from '../values/equivalence.ts';
import { type Limit, limitsOf } from './conditions.ts';
import { covers } from './patterns.ts';
import { includesRange } from './table/addresses.ts';

/**
 * Whether every request that meets one condition meets another one, too; conditions are JSON, empty where there are none.
 *
 * Source: IAM user guide, "IAM JSON policy elements: Condition operators", and "Multiple context keys or values": keys and
 * operators are all met, of values one is enough, but of negated operators none may be.
 *
 * @returns `false` also where it cannot be told
 */
export function implies(narrow: string, wide: string): boolean {
  if (narrow === wide || wide === '') return true;
  const given = limitsOf(narrow);
  return limitsOf(wide).every((limit) => given.some((each) => isWithin(each, limit)));
}

function isWithin(narrow: Limit, wide: Limit): boolean {
  const [a, b] = [kindOf(narrow.operator), kindOf(wide.operator)];
  if (a.name !== b.name || narrow.key.toLowerCase() !== wide.key.toLowerCase()) return false;
  if (a.isNegated) return coverAll(narrow.values, wide.values, a.name);
  // What need not be there lets in more.
  return (!a.isOptional || b.isOptional) && coverAll(wide.values, narrow.values, a.name);
}

/** An operator with those that compare in the same way. */
function kindOf(operator: string) {
  const name = operator.toLowerCase().replace(/ifexists$/, '');
  return {
    name: name.replace(/(string|arn)(not)?equals$/, '$1$2like'),
    isNegated: /(^|:)(string|arn|numeric|date)?not/.test(name),
    isOptional: operator.length !== name.length,
  };
}

/** Whether values stand for all that others stand for. */
const coverAll = (values: Json, others: Json, operator: string): boolean =>
  itemsOf(others).every((other) =>
    itemsOf(values).some((value) => covering(operator)(textOf(value), textOf(other))),
  );

function covering(operator: string): (value: string, other: string) => boolean {
  if (operator.endsWith('ipaddress')) return (value, other) => value === other || includesRange(value, other);
  if (operator.endsWith('like')) return (value, other) => value === other || covers(value, other);
  return (value, other) => value === other;
}
