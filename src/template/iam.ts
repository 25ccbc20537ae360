import { branches, itemsOf } from './branches.ts';
import { isIntrinsic, own, textOf } from './equivalence.ts';
import { exposures } from './iam-exposure.ts';
import { asWritten } from './resolved.ts';
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

/** Permissions added and removed between two templates, in the order of the templates. */
export function iamChanges(before: Template, after: Template): IamChange[] {
  const same = sameIn(before, after);
  const [old, now] = [keyed(permissions(before, textOf, same)), keyed(permissions(after, textOf, same))];
  const gone = withWritten(
    before,
    [...old].flatMap(([key, each]) => (now.has(key) ? [] : [each])),
  );
  const come = withWritten(
    after,
    [...now].flatMap(([key, each]) => (old.has(key) ? [] : [each])),
  );
  const isBoth = (logicalId: string): boolean =>
    Object.hasOwn(resourcesOf(before), logicalId) && Object.hasOwn(resourcesOf(after), logicalId);
  /** Whom a policy is for goes without saying where all of it comes or goes. */
  const isTold = ({ value }: Judged): boolean => value.action !== ATTACHED || isBoth(value.logicalId);
  const added = come.filter(isTold).map(({ value, written }): IamChange => {
    const widened = value.action === ATTACHED || gone.some((each) => widens(each.value, value));
    const concern = value.concern ?? (widened ? 'widened' : undefined);
    return { kind: 'added', ...written, ...(concern && { concern }) };
  });
  const removed = gone.filter(isTold).map(({ value, written }): IamChange => {
    const lifted =
      value.effect === 'Deny' &&
      isBoth(value.logicalId) &&
      !come.some((each) => each.value.effect === 'Deny' && each.value.logicalId === value.logicalId);
    return { kind: 'removed', ...written, ...(lifted && { concern: 'widened' }) };
  });
  return withoutHashes([...added, ...removed]);
}

/** A permission as it is, and as its author wrote it. */
interface Judged {
  readonly value: Permission;
  readonly written: Permission;
}

/** Resources whose permissions depend on others. */
const BOUND = /^AWS::(Serverless::(Function|StateMachine)|ApiGatewayV2::Route)$/;

/** Logical IDs of what is the very same on both sides: it changes no permission. */
function sameIn(before: Template, after: Template): ReadonlySet<string> {
  const [old, now] = [resourcesOf(before), resourcesOf(after)];
  const isSame = (id: string): boolean =>
    isObject(now[id]) && now[id] === own(old, id) && !BOUND.test(textOf(own(now[id], 'Type')));
  return new Set(Object.keys(now).filter(isSame));
}

const resourcesOf = ({ Resources }: Template): JsonObject => (isObject(Resources) ? Resources : {});

const keyed = (list: readonly Permission[]): ReadonlyMap<string, Permission> =>
  new Map(list.map((each) => [keyOf(each), each]));

/** Both are read from the same structure, so that they stand in the same order; only what is told is read again. */
function withWritten(template: Template, found: readonly Permission[]): Judged[] {
  const wanted = new Set(found.map(keyOf));
  const ids = new Set(found.map(({ logicalId }) => logicalId));
  const part: Template = {
    ...template,
    Resources: Object.fromEntries(Object.entries(resourcesOf(template)).filter(([id]) => ids.has(id))),
  };
  const asText = (value: Json | undefined): string => textOf(value === undefined ? value : asWritten(value));
  const written = permissions(part, asText, undefined, template);
  const judgedOnes = permissions(part, textOf, undefined, template).flatMap(
    (value, index): [string, Judged][] => {
      const { concern: _, ...shown } = written[index] ?? value;
      return wanted.has(keyOf(value)) ? [[keyOf(value), { value, written: shown }]] : [];
    },
  );
  return [...new Map(judgedOnes).values()];
}

/** What only has another content hash in its name, such as an archive that a site is unpacked from, is the same. */
function withoutHashes(changes: readonly IamChange[]): IamChange[] {
  const nameOf = (change: IamChange): string => keyOf(change).replace(/[0-9a-f]{64}/g, '');
  const names = (kind: IamChange['kind']) =>
    new Set(changes.filter((each) => each.kind === kind).map(nameOf));
  const [added, removed] = [names('added'), names('removed')];
  return changes.filter((each) => !(added.has(nameOf(each)) && removed.has(nameOf(each))));
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
    (old.principal !== now.principal && !isAccountOf(now.principal, old.principal))
  )
    return false;
  const more = (field: 'action' | 'resource') => now[field] !== old[field] && covers(now[field], old[field]);
  const same = (field: 'action' | 'resource') => now[field] === old[field];
  const unbound =
    old.principal !== now.principal || (limiting(old.condition) !== '' && limiting(now.condition) === '');
  return (
    (more('action') && (more('resource') || same('resource'))) ||
    (more('resource') && same('action')) ||
    (unbound && same('action') && same('resource'))
  );
}

/** Whether a principal is a whole account, and the other one something of it. */
function isAccountOf(account: string, principal: string): boolean {
  const number = /^AWS: (?:arn:[\w-]+:iam::)?(\d{12})(?::root)?$/.exec(account)?.[1];
  return number !== undefined && principal.includes(`:${number}:`);
}

/**
 * Operators that are met by what they name only: not by its opposite, nor where the key is missing.
 * Source: IAM user guide, "IAM JSON policy elements: Condition operators".
 */
const CALLERS = /^(ForAnyValue:)?(String(Equals(IgnoreCase)?|Like)|Arn(Equals|Like)|IpAddress)$/i;

/** Conditions that leave something out, by certain operators; empty when none does. */
function limiting(condition: string, operators = /^/): string {
  const kept = Object.entries(parsed(condition)).flatMap(([operator, keys]) =>
    Object.entries(isObject(keys) ? (operators.test(operator) ? keys : {}) : { [operator]: keys })
      .filter(
        ([, values]) => !itemsOf(values).some((value) => /^(\*|0\.0\.0\.0\/0|::\/0)$/.test(textOf(value))),
      )
      .map(([key, values]) => ({ [operator]: { [key]: values } })),
  );
  return kept.length === 0 ? '' : JSON.stringify(kept);
}

function parsed(condition: string): JsonObject {
  try {
    const value = JSON.parse(condition) as Json;
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

/** Whether an IAM pattern with wildcards matches all that a narrower one does. */
function covers(pattern: string, narrower: string): boolean {
  if (!pattern.includes('*') || pattern.startsWith('{') || pattern.startsWith('not ')) return false;
  const expression = pattern.split(/\*+/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${expression.join('.*')}$`, 'is').test(narrower);
}

type Text = typeof textOf;

/**
 * @param left logical IDs of resources that are left out
 * @param whole what the resources refer to, where they are a part of it
 */
function permissions(
  template: Template,
  text: Text,
  left: ReadonlySet<string> = new Set(),
  whole = template,
): Permission[] {
  return Object.entries(resourcesOf(template)).flatMap(([logicalId, resource]) => {
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

/** Keys of conditions that name who may call, or for whom. Source: Amazon S3 guide, "The meaning of public". */
const LIMITS_CALLERS =
  /aws:(Source(Arn|Account|Owner|Vpc|Vpce|Ip|OrgID|OrgPaths)|Principal(OrgID|OrgPaths|Arn|Account|ServiceName)|userid)|kms:(CallerAccount|ViaService)|s3:DataAccessPoint|:(aud|sub|amr)"/i;
/** Handing a role to a service, or becoming one, is as good as having all that the role may do. */
const TAKES_ROLES = /^(iam:PassRole|sts:AssumeRole)$/i;

function judged(given: Permission): Permission {
  if (given.effect !== 'Allow') return given;
  const anybody =
    given.principal === '*' || given.principal === 'AWS: *' || given.principal.startsWith('all but ');
  if (anybody)
    return LIMITS_CALLERS.test(limiting(given.condition, CALLERS)) ? given : { ...given, concern: 'public' };
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

const ATTACHED = 'attached to';

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
