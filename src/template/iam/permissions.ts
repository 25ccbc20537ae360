import { isIntrinsic } from '../intrinsics.ts';
import { isObject, type Json, type JsonObject, own, type Template } from '../types.ts';
import { branches, itemsOf } from '../values/branches.ts';
import { textOf } from '../values/equivalence.ts';
import { limitsCallers } from './conditions.ts';
import { exposures } from './exposure.ts';
import { openRoutes } from './sam-exposure.ts';

/** One action on one resource that a statement allows or denies somebody. */
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
  ['AWS::Backup::BackupVault', ['AccessPolicy']],
  ['AWS::CodeArtifact::Domain', ['PermissionsPolicyDocument']],
  ['AWS::CodeArtifact::Repository', ['PermissionsPolicyDocument']],
  ['AWS::DynamoDB::GlobalTable', ['Replicas.*.ResourcePolicy.PolicyDocument']],
  ['AWS::DynamoDB::Table', ['ResourcePolicy.PolicyDocument']],
  ['AWS::Events::EventBusPolicy', ['Statement']],
  ['AWS::IoT::Policy', ['PolicyDocument']],
  ['AWS::KMS::ReplicaKey', ['KeyPolicy']],
  ['AWS::Kinesis::ResourcePolicy', ['ResourcePolicy']],
  ['AWS::S3Express::BucketPolicy', ['PolicyDocument']],
  ['AWS::S3Tables::TableBucketPolicy', ['ResourcePolicy']],
  ['AWS::SNS::TopicInlinePolicy', ['PolicyDocument']],
  ['AWS::SQS::QueueInlinePolicy', ['PolicyDocument']],
  ['AWS::SSO::PermissionSet', ['InlinePolicy']],
  ['AWS::Logs::ResourcePolicy', ['PolicyDocument']],
  ['AWS::OpenSearchService::Domain', ['AccessPolicies']],
  ['AWS::SecretsManager::ResourcePolicy', ['ResourcePolicy']],
  ['AWS::ApiGateway::RestApi', ['Policy']],
  ['AWS::Serverless::Function', ['AssumeRolePolicyDocument', 'Policies', 'Policies.*']],
  ['AWS::Serverless::StateMachine', ['Policies', 'Policies.*']],
  [
    'AWS::Serverless::Api',
    ['Auth.ResourcePolicy.CustomStatements', 'Auth.ResourcePolicy.CustomStatements.*'],
  ],
]);

/** How values are shown. */
type Text = typeof textOf;

/**
 * @param left logical IDs of resources that are left out
 * @param whole what the resources refer to, where they are a part of it
 */
export function permissions(
  template: Template,
  text: Text,
  left: ReadonlySet<string> = new Set(),
  whole = template,
): Permission[] {
  const { Resources } = template;
  return Object.entries(isObject(Resources) ? Resources : {}).flatMap(([logicalId, resource]) => {
    if (left.has(logicalId) || !isObject(resource) || !isObject(resource.Properties)) return [];
    const type = textOf(own(resource, 'Type'));
    const { Properties: properties } = resource;
    return [
      ...(POLICIES.get(type) ?? []).flatMap((path) =>
        valuesAt(properties, path.split('.')).flatMap((document) => statements(logicalId, document, text)),
      ),
      ...managedPolicies(logicalId, type, properties, text),
      ...attachments(logicalId, type, properties, text),
      ...resourcePermission(logicalId, type, properties, text),
      ...exposed(whole, type, properties, inWords(text)).map(
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
  });
}

/** Values that stand in the middle of a sentence. */
const inWords =
  (text: Text): Text =>
  (value) =>
    text(value).replace(/^\{"Ref":"([\w:]+)"\}$/, '!Ref $1');

const exposed = (template: Template, type: string, properties: JsonObject, text: Text): readonly string[] =>
  type === 'AWS::Serverless::Function' || type === 'AWS::Serverless::StateMachine'
    ? [...exposures(type, properties, template, text), ...openRoutes(template, properties, text)]
    : exposures(type, properties, template, text);

function valuesAt(value: Json | undefined, [step, ...rest]: readonly string[]): Json[] {
  if (value === undefined) return [];
  return branches(value).flatMap((each) => {
    if (step === undefined) return [each];
    if (step === '*') return Array.isArray(each) ? each.flatMap((item) => valuesAt(item, rest)) : [];
    return isObject(each) ? valuesAt(own(each, step), rest) : [];
  });
}

/** One permission for each principal, action and resource of each statement. */
function statements(logicalId: string, document: Json, text: Text): Permission[] {
  if (!isObject(document)) return [];
  // An event bus policy is a statement without a document around it.
  return itemsOf(document.Statement ?? (document.Effect === undefined ? undefined : document)).flatMap(
    (statement) => {
      if (!isObject(statement)) return [];
      const effect = text(statement.Effect ?? 'Allow');
      const condition = text(statement.Condition);
      const principals = [
        ...principalsOf(statement.Principal, text),
        ...principalsOf(statement.NotPrincipal, text).map((name) => `all but ${name}`),
      ];
      const actions = eachOf(statement, 'Action', text);
      const resources = eachOf(statement, 'Resource', text);
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
const eachOf = (statement: JsonObject, key: string, text: Text): string[] => [
  ...itemsOf(own(statement, key)).map(text),
  ...itemsOf(own(statement, `Not${key}`)).map((value) => `not ${text(value)}`),
];
const orEmpty = (values: readonly string[]): readonly string[] => (values.length === 0 ? [''] : values);

/** Handing a role to a service, or becoming one, is as good as having all that the role may do. */
const TAKES_ROLES = /^(iam:PassRole|sts:AssumeRole)$/i;

function judged(given: Permission): Permission {
  if (given.effect !== 'Allow') return given;
  const anybody =
    given.principal === '*' || given.principal === 'AWS: *' || given.principal.startsWith('all but ');
  if (anybody) return limitsCallers(given.condition) ? given : { ...given, concern: 'public' };
  if (given.principal !== '') return given;
  const wide =
    given.action === '*' || /^([a-z0-9-]+|\*):\*$/i.test(given.action) || given.action.startsWith('not ');
  return wide || (TAKES_ROLES.test(given.action) && given.resource === '*')
    ? { ...given, concern: 'wildcard' }
    : given;
}

function principalsOf(principal: Json | undefined, text: Text): string[] {
  if (principal === undefined) return [];
  if (!isObject(principal) || isIntrinsic(principal)) return itemsOf(principal).map(text);
  return Object.entries(principal).flatMap(([kind, values]) =>
    itemsOf(values).map((value) => `${kind}: ${text(value)}`),
  );
}

/** Policies by ARN, and SAM's policy templates, which are shown as they are. */
function managedPolicies(logicalId: string, type: string, properties: JsonObject, text: Text): Permission[] {
  const policies = /^AWS::IAM::(Role|User|Group)$/.test(type)
    ? itemsOf(properties.ManagedPolicyArns)
    : /^AWS::Serverless::(Function|StateMachine)$/.test(type)
      ? itemsOf(properties.Policies).filter((policy) => !isObject(policy) || policy.Statement === undefined)
      : [];
  return policies.map((policy): Permission => {
    const resource = text(policy);
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

/** The action of whom a policy is for. */
export const ATTACHED = 'attached to';

/** Whom a policy is for, and what bounds a role: both say how much the statements come to. */
function attachments(logicalId: string, type: string, properties: JsonObject, text: Text): Permission[] {
  const given = { logicalId, principal: '', condition: '' };
  const bound = own(properties, 'PermissionsBoundary');
  return [
    ...(/^AWS::IAM::(Managed)?Policy$/.test(type)
      ? ['Roles', 'Users', 'Groups'].flatMap((key) =>
          itemsOf(own(properties, key)).map((each) => ({
            ...given,
            effect: 'Allow',
            action: ATTACHED,
            resource: text(each),
          })),
        )
      : []),
    ...(bound === undefined
      ? []
      : [{ ...given, effect: 'Deny', action: 'all but the permissions boundary', resource: text(bound) }]),
  ];
}

/** What each resource-based permission allows it on, and the properties that limit it. */
const RESOURCE_PERMISSIONS: ReadonlyMap<string, { readonly on: string; readonly limits: readonly string[] }> =
  new Map([
    [
      'AWS::Lambda::Permission',
      {
        on: 'FunctionName',
        limits: [
          'SourceArn',
          'SourceAccount',
          'PrincipalOrgID',
          'EventSourceToken',
          'FunctionUrlAuthType',
          'InvokedViaFunctionUrl',
        ],
      },
    ],
    ['AWS::Lambda::LayerVersionPermission', { on: 'LayerVersionArn', limits: ['OrganizationId'] }],
  ]);

function resourcePermission(
  logicalId: string,
  type: string,
  properties: JsonObject,
  text: Text,
): Permission[] {
  const rule = RESOURCE_PERMISSIONS.get(type);
  if (!rule) return [];
  const limits = rule.limits.flatMap((name) => {
    const value = own(properties, name);
    return value === undefined ? [] : [[name, text(value)] as const];
  });
  const given: Permission = {
    logicalId,
    effect: 'Allow',
    principal: text(properties.Principal),
    action: text(properties.Action),
    resource: text(own(properties, rule.on)),
    condition: limits.length === 0 ? '' : JSON.stringify(Object.fromEntries(limits)),
  };
  const limited = limits.some(([name, value]) => name !== 'FunctionUrlAuthType' || value !== 'NONE');
  return [given.principal === '*' && !limited ? { ...given, concern: 'public' } : given];
}
