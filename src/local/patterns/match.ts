import { isObject, type Json, type JsonObject, own, setOwn } from '../../template/types.ts';
import { mapOf } from '../functions/resolve.ts';
import { leafMatches } from './leaf.ts';

/**
 * Whether an event is taken by a pattern, as EventBridge, event source mappings and filter policies of SNS write them.
 * A list in the event is taken where any item of it is. Source: Amazon EventBridge User Guide, "Comparison operators for
 * use in event patterns"; compared with AWS's own library (aws/event-ruler 2.0.1) over generated patterns and events.
 */
export function matches(pattern: JsonObject, event: Json): boolean {
  const whole = undotted(event);
  return matchesAt(mapOf(undotted(pattern)), whole, [whole]);
}

/**
 * A name with dots is a path: `{"state.status": "on"}` is the same as `{"state": {"status": "on"}}`. Source: aws/event-ruler,
 * which flattens both; what EventBridge answers is recorded in localstack/localstack (`dot_joining_event`).
 */
const undotted = (value: Json): Json => (hasDots(value) ? split(value) : value);

const hasDots = (value: Json): boolean =>
  Array.isArray(value)
    ? value.some(hasDots)
    : isObject(value) && Object.entries(value).some(([name, each]) => name.includes('.') || hasDots(each));

function split(value: Json): Json {
  if (Array.isArray(value)) return value.map(split);
  if (!isObject(value)) return value;
  const made: JsonObject = {};
  for (const [name, each] of Object.entries(value)) {
    const [first = '', ...rest] = name.split('.');
    const inner = rest.reduceRight<Json>((below, part) => single(part, below), split(each));
    setOwn(made, first, joined(own(made, first), inner));
  }
  return made;
}

function single(name: string, value: Json): JsonObject {
  const made: JsonObject = {};
  setOwn(made, name, value);
  return made;
}

/** What two names lead to: all of it. */
function joined(one: Json | undefined, other: Json): Json {
  if (one === undefined) return other;
  if (!isObject(one) || !isObject(other)) return [one, other].flat();
  const made: JsonObject = { ...one };
  for (const [name, each] of Object.entries(other)) setOwn(made, name, joined(own(made, name), each));
  return made;
}

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
