import { isObject, type Json, type JsonObject } from '../../template/types.ts';
import type { Build } from '../context.ts';
import { namedResource } from '../intrinsics.ts';
import { given, sameData, truthy } from '../python/values.ts';
import { ref } from '../resource.ts';
import { type Replacements, referencesOf, replaced, type TypeReferences } from './profiles.ts';

/** What is known of one end of a connector. */
export interface ResourceReference {
  /** None where the author describes a resource that is elsewhere. */
  readonly logicalId: string | undefined;
  readonly type: string;
  readonly arn: Json | undefined;
  readonly roleName: Json | undefined;
  readonly queueUrl: Json | undefined;
  readonly id: Json | undefined;
  readonly name: Json | undefined;
  readonly qualifier: Json | undefined;
}

/** Types of CloudFormation that SAM's stand for. */
const CLOUDFORMATION: Readonly<Record<string, string>> = {
  'AWS::Serverless::Function': 'AWS::Lambda::Function',
  'AWS::Serverless::StateMachine': 'AWS::StepFunctions::StateMachine',
  'AWS::Serverless::Api': 'AWS::ApiGateway::RestApi',
  'AWS::Serverless::HttpApi': 'AWS::ApiGatewayV2::Api',
  'AWS::Serverless::SimpleTable': 'AWS::DynamoDB::Table',
};

/**
 * One end of a connector.
 *
 * @param other the other end
 * @param refuse is told what is wrong with it
 */
export function resourceReference(
  written: JsonObject,
  { other, build }: { readonly other: JsonObject; readonly build: Build },
  refuse: (at: readonly string[], message: string) => never,
): ResourceReference {
  const hasId = Object.hasOwn(written, 'Id');
  const hasMore = Object.keys(written).some((name) => name !== 'Id' && name !== 'Qualifier');
  if (hasId === hasMore)
    return refuse(
      [],
      'either Id is given, which a Qualifier may be added to, or else the Type and what it needs',
    );
  const { Id } = written;
  return truthy(Id) ? known(written, { Id, other, build }, refuse) : described(written, refuse);
}

function described(
  written: JsonObject,
  refuse: (at: readonly string[], message: string) => never,
): ResourceReference {
  const { Type } = written;
  if (typeof Type !== 'string' || Type === '') return refuse(['Type'], 'Type has to be a text');
  return {
    logicalId: undefined,
    type: CLOUDFORMATION[Type] ?? Type,
    arn: written.Arn,
    roleName: written.RoleName,
    queueUrl: written.QueueUrl,
    id: written.ResourceId,
    name: written.Name,
    qualifier: written.Qualifier,
  };
}

function known(
  written: JsonObject,
  { Id, other, build }: { readonly Id: Json; readonly other: JsonObject; readonly build: Build },
  refuse: (at: readonly string[], message: string) => never,
): ResourceReference {
  if (typeof Id !== 'string') return refuse(['Id'], 'Id has to be a text');
  const resource = build.output[Id];
  if (!isObject(resource)) return refuse(['Id'], `the template has no resource ${Id}`);
  const { Type, Properties } = resource;
  if (typeof Type !== 'string' || Type === '') return refuse(['Id'], `the resource ${Id} has no Type`);
  const references = referencesOf(Type);
  const never = (name: string): never => refuse(['Id'], `${name} of ${Id} is not known`);
  const values: Replacements = { logicalId: Id };
  const outputs: JsonObject = {};
  for (const [name, value] of Object.entries(references.Outputs ?? {}))
    outputs[name] = replaced(value, values, never);
  const role = roleOf(references, isObject(Properties) ? Properties : {}, other);
  const roleId = truthy(role) ? namedResource(role) : undefined;
  return {
    logicalId: Id,
    type: Type,
    arn: outputs.Arn,
    roleName: roleId === undefined ? undefined : ref(roleId),
    queueUrl: outputs.Url,
    id: outputs.Id,
    name: outputs.Name,
    qualifier: Object.hasOwn(written, 'Qualifier') ? written.Qualifier : outputs.Qualifier,
  };
}

/** The role that a resource works in; a rule has one for each target. */
function roleOf({ Inputs }: TypeReferences, properties: JsonObject, other: JsonObject): Json | undefined {
  const property = Inputs?.Role;
  if (typeof property === 'string') return properties[property];
  if (!isObject(property) || property.Function !== 'GetEventsRuleRole') return undefined;
  const targets = Array.isArray(properties.Targets) ? properties.Targets : [];
  const target = targets.find((each) => {
    if (!isObject(each)) return false;
    const id = namedResource(each.Arn);
    if (id !== undefined && id === other.Id) return true;
    return given(other.Arn) && truthy(other.Arn) && sameData(each.Arn, other.Arn);
  });
  return isObject(target) ? target.RoleArn : undefined;
}
