import { holdsData } from '../template/diff/impact.ts';
import type { ChangedResource, RemovedResource, ResourceDiff } from '../template/diff/types.ts';
import type { IamChange, LostProtection } from '../template/iam/types.ts';
import type { StackReport } from './model.ts';
import { propertyNames } from './sections.ts';
import { readable } from './value-text.ts';

/** Something that a reviewer must not miss. */
export interface Caution {
  readonly kind: 'refused' | 'data' | 'public' | 'permission' | 'protection';
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
 * widen, protections that go; in this order.
 */
export function cautions({
  stackName,
  diff,
  settings = [],
  refused: told = [],
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
      : [{ kind: 'data', logicalId: resource.logicalId, message: `(${resource.type}) ${message}` }];
  });
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
  return [
    ...byAws,
    ...refused,
    ...data,
    ...unprotected,
    ...permissions(diff.iam),
    ...diff.resources.flatMap(protections),
  ];
}

function refusal(resource: ResourceDiff): Caution[] {
  if (resource.kind !== 'changed' || resource.keptName === undefined) return [];
  const { logicalId, type, impact, keptName } = resource;
  const message =
    impact === 'replace'
      ? `cannot be replaced with the same ${keptName}: AWS refuses that; change ${keptName} too`
      : `may have to be replaced, which AWS refuses with the same ${keptName}`;
  return [{ kind: 'refused', logicalId, message: `(${type}) ${message}` }];
}

function removal({ losesData }: RemovedResource, { is }: Tense): string | undefined {
  return losesData ? `${is} deleted with its data` : undefined;
}

function replacement(
  { impact, changes, losesData, type }: ChangedResource,
  { is, may, change }: Tense,
): string | undefined {
  if (impact === 'update' || !(losesData || holdsData(type))) return undefined;
  const names = propertyNames(changes.filter((change) => change.impact === impact));
  const why =
    names.length > 0 ? `, because ${names.slice(0, NAMES_SHOWN).join(', ')} ${change(names.length > 1)}` : '';
  const how = `${impact === 'replace' ? is : may} replaced`;
  return `${how}${why}: ${losesData ? 'its data is lost' : 'the old one is kept, the new one starts without its data'}`;
}

/** Permissions of one resource for one reason, on one thing and to one, in one sentence. */
function permissions(iam: StackReport['diff']['iam']): Caution[] {
  const grave = iam.filter(({ concern }) => concern !== undefined);
  const groups = Map.groupBy(grave, (change) =>
    JSON.stringify([reason(change), change.logicalId, change.resource, change.principal]),
  );
  const found = [...groups.values()].flatMap((group): readonly (readonly [Reason, Caution])[] => {
    const [first] = group;
    if (!first) return [];
    const why = reason(first);
    const on = first.resource === '' ? '' : ` on ${readable(first.resource)}`;
    const to = first.principal === '' || why === 'public' ? '' : ` to ${readable(first.principal)}`;
    const by = listed(group.map(({ property }) => property));
    const message = `${REASONS[why](first)}: ${listed(group.map(({ action }) => action))}${on}${to} (${by})`;
    return [[why, { kind: why === 'public' ? 'public' : 'permission', logicalId: first.logicalId, message }]];
  });
  const order = Object.keys(REASONS);
  return found.toSorted(([a], [b]) => order.indexOf(a) - order.indexOf(b)).map(([, caution]) => caution);
}

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
  widened: () => 'allows more',
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
          : caution(subject, `is protected less: ${what} (${logicalId} is removed)`),
      ),
  ];
}

const lostText = ({ what, property, before, after }: LostProtection): string =>
  before === undefined || after === undefined
    ? `${what} (${property})`
    : `${what} (${property}: ${before} → ${after})`;
