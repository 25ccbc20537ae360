import type { ResourceDiff } from '../diff/types.ts';
import { references } from '../references.ts';
import { isObject, type Json, type JsonObject, own, type Template } from '../types.ts';
import { canonicalText, equivalent, textOf } from '../values/equivalence.ts';
import { asWritten } from '../values/resolved.ts';
import { PROTECTIONS } from './data/protections.ts';
import { lostGuards } from './guards.ts';
import { lessKept } from './kept-data.ts';
import { type DoorRow, rank, tableOf } from './table/rows.ts';
import { type Spot, spots, valuesAt } from './table/walk.ts';
import type { IamChange, LostProtection } from './types.ts';

/** Lost protections with what they protected under other names. */
export const withSubjects = (lost: readonly LostProtection[], name: (logicalId: string) => string) => ({
  lostProtections: lost.map((each) =>
    each.subject === undefined ? each : { ...each, subject: name(each.subject) },
  ),
});

/** The table of what protects. */
export const PROTECTION_TABLE = tableOf(PROTECTIONS);

/** Resources with what no longer protects them; what is told as open to everybody is not told again. */
export function withLostProtections(
  resources: readonly ResourceDiff[],
  {
    before,
    after,
    iam,
  }: { readonly before: Template; readonly after: Template; readonly iam: readonly IamChange[] },
): ResourceDiff[] {
  const renamed = new Set(
    resources.flatMap((each) => (each.kind === 'added' ? (each.renamedFrom ?? []) : [])),
  );
  const open = iam.filter(({ kind, concern }) => kind === 'added' && concern === 'public');
  const opened = new Set(open.map(({ logicalId, property }) => `${logicalId}\0${property}`));
  const said = new Set(open.map(({ logicalId, action }) => `${logicalId}\0${action}`));
  return resources.map((each) => {
    if (each.kind === 'added') return each;
    const { logicalId, type } = each;
    // Only something else that it refers to changes.
    if (resourceOf(before, logicalId) === resourceOf(after, logicalId)) return each;
    const [old, now] = [propertiesOf(before, logicalId), propertiesOf(after, logicalId)];
    const lost =
      each.kind === 'changed'
        ? [
            ...lostProtections(type, old, now),
            ...lostGuards({ type, before: old, after: now }, (what) => said.has(`${logicalId}\0${what}`)),
            ...removedProtections(each, { old, now, before, after }),
            ...lessKept(type, resourceOf(before, logicalId), resourceOf(after, logicalId)),
          ]
        : each.kept === 'resource' || renamed.has(logicalId)
          ? []
          : removedProtections(each, { old, before, after });
    const untold = lost.filter(({ property }) => !opened.has(`${logicalId}\0${property}`));
    return untold.length === 0 ? each : { ...each, lostProtections: untold };
  });
}

/** Denials that go with the whole policy that they stand in are told as that policy. */
export function withoutLostDenials(
  iam: readonly IamChange[],
  resources: readonly ResourceDiff[],
): readonly IamChange[] {
  const lost = new Set(
    resources.flatMap((each) =>
      each.kind === 'added'
        ? []
        : (each.lostProtections ?? []).map(({ property }) => `${each.logicalId}\0${property}`),
    ),
  );
  if (lost.size === 0) return iam;
  return iam.map((each) => {
    const { concern: _, ...rest } = each;
    return each.kind === 'removed' && lost.has(`${each.logicalId}\0${each.property}`) ? rest : each;
  });
}

function resourceOf({ Resources }: Template, logicalId: string): JsonObject {
  const resource = isObject(Resources) ? own(Resources, logicalId) : undefined;
  return isObject(resource) ? resource : {};
}

function propertiesOf(template: Template, logicalId: string): JsonObject {
  const { Properties } = resourceOf(template, logicalId);
  return isObject(Properties) ? Properties : {};
}

/** What protects a resource with the properties of before, and not, or not as well, with those of after. */
function lostProtections(type: string, before: JsonObject, after: JsonObject): LostProtection[] {
  const lost = PROTECTION_TABLE.of(type).flatMap((row) => {
    const [root] = row.path;
    if (root === undefined || equivalent(own(before, root), own(after, root))) return [];
    const [old, now] = [byKey(row, before), byKey(row, after)];
    return [...old].flatMap(([key, was]) => {
      const is = now.get(key) ?? (row.path.includes('{}') ? was.map(withoutValue) : []);
      if (!isWeaker(row, was, is)) return [];
      return [{ each: told(row, strongest(row, was), strongest(row, is, -1)), partOf: row.whom }];
    });
  });
  const isPart = ({ each, partOf }: (typeof lost)[number]): boolean =>
    lost.some((other) => other.each.what === partOf && parent(other.each.property) === parent(each.property));
  return lost.filter((each) => !isPart(each)).map(({ each }) => each);
}

const parent = (property: string): string => property.slice(0, Math.max(0, property.lastIndexOf('.')));
/** An entry of a map that is gone. */
const withoutValue = (spot: Spot): Spot => ({ ...spot, value: undefined });

const byKey = (row: DoorRow, properties: JsonObject): ReadonlyMap<string, Spot[]> =>
  Map.groupBy(
    spots(properties, row.path, conditionPaths(row)).filter((spot) => isMeant(row, spot)),
    ({ key }) => key,
  );

const conditionPaths = ({ conditions }: DoorRow) =>
  conditions.map((each) => ('path' in each ? each.path : []));

const isMeant = ({ conditions }: DoorRow, { beside }: Pick<Spot, 'beside'>): boolean =>
  conditions.every(
    (each, index) =>
      'named' in each || (beside[index] ?? []).some((value) => (rank(value, each) ?? 0) > 0 === each.met),
  );

const ranks = (row: DoorRow, found: readonly Spot[]): number[] =>
  found.flatMap(({ value }) => rank(value, row) ?? []);

/** In the best or in the worst case: undecided conditions may go either way. */
function isWeaker(row: DoorRow, before: readonly Spot[], after: readonly Spot[]): boolean {
  const [old, now] = [ranks(row, before), ranks(row, after)];
  if (old.length === 0 || now.length === 0) return false;
  return Math.min(...now) < Math.min(...old) || Math.max(...now) < Math.max(...old);
}

const strongest = (row: DoorRow, found: readonly Spot[], sign = 1): Spot | undefined =>
  [...found].sort((a, b) => sign * ((rank(b.value, row) ?? 0) - (rank(a.value, row) ?? 0)))[0];

function told({ what }: DoorRow, old: Spot | undefined, now: Spot | undefined): LostProtection {
  const property = now?.property ?? old?.property ?? '';
  const [before, after] = [shown(old?.value), shown(now?.value)];
  return before === after ? { what, property } : { what, property, before, after };
}

/** A value in a word, as its author wrote it. */
function shown(value: Json | undefined): string {
  if (value === undefined) return 'none';
  const written = asWritten(value);
  if (isObject(written) && typeof written.Ref === 'string') return `!Ref ${written.Ref}`;
  if (typeof written === 'object') return Array.isArray(written) ? `${written.length} of them` : 'set';
  return textOf(written);
}

/** A resource that protects, on both sides; `now` is `undefined` where it is removed. */
interface Protector {
  readonly old: JsonObject;
  readonly now?: JsonObject;
  readonly before: Template;
  readonly after: Template;
}

/** What a resource protected that is removed, or protects something else, and nothing like it protects any more. */
function removedProtections(
  { logicalId, type }: ResourceDiff,
  { old, now, before, after }: Protector,
): LostProtection[] {
  return PROTECTION_TABLE.of(type).flatMap((row) => {
    if (
      row.path.length > 0 ||
      (now && !isForOthers(row, old, now)) ||
      !isMeant(row, {
        beside: row.conditions.map((each) => ('path' in each ? valuesAt(old, each.path) : [])),
      })
    )
      return [];
    const subject = row.subject === undefined ? undefined : valuesAt(old, row.subject);
    const names = references((subject ?? []).map(orNull)).map(({ name }) => name);
    const isGone = names.some((name) => has(before, name) && !has(after, name));
    if (isGone || hasLike(row, subject, { before, after })) return [];
    const holder = names.find((name) => has(after, name));
    return [
      {
        what: row.what,
        property: '',
        ...(holder !== undefined && holder !== logicalId && { subject: holder }),
      },
    ];
  });
}

/** Whether a resource protects something else than before. */
const isForOthers = ({ subject }: DoorRow, old: JsonObject, now: JsonObject): boolean =>
  subject !== undefined &&
  canonicalText(valuesAt(old, subject).map(orNull)) !== canonicalText(valuesAt(now, subject).map(orNull));

const has = ({ Resources }: Template, logicalId: string): boolean =>
  isObject(Resources) && Object.hasOwn(Resources, logicalId);

/** Whether a new resource does the same for the same. */
function hasLike(
  { type, subject }: DoorRow,
  whose: readonly (Json | undefined)[] | undefined,
  { before, after }: { readonly before: Template; readonly after: Template },
): boolean {
  const resources = isObject(after.Resources) ? Object.entries(after.Resources) : [];
  return resources.some(
    ([logicalId, resource]) =>
      isObject(resource) &&
      textOf(own(resource, 'Type')) === type &&
      !has(before, logicalId) &&
      (subject === undefined ||
        canonicalText(valuesAt(propertiesOf(after, logicalId), subject).map(orNull)) ===
          canonicalText((whose ?? []).map(orNull))),
  );
}

const orNull = (value: Json | undefined): Json => value ?? null;
