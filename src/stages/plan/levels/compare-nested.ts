import { forEachOf } from '../../../order/for-each.ts';
import { AT_ONCE } from '../../../order/limits.ts';
import { ProblemError, problemLine } from '../../../problem.ts';
import { constructNames } from '../../../template/diff/construct-names.ts';
import { NOTHING, type ResourceDiff, type TemplateDiff } from '../../../template/diff/types.ts';
import { withSubjects } from '../../../template/iam/protection.ts';
import { isObject, type JsonObject, own, type Template } from '../../../template/types.ts';
import { compareMade } from './compare-made.ts';
import { EMPTY, type Level } from './level.ts';
import { RefusedTemplate } from './made.ts';

/** What would change, in the stack and in those in it. */
export interface LevelDiff {
  readonly diff: TemplateDiff;
  /** What resources are called in their author's code, where that is known. */
  readonly names: Readonly<Record<string, string>>;
  /** The resource of the author's template, by the logical IDs of those that it is made into. */
  readonly madeBy: Readonly<Record<string, string>>;
  /** What is not known, and why: nested stacks that could not be looked into, transforms that are not known here. */
  readonly unread: readonly string[];
}

const NESTED = /^AWS::(CloudFormation::Stack|Serverless::Application)$/;

/**
 * Compares two stacks, and the stacks in them whose resource changes. What is in a nested stack is called
 * `<logical ID of the stack>.<logical ID>`.
 */
export async function compareLevels(
  before: Level | undefined,
  after: Level,
  displayName?: string,
): Promise<LevelDiff> {
  const { diff, before: old, after: now, madeBy, notes } = compareMade(before, after);
  const harmless = new Set<string>();
  const inner = await forEachOf(
    diff.resources,
    AT_ONCE.nestedStacks,
    async (resource): Promise<LevelDiff | undefined> => {
      const { logicalId } = resource;
      // Something else may have been, or become, a stack under the same name.
      const [was, is] = [isNested(old, logicalId), isNested(now, logicalId)];
      if (!(was || is) || (resource.kind === 'removed' && resource.kept === 'resource')) return undefined;
      try {
        const [then, next] = await Promise.all([
          was ? before?.child(logicalId, propertiesOf(old, logicalId)) : undefined,
          is ? after.child(logicalId, propertiesOf(now, logicalId)) : EMPTY,
        ]);
        if (!next) return undefined;
        if (was && !then) return unread(logicalId, 'its stack is not there');
        const found = await compareLevels(then, next, displayName);
        if (next === EMPTY && found.unread.length === 0 && !found.diff.resources.some(losesData))
          harmless.add(logicalId);
        return within(logicalId, found);
      } catch (error) {
        if (!(error instanceof ProblemError) || error instanceof RefusedTemplate) throw error;
        // An ARN would show the account to whoever reads the comment.
        const why = error.problems
          .map(problemLine)
          .join('; ')
          .replaceAll(/arn:[^\s'",]+/g, logicalId);
        return unread(logicalId, why);
      }
    },
  );
  const names = {
    ...constructNames(before?.template, displayName),
    ...constructNames(after.template, displayName),
  };
  const all = [{ diff, names, madeBy, unread: notes }, ...inner.filter((each) => each !== undefined)];
  return {
    diff: {
      ...diff,
      // A stack has no data but that of what is in it.
      resources: all
        .flatMap((each) => each.diff.resources)
        .map((each) =>
          each.kind === 'removed' && harmless.has(each.logicalId) ? { ...each, losesData: false } : each,
        ),
      iam: all.flatMap((each) => each.diff.iam),
    },
    names: Object.assign({}, ...all.map((each) => each.names)),
    madeBy: Object.assign({}, ...all.map((each) => each.madeBy)),
    unread: all.flatMap((each) => each.unread),
  };
}

const losesData = (resource: ResourceDiff): boolean => resource.kind !== 'added' && resource.losesData;

const unread = (logicalId: string, why: string): LevelDiff => ({
  diff: NOTHING,
  names: {},
  madeBy: {},
  unread: [`What changes in ${logicalId} is not known: ${why}`],
});

function isNested(template: Template | undefined, logicalId: string): boolean {
  const resource = template && own(template.Resources, logicalId);
  return isObject(resource) && NESTED.test(String(resource.Type));
}

function propertiesOf(template: Template | undefined, logicalId: string): JsonObject {
  const resource = template && own(template.Resources, logicalId);
  const properties = isObject(resource) ? resource.Properties : undefined;
  return isObject(properties) ? properties : {};
}

/** Under the name of the stack that it is in; outputs and parameters of that are its own affair. */
function within(stack: string, { diff, names, madeBy, unread }: LevelDiff): LevelDiff {
  const name = (logicalId: string): string => `${stack}.${logicalId}`;
  const renamed = (each: ResourceDiff): ResourceDiff => ({
    ...each,
    logicalId: name(each.logicalId),
    ...(each.kind === 'added' && each.renamedFrom && { renamedFrom: name(each.renamedFrom) }),
    ...(each.kind === 'added' &&
      each.takenName && { takenName: { ...each.takenName, from: name(each.takenName.from) } }),
    ...(each.kind !== 'added' && each.lostProtections && withSubjects(each.lostProtections, name)),
  });
  return {
    diff: {
      ...NOTHING,
      resources: diff.resources.map(renamed),
      iam: diff.iam.map((each) => ({ ...each, logicalId: name(each.logicalId) })),
    },
    names: Object.fromEntries(Object.entries(names).map(([id, each]) => [name(id), each])),
    madeBy: Object.fromEntries(Object.entries(madeBy).map(([id, maker]) => [name(id), name(maker)])),
    unread: unread.map((text) => `${stack}: ${text}`),
  };
}
