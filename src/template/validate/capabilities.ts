import { declaredResources } from '../resources.ts';
import { needsExpansion } from '../transforms.ts';
import { isObject, type Json, type JsonObject, own, scalarText, type Template } from '../types.ts';

/** What a caller of CloudFormation has to agree to. Source: CloudFormation API reference, "CreateChangeSet". */
export const CAPABILITIES = ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'] as const;
/** A name of a CloudFormation capability. */
export type Capability = (typeof CAPABILITIES)[number];

/**
 * IAM resources and the property that names them.
 * Source: CloudFormation API reference, CreateChangeSet, parameter Capabilities.
 */
const IAM_TYPES: Readonly<Record<string, string | undefined>> = {
  'AWS::IAM::AccessKey': undefined,
  'AWS::IAM::Group': 'GroupName',
  'AWS::IAM::GroupPolicy': undefined,
  'AWS::IAM::InstanceProfile': 'InstanceProfileName',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::IAM::Policy': undefined,
  'AWS::IAM::Role': 'RoleName',
  'AWS::IAM::RolePolicy': undefined,
  'AWS::IAM::User': 'UserName',
  'AWS::IAM::UserPolicy': undefined,
  'AWS::IAM::UserToGroupAddition': undefined,
};

/**
 * SAM resources for which the transform makes roles or policies, and the property that makes that needless.
 * Source: AWS SAM developer guide, "Generated CloudFormation resources".
 */
const SAM_WITH_ROLES: Readonly<Record<string, string | undefined>> = {
  'AWS::Serverless::CapacityProvider': 'OperatorRole',
  'AWS::Serverless::Connector': undefined,
  'AWS::Serverless::Function': 'Role',
  'AWS::Serverless::GraphQLApi': undefined,
  'AWS::Serverless::MicrovmImage': 'BuildRoleArn',
  'AWS::Serverless::NetworkConnector': 'OperatorRole',
  'AWS::Serverless::StateMachine': 'Role',
  'AWS::Serverless::WebFunction': 'ExecutionRoleArn',
};

/** Even a resource with a role gets further ones for these: deployments, and events that call by a role. */
const SAM_MAKES_MORE = ['Connectors', 'DeploymentPreference', 'Events'];

/**
 * Exactly the capabilities that a template and those nested in it need.
 *
 * @param nested templates of nested stacks that are known here; others are taken to need all
 */
export function requiredCapabilities(template: Template, nested: readonly Template[] = []): Capability[] {
  const needed = new Set<Capability>();
  const known = nested.length;
  let stacks = 0;
  for (const each of [template, ...nested]) {
    if (needsExpansion(each)) needed.add('CAPABILITY_AUTO_EXPAND');
    for (const { resource } of declaredResources(each)) {
      const type = scalarText(resource.Type);
      if (isNestedStack(type)) stacks++;
      if (samMakesRole(type, resource, each.Globals)) needed.add('CAPABILITY_IAM');
      if (Object.hasOwn(IAM_TYPES, type))
        needed.add(isNamed(resource, IAM_TYPES[type]) ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM');
    }
  }
  if (stacks > known) {
    for (const capability of ['CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'] as const)
      needed.add(capability);
  }
  // NAMED_IAM includes IAM; CloudFormation asks for the one that it names.
  if (needed.has('CAPABILITY_NAMED_IAM')) needed.delete('CAPABILITY_IAM');
  return [...needed].sort();
}

const isNestedStack = (type: string): boolean =>
  type === 'AWS::CloudFormation::Stack' || type === 'AWS::Serverless::Application';

/**
 * Whether a change set is refused without a capability that its template needs. That macros may expand a template counts
 * where a stack is made without a change set, and for stacks that are nested in it: a change set shows what a macro has made.
 * Source: model of the CloudFormation API, CreateChangeSet, parameter Capabilities.
 */
export const changeSetNeeds = (capability: Capability, template: Template): boolean =>
  capability !== 'CAPABILITY_AUTO_EXPAND' ||
  declaredResources(template).some(({ resource }) => isNestedStack(scalarText(resource.Type)));

function isNamed(resource: JsonObject, property: string | undefined): boolean {
  return (
    property !== undefined && isObject(resource.Properties) && resource.Properties[property] !== undefined
  );
}

function samMakesRole(type: string, resource: JsonObject, globals: Json | undefined): boolean {
  if (resource.Connectors !== undefined) return true;
  if (!Object.hasOwn(SAM_WITH_ROLES, type)) return false;
  const role = SAM_WITH_ROLES[type];
  const shared = isObject(globals) ? own(globals, type.replace('AWS::Serverless::', '')) : undefined;
  const set = {
    ...(isObject(shared) ? shared : {}),
    ...(isObject(resource.Properties) ? resource.Properties : {}),
  };
  const given = role === undefined ? undefined : set[role];
  // A choice may come out as no role.
  const isGiven = given !== undefined && !(isObject(given) && given['Fn::If'] !== undefined);
  return !isGiven || SAM_MAKES_MORE.some((name) => set[name] !== undefined);
}
