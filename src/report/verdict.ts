import type { ChangedResource, ResourceDiff, TemplateDiff } from '../template/diff.ts';
import type { Report, StackReport } from './model.ts';

/** What happens to a resource, in a word. */
export type Action = 'replaced' | 'may be replaced' | 'removed' | 'updated' | 'code' | 'added';

/** The worst comes first, in tables too. */
export const ACTIONS: readonly Action[] = ['replaced', 'may be replaced', 'removed', 'updated', 'code', 'added'];

export function actionOf(resource: ResourceDiff): Action {
  if (resource.kind !== 'changed') return resource.kind;
  if (resource.impact === 'replace') return 'replaced';
  if (resource.impact === 'may-replace') return 'may be replaced';
  return resource.changes.length === 0 ? 'code' : 'updated';
}

/** `orders · eu-central-1: 1 replaced, 3 updated, code of 2 functions` */
export function verdict(stack: StackReport): string {
  const where = stack.region ? `${stack.stackName} · ${stack.region}` : stack.stackName;
  return `${where}: ${verdictWords(stack)}`;
}

function verdictWords(stack: StackReport): string {
  if (stack.state === 'deleted') return 'deleted';
  if (stack.state === 'failed') return stack.failure ? 'failed' : 'not deployed';
  const what = changeWords(stack);
  if (what === '') return 'no changes';
  return stack.state === 'deployed' ? `deployed (${what})` : what;
}

function changeWords({ diff, changedParameters, changedTags }: StackReport): string {
  const actions = diff.resources.map(actionOf);
  const counts = ACTIONS.filter((action) => action !== 'code').flatMap((action) => {
    const count = actions.filter((each) => each === action).length;
    return count > 0 ? [`${count} ${action}`] : [];
  });
  const code = codeChanges(diff).length;
  const rest: readonly [number, string][] = [
    [diff.outputs.length, 'output'],
    [diff.parameters.length + changedParameters.length, 'parameter'],
    [changedTags.length, 'tag'],
    [diff.other.length, 'other entry'],
  ];
  return [
    ...counts,
    ...(code > 0 ? [`code of ${code} function${code > 1 ? 's' : ''}`] : []),
    ...rest.flatMap(([count, noun]) => (count > 0 ? [`${count} ${count === 1 ? noun : plural(noun)}`] : [])),
  ].join(', ');
}

const plural = (noun: string): string => (noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`);

/** Functions and layers that get new code. */
export function codeChanges(diff: TemplateDiff): readonly (ChangedResource & { code: NonNullable<ChangedResource['code']> })[] {
  return diff.resources.filter(
    (each): each is ChangedResource & { code: NonNullable<ChangedResource['code']> } =>
      each.kind === 'changed' && each.code !== undefined,
  );
}

/** Whether anything of a stack changes. */
export const hasChanges = (stack: StackReport): boolean => changeWords(stack) !== '';

/** Something that a reviewer must not miss. */
export interface Caution {
  readonly logicalId: string;
  readonly message: string;
}

/** Replacements and deletions that lose data, permissions that widen, things made public. */
export function cautions({ diff }: StackReport): Caution[] {
  const resources = diff.resources.flatMap((resource): Caution[] => {
    const { logicalId, type } = resource;
    if (resource.kind === 'removed' && resource.losesData) return [{ logicalId, message: `${type} is deleted with its data` }];
    if (resource.kind !== 'changed' || resource.impact === 'update') return [];
    const paths = resource.changes.filter(({ impact }) => impact === resource.impact).map(({ path }) => path.replace(/^Properties\./, ''));
    const verb = resource.impact === 'replace' ? 'is replaced' : 'may be replaced';
    const data = resource.losesData ? ' and its data lost' : '';
    return resource.losesData || resource.impact === 'replace'
      ? [{ logicalId, message: `${type} ${verb}${data}, because ${paths.join(', ')} changes` }]
      : [];
  });
  const permissions = diff.iam
    .filter(({ kind, concern }) => kind === 'added' && concern)
    .map(({ logicalId, concern, action, resource }): Caution => {
      const on = resource === '' ? '' : ` on ${resource}`;
      return { logicalId, message: concern === 'public' ? `open to everybody: ${action}${on}` : `wide permission: ${action}${on}` };
    });
  return [...resources, ...permissions];
}

/** The heading of the whole report. */
export function headline(report: Report): string {
  if (report.stacks.length === 1 && report.stacks[0]) return verdict(report.stacks[0]);
  if (report.stacks.length === 0) return 'failed before there was anything to compare';
  const changing = report.stacks.filter(hasChanges).length;
  return `${report.stacks.length} stacks, ${changing} with changes`;
}
