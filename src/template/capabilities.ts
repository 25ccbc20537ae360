import { isObject, type Json, type JsonObject, type Template } from './types.ts';

/** A name of a CloudFormation capability. */
export type Capability = 'CAPABILITY_IAM' | 'CAPABILITY_NAMED_IAM' | 'CAPABILITY_AUTO_EXPAND';

/**
 * IAM resources and the property that names them.
 * Source: CloudFormation API reference, CreateChangeSet, parameter Capabilities.
 */
const IAM_TYPES: Readonly<Record<string, string | undefined>> = {
  'AWS::IAM::AccessKey': undefined,
  'AWS::IAM::Group': 'GroupName',
  'AWS::IAM::InstanceProfile': 'InstanceProfileName',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::IAM::Policy': undefined,
  'AWS::IAM::Role': 'RoleName',
  'AWS::IAM::User': 'UserName',
  'AWS::IAM::UserToGroupAddition': undefined,
};

/** SAM resources for which the transform makes roles. */
const SAM_WITH_ROLES = new Set([
  'AWS::Serverless::Application',
  'AWS::Serverless::Api',
  'AWS::Serverless::Connector',
  'AWS::Serverless::Function',
  'AWS::Serverless::GraphQLApi',
  'AWS::Serverless::HttpApi',
  'AWS::Serverless::StateMachine',
]);

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
    if (each.Transform !== undefined || mentionsTransform(each)) needed.add('CAPABILITY_AUTO_EXPAND');
    for (const resource of Object.values(each.Resources)) {
      if (!isObject(resource)) continue;
      const type = String(resource.Type);
      if (type === 'AWS::CloudFormation::Stack' || type === 'AWS::Serverless::Application') stacks++;
      if (SAM_WITH_ROLES.has(type)) needed.add('CAPABILITY_IAM');
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

function isNamed(resource: JsonObject, property: string | undefined): boolean {
  return (
    property !== undefined && isObject(resource.Properties) && resource.Properties[property] !== undefined
  );
}

function mentionsTransform(value: Json): boolean {
  if (Array.isArray(value)) return value.some(mentionsTransform);
  if (!isObject(value)) return false;
  return Object.hasOwn(value, 'Fn::Transform') || Object.values(value).some(mentionsTransform);
}
