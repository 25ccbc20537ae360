import { isRevision } from '../template/diff/deletion-policy.ts';
import type { AddedResource, ResourceDiff } from '../template/diff/types.ts';
import type { ValueChange } from '../template/diff/values.ts';
import { own } from '../template/types.ts';
import { singleLine } from '../text/harmless.ts';
import { cautions } from './cautions.ts';
import type { StackReport } from './model.ts';
import { propertyNames, resourceLines, resourceTitle, withoutElements } from './sections.ts';
import { ACTIONS, type Action, actionOf, actionText } from './verdict.ts';

/** Changes of what one resource of the author's template is made into. */
interface Group {
  /** The logical ID in the author's template; `undefined` for a resource that is what its author wrote. */
  readonly maker: string | undefined;
  /** The resource of the maker's own logical ID first. */
  readonly shown: readonly ResourceDiff[];
  /** Those that need nobody's eyes; none, or several. */
  readonly folded: readonly ResourceDiff[];
}

/** Changed resources, what a transform makes of one resource together; in the order of their logical IDs. */
function groupsOf(stack: StackReport): readonly Group[] {
  const { diff, madeBy = {} } = stack;
  const cautioned = new Set(cautions(stack).map(({ logicalId }) => logicalId));
  const permitting = new Set(diff.iam.map(({ logicalId }) => logicalId));
  const makers = new Set(Object.values(madeBy));
  const groups = Map.groupBy(diff.resources, ({ logicalId }) => own(madeBy, logicalId) ?? logicalId);
  return [...groups].map(([name, resources]) => {
    const maker = makers.has(name) ? name : undefined;
    const isOwn = ({ logicalId }: ResourceDiff): boolean => logicalId === name;
    const isFolded = (each: ResourceDiff): boolean =>
      !isOwn(each) && !cautioned.has(each.logicalId) && isRoutine(each, resources, permitting);
    const folded = resources.filter(isFolded);
    // One row less would be gained by a row that says so.
    const isWorth = folded.length > 1;
    const shown = resources.filter((each) => !isOwn(each) && !(isWorth && isFolded(each)));
    return { maker, shown: [...resources.filter(isOwn), ...shown], folded: isWorth ? folded : [] };
  });
}

/** Resources that are never updated: a new one takes the place of the old one, which loses nothing. */
const SNAPSHOTS = /^AWS::(Lambda::(Version|LayerVersion)|ApiGateway(V2)?::Deployment)$/;

/** Whether a change of something generated is one that goes without saying: nothing of IAM, nothing that goes or may go. */
function isRoutine(
  resource: ResourceDiff,
  others: readonly ResourceDiff[],
  permitting: ReadonlySet<string>,
): boolean {
  const { kind, type, logicalId } = resource;
  if (type.startsWith('AWS::IAM::')) return false;
  if (kind === 'added') return true;
  if (kind === 'changed')
    return resource.impact === 'update' && !permitting.has(logicalId) && !isRevision(resource);
  const hasSuccessor = others.some((each) => each.kind === 'added' && each.type === type);
  return SNAPSHOTS.test(type) && hasSuccessor;
}

/** A row of the table of changes. */
export interface Row {
  readonly action: Action;
  /** The action in words; of several resources, how many there are of each. */
  readonly what: string;
  /** `below` the row of the resource that it is made for, or `folded`: several of these. */
  readonly place: 'alone' | 'below' | 'folded';
  readonly logicalId: string;
  /** Words behind the logical ID: whose it is, where no row above says that. */
  readonly of: string;
  readonly type: string;
  readonly why: string;
}

/** Changed resources, the worst first; what is made of one resource stands below it. */
export function changeRows(stack: StackReport): Row[] {
  return groupsOf(stack)
    .map((group) => ({ group, order: orderOf(group.shown.length > 0 ? group.shown : group.folded) }))
    .sort((a, b) => a.order - b.order)
    .flatMap(({ group }) => groupRows(group, stack));
}

const orderOf = (resources: readonly ResourceDiff[]): number =>
  resources.reduce((least, each) => Math.min(least, ACTIONS.indexOf(actionOf(each))), ACTIONS.length);

function groupRows(group: Group, stack: StackReport): Row[] {
  const { maker, shown, folded } = group;
  const isHeaded = shown.some(({ logicalId }) => logicalId === maker);
  const rows = shown.map((resource): Row => {
    const action = actionOf(resource);
    const isOwn = maker === undefined || resource.logicalId === maker;
    return {
      action,
      what: actionText(action, stack),
      place: isOwn || !isHeaded ? 'alone' : 'below',
      logicalId: resource.logicalId,
      of: isOwn || isHeaded ? '' : `of ${maker}`,
      type: resource.type,
      why: why(resource),
    };
  });
  return folded.length === 0 ? rows : [...rows, foldedRow(group, stack)];
}

/** `4 added` · `4 more of Hello` · `AWS::Lambda::Permission (3), AWS::Lambda::Alias` */
function foldedRow({ maker = '', folded }: Group, stack: StackReport): Row {
  const actions = ACTIONS.flatMap((action) => {
    const count = folded.filter((each) => actionOf(each) === action).length;
    return count === 0 ? [] : [{ action, text: `${count} ${actionText(action, stack)}` }];
  });
  const types = [...Map.groupBy(folded, ({ type }) => type)].map(([type, { length }]) =>
    length > 1 ? `${type} (${length})` : type,
  );
  return {
    action: actions.at(-1)?.action ?? 'updated',
    what: actions.map(({ text }) => text).join(', '),
    place: 'folded',
    logicalId: maker,
    of: '',
    type: types.join(', '),
    why: '',
  };
}

/** What stands in place of a logical ID in the row of several resources. */
export const foldedTitle = ({ logicalId }: Pick<Row, 'logicalId'>): string =>
  `what else ${logicalId} is made into`;

const PATHS_SHOWN = 4;
const KEPT = {
  resource: 'stays in the account (DeletionPolicy)',
  snapshot: 'a snapshot is kept',
  nothing: '',
};

function whereFrom({ renamedFrom, movedFrom, imported }: AddedResource): string {
  if (movedFrom !== undefined) return `is ${movedFrom} under a new name: nothing is made or deleted`;
  if (imported) return 'exists already, and becomes a part of the stack';
  return renamedFrom === undefined ? '' : `is ${renamedFrom} under a new name: that one is deleted`;
}

/** What changes, the reason of a replacement first. */
function why(resource: ResourceDiff): string {
  if (resource.kind === 'added') return whereFrom(resource);
  if (resource.kind === 'removed') return resource.losesData ? 'its data is lost' : KEPT[resource.kept];
  const changes = [...resource.changes].sort((a, b) => severity(b) - severity(a));
  const direct = propertyNames(changes.filter(({ cause }) => cause === undefined));
  const derived = changes
    .filter((change) => change.cause !== undefined && !direct.includes(withoutElements(change)))
    .map(reason);
  const paths = [...direct, ...new Set(derived), ...(resource.code ? ['code'] : [])];
  const shown = paths.slice(0, PATHS_SHOWN).join(', ');
  const rest = paths.length > PATHS_SHOWN ? ` and ${paths.length - PATHS_SHOWN} more` : '';
  return `${shown}${rest}${resource.notReplaced ? '; not replaced' : ''}`;
}

const severity = ({ impact }: ValueChange): number => ['update', 'may-replace', 'replace'].indexOf(impact);
const reason = (change: ValueChange): string => `${withoutElements(change)} (${change.cause ?? ''})`;

/** The difference of one resource, or of those that are folded into one. */
export interface Block {
  readonly title: string;
  /** Of a ```diff block. */
  readonly lines: readonly string[];
  readonly isFolded: boolean;
}

/** Differences in the order of their logical IDs; what is folded stands with its first resource. */
export function resourceBlocks(stack: StackReport): Block[] {
  const folds = new Map(
    groupsOf(stack).flatMap((group) => group.folded.map((each) => [each, group] as const)),
  );
  return stack.diff.resources.flatMap((resource): Block[] => {
    const group = folds.get(resource);
    if (!group)
      return [
        { title: resourceTitle(resource, stack), lines: resourceLines(resource, stack), isFolded: false },
      ];
    if (group.folded[0] !== resource) return [];
    const row = foldedRow(group, stack);
    const lines = group.folded.flatMap((each) => {
      const title = singleLine(`@@ ${each.type} ${resourceTitle(each, stack)} @@`);
      // Their type is in the title.
      return [title, ...resourceLines(each, stack).filter((line) => !line.startsWith('+ Type: '))];
    });
    return [{ title: `${foldedTitle(row)} · ${row.what}`, lines, isFolded: true }];
  });
}
