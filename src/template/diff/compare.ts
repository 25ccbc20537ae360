import { isObject, type JsonObject, own, type Template } from '../types.ts';
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
  const texts: Texts = { old: textsOf(before.template), now: textsOf(after.template) };
  if (isSame(before, after, texts)) return { diff: NOTHING, before: before.template, after: after.template };
  const pair = comparable(before, after);
  const changed = changedNames(pair.before, pair.after);
  const { same, plain, other: differing } = sameResources(pair.before, pair.after, texts);
  const old = effectiveTemplate(pair.before, { same: plain, made: before.template.Resources });
  const now = effectiveTemplate(pair.after, {
    same,
    made: old.Resources,
    former: formerOf(differing, old),
  });
  const diff = diffTemplates(old, now, changed);
  const other = [...diff.other, ...otherConditions(before, after, diff)];
  return { diff: { ...diff, other }, before: old, after: now };
}

/** How each resource is written, by logical ID: made once, as it is most of a template. */
interface Texts {
  readonly old: ReadonlyMap<string, string>;
  readonly now: ReadonlyMap<string, string>;
}

const textsOf = ({ Resources }: Template): ReadonlyMap<string, string> =>
  new Map(isObject(Resources) ? Object.keys(Resources).map((id) => [id, JSON.stringify(Resources[id])]) : []);

/** Whether both say the same, in the same order, with the same values: most targets of a preview are unchanged. */
function isSame(before: KnownTemplate, after: KnownTemplate, { old, now }: Texts): boolean {
  const around = ({ template }: KnownTemplate): string =>
    JSON.stringify(
      isObject(template.Resources) ? { ...template, Resources: Object.keys(template.Resources) } : template,
    );
  if (!isSameKnown(before.known, after.known) || around(before) !== around(after)) return false;
  for (const [id, text] of now) if (old.get(id) !== text) return false;
  return true;
}

function isSameKnown(before: KnownTemplate['known'], after: KnownTemplate['known']): boolean {
  const names = Object.keys(before);
  return (
    names.length === Object.keys(after).length && names.every((name) => own(after, name) === before[name])
  );
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
  readonly same: ReadonlySet<string>;
  /** Of these, those that can be compared as they are written: nothing in them is left out or added. */
  readonly plain: ReadonlySet<string>;
  /** Those that are written otherwise in the same surroundings, as they were. */
  readonly other: ReadonlyMap<string, JsonObject>;
}

/** What may leave out or add a part of a resource. */
const NOT_PLAIN = /"Fn::(?:If|ForEach)|"AWS::(?:Serverless::|CloudFormation::Stack")/;

/**
 * Resources that are written the same on both sides, in the same surroundings: they resolve to the same value. Most
 * resources are.
 */
function sameResources(before: KnownTemplate, after: KnownTemplate, texts: Texts): SameResources {
  const surroundings = ({ template, known }: KnownTemplate): string =>
    JSON.stringify([SURROUNDINGS.map((name) => template[name] ?? null), Object.entries(known).sort()]);
  const same = new Set<string>();
  const plain = new Set<string>();
  const other = new Map<string, JsonObject>();
  const [old, now] = [before.template.Resources, after.template.Resources];
  if (!isObject(old) || !isObject(now) || surroundings(before) !== surroundings(after))
    return { same, plain, other };
  for (const [id, text] of texts.old) {
    const current = texts.now.get(id);
    if (current === undefined) continue;
    const isPlain = !NOT_PLAIN.test(text);
    if (text === current) {
      same.add(id);
      if (isPlain) plain.add(id);
    } else if (isPlain) {
      // SAM's own resources have properties that stand in Globals.
      const former = old[id];
      if (isObject(former)) other.set(id, former);
    }
  }
  return { same, plain, other };
}

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
