import { isObject, type Json, type JsonObject } from '../../template/types.ts';
import { leafMatches } from './leaf.ts';

/**
 * Whether an event is taken by a pattern, as EventBridge, event source mappings and filter policies of SNS write them.
 * A list in the event is taken where any item of it is. Source: Amazon EventBridge User Guide, "Comparison operators for
 * use in event patterns"; compared with AWS's own library (aws/event-ruler 2.0.1) over generated patterns and events.
 */
export const matches = (pattern: JsonObject, event: Json): boolean => matchesAt(pattern, event, [event]);

/** @param everywhere all that is at this place, in all items of the lists on the way */
function matchesAt(pattern: JsonObject, event: Json, everywhere: readonly Json[]): boolean {
  return Object.entries(pattern).every(([key, wanted]) => {
    if (key === '$or' && Array.isArray(wanted))
      return wanted.some((each) => isObject(each) && matchesAt(each, event, everywhere));
    const found = valuesOf(event, key);
    if (Array.isArray(wanted))
      return matchesAny(
        wanted,
        found,
        everywhere.flatMap((each) => valuesOf(each, key)),
      );
    if (!isObject(wanted)) return false;
    const all = everywhere.flatMap((each) => valuesOf(each, key));
    // Within a list of maps, one has to have it all.
    return (found.length === 0 ? [{}] : found).some((item) => matchesAt(wanted, item, all));
  });
}

/** What is there: of a list, and of lists within it, the items. */
function valuesOf(event: Json, key: string): readonly Json[] {
  const found = isObject(event) && Object.hasOwn(event, key) ? event[key] : undefined;
  return found === undefined ? [] : Array.isArray(found) ? items(found) : [found];
}

const items = (list: readonly Json[]): readonly Json[] =>
  list.flatMap((item) => (Array.isArray(item) ? items(item) : [item]));

/** Rules are about leaves; a list without any counts as nothing. */
function matchesAny(rules: readonly Json[], found: readonly Json[], everywhere: readonly Json[]): boolean {
  const leaves = found.filter((value) => !isObject(value));
  return rules.some((rule) => {
    if (isObject(rule) && rule.exists === true) return leaves.length > 0;
    // What is nowhere: not in another item of a list either.
    if (isObject(rule) && rule.exists === false) return everywhere.every((value) => isObject(value));
    return leaves.some((value) => leafMatches(rule, value));
  });
}
