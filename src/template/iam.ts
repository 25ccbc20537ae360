import { own, textOf } from './equivalence.ts';
import { exposures } from './iam-exposure.ts';
import { openRoutes } from './sam-exposure.ts';
import { isObject, type Json, type JsonObject, type Template } from './types.ts';

/** A permission that comes or goes. */
export interface IamChange extends Permission {
  readonly kind: 'added' | 'removed';
}

export interface Permission {
  /** The resource that carries the statement. */
  readonly logicalId: string;
  readonly effect: string;
  /** Who, for policies of resources and trust; empty for policies of roles. */
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  /** The statement's conditions as JSON; empty when there are none. */
  readonly condition: string;
  /**
   * Why a reader should look twice: anybody can use it; it covers all actions of a service; it covers more than a
   * permission that it takes the place of.
   */
  readonly concern?: 'public' | 'wildcard' | 'widened';
}

/** Properties that hold policy documents, by resource type; `*` is any element of a list. */
const POLICIES: ReadonlyMap<string, readonly string[]> = new Map([
  ['AWS::IAM::Role', ['AssumeRolePolicyDocument', 'Policies.*.PolicyDocument']],
  ['AWS::IAM::User', ['Policies.*.PolicyDocument']],
  ['AWS::IAM::Group', ['Policies.*.PolicyDocument']],
  ['AWS::IAM::Policy', ['PolicyDocument']],
  ['AWS::IAM::ManagedPolicy', ['PolicyDocument']],
  ['AWS::IAM::RolePolicy', ['PolicyDocument']],
  ['AWS::IAM::UserPolicy', ['PolicyDocument']],
  ['AWS::IAM::GroupPolicy', ['PolicyDocument']],
  ['AWS::S3::BucketPolicy', ['PolicyDocument']],
  ['AWS::S3::AccessPoint', ['Policy']],
  ['AWS::SQS::QueuePolicy', ['PolicyDocument']],
  ['AWS::SNS::TopicPolicy', ['PolicyDocument']],
  ['AWS::KMS::Key', ['KeyPolicy']],
  ['AWS::ECR::Repository', ['RepositoryPolicyText']],
  ['AWS::EFS::FileSystem', ['FileSystemPolicy']],
  ['AWS::Events::EventBusPolicy', ['Statement']],
  ['AWS::Logs::ResourcePolicy', ['PolicyDocument']],
  ['AWS::OpenSearchService::Domain', ['AccessPolicies']],
  ['AWS::SecretsManager::ResourcePolicy', ['ResourcePolicy']],
  ['AWS::ApiGateway::RestApi', ['Policy']],
  ['AWS::Serverless::Function', ['AssumeRolePolicyDocument', 'Policies', 'Policies.*']],
  ['AWS::Serverless::StateMachine', ['Policies', 'Policies.*']],
]);

/** Permissions added and removed between two templates, in the order of the templates. */
export function iamChanges(before: Template, after: Template): IamChange[] {
  const old = new Map(permissions(before).map((each) => [keyOf(each), each]));
  const now = new Map(permissions(after).map((each) => [keyOf(each), each]));
  const removed = [...old]
    .filter(([key]) => !now.has(key))
    .map(([, each]) => ({ kind: 'removed' as const, ...each }));
  const added = [...now]
    .filter(([key]) => !old.has(key))
    .map(([, each]) => ({
      kind: 'added' as const,
      ...(removed.some((gone) => widens(gone, each))
        ? { ...each, concern: each.concern ?? 'widened' }
        : each),
    }));
  return [...added, ...removed];
}

/** The concern follows from the rest. */
const keyOf = ({ logicalId, effect, principal, action, resource, condition }: Permission): string =>
  [logicalId, effect, principal, action, resource, condition].join('\0');

/** Whether a permission takes the place of another and covers more. */
function widens(old: Permission, now: Permission): boolean {
  if (
    old.logicalId !== now.logicalId ||
    old.effect !== 'Allow' ||
    now.effect !== 'Allow' ||
    old.principal !== now.principal
  )
    return false;
  const more = (field: 'action' | 'resource') => now[field] !== old[field] && covers(now[field], old[field]);
  const same = (field: 'action' | 'resource') => now[field] === old[field];
  const unbound = old.condition !== '' && now.condition === '';
  return (
    (more('action') && (more('resource') || same('resource'))) ||
    (more('resource') && same('action')) ||
    (unbound && same('action') && same('resource'))
  );
}

/** Whether an IAM pattern with wildcards matches all that a narrower one does. */
function covers(pattern: string, narrower: string): boolean {
  if (!pattern.includes('*') || pattern.startsWith('{') || pattern.startsWith('not ')) return false;
  const expression = pattern.split(/\*+/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${expression.join('.*')}$`, 'is').test(narrower);
}

function permissions(template: Template): Permission[] {
  return Object.entries(isObject(template.Resources) ? template.Resources : {}).flatMap(
    ([logicalId, resource]) => {
      if (!isObject(resource) || !isObject(resource.Properties)) return [];
      const type = textOf(own(resource, 'Type'));
      const { Properties: properties } = resource;
      return [
        ...(POLICIES.get(type) ?? []).flatMap((path) =>
          valuesAt(properties, path.split('.')).flatMap((document) => statements(logicalId, document)),
        ),
        ...managedPolicies(logicalId, type, properties),
        ...resourcePermission(logicalId, type, properties),
        ...exposed(template, type, properties).map(
          (what): Permission => ({
            logicalId,
            effect: 'Allow',
            principal: '*',
            action: what,
            resource: '',
            condition: '',
            concern: 'public',
          }),
        ),
      ];
    },
  );
}

const exposed = (template: Template, type: string, properties: JsonObject): readonly string[] =>
  type === 'AWS::Serverless::Function'
    ? [...exposures(type, properties), ...openRoutes(template, properties)]
    : exposures(type, properties);

function valuesAt(value: Json | undefined, [step, ...rest]: readonly string[]): Json[] {
  if (value === undefined) return [];
  if (step === undefined) return [value];
  if (step === '*') return Array.isArray(value) ? value.flatMap((item) => valuesAt(item, rest)) : [];
  return isObject(value) ? valuesAt(own(value, step), rest) : [];
}

/** One permission for each principal, action and resource of each statement. */
function statements(logicalId: string, document: Json): Permission[] {
  if (!isObject(document)) return [];
  // An event bus policy is a statement without a document around it.
  return list(document.Statement ?? (document.Effect === undefined ? undefined : document)).flatMap(
    (statement) => {
      if (!isObject(statement)) return [];
      const effect = textOf(statement.Effect ?? 'Allow');
      const condition = textOf(statement.Condition);
      const principals = [
        ...principalsOf(statement.Principal),
        ...principalsOf(statement.NotPrincipal).map((name) => `all but ${name}`),
      ];
      const actions = eachOf(statement, 'Action');
      const resources = eachOf(statement, 'Resource');
      return orEmpty(principals).flatMap((principal) =>
        orEmpty(actions).flatMap((action) =>
          orEmpty(resources).map((resource) =>
            judged({ logicalId, effect, principal, action, resource, condition }),
          ),
        ),
      );
    },
  );
}

/** `Action` and `NotAction`, `Resource` and `NotResource`. */
const eachOf = (statement: JsonObject, key: string): string[] => [
  ...list(own(statement, key)).map(textOf),
  ...list(own(statement, `Not${key}`)).map((value) => `not ${textOf(value)}`),
];
const orEmpty = (values: readonly string[]): readonly string[] => (values.length === 0 ? [''] : values);

/** Keys of conditions that name who may call, or for whom. Source: Amazon S3 guide, "The meaning of public". */
const LIMITS_CALLERS =
  /aws:(Source(Arn|Account|Owner|Vpc|Vpce|Ip|OrgID|OrgPaths)|Principal(OrgID|OrgPaths|Arn|Account|ServiceName)|userid)|kms:(CallerAccount|ViaService)|s3:DataAccessPoint|:(aud|sub|amr)"/i;
/** Handing a role to a service, or becoming one, is as good as having all that the role may do. */
const TAKES_ROLES = /^(iam:PassRole|sts:AssumeRole)$/i;

function judged(given: Permission): Permission {
  if (given.effect !== 'Allow') return given;
  const anybody =
    given.principal === '*' || given.principal === 'AWS: *' || given.principal.startsWith('all but ');
  if (anybody) return LIMITS_CALLERS.test(given.condition) ? given : { ...given, concern: 'public' };
  if (given.principal !== '') return given;
  const wide =
    given.action === '*' || /^[a-z0-9-]+:\*$/i.test(given.action) || given.action.startsWith('not ');
  return wide || (TAKES_ROLES.test(given.action) && given.resource === '*')
    ? { ...given, concern: 'wildcard' }
    : given;
}

function principalsOf(principal: Json | undefined): string[] {
  if (principal === undefined) return [];
  if (!isObject(principal)) return [textOf(principal)];
  return Object.entries(principal).flatMap(([kind, values]) =>
    list(values).map((value) => `${kind}: ${textOf(value)}`),
  );
}

/** Policies by ARN, and SAM's policy templates, which are shown as they are. */
function managedPolicies(logicalId: string, type: string, properties: JsonObject): Permission[] {
  const policies = /^AWS::IAM::(Role|User|Group)$/.test(type)
    ? list(properties.ManagedPolicyArns)
    : /^AWS::Serverless::(Function|StateMachine)$/.test(type)
      ? list(properties.Policies).filter((policy) => !isObject(policy) || policy.Statement === undefined)
      : [];
  return policies.map((policy): Permission => {
    const resource = textOf(policy);
    const given = {
      logicalId,
      effect: 'Allow',
      principal: '',
      action: 'managed policy',
      resource,
      condition: '',
    };
    return /AdministratorAccess|PowerUserAccess|FullAccess/.test(resource)
      ? { ...given, concern: 'wildcard' }
      : given;
  });
}

/** What each resource-based permission allows it on, and the properties that limit it. */
const RESOURCE_PERMISSIONS: ReadonlyMap<string, { readonly on: string; readonly limits: readonly string[] }> =
  new Map([
    [
      'AWS::Lambda::Permission',
      {
        on: 'FunctionName',
        limits: ['SourceArn', 'SourceAccount', 'PrincipalOrgID', 'EventSourceToken', 'FunctionUrlAuthType'],
      },
    ],
    ['AWS::Lambda::LayerVersionPermission', { on: 'LayerVersionArn', limits: ['OrganizationId'] }],
  ]);

function resourcePermission(logicalId: string, type: string, properties: JsonObject): Permission[] {
  const rule = RESOURCE_PERMISSIONS.get(type);
  if (!rule) return [];
  const limits = rule.limits.flatMap((name) => {
    const value = own(properties, name);
    return value === undefined ? [] : [[name, textOf(value)] as const];
  });
  const given: Permission = {
    logicalId,
    effect: 'Allow',
    principal: textOf(properties.Principal),
    action: textOf(properties.Action),
    resource: textOf(own(properties, rule.on)),
    condition: limits.length === 0 ? '' : JSON.stringify(Object.fromEntries(limits)),
  };
  const limited = limits.some(([name, value]) => name !== 'FunctionUrlAuthType' || value !== 'NONE');
  return [given.principal === '*' && !limited ? { ...given, concern: 'public' } : given];
}

const list = (value: Json | undefined): Json[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];
