import { isObject, type Json, type JsonObject, own, scalarText, type Template } from '../template/types.ts';
import { actionArns } from './action-arns.ts';
import { referencedValues } from './dynamic-references.ts';
import { type Handler, handlerActions } from './handlers.ts';
import { patternsOf, type ResourceName, resourceName, textPattern } from './names.ts';
import { arnOf, type PolicyPlace } from './place.ts';
import { isReasonFor } from './related.ts';

/** An action that CloudFormation calls for a resource of a template. */
export interface Need {
  readonly logicalId: string;
  readonly type: string;
  readonly action: string;
  /** The handlers that call it. */
  readonly handlers: ReadonlySet<Handler>;
  /** ARNs, with wildcards for what is not known before; `*` alone where the service takes nothing else. */
  readonly resources: readonly string[];
  /** ARNs as they may be, of what is known enough; empty where nothing is. */
  readonly examples: readonly string[];
  /** No handler is done without it. */
  readonly isCertain?: true;
}

/** What a template needs, and what cannot be told of it. */
export interface TemplateNeeds {
  readonly needs: readonly Need[];
  /** Types of which CloudFormation does not say what it calls. */
  readonly unknown: readonly string[];
}

/** Types that call nothing. */
const NOTHING = new Set([
  'AWS::CDK::Metadata',
  'AWS::CloudFormation::WaitCondition',
  'AWS::CloudFormation::WaitConditionHandle',
]);

/** Types whose schema says nothing. Source: the operations of the service that the documentation of each type names. */
const BY_HAND: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'AWS::Route53::RecordSetGroup': {
    'route53:ChangeResourceRecordSets': 'cud',
    'route53:GetChange': 'crud',
    'route53:GetHostedZone': 'crud',
    'route53:ListResourceRecordSets': 'r',
  },
  'AWS::IAM::AccessKey': {
    'iam:CreateAccessKey': 'c',
    'iam:DeleteAccessKey': 'd',
    'iam:ListAccessKeys': 'r',
    'iam:UpdateAccessKey': 'u',
  },
  'AWS::IAM::UserToGroupAddition': {
    'iam:AddUserToGroup': 'cu',
    'iam:GetGroup': 'r',
    'iam:RemoveUserFromGroup': 'ud',
  },
};

interface Entry {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: JsonObject;
}

/**
 * What CloudFormation calls for the resources of a template.
 *
 * @param template what CloudFormation makes of it, with what is known of its values
 */
export function templateNeeds(template: Template, place: PolicyPlace): TemplateNeeds {
  const entries = Object.entries(template.Resources).flatMap(([logicalId, resource]): Entry[] =>
    isObject(resource)
      ? [{ logicalId, type: scalarText(resource.Type), properties: propertiesOf(resource) }]
      : [],
  );
  const names = entries.flatMap(({ logicalId, type, properties }): (ResourceName & { type: string })[] => {
    const name = resourceName([logicalId, type, properties], place);
    return name ? [{ ...name, type }] : [];
  });
  const unknown = new Set<string>();
  const needs = entries.flatMap((entry): Need[] => {
    const actions = actionsOf(entry.type);
    if (!actions) {
      unknown.add(entry.type);
      return [];
    }
    return actions
      .filter(({ action }) => isReasonFor(action, entry.type, entry.properties))
      .map(({ action, handlers }) => ({
        ...entry,
        action,
        handlers,
        ...resourcesFor(action, entry, { names, place }),
      }))
      .map(({ properties: _, ...need }) => need);
  });
  const read = entries.flatMap((entry) => readFor(entry, place));
  return { needs: [...needs, ...read], unknown: [...unknown].sort() };
}

/** What dynamic references of a resource read, whatever its type. */
const readFor = ({ logicalId, type, properties }: Entry, place: PolicyPlace): readonly Need[] =>
  referencedValues(properties, place).map(({ action, resource }) => ({
    logicalId,
    type,
    action,
    handlers: new Set<Handler>(['c', 'u']),
    resources: [resource],
    examples: [resource.replaceAll('?', 'x').replaceAll('*', 'example')],
    isCertain: true,
  }));

const propertiesOf = (resource: JsonObject): JsonObject =>
  isObject(resource.Properties) ? resource.Properties : {};

function actionsOf(
  type: string,
): readonly { readonly action: string; readonly handlers: ReadonlySet<Handler> }[] | undefined {
  if (NOTHING.has(type)) return [];
  if (type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource')
    return [{ action: 'lambda:InvokeFunction', handlers: new Set<Handler>(['c', 'u', 'd']) }];
  const byHand = own(BY_HAND, type);
  if (byHand)
    return Object.entries(byHand).map(([action, letters]) => ({
      action,
      handlers: new Set(letters as Iterable<Handler>),
    }));
  // Lists are asked for what is not in a stack.
  return handlerActions(type)?.filter(({ handlers }) => [...handlers].some((each) => each !== 'l'));
}

/** What decides which ARNs an action is for. */
interface Surroundings {
  readonly names: readonly (ResourceName & { readonly type: string })[];
  readonly place: PolicyPlace;
}

/** What is put into the bucket of archives, and read from there. */
const OF_ARTIFACTS = new Set(['s3:GetObject', 's3:GetObjectVersion']);

function resourcesFor(
  action: string,
  entry: Entry,
  { names, place }: Surroundings,
): Pick<Need, 'resources' | 'examples'> {
  const patterns = actionArns(action);
  if (patterns.length === 0) return { resources: ['*'], examples: ['*'] };
  if (action === 'lambda:InvokeFunction')
    return { resources: [targetOf(entry, { names, place })], examples: [] };
  const exampleOf = ({ prefix, example }: ResourceName): string => arnOf(`${prefix}${example}`, place);
  const own = resourceName([entry.logicalId, entry.type, entry.properties], place);
  const isOwn = own !== undefined && patterns.some((pattern) => pattern === `${own.prefix}*`);
  if (isOwn)
    return { resources: patternsOf(own).map((pattern) => arnOf(pattern, place)), examples: [exampleOf(own)] };
  const literals = arnsIn(entry.properties);
  const prefixes = patterns.map((pattern) => pattern.replace(/\*$/, ''));
  const given = literals.filter((arn) => prefixes.some((prefix) => matches(arn, prefix)));
  const ofStack = names.filter(({ prefix }) => prefixes.includes(prefix));
  const found = [...given, ...ofStack.flatMap((name) => patternsOf(name).map((each) => arnOf(each, place)))];
  const { bucket, prefix } = place.artifacts;
  const code = OF_ARTIFACTS.has(action)
    ? [arnOf(`s3:::${bucket}/${prefix}*`, place), ...objectsIn(entry.properties, place)]
    : [];
  const all = [...new Set([...found, ...code, ...(found.length > 0 ? managedSecrets(action, place) : [])])];
  const isKnown = all.length > 0 && !(action === 'iam:PassRole' && hasOtherRole(entry.properties, literals));
  if (!isKnown) {
    const resources = patterns.map((pattern) => foreign(pattern, place));
    // IDs of APIs are nothing that anybody would name in a policy before.
    return {
      resources,
      examples: action.startsWith('apigateway:') ? [resources[0]?.replace('*', 'example') ?? ''] : [],
    };
  }
  const examples = code.length > 0 ? [] : [...given, ...ofStack.map(exampleOf)];
  return { resources: all, examples: [...new Set(examples)] };
}

/** Databases, connections and others make secrets of their own, in whose names a `!` stands. Source: Secrets Manager User Guide. */
const managedSecrets = (action: string, place: PolicyPlace): readonly string[] =>
  action.startsWith('secretsmanager:') ? [arnOf('secretsmanager:R:A:secret:*!*', place)] : [];

/** A pattern for things of this account that are not in the template. */
const foreign = (pattern: string, place: PolicyPlace): string =>
  arnOf(/^(lambda:R:A:layer:|kms:)/.test(pattern) ? pattern.replace(':R:A:', ':*:*:') : pattern, place);

/** The function or topic behind a custom resource. */
function targetOf({ properties }: Entry, { names, place }: Surroundings): string {
  const token = properties.ServiceToken;
  if (typeof token === 'string') return token;
  const ofStack = names.find(({ prefix }) => prefix === 'lambda:R:A:function:');
  const pattern = token === undefined ? '*' : textPattern(token);
  if (pattern.startsWith('arn:')) return pattern;
  return arnOf(
    ofStack && pattern === '*' ? `${ofStack.prefix}${ofStack.name}` : 'lambda:R:A:function:*',
    place,
  );
}

/** Objects that properties name by bucket and key. */
function objectsIn(value: Json, place: PolicyPlace): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((each) => objectsIn(each, place));
  if (!isObject(value)) return [];
  const bucket = value.S3Bucket ?? value.Bucket;
  const key = value.S3Key ?? value.Key;
  const own =
    bucket !== undefined && key !== undefined
      ? [arnOf(`s3:::${textPattern(bucket)}/${textPattern(key)}`, place)]
      : [];
  return [...own, ...Object.values(value).flatMap((each) => objectsIn(each, place))];
}

/** ARNs that stand in properties. */
function arnsIn(value: Json): readonly string[] {
  if (typeof value === 'string') return value.startsWith('arn:') ? [value] : [];
  if (Array.isArray(value)) return value.flatMap(arnsIn);
  if (!isObject(value)) return [];
  const pattern = 'Fn::Sub' in value || 'Fn::Join' in value ? textPattern(value) : '';
  return pattern.startsWith('arn:') && pattern.split(':').length > 5
    ? [pattern]
    : Object.values(value).flatMap(arnsIn);
}

/** Whether an ARN, in any region and account, begins as a pattern does. */
function matches(arn: string, prefix: string): boolean {
  const parts = arn.split(':').slice(2);
  const wanted = prefix.split(':');
  const rest = parts.slice(3).join(':');
  return parts[0] === wanted[0] && rest.startsWith(wanted.slice(3).join(':'));
}

/** Whether a role is named by what only CloudFormation can tell, such as an import. */
function hasOtherRole(properties: JsonObject, literals: readonly string[]): boolean {
  const roles = Object.entries(properties).filter(([name]) => /Role(Arn)?$/.test(name));
  return roles.some(([, value]) => {
    if (!isObject(value)) return typeof value === 'string' && !literals.includes(value);
    return !('Fn::GetAtt' in value) && arnsIn(value).length === 0;
  });
}
