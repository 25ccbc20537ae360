import { holdsData } from '../template/diff/impact.ts';
import type { ChangedResource, RemovedResource, ResourceDiff } from '../template/diff/types.ts';
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
 * What AWS refuses, replacements and deletions of what holds data, things made public, permissions that widen; in this
 * order.
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
  return [...byAws, ...refused, ...data, ...unprotected, ...permissions(diff.iam)];
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

/** Permissions of one resource on one thing in one sentence. */
function permissions(iam: StackReport['diff']['iam']): Caution[] {
  const grave = iam.filter(({ concern }) => concern !== undefined);
  const groups = Map.groupBy(grave, ({ kind, logicalId, concern, resource }) =>
    JSON.stringify([kind, concern === 'public', logicalId, resource]),
  );
  const found = [...groups.values()].flatMap((group): Caution[] => {
    const [first] = group;
    if (!first) return [];
    const actions = group.map(({ action }) => action);
    const rest = actions.length > NAMES_SHOWN ? ` and ${actions.length - NAMES_SHOWN} more` : '';
    const on = first.resource === '' ? '' : ` on ${readable(first.resource)}`;
    const what = `${actions.slice(0, NAMES_SHOWN).join(', ')}${rest}${on}`;
    return [
      first.concern === 'public'
        ? { kind: 'public', logicalId: first.logicalId, message: `is open to everybody: ${what}` }
        : {
            kind: 'permission',
            logicalId: first.logicalId,
            message: `${first.kind === 'added' ? 'allows more' : 'denies no longer'}: ${what}`,
          },
    ];
  });
  return [
    ...found.filter(({ kind }) => kind === 'public'),
    ...found.filter(({ kind }) => kind === 'permission'),
  ];
}
