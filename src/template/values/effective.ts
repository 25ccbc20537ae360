import { isFunctionCall } from '../intrinsics.ts';
import { declaredParameters } from '../parameters.ts';
import { emptyMap, filledMap, isObject, type Json, type JsonObject, own, type Template } from '../types.ts';
import {
  comesTo,
  conditionValue,
  decide,
  isNoValue,
  rewrite,
  type Scope,
  typed,
  withoutLoops,
} from './evaluate.ts';
import { applyGlobals } from './globals.ts';
import type { KnownTemplate } from './known-value.ts';
import { isLoop } from './loops.ts';
import { asResolved } from './resolved.ts';

/** A resource as it is written in a template with the same surroundings, and what it comes to there. */
export interface FormerResource {
  readonly written: JsonObject;
  readonly made: JsonObject;
}

/** Resources whose values are known, or in part. */
export interface Resolved {
  /** Logical IDs of what comes to the same as in {@link made}. */
  readonly same?: ReadonlySet<string>;
  readonly made?: JsonObject;
  /** By logical ID: properties that are written the same there come to the same. */
  readonly former?: ReadonlyMap<string, FormerResource>;
}

/**
 * A template as what CloudFormation makes of it, as far as that is known here: `Globals` merged into the resources, loops
 * written out, branches of conditions chosen, what a condition leaves out left out, mappings looked up, and function calls
 * with what they come to (see {@link resolved}). Two templates are compared in this form: what differs then is a change
 * of the stack, and what does not is none, however it is written.
 *
 * @param resolved what is known already: the very objects are used again
 */
export function effectiveTemplate({ template, known }: KnownTemplate, resolved: Resolved = {}): Template {
  const scope: Scope = { template, known: typed(template, known), conditions: new Map() };
  const merged = applyGlobals({ ...template, Resources: withoutLoops(template.Resources, scope) });
  return {
    ...merged,
    Resources: section(merged.Resources, scope, resolved),
    ...(isObject(merged.Outputs) && { Outputs: section(withoutLoops(merged.Outputs, scope), scope) }),
  };
}

/**
 * Two templates whose values can be compared: a parameter that both declare counts as unknown where only one side has a
 * value for it.
 */
export function comparable(
  before: KnownTemplate,
  after: KnownTemplate,
): { readonly before: KnownTemplate; readonly after: KnownTemplate } {
  const shared = (one: KnownTemplate, other: KnownTemplate): KnownTemplate => {
    const declared = declaredParameters(other.template);
    const isTold = (name: string): boolean =>
      Object.hasOwn(other.known, name) || !(Object.hasOwn(declared, name) || name.startsWith('AWS::'));
    const known = Object.entries(one.known).filter(([name]) => isTold(name));
    return { template: one.template, known: Object.fromEntries(known) };
  };
  return { before: shared(before, after), after: shared(after, before) };
}

/** A template as it comes to, with the values in it that are known. */
export const resolvedTemplate = (known: KnownTemplate): KnownTemplate => ({
  template: asResolved(effectiveTemplate(known)) as Template,
  known: known.known,
});

/** What conditions and expressions of a template come to with values of its parameters; `undefined`: not known here. */
export function evaluator({ template, known }: KnownTemplate): {
  condition(name: string): boolean | undefined;
  decision(expression: Json): boolean | undefined;
  value(expression: Json): Json | undefined;
} {
  const scope: Scope = { template, known: typed(template, known), conditions: new Map() };
  return {
    condition: (name) => conditionValue(name, scope),
    decision: (expression) => decide(expression, scope),
    value: (expression) => comesTo(expression, scope),
  };
}

/** Names of parameters that two templates share and that have other values in each, as far as values are known. */
export const changedNames = (before: KnownTemplate, after: KnownTemplate): ReadonlySet<string> =>
  new Set(
    Object.keys(after.known).filter(
      (name) => Object.hasOwn(before.known, name) && before.known[name] !== after.known[name],
    ),
  );

/** Resources or outputs, of which loops are written out. */
function section(entries: JsonObject, scope: Scope, { same, made = {}, former }: Resolved = {}): JsonObject {
  const result = emptyMap();
  for (const id of Object.keys(entries)) {
    const entry = entries[id] ?? null;
    if (!isObject(entry) || isLoop(id)) {
      result[id] = entry;
      continue;
    }
    const { Condition } = entry;
    const met = typeof Condition === 'string' ? conditionValue(Condition, scope) : undefined;
    if (met === false) continue;
    const known = same?.has(id) ? own(made, id) : undefined;
    result[id] = known ?? rewriteBeside(met ? withoutCondition(entry) : entry, former?.get(id), scope);
  }
  return filledMap(result);
}

const withoutCondition = ({ Condition: _, ...rest }: JsonObject): JsonObject => rest;

/** A resource rewritten, but for properties that are written as they were: these are taken from there. */
function rewriteBeside(entry: JsonObject, former: FormerResource | undefined, scope: Scope): Json {
  const { Properties: now, ...rest } = entry;
  const [old, made] = [former?.written.Properties, former?.made.Properties];
  if (!isProperties(now) || !isProperties(old) || !isProperties(made)) return rewrite(entry, scope);
  const properties: [string, Json][] = [];
  for (const key of Object.keys(now)) {
    const value = now[key] ?? null;
    const known = isAlike(own(old, key), value) ? own(made, key) : undefined;
    const after = known ?? rewrite(value, scope);
    if (!isNoValue(after)) properties.push([key, after]);
  }
  const others = rewrite(rest, scope);
  return { ...(isObject(others) ? others : {}), Properties: Object.fromEntries(properties) };
}

/** Entries that each stand for themselves. */
const isProperties = (value: Json | undefined): value is JsonObject =>
  isObject(value) && !isFunctionCall(value) && !Object.keys(value).some(isLoop);

/** Whether two values are written the same; scalars cost nothing to read again. */
const isAlike = (a: Json | undefined, b: Json): boolean =>
  typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b);
