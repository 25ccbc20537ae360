import { holdsData } from '../template/diff/impact.ts';
import type { ChangedResource, RemovedResource, ResourceDiff } from '../template/diff/types.ts';
import type { IamChange, LostProtection } from '../template/iam/types.ts';
import { isObject } from '../template/types.ts';
import type { StackReport } from './model.ts';
import { propertyNames } from './sections.ts';
import { readable } from './values/value-text.ts';

/** Something that a reviewer must not miss. */
export interface Caution {
  readonly kind: 'refused' | 'data' | 'public' | 'permission' | 'protection' | 'replay';
  readonly logicalId: string;
  /** Goes after the logical ID: `(AWS::DynamoDB::Table) is deleted with its data`. */
  readonly message: string;
}

/** Of actions and properties; more are counted. */
const NAMES_SHOWN = 5;

/** A caution stays true once it has come to pass. */
interface Tense {
  readonly is: string;
  readonly may: string;
  readonly change: (several: boolean) => string;
}
const TENSES: Readonly<Record<'present' | 'past', Tense>> = {
  present: { is: 'is', may: 'may be', change: (several) => (several ? 'change' : 'changes') },
  past: { is: 'was', may: 'may have been', change: () => 'changed' },
};

/**
 * What AWS refuses, replacements and deletions of what holds data, things made public, powerful permissions and those that
 * widen, protections that go, executions that new code would reach; in this order.
 */
export function cautions({
  stackName,
  diff,
  madeBy = {},
  settings = [],
  refused: told = [],
  lacking = [],
  leftovers = [],
  unpinned = [],
  instances = [],
  state,
}: StackReport): Caution[] {
  const tense = TENSES[state === 'deployed' ? 'past' : 'present'];
  const data = diff.resources.flatMap((resource): Caution[] => {
    const message =
      resource.kind === 'removed'
        ? removal(resource, tense)
        : resource.kind === 'changed'
          ? replacement(resource, tense)
          : undefined;
    return message === undefined
      ? []
      : [{ kind: 'data', logicalId: resource.logicalId, message: `(${formerType(resource)}) ${message}` }];
  });
  const gone = leftovers.map(
    ({ logicalId, type }): Caution => ({
      kind: 'data',
      logicalId,
      message: `(${type}) is deleted with its data, before the stack is created again`,
    }),
  );
  const lost = instances.filter(({ change }) => change === 'removed');
  const lostStacks = lost.length === 0 ? [] : [lostInstances(stackName, lost.length, tense)];
  const refused = state === 'deployed' ? [] : diff.resources.flatMap(refusal);
  const unprotected = settings
    .filter(({ name, after }) => name === 'termination protection' && after === 'off')
    .map(
      (): Caution => ({
        kind: 'protection',
        logicalId: stackName,
        message: `${tense.is} no longer protected from being deleted`,
      }),
    );
  const byAws = told.map(
    ({ logicalId, message }): Caution => ({
      kind: 'refused',
      logicalId,
      message: `is refused by CloudFormation: ${message}`,
    }),
  );
  const forbidden = lacking.map((each): Caution => ({ kind: 'refused', ...each }));
  return [
    ...byAws,
    ...forbidden,
    ...refused,
    ...gone,
    ...lostStacks,
    ...data,
    ...unprotected,
    ...permissions(withUnwritten(diff, madeBy)),
    ...diff.resources.flatMap(protections),
    ...unpinned.map((each): Caution => ({ kind: 'replay', ...each })),
  ];
}

const lostInstances = (stackName: string, count: number, { is }: Tense): Caution => ({
  kind: 'data',
  logicalId: stackName,
  message:
    count === 1
      ? `loses an instance: its stack ${is} deleted, with all that it holds`
      : `loses ${count} instances: their stacks ${is === 'is' ? 'are' : 'were'} deleted, with all that they hold`,
});

function refusal(resource: ResourceDiff): Caution[] {
  if (resource.kind === 'added' && resource.takenName) {
    const { property, from } = resource.takenName;
    const message = `(${resource.type}) cannot be created with the ${property} of ${from}: AWS refuses that, as ${from} is removed after it, if at all; change ${property}`;
    return [{ kind: 'refused', logicalId: resource.logicalId, message }];
  }
  if (resource.kind !== 'changed') return [];
  const { logicalId, type, impact, keptName } = resource;
  const former = formerType(resource);
  // What SAM makes of a resource may be what it becomes.
  if (former !== type && ![former, type].some((each) => each.startsWith('AWS::Serverless::'))) {
    const message = `(${former}) cannot become ${type}: CloudFormation refuses another type under the same logical ID; give it a new one`;
    return [{ kind: 'refused', logicalId, message }];
  }
  if (keptName === undefined) return [];
  const message =
    impact === 'replace'
      ? `cannot be replaced with the same ${keptName}: AWS refuses that; change ${keptName} too`
      : `may have to be replaced, which AWS refuses with the same ${keptName}`;
  return [{ kind: 'refused', logicalId, message: `(${type}) ${message}` }];
}

function removal({ losesData }: RemovedResource, { is }: Tense): string | undefined {
  return losesData ? `${is} deleted with its data` : undefined;
}

/** What a resource was: another type may take its name. */
function formerType(resource: ResourceDiff): string {
  const change =
    resource.kind === 'changed' ? resource.changes.find(({ path }) => path === 'Type') : undefined;
  return typeof change?.before === 'string' ? change.before : resource.type;
}

function replacement(resource: ChangedResource, { is, may, change }: Tense): string | undefined {
  const { impact, changes, losesData } = resource;
  if (impact === 'update' || !(losesData || holdsData(formerType(resource)))) return undefined;
  const names = propertyNames(changes.filter((change) => change.impact === impact));
  const why =
    names.length > 0 ? `, because ${names.slice(0, NAMES_SHOWN).join(', ')} ${change(names.length > 1)}` : '';
  const how = `${impact === 'replace' ? is : may} replaced`;
  return `${how}${why}: ${losesData ? 'its data is lost' : 'the old one is kept, the new one starts without its data'}`;
}

/**
 * What a generated role or policy may do stands nowhere in its author's template, which has the name of a policy template
 * or the word of a connector perhaps: whatever existing roles get is more than was reviewed.
 */
function withUnwritten(
  { iam, resources }: StackReport['diff'],
  madeBy: Readonly<Record<string, string>>,
): readonly IamChange[] {
  const news = new Set(resources.flatMap(({ kind, logicalId }) => (kind === 'added' ? [logicalId] : [])));
  const changed = new Set(
    resources.flatMap((each) => {
      if (!Object.hasOwn(madeBy, each.logicalId)) return [];
      return givesMore(each, news) ? [each.logicalId] : [];
    }),
  );
  return iam.map((each) =>
    each.kind === 'added' &&
    each.effect === 'Allow' &&
    each.principal === '' &&
    each.concern === undefined &&
    changed.has(each.logicalId)
      ? { ...each, concern: 'widened' }
      : each,
  );
}

/** Whether a role or a policy for roles is changed, or made for roles that are there already. */
function givesMore(resource: ResourceDiff, news: ReadonlySet<string>): boolean {
  const { kind, type } = resource;
  if (kind === 'changed') return type === 'AWS::IAM::Role' || type === 'AWS::IAM::ManagedPolicy';
  if (kind === 'removed' || type !== 'AWS::IAM::ManagedPolicy') return false;
  const { Roles } = resource.properties;
  return Array.isArray(Roles) && Roles.some((role) => !(isObject(role) && news.has(String(role.Ref))));
}

/** Permissions of one resource for one reason, on one thing and to one, in one sentence; on many things, too. */
function permissions(iam: readonly IamChange[]): Caution[] {
  const grave = iam.filter(({ concern }) => concern !== undefined);
  const groups = Map.groupBy(grave, (change) =>
    JSON.stringify([reason(change), change.logicalId, change.resource, change.principal]),
  );
  const found = onMany([...groups.values()]).flatMap((group): readonly (readonly [Reason, Caution])[] => {
    const [first] = group;
    if (!first) return [];
    const why = reason(first);
    const on = first.resource === '' ? '' : ` on ${listed(group.map(({ resource }) => readable(resource)))}`;
    const to = first.principal === '' || why === 'public' ? '' : ` to ${readable(first.principal)}`;
    const by = listed(group.map(({ property }) => property));
    const message = `${REASONS[why](first)}: ${listed(group.map(({ action }) => action))}${on}${to} (${by})`;
    return [[why, { kind: why === 'public' ? 'public' : 'permission', logicalId: first.logicalId, message }]];
  });
  const order = Object.keys(REASONS);
  return found.toSorted(([a], [b]) => order.indexOf(a) - order.indexOf(b)).map(([, caution]) => caution);
}

/** Groups that differ in nothing but the thing are one, if there are many: the routes of an API, for instance. */
const onMany = (groups: readonly (readonly IamChange[])[]): (readonly IamChange[])[] =>
  [
    ...Map.groupBy(groups, (group) =>
      JSON.stringify(
        group.map((change) => [
          reason(change),
          change.logicalId,
          change.action,
          change.principal,
          change.property,
        ]),
      ),
    ).values(),
  ].flatMap((alike) => (alike.length > NAMES_SHOWN ? [alike.flat()] : alike));

/** Each once; more than a few are counted. */
function listed(names: readonly string[]): string {
  const each = [...new Set(names)];
  const rest = each.length > NAMES_SHOWN ? ` and ${each.length - NAMES_SHOWN} more` : '';
  return `${each.slice(0, NAMES_SHOWN).join(', ')}${rest}`;
}

/** Why a permission is grave; the gravest first. */
const REASONS = {
  public: ({ principal }: IamChange) => `is open to ${audience(principal)}`,
  powerful: () => 'gets powerful permissions',
  lifted: () => 'denies no longer',
  widened: ({ effect }: IamChange) => (effect === 'Deny' ? 'denies less' : 'allows more'),
} as const;
type Reason = keyof typeof REASONS;

function reason({ kind, concern }: IamChange): Reason {
  if (concern === 'public') return 'public';
  if (kind === 'removed') return 'lifted';
  return concern === 'widened' ? 'widened' : 'powerful';
}

/** Whom something is open to, in words. */
function audience(principal: string): string {
  const [, kind, name = principal] = /^(\w+): (.*)$/s.exec(principal) ?? [];
  if (kind === 'Federated' && name !== '*') return `everybody who has an identity of ${readable(name)}`;
  // What is not written out comes to everybody, or it would not be told.
  if (name === '*' || name === 'all' || name.startsWith('{')) return 'everybody';
  if (principal.startsWith('all but ')) return `every${principal.replace(/^all but (\w+: )?/, 'body but ')}`;
  return /\.amazonaws\.com/.test(name) ? `every account by way of ${name}` : readable(name);
}

/** What no longer protects a resource, in one sentence. */
function protections(resource: ResourceDiff): Caution[] {
  const lost = resource.kind === 'added' ? [] : (resource.lostProtections ?? []);
  const { logicalId, type } = resource;
  const weaker = lost.filter(({ property }) => property !== '');
  const caution = (of: string, message: string): Caution => ({ kind: 'protection', logicalId: of, message });
  return [
    ...(weaker.length === 0
      ? []
      : [caution(logicalId, `(${type}) is protected less: ${listed(weaker.map(lostText))}`)]),
    ...lost
      .filter(({ property }) => property === '')
      .map(({ what, subject }) =>
        subject === undefined
          ? caution(logicalId, `(${type}) protects no longer: ${what}`)
          : caution(
              subject,
              `is protected less: ${what} (${logicalId} ${resource.kind === 'removed' ? 'is removed' : 'is for something else'})`,
            ),
      ),
  ];
}

const lostText = ({ what, property, before, after }: LostProtection): string =>
  before === undefined || after === undefined
    ? `${what} (${property})`
    : `${what} (${property}: ${before} → ${after})`;
