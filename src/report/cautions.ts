import type { ChangedResource, RemovedResource } from '../template/diff.ts';
import { holdsData } from '../template/impact.ts';
import type { StackReport } from './model.ts';
import { propertyNames } from './sections.ts';
import { readable } from './value-text.ts';

/** Something that a reviewer must not miss. */
export interface Caution {
  readonly kind: 'data' | 'public' | 'permission';
  readonly logicalId: string;
  /** Goes after the logical ID: `(AWS::DynamoDB::Table) is deleted with its data`. */
  readonly message: string;
}

/** Of actions and properties; more are counted. */
const NAMES_SHOWN = 5;

/** Replacements and deletions of what holds data, things made public, permissions that widen; in this order. */
export function cautions({ diff }: StackReport): Caution[] {
  const data = diff.resources.flatMap((resource): Caution[] => {
    const message =
      resource.kind === 'removed'
        ? removal(resource)
        : resource.kind === 'changed'
          ? replacement(resource)
          : undefined;
    return message === undefined
      ? []
      : [{ kind: 'data', logicalId: resource.logicalId, message: `(${resource.type}) ${message}` }];
  });
  return [...data, ...permissions(diff.iam)];
}

function removal({ losesData }: RemovedResource): string | undefined {
  return losesData ? 'is deleted with its data' : undefined;
}

function replacement({ impact, changes, losesData, type }: ChangedResource): string | undefined {
  if (impact === 'update' || !(losesData || holdsData(type))) return undefined;
  const names = propertyNames(changes.filter((change) => change.impact === impact));
  const why =
    names.length > 0
      ? `, because ${names.slice(0, NAMES_SHOWN).join(', ')} ${names.length > 1 ? 'change' : 'changes'}`
      : '';
  const how = impact === 'replace' ? 'is replaced' : 'may be replaced';
  return `${how}${why}: ${losesData ? 'its data is lost' : 'the old one is kept, the new one starts without its data'}`;
}

/** Permissions of one resource on one thing in one sentence. */
function permissions(iam: StackReport['diff']['iam']): Caution[] {
  const grave = iam.filter(({ kind, concern }) => kind === 'added' && concern !== undefined);
  const groups = Map.groupBy(grave, ({ logicalId, concern, resource }) =>
    JSON.stringify([concern === 'public', logicalId, resource]),
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
        : { kind: 'permission', logicalId: first.logicalId, message: `allows more: ${what}` },
    ];
  });
  return [
    ...found.filter(({ kind }) => kind === 'public'),
    ...found.filter(({ kind }) => kind === 'permission'),
  ];
}
