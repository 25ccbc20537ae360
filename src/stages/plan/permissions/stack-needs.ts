import type { AssumedRole, SourceKind, StackAssembly } from '../../../assembly/types.ts';
import type { Inputs } from '../../../inputs.ts';
import type { Handler } from '../../../policies/handlers.ts';
import type { AssumedRoles, ServiceFacts } from '../../../policies/modes.ts';
import { type Need, templateNeeds } from '../../../policies/needs.ts';
import { arnOf, type PolicyPlace } from '../../../policies/place.ts';
import { ProblemError } from '../../../problem.ts';
import { declaredParameters, ssmParameters } from '../../../template/parameters.ts';
import { transformsOf } from '../../../template/transforms.ts';
import {
  isObject,
  type Json,
  type JsonObject,
  own,
  scalarText,
  type Template,
} from '../../../template/types.ts';
import { effectiveTemplate } from '../../../template/values/effective.ts';
import { asResolved } from '../../../template/values/resolved.ts';
import type { LocatedStack } from '../index.ts';
import { knownNow } from '../known-templates.ts';
import { allLevels, assembledLevel, type Level } from '../levels/level.ts';
import type { FoundStack } from '../stack-plan.ts';

/** What a stack needs of IAM. */
export interface StackNeeds {
  /** What it comes to, nested ones included. */
  readonly templates: EffectiveTemplates;
  readonly needs: readonly Need[];
  readonly facts: ServiceFacts;
  /** Types of which CloudFormation does not say what it calls. */
  readonly unknown: readonly string[];
}

/** What each template of a stack comes to, with what is known of its values; by `<stack>` and `<stack>/<logical ID>`. */
export type EffectiveTemplates = ReadonlyMap<string, Template>;

/** What stands for the account and the region where nobody knows them. */
export const UNKNOWN = { account: 'ACCOUNT', region: 'REGION' } as const;

/** A stack whose needs are asked for. */
export interface NeedySource {
  readonly found: FoundStack;
  readonly located: LocatedStack;
  /** By default where it is. */
  readonly place?: PolicyPlace;
  /** What it was made from; service definitions look roles up. */
  readonly source?: SourceKind;
}

/**
 * What CloudFormation and this action call for a stack.
 *
 * @throws ProblemError where only CloudFormation can tell what a template is made into
 */
export async function stackNeeds(
  { found, located, place = placeOf(found, located), source }: NeedySource,
  inputs: Inputs,
): Promise<StackNeeds> {
  const { stack, deployed } = found;
  const { rendered } = located;
  const { template, known } = knownNow(rendered, deployed);
  const root = await assembledLevel(
    { stack, rendered, region: place.region },
    { template, known: { ...known, ...pseudoParameters(place) } },
  );
  const templates = await effectiveTemplates(stack.stackName, root);
  const all = [...templates.values()].map((each) => templateNeeds(each, place));
  const checked = [inputs.deploymentRole, inputs.roleArn].filter((role) => role !== undefined);
  const resources = [...templates.values()].flatMap(({ Resources }) =>
    Object.values(Resources).filter(isObject),
  );
  const types = new Set(resources.map(({ Type }) => scalarText(Type)));
  return {
    templates,
    needs: [...all.flatMap(({ needs }) => needs), ...readParameters(located, template, place)],
    unknown: [...new Set(all.flatMap(({ unknown }) => unknown))],
    facts: {
      place,
      functions: types.has('AWS::Lambda::Function'),
      images: stack.assets.some(({ kind }) => kind === 'image'),
      nested: types.has('AWS::CloudFormation::Stack'),
      transforms: transformsOf(template).length > 0,
      lookedUpRoles: source === 'service' ? resources.flatMap(roleOf) : [],
      assumed: assumedBy(stack),
      ownBucket: inputs.s3Bucket !== undefined,
      createRepository: inputs.createEcrRepository,
      repository: located.destination.images.repository,
      executionRole: inputs.roleArn ?? stack.roles?.execution,
      rollbackAlarms: inputs.rollbackAlarms !== undefined,
      checkedRoles: checked,
      ...(inputs.deployTo === 'stack-set' && {
        stackSet: {
          regions: inputs.stackSet?.regions ?? [],
          hasCode: stack.assets.length > 0,
          ownBucket: inputs.s3Bucket !== undefined,
          administrationRole: inputs.stackSet?.administrationRole,
        },
      }),
    },
  };
}

function assumedBy({
  roles: { deploy, lookup } = {},
  assets,
  nested,
  templateDestination,
}: StackAssembly): AssumedRoles | undefined {
  if (!deploy && !lookup) return undefined;
  const publishing = [templateDestination, ...[...assets, ...nested].map(({ destination }) => destination)];
  const arnsOf = (all: readonly (AssumedRole | undefined)[]): readonly string[] => [
    ...new Set(all.flatMap((each) => (each ? [each.arn] : []))),
  ];
  return { reading: arnsOf([lookup]), deploying: arnsOf([deploy, ...publishing.map((each) => each?.role)]) };
}

/** What parameters of SSM types make CloudFormation read. */
function readParameters(
  { rendered: { parameters } }: LocatedStack,
  template: Template,
  place: PolicyPlace,
): readonly Need[] {
  const declared = declaredParameters(template);
  return ssmParameters(template).map((name): Need => {
    const key = own(parameters, name) ?? scalarText(own(declared, name)?.Default ?? '*');
    const resource = arnOf(`ssm:R:A:parameter/${key.replace(/^\//, '')}`, place);
    return {
      logicalId: name,
      type: '',
      action: 'ssm:GetParameters',
      handlers: new Set<Handler>(['c', 'u']),
      resources: [resource],
      examples: [],
    };
  });
}

/** The role that a function is given by its ARN. */
const roleOf = ({ Properties }: JsonObject): readonly string[] => {
  const role = isObject(Properties) ? Properties.Role : undefined;
  return typeof role === 'string' && role.startsWith('arn:') ? [role] : [];
};

/** Where the stack is; what is not known is said in words that people replace. */
export function placeOf(
  { stack, aws }: FoundStack,
  { account = UNKNOWN.account, destination: { bucket, prefix } }: LocatedStack,
): PolicyPlace {
  const region = stack.environment?.region ?? aws?.region ?? UNKNOWN.region;
  return {
    partition: partitionOf(region),
    region,
    account: stack.environment?.account ?? account,
    stackName: stack.stackName,
    artifacts: {
      bucket: bucket.replace(/-account-/, `-${account}-`).replace(/-region$/, `-${region}`),
      prefix: [prefix, stack.stackName, ''].filter((part, index) => part !== '' || index === 2).join('/'),
    },
  };
}

/** Source: AWS General Reference, "AWS service endpoints". */
export const partitionOf = (region: string): string =>
  region.startsWith('cn-')
    ? 'aws-cn'
    : region.startsWith('us-gov-')
      ? 'aws-us-gov'
      : region.startsWith('eusc-')
        ? 'aws-eusc'
        : 'aws';

const pseudoParameters = ({ partition, region, account, stackName }: PolicyPlace) => ({
  'AWS::Partition': partition,
  'AWS::Region': region,
  'AWS::AccountId': account,
  'AWS::StackName': stackName,
});

/** @throws ProblemError where only CloudFormation can tell what a template is made into */
export async function effectiveTemplates(stackName: string, root: Level): Promise<EffectiveTemplates> {
  const levels = await allLevels(stackName, root);
  return new Map(
    levels.map(({ name, level: { made, known } }) => {
      if (made.kind !== 'made')
        throw new ProblemError({
          subject: name,
          message: `its template cannot be expanded here: ${made.why}`,
          next: 'Give the parameters that decide it.',
        });
      const template = effectiveTemplate({ template: made.template, known });
      return [name, { ...template, Resources: resolvedAll(template.Resources) }];
    }),
  );
}

const resolvedAll = (resources: JsonObject): JsonObject => {
  const values: Json = asResolved(resources);
  return isObject(values) ? values : {};
};
