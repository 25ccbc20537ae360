import { objectUrl, type RenderedStack } from '../../assembly/render.ts';
import type { AssetLocation, StackAssembly } from '../../assembly/types.ts';
import type { Aws } from '../../aws/connection/clients.ts';
import { stackResources } from '../../aws/stack/stack.ts';
import { forEachOf } from '../../order/for-each.ts';
import { AT_ONCE } from '../../order/limits.ts';
import { once } from '../../order/once.ts';
import { ProblemError, problemLine } from '../../problem.ts';
import { withoutBookkeeping } from '../../template/diff/bookkeeping.ts';
import { compareTemplates } from '../../template/diff/compare.ts';
import { constructNames } from '../../template/diff/construct-names.ts';
import type { ResourceDiff, TemplateDiff } from '../../template/diff/types.ts';
import { withSubjects } from '../../template/iam/protection.ts';
import { isIntrinsic } from '../../template/intrinsics.ts';
import { declaredParameters } from '../../template/parameters.ts';
import { isObject, type Json, type JsonObject, own, type Template } from '../../template/types.ts';
import { type KnownTemplate, knownParameters, knownValue } from '../../template/values/known-value.ts';
import { asResolved } from '../../template/values/resolved.ts';
import { formerOf, knownThen } from './known-templates.ts';
import { type DeployedStack, lookUp } from './look-up-stack.ts';

/** A template with its values, and those of the stacks in it. */
export interface Level extends KnownTemplate {
  /**
   * The stack that a resource of the template is; `undefined` where its template is not known.
   *
   * @param properties those of the resource, with what is known of their values
   * @throws ProblemError when it cannot be read
   */
  child(logicalId: string, properties: JsonObject): Promise<Level | undefined>;
}

/** A stack as it would be deployed. */
export function assembledLevel(
  stack: Pick<StackAssembly, 'nested'>,
  { nested: rendered }: Pick<RenderedStack, 'nested'>,
  { template, known }: KnownTemplate,
  id?: string,
): Level {
  return {
    template: withoutBookkeeping(template),
    known,
    async child(logicalId, { Parameters: given, TemplateURL: url, Location: location = url }) {
      const named = stack.nested.flatMap(({ id: childId, targets }) =>
        targets.some((target) => target.template === id && target.path[1] === logicalId) ? [childId] : [],
      );
      const found = rendered.filter((each) => named.includes(each.id));
      // Branches of a condition name a template each.
      const [chosen, ...others] =
        found.length > 1 ? found.filter((each) => isAt(each.location, location)) : found;
      if (!chosen) return undefined;
      if (others.length > 0) throw new ProblemError(UNDECIDED);
      const values = childValues(chosen.template.template, given, known);
      return assembledLevel(stack, { nested: rendered }, values, chosen.id);
    },
  };
}

/** A stack as it is deployed. The stacks in it are read when they are asked for. */
export function deployedLevel(aws: Aws, stack: DeployedStack): Level {
  const { template, known } = knownThen(formerOf(stack), stack);
  const resources = once(() => stackResources(aws, stack.stack.id));
  return {
    template: withoutBookkeeping(template),
    known,
    async child(logicalId) {
      const resource = (await resources()).find((each) => each.logicalId === logicalId);
      if (!resource?.physicalId) return undefined;
      const deployed = await lookUp(aws, resource.physicalId);
      if (deployed.kind === 'unreadable') throw new ProblemError({ message: deployed.why });
      return deployed.kind === 'stack' ? deployedLevel(aws, deployed) : undefined;
    },
  };
}

const UNDECIDED = {
  message: 'a condition that only CloudFormation can decide chooses among its templates',
};

/** Whether a nested stack's location is where a template goes. */
const isAt = (location: AssetLocation, written: Json | undefined): boolean =>
  location.kind === 's3' && (typeof written !== 'string' || written === objectUrl(location));

/** Parameters of a nested stack: what is not given has its default, what only CloudFormation can tell has no value here. */
function childValues(
  template: Template,
  given: Json | undefined,
  parent: KnownTemplate['known'],
): KnownTemplate {
  const values = isObject(given) ? asResolved(given) : {};
  const told = Object.entries(isObject(values) ? values : {}).flatMap(([name, value]): [string, string][] => {
    const found = knownValue(value, {});
    // What stands in SSM or Secrets Manager, only CloudFormation knows.
    if (JSON.stringify(found ?? '').includes('{{resolve:')) return [];
    return typeof found === 'string'
      ? [[name, found]]
      : Array.isArray(found)
        ? [[name, found.join(',')]]
        : [];
  });
  const inherited = ['AWS::AccountId', 'AWS::Partition', 'AWS::Region'].flatMap((name): [string, string][] =>
    parent[name] === undefined ? [] : [[name, parent[name]]],
  );
  const known = knownParameters(template, Object.fromEntries([...told, ...inherited]));
  const untold = new Set(
    Object.keys(isObject(given) ? (isIntrinsic(given) ? declaredParameters(template) : given) : {}),
  );
  for (const [name] of told) untold.delete(name);
  return { template, known: Object.fromEntries(Object.entries(known).filter(([name]) => !untold.has(name))) };
}

/** What would change, in the stack and in those in it. */
export interface LevelDiff {
  readonly diff: TemplateDiff;
  /** What resources are called in their author's code, where that is known. */
  readonly names: Readonly<Record<string, string>>;
  /** Nested stacks that could not be looked into, and why. */
  readonly unread: readonly string[];
}

const NESTED = /^AWS::(CloudFormation::Stack|Serverless::Application)$/;
/** A stack without anything. */
export const EMPTY: Level = { template: { Resources: {} }, known: {}, child: async () => undefined };

/**
 * Compares two stacks, and the stacks in them whose resource changes. What is in a nested stack is called
 * `<logical ID of the stack>.<logical ID>`.
 */
export async function compareLevels(
  before: Level | undefined,
  after: Level,
  displayName?: string,
): Promise<LevelDiff> {
  const { diff, before: old, after: now } = compareTemplates(before, after);
  const inner = await forEachOf(
    diff.resources,
    AT_ONCE.nestedStacks,
    async (resource): Promise<LevelDiff | undefined> => {
      if (!NESTED.test(resource.type) || (resource.kind === 'removed' && resource.kept === 'resource'))
        return undefined;
      const { logicalId, kind } = resource;
      try {
        const [then, next] = await Promise.all([
          kind === 'added' ? undefined : before?.child(logicalId, propertiesOf(old, logicalId)),
          kind === 'removed' ? EMPTY : after.child(logicalId, propertiesOf(now, logicalId)),
        ]);
        if (!next) return undefined;
        if (kind !== 'added' && !then) return unread(logicalId, 'its stack is not there');
        return within(logicalId, await compareLevels(then, next, displayName));
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
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
  const all = [{ diff, names, unread: [] }, ...inner.filter((each) => each !== undefined)];
  return {
    diff: {
      ...diff,
      resources: all.flatMap((each) => each.diff.resources),
      iam: all.flatMap((each) => each.diff.iam),
    },
    names: Object.assign({}, ...all.map((each) => each.names)),
    unread: all.flatMap((each) => each.unread),
  };
}

const unread = (logicalId: string, why: string): LevelDiff => ({
  diff: NOTHING,
  names: {},
  unread: [`What changes in ${logicalId} is not known: ${why}`],
});

/** No difference. */
export const NOTHING: TemplateDiff = { resources: [], outputs: [], parameters: [], other: [], iam: [] };

function propertiesOf(template: Template | undefined, logicalId: string): JsonObject {
  const resource = template && own(template.Resources, logicalId);
  const properties = isObject(resource) ? resource.Properties : undefined;
  return isObject(properties) ? properties : {};
}

/** Under the name of the stack that it is in; outputs and parameters of that are its own affair. */
function within(stack: string, { diff, names, unread }: LevelDiff): LevelDiff {
  const name = (logicalId: string): string => `${stack}.${logicalId}`;
  const renamed = (each: ResourceDiff): ResourceDiff => ({
    ...each,
    logicalId: name(each.logicalId),
    ...(each.kind === 'added' && each.renamedFrom && { renamedFrom: name(each.renamedFrom) }),
    ...(each.kind !== 'added' && each.lostProtections && withSubjects(each.lostProtections, name)),
  });
  return {
    diff: {
      ...NOTHING,
      resources: diff.resources.map(renamed),
      iam: diff.iam.map((each) => ({ ...each, logicalId: name(each.logicalId) })),
    },
    names: Object.fromEntries(Object.entries(names).map(([id, each]) => [name(id), each])),
    unread: unread.map((text) => `${stack}: ${text}`),
  };
}
