import { isObject, type Json, type JsonObject } from '../template/types.ts';
import { refuse } from './problems.ts';
import { given } from './python/values.ts';
import type { Generated, SamSource } from './types.ts';

/** Attributes of a SAM resource that go to the resource which takes its place. */
const OWN = ['DeletionPolicy', 'UpdatePolicy', 'Condition', 'UpdateReplacePolicy', 'Metadata'];
/** Those that go to all resources which it makes. */
const PASSED = ['Condition', 'DeletionPolicy', 'UpdateReplacePolicy'];

/** See {@link SamSource}. */
export function sourceOf(logicalId: string, resource: JsonObject): SamSource {
  const properties = isObject(resource.Properties) ? resource.Properties : {};
  return {
    logicalId,
    resource,
    properties,
    dependsOn: resource.DependsOn,
    attributes: picked(resource, OWN),
    passed: picked(resource, PASSED),
  };
}

function picked(resource: JsonObject, names: readonly string[]): JsonObject {
  const found: JsonObject = {};
  for (const name of names) {
    const value = Object.hasOwn(resource, name) ? resource[name] : undefined;
    if (value !== undefined) found[name] = value;
  }
  return found;
}

/** A resource to be filled in; its attributes are its own. */
export const generated = (
  logicalId: string,
  type: string,
  {
    attributes = {},
    dependsOn,
    properties = {},
  }: Partial<Pick<Generated, 'attributes' | 'dependsOn' | 'properties'>> = {},
): Generated => ({
  logicalId,
  type,
  attributes: { ...attributes },
  properties,
  ...(dependsOn !== undefined && { dependsOn }),
});

/** Attributes of a generated resource that go on to what is made for it. */
export const passedOf = ({ attributes }: Pick<Generated, 'attributes'>): JsonObject =>
  picked(attributes, PASSED);

export const ref = (name: string): JsonObject => ({ Ref: name });
export const getAtt = (name: string, attribute: string): JsonObject => ({ 'Fn::GetAtt': [name, attribute] });
export const sub = (text: string, variables?: JsonObject): JsonObject => ({
  'Fn::Sub': variables && Object.keys(variables).length > 0 ? [text, variables] : text,
});
export const NO_VALUE = 'AWS::NoValue';
export const conditional = (condition: Json, yes: Json, no: Json = ref(NO_VALUE)): JsonObject => ({
  'Fn::If': [condition, yes, no],
});

/** Tags as a list; a tag without a value has an empty one. */
export function tagList(tags: Json | undefined): Json[] {
  if (!isObject(tags)) return [];
  return Object.entries(tags).map(([Key, value]) => ({ Key, Value: value ?? '' }));
}

const RESERVED = ['lambda:createdBy', 'serverlessrepo:applicationId', 'serverlessrepo:semanticVersion'];

/** Tags of a resource that SAM makes: its own mark first, then more of its own, then the author's. */
export function samTags({ logicalId, properties }: SamSource, more: JsonObject = {}): Json[] {
  const tags = properties.Tags;
  if (isObject(tags))
    for (const name of RESERVED)
      if (Object.hasOwn(tags, name))
        refuse(logicalId, ['Tags', name], `the tag ${name} is SAM's own; choose another key`);
  return [{ Key: 'lambda:createdBy', Value: 'SAM' }, ...tagList(more), ...tagList(tags)];
}

/** Types made by SAM that can have tags as a list, and take those of the resource that makes them. */
const TAGGED = new Set([
  'AWS::ApiGateway::ApiKey',
  'AWS::ApiGateway::DomainName',
  'AWS::ApiGateway::DomainNameAccessAssociation',
  'AWS::ApiGateway::DomainNameV2',
  'AWS::ApiGateway::RestApi',
  'AWS::ApiGateway::Stage',
  'AWS::ApiGateway::UsagePlan',
  'AWS::AppSync::GraphQLApi',
  'AWS::CloudFormation::Stack',
  'AWS::CodeDeploy::Application',
  'AWS::CodeDeploy::DeploymentGroup',
  'AWS::DynamoDB::Table',
  'AWS::IAM::Role',
  'AWS::IoT::TopicRule',
  'AWS::Lambda::CapacityProvider',
  'AWS::Lambda::Function',
  'AWS::Lambda::MicrovmImage',
  'AWS::Lambda::NetworkConnector',
  'AWS::Lambda::WebFunction',
  'AWS::S3::Bucket',
  'AWS::SNS::Topic',
  'AWS::SQS::Queue',
  'AWS::StepFunctions::StateMachine',
]);

/** Writes tags over those of generated resources, as `PropagateTags` wants it. */
export function propagateTags(resources: readonly Generated[], { properties }: SamSource): void {
  const { Tags, PropagateTags } = properties;
  if (!given(PropagateTags) || PropagateTags === false || !isObject(Tags) || Object.keys(Tags).length === 0)
    return;
  for (const resource of resources) if (TAGGED.has(resource.type)) resource.properties.Tags = tagList(Tags);
}

/** A resource as it stands in a template. */
export function written({ type, dependsOn, attributes, properties }: Generated): JsonObject {
  const kept: JsonObject = {};
  for (const name in properties) {
    const value = properties[name];
    if (value !== undefined && value !== null) kept[name] = value;
  }
  return { Type: type, ...(isSet(dependsOn) && { DependsOn: dependsOn }), ...attributes, Properties: kept };
}

const isSet = (value: Json | undefined): value is Json =>
  Boolean(value) && (!Array.isArray(value) || value.length > 0);
