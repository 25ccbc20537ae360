import { propertyPath, references } from '../references.ts';
import { isObject, type Json, type JsonObject, own, type Template, type TemplatePath } from '../types.ts';
import { textOf } from '../values/equivalence.ts';
import { isRevision, keptBy } from './deletion-policy.ts';
import { holdsData, propertyImpact } from './impact.ts';
import type { ChangedResource, ResourceDiff } from './types.ts';
import { pathText, type ValueChange } from './values.ts';

/**
 * A resource that is replaced has another physical ID: whatever refers to it changes too, and may have to be replaced
 * itself where it refers to it in a property that cannot be updated; and so on.
 */
export function withDependants(diffs: readonly ResourceDiff[], after: Template): ResourceDiff[] {
  const known = new Map(diffs.map((each) => [each.logicalId, each]));
  const resources = isObject(after.Resources) ? after.Resources : {};
  let news = causes(diffs);
  const told = new Set(news.keys());
  // Most often nothing follows from what follows from these: all mentions are read only where something does.
  let mentions = news.size > 0 ? mentionsIn(resources, new Set(told)) : new Map<string, Mention[]>();
  let isComplete = false;
  while (news.size > 0) {
    const derived = new Map<string, ValueChange[]>();
    for (const [name, cause] of news) {
      for (const { logicalId, path } of mentions.get(name) ?? []) {
        const diff = known.get(logicalId);
        if (logicalId === name || (diff && diff.kind !== 'changed')) continue;
        const text = pathText(path);
        const changes = derived.get(logicalId) ?? [];
        if ([...(diff?.changes ?? []), ...changes].some((each) => each.path === text)) continue;
        const impact =
          propertyImpact(typeOf(resources, logicalId), path) === 'update' ? 'update' : 'may-replace';
        derived.set(logicalId, [
          ...changes,
          { path: text, before: undefined, after: undefined, impact, cause },
        ]);
      }
    }
    const found = [...derived].map(([logicalId, changes]) =>
      merged(
        known.get(logicalId),
        { logicalId, type: typeOf(resources, logicalId) },
        resources[logicalId],
        changes,
      ),
    );
    for (const each of found) known.set(each.logicalId, each);
    news = new Map([...causes(found)].filter(([logicalId]) => !told.has(logicalId)));
    for (const logicalId of news.keys()) told.add(logicalId);
    if (news.size > 0 && !isComplete) {
      mentions = mentionsIn(resources);
      isComplete = true;
    }
  }
  return [...known.values()].sort((a, b) => (a.logicalId < b.logicalId ? -1 : 1));
}

const typeOf = (resources: JsonObject, logicalId: string): string => {
  const resource = resources[logicalId];
  return isObject(resource) ? textOf(own(resource, 'Type')) : '';
};

/** A property whose value is computed from something. */
interface Mention {
  readonly logicalId: string;
  readonly path: TemplatePath;
}

/**
 * References by the name that they refer to.
 *
 * @param names of what; everything by default
 */
function mentionsIn(resources: JsonObject, names?: ReadonlySet<string>): Map<string, Mention[]> {
  const found = new Map<string, Mention[]>();
  for (const logicalId of Object.keys(resources)) {
    const resource = resources[logicalId];
    if (!isObject(resource)) continue;
    for (const { kind, name, path } of references(own(resource, 'Properties') ?? {}, [], names)) {
      if (kind !== 'Ref' && kind !== 'GetAtt') continue;
      const mention = { logicalId, path: propertyPath(path) };
      const others = found.get(name);
      if (others) others.push(mention);
      else found.set(name, [mention]);
    }
  }
  return found;
}

/**
 * The resources that get, or may get, another physical ID, and why. New content of a layer makes a new version of it; a
 * revision of a web function is made anew with every change.
 */
const causes = (diffs: readonly ResourceDiff[]): ReadonlyMap<string, string> =>
  new Map(
    diffs.flatMap((each): [string, string][] => {
      if (each.kind !== 'changed') return [];
      if (each.code?.kind === 'layer') return [[each.logicalId, `${each.logicalId} gets a new version`]];
      const isNew = isRevision(each);
      if (each.impact === 'update' && !(isNew && each.code)) return [];
      const sure = each.impact === 'replace' || (isNew && each.code) ? 'is' : 'may be';
      return [[each.logicalId, `${each.logicalId} ${sure} ${isNew ? 'a new revision' : 'replaced'}`]];
    }),
  );

function merged(
  diff: ResourceDiff | undefined,
  identity: { readonly logicalId: string; readonly type: string },
  resource: Json | undefined,
  derived: readonly ValueChange[],
): ChangedResource {
  const base: ChangedResource =
    diff?.kind === 'changed'
      ? diff
      : {
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
      losesData:
        holdsData(identity.type) &&
        keptBy(isObject(resource) ? own(resource, 'UpdateReplacePolicy') : undefined) === 'nothing',
    }),
    changes: [...base.changes, ...derived],
  };
}
