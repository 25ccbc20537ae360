import { isObject, type JsonObject, own, type Template } from '../types.ts';
import { itemsOf } from '../values/branches.ts';
import { textOf } from '../values/equivalence.ts';
import { exposures } from './exposure.ts';
import { grants } from './grants.ts';
import { judged, judgedGrant } from './judge.ts';
import { openOperations } from './openapi.ts';
import { statements } from './statements.ts';
import type { Permission } from './types.ts';

/** A permission and what makes it the same in two templates. */
export interface KeyedPermission {
  readonly key: string;
  readonly permission: Permission;
}

/** How values are shown. */
type Text = typeof textOf;
type Found = Omit<Permission, 'logicalId'>;

/** Which resources are looked at. */
interface Part {
  /** Logical IDs of resources that are left out. */
  readonly left?: ReadonlySet<string>;
  /** What the resources refer to, where they are a part of it. */
  readonly whole?: Template;
}

/** Permissions in the order of the template. */
export function permissions(
  template: Template,
  text: Text,
  { left, whole = template }: Part = {},
): KeyedPermission[] {
  const { Resources } = template;
  return Object.entries(isObject(Resources) ? Resources : {}).flatMap(([logicalId, resource]) => {
    if (left?.has(logicalId) || !isObject(resource)) return [];
    const properties = isObject(resource.Properties) ? resource.Properties : {};
    const type = textOf(own(resource, 'Type'));
    const whoMay = [
      ...statements(type, properties, text).map(({ isLimit, ...each }) =>
        isLimit ? { logicalId, ...each } : judged({ logicalId, ...each }),
      ),
      ...managedPolicies(type, properties, text).map((each) => ({ logicalId, ...each })),
      ...attachments(type, properties, text).map((each) => ({ logicalId, ...each })),
      ...grants(type, properties, text).map((each) => judgedGrant({ logicalId, effect: 'Allow', ...each })),
    ];
    const opened = exposed(whole, { type, properties }, inWords(text)).map((each) => ({
      logicalId,
      ...each,
    }));
    return [
      ...whoMay.map((permission) => ({ key: keyOf(permission), permission })),
      // The same words may be true because of several properties.
      ...opened.map((permission) => ({ key: `${keyOf(permission)}\0${permission.property}`, permission })),
    ];
  });
}

/** The concern follows from the rest, and which property holds it makes no difference. */
const keyOf = ({ logicalId, effect, principal, action, resource, condition }: Permission): string =>
  [logicalId, effect, principal, action, resource, condition].join('\0');

/** Values that stand in the middle of a sentence. */
const inWords =
  (text: Text): Text =>
  (value) =>
    text(value).replace(/^\{"Ref":"([\w:]+)"\}$/, '!Ref $1');

function exposed(
  template: Template,
  { type, properties }: { readonly type: string; readonly properties: JsonObject },
  text: Text,
): Found[] {
  const routes = openOperations(type, properties, text).map((each) => ({
    whom: '*',
    concern: 'public' as const,
    ...each,
  }));
  return [...exposures({ type, properties, template }, text), ...routes].map(
    ({ what, whom, property, concern }): Found => ({
      effect: 'Allow',
      principal: concern === 'public' ? whom : '',
      action: what,
      resource: '',
      condition: '',
      property,
      concern,
    }),
  );
}

/** Names of what AWS manages that stand for everything, of a service or of an account. */
const WIDE_POLICIES = /Administrator|PowerUser|FullAccess|policy\/ReadOnlyAccess/;

/** Properties that name policies, by resource type. */
const NAMED_POLICIES: readonly (readonly [types: RegExp, properties: readonly string[]])[] = [
  [/^AWS::IAM::(Role|User|Group)$/, ['ManagedPolicyArns']],
  [/^AWS::SSO::PermissionSet$/, ['ManagedPolicies', 'CustomerManagedPolicyReferences']],
  [/^AWS::Serverless::(Function|StateMachine)$/, ['Policies']],
];

/** Policies that are named; what stands in the template is found by {@link statements}. */
function managedPolicies(type: string, properties: JsonObject, text: Text): Found[] {
  const names = NAMED_POLICIES.flatMap(([types, each]) => (types.test(type) ? each : []));
  return names.flatMap((property) =>
    itemsOf(own(properties, property))
      .filter((policy) => !isObject(policy) || policy.Statement === undefined)
      .map((policy): Found => {
        const resource = text(policy);
        const given = { effect: 'Allow', principal: '', action: 'managed policy', resource };
        const concern = WIDE_POLICIES.test(resource) ? 'wildcard' : undefined;
        return { ...given, condition: '', property, ...(concern && { concern }) };
      }),
  );
}

/** The action of whom a policy is for. */
export const ATTACHED = 'attached to';

/** Whom a policy is for, by resource type. */
const ATTACHMENTS: readonly (readonly [types: RegExp, properties: readonly string[]])[] = [
  [/^AWS::IAM::(Managed)?Policy$/, ['Roles', 'Users', 'Groups']],
  [/^AWS::IAM::RolePolicy$/, ['RoleName']],
  [/^AWS::IAM::UserPolicy$/, ['UserName']],
  [/^AWS::IAM::GroupPolicy$/, ['GroupName']],
];

/** Whom a policy is for, and what bounds a role: both say how much the statements come to. */
function attachments(type: string, properties: JsonObject, text: Text): Found[] {
  const given = { principal: '', condition: '' };
  const bound = own(properties, 'PermissionsBoundary');
  const whom = ATTACHMENTS.flatMap(([types, each]) => (types.test(type) ? each : []));
  return [
    ...whom.flatMap((property) =>
      itemsOf(own(properties, property)).map((each) => ({
        ...given,
        effect: 'Allow',
        action: ATTACHED,
        resource: text(each),
        property,
      })),
    ),
    ...(bound === undefined
      ? []
      : [
          {
            ...given,
            effect: 'Deny',
            action: 'all but the permissions boundary',
            resource: text(bound),
            property: 'PermissionsBoundary',
          },
        ]),
  ];
}
