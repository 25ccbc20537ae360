import { type ChangedResource, keptBy, type ResourceDiff } from './diff.ts';
import { pathText, type ValueChange } from './diff-values.ts';
import { own, textOf } from './equivalence.ts';
import { holdsData, propertyImpact } from './impact.ts';
import { propertyPath, references } from './references.ts';
import { isObject, type Json, type JsonObject, type Template } from './types.ts';

/**
 * A resource that is replaced has another physical ID: whatever refers to it changes too, and may have to be replaced
 * itself where it refers to it in a property that cannot be updated; and so on.
 */
export function withDependants(diffs: readonly ResourceDiff[], after: Template): ResourceDiff[] {
  const known = new Map(diffs.map((each) => [each.logicalId, each]));
  const resources = Object.entries(isObject(after.Resources) ? after.Resources : {}).filter(
    (entry): entry is [string, JsonObject] => isObject(entry[1]),
  );
  let news = causes(diffs);
  const told = new Set(news.keys());
  while (news.size > 0) {
    const found: ChangedResource[] = [];
    for (const [logicalId, resource] of resources) {
      const diff = known.get(logicalId);
      if (diff && diff.kind !== 'changed') continue;
      const type = diff?.type ?? textOf(own(resource, 'Type'));
      const listed = new Set(diff?.changes.map(({ path }) => path));
      const derived = [...derivedChanges(logicalId, type, own(resource, 'Properties') ?? {}, news)].filter(
        ({ path }) => !listed.has(path),
      );
      if (derived.length > 0) found.push(merged(diff, { logicalId, type }, resource, derived));
    }
    for (const each of found) known.set(each.logicalId, each);
    news = new Map([...causes(found)].filter(([logicalId]) => !told.has(logicalId)));
    for (const logicalId of news.keys()) told.add(logicalId);
  }
  return [...known.values()].sort((a, b) => (a.logicalId < b.logicalId ? -1 : 1));
}

/** What has another physical ID afterwards, or may have one, and why; new content of a layer is a new version of it. */
const causes = (diffs: readonly ResourceDiff[]): ReadonlyMap<string, string> =>
  new Map(
    diffs.flatMap((each): [string, string][] => {
      if (each.kind !== 'changed') return [];
      if (each.code?.kind === 'layer') return [[each.logicalId, `${each.logicalId} gets a new version`]];
      if (each.impact === 'update') return [];
      return [[each.logicalId, `${each.logicalId} ${each.impact === 'replace' ? 'is' : 'may be'} replaced`]];
    }),
  );

function* derivedChanges(
  logicalId: string,
  type: string,
  properties: Json,
  news: ReadonlyMap<string, string>,
): Generator<ValueChange> {
  const seen = new Set<string>();
  for (const { kind, name, path } of references(properties)) {
    const cause = news.get(name);
    if ((kind !== 'Ref' && kind !== 'GetAtt') || cause === undefined || name === logicalId) continue;
    const property = propertyPath(path);
    const text = pathText(property);
    if (seen.has(text)) continue;
    seen.add(text);
    const impact = propertyImpact(type, property) === 'update' ? 'update' : 'may-replace';
    yield { path: text, before: undefined, after: undefined, impact, cause };
  }
}

function merged(
  diff: ChangedResource | undefined,
  identity: { readonly logicalId: string; readonly type: string },
  resource: JsonObject,
  derived: readonly ValueChange[],
): ChangedResource {
  const base: ChangedResource = diff ?? {
    kind: 'changed',
    ...identity,
    impact: 'update',
    changes: [],
    code: undefined,
    losesData: false,
  };
  const mayReplace = base.impact === 'update' && derived.some(({ impact }) => impact === 'may-replace');
  return {
    ...base,
    ...(mayReplace && {
      impact: 'may-replace',
      losesData: holdsData(identity.type) && keptBy(own(resource, 'UpdateReplacePolicy')) === 'nothing',
    }),
    changes: [...base.changes, ...derived],
  };
}
