import { holdsData } from './impact.ts';
import type { ChangedResource, EntryDiff, ResourceDiff, TemplateDiff } from './types.ts';

/**
 * A diff as it came to pass: what might have been replaced was, or was not, and so is what refers to it.
 *
 * @param replaced by logical ID; what is not in it stays as it was told
 */
export function asHappened(diff: TemplateDiff, replaced: ReadonlyMap<string, boolean>): TemplateDiff {
  return {
    ...diff,
    resources: diff.resources.flatMap((each) => resourceAsHappened(each, replaced)),
    outputs: diff.outputs.flatMap((each) => caused(each, replaced)),
  };
}

function resourceAsHappened(
  resource: ResourceDiff,
  replaced: ReadonlyMap<string, boolean>,
): readonly ResourceDiff[] {
  if (resource.kind !== 'changed') return [resource];
  const was = replaced.get(resource.logicalId);
  const level = resource.logicalId.slice(0, resource.logicalId.lastIndexOf('.') + 1);
  const changes = resource.changes.flatMap((each) => caused(each, replaced, level));
  if (changes.length === 0 && resource.changes.length > 0 && !resource.code && was !== true) return [];
  const told = { ...resource, changes };
  if (was === true) return [told.impact === 'replace' ? told : inFact(told)];
  return [was === false && told.impact !== 'update' ? notReplaced(told) : told];
}

function inFact(resource: ChangedResource): ChangedResource {
  const { impact, losesData, type } = resource;
  const changes = resource.changes.map((each) =>
    each.impact === 'may-replace' ? { ...each, impact: 'replace' as const } : each,
  );
  return {
    ...resource,
    impact: 'replace',
    changes,
    losesData: impact === 'update' ? holdsData(type) : losesData,
  };
}

const notReplaced = (resource: ChangedResource): ChangedResource => ({
  ...resource,
  impact: 'update',
  changes: resource.changes.map((each) => ({ ...each, impact: 'update' })),
  losesData: false,
  notReplaced: true,
});

type Caused = Pick<EntryDiff, 'cause'>;

/** A change with its cause in the past tense; nothing where it would have come only with what was not replaced. */
function caused<T extends Caused>(change: T, replaced: ReadonlyMap<string, boolean>, level = ''): T[] {
  const { cause } = change;
  if (cause === undefined) return [change];
  const [, name, tense, what = ''] = /^(\S+) (is|may be) (replaced|a new revision)$/.exec(cause) ?? [];
  const was = name === undefined ? undefined : replaced.get(`${level}${name}`);
  if (was === false) return [];
  const unsure = tense === 'may be' && was === undefined ? 'may have been' : 'was';
  const past = PAST.reduce((text, [end, words]) => text.replace(end, words), cause);
  return [{ ...change, cause: name === undefined ? past : `${name} ${unsure} ${what}` }];
}

/** Causes before, and afterwards. */
const PAST: readonly (readonly [RegExp, string])[] = [
  [/ changes?( it)?$/, ' changed$1'],
  [/ gets a new version$/, ' got a new version'],
  [/^CloudFormation updates /, 'CloudFormation updated '],
];
