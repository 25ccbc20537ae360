import { limitsCallers, limitsIdentities, limitsResources } from './conditions.ts';
import { ESCALATING, POWERFUL_ON_ANY } from './data/powerful.ts';
import { covers, isPattern } from './patterns.ts';
import type { Permission } from './types.ts';

/** A permission with why a reader should look twice at it, if that can be told from itself. */
export function judged(given: Permission): Permission {
  const concern = concernOf(given);
  return concern === undefined ? given : { ...given, concern };
}

function concernOf({ effect, principal, action, resource, condition }: Permission): Permission['concern'] {
  if (effect !== 'Allow') return undefined;
  if (isAnybody(principal)) return limitsCallers(condition) ? undefined : 'public';
  if (principal.startsWith('Federated: '))
    return /AssumeRoleWith|^sts:\*/i.test(action) && !limitsIdentities(principal, condition)
      ? 'public'
      : undefined;
  if (principal !== '') return undefined;
  if (isWide(action)) return 'wildcard';
  return isPowerful(action, resource, condition) ? 'powerful' : undefined;
}

/** Everybody, whatever kind of principal it is said of, and everybody but some. */
const isAnybody = (principal: string): boolean =>
  principal === '*' || /^\w+: \*$/.test(principal) || principal.startsWith('all but ');

/** All actions, all of a service, and all but some. */
const isWide = (action: string): boolean =>
  action === '*' || /^([a-z0-9-]+|\*):\*$/i.test(action) || action.startsWith('not ');

function isPowerful(action: string, resource: string, condition: string): boolean {
  return isEscalating(action) || (isAny(resource) && !limitsResources(condition) && isPowerfulOnAny(action));
}

/** Whether an action is one of a list, or a pattern of one; the same few are asked for again and again. */
function oneOf(actions: readonly string[]): (action: string) => boolean {
  const known = new Map<string, boolean>();
  let names: ReadonlySet<string> | undefined;
  return (action) => {
    const told = known.get(action);
    if (told !== undefined) return told;
    names ??= new Set(actions.map((each) => each.toLowerCase()));
    const found =
      names.has(action.toLowerCase()) || (isPattern(action) && actions.some((each) => covers(action, each)));
    known.set(action, found);
    return found;
  };
}

const isEscalating = oneOf(ESCALATING);
const isPowerfulOnAny = oneOf(POWERFUL_ON_ANY);

/** Every resource, or every one of a kind in an account: `arn:aws:kms:*:123456789012:key/*`. */
function isAny(resource: string): boolean {
  if (resource === '*' || resource.startsWith('not ')) return true;
  const text = resource.replace(/^\{"Fn::Sub":"(.*)"\}$/, '$1').replaceAll(/\$\{[^}]*\}/g, 'x');
  const [arn, , , , account, ...rest] = text.split(':');
  // Buckets have no account in their ARN: what stands before a slash is the name of one.
  const name = account === '' ? rest.join(':') : rest.join(':').replace(/^[\w-]+[/:]/, '');
  return arn === 'arn' && /^\*+(\/\*+)*$/.test(name);
}

/** Services that act for whoever asks them to, in any account: their own name says nothing of who that is. */
const DEPUTIES = /^(apigateway|events|s3|ses|sns)\.amazonaws\.com(\.cn)?$/;

/** Properties of a grant that say for whom a service acts; `FunctionUrlAuthType` does so unless it is `NONE`. */
const isOwnLimit = ([name, value]: readonly [string, unknown]): boolean =>
  name !== 'FunctionUrlAuthType' || value !== 'NONE';

/** The same of what is granted without a policy document. */
export function judgedGrant(given: Permission): Permission {
  const limits = given.condition === '' ? [] : Object.entries(JSON.parse(given.condition) as object);
  const isLimited = limits.some(isOwnLimit);
  const concern =
    given.principal === '*' || given.principal === 'all' || DEPUTIES.test(given.principal)
      ? isLimited
        ? undefined
        : 'public'
      : /IAM_ALLOWED_PRINCIPALS|:IAMPrincipals$/.test(given.principal)
        ? 'public'
        : /Admin|administrate/i.test(given.action)
          ? 'powerful'
          : undefined;
  return concern === undefined ? given : { ...given, concern };
}
