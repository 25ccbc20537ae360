import { isObject, type Json, type JsonObject, own } from '../template/types.ts';
import { itemsOf } from '../template/values/branches.ts';

/** A policy of a role, as it was read. */
export interface RolePolicy {
  /** For messages. */
  readonly name: string;
  readonly document: Json;
}

/** All that decides what a role may do, as far as its own account says it. */
export interface RolePolicies {
  readonly policies: readonly RolePolicy[];
  /** `undefined`: it has none. */
  readonly boundary: RolePolicy | undefined;
}

/** `unknown`: a condition decides, of which nobody knows before the call whether it holds. */
export type Verdict = 'allowed' | 'denied' | 'unknown';

/**
 * Whether a role may do something. What organisations, resource policies and sessions say besides is not looked at.
 * Source: IAM User Guide, "Policy evaluation logic".
 *
 * @param resource an ARN; wildcards in it stand for what is not known yet, and a pattern has to cover all of it
 */
export function evaluate(role: RolePolicies, action: string, resource: string): Verdict {
  const own = role.policies.map(({ document }) => effectOf(document, action, resource));
  const boundary = role.boundary && effectOf(role.boundary.document, action, resource);
  const all = boundary ? [...own, boundary] : own;
  if (all.some(({ denied }) => denied === 'yes')) return 'denied';
  const allowed = most(own.map((each) => each.allowed));
  const within = boundary?.allowed ?? 'yes';
  if (allowed === 'no' || within === 'no') return 'denied';
  const isSure = allowed === 'yes' && within === 'yes' && all.every(({ denied }) => denied === 'no');
  return isSure ? 'allowed' : 'unknown';
}

type Certainty = 'yes' | 'maybe' | 'no';

const most = (all: readonly Certainty[]): Certainty =>
  all.includes('yes') ? 'yes' : all.includes('maybe') ? 'maybe' : 'no';
const least = (all: readonly Certainty[]): Certainty =>
  all.includes('no') ? 'no' : all.includes('maybe') ? 'maybe' : 'yes';

interface Effect {
  readonly allowed: Certainty;
  readonly denied: Certainty;
}

function effectOf(document: Json, action: string, resource: string): Effect {
  const statements = isObject(document) ? itemsOf(document.Statement).filter(isObject) : [];
  const holding = (effect: string): Certainty =>
    most(
      statements
        .filter(({ Effect }) => Effect === effect)
        .map((statement) => applies(statement, [action, resource])),
    );
  return { allowed: holding('Allow'), denied: holding('Deny') };
}

function applies(
  statement: JsonObject,
  [action, resource]: readonly [action: string, resource: string],
): Certainty {
  const conditions = isObject(statement.Condition) ? Object.keys(statement.Condition) : [];
  return least([
    actionApplies(statement, action),
    resourceApplies(statement, resource),
    conditions.length === 0 ? 'yes' : 'maybe',
  ]);
}

function actionApplies(statement: JsonObject, action: string): Certainty {
  const [named, excepted] = [textsOf(own(statement, 'Action')), textsOf(own(statement, 'NotAction'))];
  const matches = (pattern: string): boolean => expression(pattern, 'i').test(action);
  return (excepted ? !excepted.some(matches) : (named ?? []).some(matches)) ? 'yes' : 'no';
}

/** `maybe`: a statement is about some of what a resource with wildcards stands for. */
function resourceApplies(statement: JsonObject, resource: string): Certainty {
  const [named, excepted] = [textsOf(own(statement, 'Resource')), textsOf(own(statement, 'NotResource'))];
  if (excepted) {
    if (excepted.some((pattern) => covers(pattern, resource))) return 'no';
    return excepted.some((pattern) => overlaps(pattern, resource)) ? 'maybe' : 'yes';
  }
  const patterns = named ?? [];
  if (patterns.some((pattern) => covers(pattern, resource))) return 'yes';
  return patterns.some((pattern) => overlaps(pattern, resource)) ? 'maybe' : 'no';
}

/** `undefined` where the statement has no such part. */
const textsOf = (value: Json | undefined): readonly string[] | undefined =>
  value === undefined ? undefined : itemsOf(value).map(String);

/** Variables such as `${aws:username}` may be anything. */
const VARIABLE = /\$\{[^}]*\}/g;

/** Whether a pattern matches all that a resource stands for. */
function covers(pattern: string, resource: string): boolean {
  return resource === EVERYTHING
    ? /^\*+$/.test(pattern)
    : !pattern.includes('${') && expression(pattern, 's').test(resource);
}

/** What actions are asked for that take no ARN. */
const EVERYTHING = '*';

/** Whether a pattern and a resource with wildcards have something in common. */
function overlaps(a: string, b: string): boolean {
  if (b === EVERYTHING) return covers(a, b);
  const [left, right] = [a.replaceAll(VARIABLE, '*'), b];
  const seen = new Set<string>();
  const meet = (i: number, j: number): boolean => {
    const key = `${i},${j}`;
    if (seen.has(key)) return false;
    seen.add(key);
    if (i === left.length && j === right.length) return true;
    const [x, y] = [left[i], right[j]];
    if (x === '*') return meet(i + 1, j) || (j < right.length && meet(i, j + 1));
    if (y === '*') return meet(i, j + 1) || (i < left.length && meet(i + 1, j));
    if (x === undefined || y === undefined) return false;
    return (x === y || x === '?' || y === '?') && meet(i + 1, j + 1);
  };
  return meet(0, 0);
}

const expressions = new Map<string, RegExp>();

function expression(pattern: string, flags: 'i' | 's'): RegExp {
  const key = `${flags}${pattern}`;
  const text = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll(/\*+/g, '.*')
    .replaceAll('?', '[^*]');
  const known = expressions.get(key) ?? new RegExp(`^${text}$`, flags);
  expressions.set(key, known);
  return known;
}
