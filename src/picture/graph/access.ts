import { statements } from '../../template/iam/statements.ts';
import { references } from '../../template/references.ts';
import { isObject, type Json, own, scalarText } from '../../template/types.ts';
import { asResolved, asWritten } from '../../template/values/resolved.ts';
import type { DrawnResource } from '../types.ts';
import type { Access, Arrow } from './arrows.ts';
import { givesRole, type Mentioning } from './owners.ts';
import { type DrawnScope, mentions } from './scope.ts';

const READS =
  /^(BatchGet|BatchRead|Check|Decrypt|Describe|Download|Get|Head|List|Lookup|Query|Read|Receive|Scan|Search|Select|View|PartiQLSelect|ConditionCheck)/i;
/** Taking a message off a queue is a part of reading it. */
const TAKES = /^(DeleteMessage|ChangeMessageVisibility)/i;
const CALLS =
  /^(lambda:Invoke|states:Start|execute-api:|appsync:GraphQL|events:InvokeApiDestination|bedrock:Invoke)/i;

/** What an action of IAM does with what it is allowed on: `dynamodb:GetItem` reads. */
export function accessOf(action: string): readonly Access[] {
  if (CALLS.test(action)) return ['call'];
  const [service = '', name = service] = action.split(':');
  if (READS.test(name) || (service === 'sqs' && TAKES.test(name))) return ['read'];
  // `dynamodb:*`, `s3:*Object`, and every action but some: both.
  return name.startsWith('*') || action.startsWith('not ') ? ['read', 'write'] : ['write'];
}

/** Services whose resources are drawn also where they belong to somebody else. */
const OUTSIDE =
  /^(dynamodb|s3|sqs|sns|lambda|states|events|kinesis|firehose|secretsmanager|ssm|rds-data|bedrock|ses|scheduler|execute-api|es|aoss|kms)$/;
/** What every function may do to tell how it is, and what goes without a resource. */
const PLAIN = /^(logs|xray|cloudwatch|ec2|iam|sts|cloudformation|tag):/;

/** Values of policies as texts that can be read back. */
const asText = (value: Json | undefined): string =>
  typeof value === 'string' ? value : JSON.stringify(value ?? '');

function asValue(text: string): Json {
  try {
    return /^[[{]/.test(text) ? (JSON.parse(text) as Json) : text;
  } catch {
    return text;
  }
}

/** A permission of a role. */
interface Allowed {
  readonly access: Access;
  /** Key of a resource, or of what is outside. */
  readonly to: string;
}

/** What policies allow their roles. */
export interface Permitted {
  readonly arrows: readonly Arrow[];
  /** Names of what is outside, by key. */
  readonly outside: ReadonlyMap<string, string>;
}

/**
 * What everybody may do who is given a role of the stack, as arrows from whoever is given it. Policies that deny, and
 * what AWS manages, are left out: neither says what something does with what it is allowed.
 */
export function permittedBy(scopes: readonly DrawnScope[], all: ReadonlyMap<string, Mentioning>): Permitted {
  const outside = new Map<string, string>();
  const byRole = new Map<string, readonly Allowed[]>();
  const add = (role: string, allowed: readonly Allowed[]): void =>
    void byRole.set(role, [...(byRole.get(role) ?? []), ...allowed]);
  for (const scope of scopes)
    for (const resource of scope.resources.values()) {
      if (!/^AWS::IAM::(Role|(Managed|Role)?Policy)$/.test(resource.type)) continue;
      const allowed = allowedBy(resource, scope, outside);
      for (const role of rolesOf(resource, all)) add(role, allowed);
    }
  const arrows = [...all.values()].flatMap(({ resource, mentioned }) => {
    if (resource.type.startsWith('AWS::IAM::')) return [];
    const roles = new Set(mentioned.filter(({ path }) => givesRole(path)).map(({ target }) => target));
    return [...roles].flatMap((role) =>
      (byRole.get(role) ?? []).map(
        ({ access, to }): Arrow => ({ from: resource.key, to, kind: 'permission', label: '', access }),
      ),
    );
  });
  return { arrows, outside };
}

/** The roles that have a policy; a role has its own. */
function rolesOf({ key, type }: DrawnResource, all: ReadonlyMap<string, Mentioning>): readonly string[] {
  if (type === 'AWS::IAM::Role') return [key];
  const named = (all.get(key)?.mentioned ?? []).filter(({ path }) => /^Role(s|Name)$/.test(String(path[0])));
  const naming = [...all.values()].filter(
    ({ resource, mentioned }) =>
      resource.type === 'AWS::IAM::Role' &&
      mentioned.some(({ target, path }) => target === key && path[0] === 'ManagedPolicyArns'),
  );
  return [...named.map(({ target }) => target), ...naming.map(({ resource }) => resource.key)];
}

function allowedBy(
  { type, both }: DrawnResource,
  scope: DrawnScope,
  outside: Map<string, string>,
): readonly Allowed[] {
  return statements(type, both, asText).flatMap(({ effect, principal, action: text, resource, isLimit }) => {
    if (effect !== 'Allow' || principal !== '' || isLimit || resource.startsWith('not ')) return [];
    const action = scalarText(asResolved(asValue(text)));
    const inside = mentions([asResolved(asValue(resource))], scope).map(({ target }) => target);
    const named = inside.length > 0 ? inside : calledSo(action, asWritten(asValue(resource)), scope);
    const targets = named.length > 0 ? named : outsideOf(action, asWritten(asValue(resource)), outside);
    return targets.flatMap((to) => accessOf(action).map((access) => ({ access, to })));
  });
}

/** What resources of a service are given as a name, by the service's name in actions. */
const NAMED: Readonly<Record<string, readonly [type: RegExp, property: string]>> = {
  dynamodb: [/^AWS::DynamoDB::(Global)?Table$/, 'TableName'],
  events: [/^AWS::Events::EventBus$/, 'Name'],
  kinesis: [/^AWS::Kinesis::Stream$/, 'Name'],
  lambda: [/^AWS::Lambda::Function$/, 'FunctionName'],
  s3: [/^AWS::S3::Bucket$/, 'BucketName'],
  secretsmanager: [/^AWS::SecretsManager::Secret$/, 'Name'],
  sns: [/^AWS::SNS::Topic$/, 'TopicName'],
  sqs: [/^AWS::SQS::Queue$/, 'QueueName'],
  states: [/^AWS::StepFunctions::StateMachine$/, 'StateMachineName'],
};

/** Resources of the stack that an ARN means by the name that they are given: policies write it so where a reference would be a circle. */
function calledSo(action: string, resource: Json, { resources }: DrawnScope): readonly string[] {
  const [service = ''] = action.split(':');
  const [type, property] = own(NAMED, service) ?? [];
  const name = nameIn(service, resource);
  if (!type || property === undefined || name === '*') return [];
  return [...resources.values()]
    .filter((each) => type.test(each.type) && each.written[property] !== undefined)
    .filter((each) => outsideName(each.written[property] ?? '') === name)
    .map(({ key }) => key);
}

/** Of a bucket some objects, whose names change with what is in them. */
const nameIn = (service: string, resource: Json): string =>
  service === 's3' ? outsideName(resource).replace(/\/.*/, '') : outsideName(resource);

/** What is outside of the stack, under a name without accounts and regions. */
function outsideOf(action: string, resource: Json, outside: Map<string, string>): readonly string[] {
  const [service = ''] = action.replace(/^not /, '').split(':');
  if (PLAIN.test(action) || !OUTSIDE.test(service)) return [];
  const name = nameIn(service, resource);
  const told = name === '*' ? `all of ${service}` : `${service} ${name}`;
  outside.set(`outside:${told}`, told);
  return [`outside:${told}`];
}

/** `orders` of `arn:aws:dynamodb:eu-central-1:123456789012:table/orders/index/*`; `*` where nothing says which. */
export function outsideName(value: Json): string {
  const text = nameText(value);
  const parts = text.split(':');
  const name = parts[0] === 'arn' ? parts.slice(5).join(':') : text;
  const plain = name
    .replace(/^(table|key|function|secret|stateMachine|stream)[/:]/, '')
    .replace(/(\/index)?\/\*$/, '')
    .replace(/[-/:]+$/, '');
  return plain === '' ? '*' : plain;
}

/** A text with what only the account knows as `${...}`, but for where the account is. */
function nameText(value: Json): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return '';
  const { 'Fn::Sub': sub, 'Fn::Join': joined, 'Fn::ImportValue': imported } = value;
  const [text, variables] = Array.isArray(sub) ? sub : [sub];
  if (typeof text === 'string')
    return text.replaceAll(/\$\{([\w:.]+)\}/g, (whole, name: string) => {
      const given = isObject(variables) ? own(variables, name) : undefined;
      return given === undefined ? (name.startsWith('AWS::') ? '' : whole) : nameText(given);
    });
  // CDK names its exports after what they are of.
  if (imported !== undefined)
    return nameText(imported).replace(
      /^.*:(?:ExportsOutput(?:FnGetAtt|Ref)(.+?)(?:Arn)?[0-9A-F]{8}$)?/,
      '$1',
    );
  const [separator, parts] = Array.isArray(joined) ? joined : [];
  if (typeof separator === 'string' && Array.isArray(parts)) return parts.map(nameText).join(separator);
  const [first] = references([value]);
  return first === undefined || first.name.startsWith('AWS::') ? '' : `\${${first.name}}`;
}
