import { isDeepStrictEqual } from 'node:util';
import { isObject, type Json, type JsonObject, own, type Template } from '../types.ts';
import { changedNames, comparable, effectiveTemplate, type FormerResource } from '../values/effective.ts';
import type { KnownTemplate } from '../values/known-value.ts';
import { diffTemplates } from './index.ts';
import { type EntryDiff, NOTHING, type TemplateDiff } from './types.ts';

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
  if (isSame(before, after)) return { diff: NOTHING, before: before.template, after: after.template };
  const pair = comparable(before, after);
  const changed = changedNames(pair.before, pair.after);
  const { same, plain, other: differing } = sameResources(pair.before, pair.after);
  const old = effectiveTemplate(pair.before, { same: plain });
  const now = effectiveTemplate(pair.after, { same: madeOf(same, old), former: formerOf(differing, old) });
  const diff = diffTemplates(old, now, changed);
  const other = [...diff.other, ...otherConditions(before, after, diff)];
  return { diff: { ...diff, other }, before: old, after: now };
}

/** Whether both say the same, in the same order, with the same values: most targets of a preview are unchanged. */
const isSame = (before: KnownTemplate, after: KnownTemplate): boolean =>
  isDeepStrictEqual(before.known, after.known) &&
  JSON.stringify(before.template) === JSON.stringify(after.template);

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
  const [old, now] = [before.template.Resources, after.template.Resources];
  if (!isObject(old) || !isObject(now)) return [];
  const found: EntryDiff[] = [];
  for (const id of Object.keys(now)) {
    const former = own(old, id);
    const current = now[id];
    if (!isObject(former) || !isObject(current) || told.has(id) || former.Condition === current.Condition)
      continue;
    const name = `${id}.Condition`;
    found.push({ section: 'Resources', name, before: former.Condition, after: current.Condition });
  }
  return found;
}

/** Sections on which the value of a resource depends. */
const SURROUNDINGS = ['Conditions', 'Globals', 'Mappings', 'Parameters', 'Transform'];

interface SameResources {
  /** Those that are written the same on both sides, in the same surroundings. */
  readonly same: readonly string[];
  /** Of these, those that can be compared as they are written: nothing in them is left out or added. */
  readonly plain: ReadonlyMap<string, Json>;
  /** Those that are written otherwise in the same surroundings, as they were. */
  readonly other: ReadonlyMap<string, JsonObject>;
}

/** What may leave out or add a part of a resource. */
const NOT_PLAIN = /"Fn::(?:If|ForEach)|"AWS::(?:Serverless::|CloudFormation::Stack")/;

/**
 * Resources that are written the same on both sides, in the same surroundings: they resolve to the same value. Most
 * resources are.
 */
function sameResources(before: KnownTemplate, after: KnownTemplate): SameResources {
  const surroundings = ({ template, known }: KnownTemplate): string =>
    JSON.stringify([SURROUNDINGS.map((name) => template[name] ?? null), Object.entries(known).sort()]);
  const same: string[] = [];
  const plain = new Map<string, Json>();
  const other = new Map<string, JsonObject>();
  const [old, now] = [before.template.Resources, after.template.Resources];
  if (!isObject(old) || !isObject(now) || surroundings(before) !== surroundings(after))
    return { same, plain, other };
  for (const id of Object.keys(old)) {
    if (!Object.hasOwn(now, id)) continue;
    const former = old[id];
    const text = JSON.stringify(former);
    if (text !== JSON.stringify(now[id])) {
      // SAM's own resources have properties that stand in Globals.
      if (isObject(former) && !NOT_PLAIN.test(text)) other.set(id, former);
      continue;
    }
    same.push(id);
    if (!NOT_PLAIN.test(text)) plain.set(id, former ?? null);
  }
  return { same, plain, other };
}

/** The former values of resources, to be reused as the same objects. */
const madeOf = (ids: readonly string[], { Resources }: Template): ReadonlyMap<string, Json> =>
  new Map(ids.filter((id) => Object.hasOwn(Resources, id)).map((id) => [id, Resources[id] ?? null]));

/** Differing resources, as they were written and came to. */
const formerOf = (
  differing: ReadonlyMap<string, JsonObject>,
  { Resources }: Template,
): ReadonlyMap<string, FormerResource> =>
  new Map(
    [...differing].flatMap(([id, written]): [string, FormerResource][] => {
      const made = own(Resources, id);
      return isObject(made) ? [[id, { written, made }]] : [];
    }),
  );
