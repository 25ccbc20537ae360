import type { ChangedResource, ResourceDiff } from './diff.ts';
import { pathText, type ValueChange } from './diff-values.ts';
import { own, textOf } from './equivalence.ts';
import { propertyImpact } from './impact.ts';
import { references } from './references.ts';
import { isObject, type Template } from './types.ts';

/**
 * A resource that is replaced has another physical ID: whatever refers to it changes too, and may have to be replaced
 * itself where it refers to it in a property that cannot be updated.
 */
export function withDependants(diffs: readonly ResourceDiff[], after: Template): ResourceDiff[] {
  const replaced = new Set(
    diffs.flatMap((each) => (each.kind === 'changed' && each.impact === 'replace' ? [each.logicalId] : [])),
  );
  if (replaced.size === 0) return [...diffs];
  const known = new Map(diffs.map((each) => [each.logicalId, each]));
  for (const [logicalId, resource] of Object.entries(isObject(after.Resources) ? after.Resources : {})) {
    const diff = known.get(logicalId);
    if (!isObject(resource) || (diff && diff.kind !== 'changed')) continue;
    const type = diff?.type ?? textOf(own(resource, 'Type'));
    const direct = new Set(diff?.changes.map(({ path }) => path));
    const derived = [...derivedChanges(logicalId, type, own(resource, 'Properties') ?? {}, replaced)].filter(
      ({ path }) => !direct.has(path),
    );
    if (derived.length > 0) known.set(logicalId, merged(diff, { logicalId, type }, derived));
  }
  return [...known.values()].sort((a, b) => (a.logicalId < b.logicalId ? -1 : 1));
}

function* derivedChanges(
  logicalId: string,
  type: string,
  properties: Parameters<typeof references>[0],
  replaced: ReadonlySet<string>,
): Generator<ValueChange> {
  const seen = new Set<string>();
  for (const { kind, name, path } of references(properties)) {
    if ((kind !== 'Ref' && kind !== 'GetAtt') || !replaced.has(name) || name === logicalId) continue;
    // The property whose value is computed, not the place of the reference inside of the computation.
    const call = path.findIndex((step) => typeof step === 'string' && step.startsWith('Fn::'));
    const property = call < 0 ? path : path.slice(0, call);
    const text = pathText(property);
    if (seen.has(text)) continue;
    seen.add(text);
    const impact = propertyImpact(type, property) === 'update' ? 'update' : 'may-replace';
    yield { path: text, before: undefined, after: undefined, impact, cause: `${name} is replaced` };
  }
}

function merged(
  diff: ChangedResource | undefined,
  identity: { readonly logicalId: string; readonly type: string },
  derived: readonly ValueChange[],
): ChangedResource {
  const mayReplace = derived.some(({ impact }) => impact === 'may-replace');
  const base: ChangedResource = diff ?? {
    kind: 'changed',
    ...identity,
    impact: 'update',
    changes: [],
    code: undefined,
    losesData: false,
  };
  return {
    ...base,
    impact: base.impact === 'update' && mayReplace ? 'may-replace' : base.impact,
    changes: [...base.changes, ...derived],
  };
}
