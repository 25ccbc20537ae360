import { isObject, type Json, own, type Template } from '../types.ts';
import { changedNames, comparable, effectiveTemplate } from '../values/effective.ts';
import type { KnownTemplate } from '../values/known-value.ts';
import { diffTemplates } from './index.ts';
import type { EntryDiff, TemplateDiff } from './types.ts';

/** What changes, and the two sides in the form in which they were compared. */
export interface ComparedTemplates {
  readonly diff: TemplateDiff;
  readonly before: Template | undefined;
  readonly after: Template;
}

/**
 * What would change between two templates with the values of their parameters.
 *
 * @param before `undefined`: everything is new
 */
export function compareTemplates(before: KnownTemplate | undefined, after: KnownTemplate): ComparedTemplates {
  if (!before) {
    const all = effectiveTemplate(after);
    return { diff: diffTemplates(undefined, all), before: undefined, after: all };
  }
  const pair = comparable(before, after);
  const changed = changedNames(pair.before, pair.after);
  const old = effectiveTemplate(pair.before);
  const now = effectiveTemplate(pair.after, sameResources(pair.before, pair.after, old));
  const diff = diffTemplates(old, now, changed);
  const other = [...diff.other, ...otherConditions(before, after, diff)];
  return { diff: { ...diff, other }, before: old, after: now };
}

/**
 * Resources that are there before and after, but by another condition: nothing happens to them now, and something may
 * once its value changes.
 */
function otherConditions(
  before: KnownTemplate,
  after: KnownTemplate,
  { resources }: TemplateDiff,
): EntryDiff[] {
  const told = new Set(resources.map(({ logicalId }) => logicalId));
  const [old, now] = [before, after].map(({ template }) => template.Resources);
  return Object.keys(now ?? {}).flatMap((id): EntryDiff[] => {
    const [former, current] = [old, now].map((all) => {
      const resource = isObject(all) ? own(all, id) : undefined;
      return isObject(resource) ? resource : undefined;
    });
    if (!former || !current || told.has(id) || former.Condition === current.Condition) return [];
    const name = `${id}.Condition`;
    return [{ section: 'Resources', name, before: former.Condition, after: current.Condition }];
  });
}

/** Sections that what a resource comes to depends on. */
const SURROUNDINGS = ['Conditions', 'Globals', 'Mappings', 'Parameters', 'Transform'];

/**
 * Most resources are written the same on both sides: in the same surroundings they come to the same, which is what they
 * came to before, the very object.
 */
function sameResources(
  before: KnownTemplate,
  after: KnownTemplate,
  { Resources: made }: Template,
): ReadonlyMap<string, Json> {
  const surroundings = ({ template, known }: KnownTemplate): string =>
    JSON.stringify([SURROUNDINGS.map((name) => template[name] ?? null), Object.entries(known).sort()]);
  const [old, now] = [before.template.Resources, after.template.Resources];
  if (!isObject(old) || !isObject(now) || surroundings(before) !== surroundings(after)) return new Map();
  return new Map(
    Object.entries(made).filter(
      ([id]) =>
        Object.hasOwn(old, id) &&
        Object.hasOwn(now, id) &&
        JSON.stringify(old[id]) === JSON.stringify(now[id]),
    ),
  );
}
