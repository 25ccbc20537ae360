import { isObject, type Json, type JsonObject, own, type Template } from '../types.ts';
import { textOf } from '../values/equivalence.ts';
import { asWritten } from '../values/resolved.ts';
import { limiting } from './conditions.ts';
import { ATTACHED, type Permission, permissions } from './permissions.ts';

/** A permission that comes or goes. */
export interface IamChange extends Permission {
  readonly kind: 'added' | 'removed';
}

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

/** Whether an IAM pattern with wildcards matches all that a narrower one does. */
function covers(pattern: string, narrower: string): boolean {
  if (!pattern.includes('*') || pattern.startsWith('{') || pattern.startsWith('not ')) return false;
  const expression = pattern.split(/\*+/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${expression.join('.*')}$`, 'is').test(narrower);
}
