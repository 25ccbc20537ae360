import { canonicalText } from './equivalence.ts';
import { applyGlobals } from './globals.ts';
import { type KnownTemplate, knownValue } from './known-value.ts';
import { declaredParameters } from './parameters.ts';
import { isObject, type Json, type JsonObject, own, scalarText, type Template } from './types.ts';

/**
 * Two templates as what CloudFormation makes of them, as far as that is known here: `Globals` merged into the resources,
 * branches of conditions chosen, what a condition leaves out left out, mappings looked up, and parameters filled in whose
 * values differ. A difference between the two is one of the stack; equal texts with other values are none otherwise.
 */
export function effectiveTemplates(
  before: KnownTemplate,
  after: KnownTemplate,
): { readonly before: Template; readonly after: Template } {
  const changed = new Set(
    Object.keys(after.known).filter(
      (name) => Object.hasOwn(before.known, name) && before.known[name] !== after.known[name],
    ),
  );
  return { before: effectiveTemplate(before, changed), after: effectiveTemplate(after, changed) };
}

/** @param filled names of parameters whose values take the place of references */
export function effectiveTemplate(
  { template, known }: KnownTemplate,
  filled: ReadonlySet<string> = new Set(),
): Template {
  const merged = applyGlobals(template);
  if (filled.size === 0 && !merged.Conditions && !merged.Mappings) return merged;
  const scope: Scope = { template: merged, known, filled, conditions: new Map() };
  return {
    ...merged,
    Resources: section(merged.Resources, scope),
    ...(isObject(merged.Outputs) && { Outputs: section(merged.Outputs, scope) }),
  };
}

interface Scope {
  readonly template: Template;
  readonly known: Readonly<Record<string, string>>;
  readonly filled: ReadonlySet<string>;
  /** What conditions come to; `undefined` where only CloudFormation can tell, and while one is being evaluated. */
  readonly conditions: Map<string, boolean | undefined>;
}

/** Resources or outputs. */
function section(entries: JsonObject, scope: Scope): JsonObject {
  return Object.fromEntries(
    Object.entries(entries).flatMap(([id, entry]): [string, Json][] =>
      isObject(entry) &&
      typeof entry.Condition === 'string' &&
      conditionValue(entry.Condition, scope) === false
        ? []
        : [[id, isLoop(id) ? entry : rewrite(entry, scope)]],
    ),
  );
}

/** A loop has variables of its own. */
const isLoop = (key: string): boolean => key.startsWith('Fn::ForEach::');

function rewrite(value: Json, scope: Scope): Json {
  if (Array.isArray(value))
    return value.map((item) => rewrite(item, scope)).filter((item) => !isNoValue(item));
  if (!isObject(value)) return value;
  const entries = Object.entries(value);
  const [first] = entries;
  if (first && entries.length === 1 && Object.hasOwn(FUNCTIONS, first[0])) {
    const result = FUNCTIONS[first[0]]?.(first[1], scope);
    if (result !== undefined) return result;
  }
  return Object.fromEntries(
    entries.flatMap(([key, item]): [string, Json][] => {
      const result = isLoop(key) ? item : rewrite(item, scope);
      return isNoValue(result) ? [] : [[key, result]];
    }),
  );
}

const isNoValue = (value: Json): boolean => isObject(value) && value.Ref === 'AWS::NoValue';

/** What function calls come to; `undefined` leaves one as it is. */
const FUNCTIONS: Readonly<Record<string, (argument: Json, scope: Scope) => Json | undefined>> = {
  Ref: (name, scope) => (typeof name === 'string' ? filledIn(name, scope) : undefined),
  'Fn::Sub': (argument, scope) => {
    const [text, variables] = Array.isArray(argument) ? argument : [argument];
    if (typeof text !== 'string') return undefined;
    const given = isObject(variables) ? variables : {};
    const filled = text.replace(/\$\{\s*([^!{}][^{}]*?)\s*\}/g, (whole, name: string) => {
      const value = Object.hasOwn(given, name) ? undefined : filledIn(name, scope);
      return typeof value === 'string' ? value.replaceAll('${', '${!') : whole;
    });
    return { 'Fn::Sub': isObject(variables) ? [filled, rewrite(variables, scope)] : filled };
  },
  'Fn::If': (argument, scope) => {
    const [name, yes, no] = Array.isArray(argument) ? argument : [];
    const met = typeof name === 'string' ? conditionValue(name, scope) : undefined;
    const branch = met === undefined ? undefined : met ? yes : no;
    return branch === undefined ? undefined : rewrite(branch, scope);
  },
  'Fn::FindInMap': (argument, scope) => {
    if (!Array.isArray(argument) || argument.length !== 3) return undefined;
    const keys = argument.map((key) => knownValue(rewrite(key, scope), scope.known));
    return keys.reduce<Json | undefined>(
      (at, key) => (isObject(at) && typeof key === 'string' ? own(at, key) : undefined),
      scope.template.Mappings,
    );
  },
};

function filledIn(name: string, { template, known, filled }: Scope): Json | undefined {
  const value = filled.has(name) ? own(known, name) : undefined;
  if (value === undefined) return undefined;
  const type = scalarText(own(declaredParameters(template), name)?.Type);
  return /^(CommaDelimitedList|List<)/.test(type) ? value.split(',').map((item) => item.trim()) : value;
}

function conditionValue(name: string, scope: Scope): boolean | undefined {
  const { template, conditions } = scope;
  if (conditions.has(name)) return conditions.get(name);
  conditions.set(name, undefined);
  const value = isObject(template.Conditions) ? decide(own(template.Conditions, name), scope) : undefined;
  conditions.set(name, value);
  return value;
}

function decide(value: Json | undefined, scope: Scope): boolean | undefined {
  if (!isObject(value)) return undefined;
  const [call, ...more] = Object.entries(value);
  if (!call || more.length > 0) return undefined;
  const [name, argument] = call;
  const parts = Array.isArray(argument) ? argument : [];
  switch (name) {
    case 'Condition':
      return typeof argument === 'string' ? conditionValue(argument, scope) : undefined;
    case 'Fn::Equals': {
      const [left, right] = parts.map((part) => knownValue(rewrite(part, scope), scope.known));
      return left === undefined || right === undefined
        ? undefined
        : canonicalText(left) === canonicalText(right);
    }
    case 'Fn::Not': {
      const negated = decide(parts[0], scope);
      return negated === undefined ? undefined : !negated;
    }
    case 'Fn::And':
      return joined(parts, false, scope);
    case 'Fn::Or':
      return joined(parts, true, scope);
    default:
      return undefined;
  }
}

/** One part that is decisive decides; without one, all have to be known. */
function joined(parts: readonly Json[], decisive: boolean, scope: Scope): boolean | undefined {
  const values = parts.map((part) => decide(part, scope));
  if (values.includes(decisive)) return decisive;
  return values.includes(undefined) ? undefined : !decisive;
}
