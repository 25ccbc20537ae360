import { objectUrl, type RenderedStack } from '../../../assembly/render.ts';
import type { AssetLocation, StackAssembly } from '../../../assembly/types.ts';
import type { Aws } from '../../../aws/connection/clients.ts';
import { stackResources } from '../../../aws/stack/stack.ts';
import { once } from '../../../order/once.ts';
import { ProblemError } from '../../../problem.ts';
import { withoutBookkeeping } from '../../../template/diff/bookkeeping.ts';
import type { TemplateDocument } from '../../../template/document.ts';
import { isIntrinsic } from '../../../template/intrinsics.ts';
import { declaredParameters } from '../../../template/parameters.ts';
import { isObject, type Json, type JsonObject, own, type Template } from '../../../template/types.ts';
import { effectiveTemplate } from '../../../template/values/effective.ts';
import { type KnownTemplate, knownParameters, knownValue } from '../../../template/values/known-value.ts';
import { asResolved } from '../../../template/values/resolved.ts';
import { formerOf, knownThen } from '../known-templates.ts';
import { type DeployedStack, lookUp } from '../look-up-stack.ts';
import { type LevelMade, madeHere, madeThere } from './made.ts';

/** A template as its author wrote it, with its values, what is made of it, and the stacks in it. */
export interface Level extends KnownTemplate {
  readonly made: LevelMade;
  /**
   * The stack that a resource of the template is; `undefined` where its template is not known.
   *
   * @param properties those of the resource, with what is known of their values
   * @throws ProblemError when it cannot be read
   */
  child(logicalId: string, properties: JsonObject): Promise<Level | undefined>;
}

/** A stack as it would be deployed. */
export interface AssembledStack {
  readonly stack: Pick<StackAssembly, 'template' | 'nested'>;
  readonly rendered: Pick<RenderedStack, 'nested'>;
  /** Where it will be, if that is known. */
  readonly region: string | undefined;
}

/**
 * A stack as it would be deployed.
 *
 * @param id of the nested template that it is
 * @throws RefusedTemplate when CloudFormation would refuse it
 */
export async function assembledLevel(
  assembled: AssembledStack,
  { template: written, known }: KnownTemplate,
  id?: string,
): Promise<Level> {
  const { stack, rendered, region } = assembled;
  const template = withoutBookkeeping(written);
  return {
    template,
    known,
    made: await madeHere({ template, known }, { region, document: documentOf(stack, id) }),
    async child(logicalId, { Parameters: given, TemplateURL: url, Location: location = url }) {
      const named = stack.nested.flatMap(({ id: childId, targets }) =>
        targets.some((target) => target.template === id && target.path[1] === logicalId) ? [childId] : [],
      );
      const found = rendered.nested.filter((each) => named.includes(each.id));
      // Branches of a condition name a template each.
      const [chosen, ...others] =
        found.length > 1 ? found.filter((each) => isAt(each.location, location)) : found;
      if (!chosen) return undefined;
      if (others.length > 0) throw new ProblemError(UNDECIDED);
      return assembledLevel(assembled, childValues(chosen.template.template, given, known), chosen.id);
    },
  };
}

const documentOf = (
  { template, nested }: AssembledStack['stack'],
  id: string | undefined,
): TemplateDocument => nested.find((each) => each.id === id)?.template ?? template;

/** A stack as it is deployed. The stacks in it are read when they are asked for. */
export async function deployedLevel(aws: Aws, stack: DeployedStack): Promise<Level> {
  const { template: written, known } = knownThen(formerOf(stack), stack);
  const resources = once(() => stackResources(aws, stack.stack.id));
  const template = withoutBookkeeping(written);
  const read = new Map<string, Promise<Level | undefined>>();
  return {
    template,
    known,
    made: await madeThere({ template, known }, aws, stack),
    child(logicalId) {
      const found = read.get(logicalId) ?? readChild(logicalId);
      read.set(logicalId, found);
      return found;
    },
  };

  async function readChild(logicalId: string): Promise<Level | undefined> {
    const resource = (await resources()).find((each) => each.logicalId === logicalId);
    if (!resource?.physicalId) return undefined;
    const deployed = await lookUp(aws, resource.physicalId);
    if (deployed.kind === 'unreadable') throw new ProblemError({ message: deployed.why });
    return deployed.kind === 'stack' ? deployedLevel(aws, deployed) : undefined;
  }
}

const NONE: Template = { Resources: {} };
/** A stack without anything. */
export const EMPTY: Level = {
  template: NONE,
  known: {},
  made: { kind: 'made', template: NONE, madeBy: {} },
  child: async () => undefined,
};

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

/** A template of a stack, or of one in it. */
export interface NamedLevel {
  /** `<stack>/<logical ID>` for a nested one. */
  readonly name: string;
  readonly level: Level;
}

/**
 * A stack and all stacks in it, those whose template is not known left out.
 *
 * @throws ProblemError when one of them cannot be read
 */
export async function allLevels(name: string, level: Level): Promise<readonly NamedLevel[]> {
  const { made, known } = level;
  if (made.kind !== 'made') return [{ name, level }];
  const { Resources } = effectiveTemplate({ template: made.template, known });
  const inner: NamedLevel[] = [];
  for (const logicalId of Object.keys(Resources)) {
    const resource = own(Resources, logicalId);
    if (!isObject(resource) || resource.Type !== 'AWS::CloudFormation::Stack') continue;
    const properties = isObject(resource.Properties) ? resource.Properties : {};
    const child = await level.child(logicalId, properties);
    if (child) inner.push(...(await allLevels(`${name}/${logicalId}`, child)));
  }
  return [{ name, level }, ...inner];
}
