import { canonicalValue } from './equivalence.ts';
import { isObject, type Json, type JsonObject, type Template } from './types.ts';

/** A permission that comes or goes. */
export interface IamChange {
  readonly kind: 'added' | 'removed';
  /** The resource that carries the statement. */
  readonly logicalId: string;
  readonly effect: string;
  /** Who, for policies of resources and trust; empty for policies of roles. */
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  /** The statement's conditions as JSON; empty when there are none. */
  readonly condition: string;
  /** Why a reader should look twice. */
  readonly concern?: 'public' | 'wildcard';
}

/** Properties that hold policy documents, by resource type; `*` is any element of a list. */
const POLICIES: Readonly<Record<string, readonly string[]>> = {
  'AWS::IAM::Role': ['AssumeRolePolicyDocument', 'Policies.*.PolicyDocument'],
  'AWS::IAM::User': ['Policies.*.PolicyDocument'],
  'AWS::IAM::Group': ['Policies.*.PolicyDocument'],
  'AWS::IAM::Policy': ['PolicyDocument'],
  'AWS::IAM::ManagedPolicy': ['PolicyDocument'],
  'AWS::IAM::RolePolicy': ['PolicyDocument'],
  'AWS::S3::BucketPolicy': ['PolicyDocument'],
  'AWS::SQS::QueuePolicy': ['PolicyDocument'],
  'AWS::SNS::TopicPolicy': ['PolicyDocument'],
  'AWS::KMS::Key': ['KeyPolicy'],
  'AWS::ECR::Repository': ['RepositoryPolicyText'],
  'AWS::SecretsManager::ResourcePolicy': ['ResourcePolicy'],
  'AWS::Serverless::Function': ['Policies', 'Policies.*'],
};

/** Permissions added and removed between two templates. */
export function iamChanges(before: Template, after: Template): IamChange[] {
  const old = new Map(permissions(before).map((each) => [keyOf(each), each]));
  const now = new Map(permissions(after).map((each) => [keyOf(each), each]));
  return [
    ...[...now].filter(([key]) => !old.has(key)).map(([, each]) => ({ kind: 'added' as const, ...each })),
    ...[...old].filter(([key]) => !now.has(key)).map(([, each]) => ({ kind: 'removed' as const, ...each })),
  ];
}

type Permission = Omit<IamChange, 'kind'>;

const keyOf = (permission: Permission): string => JSON.stringify(permission);

function permissions(template: Template): Permission[] {
  return Object.entries(template.Resources).flatMap(([logicalId, resource]) => {
    if (!isObject(resource) || !isObject(resource.Properties)) return [];
    const type = String(resource.Type);
    const { Properties: properties } = resource;
    return [
      ...(POLICIES[type] ?? []).flatMap((path) =>
        valuesAt(properties, path.split('.')).flatMap((document) => statements(logicalId, document)),
      ),
      ...managedPolicies(logicalId, type, properties),
      ...invokePermission(logicalId, type, properties),
      ...exposure(logicalId, type, properties),
    ];
  });
}

function valuesAt(value: Json | undefined, [step, ...rest]: readonly string[]): Json[] {
  if (value === undefined) return [];
  if (step === undefined) return [value];
  if (step === '*') return Array.isArray(value) ? value.flatMap((item) => valuesAt(item, rest)) : [];
  return isObject(value) ? valuesAt(value[step], rest) : [];
}

/** One permission for each action and resource of each statement. */
function statements(logicalId: string, document: Json): Permission[] {
  if (!isObject(document)) return [];
  return list(document.Statement).flatMap((statement) => {
    if (!isObject(statement)) return [];
    const effect = text(statement.Effect ?? 'Allow');
    const condition = statement.Condition === undefined ? '' : text(statement.Condition);
    const principals = statement.Principal === undefined ? [''] : principalsOf(statement.Principal);
    const actions = list(statement.Action).map(text);
    const not = list(statement.NotAction).map((action) => `not ${text(action)}`);
    const resources = statement.Resource === undefined ? [''] : list(statement.Resource).map(text);
    return principals.flatMap((principal) =>
      [...actions, ...not].flatMap((action) =>
        resources.map((resource) => permission({ logicalId, effect, principal, action, resource, condition })),
      ),
    );
  });
}

function permission(given: Omit<Permission, 'concern'>): Permission {
  if (given.effect !== 'Allow') return given;
  if (given.principal === '*' || given.principal === 'AWS: *') return given.condition === '' ? { ...given, concern: 'public' } : given;
  const wide = given.action === '*' || /^[a-z0-9-]+:\*$/i.test(given.action) || given.action.startsWith('not ');
  return wide && given.principal === '' ? { ...given, concern: 'wildcard' } : given;
}

function principalsOf(principal: Json): string[] {
  if (!isObject(principal)) return [text(principal)];
  return Object.entries(principal).flatMap(([kind, values]) => list(values).map((value) => `${kind}: ${text(value)}`));
}

function managedPolicies(logicalId: string, type: string, properties: JsonObject): Permission[] {
  const arns = /^AWS::IAM::(Role|User|Group)$/.test(type)
    ? list(properties.ManagedPolicyArns)
    : type === 'AWS::Serverless::Function'
      ? list(properties.Policies).filter((policy) => !isObject(policy) || policy.Statement === undefined)
      : [];
  return arns.map((arn) => {
    const resource = text(arn);
    const given = { logicalId, effect: 'Allow', principal: '', action: 'managed policy', resource, condition: '' };
    return /AdministratorAccess|PowerUserAccess|FullAccess/.test(resource) ? { ...given, concern: 'wildcard' } : given;
  });
}

function invokePermission(logicalId: string, type: string, properties: JsonObject): Permission[] {
  if (type !== 'AWS::Lambda::Permission') return [];
  const { Principal, Action, FunctionName, SourceArn, SourceAccount, FunctionUrlAuthType } = properties;
  const limits = { SourceArn, SourceAccount, FunctionUrlAuthType };
  const condition = Object.values(limits).every((value) => value === undefined) ? '' : JSON.stringify(limits);
  const given = {
    logicalId,
    effect: 'Allow',
    principal: text(Principal ?? ''),
    action: text(Action ?? ''),
    resource: text(FunctionName ?? ''),
    condition,
  };
  const open = given.principal === '*' && SourceArn === undefined && SourceAccount === undefined;
  return [open ? { ...given, concern: 'public' } : given];
}

/** Things that anybody on the internet can reach. */
function exposure(logicalId: string, type: string, properties: JsonObject): Permission[] {
  const open = (action: string): Permission[] => [
    { logicalId, effect: 'Allow', principal: '*', action, resource: '', condition: '', concern: 'public' },
  ];
  if (type === 'AWS::Lambda::Url' && properties.AuthType === 'NONE') return open('function URL without authentication');
  if (type === 'AWS::Serverless::Function' && isObject(properties.FunctionUrlConfig) && properties.FunctionUrlConfig.AuthType === 'NONE') {
    return open('function URL without authentication');
  }
  if (type === 'AWS::S3::Bucket') {
    if (/^Public/.test(text(properties.AccessControl ?? ''))) return open(`bucket with ACL ${text(properties.AccessControl ?? '')}`);
    const block = properties.PublicAccessBlockConfiguration;
    if (isObject(block) && Object.values(block).some((value) => String(value) === 'false')) return open('bucket that may be made public');
  }
  if (type === 'AWS::EC2::SecurityGroup') {
    const rules = list(properties.SecurityGroupIngress).filter(
      (rule) => isObject(rule) && (rule.CidrIp === '0.0.0.0/0' || rule.CidrIpv6 === '::/0'),
    );
    return rules.flatMap((rule) => (isObject(rule) ? open(`ports ${text(rule.FromPort ?? 'all')}-${text(rule.ToPort ?? 'all')} from anywhere`) : []));
  }
  return [];
}

const list = (value: Json | undefined): Json[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

/** Plain text where it is one, JSON in its canonical writing otherwise. */
function text(value: Json): string {
  const canonical = canonicalValue(value);
  return typeof canonical === 'string' ? canonical : JSON.stringify(canonical);
}
