import { isObject, type JsonObject, own, type Template } from '../types.ts';
import { itemsOf } from '../values/branches.ts';
import { textOf } from '../values/equivalence.ts';
import { exposesAnything, exposures } from './exposure.ts';
import { grants, grantsAnything } from './grants.ts';
import { judged, judgedGrant } from './judge.ts';
import { OPENAPI_DOCUMENTS, openOperations } from './openapi.ts';
import { statements, statesAnything } from './statements.ts';
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
  const resources = isObject(template.Resources) ? template.Resources : {};
  const found: KeyedPermission[] = [];
  for (const logicalId of Object.keys(resources)) {
    const resource = resources[logicalId];
    if (!left?.has(logicalId) && isObject(resource))
      found.push(...permissionsOf({ logicalId, resource, template: whole }, text));
  }
  return found;
}

interface Carrier {
  readonly logicalId: string;
  readonly resource: JsonObject;
  readonly template: Template;
}

function permissionsOf({ logicalId, resource, template }: Carrier, text: Text): KeyedPermission[] {
  const properties = isObject(resource.Properties) ? resource.Properties : {};
  const type = textOf(own(resource, 'Type'));
  const { speaks, opens, named, attached } = traitsOf(type);
  if (!speaks && own(properties, BOUNDARY) === undefined) return [];
  const whoMay = [
    ...statements(type, properties, text).map((each): Permission => {
      const { effect, principal, action, resource: of, condition, property } = each;
      const stated = { logicalId, effect, principal, action, resource: of, condition, property };
      return each.isLimit ? stated : judged(stated);
    }),
    ...managedPolicies(named, properties, text).map((each) => ({ logicalId, ...each })),
    ...attachments(attached, properties, text).map((each) => ({ logicalId, ...each })),
    ...grants(type, properties, text).map((each) => judgedGrant({ logicalId, effect: 'Allow', ...each })),
  ];
  const found = whoMay.map((permission) => ({ key: keyOf(permission), permission }));
  if (!opens) return found;
  const opened = exposed(template, { type, properties }, inWords(text)).map((each) => ({
    logicalId,
    ...each,
  }));
  return [
    ...found,
    // The same words may be true because of several properties.
    ...opened.map((permission) => ({ key: `${keyOf(permission)}\0${permission.property}`, permission })),
  ];
}

/** Which properties of a type say who may do what. */
interface Traits {
  /** Some do, beside {@link BOUNDARY}; most types have none. */
  readonly speaks: boolean;
  /** Some open it to others. */
  readonly opens: boolean;
  /** Those that name policies. */
  readonly named: readonly string[];
  /** Those that name whom a policy is for. */
  readonly attached: readonly string[];
}

const known = new Map<string, Traits>();

function traitsOf(type: string): Traits {
  const told = known.get(type);
  if (told) return told;
  const propertiesIn = (table: typeof ATTACHMENTS): string[] =>
    table.flatMap(([types, properties]) => (types.test(type) ? properties : []));
  const [named, attached] = [propertiesIn(NAMED_POLICIES), propertiesIn(ATTACHMENTS)];
  const opens = exposesAnything(type) || own(OPENAPI_DOCUMENTS, type) !== undefined;
  const isNamed = named.length + attached.length > 0;
  const traits = {
    speaks: opens || isNamed || statesAnything(type) || grantsAnything(type),
    opens,
    named,
    attached,
  };
  known.set(type, traits);
  return traits;
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
function managedPolicies(named: readonly string[], properties: JsonObject, text: Text): Found[] {
  return named.flatMap((property) =>
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

/** What bounds a role, whatever the type. */
const BOUNDARY = 'PermissionsBoundary';

/** Whom a policy is for, and what bounds a role: both say how much the statements come to. */
function attachments(attached: readonly string[], properties: JsonObject, text: Text): Found[] {
  const given = { principal: '', condition: '' };
  const bound = own(properties, BOUNDARY);
  return [
    ...attached.flatMap((property) =>
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
            property: BOUNDARY,
          },
        ]),
  ];
}
