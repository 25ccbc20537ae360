import { iamChanges } from '../iam/index.ts';
import { withLostProtections, withoutLostDenials } from '../iam/protection.ts';
import { isIntrinsic } from '../intrinsics.ts';
import { references } from '../references.ts';
import { isObject, isYes, type Json, type JsonObject, own, type Template } from '../types.ts';
import { canonicalText, equivalent } from '../values/equivalence.ts';
import { asWritten } from '../values/resolved.ts';
import { isAssetParameter, splitCode } from './code.ts';
import { defaultDeletionPolicy, isSnapshot, keptBy, typeOf } from './deletion-policy.ts';
import { withDependants } from './dependants.ts';
import { holdsData, type Impact } from './impact.ts';
import { withKeptName } from './names.ts';
import type { AddedResource, EntryDiff, ResourceDiff, TemplateDiff } from './types.ts';
import { diffValues, type ValueChange } from './values.ts';

const SECTIONS_APART = new Set([
  'Resources',
  'Outputs',
  'Parameters',
  'Metadata',
  'AWSTemplateFormatVersion',
]);

/** Names of parameters whose values differ, to say so. */
type Changed = ReadonlySet<string>;

/**
 * What would change. Key order, metadata and equivalent ways of writing are no change; what follows from a replacement
 * (a new physical ID in the properties of others) is one.
 *
 * @param before `undefined`: everything is new
 * @param changed names of parameters whose values differ: a cause where both templates are written the same
 */
export function diffTemplates(
  before: Template | undefined,
  after: Template,
  changed: Changed = new Set(),
): TemplateDiff {
  const old: Template = before ?? { Resources: {} };
  const sections = new Set(
    [...Object.keys(old), ...Object.keys(after)].filter((name) => !SECTIONS_APART.has(name)),
  );
  const [oldResources, newResources] = [resourcesOf(old), resourcesOf(after)];
  const iam = iamChanges(old, after);
  const resources = withLostProtections(withDependants(diffResources(oldResources, newResources), after), {
    before: old,
    after,
    iam,
  });
  const outputs = diffEntries('Outputs', old.Outputs, after.Outputs);
  return {
    resources: resources.map((each) =>
      shownResource(withKeptName(each, oldResources, newResources), changed),
    ),
    outputs: [...outputs.map((each) => shown(each, changed)), ...dependentOutputs(resources, outputs, after)],
    parameters: diffEntries('Parameters', masked(old.Parameters), masked(after.Parameters)).filter(
      ({ name }) => !isAssetParameter(name),
    ),
    other: [...sections].sort().flatMap((name) => diffSection(name, own(old, name), own(after, name))),
    iam: withoutLostDenials(iam, resources),
  };
}

/** Outputs that are written the same, but refer to something that is replaced. */
function dependentOutputs(
  resources: readonly ResourceDiff[],
  changed: readonly EntryDiff[],
  { Outputs }: Template,
): EntryDiff[] {
  const replaced = new Set(
    resources.flatMap((each) =>
      each.kind === 'changed' && each.impact === 'replace' ? [each.logicalId] : [],
    ),
  );
  const told = new Set(changed.map(({ name }) => name));
  return Object.entries(isObject(Outputs) ? Outputs : {}).flatMap(([name, output]) => {
    const found = [...references(output)].find((each) => replaced.has(each.name));
    return found && !told.has(name)
      ? [
          {
            section: 'Outputs',
            name,
            before: undefined,
            after: undefined,
            cause: `${found.name} is replaced`,
          },
        ]
      : [];
  });
}

/** Everything as its author wrote it. */
function shownResource(diff: ResourceDiff, changed: Changed): ResourceDiff {
  if (diff.kind === 'removed') return diff;
  return diff.kind === 'added'
    ? { ...diff, properties: asWrittenMap(diff.properties) }
    : { ...diff, changes: diff.changes.map((each) => shown(each, changed)) };
}

const asWrittenMap = (map: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(map).map(([key, value]) => [key, asWritten(value)]));

/** Both sides as their authors wrote them; where these are the same, the reason why their values differ. */
function shown<Change extends { before: Json | undefined; after: Json | undefined; cause?: string }>(
  change: Change,
  changed: Changed,
): Change {
  if (change.cause !== undefined) return change;
  const { before: old, after: now } = change;
  const before = old === undefined ? undefined : asWritten(old);
  const after = now === undefined ? undefined : asWritten(now);
  if (before === undefined || after === undefined || !equivalent(before, after))
    return { ...change, before, after };
  const names = new Set([...references(after)].map(({ name }) => name).filter((name) => changed.has(name)));
  const cause =
    names.size === 0
      ? 'what it refers to changes'
      : `parameter${names.size > 1 ? 's' : ''} ${[...names].join(', ')} ${names.size > 1 ? 'change' : 'changes'}`;
  return { ...change, before: undefined, after: undefined, cause };
}

/** Whether there is nothing to deploy. */
export function isEmptyDiff(diff: TemplateDiff): boolean {
  return [diff.resources, diff.outputs, diff.parameters, diff.other].every((part) => part.length === 0);
}

/** Loops over unknown values and fragments are compared as a whole; so is an entry that is no resource. */
function resourcesOf({ Resources }: Template): ReadonlyMap<string, JsonObject> {
  const all = isObject(Resources) ? Resources : {};
  const found = new Map<string, JsonObject>();
  for (const logicalId of Object.keys(all)) {
    const value = all[logicalId] ?? null;
    const isResource = isObject(value) && !logicalId.startsWith('Fn::');
    found.set(
      logicalId,
      isResource ? value : { Type: /^Fn::\w+/.exec(logicalId)?.[0] ?? '', Properties: { Value: value } },
    );
  }
  return found;
}

function diffResources(
  before: ReadonlyMap<string, JsonObject>,
  after: ReadonlyMap<string, JsonObject>,
): ResourceDiff[] {
  const ids: string[] = [];
  // Most are the very same on both sides.
  for (const [id, resource] of before) if (after.get(id) !== resource) ids.push(id);
  for (const id of after.keys()) if (!before.has(id)) ids.push(id);
  const renamed = renames(before, after);
  return ids
    .sort()
    .flatMap((logicalId) =>
      diffResource(logicalId, before.get(logicalId), after.get(logicalId), renamed.get(logicalId)),
    );
}

function diffResource(
  logicalId: string,
  old: JsonObject | undefined,
  now: JsonObject | undefined,
  renamedFrom: string | undefined,
): ResourceDiff[] {
  if (!old) {
    if (!now) return [];
    const added: AddedResource = {
      kind: 'added',
      logicalId,
      type: typeOf(now),
      properties: propertiesOf(now),
    };
    return [renamedFrom === undefined ? added : { ...added, renamedFrom }];
  }
  const oldType = typeOf(old);
  if (!now) {
    const kept = keptBy(own(old, 'DeletionPolicy') ?? defaultDeletionPolicy(oldType, propertiesOf(old)));
    return [
      {
        kind: 'removed',
        logicalId,
        type: oldType,
        kept,
        losesData: holdsData(oldType) && kept === 'nothing',
      },
    ];
  }
  const type = typeOf(now);
  const losesData = (impact: Impact) =>
    impact !== 'update' && holdsData(oldType) && keptBy(own(now, 'UpdateReplacePolicy')) === 'nothing';
  if (oldType !== type) {
    const isSam = [oldType, type].some((each) => each.startsWith('AWS::Serverless::'));
    const change: ValueChange = {
      path: 'Type',
      before: oldType,
      after: type,
      impact: 'replace',
      // SAM makes another type of it, which may be the same as before.
      ...(!isSam && { cause: 'CloudFormation refuses to change it: give the new resource an ID of its own' }),
    };
    return [
      {
        kind: 'changed',
        logicalId,
        type,
        impact: 'replace',
        changes: [change],
        code: undefined,
        losesData: losesData('replace'),
      },
    ];
  }
  const { code, changes } = splitCode(type, old, now, diffValues(old, now, type));
  if (changes.length === 0 && !code) return [];
  // A layer version is immutable: new content is a new version. That is its nature, and no caution.
  const impact = worst(changes);
  return [{ kind: 'changed', logicalId, type, impact, changes, code, losesData: losesData(impact) }];
}

const propertiesOf = (resource: JsonObject): JsonObject =>
  isObject(resource.Properties) ? resource.Properties : {};

/** The worst impact of several changes. */
export function worst(changes: readonly ValueChange[]): Impact {
  const impacts = changes.map(({ impact }) => impact);
  return impacts.includes('replace') ? 'replace' : impacts.includes('may-replace') ? 'may-replace' : 'update';
}

/** Added logical IDs that look like a removed resource under a new name: the only pair that is exactly alike. */
function renames(
  before: ReadonlyMap<string, JsonObject>,
  after: ReadonlyMap<string, JsonObject>,
): ReadonlyMap<string, string> {
  const likeness = (resource: JsonObject) => canonicalText([typeOf(resource), propertiesOf(resource)]);
  const removed = new Map<string, string[]>();
  const added = new Map<string, string[]>();
  const note = (found: Map<string, string[]>, logicalId: string, like: string): void => {
    const others = found.get(like);
    if (others) others.push(logicalId);
    else found.set(like, [logicalId]);
  };
  before.forEach((resource, id) => {
    const isGone = !after.has(id) && !isSnapshot(resource);
    if (isGone && keptBy(own(resource, 'DeletionPolicy')) !== 'resource')
      note(removed, id, likeness(resource));
  });
  after.forEach((resource, id) => {
    if (!before.has(id)) note(added, id, likeness(resource));
  });
  return new Map(
    [...added].flatMap(([like, news]): [string, string][] => {
      const olds = removed.get(like) ?? [];
      const [now, old] = [news[0], olds[0]];
      return news.length === 1 && olds.length === 1 && now !== undefined && old !== undefined
        ? [[now, old]]
        : [];
    }),
  );
}

function diffEntries(section: string, before: Json | undefined, after: Json | undefined): EntryDiff[] {
  const [old, now] = [isObject(before) ? before : {}, isObject(after) ? after : {}];
  return [...new Set([...Object.keys(now), ...Object.keys(old)])]
    .filter((name) => !equivalent(own(old, name), own(now, name)))
    .map((name) => ({ section, name, before: own(old, name), after: own(now, name) }));
}

/** Maps that both sides have are compared entry by entry, down to what differs; anything else as a whole. */
function diffSection(
  section: string,
  before: Json | undefined,
  after: Json | undefined,
  path: readonly string[] = [],
): EntryDiff[] {
  if (equivalent(before, after)) return [];
  const [old, now] = path.length === 0 ? [before ?? {}, after ?? {}] : [before, after];
  if (!isObject(old) || !isObject(now) || isIntrinsic(old) || isIntrinsic(now))
    return [{ section, name: path.join('.'), before, after }];
  return [...new Set([...Object.keys(now), ...Object.keys(old)])].flatMap((key) =>
    diffSection(section, own(old, key), own(now, key), [...path, key]),
  );
}

/** The default of a NoEcho parameter is as secret as its value; whether it changes is left to the change set. */
function masked(parameters: Json | undefined): Json | undefined {
  if (!isObject(parameters)) return parameters;
  return Object.fromEntries(
    Object.entries(parameters).map(([name, parameter]) => [
      name,
      isObject(parameter) && isYes(own(parameter, 'NoEcho')) && own(parameter, 'Default') !== undefined
        ? { ...parameter, Default: '****' }
        : parameter,
    ]),
  );
}
