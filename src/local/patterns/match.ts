import { isObject, type Json, type JsonObject } from '../../template/types.ts';
import { leafMatches } from './leaf.ts';

/**
 * Whether an event is taken by a pattern, as EventBridge, event source mappings and filter policies of SNS write them.
 * A list in the event is taken where any item of it is. Source: Amazon EventBridge User Guide, "Comparison operators for
 * use in event patterns".
 */
export function matches(pattern: JsonObject, event: Json): boolean {
  return Object.entries(pattern).every(([key, wanted]) => {
    if (key === '$or' && Array.isArray(wanted))
      return wanted.some((each) => isObject(each) && matches(each, event));
    const found = isObject(event) && Object.hasOwn(event, key) ? event[key] : undefined;
    if (Array.isArray(wanted)) return matchesAny(wanted, found);
    if (!isObject(wanted)) return false;
    // Within a list of maps, one has to have it all.
    if (Array.isArray(found)) return found.some((item) => matches(wanted, item));
    return matches(wanted, found ?? {});
  });
}

function matchesAny(rules: readonly Json[], found: Json | undefined): boolean {
  // A list without items counts as nothing.
  const values = Array.isArray(found) ? found : [found];
  return rules.some((rule) => {
    if (isObject(rule) && typeof rule.exists === 'boolean') return rule.exists === isLeaf(found);
    return values.some((value) => value !== undefined && leafMatches(rule, value));
  });
}

/** `exists` looks at leaves only. */
const isLeaf = (value: Json | undefined): boolean => value !== undefined && !isObject(value);
