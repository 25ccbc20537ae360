import { isIntrinsic } from '../intrinsics.ts';
import { isObject, type Json, type JsonObject, own, scalarText } from '../types.ts';
import { canonicalText, equivalent } from '../values/equivalence.ts';
import { type Impact, propertyImpact } from './impact.ts';
import { alignLists } from './lists.ts';

/** A value at a path of a resource, e.g. `Properties.Environment.Variables.TABLE`. */
export interface ValueChange {
  readonly path: string;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
  readonly impact: Impact;
  /** Why, where the template's own text does not show it: `Orders is replaced`. */
  readonly cause?: string;
}

/** Keys of a resource that are looked at by themselves, or say nothing to CloudFormation. */
const APART = new Set(['Type', 'Properties', 'Metadata', 'IgnoreGlobals']);
/** The one part of the metadata that machines read: cfn-init. */
const INIT = 'AWS::CloudFormation::Init';

/** Every change between two resources of one type, as deep as it goes. */
export function diffValues(old: JsonObject, now: JsonObject, type: string): ValueChange[] {
  const changes: ValueChange[] = [];
  // Attributes such as DependsOn; SAM and macros know more of them than CloudFormation.
  for (const key of keysOf(old, now)) {
    if (APART.has(key)) continue;
    const before = own(old, key);
    const after = own(now, key);
    if (!equivalent(inAnyOrder(key, before), inAnyOrder(key, after)))
      changes.push({ path: key, before, after, impact: 'update' });
  }
  const [before, after] = [metadata(old), metadata(now)];
  if (!equivalent(before, after)) changes.push({ path: `Metadata.${INIT}`, before, after, impact: 'update' });
  compare(own(old, 'Properties') ?? {}, own(now, 'Properties') ?? {}, { type, path: [], changes });
  return changes;
}

/** Keys of two maps: those of the former in their order, then new ones. */
function keysOf(old: JsonObject, now: JsonObject): string[] {
  const keys = Object.keys(old);
  for (const key of Object.keys(now)) if (!Object.hasOwn(old, key)) keys.push(key);
  return keys;
}

const metadata = ({ Metadata }: JsonObject): Json | undefined =>
  isObject(Metadata) ? own(Metadata, INIT) : undefined;

/** DependsOn may be one name or a list, in any order; none is an empty one. */
const inAnyOrder = (key: string, value: Json | undefined): Json | undefined =>
  key !== 'DependsOn'
    ? value
    : (Array.isArray(value) ? value : value === undefined ? [] : [value]).map(canonicalText).sort();

type Path = readonly (string | number)[];

interface Comparison {
  readonly type: string;
  /** Of the values that are compared now; it grows and shrinks. */
  readonly path: (string | number)[];
  readonly changes: ValueChange[];
}

function compare(before: Json | undefined, after: Json | undefined, to: Comparison): void {
  if (before === after) return;
  const { type, path, changes } = to;
  if (isObject(before) && isObject(after) && !isIntrinsic(before) && !isIntrinsic(after)) {
    // Not compared as a whole first: each level would be compared again at each level above it.
    for (const key of keysOf(before, after)) {
      path.push(key);
      compare(own(before, key), own(after, key), to);
      path.pop();
    }
  } else if (equivalent(before, after)) return;
  else if (Array.isArray(before) && Array.isArray(after)) compareLists(before, after, to);
  else changes.push({ path: pathText(path), before, after, impact: propertyImpact(type, path) });
}

function compareLists(before: Json[], after: Json[], to: Comparison): void {
  const [old, now] = isTags([...before, ...after]) ? [byKey(before), byKey(after)] : [before, after];
  // Two elements alone are aligned whatever they are.
  const texts = (items: Json[]): string[] =>
    old.length === 1 && now.length === 1 ? [items === old ? '-' : '+'] : items.map(canonicalText);
  for (const pair of alignLists(texts(old), texts(now))) {
    // The index is where a reader finds the element: in the new list, unless it is gone.
    to.path.push(pair.after ?? pair.before ?? 0);
    compare(
      pair.before === undefined ? undefined : old[pair.before],
      pair.after === undefined ? undefined : now[pair.after],
      to,
    );
    to.path.pop();
  }
}

/** Tags are a set, whatever order they are written in. */
const isTags = (items: readonly Json[]): boolean =>
  items.every(
    (item) =>
      isObject(item) &&
      typeof item.Key === 'string' &&
      Object.keys(item).every((key) => /^(Key|Value|PropagateAtLaunch)$/.test(key)),
  );
const keyOf = (item: Json): string => (isObject(item) ? scalarText(item.Key) : '');
const byKey = (items: readonly Json[]): Json[] =>
  items.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0));

/** `Properties.Tags[0].Value` */
export const pathText = (path: Path): string =>
  path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : `${text}.${step}`),
    'Properties',
  );
