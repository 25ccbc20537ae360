import { references } from '../references.ts';
import { isObject, isYes, type Json, type JsonObject, own, type Template } from '../types.ts';
import { equivalent, textOf } from '../values/equivalence.ts';
import { asWritten } from '../values/resolved.ts';
import { isLimiting } from './conditions.ts';
import { implies } from './implied.ts';
import { covers } from './patterns.ts';
import { ATTACHED, type KeyedPermission, permissions } from './permissions.ts';
import { isAnyone } from './statements.ts';
import type { IamChange, Permission } from './types.ts';

/** Permissions added and removed between two templates, in the order of the templates. */
export function iamChanges(before: Template, after: Template): readonly IamChange[] {
  const left = sameIn(before, after);
  const [then, next] = [permissions(before, textOf, { left }), permissions(after, textOf, { left })];
  const [old, now] = [keysOf(then), keysOf(next)];
  const gone = withWritten(before, then, ({ key }) => !now.has(key));
  const come = withWritten(after, next, ({ key }) => !old.has(key));
  const isBoth = (logicalId: string): boolean => has(before, logicalId) && has(after, logicalId);
  /** Whom a policy is for goes without saying where all of it comes or goes. */
  const isTold = ({ value }: Judged): boolean => value.action !== ATTACHED || isBoth(value.logicalId);
  const denials = next.flatMap(({ permission }) => (permission.effect === 'Deny' ? [permission] : []));
  const added = come.filter(isTold).map(({ value, written }): IamChange => {
    const widened =
      value.action === ATTACHED ||
      gone.some((each) => widens(each.value, value) || deniesLess(value, each.value, denials));
    const concern = value.concern ?? (widened ? 'widened' : undefined);
    return { kind: 'added', ...written, ...(concern && { concern }) };
  });
  const removed = gone.filter(isTold).map(({ value, written }): IamChange => {
    const lifted =
      value.effect === 'Deny' &&
      (isBoth(value.logicalId)
        ? !denials.some((each) => deniesAsMuch(each, value)) && !isAllowedNoMore(value)
        : isMissed(value, come));
    return { kind: 'removed', ...written, ...(lifted && { concern: 'widened' }) };
  });
  /** Whether what an API's policy denied, it also allowed: of what it says nothing of, it denies all. */
  function isAllowedNoMore(value: Permission): boolean {
    const resource = own(resourcesOf(before), value.logicalId);
    return (
      isObject(resource) &&
      textOf(own(resource, 'Type')).startsWith('AWS::ApiGateway::') &&
      gone.some(
        ({ value: { effect, logicalId, principal, action, resource: of } }) =>
          effect === 'Allow' &&
          logicalId === value.logicalId &&
          principal === value.principal &&
          action === value.action &&
          of === value.resource,
      )
    );
  }
  /** Whether a policy that is gone as a whole was for something that stays, and nothing denies the same. */
  function isMissed(value: Permission, news: readonly Judged[]): boolean {
    const resource = own(resourcesOf(before), value.logicalId);
    const names = isObject(resource) ? subjects(resource) : [];
    return (
      names.some((name) => has(after, name)) &&
      !news.some((each) => each.value.effect === 'Deny' && sameBut(each.value, value))
    );
  }
  return withoutUrlPermissions(withoutHashes([...added, ...removed]), after);
}

/** A function URL that is open to everybody takes a permission for everybody: that is told once. */
function withoutUrlPermissions(changes: readonly IamChange[], { Resources }: Template): readonly IamChange[] {
  const properties = (logicalId: string): JsonObject => {
    const resource = isObject(Resources) ? own(Resources, logicalId) : undefined;
    return isObject(resource) && isObject(resource.Properties) ? resource.Properties : {};
  };
  /** By its logical ID where it is in the template, also by way of an alias or a version. */
  const functionOf = (value: Json): string => {
    const name = references(value)[0]?.name ?? textOf(value);
    const resource = isObject(Resources) ? own(Resources, name) : undefined;
    const isOfFunction = isObject(resource) && /^AWS::Lambda::(Alias|Version)$/.test(textOf(resource.Type));
    const { FunctionName: behind } = isOfFunction ? properties(name) : {};
    return behind === undefined ? name : (references(behind)[0]?.name ?? name);
  };
  const open = changes.flatMap(({ kind, concern, logicalId }) => {
    const { TargetFunctionArn: target } = properties(logicalId);
    return kind === 'added' && concern === 'public' && target !== undefined ? [functionOf(target)] : [];
  });
  if (open.length === 0) return changes;
  const isOfUrl = ({ logicalId, concern }: IamChange): boolean => {
    const {
      FunctionUrlAuthType: url,
      InvokedViaFunctionUrl: via,
      FunctionName: name,
    } = properties(logicalId);
    const isForUrl = textOf(url) === 'NONE' || isYes(via);
    return concern === 'public' && isForUrl && name !== undefined && open.includes(functionOf(name));
  };
  return changes.map((change) => {
    const { concern: _, ...rest } = change;
    return change.kind === 'added' && isOfUrl(change) ? rest : change;
  });
}

/** Whether a denial of the same resource takes the place of another one and covers it, its condition aside. */
function deniesAsMuch(now: Permission, old: Permission): boolean {
  const covered = (field: 'principal' | 'action' | 'resource'): boolean =>
    now[field] === old[field] ||
    covers(now[field], old[field]) ||
    // Both sides of an exception are hard to compare.
    [now[field], old[field]].every((each) => /^(not|all but) /.test(each));
  return (
    now.effect === 'Deny' &&
    now.logicalId === old.logicalId &&
    (covered('principal') || isAnyone(now.principal)) &&
    covered('action') &&
    covered('resource')
  );
}

/** Whether a denial takes the place of another one, and its condition leaves out more; no other one makes up for it. */
const deniesLess = (now: Permission, old: Permission, all: readonly Permission[]): boolean =>
  old.effect === 'Deny' &&
  deniesAsMuch(now, old) &&
  !all.some((each) => deniesAsMuch(each, old) && implies(old.condition, each.condition));

/** Whether two permissions differ in nothing but the resource that carries them. */
const sameBut = (a: Permission, b: Permission): boolean => FIELDS.every((field) => a[field] === b[field]);
const FIELDS = ['principal', 'action', 'resource', 'condition'] as const;

/** Logical IDs that a policy refers to beside its document: what it is for. */
const subjects = (resource: JsonObject): string[] =>
  Object.entries(isObject(resource.Properties) ? resource.Properties : {})
    .filter(([key]) => !/Document|^ResourcePolicy$|^Policy(Text)?$/.test(key))
    .flatMap(([, value]) => references(value).map(({ name }) => name));

/** A permission as it is, and as its author wrote it. */
interface Judged {
  readonly value: Permission;
  readonly written: Permission;
}

/** Resources whose permissions depend on others. */
const BOUND = 'AWS::ApiGatewayV2::Route';
/** The same, but what opens their API is told of that. */
const BOUND_TO_API = 'AWS::ApiGateway::Method';

/** Logical IDs of what is the very same on both sides: it changes no permission. */
function sameIn(before: Template, after: Template): ReadonlySet<string> {
  const [old, now] = [resourcesOf(before), resourcesOf(after)];
  const found = new Set<string>();
  for (const id of Object.keys(now)) {
    const resource = now[id];
    if (!isObject(resource)) continue;
    const former = own(old, id);
    const type = textOf(own(resource, 'Type'));
    if (resource === former ? type !== BOUND : type === BOUND_TO_API && equivalent(former, resource))
      found.add(id);
  }
  return found;
}

const resourcesOf = ({ Resources }: Template): JsonObject => (isObject(Resources) ? Resources : {});
const has = (template: Template, logicalId: string): boolean =>
  Object.hasOwn(resourcesOf(template), logicalId);

const keysOf = (list: readonly KeyedPermission[]): ReadonlySet<string> => new Set(list.map(({ key }) => key));

/** Both are read from the same structure, so that they stand in the same order; only what is told is read again. */
function withWritten(
  template: Template,
  all: readonly KeyedPermission[],
  isMeant: (each: KeyedPermission) => boolean,
): Judged[] {
  const ids = new Set(all.filter(isMeant).map(({ permission: { logicalId } }) => logicalId));
  if (ids.size === 0) return [];
  const resources = resourcesOf(template);
  /** Where nothing is resolved, all is as it was written. */
  const others = new Set([...ids].filter((id) => asWritten(resources[id] ?? null) !== resources[id]));
  const part: Template = {
    ...template,
    Resources: Object.fromEntries([...others].map((id) => [id, resources[id] ?? null])),
  };
  const asText = (value: Json | undefined): string => textOf(value === undefined ? value : asWritten(value));
  const written = permissions(part, asText, { whole: template });
  let read = 0;
  const judgedOnes: [string, Judged][] = [];
  for (const each of all) {
    const { key, permission } = each;
    if (!ids.has(permission.logicalId)) continue;
    const again = others.has(permission.logicalId) ? written[read++] : each;
    const { concern: _, ...shown } = (again ?? each).permission;
    if (isMeant(each)) judgedOnes.push([key, { value: permission, written: shown }]);
  }
  return [...new Map(judgedOnes).values()];
}

/** What only has another content hash in its name, such as an archive that a site is unpacked from, is the same. */
function withoutHashes(changes: readonly IamChange[]): readonly IamChange[] {
  const nameOf = ({ logicalId, effect, principal, action, resource, condition }: IamChange): string =>
    [logicalId, effect, principal, action, resource, condition].join('\0').replace(/[0-9a-f]{64}/g, '');
  const names = (kind: IamChange['kind']) =>
    new Set(changes.filter((each) => each.kind === kind).map(nameOf));
  const [added, removed] = [names('added'), names('removed')];
  if (added.size === 0 || removed.size === 0) return changes;
  return changes.filter((each) => !(added.has(nameOf(each)) && removed.has(nameOf(each))));
}

/** Whether a permission takes the place of another and covers more. */
function widens(old: Permission, now: Permission): boolean {
  if (
    old.logicalId !== now.logicalId ||
    old.effect !== 'Allow' ||
    now.effect !== 'Allow' ||
    (old.principal !== now.principal && !isWider(now, old))
  )
    return false;
  const more = (field: 'action' | 'resource') => now[field] !== old[field] && covers(now[field], old[field]);
  const same = (field: 'action' | 'resource') => now[field] === old[field];
  const unbound =
    old.principal !== now.principal ||
    (isLimiting(old.condition) && !isLimiting(now.condition)) ||
    (implies(old.condition, now.condition) && !implies(now.condition, old.condition));
  return (
    (more('action') && (more('resource') || same('resource'))) ||
    (more('resource') && same('action')) ||
    (unbound && same('action') && same('resource'))
  );
}

/** Whether a permission is for more callers: for a whole account, or for everybody on no other conditions. */
const isWider = (now: Permission, old: Permission): boolean =>
  isAccountOf(now.principal, old.principal) ||
  (isAnyone(now.principal) && (now.condition === old.condition || !isLimiting(now.condition)));

/** Whether a principal is a whole account, and the other one something of it. */
function isAccountOf(account: string, principal: string): boolean {
  const number = /^AWS: (?:arn:[\w-]+:iam::)?(\d{12})(?::root)?$/.exec(account)?.[1];
  return number !== undefined && principal.includes(`:${number}:`);
}
