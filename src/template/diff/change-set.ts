import { holdsData, type Impact } from './impact.ts';
import { worst } from './index.ts';
import type { ChangedResource, ResourceDiff, TemplateDiff } from './types.ts';
import type { ValueChange } from './values.ts';

/** A resource's change as a CloudFormation change set tells it. */
export interface ChangeSetChange {
  readonly action: 'Add' | 'Modify' | 'Remove' | 'Import' | 'Dynamic' | 'SyncWithActual';
  readonly logicalId: string;
  readonly type: string;
  readonly replacement: 'True' | 'False' | 'Conditional' | undefined;
  readonly policyAction?: string;
  readonly physicalId?: string;
  /** `target` is a path such as `Properties.MemorySize`; `cause` an entity such as `Orders.Arn`, or a kind of source. */
  readonly details: readonly {
    readonly target: string;
    readonly recreation: string;
    readonly cause: string;
    /** It was changed outside of CloudFormation. */
    readonly drift?: object;
    /** Nothing is done: it is that already. */
    readonly syncs?: true;
  }[];
}

/**
 * Corrects a diff by what CloudFormation itself says: whether resources are replaced, what becomes of their data, and
 * which resources change although their own text does not (generated ones, and what refers to changed ones).
 */
export function applyChangeSet(diff: TemplateDiff, changes: readonly ChangeSetChange[]): TemplateDiff {
  const known = new Map(diff.resources.map((each) => [each.logicalId, each]));
  const moved = movesIn(changes);
  for (const change of changes) {
    const corrected = correct(known.get(change.logicalId), change);
    const from = moved.get(change.logicalId);
    if (corrected)
      known.set(
        change.logicalId,
        from !== undefined && corrected.kind === 'added' ? { ...corrected, movedFrom: from } : corrected,
      );
  }
  // What goes on under another name is not removed.
  for (const from of moved.values()) known.delete(from);
  // What is not listed does not happen: it was a replacement that was only possible, or the same meaning in other words.
  const told = new Set(changes.map(({ logicalId }) => logicalId));
  // A change set lists a nested stack only, none of its resources.
  const isTold = ({ logicalId }: ResourceDiff): boolean =>
    told.has(logicalId) || told.has(logicalId.split('.')[0] ?? '');
  const resources = [...known.values()].filter(isTold);
  return { ...diff, resources: resources.sort((a, b) => (a.logicalId < b.logicalId ? -1 : 1)) };
}

/**
 * What a stack takes in under one logical ID and lets go, without deleting it, under another one; by the new one. That is
 * how resources are moved when a template is refactored.
 */
function movesIn(changes: readonly ChangeSetChange[]): ReadonlyMap<string, string> {
  const leaving = changes.filter(
    ({ action, policyAction }) => action === 'Remove' && policyAction === 'Retain',
  );
  return new Map(
    changes.flatMap(({ action, logicalId, type, physicalId }): [string, string][] => {
      const former = leaving.find((each) => each.type === type && each.physicalId === physicalId);
      return action === 'Import' && physicalId !== undefined && former ? [[logicalId, former.logicalId]] : [];
    }),
  );
}

function correct(diff: ResourceDiff | undefined, change: ChangeSetChange): ResourceDiff | undefined {
  const { logicalId, type, action, policyAction } = change;
  if (action === 'Remove') {
    const kept =
      policyAction === 'Retain' ? 'resource' : policyAction === 'Snapshot' ? 'snapshot' : 'nothing';
    if (diff?.kind === 'removed' && policyAction === undefined) return diff;
    const lost = diff?.kind === 'removed' && kept !== 'resource' ? diff.lostProtections : undefined;
    // Of a nested stack it is known what is in it.
    const holds = diff?.kind === 'removed' && diff.kept === 'nothing' ? diff.losesData : holdsData(type);
    const losesData = kept === 'nothing' && holds;
    return { kind: 'removed', logicalId, type, kept, losesData, ...(lost && { lostProtections: lost }) };
  }
  if (action === 'Add' || action === 'Import') {
    const added = diff ?? { kind: 'added', logicalId, type, properties: {} };
    if (action === 'Add' || added.kind !== 'added') return added;
    // It is no twin of what is removed, but a thing of its own.
    const { renamedFrom: _, ...imported } = added;
    return { ...imported, imported: true };
  }
  if ((diff && diff.kind !== 'changed') || action === 'SyncWithActual') return diff;
  return correctChange(diff, asUpdate(change));
}

/** A stack in a stack stays the same one, whatever is given to it: its changes may come dynamically, no more. */
function asUpdate(change: ChangeSetChange): ChangeSetChange {
  if (change.type !== 'AWS::CloudFormation::Stack' || change.replacement === 'True') return change;
  const details = change.details.map((each) => ({ ...each, recreation: 'Never' }));
  return { ...change, action: 'Modify', replacement: 'False', details };
}

function correctChange(
  diff: ChangedResource | undefined,
  change: ChangeSetChange,
): ChangedResource | undefined {
  const { logicalId, type, action, policyAction, replacement, details } = change;
  const told = toldChanges(details);
  const changes = [
    ...(diff?.changes ?? []).map((each) => {
      const found = told.filter(({ path }) => isWithin(each.path, path) || isWithin(path, each.path));
      // The impact on the whole resource is never worse than CloudFormation says.
      const impact = found.length > 0 ? worst(found) : replacement === 'False' ? 'update' : each.impact;
      return { ...each, impact };
    }),
    ...told.filter(
      ({ path }) =>
        !diff?.changes.some((each) => isWithin(each.path, path) || isWithin(path, each.path)) &&
        !(diff?.code && isCodePath(path)),
    ),
  ];
  if (changes.length === 0 && !diff?.code) return diff;
  const impact: Impact =
    action === 'Dynamic' || replacement === 'Conditional'
      ? 'may-replace'
      : replacement === 'True'
        ? 'replace'
        : replacement === 'False'
          ? 'update'
          : worst(changes);
  const keeps = policyAction !== undefined && /Retain|Snapshot/.test(policyAction);
  const data =
    policyAction === undefined && diff && diff.impact !== 'update'
      ? diff.losesData
      : holdsData(type) && !keeps;
  const losesData = impact !== 'update' && data;
  return {
    kind: 'changed',
    logicalId,
    type: diff?.type ?? type,
    impact,
    changes,
    code: diff?.code,
    losesData,
    ...(diff?.lostProtections && { lostProtections: diff.lostProtections }),
  };
}

/** One change a path: CloudFormation tells a static and a dynamic one of the same property. */
function toldChanges(details: ChangeSetChange['details']): ValueChange[] {
  const byPath = new Map<string, ValueChange>();
  for (const { target: path, recreation, cause, drift, syncs } of details) {
    if (path === '' || path === 'Metadata' || syncs) continue;
    const change: ValueChange = {
      path,
      before: undefined,
      after: undefined,
      impact: impactOf(recreation),
      cause: drift ? DRIFTED : causeText(cause),
    };
    const known = byPath.get(path);
    byPath.set(path, known ? { ...known, impact: worst([known, change]) } : change);
  }
  return [...byPath.values()];
}

const impactOf = (recreation: string): Impact =>
  recreation === 'Always' ? 'replace' : recreation === 'Conditionally' ? 'may-replace' : 'update';
const isWithin = (path: string, ancestor: string): boolean =>
  path === ancestor || path.startsWith(`${ancestor}.`) || path.startsWith(`${ancestor}[`);
const isCodePath = (path: string): boolean =>
  /^Properties\.(BuildConfig|Code|Content|CodeUri|ContentUri|ImageUri|InlineCode)\b/.test(path);

/** Kinds of sources that CloudFormation tells instead of an entity. */
const SOURCES: Readonly<Record<string, string>> = {
  DirectModification: 'the template changes it',
  Automatic: 'CloudFormation updates it with its nested stack',
  ParameterReference: 'a parameter changes',
  ResourceReference: 'a resource that it refers to changes',
  ResourceAttribute: 'an attribute that it refers to changes',
};
const DRIFTED = 'it was changed outside of CloudFormation';
const causeText = (cause: string): string =>
  (Object.hasOwn(SOURCES, cause) ? SOURCES[cause] : undefined) ??
  (cause === '' ? 'CloudFormation says so' : `${cause} changes`);
